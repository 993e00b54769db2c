"""The contents of a file, read as quickly as can be: its format, its pages, and the text that is there without OCR."""

from __future__ import annotations

from dataclasses import dataclass

from nqparse.scan.record import Status, TextLayer
from nqparse.source import is_supported, read
from nqparse.source.detect import IMAGE, PDF, detect
from nqparse.source.image import image_media_type
from nqparse.source.ocr.options import OcrOptions
from nqparse.source.result import SourceText

_MARKDOWN = "text/markdown"
_NO_OCR = OcrOptions("never")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file is and what text it has. `whole` tells that all of its text was read; `found` is None without any."""

    status: Status
    format: str
    media_type: str
    found: SourceText | None = None
    pages: int | None = None
    pages_read: int | None = None
    text_layer: TextLayer | None = None
    ocr_pages: int = 0
    whole: bool = True


def contents_of(data: bytes, name: str, *, encoding: str | None = None, most_pages: int | None = None) -> Contents:
    """Reads a file.

    Args:
        data: its bytes.
        name: what to call it in messages.
        encoding: the encoding to decode with, instead of the one that is found.
        most_pages: how many pages of a PDF to look at; None for all.

    Raises:
        InputError: if it is of a kind that can be read, but cannot be read itself.
        UnsupportedFormatError: if the library for it is missing.
    """
    kind = detect(data)
    if not data.strip():
        return Contents("empty", kind.short, kind.media_type)
    if not is_supported(kind):
        return Contents("unsupported", kind.short, kind.media_type)
    if kind is PDF:
        return _pdf(data, name, most_pages)
    if kind is IMAGE:
        return _image(data, name)
    found = read(data, name=name, encoding=encoding, ocr=_NO_OCR)
    media_type = found.source.media_type
    status: Status = "text" if found.text.strip() else "empty"
    return Contents(
        status, "markdown" if media_type == _MARKDOWN else kind.short, media_type, found, text_layer="text",
        pages=found.source.pages, pages_read=found.source.pages,
    )  # fmt: skip


def _pdf(data: bytes, name: str, most_pages: int | None) -> Contents:
    from nqparse.source.pdf import read_layer  # noqa: PLC0415  (only where there is one)
    from nqparse.source.result import record  # noqa: PLC0415

    layer = read_layer(data, name, first=most_pages)
    pages, total = layer.pages, layer.pages.total
    pictures = len(pages.scanned)
    # A page may be blank; what has neither letters nor a picture says nothing.
    written = sum(1 for page in pages if not page.scanned and layer.text[page.start : page.end].strip())
    status: Status = "text" if written else "scan" if pictures else "empty"
    if len(layer.garbled) == written and written:
        kind: TextLayer | None = "garbled"
    elif pictures:
        kind = "mixed" if written else "scan"
    else:
        kind = "text" if written else None
    found = SourceText(layer.text, record(data, name, PDF.media_type, None), (), pages)
    return Contents(
        status, "pdf", PDF.media_type, found if status == "text" else None, total, len(pages), kind,
        pictures + len(layer.garbled), whole=len(pages) == total and not pictures,
    )  # fmt: skip


def _image(data: bytes, name: str) -> Contents:
    from nqparse.source.image import pages_of  # noqa: PLC0415  (only where there is one)

    count = pages_of(data, name)
    media_type = image_media_type(data)
    return Contents(
        "scan", media_type.removeprefix("image/").replace("*", "image"), media_type, pages=count, pages_read=count,
        text_layer="scan", ocr_pages=count or 1, whole=False,
    )  # fmt: skip
