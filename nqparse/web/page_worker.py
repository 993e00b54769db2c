"""The helper that makes pictures of pages: a file of strangers may crash or hang it, and not the server.

A question is JSON: path, page (from 0) and dots per inch; the answer is a PNG, or nothing where there is none. With
`NO_PAGE` the file is only opened, so that its first picture comes sooner.

Pages are grey but for seals, ink and a few lines. A picture that has any colour is written with a palette, half of it
greys, the other half colours, finer in red than in green and blue: so it takes no more bytes than a grey one.
"""

from __future__ import annotations

import ctypes
import json
import os
import struct
import zlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqparse.source import guard

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.uint8]]

NO_PAGE = -1
_LEVEL = 3  # of zlib: a page is looked at once or twice
_MOST_BYTES = 1 << 30
_MOST_POINTS = 40_000_000  # of a picture; larger pages are rendered smaller
_COLOURED = 28  # of 255: red, green and blue that are further apart than this are no grey
_LEAST = 1 / 20_000  # of the points of a page: fewer coloured ones are the noise of a scanner
_GREYS, _REDS, _OTHERS = 128, 8, 4  # levels of each in the palette: 128 greys, and 8 * 4 * 4 colours


def main() -> None:
    """Answers until nobody asks any more."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each thread of numpy would want memory of its own
    import numpy  # noqa: F401, PLC0415

    guard.serve(Worker().answer)


class Worker:
    """Makes pictures. The file that was asked for last stays open: it is mostly asked for again."""

    def __init__(self) -> None:
        self._key: tuple[str, int, int] | None = None
        self._data = b""
        self._document: Any = None

    def answer(self, question: bytes) -> bytes:
        """Returns the picture that a question wants, "" if there is none."""
        order = json.loads(question)
        try:
            self._open(Path(order["path"]))
            if order["page"] == NO_PAGE:
                return b""
            return png(self._points(int(order["page"]), float(order["dpi"])))
        except Exception:  # whatever a broken file makes a library raise: there is no picture then
            return b""

    def _open(self, path: Path) -> None:
        status = path.stat()
        if status.st_size > _MOST_BYTES:
            raise ValueError("too big")
        key = (str(path), status.st_size, status.st_mtime_ns)
        if key == self._key:
            return
        self._close()
        self._data = path.read_bytes()
        if self._data.startswith(b"%PDF") or b"%PDF" in self._data[:1024]:
            import pypdfium2.raw as pdfium  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: PLC0415

            pdfium.FPDF_InitLibrary()
            self._document = pdfium.FPDF_LoadMemDocument64(self._data, len(self._data), None)
            if not self._document:
                raise ValueError("no PDF")
        self._key = key

    def _close(self) -> None:
        if self._document:
            import pypdfium2.raw as pdfium  # noqa: PLC0415

            pdfium.FPDF_CloseDocument(self._document)
        self._key, self._data, self._document = None, b"", None

    def _points(self, index: int, dpi: float) -> Points:
        """Returns the points of a page of the file, as rows of red, green and blue."""
        if self._document:
            return _rendered(self._document, index, dpi)
        import numpy as np  # noqa: PLC0415

        from nqparse.source.ocr.image import page_seen  # noqa: PLC0415

        return np.asarray(page_seen(self._data, index, dpi), np.uint8)


def _rendered(document: Any, index: int, dpi: float) -> Points:
    import numpy as np  # noqa: PLC0415
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise LookupError(index)
    try:
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        dpi = min(dpi, 72 * (_MOST_POINTS / max(width * height, 1.0)) ** 0.5)
        columns, rows = max(1, round(width * dpi / 72)), max(1, round(height * dpi / 72))
        bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_BGR, None, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, pdfium.FPDF_ANNOT)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            raw = np.frombuffer(ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows), np.uint8)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
    finally:
        pdfium.FPDF_ClosePage(page)
    return raw.reshape(rows, stride)[:, : 3 * columns].reshape(rows, columns, 3)[:, :, ::-1]


# -- PNG ----------------------------------------------------------------------------------------------


def png(points: Points) -> bytes:
    """Returns a picture as the bytes of a PNG file.

    Args:
        points: rows of red, green and blue.
    """
    import numpy as np  # noqa: PLC0415

    height, width = points.shape[:2]
    red, green, blue = (points[:, :, at].astype(np.int32) for at in range(3))
    grey = (299 * red + 587 * green + 114 * blue + 500) // 1000
    coloured = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue) > _COLOURED
    has_colour = np.count_nonzero(coloured) > _LEAST * coloured.size
    values = grey
    if has_colour:
        colours = (_step(red, _REDS) * _OTHERS + _step(green, _OTHERS)) * _OTHERS + _step(blue, _OTHERS)
        values = np.where(coloured, _GREYS + colours, _step(grey, _GREYS))
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with the number of its filter, which is none
    rows[:, 1:] = values
    head = struct.pack(">IIBBBBB", width, height, 8, 3 if has_colour else 0, 0, 0, 0)
    palette = _chunk(b"PLTE", _palette()) if has_colour else b""
    data = _chunk(b"IDAT", zlib.compress(rows.tobytes(), _LEVEL))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + palette + data + _chunk(b"IEND")


def _step(values: np.ndarray[Any, Any], levels: int) -> np.ndarray[Any, Any]:
    """Returns the nearest of some levels from 0 to 255, by its number."""
    return (values * (levels - 1) + 127) // 255


@lru_cache(maxsize=1)
def _palette() -> bytes:
    def level(number: int, levels: int) -> int:
        return round(255 * number / (levels - 1))

    greys = [(level(number, _GREYS),) * 3 for number in range(_GREYS)]
    colours = [
        (level(red, _REDS), level(green, _OTHERS), level(blue, _OTHERS))
        for red in range(_REDS)
        for green in range(_OTHERS)
        for blue in range(_OTHERS)
    ]
    return bytes(value for colour in [*greys, *colours] for value in colour)


def _chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
