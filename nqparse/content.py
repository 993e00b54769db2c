"""The content of a document: entities, then what they refer to, then the facts that follow from them."""

from __future__ import annotations

from nqparse.document import Entity, Facts, Header, Section
from nqparse.entities.extract import EntityExtractor, anchor_mentions
from nqparse.facts import FactReader
from nqparse.ruleset import RuleSet
from nqparse.structure.anchor import Anchor
from nqparse.structure.lines import Flow


class ContentReader:
    """Reads what a structured text says. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._extractor = EntityExtractor(rules)
        self._facts = FactReader(rules)

    def read(
        self, flow: Flow, anchor: Anchor, states: list[str], header: Header, body: list[Section]
    ) -> tuple[list[Entity], Facts]:
        """Returns the entities of the document's own text, in order, and its facts."""
        mentions = self._extractor.mentions(flow, states)
        entities = anchor_mentions(mentions, anchor, body)
        return entities, self._facts.read(flow, states, mentions, header, entities)
