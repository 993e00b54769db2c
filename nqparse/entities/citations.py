"""Citations: the documents that a text names, by number or by name (DOCREF).

    khoản 1 Điều 36 của Nghị định số 197/2004/NĐ-CP ngày 03 tháng 12 năm 2004
    Luật Tổ chức chính quyền địa phương số 72/2025/QH15        Điều lệ Đảng        Hiến pháp năm 2013

Two cheap triggers lead to them: the digits of a symbol, from which the type word is looked for backwards, and the few
words with which documents are cited by name, from which the name is read forwards (`nqparse.entities.law_names`).
Either way the citation then takes in the date behind it and the pinpoint before it (`nqparse.entities.pinpoints`).
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from datetime import date as Date

from nqparse.document import DocRefValue
from nqparse.entities import Mention
from nqparse.entities.law_names import WORD, NameReader
from nqparse.entities.pinpoints import PinpointReader
from nqparse.entities.scope import Scope
from nqparse.fold import LOWER, fold, squeeze
from nqparse.ruleset import RuleSet
from nqparse.symbols import Symbol, symbol_at

_TYPE_PREFIX = "doctype."
_LAWS = frozenset({"luật", "bộ luật", "pháp lệnh"})
# The label before a number, which may be glued to it or to nothing.
_LABEL = re.compile(r"(?<![^\W\d_])s[o0]\s{0,30}[:.]?\s{0,30}$")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_CUT = re.compile(r"[;:.!?()\[\]“”\"…|/]|\n[^\S\n]*\n")
_CHAIN_GAP = re.compile(r"[^\S\n]{0,3}(?:,|;|va|hoac)\s{0,60}(?:(?:va|hoac)\s{1,60})?")
_LISTED = re.compile(r"(?:[,;:(]|\b(?:va|hoac|tai|theo|cac))\s{0,60}$")
_ANNOUNCED = re.compile(r"[(:;,]\s{0,60}$")
_SENTENCE_END = re.compile(r"[!?]|\.(?=\s|$)|\n[^\S\n]*\n")
_LINE_END = re.compile(rf"[^\S\n]*(?:\||\n\s*(?=[^a-z{LOWER}\s]))")
_TITLE_END = re.compile(r"[;”]|\.(?=\s|$|/)|\n[^\S\n]*\n")
_TYPE_REACH = 160
_TYPE_WORDS = 4  # words of the longest type name
_BETWEEN_WORDS = 16  # words between a type and its number ("báo cáo của Ủy ban nhân dân tỉnh số")
_CALLED_WORDS = 7  # of them without "của" ("Báo cáo tiếp thu, giải trình số")
_TITLE_REACH = 500
_DRAFT_REACH = 60
_CLAUSE_REACH = 400


@dataclass(frozen=True, slots=True)
class _Type:
    """A type word in the text: its name, and where it begins and ends."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Tail:
    """What follows a number or name.

    `end` is where the citation ends, `issuer` the span of its issuer (before the date or behind it), `rest` where
    its subject would begin.
    """

    end: int
    date: str | None
    issuer: tuple[int, int] | None
    rest: int


