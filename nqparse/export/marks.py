"""Marks: everything a document has found in its text, as flat spans cut into segments that do not nest.

A page cannot wrap overlapping spans in elements, so the text is cut wherever a mark begins or ends; each
segment knows the marks that cover it. The work grows with the text and the number of marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nqparse.document import Document, Entity, Located, Section
from nqparse.errors import Language
from nqparse.export.words import section_kind, word


@dataclass(slots=True)
class Mark:
    """A span with the class that it is shown in and what its tooltip says."""

    start: int
    end: int
    kind: str
    tip: str


@dataclass(slots=True)
class Segment:
    """A piece of the text under the same marks, the outermost first; it never holds a line break inside."""

    start: int
    end: int
    zone: str
    marks: tuple[Mark, ...]


def label_span(section: Section, text: str) -> tuple[int, int]:
    """Returns where a section's label stands; its end is not in the contract and is read from what follows it."""
    start = section.start
    label = section.label.rstrip()
    if text.startswith(label, start):
        return start, start + len(label)
    # The source writes the label with other spaces or marks than `label`: it ends before the section's text.
    inner = [section.heading, *section.paragraphs[:1]]
    ends = [located.start for located in inner if located] + [child.start for child in section.children[:1]]
    end = min(ends, default=section.end)
    return start, start + len(text[start:end].rstrip())


def entity_tip(entity: Entity) -> str:
    """Returns what is known of an entity, one line per fact."""
    value = entity.value
    lines: list[str] = [entity.type]
    if value is None or isinstance(value, (str, int)):
        if value is not None:
            lines[0] += f" · {value}"
    else:
        for key, found in value.model_dump(exclude_none=True).items():
            if found:
                lines.append(f"{key}: {_plain(found)}")
    extra = entity.model_dump(
        exclude={"type", "text", "start", "end", "fragments", "value", "section_id", "rule"}, exclude_none=True
    )
    lines += [f"{key}: {found}" for key, found in extra.items()]
    if entity.section_id:
        lines.append(f"§ {entity.section_id}")
    if entity.rule:
        lines.append(entity.rule)
    return "\n".join(lines)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {found}" for key, found in value.items() if found is not None)
    return str(value)


def marks(document: Document, language: Language = "both") -> list[Mark]:
    """Returns all marks of a document: fields, labels, headings, parts, entities and findings."""
    found: list[Mark] = []

    def add(located: Located | None, kind: str, tip: str) -> None:
        if located is not None:
            for start, end in located.fragments or [(located.start, located.end)]:
                found.append(Mark(start, end, kind, tip))

    header, preamble = document.header, document.preamble
    for key in type(header).model_fields:
        add(getattr(header, key), "field", word(key, language))
    add(preamble.enacting_body, "field", word("enacting_body", language))
    for number, basis in enumerate(preamble.bases, start=1):
        add(basis, "part", f"{word('basis', language)} {number}")
    for number, recital in enumerate(preamble.recitals, start=1):
        add(recital, "part", f"{word('recital', language)} {number}")
    add(preamble.formula, "field", word("formula", language))
    for section in document.iter_sections(appendices=True):
        tip = f"{section_kind(section.kind, language)} · {section.id}"
        found.append(Mark(*label_span(section, document.text), "label", tip))
        add(section.heading, "heading", f"{word('heading', language)} · {section.id}")
    add(document.closing, "part", word("closing", language))
    add(document.recipients_intro, "part", word("recipients_intro", language))
    for number, recipient in enumerate(document.recipients, start=1):
        add(recipient, "part", f"{word('recipient', language)} {number} · {recipient.name}")
    for signature in document.signatures:
        for key in ("authority", "position", "name"):
            add(getattr(signature, key), "field", word(key, language))
    for appendix in document.appendices:
        add(appendix.marker, "label", word("marker", language))
        add(appendix.title, "heading", word("title", language))
    for entity in document.entities:
        add(entity, f"e-{entity.type}", entity_tip(entity))
    for diagnostic in document.diagnostics:
        message = diagnostic.message if language == "vi" else diagnostic.message_en
        spans = diagnostic.spans
        if not spans and diagnostic.start is not None and diagnostic.end is not None:
            spans = [(diagnostic.start, diagnostic.end)]
        tip = f"{diagnostic.code}: {message}"
        found += [Mark(start, end, f"d-{diagnostic.severity}", tip) for start, end in spans]
    return [mark for mark in found if mark.end > mark.start]


def segments(document: Document, found: list[Mark]) -> Iterator[list[Segment]]:
    """Yields the text line by line, each line as its segments; line breaks are left out."""
    text = document.text
    # At one offset the longer mark opens first, so that it is the outer one.
    opening = sorted(found, key=lambda mark: (mark.start, -mark.end))
    cuts = sorted({at for mark in found for at in (mark.start, mark.end)} | {zone.start for zone in document.zones})
    zones = iter(document.zones)
    zone, zone_end = "unknown", 0
    active: list[Mark] = []
    next_mark = next_cut = 0
    at = 0
    while at <= len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line: list[Segment] = []
        while at < stop:
            while next_cut < len(cuts) and cuts[next_cut] <= at:
                next_cut += 1
            end = min(stop, cuts[next_cut]) if next_cut < len(cuts) else stop
            while at >= zone_end:
                following = next(zones)
                zone, zone_end = following.kind, following.end
            active = [mark for mark in active if mark.end > at]
            while next_mark < len(opening) and opening[next_mark].start <= at:
                if opening[next_mark].end > at:
                    active.append(opening[next_mark])
                next_mark += 1
            line.append(Segment(at, end, zone, tuple(active)))
            at = end
        yield line
        at = stop + 1
