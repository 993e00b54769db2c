"""Turning the page: a paragraph that goes on over it is one, although page numbers and running heads stand between.

They are moved out of the paragraph, each within its own page, to where the next one ends.
"""

from __future__ import annotations

import re

from nqparse.source.geometry.compose import Composed
from nqparse.source.geometry.paragraphs import Edge, Line, goes_on
from nqparse.source.geometry.words import Sheet, Word

_EDGE_LINES = 3  # at the top and at the foot of a page
_MARGIN = 0.15  # of the height of a page
_WIDTH = 0.75  # of the width of the text: a running head is shorter
_NUMBER = re.compile(r"[-–—\s]*(?:trang|page)?\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def turn(above: tuple[Sheet, Composed], below: tuple[Sheet, Composed]) -> bool:
    """Tells whether the last paragraph of a page goes on at the top of the next; then nothing stands between."""
    (sheet, page), (next_sheet, next_page) = above, below
    foot = _furniture(sheet, page, _shapes(next_sheet, next_page), last=True)
    head = _furniture(next_sheet, next_page, _shapes(sheet, page), last=False)
    body, next_body = page.lines[: len(page.lines) - foot], next_page.lines[head:]
    if not body or not next_body:
        return False
    if not goes_on(Edge(sheet.text, body[-1], page.measure), Edge(next_sheet.text, next_body[0], next_page.measure)):
        return False
    first = len(body) - 1
    while first and body[first].wrapped:
        first -= 1
    end = 1
    while end < len(next_body) and next_body[end].wrapped:
        end += 1
    if foot:
        page.lines[:] = [*body[:first], *_parted(page.lines[len(body) :]), *_parted(body[first:])]
    if head:
        heads = _parted(next_page.lines[:head])
        next_page.lines[:] = [*next_body[:end], *heads, *_parted(next_body[end:])]
    next_page.lines[0].wrapped = True
    return True


def _parted(lines: list[Line]) -> list[Line]:
    if lines:
        lines[0].apart = True
    return lines


def _furniture(sheet: Sheet, page: Composed, shapes: set[str], *, last: bool) -> int:
    """Returns how many lines at the foot (or the head) of a page are page numbers and running heads."""
    count = 0
    lines = page.lines[::-1] if last else page.lines
    for line in lines[:_EDGE_LINES]:
        edge = sheet.height - line.v if last else line.v
        text = _text(sheet, line)
        short = page.measure is None or line.u1 - line.u0 < _WIDTH * (page.measure.right - page.measure.left)
        if edge > _MARGIN * sheet.height or not short or line.cells:
            break
        if not _NUMBER.fullmatch(text) and _DIGITS.sub("0", text) not in shapes:
            break
        count += 1
    return count


def _shapes(sheet: Sheet, page: Composed) -> set[str]:
    """Returns what the lines at both ends of a page look like, whatever their numbers are."""
    ends = [*page.lines[:_EDGE_LINES], *page.lines[-_EDGE_LINES:]]
    return {_DIGITS.sub("0", _text(sheet, line)) for line in ends}


def _text(sheet: Sheet, line: Line) -> str:
    return "".join(sheet.text[p.start : p.end] if isinstance(p, Word) else p for p in line.pieces)
