"""The bodies of made-up resolutions: trees of numbered sections, and sentences with new figures each time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from benchmarks.archive.grammar import Scheme, grammar, names
from benchmarks.archive.plan import ROMANS, Plan

_LETTERS = "abcdđeghiklmn"
_SLOT = re.compile(r"\{(\w+)\}")
_HEADED = 0.4  # of articles


@dataclass(slots=True)
class Section:
    """A section to write: the kind and number that a reader should see, its lines, and the sections below."""

    kind: str
    number: str
    lines: list[str]
    children: list[Section] = field(default_factory=list)

    def walk(self) -> Iterator[Section]:
        """Yields it and all sections below in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Sentences:
    """Makes the sentences of one document."""

    def __init__(self, plan: Plan, made: random.Random) -> None:
        self._plan = plan
        self._made = made
        self._grammar = grammar()
        pool = [sentence for topic in plan.issuer.rules.topics for sentence in self._grammar.sentences[topic]]
        self._pool = made.sample(pool, len(pool))
        self._next = 0
        pick, number = made.choice, made.randrange
        self._slots: dict[str, Callable[[], str]] = {
            "money": self._money, "percent": lambda: f"{_decimal(number(31, 995))}%", "day": self._day,
            "count": lambda: _grouped(number(120, 9900)), "few": lambda: f"{number(2, 49):02d}",
            "area": lambda: f"{_decimal(number(25, 4200))} ha", "length": lambda: f"{_decimal(number(6, 240))} km",
            "month": lambda: str(number(1, 13)), "place": lambda: pick(plan.issuer.places), "person": self.person,
            "office": lambda: pick(self._grammar.offices), "crop": lambda: pick(self._grammar.crops),
            "work": lambda: pick(self._grammar.works), "year": lambda: str(plan.held.year),
            "next": lambda: str(plan.held.year + 5),
        }  # fmt: skip

    def filled(self, sentence: str) -> str:
        """Returns a sentence with its slots filled, its first letter in capitals."""
        text = _SLOT.sub(lambda slot: self._slots[slot[1]](), sentence)
        return text[0].upper() + text[1:]

    def title(self) -> str:
        """Returns a title."""
        rules = self._plan.issuer.rules
        text = self.filled(self._made.choice(self._grammar.titles[self._made.choice(rules.titles)]))
        return text[0].lower() + text[1:] if rules.party else text

    def one(self, end: str = ".") -> str:
        """Returns the next sentence; all of the topics come before one comes again."""
        sentence = self._pool[self._next % len(self._pool)]
        self._next += 1
        return self.filled(sentence) + end

    def person(self) -> str:
        """Returns a name."""
        source = names()
        given = self._made.sample(self._grammar.given, self._made.choice((1, 1, 2)))
        return " ".join([self._made.choice(source.surnames), self._made.choice(source.middles), *given])

    def _money(self) -> str:
        if self._made.random() < 0.3:
            return f"{_grouped(self._made.randrange(50, 99000) * 10_000)} đồng"
        return f"{_decimal(self._made.randrange(11, 19000))} {self._made.choice(('triệu', 'tỷ'))} đồng"

    def _day(self) -> str:
        day = self._plan.held + timedelta(self._made.randrange(20, 400))
        return day.strftime("%d/%m/%Y")


def body(plan: Plan, sentences: Sentences, made: random.Random, size: int) -> list[Section]:
    """Returns the sections of a document of about `size` sentences."""
    scheme = made.choice(plan.issuer.rules.schemes)
    return _SCHEMES[scheme](sentences, made, size)


def _articles(sentences: Sentences, made: random.Random, size: int, first: int = 1) -> list[Section]:
    found: list[Section] = []
    left = size
    while left > 0 or not found:
        number = str(first + len(found))
        share = min(left, made.randrange(1, 9))
        left -= max(1, share)
        if share <= 1:
            found.append(Section("article", number, [f"Điều {number}. {sentences.one()}"]))
            continue
        heading = made.choice(grammar().headings["article"]) if made.random() < _HEADED else sentences.one(":")
        children = _clauses(sentences, made, share)
        found.append(Section("article", number, [f"Điều {number}. {heading}"], children))
    return found


