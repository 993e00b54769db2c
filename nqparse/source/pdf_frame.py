"""How the coordinates of a PDF page become those of the page as it is displayed."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Frame:
    """The part of a page that is shown, in the coordinates of the file (y growing upwards), and how it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int  # quarter turns clockwise

    @property
    def width(self) -> float:
        """The width of the displayed page."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height of the displayed page."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def across(self, x: array[float], y: array[float]) -> Sequence[float]:
        """Returns the x coordinates of points on the displayed page."""
        match self.turns:
            case 0:
                return [a - self.left for a in x] if self.left else x
            case 1:
                return [a - self.bottom for a in y]
            case 2:
                return [self.right - a for a in x]
            case _:
                return [self.top - a for a in y]

    def down(self, x: array[float], y: array[float]) -> Sequence[float]:
        """Returns the y coordinates of points on the displayed page."""
        match self.turns:
            case 0:
                return [self.top - a for a in y]
            case 1:
                return [a - self.left for a in x]
            case 2:
                return [a - self.bottom for a in y]
            case _:
                return [self.right - a for a in x]
