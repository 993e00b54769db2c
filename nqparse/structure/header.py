"""The letterhead: state name, motto, issuer, number, place and date, type line and title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import chain

from nqparse.document import Cleaned, DateField, Header, Located, Named, SymbolField
from nqparse.fold import LOWER, UPPER, key
from nqparse.ruleset import RuleSet
from nqparse.structure.anchor import Anchor
from nqparse.structure.lines import Flow, Line
from nqparse.structure.zones import is_caps
from nqparse.symbols import Symbol, find_symbols, symbol_at

_EDGES = " \t\n|*_#\\"
_RULE_TAIL = re.compile(r"[\s\-_=*─—–.|\\~]{4,}$|(?<=\S)[ \t]*[-_=*─]{3,}$")
_RULE_HEAD = re.compile(r"[-_=*─—\s]{3,}")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_NUMBER_LINE = re.compile(r"so\s*[:.]?\s*[\d…._/-]")
_OF_ISSUER = re.compile(r"cua\s(?:[^\W\d]+\s+){1,12}?(?=so\s*[:.]?\s*\d)")
# The beginning of a place's name, broken off it at the end of its line.
_FIRST_WORD = re.compile(rf"(?:TP\.?\s?)?[A-Z{UPPER}][a-z{LOWER}]{{1,6}}(?: [A-Z{UPPER}][a-z{LOWER}]{{1,6}})?")
_TYPE_NAME = re.compile(r"[\s-]+")


@dataclass(slots=True)
class Part:
    """A run of lines of one zone, as flow offsets."""

    start: int
    end: int
    lines: list[Line]


def parts(flow: Flow, states: list[str], state: str) -> list[Part]:
    """Returns the runs of consecutive lines that have this state."""
    found: list[Part] = []
    last = None
    for line, at in zip(flow.lines, states, strict=True):
        if at == state:
            if last == state:
                found[-1].lines.append(line)
                found[-1].end = line.end
            else:
                found.append(Part(line.start, line.end, [line]))
        last = at
    return found


class HeaderParser:
    """Reads the header fields from the lines of the header, type, title and enacting zones."""

    def __init__(self, rules: RuleSet) -> None:
        self._national = rules.regex("header.national-name")
        self._youth = rules.regex("header.youth-name")
        self._motto = rules.regex("header.motto")
        self._number_label = rules.regex("header.number-label")
        self._date = rules.regex("header.date")
        self._damaged_date = rules.regex("header.date-damaged")
        self._place = rules.regex("header.place")
        self._body_head = rules.regex("header.body-head")
        self._organ = rules.regex("header.organ")
        self._address = rules.regex("header.address")
        self._rule_line = rules.regex("furniture.rule")

    def parse(self, flow: Flow, anchor: Anchor, states: list[str]) -> Header:
        """Returns the header; what is not written is None.

        The state of header lines that are no field and no known part of a letterhead becomes `unknown`.
        """
        header = Header()
        heads = parts(flow, states, "header")
        used: list[tuple[int, int]] = []
        for part in heads:
            self._names(flow, anchor, part, header, used)
        for part in heads:
            self._number(flow, anchor, part, header, used)
        titles = parts(flow, states, "title")[:1]
        for part in titles:
            self._numbered(flow, anchor, part, header, used)
        for part in [*heads, *titles, *parts(flow, states, "signatures")]:
            if header.date is None:
                self._place_and_date(flow, anchor, part, header, used, loose=part not in titles)
        for part in heads:
            self._issuers(flow, anchor, part, header, used)
        self._type_and_title(flow, anchor, states, header, used)
        self._leave_unknown(flow, states, used)
        return header

    def _leave_unknown(self, flow: Flow, states: list[str], used: list[tuple[int, int]]) -> None:
        for index, state in enumerate(states):
            line = flow.lines[index]
            if state != "header" or self._address.match(flow.folded, line.start) or line.cues:
                continue
            if self._rule_line.fullmatch(flow.folded, line.start, line.end):
                continue  # a rule in one column
            if not any(start < line.end and end > line.start for start, end in used):
                states[index] = "unknown"

    # -- names ------------------------------------------------------------------------------------

    def _names(self, flow: Flow, anchor: Anchor, part: Part, header: Header, used: list[tuple[int, int]]) -> None:
        folded = flow.folded
        national = self._national.search(folded, part.start, part.end)
        if national and header.national_name is None:
            header.national_name = anchor.located(*national.span(), Located)
            used.append(national.span())
        motto = self._motto.search(folded, part.start, part.end)
        if motto and header.motto is None:
            header.motto = anchor.located(*motto.span(), Located)
            used.append(motto.span())
        youth = self._youth.search(folded, part.start, part.end)
        if youth and header.parent_issuer is None and is_caps(flow.text[youth.start() : youth.end()]):
            header.parent_issuer = anchor.located(*youth.span(), Named, name=anchor.clean(*youth.span()))
            used.append(youth.span())

    # -- number -----------------------------------------------------------------------------------

    def _number(self, flow: Flow, anchor: Anchor, part: Part, header: Header, used: list[tuple[int, int]]) -> None:
        if header.symbol is not None:
            return
        symbol = self._labelled(flow, part, used) or self._alone(flow, part)
        if symbol is not None:
            self._take_symbol(anchor, symbol, header, used)

    def _numbered(self, flow: Flow, anchor: Anchor, part: Part, header: Header, used: list[tuple[int, int]]) -> None:
        """The number at the head of a title ("SỐ … NGÀY … CỦA …", "CỦA … SỐ …"), where there is no letterhead."""
        issuer = _OF_ISSUER.match(flow.folded, part.start, part.end)
        label = self._number_label.match(flow.folded, issuer.end() if issuer else part.start)
        if header.symbol is None and label:
            symbol = symbol_at(flow.text, label.end())
            if symbol is not None:
                used.append((label.start(), symbol.end))
                self._take_symbol(anchor, symbol, header, used)

    @staticmethod
    def _take_symbol(anchor: Anchor, symbol: Symbol, header: Header, used: list[tuple[int, int]]) -> None:
        used.append((symbol.start, symbol.end))
        header.symbol = anchor.located(
            symbol.start,
            symbol.end,
            SymbolField,
            number=symbol.number,
            suffix=symbol.suffix,
            year=symbol.year,
            codes=list(symbol.codes),
            normalized=symbol.normalized,
        )

    def _labelled(self, flow: Flow, part: Part, used: list[tuple[int, int]]) -> Symbol | None:
        for match in self._number_label.finditer(flow.folded, part.start, part.end):
            at = match.end()
            before = flow.text[match.start() - 1] if match.start() > part.start else "\n"
            if before.isalnum() or not flow.text[match.start()].isupper():
                continue
            index = flow.line_at(match.start())
            glued = index + 1 < len(flow.lines) and flow.lines[index + 1].cut
            symbol = symbol_at(flow.text, at, blank=True, end=flow.lines[index].end if glued else None)
            if symbol is not None and symbol.end <= part.end:
                used.append((match.start(), symbol.end))
                return symbol
        return None

    @staticmethod
    def _alone(flow: Flow, part: Part) -> Symbol | None:
        """A symbol that stands alone on its line needs no label."""
        for line in part.lines:
            for symbol in find_symbols(flow.text, line.start, line.end):
                rest = flow.text[line.start : symbol.start] + flow.text[symbol.end : line.end]
                if not _HAS_LETTER.search(rest):
                    return symbol
        return None

    # -- place and date -----------------------------------------------------------------------------

    def _place_and_date(
        self, flow: Flow, anchor: Anchor, part: Part, header: Header, used: list[tuple[int, int]], *, loose: bool
    ) -> None:
        text = flow.text
        whole = self._date.finditer(flow.folded, part.start, part.end)
        damaged = self._damaged_date.finditer(flow.folded, part.start, part.end) if loose else ()
        for match, is_damaged in chain(((one, False) for one in whole), ((one, True) for one in damaged)):
            index = flow.line_at(match.start())
            low = max([part.start, flow.lines[index].start, *(end for _, end in used if end <= match.start())])
            if not text[low : match.start()].strip() and index and text[flow.lines[index - 1].end - 1] == ",":
                low = flow.lines[index - 1].start  # "Hà Nội,⏎ngày …"
            elif low == flow.lines[index].start > part.start and _FIRST_WORD.fullmatch(
                text, flow.lines[index - 1].start, flow.lines[index - 1].end
            ):
                low = flow.lines[index - 1].start  # "Hà⏎Nội, ngày …"
            before = text[low : match.start()].replace("\n", " ")
            place = self._place.search(before)
            # In a letterhead the comma may be lost; a title that ends in a date looks just so.
            alone = loose and place is not None and not before[: place.start("place")].strip(" *_|")
            parted = before.rstrip().endswith(",")
            if is_damaged and (place is None or not parted):
                continue
            if before.strip() and not parted and not alone:
                continue  # a date that is cited, as in "… theo Nghị quyết … ngày …"
            end = match.start() + len(match.group().rstrip())
            header.date = anchor.located(match.start(), end, DateField, value=date_value(match))
            used.append((match.start(), end))
            if place is not None:
                span = (low + place.start("place"), low + place.end("place"))
                header.place = anchor.located(*span, Located)
                used.append(span)
            return

    # -- issuers ------------------------------------------------------------------------------------

    def _issuers(self, flow: Flow, anchor: Anchor, part: Part, header: Header, used: list[tuple[int, int]]) -> None:
        units: list[list[tuple[int, int]]] = []
        for line in part.lines:
            for start, end in _without(line, used):
                start, end = _trim(flow.text, start, end)
                text = flow.text[start:end]
                if end - start < 3 or not _HAS_LETTER.search(text):
                    continue
                if symbol_at(flow.text, start) or not is_caps(text) or self._address.match(flow.folded, start):
                    continue
                if _NUMBER_LINE.match(flow.folded, start):
                    continue  # no symbol that could be read, but no name either
                folded = flow.folded[start:end]
                follows = bool(units) and not self._body_head.match(folded)
                organ_open = bool(units) and self._organ.search(flow.folded[slice(*units[-1][-1])])
                joint = bool(units) and flow.text[units[-1][-1][1] - 1] in "-–,"
                if units and (follows or joint or organ_open):
                    units[-1].append((start, end))
                else:
                    units.append([(start, end)])
        units = _without_repeats(flow, units)
        if not units:
            return
        used += [(unit[0][0], unit[-1][1]) for unit in units]
        if header.issuer is None:
            header.issuer = self._named(anchor, units[-1])
        if len(units) > 1 and header.parent_issuer is None:
            header.parent_issuer = self._named(anchor, [piece for unit in units[:-1] for piece in unit])

    @staticmethod
    def _named(anchor: Anchor, pieces: list[tuple[int, int]]) -> Named | None:
        start, end = pieces[0][0], pieces[-1][1]
        return anchor.located(start, end, Named, name=anchor.clean(start, end))

    # -- type and title -----------------------------------------------------------------------------

    def _type_and_title(
        self, flow: Flow, anchor: Anchor, states: list[str], header: Header, used: list[tuple[int, int]]
    ) -> None:
        types = parts(flow, states, "type")
        if types:
            start, end = types[0].start, types[0].end
            name = _TYPE_NAME.sub(" ", anchor.clean(start, end)).lower()
            if " " in name and all(len(word) == 1 for word in name.split()):
                name = "nghị quyết"  # set with spaced letters
            header.doc_type = anchor.located(start, end, Cleaned, value=name)
        titles = parts(flow, states, "title")
        if titles:
            start, end = _trim(flow.text, titles[0].start, titles[-1].end)
            for low, high in sorted(used):  # number and date at the head of the title are fields of their own
                if start <= low and high < end and not _HAS_LETTER.search(flow.text, start, low):
                    start, end = _trim(flow.text, high, end)
            header.title = anchor.located(start, end, Cleaned, value=anchor.clean(start, end))


def date_value(match: re.Match[str]) -> str | None:
    """Returns the ISO date that a match of the rule `header.date` says, None where it is none."""
    parts = match.groupdict()
    day = parts["d"] or parts.get("d2") or ""
    month = parts["m"] or parts.get("m2") or ""
    year = parts["y"] or parts.get("y2") or ""
    if not re.fullmatch(r"\d{4}", year.strip()):
        return None
    value = year.strip()
    if not month.strip().isdigit() or not 1 <= int(month) <= 12:
        return value if not month.strip().isdigit() else None
    value += f"-{int(month):02d}"
    if not day.strip().isdigit():
        return value
    value += f"-{int(day):02d}"
    try:
        date.fromisoformat(value)
    except ValueError:
        return None  # no such day
    return value


def _without(line: Line, used: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns what is left of a line when the spans that are read already are taken out."""
    left = [(line.start, line.end)]
    for start, end in used:
        next_left = []
        for low, high in left:
            if end <= low or start >= high:
                next_left.append((low, high))
                continue
            if start > low:
                next_left.append((low, start))
            if end < high:
                next_left.append((end, high))
        left = next_left
    return left


def _without_repeats(flow: Flow, units: list[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """Drops a name that stands again in full further on: a gazette's heading above the letterhead."""
    keys = [key(flow.text[unit[0][0] : unit[-1][1]]) for unit in units]
    return [unit for at, unit in enumerate(units) if keys[at] not in keys[at + 1 :]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Takes marks, rules and white space off both ends."""
    piece = text[start:end]
    head = _RULE_HEAD.match(piece)
    if head:
        start += head.end()
        piece = text[start:end]
    tail = _RULE_TAIL.search(piece)
    if tail:
        end = start + tail.start()
        piece = text[start:end]
    start += len(piece) - len(piece.lstrip(_EDGES))
    return start, start + len(piece.strip(_EDGES))
