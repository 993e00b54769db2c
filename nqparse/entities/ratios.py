"""Ratios: N/M that counts what was done or who was there ("12/24 đồng chí"), told apart from all that looks like it."""

from __future__ import annotations

import re

from nqparse.entities import Mention
from nqparse.entities.phrases import Phrases, words_of
from nqparse.ruleset import RuleSet

_RULE = "ratio"
_BEFORE = 48  # characters that are looked at before the figures
_PHRASE = 3  # the most words of a cue
_NEXT = re.compile(r"\s{1,40}(?P<words>[^\W\d_]+(?:/c(?!\w))?(?:\s{1,40}[^\W\d_]+){0,3})")
_SHARE = re.compile(r"\s{0,20}[(,]?\s{0,20}(?:đạt|chiếm|bằng|tỷ lệ|tỉ lệ|đạt tỷ lệ)?\s{0,20}\d[\d.,]*\s?%", re.IGNORECASE)
_CODE = re.compile(r"[A-ZĐ]{2,}\Z")
# Fractions that are rules or parts, hardly ever the whole count of a meeting.
_FRACTIONS = frozenset(((1, 2), (1, 3), (2, 3), (1, 4), (3, 4)))
_LAST_DAY, _LAST_MONTH = 31, 12
_SCALE_FROM = 100  # 1/500 is the scale of a map
_YEARS = range(1900, 2100)


class RatioReader:
    """Decides whether two figures with a slash between are a count."""

    def __init__(self, rules: RuleSet, units: Phrases) -> None:
        self._units = units
        self._whole = rules.regex("number.separated")
        self._not_after, self._date_cues, self._threshold, self._not_before, self._cues, self._vote_cues = (
            frozenset(rules.terms[f"ratio.{name}"].terms)
            for name in ("not-after", "date-cues", "threshold", "not-before", "cues", "vote-cues")
        )

    def read(self, text: str, start: int, slash: tuple[int, int], end: int, low: int) -> Mention | None:
        """Returns the ratio whose figures are `text[start:slash[0]]` and `text[slash[1]:end]`, or None.

        Args:
            text: the flow's text.
            start: where the numerator starts.
            slash: where the numerator ends, and where the denominator starts.
            end: where the denominator ends.
            low: nothing before this is read.
        """
        done, total = self._count(text[start : slash[0]]), self._count(text[slash[1] : end])
        if done is None or not total or (done == 1 and total >= _SCALE_FROM):
            return None
        raw = text[max(low, start - _BEFORE) : start]
        before = raw.lower().replace("(", " ").replace(":", " ").split()
        behind = _NEXT.match(text, end)
        words = words_of(text, *behind.span("words")) if behind else []
        unit = self._units.at(words, 0, plain=text.isascii()) if words else None
        if self._is_other(before, raw, words[0].word if words else "", unit is not None):
            return None
        if not self._is_count(text, start, end, done, total, before, unit is not None):
            return None
        fields = {"numerator": done, "denominator": total, "unit": unit.value if unit else None}
        return Mention("RATIO", start, end, f"{done}/{total}", _RULE, fields)

    def _is_other(self, before: list[str], raw: str, behind: str, counts: bool) -> bool:
        """Tells whether the words around say that this is a name, a rank, a rule or a part."""
        last = before[-1] if before else ""
        if last in self._not_after and before[-2:-1] != ["tổng"]:
            return True
        if _ends_with(before, self._threshold) or " ".join(before[-2:]) in self._not_after:
            return True
        if behind in self._not_before:
            return True
        return not counts and _CODE.search(raw.rstrip()) is not None

    def _is_count(
        self, text: str, start: int, end: int, done: int, total: int, before: list[str], counts: bool
    ) -> bool:
        """Tells whether the figures and what is counted make this a count."""
        last = before[-1] if before else ""
        cued = bool({*before[-2:]} & self._cues) or _ends_with(before, self._cues)
        if (done, total) in _FRACTIONS and text[start] != "0":
            return counts and _ends_with(before, self._vote_cues)
        if _is_year(text[end - 4 : end]) and total in _YEARS and (not counts or done in _YEARS):
            return False
        if done <= _LAST_DAY and total <= _LAST_MONTH:
            if last in self._date_cues or (done > total and not (counts and cued)):
                return False
        if counts:
            return True
        return done <= total and (cued or _SHARE.match(text, end) is not None)

    def _count(self, figures: str) -> int | None:
        if figures.isdecimal():
            return int(figures)
        return int(figures.replace(".", "")) if self._whole.fullmatch(figures) else None


def _ends_with(words: list[str], phrases: frozenset[str]) -> bool:
    """Tells whether the words end with one of the phrases."""
    return any(" ".join(words[-size:]) in phrases for size in range(1, min(_PHRASE, len(words)) + 1))


def _is_year(figures: str) -> bool:
    return len(figures) == 4 and figures.isdecimal()
