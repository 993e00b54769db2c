"""CSV: a folder with one file per table (`nqparse.export.tables`).

UTF-8 without a byte order mark, commas, CRLF, quotes where they are needed (RFC 4180). Values are exact: an empty cell
is null or an empty text, and nothing is done to texts that a spreadsheet would take for a formula; the Excel catalogue
is the one for spreadsheets.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from nqparse.document import Document
from nqparse.export.tables import RowMaker, Table
from nqparse.export.tables_of_entities import TABLES
from nqparse.files import whole_file


@contextmanager
def writing(folder: Path, tables: Sequence[Table] = TABLES) -> Iterator[Callable[[Document], None]]:
    """Opens a folder for CSV files, and gives the function that takes the documents.

    Raises:
        OutputError: if a file cannot be written.
    """
    maker = RowMaker(tables)
    with ExitStack() as stack:
        writers = {}
        for table in tables:
            stream = stack.enter_context(csv_stream(stack.enter_context(whole_file(folder / f"{table.name}.csv"))))
            writers[table.name] = csv.writer(stream)
            writers[table.name].writerow([column.name for column in table.all_columns])

        def put(document: Document) -> None:
            for table, rows in maker.rows_of(document):
                writers[table.name].writerows(rows)

        yield put


@contextmanager
def csv_stream(stream: IO[bytes], *, encoding: str = "utf-8") -> Iterator[IO[Any]]:
    """Opens a stream of bytes for the text of a CSV file."""
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        yield text
        text.flush()
    finally:
        text.detach()
