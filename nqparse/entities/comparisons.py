"""Comparisons: what a text says about a number before it or behind ("ít nhất 50%", "tăng 8%", "từ 8% trở lên")."""

from __future__ import annotations

from nqparse.ruleset import RuleSet

_KINDS = ("at_least", "at_most", "increase", "decrease", "reach")
_BEFORE = 56  # characters that are looked at before a number
_BEHIND = 48  # and behind it
_CUE_WORDS = 4  # the most words of a cue
_BOUNDS = {"lên": "at_least", "xuống": "at_most"}  # behind "trở"


class Comparisons:
    """Reads the comparison that a number stands in. The cue that stands nearest wins."""

    def __init__(self, rules: RuleSet) -> None:
        self._cues = {cue: kind for kind in _KINDS for cue in rules.terms[f"comparison.{kind}"].terms}
        self._last_words = frozenset(cue.split()[-1] for cue in self._cues)
        self._fillers = frozenset(rules.terms["comparison.fillers"].terms)

    def of(self, text: str, start: int, end: int, low: int) -> str | None:
        """Returns the comparison of the number at `start`..`end`, reading nothing before `low`."""
        behind = text[end : end + _BEHIND]
        if "trở" in behind:
            head, _, tail = behind.partition("trở")
            bound = _BOUNDS.get(tail.split(None, 1)[0].rstrip(".,;:)”") if tail.strip() else "")
            if bound and not any(char in ".,;:()" for char in head):
                return bound
        words = text[max(low, start - _BEFORE) : start].lower().split()
        # A cue may itself be built of fillers, so it is tried first at every step.
        while words:
            if words[-1] in self._last_words:
                for size in range(min(_CUE_WORDS, len(words)), 0, -1):
                    kind = self._cues.get(" ".join(words[-size:]))
                    if kind is not None:
                        return kind
            if words.pop() not in self._fillers:
                break
        return None
