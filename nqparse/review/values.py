"""Values of words that a person has marked: read as the parser reads them, or as the person says."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from nqparse import ruleset
from nqparse.content_models import (
    DocRefValue,
    Entity,
    Facts,
    Located,
    OrgValue,
    PersonValue,
    PlaceValue,
)
from nqparse.document import Cleaned, DateField, Named, SymbolField
from nqparse.entities import Mention
from nqparse.entities.citations import CitationFinder
from nqparse.entities.numbers import NumberFinder
from nqparse.entities.time import TimeFinder
from nqparse.fold import squeeze
from nqparse.review.anchors import Anchor
from nqparse.review.faults import Misfit
from nqparse.review.operations import FactName, FieldName, Mentioned
from nqparse.structure.header import date_value
from nqparse.symbols import Symbol, normalize, symbol_at
from nqparse.view import View

_ENTITY: TypeAdapter[Entity] = TypeAdapter(Entity)
_NAMED = ("header.parent_issuer", "header.issuer")
_CLEANED = ("header.doc_type", "header.title")
_NO_NUMBER = " .…_"
_DATES = ("adopted_on", "effective_on", "expires_on")  # of the facts
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_WHOLE_DAY = len("2024-03-05")


def field_value(field: FieldName, place: Anchor, value: str | None) -> Located:
    """Returns a field of the document at a place.

    Raises:
        Misfit: if the value is none that this field can have.
    """
    span: dict[str, Any] = {
        "text": place.quoted(), "start": place.start, "end": place.end, "fragments": place.fragments,
    }  # fmt: skip
    try:
        if field == "header.date":
            return DateField(**span, value=_iso(value) if value is not None else day_in(place.quoted()))
        if field == "header.symbol":
            return SymbolField(**span, **_symbol(place.quoted(), value))
        clean = value if value is not None else squeeze(View.of(place.quoted()).text)
        if field in _NAMED:
            return Named(**span, name=clean)
        if field in _CLEANED:
            lower = field == "header.doc_type" and value is None
            return Cleaned(**span, value=clean.lower() if lower else clean)
    except ValidationError as error:
        raise _no_value(field, error) from None
    return Located(**span)


def fact_value(fact: FactName, value: dict[str, Any] | str | None) -> Any:
    """Returns a fact as the contract has it.

    Raises:
        Misfit: if the value is none that this fact can have.
    """
    if fact in _DATES and isinstance(value, str):
        _iso(value)
    try:
        return getattr(Facts.model_validate({fact: value}), fact)
    except ValidationError as error:
        raise _no_value(fact, error) from None


def entity_of(mentioned: Mentioned, section_id: str | None) -> Entity:
    """Returns an entity as a person marked it.

    Raises:
        Misfit: if the value is none of this type.
    """
    place = mentioned.place
    value, fields = (mentioned.value, {}) if mentioned.value is not None else _read(mentioned.type, place.quoted())
    data = {
        "type": mentioned.type, "text": place.quoted(), "start": place.start, "end": place.end,
        "fragments": place.fragments, "section_id": section_id, "rule": None, "value": value, **fields,
    }  # fmt: skip
    try:
        return _ENTITY.validate_python(data)
    except ValidationError as error:
        raise _no_value(mentioned.type, error) from None


def _read(kind: str, quote: str) -> tuple[Any, dict[str, Any]]:
    """Returns the value that the parser sees in the words, and the further fields of its type."""
    if kind == "ORG":
        return OrgValue(), {}
    if kind == "PERSON":
        return PersonValue(), {}
    if kind == "PLACE":
        return PlaceValue(), {}
    view = View.of(quote)
    found = [mention for mention in mentions_in(view) if mention.type == kind]
    if not found:
        return (DocRefValue() if kind == "DOCREF" else None), {}
    best = max(found, key=lambda mention: mention.end - mention.start)
    return best.value, best.fields


def as_entity(mention: Mention, quote: str, view: View) -> Entity:
    """Returns the entity of a mention that was found in some words."""
    start, end = view.source_span(mention.start, mention.end)
    return _ENTITY.validate_python({
        "type": mention.type, "text": quote[start:end], "start": start, "end": end, "value": mention.value,
        **mention.fields,
    })  # fmt: skip


def mentions_in(view: View) -> list[Mention]:
    """Returns the dates, numbers and citations in some words."""
    text, folded = view.text, view.folded
    return [mention for finder in _finders() for mention in finder.find(text, folded, 0, len(text))]


@lru_cache(maxsize=1)
def _finders() -> tuple[TimeFinder, NumberFinder, CitationFinder]:
    rules = ruleset.load()
    return TimeFinder(rules), NumberFinder(rules), CitationFinder(rules)


def day_in(quote: str) -> str | None:
    """Returns the date in some words as the parser reads it; whoever marks them may have left "ngày" out."""
    found = _day(quote)
    if quote[:1].isdigit() and len(found or "") < _WHOLE_DAY:
        found = _day(f"ngày {quote}") or found
    return found


def _day(quote: str) -> str | None:
    view = View.of(quote)
    match = ruleset.load().regex("header.date").search(view.folded)
    if match is not None:
        return date_value(match)
    value, _ = _read("DATE", quote)
    return cast("str | None", value)


def _iso(value: str) -> str:
    try:
        if _DATE.fullmatch(value) is None:
            raise ValueError(value)
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        raise Misfit(
            f"{value!r} is no date like 2021-01-13, 2021-01 or 2021", f"{value!r} không phải ngày dạng 2021-01-13"
        ) from None
    return value


def _symbol(quote: str, value: str | None) -> dict[str, Any]:
    written = value if value is not None else View.of(quote).text.strip()
    found: Symbol | None = symbol_at(written, 0, blank=True)
    if found is None or written[found.end :].strip():
        return {"number": None, "codes": [], "normalized": normalize(written).strip(_NO_NUMBER)}
    return {
        "number": found.number, "suffix": found.suffix, "year": found.year, "codes": list(found.codes),
        "normalized": found.normalized,
    }  # fmt: skip


def _no_value(of: str, error: ValidationError) -> Misfit:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return Misfit(
        f"this is no value of {of} ({where}: {first['msg']})", f"giá trị không hợp lệ cho {of} ({where})"
    )
