"""Tiling: zones cut the whole source into consecutive pieces; nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

from nqparse.document import Zone, ZoneKind
from nqparse.structure.lines import Flow

# The states of lines, and the kinds of zone that they make.
KINDS: dict[str, ZoneKind] = {
    "before": "before", "header": "header", "type": "header", "title": "header", "enacting": "preamble",
    "preamble": "preamble", "formula": "formula", "body": "body", "closing": "closing",
    "recipients": "recipients", "signatures": "signatures", "appendix": "appendix", "after": "after",
    "unknown": "unknown",
}  # fmt: skip

_WORD = re.compile(r"[^\W_]")


def tile(source: str, flow: Flow, states: list[str]) -> list[Zone]:
    """Returns the zones of the source in order.

    Every run of lines takes the source pieces that it was read from. What lies between belongs to the zone
    before if it is white space, to its own line if it is a mark, and is furniture otherwise.
    """
    pieces: list[tuple[int, int, ZoneKind]] = []
    first = 0
    for index, state in enumerate(states):
        if index + 1 == len(states) or KINDS[states[index + 1]] != KINDS[state]:
            run = flow.view.pieces(flow.lines[first].start, flow.lines[index].end)
            pieces += [(start, end, KINDS[state]) for start, end in run]
            first = index + 1
    pieces.sort()
    tiles: list[tuple[int, ZoneKind]] = []  # where each zone starts

    def begin(start: int, kind: ZoneKind) -> None:
        if tiles and tiles[-1][1] == kind:
            return
        if tiles and tiles[-1][0] == start:
            tiles.pop()
            begin(start, kind)
            return
        tiles.append((start, kind))

    at = 0
    for start, end, kind in pieces:
        if start > at:
            start = _gap(source, at, start, begin)
        begin(start, kind)
        at = max(at, end)
    if at < len(source):
        _gap(source, at, len(source), begin)
    if not tiles:
        return [Zone(kind="unknown", start=0, end=len(source))] if source else []
    if tiles[0][0] > 0:
        tiles[0] = (0, tiles[0][1])
    ends = [start for start, _ in tiles[1:]] + [len(source)]
    return [Zone.made(kind=kind, start=start, end=end) for (start, kind), end in zip(tiles, ends, strict=True)]


def _gap(source: str, start: int, end: int, begin: Callable[[int, ZoneKind], None]) -> int:
    """Deals with what lies between two pieces; returns where the next piece begins, its own marks included."""
    gap = source[start:end]
    if end < len(source) and gap.isspace():
        return end
    first_break, last_break = gap.find("\n"), gap.rfind("\n")
    if first_break < 0:
        # On one line: an opening mark belongs to what follows, other text between columns is furniture.
        lead = len(gap) - len(gap.lstrip())
        if end < len(source) and not gap[lead:].strip("*_#>\\ \t"):
            return start + lead
        if _WORD.search(gap) and start + lead < end:
            begin(start + lead, "furniture")
            return end
        return end if start else start + lead
    middle = gap[first_break : last_break + 1]
    if middle.strip():
        lead = len(middle) - len(middle.lstrip())
        begin(start + first_break + lead, "furniture")
    if end == len(source):
        tail = gap[last_break + 1 :]
        if tail.strip() and not middle.strip():
            begin(start + last_break + 1 + len(tail) - len(tail.lstrip()), "furniture")
        return end
    tail = gap[last_break + 1 :]
    return start + last_break + 1 + len(tail) - len(tail.lstrip())
