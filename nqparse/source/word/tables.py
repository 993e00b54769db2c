"""Tables of formats that say of each paragraph how many tables it is in, and mark the ends of cells and rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from nqparse.source.blocks.boxes import Box
from nqparse.source.word.grid import set_spans
from nqparse.source.word.story import MOST_DEPTH, Story, TooMuchError


@dataclass(slots=True)
class _Table:
    """A table that is open: its row, whether a cell is open in it, and the rows before with their edges."""

    row: Box | None = None
    in_cell: bool = False
    rows: list[tuple[Box, list[int]]] = field(default_factory=list)


class Tables:
    """Opens and closes the tables of a story."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._open: list[_Table] = []

    def enter(self, depth: int) -> None:
        """What comes next is in so many tables."""
        if depth > MOST_DEPTH:
            raise TooMuchError
        self.leave(depth)
        while len(self._open) < depth:
            if self._open:
                self._enter_cell(self._open[-1])
            self._story.open("table")
            self._open.append(_Table())
        if self._open:
            self._enter_cell(self._open[-1])

    def leave(self, depth: int) -> None:
        """The tables beyond this depth end."""
        while len(self._open) > depth:
            table = self._open[-1]
            self._leave_row(table, [])
            self._story.close()
            self._open.pop()
            set_spans(table.rows)

    def end_cell(self, depth: int) -> None:
        """A cell of the table at this depth ends; it may be empty."""
        self.enter(depth)
        self._story.close()
        self._open[-1].in_cell = False

    def end_row(self, depth: int, edges: list[int]) -> None:
        """A row of the table at this depth ends; `edges` are the right ends of its cells, in twips."""
        self.leave(depth)
        if len(self._open) == depth:
            self._leave_row(self._open[-1], edges)

    def _enter_cell(self, table: _Table) -> None:
        if table.row is None:
            table.row = self._story.open("row")
        if not table.in_cell:
            self._story.open("cell")
            table.in_cell = True

    def _leave_row(self, table: _Table, edges: list[int]) -> None:
        if table.in_cell:
            self._story.close()
            table.in_cell = False
        if table.row is not None:
            self._story.close()
            table.rows.append((table.row, edges))
            table.row = None
