"""Numbers in words and in Roman numerals: "hai mươi lăm", "bảy nghìn không trăm chín mươi ba tỷ", "XVIII".

The words are data (`rules/numbers.yaml`): one list `number.word.N` per value N, and lists for the few words that
build numbers without being one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from nqparse.fold import fold
from nqparse.ruleset import RuleSet
from nqparse.structure.label import roman_value

_ORDINAL_DIGITS = re.compile(r"\d{1,3}(?![\d/%]|[.,]\d)")
_WORD = re.compile(r"(?P<comma>,?)\s{0,40}(?P<word>[^\W\d_]+)")
_PREFIX = "number.word."
LOWEST_SCALE = 1000
_FIVE = "năm"  # also "year": "hai mươi năm 2021" is twenty, and a year


class Reading(NamedTuple):
    """A number that was read, and where it ends in the text."""

    value: int
    end: int


class NumberWords:
    """Reads numbers that are written as words.

    Words count as written; without their diacritics they count, too, so that plain ASCII texts can be read.
    `scales` holds the words of scale as written ("triệu" is 1000000).
    """

    def __init__(self, rules: RuleSet) -> None:
        self._values: dict[str, int] = {}
        for rule_id, terms in rules.terms.items():
            if rule_id.startswith(_PREFIX):
                self._values.update(dict.fromkeys(terms.terms, int(rule_id[len(_PREFIX) :])))
        self.scales = {word: value for word, value in self._values.items() if value >= LOWEST_SCALE}
        self._ordinals = {
            form: value
            for value in (1, 2)
            for term in rules.terms[f"number.ordinal.{value}"].terms
            for form in (term, fold(term))
        }
        self._tens, self._and, self._half = (
            frozenset(rules.terms[f"number.{part}"].terms) for part in ("tens", "and", "half")
        )
        for plain, value in [(fold(term), value) for term, value in self._values.items()]:
            self._values.setdefault(plain, value)
        self._roman = rules.regex("number.roman")

    def builds(self, word: str) -> bool:
        """Tells whether a word may be part of a number."""
        word = word.lower()
        return word in self._values or word in self._tens or word in self._and or word in self._half

    def ordinal(self, text: str, at: int, end: int, *, words: bool = True) -> Reading | None:
        """Returns the ordinal at `at`: in digits, in Roman capitals or, with `words`, in words."""
        digits = _ORDINAL_DIGITS.match(text, at, end)
        if digits:
            return Reading(int(digits.group()), digits.end())
        roman = self._roman.match(text, at, end)
        if roman:
            return Reading(roman_value(roman.group()), roman.end())
        if not words:
            return None
        first = _WORD.match(text, at, end)
        if first and first["word"].lower() in self._ordinals and not first["comma"]:
            return Reading(self._ordinals[first["word"].lower()], first.end())
        return self.read(text, at, end)

    def read(self, text: str, at: int, end: int) -> Reading | None:
        """Returns the longest number in words that begins at `at`, or None.

        A comma may stand behind a word of scale only ("chín mươi ba tỷ, tám trăm triệu").
        """
        groups: list[tuple[int, int]] = []  # (scale, value), the scales falling
        group = 0  # what is closed of the hundreds, tens and units being read
        digit: int | None = None
        room = LOWEST_SCALE  # the place that may be filled next is below this
        fresh = True  # nothing was read since the last word of scale
        found: Reading | None = None
        position = at
        while match := _WORD.match(text, position, end):
            word = match["word"].lower()
            value = self._values.get(word)
            if match["comma"] and not (fresh and groups):
                break
            if word in self._half:
                if not (fresh and groups):
                    break
                groups.append((1, groups[-1][0] // 2))
                return Reading(sum(part for _, part in groups), match.end())
            if word in self._tens or (value == 10 and digit):
                if digit is None or room <= 10:
                    break
                group, digit, room = group + digit * 10, None, 10
            elif word in self._and:
                if digit is not None or room <= 10 or (fresh and not groups):
                    break
                position, room = match.end(), 10
                continue
            elif value is None:
                break
            elif value < 10:
                if digit is not None or room == 1:
                    break
                if word == _FIVE and room == 10 and group % 100 and not self._scales(text, match.end(), end):
                    break
                digit = value
            elif value == 10:
                if digit is not None or room <= 10:
                    break
                group, room = group + 10, 10
            elif value < LOWEST_SCALE:
                if digit is None or room <= value:
                    break
                group, digit, room = group + digit * value, None, value
            else:
                total = group + (digit or 0)
                if fresh and not groups:
                    break
                while groups and groups[-1][0] < value:
                    total += groups.pop()[1]
                if not total or (groups and groups[-1][0] == value):
                    break
                groups.append((value, total * value))
                group, digit, room = 0, None, LOWEST_SCALE
            fresh = value is not None and value >= LOWEST_SCALE
            position = match.end()
            found = Reading(sum(part for _, part in groups) + group + (digit or 0), position)
        return found

    def _scales(self, text: str, at: int, end: int) -> bool:
        """Tells whether a word of scale follows."""
        match = _WORD.match(text, at, end)
        return match is not None and self._values.get(match["word"].lower(), 0) >= LOWEST_SCALE
