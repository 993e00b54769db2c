"""Tables: those that set a letterhead or a foot in columns, those that lay out a page, and those of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nqparse.fold import fold
from nqparse.ruleset import RuleSet
from nqparse.source.blocks.boxes import Box, Line, Node, boxes_of, lines_of

Form = Literal["columns", "cells", "rows"]

# What frames a document is small; all else that holds such words holds them by chance.
_FRAME_ROWS = 14
_HINTED_ROWS = 4
_HINTED_COLUMNS = 3
_FRAME_COLUMNS = 5
_FRAME_LETTERS = 6_000
_WIDEST = 100  # columns; spans beyond are cut off
_LONG_CELL = 1_500  # letters, from which on a cell holds a text and not an entry of a table
_PROSE_LINES = 3
_HEAD = 120  # letters of a line that are looked at


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell is in its table, and what it says."""

    cell: Box
    row: int
    column: int
    width: int
    lines: tuple[str, ...]


def places_of(table: Box) -> tuple[list[Place], list[Node]]:
    """Returns the cells of a table with their places, and what stands outside of any cell, a caption for one."""
    places: list[Place] = []
    strays: list[Node] = []
    busy: dict[int, int] = {}  # the row up to which a cell from above reaches into a column
    rows = _rows(table, strays)
    # A cell over more columns than any row has cells is a cell over all of them.
    widest = min(_WIDEST, max(map(len, rows), default=1))
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while busy.get(column, 0) > at:
                column += 1
            width = min(_span(cell, "colspan"), widest)
            height = min(_span(cell, "rowspan"), len(rows) - at)
            lines = tuple(line.text for line in lines_of(cell) if line.text)
            places.append(Place(cell, at, column, width, lines))
            if height > 1:
                busy.update((index, at + height) for index in range(column, column + width))
            column += width
    return places, strays


def _rows(table: Box, strays: list[Node]) -> list[list[Box]]:
    rows: list[list[Box]] = []
    loose = False  # whether the last row is of cells that stand in no row
    for node in table.children:
        if isinstance(node, Box) and node.kind == "row":
            rows.append([child for child in node.children if isinstance(child, Box)])
            strays += [child for child in node.children if isinstance(child, Line)]
            loose = False
        elif isinstance(node, Box) and node.kind == "cell":
            if not loose:
                rows.append([])
            rows[-1].append(node)
            loose = True
        else:
            strays.append(node)
    return rows


def _span(cell: Box, name: str) -> int:
    try:
        return max(1, min(_WIDEST, int(cell.attributes[name][:4])))
    except (KeyError, ValueError):
        return 1


def form_of(places: Sequence[Place], rules: RuleSet) -> Form:
    """Tells how a table is read: column by column, cell by cell, or row by row as a table of figures."""
    filled = [place for place in places if place.lines]
    columns = len({place.column for place in filled})
    rows = len({place.row for place in filled})
    if columns < 2:
        return "cells"
    folded = [[fold(line[:_HEAD]) for line in place.lines] for place in filled]
    prose = rules.regex("page.prose")
    if any(sum(prose.match(line) is not None for line in lines) >= _PROSE_LINES for lines in folded):
        return "cells"
    letters = sum(len(line) for place in filled for line in place.lines)
    if rows <= _FRAME_ROWS and columns <= _FRAME_COLUMNS and letters <= _FRAME_LETTERS:
        few = rows <= _HINTED_ROWS and columns <= _HINTED_COLUMNS
        patterns = [rules.regex("page.frame"), *([rules.regex("page.frame-hint")] if few else [])]
        if any(pattern.match(line) for lines in folded for line in lines for pattern in patterns):
            return "columns"
    if any(sum(map(len, place.lines)) > _LONG_CELL or _holds_table(place.cell) for place in filled):
        return "cells"
    return "rows" if rows > 1 or columns > 2 else "cells"


def _holds_table(cell: Box) -> bool:
    return any(box.kind == "table" for box in boxes_of(cell))


def reading_order(places: Sequence[Place], form: Form) -> list[Node]:
    """Returns what a table holds in the order of reading; a row of figures becomes a line."""
    if form == "cells":
        return [place.cell for place in places]
    if form == "columns":
        return _by_columns(places)
    return _as_rows(places)


def _by_columns(places: Sequence[Place]) -> list[Node]:
    """Reads the left column whole, then the next; a cell over all columns parts what is above and below it."""
    width = max(place.column + place.width for place in places)
    ordered: list[Node] = []
    band: list[Place] = []
    for place in places:
        if place.width == width:
            ordered += [part.cell for part in sorted(band, key=lambda part: part.column)]
            band = []
            ordered.append(place.cell)
        else:
            band.append(place)
    return ordered + [part.cell for part in sorted(band, key=lambda part: part.column)]


def _as_rows(places: Sequence[Place]) -> list[Node]:
    rows: dict[int, list[Place]] = {}
    for place in places:
        rows.setdefault(place.row, []).append(place)
    lines: list[Node] = []
    for row in rows.values():
        cells: list[str] = []
        for place in row:
            # A cell from above leaves its place empty; so do the further columns of a wide cell.
            cells += [""] * (place.column - len(cells))
            cells.append(" ".join(place.lines).replace("|", "\\|"))
            cells += [""] * (place.width - 1)
        if any(cells):
            line = Line([], soft=True)
            line.text = "| " + " | ".join(cells) + " |"
            lines.append(line)
    if lines and isinstance(last := lines[-1], Line):
        last.soft = False
    return lines
