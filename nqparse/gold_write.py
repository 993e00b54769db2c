"""Documents as gold: what a person corrected becomes a specimen.

`document_to_gold` keeps the offsets of a Document; `gold_to_source` writes them as quotes, so that a
person can go on working in `gold.src.json`. Compiling these quotes gives the same gold again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from nqparse.document import (
    Attendance,
    DocRefValue,
    Document,
    Entity,
    Located,
    Model,
    Section,
    Vote,
)
from nqparse.gold import (
    GAP,
    GOLD_FILE,
    HEADER_FIELDS,
    SIGNATURE_FIELDS,
    SOURCE_FILE,
    TEXT_FILE,
    Gold,
    GoldAppendix,
    GoldEntity,
    GoldFacts,
    GoldHeader,
    GoldPreamble,
    GoldRecipients,
    GoldSection,
    GoldSignature,
    GoldSource,
    GoldValue,
    Quote,
    QuotedEntity,
    QuotedSection,
    Span,
    Turn,
    dump,
)

_MARKER_LENGTH = 40
F = TypeVar("F", Attendance, Vote)


def write_case(folder: Path, document: Document) -> Gold:
    """Makes a specimen of a corrected Document: writes text, quotes and offsets into `folder`."""
    gold = document_to_gold(document)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TEXT_FILE).write_bytes(document.text.encode("utf-8"))
    (folder / SOURCE_FILE).write_text(dump(gold_to_source(gold, document.text)), encoding="utf-8")
    (folder / GOLD_FILE).write_text(dump(gold), encoding="utf-8")
    return gold


def document_to_gold(document: Document) -> Gold:
    """Returns what a Document says in the form of gold.

    What gold does not annotate stays out: quantities and the values of names. Entities inside what is attached
    stay, behind `entities_end`, where they do not count.
    """
    text, alts = document.text, _Alts(document.text)
    header, preamble = document.header, document.preamble
    attached = min((appendix.marker.start for appendix in document.appendices), default=None)
    entities = [
        GoldEntity(type=entity.type, start=entity.start, end=entity.end, text=text[entity.start : entity.end],
                   value=_gold_value(entity))
        for entity in document.entities
        if entity.type != "QUANTITY"
    ]  # fmt: skip
    facts = document.facts
    return Gold(
        length=len(text),
        header=GoldHeader[Span].model_validate({
            **{field: alts.span(getattr(header, field), f"header.{field}") for field in HEADER_FIELDS},
            "date_value": header.date.value if header.date else None,
        }),
        preamble=GoldPreamble[Span](
            enacting_body=alts.span(preamble.enacting_body, "preamble.enacting_body"),
            bases=alts.spans(preamble.bases, "preamble.bases"),
            recitals=alts.spans(preamble.recitals, "preamble.recitals"),
            formula=alts.span(preamble.formula, "preamble.formula"),
        ),
        body=[_gold_section(section) for section in document.body],
        closing=alts.span(document.closing, "closing"),
        recipients=GoldRecipients[Span](
            intro=alts.span(document.recipients_intro, "recipients.intro"),
            items=alts.spans(document.recipients, "recipients"),
        ),
        signatures=[
            GoldSignature[Span].model_validate(
                {field: alts.span(getattr(block, field), f"signatures.{index}.{field}") for field in SIGNATURE_FIELDS}
            )
            for index, block in enumerate(document.signatures)
        ],
        appendices=[
            GoldAppendix[Span].model_validate({
                "marker": alts.span(appendix.marker, f"appendices.{index}.marker"),
                "title": alts.span(appendix.title, f"appendices.{index}.title"),
            })
            for index, appendix in enumerate(document.appendices)
        ],
        entities=sorted(entities, key=lambda entity: (entity.start, -entity.end)),
        entities_end=len(text if attached is None else text[:attached].rstrip()),
        facts=GoldFacts(
            attendance=_numbers(facts.attendance, Attendance),
            vote=_numbers(facts.vote, Vote),
            adopted_on=facts.adopted_on,
            effective_on=facts.effective_on,
        ),
        alts=alts.found,
    )  # fmt: skip


class _Alts:
    """Turns located values into spans and keeps the reading of those that lie in fragments."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.found: dict[str, str] = {}

    def span(self, located: Located | None, path: str) -> Span | None:
        """Returns the envelope of a located value, null for null."""
        return None if located is None else self._envelope(located, path)

    def spans(self, located: Iterable[Located], path: str) -> list[Span]:
        """Returns the envelopes of a list of located values."""
        return [self._envelope(item, f"{path}.{index}") for index, item in enumerate(located)]

    def _envelope(self, located: Located, path: str) -> Span:
        text = self._text[located.start : located.end]
        if text != located.text:
            self.found[path] = located.text
        return Span(start=located.start, end=located.end, text=text)


