"""Gold: what a careful reader says a document is, as quotes and as offsets.

A specimen is a folder with three files. `source.txt` is the document. `gold.src.json` is what a person
writes: every value is a quote, copied from the document character for character. `gold.json` is what the
computer reads: every value with its code-point offsets. `compile_gold` goes from the first to the second;
`nqparse.gold_write` goes the other way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

from pydantic import Field, ValidationError

from nqparse.document import Attendance, DocRefValue, Model, SectionKind, Vote

TEXT_FILE, SOURCE_FILE, GOLD_FILE = "source.txt", "gold.src.json", "gold.json"
HEADER_FIELDS = (
    "national_name", "motto", "parent_issuer", "issuer", "symbol", "place", "date", "doc_type", "title",
)  # fmt: skip
SIGNATURE_FIELDS = ("authority", "position", "name")

GoldType = Literal[
    "DATE", "PERIOD", "TIME", "SESSION", "RATIO", "PERCENT", "MONEY", "DOCREF", "ORG", "PERSON", "PLACE",
]  # fmt: skip
GoldValue: TypeAlias = DocRefValue | str | int | None

GAP = " ⋯ "  # stands in a quote for what was left out between its first and last words
# Entities of one group never overlap, so the next one is searched behind the last; between groups they may.
_GROUPS = {"ORG": "name", "PERSON": "name", "PLACE": "name", "DATE": "time", "PERIOD": "time", "TIME": "time",
           "RATIO": "figure", "PERCENT": "figure", "MONEY": "figure"}  # fmt: skip


class GoldError(ValueError):
    """Gold that cannot be used; `problems` says why, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _is_empty(value: object) -> bool:
    return not value


# -- models ---------------------------------------------------------------------------------------


class Span(Model):
    """A value with its place: `source[start:end] == text`."""

    start: int
    end: int
    text: str


# What a person writes for a value: a quote, or a span where the same words stand in several places.
Quote: TypeAlias = str | Span
T = TypeVar("T")
M = TypeVar("M", bound=Model)


class GoldHeader(Model, Generic[T]):
    """The letterhead down to the title; null where the document has no such field."""

    national_name: T | None = None
    motto: T | None = None
    parent_issuer: T | None = None
    issuer: T | None = None
    symbol: T | None = None
    place: T | None = None
    date: T | None = None
    doc_type: T | None = None
    title: T | None = None
    date_value: str | None = None


class GoldPreamble(Model, Generic[T]):
    """What stands between the title and the body."""

    enacting_body: T | None = None
    bases: list[T] = Field(default=[])
    recitals: list[T] = Field(default=[])
    formula: T | None = None


class GoldRecipients(Model, Generic[T]):
    """The addressees, each without its bullet."""

    intro: T | None = None
    items: list[T] = Field(default=[])


class GoldSignature(Model, Generic[T]):
    """One signature block."""

    authority: T | None = None
    position: T | None = None
    name: T | None = None


class GoldAppendix(Model, Generic[T]):
    """The heading of what is attached; its inside is not annotated."""

    marker: T
    title: T | None = None


class QuotedSection(Model):
    """One section as a person writes it; `marker` quotes the label and the words behind it."""

    kind: SectionKind
    number: str
    marker: str
    heading: bool = False
    children: list[QuotedSection] = Field(default=[])


class GoldSection(Model):
    """One section; `start` is the first character of its label."""

    kind: SectionKind
    number: str
    heading: bool
    start: int
    children: list[GoldSection]


class QuotedEntity(Model):
    """One entity as a person writes it, with its offsets where its turn alone does not place it."""

    type: GoldType
    text: str
    value: GoldValue = None
    start: int | None = None
    end: int | None = None


class GoldEntity(Model):
    """One entity with its place."""

    type: GoldType
    start: int
    end: int
    text: str
    value: GoldValue


class GoldFacts(Model):
    """What the document says of itself; a fact that is left out is not scored."""

    attendance: Attendance | None = None
    vote: Vote | None = None
    adopted_on: str | None = None
    effective_on: str | None = None


class GoldSource(Model):
    """`gold.src.json`: the annotation as a person writes it."""

    header: GoldHeader[Quote]
    preamble: GoldPreamble[Quote]
    body: list[QuotedSection]
    closing: Quote | None = None
    recipients: GoldRecipients[Quote]
    signatures: list[GoldSignature[Quote]]
    appendices: list[GoldAppendix[Quote]]
    entities: list[QuotedEntity]
    facts: GoldFacts = GoldFacts()
    entities_end: Quote | None = None
    alts: dict[str, str] = Field(default={}, exclude_if=_is_empty)


