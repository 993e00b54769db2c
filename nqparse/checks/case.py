"""The case: one document under examination, and what the checks ask of it again and again.

Everything is worked out when it is first asked for and only once. Two texts are at hand: the source, in which all
values of the document have their offsets, and the view (`nqparse.view`), in which words can be searched for. `hits`
searches the view and answers with offsets of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from nqparse.checks.config import Config
from nqparse.checks.kinds import Kind
from nqparse.checks.registry import Finding
from nqparse.checks.sequences import Step, numbered_parts, steps
from nqparse.checks.texts import clean, excerpt, iso_date, iso_year
from nqparse.document import (
    DocRefEntity,
    Document,
    Entity,
    Located,
    OrgEntity,
    PlaceEntity,
    RatioEntity,
    Section,
    TextEntity,
    Zone,
)
from nqparse.fold import fold
from nqparse.structure.lines import Flow, build_flow
from nqparse.view import View

# Zones that are not the document's own words.
_AROUND = frozenset({"before", "after", "furniture"})
T = TypeVar("T")
_COUNTLESS = 10**12
_PIECE = 50_000
_WINDOW = 120  # characters of a neighbourhood


class Case:
    """A document with what was worked out about it."""

    def __init__(self, document: Document, config: Config, flow: Flow | None = None) -> None:
        """Opens a case.

        Args:
            document: the document to examine.
            config: words, thresholds and catalogue.
            flow: the text in reading order that the document was read from; made again if it is not at hand.
        """
        self.document = document
        self.config = config
        self._flow = flow
        self._made: dict[object, Any] = {}

    def once(self, make: Callable[[Case], T]) -> T:
        """Returns what a function makes of this case; it is called once."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])

    # -- what it is -----------------------------------------------------------------------------------

    @cached_property
    def kind(self) -> Kind:
        """What the document is."""
        return self.config.kinds.of(self.document)

    @cached_property
    def signed_on(self) -> date | None:
        """The day in the letterhead."""
        return iso_date(self.document.header.date.value) if self.document.header.date else None

    @cached_property
    def adopted_on(self) -> date | None:
        """The day of adoption."""
        return iso_date(self.document.facts.adopted_on)

    @cached_property
    def year(self) -> int | None:
        """The year of the document, from its date, its adoption or its number."""
        header = self.document.header
        dated = iso_year(header.date.value) if header.date else None
        return dated or iso_year(self.document.facts.adopted_on) or (header.symbol.year if header.symbol else None)

    def before_rules(self, year: int) -> bool:
        """Tells whether the document is older than a rule of form of that year."""
        return self.year is not None and self.year < year

    @cached_property
    def signed(self) -> bool:
        """Whether a name stands under it."""
        return any(signature.name for signature in self.document.signatures)

    # -- its parts ------------------------------------------------------------------------------------

    @cached_property
    def entities(self) -> dict[str, list[Entity]]:
        """The entities by type, each list in the order of the text."""
        found: dict[str, list[Entity]] = {}
        for entity in self.document.entities:
            found.setdefault(entity.type, []).append(entity)
        return found

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {type_: [entity.start for entity in found] for type_, found in self.entities.items()}

    def following(self, type_: str, offset: int) -> Entity | None:
        """Returns the first entity of a type that begins at or behind an offset."""
        found = self.entities.get(type_, [])
        at = bisect_left(self._starts.get(type_, []), offset)
        return found[at] if at < len(found) else None

    def preceding(self, type_: str, offset: int) -> Entity | None:
        """Returns the last entity of a type that begins before an offset."""
        at = bisect_left(self._starts.get(type_, []), offset)
        return self.entities[type_][at - 1] if at else None

    def within(self, type_: str, start: int, end: int) -> list[Entity]:
        """Returns the entities of a type that begin in a span."""
        starts = self._starts.get(type_, [])
        return self.entities.get(type_, [])[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def ratios(self) -> list[RatioEntity]:
        """The counts N/M whose figures are known, and are figures of people or things."""
        return [
            entity
            for entity in self.entities.get("RATIO", ())
            if isinstance(entity, RatioEntity)
            and entity.numerator is not None
            and entity.denominator
            and max(entity.numerator, entity.denominator) < _COUNTLESS
        ]

    @cached_property
    def citations(self) -> list[DocRefEntity]:
        """The citations."""
        return [entity for entity in self.entities.get("DOCREF", ()) if isinstance(entity, DocRefEntity)]

    @cached_property
    def names(self) -> list[OrgEntity | PlaceEntity]:
        """The organisations and places."""
        return [
            entity
            for type_ in ("ORG", "PLACE")
            for entity in self.entities.get(type_, ())
            if isinstance(entity, (OrgEntity, PlaceEntity))
        ]

    def texts(self, *types: str) -> Iterator[TextEntity]:
        """Yields the entities of these types that have a plain value."""
        for type_ in types:
            for entity in self.entities.get(type_, ()):
                if isinstance(entity, TextEntity):
                    yield entity

    @cached_property
    def siblings(self) -> list[tuple[Section | None, list[Section]]]:
        """Every group of sections under the same parent, in the body and in attached acts."""
        groups: list[tuple[Section | None, list[Section]]] = []
        for top in numbered_parts(self.document):
            if top:
                groups.append((None, top))
            groups += [(section, section.children) for root in top for section in root.walk() if section.children]
        return groups

    @cached_property
    def steps(self) -> list[Step]:
        """How each numbered section follows the one before."""
        return steps(self.document)

    @cached_property
    def sections(self) -> list[Section]:
        """The sections of the body, parents first."""
        return list(self.document.iter_sections())

    def last_of_act(self) -> tuple[int, int] | None:
        """Returns the span of the text that ends the act: the closing, or the last section."""
        if self.document.closing is not None:
            return self.document.closing.start, self.document.closing.end
        if self.document.body:
            last = self.document.body[-1]
            while last.children:
                last = last.children[-1]
            return last.start, self.document.body[-1].end
        return None

    # -- its zones ------------------------------------------------------------------------------------

    @cached_property
    def _zone_starts(self) -> list[int]:
        return [zone.start for zone in self.document.zones]

    def zone_at(self, offset: int) -> str:
        """Returns the kind of the zone that holds an offset of the source."""
        at = bisect_right(self._zone_starts, offset) - 1
        return self.document.zones[at].kind if at >= 0 else "unknown"

    def zones(self, *kinds: str) -> list[Zone]:
        """Returns the zones of these kinds, in order."""
        return [zone for zone in self.document.zones if zone.kind in kinds]

    def zone_text(self, *kinds: str) -> str:
        """Returns the cleaned text of all zones of these kinds."""
        return clean("\n".join(self.document.text[zone.start : zone.end] for zone in self.zones(*kinds)))

    # -- its words ------------------------------------------------------------------------------------

    @cached_property
    def flow(self) -> Flow:
        """The text in reading order, with its lines."""
        if self._flow is None:
            self._flow = build_flow(View.of(self.document.text), self.config.rules)
        return self._flow

    @property
    def view(self) -> View:
        """The normalised text in reading order."""
        return self.flow.view

    @cached_property
    def lower(self) -> str:
        """The view in lower case, with its accents; its offsets are those of the view."""
        text = self.view.text
        # In pieces: Python takes twelve bytes a character to make a whole text lower.
        lower = "".join(text[at : at + _PIECE].lower() for at in range(0, len(text), _PIECE))
        if len(lower) != len(text):  # a few letters, Turkish "İ" among them, are two in lower case
            lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
        return lower

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Returns the source span of a span of the view; None where it lies outside the document proper."""
        low, high = self.view.source_start(start), self.view.source_end(end)
        if high <= low:  # the view goes on elsewhere in between
            pieces = self.view.pieces(start, end)
            if not pieces:
                return None
            low, high = pieces[0]
        return None if self.zone_at(low) in _AROUND else (low, high)

    def hits(
        self, pattern: re.Pattern[str], text: str, group: str | int = 0
    ) -> Iterator[tuple[re.Match[str], tuple[int, int]]]:
        """Yields each match in a text of the view's length with its source span, within the document proper."""
        for match in pattern.finditer(text):
            span = self.span(*match.span(group))
            if span is not None:
                yield match, span

    def before(self, offset: int, width: int = _WINDOW) -> str:
        """Returns the cleaned text before an offset of the source; a space at its end stays."""
        raw = self.document.text[max(0, offset - width) : offset]
        text = clean(raw)
        return text + " " if raw[-1:].isspace() else text

    def after(self, offset: int, width: int = _WINDOW) -> str:
        """Returns the cleaned text behind an offset of the source; a space at its beginning stays."""
        raw = self.document.text[offset : offset + width]
        text = clean(raw)
        return " " + text if raw[:1].isspace() else text

    def quote(self, start: int, end: int) -> str:
        """Returns a piece of the source as messages quote it."""
        return excerpt(self.document.text[start : min(end, start + 400)])

    def quoting(self, place: Located, **fields: object) -> Finding:
        """Returns a finding at a located value whose message quotes it."""
        return Finding(place.start, place.end, {"text": self.quote(place.start, place.end), **fields})


def words_of(*places: Located | None) -> str:
    """Returns the folded text of several values, one line each."""
    return "\n".join(fold(clean(place.text)) for place in places if place is not None)


# -- the documents that a check makes sense for -----------------------------------------------------------


def any_text(case: Case) -> bool:
    """Any text whatever."""
    return True


def official(case: Case) -> bool:
    """Documents with a type line or a number."""
    return case.kind.official


def resolution(case: Case) -> bool:
    """Resolutions."""
    return case.kind.resolution


def state_resolution(case: Case) -> bool:
    """Resolutions of bodies of the State."""
    return case.kind.resolution and case.kind.state
