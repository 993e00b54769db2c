"""The part of OCR that is done in a helper process (`guard`): pictures of strangers are unpacked and read there.

A question is one line of JSON and the file; an answer is one line of JSON: `{"pages": 3}`, the readings of a page, or
`{"fault": "damaged"}`. One page is read at a time, so that each can be given a time of its own.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from nqparse.source.guard import serve
from nqparse.source.ocr.engine import Engine, EngineError, Picture
from nqparse.source.ocr.image import ImageFault, count_pages, page_picture
from nqparse.source.ocr.merge import best_reading
from nqparse.source.ocr.sheets import Reading


def read_page(data: bytes, index: int, engines: tuple[str, ...], *, pdf: bool) -> Reading | None:
    """Reads a page of a PDF or an image file; None if there is nothing that an engine could read.

    Args:
        data: the file.
        index: the page, from 0.
        engines: the names of the engines, the first choice first.
        pdf: whether the file is a PDF.

    Raises:
        ImageFault: if there is no picture of the page.
    """
    picture = _rendered(data, index) if pdf else page_picture(data, index)
    return best_reading(picture, [engine for name in engines if (engine := _engine(name)) is not None])


def _rendered(data: bytes, index: int) -> Picture:
    from nqparse.source.pdf_page import PdfError, PdfFile  # noqa: PLC0415  (loads pdfium)

    try:
        with PdfFile(data) as file:
            picture = file.picture(index)
    except PdfError:
        picture = None
    if picture is None:
        raise ImageFault("damaged")
    return picture


@lru_cache(maxsize=4)
def _engine(name: str) -> Engine | None:
    """Returns an engine, loaded once; None if it does not start."""
    try:
        if name == "tesseract":
            from nqparse.source.ocr.tesseract import Tesseract  # noqa: PLC0415

            return Tesseract() if Tesseract.is_installed() else None
        from nqparse.source.ocr.true_ocr import TrueOcr  # noqa: PLC0415

        return TrueOcr()
    except (ImportError, EngineError, OSError):
        return None


def main() -> None:
    """Serves as a helper process."""
    serve(answer)


def answer(question: bytes) -> bytes:
    """Answers a question."""
    head, _, data = question.partition(b"\n")
    order: dict[str, Any] = json.loads(head)
    try:
        if order["do"] == "count":
            return json.dumps({"pages": count_pages(data)}).encode()
        found = read_page(data, order["page"], tuple(order["engines"]), pdf=order["pdf"])
    except ImageFault as error:
        return json.dumps({"fault": error.fault}).encode()
    return json.dumps({} if found is None else found.pack()).encode()
