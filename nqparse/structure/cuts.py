"""Cuts: run-on lines are split where another part of the document begins inside them.

Converters lose line breaks: issuer and state name stand on one line, the date runs into the type line
and the title, "QUYẾT NGHỊ:" hangs on the last basis, a whole text layer is one line. Each rule of
`rules/cuts.yaml` names such a place. Only few lines can hold one, so they are found by plain search.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from nqparse.fold import LOWER
from nqparse.ruleset import RuleSet
from nqparse.structure.lines import Flow, Line
from nqparse.structure.zones import is_caps

# Folded words that each rule's match holds: a plain search for them finds the lines to look at.
_ANYWHERE = {
    "cut.national-name": ("chu nghia", "cong hoa xa hoi"),
    "cut.motto": ("doc lap",),
    "cut.formula": ("quyet nghi", "quyet dinh :", "quyet dinh:", "ra nghi quyet"),
    "cut.recipients": ("noi nhan", "nci nhan"),
    "cut.authority": ("tm.", "t/m", "kt.", "t.m", "k.t", "tl.", "tuq."),
}
_HEAD = (
    "cut.party-name", "cut.place-date", "cut.place-date-bare", "cut.rule", "cut.type", "cut.number", "cut.basis",
)  # fmt: skip
_HEAD_LINES = 120
_SHORT = 160
_SIGNER_FIRST = "tkcpbgvhdq"
_FLAT_LINE = 1200
_FLAT_MARKS = 4
_MOST_CUTS = 40
_NEAR = 250  # how far around a cut is looked
_HAS_WORD = re.compile(r"\w")
_TYPE = r"(?:nghi quyet(?: lien tich)?|quyet dinh|chi thi|nghi dinh|thong tu(?: lien tich)?|thong bao|cong dien)"
_TYPE_LINE = re.compile(_TYPE + "$")
_TYPE_START = re.compile(_TYPE + r"(?=\s|$)")
_CITES = re.compile(
    r"(?:nghi quyet|quyet dinh|luat|chi thi|nghi dinh|thong tu|ket luan|quy dinh|to trinh|bao cao|phap lenh)\s*$"
)
_LINK = re.compile(r"\w$")
_WORD_BEFORE = re.compile(rf"(?<![^\s,;])[^\W\d_]*[a-z{LOWER}]+$")
_PREAMBLE = re.compile(r"can cu\b|(?:ra |nay )?quyet\s*-?\s*nghi\s*:?\s*(?:$|\n)")
_FIRST_LABEL = re.compile(r"\s*(?:dieu )?1[-.:]")
_OF_STATE = r"(?:\s+nuoc (?:cong hoa xa hoi chu nghia viet nam|viet nam dan chu cong hoa))"
_WHOLE = re.compile(r"[a-z.;,] ?(?:quyet nghi|quyet dinh|nghi quyet) ?:? ?(?:dieu )?1[-.:]")


class Cutter:
    """Splits the run-on lines of a flow."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = {rule_id: rules.patterns[rule_id] for rule_id in (*_ANYWHERE, *_HEAD)}
        self._body_head = rules.regex("header.body-head")
        self._organ = rules.regex("header.organ")
        self._signer = rules.regex("cut.signer")
        self._item = rules.regex("cut.item-signature")
        self._flat = rules.regex("cut.flat")
        self._type_in_title = rules.regex("cut.type-in-title")

    def cut(self, flow: Flow) -> None:
        """Replaces the flow's run-on lines by the lines that they hold."""
        lines = flow.lines
        if not lines:
            return
        places = self._flat_places(flow)
        if places:
            flow.lines = lines = self._split(flow, places)
        places = {}
        starts = [line.start for line in lines]
        for rule_id, words in _ANYWHERE.items():
            for index in self._lines_with(flow.folded, starts, words):
                self._cut_line(flow, index, rule_id, places)
        head = self._head_end(flow)
        for index in range(head):
            for rule_id in _HEAD:
                self._cut_line(flow, index, rule_id, places)
        for index, line in enumerate(lines):
            if line.end - line.start < _SHORT:
                char = flow.folded[line.start]
                match = None
                if char in "-+*•":
                    match = self._item.search(flow.text, line.start, line.end)
                elif char in _SIGNER_FIRST:
                    match = self._signer.match(flow.text, line.start, line.end)
                if match:
                    places.setdefault(index, set()).add(match.start("at"))
        if places:
            flow.lines = self._split(flow, places)
        self._cut_type_in_title(flow)
        self._cut_enacting(flow)

    def _head_end(self, flow: Flow) -> int:
        """The lines that may hold the letterhead: up to the first basis, formula or article."""
        folded = flow.folded
        for index, line in enumerate(flow.lines[:_HEAD_LINES]):
            if folded.startswith(("can cu", "dieu 1"), line.start):
                return index
            if _TYPE_LINE.match(folded, line.start, line.end):
                return index + 1
        return min(len(flow.lines), _HEAD_LINES)

    def _cut_type_in_title(self, flow: Flow) -> None:
        """Cuts the type off a title that begins with it, where no line above the preamble holds the type alone."""
        found = None
        for index, line in enumerate(flow.lines[:_HEAD_LINES]):
            if _TYPE_LINE.match(flow.folded, line.start, line.end):
                return
            if _PREAMBLE.match(flow.folded, line.start):
                if found is not None:
                    flow.lines = self._split(flow, {found[0]: {found[1]}})
                return
            match = self._type_in_title.match(flow.folded, line.start, line.end)
            if match and flow.text[line.start].isupper() and flow.text[line.end - 1] not in ".;:,":
                found = index, match.start("to")

    def _cut_enacting(self, flow: Flow) -> None:
        """Cuts the issuer's name, said again as the enacting body, off the end of a title in capitals."""
        head = flow.lines[:_HEAD_LINES]
        type_line = next(
            (i for i, line in enumerate(head) if _TYPE_LINE.match(flow.folded, line.start, line.end)), None
        )
        if type_line is None:
            return
        issuers = []
        organ = ""  # of which the name goes on in the next line: "ỦY BAN THƯỜNG VỤ / QUỐC HỘI"
        for line in head[:type_line]:
            name = flow.folded[line.start : line.end]
            if is_caps(flow.text[line.start : line.end]) and self._body_head.match(name):
                issuers.append(r"\s+".join(map(re.escape, f"{organ} {name}".split())))
                organ = name if self._organ.search(name) else ""
        for index, line in enumerate(head[type_line + 1 : type_line + 8], type_line + 1):
            for issuer in issuers:
                again_behind = re.compile(rf"(?:\S(?<!\bcua)\s+|(?<=\d))({issuer})(?:{_OF_STATE}?\W*$|\s*khoa\b)")
                match = again_behind.search(flow.folded, line.start, line.end)
                again = any(re.compile(issuer).match(flow.folded, after.start) for after in head[index + 1 : index + 5])
                if match and not again and is_caps(flow.text[match.start(1) : match.end(1)]):
                    flow.lines = self._split(flow, {index: {match.start(1)}})
                    return

    @staticmethod
    def _lines_with(folded: str, starts: list[int], words: tuple[str, ...]) -> set[int]:
        found = set()
        for word in words:
            at = folded.find(word)
            while at >= 0:
                found.add(max(0, bisect_right(starts, at) - 1))
                at = folded.find(word, at + 1)
        return found

    def _cut_line(self, flow: Flow, index: int, rule_id: str, places: dict[int, set[int]]) -> None:
        line = flow.lines[index]
        rule = self._rules[rule_id]
        subject = flow.folded if rule.reads == "folded" else flow.text
        stop = line.end
        if rule_id in _HEAD and rule_id != "cut.basis":
            # Behind the first basis of a run-on line the letterhead is over.
            basis = flow.folded.find("can cu", line.start, line.end)
            stop = basis if basis > line.start else stop
        for match in rule.regex.finditer(subject, line.start, stop):
            if len(places.get(index, ())) > _MOST_CUTS:
                return  # no document has so many parts on one line
            at = match.start("at")
            if not self._fits(flow, line, rule_id, at, match.end(), places.get(index, set())):
                continue
            if at > line.start:
                places.setdefault(index, set()).add(at)
            if "to" in match.groupdict():
                places.setdefault(index, set()).add(match.end())

    @staticmethod
    def _fits(flow: Flow, line: Line, rule_id: str, at: int, end: int, cuts: set[int]) -> bool:
        """Tells whether what stands before allows the cut: no phrase may be torn."""
        text = flow.text
        before = text[max(line.start, at - _NEAR) : at].rstrip()
        if rule_id == "cut.type":
            # "… CỦA NGHỊ QUYẾT SỐ …" is a title; the type line begins its line, or follows a date or rule.
            last = max((cut for cut in cuts if cut <= at), default=line.start)
            return at - last < _NEAR and not text[last:at].strip()
        if rule_id == "cut.national-name":
            return (
                not flow.folded[max(line.start, at - 10) : at].rstrip().endswith("nuoc")
            )  # "… NHÀ NƯỚC NƯỚC CỘNG HÒA …"
        if rule_id in ("cut.place-date", "cut.place-date-bare"):
            # A date that goes on with a sentence ("… họp tại Hà Nội, ngày …") is none of a letterhead.
            last = max((cut for cut in cuts if cut <= at), default=line.start)
            between = text[max(last, at - _NEAR) : at].rstrip()
            return not between if rule_id == "cut.place-date-bare" else not _WORD_BEFORE.search(between)
        if rule_id == "cut.motto":
            return text[at].isupper()
        if rule_id == "cut.recipients":
            return text[at] == "N" and (not before or not before[-1].islower() or len(before) >= _NEAR - 20)
        if rule_id == "cut.formula":
            follows = text[end : min(line.end, end + _NEAR)].strip()
            if not before:
                return bool(follows) and not is_caps(text[at : min(line.end, end + _NEAR)])
            if _FIRST_LABEL.match(flow.folded, end, line.end):
                return True
            return text[end - 1] == ":" or (not follows and not is_caps(before))
        if rule_id == "cut.number":
            starts = (line.start, *cuts)
            behind_type = any(_TYPE_START.match(flow.folded, cut) and text[cut].isupper() for cut in starts if cut < at)
            if behind_type or _CITES.search(flow.folded, max(line.start, at - 30), at):
                return False  # "… NGHỊ QUYẾT SỐ …" in a title
            return not before or is_caps(before) or not _LINK.search(before) or len(cuts) > 0
        if rule_id == "cut.authority":
            return not before or not before[-1].islower() or before[-1] in ".;:,"
        return True

    def _flat_places(self, flow: Flow) -> dict[int, set[int]]:
        """A text that lost its line breaks is cut wherever a basis, label or tail begins behind a full stop.

        Such a line holds the formula between a basis and the first item, or is long and holds several of these.
        """
        places: dict[int, set[int]] = {}
        for index, line in enumerate(flow.lines):
            if line.end - line.start < _SHORT:
                continue
            whole = index < _HEAD_LINES and _WHOLE.search(flow.folded, line.start, line.end) is not None
            if line.end - line.start < _FLAT_LINE and not whole:
                continue
            cuts = [match.start("at") for match in self._flat.finditer(flow.text, line.start, line.end)]
            marks = sum(1 for at in cuts if flow.text[at : at + 4] in ("Điều", "Căn "))
            if marks >= _FLAT_MARKS or whole:
                places[index] = set(cuts)
        return places

    @staticmethod
    def _split(flow: Flow, places: dict[int, set[int]]) -> list[Line]:
        lines: list[Line] = []
        text = flow.text
        for index, line in enumerate(flow.lines):
            if index not in places:
                lines.append(line)
                continue
            stops = sorted(at for at in places[index] if line.start < at < line.end)
            low = line.start
            for stop in [*stops, line.end]:
                piece = text[low:stop]
                if _HAS_WORD.search(piece):
                    body = piece.strip(" \t\n|\\")
                    start = low + piece.index(body[0])
                    part = Line(start, start + len(body), sealed=line.sealed)
                    if low == line.start:
                        part.blank, part.cut, part.full = line.blank, line.cut, line.full
                    else:
                        part.cut = True
                    lines.append(part)
                low = stop
        return lines
