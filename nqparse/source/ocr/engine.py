"""What an OCR engine is: something that finds words in a picture, and says how sure it is of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol


@dataclass(slots=True)
class Picture:
    """A grey picture: one byte for each point (0 is black), row by row, and how many points make an inch."""

    width: int
    height: int
    dpi: float
    grey: bytes


class OcrWord(NamedTuple):
    """A word in a picture: its box in points of the picture, how sure the engine is (0 to 1), and its line's edges."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    top: float
    bottom: float


class Engine(Protocol):
    """An OCR engine."""

    @property
    def name(self) -> str:
        """What it is called."""

    def read(self, picture: Picture) -> list[OcrWord]:
        """Returns the words of a picture whose lines are level, line by line.

        Raises:
            EngineError: if it fails on this picture.
        """


class EngineError(Exception):
    """An engine that failed."""
