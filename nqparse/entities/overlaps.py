"""Overlaps: which mentions stay where several finders claim the same characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable

from nqparse.entities import Mention

TIME = frozenset(("DATE", "PERIOD", "TIME", "SESSION"))
NUMBERS = frozenset(("RATIO", "PERCENT", "MONEY", "QUANTITY"))
_CITATION = "DOCREF"


def flat(mentions: Iterable[Mention]) -> list[Mention]:
    """Returns the mentions without those that another one rules out, in the order of the text.

    - Of two dates, periods, times or sessions that overlap, the longer stays: "quý I năm 2021" swallows "năm 2021".
    - A number gives way to any of them, and to a citation: neither "12" of "ngày 12/4" nor "24" of a symbol counts.
    - Citations and names stay flat within their own type only: a date may lie inside a citation.
    """
    by_layer: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_layer.setdefault(_layer(mention.type), []).append(mention)
    numbers = by_layer.pop("numbers", [])
    kept = {layer: longest(claims) for layer, claims in by_layer.items()}
    prior = longest([*kept.get("time", ()), *kept.get(_CITATION, ())])
    stay = [mention for claims in kept.values() for mention in claims]
    stay += longest(numbers, prior)
    return sorted(stay, key=lambda mention: (mention.start, -mention.end))


def longest(mentions: Iterable[Mention], prior: Collection[Mention] = ()) -> list[Mention]:
    """Returns the longest mentions that overlap neither each other nor a mention of `prior`, in order.

    `prior` must be free of overlaps itself. Of two of the same length the first in the text stays, and of two of the
    same span the first given.
    """
    taken = sorted((mention.start, mention.end) for mention in prior)
    kept = []
    for mention in sorted(mentions, key=lambda mention: (mention.start - mention.end, mention.start)):
        at = bisect_left(taken, (mention.start, mention.end))
        if at and taken[at - 1][1] > mention.start:
            continue
        if at < len(taken) and taken[at][0] < mention.end:
            continue
        taken.insert(at, (mention.start, mention.end))
        kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _layer(mention_type: str) -> str:
    if mention_type in TIME:
        return "time"
    return "numbers" if mention_type in NUMBERS else mention_type
