"""What bytes look like: the format of an input, told by its content and never by its name.

Text is what no other signature fits, so a new format costs one entry in the table here and one reader in
`nqparse.source`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type and what to call it in a message."""

    media_type: str
    en: str
    vi: str


TEXT = Format("text/plain", "plain text", "văn bản thuần")
HTML = Format("text/html", "an HTML page", "trang HTML")
PDF = Format("application/pdf", "a PDF file", "tệp PDF")
RTF = Format("application/rtf", "an RTF document", "tài liệu RTF")
DOCX = Format(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "a Word document (.docx)",
    "tài liệu Word (.docx)",
)
XLSX = Format(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "an Excel workbook (.xlsx)",
    "bảng tính Excel (.xlsx)",
)
PPTX = Format(
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "a PowerPoint presentation (.pptx)",
    "bản trình chiếu PowerPoint (.pptx)",
)
ODT = Format("application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)", "tài liệu OpenDocument (.odt)")
EPUB = Format("application/epub+zip", "an EPUB book", "sách EPUB")
ZIP = Format("application/zip", "a ZIP archive", "tệp nén ZIP")
OLE = Format("application/x-ole-storage", "an old Office document (.doc, .xls)", "tài liệu Office cũ (.doc, .xls)")
IMAGE = Format("image/*", "an image", "tệp ảnh")
ARCHIVE = Format("application/octet-stream", "a compressed archive", "tệp nén")
UTF16_BARE = Format("text/plain", "UTF-16 text without a byte order mark", "văn bản UTF-16 không có BOM")
BINARY = Format("application/octet-stream", "binary data (it holds NUL bytes)", "dữ liệu nhị phân (có byte NUL)")

_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"{\\rtf", RTF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF87a", IMAGE),
    (b"GIF89a", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\x00", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"Rar!\x1a\x07", ARCHIVE),
)
# Names of members tell the kinds of ZIP container apart; they stand in the headers at both ends of the file.
_MEMBERS: tuple[tuple[bytes, Format], ...] = (
    (b"word/document", DOCX),
    (b"xl/workbook", XLSX),
    (b"ppt/presentation", PPTX),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", ODT),
    (b"mimetypeapplication/epub+zip", EPUB),
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
         (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_HEAD = 4096
_TAIL = 1 << 16
_UTF16_SHARE = 0.4  # of NUL bytes at every other place, from which on they are halves of characters


def encoding_of(data: bytes) -> str:
    """Returns the encoding that a byte order mark tells, and UTF-8 where there is none."""
    return next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "utf-8")


def detect(data: bytes) -> Format:
    """Returns the format that the bytes look like; `TEXT` where nothing speaks against it."""
    head = data[:_HEAD]
    if encoding_of(data) != "utf-8":
        return HTML if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) else TEXT
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        ends = head + data[-_TAIL:]
        return next((found for member, found in _MEMBERS if member in ends), ZIP)
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if _HTML.match(head):
        return HTML
    if b"\x00" in data:
        return UTF16_BARE if _is_utf16(head) else BINARY
    return TEXT


def _is_utf16(head: bytes) -> bool:
    """In UTF-16 of European letters every other byte is mostly NUL, and the ones between hardly ever are."""
    first, second = head[::2].count(0), head[1::2].count(0)
    return min(first, second) == 0 and max(first, second) * 2 > _UTF16_SHARE * len(head)
