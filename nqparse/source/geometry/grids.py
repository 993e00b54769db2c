"""Ruled tables: cells made by drawn lines, read row by row.

A grid is a group of horizontal and vertical lines that touch. Its rows become lines of the form
`| cell | cell |`, so that a cell that takes several lines on paper is one piece of text again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nqparse.source.geometry.rows import Piece, Row, rows_of, spaced
from nqparse.source.geometry.words import Rule, Word

# In points.
_TOUCH = 3.0
_SHORTEST = 8.0
# More lines than this are a drawing.
_MOST_RULES = 2000
_MOST_CELLS = 5000

# A symbol broken at one of its marks: there was no space, and there is none now.
_BROKEN = re.compile(r"\w[-/]")
WRAP = " "
STOP = "  "  # where a line of a cell ended although there was room for more: the structure step tells lines by it


@dataclass(slots=True)
class Grid:
    """A table: the edges of its columns and rows, and which of its smallest fields are one cell.

    `cells` holds for each field (row by row) the number of the first field of its cell.
    """

    us: list[float]
    vs: list[float]
    cells: list[int]
    words: list[Word] = field(default_factory=list)

    def holds(self, u: float, v: float) -> bool:
        """Tells whether a point is inside."""
        return self.us[0] <= u <= self.us[-1] and self.vs[0] <= v <= self.vs[-1]

    def lines(self, text: str) -> Iterator[tuple[float, list[Piece]]]:
        """Yields the rows that hold text, each with its upper edge."""
        columns = len(self.us) - 1
        inside: dict[int, list[Word]] = {}
        for word in self.words:
            column = _between(self.us, (word.u0 + word.u1) / 2)
            # The baseline is close to the lower edge of a tight cell; the middle of the letters is not.
            row = _between(self.vs, word.v - 0.3 * word.size)
            inside.setdefault(self.cells[row * columns + column], []).append(word)
        for row in range(len(self.vs) - 1):
            fields = range(row * columns, (row + 1) * columns)
            if not any(at in inside for at in fields):
                continue
            pieces: list[Piece] = []
            last = -1
            for at in fields:
                cell = self.cells[at]
                if cell == last:
                    continue  # the same cell goes on to the right
                last = cell
                pieces.append("| " if not pieces else " | ")
                if cell == at:
                    width = self.us[self._right(at)] - self.us[at % columns]
                    pieces += _cell(text, inside.get(at, []), width)
            pieces.append(" |")
            yield self.vs[row], pieces

    def _right(self, at: int) -> int:
        """Returns the number of the column edge at which the cell of a field ends on the field's row."""
        columns = len(self.us) - 1
        end = at
        while (end + 1) % columns and self.cells[end + 1] == self.cells[at]:
            end += 1
        return end % columns + 1


def _between(edges: list[float], value: float) -> int:
    return min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)


def _cell(text: str, words: list[Word], width: float) -> list[Piece]:
    pieces: list[Piece] = []
    last: Word | None = None
    before: Row | None = None
    for row in rows_of(text, words):
        line = [word for segment in row.segments for word in segment.words]
        if before is not None and last is not None:
            # The margins of a cell are about half an em each.
            room = width - row.size - (before.u1 - before.u0)
            if room > line[0].u1 - line[0].u0 + 0.3 * row.size:
                pieces.append(STOP)
            elif not _BROKEN.match(text, last.end - 2, last.end):
                pieces.append(WRAP)
        pieces += spaced(text, line)
        before, last = row, line[-1]
    return pieces


def grids_of(rules: Sequence[Rule], words: Sequence[Word]) -> tuple[list[Grid], list[Word]]:
    """Returns the tables that drawn lines make, with the words in them, and the words outside."""
    if len(rules) < 5 or len(rules) > _MOST_RULES:
        return [], list(words)
    flat = _joined([(r.v0, r.u0, r.u1) for r in rules if r.v0 == r.v1 and r.u1 - r.u0 >= _SHORTEST])
    steep = _joined([(r.u0, r.v0, r.v1) for r in rules if r.u0 == r.u1 and r.v1 - r.v0 >= _SHORTEST])
    grids = [grid for lines in _groups(flat, steep) if (grid := _grid(*lines)) is not None]
    if not grids:
        return [], list(words)
    outside: list[Word] = []
    for word in words:
        u, v = (word.u0 + word.u1) / 2, word.v - 0.3 * word.size
        grid = next((grid for grid in grids if grid.holds(u, v)), None)
        (outside if grid is None else grid.words).append(word)
    return [grid for grid in grids if grid.words], outside


_Line = tuple[float, float, float]  # where it lies, from where, to where


def _joined(lines: list[_Line]) -> list[_Line]:
    """Joins pieces of lines that lie on one line and touch: a table's line is often drawn cell by cell."""
    found: list[_Line] = []
    at: list[_Line] = []
    for line in sorted(lines):
        if at and line[0] - at[-1][0] > _TOUCH:
            found += _runs(at)
            at = []
        at.append(line)
    return found + _runs(at)


def _runs(lines: list[_Line]) -> list[_Line]:
    found: list[_Line] = []
    for where, low, high in sorted(lines, key=lambda line: line[1]):
        if found and low <= found[-1][2] + _TOUCH:
            found[-1] = (found[-1][0], found[-1][1], max(found[-1][2], high))
        else:
            found.append((where, low, high))
    return found


def _groups(flat: list[_Line], steep: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Returns the groups of lines that touch, horizontal ones and vertical ones apart."""
    parent = list(range(len(flat) + len(steep)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for i, (v, u0, u1) in enumerate(flat):
        for j, (u, v0, v1) in enumerate(steep, len(flat)):
            if u0 - _TOUCH <= u <= u1 + _TOUCH and v0 - _TOUCH <= v <= v1 + _TOUCH:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for i, line in enumerate(flat):
        groups.setdefault(root(i), ([], []))[0].append(line)
    for j, line in enumerate(steep, len(flat)):
        groups.setdefault(root(j), ([], []))[1].append(line)
    return list(groups.values())


def _grid(flat: list[_Line], steep: list[_Line]) -> Grid | None:
    """Returns the table that lines make; None for a frame around text, and for lines that are no table."""
    us, vs = _edges(line[0] for line in steep), _edges(line[0] for line in flat)
    if not us or not vs:
        return None
    # A table may be open at its sides: its horizontal lines tell how wide it is.
    low, high = min(line[1] for line in flat), max(line[2] for line in flat)
    us = [*([low] if us[0] - low > _SHORTEST else []), *us, *([high] if high - us[-1] > _SHORTEST else [])]
    columns, rows = len(us) - 1, len(vs) - 1
    # Where a table goes on over the page, its outer lines may be missing; two columns still have three edges.
    if columns < 2 or rows < 1 or columns * rows > _MOST_CELLS:
        return None
    walls = [[line for line in steep if abs(line[0] - u) <= _TOUCH] for u in us]
    floors = [[line for line in flat if abs(line[0] - v) <= _TOUCH] for v in vs]
    cells = list(range(columns * rows))
    for row in range(rows):
        v = (vs[row] + vs[row + 1]) / 2
        for column in range(columns):
            at = row * columns + column
            u = (us[column] + us[column + 1]) / 2
            if column and not _is_drawn(walls[column], v):
                cells[at] = cells[at - 1]
            elif row and not _is_drawn(floors[row], u):
                cells[at] = cells[at - columns]
    return Grid(us, vs, cells)


def _edges(values: Iterator[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _TOUCH:
            edges.append(value)
    return edges


def _is_drawn(lines: list[_Line], at: float) -> bool:
    return any(low <= at <= high for _, low, high in lines)
