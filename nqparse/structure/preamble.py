"""The preamble: enacting body, bases, recitals and the resolving formula."""

from __future__ import annotations

import re

from nqparse.document import Located, Preamble
from nqparse.fold import UPPER
from nqparse.ruleset import RuleSet
from nqparse.structure.anchor import Anchor
from nqparse.structure.header import parts
from nqparse.structure.lines import Flow, Line, content_start, ends_sentence
from nqparse.structure.sections import joins

_SENTENCE_BREAK = re.compile(r"[.][\s*]+(?=[^\W\d_a-z])")
# Behind a basis the sentence that resolves begins a line of its own.
_FORMULA_BREAK = re.compile(rf"{_SENTENCE_BREAK.pattern}|;[*_]*[ \t]*\n\s*(?=[A-Z{UPPER}])")
_DRAFT = re.compile(r"(?:dự thảo|đề nghị|việc|trình)\s+(?:\S+\s+){0,4}$")
_FORMULA_LINES = frozenset(("zone.formula", "zone.formula-lower"))
_FORMULA_REACH = 12
_LETTER_HEAD = 80


def _is_listed(flow: Flow, start: int) -> bool:
    """Tells whether an item begins behind a bullet or a number of its line."""
    return start > flow.lines[flow.line_at(start)].start


