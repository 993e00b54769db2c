"""Image files (PNG, JPEG, TIFF with any number of pages, …): read by OCR, with the place of every character."""

from __future__ import annotations

from nqparse.errors import InputError, UnsupportedFormatError
from nqparse.source.detect import IMAGE
from nqparse.source.geometry.writing import Writer
from nqparse.source.libraries import is_installed
from nqparse.source.ocr.image import ImageFault
from nqparse.source.ocr.options import AUTO, OcrOptions
from nqparse.source.ocr.reader import count_pages, read_pages, usable
from nqparse.source.ocr.record import NO_TEXT, no_engine, ocr_findings, record_of_pages
from nqparse.source.ocr.sheets import Reading, sheet_of
from nqparse.source.pages import Pages
from nqparse.source.result import SourceFinding, SourceText, input_error

_MOST_BYTES = 1 << 29
_MEDIA_TYPES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"BM": "image/bmp",
                b"II": "image/tiff", b"MM": "image/tiff", b"RIFF": "image/webp"}  # fmt: skip


def read(data: bytes, name: str | None, encoding: str | None, *, ocr: OcrOptions = AUTO) -> SourceText:
    """Reads an image file (`nqparse.source.result.Reader`); an encoding means nothing here.

    Raises:
        UnsupportedFormatError: if no OCR engine is installed or wanted.
        InputError: if the file is broken or too big, or nothing can be read in it.
    """
    if not usable(ocr):
        raise input_error(
            name,
            f"this is {IMAGE.en}, and no OCR is there to read it",
            f"đây là {IMAGE.vi}, chưa có công cụ nhận dạng chữ (OCR) để đọc",
            **no_engine(ocr),
            kind=UnsupportedFormatError,
        )
    _refuse(data, name)
    count = _counted(data, name)
    readings = {
        index: reading
        for index, reading in read_pages(data, range(count), ocr, name=name, pdf=False).items()
        if reading is not None
    }
    if not readings:
        raise _fault("damaged", name)
    text, pages = _write(count, readings)
    if not text.strip():
        raise input_error(
            name, "OCR finds no text in this image", "không nhận dạng được chữ nào trong ảnh này", **NO_TEXT
        )
    source = record_of_pages(data, name, image_media_type(data), pages, readings)
    findings = [*ocr_findings(pages, readings)]
    findings += [
        SourceFinding("ORT-004", f"Trang {number} không đọc được.", f"Page {number} could not be read.")
        for number in pages.broken
    ]
    return SourceText(text, source, tuple(findings), pages)


def pages_of(data: bytes, name: str | None) -> int | None:
    """Returns how many pages an image file has; None where the library that could tell is missing.

    Raises:
        InputError: if the file is broken or too big.
    """
    _refuse(data, name)
    return _counted(data, name) if is_installed("PIL") else None


def _refuse(data: bytes, name: str | None) -> None:
    if len(data) > _MOST_BYTES:
        raise _fault("big", name)


def _counted(data: bytes, name: str | None) -> int:
    try:
        return count_pages(data)
    except ImageFault as error:
        raise _fault(error.fault, name) from None


def _write(count: int, readings: dict[int, Reading]) -> tuple[str, Pages]:
    writer = Writer()
    for index in range(count):
        reading = readings.get(index)
        writer.write(None if reading is None else sheet_of(reading))
    return writer.finish()


def image_media_type(data: bytes) -> str:
    """Returns the media type of an image by its first bytes."""
    return next((kind for mark, kind in _MEDIA_TYPES.items() if data.startswith(mark)), IMAGE.media_type)


def _fault(kind: str, name: str | None) -> InputError:
    en, vi, hint_en, hint_vi = _FAULTS.get(kind, _FAULTS["damaged"])
    return input_error(name, en, vi, hint_en=hint_en, hint_vi=hint_vi)


_FAULTS = {
    "damaged": (
        "the image is damaged or not complete",
        "tệp ảnh bị hỏng hoặc không đầy đủ",
        "Scan or get it again.",
        "Hãy quét hoặc tải lại.",
    ),
    "big": (
        "the image is too big (more than 150 million points on a page)",
        "ảnh quá lớn (trên 150 triệu điểm ảnh một trang)",
        "Make it smaller; 300 dpi is enough for OCR.",
        "Hãy thu nhỏ ảnh; 300 dpi là đủ để nhận dạng chữ.",
    ),
    "pages": (
        "the image has too many pages (more than 2,000)",
        "ảnh có quá nhiều trang (trên 2.000)",
        "Split it.",
        "Hãy chia nhỏ tệp.",
    ),
    "slow": ("the image takes too long to read", "đọc ảnh quá lâu", "Make it smaller.", "Hãy thu nhỏ ảnh."),
    "crash": (
        "the image cannot be read: it needs too much memory, or was made to do harm",
        "không đọc được ảnh: cần quá nhiều bộ nhớ, hoặc tệp được tạo để gây hại",
        "Scan or get it again.",
        "Hãy quét hoặc tải lại.",
    ),
}
