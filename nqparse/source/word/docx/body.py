"""The text of a .docx, element by element: what Word shows when all changes are accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nqparse.source.blocks.boxes import Box
from nqparse.source.blocks.figures import roman
from nqparse.source.word.docx.names import (
    COMPATIBILITY,
    MATH,
    Relation,
    attribute,
    both,
    child,
    children,
    is_on,
    local,
    number,
    relation_id,
)
from nqparse.source.word.docx.numbering import Numbering
from nqparse.source.word.docx.styles import Styles, listed_of, look_of
from nqparse.source.word.fields import Fields
from nqparse.source.word.looks import Font, Look, as_shown, font_named
from nqparse.source.word.package import Element, Package
from nqparse.source.word.story import Story

_FALLBACK = COMPATIBILITY + "Fallback"
_TAGS = (
    *both("body"), *both("p"), *both("tbl"), *both("tr"), *both("tc"), *both("txbxContent"), *both("sectPr"),
    *both("footnote"), *both("endnote"), _FALLBACK,
)  # fmt: skip
# Elements that hold runs and say nothing about them.
_HOLDERS = frozenset((
    "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "AlternateContent",
    "Choice", "ruby", "rubyBase",
))  # fmt: skip
_RUNS = frozenset(both("r"))
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_PAGE_BREAKS = frozenset(("page", "column"))
_MOST_COLUMNS = 100


@dataclass(slots=True)
class _Flow:
    """A part that is being told: the story, and what is open in it."""

    story: Story
    fields: Fields = field(default_factory=Fields)


class Body:
    """Tells the document and what belongs to it: notes, boxes, running heads."""

    def __init__(
        self, package: Package, relations: Mapping[str, Relation], styles: Styles, numbering: Numbering
    ) -> None:
        self._package = package
        self._relations = relations
        self._styles = styles
        self._numbering = numbering
        self._story = Story()
        self._is_running = False  # whether a running head is being told
        self._notes: dict[str, list[str]] = {"footnote": [], "endnote": []}

    def tell(self, part: str) -> Box:
        """Returns the boxes of the document."""
        self._tell_part(part, _Flow(self._story))
        for kind, ids in self._notes.items():
            self._tell_notes(kind, ids)
        return self._story.end()

    # -- parts -----------------------------------------------------------------------------------

    def _tell_part(self, part: str, flow: _Flow) -> None:
        outer: list[_Flow] = []
        skipped = 0
        for event, element in self._package.events(part, _TAGS):
            name = local(element)
            if name == "Fallback":
                # The same text box once more, for old programs.
                skipped += 1 if event == "start" else -1
            elif skipped:
                continue
            elif name == "txbxContent":
                if event == "start":
                    outer.append(flow)
                    flow = _Flow(Story(limits=self._story))
                elif outer:
                    told, flow = flow.story.end(), outer.pop()
                    flow.story.put_aside(told)
            elif event == "start":
                self._begin(name, flow)
            else:
                self._end(name, element, flow)

    def _begin(self, name: str, flow: _Flow) -> None:
        if name == "tbl":
            flow.story.open("table")
        elif name == "tr":
            flow.story.open("row")
        elif name == "tc":
            flow.story.open("cell")

    def _end(self, name: str, element: Element, flow: _Flow) -> None:
        if name == "p":
            self._tell_paragraph(element, flow)
            element.clear()
        elif name == "tc":
            self._end_cell(element, flow)
            element.clear()
        elif name == "tr":
            properties = child(element, "trPr")
            if child(properties, "del") is not None:
                flow.story.drop()
            else:
                flow.story.close()
            element.clear()
        elif name == "tbl":
            flow.story.close()
            element.clear()
        elif name == "sectPr":
            self._end_section(element, flow)
        parent = element.getparent()
        if parent is not None and local(parent) == "body":
            # What is told needs no memory any more.
            while element.getprevious() is not None:
                del parent[0]

    def _end_cell(self, element: Element, flow: _Flow) -> None:
        properties = child(element, "tcPr")
        box = flow.story.close()
        span = number(child(properties, "gridSpan")) or 1
        if span > 1:
            box.attributes["colspan"] = str(min(span, _MOST_COLUMNS))

    def _end_section(self, element: Element, flow: _Flow) -> None:
        if flow.story is not self._story or self._is_running or local(element.getparent()) == "sectPrChange":
            return
        if flow.story.depth:
            return
        title = child(element, "titlePg")
        kinds = ("first", "default") if title is not None and is_on(title) else ("default",)
        heads, feet = ([box for kind in kinds if (box := self._running(element, which, kind)) is not None]
                       for which in ("headerReference", "footerReference"))  # fmt: skip
        flow.story.end_section(heads, feet)

    def _running(self, section: Element, which: str, kind: str) -> Box | None:
        for reference in children(section, which):
            if attribute(reference, "type") == kind:
                relation = self._relations.get(relation_id(reference))
                if relation is None or not self._package.has(relation.target):
                    return None
                flow = _Flow(Story(limits=self._story))
                self._is_running = True
                self._tell_part(relation.target, flow)
                self._is_running = False
                return flow.story.end()
        return None

    def _tell_notes(self, kind: str, ids: list[str]) -> None:
        part = next((relation.target for relation in self._relations.values() if relation.kind == kind + "s"), "")
        if not ids or not self._package.has(part):
            return
        notes: dict[str, Box] = {}
        wanted = {note: _figure(kind, at) for at, note in enumerate(ids, start=1)}
        flow = _Flow(Story(limits=self._story))
        for event, element in self._package.events(part, _TAGS):
            name = local(element)
            if name == kind:
                told = attribute(element, "id")
                if event == "start":
                    flow = _Flow(Story(limits=self._story))
                    if told in wanted:
                        flow.story.text(f"[{wanted[told]}] ")
                elif told in wanted:
                    notes[told] = flow.story.end()
            elif event == "start":
                self._begin(name, flow)
            else:
                self._end(name, element, flow)
        for note in ids:
            if note in notes:
                self._story.put_aside(notes[note])
        self._story.end_paragraph()

    # -- paragraphs ------------------------------------------------------------------------------

    def _tell_paragraph(self, element: Element, flow: _Flow) -> None:
        properties = child(element, "pPr")
        style = ""
        goes_on = False
        if properties is not None:
            named = child(properties, "pStyle")
            style = attribute(named, "val") if named is not None else ""
            mark = child(properties, "rPr")
            # Its end was deleted, or is hidden: what follows belongs to the same paragraph.
            goes_on = mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None)
            goes_on = goes_on or (mark is not None and child(mark, "specVanish") is not None)
        look = self._styles.paragraph_look(style)
        story = flow.story
        self._tell_runs(element, look, flow)
        if goes_on:
            return
        numbered = self._numbering.next(listed_of(properties), style)
        if numbered is not None and numbered[0]:
            shown, level = numbered
            story.begin_with(shown + level.suffix, level.font or font_named(look.font).old)
        story.end_paragraph(pages=flow.fields.pages and self._is_running)
        flow.fields.pages = False

    def _tell_runs(self, element: Element, look: Look, flow: _Flow) -> None:
        for part in element:
            name = local(part)
            if name == "r":
                if part.tag in _RUNS:
                    self._tell_run(part, look, flow)
                else:  # of a formula
                    flow.story.text("".join(text.text or "" for text in part if local(text) == "t"))
            elif name in _HOLDERS:
                self._tell_runs(part, look, flow)
            elif name == "fldSimple":
                flow.fields.begin(attribute(part, "instr"), shown=True)
                self._tell_runs(part, look, flow)
                flow.fields.end()
            elif len(part) and part.tag.startswith(MATH):
                self._tell_runs(part, look, flow)  # fractions and the like

    def _tell_run(self, run: Element, paragraph: Look, flow: _Flow) -> None:
        properties = child(run, "rPr")
        look = paragraph
        if properties is not None and len(properties):
            named = child(properties, "rStyle")
            if named is not None:
                look = self._styles.own_look(attribute(named, "val")).over(look)
            look = look_of(properties).over(look)
        font = font_named(look.font)
        for part in run:
            name = local(part)
            if name == "fldChar":
                self._tell_field(attribute(part, "fldCharType"), flow.fields)
            elif name == "instrText":
                flow.fields.tell(part.text or "")
            elif look.hidden or not flow.fields.is_shown(is_running=self._is_running):
                continue
            elif name == "t":
                self._tell_text(part.text or "", look, font, flow.story)
            elif name in _SIGNS:
                flow.story.text(_SIGNS[name], font.old)
            elif name in ("br", "cr"):
                if attribute(part, "type") in _PAGE_BREAKS:
                    flow.story.break_page()
                else:
                    flow.story.break_line()
            elif name == "sym":
                self._tell_sign(part, flow.story)
            elif name in ("footnoteReference", "endnoteReference"):
                self._tell_note(part, name.removesuffix("Reference"), flow.story)
            elif name in ("AlternateContent", "ruby"):
                self._tell_runs(part, look, flow)

    def _tell_text(self, text: str, look: Look, font: Font, story: Story) -> None:
        text, old = as_shown(text, font, capitals=look.capitals)
        story.text(text.replace("\n", " "), old)

    def _tell_sign(self, element: Element, story: Story) -> None:
        try:
            code = int(attribute(element, "char"), 16)
        except ValueError:
            return
        font = font_named(attribute(element, "font"))
        if 0 < code <= 0xFFFF and not 0xD800 <= code < 0xE000:
            story.text(font.sign(code), font.old)

    def _tell_note(self, element: Element, kind: str, story: Story) -> None:
        follows = attribute(element, "customMarkFollows")
        ids = self._notes[kind]
        ids.append(attribute(element, "id"))
        if follows not in ("1", "true", "on"):
            story.text(f"[{_figure(kind, len(ids))}]")

    def _tell_field(self, kind: str, fields: Fields) -> None:
        if kind == "begin":
            fields.begin()
        elif kind == "separate":
            fields.show()
        elif kind == "end":
            fields.end()


def _figure(kind: str, at: int) -> str:
    return str(at) if kind == "footnote" else roman(at)
