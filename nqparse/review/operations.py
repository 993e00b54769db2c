"""The corrections that can be made, as data: what is kept in the archive, and what the API takes.

Each says where (`Anchor`, never an index: those change when a document is parsed anew) and what is to be there. One
that says what the machine says already is no mistake: a person has confirmed it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import Field, TypeAdapter, model_validator

from nqparse.content_models import Model, is_none
from nqparse.document import SectionKind
from nqparse.review.anchors import Anchor

FieldName = Literal[
    "header.national_name", "header.motto", "header.parent_issuer", "header.issuer", "header.symbol", "header.place",
    "header.date", "header.doc_type", "header.title", "preamble.enacting_body", "preamble.formula", "closing",
    "recipients_intro",
]  # fmt: skip
ListName = Literal["preamble.bases", "preamble.recitals", "recipients"]
EntityType = Literal[
    "DATE", "PERIOD", "TIME", "SESSION", "RATIO", "PERCENT", "MONEY", "QUANTITY", "DOCREF", "ORG", "PERSON", "PLACE",
]  # fmt: skip
FactName = Literal["attendance", "vote", "adopted_on", "adopted_at", "session", "effective_on", "expires_on"]
Verdict = Literal["accepted", "dismissed"]

_Short = Annotated[str, Field(max_length=2000)]


class SetField(Model):
    """A field of the header, the preamble or the foot: where it stands, null where the document has none.

    `value` is what is kept beside the words: the ISO date, the cleaned title or name, the normalised symbol. Without it
    the words are read as the parser reads them.
    """

    op: Literal["set_field"] = "set_field"
    field: FieldName
    place: Anchor | None
    value: _Short | None = None


class ChangeItem(Model):
    """An item of a list: `old` alone removes it, `new` alone adds one, both give it another place."""

    op: Literal["change_item"] = "change_item"
    list: ListName
    old: Anchor | None = None
    new: Anchor | None = None
    name: _Short | None = Field(default=None, exclude_if=is_none)
    note: _Short | None = Field(default=None, exclude_if=is_none)
    archive: bool = Field(default=False, exclude_if=lambda value: value is False)

    @model_validator(mode="after")
    def _says_something(self) -> ChangeItem:
        return _one_of(self, self.old, self.new)


class ChangeSignature(Model):
    """A signature block, found by any words of it (`old`), gets these three parts; without any it is removed.

    Of a `block` the parts are those that the parser reads in its words, where they are not given. Without `old`, a
    block that has words at one of these places gets the parts that are given, and keeps the others.
    """

    op: Literal["change_signature"] = "change_signature"
    old: Anchor | None = None
    block: Anchor | None = Field(default=None, exclude_if=is_none)
    authority: Anchor | None = None
    position: Anchor | None = None
    name: Anchor | None = None

    @model_validator(mode="after")
    def _says_something(self) -> ChangeSignature:
        return _one_of(self, self.old, self.block, self.authority, self.position, self.name)


class Mentioned(Model):
    """An entity: its type, its place, and its value; without a value the words are read as the parser reads them."""

    type: EntityType
    place: Anchor
    value: dict[str, Any] | int | _Short | None = Field(default=None, exclude_if=is_none)


class ChangeEntity(Model):
    """An entity: `old` alone removes it, `new` alone adds one; both give it another type, place or value."""

    op: Literal["change_entity"] = "change_entity"
    old: Mentioned | None = None
    new: Mentioned | None = None

    @model_validator(mode="after")
    def _says_something(self) -> ChangeEntity:
        return _one_of(self, self.old, self.new)


class MoveSection(Model):
    """A section comes to stand under another one, or at the top (`under` is null); its children follow.

    The order of the text stays: `under` must be a section that is open where the section begins. With `following` the
    sections behind it under the same parent come along.
    """

    op: Literal["move_section"] = "move_section"
    section: Anchor
    under: Anchor | None = None
    following: bool = False


class RelabelSection(Model):
    """A section gets another kind or number; what is null stays."""

    op: Literal["relabel_section"] = "relabel_section"
    section: Anchor
    kind: SectionKind | None = None
    number: Annotated[str, Field(max_length=100)] | None = None


class SetHeading(Model):
    """The title of a section, null where what was taken for one is its text."""

    op: Literal["set_heading"] = "set_heading"
    section: Anchor
    heading: Anchor | None = None


class RemoveSection(Model):
    """What was taken for a section is text of the one before; its children come to stand under its parent."""

    op: Literal["remove_section"] = "remove_section"
    section: Anchor


class AddSection(Model):
    """A label begins a section: under `under`, else beside the open one of its kind, else under the one that holds it.

    Without kind and number, the words begin with a label as the parser reads it, and it alone is the label.
    """

    op: Literal["add_section"] = "add_section"
    label: Anchor
    kind: SectionKind | None = None
    number: Annotated[str, Field(max_length=100)] | None = None
    under: Anchor | None = None


class SetFact(Model):
    """A fact, null where the document does not say it; its form is that of `facts` in the contract.

    `place` is where it is said. Without a value the words there are read as the parser reads them.
    """

    op: Literal["set_fact"] = "set_fact"
    fact: FactName
    value: dict[str, Any] | _Short | None = None
    place: Anchor | None = Field(default=None, exclude_if=is_none)


class JudgeDiagnostic(Model):
    """A finding is right (accepted), or there is nothing wrong (dismissed): then it is left out."""

    op: Literal["judge_diagnostic"] = "judge_diagnostic"
    code: Annotated[str, Field(max_length=40)]
    place: Anchor | None = None
    verdict: Verdict


Operation: TypeAlias = Annotated[
    SetField | ChangeItem | ChangeSignature | ChangeEntity | MoveSection | RelabelSection | SetHeading | RemoveSection
    | AddSection | SetFact | JudgeDiagnostic,
    Field(discriminator="op"),
]  # fmt: skip
OPERATION: TypeAdapter[Operation] = TypeAdapter(Operation)
Op = TypeVar("Op", bound=Model)


def _one_of(model: Op, *given: Anchor | Mentioned | None) -> Op:
    if all(one is None for one in given):
        raise ValueError("it must say what is there, or what is to be there")
    return model


def with_anchors(operation: Op, change: Callable[[Anchor], Anchor]) -> Op:
    """Returns an operation with each of its anchors changed."""
    changed: dict[str, Any] = {}
    for name in type(operation).model_fields:
        value = getattr(operation, name)
        if isinstance(value, Anchor):
            changed[name] = change(value)
        elif isinstance(value, Mentioned):
            changed[name] = value.model_copy(update={"place": change(value.place)})
    return operation.model_copy(update=changed)


def anchors_of(operation: Model) -> list[Anchor]:
    """Returns the anchors of an operation."""
    found: list[Anchor] = []

    def note(anchor: Anchor) -> Anchor:
        found.append(anchor)
        return anchor

    with_anchors(operation, note)
    return found
