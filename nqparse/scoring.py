"""Scores what was found in one document against what is in it.

Both sides come as Gold, so the same figures measure a parser (through `document_to_gold`) and the agreement of
two annotators. A figure is a name with a `Tally`: "header.title", "sections.attached", "entities.DATE.strict".

- Texts (header, formula, recipients …) agree after folding (`loose`), or when they lie in the same place:
  where columns were flattened into the same lines, gold quotes all that stands between first and last word.
- Lists (bases, sections, recipients, entities …) are matched one to one.
- A single value counts as one decision, right or wrong; null is right where gold says null.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar, get_args

from nqparse.document import DocRefValue, Model
from nqparse.fold import squeeze
from nqparse.gold import (
    HEADER_FIELDS,
    SIGNATURE_FIELDS,
    Gold,
    GoldEntity,
    GoldFacts,
    GoldHeader,
    GoldPreamble,
    GoldRecipients,
    GoldSection,
    GoldType,
    GoldValue,
    Span,
)

ENTITY_TYPES: tuple[GoldType, ...] = get_args(GoldType)
# What must be right in a document for its skeleton to be right.
SKELETON = (
    *(f"header.{field}" for field in (*HEADER_FIELDS, "date_value")),
    "preamble.enacting_body", "preamble.bases", "preamble.formula",
    "sections.attached", "closing", "recipients", "signatures",
)  # fmt: skip

_NAMES = ("ORG", "PERSON", "PLACE")
_MARKS = re.compile(r"[*_#\\|]+")
_CLOSING = ".,;:/ "
_SHOWN = 40  # characters that a fault quotes from each end of a text

Item = TypeVar("Item")


class Tally(Model):
    """How many there are, how many were found, and how many of these are right."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            gold=self.gold + other.gold,
            predicted=self.predicted + other.predicted,
            right=self.right + other.right,
        )

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right, null where nothing was found."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of what there is that was found, null where there is nothing."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both, null where there is nothing and nothing was found."""
        both = self.gold + self.predicted
        return 2 * self.right / both if both else None

    @property
    def perfect(self) -> bool:
        """Whether all that there is was found, and nothing else."""
        return self.right == self.gold == self.predicted


class Fault(Model):
    """One thing that is wrong: `expected` is null for what should not be there, `got` for what is missing."""

    figure: str
    expected: str | None
    got: str | None

    def __str__(self) -> str:
        if self.expected is None:
            return f"{self.figure}: not in gold: {self.got}"
        if self.got is None:
            return f"{self.figure}: missing: {self.expected}"
        return f"{self.figure}: expected {self.expected}, got {self.got}"


class DocumentScore(Model):
    """The score of one document; `error` says why there was nothing to score."""

    name: str
    error: str | None = None
    tallies: dict[str, Tally]
    faults: list[Fault]

    @property
    def skeleton_right(self) -> bool:
        """Whether header, preamble, sections, closing, recipients and signatures are all right."""
        return self.tallies["skeleton"].perfect


def score(name: str, gold: Gold, found: Gold) -> DocumentScore:
    """Scores what was found in a document against gold."""
    sheet = _Sheet()
    _score_header(sheet, gold, found)
    _score_preamble(sheet, gold, found)
    _score_sections(sheet, gold, found)
    _score_tail(sheet, gold, found)
    _score_appendices(sheet, gold, found)
    _score_facts(sheet, gold.facts, found.facts)
    skeleton = all(sheet.tallies[figure].perfect for figure in SKELETON)
    sheet.count("skeleton", 1, 1, int(skeleton))
    _score_entities(sheet, gold, found)
    return DocumentScore(name=name, tallies=sheet.tallies, faults=sheet.faults)


def score_crash(name: str, gold: Gold, error: str) -> DocumentScore:
    """Returns the score of a document that could not be parsed: nothing is right, not even what gold has as null."""
    nothing = Gold(
        length=gold.length,
        header=GoldHeader[Span](),
        preamble=GoldPreamble[Span](),
        body=[],
        closing=None,
        recipients=GoldRecipients[Span](),
        signatures=[],
        appendices=[],
        entities=[],
        entities_end=gold.length,
        facts=GoldFacts(),
    )
    tallies = score(name, gold, nothing).tallies
    wrong = {figure: tally.model_copy(update={"right": 0}) for figure, tally in tallies.items()}
    return DocumentScore(name=name, error=error, tallies=wrong, faults=[])


def loose(text: str) -> str:
    """Folds what does not count when texts are compared: space, case, Markdown marks, closing punctuation."""
    return squeeze(_MARKS.sub("", unicodedata.normalize("NFC", text))).casefold().rstrip(_CLOSING)


# -- the sheet ------------------------------------------------------------------------------------


class _Sheet:
    """The tallies and faults of one document."""

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = {}
        self.faults: list[Fault] = []

    def count(self, figure: str, gold: int, predicted: int, right: int) -> None:
        """Adds to the tally of a figure."""
        tally = Tally(gold=gold, predicted=predicted, right=right)
        self.tallies[figure] = self.tallies.get(figure, Tally()) + tally

    def fault(self, figure: str, expected: str | None, got: str | None) -> None:
        """Notes what is wrong."""
        self.faults.append(Fault(figure=figure, expected=expected, got=got))

    def decide(self, figure: str, right: bool, expected: str | None, got: str | None) -> None:
        """Counts one decision."""
        self.count(figure, 1, 1, int(right))
        if not right:
            self.fault(figure, expected or "nothing", got or "nothing")

    def match(
        self, figure: str, gold: Sequence[Item], found: Sequence[Item],
        agree: Callable[[Item, Item], bool], show: Callable[[Item], str],
    ) -> list[tuple[Item, Item]]:  # fmt: skip
        """Counts a list and returns the pairs that agree."""
        pairs, missing, extra = _pair(gold, found, agree)
        self.count(figure, len(gold), len(found), len(pairs))
        for item in missing:
            self.fault(figure, show(item), None)
        for item in extra:
            self.fault(figure, None, show(item))
        return pairs


def _pair(
    gold: Sequence[Item], found: Sequence[Item], agree: Callable[[Item, Item], bool]
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Pairs each item with the first free one that agrees; returns pairs, missing and extra items."""
    pairs, missing, free = [], [], list(found)
    for item in gold:
        index = next((i for i, other in enumerate(free) if agree(item, other)), None)
        if index is None:
            missing.append(item)
        else:
            pairs.append((item, free.pop(index)))
    return pairs, missing, free


