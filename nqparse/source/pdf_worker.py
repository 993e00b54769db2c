"""The part of reading a PDF that is done in a helper process (`guard`): from bytes to text and pages."""

from __future__ import annotations

from collections.abc import Mapping

from nqparse.source.geometry.writing import Writer
from nqparse.source.guard import serve
from nqparse.source.ocr.sheets import Reading, sheet_of
from nqparse.source.pages import Pages
from nqparse.source.pdf_page import PdfError, PdfFile
from nqparse.source.pdf_wire import PdfFault, asked, pack

MOST_PAGES = 20_000
MOST_CHARACTERS = 50_000_000


def extract(
    data: bytes, *, joined: bool = True, readings: Mapping[int, Reading] | None = None, first: int | None = None
) -> tuple[str, Pages]:
    """Returns the text of a PDF and its pages. No other thread may be in pdfium meanwhile.

    Args:
        data: the bytes of the file.
        joined: write each wrapped paragraph as one line.
        readings: what OCR read on pages, by their index; it takes the place of their text layer.
        first: how many pages to read from the beginning; None for all.

    Raises:
        PdfFault: if it cannot be read.
    """
    writer = Writer(joined=joined)
    try:
        with PdfFile(data) as file:
            total = len(file)
            if total > MOST_PAGES:
                raise PdfFault("big")
            for index in range(total if first is None else min(first, total)):
                reading = readings.get(index) if readings else None
                writer.write(file.read(index) if reading is None else sheet_of(reading))
                if writer.size > MOST_CHARACTERS:
                    raise PdfFault("big")
    except PdfError as error:
        raise PdfFault("locked" if error.is_locked else "damaged") from None
    text, pages = writer.finish()
    return text, Pages(pages, total)


def main() -> None:
    """Serves as a helper process."""
    serve(_answer)


def _answer(data: bytes) -> bytes:
    file, joined, first, readings = asked(data)
    try:
        return pack(*extract(file, joined=joined, readings=readings, first=first))
    except PdfFault as error:
        return error.fault.encode()
