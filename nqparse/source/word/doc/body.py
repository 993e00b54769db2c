"""The text of a .doc: its parts, paragraph by paragraph and run by run."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from nqparse.source.blocks.boxes import Box
from nqparse.source.blocks.figures import roman
from nqparse.source.word.doc.container import Container, plc
from nqparse.source.word.doc.properties import (
    Look,
    Shape,
    changes,
    look_of,
    read_character_runs,
    read_paragraph_runs,
    shape_of,
)
from nqparse.source.word.doc.styles import font_at, read_fonts, read_lists, read_styles
from nqparse.source.word.fields import Fields
from nqparse.source.word.lists import Counted, Counters
from nqparse.source.word.looks import PLAIN_FONT, Font, as_shown
from nqparse.source.word.story import Story
from nqparse.source.word.tables import Tables

_NOTES, _NOTE_TEXTS, _SECTIONS, _HEADS, _ANCHORS = 2, 3, 6, 11, 40
_END_NOTES, _END_NOTE_TEXTS, _BOXES = 46, 47, 56
_END = re.compile("[\r\x07\x0c]")
_MARK = re.compile("[\x01-\x08\x0b\x0e\x13-\x15\x1e\x1f\x28]|[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_TITLE_PAGE = 0x300A
_HEADS_FIRST = 6  # stories before those of the first section: the lines that part notes from text
_PER_SECTION = 6
_ODD_HEAD, _ODD_FOOT, _FIRST_HEAD, _FIRST_FOOT = 1, 3, 4, 5
_BOX_ANCHOR = 14  # where the record of a box has the number of its shape


@dataclass(slots=True)
class _Flow:
    """A part that is told by itself."""

    story: Story
    is_running: bool = False
    is_note: bool = False
    fields: Fields = field(default_factory=Fields)
    tables: Tables = field(init=False)

    def __post_init__(self) -> None:
        self.tables = Tables(self.story)


class Body:
    """Tells the document and what belongs to it."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._story = Story()
        self._text = container.text()
        self._runs = read_character_runs(container)
        self._shapes = read_paragraph_runs(container)
        self._fonts = read_fonts(container)
        self._styles = read_styles(container)
        self._lists = read_lists(container, self._fonts)
        self._notes = self._read_notes(_NOTES, str)
        self._end_notes = self._read_notes(_END_NOTES, roman)
        self._anchors = self._read_boxes()
        self._counters = Counters()
        self._looks: dict[tuple[int, bytes, bytes], Look] = {}

    def tell(self) -> Box:
        """Returns the boxes of the document."""
        parts = self._container.parts
        flow = _Flow(self._story)
        start = 0
        for number, (end, has_title) in enumerate(self._read_sections()):
            self._tell(start, end, flow)
            self._story.end_section(*self._running(number, has_title))
            start = end
        base = parts.main
        self._tell_notes(_NOTE_TEXTS, base, self._notes)
        base += parts.footnotes + parts.heads + parts.macros + parts.comments
        self._tell_notes(_END_NOTE_TEXTS, base, self._end_notes)
        return self._story.end()

    # -- parts -----------------------------------------------------------------------------------

    def _read_sections(self) -> list[tuple[int, bool]]:
        """Returns the end of each section, and whether its first page has a head of its own."""
        main = self._container.parts.main
        positions, entries = plc(self._container.place(_SECTIONS), 12)
        sections = []
        for end, entry in zip(positions[1:], entries, strict=True):
            (at,) = struct.unpack_from("<i", entry, 2)
            has_title = False
            if 0 <= at < len(self._container.main) - 2:
                (size,) = struct.unpack_from("<H", self._container.main, at)
                has_title = any(
                    sprm == _TITLE_PAGE and operand[:1] != b"\x00"
                    for sprm, operand in changes(self._container.main[at + 2 : at + 2 + size])
                )
            sections.append((min(end, main), has_title))
        if not sections or sections[-1][0] < main:
            sections.append((main, False))
        return sections

    def _running(self, section: int, has_title: bool) -> tuple[list[Box], list[Box]]:
        parts = self._container.parts
        base = parts.main + parts.footnotes
        positions, _ = plc(self._container.place(_HEADS), 0)
        sides = []
        for kinds in ((_FIRST_HEAD, _ODD_HEAD), (_FIRST_FOOT, _ODD_FOOT)):
            boxes = []
            for kind in kinds if has_title else kinds[1:]:
                at = _HEADS_FIRST + _PER_SECTION * section + kind
                if at + 1 < len(positions) and positions[at] < positions[at + 1] <= parts.heads:
                    flow = _Flow(Story(limits=self._story), is_running=True)
                    # The last mark is not a part of the story.
                    self._tell(base + positions[at], base + positions[at + 1] - 1, flow)
                    boxes.append(flow.story.end())
            sides.append(boxes)
        return sides[0], sides[1]

    def _read_notes(self, index: int, figure: Callable[[int], str]) -> dict[int, str]:
        positions, _ = plc(self._container.place(index), 2)
        return {at: figure(number) for number, at in enumerate(positions[:-1], start=1)}

    def _tell_notes(self, index: int, base: int, marks: dict[int, str]) -> None:
        positions, _ = plc(self._container.place(index), 0)
        shown = list(marks.values())
        for number, (start, end) in enumerate(pairwise(positions)):
            if number >= len(shown):
                break
            flow = _Flow(Story(limits=self._story), is_note=True)
            flow.story.text(f"[{shown[number]}] ")
            self._tell(base + start, base + end, flow)
            self._story.put_aside(flow.story.end())
        if shown:
            self._story.end_paragraph()

    def _read_boxes(self) -> dict[int, tuple[int, int]]:
        """Returns where the text of each box is, by the place in the text that the box hangs on."""
        parts = self._container.parts
        base = parts.main + parts.footnotes + parts.heads + parts.macros + parts.comments + parts.endnotes
        positions, entries = plc(self._container.place(_BOXES), 22)
        places = {}
        for number, entry in enumerate(entries):
            (shape,) = struct.unpack_from("<i", entry, _BOX_ANCHOR)
            start, end = positions[number], positions[number + 1]
            if 0 <= start < end <= parts.boxes:
                places[shape] = (base + start, base + end)
        anchors, shapes = plc(self._container.place(_ANCHORS), 26)
        found = {}
        for at, entry in zip(anchors, shapes, strict=False):
            (shape,) = struct.unpack_from("<i", entry, 0)
            if shape in places:
                found[at] = places[shape]
        return found

    # -- paragraphs ------------------------------------------------------------------------------

    def _tell(self, start: int, end: int, flow: _Flow) -> None:
        end = min(end, len(self._text))
        while start < end:
            mark = _END.search(self._text, start, end)
            stop = mark.start() if mark else end
            self._tell_paragraph(start, stop, flow)
            start = stop + 1
        flow.tables.leave(0)

    def _shape(self, position: int) -> Shape:
        data = self._shapes.at(self._container.byte_of(position))
        style = int.from_bytes(data[:2], "little")
        return shape_of(data[2:], self._styles.shape(style))

    def _tell_paragraph(self, start: int, stop: int, flow: _Flow) -> None:
        story, mark = flow.story, self._text[stop] if stop < len(self._text) else "\r"
        if mark == "\x0c":
            # The end of a page inside a paragraph, or of a section.
            if stop > start:
                shape = self._shape(stop)
                flow.tables.enter(shape.depth)
                self._tell_runs(start, stop, shape, flow)
                self._number(shape, flow)
                story.end_paragraph()
            return
        shape = self._shape(stop)
        if shape.row_end and shape.depth:
            flow.tables.end_row(shape.depth, list(shape.edges))
            return
        flow.tables.enter(shape.depth)
        self._tell_runs(start, stop, shape, flow)
        if self._look(stop, shape.style).deleted and mark == "\r":
            return  # its end was deleted: what follows belongs to it
        self._number(shape, flow)
        story.end_paragraph(pages=flow.fields.pages and flow.is_running)
        flow.fields.pages = False
        if shape.depth and (mark == "\x07" or shape.cell_end):
            flow.tables.end_cell(shape.depth)

    def _number(self, shape: Shape, flow: _Flow) -> None:
        use = self._use(shape.list)
        if use is None:
            return
        shown, level = self._counters.next(use, shape.level or 0)
        if shown:
            font = self._font(self._styles.look(shape.style).font)
            flow.story.begin_with(shown + level.suffix, level.font or (font.old if font is not None else None))

    def _use(self, number: int | None) -> Counted | None:
        if not number or number > len(self._lists):
            return None
        return self._lists[number - 1]

    # -- runs ------------------------------------------------------------------------------------

    def _look(self, position: int, style: int) -> Look:
        byte, piece = self._container.byte_of(position), self._container.piece_at(position)
        return self._look_of(self._runs.at(byte), piece.changes if piece is not None else b"", style)

    def _look_of(self, data: bytes, over: bytes, style: int) -> Look:
        key = (style, data, over)
        look = self._looks.get(key)
        if look is None:
            below = self._styles.look(style)
            look = look_of(data, below)
            if look.style is not None:
                # The style of characters lies between the paragraph's and what the run says itself.
                look = look_of(data, self._styles.look(look.style).over(below))
            if over:
                look = look_of(over, look)
            self._looks[key] = look
        return look

    def _tell_runs(self, start: int, stop: int, shape: Shape, flow: _Flow) -> None:
        while start < stop:
            piece = self._container.piece_at(start) or self._container.pieces[0]
            byte = piece.byte_of(start)
            run = bisect_right(self._runs.starts, byte) - 1
            data, limit = b"", piece.end
            if run >= 0 and byte < self._runs.ends[run]:
                data = self._runs.changes[run]
                limit = min(limit, start + -(-(self._runs.ends[run] - byte) // piece.width))
            elif run + 1 < len(self._runs.starts):
                limit = min(limit, start + max(1, (self._runs.starts[run + 1] - byte) // piece.width))
            limit = max(min(limit, stop), start + 1)
            self._tell_run(start, limit, self._look_of(data, piece.changes, shape.style), flow)
            start = limit

    def _tell_run(self, start: int, stop: int, look: Look, flow: _Flow) -> None:
        text = self._text[start:stop]
        done = 0
        for mark in _MARK.finditer(text):
            self._tell_text(text[done : mark.start()], look, flow)
            self._tell_mark(mark.group(), start + mark.start(), look, flow)
            done = mark.end()
        self._tell_text(text[done:], look, flow)

    def _tell_mark(self, mark: str, position: int, look: Look, flow: _Flow) -> None:
        if mark == "\x13":
            flow.fields.begin()
        elif mark == "\x14":
            flow.fields.show()
        elif mark == "\x15":
            flow.fields.end()
        elif not self._is_shown(look, flow):
            pass
        elif mark == "\x0b":
            flow.story.break_line()
        elif mark == "\x1e":
            self._tell_text("\u2011", look, flow)
        elif mark == "\x1f":
            self._tell_text("\u00ad", look, flow)
        elif mark == "\x0e":
            flow.story.break_page()
        elif mark == "\x02" and not flow.is_note:
            shown = self._notes.get(position) or self._end_notes.get(position)
            flow.story.text(f"[{shown}]" if shown else "")
        elif mark == "\x08" and position in self._anchors:
            start, end = self._anchors.pop(position)
            box = _Flow(Story(limits=self._story))
            self._tell(start, end, box)
            flow.story.put_aside(box.story.end())
        elif mark == "(":
            font = self._font(look.sign[0]) if look.special and look.sign is not None else None
            if font is None or look.sign is None:
                self._tell_text("(", look, flow)
            else:
                flow.story.text(font.sign(look.sign[1]), font.old)
        elif len(mark) == 2:
            self._tell_text(mark.encode("utf-16-le", "surrogatepass").decode("utf-16-le"), look, flow)

    def _is_shown(self, look: Look, flow: _Flow) -> bool:
        return not (look.hidden or look.deleted) and flow.fields.is_shown(is_running=flow.is_running)

    def _tell_text(self, text: str, look: Look, flow: _Flow) -> None:
        if not text:
            return
        if flow.fields.is_told:
            flow.fields.tell(text)
        elif self._is_shown(look, flow):
            flow.story.text(*as_shown(text, self._font(look.font) or PLAIN_FONT, capitals=look.capitals))

    def _font(self, number: int | None) -> Font | None:
        return font_at(self._fonts, 0 if number is None else number)
