"""Sections: the numbered tree of a body or an appendix, with headings and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nqparse.document import Located, Section
from nqparse.structure.anchor import Anchor
from nqparse.structure.label import Label
from nqparse.structure.lines import Flow, ends_sentence
from nqparse.structure.numbering import Node, number

_DIVISIONS = frozenset(("part", "chapter", "section", "subsection"))
_HEADING_LENGTH = 300
# A line that leads in what follows is no title of it.
_LEAD_IN = re.compile(
    r"(?:\bsau(?:\s+đây)?|\bgồm(?:\s+có)?|\blà|\btheo|\bthể|\bđó|\bđể|\bcụ thể|\bnhư)\s*:?\s*$|[,]\s*$"
)
_FULL_SENTENCE_START = re.compile(
    r"(?:Giao|Đề nghị|Yêu cầu|Kính|Trong|Trường hợp|Khi|Nếu|Nghị quyết này|Căn cứ|Phân công|Cho phép|Thống nhất)\s"
)
_SENTENCE_MARK = re.compile(r"[.;]\s*$")
_MARKERS = {"dash": "-", "plus": "+", "star": "*"}


@dataclass(slots=True)
class SectionSpan:
    """The extent of a parsed tree in the flow: its first label and the end of its last line."""

    sections: list[Section]
    nodes: list[Node]


def build_sections(flow: Flow, anchor: Anchor, first: int, last: int, labels: list[Label]) -> SectionSpan:
    """Builds the sections of the lines `first` to `last` (exclusive) from the candidates in them."""
    nodes = number(labels)
    end = flow.lines[last - 1].end if last > first else 0
    builder = _Builder(flow, anchor, first, last)
    return SectionSpan(builder.build(nodes, end, ""), nodes)


class _Builder:
    def __init__(self, flow: Flow, anchor: Anchor, first: int, last: int) -> None:
        self.flow = flow
        self.anchor = anchor
        self.first = first
        self.last = last

    def build(self, nodes: list[Node], end: int, prefix: str) -> list[Section]:
        sections = []
        used: dict[str, int] = {}
        bullets: dict[str, int] = {}
        for node, after in zip(nodes, [*nodes[1:], None], strict=False):
            stop = after.label.start if after else end
            sections.append(self._section(node, stop, path_id(node.kind, node.label.number, prefix, used, bullets)))
        return sections

    def _section(self, node: Node, stop: int, section_id: str) -> Section:
        label = node.label
        own_end = node.children[0].label.start if node.children else stop
        paragraphs = self._paragraphs(label.end, own_end)
        heading = None
        if paragraphs and self._is_heading(node, paragraphs):
            heading = self.anchor.located(*paragraphs.pop(0), Located)
        view = self.anchor.view
        label_end = label.start + len(self.flow.text[label.start : label.end].rstrip())
        text_end = label.end + len(self.flow.text[label.end : stop].rstrip(" \t\n|\\*_"))
        children = self.build(node.children, stop, section_id)
        # What a section holds may stand in several columns; it ends behind the last of it in the source.
        own = view.last_end(label.start, text_end if text_end > label.end else label_end)
        ends = [own, *(child.end for child in children)]
        return Section.made(
            id=section_id,
            kind=node.kind,
            label=self.anchor.clean(label.start, label.end),
            number=" ".join(label.number.split()),
            ordinal=node.ordinal,
            heading=heading,
            start=view.source_start(label.start),
            end=max(ends),
            paragraphs=[p for p in (self.anchor.located(a, b, Located) for a, b in paragraphs) if p],
            children=children,
        )

    def _paragraphs(self, start: int, end: int) -> list[tuple[int, int]]:
        """Groups the text between two labels into paragraphs, joining wrapped lines."""
        flow = self.flow
        found: list[tuple[int, int]] = []
        index = flow.line_at(start)
        before = None
        while index < len(flow.lines):
            line = flow.lines[index]
            if line.start >= end:
                break
            low, high = max(start, line.start), min(end, line.end)
            while low < high and flow.text[low].isspace():
                low += 1
            if low < high:
                if found and before is not None and joins(flow, before):
                    found[-1] = (found[-1][0], high)
                else:
                    found.append((low, high))
                before = index
            index += 1
        return found

    def _is_heading(self, node: Node, paragraphs: list[tuple[int, int]]) -> bool:
        start, end = paragraphs[0]
        text = self.flow.text[start:end]
        if node.kind in _DIVISIONS:
            return True
        if len(text) > _HEADING_LENGTH or len(paragraphs) + len(node.children) < 2:
            return False
        if self.flow.line_at(start) != self.flow.line_at(node.label.start):
            return False  # the label stands alone; its text begins on the next line
        if _SENTENCE_MARK.search(text):
            return node.kind == "article" and text.startswith("Sửa đổi")
        return not _LEAD_IN.search(text) and not _FULL_SENTENCE_START.match(text)


def path_id(kind: str, number: str, prefix: str, used: dict[str, int], bullets: dict[str, int]) -> str:
    """Returns the id of a section: the path of numbers that leads to it.

    Args:
        kind: its kind.
        number: its label without punctuation.
        prefix: the id of its parent, empty at the top.
        used: how often each name has come among its siblings; the caller begins with an empty one.
        bullets: how many bullets of each kind have.
    """
    name = number
    if kind in _MARKERS:
        bullets[kind] = bullets.get(kind, 0) + 1
        name = f"{_MARKERS[kind]}{bullets[kind]}"
    name = " ".join(name.split()).replace("/", "-")
    used[name] = used.get(name, 0) + 1
    if used[name] > 1:
        name = f"{name}~{used[name]}"
    return f"{prefix}/{name}" if prefix else name


def joins(flow: Flow, before: int) -> bool:
    """Tells whether the line after `before` goes on with its paragraph."""
    line, after = flow.lines[before], flow.lines[before + 1]
    if after.blank or after.sealed or line.sealed:
        return False
    text = flow.text
    lower = text[after.start].islower()
    if flow.wrap is None:
        return lower and not ends_sentence(text, line)
    if flow.spaced and after.label is None and (after.full or lower):
        return True
    if ends_sentence(text, line):
        return after.full and lower
    return after.full or lower or not text[after.start].isupper()
