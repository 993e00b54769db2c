"""The text of an .odt, element by element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nqparse.source.blocks.boxes import Box
from nqparse.source.blocks.figures import roman
from nqparse.source.word.finish import DamagedError
from nqparse.source.word.lists import LEVELS, Counted, Counters, Level
from nqparse.source.word.looks import Look, as_shown, font_named
from nqparse.source.word.odt.names import XML_ID, attribute, full, number, short
from nqparse.source.word.odt.styles import OUTLINE, Styles
from nqparse.source.word.package import Element, Package, etree
from nqparse.source.word.story import Story

_BLANKS = re.compile(r"[ \t\r\n]+")
# What holds paragraphs of its own, beside the paragraph that it stands in.
_ASIDE = frozenset((
    "draw:text-box", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:path", "draw:polygon", "draw:caption",
))  # fmt: skip
_SKIPPED = frozenset(("text:tracked-changes", "office:annotation", "office:scripts", "text:ruby-text", "office:forms"))
_HEADS = frozenset(("style:header", "style:header-first", "style:footer", "style:footer-first"))
_TAGS = [
    full(name)
    for name in (
        "office:text", "office:font-face-decls", "office:automatic-styles", "text:p", "text:h", "text:list",
        "text:list-item", "text:list-header", "text:note", "text:note-body", "table:table", "table:table-row",
        "table:table-cell", *sorted(_ASIDE), *sorted(_SKIPPED),
    )
]  # fmt: skip
_PAGES = frozenset(("text:page-number", "text:page-count"))
_UNSEEN = frozenset(("text:ruby-text", "office:annotation", "text:hidden-text", "text:tracked-changes", "text:note"))
_MOST_BLANKS = 1000
_MOST_COLUMNS = 100


@dataclass(slots=True)
class _List:
    """A list that is open: its style, what it counts with, and whether its item was numbered."""

    style: str
    key: str
    numbered: bool = True
    start: int | None = None


@dataclass(slots=True)
class _Flow:
    """A part that is told by itself."""

    story: Story
    lists: list[_List] = field(default_factory=list)
    pages: bool = False


class Body:
    """Tells the document and what belongs to it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles()
        self._story = Story()
        self._counters = Counters()
        self._last_key: dict[str, str] = {}
        self._known_lists: set[str] = set()
        self._made = 0
        self._notes: dict[str, list[Box]] = {"footnote": [], "endnote": []}
        self._note: tuple[str, str] = ("footnote", "")
        self._first_style: str | None = None

    def tell(self) -> Box:
        """Returns the boxes of the document."""
        pages = self._package.tree("styles.xml")
        if pages is not None:
            self._styles.declare(pages)
        if not self._package.has("content.xml"):
            raise DamagedError("the document itself is missing in it", "không có phần nội dung văn bản")
        self._tell_events(self._package.events("content.xml", _TAGS), _Flow(self._story))
        self._story.end_section(*self._running(pages))
        for boxes in self._notes.values():
            for box in boxes:
                self._story.put_aside(box)
        if any(self._notes.values()):
            self._story.end_paragraph()
        return self._story.end()

    def _running(self, pages: Element | None) -> tuple[list[Box], list[Box]]:
        masters = list(pages.iter(full("style:master-page"))) if pages is not None else []
        wanted = self._styles.master_of(self._first_style or "") or "Standard"
        master = next((one for one in masters if attribute(one, "style:name") == wanted), next(iter(masters), None))
        heads: list[Box] = []
        feet: list[Box] = []
        for part in master if master is not None else ():
            name = short(part)
            if name in _HEADS and attribute(part, "style:display") != "false":
                flow = _Flow(Story(limits=self._story), pages=True)
                self._tell_events(etree.iterwalk(part, events=("start", "end"), tag=_TAGS), flow)
                (heads if "header" in name else feet).append(flow.story.end())
        return heads, feet

    # -- blocks ----------------------------------------------------------------------------------

    def _tell_events(self, events: Iterator[tuple[str, Element]], flow: _Flow) -> None:
        outer: list[_Flow] = []
        skipped = 0
        for event, element in events:
            name = short(element)
            if name in _SKIPPED:
                skipped += 1 if event == "start" else -1
                if event == "end":
                    _forget(element)
            elif skipped:
                continue
            elif name in _ASIDE or name == "text:note-body":
                if event == "start":
                    outer.append(flow)
                    flow = _Flow(Story(limits=self._story))
                    if name == "text:note-body":
                        flow.story.text(f"[{self._note[1]}] ")
                elif outer:
                    box, flow = flow.story.end(), outer.pop()
                    if name == "text:note-body":
                        self._notes[self._note[0]].append(box)
                    elif box.children:
                        flow.story.put_aside(box)
            elif event == "start":
                self._begin(name, element, flow)
            else:
                self._end(name, element, flow)

    def _begin(self, name: str, element: Element, flow: _Flow) -> None:
        if name == "table:table":
            flow.story.open("table")
        elif name == "table:table-row":
            flow.story.open("row")
        elif name == "table:table-cell":
            box = flow.story.open("cell", min(number(element, "table:number-columns-spanned", 1), _MOST_COLUMNS))
            box.attributes["rowspan"] = attribute(element, "table:number-rows-spanned", "1")
        elif name == "text:list":
            flow.lists.append(self._open_list(element, flow))
        elif name in ("text:list-item", "text:list-header") and flow.lists:
            flow.lists[-1].numbered = name == "text:list-header"
            flow.lists[-1].start = (
                number(element, "text:start-value", 1) if element.get(full("text:start-value")) is not None else None
            )
        elif name == "text:note":
            kind = "endnote" if attribute(element, "text:note-class") == "endnote" else "footnote"
            at = len(self._notes[kind]) + 1
            self._note = (kind, str(at) if kind == "footnote" else roman(at))

    def _end(self, name: str, element: Element, flow: _Flow) -> None:
        if name in ("text:p", "text:h"):
            self._tell_paragraph(name, element, flow)
            _forget(element)
        elif name in ("table:table", "table:table-row", "table:table-cell"):
            flow.story.close()
            _forget(element)
        elif name == "text:list" and flow.lists:
            flow.lists.pop()
            _forget(element)
        elif name in ("office:font-face-decls", "office:automatic-styles"):
            self._styles.declare(element)

    def _open_list(self, element: Element, flow: _Flow) -> _List:
        style = attribute(element, "text:style-name")
        if flow.lists:
            return _List(style or flow.lists[-1].style, flow.lists[-1].key)
        own, goes_on = str(element.get(XML_ID, "")), attribute(element, "text:continue-list")
        if goes_on and goes_on in self._known_lists:
            key = goes_on
        elif attribute(element, "text:continue-numbering") == "true" and style in self._last_key:
            key = self._last_key[style]
        else:
            self._made += 1
            key = own or f"\x00{self._made}"
        if own:
            self._known_lists.add(own)
        self._last_key[style] = key
        return _List(style, key)

    def _number(self, name: str, element: Element, flow: _Flow) -> tuple[str, Level] | None:
        if flow.lists:
            opened = flow.lists[-1]
            if opened.numbered:
                return None
            opened.numbered = True
            return self._next(opened.style, opened.key, len(flow.lists) - 1, opened.start)
        if name == "text:h" and attribute(element, "text:is-list-header") != "true":
            level = number(element, "text:outline-level", 1) - 1
            return self._next(OUTLINE, OUTLINE, level, None)
        return None

    def _next(self, style: str, key: str, level: int, start: int | None) -> tuple[str, Level] | None:
        levels = self._styles.lists.get(style)
        if levels is None:
            return None
        level = min(max(level, 0), LEVELS - 1)
        return self._counters.next(Counted(key, levels), level, start)

    # -- paragraphs ------------------------------------------------------------------------------

    def _tell_paragraph(self, name: str, element: Element, flow: _Flow) -> None:
        style = attribute(element, "text:style-name")
        if self._first_style is None and flow.story is self._story:
            self._first_style = style
        look = self._styles.own_look("paragraph", style)
        pages = _Inline(self, flow).tell(element, look)
        numbered = self._number(name, element, flow)
        if numbered is not None and numbered[0]:
            shown, level = numbered
            flow.story.begin_with(shown + level.suffix, level.font or font_named(look.font).old)
        flow.story.end_paragraph(pages=pages and flow.pages)

    def note_mark(self, element: Element) -> str:
        """Returns what stands in the text for a note: its number, as its note was told already."""
        citation = element.find(full("text:note-citation"))
        return f"[{''.join(citation.itertext()).strip()}]" if citation is not None else ""

    def span_look(self, element: Element, look: Look) -> Look:
        """Returns the look inside a span."""
        return self._styles.own_look("text", attribute(element, "text:style-name")).over(look)


