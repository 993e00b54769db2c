"""The text of an RTF document, token by token."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from nqparse.source.blocks.boxes import Box
from nqparse.source.word.fields import tells_page
from nqparse.source.word.finish import DamagedError
from nqparse.source.word.looks import font_named, in_capitals
from nqparse.source.word.rtf.fonts import Entry, Fonts
from nqparse.source.word.story import MOST_DEPTH, Story, TooMuchError
from nqparse.source.word.tables import Tables

_TOKEN = re.compile(
    rb"([^\\{}\r\n\x00]+)|\\([A-Za-z]{1,40})(-?[0-9]{1,10})? ?|\\'([0-9A-Fa-f]{2})|([{}])|\\([^A-Za-z])|(.)", re.DOTALL
)
_MOST_GROUPS = 10_000  # in one another
# Groups that hold no text of the document.
_DROPPED = frozenset((
    "colortbl", "stylesheet", "info", "pict", "objdata", "objclass", "objname", "shprslt", "sp", "nonesttables",
    "annotation", "atnid", "atnauthor", "xe", "tc", "rxe", "bkmkstart", "bkmkend", "listtable",
    "listoverridetable", "revtbl", "rsidtbl", "themedata", "datafield", "formfield", "filetbl", "template",
    "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "pnseclvl", "pntxta", "pntxtb", "falt", "panose",
))  # fmt: skip
# Groups that old programs are told to leave out (`\*`) and that hold text.
_STARRED = frozenset(("shpinst", "do", "ud", "nesttableprops", "fldinst", "shppict", "shptxt", "dptxbxtext"))
_RUNNING = frozenset((
    "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
))  # fmt: skip
_BOXES = frozenset(("shptxt", "dptxbxtext"))
_SIGNS = {
    "tab": "\t", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"-": "\u00ad", b"_": "\u2011"}


@dataclass(slots=True)
class _State:
    """What holds until the group ends."""

    font: int = -1
    skip: int = 1  # characters that stand for a \\u for old programs
    hidden: bool = False
    deleted: bool = False
    capitals: bool = False
    table: int = 0  # how many tables the paragraph is in
    dropped: bool = False
    kind: str = ""  # what the group is


@dataclass(slots=True)
class _Flow:
    """A part that is told by itself: the body, a running head, a note, a box."""

    story: Story
    groups: int  # how many groups were open when it began
    kind: str = ""
    pages: bool = False
    tables: Tables = field(init=False)

    def __post_init__(self) -> None:
        self.tables = Tables(self.story)


class Body:
    """Reads a document."""

    def __init__(self) -> None:
        self.fonts = Fonts()
        self._state = _State()
        self._states: list[_State] = []
        self._story = Story()
        self._flows = [_Flow(self._story, 0)]
        self._fields: list[str] = []
        self._bytes = bytearray()
        self._skip = 0
        self._starred = False
        self._heads: dict[str, Box] = {}
        self._title_page = False
        self._notes: list[Box] = []
        self._edges: list[int] = []
        self._default_font = -1
        self._font_name: list[str] = []
        self._high = ""

    def tell(self, data: bytes) -> Box:
        """Returns the boxes of a document.

        Raises:
            DamagedError: if its end is missing.
            TooMuchError: if it holds more than is read.
        """
        at, end = 0, len(data)
        match = _TOKEN.match
        while at < end:
            token = match(data, at)
            assert token is not None  # its last alternative takes any byte
            at = token.end()
            kind = token.lastindex
            if kind == 1:
                self._raw(token.group(1))
            elif kind in (2, 3):
                word = token.group(2).decode("ascii")
                number = int(token.group(3)) if kind == 3 else None
                if word == "bin":
                    at += max(number or 0, 0)
                else:
                    self._word(word, number)
            elif kind == 4:
                self._byte(int(token.group(4), 16))
            elif kind == 5:
                if token.group(5) == b"{":
                    self._open()
                elif self._close():
                    break  # what follows is no part of the document
            elif kind == 6:
                self._symbol(token.group(6))
        if self._states:
            raise DamagedError("its end is missing", "thiếu phần cuối")
        self._flush()
        self._flows[-1].tables.leave(0)
        self._end_section()
        for box in self._notes:
            self._story.put_aside(box)
        if self._notes:
            self._story.end_paragraph()
        return self._story.end()

    # -- groups ----------------------------------------------------------------------------------

    def _open(self) -> None:
        self._flush()
        if len(self._states) >= _MOST_GROUPS:
            raise TooMuchError
        self._skip = 0
        self._states.append(self._state)
        self._state = replace(self._state, kind="")
        self._starred = False

    def _close(self) -> bool:
        """A group ends; returns whether it was the document."""
        self._flush()
        self._skip = 0
        if not self._states:
            return True
        flow = self._flows[-1]
        if self._state.kind == "field" and self._fields:
            flow.pages = tells_page(self._fields.pop()) or flow.pages
        if len(self._flows) > 1 and flow.groups == len(self._states):
            self._leave(flow)
        self._state = self._states.pop()
        return not self._states

    def _begin(self, kind: str) -> bool:
        """A group is of a kind; returns whether the word that says so is done with."""
        state = self._state
        if state.dropped:
            return True
        if kind in _DROPPED:
            state.dropped = True
        elif kind in _RUNNING or kind in _BOXES or kind == "footnote":
            flow = _Flow(Story(limits=self._story), len(self._states), kind)
            if kind == "footnote":
                flow.story.text(f"[{len(self._notes) + 1}] ")
            self._flows.append(flow)
            if len(self._flows) > MOST_DEPTH:
                raise TooMuchError
            state.table = 0
        elif kind == "field":
            self._fields.append("")
        elif kind == "upr":
            # The same in the code page first, then in Unicode.
            state.dropped = True
            state.kind = "upr"
            return True
        elif kind not in ("fonttbl", "fldinst", "fldrslt"):
            return False
        state.kind = kind
        return True

    def _leave(self, flow: _Flow) -> None:
        flow.tables.leave(0)
        self._flows.pop()
        box = flow.story.end()
        if flow.kind in _RUNNING:
            self._heads[flow.kind] = box
        elif flow.kind == "footnote":
            self._notes.append(box)
        else:
            self._flows[-1].story.put_aside(box)

    def _end_section(self) -> None:
        sides = []
        for side in ("header", "footer"):
            kinds = (f"{side}f",) if self._title_page else ()
            sides.append([self._heads[kind] for kind in (*kinds, side, f"{side}r") if kind in self._heads])
        if self._story.depth == 0:
            self._story.end_section(*sides)

    # -- tokens ----------------------------------------------------------------------------------

    def _raw(self, text: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(text))
            self._skip -= skipped
            text = text[skipped:]
        self._bytes += text

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(value)

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif symbol in b"\\{}":
            self._raw(symbol)
        elif symbol in b"\r\n":
            self._word("par", None)
        elif symbol in _SYMBOLS:
            if self._skip:
                self._skip -= 1
                return
            self._flush()
            self._text(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        if word == "u":
            self._flush(keep_surrogate=True)
            self._unicode(number or 0)
            return
        if self._skip and word in _SIGNS:
            self._skip -= 1
            return
        self._flush()
        state = self._state
        if self._starred:
            self._starred = False
            if word not in _STARRED:
                state.dropped = True
                return
            if word == "ud":
                # The Unicode side of a pair whose other side is left out.
                state.dropped = self._states[-2].dropped if len(self._states) > 1 else False
                return
        if self._begin(word):
            return
        handler = _WORDS.get(word)
        if handler is not None:
            handler(self, number)
        elif word in _SIGNS and not state.dropped:
            self._text(_SIGNS[word])

    def _unicode(self, number: int) -> None:
        code = number & 0xFFFF
        self._skip = self._state.skip
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
        elif 0xDC00 <= code < 0xE000:
            pair = (self._high + chr(code)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            self._high = ""
            self._text(pair)
        elif code:
            self._high = ""
            self._text(self._entry().font.shown(chr(code)))

    def _flush(self, *, keep_surrogate: bool = False) -> None:
        if not keep_surrogate:
            self._high = ""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            if not self._state.dropped:
                self._text(self.fonts.letters(data, self._entry()))

    # -- text ------------------------------------------------------------------------------------

    def _entry(self) -> Entry:
        return self.fonts.at(self._state.font if self._state.font >= 0 else self._default_font)

    def _text(self, text: str) -> None:
        state = self._state
        if state.dropped:
            return
        if state.kind == "fonttbl" or self._in_font_table():
            self._name_font(text)
        elif state.kind == "fldinst" or self._in_instruction():
            if self._fields:
                self._fields[-1] += text
        elif not state.hidden and not state.deleted and not self._is_page_number():
            old = self._entry().font.old
            if state.capitals:
                text, old = in_capitals(text, old)
            self._flows[-1].tables.enter(state.table)
            self._flows[-1].story.text(text.replace("\x00", ""), old)

    def _in_font_table(self) -> bool:
        return bool(self._states) and self._states[-1].kind == "fonttbl"

    def _in_instruction(self) -> bool:
        return any(state.kind == "fldinst" for state in self._states[-3:])

    def _is_page_number(self) -> bool:
        return self._flows[-1].kind in _RUNNING and bool(self._fields) and tells_page(self._fields[-1])

    def _name_font(self, text: str) -> None:
        name, end, _ = text.partition(";")
        self._font_name.append(name)
        if end:
            entry = self.fonts.by_number.setdefault(self._state.font, Entry())
            entry.font = font_named("".join(self._font_name).strip())
            self._font_name.clear()

    def _set_font(self, number: int | None) -> None:
        self._state.font = number or 0
        if self._state.kind == "fonttbl" or self._in_font_table():
            self.fonts.by_number[self._state.font] = Entry()
            self._font_name.clear()

    def _set_charset(self, number: int | None) -> None:
        entry = self.fonts.by_number.get(self._state.font)
        if entry is not None:
            entry.charset = number or 0

    # -- paragraphs and tables -------------------------------------------------------------------

    def _end_paragraph(self, _number: int | None) -> None:
        if self._state.dropped or self._state.deleted:
            return
        self._flows[-1].tables.enter(self._state.table)
        flow = self._flows[-1]
        flow.story.end_paragraph(pages=flow.pages and flow.kind in _RUNNING)
        flow.pages = False

    def _break(self, _number: int | None) -> None:
        if not self._state.dropped:
            self._flows[-1].tables.enter(self._state.table)
            self._flows[-1].story.break_line()

    def _break_page(self, _number: int | None) -> None:
        if not self._state.dropped:
            self._flows[-1].story.break_page()

    def _break_section(self, _number: int | None) -> None:
        if self._state.dropped or len(self._flows) > 1:
            return
        self._flows[-1].tables.leave(0)
        self._end_section()

    def _end_cell(self, _number: int | None) -> None:
        self._close_cell(1)

    def _end_nested_cell(self, _number: int | None) -> None:
        self._close_cell(max(self._state.table, 2))

    def _close_cell(self, depth: int) -> None:
        if not self._state.dropped:
            self._flows[-1].tables.end_cell(depth)

    def _end_row(self, _number: int | None) -> None:
        self._close_row(1)

    def _end_nested_row(self, _number: int | None) -> None:
        self._close_row(max(self._state.table, 2))

    def _close_row(self, depth: int) -> None:
        if not self._state.dropped:
            self._flows[-1].tables.end_row(depth, list(self._edges))

    def _row_defined(self, _number: int | None) -> None:
        self._edges = []

    def _cell_defined(self, number: int | None) -> None:
        if len(self._edges) < 1000:
            self._edges.append(number or 0)

    # -- what holds for what follows ---------------------------------------------------------------

    def _plain(self, _number: int | None) -> None:
        state = self._state
        state.font, state.hidden, state.deleted, state.capitals = -1, False, False, False

    def _paragraph_plain(self, _number: int | None) -> None:
        self._state.table = 0

    def _in_table(self, _number: int | None) -> None:
        self._state.table = max(self._state.table, 1)

    def _table_depth(self, number: int | None) -> None:
        self._state.table = max(number or 0, 0)

    def _hide(self, number: int | None) -> None:
        self._state.hidden = number != 0

    def _delete(self, number: int | None) -> None:
        self._state.deleted = number != 0

    def _capitals(self, number: int | None) -> None:
        self._state.capitals = number != 0

    def _set_skip(self, number: int | None) -> None:
        self._state.skip = min(max(1 if number is None else number, 0), 16)

    def _code_page(self, number: int | None) -> None:
        self.fonts.set_code_page(number or 0)

    def _set_default_font(self, number: int | None) -> None:
        self._default_font = number or 0

    def _set_title_page(self, _number: int | None) -> None:
        self._title_page = True

    def _note_mark(self, _number: int | None) -> None:
        if self._flows[-1].kind != "footnote" and not self._state.dropped:
            self._text(f"[{len(self._notes) + 1}]")

    def _page_number(self, _number: int | None) -> None:
        self._flows[-1].pages = True


_WORDS = {
    "f": Body._set_font, "fcharset": Body._set_charset, "uc": Body._set_skip, "ansicpg": Body._code_page,
    "deff": Body._set_default_font, "plain": Body._plain, "pard": Body._paragraph_plain,
    "par": Body._end_paragraph, "line": Body._break, "lbr": Body._break, "page": Body._break_page,
    "column": Body._break_page, "sect": Body._break_section, "intbl": Body._in_table, "itap": Body._table_depth,
    "cell": Body._end_cell, "nestcell": Body._end_nested_cell, "row": Body._end_row,
    "nestrow": Body._end_nested_row, "trowd": Body._row_defined, "cellx": Body._cell_defined, "v": Body._hide,
    "deleted": Body._delete, "caps": Body._capitals, "titlepg": Body._set_title_page, "chftn": Body._note_mark,
    "chpgn": Body._page_number,
}  # fmt: skip
