"""How letters look, whatever the file: their font, whether they are shown as capitals, and what people see of them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from nqparse.charset import FontEncoding, encoding_of_font
from nqparse.source.word.symbols import PRIVATE, is_symbol_font, sign, without_private


class Look(NamedTuple):
    """What is said of the look of letters; None is what is not said.

    Attributes:
        font: the name of the font; "" for one of the theme, which is never an old one.
        capitals: whether small letters are shown as capitals.
        hidden: whether they are not shown at all.
    """

    font: str | None = None
    capitals: bool | None = None
    hidden: bool | None = None

    def over(self, below: Look) -> Look:
        """Returns this look where it says something, and the one below it where not."""
        return Look(
            below.font if self.font is None else self.font,
            below.capitals if self.capitals is None else self.capitals,
            below.hidden if self.hidden is None else self.hidden,
        )


class Font(NamedTuple):
    """A font: its name, the old encoding that it is made for, and whether it shows signs instead of letters."""

    name: str = ""
    old: FontEncoding | None = None
    symbols: bool = False

    def shown(self, text: str, *, typed: bool = False) -> str:
        """Returns a text as this font shows it.

        Args:
            text: the text.
            typed: it may have been put there with the keyboard: only its private area is signs for sure.
        """
        if not self.symbols:
            return without_private(text, old_font=self.old is not None)
        return "".join(char if typed and ord(char) not in PRIVATE else sign(ord(char), self.name) for char in text)

    def sign(self, code: int) -> str:
        """Returns what stands where the file puts a sign of this font by its number."""
        return sign(code, self.name) if self.old is None else without_private(chr(code), old_font=True)


PLAIN_LOOK = Look()
PLAIN_FONT = Font()
"""The font of letters that no font is told of."""


@lru_cache(maxsize=1024)
def font_named(name: str | None) -> Font:
    """Returns the font of a name."""
    return Font(name, encoding_of_font(name), is_symbol_font(name)) if name else PLAIN_FONT


def in_capitals(text: str, old: FontEncoding | None) -> tuple[str, FontEncoding | None]:
    """Returns a text that is shown in capitals, and the old encoding that it is in."""
    return (text.upper(), None) if old is None else (text, FontEncoding(old.encoding, capitals=True))


def as_shown(text: str, font: Font, *, capitals: bool | None) -> tuple[str, FontEncoding | None]:
    """Returns a text of a run as people see it, and the old encoding that it is in."""
    text = font.shown(text, typed=True)
    return in_capitals(text, font.old) if capitals else (text, font.old)
