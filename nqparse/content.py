"""The content of a document: entities, then what they refer to, then the facts that follow from them."""

from __future__ import annotations

from nqparse.content_models import Content
from nqparse.document import (
    AbbreviationNote,
    DocRefValue,
    Header,
    InternalReference,
    Preamble,
    Relation,
    Section,
)
from nqparse.entities import Mention
from nqparse.entities.extract import EntityExtractor, anchor_mentions
from nqparse.facts import FactReader
from nqparse.resolve.abbreviations import Abbreviation
from nqparse.resolve.citations import CitationResolver
from nqparse.resolve.identifiers import Origin
from nqparse.resolve.internal import InternalReferenceFinder
from nqparse.resolve.organisations import OrganisationResolver
from nqparse.resolve.relations import RelationFinder
from nqparse.ruleset import RuleSet
from nqparse.structure.anchor import Anchor
from nqparse.structure.lines import Flow


class ContentReader:
    """Reads what a structured text says. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._extractor = EntityExtractor(rules)
        self._citations = CitationResolver(rules)
        self._organisations = OrganisationResolver(rules)
        self._relations = RelationFinder(rules)
        self._internal = InternalReferenceFinder(rules)
        self._facts = FactReader(rules)

    def read(
        self,
        flow: Flow,
        anchor: Anchor,
        states: list[str],
        header: Header,
        preamble: Preamble,
        body: list[Section],
        quoted: list[tuple[int, int]],
    ) -> Content:
        """Returns the content of the document's own text.

        Args:
            flow: the text in reading order.
            anchor: leads from the flow to the source.
            states: the zone state of each line.
            header: the header, which says who issued the document, and when.
            preamble: the preamble, whose enacting body may be the only one that is named.
            body: the section tree.
            quoted: the flow ranges of quoted amendments.
        """
        origin = Origin(_issuers(header, preamble))
        mentions = self._extractor.mentions(flow, states)
        abbreviations = self._organisations.resolve(flow.text, mentions, origin)
        self._citations.resolve(flow.text, flow.folded, mentions, origin)
        anchored = anchor_mentions(mentions, anchor, body)
        relations = self._related(flow, anchor, mentions)
        facts = self._facts.read(flow, states, header, anchored)
        facts.repeals = list(
            dict.fromkeys(
                relation.target or relation.target_text
                for relation in relations
                if relation.kind in ("repeals", "replaces") and relation.source is None
            )
        )
        return Content(
            entities=sorted((entity for _, entity in anchored), key=lambda entity: (entity.start, -entity.end)),
            facts=facts,
            relations=relations,
            internal_references=self._references(flow, anchor, body, quoted),
            abbreviations=[note for found in abbreviations if (note := _note(anchor, found))],
        )

    def _related(self, flow: Flow, anchor: Anchor, mentions: list[Mention]) -> list[Relation]:
        found = []
        for relation in self._relations.find(flow.folded, mentions):
            span = anchor.span(relation.start, relation.end)
            target = mentions[relation.target]
            if span is None:
                continue
            source = None if relation.source is None else _identifier(mentions[relation.source])
            if relation.source is not None and source is None:
                continue  # some other document, but nobody can say which
            found.append(
                Relation.made(
                    kind=relation.kind,
                    source=source,
                    target=_identifier(target),
                    target_text=anchor.clean(target.start, target.end),
                    start=span[0],
                    end=span[1],
                    rule=relation.rule or None,
                )
            )
        return found

    def _references(
        self, flow: Flow, anchor: Anchor, body: list[Section], quoted: list[tuple[int, int]]
    ) -> list[InternalReference]:
        located = (
            anchor.located(
                reference.start,
                reference.end,
                InternalReference,
                pinpoint=reference.pinpoint,
                target_section_id=reference.target_section_id,
                unresolved=reference.reason,
            )
            for reference in self._internal.find(flow.text, flow.folded, body, anchor.view.source_start, quoted)
        )
        return [reference for reference in located if reference]


def _issuers(header: Header, preamble: Preamble) -> tuple[str, ...]:
    """Returns the names of the bodies above the issuer, and of the issuer last."""
    names = [named.name for named in (header.parent_issuer, header.issuer) if named]
    if not names and preamble.enacting_body:
        names.append(preamble.enacting_body.text)
    return tuple(names)


def _identifier(mention: Mention) -> str | None:
    return mention.value.id if isinstance(mention.value, DocRefValue) else None


def _note(anchor: Anchor, found: Abbreviation) -> AbbreviationNote | None:
    span = anchor.span(found.start, found.end)
    if span is None:
        return None
    return AbbreviationNote(short=found.short, long=found.long, explicit=found.explicit, start=span[0], end=span[1])
