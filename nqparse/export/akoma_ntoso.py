"""Akoma Ntoso 3.0: a document as XML by the OASIS standard, from which its text can be read back exactly.

    >>> xml = to_xml(document)
    >>> text_of(xml) == document.text
    True

The content has no white space of its own: every character between `<preface>` and the end that stands in an element is
one of the source, in the source's order. A character that XML cannot hold is
`<inline name="character" nq:code="000C">␌</inline>`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree

from nqparse import __version__
from nqparse.document import Appendix, Document, Section
from nqparse.export.akn_identity import EIds, Identity, day_of, identity_of
from nqparse.export.akn_marks import Mark, References, marks_of
from nqparse.export.akn_plan import (
    Block,
    Blocks,
    Stretch,
    line_end,
    line_start,
    parts_of,
    pieces,
    rising,
)
from nqparse.export.places import FolderOfFiles
from nqparse.export.xml_writing import DECLARATION, XmlWriter, picture

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:nqparse:akn"
_Placed = TypeVar("_Placed", Section, Appendix)

_SOURCE = "#nqparse"
_KEEP = {"xml:space": "preserve"}

# Kinds that the standard has an element for; all others are a <hcontainer> with the kind as its name.
_ELEMENTS = {
    "part": "part", "chapter": "chapter", "section": "section", "subsection": "subsection", "article": "article",
    "arabic": "paragraph", "letter": "point", "dash": "indent", "plus": "indent", "star": "indent",
}  # fmt: skip


def to_xml(document: Document) -> str:
    """Returns a document as Akoma Ntoso XML, valid against the OASIS schema."""
    return _Akn(document).write()


def text_of(xml: str | bytes) -> str:
    """Returns the text of a document from its Akoma Ntoso XML, as the source had it.

    Raises:
        xml.etree.ElementTree.ParseError: if this is no XML.
    """
    root = ElementTree.fromstring(xml.encode("utf-8") if isinstance(xml, str) else xml)
    found: list[str] = []
    for part in root:
        for child in part:
            _read(child, found)
    return "".join(found)


def _read(element: ElementTree.Element, found: list[str]) -> None:
    if element.tag == f"{{{NAMESPACE}}}meta":
        return
    code = element.get(f"{{{OURS}}}code")
    if code is not None:
        found.append(chr(int(code, 16)))
        return
    found.append(element.text or "")
    for child in element:
        _read(child, found)
        found.append(child.tail or "")


@contextmanager
def writing(folder: Path) -> Iterator[Callable[[Document], None]]:
    """Opens a folder for one XML file per document, and gives the function that takes the documents.

    Raises:
        OutputError: if a file cannot be written.
    """
    files = FolderOfFiles(folder, ".xml")

    def put(document: Document) -> None:
        files.put(document, to_xml(document))

    yield put


class _Akn:
    """Writes one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.identity: Identity = identity_of(document)
        self.out = XmlWriter(forbidden=_write_character)
        self.parts = parts_of(document)
        self.appendices = _in_order(document.appendices, self.parts[4])
        self.eids: dict[int, str] = {}
        self.containers: dict[str, int] = {}
        by_section = self._name_sections()
        self.references = References()
        self.marks = marks_of(document, self.references, by_section)
        self.mark_starts = [mark.start for mark in self.marks]
        self.values = sorted(_preamble_values(document))
        self.value_starts = [start for start, _, _ in self.values]
        self.blocks = Blocks(document, list(_glued(document)))
        self.placed = 0

    def _name_sections(self) -> dict[str, str]:
        """Gives every section its eId, and returns them by the sections' ids."""
        eids = EIds()
        by_section: dict[str, str] = {}
        level = [(self.document.body, "")]
        level += [(appendix.body, f"att_{number}") for number, appendix in enumerate(self.appendices, 1)]
        level.reverse()
        while level:
            sections, prefix = level.pop()
            names = eids.of(sections, prefix)
            for section, name in zip(sections, names, strict=True):
                self.eids[id(section)] = name
                by_section.setdefault(section.id, name)
            level += [(s.children, name) for s, name in zip(reversed(sections), reversed(names), strict=True)]
        return by_section

    # -- the document -----------------------------------------------------------------------------

    def write(self) -> str:
        kind, out = self.identity.kind, XmlWriter(forbidden=_write_character)
        preface, preamble, body, conclusions, attachments = self.parts
        self._blocks_in("preface", preface, natural=("header",))
        self._preamble(preamble)
        if kind == "act":
            self._act_body(body)
        else:
            self._main_body(body, self.document.body, natural=("body",))
        self._blocks_in("conclusions", conclusions, natural=())
        if attachments.end > attachments.start:
            self._attachments(attachments)
        content = self.out.taken()
        self.out = out
        self.out.open("akomaNtoso", {"xmlns": NAMESPACE, "xmlns:nq": OURS})
        self.out.line_break()
        self.out.open(kind, {"name": self.identity.subtype})
        self._meta()
        return f"{DECLARATION}{self.out.taken()}{content}</{kind}>\n</akomaNtoso>\n"

    def _blocks_in(self, tag: str, stretch: Stretch, *, natural: Sequence[str]) -> None:
        blocks = self.blocks.of(stretch.start, stretch.end)
        if blocks:
            self.out.open(tag, _KEEP)
            self._paragraphs(blocks, natural)
            self.out.close(tag)

    def _preamble(self, stretch: Stretch) -> None:
        blocks = self.blocks.of(stretch.start, stretch.end)
        if not blocks:
            return
        self.out.open("preamble", _KEEP)
        group: str | None = None
        for block in blocks:
            kind = self._value_at(block)
            wanted = {"basis": "citations", "recital": "recitals"}.get(kind or "")
            if group is not None and wanted != group:
                self.out.close(group)
                group = None
            if wanted is None:
                if kind == "formula":
                    self.out.open("formula", {"name": "enactingFormula"})
                self._paragraphs([block], ("preamble", "formula"))
                if kind == "formula":
                    self.out.close("formula")
                continue
            if group is None:
                group = wanted
                self.out.open(group, {"eId": self._container_eid(group)})
            item = wanted.removesuffix("s")
            self.out.open(item, {"eId": self._container_eid(item)})
            self._paragraphs([block], ("preamble",))
            self.out.close(item)
        if group is not None:
            self.out.close(group)
        self.out.close("preamble")

    def _value_at(self, block: Block) -> str | None:
        """Returns what of the preamble a paragraph is: "basis", "recital", "formula" or nothing of these."""
        at = bisect_left(self.value_starts, block.end) - 1
        return self.values[at][2] if at >= 0 and self.values[at][1] > block.start else None

    def _act_body(self, stretch: Stretch) -> None:
        sections = _in_order(self.document.body, stretch)
        first = self._cut(sections[0], stretch.start) if sections else stretch.end
        self.out.open("body", _KEEP)
        if first > stretch.start or not sections:
            # In an act, text may only stand inside the hierarchy.
            self.out.open("hcontainer", {"name": "text", "eId": self._container_eid("hcontainer")})
            self._content(Stretch(stretch.start, first), ("body",), tag="content")
            self.out.close("hcontainer")
        self._sections(sections, Stretch(first, stretch.end), ("body",))
        self.out.close("body")

    def _main_body(self, stretch: Stretch, sections: Sequence[Section], natural: Sequence[str]) -> None:
        placed = _in_order(sections, stretch)
        first = self._cut(placed[0], stretch.start) if placed else stretch.end
        self.out.open("mainBody", _KEEP)
        self._paragraphs(self.blocks.of(stretch.start, first), natural)
        if first == stretch.start and not placed:
            self.out.empty("p")
        self._sections(placed, Stretch(first, stretch.end), natural)
        self.out.close("mainBody")

    def _attachments(self, stretch: Stretch) -> None:
        self.out.open("attachments")
        edges = [stretch.start, *(appendix.start for appendix in self.appendices[1:]), stretch.end]
        for number, (start, end) in enumerate(pairwise(edges), 1):
            appendix = self.appendices[number - 1] if self.appendices else None
            self._attachment(number, appendix, Stretch(start, end))
        self.out.close("attachments")

    def _attachment(self, number: int, appendix: Appendix | None, stretch: Stretch) -> None:
        after = self._after(stretch)
        body_start = stretch.start
        if appendix is not None:
            head = (appendix.title or appendix.marker).end
            if stretch.start <= appendix.marker.start and head <= after:
                body_start = next((b.end for b in self.blocks.of(stretch.start, after) if b.end >= head), after)
        self.out.open("attachment", {"eId": f"att_{number}"})
        self.out.open("doc", {"name": "phu-luc"})
        self.out.open("meta")
        self._identification(f"phuluc_{number}")
        self.out.close("meta")
        self._blocks_in("preface", Stretch(stretch.start, body_start), natural=("appendix",))
        self._main_body(Stretch(body_start, after), appendix.body if appendix else [], natural=("appendix",))
        self._blocks_in("conclusions", Stretch(after, stretch.end), natural=())
        self.out.close("doc")
        self.out.close("attachment")

    def _after(self, stretch: Stretch) -> int:
        """Returns where the text begins that only stands behind the document."""
        end = stretch.end
        for zone in reversed(self.document.zones):
            if zone.kind != "after" or zone.start < stretch.start:
                break
            end = min(end, zone.start)
        return end

    # -- the hierarchy ----------------------------------------------------------------------------

    def _cut(self, section: Section, low: int) -> int:
        return line_start(self.text, section.start, low)

    def _sections(self, sections: Sequence[Section], stretch: Stretch, natural: Sequence[str]) -> None:
        """Writes siblings, the first of which begins the stretch; each goes on to the start of the next one."""
        cuts = [stretch.start]
        for section in sections[1:]:
            cuts.append(self._cut(section, cuts[-1] + 1))
        for section, start, stop in zip(sections, cuts, [*cuts[1:], stretch.end], strict=False):
            self._section(section, Stretch(start, stop), natural)

    def _section(self, section: Section, stretch: Stretch, natural: Sequence[str]) -> None:
        self.placed += 1
        eid = self.eids[id(section)]
        tag = _ELEMENTS.get(section.kind, "hcontainer")
        name = section.kind if tag == "hcontainer" else None
        self.out.open(tag, {"name": name, "class": section.kind if tag == "indent" else None, "eId": eid})
        children = _in_order(section.children, Stretch(section.start + 1, stretch.end))
        own_end = self._cut(children[0], section.start + 1) if children else stretch.end
        at = self._num(section, Stretch(stretch.start, own_end))
        at = self._heading(section, eid, Stretch(at, own_end))
        if at < own_end:
            holder = "intro" if children else "content"
            self._content(Stretch(at, own_end), natural, tag=holder, eid=f"{eid}__{holder}")
        self._sections(children, Stretch(own_end, stretch.end), natural)
        self.out.close(tag)

    def _num(self, section: Section, stretch: Stretch) -> int:
        """Writes the label with what stands around it, and returns where it ends."""
        first = section.heading or (section.paragraphs[0] if section.paragraphs else None)
        end = line_end(self.text, section.start, stretch.end)
        if first is not None and section.start < first.start < end:
            end = first.start
        self.out.open("num")
        self._inline(stretch.start, end)
        self.out.close("num")
        return end

    def _heading(self, section: Section, eid: str, stretch: Stretch) -> int:
        """Writes the heading, where it stands in one piece right behind the label, and returns where it ends."""
        heading = section.heading
        if (
            heading is None
            or heading.fragments is not None
            or not stretch.start <= heading.start < heading.end <= stretch.end
            or self.text[stretch.start : heading.start].strip()
        ):
            return stretch.start
        end = line_end(self.text, heading.end, stretch.end)
        if any(char.isalnum() for char in self.text[heading.end : end]):
            end = heading.end
        self.out.open("heading", {"eId": f"{eid}__heading"})
        self._inline(stretch.start, end)
        self.out.close("heading")
        return end

    def _content(self, stretch: Stretch, natural: Sequence[str], *, tag: str, eid: str | None = None) -> None:
        self.out.open(tag, {"eId": eid})
        blocks = self.blocks.of(stretch.start, stretch.end)
        self._paragraphs(blocks, natural)
        if not blocks:
            self.out.empty("p")
        self.out.close(tag)

    # -- running text -----------------------------------------------------------------------------

    def _paragraphs(self, blocks: Sequence[Block], natural: Sequence[str]) -> None:
        for block in blocks:
            self.out.open("p", {"class": None if block.kind in natural else block.kind})
            self._inline(block.start, block.end)
            self.out.close("p")

    def _inline(self, start: int, end: int) -> None:
        """Writes text with its marks; a mark that crosses another one or the end is left out."""
        at = start
        open_marks: list[Mark] = []
        low, high = bisect_left(self.mark_starts, start), bisect_left(self.mark_starts, end)
        for mark in self.marks[low:high]:
            while open_marks and open_marks[-1].end <= mark.start:
                at = self._close(open_marks.pop(), at)
            limit = open_marks[-1].end if open_marks else end
            if mark.end > limit or mark.end <= mark.start:
                continue
            self.out.text(self.text[at : mark.start])
            at = mark.start
            self.out.open(mark.tag, mark.attributes)
            open_marks.append(mark)
        while open_marks:
            at = self._close(open_marks.pop(), at)
        self.out.text(self.text[at:end])

    def _close(self, mark: Mark, at: int) -> int:
        self.out.text(self.text[at : mark.end])
        self.out.close(mark.tag)
        return mark.end

    def _container_eid(self, tag: str) -> str:
        self.containers[tag] = self.containers.get(tag, 0) + 1
        return f"{tag}_{self.containers[tag]}"

    # -- the metadata -----------------------------------------------------------------------------

    def _meta(self) -> None:
        self.out.open("meta")
        self._identification("main")
        self.out.open("references", {"source": _SOURCE})
        self._reference("TLCOrganization", "nqparse", "/akn/ontology/software/nqparse", f"nqparse {__version__}")
        if self.document.header.issuer is None:
            self._reference("TLCOrganization", "unknown", "/akn/ontology/organization/vn/unknown", "")
        for entry in self.references.entries:
            self._reference(*entry)
        self.out.close("references")
        self._proprietary()
        self.out.close("meta")

    def _reference(self, tag: str, eid: str, href: str, shown: str) -> None:
        self.out.empty(tag, {"eId": eid, "href": href, "showAs": shown})

    def _identification(self, component: str) -> None:
        identity, header, out = self.identity, self.document.header, self.out
        author = "#issuer" if header.issuer else "#unknown"
        names = [("FRBRWork", identity.work, ""), ("FRBRExpression", identity.expression, ""),
                 ("FRBRManifestation", identity.expression, ".xml")]  # fmt: skip
        out.open("identification", {"source": _SOURCE})
        for level, uri, ending in names:
            out.open(level)
            out.empty("FRBRthis", {"value": f"{uri}/!{component}{ending}"})
            out.empty("FRBRuri", {"value": f"{uri}{ending}"})
            self._dates(level)
            out.empty("FRBRauthor", {"href": author if level != "FRBRManifestation" else _SOURCE})
            if level == "FRBRWork":
                self._work_properties(component)
            elif level == "FRBRExpression":
                out.empty("FRBRlanguage", {"language": "vie"})
            else:
                out.empty("FRBRformat", {"value": "application/akn+xml"})
            out.close(level)
        out.close("identification")

    def _dates(self, level: str) -> None:
        issued = self.identity.issued
        name = "issued" if issued.precision == "day" else f"issued-{issued.precision}"
        self.out.empty("FRBRdate", {"date": issued.value, "name": name})
        adopted = day_of(self.document.facts.adopted_on)
        if level == "FRBRWork" and adopted.precision == "day":
            self.out.empty("FRBRdate", {"date": adopted.value, "name": "adopted"})

    def _work_properties(self, component: str) -> None:
        header, out = self.document.header, self.out
        out.empty("FRBRcountry", {"value": "vn"})
        out.empty("FRBRsubtype", {"value": self.identity.subtype})
        if component == "main" and header.symbol:
            out.empty("FRBRnumber", {"value": header.symbol.normalized})
        if component == "main" and header.title:
            out.empty("FRBRname", {"value": header.title.value})

    def _proprietary(self) -> None:
        source, facts, out = self.document.source, self.document.facts, self.out
        out.open("proprietary", {"source": _SOURCE})
        out.empty("nq:source", {
            "name": source.name, "mediaType": source.media_type, "sha256": source.sha256 or None,
            "encoding": source.encoding, "size": str(source.size),
        })  # fmt: skip
        identifier = "provisional" if self.identity.doubt else "cited"
        out.empty("nq:identifier", {"basis": identifier, "reason": self.identity.doubt or None})
        if facts.effective_on or facts.expires_on:
            out.empty("nq:effect", {"from": facts.effective_on, "until": facts.expires_on})
        left_out = sum(1 for _ in self.document.iter_sections(appendices=True)) - self.placed
        if left_out:
            out.empty("nq:leftOut", {"sections": str(left_out)})
        out.close("proprietary")


def _write_character(out: XmlWriter, character: str) -> None:
    out.open("inline", {"name": "character", "nq:code": f"{ord(character):04X}"})
    out.text(picture(character))
    out.close("inline")


def _in_order(found: Sequence[_Placed], stretch: Stretch) -> list[_Placed]:
    """Returns those that begin inside a stretch, in the order of the source; what stands out of order is left out."""
    inside = [item for item in found if stretch.start <= item.start < stretch.end]
    return [inside[index] for index in rising([item.start for item in inside])]


def _preamble_values(document: Document) -> Iterator[tuple[int, int, str]]:
    preamble = document.preamble
    named = [("basis", preamble.bases), ("recital", preamble.recitals)]
    named.append(("formula", [preamble.formula] if preamble.formula else []))
    for kind, values in named:
        for value in values:
            for start, end in pieces(value):
                yield start, end, kind


def _glued(document: Document) -> Iterator[tuple[int, int]]:
    """Yields the stretches whose lines belong together: all values but the closing, which has several paragraphs."""
    for located in document.iter_located():
        if located is not document.closing:
            yield from pieces(located)
