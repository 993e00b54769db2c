"""Spans that are in order and apart: which one holds an offset."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

_START = itemgetter(0)


def holds(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Tells whether an offset lies in one of the half-open spans, which are in order and do not overlap."""
    at = bisect_right(spans, offset, key=_START) - 1
    return at >= 0 and offset < spans[at][1]
