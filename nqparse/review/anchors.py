"""Anchors: the place of a correction, as offsets, words and what stands around them.

Offsets alone would not outlive a newer reader of the same file, which may put a space or a line elsewhere. So an anchor
also holds the words and a little of what stands before and behind them, and is placed anew by these.
"""

from __future__ import annotations

from typing import TypeVar

from pydantic import Field

from nqparse.content_models import Located, Model, is_none
from nqparse.review.faults import Misfit

CONTEXT = 32
"""Code points that are kept on each side of an anchor."""

_MOST_PLACES = 2_000  # of the same words; with more, only the nearest are looked at
_SURE = 8  # code points of the context that must be the same where the words stand in several places
L = TypeVar("L", bound=Located)


class Anchor(Model):
    """A place in a text: `text[start:end] == quote`, with what stands around it.

    Whoever sends one may leave out everything but `start` and `end`; a quote that is given must be what stands there.
    Of a value that stands in several pieces, `fragments` are these, and the quote is them joined by one line break.
    """

    start: int = Field(ge=0, le=2**53)
    end: int = Field(ge=0, le=2**53)
    quote: str | None = None
    before: str | None = None
    after: str | None = None
    fragments: list[tuple[int, int]] | None = Field(default=None, exclude_if=is_none, min_length=1, max_length=1000)

    def quoted(self) -> str:
        """Returns the words; an anchor that is kept always has them."""
        return self.quote or ""


def anchor_at(text: str, start: int, end: int, fragments: list[tuple[int, int]] | None = None) -> Anchor:
    """Returns the anchor of a place.

    Raises:
        Misfit: if there is no such place, or it holds nothing.
    """
    if not 0 <= start < end <= len(text):
        raise Misfit(
            f"there is no place {start}:{end} in a text of {len(text)} characters",
            f"không có vị trí {start}:{end} trong văn bản {len(text)} ký tự",
        )
    if fragments is not None:
        inside = all(start <= low < high <= end for low, high in fragments)
        if not inside or min(a for a, _ in fragments) != start or max(b for _, b in fragments) != end:
            raise Misfit(f"{start}:{end} is not the envelope of its fragments", "các mảnh không khớp với vị trí")
    return Anchor(
        start=start, end=end, quote=_written(text, start, end, fragments), fragments=fragments,
        before=text[max(0, start - CONTEXT) : start], after=text[end : end + CONTEXT],
    )  # fmt: skip


def completed(text: str, anchor: Anchor) -> Anchor:
    """Returns an anchor that was sent, with all that belongs to it.

    Raises:
        Misfit: if there is no such place, or other words stand there.
    """
    found = anchor_at(text, anchor.start, anchor.end, anchor.fragments)
    if anchor.quote is not None and anchor.quote != found.quote:
        raise Misfit(
            f"other words stand at {anchor.start}:{anchor.end} than {_short(anchor.quote)!r}",
            f"tại {anchor.start}:{anchor.end} không phải {_short(anchor.quote)!r}",
        )
    return found


def placed(text: str, anchor: Anchor) -> Anchor:
    """Returns where an anchor lies in a text, which may be a newer reading of the same file.

    Raises:
        Misfit: if its words are not there any more, or in so many places that none is sure.
    """
    start, end, quote = anchor.start, anchor.end, anchor.quoted()
    if _written(text, start, end, anchor.fragments) == quote:
        return anchor
    pieces = anchor.fragments or [(start, end)]
    first = anchor.quoted()[: pieces[0][1] - pieces[0][0]]
    moves = [at - pieces[0][0] for at in _places(text, first, pieces[0][0])]
    fitting = [
        move
        for move in moves
        if start + move >= 0
        and _written(text, start + move, end + move, _moved(anchor.fragments, move)) == quote
    ]
    if not fitting:
        raise Misfit(f"the words {_short(quote)!r} are not there any more", f"không còn thấy {_short(quote)!r}")
    if len(fitting) > 1:
        fitting = _likeliest(text, anchor, fitting)
    if len(fitting) != 1:
        raise Misfit(
            f"the words {_short(quote)!r} stand in several places now", f"{_short(quote)!r} nay có ở nhiều chỗ"
        )
    move = fitting[0]
    return anchor_at(text, start + move, end + move, _moved(anchor.fragments, move))


def located(anchor: Anchor, cls: type[L], **fields: object) -> L:
    """Returns the located value at an anchor that lies in this text."""
    return cls(
        text=anchor.quoted(), start=anchor.start, end=anchor.end, fragments=anchor.fragments, **fields,
    )  # fmt: skip


def overlap(one: Anchor, other: Located | Anchor) -> bool:
    """Tells whether two places have a character in common."""
    return one.start < other.end and other.start < one.end


def _written(text: str, start: int, end: int, fragments: list[tuple[int, int]] | None) -> str:
    if fragments is None:
        return text[start:end]
    return "\n".join(text[low:high] for low, high in fragments)


def _moved(fragments: list[tuple[int, int]] | None, by: int) -> list[tuple[int, int]] | None:
    if fragments is None:
        return None
    return [(low + by, high + by) for low, high in fragments]


def _places(text: str, words: str, near: int) -> list[int]:
    """Returns where words stand; where they stand very often, only the nearest places."""
    if not words:
        return []
    found: list[int] = []
    at = text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    if len(found) > _MOST_PLACES:
        found = sorted(sorted(found, key=lambda place: abs(place - near))[:_MOST_PLACES])
    return found


def _likeliest(text: str, anchor: Anchor, moves: list[int]) -> list[int]:
    """Returns those of several places around which the most is as it was, if that is enough."""
    scores = {
        move: _same_end(text[max(0, anchor.start + move - CONTEXT) : anchor.start + move], anchor.before or "")
        + _same_start(text[anchor.end + move : anchor.end + move + CONTEXT], anchor.after or "")
        for move in moves
    }
    best = max(scores.values())
    return [move for move in moves if scores[move] == best] if best >= _SURE else []


def _same_start(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _same_end(one: str, other: str) -> int:
    return _same_start(one[::-1], other[::-1])


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else f"{quote[:57]}…"
