"""PDF: the text of its pages in the order in which one reads it, with the place of every character.

    bytes ─▶ pdfium ─▶ characters with places (`pdf_page`) ─▶ lines and columns (`geometry`) ─▶ text and pages

What is guaranteed:

1. Every character of the text layer that can be seen comes once, whatever order the file holds it in. Left out
   is only what is printed twice at one place (bold type made by printing twice) and type too small to read.
2. Nothing is repaired. A mark that the file gives no letter for is U+FFFD; footnote numbers and exponents are
   the superscript digits that they look like, so that they never become part of the number before them.
3. A paragraph that is wrapped on the paper is one line of text, over the page, too; page numbers and running heads
   stand between paragraphs. Where the paper leaves it open whether a line goes on, the line end is kept. A blank
   line stands where a new paragraph, column or table begins; a row of a table is one line, `| cell | cell |`.
4. A page whose text is a picture, or whose text layer is no text, is read by OCR where an engine is installed, and
   told in `source.origins`; a page that stays a picture is told in `pages.scanned`, one that cannot be read in
   `pages.broken`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock

from nqparse.errors import InputError, UnsupportedFormatError
from nqparse.source.detect import PDF
from nqparse.source.garbled import is_garbled
from nqparse.source.guard import Guard, GuardError
from nqparse.source.libraries import is_installed, missing
from nqparse.source.ocr.options import AUTO, OcrOptions
from nqparse.source.ocr.reader import read_pages, usable
from nqparse.source.ocr.record import NO_TEXT, listed, no_engine, ocr_findings, pages_en, record_of_pages
from nqparse.source.ocr.sheets import Reading
from nqparse.source.pages import Pages
from nqparse.source.pdf_wire import PdfFault, question, unpack
from nqparse.source.result import SourceFinding, SourceText, input_error

_MOST_BYTES = 1 << 29
_MEMORY = 3 << 30
# A good machine reads more than a hundred pages in a second, and a page takes some thousand bytes.
_SECONDS, _SECONDS_PER_MEGABYTE = 60.0, 10.0
_BETTER = 0.6  # an engine that is so sure is better than a text layer that makes no words

_GUARD = Guard("nqparse.source.pdf_worker", _MEMORY)
_PDFIUM = Lock()  # it is not made for threads


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF and its pages.

    Attributes:
        text: the text.
        pages: where its characters stand.
        unknown: how many marks the file gives no letter for.
        readings: what OCR read, by the index of the page.
        garbled: the numbers of the pages whose text layer is no text and was kept for want of anything better.
    """

    text: str
    pages: Pages
    unknown: int = 0
    readings: dict[int, Reading] = field(default_factory=dict)
    garbled: tuple[int, ...] = ()


def read(data: bytes, name: str | None, encoding: str | None, *, ocr: OcrOptions = AUTO) -> SourceText:
    """Reads a PDF (`nqparse.source.result.Reader`); it says its encoding by itself.

    Raises:
        UnsupportedFormatError: if a library that it needs is not installed.
        InputError: if the file is broken, locked or too big, or nothing can be read in it.
    """
    found = read_pdf(data, name, ocr=ocr)
    source = record_of_pages(data, name, PDF.media_type, found.pages, found.readings)
    findings = (*ocr_findings(found.pages, found.readings), *_findings(found))
    return SourceText(found.text, source, findings, found.pages)


def read_pdf(
    data: bytes,
    name: str | None = None,
    *,
    joined: bool = True,
    guarded: bool = True,
    ocr: OcrOptions | None = None,
) -> PdfText:
    """Reads the text of a PDF.

    Args:
        data: the bytes of the file.
        name: what to call the file in messages.
        joined: write each wrapped paragraph as one line; otherwise its lines end as they do on the paper.
        guarded: read it in a helper process, which is bounded in time and memory, and may crash. Without, only
            files that are trusted should be read.
        ocr: how pages that are pictures are read; by default they are not.

    Raises:
        UnsupportedFormatError: if pypdfium2 is not installed, or OCR would be needed and no engine is.
        InputError: if the file is broken, locked or too big, or nothing can be read in it.
    """
    _refuse(data, name)
    readings: dict[int, Reading] = {}
    with _faults(name):
        text, pages = _extract(data, joined=joined, guarded=guarded, readings=readings)
        garbled = _garbled(text, pages)
        if ocr is not None:
            readings = _read_pictures(data, name, pages, garbled, ocr)
        if readings:
            text, pages = _extract(data, joined=joined, guarded=guarded, readings=readings)
    _check(text, pages, name, ocr)
    kept = tuple(index + 1 for index in garbled if index not in readings)
    return PdfText(text, pages, text.count("\ufffd"), readings, kept)


