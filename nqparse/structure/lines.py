"""Lines: the units that zones and labels are decided on, in reading order, with what is seen of each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from nqparse.ruleset import RuleSet
from nqparse.structure.furniture import PAGE, find_furniture
from nqparse.structure.label import Label
from nqparse.structure.layout import arrange, raw_lines
from nqparse.view import View

START = attrgetter("start")  # of a line, as the key of bisections
_SENTENCE_END = frozenset('.;:!?…”"»)]/')
_TRAILING = " \t|\\*_"
_LEADING = " \t|"

# Texts whose lines hardly ever pass this are hard-wrapped; others have one paragraph per line.
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 40  # shorter lines are short by themselves
_FEW_LINES = 8
_BLOCK = 24  # lines that give the width around them: it is that of the longest but for a few
_STRAYS = 3
_FULL = 0.9
_SPACED = 0.2
_ALL = 0.9  # of the lines
_BROKEN = 0.2


@dataclass(slots=True)
class Line:
    """One line of text in the flow.

    `start`/`end` are offsets into the flow without white space and cell marks; `blank` tells that a
    paragraph break stands before it, `cut` that it begins within a source line; `full` that the
    line before was so long that its next word did not fit (so this line may go on with it);
    `goes_on` that what a rule found here ends on the next line ("PHỤ⏎LỤC").
    """

    start: int
    end: int
    blank: bool = False
    cut: bool = False
    full: bool = False
    sealed: bool = False
    label: Label | None = None
    cues: tuple[tuple[str, dict[str, float]], ...] = ()
    goes_on: bool = False

    def cue(self, rule_id: str, scores: dict[str, float]) -> None:
        """Notes that a rule matches the line, and what it scores for each zone state."""
        self.cues = (*self.cues, (rule_id, scores))


@dataclass(slots=True)
class Flow:
    """The text in reading order without furniture, and its lines."""

    view: View
    lines: list[Line]
    wrap: int | None  # the width at which lines are wrapped, None if they are not
    spaced: bool = False  # whether blank lines part the paragraphs of a wrapped text

    @property
    def text(self) -> str:
        """The text in reading order."""
        return self.view.text

    @property
    def folded(self) -> str:
        """The same, folded (`nqparse.fold`)."""
        return self.view.folded

    def line_at(self, offset: int) -> int:
        """Returns the index of the line that holds or precedes `offset`."""
        return max(0, bisect_right(self.lines, offset, key=START) - 1)


def build_flow(view: View, rules: RuleSet) -> Flow:
    """Puts the text in reading order, leaves furniture out and splits the rest into lines."""
    lines = raw_lines(view.text)
    furniture = find_furniture(view, lines, rules)
    plan = arrange(view, lines, rules)
    order, cuts = plan.order, plan.cuts
    if furniture:
        order = _without_furniture(view.text, lines, furniture, order)
    if len(order) == 1 and order[0] == (0, len(view.text)):
        flow_view, sealed = view, plan.sealed
        flow_cuts: set[int] = set()
    else:
        flow_view = view.rearranged(order)
        flow_cuts, sealed = _moved(view.text, order, cuts, plan.sealed)
    flow_lines = _split(flow_view.text, sorted(flow_cuts))
    for start, end in sealed:
        for at in range(
            bisect_left(flow_lines, start, key=START),
            bisect_left(flow_lines, end, key=START),
        ):
            flow_lines[at].sealed = True
    parted = _double_spaced(flow_view.text, flow_lines)
    for line in parted:
        line.blank = False
    wrap = _mark_wraps(flow_view.text, flow_lines)
    for line in parted:
        line.blank = not line.full
    blanks = sum(1 for line in flow_lines if line.blank)
    return Flow(flow_view, flow_lines, wrap, wrap is not None and blanks > _SPACED * len(flow_lines))


def _without_furniture(
    text: str, lines: list[tuple[int, int]], furniture: dict[int, str], order: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Cuts the furniture out of the reading order; a page break takes the blank lines around it along."""
    holes: list[tuple[int, int]] = []
    done = -1  # the last line of the run of page marks that is cut out already
    for index in sorted(furniture):
        if index <= done:
            continue
        start, end = lines[index]
        if furniture[index] == PAGE:
            low, high = index, index
            while low > 0 and (furniture.get(low - 1) == PAGE or not text[slice(*lines[low - 1])].strip()):
                low -= 1
            while high + 1 < len(lines) and (
                furniture.get(high + 1) == PAGE or not text[slice(*lines[high + 1])].strip()
            ):
                high += 1
            done = high
            start = lines[low][0]
            end = min(len(text), lines[high][1] + 1)
        if holes and start <= holes[-1][1]:
            holes[-1] = (holes[-1][0], max(end, holes[-1][1]))
        else:
            holes.append((start, end))
    kept = []
    starts = [start for start, _ in holes]
    for start, end in order:
        at = start
        first = max(0, bisect_right(starts, start) - 1)
        for hole in range(first, len(holes)):
            hole_start, hole_end = holes[hole]
            if hole_start >= end:
                break
            if hole_end <= at:
                continue
            if hole_start > at:
                kept.append((at, hole_start))
            at = max(at, hole_end)
        if at < end:
            kept.append((at, end))
    return kept


