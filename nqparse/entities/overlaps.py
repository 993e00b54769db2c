"""Overlaps: which mentions stay where several finders claim the same characters."""

from __future__ import annotations

from collections.abc import Iterable

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


def longest(mentions: Iterable[Mention], prior: Iterable[Mention] = ()) -> list[Mention]:
    """Returns the longest mentions that overlap neither each other nor a mention of `prior`, in order.

    Of two of the same length the first in the text stays, and of two of the same span the first given.
    """
    claims = [(mention, True) for mention in mentions] + [(mention, False) for mention in prior]
    claims.sort(key=lambda claim: claim[0].start)
    kept: list[Mention] = []
    cluster: list[tuple[Mention, bool]] = []  # claims that overlap, by each other's help
    reach = 0
    for claim in claims:
        if cluster and claim[0].start >= reach:
            kept += _settled(cluster)
            cluster = []
        cluster.append(claim)
        reach = max(reach, claim[0].end)
    return kept + _settled(cluster)


def _settled(cluster: list[tuple[Mention, bool]]) -> list[Mention]:
    """Returns what stays of claims that overlap; those that are not open (False) stand already."""
    if len(cluster) == 1:
        return [mention for mention, is_open in cluster if is_open]
    taken = [mention for mention, is_open in cluster if not is_open]
    kept = []
    for mention in sorted((mention for mention, is_open in cluster if is_open), key=_rank):
        if all(mention.end <= other.start or other.end <= mention.start for other in taken):
            taken.append(mention)
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _rank(mention: Mention) -> tuple[int, int]:
    return mention.start - mention.end, mention.start


def _layer(mention_type: str) -> str:
    if mention_type in TIME:
        return "time"
    return "numbers" if mention_type in NUMBERS else mention_type
