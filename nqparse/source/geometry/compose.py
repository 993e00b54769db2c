"""From the words of a sheet to lines in reading order, with the paragraph breaks that the paper shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nqparse.source.geometry.columns import Reading, Stretch, stretches_of
from nqparse.source.geometry.grids import Grid, grids_of
from nqparse.source.geometry.paragraphs import Line, Measure, find_paragraphs
from nqparse.source.geometry.rows import Piece, Row, Segment, rows_of, spaced
from nqparse.source.geometry.words import Layer, Sheet, Word

_SMALLEST = 1.5  # points: what is smaller was not meant to be read
_WIDE = 2.0  # em: a gap that is kept wide in the text
_CHARACTER = 0.5  # em: of a character in the rows of a table
_GAP = "   "
_WIDEST = 200  # characters: cells further right are not set further right in the text
_EDGE_ROWS = 2  # rows at the top and at the foot of a page where running heads stand
_DEPTH = 3  # columns within columns


@dataclass(slots=True)
class Composed:
    """The lines of a sheet in reading order, and the measure of its running text, if there is any."""

    lines: list[Line]
    measure: Measure | None


def compose(sheet: Sheet, prior: Measure | None = None) -> Composed:
    """Puts a sheet into reading order: layer by layer, as they were set.

    Args:
        sheet: the sheet.
        prior: the measure of the sheet before, for one that does not tell by itself.
    """
    lines: list[Line] = []
    composer = _Composer(sheet.text, prior)
    for layer in sheet.layers:
        lines += composer.oblique(layer) if layer.oblique else composer.layer(layer)
    return Composed(lines, composer.measure)


class _Composer:
    """Puts the layers of one sheet into lines."""

    def __init__(self, text: str, prior: Measure | None) -> None:
        self._text = text
        self._prior = prior
        self._step = prior.step if prior else None
        self._block = 0
        self._longest = 0
        self.measure: Measure | None = None

    def oblique(self, layer: Layer) -> list[Line]:
        """Returns a line for each that the words were set in; nothing else is known of them."""
        lines: list[Line] = []
        self._block += 1
        before: Word | None = None
        for word in layer.words:
            if before is not None and "\n" not in self._text[before.end : word.start]:
                lines[-1].pieces += [" ", word]
            else:
                lines.append(Line([word], 0.0, 0.0, 0.0, word.size, self._block, apart=before is None))
            before = word
        return lines

    def layer(self, layer: Layer) -> list[Line]:
        """Returns the lines of a layer, tables among them in their place."""
        words = [word for word in layer.words if word.size >= _SMALLEST]
        grids, words = grids_of(layer.rules, words)
        rows = rows_of(self._text, words)
        single = [row for row in rows if len(row.segments) == 1]
        if len(single) > _EDGE_ROWS:
            small = [self._is_small(row.segments[0].words[0]) for row in single]
            self._step = Measure.of(single, small, self._prior).step
        # A table comes where its upper edge is among the rows.
        lines: list[Line] = []
        at = 0
        for grid in [*sorted(grids, key=lambda grid: grid.vs[0]), None]:
            end = at
            while end < len(rows) and (grid is None or rows[end].v < grid.vs[0] + 1):
                end += 1
            for part in (self._flow(rows[at:end], _DEPTH), self._table(grid) if grid else []):
                if part:
                    part[0].apart = True
                lines += part
            at = end
        return lines

    def _table(self, grid: Grid) -> list[Line]:
        self._block += 1
        return [
            Line(pieces, grid.us[0], grid.us[-1], v, 1.0, self._block, cells=True)
            for v, pieces in grid.lines(self._text)
        ]

    def _flow(self, rows: Sequence[Row], depth: int) -> list[Line]:
        """Returns the lines of rows, columns among them taken apart."""
        lines: list[Line] = []
        stretches = stretches_of(self._text, rows) if depth else []
        at = 0
        self._block += 1
        own = self._block
        for stretch in [*stretches, None]:
            end = len(rows) if stretch is None else stretch.first
            for index in range(at, end):
                edge = min(index, len(rows) - 1 - index) < _EDGE_ROWS
                found = self._row(rows[index], own, edge=edge and depth == _DEPTH)
                found[0].apart = at > 0 and index == at  # behind columns
                lines += found
            if stretch is None:
                break
            lines += self._stretch(rows, stretch, depth)
            at = stretch.last + 1
        self._measure([line for line in lines if line.block == own], self._prior if depth == _DEPTH else None)
        return lines

    def _measure(self, lines: list[Line], prior: Measure | None) -> None:
        """Finds the paragraphs of a block; the measure of the longest one is that of the sheet."""
        if not lines:
            return
        small = [self._is_small(line.first) for line in lines]
        measure = Measure.of(lines, small, prior, self._step)
        find_paragraphs(self._text, lines, measure)
        if len(lines) > self._longest:
            self._longest, self.measure = len(lines), measure

    def _is_small(self, word: Word | None) -> bool:
        return word is not None and self._text[word.start].islower()

    def _row(self, row: Row, block: int, *, edge: bool) -> list[Line]:
        """Returns the line of a row; at the edge of a page what stands far apart are lines of their own."""
        groups: list[list[Segment]] = [[row.segments[0]]]
        for before, segment in pairwise(row.segments):
            if segment.u0 - before.u1 > _WIDE * row.size:
                groups.append([segment])
            else:
                groups[-1].append(segment)
        if edge:
            return [self._line([group], row, block) for group in groups]
        return [self._line(groups, row, block)]

    def _line(self, groups: Sequence[Sequence[Segment]], row: Row, block: int) -> Line:
        pieces: list[Piece] = []
        for group in groups:
            if pieces:
                pieces.append(_GAP)
            pieces += spaced(self._text, [word for segment in group for word in segment.words])
        return Line(pieces, groups[0][0].u0, groups[-1][-1].u1, row.v, row.size, block)

    def _stretch(self, rows: Sequence[Row], stretch: Stretch, depth: int) -> list[Line]:
        lines: list[Line] = []
        if stretch.reading is Reading.COLUMNS:
            for column in stretch.columns(rows):
                part = self._flow(column, depth - 1)
                part[0].apart = True
                lines += part
        elif stretch.reading is Reading.LABELS:
            self._block += 1
            for row in rows[stretch.first : stretch.last + 1]:
                lines.append(self._line([row.segments], row, self._block))
            self._measure(lines, None)
        else:
            self._block += 1
            for row in rows[stretch.first : stretch.last + 1]:
                many = len(stretch.spans) > 2
                lines.append(self._cells(row, stretch) if many else self._apart(row, stretch.spans[0][0]))
        lines[0].apart = True
        return lines

    def _cells(self, row: Row, stretch: Stretch) -> Line:
        """Returns a row of a table without drawn lines as the structure step knows them."""
        pieces: list[Piece] = ["| "]
        at = 0
        for segment in row.segments:
            column = stretch.column_of(segment)
            if column > at:
                pieces.append(" | " * (column - at))
            elif len(pieces) > 1:
                pieces.append(" ")
            at = column
            pieces += spaced(self._text, segment.words)
        pieces.append(" | " * (len(stretch.spans) - 1 - at) + " |")
        return Line(pieces, row.u0, row.u1, row.v, row.size, self._block, cells=True)

    def _apart(self, row: Row, left: float) -> Line:
        """Returns a row of two columns: both keep their places, with a wide gap between."""
        pieces: list[Piece] = []
        length = 0
        for segment in row.segments:
            place = min(round((segment.u0 - left) / (_CHARACTER * row.size)), _WIDEST)
            pad = max(place - length, len(_GAP) if length else 0)
            if pad:
                pieces.append(" " * pad)
            cell = spaced(self._text, segment.words)
            pieces += cell
            length += pad + sum(len(p) if isinstance(p, str) else p.end - p.start for p in cell)
        return Line(pieces, row.u0, row.u1, row.v, row.size, self._block)
