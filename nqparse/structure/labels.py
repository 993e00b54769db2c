"""Labels: every place where a section may begin. Which of them do is decided over the whole sequence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nqparse.fold import UPPER, fold
from nqparse.ruleset import LabelRule, RuleSet

if TYPE_CHECKING:
    from nqparse.structure.lines import Line

LETTERS = "abcdđeghiklmnopqrstuvxy"
_LATIN_EXTRA = {"f": "e", "j": "i", "w": "v", "z": "y"}  # used by drafters who count in Latin order
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDINAL_WORDS = {
    "nhat": 1, "mot": 1, "nhi": 2, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
# What OCR puts for a digit in a label; only taken where the sequence asks for that very number.
_DIGIT_LIKE = {"l": 1, "I": 1, "|": 1, "i": 1, "Z": 2, "S": 5, "Š": 5, "s": 5, "b": 6, "B": 8, "g": 9, "q": 9}
_OCR_NUMBER = re.compile(rf"([lI|ZSŠsbBgq])\s?[.]\s+(?=[A-Z{UPPER}])")
_BARE_NUMBER = re.compile(rf"(\d{{1,2}}),?\s+(?=[A-Z{UPPER}][^\W\d_]*\s)")
_OCR_ROMAN = re.compile(rf"(?=[IVXHl1|]*[Hl1|])([IVXHl1|]{{1,5}})\s?[.]\s+(?=[A-Z{UPPER}]{{2}})")
_ROMAN_OR_LIKE = frozenset("IVXHl1|")
_ROMAN_LIKE = str.maketrans({"H": "II", "l": "I", "1": "I", "|": "I"})
_FUSED_PAGE = re.compile(r"\d{1,3}[ \t]+(?=(?:Điều|ĐIỀU)[ \t]+\d{1,3}[a-zđ]?[.:])")
_LETTER_AFTER = re.compile(r"[^\W\d_]")
_QUOTES = frozenset('“”"„«»')
_FIXED = frozenset(("part", "chapter", "section", "subsection", "article"))
MAX_ARABIC = 400
_SENTENCE_END = frozenset('.;:!?…”"»)]/')
# How much weaker a label is behind a line that does not end a sentence: full, or short (it may be a title).
_WRAPPED = 4.0
_UNFINISHED = 0.7


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


class LabelFinder:
    """Finds the label that a line may begin with."""

    def __init__(self, rules: RuleSet) -> None:
        self._by_first: dict[str, list[tuple[LabelRule, re.Pattern[str], bool]]] = {}
        for rule in rules.labels.values():
            for char in rule.first:
                self._by_first.setdefault(char, []).append((rule, rule.regex, rule.reads == "folded"))
        self._cited = rules.regex("label.cited")
        self._unit = rules.regex("label.unit")

    def at(self, text: str, folded: str, start: int, end: int) -> Label | None:
        """Returns the label at `start` of a line that ends at `end`, or None."""
        rules = self._by_first.get(folded[start])
        if rules:
            for rule, regex, on_folded in rules:
                match = regex.match(folded if on_folded else text, start)
                if match:
                    label = self._checked(rule, match, text, folded, end)
                    if label:
                        return label
        return self._damaged(text, folded, start, end)

    def in_context(self, label: Label, text: str, lines: Sequence[Line], index: int) -> Label | None:
        """Weakens a label that may be the wrapped rest of the line before; None if it can be nothing else."""
        line = lines[index]
        before = lines[index - 1] if index else None
        if before is None or line.blank or line.cut or text[before.end - 1] in _SENTENCE_END:
            return label
        if label.damaged or (label.kind == "dash" and _parts_a_word(text, label, lines, index)):
            return None
        return replace(label, strength=label.strength - (_WRAPPED if line.full else _UNFINISHED))

    def _checked(self, rule: LabelRule, match: re.Match[str], text: str, folded: str, end: int) -> Label | None:
        kind = rule.kind
        start, after = match.span()
        number = text[slice(*match.span("n"))]
        groups = match.groupdict()
        style = (groups.get("p") or "").strip()
        if not style and kind in ("upper", "letter", "decimal"):
            style = text[match.end("n") : after].strip()
        strength = rule.strength
        if kind in _FIXED or kind == "ordinal":
            if not text[start].isupper():
                return None
            if kind in _FIXED and not style:
                if self._cited.match(folded, after, end):
                    return None
                rest = text[after:end].strip()
                if kind == "article" and rest:
                    strength = 1.0
                elif rest and not rest[0].isupper():
                    return None
        elif (
            (kind in ("arabic", "decimal") and self._unit.match(text, after))
            or (kind == "decimal" and not (_LETTER_AFTER.match(text, after) or text[after] in _QUOTES or style))
            or (kind == "roman" and not _ROMAN.fullmatch(number))
        ):
            return None
        elif kind == "letter" and style == "." and not text[after].isupper():
            strength -= 2
        readings = _readings(kind, number)
        if kind == "letter" and number == "l" and style == ".":
            readings = (*readings, ("arabic", 1))  # OCR
        if not readings:
            return None
        if kind in ("roman", "upper") and len(number) == 1 and text[after].islower():
            strength -= 2.5
        path = tuple(int(part) for part in number.split(".")) if kind in ("arabic", "decimal") else ()
        if kind == "arabic" and path[0] > MAX_ARABIC:
            return None
        return Label(start, after, kind, number, style, strength, readings, path, rule=rule.id)

    def _damaged(self, text: str, folded: str, start: int, end: int) -> Label | None:
        """Labels that OCR or a page break has damaged."""
        if text[start].isdigit():
            fused = _FUSED_PAGE.match(text, start, end)
            if fused:
                return self.at(text, folded, fused.end(), end)
            bare = _BARE_NUMBER.match(text, start, end)
            if bare and not self._unit.match(text, bare.end()):
                value = int(bare[1])
                return Label(
                    start, bare.end(), "arabic", bare[1], "", 1.2, (("arabic", value),), (value,), True, "label.bare"
                )
            return None
        roman = _OCR_ROMAN.match(text, start, end) if text[start] in _ROMAN_OR_LIKE else None
        if roman:
            numeral = roman[1].translate(_ROMAN_LIKE)
            if _ROMAN.fullmatch(numeral):
                readings = (("roman", roman_value(numeral)),)
                return Label(start, roman.end(), "roman", roman[1], ".", 1.5, readings, exact=True, rule="label.ocr")
        odd = _OCR_NUMBER.match(text, start, end) if text[start] in _DIGIT_LIKE else None
        if odd:
            value = _DIGIT_LIKE[odd[1]]
            return Label(
                start, odd.end(), "arabic", odd[1], ".", 1.5, (("arabic", value),), (value,), True, "label.ocr"
            )
        return None


def _parts_a_word(text: str, label: Label, lines: Sequence[Line], index: int) -> bool:
    """Tells whether a line break stands before the dash of "kinh tế - xã hội" or "2026 - 2031".

    In a list, the item before or behind begins with a dash, too.
    """
    before = lines[index - 1]
    if text[label.end].isupper() or not text[before.end - 1].isalnum():
        return False
    neighbours = lines[index - 1 : index + 2 : 2]
    return all(text[line.start] != text[label.start] for line in neighbours)


@lru_cache(maxsize=4096)
def _readings(kind: str, number: str) -> tuple[tuple[str, int | None], ...]:
    if kind in ("dash", "plus", "star"):
        return ((kind, None),)
    if kind == "arabic":
        return ((kind, int(number)),)
    if kind == "decimal":
        return ((kind, int(number.rsplit(".", 1)[1])),)
    if kind == "letter":
        return ((kind, letter_value(number)),)
    if kind == "letter_decimal":
        return ((kind, int(re.findall(r"\d+", number)[0])),)
    if kind == "ordinal":
        words = fold(number).split()
        return ((kind, _ORDINAL_WORDS.get(words[1] if words[0] == "thu" else words[0])),)
    if kind == "roman":
        value = roman_value(number)
        if len(number) == 1:
            return (kind, value), ("upper", letter_value(number))
        return ((kind, value),)
    if kind == "upper":
        return ((kind, letter_value(number)),)
    if kind == "paren":
        if number.isdigit():
            return ((kind, int(number)),)
        if set(number) <= set("ivx") and _ROMAN.fullmatch(number.upper()):
            roman = (kind, roman_value(number))
            return (roman, (kind, letter_value(number))) if len(number) == 1 else (roman,)
        return ((kind, letter_value(number)),) if len(number) == 1 else ()
    return ((kind, number_value(number)),)


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
    if words and words[-1] in _ORDINAL_WORDS:
        return _ORDINAL_WORDS[words[-1]]
    if number in ("l", "|"):
        return 1
    upper = number.upper()
    if _ROMAN.fullmatch(upper):
        return roman_value(upper)
    return letter_value(number) if len(number) == 1 else None
