"""Anchoring: from spans of the flow to located values of the source."""

from __future__ import annotations

from typing import Any, TypeVar

from nqparse.document import Located
from nqparse.fold import squeeze
from nqparse.view import View

L = TypeVar("L", bound=Located)

# Pieces of one value in reading order; only these make it one value and not a jump over another column.
Fragments = list[tuple[int, int]]


class Anchor:
    """Makes located values of one source text, given spans of its view in reading order."""

    def __init__(self, source: str, view: View) -> None:
        self.source = source
        self.view = view

    def clean(self, start: int, end: int) -> str:
        """Returns the view's text on one line, without marks."""
        return squeeze(self.view.text[start:end])

    def span(self, start: int, end: int) -> tuple[int, int, str, Fragments | None] | None:
        """Returns (start, end, text, fragments) in the source, or None if the span holds no text."""
        pieces = self.view.pieces(start, end)
        if not pieces:
            return None
        if len(pieces) > 1:
            pieces = self._merged(pieces)
        if len(pieces) == 1:
            low, high = pieces[0]
            return low, high, self.source[low:high], None
        low, high = min(a for a, _ in pieces), max(b for _, b in pieces)
        return low, high, "\n".join(self.source[a:b] for a, b in pieces), pieces

    def located(self, start: int, end: int, cls: type[L], **fields: Any) -> L | None:
        """Returns the located value of a flow span, or None if it holds no text."""
        found = self.span(start, end)
        if found is None:
            return None
        low, high, text, fragments = found
        return cls.made(text=text, start=low, end=high, fragments=fragments, **fields)

    def _merged(self, pieces: Fragments) -> Fragments:
        """Joins pieces that only white space parts: a blank line left out is no jump."""
        merged = [pieces[0]]
        for low, high in pieces[1:]:
            last_low, last_high = merged[-1]
            if last_high <= low and not self.source[last_high:low].strip():
                merged[-1] = (last_low, high)
            else:
                merged.append((low, high))
        return merged