class Gold(Model):
    """`gold.json`: the annotation with offsets.

    `length` is the length of the text in code points. Entities are annotated up to `entities_end`.
    `alts` holds, by path ("header.issuer", "recipients.0"), the value as it reads without what the columns
    of the page put into the middle of it.
    """

    length: int
    header: GoldHeader[Span]
    preamble: GoldPreamble[Span]
    body: list[GoldSection]
    closing: Span | None
    recipients: GoldRecipients[Span]
    signatures: list[GoldSignature[Span]]
    appendices: list[GoldAppendix[Span]]
    entities: list[GoldEntity]
    entities_end: int
    facts: GoldFacts
    alts: dict[str, str] = Field(default={}, exclude_if=_is_empty)

    def spans(self) -> Iterator[Span | GoldEntity]:
        """Yields everything that has a start, an end and a text."""
        header, preamble, recipients = self.header, self.preamble, self.recipients
        places: list[Span | GoldEntity | None] = [
            *(getattr(header, field) for field in HEADER_FIELDS),
            preamble.enacting_body, *preamble.bases, *preamble.recitals, preamble.formula,
            self.closing, recipients.intro, *recipients.items, *self.entities,
        ]  # fmt: skip
        for signature in self.signatures:
            places += [signature.authority, signature.position, signature.name]
        for appendix in self.appendices:
            places += [appendix.marker, appendix.title]
        yield from (place for place in places if place is not None)

    @property
    def entities_scored_to(self) -> int:
        """Where scoring of entities ends: what is attached is not annotated."""
        return min([self.entities_end, *(appendix.marker.start for appendix in self.appendices)])


class GoldCase(NamedTuple):
    """One specimen, ready to be scored."""

    name: str
    text: str
    gold: Gold


# -- files ----------------------------------------------------------------------------------------


