"""From the words of an engine to a sheet, as a text layer would give it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from nqparse.source.geometry.words import Layer, Sheet, Word
from nqparse.source.ocr.engine import Engine, OcrWord, Picture
from nqparse.source.ocr.picture import levelled, turned_back

# Of the height of a line of Vietnamese, from its highest accent to its lowest: where the baseline is, and the em.
_BASELINE = 0.8
_EM = 0.78
_ODD = 0.4  # a line that is so much higher or lower than most is of another size


def recognise(picture: Picture, engine: Engine) -> tuple[Sheet, float]:
    """Returns the sheet that an engine reads in a picture, and how sure it is of it, from 0 to 1."""
    level, degrees = levelled(picture)
    words = engine.read(level)
    letters = sum(len(word.text) for word in words)
    sure = sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0
    return _sheet(words, level, degrees), sure


def _sheet(words: Sequence[OcrWord], picture: Picture, degrees: float) -> Sheet:
    scale = 72 / picture.dpi
    width, height = picture.width * scale, picture.height * scale
    x0: list[float] = []
    y0: list[float] = []
    x1: list[float] = []
    y1: list[float] = []
    parts: list[str] = []
    placed: list[Word] = []
    usual = median([word.bottom - word.top for word in words]) if words else 0.0
    at = 0
    before: OcrWord | None = None
    for word in words:
        if before is not None:
            parts.append(" " if (before.top, before.bottom) == (word.top, word.bottom) else "\n")
            at += 1
            # The space behind a word has no box of its own: it is where the word ends.
            for edge in (x0, y0, x1, y1):
                edge.append(edge[-1])
        line = word.bottom - word.top
        size = (usual if abs(line - usual) < _ODD * usual else line) * _EM * scale
        baseline = word.top + _BASELINE * line
        step = (word.x1 - word.x0) / len(word.text)
        for number in range(len(word.text)):
            corners = [
                turned_back(x, y, picture, degrees)
                for x in (word.x0 + number * step, word.x0 + (number + 1) * step)
                for y in (word.y0, word.y1)
            ]
            x0.append(min(x for x, _ in corners) * scale)
            y0.append(min(y for _, y in corners) * scale)
            x1.append(max(x for x, _ in corners) * scale)
            y1.append(max(y for _, y in corners) * scale)
        end = at + len(word.text)
        placed.append(Word(at, end, word.x0 * scale, word.x1 * scale, baseline * scale, max(size, 1.0)))
        parts.append(word.text)
        at, before = end, word
    sheet = Sheet(width, height, "".join(parts), x0, y0, x1, y1)
    sheet.layers.append(Layer(width, height, placed))
    return sheet
