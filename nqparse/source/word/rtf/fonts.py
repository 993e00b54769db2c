"""Fonts of an RTF document: the letters that bytes are in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from nqparse.charset import FontEncoding, convert, encoding_of_font
from nqparse.charset.tables import WINDOWS_1258
from nqparse.source.word.symbols import in_symbol_font, is_symbol_font

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
class Font:
    """A font: its name, its character set, and the old encoding that it is made for."""

    name: str = ""
    charset: int = 0
    old: FontEncoding | None = None
    symbols: bool = False

    def named(self, name: str) -> None:
        """Sets the name."""
        self.name = name.strip()
        self.old = encoding_of_font(self.name)
        self.symbols = is_symbol_font(self.name)


@dataclass(slots=True)
class Fonts:
    """The fonts by their numbers, and the code page of fonts that have none."""

    by_number: dict[int, Font] = field(default_factory=dict)
    code_page: int = _WESTERN

    def set_code_page(self, page: int) -> None:
        """Takes the code page that the document names, if there is such a one."""
        if page in _KNOWN_PAGES:
            self.code_page = page

    def letters(self, data: bytes, font: Font | None) -> str:
        """Returns what bytes are in a font; those of an old font are Latin-1 until they are converted."""
        if font is not None and font.old is not None:
            return data.decode("latin-1")
        if font is not None and font.symbols:
            return in_symbol_font(data.decode("latin-1"), font.name)
        page = _CODE_PAGES.get(font.charset, "") if font is not None else ""
        page = page or f"cp{self.code_page}"
        if page == "cp1258":
            return convert(data.decode("latin-1"), WINDOWS_1258)
        # Bytes that the code page has no letter for are left to the look at the letters.
        text = data.decode(page, errors="surrogateescape")
        return (
            text if text.isascii() else "".join(chr(ord(c) - 0xDC00) if 0xDC80 <= ord(c) < 0xDD00 else c for c in text)
        )
