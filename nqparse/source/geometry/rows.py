"""Rows: what stands on one baseline, and the segments of a row, between which there is room for a column's edge."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from nqparse.source.geometry.words import Word, slope_of

# In em, all of them.
_ROW = 0.3  # baselines no further apart are one row
_BREAK = 0.9  # a gap that may be a column's edge
_JUMP = 0.3  # the same, where the two sides were not set one after the other
# From such gaps on there is a space: where nothing speaks for one, where a space character is near, and where
# there is one between the two words.
_SPACE, _THIN, _KERN = 0.13, 0.1, -0.2
_LAYER = 0.4  # words that lie over each other belong to different rows
_MARK = 0.1  # an accent starts where its letter ends, and that is where the next letter starts
_TWICE = 0.25  # the same word once more at nearly the same place: bold type made by printing twice
# In characters.
_FOLLOWS = 3  # words with no more white space between were set one after the other
_TRACKED = 4  # so many gaps show whether the letters of a line are spaced out
_SINGLE = 0.8

_FIRST_MARK = "\u0300"

Piece = Word | str


@dataclass(slots=True)
class Segment:
    """Words of one row that stand together: a whole line on most pages, a cell of a line where there are columns."""

    words: list[Word]
    u0: float
    u1: float
    v: float
    size: float

    @classmethod
    def of(cls, words: list[Word]) -> Segment:
        """Returns the segment of words that are in order."""
        size = max(word.size for word in words)
        first = next(word for word in words if word.size == size)
        return cls(words, min(word.u0 for word in words), max(word.u1 for word in words), first.v, size)

    @property
    def center(self) -> float:
        """The middle."""
        return (self.u0 + self.u1) / 2

    @property
    def length(self) -> int:
        """The number of characters, without spaces."""
        return sum(word.end - word.start for word in self.words)


@dataclass(slots=True)
class Row:
    """The segments on one baseline, from left to right."""

    v: float
    size: float
    segments: list[Segment] = field(default_factory=list)

    @property
    def u0(self) -> float:
        """Where the row starts."""
        return self.segments[0].u0

    @property
    def u1(self) -> float:
        """Where the row ends."""
        return self.segments[-1].u1


def rows_of(text: str, words: Sequence[Word]) -> list[Row]:
    """Puts words into rows from top to bottom.

    Args:
        text: the sheet's text.
        words: the words of a layer, in the order in which they were set. Where lines climb, as on a scan,
            their baselines are levelled.
    """
    slope = slope_of(words)
    if abs(slope) > 1e-3:
        for word in words:
            word.v -= slope * word.u0
    rows: list[Row] = []
    line: list[Word] = []
    top = 0.0
    for word in sorted(words, key=lambda word: word.v):
        if line and word.v - top > _ROW * min(word.size, line[0].size):
            rows += _stacked(text, line)
            line = []
        if not line:
            top = word.v
        line.append(word)
    if line:
        rows += _stacked(text, line)
    return rows


def _stacked(text: str, words: list[Word]) -> list[Row]:
    """Returns the row of these words, or several where words lie over each other."""
    words.sort(key=lambda word: (word.u0 - (_MARK if _is_mark(text, word) else 0.0) * word.size, word.start))
    found = []
    while words:
        line: list[Word] = []
        over: list[Word] = []
        for word in words:
            last = line[-1] if line else None
            if last is None or _follows(text, last, word):
                line.append(word)
            elif not _is_twice(text, last, word):
                over.append(word)
        segments = _segments(line)
        row_size = max(segment.size for segment in segments)
        v = next(segment.v for segment in segments if segment.size == row_size)
        found.append(Row(v, row_size, segments))
        words = over
    return sorted(found, key=lambda row: row.v)


def _follows(text: str, last: Word, word: Word) -> bool:
    """Tells whether a word stands behind another and not over it."""
    return word.u0 >= last.u1 - _LAYER * min(last.size, word.size) or word.start == last.end or _is_mark(text, word)


def _is_twice(text: str, one: Word, other: Word) -> bool:
    return (
        abs(one.u0 - other.u0) < _TWICE * one.size
        and one.end - one.start == other.end - other.start
        and text[one.start : one.end] == text[other.start : other.end]
    )


def _is_mark(text: str, word: Word) -> bool:
    """Tells whether a word is accents alone, which stand over the letter before."""
    return text[word.start] >= _FIRST_MARK and all(map(unicodedata.combining, text[word.start : word.end]))


def _segments(words: list[Word]) -> list[Segment]:
    found = []
    low = 0
    for at in range(1, len(words)):
        before, word = words[at - 1], words[at]
        gap = word.u0 - before.u1
        size = max(before.size, word.size)
        if gap <= _JUMP * size:
            continue
        follows = 0 <= word.start - before.end <= _FOLLOWS
        if gap > (_BREAK if follows else _JUMP) * size:
            found.append(Segment.of(words[low:at]))
            low = at
    found.append(Segment.of(words[low:]))
    return found


def spaced(text: str, words: Sequence[Word]) -> list[Piece]:
    """Returns words with a space between those that have one, or have room for one.

    Where words were set one after the other, a space character between them says so. Type in several fonts is
    not set from left to right: there a space character stands at its own place, and the gap decides.
    """
    if len(words) == 1:
        return [words[0]]
    pairs = list(pairwise(words))
    gaps = [(word.u0 - before.u1) / max(before.size, word.size) for before, word in pairs]
    rooms = [_room(text, before, word) for before, word in pairs]
    fit = _fit(words, gaps, rooms)
    pieces: list[Piece] = [words[0]]
    for word, gap, room in zip(words[1:], gaps, rooms, strict=True):
        if gap > (room + fit if room == _SPACE else room):
            pieces.append(" ")
        pieces.append(word)
    return pieces


def _room(text: str, before: Word, word: Word) -> float:
    """Returns the gap between two words from which on there is a space between them."""
    if 0 <= word.start - before.end <= _FOLLOWS:
        return _KERN if " " in text[before.end : word.start] else _SPACE
    near = text[before.end : before.end + 1] == " " or text[word.start - 1 : word.start] == " "
    return _THIN if near else _SPACE


def _fit(words: Sequence[Word], gaps: list[float], rooms: list[float]) -> float:
    """Returns the usual gap between letters, in em: 0 on nearly every line, less where type is condensed.

    Where it is spaced out, most words are single letters, and only some gaps have a space character.
    """
    inside = [gap for gap, room in zip(gaps, rooms, strict=True) if room == _SPACE]
    if not inside:
        return 0.0
    single = sum(1 for word in words if word.end - word.start == 1)
    if _TRACKED <= len(inside) < len(gaps) and single > _SINGLE * len(words):
        return max(0.0, median(inside))
    return min(0.0, median([word.fit / word.size for word in words]))
