"""Web archives (.mht, .mhtml): a page that a browser or Word saved in one file, with its pictures beside it."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from dataclasses import replace

from nqparse.source import html
from nqparse.source.detect import MHT
from nqparse.source.result import SourceText, input_error, record

_BOUNDARY = re.compile(rb"boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_REACH = 65_536  # how far the boundaries of parts in parts are looked for
_MOST_BOUNDARIES = 8
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_HTML_PART = re.compile(rb"^content-type\s*:\s*(?:text/html|application/xhtml\+xml)", re.IGNORECASE | re.MULTILINE)
_ENCODED = re.compile(rb"^content-transfer-encoding\s*:\s*([a-z0-9-]+)", re.IGNORECASE | re.MULTILINE)


def read(data: bytes, name: str | None, encoding: str | None) -> SourceText:
    """Reads the page of a web archive (`nqparse.source.result.Reader`); the rest of it is left alone.

    Raises:
        InputError: if there is no page in it, or the page cannot be read.
    """
    page = _page_of(data)
    if page is None:
        raise input_error(
            name,
            "there is no page in this web archive; it may be cut off",
            "không có trang nào trong tệp lưu trữ web này; tệp có thể bị cắt ngang",
            hint_en="Save the page anew.",
            hint_vi="Hãy lưu lại trang.",
        )
    found = html.read(page, name, encoding)
    return replace(found, source=record(data, name, MHT.media_type, found.source.encoding))


def _page_of(data: bytes) -> bytes | None:
    """Returns the first page in an archive, as its bytes were before they were packed."""
    names = list(dict.fromkeys(quoted or plain for quoted, plain in _BOUNDARY.findall(data[:_REACH])))
    if not names:
        parts = [data]
    else:
        lines = b"|".join(re.escape(name) for name in names[:_MOST_BOUNDARIES])
        parts = re.split(rb"(?m)^--(?:" + lines + rb")(?:--)?[ \t]*\r?\n?", data)
    for part in parts:
        # What comes before the head of a part is at most a line break.
        head, *rest = _BLANK_LINE.split(part.lstrip(b"\r\n"), maxsplit=1)
        head = _FOLD.sub(b" ", head)
        if rest and _HTML_PART.search(head):
            return _unpacked(rest[0], _ENCODED.search(head))
    return None


def _unpacked(body: bytes, encoded: re.Match[bytes] | None) -> bytes:
    how = encoded.group(1).lower() if encoded else b""
    if how == b"quoted-printable":
        return quopri.decodestring(body)
    if how == b"base64":
        try:
            return base64.b64decode(body)
        except binascii.Error:  # the end is missing; what is there can be read
            whole = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
            return base64.b64decode(whole[: len(whole) // 4 * 4])
    return body
