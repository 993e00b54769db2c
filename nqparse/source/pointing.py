"""What somebody means who points at a page or draws over it: which characters of its text.

A drawing that begins and ends on characters selects as a text does, from the one to the other, over all lines between.
One that begins beside them selects what is inside its rectangle. Where other columns would come along, because the
text runs across them line by line, only the pieces inside the rectangle are meant.
"""

from __future__ import annotations

from itertools import pairwise

from nqparse.source.pages import Page

_NEAR = 6.0  # points: a click so far beside a character still means it
_BARS = frozenset("|\t")  # what readers write between cells
_WIDE = 2.0  # of the height of a line: a gap that parts columns

Point = tuple[float, float]
Span = tuple[int, int]


def characters_between(page: Page, text: str, begun: Point, ended: Point) -> list[Span]:
    """Returns the pieces of the document's text that are meant, in order, without space at their ends.

    Args:
        page: the page.
        text: its text, from `page.start` to `page.end`.
        begun: where the drawing begins, in points from the top left corner of the page.
        ended: where it ends. The same place again means the character that stands there.

    Returns:
        One piece, several where other columns lie between, or none where nothing is meant.
    """
    if begun == ended:
        at = _character_at(page, begun, _NEAR)
        return [] if at is None else [(page.start + at, page.start + at + 1)]
    inside = _inside(page, begun, ended)
    pieces = _pieces(page, text, inside)
    first, last = _character_at(page, begun), _character_at(page, ended)
    if first is not None and last is not None and len(pieces) <= 1:
        pieces = [(min(first, last), max(first, last) + 1)]
    trimmed = (_trimmed(text, start, end) for start, end in pieces)
    return [(page.start + start, page.start + end) for start, end in trimmed if start < end]


def _character_at(page: Page, point: Point, near: float = 0.0) -> int | None:
    """Returns the index of the character at a point, or of the one nearest to it."""
    x, y = point
    best, found = None, near
    for at, (x0, y0, x1, y1) in enumerate(zip(page.x0, page.y0, page.x1, page.y1, strict=True)):
        away = max(x0 - x, x - x1, y0 - y, y - y1, 0.0)
        if away <= found and (best is None or away < found):
            best, found = at, away
    return best


def _inside(page: Page, one: Point, other: Point) -> list[int]:
    """Returns the indices of the characters whose middle is inside a rectangle."""
    (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return [
        at
        for at, (x0, y0, x1, y1) in enumerate(zip(page.x0, page.y0, page.x1, page.y1, strict=True))
        if left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= bottom
    ]


def _pieces(page: Page, text: str, inside: list[int]) -> list[Span]:
    """Joins characters to pieces: what lies between two of them comes along, unless it is another column."""
    if not inside:
        return []
    pieces: list[Span] = []
    start = inside[0]
    for before, after in pairwise(inside):
        if after > before + 1 and _is_a_column(page, text, before, after):
            pieces.append((start, before + 1))
            start = after
    return [*pieces, (start, inside[-1] + 1)]


def _is_a_column(page: Page, text: str, before: int, after: int) -> bool:
    """Tells whether what stands between two characters is set apart from both."""
    between = [at for at in range(before + 1, after) if page.x0[at] == page.x0[at]]  # the others are on no paper
    return bool(between) and _apart(page, text, before, between[0]) and _apart(page, text, between[-1], after)


def _apart(page: Page, text: str, one: int, other: int) -> bool:
    """Tells whether two characters are in different lines or cells, or have a wide gap between them."""
    if _BARS.intersection(text[one + 1 : other]):
        return True
    common = min(page.y1[one], page.y1[other]) - max(page.y0[one], page.y0[other])
    low = min(page.y1[one] - page.y0[one], page.y1[other] - page.y0[other])
    if common <= 0.5 * low:
        return True
    gap = max(page.x0[other] - page.x1[one], page.x0[one] - page.x1[other])
    return gap > _WIDE * max(low, 1.0)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
