"""Layout: takes tables and columns that frame the document apart into reading order.

Letterheads and signature feet are set in two columns. Converters flatten them into pipe rows, grid
tables, ruled tables or lines with wide gaps. Here such a block is read column by column; a table of
figures in the body stays as it is, sealed, so that its rows are never taken for sections.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from nqparse.ruleset import Rule, RuleSet
from nqparse.view import View

_GRID = re.compile(r"[ \t]*\+(?:[-=:]{2,}\+)+[ \t]*$")
_RULER = re.compile(r"[ \t]*-{3,}(?:[ \t]+-{3,})+[ \t]*$")
_PIPE_ROW = re.compile(r"[ \t]*\|.*\|")
_PIPE_RULER = re.compile(r"[ \t|:-]*-{3,}[ \t|:-]*$")
_GAP = re.compile(r"[ ]{3,}|[ ]*\t[ \t]*")
_CELL_GAP = re.compile(r"[ ]{2,}(?=\S)")
_ONLY_LABEL = re.compile(r"(?:\(?[\dA-Za-zđĐ]{1,4}[.)/-]*\)?|[-+*•–])$")
_WIDE = re.compile(r"   |\t")
_WORD = re.compile(r"\w")
_BLANK_LINES = re.compile(r"[ \t\n]*\n")
_MOST_BLANK = 50  # in a row; more say nothing, and must not fill the memory

# Rows of one wide-gap block stand at most this many lines apart.
_BLOCK_REACH = 5
_TAB = 60
# A table of cells has at least so many bars, and seldom more lines than this between two.
_CELL_BARS = 8
_CELL_REACH = 6
_CELL_LINES = 4
_BAR = 5  # the longest line that is still a bar
_LONG_LINE = 90
# A ruled table is not looked for over more lines than this; it keeps the cost linear.
_MAX_ROWS = 400


@dataclass(slots=True)
class Arrangement:
    """What the layout step decides about a view.

    `order` holds view ranges in reading order; `cuts` the view offsets where a new line of text
    begins although the source has no line break there; `sealed` the ranges of data tables.
    """

    order: list[tuple[int, int]] = field(default_factory=list)
    cuts: set[int] = field(default_factory=set)
    sealed: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    column: int  # where it starts on its source line
    width: int

    @property
    def center(self) -> float:
        return self.column + self.width / 2


def raw_lines(text: str) -> list[tuple[int, int]]:
    """Returns the (start, end) of every line, without its line break; of a long run of blank lines only the first."""
    lines = []
    start = blank = 0
    while True:
        end = text.find("\n", start)
        if end < 0:
            lines.append((start, len(text)))
            return lines
        empty = end == start or (text[start].isspace() and text[start:end].isspace())
        blank = blank + 1 if empty else 0
        if blank > _MOST_BLANK:
            run = _BLANK_LINES.match(text, start)
            start = run.end() if run else end + 1
            continue
        lines.append((start, end))
        start = end + 1


def arrange(view: View, lines: list[tuple[int, int]], rules: RuleSet) -> Arrangement:
    """Finds the blocks of a view that are set in columns, and their reading order."""
    text = view.text
    plan = Arrangement()
    has_tables = "|" in text or "---" in text
    gap_rows = _gap_rows(text, lines)
    if not has_tables and not gap_rows:
        plan.order.append((0, len(text)))
        return plan
    frame, letterhead = rules.patterns["layout.frame"], rules.patterns["layout.letterhead"]
    done = 0  # view offset up to which the order is decided
    index = 0
    while index < len(lines):
        start, end = lines[index]
        block = None
        if has_tables:
            block = _table_block(text, lines, index)
            if block is None and end - start < _BAR and text[start:end].strip() == "|":
                block = _cell_block(text, lines, index)
        if block is None and index in gap_rows:
            block = _gap_block(view, lines, index, gap_rows, letterhead)
        if block is None:
            index += 1
            continue
        kind, last = block
        low, high = start, lines[last][1]
        is_frame = frame.is_in(view.folded, low, high)
        if kind == "cells":
            if not is_frame:
                plan.sealed.append((low, high))
        elif is_frame:
            if kind == "gaps" and not letterhead.is_in(view.folded, low, high):
                last = _reach_down(text, lines, last)
                high = lines[last][1]
            columns = _columns(view, lines, index, last, kind)
            if columns:
                if low > done:
                    plan.order.append((done, low))
                for column in columns:
                    for piece in column:
                        plan.order.append(piece)
                        plan.cuts.add(piece[0])
                plan.cuts.add(high)
                done = high
        else:
            _seal(text, lines, index, last, kind, plan)
        index = last + 1
    if done < len(text):
        plan.order.append((done, len(text)))
    return plan


# -- finding blocks -------------------------------------------------------------------------------


def _table_block(text: str, lines: list[tuple[int, int]], index: int) -> tuple[str, int] | None:
    """Returns (kind, last line) of the grid, ruled or pipe table that starts at this line, or None."""
    start, end = lines[index]
    if end - start < 3:
        return None
    first = text[start:end].lstrip()[:1]
    if first == "+" and _GRID.match(text, start, end):
        last = index
        for at in range(index + 1, min(len(lines), index + _MAX_ROWS)):
            mark = text[lines[at][0] : lines[at][1]].lstrip()[:1]
            if mark not in "+|" or not mark:
                break
            last = at
        return ("grid", last) if last > index else None
    if first == "-" and _RULER.match(text, start, end):
        blank = 0
        for at in range(index + 1, min(len(lines), index + _MAX_ROWS)):
            low, high = lines[at]
            if _RULER.match(text, low, high):
                return "ruled", at
            blank = blank + 1 if not text[low:high].strip() else 0
            if blank > 2:
                return None
        return None
    if first == "|" and _PIPE_ROW.match(text, start, end):
        last = index
        while last + 1 < len(lines) and _PIPE_ROW.match(text, *lines[last + 1]):
            last += 1
        return "pipe", last
    return None


def _cell_block(text: str, lines: list[tuple[int, int]], index: int) -> tuple[str, int] | None:
    """Returns ("cells", last line) of a table whose cells stand on lines of their own between lone `|` lines."""
    last, bars = index, 1
    at = index + 1
    while at < len(lines) and at - last <= _CELL_REACH:
        start, end = lines[at]
        if end - start < _BAR and text[start:end].strip() == "|":
            last, bars = at, bars + 1
        at += 1
    return ("cells", last) if bars >= _CELL_BARS and last - index <= bars * _CELL_LINES else None


def _gap_rows(text: str, lines: list[tuple[int, int]]) -> dict[int, int]:
    """Returns the lines that hold a wide gap between two texts, with the number of texts."""
    rows: dict[int, int] = {}
    starts = [start for start, _ in lines]
    done = -1
    for match in _WIDE.finditer(text):
        if match.start() < done:
            continue
        index = bisect_right(starts, match.start()) - 1
        start, done = lines[index]
        pieces = [piece for piece in _GAP.split(text[start:done].strip(" \t|")) if piece]
        if len(pieces) < 2 or (len(pieces) == 2 and _ONLY_LABEL.match(pieces[0])):
            continue  # indented, or a label with a wide gap behind it
        rows[index] = len(pieces)
    return rows


def _gap_block(
    view: View, lines: list[tuple[int, int]], index: int, gap_rows: dict[int, int], letterhead: Rule
) -> tuple[str, int]:
    last = index
    at = index + 1
    headed = letterhead.is_in(view.folded, *lines[index])
    while at < len(lines) and at - last <= _BLOCK_REACH:
        low, high = lines[at]
        if at in gap_rows:
            # Where a file holds several documents, the letterhead of the next follows on the foot of one.
            if letterhead.is_in(view.folded, low, high):
                if not headed and not view.text[slice(*lines[at - 1])].strip():
                    break
                headed = True
            last = at
        elif _RULER.match(view.text, low, high):
            break  # a ruled table begins
        elif high - low > _LONG_LINE:
            break  # running text
        at += 1
    return "gaps", last


# -- taking blocks apart ----------------------------------------------------------------------------


def _columns(view: View, lines: list[tuple[int, int]], first: int, last: int, kind: str) -> list[list[tuple[int, int]]]:
    """Returns the columns of a block, each a list of view ranges, one per line of text."""
    if kind in ("grid", "pipe"):
        return _cell_columns(view.text, lines[first : last + 1], flattened=kind == "pipe")
    rows = [_row_pieces(view, start, end) for start, end in lines[first : last + 1]]
    if kind == "ruled":
        spans = _ruler_spans(view, *lines[first])
        columns: list[list[tuple[int, int]]] = [[] for _ in spans]
        for row in rows[1:-1]:
            for piece in row:
                at = max(0, bisect_right([low for low, _ in spans], piece.column + 1) - 1)
                columns[at].append((piece.start, piece.end))
    else:
        widest = max(rows, key=len)
        centers = [piece.center for piece in widest]
        columns = [[] for _ in centers]
        for row in rows:
            for piece in row:
                at = min(range(len(centers)), key=lambda i: abs(centers[i] - piece.center))
                columns[at].append((piece.start, piece.end))
    return [column for column in columns if column]


def _reach_down(text: str, lines: list[tuple[int, int]], last: int) -> int:
    """A signer's name may stand alone in the right column below the last row with a gap.

    Rows of the left column may stand between.
    """
    gap_at = max((m.end() for m in _GAP.finditer(text[lines[last][0] : lines[last][1]].rstrip())), default=0)
    at = last + 1
    found = last
    while at < len(lines) and at - found <= _BLOCK_REACH:
        line = text[lines[at][0] : lines[at][1]]
        body = line.strip()
        if body and (line[0] == "\t" or len(line) - len(line.lstrip(" ")) >= max(8, gap_at * 0.6)):
            found = at
        at += 1
    return found


def _row_pieces(view: View, start: int, end: int) -> list[_Piece]:
    """Splits a line at wide gaps; columns are those of the source line, whose marks the view left out."""
    text = view.text[start:end]
    pieces = []
    at = 0
    line_start = view.source_start(start)
    for stop in [*(match.span() for match in _GAP.finditer(text)), (len(text), len(text))]:
        body = text[at : stop[0]].strip()
        if body and _WORD.search(body):
            low = start + at + text[at : stop[0]].index(body[0])
            # A tab leads to the next column, however long the text before it is.
            tab = text.rfind("\t", 0, low - start) + 1
            column = (
                text.count("\t", 0, tab) * _TAB
                + view.source_start(low)
                - (view.source_start(start + tab) if tab else line_start)
            )
            pieces.append(_Piece(low, low + len(body), column, len(body)))
        at = stop[1]
    return pieces


def _ruler_spans(view: View, start: int, end: int) -> list[tuple[int, int]]:
    line_start = view.source_start(start)
    offset = start
    return [
        (view.source_start(offset + m.start()) - line_start, view.source_start(offset + m.end()) - line_start)
        for m in re.finditer(r"-+", view.text[start:end])
    ]


def _cell_columns(text: str, lines: list[tuple[int, int]], *, flattened: bool) -> list[list[tuple[int, int]]]:
    """Takes rows of `|` cells apart; `flattened` cells hold lines parted by two spaces."""
    columns: list[list[tuple[int, int]]] = []
    for start, end in lines:
        row = text[start:end]
        if _GRID.match(row) or _PIPE_RULER.match(row):
            continue
        at = start + row.index("|") + 1 if "|" in row else start
        number = 0
        while at <= end:
            stop = text.find("|", at, end)
            stop = end if stop < 0 else stop
            if number >= len(columns):
                columns.append([])
            _add_cell(text, at, stop, columns[number], flattened=flattened)
            number += 1
            at = stop + 1
    return [column for column in columns if column]


def _add_cell(text: str, start: int, end: int, column: list[tuple[int, int]], *, flattened: bool) -> None:
    low = start
    stops = [m.end() for m in _CELL_GAP.finditer(text, start, end)] if flattened else []
    for stop in [*stops, end]:
        if _WORD.search(text, low, stop):
            while low < stop and text[low].isspace():
                low += 1
            column.append((low, stop))
        low = stop


def _seal(text: str, lines: list[tuple[int, int]], first: int, last: int, kind: str, plan: Arrangement) -> None:
    """Marks the rows of a data table. Wide gaps alone make one only with three columns or a row number head."""
    if kind in ("grid", "ruled", "pipe"):
        plan.sealed.append((lines[first][0], lines[last][1]))
        return
    for start, end in lines[first : last + 1]:
        if len([p for p in _GAP.split(text[start:end].strip()) if p]) >= 3:
            plan.sealed.append((start, end))
