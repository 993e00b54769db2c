"""Where characters stand on pages, as an archive keeps it: a row a page, with all boxes of it in one compact value.

Coordinates are kept in tenths of a point, which is finer than any screen shows a page. A character begins most often
where the one before it ends, and stands as low: so differences are kept, which are small numbers that come again and
again, byte by byte (all low bytes before all high ones), compressed with zlib. A page takes two to four thousand bytes.
"""

from __future__ import annotations

import sqlite3
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nqparse.document import Part
from nqparse.source.pages import Page, Pages

if TYPE_CHECKING:
    import numpy as np

_UNIT = 10  # parts of a point
_FARTHEST = 1e6  # points: what a broken file says beyond this is kept as this
_LEVEL = 4  # of zlib: a higher one takes twice the time for two bytes in a hundred
_WIDTH = 4  # bytes of a number
_UNKNOWN = 255  # instead of a confidence in hundredths
LACKING = (
    "EXISTS (SELECT 1 FROM resolutions WHERE resolutions.document_id = documents.document_id AND pages > 0) "
    "AND NOT EXISTS (SELECT 1 FROM pages WHERE pages.document_id = documents.document_id)"
)
"""Tells in SQL that a row of `documents` has a file with pages, and the archive (an older one) keeps none of them."""
_COLUMNS = 'number, width, height, start, "end", scanned, broken, read, encodings, boxes'


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page as the archive keeps it: the fields of `nqparse.source.pages.Page`, with its boxes packed."""

    number: int
    width: float
    height: float
    start: int
    end: int
    scanned: bool
    broken: bool
    read: bool
    encodings: str
    boxes: bytes

    @classmethod
    def of(cls, page: Page) -> PageRow:
        """Packs a page."""
        return cls(
            page.number, _within(page.width), _within(page.height), page.start, page.end, page.scanned, page.broken,
            page.read, " ".join(page.encodings), _packed(page),
        )  # fmt: skip

    def page(self) -> Page:
        """Returns the page; its boxes are right to a twentieth of a point.

        Raises:
            zlib.error, ValueError, IndexError: if the bytes are damaged.
        """
        (x0, y0, x1, y1), confidence = _unpacked(self.boxes, self.end - self.start)
        return Page(
            self.number, self.width, self.height, self.start, self.end, bool(self.scanned), bool(self.broken),
            bool(self.read), tuple(self.encodings.split()), x0, y0, x1, y1, confidence,
        )  # fmt: skip


def page_rows(pages: Pages | None, part: Part | None = None) -> tuple[PageRow, ...]:
    """Packs the pages of a file.

    Args:
        pages: the pages, None for a file that has none.
        part: the part of the file's text that is meant; None for all of it.
    """
    if pages is None:
        return ()
    if part is not None:
        pages = pages.cut(part.start, part.end)
    return tuple(map(PageRow.of, pages))


def put_pages(connection: sqlite3.Connection, document_id: str, rows: Sequence[PageRow]) -> None:
    """Writes the pages of a document in place of those that it had; the caller holds a transaction."""
    connection.execute("DELETE FROM pages WHERE document_id = ?", (document_id,))
    connection.executemany(
        f"INSERT INTO pages (document_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                document_id, row.number, row.width, row.height, row.start, row.end, row.scanned, row.broken, row.read,
                row.encodings, row.boxes,
            )
            for row in rows
        ],
    )  # fmt: skip


def page_sizes(connection: sqlite3.Connection, document_id: str) -> list[tuple[int, float, float, int, int]]:
    """Returns number, width and height in points, start and end of each page that the archive keeps of a document."""
    query = 'SELECT number, width, height, start, "end" FROM pages WHERE document_id = ? ORDER BY number'
    return connection.execute(query, (document_id,)).fetchall()


def pages_of(connection: sqlite3.Connection, document_id: str) -> Pages:
    """Returns all pages of a document that the archive keeps; none of a file without pages.

    Raises:
        zlib.error, ValueError, IndexError: if they are damaged.
    """
    return _pages(connection, document_id, "1", ())


def pages_between(connection: sqlite3.Connection, document_id: str, start: int, end: int) -> Pages:
    """Returns the pages of a document that hold a piece of its text; only these are unpacked."""
    return _pages(connection, document_id, '"end" > ? AND start < ?', (start, end))


def page_numbered(connection: sqlite3.Connection, document_id: str, number: int) -> Page | None:
    """Returns a page of a document; None if the archive keeps none of this number."""
    found = _pages(connection, document_id, "number = ?", (number,))
    return found[0] if found else None


def _pages(connection: sqlite3.Connection, document_id: str, which: str, values: tuple[int, ...]) -> Pages:
    query = f"SELECT {_COLUMNS} FROM pages WHERE document_id = ? AND {which} ORDER BY number"
    return Pages([PageRow(*row).page() for row in connection.execute(query, (document_id, *values))])


def _within(size: float) -> float:
    """Returns a size within bounds; what is no number is 0."""
    return max(0.0, min(size, _FARTHEST))


# -- boxes --------------------------------------------------------------------------------------------


def _packed(page: Page) -> bytes:
    import numpy as np  # noqa: PLC0415  (documents without pages do without it)

    edges = np.array([np.frombuffer(edge, np.float32) for edge in (page.x0, page.y0, page.x1, page.y1)], np.float64)
    marked = ~np.isnan(edges).any(axis=0)
    x0, y0, x1, y1 = np.rint(np.clip(edges[:, marked], -_FARTHEST, _FARTHEST) * _UNIT).astype(np.int32)
    parts = [np.packbits(marked).tobytes()]
    parts += map(_bytewise, (x0 - _before(x1), x1 - x0, y1 - _before(y1), y1 - y0))
    if page.confidence:
        sure = np.frombuffer(page.confidence, np.float32)
        hundredths = np.rint(np.clip(np.nan_to_num(sure), 0, 1) * 100)
        parts.append(np.where(np.isnan(sure), _UNKNOWN, hundredths).astype(np.uint8).tobytes())
    return zlib.compress(b"".join(parts), _LEVEL)


def _unpacked(packed: bytes, count: int) -> tuple[list[array[float]], array[float]]:
    """Returns the edges of `count` characters, left, top, right and bottom, and how sure OCR is of them."""
    import numpy as np  # noqa: PLC0415

    data = memoryview(zlib.decompress(packed))
    at = (count + 7) // 8
    marked = np.unpackbits(np.frombuffer(data[:at], np.uint8), count=count).astype(bool)
    numbers = int(marked.sum())
    columns = []
    for _ in range(4):
        column, at = _numbers(data, at, numbers)
        columns.append(column)
    gaps, widths, falls, heights = columns
    x1 = np.cumsum(gaps + widths)
    y1 = np.cumsum(falls)
    edges = []
    for values in (x1 - widths, y1 - heights, x1, y1):
        edge = np.full(count, np.nan, np.float32)
        edge[marked] = values / _UNIT
        edges.append(array("f", edge.tobytes()))
    sure = np.frombuffer(data[at:], np.uint8)
    if len(sure) not in (0, count):
        raise ValueError(f"{len(sure)} confidences of {count} characters")
    confidence = np.where(sure == _UNKNOWN, np.nan, sure / np.float32(100)).astype(np.float32)
    return edges, array("f", confidence.tobytes())


def _before(numbers: np.ndarray[Any, np.dtype[np.int32]]) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Returns the number before each, 0 before the first."""
    import numpy as np  # noqa: PLC0415

    return np.concatenate([np.zeros(1, np.int32), numbers[:-1]])[: len(numbers)]


