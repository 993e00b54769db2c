"""Columns: stretches of a page where the rows leave a corridor free, and how such a stretch is to be read.

A letterhead, a signature foot and two pages on one sheet are read column by column. A table without drawn
lines is read row by row. A list whose numbers stand apart from their text is no stretch of columns at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from heapq import nlargest
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from nqparse.source.geometry.rows import Row, Segment

# In em.
_CORRIDOR = 0.45  # the narrowest
_REACH = 4.0  # rows further apart do not make one stretch
_STAGGER = 0.75  # rows nearer than lines can be belong to different columns
_ABOVE, _BELOW = 2.3, 1.8  # lines of one column follow each other in such steps
_ALIGNED = 0.35
_SAME_AXIS = 1.5
_SAME_SIZE = 0.12  # of the size
_MOST_ROWS = 200
_MOST_CORRIDORS = 6
# Of the width of the text: a column of running text is no narrower.
_TEXT_COLUMN = 0.3
_TEXT_ROWS = 6
_SHORT = 12  # characters: a figure, a date
_MOSTLY = 0.7

_LABEL = re.compile(r"(?:\(?[\dA-Za-zđĐ]{1,4}(?:\.\d{1,3}){0,4}[.)/:-]*\)?|[-+*•–—▪➢o])")


class Reading(Enum):
    """How a stretch of columns is read."""

    COLUMNS = auto()
    ROWS = auto()
    LABELS = auto()


@dataclass(slots=True)
class Stretch:
    """Rows `first` to `last` (inclusive) that leave corridors free; `spans` are the columns between them."""

    first: int
    last: int
    spans: list[tuple[float, float]]
    reading: Reading

    def columns(self, rows: Sequence[Row]) -> list[list[Row]]:
        """Returns the rows of each column."""
        columns: list[list[Row]] = [[] for _ in self.spans]
        for row in rows[self.first : self.last + 1]:
            cells: dict[int, list[Segment]] = {}
            for segment in row.segments:
                cells.setdefault(self.column_of(segment), []).append(segment)
            for at, segments in cells.items():
                size = max(segment.size for segment in segments)
                columns[at].append(Row(row.v, size, segments))
        return [column for column in columns if column]

    def column_of(self, segment: Segment) -> int:
        """Returns the number of the column that a segment stands in."""
        return max(0, bisect_right(self.spans, segment.u0, key=lambda span: span[0]) - 1)


def stretches_of(text: str, rows: Sequence[Row]) -> list[Stretch]:
    """Returns the stretches of columns, from top to bottom, that share no row."""
    found: list[Stretch] = []
    at = done = 0
    while at < len(rows):
        first, last = at, at
        for corridor in _corridors(rows, at):
            low, high = _reach(rows, corridor, done)
            if high - low > last - first:
                first, last = low, high
        spans = _spans(rows[first : last + 1]) if last > first else []
        if len(spans) < 2:
            at += 1
            continue
        stretch = Stretch(first, last, spans, Reading.COLUMNS)
        stretch.reading = _reading(text, rows, stretch)
        found.append(stretch)
        at = done = last + 1
    return found


class _Corridor(NamedTuple):
    """A gap from `low` to `high` that is free in the rows `first` to `last`."""

    low: float
    high: float
    first: int
    last: int


def _corridors(rows: Sequence[Row], at: int) -> list[_Corridor]:
    """Returns the widest gaps that a row leaves, by itself or together with the next one."""
    row = rows[at]
    found = [_Corridor(left.u1, right.u0, at, at) for left, right in pairwise(row.segments)]
    if not found and at + 1 < len(rows):
        below = rows[at + 1]
        left, right = (row, below) if row.u0 < below.u0 else (below, row)
        if below.v - row.v < _STAGGER * min(row.size, below.size):
            found.append(_Corridor(left.u1, right.u0, at, at + 1))
    found = [gap for gap in found if gap.high - gap.low >= _CORRIDOR * row.size]
    return nlargest(_MOST_CORRIDORS, found, key=lambda gap: gap.high - gap.low)


def _reach(rows: Sequence[Row], corridor: _Corridor, done: int) -> tuple[int, int]:
    """Returns the first and the last of the rows around a corridor that leave it free; once more one row if none do.

    Rows before `done` belong to another stretch.
    """
    low, high, first, last = corridor
    while last + 1 < len(rows) and last - first < _MOST_ROWS:
        narrowed = _narrowed(rows[last], rows[last + 1], low, high)
        if narrowed is None:
            break
        low, high = narrowed
        last += 1
    while first > done and last - first < _MOST_ROWS:
        narrowed = _narrowed(rows[first], rows[first - 1], low, high)
        if narrowed is None:
            break
        low, high = narrowed
        first -= 1
    return _trimmed(rows, first, last, (low + high) / 2)


def _narrowed(row: Row, other: Row, low: float, high: float) -> tuple[float, float] | None:
    """Returns what is left of a corridor when it goes on through another row; None if nothing is."""
    size = max(row.size, other.size)
    if abs(other.v - row.v) > _REACH * size:
        return None
    for segment in other.segments:
        if segment.u1 <= low or segment.u0 >= high:
            continue
        if segment.u0 - low > high - segment.u1:
            high = segment.u0
        else:
            low = segment.u1
        if high - low < _CORRIDOR * min(row.size, other.size):
            return None
    return low, high


def _trimmed(rows: Sequence[Row], first: int, last: int, middle: float) -> tuple[int, int]:
    """Leaves out rows at both ends that have one side only, unless they go on with a column.

    Left ones above and right ones below come in the right place anyway. A line on the right above the first
    one on the left belongs to the right column if it is set on its axis; a line on the left below the last one
    on the right belongs to the left column if it follows as its lines do. What remains has no columns if all of
    the left side stands above the right one; then the range has one row.
    """
    left = [at for at in range(first, last + 1) if rows[at].u0 < middle]
    right = [at for at in range(first, last + 1) if rows[at].u1 > middle]
    if not left or not right:
        return first, first
    start, end = max(left[0], right[0]), min(left[-1], right[-1])
    if right[0] < left[0]:
        nearest = min(at for at in right if at >= start or at == right[-1])
        axis = _axis(rows[nearest], middle)
        while start > first and _is_near(rows[start - 1], rows[start], _ABOVE):
            if abs(_axis(rows[start - 1], middle) - axis) > _SAME_AXIS * rows[start].size:
                break
            start -= 1
    if left[-1] > right[-1]:
        before = max((at for at in left if at <= end), default=end)
        while end < last and _is_near(rows[before], rows[end + 1], _BELOW):
            if abs(rows[end + 1].size - rows[before].segments[0].size) > _SAME_SIZE * rows[before].size:
                break
            if not _is_set_like(rows[end + 1], [rows[at].segments[0] for at in left if start <= at <= end]):
                break
            end += 1
            before = end
    inside = [at for at in left if start <= at <= end], [at for at in right if start <= at <= end]
    if not inside[0] or not inside[1] or inside[0][-1] < inside[1][0]:
        return first, first
    return start, end


def _is_near(above: Row, below: Row, step: float) -> bool:
    return below.v - above.v < step * below.size


def _is_set_like(row: Row, column: Sequence[Segment]) -> bool:
    """Tells whether a row starts where lines of a column do, or is set on their axis."""
    first = row.segments[0]
    near = _SAME_AXIS * row.size
    return any(abs(first.u0 - one.u0) < near or abs(first.center - one.center) < near for one in column)


def _axis(row: Row, middle: float) -> float:
    """Returns the middle of what a row has on the right of a corridor."""
    right = [segment for segment in row.segments if segment.center > middle]
    return (right[0].u0 + right[-1].u1) / 2 if right else row.u1


def _spans(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Returns the columns: where at least one of the rows has something."""
    spans: list[tuple[float, float]] = []
    size = median([row.size for row in rows])
    for u0, u1 in sorted((segment.u0, segment.u1) for row in rows for segment in row.segments):
        if spans and u0 - spans[-1][1] < _CORRIDOR * size * 0.9:
            spans[-1] = (spans[-1][0], max(spans[-1][1], u1))
        else:
            spans.append((u0, u1))
    return spans


