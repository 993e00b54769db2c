"""Extraction: runs the finders over the document's own text and anchors what they find."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from nqparse.document import (
    DocRefEntity,
    Entity,
    OrgEntity,
    PersonEntity,
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
from nqparse.structure.anchor import Anchor
from nqparse.structure.lines import Flow

# Chrome, unknown text and appendices are not read for entities: they are not what the document says.
_SILENT = frozenset(("before", "after", "appendix", "unknown"))
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_PORTION = 200_000  # characters; names that one portion explains are not known in the next
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

    def mentions(self, flow: Flow, states: list[str]) -> list[Mention]:
        """Returns the mentions in flow order."""
        text, folded = flow.text, flow.folded
        # In a text with hyphens between syllables ("Quốc-hội") the folded form has spaces; names read them, too.
        plain = _HYPHEN.sub(" ", text) if _are_hyphenated(text, folded) else text
        found: list[Mention] = []
        for start, end in spoken_ranges(flow, states):
            found += self._time.find(text, folded, start, end)
            found += self._numbers.find(text, folded, start, end)
            found += self._citations.find(text, folded, start, end)
            for low, high in _portions(text, start, end):
                found += self._names.find(plain, folded, low, high)
        return flat(found)


def _are_hyphenated(text: str, folded: str) -> bool:
    first = _HYPHEN.search(text)
    return first is not None and folded[first.start()] == " "


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
