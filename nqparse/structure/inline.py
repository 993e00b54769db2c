"""Inline labels: khoản and điểm that begin in mid-line because the source lost line breaks.

"… theo quy định.2. Giao Sở Tài chính …" holds a section, "tại Điều 5. 15 người" does not: such a label is
only taken where it is the very successor of an open section, and never inside a quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from nqparse.ruleset import RuleSet
from nqparse.spans import holds
from nqparse.structure.label import Label, letter_value
from nqparse.structure.lines import Flow

_CLAUSE_STRENGTH = 1.5
_POINT_STRENGTH = 1.0
_CITED = re.compile(r"(?:khoản|điểm|điều|số|mục|phần|chương|trang|tp|ngày|tháng|quý)\s*[.,;:]?\s*$", re.IGNORECASE)


class InlineFinder:
    """Finds labels inside lines."""

    def __init__(self, rules: RuleSet) -> None:
        self._clause = rules.regex("inline.clause")
        self._point = rules.regex("inline.point")

    def with_inline(
        self, flow: Flow, first: int, last: int, labels: list[Label], sealed: list[tuple[int, int]]
    ) -> list[Label]:
        """Returns the labels of the lines `first` to `last` with the inline candidates put among them."""
        if last <= first:
            return labels
        text = flow.text
        start, end = flow.lines[first].start, flow.lines[last - 1].end
        starts = {label.start for label in labels}
        found: list[Label] = []
        for match in self._clause.finditer(text, start, end):
            value = int(match["n"])
            label = Label(
                match.start("n"), match.end(), "arabic", match["n"], ".", _CLAUSE_STRENGTH,
                (("arabic", value),), (value,), True, "inline.clause",
            )  # fmt: skip
            found.append(label)
        if ")" in text[start:end]:
            for match in self._point.finditer(text, start, end):
                label = Label(
                    match.start("n"), match.end(), "letter", match["n"], ")", _POINT_STRENGTH,
                    (("letter", letter_value(match["n"])),), (), True, "inline.point",
                )  # fmt: skip
                found.append(label)
        kept: list[Label] = []
        for label in found:
            if label.start in starts or _CITED.search(text, max(start, label.start - 12), label.start):
                continue
            line = flow.lines[flow.line_at(label.start)]
            if line.start == label.start or line.sealed:
                continue
            if holds(sealed, label.start):
                continue
            kept.append(label)
        seconds = {
            kind: sorted(label.start for label in kept if label.kind == kind and label.readings[0][1] == 2)
            for kind in ("arabic", "letter")
        }
        kept = [
            label for label in kept
            if label.readings[0][1] != 1 or self._has_second(flow, label, seconds[label.kind])
        ]  # fmt: skip
        return sorted([*labels, *kept], key=lambda label: label.start) if kept else labels

    @staticmethod
    def _has_second(flow: Flow, first: Label, seconds: list[int]) -> bool:
        """A list that begins in mid-line shows by its second member on the same line."""
        at = bisect_right(seconds, first.start)
        return at < len(seconds) and seconds[at] < flow.lines[flow.line_at(first.start)].end
