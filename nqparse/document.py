"""The output contract: what one parsed resolution looks like.

These models are the only definition of the JSON in code; the JSON Schema is generated from them
(`nqparse schema`). All offsets are code points into `Document.text`, half-open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticSerializationError

from nqparse.content_models import (  # noqa: F401  # offered from here as well
    AbbreviationNote,
    Assignment,
    Attendance,
    DocRefEntity,
    DocRefValue,
    Entity,
    EntityBase,
    Facts,
    InternalReference,
    Located,
    Model,
    OrgEntity,
    OrgValue,
    PersonEntity,
    PersonValue,
    Pinpoint,
    PlaceEntity,
    PlaceValue,
    RatioEntity,
    Relation,
    RelationKind,
    SectionAmount,
    SessionEntity,
    SessionFact,
    TextEntity,
    Vote,
    is_none,
)
from nqparse.json_pieces import json_pieces

SCHEMA_VERSION = "1"

ZoneKind = Literal[
    "before", "header", "preamble", "formula", "body", "closing", "recipients",
    "signatures", "appendix", "after", "furniture", "unknown",
]  # fmt: skip
SectionKind = Literal[
    "part", "chapter", "section", "subsection", "article", "upper", "roman", "arabic", "decimal",
    "letter", "letter_decimal", "paren", "ordinal", "dash", "plus", "star",
]  # fmt: skip
Severity = Literal["E", "W", "I"]


class Named(Located):
    """A located name with its cleaned form: one line, no marks, single spaces."""

    name: str


class Cleaned(Located):
    """A located text with its cleaned form in `value`."""

    value: str


class SymbolField(Located):
    """The document's number and symbol ("số, ký hiệu") in its parts.

    `number` is null where it was left blank; `suffix` is the letter of "30a", or the sub-number of
    "66.7" with its point; `codes` are the upper-case codes in order; `normalized` has no spaces and
    plain hyphens, zero padding kept as written.
    """

    number: int | None
    suffix: str | None = None
    year: int | None = None
    codes: list[str]
    normalized: str


class DateField(Located):
    """A located date; `value` is ISO 8601 as far as written ("2021-01-13", "2021-01", "2021")."""

    value: str | None


class Header(Model):
    """The letterhead, number line, date line, type line and title."""

    national_name: Located | None = None
    motto: Located | None = None
    parent_issuer: Named | None = None
    issuer: Named | None = None
    symbol: SymbolField | None = None
    place: Located | None = None
    date: DateField | None = None
    doc_type: Cleaned | None = None
    title: Cleaned | None = None


class Preamble(Model):
    """What stands between the title and the body."""

    enacting_body: Located | None = None
    bases: list[Located] = []
    recitals: list[Located] = []
    formula: Located | None = None


class Section(Model):
    """One numbered section with its children.

    `start` is the first character of the label, `end` the end of the section with all its
    children; `number` is the label without punctuation, as written; `ordinal` its place in the
    order of its kind (a=1 … d=4, đ=5, e=6), null where it cannot be read.
    """

    id: str
    kind: SectionKind
    label: str
    number: str
    ordinal: int | None
    heading: Located | None = None
    start: int
    end: int
    paragraphs: list[Located] = []
    children: list[Section] = []

    def walk(self) -> Iterator[Section]:
        """Yields this section and all below it in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


class Recipient(Named):
    """One addressee without its bullet; `note` is what stands in its brackets ("b/c")."""

    note: str | None = None
    archive: bool = False


class Signature(Model):
    """One signature block."""

    authority: Located | None = None
    position: Located | None = None
    name: Located | None = None


class Appendix(Model):
    """What is attached: its marker and title, and its own sections."""

    marker: Located
    title: Cleaned | None = None
    start: int
    end: int
    body: list[Section] = []


class Diagnostic(Model):
    """One finding. `message` is Vietnamese, `message_en` English; offsets are null for the whole document."""

    code: str
    severity: Severity
    message: str
    message_en: str
    start: int | None = None
    end: int | None = None
    spans: list[tuple[int, int]] = []
    hint: str | None = None
    hint_en: str | None = None


class Zone(Model):
    """A piece of the text; all zones together tile it."""

    kind: ZoneKind
    start: int
    end: int


class PageOrigin(Model):
    """How the text of the pages `first` to `last` (counted from 1) was obtained.

    `by` is `text` (the file's own text), `ocr` (read from a picture by `engine`, which is so sure of it as
    `confidence` says, from 0 to 1), `picture` (a picture that was not read) or `damaged` (it could not be read).
    """

    first: int
    last: int
    by: Literal["text", "ocr", "picture", "damaged"]
    engine: str | None = Field(default=None, exclude_if=is_none)
    confidence: float | None = Field(default=None, exclude_if=is_none)


class Part(Model):
    """Which piece of a file with several documents this one is: the `index`-th (from 1) of `count`.

    `start` and `end` are offsets into the text of the whole file; `first_page` and `last_page` (from 1) are null for
    formats without pages.
    """

    index: int
    count: int
    start: int
    end: int
    first_page: int | None = None
    last_page: int | None = None


class Source(Model):
    """Where the text came from. `size` is in bytes, `sha256` is over those bytes: those of the whole file.

    `pages` and `origins` are there for formats that have pages, `ocr` where pages were read by OCR, `part` where the
    file holds several documents and was split.
    """

    name: str | None = None
    media_type: str = "text/plain"
    sha256: str
    encoding: str | None = "utf-8"
    size: int
    pages: int | None = Field(default=None, exclude_if=is_none)
    origins: list[PageOrigin] | None = Field(default=None, exclude_if=is_none)
    ocr: dict[str, Any] | None = Field(default=None, exclude_if=is_none)
    part: Part | None = Field(default=None, exclude_if=is_none)