class _Inline:
    """Tells what is inside a paragraph. Runs of white space are one blank, over the borders of elements, too."""

    def __init__(self, body: Body, flow: _Flow) -> None:
        self._body = body
        self._flow = flow
        self._blank = True  # a blank would be the second one here
        self._pages = False

    def tell(self, element: Element, look: Look) -> bool:
        """Tells the content of an element; returns whether the number of a page is in it."""
        self._content(element, look)
        return self._pages

    def _content(self, element: Element, look: Look) -> None:
        self._text(element.text, look)
        for part in element:
            name = short(part)
            story = self._flow.story
            if name == "text:s":
                count = min(number(part, "text:c", 1), _MOST_BLANKS)
                self._put(" " * count, look)
            elif name == "text:tab":
                self._put("\t", look)
            elif name == "text:line-break":
                story.break_line()
                self._blank = True
            elif name == "text:note":
                self._put(self._body.note_mark(part), look)
            elif name in _PAGES:
                self._pages = True
                if not self._flow.pages:
                    self._content(part, look)
            elif name in _UNSEEN or name.startswith("draw:"):
                pass
            elif name == "text:span":
                self._content(part, self._body.span_look(part, look))
            else:
                self._content(part, look)
            self._text(part.tail, look)

    def _text(self, text: str | None, look: Look) -> None:
        if not text:
            return
        text = _BLANKS.sub(" ", text)
        if self._blank and text.startswith(" "):
            text = text[1:]
        if text:
            self._blank = text.endswith(" ")
            self._put(text, look, keep=True)

    def _put(self, text: str, look: Look, *, keep: bool = False) -> None:
        if not keep:
            self._blank = False
        if not look.hidden:
            self._flow.story.text(*as_shown(text, font_named(look.font), capitals=look.capitals))


def _forget(element: Element) -> None:
    """Frees what was told; what follows the element in a paragraph stays."""
    tail = element.tail
    element.clear()
    element.tail = tail
