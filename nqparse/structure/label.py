"""A label and its number: what may open a section, and what letters, Roman figures and words count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nqparse.fold import fold

LETTERS = "abcdđeghiklmnopqrstuvxy"
_LATIN_EXTRA = {"f": "e", "j": "i", "w": "v", "z": "y"}  # used by drafters who count in Latin order
ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
MAX_ARABIC = 400
ORDINAL_WORDS = {
    "nhat": 1, "mot": 1, "nhi": 2, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip


@dataclass(slots=True, frozen=True)
class Label:
    """A possible section label.

    `readings` are (kind, ordinal) pairs, the likeliest first: "V." may be Roman five or the letter V.
    `exact` labels are only taken if they are the very successor of an open section.
    """

    start: int
    end: int
    kind: str
    number: str
    style: str
    strength: float
    readings: tuple[tuple[str, int | None], ...]
    path: tuple[int, ...] = ()
    exact: bool = False
    rule: str = ""

    @property
    def inline(self) -> bool:
        """Whether the label stands inside a line."""
        return self.rule.startswith("inline.")

    @property
    def damaged(self) -> bool:
        """Whether the label was read through damage: a lost point, a letter for a digit."""
        return self.rule in ("label.bare", "label.ocr")


def letter_value(letter: str) -> int | None:
    """Returns the place of a letter in the Vietnamese order (a=1 … d=4, đ=5, e=6); null for none."""
    low = letter.lower()
    if len(low) == 2:
        second = letter_value(low[0])
        return second + len(LETTERS) if second else None
    at = LETTERS.find(_LATIN_EXTRA.get(low, low))
    return at + 1 if at >= 0 else None


def roman_value(numeral: str) -> int:
    """Returns the value of a Roman numeral."""
    total = 0
    values = [_ROMAN_VALUES[char] for char in numeral.upper()]
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < after else value
    return total


def number_value(number: str) -> int | None:
    """Returns the value of a number in digits ("5a" is 5), Roman numerals, ordinal words or a letter."""
    digits = re.match(r"\d+", number)
    if digits:
        return int(digits[0])
    words = fold(number).split()
    if words and words[-1] in ORDINAL_WORDS:
        return ORDINAL_WORDS[words[-1]]
    if number in ("l", "|"):
        return 1
    upper = number.upper()
    if ROMAN.fullmatch(upper):
        return roman_value(upper)
    return letter_value(number) if len(number) == 1 else None
