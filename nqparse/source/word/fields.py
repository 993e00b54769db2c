"""Fields of word processors: an instruction (PAGE, REF …), and what is shown for it."""

from __future__ import annotations

from dataclasses import dataclass

_PAGES = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))


def tells_page(instruction: str) -> bool:
    """Tells whether an instruction asks for the number of a page, or for how many there are."""
    words = instruction.split(maxsplit=1)
    return bool(words) and words[0].upper() in _PAGES


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction so far, and whether its result has begun."""

    told: str = ""
    shown: bool = False


class Fields:
    """The fields that are open in a part of the text, in one another. An end without a beginning is passed over.

    Attributes:
        pages: whether one that ended in this paragraph asked for the number of a page.
    """

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.pages = False

    def begin(self, instruction: str = "", *, shown: bool = False) -> None:
        """A field begins, with what is known of its instruction; or it is `shown` at once."""
        self._open.append(_Field(instruction, shown))

    def show(self) -> None:
        """The result of the innermost field begins."""
        if self._open:
            self._open[-1].shown = True

    def end(self) -> None:
        """The innermost field ends."""
        if self._open:
            self.pages = tells_page(self._open.pop().told) or self.pages

    def tell(self, text: str) -> None:
        """A piece of the innermost field's instruction."""
        if self._open:
            self._open[-1].told += text

    @property
    def is_told(self) -> bool:
        """Whether what stands here is a piece of an instruction."""
        return bool(self._open) and not self._open[-1].shown

    def is_shown(self, *, is_running: bool) -> bool:
        """Tells whether what stands here is seen: it is no instruction and, in a running head, no page's number."""
        return all(one.shown and not (is_running and tells_page(one.told)) for one in self._open)
