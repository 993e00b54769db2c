"""From lines to one text, with the box of every character."""

from __future__ import annotations

import re
from array import array

from nqparse.source.geometry.compose import Composed, compose
from nqparse.source.geometry.paragraphs import Line, Measure
from nqparse.source.geometry.rows import Piece
from nqparse.source.geometry.turning import turn
from nqparse.source.geometry.words import NOTHING, RAISED, Sheet
from nqparse.source.pages import NO_BOX, Page, Pages

# A symbol broken at one of its marks: there was no space, and there is none now.
_BROKEN = re.compile(r"\w[-/]")


class Writer:
    """Writes sheets one after the other. Only the text and the boxes of those before are kept.

    Attributes:
        size: how many characters are written.
    """

    def __init__(self, *, joined: bool = True) -> None:
        """Prepares an empty text.

        Args:
            joined: write a wrapped paragraph as one line of text; otherwise its lines end as they do on the paper.
        """
        self.size = 0
        self._joined = joined
        self._parts: list[str] = []
        self._pages: list[Page] = []
        self._waiting: tuple[Sheet | None, Composed] | None = None  # written when it is known how it goes on
        self._measure: Measure | None = None

    def write(self, sheet: Sheet | None) -> None:
        """Writes the next sheet; None is a page that cannot be read."""
        composed = Composed([], None) if sheet is None else compose(sheet, self._measure)
        self._measure = composed.measure or self._measure
        if self._waiting is not None:
            before, lines = self._waiting
            goes_on = before is not None and sheet is not None and turn((before, lines), (sheet, composed))
            self._page(before, lines)
            if lines.lines:
                self._end_line(before, lines.lines[-1], wrapped=goes_on, apart=True)
            self._pages[-1].end = self.size
        self._waiting = sheet, composed

    def finish(self) -> tuple[str, Pages]:
        """Returns the text and its pages."""
        if self._waiting is not None:
            self._page(*self._waiting)
            if self._waiting[1].lines:
                self._put(self._pages[-1], "\n")
            self._pages[-1].end = self.size
            self._waiting = None
        return "".join(self._parts), Pages(self._pages)

    def _page(self, sheet: Sheet | None, composed: Composed) -> None:
        number = len(self._pages) + 1
        if sheet is None:
            self._pages.append(Page(number, 0.0, 0.0, self.size, self.size, broken=True))
            return
        page = Page(
            number, sheet.width, sheet.height, self.size, self.size, sheet.scanned,
            read=sheet.confidence is not None, encodings=tuple(sorted(sheet.encodings)),
        )  # fmt: skip
        self._pages.append(page)
        before: Line | None = None
        for line in composed.lines:
            if before is not None:
                self._end_line(sheet, before, wrapped=line.wrapped, apart=line.apart)
            for run in _runs(sheet.text, line.pieces):
                if isinstance(run, str):
                    self._put(page, run)
                else:
                    self._copy(page, sheet, *run)
            before = line

    def _end_line(self, sheet: Sheet | None, line: Line, *, wrapped: bool, apart: bool) -> None:
        """Writes what parts a line from the next one."""
        if wrapped and self._joined:
            last = line.last
            broken = sheet is not None and last is not None and _BROKEN.match(sheet.text, last.end - 2, last.end)
            self._put(self._pages[-1], "" if broken else " ")
        else:
            self._put(self._pages[-1], "\n\n" if apart and not wrapped else "\n")

    def _copy(self, page: Page, sheet: Sheet, start: int, end: int, raised: bool) -> None:
        """Writes characters of a sheet."""
        piece = sheet.text[start:end]
        if NOTHING in piece:
            for at, char in enumerate(piece, start):
                if char != NOTHING:
                    self._copy(page, sheet, at, at + 1, raised)
            return
        self._parts.append(piece.translate(RAISED) if raised else piece)
        self.size += end - start
        page.x0.extend(sheet.x0[start:end])
        page.y0.extend(sheet.y0[start:end])
        page.x1.extend(sheet.x1[start:end])
        page.y1.extend(sheet.y1[start:end])
        if sheet.confidence is not None:
            page.confidence.extend(sheet.confidence[start:end])

    def _put(self, page: Page, text: str) -> None:
        """Writes what is not on the paper."""
        self._parts.append(text)
        self.size += len(text)
        nothing = array("f", (NO_BOX,) * len(text))
        for edge in (page.x0, page.y0, page.x1, page.y1):
            edge.extend(nothing)
        if page.read:
            page.confidence.extend(nothing)


_Run = tuple[int, int, bool]


def _runs(text: str, pieces: list[Piece]) -> list[_Run | str]:
    """Joins words that follow each other in the sheet as they do in the line: most lines are one such run.

    A run is (start, end, whether it is raised).
    """
    runs: list[_Run | str] = []
    for piece in pieces:
        if isinstance(piece, str):
            runs.append(piece)
            continue
        spaced = len(runs) > 1 and runs[-1] == " " and text[piece.start - 1 : piece.start] == " "
        before = runs[-2] if spaced else runs[-1] if runs else None
        if isinstance(before, tuple) and before[1] + spaced == piece.start and before[2] == piece.raised is False:
            if spaced:
                runs.pop()
            runs[-1] = (before[0], piece.end, False)
        else:
            runs.append((piece.start, piece.end, piece.raised))
    return runs
