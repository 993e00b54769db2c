"""The closing: adoption, effect and appeal behind the last numbered section, belonging to the whole act."""

from __future__ import annotations

from nqparse.ruleset import RuleSet
from nqparse.structure.lines import Flow
from nqparse.structure.sections import joins

_TITLE = 200  # the longest title
_REACH = 60  # lines behind the last label in which a closing may begin


class ClosingFinder:
    """Draws the border between the last section and the closing."""

    def __init__(self, rules: RuleSet) -> None:
        self._adoption = rules.regex("closing.adoption")
        self._opener = rules.regex("closing.opener")

    def refine(self, flow: Flow, states: list[str]) -> None:
        """Corrects, in `states`, which lines are body and which closing.

        A sentence on effect right under its article's title belongs to the article; a paragraph of adoption or
        appeal without a label, behind the last section, belongs to the closing.
        """
        last_body = max((i for i, state in enumerate(states) if state == "body"), default=-1)
        for index in range(last_body):
            if states[index] == "closing":
                states[index] = "body"  # sections follow: it belongs to the one it stands in
        labelled = [i for i, state in enumerate(states) if state == "body" and flow.lines[i].label is not None]
        if not labelled:
            return
        last = labelled[-1]
        end = last + 1
        while end < len(states) and states[end] in ("body", "closing"):
            end += 1
        paragraphs = self._paragraphs(flow, last, end)
        # The first paragraph is the label's own; if that is only a title, the next one is its text.
        own = 2 if len(paragraphs) > 1 and self._is_title(flow, paragraphs[0]) else 1
        if own < len(paragraphs) and self._label_alone(flow, paragraphs[0]):
            low, high = self._span(flow, paragraphs[1])
            own += high - low < _TITLE and flow.text[high - 1] not in ".;:"
        opens = None
        for number, (first, _) in enumerate(paragraphs):
            start = flow.lines[first].start
            adopted = self._adoption.match(flow.folded, start) is not None
            if number < own and not (adopted and number > 0):
                continue
            if number > 0 and (adopted or (number >= own and self._opener.match(flow.folded, start))):
                opens = first
                break
        for index in range(last, end):
            states[index] = "closing" if opens is not None and index >= opens else "body"

    def _paragraphs(self, flow: Flow, first: int, end: int) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for index in range(first, min(end, first + _REACH)):
            if found and joins(flow, index - 1):
                found[-1] = (found[-1][0], index + 1)
            else:
                found.append((index, index + 1))
        return found

    @staticmethod
    def _span(flow: Flow, paragraph: tuple[int, int]) -> tuple[int, int]:
        return flow.lines[paragraph[0]].start, flow.lines[paragraph[1] - 1].end

    @staticmethod
    def _label_alone(flow: Flow, paragraph: tuple[int, int]) -> bool:
        label = flow.lines[paragraph[0]].label
        return label is not None and label.end >= flow.lines[paragraph[1] - 1].end

    @staticmethod
    def _is_title(flow: Flow, paragraph: tuple[int, int]) -> bool:
        start, end = ClosingFinder._span(flow, paragraph)
        label = flow.lines[paragraph[0]].label
        if ClosingFinder._label_alone(flow, paragraph):
            return True
        return label is not None and end - start < _TITLE and flow.text[end - 1] not in ".;" and label.kind not in (
            "dash", "plus", "star", "letter",
        )  # fmt: skip
