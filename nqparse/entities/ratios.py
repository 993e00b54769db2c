"""Ratios: N/M that counts what was done or who was there ("12/24 đồng chí"), told apart from all that looks like it."""

from __future__ import annotations

import re
from typing import NamedTuple

from nqparse.entities import Mention
from nqparse.entities.phrases import Phrases, words_of
from nqparse.entities.scope import Scope
from nqparse.ruleset import RuleSet

_RULE = "number.ratio"
_BEFORE = 48  # characters that are looked at before the figures
_PHRASE = 3  # the most words of a cue
_NEXT = re.compile(r"\s{1,40}(?P<words>[^\W\d_]+(?:/c(?!\w))?(?:\s{1,40}[^\W\d_]+){0,3})")
_CODE = re.compile(r"[A-ZĐ]{2,}\Z")
# Fractions that are rules or parts, hardly ever the whole count of a meeting.
_FRACTIONS = frozenset(((1, 2), (1, 3), (2, 3), (1, 4), (3, 4)))
_LAST_DAY, _LAST_MONTH = 31, 12
_SCALE_FROM = 100  # 1/500 is the scale of a map
_YEARS = range(1900, 2100)


class _Ratio(NamedTuple):
    """Two figures with a slash between, and whether a known unit follows."""

    start: int
    end: int
    done: int
    total: int
    counts: bool


class RatioReader:
    """Decides whether two figures with a slash between are a count."""

    def __init__(self, rules: RuleSet, units: Phrases, money: frozenset[str]) -> None:
        """Takes the units that may be counted, and the words that make an amount of money of a number."""
        self._units = units
        self._money = money
        self._whole = rules.regex("number.separated")
        self._share = rules.regex("ratio.share")
        self._not_after, self._date_cues, self._threshold, self._not_before, self._cues, self._vote_cues = (
            frozenset(rules.terms[f"ratio.{name}"].terms)
            for name in ("not-after", "date-cues", "threshold", "not-before", "cues", "vote-cues")
        )

    def read(self, scope: Scope, done: tuple[int, int], total: tuple[int, int]) -> Mention | None:
        """Returns the ratio whose two figures have these spans, or None if they are something else."""
        text, end = scope.text, total[1]
        numerator, denominator = self._count(text[slice(*done)]), self._count(text[slice(*total)])
        if numerator is None or not denominator or (numerator == 1 and denominator >= _SCALE_FROM):
            return None
        behind = _NEXT.match(text, end, scope.end)
        words = words_of(text, *behind.span("words")) if behind else []
        unit = self._units.at(words, 0, plain=scope.plain) if words else None
        ratio = _Ratio(done[0], end, numerator, denominator, unit is not None)
        before = scope.written_before(done[0], _BEFORE)
        cues = before.lower().replace("(", " ").replace(":", " ").split()
        if words and not unit and words[0].word in self._money:
            return None
        if not unit and ((words and words[0].word in self._not_before) or _CODE.search(before.rstrip())):
            return None
        if self._is_other(cues) or not self._is_count(scope, ratio, cues):
            return None
        fields = {"numerator": numerator, "denominator": denominator, "unit": unit.value if unit else None}
        return Mention("RATIO", ratio.start, end, f"{numerator}/{denominator}", _RULE, fields)

    def _is_other(self, before: list[str]) -> bool:
        """Tells whether the words before say that this is a name, a rank, a scale or a rule."""
        if before[-2:-1] != ["tổng"] and _ends_with(before, self._not_after):
            return True
        return _ends_with(before, self._threshold)

    def _is_count(self, scope: Scope, ratio: _Ratio, before: list[str]) -> bool:
        """Tells whether the figures and what is counted make this a count."""
        _, _, done, total, counts = ratio
        if (done, total) in _FRACTIONS and scope.text[ratio.start] != "0":
            return counts and _ends_with(before, self._vote_cues)
        if total in _YEARS and scope.text[ratio.end - 4] != "." and (not counts or done in _YEARS):
            return False
        cued = not self._cues.isdisjoint(before[-2:]) or _ends_with(before, self._cues)
        if done <= _LAST_DAY and total <= _LAST_MONTH:
            if _ends_with(before, self._date_cues) or (done > total and not (counts and cued)):
                return False
        if counts:
            return True
        return done <= total and (cued or self._share.match(scope.folded, ratio.end, scope.end) is not None)

    def _count(self, figures: str) -> int | None:
        if figures.isdecimal():
            return int(figures)
        return int(figures.replace(".", "")) if self._whole.fullmatch(figures) else None


def _ends_with(words: list[str], phrases: frozenset[str]) -> bool:
    """Tells whether the words end with one of the phrases."""
    return any(" ".join(words[-size:]) in phrases for size in range(1, min(_PHRASE, len(words)) + 1))