class _Value(NamedTuple):
    """A span with its text as it reads, and with all that may be compared with it."""

    span: Span
    text: str
    readings: frozenset[str]

    def __str__(self) -> str:
        return _quoted(self.text, self.span)


def _value(side: Gold, path: str, span: Span) -> _Value:
    text = side.alts.get(path, span.text)
    return _Value(span, text, frozenset({loose(span.text), loose(text)}))


def _value_if(side: Gold, path: str, span: Span | None) -> _Value | None:
    return None if span is None else _value(side, path, span)


def _values(side: Gold, path: str, spans: Sequence[Span]) -> list[_Value]:
    return [_value(side, f"{path}.{index}", span) for index, span in enumerate(spans)]


def _same_text(gold: _Value | None, found: _Value | None) -> bool:
    if gold is None or found is None:
        return gold is found
    same_place = (gold.span.start, gold.span.end) == (found.span.start, found.span.end)
    return same_place or not gold.readings.isdisjoint(found.readings)


def _same_start(gold: _Value, found: _Value) -> bool:
    return gold.span.start == found.span.start


def _show(value: _Value | None) -> str:
    return "nothing" if value is None else str(value)


def _quoted(text: str, place: Span | GoldEntity) -> str:
    """Returns a text with its place on one line; of a long one both ends, where readings mostly differ."""
    text = squeeze(text)
    if len(text) > 2 * _SHOWN:
        text = f"{text[:_SHOWN]} … {text[-_SHOWN:]}"
    return f"“{text}” @{place.start}:{place.end}"


def _quoted_entity(entity: GoldEntity) -> str:
    return _quoted(entity.text, entity)


