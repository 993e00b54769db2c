"""Numbers that the word processor makes, counted as Word counts them: people read them as a part of the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nqparse.charset import FontEncoding
from nqparse.source.blocks.figures import letters, repeated_letters, roman

LEVELS = 9
_MOST = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered.

    Attributes:
        style: "decimal", "decimal-zero", "lower-letter", "upper-letter", "lower-roman", "upper-roman",
            "counted-letter" (a … z, aa, ab), "bullet" or "none".
        text: what is shown; a number in it stands for the figure of that level, from 0 on.
        suffix: what parts it from the text: a blank or nothing.
        start: the first number.
        restart: the level (from 0 on) that this one begins anew after; None for every higher one, -1 for none.
        legal: figures of higher levels are digits, whatever their own style.
        font: the old encoding that the font of the number is made for.
        capitals: the number is shown in capitals.
    """

    style: str = "decimal"
    text: tuple[str | int, ...] = ()
    suffix: str = " "
    start: int = 1
    restart: int | None = None
    legal: bool = False
    font: FontEncoding | None = None
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """A use of a list.

    Attributes:
        count: what counts together: uses with the same key go on from one another.
        levels: the levels.
        starts: levels that begin anew, once, when this use is met.
    """

    count: object
    levels: tuple[Level, ...]
    starts: Mapping[int, int] = field(default_factory=dict)


class Counters:
    """Counts the paragraphs of lists."""

    def __init__(self) -> None:
        self._values: dict[object, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()

    def next(self, use: Counted, level: int, begin: int | None = None) -> tuple[str, Level]:
        """Returns what is shown before the next paragraph on this level of a list, and the level.

        Args:
            use: the list; one that has `starts` must live as long as the counters.
            level: the level.
            begin: the number to go on with, where the paragraph says one.
        """
        level = min(max(level, 0), len(use.levels) - 1)
        values = self._values.setdefault(use.count, [None] * LEVELS)
        mine = use.levels[level]
        start = mine.start
        if begin is not None:
            values[level], start = None, begin
        elif level in use.starts and (id(use), level) not in self._begun:
            self._begun.add((id(use), level))
            values[level], start = None, use.starts[level]
        value = values[level]
        values[level] = min(start if value is None else value + 1, _MOST)
        for deeper in range(level + 1, len(use.levels)):
            restart = use.levels[deeper].restart
            if restart is None or level <= restart:
                values[deeper] = None
        return shown(use.levels, level, values), mine


def shown(levels: tuple[Level, ...], level: int, values: list[int | None]) -> str:
    """Returns the text of a number; a level that was not counted yet shows its start."""
    mine = levels[level]
    parts = []
    for part in mine.text:
        if isinstance(part, str):
            parts.append(part)
        elif part < len(levels):
            of = levels[part]
            value = values[part]
            style = "decimal" if mine.legal and part != level else of.style
            parts.append(figure(of.start if value is None else value, style))
    text = "".join(parts)
    return text.upper() if mine.capitals else text


def figure(number: int, style: str) -> str:
    """Returns a number as a list shows it."""
    if style.endswith("roman"):
        shown_as = roman(number)
    elif style == "counted-letter":
        shown_as = letters(number)
    elif style.endswith("letter"):
        shown_as = repeated_letters(number)
    elif style in ("none", "bullet"):
        return ""
    else:
        return f"{number:02d}" if style == "decimal-zero" else str(number)
    return shown_as.upper() if style.startswith("upper") else shown_as
