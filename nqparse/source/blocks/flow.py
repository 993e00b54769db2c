"""From boxes to text: each block on lines of its own, lists with their numbers, tables in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator

from nqparse import ruleset
from nqparse.source.blocks.boxes import Box, Line, Node
from nqparse.source.blocks.tables import form_of, places_of, reading_order

_MOST_TABLES = 8  # in one another; deeper ones are read cell by cell, unseen


class _Writer:
    """Puts lines together: a blank line between paragraphs, none behind a `<br>`."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._marker = ""
        self._apart = False

    def begin_item(self, marker: str) -> None:
        """An item of a list begins; its marker goes before its first text."""
        self._marker = f"{self._marker} {marker}" if self._marker else marker

    def end_block(self) -> None:
        """What comes next is another paragraph."""
        self._apart = True

    def write(self, line: Line) -> None:
        """Writes a line."""
        text = line.text
        if not text:
            self._apart = True
            return
        if self._marker:
            text, self._marker = f"{self._marker} {text}", ""
        if self._apart and self.lines:
            self.lines.append("")
        self.lines.append(text)
        self._apart = not line.soft


def render(nodes: list[Node]) -> str:
    """Returns the text of these boxes and lines."""
    writer = _Writer()
    stack: list[tuple[Iterator[Node], bool]] = [(iter(nodes), False)]
    tables = 0
    while stack:
        for node in stack[-1][0]:
            if isinstance(node, Line):
                writer.write(node)
                continue
            writer.end_block()
            if node.kind == "item" and node.marker:
                writer.begin_item(node.marker)
            is_table = node.kind in ("table", "row")  # a row may stand outside of any table
            tables += is_table
            stack.append((iter(_read(node, tables) if is_table else node.children), is_table))
            break
        else:
            tables -= stack.pop()[1]
            writer.end_block()
    return "\n".join(writer.lines) + "\n" if writer.lines else ""


def _read(table: Box, depth: int) -> list[Node]:
    places, strays = places_of(table if table.kind == "table" else Box("table", children=[table]))
    if depth > _MOST_TABLES:
        return [*strays, *reading_order(places, "cells")]
    return [*strays, *reading_order(places, form_of(places, ruleset.load()))]
