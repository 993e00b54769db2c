"""Quoted amendments: "… sửa đổi như sau: “Điều 5. …”" holds sections of another document.

A quotation that opens a line, or follows the colon of its lead-in, and runs over several lines is
sealed: nothing inside it is a section of this document. A quotation that is never closed must not
swallow the rest, so it ends before the next lead-in, or where the document's own numbering goes on, at the
latest after `_LONGEST` characters.

Some drafters leave the marks away: "Sửa đổi điểm b khoản 2 Điều 5 như sau:" and then a line "b) …". Such a
label is the other document's if it is the very one that the lead-in names, and the own numbering goes on behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from nqparse.structure.label import Label
from nqparse.structure.lines import Flow, Line

_OPEN = "“„«"
_CLOSE = "”»"
_MARK = re.compile("[“”„«»\"]|''")
_OPENS_LINE = re.compile(r"[ \t]*$")
# A closing mark stands behind its sentence and before a line's end, or before the point or comma of the outer one.
_CLOSES = re.compile(r"[ \t]*[.,;:)]*[ \t]*(?:\n|$|và\b|[.;] )")
_LEAD_IN_END = ":"
_LONGEST = 200_000
_LOOK_BACK = 200  # a lead-in ends this near
# "… sửa đổi, bổ sung điểm a, c khoản 1 Điều 3 như sau:" at a line's end (folded).
_AMENDS = re.compile(
    r"(?:sua\s+doi|bo\s+sung|thay\s+the)[^.;:\"]{0,200}?\b(?P<unit>diem|khoan|dieu)\s+"
    r"(?P<names>\w{1,3}(?:\s*(?:,|va)\s*\w{1,3}\b){0,8})\b[^.;:\"]{0,300}(?:nhu\s+sau|thanh)\s*:\s*$"
)
_AMENDS_END = re.compile(r"(?:nhu\s+sau|thanh)\s*:[ \t]*\n")
_UNITS = {"diem": "letter", "khoan": "arabic", "dieu": "article"}
_LEAD_IN_LINES = 12
_WEAK = 1.0
_REACH = 1500  # lines of an amendment without marks


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
    if opened is not None and _after_lead_in(text, opened[0]):
        first = flow.line_at(opened[0])
        stop = _own_numbering(flow, flow.line_at(opened[0] - 1), first, flow.line_at(end - 1) + 1)
        if stop is not None:
            _close(flow, ranges, opened[0], stop)
    return _with_unmarked(flow, ranges, start, end)


def _with_unmarked(flow: Flow, ranges: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Adds the amendments that stand without quotation marks."""
    lines = flow.lines
    last = flow.line_at(end - 1) + 1
    found: list[tuple[int, int]] = []
    for match in _AMENDS_END.finditer(flow.folded, start, end):
        index = flow.line_at(match.start())
        if index + 1 >= last or (found and match.start() < found[-1][1]) or _inside(ranges, match.start()):
            continue
        first = index
        while first > 0 and index - first < _LEAD_IN_LINES and not _labelled(lines[first]) and not lines[first].blank:
            first -= 1
        amends = _AMENDS.search(flow.folded, lines[first].start, lines[index].end)
        label = lines[index + 1].label
        if amends is None or label is None or label.kind != _UNITS[amends["unit"]]:
            continue
        if _first_name(flow, amends) != label.number.lower():
            continue
        stop = _own_numbering(flow, index, index + 1, last)
        if stop is not None:
            found.append((label.start, stop))
    return sorted([*ranges, *found]) if found else ranges


def _labelled(line: Line) -> bool:
    # "… tại khoản 1⏎Điều 3 như sau:" begins with what might be a weak label.
    return line.label is not None and line.label.strength > _WEAK


def _first_name(flow: Flow, amends: re.Match[str]) -> str:
    return flow.text[amends.start("names") : amends.end("names")].split(",")[0].split()[0].lower()


def _inside(ranges: list[tuple[int, int]], at: int) -> bool:
    index = bisect_left(ranges, (at + 1, 0)) - 1
    return index >= 0 and ranges[index][0] <= at < ranges[index][1]


def _own_numbering(flow: Flow, lead_in: int, first: int, last: int) -> int | None:
    """Returns where, between the lines `first` and `last`, the numbering that the lead-in stands in goes on."""
    lines = flow.lines
    outer: list[Label] = []
    for index in range(lead_in, max(-1, lead_in - _REACH), -1):
        label = lines[index].label
        if label is not None and _labelled(lines[index]) and all(label.kind != known.kind for known in outer):
            outer.append(label)
            if label.kind == "article":
                break
    holders = [label for label in outer if label is outer[0] or label.kind == "article"]
    awaited = {(label.kind, ordinal + 1) for label in holders if (ordinal := label.readings[0][1])}
    for index in range(first, min(last, first + _REACH)):
        label = lines[index].label
        if label is None:
            continue
        reading = label.readings[0]
        if index > first and reading in awaited:
            return lines[index - 1].end
        # The other document counts with the same kind of label: its numbers say nothing.
        if reading[1] == 1:
            awaited = {known for known in awaited if known[0] != reading[0]}
    return None


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
