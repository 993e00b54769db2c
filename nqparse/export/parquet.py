"""Parquet: a folder with one file per table (`nqparse.export.tables`), typed, with the descriptions in the metadata.

Needs pyarrow (`pip install 'nqparse[parquet]'`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from nqparse import __version__
from nqparse.document import Document
from nqparse.export.places import missing_extra
from nqparse.export.tables import Row, RowMaker, Table
from nqparse.export.tables_of_entities import TABLES
from nqparse.files import whole_file

# Of each table this much is held before it is written as a group of rows.
_ROWS = 20_000
_CHARACTERS = 8_000_000


@contextmanager
def writing(folder: Path, tables: Sequence[Table] = TABLES) -> Iterator[Callable[[Document], None]]:
    """Opens a folder for Parquet files, and gives the function that takes the documents.

    Raises:
        OutputError: if pyarrow is not installed, or a file cannot be written.
    """
    _pyarrow()
    maker = RowMaker(tables)
    with ExitStack() as stack:
        files = {
            table.name: _File(table, stack.enter_context(whole_file(folder / f"{table.name}.parquet")))
            for table in tables
        }

        def put(document: Document) -> None:
            for table, rows in maker.rows_of(document):
                files[table.name].add(rows)

        yield put
        for file in files.values():
            file.close()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow  # noqa: PLC0415  (170 MB that only this format needs)
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise missing_extra("parquet", "parquet") from None
    return pyarrow, parquet


def schema_of(table: Table) -> Any:
    """Returns the pyarrow schema of a table; its metadata and those of its fields hold the descriptions."""
    pa, _ = _pyarrow()
    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
    fields = [
        pa.field(
            column.name, types[column.type], nullable=column.name not in table.key,
            metadata={"description": column.description},
        )
        for column in table.all_columns
    ]  # fmt: skip
    return pa.schema(fields, metadata={"description": table.description, "nqparse": __version__})


class _File:
    """Writes one table; what it holds until then is bounded."""

    def __init__(self, table: Table, stream: IO[bytes]) -> None:
        _, parquet = _pyarrow()
        self._schema = schema_of(table)
        self._writer = parquet.ParquetWriter(stream, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._characters = 0

    def add(self, rows: list[Row]) -> None:
        """Takes rows."""
        self._rows += rows
        self._characters += sum(len(value) for row in rows for value in row if isinstance(value, str))
        if len(self._rows) >= _ROWS or self._characters >= _CHARACTERS:
            self._write()

    def close(self) -> None:
        """Writes what is left, and the foot of the file."""
        if self._rows:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        pa, _ = _pyarrow()
        columns = zip(*self._rows, strict=True)
        arrays = [pa.array(values, field.type) for values, field in zip(columns, self._schema, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []
        self._characters = 0
