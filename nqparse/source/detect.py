"""What bytes look like: the format of an input, told by its content and never by its name.

Text is what no other signature fits, so a new format costs one entry in the table here and one reader in
`nqparse.source`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nqparse.charset import bare_utf16, encoding_of_bom


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type, what tables call it ("pdf", "docx"), and what to call it in a message."""

    media_type: str
    short: str
    en: str
    vi: str


TEXT = Format("text/plain", "text", "plain text", "văn bản thuần")
HTML = Format("text/html", "html", "an HTML page", "trang HTML")
MHT = Format("multipart/related", "mht", "a web archive (.mht)", "tệp lưu trữ web (.mht)")
PDF = Format("application/pdf", "pdf", "a PDF file", "tệp PDF")
RTF = Format("application/rtf", "rtf", "an RTF document", "tài liệu RTF")
DOCX = Format(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    "a Word document (.docx)",
    "tài liệu Word (.docx)",
)
XLSX = Format(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx",
    "an Excel workbook (.xlsx)",
    "bảng tính Excel (.xlsx)",
)
PPTX = Format(
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pptx",
    "a PowerPoint presentation (.pptx)",
    "bản trình chiếu PowerPoint (.pptx)",
)
ODT = Format(
    "application/vnd.oasis.opendocument.text", "odt", "an OpenDocument text (.odt)", "tài liệu OpenDocument (.odt)"
)
EPUB = Format("application/epub+zip", "epub", "an EPUB book", "sách EPUB")
ZIP = Format("application/zip", "zip", "a ZIP archive", "tệp nén ZIP")
DOC = Format("application/msword", "doc", "an old Word document (.doc)", "tài liệu Word cũ (.doc)")
XLS = Format("application/vnd.ms-excel", "xls", "an old Excel workbook (.xls)", "bảng tính Excel cũ (.xls)")
PPT = Format(
    "application/vnd.ms-powerpoint",
    "ppt",
    "an old PowerPoint presentation (.ppt)",
    "bản trình chiếu PowerPoint cũ (.ppt)",
)
LOCKED = Format(
    "application/x-ole-storage",
    "locked office",
    "an Office document that is locked with a password",
    "tài liệu Office được đặt mật khẩu",
)
OLE = Format("application/x-ole-storage", "ole", "an old Office file (OLE)", "tệp Office cũ (OLE)")
IMAGE = Format("image/*", "image", "an image", "tệp ảnh")
ARCHIVE = Format("application/octet-stream", "archive", "a compressed archive", "tệp nén")
UTF16_BARE = Format("text/plain", "text", "UTF-16 text without a byte order mark", "văn bản UTF-16 không có BOM")
BINARY = Format(
    "application/octet-stream", "binary", "binary data (it holds NUL bytes)", "dữ liệu nhị phân (có byte NUL)"
)

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
# The same for the old containers, whose names of streams are in UTF-16.
_STREAMS: tuple[tuple[bytes, Format], ...] = (
    ("EncryptedPackage".encode("utf-16-le"), LOCKED),
    ("WordDocument".encode("utf-16-le"), DOC),
    ("Workbook\0".encode("utf-16-le"), XLS),
    ("Book\0".encode("utf-16-le"), XLS),
    ("PowerPoint Document".encode("utf-16-le"), PPT),
)
_BLANK = rb"(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}>)*"
_PAGE = re.compile(_BLANK + rb"<(?:!doctype\s+html|html|head|body)(?=[\s>])", re.IGNORECASE | re.DOTALL)
# A piece cut out of a page. Markdown may begin with a tag as well, but it does not end with one, too.
_PIECE = re.compile(
    _BLANK + rb"</?(?:div|table|p|h[1-6]|center|span|font|section|article|main|form|ol|ul|meta|title|style|link|script)"
    rb"(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_PIECE_END = re.compile(rb"</[a-z][a-z0-9]*\s*>\s*(?:<!--.{0,200}-->\s*)?\Z", re.IGNORECASE | re.DOTALL)
# The head of a mail message, as browsers and Word begin a page that they save in one file.
_ARCHIVE = re.compile(
    rb"(?:[A-Za-z-]{2,40}:[^\n]{0,500}\n(?:[ \t][^\n]{0,500}\n)*)*?"
    rb"content-type\s*:\s*(?:multipart/(?:related|alternative)|text/html)",
    re.IGNORECASE,
)
_HEAD = 4096
_TAIL = 1 << 16


def detect(data: bytes) -> Format:
    """Returns the format that the bytes look like; `TEXT` where nothing speaks against it."""
    head = data[:_HEAD]
    told = encoding_of_bom(data)
    if told is not None:
        # Without its NULs, the ASCII of UTF-16 reads like any other.
        return HTML if _is_html(data.lstrip(b"\xef\xbb\xbf\xfe\xff\x00")) else TEXT
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        ends = head + data[-_TAIL:]
        return next((found for member, found in _MEMBERS if member in ends), ZIP)
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return next((inner for stream, inner in _STREAMS if stream in data), OLE) if found is OLE else found
    if _is_html(data):
        return HTML
    if _ARCHIVE.match(head) and b"mime-version" in head.lower():
        return MHT
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return IMAGE
    if head.startswith(b"BM") and head[6:10] == b"\x00" * 4 and len(head) > 26:
        return IMAGE
    if b"\x00" in data:
        return UTF16_BARE if bare_utf16(data) else BINARY
    return TEXT


def _is_html(data: bytes) -> bool:
    head = data[:_HEAD].replace(b"\x00", b"")
    if _PAGE.match(head):
        return True
    return _PIECE.match(head) is not None and _PIECE_END.search(data[-_HEAD:].replace(b"\x00", b"")) is not None