def read_layer(data: bytes, name: str | None = None, *, first: int | None = None) -> PdfText:
    """Reads the text layer of the first pages, whatever there is of it: a scan has none, and is no error.

    Args:
        data: the bytes of the file.
        name: what to call the file in messages.
        first: how many pages to read from the beginning, None for all; `pages.total` is how many there are.

    Raises:
        UnsupportedFormatError: if pypdfium2 is not installed.
        InputError: if the file is broken, locked or too big.
    """
    _refuse(data, name)
    with _faults(name):
        text, pages = _extract(data, joined=True, guarded=True, readings={}, first=first)
    if all(page.broken for page in pages):
        raise _fault("damaged", name)
    return PdfText(text, pages, text.count("\ufffd"), {}, tuple(index + 1 for index in _garbled(text, pages)))


def _refuse(data: bytes, name: str | None) -> None:
    """Refuses what cannot be read here."""
    if not is_installed("pypdfium2"):
        raise missing(name, PDF, "pypdfium2", "pdf")
    if len(data) > _MOST_BYTES:
        raise _fault("big", name)


@contextlib.contextmanager
def _faults(name: str | None) -> Iterator[None]:
    """Turns what pdfium and its guard say of a file into an error of the input."""
    try:
        yield
    except PdfFault as error:
        raise _fault(error.fault, name) from None
    except GuardError as error:
        raise _fault("slow" if error.timed_out else "crash", name) from None


def _garbled(text: str, pages: Pages) -> list[int]:
    """Returns the indices of the pages whose text layer is no text."""
    return [
        page.number - 1
        for page in pages
        if not page.scanned and not page.broken and is_garbled(text[page.start : page.end])
    ]


def _read_pictures(
    data: bytes, name: str | None, pages: Pages, garbled: list[int], ocr: OcrOptions
) -> dict[int, Reading]:
    """Reads by OCR the pages that need it; what is left out there is no better than the text layer."""
    every = ocr.choice == "always"
    wanted = [page.number - 1 for page in pages if not page.broken and (every or page.scanned)]
    wanted = sorted({*wanted, *garbled})
    if not wanted or not usable(ocr):
        return {}
    found = read_pages(data, wanted, ocr, name=name, pdf=True)
    return {
        index: reading
        for index, reading in found.items()
        if reading is not None and reading.words and (index not in garbled or reading.confidence > _BETTER)
    }


def _findings(found: PdfText) -> Iterator[SourceFinding]:
    """Says what of the paper is not in the text."""
    for numbers, vi, en in (
        (found.pages.scanned, "là ảnh quét, chưa được nhận dạng chữ", "scanned: what is printed there was not read"),
        (found.pages.broken, "bị hỏng, không đọc được", "damaged and could not be read"),
        (found.garbled, "có lớp chữ không đọc được", "of a text layer that makes no words"),
    ):
        if numbers:
            verb = "is" if len(numbers) == 1 else "are"
            yield SourceFinding("ORT-004", f"Trang {listed(numbers)} {vi}.", f"{pages_en(numbers)} {verb} {en}.")
    old = [page for page in found.pages if page.encodings]
    if old:
        names = ", ".join(sorted({encoding for page in old for encoding in page.encodings}))
        numbers = tuple(page.number for page in old)
        yield SourceFinding(
            "ORT-004",
            f"Chữ dùng phông cũ ({names}) ở trang {listed(numbers)} đã được chuyển sang Unicode.",
            f"{pages_en(numbers)}: letters set in old fonts ({names}) were converted to Unicode.",
        )
    if found.unknown:
        yield SourceFinding(
            "ORT-004",
            f"Tệp PDF không cho biết {found.unknown} ký tự là chữ gì; mỗi ký tự được thay bằng U+FFFD.",
            f"The PDF does not say which letters {found.unknown} of its marks are; each stands as U+FFFD.",
            found.text.index("\ufffd"),
            found.text.index("\ufffd") + 1,
        )


