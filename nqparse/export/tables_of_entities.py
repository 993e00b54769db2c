"""The tables of what is found in running text: one per type of entity, and what documents say of each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nqparse.document import DocRefEntity, Document, Entity, Pinpoint
from nqparse.export.tables import Column, Table
from nqparse.export.tables_of_structure import STRUCTURE, offsets, provision, spanned

_FIGURES = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?:-(?P<high>\d+(?:\.\d+)?))?(?: (?P<unit>.+))?")


@dataclass(frozen=True, slots=True)
class _Numbered:
    """An entity with its place among all entities of the document."""

    number: int
    entity: Entity


def _of_type(kind: str) -> Callable[[Document], Iterator[_Numbered]]:
    def items(document: Document) -> Iterator[_Numbered]:
        for number, entity in enumerate(document.entities):
            if entity.type == kind:
                yield _Numbered(number, entity)

    return items


def _normal(item: _Numbered) -> str:
    """Returns the value of an entity as a string, empty where it has none."""
    return str(getattr(item.entity, "value", None) or "")


def _figure(group: str) -> Callable[[_Numbered], str | None]:
    """Returns the function that takes a part of "5-7 ha": low, high or unit."""

    def take(item: _Numbered) -> str | None:
        match = _FIGURES.fullmatch(_normal(item))
        if match is None:
            return None
        return match["high"] or match["low"] if group == "high" else match[group]

    return take


def _half(number: int) -> Callable[[_Numbered], str | None]:
    def take(item: _Numbered) -> str | None:
        parts = _normal(item).split("/")
        return parts[number] if len(parts) == 2 else None

    return take


def _fragments(item: _Numbered) -> str | None:
    pieces = item.entity.fragments
    return None if pieces is None else " ".join(f"{start}-{end}" for start, end in pieces)


def _part(at: int) -> Callable[[_Numbered], str | None]:
    """Returns the function that takes the year, month or day of a date."""

    def take(item: _Numbered) -> str | None:
        parts = _normal(item).split("-")
        return parts[at] if len(parts) > at and parts[at].isdecimal() else None

    return take


def _table(name: str, kind: str, description: str, *columns: Column) -> Table:
    """Returns the table of a type of entity."""
    written = (
        Column("text", "text", "The words as written.", "entity.text"),
        *offsets(path="entity."),
        Column("fragments", "text", "Its pieces, 0-17 63-76, where it stands in several.", _fragments),
        Column("section_id", "text", "The section that it stands in.", "entity.section_id"),
        Column("rule", "text", "The rule that found it.", "entity.rule"),
    )
    number = Column("entity", "integer", "Its place among all entities of the document, from 0.", "number")
    return Table(name, description, (number, *columns, *written), _of_type(kind))


def _value(description: str) -> Column:
    return Column("value", "text", description, "entity.value")


def _range(low: str, high: str = "The same; of a range its upper end.") -> tuple[Column, Column]:
    return Column("low", "number", low, _figure("low")), Column("high", "number", high, _figure("high"))


_COMPARISON = Column(
    "comparison", "text", "at_least, at_most, increase, decrease or reach, where written.", "entity.comparison"
)

DATES = _table(
    "dates", "DATE", "One date.",
    _value("ISO 8601 as far as written: YYYY-MM-DD, YYYY-MM or YYYY."),
    Column("day", "date", "The same, where the whole day is written.", "entity.value"),
    Column("year", "integer", "Its year.", _part(0)),
    Column("month", "integer", "Its month, 1 to 12, where written.", _part(1)),
)  # fmt: skip
PERIODS = _table(
    "periods", "PERIOD", "One period of time.",
    _value("Its first and last year, month or day, parted by a slash."),
    Column("first", "text", "The first, YYYY, YYYY-MM or YYYY-MM-DD.", _half(0)),
    Column("last", "text", "The last one.", _half(1)),
)  # fmt: skip
TIMES = _table("times", "TIME", "One time of day.", _value("HH:MM."))
SESSIONS = _table(
    "sessions", "SESSION", "One session, meeting, congress or term.",
    Column("ordinal", "integer", "Its ordinal.", "entity.value"),
)  # fmt: skip
RATIOS = _table(
    "ratios", "RATIO", "One count, N of M.",
    _value("N/M."),
    Column("numerator", "integer", "N.", "entity.numerator"),
    Column("denominator", "integer", "M.", "entity.denominator"),
    Column("unit", "text", "What was counted.", "entity.unit"),
)  # fmt: skip
PERCENTS = _table(
    "percents", "PERCENT", "One percentage.",
    _value("The figures, exactly: 95.5, 5-7."),
    *_range("Percent; of a range its lower end.", "Percent; of a range its upper end."),
    _COMPARISON,
)  # fmt: skip
MONEY = _table(
    "money", "MONEY", "One amount of money.",
    _value("The amount with its currency, exactly: 1234500000000 VND."),
    *_range("Amount in units of the currency; of a range its lower end."),
    Column("currency", "text", "The currency: VND.", _figure("unit")),
    _COMPARISON,
)  # fmt: skip
QUANTITIES = _table(
    "quantities", "QUANTITY", "One other figure with its unit.",
    _value("The figure with its unit, exactly: 2500 ha."),
    *_range("Figure in the unit; of a range its lower end."),
    Column("unit", "text", "The unit, in Vietnamese.", _figure("unit")),
    _COMPARISON,
)  # fmt: skip
CITATIONS = _table(
    "citations", "DOCREF", "One citation of a document.",
    Column("type", "text", "Type of the cited document.", "entity.value.type"),
    Column("symbol", "text", "Its number and symbol.", "entity.value.symbol"),
    Column("date", "text", "Its date as far as written.", "entity.value.date"),
    Column("title", "text", "Its title.", "entity.value.title"),
    Column("issuer", "text", "Its issuer.", "entity.value.issuer"),
    Column("uri", "text", "Its URI, with the cited place behind an exclamation mark.", "entity.value.id"),
    Column(
        "target_section_id", "text", "The section of this document, where it cites itself.",
        "entity.value.target_section_id",
    ),
    Column("unresolved", "text", "Why there is no URI.", "entity.value.unresolved"),
)  # fmt: skip
ORGANISATIONS = _table(
    "organisations", "ORG", "One organisation.",
    Column("name", "text", "Its full name, null where in doubt.", "entity.value.name"),
    Column("organisation_id", "text", "Its stable id.", "entity.value.id"),
)  # fmt: skip
PERSONS = _table(
    "persons", "PERSON", "One person.",
    Column("position", "text", "Position, where written.", "entity.value.position"),
    Column("role", "text", "Role in this document.", "entity.value.role"),
)  # fmt: skip
PLACES = _table(
    "places", "PLACE", "One place outside the name of an organisation.",
    Column("name", "text", "Its name without the word for its level.", "entity.value.name"),
    Column("level", "text", "Its level: tỉnh, huyện, xã and so on.", "entity.value.level"),
    Column("place_id", "text", "Its stable id.", "entity.value.id"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _CitedPlace:
    entity: int
    place: Pinpoint


def _pinpoints(document: Document) -> Iterator[_CitedPlace]:
    for number, entity in enumerate(document.entities):
        if isinstance(entity, DocRefEntity):
            for place in entity.value.pinpoint:
                yield _CitedPlace(number, place)


PINPOINTS = Table(
    "pinpoints",
    "One place inside a cited document.",
    (
        Column("entity", "integer", "The citation: its place among all entities of the document.", "entity"),
        *provision("place"),
    ),
    _pinpoints,
)
RELATIONS = Table(
    "relations",
    "What one document does to another.",
    (
        Column("kind", "text", "amends, replaces, repeals, extends, implements, based_on or considers.", "kind"),
        Column("source", "text", "URI of the document that does it, null for this one.", "source"),
        Column("target", "text", "URI of the document that it is done to, null where it cannot be told.", "target"),
        Column("target_text", "text", "What is written of it.", "target_text"),
        *offsets("First code point of the words that say so.", "Their end in code points, with the citation."),
        Column("rule", "text", "The rule that says so.", "rule"),
    ),
    lambda document: document.relations,
)
INTERNAL_REFERENCES = Table(
    "internal_references",
    "One reference to a place of the same document.",
    (
        *provision("pinpoint"),
        Column("target_section_id", "text", "The section that is meant.", "target_section_id"),
        Column("unresolved", "text", "Why none is.", "unresolved"),
        *spanned("The reference"),
    ),
    lambda document: document.internal_references,
)

ENTITIES: dict[str, Table] = {
    "DATE": DATES, "PERIOD": PERIODS, "TIME": TIMES, "SESSION": SESSIONS, "RATIO": RATIOS, "PERCENT": PERCENTS,
    "MONEY": MONEY, "QUANTITY": QUANTITIES, "DOCREF": CITATIONS, "ORG": ORGANISATIONS, "PERSON": PERSONS,
    "PLACE": PLACES,
}  # fmt: skip

TABLES: tuple[Table, ...] = (*STRUCTURE, *ENTITIES.values(), PINPOINTS, RELATIONS, INTERNAL_REFERENCES)