class Document(Model):
    """One parsed resolution (or other document), with `text` exactly as it was read."""

    schema_version: Literal["1"] = "1"
    source: Source
    text: str
    header: Header = Header()
    preamble: Preamble = Preamble()
    body: list[Section] = []
    closing: Located | None = None
    recipients_intro: Located | None = None
    recipients: list[Recipient] = []
    signatures: list[Signature] = []
    appendices: list[Appendix] = []
    entities: list[Entity] = []
    facts: Facts = Facts()
    relations: list[Relation] = []
    internal_references: list[InternalReference] = []
    abbreviations: list[AbbreviationNote] = []
    diagnostics: list[Diagnostic] = []
    zones: list[Zone] = []

    @model_validator(mode="after")
    def _check_anchors(self) -> Document:
        for span in self.iter_located():
            _check_located(self.text, span)
        _check_tiling(self.text, self.zones)
        return self

    # -- JSON ---------------------------------------------------------------------------------

    def to_json(self, *, indent: int | None = None) -> str:
        """Returns the contract's JSON. The same input gives the same bytes."""
        try:
            whole = ""
            for piece in json_pieces(self, indent):
                whole += piece  # Python lengthens the string where it lies: nothing else refers to it
            return whole
        except PydanticSerializationError:
            # A lone surrogate has no UTF-8 form; JSON can escape it.
            return json.dumps(self.model_dump(), indent=indent, separators=None if indent else (",", ":"))

    @classmethod
    def from_json(cls, data: str | bytes) -> Document:
        """Reads what `to_json` wrote; every span is checked against the text again.

        Raises:
            pydantic.ValidationError: if the JSON breaks the contract.
        """
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            if error.errors()[0]["type"] != "json_invalid":
                raise
            try:
                return cls.model_validate(json.loads(data))  # a lone surrogate, escaped
            except ValueError:
                raise error from None

    # -- walkers ------------------------------------------------------------------------------

    def iter_located(self) -> Iterator[Located]:
        """Yields every located value of the document."""
        header, preamble = self.header, self.preamble
        single: list[Located | None] = [
            header.national_name, header.motto, header.parent_issuer, header.issuer, header.symbol,
            header.place, header.date, header.doc_type, header.title,
            preamble.enacting_body, *preamble.bases, *preamble.recitals, preamble.formula,
            self.closing, self.recipients_intro, *self.recipients,
        ]  # fmt: skip
        for signature in self.signatures:
            single += [signature.authority, signature.position, signature.name]
        for appendix in self.appendices:
            single += [appendix.marker, appendix.title]
        for span in single:
            if span is not None:
                yield span
        for section in self.iter_sections(appendices=True):
            if section.heading is not None:
                yield section.heading
            yield from section.paragraphs
        yield from self.entities

    def iter_sections(self, *, appendices: bool = False) -> Iterator[Section]:
        """Yields all sections of the body, parents first; with `appendices`, theirs too."""
        for section in self.body:
            yield from section.walk()
        if appendices:
            for appendix in self.appendices:
                for section in appendix.body:
                    yield from section.walk()

    def section_at(self, offset: int) -> Section | None:
        """Returns the innermost section that holds the character at `offset`, or None."""
        found = None
        level = self.body
        while True:
            inner = next((s for s in level if s.start <= offset < s.end), None)
            if inner is None:
                break
            found, level = inner, inner.children
        return found

    def find(self, section_id: str) -> Section | None:
        """Returns the section with this id ("III/2/a"), or None."""
        return next((s for s in self.iter_sections(appendices=True) if s.id == section_id), None)

    # -- faces --------------------------------------------------------------------------------

    def __repr__(self) -> str:
        header = self.header
        symbol = header.symbol.normalized if header.symbol else None
        date = header.date.value if header.date else None
        sections = sum(1 for _ in self.iter_sections())
        return (
            f"<Document {symbol or self.source.name or 'no symbol'} {date or 'no date'}: "
            f"{sections} sections, {len(self.entities)} entities, {len(self.diagnostics)} diagnostics>"
        )

    __str__ = __repr__

    def _repr_html_(self) -> str:
        from nqparse.export.html import render_fragment  # noqa: PLC0415  (floor 5, only in notebooks)

        return render_fragment(self)


def _check_located(text: str, span: Located) -> None:
    if span.fragments is None:
        if text[span.start : span.end] != span.text:
            raise ValueError(f"text[{span.start}:{span.end}] is not {span.text!r}")
        return
    pieces = [text[start:end] for start, end in span.fragments]
    if "\n".join(pieces) != span.text:
        raise ValueError(f"fragments {span.fragments} do not join to {span.text!r}")
    if min(s for s, _ in span.fragments) != span.start or max(e for _, e in span.fragments) != span.end:
        raise ValueError(f"{span.start}:{span.end} is not the envelope of {span.fragments}")


def _check_tiling(text: str, zones: list[Zone]) -> None:
    end = 0
    for zone in zones:
        if zone.start != end or zone.end <= zone.start:
            raise ValueError(f"zone {zone.kind} {zone.start}:{zone.end} does not follow {end}")
        end = zone.end
    if end != len(text):
        raise ValueError(f"zones end at {end}, the text at {len(text)}")


def json_schema() -> dict[str, Any]:
    """Returns the JSON Schema of the contract."""
    return Document.model_json_schema(by_alias=True)