def _extract(
    data: bytes, *, joined: bool, guarded: bool, readings: Mapping[int, Reading], first: int | None = None
) -> tuple[str, Pages]:
    if guarded:
        seconds = _SECONDS + _SECONDS_PER_MEGABYTE * len(data) / (1 << 20)
        with contextlib.suppress(OSError):  # where no process can be started
            answer = _GUARD.ask(question(data, joined=joined, readings=readings, first=first), seconds)
            try:
                return unpack(answer)
            except (ValueError, TypeError):  # a helper that is out of its mind
                raise GuardError(timed_out=False) from None
    from nqparse.source.pdf_worker import extract  # noqa: PLC0415  (loads pdfium)

    with _PDFIUM:
        return extract(data, joined=joined, readings=readings, first=first)


def _check(text: str, pages: Pages, name: str | None, ocr: OcrOptions | None) -> None:
    """Sees to it that there is something to parse."""
    readable = [page for page in pages if not page.broken]
    if not readable:
        raise _fault("damaged", name)
    scanned = pages.scanned
    if scanned and len(scanned) == sum(1 for page in readable if page.scanned or page.end - page.start > 1):
        if ocr is not None and usable(ocr):
            raise input_error(
                name,
                f"OCR finds no text on any of its {len(scanned)} pages, which are pictures",
                f"không nhận dạng được chữ nào trên {len(scanned)} trang ảnh",
                **NO_TEXT,
            )
        raise input_error(
            name,
            f"this is a scan: its {len(scanned)} pages are pictures, without text",
            f"đây là bản quét: {len(scanned)} trang đều là ảnh, không có lớp chữ",
            **no_engine(ocr),
            kind=UnsupportedFormatError,
        )
    if not text.strip():
        raise input_error(
            name,
            f"no text on any of its {len(pages)} pages",
            f"không có chữ trên trang nào ({len(pages)} trang)",
            hint_en="Check that this is the right file.",
            hint_vi="Hãy kiểm tra xem có đúng tệp không.",
        )


def _fault(kind: str, name: str | None) -> InputError:
    """Returns the error for a file that cannot be read."""
    en, vi, hint_en, hint_vi = _FAULTS[kind]
    return input_error(name, en, vi, hint_en=hint_en, hint_vi=hint_vi)


_AGAIN = (
    "Get the file again, or try to repair it, for example: qpdf IN.pdf OUT.pdf",
    "Hãy tải lại tệp, hoặc thử sửa, ví dụ: qpdf VÀO.pdf RA.pdf",
)
_SPLIT = (
    "Split it, for example: qpdf --split-pages=500 IN.pdf OUT.pdf",
    "Hãy chia nhỏ, ví dụ: qpdf --split-pages=500 VÀO.pdf RA.pdf",
)
_FAULTS = {
    "damaged": ("the PDF is damaged or not complete", "tệp PDF bị hỏng hoặc không đầy đủ", *_AGAIN),
    "locked": (
        "the PDF is locked with a password",
        "tệp PDF được bảo vệ bằng mật khẩu",
        "Save a copy without it, for example: qpdf --decrypt --password=PASSWORD IN.pdf OUT.pdf",
        "Hãy lưu một bản không có mật khẩu, ví dụ: qpdf --decrypt --password=MẬTKHẨU VÀO.pdf RA.pdf",
    ),
    "big": (
        f"the PDF is too big (more than {_MOST_BYTES >> 20} MiB, 20,000 pages or 50 million characters)",
        f"tệp PDF quá lớn (trên {_MOST_BYTES >> 20} MiB, 20.000 trang hoặc 50 triệu ký tự)",
        *_SPLIT,
    ),
    "slow": ("the PDF takes too long to read", "đọc tệp PDF quá lâu", *_SPLIT),
    "crash": (
        "the PDF cannot be read: it needs too much memory, or was made to do harm",
        "không đọc được tệp PDF: cần quá nhiều bộ nhớ, hoặc tệp được tạo để gây hại",
        *_AGAIN,
    ),
}
