"""The encoding of a page: by its mark, its bytes, what it says of itself, and at last its letters and fonts.

What a page says is often wrong: it was saved anew in UTF-8, or it says "iso-8859-1" for letters of an old font. So
bytes that are UTF-8 count more than its word, and letters of a western code page are looked at once more when the
page has been taken apart, line by line and font by font.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nqparse.charset import Decoded, bare_utf16, convert, encoding_of_bom, name_of
from nqparse.charset.tables import WINDOWS_1258, WINDOWS_SIGNS
from nqparse.source.blocks.boxes import Line
from nqparse.source.blocks.letters import confidence, settle_letters
from nqparse.source.result import input_error
from nqparse.source.text import decode_or_refuse

_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_META_REACH = 8_192
# What says no more than that the letters are single bytes.
_WESTERN = frozenset((
    "iso-8859-1", "iso_8859-1", "latin-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii", "x-user-defined",
))  # fmt: skip
_BAD_BYTES = 0.002  # of the characters beyond ASCII: portals cut words in the middle of a letter
_FEW_BAD = 4


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as text.

    Attributes:
        text: the page.
        encoding: what it was decoded with.
        certain: whether that is what the page was written in; if not, its letters must tell.
        declared: what to fall back on when they do not, "" if there is nothing.
        old: the old encoding that its letters are in, because the user or the page names it. The tags are not:
            letters are converted when they have been taken out of them.
    """

    text: str
    encoding: str
    certain: bool = True
    declared: str = ""
    old: str = ""


def decode_page(data: bytes, name: str | None, encoding: str | None) -> PageText:
    """Decodes a page as far as its bytes and its own word lead.

    Raises:
        InputError: if the encoding that was asked for, or that the bytes tell, does not fit.
        UsageError: if there is no encoding of that name.
    """
    forced = name_of(encoding) if encoding is not None else None
    if encoding is not None and forced is None:
        decoded = decode_or_refuse(data, name, encoding)
        return PageText(decoded.text, decoded.encoding)
    told = encoding_of_bom(data) or bare_utf16(data)
    if told is not None:
        return PageText(decode_or_refuse(data, name, told).text, told, old=forced or "")
    try:
        return PageText(data.decode("utf-8"), "utf-8", old=forced or "")
    except UnicodeDecodeError:
        pass
    declared = _declared(data)
    old = forced or name_of(declared)
    if old is not None and (forced is not None or old != WINDOWS_1258):
        return PageText(_western(data), old, old=old)
    if old is not None or declared in _WESTERN:
        return PageText(_western(data), "windows-1252", certain=False, declared=old or "windows-1252")
    if declared in ("", "utf-8", "utf8"):
        text = data.decode("utf-8", errors="replace")
        beyond = sum(not char.isascii() for char in text)
        if text.count("\ufffd") <= max(_FEW_BAD, _BAD_BYTES * beyond) < beyond:
            return PageText(text, "utf-8")
    else:
        try:
            return PageText(data.decode(declared), declared)
        except (LookupError, UnicodeError):
            pass
    return PageText(_western(data), "windows-1252", certain=False)


def _declared(data: bytes) -> str:
    found = _META.search(data[:_META_REACH])
    return found.group(1).decode("ascii").lower() if found else ""


def _western(data: bytes) -> str:
    return data.decode("latin-1").translate(WINDOWS_SIGNS)


def settle(lines: list[Line], page: PageText, data: bytes, name: str | None) -> Decoded:
    """Gives every line its text: letters of old fonts are converted, by the name of the font or by their look.

    Returns:
        How it was done; its text is of no use.

    Raises:
        InputError: if the encoding of the page is uncertain.
    """
    decoded = settle_letters(lines, page.encoding, page.old)
    if decoded.converted or page.certain:
        return decoded
    return _fall_back(lines, page, data, name, decoded)


def _fall_back(lines: list[Line], page: PageText, data: bytes, name: str | None, mended: Decoded) -> Decoded:
    """The letters did not tell the encoding; the page's own word counts, if it gave one."""
    if page.declared == WINDOWS_1258:
        for line in lines:
            line.text = convert(line.text, WINDOWS_1258)
        return Decoded("", WINDOWS_1258, confidence(lines), converted=True)
    if page.declared or all(line.text.isascii() for line in lines):
        return Decoded("", page.declared or "utf-8", tried=mended.tried)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    candidates = ", ".join(f"{candidate} {share:.0%}" for candidate, share in mended.tried)
    raise input_error(
        name,
        f"the page does not say its encoding, it is not UTF-8 (byte {at}), and no old one is certain"
        + (f" (best: {candidates})" if candidates else ""),
        f"trang không ghi bảng mã, không phải UTF-8 (byte {at}) và không bảng mã cũ nào đủ chắc chắn"
        + (f" (gần nhất: {candidates})" if candidates else ""),
        hint_en="Name the encoding with --encoding (tcvn3, vni, viscii, vps, windows-1258, cp1252 …).",
        hint_vi="Hãy chỉ định bảng mã bằng --encoding (tcvn3, vni, viscii, vps, windows-1258, cp1252 …).",
    )
