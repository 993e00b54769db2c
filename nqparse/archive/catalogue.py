"""All tables and views of an archive with what is in their columns, in one form.

Data frames, the metadata for datasette and the page `docs/archive-tables.md` are made from it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from nqparse.archive.schema import OWN_TABLES, OwnColumn
from nqparse.archive.views import VIEWS
from nqparse.export.tables_of_entities import TABLES

Type = Literal["text", "integer", "number", "date", "bytes"]
Kind = Literal["table", "view"]


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """A column: its name, what kind of values it has, and what they say. A `date` is text, YYYY-MM-DD, in SQL."""

    name: str
    type: Type
    description: str


@dataclass(frozen=True, slots=True)
class TableInfo:
    """A table or view: its name, what a row is, and its columns."""

    name: str
    kind: Kind
    description: str
    columns: tuple[ColumnInfo, ...]


@lru_cache(maxsize=1)
def catalogue() -> dict[str, TableInfo]:
    """Returns all tables and views by name: those of the exports, those that only archives have, the views."""
    found = [
        TableInfo(table.name, "table", table.description, tuple(
            ColumnInfo(column.name, column.type, column.description) for column in table.all_columns
        ))
        for table in TABLES
    ]  # fmt: skip
    found += [
        TableInfo(own.name, "table", own.description, tuple(
            ColumnInfo(column.name, _type_of(column), column.description) for column in own.columns
        ))
        for own in OWN_TABLES
    ]  # fmt: skip
    found += [
        TableInfo(view.name, "view", view.description, tuple(
            ColumnInfo(column.name, column.type, column.description) for column in view.columns
        ))
        for view in VIEWS
    ]  # fmt: skip
    return {table.name: table for table in found}


def _type_of(column: OwnColumn) -> Type:
    types: dict[str, Type] = {"INTEGER": "integer", "TEXT": "text", "REAL": "number", "BLOB": "bytes"}
    return types[column.declaration.split()[0]]


def datasette_metadata(database: str = "archive") -> dict[str, Any]:
    """Returns the metadata that datasette shows: titles and descriptions of the tables and their columns.

    Args:
        database: what datasette calls the archive: the name of its file without the ending.
    """
    tables = {
        table.name: {
            "description": table.description,
            "columns": {column.name: column.description for column in table.columns},
        }
        for table in catalogue().values()
    }
    return {
        "title": "Nghị quyết · Resolutions",
        "description": "Resolutions, read by nqparse. All offsets count code points of the text in the table texts.",
        "databases": {database: {"tables": tables}},
    }


def metadata_json(database: str = "archive") -> bytes:
    """Returns the metadata for datasette as the bytes of a JSON file."""
    return json.dumps(datasette_metadata(database), ensure_ascii=False, indent=1).encode() + b"\n"
