"""Properties of a .doc: lists of changes ("sprm") to what a style says, for runs and for paragraphs."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from nqparse.source.word.doc.container import Container, plc

_PAGE = 512
# By the three highest bits of a sprm, how long its operand is; 0 says so itself.
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)
_TABLE_DEFINITION, _TABS = 0xD608, 0xC615
_CHARACTERS, _PARAGRAPHS = 12, 13  # the tables of pages in the header


def changes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yields each change: its number and its operand."""
    at = 0
    while at + 2 <= len(data):
        (sprm,) = struct.unpack_from("<H", data, at)
        at += 2
        size = _OPERANDS[sprm >> 13]
        if size == 0:
            if sprm == _TABLE_DEFINITION:
                if at + 2 > len(data):
                    return
                size = max(struct.unpack_from("<H", data, at)[0] - 1, 0)
                at += 2
            else:
                if at >= len(data):
                    return
                size = data[at]
                if sprm == _TABS and size == 255:
                    return  # longer than a list of changes may be
                at += 1
        yield sprm, data[at : at + size]
        at += size


class Look(NamedTuple):
    """What is said of letters; None is what is not said. Fonts are numbers in the table of fonts.

    Attributes:
        ascii: the font of ASCII letters.
        other: the font of the letters beyond.
        style: the style of characters.
        sign: a sign of a symbol font that stands here: the font and the code.
        special: whether the character is a mark of something else: a note, a picture.
    """

    ascii: int | None = None
    other: int | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    deleted: bool | None = None
    style: int | None = None
    sign: tuple[int, int] | None = None
    special: bool | None = None

    @property
    def font(self) -> int | None:
        """The font of the letters beyond ASCII, which are what matters here."""
        return self.ascii if self.other is None else self.other

    def over(self, below: Look) -> Look:
        """Returns this look where it says something, and the one below it where not."""
        return Look(*(theirs if mine is None else mine for mine, theirs in zip(self, below, strict=True)))  # type: ignore[arg-type]


def look_of(data: bytes, below: Look) -> Look:
    """Applies changes of a run to a look."""
    values = below._asdict()
    for sprm, operand in changes(data):
        if not operand:
            continue
        number = int.from_bytes(operand[:2], "little")
        if sprm == 0x4A4F:
            values["ascii"] = number
        elif sprm == 0x4A51:
            values["other"] = number
        elif sprm in (0x083B, 0x083C, 0x0800, 0x0855):
            name = {0x083B: "capitals", 0x083C: "hidden", 0x0800: "deleted", 0x0855: "special"}[sprm]
            # 0x80 is as the style has it, 0x81 the opposite.
            held = bool(getattr(below, name))
            values[name] = held if operand[0] == 0x80 else not held if operand[0] == 0x81 else bool(operand[0])
        elif sprm == 0x4A30:
            values["style"] = number
        elif sprm == 0x6A09 and len(operand) >= 4:
            values["sign"] = struct.unpack_from("<HH", operand)
        elif sprm == 0x2A33:
            values = dict.fromkeys(values)
    return Look(**values)


class Shape(NamedTuple):
    """What is said of a paragraph.

    Attributes:
        style: its style.
        list: its list, counted from 1; 0 is none.
        level: its level in the list.
        depth: how many tables it is in.
        row_end: it is the mark that ends a row.
        cell_end: it ends a cell of a table in a table.
        edges: the right ends of the cells of the row that it ends.
    """

    style: int = 0
    list: int | None = None
    level: int | None = None
    depth: int = 0
    row_end: bool = False
    cell_end: bool = False
    edges: tuple[int, ...] = ()


def shape_of(data: bytes, below: Shape) -> Shape:
    """Applies changes of a paragraph to a shape."""
    values = below._asdict()
    for sprm, operand in changes(data):
        if not operand:
            continue
        if sprm == 0x4600:
            values["style"] = int.from_bytes(operand[:2], "little")
        elif sprm == 0x460B:
            values["list"] = int.from_bytes(operand[:2], "little")
        elif sprm == 0x260A:
            values["level"] = operand[0]
        elif sprm == 0x2416:
            values["depth"] = max(values["depth"], 1) if operand[0] else 0
        elif sprm == 0x6649:
            values["depth"] = min(int.from_bytes(operand[:4], "little"), 1000)
        elif sprm in (0x2417, 0x244C):
            values["row_end"] = bool(operand[0])
        elif sprm == 0x244B:
            values["cell_end"] = bool(operand[0])
        elif sprm == _TABLE_DEFINITION:
            count = operand[0]
            if len(operand) >= 1 + 2 * (count + 1):
                values["edges"] = struct.unpack_from(f"<{count}h", operand, 3)
    return Shape(**values)


class Runs(NamedTuple):
    """Stretches of the main stream with the changes in each; `starts` are byte offsets."""

    starts: list[int]
    ends: list[int]
    changes: list[bytes]

    def at(self, byte: int) -> bytes:
        """Returns the changes at a byte."""
        index = bisect_right(self.starts, byte) - 1
        return self.changes[index] if index >= 0 and byte < self.ends[index] else b""


def read_character_runs(container: Container) -> Runs:
    """Reads what the file says of its runs."""
    return _read_pages(container, _CHARACTERS, _character_changes)


def read_paragraph_runs(container: Container) -> Runs:
    """Reads what the file says of its paragraphs: each with its style first, as two bytes."""
    return _read_pages(container, _PARAGRAPHS, _paragraph_changes)


def _read_pages(container: Container, index: int, read: Callable[[bytes, int, int], bytes]) -> Runs:
    runs = []
    _, entries = plc(container.place(index), 4)
    for entry in entries:
        at = (int.from_bytes(entry, "little") & 0x3FFFFF) * _PAGE
        page = container.main[at : at + _PAGE]
        if len(page) < _PAGE:
            continue
        count = page[-1]
        if 4 * (count + 1) > _PAGE:
            continue
        bounds = struct.unpack_from(f"<{count + 1}I", page, 0)
        for number in range(count):
            if bounds[number] < bounds[number + 1]:
                runs.append((bounds[number], bounds[number + 1], read(page, count, number)))
    runs.sort(key=lambda run: run[0])
    return Runs([run[0] for run in runs], [run[1] for run in runs], [run[2] for run in runs])


def _character_changes(page: bytes, count: int, number: int) -> bytes:
    at = 2 * page[4 * (count + 1) + number]
    return page[at + 1 : at + 1 + page[at]] if at else b""


def _paragraph_changes(page: bytes, count: int, number: int) -> bytes:
    place = 4 * (count + 1) + 13 * number
    at = 2 * page[place] if place < _PAGE else 0
    if not at:
        return b""
    size = page[at]
    if size == 0:
        return page[at + 2 : at + 2 + 2 * page[at + 1]]
    return page[at + 1 : at + 2 * size]
