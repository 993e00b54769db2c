"""What a document says where a correction is about: to be kept beside it, and to be compared with later readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from nqparse.content_models import Located, Model
from nqparse.document import Diagnostic, Document, Section, Signature
from nqparse.review.anchors import Anchor, overlap
from nqparse.review.faults import Misfit
from nqparse.review.operations import (
    AddSection,
    ChangeEntity,
    ChangeItem,
    ChangeSignature,
    JudgeDiagnostic,
    Operation,
    SetFact,
    SetField,
    anchors_of,
)


def value_at(document: Document, operation: Operation) -> Any:
    """Returns what a document says where an operation is about, as JSON has it; the operation's anchors lie in it."""
    if isinstance(operation, SetField):
        return _dump(field_of(document, operation.field))
    if isinstance(operation, ChangeItem):
        places = [place for place in (operation.old, operation.new) if place is not None]
        return [_dump(item) for item in items_of(document, operation.list) if _touches(item, places)]
    if isinstance(operation, ChangeSignature):
        found = [block for block in document.signatures if _is_block(block, anchors_of(operation))]
        return [_dump(block) for block in found]
    if isinstance(operation, ChangeEntity):
        ends = [one for one in (operation.old, operation.new) if one is not None]
        types = {one.type for one in ends}
        places = [one.place for one in ends]
        return [_dump(item) for item in document.entities if item.type in types and _touches(item, places)]
    if isinstance(operation, SetFact):
        return _dump(getattr(document.facts, operation.fact))
    if isinstance(operation, JudgeDiagnostic):
        return [_dump(finding) for finding in document.diagnostics if is_judged(finding, operation)]
    place = operation.label if isinstance(operation, AddSection) else operation.section
    return _section(document, place)


def field_of(document: Document, field: str) -> Located | None:
    """Returns a single field by its name, "header.date" or "closing"."""
    group, _, name = field.rpartition(".")
    found: Located | None = getattr(getattr(document, group) if group else document, name)
    return found


def items_of(document: Document, name: str) -> Sequence[Located]:
    """Returns a list by its name, "preamble.bases" or "recipients"."""
    group, _, field = name.rpartition(".")
    found: Sequence[Located] = getattr(getattr(document, group) if group else document, field)
    return found


def parts_of(block: Signature) -> list[Located]:
    """Returns what there is of a signature block."""
    return [part for part in (block.authority, block.position, block.name) if part is not None]


def is_judged(finding: Diagnostic, operation: JudgeDiagnostic) -> bool:
    """Tells whether a finding is the one that was judged."""
    if finding.code != operation.code:
        return False
    place = operation.place
    if place is None or finding.start is None or finding.end is None:
        return place is None and finding.start is None
    return (finding.start, finding.end) == (place.start, place.end)


def block_at(signatures: Sequence[Signature], place: Anchor) -> int:
    """Returns the index of the signature block that has words at a place.

    Raises:
        Misfit: if there is none.
    """
    for index, block in enumerate(signatures):
        if _is_block(block, [place]):
            return index
    raise Misfit("no signature stands here", "không có khối chữ ký ở đây")


def _is_block(block: Signature, places: Iterable[Anchor]) -> bool:
    return any(overlap(place, part) for place in places for part in parts_of(block))


def _touches(item: Located, places: Iterable[Anchor]) -> bool:
    return any(overlap(place, item) for place in places)


def _section(document: Document, place: Anchor) -> dict[str, Any] | None:
    """Returns what can be corrected of the section at a place: its label, its title, and where it stands."""
    for tree in (document.body, *(appendix.body for appendix in document.appendices)):
        stack: list[tuple[Section, Section | None]] = [(section, None) for section in tree]
        while stack:
            section, parent = stack.pop()
            if section.start == place.start:
                return {
                    "kind": section.kind, "number": section.number, "label": section.label,
                    "heading": section.heading.text if section.heading else None,
                    "under": None if parent is None else f"{parent.kind} {parent.number}",
                    "children": [f"{child.kind} {child.number}" for child in section.children],
                }  # fmt: skip
            stack.extend((child, section) for child in section.children)
    return None


def _dump(value: Any) -> Any:
    return value.model_dump(mode="json", by_alias=True) if isinstance(value, Model) else value