def gold_folders(paths: Iterable[Path | str]) -> list[Path]:
    """Returns the specimen folders that the paths name, each once, in order.

    Args:
        paths: specimen folders, or folders of specimen folders.

    Raises:
        FileNotFoundError: if a path holds no specimen.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        holds_gold = (path / GOLD_FILE).is_file()
        folders = [path] if holds_gold else [file.parent for file in sorted(path.glob(f"*/{GOLD_FILE}"))]
        if not folders:
            raise FileNotFoundError(f"no {GOLD_FILE} in {path} or in its folders")
        found.update(dict.fromkeys(folder.resolve() for folder in folders))
    return list(found)


def read_text(folder: Path) -> str:
    """Returns the text of a specimen with its line ends as they are."""
    return (folder / TEXT_FILE).read_bytes().decode("utf-8")


def read_source(folder: Path) -> GoldSource:
    """Reads the quotes of a specimen.

    Raises:
        GoldError: if `gold.src.json` breaks its form.
    """
    return _validated(GoldSource, folder / SOURCE_FILE)


def load_case(folder: Path) -> GoldCase:
    """Reads a specimen and checks its offsets against its text.

    Raises:
        GoldError: if `gold.json` breaks its form or does not fit the text.
    """
    text = read_text(folder)
    gold = _validated(Gold, folder / GOLD_FILE)
    strays = (span for span in gold.spans() if text[span.start : span.end] != span.text)
    problems = [f"{folder.name}: {span.start}:{span.end} is not {span.text!r}" for span in strays]
    if gold.length != len(text):
        problems.append(f"{folder.name}: the text has {len(text)} characters, not {gold.length}")
    if problems:
        raise GoldError(problems)
    return GoldCase(folder.name, text, gold)


def compile_folder(folder: Path) -> Gold:
    """Compiles `gold.src.json` of a folder, writes `gold.json` and returns it.

    Raises:
        GoldError: with all quotes that could not be found; `gold.json` is then left as it was.
    """
    gold = compile_gold(read_text(folder), read_source(folder))
    (folder / GOLD_FILE).write_text(dump(gold), encoding="utf-8")
    return gold


def dump(gold: Gold | GoldSource) -> str:
    """Returns the JSON of a gold file; fields that nobody wrote stay out."""
    data = gold.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _validated(model: type[M], file: Path) -> M:
    try:
        return model.model_validate_json(file.read_bytes())
    except ValidationError as error:
        where = f"{file.parent.name}/{file.name}"
        raise GoldError([f"{where}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]) from None


# -- quotes to offsets ----------------------------------------------------------------------------


def compile_gold(text: str, source: GoldSource) -> Gold:
    """Finds every quote in the text.

    Most values come in the order of the document, so each is searched behind the one before it.

    Raises:
        GoldError: with all quotes that could not be found.
    """
    finder = _Finder(text)
    header = _compile_header(finder, source.header)
    title_end = max((span.end for span in (header.doc_type, header.title) if span), default=0)
    preamble = _compile_preamble(finder, source.preamble, title_end)
    parts = [*preamble.bases, *preamble.recitals, preamble.formula]
    preamble_end = max([title_end, *(span.end for span in parts if span)])
    body, after = _compile_sections(finder, source.body, preamble_end, "body")
    intro = finder.find_if(source.recipients.intro, "recipients.intro", title_end)
    end = finder.find_if(source.entities_end, "entities_end")
    gold = Gold(
        length=len(text),
        header=header,
        preamble=preamble,
        body=body,
        closing=finder.find_if(source.closing, "closing", after),
        recipients=GoldRecipients[Span](
            intro=intro,
            items=finder.find_all(source.recipients.items, "recipients", intro.end if intro else title_end),
        ),
        signatures=[_compile_signature(finder, signature, after) for signature in source.signatures],
        appendices=_compile_appendices(finder, source.appendices, after),
        entities=_compile_entities(finder, source.entities),
        entities_end=end.end if end else len(text),
        facts=source.facts,
        alts=source.alts,
    )
    if finder.problems:
        raise GoldError(finder.problems)
    return gold


class _Finder:
    """Finds quotes in a text and keeps account of those that it cannot find."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[str] = []

    def locate(self, quote: Quote, after: int = 0, before: int | None = None) -> Span | None:
        """Returns the first place of the quote between `after` and `before`, without space around it."""
        if isinstance(quote, Span):
            return quote if self.text[quote.start : quote.end] == quote.text else None
        head, gap, tail = quote.partition(GAP)
        start = self.text.find(head, after, before)
        end = start + len(head)
        if start >= 0 and gap:
            tail_start = self.text.find(tail, end, before)
            end = tail_start + len(tail) if tail_start >= 0 else -1
        if start < 0 or end < 0:
            return None
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        return Span(start=start, end=start + len(piece.strip()), text=piece.strip())

    def find(self, quote: Quote, where: str, after: int = 0) -> Span:
        """Returns the place of the quote behind `after`.

        A quote that is not there is a problem and has an empty span, so that the search goes on and one
        run tells of all problems.
        """
        span = self.locate(quote, after)
        if span is None:
            words = quote if isinstance(quote, str) else f"{quote.text} at {quote.start}:{quote.end}"
            self.problems.append(f"{where}: not found after {after}: {words!r}")
            return Span(start=after, end=after, text="")
        return span

    def find_if(self, quote: Quote | None, where: str, after: int = 0) -> Span | None:
        """Returns the place of the quote, null for null."""
        return None if quote is None else self.find(quote, where, after)

    def find_all(self, quotes: list[Quote], where: str, after: int) -> list[Span]:
        """Returns the places of quotes that follow each other."""
        spans = []
        for index, quote in enumerate(quotes):
            spans.append(self.find(quote, f"{where}.{index}", after))
            after = spans[-1].end
        return spans


def _compile_header(finder: _Finder, source: GoldHeader[Quote]) -> GoldHeader[Span]:
    spans: dict[str, Span | None] = {}
    for field in HEADER_FIELDS:
        quote: Quote | None = getattr(source, field)
        spans[field] = None
        if quote is None:
            continue
        where = f"header.{field}"
        if field == "issuer" and (parent := spans["parent_issuer"]):
            # The parent's line often ends in the issuer's own words; they are meant once more below it.
            spans[field] = finder.locate(quote, parent.end) or finder.find(quote, where)
        elif field == "title" and (doc_type := spans["doc_type"]):
            spans[field] = finder.find(quote, where, doc_type.end)
        else:
            spans[field] = finder.find(quote, where)
    date = spans["date"]
    if isinstance(source.place, str) and date:
        # The same name stands in most issuers; the place is the one right before the date.
        start = finder.text.rfind(source.place, 0, date.start)
        if start >= 0:
            spans["place"] = Span(start=start, end=start + len(source.place), text=source.place)
    return GoldHeader[Span].model_validate({**spans, "date_value": source.date_value})


