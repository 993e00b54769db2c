"""Gives lines their text: letters of old fonts are converted, by the name of the font or by their look."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from nqparse.charset import Decoded, FontEncoding, convert, mend
from nqparse.charset.detect import telling_words
from nqparse.charset.syllables import is_plausible
from nqparse.charset.tables import BYTE_OF
from nqparse.source.blocks.boxes import Line


def settle_letters(lines: list[Line], encoding: str, old: str = "") -> Decoded:
    """Sets the text of every line.

    Args:
        lines: the lines.
        encoding: what the file was decoded with; it is reported where nothing is converted.
        old: the old encoding that all letters are in, because the user or the file names it.

    Returns:
        How it was done; its text is of no use.
    """
    if old:
        for line in lines:
            line.settle(convert("".join(text for text, _ in line.pieces), old))
        return Decoded("", old, confidence(lines), converted=True)
    trusted = _trusted_fonts(lines)
    for line in lines:
        line.settle(_in_fonts(line, trusted))
    mended = mend("\n".join(line.text for line in lines), encoding)
    if mended.converted:
        for line, text in zip(lines, mended.text.split("\n"), strict=True):
            line.text = text
        return mended
    if trusted:
        names = sorted({font.encoding for font in trusted})
        return Decoded("", "+".join(names), confidence(lines), converted=True)
    return mended


def _in_fonts(line: Line, trusted: frozenset[FontEncoding]) -> str:
    raw = "".join(text for text, _ in line.pieces)
    if not trusted or not any(font in trusted for _, font in line.pieces):
        return raw
    converted = "".join(
        convert(text, font.encoding, capitals=font.capitals) if font is not None and font in trusted else text
        for text, font in _runs(line)
    )
    # Who went on writing in a file that was converted may have kept the name of the font; such a line holds letters
    # that no byte of an old font was ever read as.
    is_unicode = not BYTE_OF.keys() >= set(raw) and _plausible(raw) > _plausible(converted)
    return raw if is_unicode else converted


def _runs(line: Line) -> Iterator[tuple[str, FontEncoding | None]]:
    """Yields the text of a line by fonts, joined: the two signs of a letter may stand in two pieces."""
    for font, pieces in groupby(line.pieces, key=lambda piece: piece[1]):
        yield "".join(text for text, _ in pieces), font


def _trusted_fonts(lines: list[Line]) -> frozenset[FontEncoding]:
    """Returns the old fonts whose text is in their encoding. Many a page was converted and kept the fonts' names."""
    fonts: set[FontEncoding] = set()
    # By encoding: how many words the conversion makes Vietnamese, less those that are so without it.
    gains: dict[str, int] = {}
    for line in lines:
        for text, font in _runs(line):
            if font is not None:
                fonts.add(font)
                gain = _plausible(convert(text, font.encoding)) - _plausible(text)
                gains[font.encoding] = gains.get(font.encoding, 0) + gain
    return frozenset(font for font in fonts if gains[font.encoding] > 0)


def _plausible(text: str) -> int:
    return sum(map(is_plausible, telling_words(text)))


def confidence(lines: list[Line]) -> float:
    """Returns the share of telling words that are Vietnamese, 1 where there are none."""
    words = [word for line in lines for word in telling_words(line.text)]
    return sum(map(is_plausible, words)) / len(words) if words else 1.0