def _bytewise(numbers: np.ndarray[Any, np.dtype[np.int32]]) -> bytes:
    """Writes numbers as how many bytes each needs, then all low bytes, all next ones and so on."""
    import numpy as np  # noqa: PLC0415

    # Small numbers below zero become small ones above it.
    plain = ((numbers << 1) ^ (numbers >> 31)).astype("<u4").view(np.uint8).reshape(-1, _WIDTH)
    needed = max((at + 1 for at in range(_WIDTH) if plain[:, at].any()), default=0)
    found: bytes = plain[:, :needed].T.tobytes()
    return bytes([needed]) + found


def _numbers(data: memoryview, at: int, count: int) -> tuple[np.ndarray[Any, np.dtype[np.int64]], int]:
    """Reads `count` numbers that `_bytewise` wrote; returns them, and where they end."""
    import numpy as np  # noqa: PLC0415

    needed, at = data[at], at + 1
    end = at + needed * count
    if needed > _WIDTH or end > len(data):
        raise ValueError("the boxes of a page are cut off")
    plain = np.zeros((count, _WIDTH), np.uint8)
    plain[:, :needed] = np.frombuffer(data[at:end], np.uint8).reshape(needed, count).T
    numbers = plain.reshape(-1).view("<u4").astype(np.int64)
    return (numbers >> 1) ^ -(numbers & 1), end
