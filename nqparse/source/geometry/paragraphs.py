"""Lines of text, and where the paper shows that a new paragraph begins: by the step, by the indent, by the axis."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from statistics import median
from typing import NamedTuple, Protocol

from nqparse.source.geometry.rows import Piece
from nqparse.source.geometry.words import Word

# In em.
_LEADING = 1.35  # the usual step from line to line, where a text does not tell
_MARGIN = 0.5
_FULL = 2.5  # a line that ends so near the right margin may go on
_RAGGED = 3.0  # lines of ragged type end so much further right than most
_SPACE = 0.4  # the room that a space takes, and a little more
_INDENT, _DEEP = 0.8, 5.0
_SAME_AXIS = 0.5
_TITLE_STEP = 1.75
# Of the step from line to line: a wider one parts paragraphs. Titles are set wider than running text.
_WIDER, _WIDER_TITLE = 1.12, 1.3
_NOISE, _MOST_NOISE = 3.0, 0.25  # times the usual deviation of the steps, but no more than this share of them
_LOOSE = 0.25  # of the step: deviations of wider steps are no noise
_FEW = 3
_SHARP = 0.25  # lines that are flush at the right end no further apart
_SHARE = 0.15  # of the lines: so many start or end at a margin
_LONG = 0.5  # of the longest line
_LEAP = 3.0  # em: a step that parts whatever there is to part

_ENDS = frozenset(".;:!?…")
_LABEL = re.compile(r"[-+*•–—]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ])[.)/]")


@dataclass(slots=True)
class Line:
    """One line on the paper.

    `apart` tells that a new paragraph begins with it, `wrapped` that it goes on with the line before, whose end is
    where the paper ended; `cells` that it is a row of a table. `block` numbers the columns and tables of a page:
    lines are only compared within one.
    """

    pieces: list[Piece]
    u0: float
    u1: float
    v: float
    size: float
    block: int
    apart: bool = False
    wrapped: bool = False
    cells: bool = False

    @property
    def first(self) -> Word | None:
        """The first word."""
        return next((piece for piece in self.pieces if isinstance(piece, Word)), None)

    @property
    def last(self) -> Word | None:
        """The last word."""
        return next((piece for piece in reversed(self.pieces) if isinstance(piece, Word)), None)


class Placed(Protocol):
    """What has a place on the paper: a line, or a row that is to become one."""

    @property
    def u0(self) -> float:
        """Where it starts."""

    @property
    def u1(self) -> float:
        """Where it ends."""

    @property
    def v(self) -> float:
        """Its baseline."""

    @property
    def size(self) -> float:
        """The size of its type."""


@dataclass(slots=True)
class Measure:
    """The type area of running text: its margins, the step from line to line, and the usual indents.

    `certain` tells that there is running text; titles and lists alone do not show where lines have to end.
    """

    left: float
    right: float
    step: float  # in em
    noise: float = 0.0
    indents: frozenset[int] = field(default_factory=frozenset)
    certain: bool = False

    @classmethod
    def of(
        cls,
        lines: Sequence[Placed],
        small: Sequence[bool],
        prior: Measure | None = None,
        step: float | None = None,
    ) -> Measure:
        """Measures the lines of a block.

        Args:
            lines: the lines, from top to bottom.
            small: whether each starts with a small letter. Such a line goes on with the one before: it tells where
                the margins are, and the step.
            prior: the measure of the pages before; a margin that is theirs needs no further witness.
            step: the step of the text around, for a block that does not tell.
        """
        size = median([line.size for line in lines])
        wraps = [
            (before, line)
            for (before, line), goes_on in zip(pairwise(lines), small[1:], strict=True)
            if goes_on and before.v < line.v < before.v + _LEAP * size and before.u0 < line.u1 and line.u0 < before.u1
        ]
        certain = bool(wraps) or (prior is not None and prior.certain)
        if len(wraps) < _FEW:
            # Stamps, titles and page numbers are short; they do not make the margins.
            widest = max(line.u1 - line.u0 for line in lines)
            long = [line for line in lines if line.u1 - line.u0 > _LONG * widest]
            starts, ends = [line.u0 for line in long], [line.u1 for line in long]
        else:
            starts, ends = [line.u0 for _, line in wraps], [before.u1 for before, _ in wraps]
        left = _edge(starts, size, prior.left if prior else None)
        right = -_edge([-end for end in ends], size, -prior.right if prior else None)
        left = min([left, *(line.u0 for _, line in wraps)]) if len(wraps) < _FEW else left
        right = _widened(right, [line.u1 for line in lines], size)
        indents = Counter(_bucket(line.u0 - left, size) for line in lines)
        usual = frozenset(at for at, count in indents.items() if count > 1 and at > 0)
        steps = [(line.v - before.v) / max(line.size, before.size) for before, line in wraps]
        if not steps:
            known = step or (prior.step if prior else _LEADING)
            return cls(left, right, known, 0.0, usual, certain)
        found = median(steps)
        spread = [abs(value - found) for value in steps if abs(value - found) < _LOOSE * found]
        return cls(left, right, found, median(spread) if spread else 0.0, usual, certain)

    def is_full(self, line: Line) -> bool:
        """Tells whether a line reaches the right margin."""
        return self.right - line.u1 < _FULL * line.size

    def is_flush(self, line: Line) -> bool:
        """Tells whether a line starts at the left margin."""
        return line.u0 - self.left < _MARGIN * line.size


def _edge(values: Sequence[float], size: float, prior: float | None) -> float:
    """Returns the left margin: the outermost place where some lines start, not only one or two."""
    unit = _MARGIN * size
    places = Counter(round(value / unit) for value in values)
    few = max(_FEW, _SHARE * len(values))
    some = [
        place
        for place, count in places.items()
        if count + places[place - 1] + places[place + 1] >= few
        or (prior is not None and abs(place * unit - prior) <= unit)
    ]
    if not some:
        return min(values)
    return median([value for value in values if abs(value / unit - min(some)) <= 1])


def _widened(right: float, ends: Sequence[float], size: float) -> float:
    """Returns the right margin, or one further right where lines end as sharply as flush type does."""
    unit = _SHARP * size
    far = sorted(end for end in ends if end > right + _FULL * size)
    for at in range(len(far) - _FEW, -1, -1):
        if far[at + _FEW - 1] - far[at] < unit:
            return far[at + 1]
    return right


def _bucket(distance: float, size: float) -> int:
    return round(distance / (_MARGIN * size))


def find_paragraphs(text: str, lines: Sequence[Line], measure: Measure) -> None:
    """Sets `apart` and `wrapped` on the lines of a block, as far as the paper shows it."""
    # Type that is not flush at the right ends wherever the next word has no room.
    right = max((line.u1 for line in lines if line.u1 < measure.right + _RAGGED * line.size), default=measure.right)
    for before, line in pairwise(lines):
        if not line.apart:
            line.apart = _begins(text, measure, before, line)
        if not line.apart:
            line.wrapped = _is_wrapped(text, measure, before, line, right)


def _begins(text: str, measure: Measure, before: Line, line: Line) -> bool:
    size = max(before.size, line.size)
    step = (line.v - before.v) / size
    wide = max(measure.step * _WIDER, measure.step + min(_NOISE * measure.noise, _MOST_NOISE * measure.step))
    if _is_centred(before, line):
        wide = max(_TITLE_STEP, measure.step * _WIDER_TITLE)
    if step > wide:
        # A wrapped line starts so; then it is only this paragraph that is set wider.
        return step > _LEAP or starts_sentence(text, line) or not (measure.is_full(before) and measure.is_flush(line))
    # With no room between paragraphs, the indent of the first line tells them apart.
    return (
        (measure.is_flush(before) or not measure.is_full(before))
        and _INDENT * size < line.u0 - measure.left < _DEEP * size
        and _bucket(line.u0 - measure.left, line.size) in measure.indents
        and not _is_title(measure, line)
        and not _starts_with_label(text, before)
        and starts_sentence(text, line)
    )


def _is_wrapped(text: str, measure: Measure, before: Line, line: Line, right: float) -> bool:
    """Tells whether a line goes on with the one before because its first word had no room there."""
    if line.v <= before.v or not _has_no_room(right, before, line):
        return False
    level = abs(line.u0 - before.u0) < _MARGIN * line.size
    hanging = line.u0 > before.u0 and _starts_with_label(text, before)
    if not (measure.is_flush(line) or level or hanging) or _is_centred(before, line):
        return False
    if not starts_sentence(text, line):
        return True
    last = before.last
    # Lines at an indent are as often the first of a paragraph; and what is set in capitals is set apart.
    if last is None or not measure.certain or not (measure.is_flush(line) or hanging):
        return False
    if _is_capitals(text, before) and not _is_capitals(text, line):
        return False
    if text[last.end - 1] not in _ENDS:
        return True
    # A sentence may end where the line does. Then only indents tell that the paragraph goes on.
    return not _starts_with_label(text, line) and bool(measure.indents) and measure.is_flush(line)


def _is_capitals(text: str, line: Line) -> bool:
    letters = "".join(text[piece.start : piece.end] for piece in line.pieces if isinstance(piece, Word))
    return letters.isupper()


def _has_no_room(right: float, before: Line, line: Line) -> bool:
    """Tells whether what stands before the first space of a line had no room on the line before."""
    words = [
        piece for piece in takewhile(lambda piece: isinstance(piece, Word), line.pieces) if isinstance(piece, Word)
    ]
    width = max((word.u1 for word in words), default=line.u0) - line.u0
    return right - before.u1 < width + _SPACE * line.size


def _is_centred(before: Line, line: Line) -> bool:
    """Tells whether two lines of different width are set on one axis."""
    size = max(before.size, line.size)
    return (
        abs(before.u0 + before.u1 - line.u0 - line.u1) < 2 * _SAME_AXIS * size
        and abs(before.u0 - line.u0) > _SAME_AXIS * size
    )


def _is_title(measure: Measure, line: Line) -> bool:
    """Tells whether a line stands in the middle between the margins."""
    off = abs(line.u0 + line.u1 - measure.left - measure.right)
    return off < 2 * _SAME_AXIS * line.size and measure.right - line.u1 > _MARGIN * line.size


def _starts_with_label(text: str, line: Line) -> bool:
    word = line.first
    return word is not None and _LABEL.match(text, word.start, word.end) is not None


def starts_sentence(text: str, line: Line) -> bool:
    """Tells whether a line may be the first of a paragraph: it does not start with a small letter."""
    word = line.first
    if word is None:
        return True
    return not text[word.start].islower() or _starts_with_label(text, line)


class Edge(NamedTuple):
    """The last line of a page, or the first: the text of its sheet, the line, and the measure of the page."""

    text: str
    line: Line
    measure: Measure | None


def goes_on(above: Edge, below: Edge) -> bool:
    """Tells whether a paragraph goes on from the last line of a page to the first one of the next."""
    before, line = above.line, below.line
    word = before.last
    if word is None or above.measure is None or below.measure is None or before.cells or line.cells:
        return False
    if not starts_sentence(below.text, line):
        return True
    return (
        above.text[word.end - 1] not in _ENDS
        and before.u0 - above.measure.left < _DEEP * before.size
        and _has_no_room(above.measure.right, before, line)
        and below.measure.is_flush(line)
    )
