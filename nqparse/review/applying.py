"""Applies corrections to a document: the machine's reading, with what people said laid over it.

The document that is given stays as it is. What comes out is a Document like any other: each of its spans is checked
against the text again. A correction that cannot be placed any more changes nothing and is told.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from nqparse.document import Document
from nqparse.review.anchors import placed
from nqparse.review.draft import Draft
from nqparse.review.faults import Misfit
from nqparse.review.looking import value_at
from nqparse.review.operations import OPERATION, Operation, with_anchors

State = Literal["applied", "agrees", "differs", "unplaced"]

# What a newer reading may move or name otherwise without reading anything else.
_OF_THE_PLACE = frozenset(("start", "end", "fragments", "section_id", "rule", "id", "spans"))


@dataclass(frozen=True, slots=True)
class Kept:
    """A correction as the archive keeps it.

    Attributes:
        correction_id: its number.
        operation: what is to be.
        machine: what the machine read there when it was made, as JSON has it.
        after: what it made of that.
    """

    correction_id: int
    operation: Operation
    machine: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction in this reading of the document.

    Attributes:
        correction_id: its number.
        state: `applied`: the machine reads what it read when the correction was made; `agrees`: it now reads what the
            correction says; `differs`: it reads neither the one nor the other; `unplaced`: the correction fits nowhere.
        machine: what the machine reads there.
        operation: the correction, where it lies in this text.
        reason: why it fits nowhere.
        reason_vi: the same in Vietnamese.
    """

    correction_id: int
    state: State
    machine: Any
    operation: Operation
    reason: str | None = None
    reason_vi: str | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document with its corrections, and what became of each of these."""

    document: Document
    outcomes: tuple[Outcome, ...] = ()

    @property
    def unplaced(self) -> tuple[Outcome, ...]:
        """The corrections that fit nowhere any more."""
        return tuple(outcome for outcome in self.outcomes if outcome.state == "unplaced")


def apply(document: Document, corrections: Sequence[Kept]) -> Reviewed:
    """Returns a document with corrections laid over it, in their order.

    Args:
        document: the machine's reading.
        corrections: those that are not undone.
    """
    if not corrections:
        return Reviewed(document)
    draft = Draft(document)
    outcomes = []
    for kept in corrections:
        operation = kept.operation
        try:
            operation = with_anchors(operation, lambda anchor: placed(document.text, anchor))
            now = value_at(document, operation)
            draft.change(operation)
        except Misfit as error:
            outcomes.append(Outcome(kept.correction_id, "unplaced", None, kept.operation, error.en, error.vi))
        else:
            outcomes.append(Outcome(kept.correction_id, _state(kept, now), now, operation))
    return Reviewed(draft.document(), tuple(outcomes))


def change(document: Document, operation: Operation) -> tuple[Document, Any, Any]:
    """Makes one change that a person asks for.

    Args:
        document: the document as it is now, with the corrections so far.
        operation: the change; its anchors are complete.

    Returns:
        The changed document, and what stood there before and stands there now.

    Raises:
        Misfit: if it does not fit.
    """
    before = value_at(document, operation)
    draft = Draft(document)
    draft.change(operation)
    changed = draft.document()
    return changed, before, value_at(changed, operation)


def _state(kept: Kept, now: Any) -> State:
    said, read = _essence(kept.after), _essence(now)
    if read == said:
        return "agrees"
    return "applied" if read == _essence(kept.machine) else "differs"


def _essence(value: Any) -> Any:
    """Returns what a value says, without where it stands."""
    if isinstance(value, dict):
        return {key: _essence(inner) for key, inner in value.items() if key not in _OF_THE_PLACE}
    if isinstance(value, (list, tuple)):
        return [_essence(inner) for inner in value]
    return value


def plain(value: Any) -> str:
    """Returns a value as the archive keeps it and the API gives it, as JSON; models may be anywhere in it."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), default=_fields)


def _fields(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True)


def operation_of(data: str) -> Operation:
    """Returns an operation that was kept as JSON."""
    return OPERATION.validate_python(json.loads(data))
