"""Cells of formats that tell where each ends on the page instead of how many columns it is over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from nqparse.source.blocks.boxes import Box

_NEAR = 60  # twips (a millimetre): edges that differ by less are one


def set_spans(rows: Sequence[tuple[Box, Sequence[int]]]) -> None:
    """Sets over how many columns the cells of a table are.

    Args:
        rows: each row with the right edges of its cells, in twips.
    """
    edges: list[int] = []
    for edge in sorted({edge for _, own in rows for edge in own}):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    for row, own in rows:
        before = -1
        cells = [cell for cell in row.children if isinstance(cell, Box)]
        for cell, edge in zip(cells, own, strict=False):
            at = max(bisect_left(edges, edge - _NEAR), before + 1)
            if at - before > 1:
                cell.attributes["colspan"] = str(at - before)
            before = at
