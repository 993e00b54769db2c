"""Labels: every place where a section may begin. Which of them do is decided over the whole sequence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nqparse.fold import fold
from nqparse.ruleset import LabelRule, RuleSet, by_first
from nqparse.structure.damaged_labels import DamagedLabels
from nqparse.structure.label import MAX_ARABIC, ORDINAL_WORDS, ROMAN, Label, letter_value, number_value, roman_value

if TYPE_CHECKING:
    from nqparse.structure.lines import Line

_FUSED_PAGE = re.compile(r"\d{1,3}[ \t]+(?=(?:Điều|ĐIỀU)[ \t]+\d{1,3}[a-zđ]?[.:])")
_ROMAN_LIKE = {"H": 2, "L": 1}  # what OCR makes of II and I
_OCR_TEN = re.compile(r"l\d")
_LETTER_AFTER = re.compile(r"[^\W\d_]")
_QUOTES = frozenset('“”"„«»')
_FIXED = frozenset(("part", "chapter", "section", "subsection", "article"))
_SENTENCE_END = frozenset('.;:!?…”"»)]/')
# How much weaker a label is behind a line that does not end a sentence: full, or short (it may be a title).
_WRAPPED = 4.0
_UNFINISHED = 0.7


class LabelFinder:
    """Finds the label that a line may begin with."""

    def __init__(self, rules: RuleSet) -> None:
        # By the first character of the line; the second table is for lines that begin with a word.
        forms = [(rule.first, (rule, rule.regex, rule.reads == "folded")) for rule in rules.labels.values()]
        self._by_first = by_first(forms)
        self._of_words = by_first((first, form) for first, form in forms if not form[0].short)
        self._damaged = DamagedLabels(rules)
        self._cited = rules.regex("label.cited")
        self._unit = rules.regex("label.unit")

    def at(self, text: str, folded: str, start: int, end: int) -> Label | None:
        """Returns the label at `start` of a line that ends at `end`, or None."""
        is_word = text[start : start + 3].isalpha()
        rules = (self._of_words if is_word else self._by_first).get(folded[start])
        if rules:
            for rule, regex, on_folded in rules:
                match = regex.match(folded if on_folded else text, start)
                if match:
                    label = self._checked(rule, match, text, folded, end)
                    if label:
                        return label
        if text[start].isdigit():
            line = text[start:end]
            if line.lower() == line:
                return None  # what follows asks for a capital behind the number: most cells of tables have none
            fused = _FUSED_PAGE.match(text, start, end)
            if fused:
                return self.at(text, folded, fused.end(), end)
        return self._damaged.at(text, folded, start, end, is_word=is_word)

    def in_context(self, label: Label, text: str, lines: Sequence[Line], index: int) -> Label | None:
        """Weakens a label that may be the wrapped rest of the line before; None if it can be nothing else."""
        line = lines[index]
        before = lines[index - 1] if index else None
        if before is None or line.blank or line.cut or text[before.end - 1] in _SENTENCE_END:
            return label
        lost = label.damaged and (line.full or label.rule == "label.bare")
        if lost or (label.kind == "dash" and _parts_a_word(text, label, lines, index)):
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
            or (kind == "roman" and not ROMAN.fullmatch(number))
        ):
            return None
        elif kind == "letter" and style == "." and not text[after].isupper():
            strength -= 2
        readings = _readings(kind, folded[slice(*match.span("n"))] if kind == "ordinal" else number)
        if kind == "letter" and number == "l" and style == ".":
            readings = (*readings, ("arabic", 1))  # OCR
        if kind == "upper" and number == "S" and style == ".":
            readings = (*readings, ("arabic", 5))  # OCR
        if style == "." and number in _ROMAN_LIKE:
            readings = (*readings, ("roman", _ROMAN_LIKE[number]))
        if kind == "letter_decimal" and _OCR_TEN.fullmatch(number):
            readings = (*readings, ("arabic", 10 + int(number[1])))
        if not readings:
            return None
        if kind in ("roman", "upper") and len(number) == 1 and text[after].islower():
            strength -= 2.5
        path = tuple(int(part) for part in number.split(".")) if kind in ("arabic", "decimal") else ()
        if kind == "arabic" and path[0] > MAX_ARABIC:
            return None
        return Label(start, after, kind, number, style, strength, readings, path, rule=rule.id)


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
        return ((kind, ORDINAL_WORDS.get(words[1] if words[0] == "thu" else words[0])),)
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
        if set(number) <= set("ivx") and ROMAN.fullmatch(number.upper()):
            roman = (kind, roman_value(number))
            return (roman, (kind, letter_value(number))) if len(number) == 1 else (roman,)
        return ((kind, letter_value(number)),) if len(number) == 1 else ()
    return ((kind, number_value(number)),)