# -- the frame ------------------------------------------------------------------------------------


def _decide_text(sheet: _Sheet, figure: str, gold: _Value | None, found: _Value | None) -> None:
    sheet.decide(figure, _same_text(gold, found), _show(gold), _show(found))


def _score_header(sheet: _Sheet, gold: Gold, found: Gold) -> None:
    for field in HEADER_FIELDS:
        figure = f"header.{field}"
        expected, got = (_value_if(side, figure, getattr(side.header, field)) for side in (gold, found))
        _decide_text(sheet, figure, expected, got)
    expected_date, date = gold.header.date_value, found.header.date_value
    sheet.decide("header.date_value", expected_date == date, expected_date, date)


def _score_preamble(sheet: _Sheet, gold: Gold, found: Gold) -> None:
    for field in ("enacting_body", "formula"):
        figure = f"preamble.{field}"
        expected, got = (_value_if(side, figure, getattr(side.preamble, field)) for side in (gold, found))
        _decide_text(sheet, figure, expected, got)
    for field in ("bases", "recitals"):
        figure = f"preamble.{field}"
        items, found_items = (_values(side, figure, getattr(side.preamble, field)) for side in (gold, found))
        sheet.match(figure, items, found_items, _same_start, _show)


class _Label(NamedTuple):
    """What makes two sections the same."""

    kind: str
    number: str
    start: int

    def __str__(self) -> str:
        return f"{self.kind} “{self.number}” @{self.start}"


class _Node(NamedTuple):
    label: _Label
    parent: _Label | None
    heading: bool


def _nodes(sections: list[GoldSection], parent: _Label | None = None) -> Iterator[_Node]:
    for section in sections:
        label = _Label(section.kind, squeeze(section.number), section.start)
        yield _Node(label, parent, section.heading)
        yield from _nodes(section.children, label)


def _score_sections(sheet: _Sheet, gold: Gold, found: Gold) -> None:
    expected, got = list(_nodes(gold.body)), list(_nodes(found.body))
    pairs = sheet.match(
        "sections", expected, got, lambda one, other: one.label == other.label, lambda node: str(node.label)
    )
    strays = [(node, other) for node, other in pairs if node.parent != other.parent]
    sheet.count("sections.attached", len(expected), len(got), len(pairs) - len(strays))
    for node, other in strays:
        above = (f"{node.label} under {parent or 'the body'}" for parent in (node.parent, other.parent))
        sheet.fault("sections.attached", *above)
    sheet.count("sections.heading", 0, 0, 0)
    for node, other in pairs:
        forms = (
            f"{node.label} {'with' if heading else 'without'} heading" for heading in (node.heading, other.heading)
        )
        sheet.decide("sections.heading", node.heading == other.heading, *forms)


class _Block(NamedTuple):
    """A signature: authority, position and name."""

    values: tuple[_Value | None, ...]

    def agrees(self, other: _Block) -> bool:
        """Returns whether all three are the same."""
        return all(_same_text(one, two) for one, two in zip(self.values, other.values, strict=True))

    def __str__(self) -> str:
        return " / ".join(_show(value) for value in self.values)


def _blocks(side: Gold) -> list[_Block]:
    return [
        _Block(
            tuple(_value_if(side, f"signatures.{index}.{field}", getattr(block, field)) for field in SIGNATURE_FIELDS)
        )
        for index, block in enumerate(side.signatures)
    ]


def _score_tail(sheet: _Sheet, gold: Gold, found: Gold) -> None:
    closing, found_closing = (_value_if(side, "closing", side.closing) for side in (gold, found))
    _decide_text(sheet, "closing", closing, found_closing)
    items, found_items = (_values(side, "recipients", side.recipients.items) for side in (gold, found))
    sheet.match("recipients", items, found_items, _same_text, _show)
    blocks, found_blocks = _blocks(gold), _blocks(found)
    sheet.match("signatures", blocks, found_blocks, _Block.agrees, str)
    for column, field in enumerate(SIGNATURE_FIELDS):
        names, found_names = ([b.values[column] for b in side if b.values[column]] for side in (blocks, found_blocks))
        # No faults: they are told with the whole block.
        sheet.count(f"signatures.{field}", len(names), len(found_names), len(_pair(names, found_names, _same_text)[0]))


