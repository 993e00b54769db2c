"""Which documents an archive has: who issued them, when, under which symbol, and whom they cite.

All of them are planned before the first is written, so that a basis can name a document that exists.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from benchmarks.archive.grammar import Kind, grammar, names

_DOCUMENTS_PER_ISSUER = 25  # where there are enough names
_DOCUMENTS_PER_LAND = 400
_FICTIONAL = 0.4  # of the provinces
ROMANS = (
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV",
)  # fmt: skip
# The years in which the assemblies from the seventh on were elected.
_ASSEMBLIES = (1981, 1987, 1992, 1997, 2002, 2007, 2011, 2016, 2021, 2026)


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body: its kind, its words for the slots of the grammar, and real or made-up places in its land."""

    kind: str
    words: dict[str, str]
    places: tuple[str, ...]
    seed: int

    @property
    def rules(self) -> Kind:
        """What the grammar says of its kind."""
        return grammar().kinds[self.kind]

    @property
    def body(self) -> str:
        """Its name in running text."""
        return self.rules.body.format(**self.words)

    @property
    def letterhead(self) -> list[str]:
        """Its name in the letterhead, by lines."""
        capitals = {slot.upper(): word.upper() for slot, word in self.words.items()}
        return [line.format(**capitals) for line in self.rules.left]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a document before it is written.

    Attributes:
        number: its place in the archive, from 0 on.
        issuer: who issued it.
        held: the day of the session.
        signed: the day in the letterhead, or of the session.
        symbol: its symbol, unique for its issuer and year.
        term: the ordinal of the issuer's term.
        session: the ordinal of the session.
        cites: the numbers of the documents that its bases name.
    """

    number: int
    issuer: Issuer
    held: date
    signed: date
    symbol: str
    term: int
    session: int
    cites: tuple[int, ...] = ()

    @property
    def words(self) -> dict[str, str]:
        """The words for the slots of issuer and document."""
        assembly = assembly_of(self.held)
        return self.issuer.words | {
            "body": self.issuer.body,
            "year": str(self.held.year),
            "term": ROMANS[self.term],
            "session": str(self.session),
            "assembly_roman": ROMANS[assembly],
        }


def assembly_of(day: date) -> int:
    """Returns the ordinal of the National Assembly that was in office on a day."""
    return 6 + sum(day.year > year or (day.year == year and day.month >= 7) for year in _ASSEMBLIES)


def plans(count: int, seed: int) -> list[Plan]:
    """Returns the plans of an archive, by issuer and day; the same arguments give the same plans."""
    made = random.Random(f"{seed}:{count}")
    issuers = _issuers(count, made)
    days: dict[int, list[date]] = defaultdict(list)
    bodies = Counter(issuer.kind for issuer in issuers)
    # As many documents of each kind as its weight says, however many bodies it has.
    weights = [issuer.rules.weight / bodies[issuer.kind] for issuer in issuers]
    for at in made.choices(range(len(issuers)), weights, k=count):
        first, last = issuers[at].rules.years
        day = date(first, 1, 5) + timedelta(made.randrange((last - first + 1) * 365 - 20))
        # No district outlived the reform.
        days[at].append(min(day, date(2025, 6, 25)) if issuers[at].rules.places == "district" else day)
    found: list[Plan] = []
    for at in sorted(days):
        for year, held in groupby(sorted(days[at]), key=lambda day: day.year):
            for n, day in enumerate(held, start=1):
                found.append(_plan(len(found), issuers[at], day, n, year))
    return _citing(found, made)


def _plan(number: int, issuer: Issuer, held: date, n: int, year: int) -> Plan:
    rules = issuer.rules
    signed = held if rules.undated else held + timedelta((issuer.seed + n) % 4)
    if signed.year != year:
        signed = held
    # Each issuer keeps to its way of writing symbols.
    symbol = rules.symbols[issuer.seed % len(rules.symbols)].format(n=n, year=year, assembly=assembly_of(held))
    term = 3 + issuer.seed % 14 + (year - 1985) // 6
    return Plan(number, issuer, held, signed, symbol, term, 1 + (year + n) % 18)


def _issuers(count: int, made: random.Random) -> list[Issuer]:
    lands = [_land(made) for _ in range(max(2, count // _DOCUMENTS_PER_LAND))]
    total = sum(kind.weight for kind in grammar().kinds.values())
    issuers: dict[str, Issuer] = {}  # of two bodies of the same name, none could be told from the other
    for name, kind in grammar().kinds.items():
        wanted = max(1, round(count * kind.weight / total / _DOCUMENTS_PER_ISSUER)) if kind.places else 1
        for _ in range(wanted):
            issuer = _issuer(name, made.choice(lands), made)
            issuers.setdefault(issuer.body, issuer)
    return list(issuers.values())


class _Land(NamedTuple):
    """A province: its name, and those of its districts and communes."""

    province: str
    districts: list[str]
    communes: list[str]


def _land(made: random.Random) -> _Land:
    source = names()
    code, province = made.choice(list(source.provinces.items()))
    districts, communes = source.of_province(code, "huyện"), source.of_province(code, "xã")
    if made.random() < _FICTIONAL or len(districts) < 3 or len(communes) < 12:
        made_up = dict.fromkeys(_fictional(made) for _ in range(60))
        province, *others = made_up
        return _Land(province, others[:8], others[8:])
    return _Land(province, districts, communes)


def _issuer(kind: str, land: _Land, made: random.Random) -> Issuer:
    places = [f"huyện {name}" for name in made.sample(land.districts, 3)]
    places += [f"xã {name}" for name in made.sample(land.communes, 11)]
    company = f"{made.choice(grammar().trades)} {_fictional(made)}"
    words = {"province": land.province, "district": made.choice(land.districts), "commune": made.choice(land.communes)}
    return Issuer(kind, words | {"company": company, "factory": company}, tuple(places), made.randrange(1000))


def _fictional(made: random.Random) -> str:
    return " ".join(made.sample(grammar().syllables, 2))


def _citing(found: Sequence[Plan], made: random.Random) -> list[Plan]:
    """Lets each document cite up to three earlier ones: of its own issuer, and of bodies above it."""
    by_issuer: dict[str, list[Plan]] = defaultdict(list)
    above: dict[tuple[str, str], list[Plan]] = defaultdict(list)
    for plan in sorted(found, key=lambda plan: (plan.signed, plan.number)):
        by_issuer[plan.issuer.body].append(plan)
        above[_pool(plan.issuer, plan.issuer.kind)].append(plan)
    cited = []
    for plan in found:
        pools = [by_issuer[plan.issuer.body], *(above[_pool(plan.issuer, kind)] for kind in plan.issuer.rules.cites)]
        cites: dict[int, None] = {}
        for pool in pools[: 1 + made.randrange(3)]:
            earlier = bisect_left(pool, plan.held, key=lambda other: other.signed)
            if earlier:
                cites[pool[made.randrange(max(0, earlier - 40), earlier)].number] = None
        cited.append(replace(plan, cites=tuple(cites)))
    return cited


def _pool(issuer: Issuer, kind: str) -> tuple[str, str]:
    """Returns what the bodies of a kind have in common that an issuer may look up to: those of its own province."""
    return kind, issuer.words["province"] if grammar().kinds[kind].places else ""
