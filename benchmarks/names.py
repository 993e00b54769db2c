"""Names in a text as the rules read them, and the score of any other reading: what voters are measured with.

All offsets are those of the flow, the text in reading order; they are led back to the source to be scored.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nqparse import parse, ruleset
from nqparse.document import Document
from nqparse.entities.extract import EntityExtractor, spoken_ranges
from nqparse.fold import UPPER
from nqparse.gold import Gold, GoldCase, GoldEntity
from nqparse.gold_write import document_to_gold
from nqparse.pipeline import Parser
from nqparse.scoring import Tally, score
from nqparse.structure.anchor import Anchor
from nqparse.structure.lines import Flow

TYPES = ("ORG", "PERSON", "PLACE")
PROSE = frozenset(("preamble", "formula", "body", "closing"))  # zones in which sentences stand

_LONG = 400  # characters; a longer piece is cut between sentences and clauses
_SENTENCE = re.compile(r"(?<=[.;:!?])\s+")
_CAPITAL = rf"[A-Z{UPPER}]\w*"
_RUN = re.compile(rf"(?<!\w){_CAPITAL}(?:[\s\-]{_CAPITAL}){{1,7}}(?!\w|\s\d)")
_ROMAN = re.compile(r"\s[IVXL]+$")
_WORD = re.compile(r"\w+")
_REACH = 12  # claims that may begin between a citation and its last date


class Name(NamedTuple):
    """A name in the flow."""

    start: int
    end: int
    type: str

    def touches(self, start: int, end: int) -> bool:
        """Whether it shares a character with the range."""
        return self.start < end and start < self.end


@dataclass(slots=True)
class Reading:
    """A text and what the rules read in it.

    `claimed` holds the spans of all entities in order, `pieces` the sentences, paragraphs and lines that entities are
    looked for in.
    """

    text: str
    document: Document
    anchor: Anchor
    names: list[Name]
    claimed: list[tuple[int, int]]
    pieces: list[tuple[int, int]]

    def candidates(self) -> list[tuple[int, int]]:
        """Returns the runs of capitalised words that no rule claims a word of.

        One word at the head of a piece, or in a run of its own, says nothing; two words are the least. Titles and
        symbols, all in capitals, are none, nor are labels and references ("Chương II", "Như Điều 3").
        """
        return [
            match.span()
            for start, end in self.pieces
            for match in _RUN.finditer(self.text, start, end)
            if not match.group().isupper() and not _ROMAN.search(match.group()) and not self.is_claimed(*match.span())
        ]

    def is_claimed(self, start: int, end: int) -> bool:
        """Tells whether a rule claims a character of the range."""
        at = bisect_right(self.claimed, start, key=lambda span: span[0])
        # Claims overlap only where a date or a name lies inside a citation, which then began before it.
        return any(low < end and start < high for low, high in self.claimed[max(0, at - _REACH) : at + 1])

    def is_bare(self, name: Name) -> bool:
        """Tells whether all of two to five words begin with a capital: the form does not say what it names."""
        words = _WORD.findall(self.text, name.start, name.end)
        return 2 <= len(words) <= 5 and all(word[0].isupper() for word in words)


@lru_cache(maxsize=1)
def _parts() -> tuple[Parser, EntityExtractor]:
    rules = ruleset.load()
    return Parser.of(None), EntityExtractor(rules)


def read_names(text: str) -> Reading:
    """Returns the reading of a text by the rules."""
    parser, extractor = _parts()
    structure = parser.structure(text)
    flow, states = structure.flow, structure.states
    mentions = extractor.mentions(flow, states)
    return Reading(
        text=flow.text,
        document=parse(text),
        anchor=Anchor(text, flow.view),
        names=[Name(m.start, m.end, m.type) for m in mentions if m.type in TYPES],
        claimed=sorted((m.start, m.end) for m in mentions),
        pieces=[piece for start, end in spoken_ranges(flow, states) for piece in _pieces(flow, start, end)],
    )


def _pieces(flow: Flow, start: int, end: int) -> list[tuple[int, int]]:
    """Cuts a range into paragraphs, wrapped lines joined, and these into sentences where they are long."""
    pieces: list[tuple[int, int]] = []
    for line in flow.lines[flow.line_at(start) :]:
        if line.start >= end:
            break
        goes_on = line.full and not line.blank and not line.cut and line.label is None and not line.sealed
        if goes_on and pieces:
            pieces[-1] = (pieces[-1][0], line.end)
        else:
            pieces.append((line.start, line.end))
    return [part for low, high in pieces for part in _sentences(flow.text, low, high)]


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if end - start <= _LONG:
        return [(start, end)]
    stops = [match.end() for match in _SENTENCE.finditer(text, start, end)]
    return list(zip([start, *stops], [*stops, end], strict=True))


# -- scores -------------------------------------------------------------------------------------------


def tallies(case: GoldCase, reading: Reading, names: list[Name], *, prose: bool = False) -> dict[str, Tally]:
    """Scores names against gold: exact spans, by type.

    Args:
        case: the specimen.
        reading: what the rules read in its text.
        names: the names to score in the place of those of the rules.
        prose: leave out what stands in letterhead, recipients and signatures.
    """
    found = document_to_gold(reading.document)
    others = [entity for entity in found.entities if entity.type not in TYPES]
    found.entities = sorted([*others, *_anchored(reading, names)], key=lambda entity: (entity.start, -entity.end))
    gold = case.gold
    if prose:
        zones = [(zone.start, zone.end) for zone in reading.document.zones if zone.kind in PROSE]
        gold, found = _within(gold, zones), _within(found, zones)
    scored = score(case.name, gold, found).tallies
    return {kind: scored[f"entities.{kind}.strict"] for kind in TYPES}


def _anchored(reading: Reading, names: list[Name]) -> list[GoldEntity]:
    entities = []
    for name in names:
        span = reading.anchor.span(name.start, name.end)
        if span is not None:
            text = reading.document.text[span[0] : span[1]]
            fields = {"type": name.type, "start": span[0], "end": span[1], "text": text, "value": None}
            entities.append(GoldEntity.model_validate(fields))
    return entities


def _within(gold: Gold, zones: list[tuple[int, int]]) -> Gold:
    """Returns gold without the names outside the zones."""
    kept = [
        entity
        for entity in gold.entities
        if entity.type not in TYPES or any(start <= entity.start < end for start, end in zones)
    ]
    return gold.model_copy(update={"entities": kept})