def _clauses(sentences: Sentences, made: random.Random, size: int) -> list[Section]:
    if made.random() < 0.2:
        return _points(sentences, size)
    found: list[Section] = []
    left = size
    while left > 0 or len(found) < 2:
        number = str(len(found) + 1)
        share = made.choice((1, 1, 1, 3, 4, 5)) if left > 2 else 1
        left -= share
        if share < 2:
            found.append(Section("arabic", number, [f"{number}. {sentences.one()}"]))
        else:
            found.append(Section("arabic", number, [f"{number}. {sentences.one(':')}"], _points(sentences, share)))
    return found


def _points(sentences: Sentences, size: int) -> list[Section]:
    letters = _LETTERS[: max(2, min(size, len(_LETTERS)))]
    ends = {letters[-1]: "."}
    return [Section("letter", letter, [f"{letter}) {sentences.one(ends.get(letter, ';'))}"]) for letter in letters]


def _chapters(sentences: Sentences, made: random.Random, size: int) -> list[Section]:
    titles = grammar().headings["chapter"]
    count = max(2, min(len(titles), size // 8))
    found, first = [], 1
    for at in range(count):
        articles = _articles(sentences, made, max(1, size // count), first)
        first += len(articles)
        found.append(Section("chapter", ROMANS[at + 1], [f"Chương {ROMANS[at + 1]}", titles[at]], articles))
    return found


def _bare(sentences: Sentences, made: random.Random, size: int) -> list[Section]:
    found: list[Section] = []
    left = size
    while left > 0 or len(found) < 2:
        number = str(len(found) + 1)
        share = made.randrange(1, 6)
        left -= share
        dashes = _dashes("dash", "-", sentences, share) if share > 2 else []
        found.append(Section("arabic", number, [f"{number}. {sentences.one(':' if dashes else '.')}"], dashes))
    return found


def _dashes(kind: str, mark: str, sentences: Sentences, size: int) -> list[Section]:
    return [Section(kind, "", [f"{mark} {sentences.one(';' if at < size - 1 else '.')}"]) for at in range(size)]


def _romans(sentences: Sentences, made: random.Random, size: int) -> list[Section]:
    titles = made.sample(grammar().headings["roman"], len(grammar().headings["roman"]))
    count = max(2, min(len(titles), size // 5))
    found = []
    for number, title in zip(ROMANS[1 : count + 1], titles, strict=False):
        children = _numbered(sentences, made, max(2, size // count))
        found.append(Section("roman", number, [f"{number}. {title}"], children))
    return found


def _numbered(sentences: Sentences, made: random.Random, size: int) -> list[Section]:
    titles = made.sample(grammar().headings["arabic"], len(grammar().headings["arabic"]))
    found: list[Section] = []
    left = size
    while left > 0 or len(found) < 2:
        number = str(len(found) + 1)
        share = made.choice((1, 1, 3, 4)) if len(found) < len(titles) else 1
        left -= share
        if share == 1:
            found.append(Section("arabic", number, [f"{number}. {sentences.one()}"]))
        else:
            dashes = _dashes("dash", "-", sentences, share)
            found.append(Section("arabic", number, [f"{number}. {titles[len(found)]}"], dashes))
    return found


def _uppers(sentences: Sentences, made: random.Random, size: int) -> list[Section]:
    titles = grammar().headings["upper"]
    count = max(2, min(len(titles), size // 12))
    return [
        Section("upper", "ABCD"[at], [f"{'ABCD'[at]}. {titles[at]}"], _romans(sentences, made, max(2, size // count)))
        for at in range(count)
    ]


def _decimals(sentences: Sentences, made: random.Random, size: int) -> list[Section]:
    titles = made.sample(grammar().headings["arabic"], len(grammar().headings["arabic"]))
    count = max(2, min(len(titles), size // 5))
    found = []
    for at in range(count):
        children = []
        for below in range(1, 1 + max(2, min(9, size // count))):
            number = f"{at + 1}.{below}"
            pluses = _dashes("plus", "+", sentences, made.randrange(2, 5)) if made.random() < 0.3 else []
            children.append(Section("decimal", number, [f"{number}. {sentences.one(':' if pluses else '.')}"], pluses))
        found.append(Section("arabic", str(at + 1), [f"{at + 1}. {titles[at]}"], children))
    return found


_SCHEMES: dict[Scheme, Callable[[Sentences, random.Random, int], list[Section]]] = {
    "articles": _articles,
    "chapters": _chapters,
    "bare": _bare,
    "romans": _romans,
    "uppers": _uppers,
    "decimals": _decimals,
}


def _decimal(tenths: int) -> str:
    return _grouped(tenths // 10) + (f",{tenths % 10}" if tenths % 10 else "")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
