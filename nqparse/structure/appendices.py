"""Appendices: what is attached behind the signature, each with its own sections."""

from __future__ import annotations

from dataclasses import dataclass

from nqparse.document import Appendix, Cleaned, Located
from nqparse.fold import key
from nqparse.ruleset import RuleSet
from nqparse.structure.anchor import Anchor
from nqparse.structure.lines import Flow
from nqparse.structure.quotes import AmendmentFinder, seal_labels
from nqparse.structure.sections import build_sections
from nqparse.structure.zones import is_caps

_OPENERS = frozenset(("zone.appendix", "zone.attached-act"))
_ATTACHED_REACH = 7
_TITLE_LINES = 8
_TITLE_LENGTH = 260


@dataclass(slots=True)
class _Opening:
    line: int
    marker: tuple[int, int]


class AppendixParser:
    """Reads the appendix zone."""

    def __init__(self, rules: RuleSet) -> None:
        self._marker = rules.regex("tail.appendix-marker")
        self._attached = rules.regex("tail.attached-to")
        self._amendments = AmendmentFinder(rules)

    def parse(self, flow: Flow, anchor: Anchor, states: list[str]) -> list[Appendix]:
        """Returns the appendices in order."""
        appendices: list[Appendix] = []
        first = None
        for index, state in enumerate([*states, "end"]):
            if state == "appendix" and first is None:
                first = index
            elif state != "appendix" and first is not None:
                appendices += self._run(flow, anchor, first, index)
                first = None
        return appendices

    def _run(self, flow: Flow, anchor: Anchor, first: int, last: int) -> list[Appendix]:
        openings = self._openings(flow, first, last)
        found = []
        for opening, after in zip(openings, [*openings[1:], None], strict=False):
            stop = after.line if after else last
            found.append(self._appendix(flow, anchor, opening, stop))
        return [appendix for appendix in found if appendix]

    def _openings(self, flow: Flow, first: int, last: int) -> list[_Opening]:
        """An appendix opens where its marker stands; the same marker again is a running head."""
        openings: list[_Opening] = []
        seen: set[str] = set()
        for index in range(first, last):
            line = flow.lines[index]
            if not any(cue in _OPENERS for cue, _ in line.cues):
                continue
            match = self._marker.match(flow.folded, line.start, line.end) or self._marker.match(flow.folded, line.start)
            if match is None or not flow.text[line.start].isupper():
                continue
            end = match.end()
            name = key(flow.text[line.start : end])
            numbered = name.startswith("phu luc") or any(char.isdigit() for char in name)
            if openings and not (numbered and name not in seen) and not self._is_attached(flow, index, last):
                continue
            if openings and name in seen and numbered:
                continue
            if openings and index - openings[-1].line <= _TITLE_LINES and not numbered:
                continue
            seen.add(name)
            openings.append(_Opening(index, (line.start, line.start + len(flow.text[line.start : end].rstrip()))))
        if not openings:
            line = flow.lines[first]
            openings.append(_Opening(first, (line.start, line.end)))
        elif openings[0].line > first:
            # A second letterhead stands above the marker.
            openings[0] = _Opening(first, openings[0].marker)
        return openings

    def _is_attached(self, flow: Flow, index: int, last: int) -> bool:
        return any(
            self._attached.match(flow.folded, flow.lines[at].start)
            for at in range(index + 1, min(last, index + _ATTACHED_REACH))
        )

    def _appendix(self, flow: Flow, anchor: Anchor, opening: _Opening, stop: int) -> Appendix | None:
        marker = anchor.located(*opening.marker, Located)
        if marker is None:
            return None
        first = flow.line_at(opening.marker[0])
        title, after = self._title(flow, first, opening.marker[1], stop)
        labels = []
        seal_labels(flow, self._amendments.find(flow, flow.lines[first].start, flow.lines[stop - 1].end))
        for line in flow.lines[after:stop]:
            if line.label is not None:
                labels.append(line.label)
        view = anchor.view
        lines = flow.lines[opening.line : stop]
        if view.is_in_order(lines[0].start, lines[-1].end):
            lines = [lines[0]] if len(lines) == 1 else [lines[0], lines[-1]]
        return Appendix(
            marker=marker,
            title=anchor.located(*title, Cleaned, value=anchor.clean(*title)) if title else None,
            start=min(view.source_start(line.start) for line in lines),
            end=max(view.source_end(line.end) for line in lines),
            body=build_sections(flow, anchor, after, stop, labels).sections,
        )

    def _title(self, flow: Flow, first: int, marker_end: int, stop: int) -> tuple[tuple[int, int] | None, int]:
        """Returns the title behind a marker, and the line behind it."""
        first = flow.line_at(marker_end - 1)
        line = flow.lines[first]
        start = end = None
        low = marker_end
        while low < line.end and not flow.text[low].isalnum() and flow.text[low] not in '(“"':
            low += 1
        if low < line.end and not self._attached.match(flow.folded, low):
            start, end = low, line.end
        at = first + 1
        while at < stop and at - first <= _TITLE_LINES:
            line = flow.lines[at]
            text = flow.text[line.start : line.end]
            if self._attached.match(flow.folded, line.start) or line.label is not None or line.sealed:
                break
            caps = is_caps(text)
            goes_on = end is not None and not line.blank and flow.text[end - 1] not in ".;:"
            if not caps and not (goes_on and len(text) < _TITLE_LENGTH) and start is not None:
                break
            if len(text) > _TITLE_LENGTH or (not caps and text[-1] in ".;"):
                break
            start = line.start if start is None else start
            end = line.end
            at += 1
        if start is None or end is None:
            return None, at
        while end > start and flow.text[end - 1] in " -_*=":
            end -= 1
        return (start, end), at
