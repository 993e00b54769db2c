"""The helper that makes pictures of pages: a file of strangers may crash or hang it, and not the server.

A question is JSON: path, page (from 0) and dots per inch; the answer is a PNG, or nothing where there is none.
"""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

from nqparse.source import guard
from nqparse.source.ocr.engine import Picture

_LEVEL = 3  # of zlib: a page is looked at once or twice
_MOST_BYTES = 1 << 30


def main() -> None:
    """Answers until nobody asks any more."""
    guard.serve(_answer)


def _answer(question: bytes) -> bytes:
    order = json.loads(question)
    try:
        path = Path(order["path"])
        if path.stat().st_size > _MOST_BYTES:
            return b""
        picture = _picture(path.read_bytes(), int(order["page"]), float(order["dpi"]))
    except Exception:  # whatever a broken file makes a library raise: there is no picture then
        return b""
    return png(picture) if picture is not None else b""


def _picture(data: bytes, index: int, dpi: float) -> Picture | None:
    if not data.startswith(b"%PDF") and b"%PDF" not in data[:1024]:
        from nqparse.source.ocr.image import page_picture  # noqa: PLC0415

        return page_picture(data, index)
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: PLC0415

    from nqparse.source.ocr.picture import render  # noqa: PLC0415

    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        return None
    try:
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            return None
        try:
            return render(page, dpi)
        finally:
            pdfium.FPDF_ClosePage(page)
    finally:
        pdfium.FPDF_CloseDocument(document)


def png(picture: Picture) -> bytes:
    """Returns a picture as the bytes of a PNG file."""
    width, height, grey = picture.width, picture.height, picture.grey
    rows = b"".join(b"\0" + grey[at * width : (at + 1) * width] for at in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, _LEVEL)) + _chunk(b"IEND")


def _chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
