"""A document while it is being corrected: only what is changed is copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from nqparse.content_models import DocRefEntity, DocRefValue, Entity, Facts, Located
from nqparse.document import Document, Recipient, Section, Signature
from nqparse.entities.extract import SectionIndex
from nqparse.fold import squeeze
from nqparse.review.anchors import Anchor, located, overlap
from nqparse.review.faults import Misfit
from nqparse.review.looking import block_at, is_judged, parts_of
from nqparse.review.operations import (
    AddSection,
    ChangeEntity,
    ChangeItem,
    ChangeSignature,
    JudgeDiagnostic,
    Mentioned,
    Operation,
    SetFact,
    SetField,
)
from nqparse.review.trees import Tree, TreeOperation
from nqparse.review.values import entity_of, fact_value, field_value
from nqparse.view import View

_NO_SECTIONS = frozenset(("header", "recipients", "signatures", "furniture", "before", "after"))


class Draft:
    """A copy of a document, to be changed."""

    def __init__(self, document: Document) -> None:
        self._begin(document)

    def _begin(self, document: Document) -> None:
        self._document = document
        self._text = document.text
        self._header = document.header.model_copy()
        self._preamble = document.preamble.model_copy(
            update={"bases": list(document.preamble.bases), "recitals": list(document.preamble.recitals)}
        )
        self._recipients = list(document.recipients)
        self._signatures = list(document.signatures)
        self._entities: list[Entity] = list(document.entities)
        self._diagnostics = list(document.diagnostics)
        self._facts: dict[str, Any] = {}
        self._fields: dict[str, Located | None] = {}
        self._trees: dict[int, Tree] = {}
        self._index: SectionIndex | None = None

    def change(self, operation: Operation) -> None:
        """Makes a change; the operation's anchors lie in the document's text.

        Raises:
            Misfit: if it does not fit; nothing is changed then.
        """
        if isinstance(operation, SetField):
            self._set_field(operation)
        elif isinstance(operation, ChangeItem):
            self._change_item(operation)
        elif isinstance(operation, ChangeSignature):
            self._change_signature(operation)
        elif isinstance(operation, ChangeEntity):
            self._change_entity(operation)
        elif isinstance(operation, SetFact):
            self._facts[operation.fact] = fact_value(operation.fact, operation.value)
        elif isinstance(operation, JudgeDiagnostic):
            self._judge(operation)
        else:
            self._change_tree(operation)

    # -- fields and lists ---------------------------------------------------------------------

    def _set_field(self, operation: SetField) -> None:
        place = operation.place
        value = None if place is None else field_value(operation.field, place, operation.value)
        group, _, name = operation.field.rpartition(".")
        if group == "header":
            setattr(self._header, name, value)
        elif group == "preamble":
            setattr(self._preamble, name, value)
        else:
            self._fields[name] = value

    def _change_item(self, operation: ChangeItem) -> None:
        old, new = operation.old, operation.new
        lists: dict[str, list[Any]] = {
            "preamble.bases": self._preamble.bases, "preamble.recitals": self._preamble.recitals,
            "recipients": self._recipients,
        }  # fmt: skip
        items = lists[operation.list]
        places = [place for place in (old, new) if place is not None]
        left = [item for item in items if not any(_in_the_way(item, place) for place in places)]
        if old is not None and not any(overlap(old, item) for item in items) and new is None:
            raise Misfit("nothing of this list stands here", "danh sách không có mục nào ở đây")
        if new is not None:
            left.append(self._item(operation, new))
        items[:] = sorted(left, key=lambda item: item.start)

    def _item(self, operation: ChangeItem, place: Anchor) -> Located:
        if operation.list != "recipients":
            return located(place, Located)
        name = operation.name if operation.name is not None else squeeze(View.of(place.quoted()).text)
        return located(place, Recipient, name=name, note=operation.note, archive=operation.archive)

    def _change_signature(self, operation: ChangeSignature) -> None:
        given = {"authority": operation.authority, "position": operation.position, "name": operation.name}
        places = [place for place in given.values() if place is not None]
        parts = {name: None if place is None else located(place, Located) for name, place in given.items()}
        blocks = self._signatures
        if operation.old is not None:
            gone = [block_at(blocks, operation.old)]
        else:
            gone = [at for at, block in enumerate(blocks) if any(_held(part, places) for part in parts_of(block))]
            for name in given if gone else ():  # what stands there already is made whole, not made twice
                kept = getattr(blocks[gone[0]], name)
                if parts[name] is None and kept is not None and not _held(kept, places):
                    parts[name] = kept
        left = [block for at, block in enumerate(blocks) if at not in gone]
        if any(part is not None for part in parts.values()):
            left.insert(gone[0] if gone else len(left), Signature(**parts))
            if not gone:
                left.sort(key=lambda block: min((part.start for part in parts_of(block)), default=0))
        self._signatures = left

    # -- entities -----------------------------------------------------------------------------

    def _change_entity(self, operation: ChangeEntity) -> None:
        if self._trees:
            # A section that a citation names is called as it is now: what comes of the trees has to be known first.
            self._begin(self.document())
        old, new = operation.old, operation.new
        if old is not None and new is None and not any(_is_like(item, old) for item in self._entities):
            raise Misfit("no such entity stands here", "không có thực thể này ở đây")
        added: Entity | None = None
        if new is not None:
            if new.value is None:
                added = next((item for item in self._entities if _is_like(item, new)), None)
            added = added or entity_of(new, self._section_index().at(new.place.start))
        self._entities = [item for item in self._entities if not _gives_way(item, old, new)]
        if added is not None:
            self._entities.append(added)
            self._entities.sort(key=lambda item: (item.start, -item.end))

    def _section_index(self) -> SectionIndex:
        """Returns where the sections are that the document began with; it is made once for all entities."""
        if self._index is None:
            self._index = SectionIndex(self._document.body)
        return self._index

    # -- findings -----------------------------------------------------------------------------

    def _judge(self, operation: JudgeDiagnostic) -> None:
        if operation.verdict == "dismissed":
            self._diagnostics = [finding for finding in self._diagnostics if not is_judged(finding, operation)]

    # -- sections -----------------------------------------------------------------------------

    def _change_tree(self, operation: TreeOperation) -> None:
        place = operation.label if isinstance(operation, AddSection) else operation.section
        for number, sections in enumerate(self._all_sections()):
            tree = self._trees.get(number) or Tree(self._text, sections)
            if tree.spans(place.start) if isinstance(operation, AddSection) else tree.holds(place):
                tree.change(operation)
                self._trees[number] = tree
                return
        if not isinstance(operation, AddSection):
            raise Misfit("no section stands here", "không có mục nào ở đây")
        number, limit = self._part_at(place.start)
        tree = self._trees.get(number) or Tree(self._text, self._all_sections()[number])
        tree.limit = limit
        tree.change(operation)
        self._trees[number] = tree

    def _part_at(self, offset: int) -> tuple[int, int]:
        """Returns the number of the tree that a text belongs to which no section holds, and where that text ends."""
        for number, appendix in enumerate(self._document.appendices, 1):
            if appendix.start <= offset < appendix.end:
                return number, appendix.end
        zone = next(zone for zone in self._document.zones if zone.start <= offset < zone.end)
        if zone.kind in _NO_SECTIONS:
            raise Misfit("a section cannot begin in this part of the text", "mục không thể bắt đầu ở phần này")
        return 0, zone.end

    def _all_sections(self) -> Sequence[list[Section]]:
        return [self._document.body, *(appendix.body for appendix in self._document.appendices)]

    # -- the end ------------------------------------------------------------------------------

    def document(self) -> Document:
        """Returns the document; all that refers to sections refers to those that there are now.

        Raises:
            Misfit: if it would break the contract.
        """
        old = self._document
        fields: dict[str, Any] = {name: getattr(old, name) for name in Document.model_fields}
        fields |= self._fields
        fields |= {
            "header": self._header, "preamble": self._preamble, "recipients": self._recipients,
            "signatures": self._signatures, "entities": self._entities, "diagnostics": self._diagnostics,
        }  # fmt: skip
        if self._facts:
            fields["facts"] = old.facts.model_copy(update=self._facts)
        if self._trees:
            self._put_trees(fields)
        try:
            return Document(**fields)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            raise Misfit(f"this would break the document: {first['msg']}", "sửa đổi làm hỏng văn bản") from None

    def _put_trees(self, fields: dict[str, Any]) -> None:
        renamed: dict[str, str | None] = {}
        appendices = list(self._document.appendices)
        for number, tree in self._trees.items():
            sections, names = tree.sections()
            if number:
                appendices[number - 1] = appendices[number - 1].model_copy(update={"body": sections})
                continue
            fields["body"] = sections
            renamed = {section.id: names.get(section.id) for section in self._document.iter_sections()}
        fields["appendices"] = appendices
        if 0 not in self._trees:
            return
        index = SectionIndex(fields["body"])
        fields["entities"] = [_housed(item, index, renamed) for item in self._entities]
        facts: Facts = fields["facts"]
        fields["facts"] = facts.model_copy(update={
            "assigned": [item.model_copy(update={"section_id": index.at(item.start)}) for item in facts.assigned],
            "amounts": [item.model_copy(update={"section_id": index.at(item.start)}) for item in facts.amounts],
        })  # fmt: skip
        fields["internal_references"] = [
            item.model_copy(update={"target_section_id": _renamed(item.target_section_id, renamed)})
            for item in self._document.internal_references
        ]


def _in_the_way(item: Located, place: Anchor) -> bool:
    """Tells whether an item has to go for a place; of two in columns side by side only the envelopes overlap."""
    if item.fragments is None and place.fragments is None:
        return overlap(place, item)
    return (item.start, item.end) == (place.start, place.end)


def _held(part: Located, places: Sequence[Anchor]) -> bool:
    return any(_in_the_way(part, place) for place in places)


def _is_like(item: Entity, one: Mentioned) -> bool:
    return item.type == one.type and (item.start, item.end) == (one.place.start, one.place.end)


def _gives_way(item: Entity, old: Mentioned | None, new: Mentioned | None) -> bool:
    """Tells whether an entity goes: it is the one that is changed, or lies where another of its type is put."""
    if old is not None and _is_like(item, old):
        return True
    return new is not None and item.type == new.type and _in_the_way(item, new.place)


def _housed(item: Entity, index: SectionIndex, renamed: dict[str, str | None]) -> Entity:
    changed: dict[str, Any] = {"section_id": index.at(item.start)}
    if isinstance(item, DocRefEntity) and item.value.target_section_id is not None:
        value: DocRefValue = item.value
        target = _renamed(value.target_section_id, renamed)
        changed["value"] = value.model_copy(update={"target_section_id": target})
    return item.model_copy(update=changed)


def _renamed(name: str | None, renamed: dict[str, str | None]) -> str | None:
    return None if name is None else renamed.get(name)