def _reading(text: str, rows: Sequence[Row], stretch: Stretch) -> Reading:
    columns = stretch.columns(rows)
    if all(_is_label(text, segment) for row in columns[0] for segment in row.segments):
        return Reading.LABELS if len(columns) == 2 else Reading.ROWS
    if len(columns) > 2:
        return Reading.ROWS
    left, right = columns
    width = stretch.spans[-1][1] - stretch.spans[0][0]
    if min(len(left), len(right)) >= _TEXT_ROWS and all(
        median([row.u1 - row.u0 for row in column]) > _TEXT_COLUMN * width for column in columns
    ):
        return Reading.COLUMNS
    baselines = {row.v for row in left}
    paired = sum(1 for row in right if row.v in baselines)
    if paired < _MOSTLY * max(len(left), len(right)) or len(right) < 3:
        return Reading.COLUMNS
    size = median([row.size for row in right])
    edge = median([row.u0 for row in right])
    flush = sum(1 for row in right if abs(row.u0 - edge) < _ALIGNED * size)
    short = sum(1 for row in right if sum(segment.length for segment in row.segments) <= _SHORT)
    return Reading.ROWS if max(flush, short) >= _MOSTLY * len(right) else Reading.COLUMNS


def _is_label(text: str, segment: Segment) -> bool:
    return len(segment.words) == 1 and bool(_LABEL.fullmatch(text, segment.words[0].start, segment.words[0].end))
