"""Fonts, styles and lists of a .doc."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from nqparse.source.word.doc.container import Container
from nqparse.source.word.doc.properties import Look, Shape, look_of, shape_of
from nqparse.source.word.lists import LEVELS, Counted, Level
from nqparse.source.word.looks import PLAIN_FONT, Font, font_named

_STYLES, _FONTS, _LISTS, _USES = 1, 15, 73, 74  # their tables in the header
_NAME = 39  # where the name begins in the record of a font
_NO_STYLE = 0xFFF
_PARAGRAPH, _CHARACTER = 1, 2
_NUMBERS = {
    0: "decimal", 1: "upper-roman", 2: "lower-roman", 3: "upper-letter", 4: "lower-letter", 22: "decimal-zero",
    23: "bullet", 255: "none",
}  # fmt: skip
_UNUSED = Level(style="none", suffix="")
_MOST_STYLES = 5_000
_MOST_LISTS = 20_000


def read_fonts(container: Container) -> list[Font]:
    """Reads the table of fonts."""
    data = container.place(_FONTS)
    fonts = []
    at = 4
    while at < len(data):
        end = at + 1 + data[at]
        name = data[at + 1 + _NAME : end].decode("utf-16-le", errors="ignore").partition("\x00")[0]
        fonts.append(font_named(name))
        at = end
    return fonts


@dataclass(slots=True)
class _Style:
    kind: int
    below: int
    shape: bytes
    look: bytes


class Styles:
    """The styles by their numbers."""

    def __init__(self, styles: list[_Style | None]) -> None:
        self._styles = styles
        self._looks: dict[int, Look] = {}
        self._shapes: dict[int, Shape] = {}

    def _chain(self, number: int) -> list[_Style]:
        """Returns a style and those below it, the lowest first."""
        chain: list[_Style] = []
        seen = set()
        while 0 <= number < len(self._styles) and number not in seen:
            seen.add(number)
            style = self._styles[number]
            if style is None:
                break
            chain.append(style)
            number = style.below
        return chain[::-1]

    def look(self, number: int) -> Look:
        """Returns how letters look in a style."""
        look = self._looks.get(number)
        if look is None:
            look = Look()
            for style in self._chain(number):
                look = look_of(style.look, look)
            self._looks[number] = look
        return look

    def shape(self, number: int) -> Shape:
        """Returns what paragraphs of a style are like."""
        shape = self._shapes.get(number)
        if shape is None:
            shape = Shape()
            for style in self._chain(number):
                shape = shape_of(style.shape, shape)
            shape = shape._replace(style=number, depth=0, row_end=False, cell_end=False, edges=())
            self._shapes[number] = shape
        return shape


def read_styles(container: Container) -> Styles:
    """Reads the styles; what is damaged among them is left out."""
    data = container.place(_STYLES)
    if len(data) < 6:
        return Styles([])
    size, count, base = struct.unpack_from("<HHH", data, 0)
    at = 2 + size
    styles: list[_Style | None] = []
    for _ in range(min(count, _MOST_STYLES)):
        if at + 2 > len(data):
            break
        (length,) = struct.unpack_from("<H", data, at)
        styles.append(_style(data[at + 2 : at + 2 + length], base))
        at += 2 + length
    return Styles(styles)


def _style(data: bytes, base: int) -> _Style | None:
    if len(data) < max(base, 10) + 2:
        return None
    _, second, third = struct.unpack_from("<HHH", data, 0)
    kind, below, count = second & 0xF, second >> 4, third & 0xF
    (name,) = struct.unpack_from("<H", data, base)
    at = base + 2 + 2 * name + 2
    parts = []
    for _ in range(count):
        at += at % 2
        if at + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, at)
        parts.append(data[at + 2 : at + 2 + size])
        at += 2 + size
    shape = parts[0][2:] if kind == _PARAGRAPH and parts else b""
    look = parts[1] if kind == _PARAGRAPH and len(parts) > 1 else parts[0] if kind == _CHARACTER and parts else b""
    return _Style(kind, -1 if below == _NO_STYLE else below, shape, look)


def read_lists(container: Container, fonts: list[Font]) -> list[Counted]:
    """Reads the lists, in the order that paragraphs count them in."""
    levels = _read_levels(container, fonts)
    data = container.place(_USES)
    if len(data) < 4:
        return []
    (count,) = struct.unpack_from("<I", data, 0)
    count = min(count, _MOST_LISTS, (len(data) - 4) // 16)
    heads = [struct.unpack_from("<iiiB", data, 4 + 16 * at) for at in range(count)]
    data, at = data[4 + 16 * count :], 0
    uses = []
    for lsid, _, _, overrides in heads:
        own = list(levels.get(lsid, (_UNUSED,) * LEVELS))
        starts = {}
        at += 4
        for _ in range(overrides):
            if at + 8 > len(data):
                break
            start, flags = struct.unpack_from("<iI", data, at)
            at += 8
            level = min(flags & 0xF, LEVELS - 1)
            if flags & 0x20:
                own[level], at = _level(data, at, fonts)
                start = own[level].start
            if flags & 0x10:
                starts[level] = start
        uses.append(Counted(lsid, tuple(own), starts))
    return uses


def _read_levels(container: Container, fonts: list[Font]) -> dict[int, tuple[Level, ...]]:
    data = container.place(_LISTS)
    if len(data) < 2:
        return {}
    (count,) = struct.unpack_from("<h", data, 0)
    rest = container.after(_LISTS)
    at = 0
    lists = {}
    for number in range(max(0, min(count, _MOST_LISTS, (len(data) - 2) // 28))):
        (lsid,) = struct.unpack_from("<i", data, 2 + 28 * number)
        is_simple = data[2 + 28 * number + 26] & 1
        levels = []
        for _ in range(1 if is_simple else LEVELS):
            if at + 28 > len(rest):
                break
            level, at = _level(rest, at, fonts)
            levels.append(level)
        lists[lsid] = (*levels, *[_UNUSED] * (LEVELS - len(levels)))
    return lists


def _level(data: bytes, at: int, fonts: list[Font]) -> tuple[Level, int]:
    """Reads a level; returns it with the place behind it."""
    if at + 28 > len(data):
        return _UNUSED, len(data)
    start, number, flags = struct.unpack_from("<iBB", data, at)
    places = set(data[at + 6 : at + 15])
    follows, looks, shapes, restart = data[at + 15], data[at + 24], data[at + 25], data[at + 26]
    at += 28 + shapes
    look = look_of(data[at : at + looks], Look())
    at += looks
    if at + 2 > len(data):
        return _UNUSED, len(data)
    (length,) = struct.unpack_from("<H", data, at)
    signs = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", errors="replace")
    at += 2 + 2 * length
    font = (font_at(fonts, look.font) if look.font is not None else None) or PLAIN_FONT
    parts: list[str | int] = []
    for position, sign in enumerate(signs, start=1):
        if ord(sign) < LEVELS and (position in places or ord(sign) > 0):
            parts.append(ord(sign))
        else:
            parts.append(font.shown(sign))
    level = Level(
        style=_NUMBERS.get(number, "decimal"),
        text=tuple(parts),
        suffix="" if follows == 2 else " ",
        start=start,
        restart=restart - 1 if flags & 8 else None,
        legal=bool(flags & 4),
        font=font.old,
        capitals=bool(look.capitals),
    )
    return level, at


def font_at(fonts: list[Font], number: int) -> Font | None:
    """Returns a font by its number, None if there is no such one."""
    return fonts[number] if number < len(fonts) else None
