"""Extraction: runs the finders over the document's own text and anchors what they find."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from nqparse.document import (
    DocRefEntity,
    Entity,
    OrgEntity,
    PersonEntity,
    PersonValue,
    PlaceEntity,
    RatioEntity,
    Section,
    SessionEntity,
    TextEntity,
)
from nqparse.entities import Mention
from nqparse.entities.citations import CitationFinder
from nqparse.entities.names import NameFinder
from nqparse.entities.numbers import NumberFinder
from nqparse.entities.overlaps import flat
from nqparse.entities.time import TimeFinder
from nqparse.ruleset import RuleSet
from nqparse.spans import holds
from nqparse.structure.anchor import Anchor
from nqparse.structure.lines import Flow
from nqparse.structure.tail import Signer

# Chrome, unknown text and appendices are not read for entities: they are not what the document says.
_SILENT = frozenset(("before", "after", "appendix", "unknown"))
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_WORD_WITH_HYPHEN = re.compile(r"[^\s-]+(?:-[^\s-]+)+")
_PORTION = 200_000  # characters; names that one portion explains are not known in the next
_NAMES = frozenset(("ORG", "PERSON", "PLACE"))
_MAKERS: dict[str, Callable[..., Entity]] = {
    "SESSION": SessionEntity.made,
    "RATIO": RatioEntity.made,
    "DOCREF": DocRefEntity.made,
    "ORG": OrgEntity.made,
    "PERSON": PersonEntity.made,
    "PLACE": PlaceEntity.made,
}


class EntityExtractor:
    """All finders of one rule set, in the order in which they take precedence."""

    def __init__(self, rules: RuleSet) -> None:
        self._time = TimeFinder(rules)
        self._numbers = NumberFinder(rules)
        self._citations = CitationFinder(rules)
        self._names = NameFinder(rules)
        self._note = rules.regex("citation.editorial-note")

    def mentions(self, flow: Flow, states: list[str], signers: Iterable[Signer] = ()) -> list[Mention]:
        """Returns the mentions in flow order. Who signed is a person, whatever the name looks like."""
        text, folded = flow.text, flow.folded
        # In a text with hyphens between syllables ("Quốc-hội") the folded form has spaces; names read them, too.
        plain = _unhyphenated(text) if _are_hyphenated(text, folded) else text
        found: list[Mention] = []
        for start, end in spoken_ranges(flow, states):
            found += self._time.find(text, folded, start, end)
            found += self._numbers.find(text, folded, start, end)
            found += self._citations.find(text, folded, start, end)
            for low, high in _portions(text, start, end):
                found += self._names.find(plain, folded, low, high)
        return flat(_with_signers(self._without_notes(folded, found), signers))

    def _without_notes(self, folded: str, mentions: list[Mention]) -> list[Mention]:
        """Drops what a publisher's notes in square brackets say of later documents."""
        notes: list[tuple[int, int]] = []
        at = folded.find("[")
        while at >= 0:
            note = self._note.match(folded, at)
            if note is not None:
                notes.append(note.span())
            at = folded.find("[", note.end() if note else at + 1)
        if not notes:
            return mentions
        return [mention for mention in mentions if not holds(notes, mention.start)]


def _with_signers(mentions: list[Mention], signers: Iterable[Signer]) -> list[Mention]:
    """Puts the names of signatures in the place of what was found there: no body, or only a part of the name."""
    names = sorted((mention for mention in mentions if mention.type in _NAMES), key=lambda mention: mention.start)
    starts = [mention.start for mention in names]
    reach = list(accumulate((mention.end for mention in names), max))
    replaced: set[int] = set()
    added = []
    for signer in signers:
        near = names[bisect_right(reach, signer.start) : bisect_left(starts, signer.end)]
        there = [mention for mention in near if signer.start < mention.end]
        if any(m.type == "PERSON" and (m.start, m.end) == (signer.start, signer.end) for m in there):
            continue
        replaced.update(map(id, there))
        value = PersonValue(position=signer.position)
        added.append(Mention("PERSON", signer.start, signer.end, value, "person.signature"))
    return [mention for mention in mentions if id(mention) not in replaced] + added


def _are_hyphenated(text: str, folded: str) -> bool:
    first = _HYPHEN.search(text)
    return first is not None and folded[first.start()] == " "


def _unhyphenated(text: str) -> str:
    """Returns the text with blanks for its hyphens, but for those of symbols: "28/NQ-HĐND"."""
    return _WORD_WITH_HYPHEN.sub(lambda word: word[0] if "/" in word[0] else _HYPHEN.sub(" ", word[0]), text)


def _portions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cuts a range at line breaks, so that a long text is never in memory word by word as a whole."""
    while end - start > _PORTION:
        cut = text.rfind("\n", start + 1, start + _PORTION) + 1
        if cut <= start:
            cut = start + _PORTION  # one line of that length is no text
        yield start, cut
        start = cut
    yield start, end


def spoken_ranges(flow: Flow, states: list[str]) -> Iterator[tuple[int, int]]:
    """Yields the flow ranges of consecutive lines that entities are looked for in."""
    first: int | None = None
    for index, state in enumerate([*states, "after"]):
        if state not in _SILENT:
            first = index if first is None else first
        elif first is not None:
            yield flow.lines[first].start, flow.lines[index - 1].end
            first = None


def anchor_mentions(mentions: list[Mention], anchor: Anchor, body: list[Section]) -> list[tuple[Mention, Entity]]:
    """Returns the mentions in their order, each with its entity of the source and the section that holds it."""
    places = SectionIndex(body)
    anchored: list[tuple[Mention, Entity]] = []
    for mention in mentions:
        span = anchor.span(mention.start, mention.end)
        if span is None:
            continue
        start, end, text, fragments = span
        make: Callable[..., Entity] = _MAKERS.get(mention.type, TextEntity.made)
        entity = make(
            type=mention.type,
            text=text,
            start=start,
            end=end,
            fragments=fragments,
            section_id=places.at(start),
            rule=mention.rule,
            value=mention.value,
            **mention.fields,
        )
        anchored.append((mention, entity))
    return anchored


class SectionIndex:
    """Finds the innermost section of a source offset in logarithmic time."""

    def __init__(self, body: list[Section]) -> None:
        self._starts: list[int] = []
        self._sections: list[Section] = []
        self._parents: list[int] = []
        for section in body:
            self._add(section, -1)

    def _add(self, section: Section, parent: int) -> None:
        index = len(self._sections)
        self._starts.append(section.start)
        self._sections.append(section)
        self._parents.append(parent)
        for child in section.children:
            self._add(child, index)

    def at(self, offset: int) -> str | None:
        """Returns the id of the innermost section that holds `offset`, or None."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0 and self._sections[index].end <= offset:
            index = self._parents[index]
        return self._sections[index].id if index >= 0 else None