class CitationFinder:
    """Finds citations in a range of text. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._named = rules.regex("citation.named")
        self._numbered = rules.regex("citation.numbered")
        self._blank = rules.regex("citation.number-label")
        self._short = rules.regex("citation.short-number")
        self._date = rules.regex("citation.date")
        self._label = rules.regex("citation.symbol-follows")
        self._bare_year = rules.regex("citation.bare-year")
        self._revised = rules.regex("citation.revised")
        self._constitution = rules.regex("citation.constitution")
        self._draft = rules.regex("citation.draft")
        self._subject = rules.regex("citation.subject")
        self._basis = rules.regex("citation.basis")
        self._no_law = rules.words("citation.not-before-law")
        ends, called = (frozenset(rules.terms[f"citation.{name}"].terms) for name in ("name-end", "called"))
        self._not_between = ends - called
        self._names = NameReader(rules)
        self._pinpoints = PinpointReader(rules)
        self._types: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        for terms in rules.terms.values():
            if terms.id.startswith(_TYPE_PREFIX):
                name, *abbreviations = terms.terms
                self._types[fold(name)] = name
                self._codes.update(dict.fromkeys(abbreviations, name))
        self._short_types = rules.words("citation.short-types")

    def find(self, text: str, folded: str, start: int, end: int) -> list[Mention]:
        """Returns the citations in `text[start:end]`, in order and without overlaps.

        Each value is a `DocRefValue` with what is written; its `id` is left to `nqparse.resolve.citations`.
        """
        scope = Scope(text, folded, start, end)
        return self._by_number(scope, self._by_name(scope))

    # -- by name ----------------------------------------------------------------------------------

    def _by_name(self, scope: Scope) -> list[Mention]:
        found: list[Mention] = []
        low = scope.start
        for match in self._named.finditer(scope.folded, scope.start, scope.end):
            if match.start() < low or not _begins_word(scope, match.start()):
                continue
            kind = self._named_type(scope, match)
            name_end = self._name_end(scope, kind) if kind else None
            if kind is not None and name_end is not None:
                found.append(self._named_mention(scope, kind, name_end, low))
                low = found[-1].end
        return found

    def _named_type(self, scope: Scope, match: re.Match[str]) -> _Type | None:
        """Returns the type that a trigger word stands for, or None if it is part of another word ("pháp luật")."""
        name = self._types[" ".join(match.group().split())]
        before = scope.folded[max(scope.start, match.start() - 12) : match.start()]
        word = before.split()[-1] if before.strip() and before[-1].isspace() else ""
        if name == "luật" and word == "bo":
            return _Type("bộ luật", match.start() - len(before) + before.rindex("bo"), match.end())
        if (name == "luật" and word in self._no_law) or (name == "điều lệ" and word == "von"):
            return None
        return _Type(name, match.start(), match.end())

    def _name_end(self, scope: Scope, kind: _Type) -> int | None:
        """Returns where the name behind a type word ends, or None if this cites nothing."""
        at = kind.end
        capital = scope.text[kind.start].isupper()
        if kind.name in _LAWS:
            read = self._names.law if capital else self._names.known_law
            return read(scope, at)
        if kind.name == "điều lệ":
            name_end = self._names.charter(scope, at)
            if name_end is not None and self._revised.match(scope.folded, name_end, scope.end):
                return name_end  # "Thông qua Điều lệ … (sửa đổi)": it is there already
        elif not capital:
            return None
        elif kind.name == "hiến pháp":
            state = self._constitution.match(scope.folded, at, scope.end)
            return state.end() if state else at
        else:
            name_end = self._names.regulation(scope, at)
        return None if name_end is None or self._still_to_come(scope, kind.start) else name_end

    def _still_to_come(self, scope: Scope, at: int) -> bool:
        """Tells whether the regulation at `at` is only being made, and not one that a cited document brought."""
        if self._draft.search(scope.folded[max(scope.start, at - _DRAFT_REACH) : at]) is None:
            return False
        clause = scope.folded[max(scope.start, at - _CLAUSE_REACH) : at]
        cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(clause))]
        return self._numbered.search(clause, max(cuts[-1], clause.rfind(";"))) is None

    def _named_mention(self, scope: Scope, kind: _Type, name_end: int, low: int) -> Mention:
        at = _end_of(self._revised, scope, name_end)
        symbol = self._symbol_behind(scope, at)
        tail = self._tail(scope, symbol.end if symbol else at)
        date, last = tail.date, tail.end
        if date is None and kind.name != "điều lệ":
            year = self._bare_year.match(scope.folded, last, scope.end)
            if year is not None:
                date, last = year["y4"], year.end()
        value = DocRefValue.made(
            type=kind.name,
            symbol=symbol.normalized if symbol else None,
            date=date,
            title=squeeze(scope.text[kind.start : name_end]),
            issuer=_squeezed(scope, tail.issuer),
        )
        last = _end_of(self._revised, scope, last)
        return self._mention(scope, (low, kind.start, last), value, "citation.named")

    def _symbol_behind(self, scope: Scope, at: int) -> Symbol | None:
        """Returns the symbol behind the name of a law, with or without "số"."""
        label = self._label.match(scope.folded, at, scope.end)
        behind = label.end() if label else at + 1
        if behind >= scope.end or not scope.text[behind].isdigit() or (label is None and not scope.text[at].isspace()):
            return None
        symbol = symbol_at(scope.text, behind)
        return symbol if symbol is not None and symbol.end <= scope.end else None

    # -- by number --------------------------------------------------------------------------------

    def _by_number(self, scope: Scope, named: list[Mention]) -> list[Mention]:
        """Returns the named citations with the numbered ones put among them."""
        found: list[Mention] = []
        waiting = deque(named)
        for symbol in self._symbols(scope):
            while waiting and waiting[0].start <= symbol.start:
                found.append(waiting.popleft())
            before = found[-1] if found else None
            if before is not None and symbol.start < before.end:
                continue
            mention = self._numbered_mention(scope, symbol, before)
            if mention is not None:
                while waiting and waiting[0].start < mention.end:
                    waiting.popleft()
                found.append(mention)
        return [*found, *waiting]

    def _symbols(self, scope: Scope) -> list[Symbol]:
        """Returns all symbols in order: with a number, with a blank for it, and the numbers that do without."""
        text, folded, start, end = scope.text, scope.folded, scope.start, scope.end
        found: dict[int, Symbol] = {}
        for match in self._numbered.finditer(folded, start, end):
            symbol = symbol_at(text, match.start())
            if symbol is not None and symbol.end <= end:
                found[symbol.start] = symbol
        for match in self._blank.finditer(folded, start, end):
            label = match.start() + 2
            symbol = symbol_at(text, label + (text[label] in ":."), blank=True)
            if symbol is not None and symbol.number is None and symbol.end <= end:
                found.setdefault(symbol.start, symbol)
        for match in self._short.finditer(folded, start, end):
            at = match.start("n")
            words = folded[max(start, match.start() - 48) : match.start()].split()
            cited = any(" ".join(words[-size:]) in self._short_types for size in range(2, _TYPE_WORDS + 1))
            if cited and at not in found:
                found[at] = Symbol(at, match.end("n"), None, None, None, (), match["n"])
        return [found[at] for at in sorted(found)]

    def _numbered_mention(self, scope: Scope, symbol: Symbol, before: Mention | None) -> Mention | None:
        low = before.end if before is not None else scope.start
        label = _LABEL.search(scope.folded, max(low, symbol.start - 64), symbol.start)
        head = label.start() if label else symbol.start
        kind = self._type_before(scope, low, head)
        if kind is not None:
            if not symbol.codes and not scope.text[kind.start].isupper() and self._tail(scope, symbol.end).date is None:
                return None  # "theo quyết định số 3 của tổ"; with its date a number is a citation
            kind = self._called(scope, low, kind, symbol)
        elif not symbol.codes:
            return None
        if _is_own(scope, label, kind, symbol):
            return None
        name = kind.name if kind else self._inherited(scope, symbol, before, label)
        if name is None:
            return None
        first = kind.start if kind else head
        tail = self._tail(scope, symbol.end)
        value = DocRefValue.made(
            type=name,
            symbol=symbol.normalized,
            date=tail.date,
            issuer=_squeezed(scope, tail.issuer or (self._names.issuer(scope, kind.end) if kind else None)),
            title=self._title(scope, first, tail.rest),
        )
        return self._mention(scope, (low, first, tail.end), value, "citation.numbered")

    def _type_before(self, scope: Scope, low: int, at: int) -> _Type | None:
        """Returns the type word before the number at `at`: right before it, or with what it is called by between."""
        text, folded = scope.text, scope.folded
        words = folded[max(low, at - 64) : at].split()[-_TYPE_WORDS:]
        for size in range(len(words), 0, -1):
            name = self._types.get(" ".join(words[-size:]))
            if name is not None:
                first = at
                for word in reversed(words[-size:]):
                    first = folded.rfind(word, low, first)
                if not _BLANK_LINE.search(folded, first, at):
                    return _Type(name, first, at)
        if words:
            first = folded.rfind(words[-1], low, at)
            code = self._codes.get(text[first:at].rstrip())
            if code is not None:
                return _Type(code, first, at)
        return self._type_called(scope, low, at)

    def _type_called(self, scope: Scope, low: int, at: int) -> _Type | None:
        """Returns the nearest type word before `at` that other words part from its number."""
        text, folded = scope.text, scope.folded
        base = max(low, at - _TYPE_REACH)
        cuts = [base, *(match.end() for match in _CUT.finditer(folded, base, at))]
        words = list(WORD.finditer(text, cuts[-1], at))
        if not words or text[words[-1].end() : at].strip():
            return None
        forms = [folded[slice(*word.span())] for word in words]
        for first in range(len(words) - 1, max(-1, len(words) - 1 - _BETWEEN_WORDS), -1):
            for size in range(_TYPE_WORDS, 0, -1):
                name = self._types.get(" ".join(forms[first : first + size]))
                if name is not None and first + size <= len(forms):
                    kind = _Type(name, words[first].start(), words[first + size - 1].end())
                    return kind if self._may_stand_between(text, kind, words[first + size :]) else None
        return None

    def _may_stand_between(self, text: str, kind: _Type, between: list[re.Match[str]]) -> bool:
        """Tells whether these words may stand between a type and its number."""
        forms = [word.group().lower() for word in between]
        if any(form[0].isdigit() for form in forms):
            return False
        if not forms or forms[0] == "của":
            return True
        return text[kind.start].isupper() and len(forms) <= _CALLED_WORDS and self._not_between.isdisjoint(forms)

    def _called(self, scope: Scope, low: int, kind: _Type, symbol: Symbol) -> _Type:
        """Returns the type that another one says more of ("Thông báo kết luận số 99-TB/TW" is a thông báo)."""
        text, folded = scope.text, scope.folded
        words = folded[max(low, kind.start - 40) : kind.start].split()[-2:]
        name = self._types.get(" ".join(words))
        if name is None:
            return kind
        first = folded.rfind(words[0], low, folded.rfind(words[-1], low, kind.start))
        apart = folded[first : kind.start].split() != words or _BLANK_LINE.search(folded, first, kind.start)
        coded = any(self._codes.get(code) == name for code in symbol.codes)
        fits = text[first].isupper() and (coded or not text[kind.start].isupper())
        return _Type(name, first, kind.end) if fits and not apart else kind

    def _inherited(
        self, scope: Scope, symbol: Symbol, before: Mention | None, label: re.Match[str] | None
    ) -> str | None:
        """Returns the type of a number before which none stands: that of the list it is in, or that of its code."""
        head = label.start() if label else symbol.start
        code = next((code for code in symbol.codes if code in self._codes), "")
        own = self._codes.get(code)
        # "Số" with a capital opens something new, unless it is the next of a list in capitals.
        labelled = label is not None and not scope.text[head].isupper()
        if before is not None:
            near = labelled and head - before.end <= _CLAUSE_REACH
            near = near and _SENTENCE_END.search(scope.text, before.end, head) is None
            same = near and _LISTED.search(scope.folded, before.end, head) is not None
            if same or _CHAIN_GAP.fullmatch(scope.folded, before.end, head):
                first: DocRefValue = before.value
                alike = own is None or (first.symbol is not None and code in re.split(r"[/.-]", first.symbol))
                return first.type if alike else own
        # "Mẫu số 02/BC-…" is no document; behind a colon or in brackets stands what words before it announce.
        announced = _ANNOUNCED.search(scope.folded, max(scope.start, head - 60), head)
        return own if labelled and announced else None

    # -- what follows -----------------------------------------------------------------------------

    def _tail(self, scope: Scope, at: int) -> _Tail:
        """Reads the date behind a number or name, and the issuer before or behind it."""
        found = self._date_at(scope, at)
        if found is not None:
            at = found.end()
        issuer = self._names.issuer(scope, at)
        if issuer is None:
            return _Tail(at, found and _iso(found), None, at)
        if found is None:
            found = self._date_at(scope, issuer[1])
            if found is not None and found["head"]:
                return _Tail(found.end(), _iso(found), issuer, found.end())
            found = None
        return _Tail(at, found and _iso(found), issuer, issuer[1])

    def _date_at(self, scope: Scope, at: int) -> re.Match[str] | None:
        found = self._date.match(scope.folded, at, scope.end)
        if found is None:
            return None
        # A date that opens a paragraph is not that of the document before it.
        first = found.start("head") if found["head"] else at
        opens = scope.text[first : first + 2] == "Ng" or scope.text.count("\n", at, first) > 1
        return None if opens else found

    def _title(self, scope: Scope, first: int, at: int) -> str | None:
        """Returns the subject of a document cited as a basis; elsewhere nothing tells where a subject ends."""
        text, folded, start = scope.text, scope.folded, max(scope.start, first - _TITLE_REACH)
        line = max(folded.rfind("\n", start, first), folded.rfind(";", start, first), start - 1) + 1
        subject = self._subject.match(folded, at, scope.end) if self._basis.match(folded, line) else None
        if subject is None:
            return None
        stop = _TITLE_END.search(text, subject.start(), min(scope.end, subject.start() + _TITLE_REACH))
        return squeeze(text[subject.start() : stop.start()]) if stop else None

    def _mention(self, scope: Scope, place: tuple[int, int, int], value: DocRefValue, rule: str) -> Mention:
        """Returns the mention of a document, with the pinpoint before it.

        Args:
            scope: what is read.
            place: the lowest offset that a pinpoint may begin at, and where the document begins and ends.
            value: what was read of the document; the pinpoint is added.
            rule: the id of the rule that found it.
        """
        low, start, end = place
        run = self._pinpoints.before(scope.text, scope.folded, low, start)
        if run is not None:
            value.pinpoint = run.places
            start = run.start
        return Mention("DOCREF", start, end, value, rule)


def _begins_word(scope: Scope, at: int) -> bool:
    """Tells whether a word begins at `at`; a capital does inside another word, where the source lost a space."""
    before = scope.text[at - 1] if at > scope.start else " "
    return not before.isalnum() or (scope.text[at].isupper() and before.islower())


def _is_own(scope: Scope, label: re.Match[str] | None, kind: _Type | None, symbol: Symbol) -> bool:
    """Tells whether this is the document's own number line."""
    text = scope.text
    at = kind.start if kind else label.start() if label else symbol.start
    before = text[max(scope.start, at - 8) : at].rstrip(" \t")
    opens = not before or before[-1] in "\n|-*"
    colon = label is not None and ":" in label.group()
    if kind is None:
        return label is not None and text[at].isupper() and (colon or opens)
    if not opens:
        return False
    alone = not before.strip() and _LINE_END.match(text, symbol.end, scope.end) is not None
    between = text[at : symbol.start]
    return colon or alone or (between.isupper() and " CỦA " in between)


def _squeezed(scope: Scope, span: tuple[int, int] | None) -> str | None:
    return squeeze(scope.text[span[0] : span[1]]) if span else None


def _end_of(pattern: re.Pattern[str], scope: Scope, at: int) -> int:
    match = pattern.match(scope.folded, at, scope.end)
    return match.end() if match else at


def _iso(match: re.Match[str]) -> str | None:
    """Returns the date of a match of `citation.date` in ISO 8601, as far as it is written; None if none such exists."""
    year = match["y"] or match["y2"] or match["y3"] or match["y4"]
    month = match["m"] or match["m2"] or match["m3"] or match["m4"]
    day = match["d"]
    if not month:
        return None if day else year
    try:
        known = Date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return known.isoformat() if day else known.isoformat()[:7]
