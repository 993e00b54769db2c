"""Succession: where the numbering that a line stands in goes on, whatever other numbering comes between."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from nqparse.structure.lines import Line

_WEAK = 1.0
_REACH = 1500  # lines in which a numbering goes on


def is_labelled(line: Line) -> bool:
    """Tells whether a line begins with a clear label: "… tại khoản 1⏎Điều 3 như sau:" may not."""
    return line.label is not None and line.label.strength > _WEAK


class Succession:
    """The labels of some lines by what they count, so that each question costs no walk over the lines."""

    def __init__(self, lines: Sequence[Line], first: int, last: int) -> None:
        """Takes the lines from `first` to `last` (exclusive), and those before them that they may continue."""
        self._lines = lines
        self._labelled: list[int] = []
        self._articles: list[int] = []
        self._counted: dict[tuple[str, int | None], list[int]] = {}
        for index in range(max(0, first - _REACH), last):
            label = lines[index].label
            if label is None:
                continue
            self._counted.setdefault(label.readings[0], []).append(index)
            if is_labelled(lines[index]):
                self._labelled.append(index)
                if label.kind == "article":
                    self._articles.append(index)

    def goes_on(self, line: int, behind: int) -> int | None:
        """Returns the first line behind `behind` that continues the numbering of `line`; None if it is not to be told.

        That is the successor of the label that `line` stands under, or of its article.
        """
        awaited = set()
        for found in (self._labelled, self._articles):
            at = bisect_right(found, line) - 1
            label = self._lines[found[at]].label if at >= 0 and line - found[at] < _REACH else None
            if label is not None and label.readings[0][1]:
                awaited.add((label.kind, label.readings[0][1] + 1))
        following = (self._next(kind, number, behind) for kind, number in awaited)
        return min((index for index in following if index is not None), default=None)

    def _next(self, kind: str, number: int, behind: int) -> int | None:
        """Returns where a number comes next, unless its kind is counted anew before."""
        found = self._counted.get((kind, number), [])
        at = bisect_right(found, behind)
        if at == len(found) or found[at] >= behind + _REACH:
            return None
        anew = self._counted.get((kind, 1), [])
        first = bisect_left(anew, behind)
        return None if first < len(anew) and anew[first] < found[at] else found[at]
