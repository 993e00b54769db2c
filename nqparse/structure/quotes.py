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

from nqparse.ruleset import RuleSet
from nqparse.spans import holds
from nqparse.structure.label import Label
from nqparse.structure.lines import START, Flow
from nqparse.structure.succession import Succession, is_labelled

_OPEN = "“„«"
_CLOSE = "”»"
_MARK = re.compile("[“”„«»\"]|''")
_OPENS_LINE = re.compile(r"[ \t]*$")
# A closing mark stands behind its sentence and before a line's end, or before the point or comma of the outer one.
_CLOSES = re.compile(r"[ \t]*[.,;:)]*[ \t]*(?:\n|$|và\b|[.;] )")
_LEAD_IN_END = ":"
_LONGEST = 200_000
_LOOK_BACK = 200  # a lead-in ends this near
_UNITS = {"diem": "letter", "khoan": "arabic", "dieu": "article"}
_LEAD_IN_LINES = 12


class AmendmentFinder:
    """Finds the amendments of a text. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._lead_in = rules.regex("amendment.lead-in")
        self._lead_in_end = rules.regex("amendment.lead-in-end")

    def find(self, flow: Flow, start: int, end: int) -> list[tuple[int, int]]:
        """Returns the flow ranges between `start` and `end` that amendments take, in order and apart."""
        ranges, unclosed = _quoted(flow, start, end)
        if unclosed is None and self._lead_in_end.search(flow.folded, start, end) is None:
            return ranges
        last = flow.line_at(end - 1) + 1
        succession = Succession(flow.lines, flow.line_at(start), last)
        if unclosed is not None and _after_lead_in(flow.text, unclosed):
            stop = succession.goes_on(flow.line_at(unclosed - 1), flow.line_at(unclosed))
            if stop is not None:
                _close(ranges, unclosed, flow.lines[stop - 1].end)
        return self._with_unmarked(flow, ranges, succession, start, end)

    def _with_unmarked(
        self, flow: Flow, ranges: list[tuple[int, int]], succession: Succession, start: int, end: int
    ) -> list[tuple[int, int]]:
        """Adds the amendments that stand without quotation marks."""
        lines = flow.lines
        last = flow.line_at(end - 1) + 1
        found: list[tuple[int, int]] = []
        for match in self._lead_in_end.finditer(flow.folded, start, end):
            index = flow.line_at(match.start())
            if index + 1 >= last or (found and match.start() < found[-1][1]) or holds(ranges, match.start()):
                continue
            label = lines[index + 1].label
            if label is None or not self._leads_in(flow, index, label):
                continue
            stop = succession.goes_on(index, index + 1)
            if stop is not None:
                found.append((label.start, lines[stop - 1].end))
        return sorted([*ranges, *found]) if found else ranges

    def _leads_in(self, flow: Flow, index: int, label: Label) -> bool:
        """Tells whether the paragraph that ends on a line names the very label that follows it."""
        lines = flow.lines
        first = index
        while first > 0 and index - first < _LEAD_IN_LINES and not is_labelled(lines[first]) and not lines[first].blank:
            first -= 1
        amends = self._lead_in.search(flow.folded, lines[first].start, lines[index].end)
        if amends is None or label.kind != _UNITS[amends["unit"]]:
            return False
        names = flow.text[amends.start("names") : amends.end("names")]
        return names.split(",")[0].split()[0].lower() == label.number.lower()


def _quoted(flow: Flow, start: int, end: int) -> tuple[list[tuple[int, int]], int | None]:
    """Returns the ranges of quotations, and where one opens that is never closed."""
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
                _close(ranges, opened[0], _lead_in_start(flow, at))
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
                _close(ranges, opened[0], match.end())
                opened = None
    return ranges, opened[0] if opened is not None else None


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


def _close(ranges: list[tuple[int, int]], start: int, end: int) -> None:
    if end > start:
        ranges.append((start, end))


def seal_labels(flow: Flow, ranges: list[tuple[int, int]]) -> None:
    """Takes the labels away from all lines that begin inside a sealed range."""
    lines = flow.lines
    for start, end in ranges:
        for at in range(
            bisect_left(lines, start, key=START),
            bisect_left(lines, end, key=START),
        ):
            lines[at].label = None
