"""The content part of the output contract: entities with their values, facts, relations, references.

`nqparse.document` has the rest, and offers all of these names as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

M = TypeVar("M", bound="Model")


def is_none(value: object) -> bool:
    """Tells whether a field is left out of the JSON."""
    return value is None


class Model(BaseModel):
    """Base of all contract models: unknown fields are refused by name."""

    model_config = ConfigDict(extra="forbid")

    _every_field: ClassVar[set[str]] = set()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Notes the fields of each model once, for `made`."""
        super().__pydantic_init_subclass__(**kwargs)
        cls._every_field = set(cls.model_fields)

    @classmethod
    def made(cls: type[M], **fields: Any) -> M:
        """Returns a validated model of which there will be very many.

        Every model keeps a record of the fields that it was given, which may weigh more than what they hold. All
        models that are made here share one: it names every field, so nothing that is set later can change it.
        """
        model: M = cls.__pydantic_validator__.validate_python(fields)  # what `cls(**fields)` does, without its call
        object.__setattr__(model, "__pydantic_fields_set__", cls._every_field)
        return model


class Located(Model):
    """A value read from the text: `document.text[start:end] == text`.

    Where the characters are not contiguous (two columns flattened into the same lines),
    `fragments` holds the pieces `[start, end]`; `start`/`end` are then the envelope and `text`
    is the pieces joined by one line break.
    """

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    fragments: list[tuple[int, int]] | None = Field(default=None, exclude_if=is_none)


class Pinpoint(Model):
    """A place inside a cited document, as written; null where not said."""

    article: str | None = None
    clause: str | None = None
    point: str | None = None


class DocRefValue(Model):
    """What a citation cites; null where not written."""

    type: str | None = None
    symbol: str | None = None
    date: str | None = None
    title: str | None = None
    issuer: str | None = None
    pinpoint: list[Pinpoint] = []
    id: str | None = None
    target_section_id: str | None = None
    unresolved: str | None = None


class OrgValue(Model):
    """The resolved full name and stable id of an organisation, null where in doubt."""

    name: str | None = None
    id: str | None = None


PersonRole = Literal[
    "signer",
    "elected",
    "appointed",
    "approved",
    "dismissed",
    "suspended",
    "disciplined",
    "assigned",
    "transferred",
    "nominated",
    "admitted",
    "awarded",
]


class PersonValue(Model):
    """A person's position, where written, and role in this document.

    `role` is what the document makes of the person at this place, whether it does so itself or approves that others
    did; null where in doubt:

    - `signer`: the name stands below a signature;
    - `elected`: bầu, phê chuẩn kết quả bầu; `appointed`: bổ nhiệm, chỉ định, named a member of what is set up;
    - `approved`: phê chuẩn, công nhận, chuẩn y, where it is not said how the person comes to the office;
    - `dismissed`: miễn nhiệm, bãi nhiệm, cách chức, (cho) thôi giữ, từ chức, end of a mandate;
    - `suspended`: (tạm) đình chỉ; `disciplined`: kỷ luật, khiển trách, cảnh cáo, khai trừ;
    - `assigned`: giao, phân công, ủy quyền, cử; `transferred`: điều động, luân chuyển, biệt phái;
    - `nominated`: giới thiệu, đề cử, ứng cử; `admitted`: kết nạp; `awarded`: tặng, truy tặng, khen thưởng.

    `office` is the office that the role is about ("giữ chức vụ …", "miễn nhiệm chức vụ …"). `position` is what is
    written beside the name, or that office where nothing is.
    """

    position: str | None = None
    role: PersonRole | None = None
    office: str | None = Field(default=None, exclude_if=is_none)


class PlaceValue(Model):
    """A place's name without its level word, its level and its code of the General Statistics Office.

    `province` is the one that a district or commune lay in at the time, and `became` holds the codes of the communes
    that a former one became on 01/7/2025. `suggestion` is a unit of the document's province that a name which is
    none there may stand for, as after OCR; `name` stays as written.
    """

    name: str | None = None
    level: str | None = None
    id: str | None = None
    province: str | None = Field(default=None, exclude_if=is_none)
    suggestion: str | None = Field(default=None, exclude_if=is_none)
    became: list[str] | None = Field(default=None, exclude_if=is_none)


