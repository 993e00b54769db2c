"""Comparisons: what a text says about a number before it or behind ("ít nhất 50%", "tăng 8%", "từ 8% trở lên")."""

from __future__ import annotations

from nqparse.entities.scope import Scope
from nqparse.ruleset import RuleSet

_KINDS = ("at_least", "at_most", "increase", "decrease", "reach")
_BEFORE = 56  # characters that are looked at before a number
_BEHIND = 48  # and behind it
_CUE_WORDS = 4  # the most words of a cue
_TURN = "trở"
_BOUNDS = {"lên": "at_least", "xuống": "at_most"}  # behind "trở"
_STOPS = frozenset(".,;:()")


class Comparisons:
    """Reads the comparison that a number stands in; the cue that stands nearest decides."""

    def __init__(self, rules: RuleSet) -> None:
        self._cues = {cue: kind for kind in _KINDS for cue in rules.terms[f"comparison.{kind}"].terms}
        self._neutral = frozenset(rules.terms["comparison.neutral"].terms)
        self._last_words = frozenset(cue.split()[-1] for cue in self._cues)
        self._fillers = frozenset(rules.terms["comparison.fillers"].terms)

    def of(self, scope: Scope, start: int, end: int) -> str | None:
        """Returns the comparison of the number at `start`..`end`, or None."""
        head, turn, tail = scope.text[end : min(scope.end, end + _BEHIND)].partition(_TURN)
        if turn and tail.strip() and not _STOPS.intersection(head):
            bound = _BOUNDS.get(tail.split(None, 1)[0].strip('.,;:)”"'))
            if bound:
                return bound
        words = scope.written_before(start, _BEFORE).lower().split()
        # A cue may itself be built of fillers, so it is tried first at every step.
        while words:
            if words[-1] in self._last_words:
                for size in range(min(_CUE_WORDS, len(words)), 0, -1):
                    cue = " ".join(words[-size:])
                    if cue in self._cues or cue in self._neutral:
                        return self._cues.get(cue)
            if words.pop() not in self._fillers:
                break
        return None
