"""What the document and its reader are told about OCR: where each page's text is from, and how sure it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, TypedDict

from nqparse.document import PageOrigin, Source
from nqparse.source.ocr.options import OcrOptions
from nqparse.source.ocr.sheets import Reading
from nqparse.source.pages import Page, Pages
from nqparse.source.result import SourceFinding, record

_DOUBTFUL = 0.8  # a page that is read with less confidence should be looked at
_DIGITS = 3


def record_of_pages(
    data: bytes, name: str | None, media_type: str, pages: Pages, readings: Mapping[int, Reading]
) -> Source:
    """Returns the record of an input that has pages, some of which may have been read by OCR.

    Args:
        data: the input.
        name: its name, if it has one.
        media_type: its media type.
        pages: its pages.
        readings: what OCR read, by the index of the page.
    """
    source = record(data, name, media_type, None)
    source.pages = len(pages)
    source.origins = _origins(pages, readings)
    source.ocr = _ocr_record(pages, readings)
    return source


def _origins(pages: Pages, readings: Mapping[int, Reading]) -> list[PageOrigin]:
    """Returns how the text of each page was obtained; pages of a kind that follow each other are one item."""
    found: list[PageOrigin] = []
    for page in pages:
        origin = _origin(page, readings.get(page.number - 1))
        last = found[-1] if found else None
        if last is not None and origin.by != "ocr" and last.by == origin.by:
            last.last = page.number
        else:
            found.append(origin)
    return found


def _origin(page: Page, reading: Reading | None) -> PageOrigin:
    if page.read and reading is not None:
        sure = round(reading.confidence, _DIGITS)
        return PageOrigin(first=page.number, last=page.number, by="ocr", engine=reading.engine, confidence=sure)
    return PageOrigin(
        first=page.number, last=page.number, by="damaged" if page.broken else "picture" if page.scanned else "text"
    )


def _ocr_record(pages: Pages, readings: Mapping[int, Reading]) -> dict[str, Any] | None:
    """Returns the record of OCR for the document's source; None if none was used."""
    read = [page for page in pages if page.read]
    if not read:
        return None
    sure = {page.number: readings[page.number - 1].confidence for page in read}
    return {
        "engines": sorted({readings[page.number - 1].engine for page in read}),
        "pages": list(sure),
        "confidence": round(sum(sure.values()) / len(sure), _DIGITS),
        "least": round(min(sure.values()), _DIGITS),
    }


def ocr_findings(pages: Pages, readings: Mapping[int, Reading]) -> Iterator[SourceFinding]:
    """Says which pages were read by OCR, and how sure that is."""
    read = [page.number for page in pages if page.read]
    doubtful = {number for number in read if readings[number - 1].confidence < _DOUBTFUL}
    clear = [number for number in read if number not in doubtful]
    for numbers, code in ((clear, "ORT-005"), (sorted(doubtful), "ORT-004")):
        if not numbers:
            continue
        sure = _percent(readings[number - 1].confidence for number in numbers)
        engines = ", ".join(sorted({readings[number - 1].engine for number in numbers}))
        verb = "was" if len(numbers) == 1 else "were"
        yield SourceFinding(
            code,
            f"Trang {listed(numbers)} được nhận dạng chữ (OCR, {engines}), độ tin cậy {sure}.",
            f"{pages_en(numbers)} {verb} read by OCR ({engines}) with a confidence of {sure}.",
        )


def _percent(values: Iterable[float]) -> str:
    low, *more = sorted(values)
    high = more[-1] if more else low
    return f"{low:.0%}" if f"{low:.0%}" == f"{high:.0%}" else f"{low:.0%}-{high:.0%}"


def pages_en(numbers: Collection[int]) -> str:
    """Returns the numbers of pages for the beginning of a sentence."""
    return f"{'Page' if len(numbers) == 1 else 'Pages'} {listed(numbers)}"


def listed(numbers: Iterable[int]) -> str:
    """Returns rising numbers as a person lists them: "1-3, 7"."""
    parts = []
    for _, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        parts.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return ", ".join(parts)


class Hints(TypedDict):
    """How to go on, in both languages (`nqparse.errors`)."""

    hint_en: str
    hint_vi: str


NO_TEXT: Hints = {
    "hint_en": "Check that this is the right file; a better scan (300 dpi) may help.",
    "hint_vi": "Hãy kiểm tra xem có đúng tệp không; bản quét rõ hơn (300 dpi) có thể giúp được.",
}
"""The hints for pictures in which OCR finds no text."""


def no_engine(options: OcrOptions | None) -> Hints:
    """Returns the hints for pictures that nothing here can read."""
    if options is not None and options.choice == "never":
        return {
            "hint_en": "Read it by OCR: leave out --ocr never.",
            "hint_vi": "Hãy nhận dạng chữ (OCR): bỏ tùy chọn --ocr never.",
        }
    if options is not None and options.choice == "tesseract":
        return {
            "hint_en": "Tesseract or its Vietnamese data is not installed: "
            "apt install tesseract-ocr tesseract-ocr-vie && pip install 'nqparse[ocr]'",
            "hint_vi": "Chưa cài Tesseract hoặc dữ liệu tiếng Việt: "
            "apt install tesseract-ocr tesseract-ocr-vie && pip install 'nqparse[ocr]'",
        }
    return {
        "hint_en": "Reading it takes OCR; install it with: pip install 'nqparse[ocr]'",
        "hint_vi": "Cần nhận dạng chữ (OCR); hãy cài bằng lệnh: pip install 'nqparse[ocr]'",
    }
