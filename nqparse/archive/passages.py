"""Passages: the pieces of a document that the search finds, each the own text of a section or of another part.

The passages of a document hold all of its text but what is not its own: running heads, page numbers, the surroundings
on a web page. A section's passage ends where its first child begins. Where furniture runs through it, it has several
pieces.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

from nqparse.document import Document, Located, Section, Zone

Span = tuple[int, int]

_LEFT_OUT = frozenset(("furniture", "before", "after"))
# Parts that a document has once, even where the layout puts others between their lines.
_ONCE = frozenset(("header", "preamble", "formula", "closing", "recipients", "signatures"))


@dataclass(slots=True)
class Passage:
    """A piece of a document.

    Attributes:
        zone: the kind of zone that it begins in: header, body, appendix and so on.
        section_id: the section whose own text it is, None outside of sections.
        appendix: the place of the appendix that it stands in, from 0; None outside.
        spans: where its text stands, in code points, in order.
        title: where the document's title stands, in the passage of the header.
        heading: where the section's heading stands.
    """

    zone: str
    section_id: str | None = None
    appendix: int | None = None
    spans: list[Span] = field(default_factory=list)
    title: list[Span] = field(default_factory=list)
    heading: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Placed:
    section: Section
    appendix: int | None


def passages_of(document: Document) -> list[Passage]:
    """Returns the passages of a document, in the order in which they begin."""
    sections = _sections(document)
    found: dict[object, Passage] = {}
    runs = 0
    last: object = None
    for zone, start, end, at in _pieces(document.zones, sections):
        placed = None if at is None else sections[at]
        owner: object
        if placed is not None:
            owner = at
        elif zone in _ONCE:
            owner = zone
        else:
            runs += not (isinstance(last, tuple) and last[0] == zone)
            owner = (zone, runs)
        last = owner
        passage = found.get(owner)
        if passage is None:
            passage = found[owner] = _new(zone, placed, document, start)
        if passage.spans and passage.spans[-1][1] == start:
            passage.spans[-1] = (passage.spans[-1][0], end)
        else:
            passage.spans.append((start, end))
    title = document.header.title
    if title is not None:
        _give_title(found.setdefault("header", Passage("header")), spans_of(title))
    return sorted(found.values(), key=lambda passage: passage.spans[0])


def spans_of(located: Located) -> list[Span]:
    """Returns where a located value stands."""
    return [(start, end) for start, end in located.fragments or [(located.start, located.end)]]


def _give_title(passage: Passage, title: list[Span]) -> None:
    passage.title = title
    for start, end in title:
        if not any(first <= start and end <= last for first, last in passage.spans):
            # It stands outside of the header's zone, or runs over furniture.
            outside = [(s, e) for s, e in passage.spans if e <= start or end <= s]
            passage.spans = sorted([*outside, *_joined([(start, end), *(set(passage.spans) - set(outside))])])


def _joined(overlapping: list[Span]) -> list[Span]:
    return [(min(start for start, _ in overlapping), max(end for _, end in overlapping))]


def _new(zone: str, placed: _Placed | None, document: Document, start: int) -> Passage:
    if placed is None:
        around = (at for at, appendix in enumerate(document.appendices) if appendix.start <= start < appendix.end)
        return Passage(zone, appendix=next(around, None) if zone == "appendix" else None)
    heading = placed.section.heading
    return Passage(
        zone, placed.section.id, placed.appendix, heading=spans_of(heading) if heading is not None else []
    )  # fmt: skip


def _sections(document: Document) -> list[_Placed]:
    found = [_Placed(section, None) for section in document.iter_sections()]
    for at, appendix in enumerate(document.appendices):
        found += [_Placed(section, at) for top in appendix.body for section in top.walk()]
    return found


def _pieces(zones: list[Zone], sections: list[_Placed]) -> Iterator[tuple[str, int, int, int | None]]:
    """Yields the text in pieces: zone, start, end, and the place of the innermost section that holds it."""
    starts = sorted(range(len(sections)), key=lambda at: (sections[at].section.start, at))
    ends = sorted({bound for placed in sections for bound in (placed.section.start, placed.section.end)})
    waiting = 0
    bound = 0
    open_sections: list[tuple[int, int]] = []  # the one that began last on top
    for zone in zones:
        start = zone.start
        while start < zone.end:
            while bound < len(ends) and ends[bound] <= start:
                bound += 1
            end = min(zone.end, ends[bound]) if bound < len(ends) else zone.end
            while waiting < len(starts) and sections[starts[waiting]].section.start <= start:
                at = starts[waiting]
                heapq.heappush(open_sections, (-sections[at].section.start, -at))
                waiting += 1
            while open_sections and sections[-open_sections[0][1]].section.end <= start:
                heapq.heappop(open_sections)
            if zone.kind not in _LEFT_OUT:
                yield zone.kind, start, end, -open_sections[0][1] if open_sections else None
            start = end
