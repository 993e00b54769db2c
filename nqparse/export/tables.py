"""The tables that a collection of documents becomes: names, types and descriptions of all columns, as data.

This is their only definition. CSV, Parquet and the page `docs/export-columns.md` are made from it. Every table has the
columns `document_id` and, but for those with one row per document, `row`; what a column holds is taken from an item by
its path ("header.symbol.number") or by a function.

    >>> for table, rows in rows_of(document, "69856631f265bc1b"):
    ...     for row in rows: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Literal

from nqparse.document import Document
from nqparse.export.akn_identity import fingerprint
from nqparse.export.places import storable

Type = Literal["text", "integer", "number", "date"]
Value = str | int | float | date | None
Row = tuple[Value, ...]

_INTEGERS = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: its name, the same in all formats.
        type: `text`, `integer` (64 bits), `number` (64-bit floating point) or `date` (a whole day).
        description: what it holds, with its unit.
        source: where its value is found in an item: a path of fields, null where a part is missing, or a function.
    """

    name: str
    type: Type
    description: str
    source: str | Callable[[Any], Any]

    def getter(self) -> Callable[[Any], Value]:
        """Returns the function that takes the column's value from an item."""
        take = _path(self.source) if isinstance(self.source, str) else self.source
        convert = _CONVERSIONS[self.type]

        def get(item: Any) -> Value:
            value = take(item)
            return None if value is None else convert(value)

        return get


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one row for each item that a document has.

    Attributes:
        name: its name, the same in all formats.
        description: what a row is.
        columns: the columns, without those that all tables share.
        items: yields the items of a document; None makes it a table of one row per document.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    items: Callable[[Document], Iterable[Any]] | None = None

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Returns the columns with those that all tables share."""
        return (DOCUMENT_ID, *((ROW,) if self.items else ()), *self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        """Returns the columns whose values tell the rows apart."""
        return ("document_id", "row") if self.items else ("document_id",)


DOCUMENT_ID = Column(
    "document_id", "text",
    "The document: the first 16 hexadecimal digits of the SHA-256 of its source; of documents with the same source "
    "the second has -2 behind it.",
    lambda _: None,
)  # fmt: skip
ROW = Column("row", "integer", "The place of the row among those of its document, from 0.", lambda _: None)


def _path(path: str) -> Callable[[Any], Any]:
    *above, last = map(attrgetter, path.split("."))
    if not above:
        return last

    def take(item: Any) -> Any:
        for step in above:
            item = step(item)
            if item is None:
                return None
        return last(item)

    return take


def _text(value: Any) -> str:
    return storable(str(value))


def _integer(value: Any) -> int | None:
    # What is no number of this size is a misprint; the text beside it shows it.
    return int(value) if int(value) in _INTEGERS else None


def _number(value: Any) -> float | None:
    found = float(value)
    return found if abs(found) < float("inf") else None


def _date(value: Any) -> date | None:
    if len(str(value)) != len("2021-01-13"):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


_CONVERSIONS: dict[Type, Callable[[Any], Value]] = {
    "text": _text, "integer": _integer, "number": _number, "date": _date,
}  # fmt: skip


class RowMaker:
    """Makes the rows of documents, one document after the other; it remembers the ids that it gave.

    Args:
        tables: the tables to make rows for.
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tuple(tables)
        self._getters = [[column.getter() for column in table.columns] for table in tables]
        self._seen: dict[str, int] = {}

    def rows_of(self, document: Document) -> Iterator[tuple[Table, list[Row]]]:
        """Yields every table with the rows of a document."""
        name = fingerprint(document)
        self._seen[name] = self._seen.get(name, 0) + 1
        if self._seen[name] > 1:
            name = f"{name}-{self._seen[name]}"
        yield from self.rows_named(document, name)

    def rows_named(self, document: Document, name: str) -> Iterator[tuple[Table, list[Row]]]:
        """Yields every table with the rows of a document that has the id `name`."""
        for table, getters in zip(self.tables, self._getters, strict=True):
            if table.items is None:
                yield table, [(name, *(get(document) for get in getters))]
            else:
                yield table, [
                    (name, row, *(get(item) for get in getters)) for row, item in enumerate(table.items(document))
                ]
