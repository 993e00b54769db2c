"""Quoted amendments: "… sửa đổi như sau: “Điều 5. …”" holds sections of another document.

A quotation that opens a line, or follows the colon of its lead-in, and runs over several lines is
sealed: nothing inside it is a section of this document. A quotation that is never closed must not
swallow the rest, so it ends before the next lead-in, at the latest after `_LONGEST` characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from nqparse.structure.lines import Flow

_OPEN = "“„«"
_CLOSE = "”»"
_MARK = re.compile("[“”„«»\"]|''")
_OPENS_LINE = re.compile(r"[ \t]*$")
# A closing mark stands behind its sentence and before a line's end, or before the point or comma of the outer one.
_CLOSES = re.compile(r"[ \t]*[.,;:)]*[ \t]*(?:\n|$|và\b|[.;] )")
_LEAD_IN_END = ":"
_LONGEST = 200_000
_LOOK_BACK = 200  # a lead-in ends this near


def sealed_ranges(flow: Flow, start: int, end: int) -> list[tuple[int, int]]:
    """Returns the flow ranges between `start` and `end` that quoted amendments take."""
    text = flow.text
    ranges: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None  # where the outer quotation opens, and its mark
    depth = 0
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        opens = mark in _OPEN or (mark == '"' and opened is None)
        if opens and _at_opening(text, at, start):
            if opened is not None and _after_lead_in(text, at):
                # The one before was never closed: it ends with the paragraph before this lead-in.
                _close(flow, ranges, opened[0], _lead_in_start(flow, at))
                opened = None
            if opened is None:
                opened, depth = (at, mark), 1
                continue
        if opened is None:
            continue
        if at - opened[0] > _LONGEST:
            opened = None
            continue
        straight = opened[1] == '"'
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE or (mark == '"' and (straight or _CLOSES.match(text, match.end()))) or mark == "''":
            depth -= 1
            if straight and not _CLOSES.match(text, match.end()):
                depth = 1  # a word in quotation marks inside the quotation
                continue
            if depth <= 0 or (mark == "''" and _CLOSES.match(text, match.end())):
                _close(flow, ranges, opened[0], match.end())
                opened = None
    return ranges


def _at_opening(text: str, at: int, low: int) -> bool:
    """Tells whether a mark opens its line, or follows a colon."""
    line = text.rfind("\n", max(low, at - _LOOK_BACK), at) + 1
    if line == 0 and at - low > _LOOK_BACK:
        line = at - _LOOK_BACK  # deep inside a long line
    before = text[max(low, line) : at].strip(" \t|")
    return not before or before.endswith(_LEAD_IN_END)


def _after_lead_in(text: str, at: int) -> bool:
    return text[max(0, at - _LOOK_BACK) : at].rstrip().endswith(_LEAD_IN_END)


def _lead_in_start(flow: Flow, at: int) -> int:
    """Returns where the paragraph that leads in the quotation at `at` begins."""
    index = flow.line_at(at - 1)
    while index > 0 and flow.lines[index].label is None and not flow.lines[index].blank:
        index -= 1
    return flow.lines[index].start


def _close(flow: Flow, ranges: list[tuple[int, int]], start: int, end: int) -> None:
    if end > start:
        ranges.append((start, end))


def seal_labels(flow: Flow, ranges: list[tuple[int, int]]) -> None:
    """Takes the labels away from all lines that begin inside a sealed range."""
    lines = flow.lines
    for start, end in ranges:
        for at in range(
            bisect_left(lines, start, key=lambda line: line.start),
            bisect_left(lines, end, key=lambda line: line.start),
        ):
            lines[at].label = None
