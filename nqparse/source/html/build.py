"""From the tags of a page to boxes and lines.

The page comes as a stream of events from lxml, which builds no tree of its own then: time is linear in the size,
and memory is what the boxes need. A page that is read into a tree by a browser's rules can grow without bounds
from a few kilobytes of tags that nobody closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module

from nqparse.charset import FontEncoding
from nqparse.source.blocks.boxes import Box, Kind, Line
from nqparse.source.html import marks

# Its types are not among those that mypy brings along.
etree = import_module("lxml.etree")

MOST_DEPTH = 5_000
MOST_PARTS = 500_000


class TooDeepError(ValueError):
    """The elements of a page are nested deeper than in any page that people wrote."""


class TooManyError(ValueError):
    """A page has more blocks and lines than any page that people wrote."""


@dataclass(slots=True)
class _Open:
    """What an open element changed, so that its end can put it back."""

    box: Box | None
    breaking: bool
    font: FontEncoding | None
    linking: bool = False
    keeping: bool = False
    quoting: bool = False
    is_article: bool = False


@dataclass(slots=True)
class _List:
    """An open list. Its items get their numbers when it ends: a list that counts down begins with their number."""

    style: str
    numbered: bool
    start: int | None = None
    down: bool = False
    items: list[tuple[Box, Mapping[str, str]]] = field(default_factory=list)

    def number(self) -> None:
        """Gives every item its marker."""
        step = -1 if self.down else 1
        number = self.start if self.start is not None else len(self.items) if self.down else 1
        for item, attributes in self.items:
            told = marks.number_in(attributes, "value")
            number = number if told is None else told
            item.marker = marks.marker(self.style, number, attributes)
            number += step


class _Builder:
    """Takes the events of a page."""

    def __init__(self) -> None:
        self.root = Box("flow")
        self._boxes = [self.root]
        self._open: list[_Open] = []
        self._lists: list[_List] = []
        self._skipped = 0  # how deep inside an element that is dropped
        self._articles = 0
        self._links = 0
        self._keeping = 0
        self._font: FontEncoding | None = None
        self._pieces: list[tuple[str, FontEncoding | None]] = []
        self._linked = 0
        self._parts = 0

    # -- events ----------------------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._skipped:
            self._skipped += 1
            return
        tag = tag.lower()
        if tag in marks.DROPPED or ((attributes or tag == "dialog") and marks.is_hidden(tag, attributes)):
            self._skipped = 1
            return
        if len(self._open) >= MOST_DEPTH:
            raise TooDeepError
        if tag == "br":
            self._end_line(soft=True)
        kind = marks.kind_of(tag, attributes)
        opened = _Open(None, kind is not None or tag in marks.BREAKING, self._font)
        if opened.breaking:
            self._end_line()
        if kind is not None:
            opened.box = self._box(tag, kind, attributes)
        if attributes:
            self._font = marks.font_of(tag, attributes, self._font)
        if tag == "a" and attributes.get("href"):
            opened.linking = True
            self._links += 1
        elif tag in marks.KEEPING:
            opened.keeping = True
            self._keeping += 1
        elif tag == "q":
            opened.quoting = True
            self.data("“")
        elif tag in ("article", "main"):
            opened.is_article = True
            self._articles += 1
        self._open.append(opened)

    def end(self, _tag: str) -> None:
        """The last element that is open ends."""
        if self._skipped:
            self._skipped -= 1
            return
        if not self._open:
            return
        opened = self._open.pop()
        if opened.quoting:
            self.data("”")
        if opened.breaking:
            self._end_line()
        if opened.box is not None:
            self._boxes.pop()
            if opened.box.kind == "list":
                self._lists.pop().number()
        self._font = opened.font
        self._links -= opened.linking
        self._keeping -= opened.keeping
        self._articles -= opened.is_article

    def data(self, text: str) -> None:
        """A piece of text."""
        if self._skipped:
            return
        if self._keeping:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._add(first)
            for piece in rest:
                self._end_line(soft=True)
                self._add(piece)
        else:
            self._add(text)

    def close(self) -> Box:
        """The page ends."""
        self._end_line()
        return self.root

    # -- boxes and lines -------------------------------------------------------------------------

    def _box(self, tag: str, kind: Kind, attributes: Mapping[str, str]) -> Box:
        kept = {name: attributes[name] for name in marks.KEPT if name in attributes} if attributes else {}
        box = Box(kind, kept, chrome=marks.is_chrome(tag, attributes, inside_article=self._articles > 0))
        if kind == "list":
            self._lists.append(self._list(tag, attributes))
        elif kind == "item":
            if self._lists:
                self._lists[-1].items.append((box, dict(attributes)))
            else:
                box.marker = marks.marker("disc", 0, attributes)
        self._put(box)
        self._boxes.append(box)
        return box

    def _put(self, part: Box | Line) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise TooManyError
        self._boxes[-1].children.append(part)

    def _list(self, tag: str, attributes: Mapping[str, str]) -> _List:
        depth = sum(not around.numbered for around in self._lists)
        return _List(
            marks.list_style(tag, attributes, depth),
            numbered=tag == "ol",
            start=marks.number_in(attributes, "start"),
            down="reversed" in attributes,
        )

    def _add(self, text: str) -> None:
        if not text:
            return
        self._pieces.append((text, self._font))
        if self._links:
            self._linked += sum(map(str.isalnum, text))

    def _end_line(self, *, soft: bool = False) -> None:
        children = self._boxes[-1].children
        if soft or any(not text.isspace() for text, _ in self._pieces):
            self._put(Line(self._pieces, self._linked, soft, kept=self._keeping > 0))
        elif children and isinstance(last := children[-1], Line):
            last.soft = False  # the block ends here, whatever broke its last line
        self._pieces, self._linked = [], 0


def build_boxes(page: str) -> Box:
    """Returns the boxes of a page.

    Raises:
        TooDeepError: if its elements are nested too deep.
        TooManyError: if it has too many parts.
    """
    parser = etree.HTMLParser(target=_Builder(), encoding="utf-8", no_network=True, huge_tree=True)
    # The parser leaves out an element that it thinks empty of sense (a page without any): it always has one.
    parser.feed(b"<html>" + page.encode("utf-8", errors="replace"))
    root: Box = parser.close()
    return root
