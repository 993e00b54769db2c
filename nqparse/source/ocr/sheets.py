"""From the words of an engine to a sheet, as a text layer would give it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from nqparse.source.geometry.words import Layer, Sheet, Word
from nqparse.source.ocr.engine import OcrWord
from nqparse.source.ocr.picture import turned_back

# Of the height of a line of Vietnamese, from its highest accent to its lowest: where the baseline is, and the em.
_BASELINE = 0.8
_EM = 1.05
_TAILS = frozenset("gjpqyQ,;()[]{}|/@\u0323")
_ODD = 0.4  # a line that is so much higher or lower than most is of another size


@dataclass(slots=True)
class Reading:
    """What an engine reads in a picture.

    Attributes:
        engine: its name.
        width: of the picture, in its points.
        height: of the picture.
        dpi: how many points make an inch.
        degrees: by how much the picture was turned to make its lines level.
        words: the words in the levelled picture, line by line.
    """

    engine: str
    width: int
    height: int
    dpi: float
    degrees: float
    words: list[OcrWord]

    @property
    def confidence(self) -> float:
        """How sure the engine is, from 0 to 1; each letter counts the same."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 0.0

    def pack(self) -> dict[str, Any]:
        """Writes the reading down as what JSON can hold."""
        return asdict(self)

    @classmethod
    def unpack(cls, packed: dict[str, Any]) -> Reading:
        """Reads what `pack` wrote.

        Raises:
            ValueError: if it is something else.
        """
        try:
            return cls(**packed | {"words": [_word(*word) for word in packed["words"]]})
        except (TypeError, KeyError) as error:
            raise ValueError(f"no reading: {error}") from None


def _word(text: str, *numbers: float) -> OcrWord:
    if not text or not isinstance(text, str):
        raise TypeError("a word without letters")
    return OcrWord(text, *map(float, numbers))


def sheet_of(reading: Reading) -> Sheet:
    """Returns the sheet of what was read; every letter has its box on the page as it lay, and its confidence."""
    scale = 72 / reading.dpi
    x0: list[float] = []
    y0: list[float] = []
    x1: list[float] = []
    y1: list[float] = []
    sure: list[float] = []
    parts: list[str] = []
    placed: list[Word] = []
    heights = [word.bottom - word.top for word in reading.words]
    usual = median(heights) if heights else 0.0
    at = 0
    baselines = baselines_of(reading.words)
    before: OcrWord | None = None
    for word in reading.words:
        if before is not None:
            parts.append(" " if (before.top, before.bottom) == (word.top, word.bottom) else "\n")
            at += 1
            # The space behind a word has no box of its own: it is where the word ends.
            for edge in (x0, y0, x1, y1, sure):
                edge.append(edge[-1])
        line = word.bottom - word.top
        size = (usual if abs(line - usual) < _ODD * usual else line) * _EM * scale
        baseline = baselines[word.top, word.bottom]
        _add_boxes(word, reading, (x0, y0, x1, y1))
        sure += [word.confidence] * len(word.text)
        end = at + len(word.text)
        placed.append(Word(at, end, word.x0 * scale, word.x1 * scale, baseline * scale, max(size, 1.0)))
        parts.append(word.text)
        at, before = end, word
    width, height = reading.width * scale, reading.height * scale
    sheet = Sheet(width, height, "".join(parts), x0, y0, x1, y1, confidence=sure)
    sheet.layers.append(Layer(width, height, placed))
    return sheet


def baselines_of(words: Sequence[OcrWord]) -> dict[tuple[float, float], float]:
    """Returns the baseline of each line (by its edges): where the words end that have nothing below it.

    The height of a line does not tell: it depends on the accents and tails in it, and parts of one line that an
    engine took apart would come to stand on different levels.
    """
    feet: dict[tuple[float, float], list[float]] = {}
    for word in words:
        own = feet.setdefault((word.top, word.bottom), [])
        if (word.y0, word.y1) != (word.top, word.bottom) and not hangs(word.text):
            own.append(word.y1)
    return {
        (top, bottom): median(found) if found else top + _BASELINE * (bottom - top)
        for (top, bottom), found in feet.items()
    }


def hangs(text: str) -> bool:
    """Tells whether a letter of a word reaches below the baseline, or none stands on it."""
    letters = unicodedata.normalize("NFD", text)
    return not _TAILS.isdisjoint(letters) or not any(char.isalnum() for char in letters)


def _add_boxes(word: OcrWord, reading: Reading, edges: Sequence[list[float]]) -> None:
    """Adds the boxes of a word's letters, which an engine gives no places for: all are taken to be of one width."""
    x0, y0, x1, y1 = edges
    scale, size = 72 / reading.dpi, (reading.width, reading.height)
    step = (word.x1 - word.x0) / len(word.text)
    for number in range(len(word.text)):
        corners = [
            turned_back(x, y, size, reading.degrees)
            for x in (word.x0 + number * step, word.x0 + (number + 1) * step)
            for y in (word.y0, word.y1)
        ]
        x0.append(min(x for x, _ in corners) * scale)
        y0.append(min(y for _, y in corners) * scale)
        x1.append(max(x for x, _ in corners) * scale)
        y1.append(max(y for _, y in corners) * scale)