class EntityBase(Located):
    """What all entities share: the section they stand in and the rule they came from."""

    section_id: str | None = None
    rule: str | None = None


class TextEntity(EntityBase):
    """An entity whose value is a normal string, null where it cannot be said."""

    type: Literal["DATE", "PERIOD", "TIME", "PERCENT", "MONEY", "QUANTITY"]
    value: str | None = None
    comparison: Literal["at_least", "at_most", "increase", "decrease", "reach"] | None = Field(
        default=None, exclude_if=is_none
    )


class SessionEntity(EntityBase):
    """The ordinal of a session, meeting, congress or term."""

    type: Literal["SESSION"]
    value: int | None = None


class RatioEntity(EntityBase):
    """A count N/M that was made."""

    type: Literal["RATIO"]
    value: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    unit: str | None = None


class DocRefEntity(EntityBase):
    """A citation of a document."""

    type: Literal["DOCREF"]
    value: DocRefValue


class OrgEntity(EntityBase):
    """An organisation."""

    type: Literal["ORG"]
    value: OrgValue


class PersonEntity(EntityBase):
    """A person."""

    type: Literal["PERSON"]
    value: PersonValue


class PlaceEntity(EntityBase):
    """A named place outside an organisation's name."""

    type: Literal["PLACE"]
    value: PlaceValue


Entity = Annotated[
    TextEntity | SessionEntity | RatioEntity | DocRefEntity | OrgEntity | PersonEntity | PlaceEntity,
    Field(discriminator="type"),
]


class Attendance(Model):
    """Who was present; nothing is computed."""

    present: int | None = None
    total: int | None = None
    absent: int | None = None
    excused: int | None = None
    guests: str | None = None


class Vote(Model):
    """The vote on the resolution as a whole; nothing is computed."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)

    for_: int | None = Field(default=None, alias="for")
    against: int | None = None
    abstain: int | None = None
    total: int | None = None


class SessionFact(Model):
    """The session at which the document was adopted."""

    kind: str | None = None
    ordinal: int | None = None


class Assignment(Model):
    """A body that is told to do something, and the section that says so."""

    body: str
    section_id: str | None = None
    start: int
    end: int


class SectionAmount(Model):
    """An amount of money and the section it stands in."""

    section_id: str | None = None
    value: str
    start: int
    end: int


class Facts(Model):
    """What the document says of itself; null where it is not written.

    `expires_on` is the day as written: the last one of "đến hết ngày …", the first one without effect of "hết hiệu lực
    từ ngày …" and "đến trước ngày …". `repeals` are the documents (or places of one) that it ends or replaces, not
    those of which only "một số nội dung" end.
    """

    attendance: Attendance | None = None
    vote: Vote | None = None
    adopted_on: str | None = None
    adopted_at: str | None = None
    session: SessionFact | None = None
    effective_on: str | None = None
    expires_on: str | None = None
    repeals: list[str] = []
    assigned: list[Assignment] = []
    amounts: list[SectionAmount] = []


RelationKind = Literal["amends", "replaces", "repeals", "extends", "implements", "based_on", "considers"]


class Relation(Model):
    """What a document does to a cited one; `start`/`end` are the words that say so, with the citation.

    `source` is the identifier of the citing document, null for this document itself; `target` that of the
    cited one, null where it could not be told (`target_text` is what is written).
    """

    kind: RelationKind
    source: str | None = None
    target: str | None = None
    target_text: str
    start: int
    end: int
    rule: str | None = None


class InternalReference(Located):
    """A reference to a place of the same document, with the section that is meant or the reason why none is."""

    pinpoint: Pinpoint
    target_section_id: str | None = None
    unresolved: str | None = None


class AbbreviationNote(Model):
    """An abbreviation that the document itself explains; `start`/`end` are where it does."""

    short: str
    long: str
    explicit: bool
    start: int
    end: int


@dataclass(slots=True)
class Content:
    """What a structured text says; all offsets are those of the source."""

    entities: list[Entity] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    relations: list[Relation] = field(default_factory=list)
    internal_references: list[InternalReference] = field(default_factory=list)
    abbreviations: list[AbbreviationNote] = field(default_factory=list)