def _compile_preamble(finder: _Finder, source: GoldPreamble[Quote], title_end: int) -> GoldPreamble[Span]:
    bases = finder.find_all(source.bases, "preamble.bases", title_end)
    recitals = finder.find_all(source.recitals, "preamble.recitals", title_end)
    items = [*bases, *recitals]
    formula = finder.find_if(source.formula, "preamble.formula", max([title_end, *(span.end for span in items)]))
    enacting = None
    if source.enacting_body is not None:
        # It often reads like the letterhead, so the place under the title comes first; only where nothing
        # stands between title and bases can it stand above.
        first = min((span.start for span in [*items, *([formula] if formula else [])]), default=None)
        enacting = finder.locate(source.enacting_body, title_end, first)
        enacting = enacting or finder.find(source.enacting_body, "preamble.enacting_body")
    return GoldPreamble[Span](enacting_body=enacting, bases=bases, recitals=recitals, formula=formula)


def _compile_sections(
    finder: _Finder, sources: list[QuotedSection], after: int, path: str
) -> tuple[list[GoldSection], int]:
    """Returns the sections, and the place behind which the next label is searched."""
    sections = []
    for source in sources:
        where = f"{path}/{source.number or source.kind}"
        start = finder.find(source.marker, where, after).start
        if source.kind != "article" and finder.text[:start].endswith(("Điều ", "ĐIỀU ")):
            # "1. …" is also found in "Điều 1. …", which is then surely not what was meant.
            finder.problems.append(f"{where}: found inside the label of an article: {source.marker!r}")
        children, after = _compile_sections(finder, source.children, start + 1, where)
        sections.append(
            GoldSection(kind=source.kind, number=source.number, heading=source.heading, start=start, children=children)
        )
    return sections, after


def _compile_signature(finder: _Finder, source: GoldSignature[Quote], after: int) -> GoldSignature[Span]:
    spans: dict[str, Span | None] = {}
    # Each block is searched from the body on: the lines of blocks side by side stand between each other.
    for field in SIGNATURE_FIELDS:
        span = finder.find_if(getattr(source, field), f"signatures.{field}", after)
        spans[field] = span
        after = span.end if span else after
    return GoldSignature[Span].model_validate(spans)


def _compile_appendices(finder: _Finder, sources: list[GoldAppendix[Quote]], after: int) -> list[GoldAppendix[Span]]:
    appendices = []
    for index, source in enumerate(sources):
        marker = finder.find(source.marker, f"appendices.{index}.marker", after)
        after = marker.end
        title = finder.find_if(source.title, f"appendices.{index}.title", after)
        appendices.append(GoldAppendix[Span](marker=marker, title=title))
    return appendices


class Turn:
    """Whose turn it is: where the next entity of a type can start, for entities listed in order."""

    def __init__(self) -> None:
        self._start = 0
        self._ends: dict[str, int] = {}

    def after(self, entity_type: GoldType) -> int:
        """Returns the first offset at which the next entity of the type can start."""
        return max(self._start, self._ends.get(_GROUPS.get(entity_type, entity_type), 0))

    def take(self, entity_type: GoldType, start: int, end: int) -> None:
        """Notes an entity as placed."""
        group = _GROUPS.get(entity_type, entity_type)
        self._start = max(self._start, start)
        self._ends[group] = max(self._ends.get(group, 0), end)


def _compile_entities(finder: _Finder, sources: list[QuotedEntity]) -> list[GoldEntity]:
    entities, turn = [], Turn()
    for index, source in enumerate(sources):
        quote: Quote = source.text
        if source.start is not None and source.end is not None:
            quote = Span(start=source.start, end=source.end, text=source.text)
        span = finder.find(quote, f"entities.{index} {source.type}", turn.after(source.type))
        turn.take(source.type, span.start, span.end)
        entities.append(
            GoldEntity(type=source.type, start=span.start, end=span.end, text=span.text, value=source.value)
        )
    return sorted(entities, key=lambda entity: (entity.start, -entity.end))
