"""Letters of old Vietnamese fonts (.VnTime, VNI-Times) on a page of a PDF: the name of the font tells the encoding.

Their bytes come out of the file as western letters ("Héi ®ång"). They are converted where the font's name is that of an
old font, and only if what is set in it are western letters: a file that was made with care gives Unicode.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped, import-not-found, unused-ignore]

from nqparse.charset import FontEncoding, convert, encoding_of_font
from nqparse.charset.tables import BYTE_OF
from nqparse.source.geometry.words import NOTHING

_NAME_SIZE = 128
_HIGH = re.compile("[\x80-\xff\u0152-\u2122\uf020-\uf0ff]")
_SYMBOLS = {0xF000 + code: chr(code) for code in range(0x20, 0x100)}  # fonts without a table of their own
_WESTERN = frozenset(chr(code) for code in range(0x100)) | frozenset(BYTE_OF)


def converted(text_page: Any, text: str, runs: Sequence[tuple[int, int]], x1: Any) -> tuple[str, frozenset[str]]:
    """Returns the text of a page with the letters of old fonts as Unicode, of the same length, and the encodings.

    Args:
        text_page: the page of pdfium.
        text: its characters.
        runs: the words in it.
        x1: the right edges of the characters, which are moved where two characters are one letter.
    """
    if not _HIGH.search(text):
        return text, frozenset()
    marked = [run for run in runs if _HIGH.search(text, *run)]
    if not any(_old_font(text_page, start) for start, _ in marked):
        return text, frozenset()
    stretches = list(_stretches(text_page, text, runs))
    unicode_fonts = {
        name for start, end, name, _ in stretches if not _WESTERN.issuperset(text[start:end].translate(_SYMBOLS))
    }
    letters = list(text)
    found: set[str] = set()
    for start, end, name, font in stretches:
        if name in unicode_fonts:
            continue
        _convert(letters, text, start, end, font, x1)
        found.add(font.encoding)
    return "".join(letters), frozenset(found)


def _stretches(
    text_page: Any, text: str, runs: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, str, FontEncoding]]:
    """Yields (start, end, font, encoding) of the words of old fonts that stand on one line."""
    open_start, open_end, open_name = 0, 0, ""
    font: FontEncoding | None = None
    for start, end in runs:
        name = _font_name(text_page, start)
        if font is not None and name == open_name and "\n" not in text[open_end:start]:
            open_end = end
            continue
        if font is not None:
            yield open_start, open_end, open_name, font
        open_start, open_end, open_name, font = start, end, name, encoding_of_font(name)
    if font is not None:
        yield open_start, open_end, open_name, font


def _font_name(text_page: Any, index: int) -> str:
    buffer = ctypes.create_string_buffer(_NAME_SIZE)
    size = pdfium.FPDFText_GetFontInfo(text_page, index, buffer, _NAME_SIZE, None)
    return buffer.raw[: max(0, min(int(size) - 1, _NAME_SIZE))].decode("utf-8", errors="replace")


def _old_font(text_page: Any, index: int) -> bool:
    return encoding_of_font(_font_name(text_page, index)) is not None


def _convert(letters: list[str], text: str, start: int, end: int, font: FontEncoding, x1: Any) -> None:
    """Puts the letters of a stretch into their places; of two characters that are one letter the second is nothing."""
    written = text[start:end].translate(_SYMBOLS)
    units: list[tuple[int, int]] = []
    at = 0
    while at < len(written):
        pair = written[at : at + 2]
        one = convert(pair, font.encoding) if len(pair) > 1 and not pair.isspace() else pair
        size = 2 if len(pair) > 1 and len(one) == 1 else 1
        units.append((at, size))
        at += size
    whole = convert(written, font.encoding, capitals=font.capitals)
    if len(whole) != len(units):
        whole = "".join(
            convert(written[at : at + size], font.encoding, capitals=font.capitals)[:1] for at, size in units
        )
    if len(whole) != len(units):
        return  # a letter that stands for nothing
    for (at, size), letter in zip(units, whole, strict=True):
        letters[start + at] = letter
        if size > 1:
            letters[start + at + 1] = NOTHING
            x1[start + at] = max(x1[start + at], x1[start + at + 1])
