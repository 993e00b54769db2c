"""Fonts of an RTF document: the letters that bytes are in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from nqparse.charset import convert
from nqparse.charset.tables import WINDOWS_1258
from nqparse.source.word.looks import PLAIN_FONT, Font

# By the number of a character set, the code page of Windows.
_CODE_PAGES = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 130: "cp1361", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
_SYMBOLS = 2
_WESTERN = 1252
_KNOWN_PAGES = frozenset((437, 850, 852, 874, 932, 936, 949, 950, *range(1250, 1259)))


@dataclass(slots=True)
class Entry:
    """A font of the table of fonts, and its character set."""

    font: Font = PLAIN_FONT
    charset: int = 0


@dataclass(slots=True)
class Fonts:
    """The fonts by their numbers, and the code page of fonts that have none."""

    by_number: dict[int, Entry] = field(default_factory=dict)
    code_page: int = _WESTERN

    def set_code_page(self, page: int) -> None:
        """Takes the code page that the document names, if there is such a one."""
        if page in _KNOWN_PAGES:
            self.code_page = page

    def at(self, number: int) -> Entry:
        """Returns the font of a number; a plain one if there is none."""
        return self.by_number.get(number) or Entry()

    def letters(self, data: bytes, entry: Entry) -> str:
        """Returns what bytes are in a font; those of an old font are Latin-1 until they are converted."""
        if entry.font.old is not None:
            return data.decode("latin-1")
        if entry.font.symbols:
            return entry.font.shown(data.decode("latin-1"))
        page = _CODE_PAGES.get(entry.charset) or f"cp{self.code_page}"
        if page == "cp1258":
            return convert(data.decode("latin-1"), WINDOWS_1258)
        # Bytes that the code page has no letter for are left to the look at the letters.
        text = data.decode(page, errors="surrogateescape")
        return (
            text if text.isascii() else "".join(chr(ord(c) - 0xDC00) if 0xDC80 <= ord(c) < 0xDD00 else c for c in text)
        )
