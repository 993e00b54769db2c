"""Relations: what one document does to another ("thay thế", "sửa đổi, bổ sung", "căn cứ").

A relation is read from the words right before a citation. Whether this document or the one cited before stands in it
is told by what lies between: "Nghị định B sửa đổi, bổ sung một số điều của Nghị định A" is B's doing, and what a cited
title says ("… về việc kéo dài thời gian thực hiện Nghị quyết A") is the cited document's, not ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nqparse.entities import Mention
from nqparse.ruleset import RuleSet

RelationKind = Literal["amends", "replaces", "repeals", "extends", "implements", "based_on", "considers"]

# What is tried first stands first: "kéo dài thời gian thực hiện" is no "thực hiện".
_BEFORE: tuple[tuple[str, RelationKind], ...] = (
    ("relation.extends", "extends"),
    ("relation.repeals", "repeals"),
    ("relation.replaces", "replaces"),
    ("relation.amends", "amends"),
    ("relation.based-on", "based_on"),
    ("relation.considers", "considers"),
    ("relation.implements", "implements"),
)
_PASSIVE: tuple[tuple[str, RelationKind], ...] = (
    ("relation.amended-by", "amends"),
    ("relation.replaced-by", "replaces"),
)
_PREAMBLE = frozenset({"based_on", "considers"})
_CLAUSE_END = re.compile(r"[;:]|\.(?=\s|$)|\n[^\S\n]*\n|\n(?=[-+*•]|[^\S\n]*(?:can cu|xet|dieu \d|\d+\.|[a-z]\)))")
_LISTED = re.compile(r"\s*(?:,|;|va|hoac)?\s*(?:(?:va|hoac|cac)\s+)*$")
_JOINED = re.compile(r"\s*(?:(?:,|;)\s*)?(?:va\s+|,\s*|;\s*)$")
_ITSELF = re.compile(r"\bnay\b")
_REACH = 200
_AFTER = 260


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation between two documents.

    Attributes:
        kind: what the source does to the target.
        source: the index of the citing document among the mentions given, None for this document itself.
        target: the index of the cited document among the mentions given.
        start: where the words that say it begin in the flow.
        end: where they end, with the citation that completes them.
        rule: the id of the rule that says it; empty for a citation that only goes on with a list.
    """

    kind: RelationKind
    source: int | None
    target: int
    start: int
    end: int
    rule: str


class RelationFinder:
    """Finds relations between documents. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._before = [(rule, kind, rules.regex(rule)) for rule, kind in _BEFORE]
        self._passive = [(rule, kind, rules.regex(rule)) for rule, kind in _PASSIVE]
        self._expires = rules.regex("relation.expires")

    def find(self, folded: str, mentions: list[Mention]) -> list[Relation]:
        """Returns the relations that the words around citations say, in the order of the text.

        Args:
            folded: the flow's folded text.
            mentions: mentions in the order of the text; only those of type DOCREF are looked at.
        """
        found: list[Relation] = []
        last: Relation | None = None  # the relation that a list may go on with
        before: int | None = None  # the citation before
        for index, mention in enumerate(mentions):
            if mention.type != "DOCREF":
                continue
            low = mentions[before].end if before is not None else 0
            relation = self._active(folded, mentions, before, index, last) or self._listed(folded, low, mention, index, last)
            passive = self._being(folded, mentions, before, index)
            if relation is None and passive is None:
                relation = self._expiring(folded, mentions, index)
            if passive is not None:
                found.append(passive)
            elif relation is not None:
                found.append(relation)
            last = relation or (last if passive is not None else None)
            before = index
        return found

    def _active(
        self, folded: str, mentions: list[Mention], before: int | None, index: int, last: Relation | None
    ) -> Relation | None:
        """Returns what the words before the citation say that this document or the one before does to it."""
        start = mentions[index].start
        low = mentions[before].end if before is not None else 0
        clause = _clause_start(folded, max(low, start - _REACH), start)
        window = folded[clause:start]
        for rule, kind, pattern in self._before:
            cue = pattern.search(window)
            if cue is None:
                continue
            at = clause + cue.start()
            source = self._source(folded, low, clause, at, before, last)
            return Relation(kind, source, index, at, mentions[index].end, rule)
        return None

    @staticmethod
    def _source(folded: str, low: int, clause: int, cue: int, before: int | None, last: Relation | None) -> int | None:
        """Returns which document does what the words at `cue` say."""
        if before is None or clause > low or _ITSELF.search(folded, low, cue):
            return None
        if _JOINED.fullmatch(folded, low, cue):
            # "… Nghị quyết A và thay thế Nghị quyết B": both are done by the same one.
            return last.source if last is not None else None
        return before

    @staticmethod
    def _listed(folded: str, low: int, mention: Mention, index: int, last: Relation | None) -> Relation | None:
        """Returns the relation of a citation that goes on with a list, or with the bases of a preamble."""
        if last is None or mention.start - low > _REACH * 4:
            return None
        gap = folded[low : mention.start]
        listed = _LISTED.match(gap) is not None
        # "Căn cứ Luật A …; Luật B" has words on A between; only the bases of a preamble go on like that.
        item = last.kind in _PREAMBLE and re.search(r"[;,]\s*$|\bva\s+$", gap) is not None and "\n\n" not in gap
        if not listed and not item:
            return None
        return Relation(last.kind, last.source, index, mention.start, mention.end, "")

    def _being(self, folded: str, mentions: list[Mention], before: int | None, index: int) -> Relation | None:
        """Returns what the citation does to the one before it ("… được sửa đổi, bổ sung bởi …")."""
        if before is None:
            return None
        low, start = mentions[before].end, mentions[index].start
        if start - low > _REACH or _clause_start(folded, low, start) > low:
            return None
        for rule, kind, pattern in self._passive:
            cue = pattern.search(folded[low:start])
            if cue is not None:
                return Relation(kind, index, before, low + cue.start(), mentions[index].end, rule)
        return None

    def _expiring(self, folded: str, mentions: list[Mention], index: int) -> Relation | None:
        """Returns that this document ends another one, where that is said behind it."""
        end = mentions[index].end
        follows = next((m.start for m in mentions[index + 1 :] if m.type == "DOCREF"), len(folded))
        match = self._expires.match(folded, end, min(follows, end + _AFTER))
        if match is None:
            return None
        return Relation("repeals", None, index, mentions[index].start, match.end(), "relation.expires")


def _clause_start(folded: str, low: int, high: int) -> int:
    """Returns where the last clause before `high` begins, at the earliest at `low`."""
    cuts = [match.end() for match in _CLAUSE_END.finditer(folded, low, high)]
    return cuts[-1] if cuts else low