def _score_appendices(sheet: _Sheet, gold: Gold, found: Gold) -> None:
    for figure, field in (("appendices", "marker"), ("appendices.title", "title")):
        values, found_values = (
            [_value(side, f"appendices.{index}.{field}", span)
             for index, appendix in enumerate(side.appendices) if (span := getattr(appendix, field))]
            for side in (gold, found)
        )  # fmt: skip
        sheet.match(figure, values, found_values, _same_text, _show)


def _score_facts(sheet: _Sheet, gold: GoldFacts, found: GoldFacts) -> None:
    for field in GoldFacts.model_fields:
        if field in gold.model_fields_set:
            expected, got = _plain(getattr(gold, field)), _plain(getattr(found, field))
            sheet.decide(f"facts.{field}", expected == got, expected, got)


# -- entities -------------------------------------------------------------------------------------


def _score_entities(sheet: _Sheet, gold: Gold, found: Gold) -> None:
    end = gold.entities_scored_to
    sides = [[entity for entity in side.entities if entity.start < end] for side in (gold, found)]
    citations = [(e.start, e.end) for side in sides for e in side if e.type == "DOCREF"]
    # Names inside a citation belong to it; whether one marks them is a matter of taste.
    expected, got = ([e for e in side if not (e.type in _NAMES and _inside(e, citations))] for side in sides)
    for entity_type in ENTITY_TYPES:
        _score_type(
            sheet,
            entity_type,
            [entity for entity in expected if entity.type == entity_type],
            [entity for entity in got if entity.type == entity_type],
        )
    for measure in ("strict", "overlap", "values"):
        of_types = (sheet.tallies[f"entities.{entity_type}.{measure}"] for entity_type in ENTITY_TYPES)
        sheet.tallies[f"entities.{measure}"] = sum(of_types, Tally())


def _inside(entity: GoldEntity, spans: list[tuple[int, int]]) -> bool:
    return any(start <= entity.start and entity.end <= end for start, end in spans)


def _score_type(sheet: _Sheet, entity_type: GoldType, gold: list[GoldEntity], found: list[GoldEntity]) -> None:
    figure = f"entities.{entity_type}"
    exact, missing, extra = _pair(gold, found, lambda one, two: (one.start, one.end) == (two.start, two.end))
    touching, missing, extra = _pair(missing, extra, lambda one, two: one.start < two.end and two.start < one.end)
    sheet.count(f"{figure}.strict", len(gold), len(found), len(exact))
    sheet.count(f"{figure}.overlap", len(gold), len(found), len(exact) + len(touching))
    for one, two in touching:
        sheet.fault(f"{figure}.strict", _quoted_entity(one), _quoted_entity(two))
    for one in missing:
        sheet.fault(f"{figure}.strict", _quoted_entity(one), None)
    for two in extra:
        sheet.fault(f"{figure}.strict", None, _quoted_entity(two))
    sheet.count(f"{figure}.values", 0, 0, 0)
    for one, two in exact:
        if one.value is not None:
            expected, got = _value_text(one.value, one.value), _value_text(two.value, one.value)
            sheet.decide(f"{figure}.values", expected == got, f"{_quoted_entity(one)} = {expected}", got)


def _value_text(value: GoldValue, gold: GoldValue) -> str:
    """Returns what of a value is compared; of a citation, the pinpoint only where gold has one."""
    if not isinstance(value, DocRefValue):
        return _plain(value)
    fields = ["type", "symbol", "date"]
    if isinstance(gold, DocRefValue) and "pinpoint" in gold.model_fields_set:
        fields.append("pinpoint")
    return " · ".join(f"{field} {_plain(getattr(value, field)) or '–'}" for field in fields)


def _plain(value: object) -> str:
    """Returns a value as comparable text, empty for null."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return " ".join(f"{name.rstrip('_')} {_plain(item)}" for name, item in value if item is not None)
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    return squeeze(unicodedata.normalize("NFC", str(value))).casefold()
