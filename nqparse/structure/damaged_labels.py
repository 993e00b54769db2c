"""Labels that OCR or a page break has damaged: "l5." for "15.", "a}" for "a)", "Điều S" for "Điều 5".

They are only looked for where no sound label stands, and only taken where the sequence asks for that very number
(`Label.exact`), so that a figure at the beginning of a line does not become a section.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from nqparse.fold import UPPER, fold
from nqparse.ruleset import RuleSet, by_first
from nqparse.structure.label import MAX_ARABIC, ROMAN, Label, letter_value, roman_value

# What OCR puts for a digit.
_DIGIT_LIKE = {"l": "1", "I": "1", "|": "1", "i": "1", "Z": "2", "z": "2", "S": "5", "Š": "5", "s": "5", "b": "6",
               "B": "8", "g": "9", "q": "9", "O": "0", "o": "0", "]": "1"}  # fmt: skip
_TO_DIGITS = str.maketrans(_DIGIT_LIKE)
_TO_ROMAN = str.maketrans({"H": "II", "T": "I", "[": "I", "L": "I", "l": "I", "1": "I", "|": "I"})
_LETTER_LIKE = {"ø": "g", "]": "l", "|": "l", "1": "l", "I": "l"}
_BARE_NUMBER = re.compile(rf"(\d{{1,2}})\s+(?=[A-Z{UPPER}][^\W\d_]*\s)")
_STRENGTH, _BARE_STRENGTH = 1.5, 1.2


class DamagedLabels:
    """Finds damaged labels at the beginning of lines."""

    def __init__(self, rules: RuleSet) -> None:
        # By the first character of the line; the second table is for lines that begin with a word.
        readers = [(rules.patterns[rule_id], read) for rule_id, read in _READERS.items()]
        forms = [(rule.first, (rule.regex, rule.reads == "folded", read)) for rule, read in readers]
        self._by_first = by_first(forms)
        self._of_words = by_first((first, form) for first, form in forms if form[2] is not _letter)
        self._unit = rules.regex("label.unit")

    def at(self, text: str, folded: str, start: int, end: int, *, is_word: bool) -> Label | None:
        """Returns the damaged label at `start` of a line that ends at `end`, or None.

        Args:
            text: the text of a flow.
            folded: the same, folded.
            start: where the line starts.
            end: where it ends.
            is_word: whether it begins with three letters.
        """
        for regex, on_folded, read in (self._of_words if is_word else self._by_first).get(folded[start], ()):
            match = regex.match(folded if on_folded else text, start, end)
            if match is None or self._unit.match(text, match.end()):
                continue
            label = read(match, text)
            if label is not None:
                return label
        bare = _BARE_NUMBER.match(text, start, end) if text[start].isdigit() else None
        if bare and not self._unit.match(text, bare.end()):
            value = int(bare[1])
            readings = (("arabic", value),)
            return Label(
                start, bare.end(), "arabic", bare[1], "", _BARE_STRENGTH, readings, (value,), True, "label.bare"
            )
        return None


def _label(
    match: re.Match[str], text: str, kind: str, value: int | None, *, style: str, path: tuple[int, ...] = ()
) -> Label | None:
    """Returns the label of a match; None if its number counts nothing."""
    if value is None or not 0 < value <= MAX_ARABIC:
        return None
    group = "n" if match["n"] is not None else "n2"  # of two ways to write it
    number = text[slice(*match.span(group))]
    readings = ((kind, value),)
    return Label(match.start(), match.end(), kind, number, style, _STRENGTH, readings, path, True, "label.ocr")


def _integer(number: str) -> int | None:
    digits = number.translate(_TO_DIGITS)
    return int(digits) if digits.isdigit() else None


def _arabic(match: re.Match[str], text: str) -> Label | None:
    number, mark = match["n"], match["p"]
    if number.isdigit() and mark in ".)":
        return None  # a sound label, and not taken for one
    value = _integer(number)
    return _label(match, text, "arabic", value, style=")" if mark in ")]}" else ".", path=(value or 0,))


def _decimal(match: re.Match[str], text: str) -> Label | None:
    parts = [_integer(part) for part in re.split("[.,]", match["n"])]
    path = tuple(part for part in parts if part is not None)
    if len(path) < len(parts) or re.fullmatch(r"[\d.]+", match["n"]):
        return None
    return _label(match, text, "decimal", path[-1], style=".", path=path)


def _roman(match: re.Match[str], text: str) -> Label | None:
    numeral = (match["n"] or match["n2"]).translate(_TO_ROMAN)
    if not ROMAN.fullmatch(numeral):
        return None
    label = _label(match, text, "roman", roman_value(numeral), style=".")
    if label is not None and label.number.endswith("L") and len(label.number) > 1:
        # Its foot may be the point: "IL" for "I."
        label = replace(label, readings=(("roman", roman_value(numeral[:-1])), *label.readings))
    return label


def _letter(match: re.Match[str], text: str) -> Label | None:
    letter = match["n"] or match["n2"]
    letter = _LETTER_LIKE.get(letter, letter)
    return _label(match, text, "letter", letter_value(letter if letter == "đ" else fold(letter)), style=")")


def _paren(match: re.Match[str], text: str) -> Label | None:
    number = match["n"]
    numeral = number.translate(_TO_ROMAN).upper()
    if number.isdigit() and not (len(number) > 1 and set(number) == {"1"}):
        value: int | None = int(number)
    else:
        value = roman_value(numeral) if ROMAN.fullmatch(numeral) else letter_value(number)
    return _label(match, text, "paren", value, style="")


def _article(match: re.Match[str], text: str) -> Label | None:
    behind = text[match.end() : match.end() + 3].strip()
    if not text[match.start()].isupper() or (match["p"] == "," and behind and not behind[0].isupper()):
        return None
    number = text[slice(*match.span("n"))]
    numeral = number.translate(_TO_ROMAN)
    value = _integer(number)
    if value is None and ROMAN.fullmatch(numeral):
        value = roman_value(numeral)
    return _label(match, text, "article", value, style=".")


_Reader = Callable[[re.Match[str], str], Label | None]
_READERS: dict[str, _Reader] = {
    "damage.article": _article,
    "damage.roman": _roman,
    "damage.decimal": _decimal,
    "damage.letter": _letter,
    "damage.arabic": _arabic,
    "damage.paren": _paren,
}