def _gold_section(section: Section) -> GoldSection:
    return GoldSection(
        kind=section.kind,
        number=section.number,
        heading=section.heading is not None,
        start=section.start,
        children=[_gold_section(child) for child in section.children],
    )


def _gold_value(entity: Entity) -> GoldValue:
    value = entity.value
    if isinstance(value, DocRefValue):
        cited = DocRefValue(type=value.type, symbol=value.symbol, date=value.date)
        return cited.model_copy(update={"pinpoint": value.pinpoint}) if value.pinpoint else cited
    # The values of names are no part of gold.
    return value if isinstance(value, str | int) else None


def _numbers(fact: F | None, model: type[F]) -> F | None:
    """Returns the figures of a fact, each written out, null where there is none."""
    if fact is None:
        return None
    figures = {name: value for name, value in fact if name != "guests"}
    return model.model_validate(figures) if any(value is not None for value in figures.values()) else None


# -- offsets to quotes ----------------------------------------------------------------------------


def gold_to_source(gold: Gold, text: str) -> GoldSource:
    """Returns gold as a person would write it: quotes, with offsets only where a quote alone would not do."""

    def quote(span: Span) -> Quote:
        alone = text.count(span.text) == 1 and span.text == span.text.strip() and GAP not in span.text
        return span.text if alone else span

    def quotes(model: Model) -> dict[str, Any]:
        return {name: quote(value) if isinstance(value, Span) else
                [quote(item) for item in value] if isinstance(value, list) else value
                for name, value in model}  # fmt: skip

    source: dict[str, Any] = {
        "header": quotes(gold.header),
        "preamble": quotes(gold.preamble),
        "body": _quoted_sections(gold.body, text, 0)[0],
        "closing": gold.closing and quote(gold.closing),
        "recipients": quotes(gold.recipients),
        "signatures": [quotes(signature) for signature in gold.signatures],
        "appendices": [quotes(appendix) for appendix in gold.appendices],
        "entities": _quoted_entities(gold.entities, text),
        "facts": gold.facts,
        "alts": gold.alts,
    }
    if gold.entities_end < gold.length:
        start = max(0, gold.entities_end - _MARKER_LENGTH)
        source["entities_end"] = Span(start=start, end=gold.entities_end, text=text[start : gold.entities_end])
    return GoldSource.model_validate(source)


def _quoted_sections(sections: list[GoldSection], text: str, after: int) -> tuple[list[QuotedSection], int]:
    quoted = []
    for section in sections:
        length = _MARKER_LENGTH
        while text.find(text[section.start : section.start + length], after) != section.start:
            length *= 2
        children, next_after = _quoted_sections(section.children, text, section.start + 1)
        quoted.append(
            QuotedSection(kind=section.kind, number=section.number, marker=text[section.start : section.start + length],
                          heading=section.heading, children=children)
        )  # fmt: skip
        after = next_after
    return quoted, after


def _quoted_entities(entities: list[GoldEntity], text: str) -> list[QuotedEntity]:
    quoted, turn = [], Turn()
    for entity in entities:
        fields: dict[str, Any] = {"type": entity.type, "text": entity.text, "value": entity.value}
        if text.find(entity.text, turn.after(entity.type)) != entity.start:
            fields |= {"start": entity.start, "end": entity.end}
        turn.take(entity.type, entity.start, entity.end)
        quoted.append(QuotedEntity.model_validate(fields))
    return quoted
