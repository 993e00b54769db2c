"""The scope of a finder: the range of the flow that it reads, and what stands around a place in it."""

from __future__ import annotations

from typing import NamedTuple


class Scope(NamedTuple):
    """A range of the flow; `text` and `folded` have the same length. Nothing outside the range is read."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def plain(self) -> bool:
        """Whether the text has no diacritics at all, so that words can only be told by their letters."""
        return self.text.isascii()

    def before(self, at: int, width: int) -> str:
        """Returns up to `width` folded characters before `at`."""
        return self.folded[max(self.start, at - width) : at]

    def written_before(self, at: int, width: int) -> str:
        """Returns up to `width` characters before `at`, as written."""
        return self.text[max(self.start, at - width) : at]
