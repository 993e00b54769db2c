"""Persons: a name alone, without form of address, degree or office.

    person = form of address , [ degree ] , name            "đồng chí Lò Văn Quyền"
           | office , [ body ] , name                        "Chủ tịch Ủy ban nhân dân tỉnh Đinh Công Sắc"
           | name alone on its line                          a signature
           | surname , middle name , … , given name

A name that nothing announces must have three words in capitals or more.
"""

from __future__ import annotations

from dataclasses import dataclass

from nqparse.document import PersonValue
from nqparse.entities.name_ends import NameEnds
from nqparse.entities.words import PhraseTable, Words, phrases, plain
from nqparse.fold import fold, squeeze
from nqparse.ruleset import RuleSet

_LONGEST_NAME = 6
_SHORTEST_NAME = 2
_FULL_NAME = 3
_LONGEST_TITLE = 4  # words of an office or a form of address
_LONGEST_POSITION = 14  # words
_CLAUSE_END = frozenset(",;.:()")


@dataclass(slots=True)
class Person:
    """A person by the words of the name: `first` to `end` (exclusive)."""

    first: int
    end: int
    rule: str


class PersonGrammar:
    """Reads the names of persons."""

    def __init__(self, rules: RuleSet, ends: NameEnds) -> None:
        self._ends = ends
        self._titles = phrases(rules, {"title": "person.titles"}, exact=("title",))
        self._degrees = phrases(rules, {"degree": "person.degrees"}, exact=("degree",))
        self._offices = phrases(rules, {"office": "person.offices"})
        self._appellations = phrases(rules, {"appellation": "person.appellations"}, exact=("appellation",))
        self._middles = frozenset(map(plain, rules.terms["person.middles"].terms))
        self._surnames = frozenset(map(plain, rules.terms["person.surnames"].terms))
        self._wary = frozenset(map(plain, rules.terms["person.wary-surnames"].terms))
        self._seconds = self._middles | (self._surnames - self._wary)  # "Lương Nguyễn Minh Triết"
        self._not_names = frozenset(map(plain, rules.terms["person.not-names"].terms))
        self._title_ends = _last_words(rules.terms["person.titles"].terms)
        self._office_ends = _last_words(rules.terms["person.offices"].terms)

    def name_words(self) -> set[str]:
        """Returns the words that a name can begin with, in small letters."""
        return {*self._surnames, *self._appellations.openers()}

    def openers(self) -> tuple[PhraseTable, PhraseTable]:
        """Returns the tables of what announces a name: forms of address and degrees."""
        return self._titles, self._degrees

    def announced_at(self, words: Words, at: int) -> Person | None:
        """Returns the person whose name a form of address or a degree announces at a word, or None."""
        announced = self._titles.match(words, at) or self._degrees.match(words, at)
        return self._announced(words, announced[0]) if announced else None

    def certain_at(self, words: Words, at: int) -> Person | None:
        """Returns the person that is named at a word beyond doubt, though it may be a word of land ("Hồ"), or None."""
        fixed = self._appellations.match(words, at)
        if fixed is not None and words.capital(at):
            return Person(at, fixed[0], "person.appellations")
        if not words.capital(at) or plain(words.raw(at)) not in self._surnames or at + 1 >= words.size:
            return None
        person = self.named_at(words, at)
        if person is None or person.rule == "person.signature":
            return person
        return person if plain(words.raw(at + 1)) in self._middles else None

    def name_end(self, words: Words, at: int) -> int:
        """Returns the end of the name of a person that begins at a word, by its form alone; `at` if there is none."""
        if words.caps(at):
            return at
        end = self._run(words, at)
        full = end - at >= _FULL_NAME and plain(words.raw(at)) in self._surnames
        return end if full else at

    def office_before(self, words: Words, at: int) -> bool:
        """Tells whether the words before this one are an office."""
        return at > 0 and words.joined(at - 1) and self._office_start(words, at) < at

    def is_officer(self, words: Words, at: int) -> bool:
        """Tells whether an office or a form of address ends right before a word."""
        return self.office_before(words, at) or self._addressed(words, at)

    def _addressed(self, words: Words, at: int) -> bool:
        if at == 0 or words.folded[at - 1] not in self._title_ends or not words.joined(at - 1):
            return False
        titles = (self._titles.match(words, first) for first in range(max(0, at - _LONGEST_TITLE), at))
        return any(title is not None and title[0] == at for title in titles)

    def _office_start(self, words: Words, end: int) -> int:
        if words.folded[end - 1] not in self._office_ends:
            return end
        for first in range(max(0, end - _LONGEST_TITLE), end):
            found = self._offices.match(words, first)
            if found is not None and found[0] == end:
                return first
        return end

    def _announced(self, words: Words, at: int) -> Person | None:
        """Reads a name behind a form of address or a degree."""
        while at < words.size:
            degree = self._degrees.match(words, at)
            if degree is not None and words.joined(at - 1):
                at = degree[0]
            elif words.folded[at] == ".":
                at += 1
            else:
                break
        if at >= words.size or not words.joined(at - 1) or plain(words.raw(at)) in self._not_names - self._surnames:
            return None
        if words.caps(at) and plain(words.raw(at)) not in self._surnames:
            return None
        end = self._run(words, at, announced=True)
        office = plain(words.raw(at)) in self._not_names and words.small(end)
        if end - at < _SHORTEST_NAME or (end - at == _SHORTEST_NAME and office):
            return None
        return Person(at, end, "person.titles")

    def named_at(self, words: Words, at: int, *, after_name: bool = False) -> Person | None:
        """Returns the person whose name begins with the surname at a word, or None.

        `after_name` tells that another name, perhaps the officer's body, ends right before the word.
        """
        if not words.capital(at) or plain(words.raw(at)) not in self._surnames:
            return None
        end = self._run(words, at)
        if end - at < _SHORTEST_NAME:
            return None
        full = end - at >= _FULL_NAME
        if words.opens_line(at) and words.breaks(end - 1):
            signs = end == words.size or self._position_above(words, at) is not None
            if full or (signs and not words.caps(at)):
                return Person(at, end, "person.signature")
        if words.caps(at):
            return None
        if self.office_before(words, at):
            return Person(at, end, "person.offices")
        inside = words.adjoins(at) and not words.caps(at - 1)
        sure = plain(words.raw(at)) not in self._wary or plain(words.raw(at + 1)) in self._seconds
        if full and sure and (after_name or not inside):
            return Person(at, end, "person.surnames")
        return None

    def _run(self, words: Words, at: int, *, announced: bool = False) -> int:
        """Returns the end of the words in capitals that begin here and look like one name."""
        caps = words.caps(at)
        end = at
        while end < words.size and end - at < _LONGEST_NAME and words.capital(end):
            if end > at and (not words.joined(end - 1) or words.breaks(end - 1)):
                clause_ends = words.folded[end + 1 : end + 2] == [","]  # "đồng chí Vi Thị / Hảo, nguyên Giám đốc"
                if not words.runs_on(end - 1) and not (announced and clause_ends):
                    break
            if words.caps(end) is not caps and words.spans[end][1] - words.spans[end][0] > 1:
                break
            if end - at > 1 and self._ends.before(words, end):
                break
            end += 1
        return end

    # -- value ------------------------------------------------------------------------------------

    def value(self, words: Words, person: Person, bodies: dict[int, int]) -> PersonValue:
        """Returns the contract's value with the position that is written beside the name.

        Args:
            words: the words.
            person: the person.
            bodies: the organisations found, by their first word: the word behind their last one.
        """
        if person.rule == "person.signature":
            return PersonValue.made(position=self._position_above(words, person.first))
        position = self._position_after(words, person.end, bodies) or self._position_before(words, person.first, bodies)
        return PersonValue.made(position=position)

    def _position_after(self, words: Words, at: int, bodies: dict[int, int]) -> str | None:
        if at + 1 >= words.size or words.folded[at] != ",":
            return None
        first = end = at + 1
        while end < words.size and end - first < _LONGEST_POSITION:
            office = self._offices.match(words, end)
            if office is not None:
                end = office[0]
            elif end in bodies:
                end = bodies[end]
            elif end == first and words.folded[end] == "nguyen":
                end += 1
            else:
                break
            if words.folded[end : end + 1] and words.folded[end] in _CLAUSE_END:
                break
        if end == first or not self._has_office(words, first, end):
            return None
        return squeeze(words.phrase(first, end))

    def _has_office(self, words: Words, first: int, end: int) -> bool:
        return any(self._offices.match(words, at) is not None for at in range(first, min(end, first + 2)))

    def _position_above(self, words: Words, at: int) -> str | None:
        """Returns the office on the line above a signature, behind a remark in brackets ("(Đã ký)")."""
        end = at
        if end and words.folded[end - 1] == ")":
            while end and words.folded[end - 1] != "(":
                end -= 1
            end -= 1
        if end <= 0:
            return None
        first = end - 1
        while first and end - first < _LONGEST_POSITION and not words.opens_line(first):
            first -= 1
        office = self._offices.match(words, first)
        return squeeze(words.phrase(first, end)) if office is not None and words.opens_line(first) else None

    def _position_before(self, words: Words, at: int, bodies: dict[int, int]) -> str | None:
        end = at
        if not at or not words.joined(at - 1):
            return None
        for first in range(at - 1, max(-1, at - _LONGEST_POSITION), -1):
            if bodies.get(first) == at:
                at = first
                break
        start = self._office_start(words, at) if at else at
        return squeeze(words.phrase(start, end)) if start < at else None


def _last_words(terms: list[str]) -> frozenset[str]:
    return frozenset(fold(term.split()[-1]) for term in terms)
