"""Relations: what one document does to another ("thay thế", "sửa đổi, bổ sung", "căn cứ").

A relation is read from the words right before a citation. Whether this document or the one cited before stands in it
is told by what lies between: "Nghị định B sửa đổi, bổ sung một số điều của Nghị định A" is B's doing, and what a cited
title says ("… về việc kéo dài thời gian thực hiện Nghị quyết A") is the cited document's, not ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from nqparse.document import RelationKind
from nqparse.entities import Mention
from nqparse.ruleset import RuleSet

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
_CLAUSE_END = re.compile(r";|\.(?=\s|$)|\n[^\S\n]*\n|\n(?=[-+*•]|[^\S\n]*(?:can cu|xet|dieu \d|\d+\.))")
_LISTED = re.compile(r"\s*(?:,\s*)?(?:(?:va|hoac|cac)\s+)*")
_ITEM = re.compile(r"[;.]\s*(?:[-+*]|\d{1,2}[).]|[a-z]\))\s*$|;\s*$")
_BODY = re.compile(r"\n\W*(?:quyet nghi|quyet dinh\s*:|dieu 1\b)")
_BASIS = re.compile(r"[;,]\s*$|\bva\s+$")
_JOINED = re.compile(r"\s*(?:[,;]\s*(?:va\s+)?|va\s+)")
_COORDINATE = re.compile(r"(?:[,;]|\bva)\s*(?:cac\s+)?$")
_ITSELF = re.compile(r"\bnay\b")
_REACH = 200
_PARAGRAPH = 1500
_AFTER = 480
_GROUP = 6  # citations before one that loses effect
_LOOK_BACK = 3
_FAMILIES = ({"hiến pháp", "luật", "bộ luật", "pháp lệnh", "nghị quyết"}, {"nghị quyết", "nghị quyết liên tịch"})


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


class _Window(NamedTuple):
    """The words before a citation: from the citation before, from the last clause, up to its own start and end."""

    low: int
    clause: int
    start: int
    end: int


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
        cited = [index for index, mention in enumerate(mentions) if mention.type == "DOCREF"]
        found: list[Relation] = []
        last: Relation | None = None  # what a list may go on with
        basis: Relation | None = None  # what the items of a preamble go on with
        for place, index in enumerate(cited):
            if basis is not None and _BODY.search(folded, mentions[cited[place - 1]].end, mentions[index].start):
                basis = None  # the bases are over
            before = [mentions[i] for i in cited[max(0, place - _LOOK_BACK) : place]]
            window = self._window(folded, before, mentions[index])
            amended = self._being(folded, cited[max(0, place - _LOOK_BACK) : place], mentions, index)
            if amended is not None:
                found.append(amended)
                continue
            relation = self._active(folded, window, cited[place - 1] if place else None, index, last)
            if relation is None and before:
                relation = self._going_on(folded[before[-1].end : mentions[index].start], last, basis, index, mentions)
            if relation is None:
                follows = mentions[cited[place + 1]].start if place + 1 < len(cited) else len(folded)
                found += self._expiring(folded, mentions, cited[max(0, place - _GROUP) : place + 1], follows)
            if relation is not None:
                found.append(relation)
            last = relation
            if relation is not None and relation.kind in _PREAMBLE and relation.source is None:
                basis = relation
        return found

    @staticmethod
    def _window(folded: str, before: list[Mention], mention: Mention) -> _Window:
        low = before[-1].end if before else 0
        clause = _clause_start(folded, max(low, mention.start - _REACH), mention.start)
        return _Window(low, clause, mention.start, mention.end)

    def _active(
        self, folded: str, window: _Window, before: int | None, index: int, last: Relation | None
    ) -> Relation | None:
        """Returns what the words before the citation say that this document or the one before does to it."""
        words = folded[window.clause : window.start]
        for rule, kind, pattern in self._before:
            cue = pattern.search(words)
            if cue is None:
                continue
            at = window.clause + cue.start()
            source = before
            if before is None or window.clause > window.low or _ITSELF.search(folded, window.low, at):
                source = None
            elif _JOINED.fullmatch(folded, window.low, at):
                # "… Nghị quyết A và thay thế Nghị quyết B": both are done by the same one.
                source = last.source if last is not None else None
            return Relation(kind, source, index, at, window.end, rule)
        return None

    @staticmethod
    def _going_on(
        gap: str, last: Relation | None, basis: Relation | None, index: int, mentions: list[Mention]
    ) -> Relation | None:
        """Returns the relation of a citation that goes on with a list, or with the bases of a preamble."""
        model = None
        if len(gap) > _PARAGRAPH:
            return None
        enumerates = last is not None and last.kind not in _PREAMBLE and last.source is None
        if last is not None and (_LISTED.fullmatch(gap) or (enumerates and _ITEM.search(gap))):
            model = last
        elif basis is not None and _BASIS.search(gap) and "\n\n" not in gap:
            # "Căn cứ Luật A …; Luật B": words on A may stand between.
            model = basis
        if model is None:
            return None
        return Relation(model.kind, model.source, index, mentions[index].start, mentions[index].end, "")

    def _being(self, folded: str, cited: list[int], mentions: list[Mention], index: int) -> Relation | None:
        """Returns what the citation does to one before it ("… được sửa đổi, bổ sung bởi …")."""
        start = mentions[index].start
        if not cited or start - mentions[cited[-1]].end > _REACH:
            return None
        low = mentions[cited[-1]].end
        if _clause_start(folded, low, start) > low:
            return None
        for rule, kind, pattern in self._passive:
            cue = pattern.search(folded[low:start])
            if cue is None:
                continue
            # A decree amends a decree, even where the law that it implements stands nearer.
            for target in reversed(cited):
                if _clause_start(folded, mentions[target].end, start) > mentions[target].end:
                    break
                if _alike(mentions[target].value.type, mentions[index].value.type):
                    return Relation(kind, index, target, low + cue.start(), mentions[index].end, rule)
        return None

    def _expiring(self, folded: str, mentions: list[Mention], cited: list[int], follows: int) -> list[Relation]:
        """Returns that this document ends others, where that is said behind the last of them.

        What ends is the subject: of "Nghị quyết A ban hành Quy chế B hết hiệu lực" or "Nghị quyết A được sửa đổi bởi
        Nghị quyết B và Nghị quyết C hết hiệu lực" it is A.
        """
        last = mentions[cited[-1]]
        match = self._expires.match(folded, last.end, min(follows, last.end + _AFTER))
        if match is None:
            return []
        ended = [cited[-1]]
        for index in reversed(cited[:-1]):
            low, high = mentions[index].end, mentions[ended[0]].start
            if high - low > _AFTER or _clause_start(folded, low, high) > low:
                break
            ended = [index, *ended] if _COORDINATE.search(folded, low, high) else [index]
        return [
            Relation("repeals", None, index, mentions[index].start, match.end(), "relation.expires") for index in ended
        ]


def _alike(one: str | None, other: str | None) -> bool:
    """Tells whether documents of these types can amend each other."""
    return one == other or any(one in family and other in family for family in _FAMILIES)


def _clause_start(folded: str, low: int, high: int) -> int:
    """Returns where the last clause before `high` begins, at the earliest at `low`."""
    cuts = [match.end() for match in _CLAUSE_END.finditer(folded, low, high)]
    return cuts[-1] if cuts else low
