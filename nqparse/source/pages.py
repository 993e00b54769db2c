"""Where each character of a text stands on its page, so that any span of a document can be shown there.

Coordinates are points (1/72 inch) from the top left corner of the page as it is displayed: a page that is
turned by its `/Rotate` entry counts as turned. Pages tile the text: each starts where the one before ended.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import isnan
from typing import NamedTuple, overload

# What stands for no mark on the paper: a line break or a space that the reader put between words.
NO_BOX = float("nan")


class Box(NamedTuple):
    """A rectangle on a page; pages count from 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True, eq=False)
class Page:
    """One page: its number, its size in points, its range in the text and the box of every character of it.

    `scanned` tells that what one sees is a picture: the text of the page (there may be a running head) is
    not what is printed on it. `broken` tells that the page could not be read. `read` tells that its text was read
    from a picture by OCR; `confidence` then says of every character how sure that is, from 0 to 1. `encodings` are the
    old ones that letters of its fonts were converted from.
    """

    number: int
    width: float
    height: float
    start: int
    end: int
    scanned: bool = False
    broken: bool = False
    read: bool = False
    encodings: tuple[str, ...] = ()
    x0: array[float] = field(default_factory=lambda: array("f"), repr=False)
    y0: array[float] = field(default_factory=lambda: array("f"), repr=False)
    x1: array[float] = field(default_factory=lambda: array("f"), repr=False)
    y1: array[float] = field(default_factory=lambda: array("f"), repr=False)
    confidence: array[float] = field(default_factory=lambda: array("f"), repr=False)

    def confidence_of(self, start: int, end: int) -> float | None:
        """Returns how sure OCR is of the characters between two offsets of the text; None if it read none of them."""
        low, high = max(start, self.start) - self.start, min(end, self.end) - self.start
        known = [value for value in self.confidence[low:high] if not isnan(value)]
        return sum(known) / len(known) if known else None

    def cut(self, start: int, end: int) -> Page:
        """Returns what of the page is in a piece of the text, whose offsets count from the beginning of the piece."""
        low, high = max(start, self.start), min(end, self.end)
        inside = slice(low - self.start, high - self.start)
        marks = {name: getattr(self, name)[inside] for name in ("x0", "y0", "x1", "y1", "confidence")}
        return replace(self, start=low - start, end=high - start, **marks)

    def boxes(self, start: int, end: int) -> list[Box]:
        """Returns the boxes of the characters between two offsets of the text, one for each line of them."""
        low, high = max(start, self.start) - self.start, min(end, self.end) - self.start
        found: list[Box] = []
        for x0, y0, x1, y1 in zip(
            self.x0[low:high], self.y0[low:high], self.x1[low:high], self.y1[low:high], strict=True
        ):
            if isnan(x0):
                continue
            last = found[-1] if found else None
            if last is not None and _goes_on(last, x0, y0, x1, y1):
                found[-1] = Box(self.number, min(last.x0, x0), min(last.y0, y0), max(last.x1, x1), max(last.y1, y1))
            else:
                found.append(Box(self.number, x0, y0, x1, y1))
        return found


def _goes_on(box: Box, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Tells whether a character stands on the same line as the box before it, whichever way the line runs."""
    wide = min(box.y1, y1) - max(box.y0, y0)
    high = min(box.x1, x1) - max(box.x0, x0)
    size = max(min(x1 - x0, y1 - y0), 1.0)
    if wide > 0.5 * min(box.y1 - box.y0, y1 - y0):
        return -size <= x0 - box.x1 <= 4 * size
    return high > 0.5 * min(box.x1 - box.x0, x1 - x0) and (
        -size <= y0 - box.y1 <= 4 * size or -size <= box.y0 - y1 <= 4 * size
    )


class Pages(Sequence[Page]):
    """All pages of a text. `total` is how many the file has: more, where only the first ones were read."""

    __slots__ = ("_pages", "_starts", "total")

    def __init__(self, pages: Sequence[Page], total: int | None = None) -> None:
        self._pages = tuple(pages)
        self.total = len(self._pages) if total is None else total
        self._starts = [page.start for page in self._pages]

    @overload
    def __getitem__(self, index: int) -> Page: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Page, ...]: ...
    def __getitem__(self, index: int | slice) -> Page | tuple[Page, ...]:
        return self._pages[index]

    def __len__(self) -> int:
        return len(self._pages)

    def __iter__(self) -> Iterator[Page]:
        return iter(self._pages)

    def page_at(self, offset: int) -> Page | None:
        """Returns the page that holds the character at `offset`; None if there is no such character."""
        # Empty pages start where the next one does: the last that starts here is the one that has characters.
        at = bisect_right(self._starts, offset) - 1
        return self._pages[at] if at >= 0 and offset < self._pages[at].end else None

    def _of(self, start: int, end: int) -> Iterator[Page]:
        """Yields the pages that a span is on, and the last that begins at its start or before."""
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self._pages) and self._pages[at].start < end:
            yield self._pages[at]
            at += 1

    def boxes_of(self, start: int, end: int) -> list[Box]:
        """Returns where a span stands: one box for each line of it, in the order of the text."""
        return [box for page in self._of(start, end) for box in page.boxes(start, end)]

    def confidence_of(self, start: int, end: int) -> float | None:
        """Returns how sure OCR is of a span, from 0 to 1, at its weakest page; None if it read none of it."""
        sure = (page.confidence_of(start, end) for page in self._of(start, end))
        return min((value for value in sure if value is not None), default=None)

    def cut(self, start: int, end: int) -> Pages:
        """Returns the pages of a piece of the text, whose offsets count from the beginning of the piece."""
        return Pages([page.cut(start, end) for page in self._of(start, end) if page.end > start])

    @property
    def scanned(self) -> tuple[int, ...]:
        """The numbers of the pages that are pictures."""
        return tuple(page.number for page in self._pages if page.scanned)

    @property
    def broken(self) -> tuple[int, ...]:
        """The numbers of the pages that could not be read."""
        return tuple(page.number for page in self._pages if page.broken)
