"""The inline markup of Akoma Ntoso: which values are marked in the running text, and what they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from nqparse.document import (
    DocRefEntity,
    Document,
    Entity,
    Located,
    OrgEntity,
    PersonEntity,
    PlaceEntity,
)
from nqparse.export.akn_identity import day_of
from nqparse.resolve.identifiers import slug

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_COUNTED = frozenset({"RATIO", "PERCENT", "MONEY", "QUANTITY"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, `start` to `end`, that stands in an element of its own."""

    start: int
    end: int
    tag: str
    attributes: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(slots=True)
class References:
    """The people, bodies, places and concepts that marks refer to, each once (`<references>` in the metadata).

    `entries` are (element, eId, href, name) in the order in which they were first met.
    """

    entries: list[tuple[str, str, str, str]] = field(default_factory=list)
    _known: dict[tuple[str, str], str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def to(self, concept: str, name: str, identifier: str | None = None, *, eid: str | None = None) -> str:
        """Returns the reference to a thing, "#organization_1".

        Args:
            concept: "organization", "person", "location", "role" or "concept".
            name: what it is called.
            identifier: its stable id, where it has one; else the slug of its name stands for it.
            eid: the eId to give it if it is new.
        """
        shown = " ".join(name.split())
        href = f"/akn/ontology/{concept}/vn/{slug(identifier or shown) or 'unknown'}"
        known = self._known.get((concept, href))
        if known is None:
            self._numbers[concept] = self._numbers.get(concept, 0) + 1
            known = eid or f"{concept}_{self._numbers[concept]}"
            self._known[concept, href] = known
            self.entries.append((f"TLC{concept.capitalize()}", known, href, shown))
        return f"#{known}"


def marks_of(document: Document, references: References, eids: Mapping[str, str]) -> list[Mark]:
    """Returns the marks of a document, outer ones before inner ones.

    Args:
        document: the document.
        references: what the marks refer to is added to it.
        eids: the eIds of the sections by their ids.
    """
    fields = list(_fields(document, references))
    fields_at = {(mark.start, mark.end): mark.tag for mark in fields}
    found = [*fields]
    for entity in document.entities:
        mark = _entity(entity, references, eids)
        if mark is None:
            continue
        # The date of the letterhead is a docDate already, its place a location.
        outer = fields_at.get((mark.start, mark.end))
        if outer is None or mark.tag not in ("date", "inline", outer):
            found.append(mark)
    cited = {(mark.start, mark.end) for mark in found if mark.tag == "ref"}
    for reference in document.internal_references:
        target = eids.get(reference.target_section_id or "")
        if target and reference.fragments is None and (reference.start, reference.end) not in cited:
            found.append(Mark(reference.start, reference.end, "ref", {"href": f"#{target}"}))
    return sorted(found, key=lambda mark: (mark.start, -mark.end))


def _fields(document: Document, references: References) -> Iterator[Mark]:
    header = document.header
    for located, name in ((header.national_name, "nationalName"), (header.motto, "motto")):
        yield from _marks(located, "inline", {"name": name})
    if header.parent_issuer:
        name = header.parent_issuer.name
        who = references.to("organization", name, eid="parent_issuer")
        yield from _marks(header.parent_issuer, "docAuthority", {"class": "parent", "refersTo": who})
    if header.issuer:
        who = references.to("organization", header.issuer.name, eid="issuer")
        yield from _marks(header.issuer, "docAuthority", {"refersTo": who})
    yield from _marks(header.symbol, "docNumber", {})
    if header.place:
        yield from _marks(header.place, "location", {"refersTo": references.to("location", header.place.text)})
    if header.date:
        day = day_of(header.date.value)
        dated = day.precision == "day"
        attributes = {"date": day.value} if dated else {"name": "docDate", "nq:value": header.date.value}
        yield from _marks(header.date, "docDate" if dated else "inline", attributes)
    yield from _marks(header.doc_type, "docType", {})
    yield from _marks(header.title, "docTitle", {})
    yield from _marks(document.preamble.enacting_body, "inline", {"name": "enactingBody"})
    for signature in document.signatures:
        yield from _marks(signature.authority, "inline", {"name": "authority"})
        if signature.position:
            role = references.to("role", signature.position.text)
            yield from _marks(signature.position, "role", {"refersTo": role})
        yield from _marks(signature.name, "signature", {})
    for recipient in document.recipients:
        yield from _marks(recipient, "inline", {"name": "recipient"})
    for appendix in document.appendices:
        yield from _marks(appendix.marker, "docType", {})
        yield from _marks(appendix.title, "docTitle", {})


def _marks(located: Located | None, tag: str, attributes: Mapping[str, str | None]) -> Iterator[Mark]:
    """Yields a mark for each stretch of a located value; those of several say so by their class."""
    if located is None:
        return
    if located.fragments is None:
        yield Mark(located.start, located.end, tag, attributes)
        return
    for start, end in located.fragments:
        yield Mark(start, end, tag, {**attributes, "class": f"{attributes.get('class') or ''} fragment".strip()})


def _entity(entity: Entity, references: References, eids: Mapping[str, str]) -> Mark | None:
    if entity.fragments is not None:
        return None
    tag, attributes = "inline", {"name": entity.type.lower()}
    if isinstance(entity, DocRefEntity):
        target = eids.get(entity.value.target_section_id or "")
        href = entity.value.id or (f"#{target}" if target else None)
        if href is not None:
            tag, attributes = "ref", {"href": href}
    elif isinstance(entity, (OrgEntity, PlaceEntity)):
        tag = "organization" if isinstance(entity, OrgEntity) else "location"
        attributes = {"refersTo": references.to(tag, entity.value.name or entity.text, entity.value.id)}
    elif isinstance(entity, PersonEntity):
        tag, attributes = "person", {"refersTo": references.to("person", entity.text)}
        if entity.value.position:
            attributes["as"] = references.to("role", entity.value.position)
    elif entity.value is not None:
        tag, attributes = _valued(entity.type, str(entity.value), references)
    return Mark(entity.start, entity.end, tag, attributes)


def _valued(kind: str, value: str, references: References) -> tuple[str, dict[str, str]]:
    """Returns the element for an entity whose value is one string."""
    if kind == "DATE" and day_of(value).precision == "day":
        return "date", {"date": value}
    if kind == "TIME" and _TIME.fullmatch(value):
        return "time", {"time": f"{value}:00"}
    if kind in _COUNTED:
        return "quantity", {"refersTo": references.to("concept", kind.lower()), "normalized": value}
    return "inline", {"name": kind.lower(), "nq:value": value}