class PreambleParser:
    """Reads what stands between the title and the body."""

    def __init__(self, rules: RuleSet) -> None:
        self._basis = rules.regex("preamble.basis")
        self._addressee = rules.regex("preamble.addressee")
        self._recital = rules.regex("preamble.recital")
        self._sentence = rules.regex("preamble.formula-sentence")
        self._list_opener = rules.regex("preamble.lead-in")
        self._lead_in = rules.regex("preamble.formula-lead-in")
        self._verb = rules.regex("preamble.formula-verb")

    def parse(self, flow: Flow, anchor: Anchor, states: list[str]) -> Preamble:
        """Returns the preamble; the states of lines that hold a formula sentence are set to `formula`."""
        preamble = Preamble()
        self._formula_line_alone(flow, states)
        enacting = parts(flow, states, "enacting")
        if enacting:
            preamble.enacting_body = anchor.located(enacting[0].start, enacting[0].end, Located)
        items: list[tuple[int, int]] = []
        for part in parts(flow, states, "preamble"):
            items += self._items(flow, part.lines)
        formula = self._formula(flow, states)
        if formula is None and items:
            formula = self._formula_in(flow, items, resolution=self._is_resolution(flow, states))
        if formula is not None:
            preamble.formula = anchor.located(*formula, Located)
        opener = False  # of a list, of which each item is a basis
        for start, end in items:
            if self._addressee.match(flow.folded, start):
                continue  # "Kính gửi: …" is no part of the reasons
            listed = opener and _is_listed(flow, start)
            opener = listed or self._list_opener.fullmatch(flow.folded, start, end) is not None
            if listed or not opener:
                self._place(flow, anchor, start, end, preamble, listed=listed)
        return preamble

    def drop_addressee_labels(self, flow: Flow) -> None:
        """The dashes under "Kính gửi:" are addressees and no sections."""
        for index, line in enumerate(flow.lines[:_LETTER_HEAD]):
            if self._addressee.match(flow.folded, line.start):
                for after in flow.lines[index + 1 :]:
                    if after.label is None or after.label.kind != "dash":
                        break
                    after.label = None
                    after.cue("zone.addressee", {"preamble": 4.0, "body": -4.0})

    # -- items --------------------------------------------------------------------------------------

    def _items(self, flow: Flow, lines: list[Line]) -> list[tuple[int, int]]:
        """Groups lines into items: a new one begins at an opener, or with a new paragraph."""
        items: list[tuple[int, int]] = []
        opener = False
        for line in lines:
            start = content_start(flow.text, line)
            if opener and line.label is not None and start == line.start:
                start = line.label.end
                while start < line.end and flow.text[start] in " \t":
                    start += 1
            listed = opener and start > line.start
            opener = listed or (opener and not line.blank) or self._opens_list(flow, line)
            index = flow.line_at(line.start)
            addressee = any(cue == "zone.addressee" for cue, _ in line.cues)
            if items and not listed and (addressee or not self._begins(flow, index, start)):
                items[-1] = (items[-1][0], line.end)
            else:
                items.append((start, line.end))
        return items

    def _opens_list(self, flow: Flow, line: Line) -> bool:
        """Tells whether a line is "Căn cứ:" above a list of bases."""
        index = flow.line_at(line.start)
        if not self._list_opener.fullmatch(flow.folded, line.start, line.end) or index + 1 == len(flow.lines):
            return False
        below = flow.lines[index + 1]
        return below.label is not None or content_start(flow.text, below) > below.start

    def _begins(self, flow: Flow, index: int, start: int) -> bool:
        line, before = flow.lines[index], flow.lines[index - 1]
        closed = ends_sentence(flow.text, before) or flow.text[before.end - 1] == ","
        opener = flow.text[start].isupper() and self._basis.match(flow.folded, start)
        if opener and (closed or line.blank or line.cut or start > line.start or not line.full):
            return True
        if line.cut or joins(flow, index - 1) or not flow.text[start].isupper():
            return False
        unfinished = flow.text[line.end - 1] not in ".;"
        if (
            unfinished
            and index + 1 < len(flow.lines)
            and any(cue in _FORMULA_LINES for cue, _ in flow.lines[index + 1].cues)
        ):
            return True  # "… đã thống nhất⏎QUYẾT NGHỊ:": who resolves
        if flow.text[before.end - 1] in ";,":
            # "Xét Tờ trình …;⏎Báo cáo thẩm tra …;" is one basis over two lines.
            return self._recital.match(flow.folded, start) is not None
        return closed or line.blank

    def _place(
        self, flow: Flow, anchor: Anchor, start: int, end: int, preamble: Preamble, *, listed: bool = False
    ) -> None:
        """Puts an item among the bases or recitals; a basis sentence that opens a narrative is cut out."""
        while end > start and (flow.text[end - 1].isspace() or flow.text[end - 1] in "*_"):
            end -= 1
        if end <= start:
            return
        if listed or self._basis.match(flow.folded, start):
            stop = self._narrative(flow, start, end)
            basis = anchor.located(start, stop or end, Located)
            if basis:
                preamble.bases.append(basis)
            if stop is None:
                return
            start = stop
            while start < end and flow.text[start] in " \t\n*":
                start += 1
        recital = anchor.located(start, end, Located)
        if recital:
            preamble.recitals.append(recital)

    def _narrative(self, flow: Flow, start: int, end: int) -> int | None:
        """Returns where the first sentence of a basis ends if a narrative follows it in the same item."""
        for match in _SENTENCE_BREAK.finditer(flow.text, start, end):
            if self._recital.match(flow.folded, match.end()):
                return match.start() + 1
        return None

    @staticmethod
    def _formula_line_alone(flow: Flow, states: list[str]) -> None:
        """Where "QUYẾT NGHỊ:" stands on its line, what else was taken for the formula is an item before it."""
        for index, state in enumerate(states):
            if state == "formula" and not any(cue in _FORMULA_LINES for cue, _ in flow.lines[index].cues):
                if any(
                    states[at] == "formula" and any(cue in _FORMULA_LINES for cue, _ in flow.lines[at].cues)
                    for at in range(index + 1, min(len(states), index + _FORMULA_REACH))
                ):
                    states[index] = "preamble"

    # -- formula ------------------------------------------------------------------------------------

    def _formula(self, flow: Flow, states: list[str]) -> tuple[int, int] | None:
        found = parts(flow, states, "formula")
        if not found:
            return None
        last = found[-1]
        verb = self._verb.match(flow.folded, last.start)
        if verb and verb.end() <= last.end:
            end = verb.start() + len(verb.group().rstrip())
            return last.start, end
        return last.start, last.end

    @staticmethod
    def _is_resolution(flow: Flow, states: list[str]) -> bool:
        return any("nghi quyet" in flow.folded[part.start : part.end] for part in parts(flow, states, "type"))

    def _formula_in(
        self, flow: Flow, items: list[tuple[int, int]], *, resolution: bool
    ) -> tuple[int, int] | None:
        """Finds the resolving sentence in the last item, and cuts it out of it.

        Where a resolution has none, an item that leads in what follows resolves as a whole.
        """
        start, end = items[-1]
        text, folded = flow.text, flow.folded
        stop = start + len(text[start:end].rstrip(" \t\n*_"))
        match = None
        for match in self._sentence.finditer(folded, start, end):
            if not _DRAFT.search(text, max(start, match.start() - 40), match.start()):
                break
        else:
            basis = self._basis.match(folded, start)
            if resolution and not basis and self._lead_in.search(folded, start, stop):
                items.pop()
                return start, stop
            return None
        at = start
        for sentence in _FORMULA_BREAK.finditer(text, start, match.start()):
            at = sentence.end()
        if at > start:
            items[-1] = (start, at)
        else:
            items.pop()
        return at, stop
