"""The plan of an Akoma Ntoso document: which stretch of the text goes where.

Akoma Ntoso has its parts in a fixed order (preface, preamble, body, conclusions, attachments), and the text must be
the source's again when all of it is read from the first element to the last. So nothing is moved: the text is cut into
at most five stretches, at the places where the fewest characters come to stand in a part that is not theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nqparse.document import Document, Located

PREFACE, PREAMBLE, BODY, CONCLUSIONS, ATTACHMENTS = range(5)

# The part that a zone belongs to; what is not here may stand in any.
_HOME = {
    "before": PREFACE, "header": PREFACE, "preamble": PREAMBLE, "formula": PREAMBLE, "body": BODY,
    "closing": CONCLUSIONS, "recipients": CONCLUSIONS, "signatures": CONCLUSIONS, "appendix": ATTACHMENTS,
}  # fmt: skip
_BORDER = re.compile(r"(?:\r\n?|\n)(?:[^\S\r\n]*(?:\r\n?|\n))*")
_INDENT = re.compile(r"[^\w\r\n]*")
_INDENT_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text, `start` to `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: a piece of the text with the kind of zone that it stands in."""

    start: int
    end: int
    kind: str


def parts_of(document: Document) -> list[Stretch]:
    """Returns the stretches of the five parts, in order; a part that the document does not have is empty."""
    zones = document.zones
    if not any(zone.kind in _HOME and zone.kind != "before" for zone in zones):
        start = zones[0].end if zones and zones[0].kind == "before" else 0
        empty, end = Stretch(start, start), Stretch(len(document.text), len(document.text))
        return [Stretch(0, start), empty, Stretch(start, len(document.text)), end, end]
    assigned = _assigned(document)
    starts = [len(document.text)] * 6
    for zone, part in zip(reversed(zones), reversed(assigned), strict=True):
        for at in range(part + 1):
            starts[at] = zone.start
    return [Stretch(starts[part], starts[part + 1]) for part in range(5)]


def _assigned(document: Document) -> list[int]:
    """Returns the part of each zone: the rising sequence that puts the fewest characters into a part not theirs."""
    costs = [0] * 5  # of the best way for all zones so far, by the part of the last of them
    came: list[list[int]] = []
    for zone in document.zones:
        home = _HOME.get(zone.kind)
        if zone.kind == "after":
            home = ATTACHMENTS if document.appendices else CONCLUSIONS
        best, origins, step = 0, [0] * 5, [0] * 5
        for part in range(5):
            # Where two ways are as good, the zone before stays in the earlier part.
            best = part if costs[part] < costs[best] else best
            origins[part] = best
            step[part] = costs[best] + (0 if home in (None, part) else zone.end - zone.start)
        costs = step
        came.append(origins)
    part = min(range(5), key=costs.__getitem__)
    assigned = []
    for origins in reversed(came):
        assigned.append(part)
        part = origins[part]
    return assigned[::-1]


class Blocks:
    """Cuts stretches of a document into paragraphs.

    A paragraph ends with its line break and the blank lines behind it. Lines that a value runs over stay together;
    where a zone ends, a paragraph does, too.
    """

    def __init__(self, document: Document, glued: Sequence[tuple[int, int]]) -> None:
        self._zones = [zone.start for zone in document.zones]
        self._kinds = [zone.kind for zone in document.zones]
        runs = _merged(glued)
        starts = [start for start, _ in runs]
        borders = set(self._zones)
        for match in _BORDER.finditer(document.text):
            at = bisect_left(starts, match.end()) - 1
            if at < 0 or runs[at][1] <= match.end():
                borders.add(match.end())
        self._borders = sorted(borders)

    def of(self, start: int, end: int) -> list[Block]:
        """Returns the paragraphs of a stretch."""
        if start >= end:
            return []
        low, high = bisect_right(self._borders, start), bisect_left(self._borders, end)
        edges = [start, *self._borders[low:high], end]
        return [Block(a, b, self._kinds[bisect_right(self._zones, a) - 1]) for a, b in pairwise(edges)]


def pieces(located: Located) -> list[tuple[int, int]]:
    """Returns the stretches of a located value."""
    return list(located.fragments) if located.fragments is not None else [(located.start, located.end)]


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if runs and start < runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((start, end))
    return runs


def line_start(text: str, at: int, low: int) -> int:
    """Returns the start of the line, from `low` on, if nothing but marks and spaces stand before `at`; else `at`."""
    floor = max(low, at - _INDENT_AT_MOST)
    start = max(floor, text.rfind("\n", floor, at) + 1, text.rfind("\r", floor, at) + 1)
    at_line = start == low or (start > 0 and text[start - 1] in "\r\n")
    return start if at_line and _INDENT.fullmatch(text, start, at) else at


def line_end(text: str, at: int, high: int) -> int:
    """Returns the end of the line that `at` stands in, with its line break and blank lines; at most `high`."""
    match = _BORDER.search(text, at, high)
    return match.end() if match else high


def rising(values: Sequence[int]) -> list[int]:
    """Returns the indices of a longest strictly rising subsequence."""
    tails: list[int] = []  # the smallest last value of a rising run of each length
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[at] = value
            ends[at] = index
    found = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]
