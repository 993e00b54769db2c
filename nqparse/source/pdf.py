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
4. A page whose text is a picture is told in `pages.scanned`, one that cannot be read in `pages.broken`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from threading import Lock

from nqparse.errors import InputError, UnsupportedFormatError
from nqparse.source.detect import PDF
from nqparse.source.guard import Guard, GuardError
from nqparse.source.pages import Pages
from nqparse.source.pdf_wire import JOINED, KEPT, PdfFault, unpack
from nqparse.source.result import SourceFinding, SourceText, called, record

_MOST_BYTES = 1 << 29
_MEMORY = 3 << 30
# A good machine reads more than a hundred pages in a second, and a page takes some thousand bytes.
_SECONDS, _SECONDS_PER_MEGABYTE = 60.0, 10.0

_GUARD = Guard("nqparse.source.pdf_worker", _MEMORY)
_PDFIUM = Lock()  # it is not made for threads


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF and its pages; `unknown` counts the marks that the file gives no letter for."""

    text: str
    pages: Pages
    unknown: int = 0


def read(data: bytes, name: str | None, encoding: str | None) -> SourceText:
    """Reads a PDF (`nqparse.source.result.Reader`); it says its encoding by itself.

    Raises:
        UnsupportedFormatError: if pypdfium2 is not installed.
        InputError: if the file is broken, locked or too big, or has no text of its own.
    """
    found = read_pdf(data, name)
    source = record(data, name, PDF.media_type, None)
    source.pages = len(found.pages)
    return SourceText(found.text, source, tuple(_findings(found)), found.pages)


def read_pdf(data: bytes, name: str | None = None, *, joined: bool = True, guarded: bool = True) -> PdfText:
    """Reads the text layer of a PDF.

    Args:
        data: the bytes of the file.
        name: what to call the file in messages.
        joined: write each wrapped paragraph as one line; otherwise its lines end as they do on the paper.
        guarded: read it in a helper process, which is bounded in time and memory, and may crash. Without, only
            files that are trusted should be read.

    Raises:
        UnsupportedFormatError: if pypdfium2 is not installed.
        InputError: if the file is broken, locked or too big, or has no text of its own.
    """
    shown = _Name(*called(name))
    if not _is_installed():
        raise UnsupportedFormatError(
            f"{shown.en}: this is {PDF.en}; to read it, nqparse needs the library pypdfium2, which is not installed",
            f"{shown.vi}: đây là {PDF.vi}; để đọc tệp này, nqparse cần thư viện pypdfium2 nhưng chưa được cài đặt",
            hint_en="Install it with: pip install 'nqparse[pdf]'",
            hint_vi="Hãy cài bằng lệnh: pip install 'nqparse[pdf]'",
        )
    if len(data) > _MOST_BYTES:
        raise _fault("big", shown)
    try:
        text, pages = _extract(data, joined=joined, guarded=guarded)
    except PdfFault as error:
        raise _fault(error.fault, shown) from None
    except GuardError as error:
        raise _fault("slow" if error.timed_out else "crash", shown) from None
    _check(text, pages, shown)
    return PdfText(text, pages, text.count("\ufffd"))


def _findings(found: PdfText) -> Iterator[SourceFinding]:
    """Says what of the paper is not in the text."""
    for numbers, vi, en in (
        (found.pages.scanned, "là ảnh quét, chưa được nhận dạng chữ", "scanned: what is printed there was not read"),
        (found.pages.broken, "bị hỏng, không đọc được", "damaged and could not be read"),
    ):
        if numbers:
            listed = ", ".join(map(str, numbers))
            verb = "is" if len(numbers) == 1 else "are"
            yield SourceFinding("ORT-004", f"Trang {listed} {vi}.", f"Page {listed} {verb} {en}.")
    if found.unknown:
        yield SourceFinding(
            "ORT-004",
            f"Tệp PDF không cho biết {found.unknown} ký tự là chữ gì; mỗi ký tự được thay bằng U+FFFD.",
            f"The PDF does not say which letters {found.unknown} of its marks are; each stands as U+FFFD.",
            found.text.index("\ufffd"),
            found.text.index("\ufffd") + 1,
        )


def _extract(data: bytes, *, joined: bool, guarded: bool) -> tuple[str, Pages]:
    if guarded:
        seconds = _SECONDS + _SECONDS_PER_MEGABYTE * len(data) / (1 << 20)
        with contextlib.suppress(OSError):  # where no process can be started
            answer = _GUARD.ask((JOINED if joined else KEPT) + data, seconds)
            try:
                return unpack(answer)
            except (ValueError, TypeError):  # a helper that is out of its mind
                raise GuardError(timed_out=False) from None
    from nqparse.source.pdf_worker import extract  # noqa: PLC0415  (loads pdfium)

    with _PDFIUM:
        return extract(data, joined=joined)


def _is_installed() -> bool:
    try:
        return find_spec("pypdfium2") is not None
    except ValueError:  # something else bears its name
        return False


@dataclass(frozen=True, slots=True)
class _Name:
    """What messages call the file."""

    en: str
    vi: str


def _check(text: str, pages: Pages, shown: _Name) -> None:
    """Sees to it that there is something to parse."""
    readable = [page for page in pages if not page.broken]
    if not readable:
        raise _fault("damaged", shown)
    scanned = pages.scanned
    if scanned and len(scanned) == sum(1 for page in readable if page.scanned or page.end - page.start > 1):
        raise InputError(
            f"{shown.en}: this is a scan: its {len(scanned)} pages are pictures, without text",
            f"{shown.vi}: đây là bản quét: {len(scanned)} trang đều là ảnh, không có lớp chữ",
            hint_en="Run OCR first, for example: ocrmypdf -l vie --force-ocr IN.pdf OUT.pdf "
            "(Debian: apt install ocrmypdf tesseract-ocr-vie)",
            hint_vi="Hãy nhận dạng chữ (OCR) trước, ví dụ: ocrmypdf -l vie --force-ocr VÀO.pdf RA.pdf "
            "(Debian: apt install ocrmypdf tesseract-ocr-vie)",
        )
    if not text.strip():
        raise InputError(
            f"{shown.en}: no text on any of its {len(pages)} pages",
            f"{shown.vi}: không có chữ trên trang nào ({len(pages)} trang)",
            hint_en="Check that this is the right file.",
            hint_vi="Hãy kiểm tra xem có đúng tệp không.",
        )


def _fault(kind: str, shown: _Name) -> InputError:
    """Returns the error for a file that cannot be read."""
    en, vi, hint_en, hint_vi = _FAULTS[kind]
    return InputError(f"{shown.en}: {en}", f"{shown.vi}: {vi}", hint_en=hint_en, hint_vi=hint_vi)


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
