"""What two engines read on one page, put together line by line.

Engines are sure of themselves in ways that cannot be compared: one is 97 % sure of lines that are wrong. So the first
engine is believed, and the second one is asked only where the first leaves something to doubt: for lines that it does
not see at all, and for words of which it is unsure where what the other reads is better Vietnamese (`blend`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from nqparse.source.ocr.blend import DOUBT, SURE_OF_LABEL, Line, blended, unfused
from nqparse.source.ocr.engine import Engine, EngineError, OcrWord, Picture
from nqparse.source.ocr.picture import denoised, levelled
from nqparse.source.ocr.sheets import Reading, baselines_of

_OVERLAP = 0.5  # of the lower of two lines: they are one
_MISSED = 0.3  # of a line: so little of it may lie on what was read already
_LEAST = 2  # letters: of a line that the second engine alone sees
_SURE = 0.6  # how sure it must be of one
_STAIN = 0.3  # what no word of which is surer is nothing, if the second engine sees nothing there
_WIDE = 1.5  # of the height of a line: a gap that may be a column's edge


def best_reading(picture: Picture, engines: Sequence[Engine]) -> Reading | None:
    """Returns what engines read in a picture; None if every one fails.

    Args:
        picture: the page.
        engines: one or two engines, the first choice first.
    """
    picture = denoised(picture)
    level, degrees = levelled(picture)
    found: list[tuple[str, list[OcrWord]]] = []
    for engine in engines:
        if found and not in_doubt(found[0][1]):
            break
        try:
            found.append((engine.name, engine.read(level)))
        except EngineError:
            continue
    if not found:
        return None
    name, words = found[0]
    if len(found) > 1:
        words, taken = merged(words, found[1][1])
        name = f"{name}+{found[1][0]}" if taken else name
    return Reading(name, picture.width, picture.height, picture.dpi, degrees, words)


def in_doubt(words: Sequence[OcrWord]) -> bool:
    """Tells whether an engine is so unsure of its page that another one should be asked."""
    unsure = any(word.confidence < DOUBT and len(word.text) > 1 for word in words)
    return not words or unsure or any(line[0].confidence < SURE_OF_LABEL for line in _lines(words))


def merged(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> tuple[list[OcrWord], int]:
    """Returns the words of the first engine with words of the second in their place or between.

    Returns:
        The words, and in how many lines of them some are the second engine's.
    """
    others = [part for line in _lines(second) for part in _parts(unfused(line))]
    lines = _without_stains(_lines(first), others)
    taken = 0
    added: list[Line] = []
    for other in others:
        over = [(number, *span) for number, line in enumerate(lines) if (span := _span(line, other)) is not None]
        if not over:
            if _is_missed(other, first):
                added.append(other)
        elif len(over) == 1:
            number, low, high = over[0]
            line = lines[number]
            found = blended(line[low:high], _in_place(other, line), at_head=low == 0)
            taken += found != line[low:high]
            lines[number] = [*line[:low], *found, *line[high:]]
    for line in added:
        at = next((number for number, other in enumerate(lines) if other[0].top > line[0].top), len(lines))
        lines.insert(at, line)
    return [word for line in lines for word in line], taken + len(added)


def _lines(words: Sequence[OcrWord]) -> list[Line]:
    return [list(group) for _, group in groupby(words, lambda word: (word.top, word.bottom))]


def _without_stains(lines: list[Line], others: list[Line]) -> list[Line]:
    """Leaves out parts of lines of which the first engine is not sure at all, and where the second sees nothing."""
    found = []
    for line in lines:
        parts = [
            part
            for part in _parts(line)
            if max(word.confidence for word in part) > _STAIN or any(_covers(other, part) for other in others)
        ]
        if parts:
            found.append([word for part in parts for word in part])
    return found


def _parts(line: Line) -> list[Line]:
    """Cuts a line at wide gaps: engines see different columns."""
    parts = [[line[0]]]
    for before, word in pairwise(line):
        if word.x0 - before.x1 > _WIDE * (line[0].bottom - line[0].top):
            parts.append([])
        parts[-1].append(word)
    return parts


def _covers(line: Line, other: Line) -> bool:
    """Tells whether a line lies over most of another."""
    width = min(line[-1].x1, other[-1].x1) - max(line[0].x0, other[0].x0)
    return _is_level(line, other) and width > _OVERLAP * (other[-1].x1 - other[0].x0)


def _is_level(line: Line, other: Line) -> bool:
    """Tells whether two lines are of one height on the page."""
    height = min(line[0].bottom, other[0].bottom) - max(line[0].top, other[0].top)
    return height > _OVERLAP * min(line[0].bottom - line[0].top, other[0].bottom - other[0].top)


def _span(line: Line, other: Line) -> tuple[int, int] | None:
    """Returns which words of a line, from and to, lie where another line does; None if none do."""
    if not _is_level(line, other):
        return None
    left, right = other[0].x0, other[-1].x1
    inside = [at for at, word in enumerate(line) if left <= (word.x0 + word.x1) / 2 <= right]
    return (inside[0], inside[-1] + 1) if inside else None


def _is_missed(line: Line, words: Sequence[OcrWord]) -> bool:
    """Tells whether a line that only the second engine sees is one: of letters, sure, and on no word of the first."""
    letters = sum(len(word.text) for word in line)
    sure = sum(word.confidence * len(word.text) for word in line) / letters
    if letters < _LEAST or sure < _SURE or not any(char.isalnum() for word in line for char in word.text):
        return False
    left, right, top, bottom = line[0].x0, line[-1].x1, line[0].top, line[0].bottom
    covered = sum(
        max(0.0, min(right, word.x1) - max(left, word.x0))
        for word in words
        if min(bottom, word.y1) - max(top, word.y0) > 0
    )
    return covered < _MISSED * (right - left)


def _in_place(other: Line, line: Line) -> Line:
    """Returns the words of a line on the baseline and with the edges of the line whose place they take."""
    top, bottom = line[0].top, line[0].bottom
    foot = baselines_of(line)[top, bottom]
    return [word._replace(y0=top, y1=foot, top=top, bottom=bottom) for word in other]
