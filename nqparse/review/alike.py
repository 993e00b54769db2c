""""Apply to all like this": the other places of a document that an operation on a mention also means."""

from __future__ import annotations

from bisect import bisect_right

from nqparse.content_models import Entity
from nqparse.document import Document
from nqparse.review.anchors import Anchor, anchor_at
from nqparse.review.faults import Misfit
from nqparse.review.operations import ChangeEntity, Mentioned, Operation

_SILENT = frozenset(("furniture", "before", "after"))  # zones that hold no entities
_MOST = 1_000


def alike(document: Document, operation: Operation) -> list[Operation]:
    """Returns an operation with the same one for every other place that it fits: the same words, in the same way.

    What is removed or changed is each entity of this type with the same words; what is added is added wherever the
    words stand by themselves and no entity of this type holds them yet.

    Raises:
        Misfit: if the operation is not one on an entity, or there are too many places.
    """
    if not isinstance(operation, ChangeEntity):
        raise Misfit("only what is done to an entity can be done to all like it", "chỉ áp dụng được cho thực thể")
    old, new = operation.old, operation.new
    if old is not None:
        found = [_moved(operation, document, item) for item in document.entities if _is_another(item, old)]
    else:
        assert new is not None  # the operation says one or the other
        found = [_added(operation, new, place) for place in _others(document, new)]
    if len(found) > _MOST:
        raise Misfit(f"there are {len(found)} places like this, more than {_MOST}", f"có tới {len(found)} chỗ")
    return [operation, *found]


def _is_another(item: Entity, old: Mentioned) -> bool:
    same = item.type == old.type and item.text == old.place.quote and item.fragments is None
    return same and (item.start, item.end) != (old.place.start, old.place.end)


def _moved(operation: ChangeEntity, document: Document, item: Entity) -> ChangeEntity:
    """Returns the operation for another entity; a new end lies as far from the old one as in the first."""
    old, new = operation.old, operation.new
    assert old is not None
    by = item.start - old.place.start
    changed: dict[str, Mentioned | None] = {
        "old": old.model_copy(update={"place": anchor_at(document.text, item.start, item.end)})
    }
    if new is not None:
        start, end = new.place.start + by, new.place.end + by
        inside = start >= 0 and document.text[start:end] == new.place.quote
        place = anchor_at(document.text, *((start, end) if inside else (item.start, item.end)))
        changed["new"] = new.model_copy(update={"place": place})
    return operation.model_copy(update=changed)


def _added(operation: ChangeEntity, new: Mentioned, place: Anchor) -> ChangeEntity:
    return operation.model_copy(update={"new": new.model_copy(update={"place": place})})


def _others(document: Document, new: Mentioned) -> list[Anchor]:
    text, words = document.text, new.place.quoted()
    held = sorted((item.start, item.end) for item in document.entities if item.type == new.type)
    starts = [start for start, _ in held]
    zones = [zone.start for zone in document.zones]
    found: list[Anchor] = []
    at = text.find(words)
    while at >= 0 and len(found) <= _MOST:
        end = at + len(words)
        before = bisect_right(starts, end - 1) - 1
        free = before < 0 or held[before][1] <= at
        spoken = document.zones[bisect_right(zones, at) - 1].kind not in _SILENT
        if at != new.place.start and free and spoken and _stands_alone(text, at, end):
            found.append(anchor_at(text, at, end))
        at = text.find(words, end)
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())