def _moved(
    text: str, order: list[tuple[int, int]], cuts: set[int], sealed: list[tuple[int, int]]
) -> tuple[set[int], list[tuple[int, int]]]:
    """Carries cuts and sealed ranges over from the view to the flow."""
    flow_cuts: set[int] = set()
    flow_sealed: list[tuple[int, int]] = []
    sorted_cuts = sorted(cuts)
    starts = [start for start, _ in sealed]
    size = 0
    last = 0
    ends_line = True
    for start, end in order:
        if start != last and not ends_line:
            size += 1  # the line break that `View.rearranged` puts between
        last, ends_line = end, text[end - 1] == "\n"
        for cut in sorted_cuts[bisect_left(sorted_cuts, start) : bisect_left(sorted_cuts, end)]:
            flow_cuts.add(size + cut - start)
        at = max(0, bisect_right(starts, start) - 1)
        while at < len(sealed) and sealed[at][0] < end:
            low, high = max(start, sealed[at][0]), min(end, sealed[at][1])
            if low < high:
                flow_sealed.append((size + low - start, size + high - start))
            at += 1
        size += end - start
    return flow_cuts, flow_sealed


def _split(text: str, cuts: list[int]) -> list[Line]:
    lines: list[Line] = []
    blank = False
    at = 0
    for start, end in raw_lines(text):
        if at < len(cuts) and cuts[at] < end:
            stops = []
            while at < len(cuts) and cuts[at] < end:
                if cuts[at] > start:
                    stops.append(cuts[at])
                at += 1
            low = start
            for stop in [*stops, end]:
                blank = _add_line(text, low, stop, lines, blank=blank, cut=low > start)
                low = stop
        else:
            blank = _add_line(text, start, end, lines, blank=blank, cut=False)
    return lines


def _add_line(text: str, start: int, end: int, lines: list[Line], *, blank: bool, cut: bool) -> bool:
    """Adds the text between two offsets as a line, if there is any; returns whether a break follows it."""
    body = text[start:end].rstrip(_TRAILING)
    if not body:
        return True
    stop = start + len(body)
    body = body.lstrip(_LEADING)
    if not body:
        return True
    lines.append(Line(stop - len(body), stop, blank, cut))
    return "|" in text[stop:end]


def _double_spaced(text: str, lines: list[Line]) -> list[Line]:
    """Returns the lines behind a single blank line, if a blank line stands behind every line, wrapped or not.

    There it parts no paragraphs; two blank lines do.
    """
    blanks = sum(1 for line in lines if line.blank)
    if len(lines) < _FEW_LINES or blanks < _ALL * len(lines):
        return []
    broken = sum(
        1
        for before, line in pairwise(lines)
        if text[line.start].islower() and text[before.end - 1] not in _SENTENCE_END
    )
    if broken < _BROKEN * len(lines):
        return []
    return [line for before, line in pairwise(lines) if text.count("\n", before.end, line.start) == 2]


def _mark_wraps(text: str, lines: list[Line]) -> int | None:
    """Tells whether the text is wrapped, and marks the lines whose first word did not fit on the line before.

    The width is taken from the neighbourhood: a letterhead, a body and a table are not set alike.
    """
    if len(lines) < _FEW_LINES:
        return None
    # Rows of tables are as long as their cells make them.
    lengths = [0 if line.sealed else line.end - line.start for line in lines]
    widest = sorted(lengths)[int(len(lengths) * 0.97)]
    blocks = [sorted(lengths[at : at + _BLOCK])[-_STRAYS:][0] for at in range(0, len(lengths), _BLOCK)]
    around = [max(blocks[max(0, block - 1) : block + 2]) for block in range(len(blocks))]
    for at, (before, line) in enumerate(pairwise(lines)):
        if line.blank or line.cut:
            continue
        width = around[at // _BLOCK]
        if width > _WIDEST_WRAP:
            continue
        space = text.find(" ", line.start, line.end)
        word = (space if space > 0 else line.end) - line.start
        line.full = before.end - before.start + 1 + word > width * _FULL
    return widest if _NARROWEST_WRAP <= widest <= _WIDEST_WRAP else None


def ends_sentence(text: str, line: Line) -> bool:
    """Tells whether the line ends with punctuation that closes a sentence or clause."""
    return text[line.end - 1] in _SENTENCE_END


_BULLETS = frozenset("-–+*•_~=")
_BULLET = re.compile(r"~?[-–+*•][ \t]*|[_~=] ")


def content_start(text: str, line: Line) -> int:
    """Returns where the line's text begins behind a bullet."""
    if text[line.start] not in _BULLETS:
        return line.start
    bullet = _BULLET.match(text, line.start, line.end)
    return bullet.end() if bullet else line.start
