"""Tables and views of an archive as data frames of pandas or polars, whichever is installed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

from nqparse.archive.catalogue import TableInfo, catalogue
from nqparse.archive.schema import quoted
from nqparse.errors import OutputError, UsageError

Backend = Literal["pandas", "polars"]

_BACKENDS: tuple[Backend, ...] = ("pandas", "polars")
_ROWS = 50_000  # are taken at a time: Python's own objects are much larger than those of a frame


def to_dataframe(connection: sqlite3.Connection, name: str, backend: Backend | None = None) -> Any:
    """Returns a table or a view as a data frame, typed by its columns, null where nothing is written.

    Args:
        connection: the archive.
        name: the name of the table or view (`nqparse.archive.catalogue`).
        backend: `pandas` or `polars`; None takes pandas if it is installed, or else polars.

    Raises:
        UsageError: if there is no such table or backend.
        OutputError: if neither library is installed, or not the one that is asked for.
    """
    table = catalogue().get(name)
    if table is None:
        raise UsageError(
            f"{name}: there is no table or view of this name", f"{name}: không có bảng này",
            hint_en=f"There are: {', '.join(catalogue())}.", hint_vi=f"Hiện có: {', '.join(catalogue())}.",
        )  # fmt: skip
    library = _library(backend)
    columns = ", ".join(quoted(column.name) for column in table.columns)
    rows = connection.execute(f"SELECT {columns} FROM {quoted(name)}")
    return _pandas(library, table, rows) if library.__name__ == "pandas" else _polars(library, table, rows)


def _library(backend: Backend | None) -> Any:
    if backend is not None and backend not in _BACKENDS:
        raise UsageError(
            f"{backend}: data frames are made by pandas or polars", f"{backend}: chỉ có pandas hoặc polars"
        )
    found = next((name for name in ([backend] if backend else _BACKENDS) if find_spec(name)), None)
    if found is None:
        needed, needed_vi = (backend, backend) if backend else ("pandas or polars", "pandas hoặc polars")
        raise OutputError(
            f"a data frame needs {needed}, which is not installed", f"bảng dữ liệu cần {needed_vi} nhưng chưa được cài",
            hint_en=f"Install it with: pip install {backend or 'pandas'}",
            hint_vi=f"Cài đặt bằng: pip install {backend or 'pandas'}",
        )  # fmt: skip
    return import_module(found)


def _pieces(rows: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    """Yields the rows in pieces, at least one even if it is empty."""
    piece = rows.fetchmany(_ROWS)
    yield piece
    while len(piece) == _ROWS:
        piece = rows.fetchmany(_ROWS)
        yield piece


def _polars(polars: Any, table: TableInfo, rows: sqlite3.Cursor) -> Any:
    types = {
        "text": polars.String, "integer": polars.Int64, "number": polars.Float64, "date": polars.String,
        "bytes": polars.Binary,
    }  # fmt: skip
    schema = {column.name: types[column.type] for column in table.columns}
    frame = polars.concat([polars.DataFrame(piece, schema=schema, orient="row") for piece in _pieces(rows)])
    days = [polars.col(column.name).str.to_date() for column in table.columns if column.type == "date"]
    return frame.with_columns(days) if days else frame


def _pandas(pandas: Any, table: TableInfo, rows: sqlite3.Cursor) -> Any:
    types = {"text": "string", "integer": "Int64", "number": "Float64", "bytes": "object"}
    typed = {column.name: types[column.type] for column in table.columns if column.type in types}
    names = [column.name for column in table.columns]
    frame = pandas.concat(
        [pandas.DataFrame(piece, columns=names, dtype="object").astype(typed) for piece in _pieces(rows)],
        ignore_index=True,
    )
    for column in table.columns:
        if column.type == "date":
            # Seconds: a date far from ours does not fit into the nanoseconds that pandas counts otherwise.
            frame[column.name] = frame[column.name].astype("datetime64[s]")
    return frame
