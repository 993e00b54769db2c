"""Terms of office: their years and length, and whether they agree with each other and with their number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from nqparse.checks.case import Case, official, resolution
from nqparse.checks.registry import Finding, check
from nqparse.checks.texts import clean
from nqparse.document import SessionEntity, TextEntity
from nqparse.fold import fold
from nqparse.ruleset import RuleSet

_YEARS = re.compile(r"(?<!\d)(?P<low>(?:19|20)\d\d)\s*[-‐-―−]\s*(?P<high>(?:19|20)\d\d)(?!\d)")
_OFFICE = re.compile(r"(?:nhiem k[yi]|\bnk)\s*$|\bkhoa\s+[ivxlc\d]+\s*[,(]?\s*$")
_BETWEEN = re.compile(r"[\s,;()–-]*(?:nhiem k[yi]\s*)?$")
_CONGRESS = re.compile(r"\bdai hoi(?P<body>(?:(?!\bdai hoi\b)[^.;:\n]){0,100})$")
_BODY = re.compile(r"(?:\bban chap hanh|\bbch|\bhoi nghi)(?P<body>(?:(?!\bban chap hanh\b)[^.;:\n]){0,100})$")
_NO_NAME = frozenset(
    (
        "dai",
        "bieu",
        "toan",
        "the",
        "lan",
        "thu",
        "va",
        "cac",
        "cua",
        "tinh",
        "huyen",
        "xa",
        "hoi",
        "nghi",
        "khoa",
        "nhiem",
    )
)
_OWN_ZONES = frozenset({"header", "preamble", "formula", "closing"})
_OWN = 8  # of a document's own terms are compared with its congresses
_NEAR = 24
_ALIKE = 0.5  # the share of words that two names of one body have in common


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office as the text gives it: "khóa II, nhiệm kỳ 2016-2021".

    Attributes:
        place: the years in the text.
        low: the first year.
        high: the last year.
        number: the number of the term or congress that stands before it.
        own: it stands where a document speaks of its own body.
    """

    place: TextEntity
    low: int
    high: int
    number: SessionEntity | None
    own: bool

    @property
    def years(self) -> tuple[int, int]:
        """Both years."""
        return self.low, self.high

    def __str__(self) -> str:
        return f"{self.low}-{self.high}"


def _terms(case: Case) -> list[Term]:
    found = []
    for period in case.texts("PERIOD"):
        match = _YEARS.search(clean(period.text))
        if match is None:
            continue
        before = fold(case.before(period.start, 40))
        if not (fold(period.text[:8]).startswith(("nhiem k", "nk ")) or _OFFICE.search(before)):
            continue
        number = _number_before(case, period)
        own = case.zone_at(period.start) in _OWN_ZONES
        found.append(Term(period, int(match["low"]), int(match["high"]), number, own))
    return found


def _number_before(case: Case, period: TextEntity) -> SessionEntity | None:
    """Returns the number of the term or congress right before its years."""
    number = case.preceding("SESSION", period.start)
    if not isinstance(number, SessionEntity) or period.start - number.end > _NEAR:
        return None
    between = fold(case.document.text[number.end : period.start])
    return number if _BETWEEN.match(between) else None


@check(official)
def trm_001(case: Case) -> Iterator[Finding]:
    """A term, or another range of years, ends before it begins."""
    known = Counter(term.years for term in case.once(_terms) if term.high > term.low)
    for period in case.texts("PERIOD"):
        match = _YEARS.search(clean(period.text))
        if match and int(match["high"]) < int(match["low"]):
            low, high = int(match["low"]), int(match["high"])
            alike = [years for years, _ in known.most_common() if years[0] == low] or [(high, low)]
            yield Finding.at(period, text=case.quote(period.start, period.end), expected=f"{alike[0][0]}-{alike[0][1]}")


@check(resolution)
def trm_002(case: Case) -> Iterator[Finding]:
    """A term is longer or shorter than such a body's term can be."""
    lengths = case.config.thresholds.term_years
    usual = set(lengths.get(case.kind.id, lengths.get("default", [])))
    any_body = {years for row in lengths.values() for years in row}
    for term in case.once(_terms):
        years = term.high - term.low
        if years >= 0 and years not in (usual if term.own else any_body):
            yield Finding.at(term.place, text=case.quote(term.place.start, term.place.end), years=years)


@dataclass(slots=True)
class _Group:
    """All mentions of the same years."""

    count: int = 0
    first_own: int | None = None
    numbers: set[int | None] = field(default_factory=set)


