"""The input of the geometry: a sheet of paper with words on it, and how words are told from bare characters.

Two frames of coordinates are in use, both in points with y growing downwards. Boxes are in the frame of the
page as it is displayed. Words are in the frame of their layer, in which all text runs from left to right: `u`
goes along the line and `v` from line to line. On most pages there is one layer and both frames are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import sub
from statistics import median
from typing import NamedTuple

# In em. Letters of one word stand closer than this; whether there is a space is decided later, on the whole row.
_NEAR, _DOUBT = 0.12, 0.07
# Letters may overlap so much: italics do, and accents that are characters of their own stand over their letter.
_OVERLAP = 1.2
_LEVEL = 0.08
_SMALLEST = 0.1  # points
# Of the size of the word before: what a footnote number or an index is like.
_SMALLER = 0.85
_CLOSE = 0.3
_LOWEST, _RAISED, _HIGHEST = -0.35, 0.15, 0.75
# Words set one after the other on one line, and how many pairs of them tell its slope.
_SAME_LINE, _SAME_PLACE, _MANY = 0.4, 2.0, 20

_RUN = re.compile(r"\S+")
NOTHING = "\x00"  # stands where the second of two characters was that are one letter
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Word:
    """Characters that stand close together on one baseline.

    `start`/`end` are offsets into the sheet's text; `u0`, `u1` and `v` (the baseline) are in the layer's frame;
    `fit` is the usual gap between its letters, less than 0 where type is condensed; `raised` marks a footnote
    number or an exponent, whose `v` is that of the line it belongs to.
    """

    start: int
    end: int
    u0: float
    u1: float
    v: float
    size: float
    fit: float = 0.0
    raised: bool = False


class Rule(NamedTuple):
    """A drawn line in the layer's frame: horizontal if `v0 == v1`, vertical if `u0 == u1`."""

    u0: float
    v0: float
    u1: float
    v1: float


@dataclass(slots=True)
class Layer:
    """The words of a sheet that run in one direction, in the order in which they were set, and the drawn lines.

    Words of an `oblique` layer run in no direction of their own; their order is all that is known.
    """

    width: float
    height: float
    words: list[Word]
    rules: list[Rule] = field(default_factory=list)
    oblique: bool = False


@dataclass(slots=True)
class Sheet:
    """A page: its characters with their boxes, in the order in which they were set, and the layers of words.

    `confidence` says of each character how sure OCR is of it, from 0 to 1; None for a text layer. `encodings` are the
    old ones that letters were converted from. `NOTHING` in the text is no character.
    """

    width: float
    height: float
    text: str
    x0: Sequence[float]
    y0: Sequence[float]
    x1: Sequence[float]
    y1: Sequence[float]
    layers: list[Layer] = field(default_factory=list)
    scanned: bool = False
    confidence: Sequence[float] | None = None
    encodings: frozenset[str] = frozenset()


def runs_of(text: str) -> list[tuple[int, int]]:
    """Returns the (start, end) of every run of characters without white space."""
    return [match.span() for match in _RUN.finditer(text)]


class Letters(NamedTuple):
    """Where characters stand on their lines: from `u0` to `u1`, on the baseline `v`, in a box of a height."""

    u0: Sequence[float]
    u1: Sequence[float]
    v: Sequence[float]
    height: Callable[[int], float]


def words_of(runs: Sequence[tuple[int, int]], sizes: Sequence[float], letters: Letters) -> list[Word]:
    """Cuts runs of characters into words wherever the type jumps: to another baseline, or over a gap.

    Args:
        runs: ranges of characters that may be words.
        sizes: the size of the type of each run.
        letters: where all characters stand.
    """
    u0, u1, v, _ = letters
    words: list[Word] = []
    following = list(map(sub, u0[1:], u1))  # the gap behind each character
    for (start, end), size in zip(runs, sizes, strict=True):
        if end - start == 1:
            words.append(Word(start, end, u0[start], u1[start], v[start], size))
            continue
        base = v[start:end]
        gaps = following[start : end - 1]
        if max(base) - min(base) > _LEVEL * size or max(gaps) > _DOUBT * size or min(gaps) < -_OVERLAP * size:
            words += _pieces(start, end, size, letters, min(0.0, median(gaps)))
        else:
            fit = sum(gaps) / len(gaps)
            words.append(Word(start, end, min(u0[start:end]), max(u1[start:end]), v[start], size, fit))
    _raise(words)
    return words


def _pieces(start: int, end: int, size: float, letters: Letters, fit: float) -> Iterator[Word]:
    u0, u1, v, height = letters
    low = start
    scale = size / max(height(start), _SMALLEST)
    for at in range(start + 1, end + 1):
        if at < end and abs(v[at] - v[at - 1]) <= _LEVEL * size:
            if -_OVERLAP * size <= u0[at] - u1[at - 1] <= _NEAR * size + fit:
                continue
        own = max(_SMALLEST, scale * height(low))
        own = own if own < _SMALLER * size else size
        yield Word(low, at, min(u0[low:at]), max(u1[low:at]), v[low], own, fit)
        low = at


def _raise(words: list[Word]) -> None:
    """Puts what is set smaller and a little higher or lower beside a word on the baseline of that word."""
    base = before = None
    for word in words:
        if base is not None and before is not None:
            gap = word.u0 - before.u1
            if _hang(word, base, gap):
                before = word
                continue
            if before is base:
                _hang(base, word, gap)  # a footnote begins with its number
        base = before = word


def _hang(word: Word, base: Word, gap: float) -> bool:
    """Puts a word on the baseline of another if it is an exponent, an index or a footnote number beside it."""
    shift = base.v - word.v
    size = base.size
    if word.size >= _SMALLER * size or abs(gap) > _CLOSE * size or not _LOWEST * size < shift < _HIGHEST * size:
        return False
    word.raised = shift > _RAISED * size
    word.v = base.v
    return True


def slope_of(words: Sequence[Word]) -> float:
    """Returns how much the lines climb, as dv/du: 0 for type that was set, something for type that was scanned."""
    slopes = [
        (word.v - before.v) / (word.u1 - before.u0)
        for before, word in pairwise(words)
        if word.u0 > before.u0
        and abs(word.v - before.v) < _SAME_LINE * before.size
        and word.u0 - before.u1 < _SAME_PLACE * before.size
    ]
    return median(slopes) if len(slopes) > _MANY else 0.0
