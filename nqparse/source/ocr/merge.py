"""What two engines read on one page, put together line by line.

Engines are sure of themselves in ways that cannot be compared: one is 97 % sure of lines that are wrong. So the first
engine is believed, and the second one is asked only where the first leaves something to doubt: for lines that it does
not see at all, and for lines in which it is unsure of a word and what the other reads is better Vietnamese.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from nqparse.charset.syllables import is_plausible, is_syllable
from nqparse.source.ocr.engine import Engine, EngineError, OcrWord, Picture
from nqparse.source.ocr.picture import denoised, levelled
from nqparse.source.ocr.sheets import Reading, baselines_of

_DOUBT = 0.75  # a word that the first engine is less sure of
_OVERLAP = 0.5  # of the lower of two lines: they are one
_MISSED = 0.3  # of a line: so little of it may lie on what was read already
_LEAST = 2  # letters: of a line that the second engine alone sees
_SURE = 0.6  # how sure it must be of one
_PIECE = re.compile(r"[^\W\d_]{2,}")

Line = list[OcrWord]


def best_reading(picture: Picture, engines: Sequence[Engine]) -> Reading | None:
    """Returns what engines read in a picture; None if every one fails.

    Args:
        picture: the page.
        engines: one or two engines, the first choice first.
    """
    level, degrees = levelled(denoised(picture))
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
    return not words or any(word.confidence < _DOUBT and len(word.text) > 1 for word in words)


def merged(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> tuple[list[OcrWord], int]:
    """Returns the words of the first engine with lines of the second in their place or between.

    Returns:
        The words, and how many lines of them are the second engine's.
    """
    lines = _lines(first)
    others = _lines(second)
    taken = 0
    added: list[Line] = []
    for other in others:
        over = [number for number, line in enumerate(lines) if _overlap(line, other)]
        if not over:
            if _is_missed(other, first):
                added.append(other)
            continue
        if len(over) == 1 and _same_extent(lines[over[0]], other) and _is_better(other, lines[over[0]]):
            lines[over[0]] = _in_place(other, lines[over[0]])
            taken += 1
    for line in added:
        at = next((number for number, other in enumerate(lines) if other[0].top > line[0].top), len(lines))
        lines.insert(at, line)
    return [word for line in lines for word in line], taken + len(added)


def _lines(words: Sequence[OcrWord]) -> list[Line]:
    return [list(group) for _, group in groupby(words, lambda word: (word.top, word.bottom))]


def _overlap(one: Line, other: Line) -> bool:
    height = min(one[0].bottom, other[0].bottom) - max(one[0].top, other[0].top)
    low = min(one[0].bottom - one[0].top, other[0].bottom - other[0].top)
    width = min(one[-1].x1, other[-1].x1) - max(one[0].x0, other[0].x0)
    return height > _OVERLAP * low and width > 0


def _same_extent(one: Line, other: Line) -> bool:
    """Tells whether two lines begin and end at the same places."""
    near = one[0].bottom - one[0].top
    return abs(one[0].x0 - other[0].x0) < near and abs(one[-1].x1 - other[-1].x1) < near


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


def _is_better(other: Line, line: Line) -> bool:
    """Tells whether the second engine's line is better Vietnamese than one that the first is unsure of."""
    if not any(word.confidence < _DOUBT for word in line):
        return False
    return _oddness(other) < _oddness(line)


def _oddness(line: Line) -> float:
    """Returns the share of a line's words that are spelled like nothing in Vietnamese."""
    pieces = [piece for word in line for piece in _PIECE.findall(word.text)]
    odd = sum(not (is_plausible(piece) and (is_syllable(piece) or piece.isupper())) for piece in pieces)
    return odd / len(pieces) if pieces else 1.0


def _in_place(other: Line, line: Line) -> Line:
    """Returns the words of a line on the baseline and with the edges of the line whose place they take."""
    top, bottom = line[0].top, line[0].bottom
    foot = baselines_of(line)[top, bottom]
    return [word._replace(y0=top, y1=foot, top=top, bottom=bottom) for word in other]