@check(resolution)
def trm_003(case: Case) -> Iterator[Finding]:
    """The same body has two terms that share one year and not the other."""
    terms = case.once(_terms)
    groups: dict[tuple[int, int], _Group] = {}
    for term in terms:
        group = groups.setdefault(term.years, _Group())
        group.count += 1
        group.numbers.add(term.number.value if term.number else None)
        if term.own and group.first_own is None:
            group.first_own = term.place.start
    lows, highs = sorted({low for low, _ in groups}), sorted({high for _, high in groups})
    for term in terms:
        sharing = [*((term.low, high) for high in highs), *((low, term.high) for low in lows)]
        known = (years for years in sharing if years in groups)
        other = next((years for years in known if _clash(term, groups[term.years], years, groups[years])), None)
        if other is not None:
            yield Finding.at(term.place, text=str(term), other=f"{other[0]}-{other[1]}", count=groups[other].count)


def _clash(term: Term, group: _Group, years: tuple[int, int], other: _Group) -> bool:
    """Tells whether a term is a slip for other years with which it shares one: they have the better claim."""
    if years == term.years or years[1] < years[0]:
        return False
    if term.high < term.low:
        return other.count > group.count
    if not term.own or other.first_own is None or other.first_own > term.place.start:
        return False
    same_number = term.number is not None and term.number.value in other.numbers
    return same_number or other.count > group.count


@check(official)
def trm_004(case: Case) -> Iterator[Finding]:
    """The number of a term and its years do not belong together."""
    yield from _national_assembly(case)
    terms = [(term, term.number) for term in case.once(_terms) if term.number is not None and term.high > term.low]
    own = [(term, number) for term, number in terms if term.own and _is_khoa(number)][:_OWN]
    for term, number in terms:
        congress = None if _is_khoa(number) else _CONGRESS.search(fold(case.before(number.start)))
        others = [
            (body, khoa)
            for body, khoa in own
            if congress and not _follows(body, khoa, term, number) and _same_body(case, khoa, congress["body"])
        ]
        for body, khoa in others[:1]:
            yield Finding.at(term.place, number=number.text, years=str(term), other=f"{khoa.text}, {body}")
    yield from _two_terms(case, own)


def _two_terms(case: Case, own: list[tuple[Term, SessionEntity]]) -> Iterator[Finding]:
    """Finds a number that stands with two terms of the same body; terms that share a year are TRM-003."""
    for at, (term, number) in enumerate(own):
        name = _BODY.search(fold(case.before(number.start)))
        for other, khoa in own[:at]:
            apart = term.low != other.low and term.high != other.high
            if apart and number.value == khoa.value and name and _same_body(case, khoa, name["body"]):
                yield Finding.at(term.place, number=number.text, years=str(term), other=f"{khoa.text}, {other}")
                break


def _follows(body: Term, khoa: SessionEntity, congress: Term, number: SessionEntity) -> bool:
    """Tells whether a congress and a term of the same body fit: the n-th congress elects the n-th board."""
    if khoa.value is None or number.value is None:
        return True
    if number.value == khoa.value:
        return congress.years == body.years
    if number.value == khoa.value + 1:
        return congress.low in (body.high, body.high + 1)
    return congress.years != body.years


def _is_khoa(number: SessionEntity) -> bool:
    return fold(number.text).startswith("khoa")


def _same_body(case: Case, khoa: SessionEntity, congress: str) -> bool:
    """Tells whether the names before the number of a term and before that of a congress are those of one body."""
    match = _BODY.search(fold(case.before(khoa.start)))
    if match is None:
        return False
    first, second = _name(match["body"]), _name(congress)
    return bool(first) and len(first & second) >= _ALIKE * len(first | second)


def _name(text: str) -> set[str]:
    return set(re.findall(r"[a-z&]+", text)) - _NO_NAME


# -- the National Assembly ------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def assembly_terms(rules: RuleSet) -> dict[int, tuple[int, int]]:
    """Returns the first and last year of each term of the National Assembly."""
    rows = rules.tables["assembly.terms"].rows
    return {int(number): (int(years[:4]), int(years[-4:])) for number, years in rows.items()}


def _national_assembly(case: Case) -> Iterator[Finding]:
    """Compares "Quốc hội khóa XV" with the years behind it, and an act's own term with its year."""
    terms = assembly_terms(case.config.rules)
    years = {term.number.start: term for term in case.once(_terms) if term.number is not None and term.high > term.low}
    for session in case.entities.get("SESSION", ()):
        if not isinstance(session, SessionEntity) or session.value not in terms:
            continue
        if not fold(session.text).startswith("khoa") or "quoc hoi" not in fold(case.before(session.start, 70)):
            continue
        low, high = terms[session.value]
        term = years.get(session.start)
        own = case.kind.id in ("qh", "ubtvqh") and case.zone_at(session.start) == "closing"
        if term is not None and term.years != (low, high):
            yield Finding.at(session, number=session.text, years=str(term), other=f"{low}-{high}")
        elif term is None and own and case.year is not None and not low <= case.year <= high:
            yield Finding.at(session, number=session.text, years=str(case.year), other=f"{low}-{high}")
