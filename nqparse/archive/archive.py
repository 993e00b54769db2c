"""The archive as Python sees it: documents to run through, tables for SQL and data frames.

Documents are run through like this: `with nqparse.Archive("archive") as archive: [… for document in archive]`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING

from nqparse.archive.entry import Entry, unpack
from nqparse.archive.store import File, Mode, Writer, file_of, open_file, telling, transaction
from nqparse.archive.version import parser_version
from nqparse.document import Document
from nqparse.errors import UsageError

if TYPE_CHECKING:
    from nqparse.archive.search import Hit

_AT_ONCE = 64


class Archive:
    """An archive that is open. Use it in `with`, or close it.

    Attributes:
        path: its file.
        connection: its SQLite connection, for queries of your own. In mode `r` it cannot write.
    """

    def __init__(self, path: str | os.PathLike[str], *, mode: Mode = "r") -> None:
        """Opens an archive.

        Args:
            path: its folder, or its file.
            mode: `r` only reads, and may be used while another process writes; `a` adds, too, and makes the archive
                if there is none.

        Raises:
            ArchiveError: if there is no archive (mode `r`), it is damaged, or a newer nqparse made it.
            OutputError: if it cannot be written (mode `a`).
        """
        self.path = file_of(path)
        self.mode = mode
        self.connection: sqlite3.Connection = open_file(path, mode)

    # -- documents ----------------------------------------------------------------------------

    def __len__(self) -> int:
        """Returns the number of documents."""
        return int(self.connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def __iter__(self) -> Iterator[Document]:
        """Yields the documents in the order of their ids; only a few are held at a time."""
        for _, document in self.items():
            yield document

    def ids(self) -> list[str]:
        """Returns the ids of all documents, in order."""
        return [name for (name,) in self.connection.execute("SELECT document_id FROM documents ORDER BY document_id")]

    def items(self) -> Iterator[tuple[str, Document]]:
        """Yields the documents with their ids, in the order of these; only a few are held at a time.

        No query stays open between two documents: what is added meanwhile may or may not come.
        """
        last = ""
        while True:
            rows = self.connection.execute(
                "SELECT document_id, json FROM documents WHERE document_id > ? ORDER BY document_id LIMIT ?",
                (last, _AT_ONCE),
            ).fetchall()
            if not rows:
                return
            for name, packed in rows:
                yield name, unpack(packed)
            last = rows[-1][0]

    def __getitem__(self, document_id: str) -> Document:
        """Returns a document.

        Raises:
            KeyError: if there is none with this id.
        """
        row = self.connection.execute("SELECT json FROM documents WHERE document_id = ?", (document_id,)).fetchone()
        if row is None:
            raise KeyError(document_id)
        return unpack(row[0])

    def __contains__(self, document_id: object) -> bool:
        query = "SELECT 1 FROM documents WHERE document_id = ?"
        return self.connection.execute(query, (document_id,)).fetchone() is not None

    def put(self, document: Document, path: str | os.PathLike[str]) -> None:
        """Writes a document that was parsed elsewhere, as that of a file; it takes the place of the file's old one.

        Args:
            document: the document.
            path: the file that it was read from.

        Raises:
            UsageError: if the archive is open for reading only.
        """
        self.refuse_reading()
        source = document.source
        file = File(os.path.abspath(path), source.sha256 or None, source.size)
        with telling(self.path), transaction(self.connection):
            Writer(self.connection).put(file, Entry.of(document, parser_version()))

    def refuse_reading(self) -> None:
        """Refuses to write where the archive is open for reading only.

        Raises:
            UsageError: if it is.
        """
        if self.mode == "r":
            raise UsageError(
                f"{self.path}: this archive is open for reading only", f"{self.path}: kho đang mở ở chế độ chỉ đọc",
                hint_en='Open it with: Archive(path, mode="a")', hint_vi='Mở bằng: Archive(path, mode="a")',
            )  # fmt: skip

    # -- asking -------------------------------------------------------------------------------

    def search(
        self,
        query: str = "",
        *,
        limit: int = 10,
        offset: int = 0,
        issuer: str | None = None,
        year: int | str | None = None,
        kind: str | None = None,
        place: str | None = None,
        symbol: str | None = None,
        from_: str | date | None = None,
        to: str | date | None = None,
    ) -> list[Hit]:
        """Searches the passages of the documents; `nqparse.archive.search.search` says how, and what it takes.

        Raises:
            QueryError: if the query or a filter cannot be read.
            InputError: if the archive has no index.
        """
        from nqparse.archive.search import search  # noqa: PLC0415  (only who searches needs it)

        with telling(self.path):
            return search(
                self.connection, query, limit=limit, offset=offset, issuer=issuer, year=year, kind=kind, place=place,
                symbol=symbol, from_=from_, to=to,
            )  # fmt: skip

    # -- opening and closing ------------------------------------------------------------------

    def close(self) -> None:
        """Closes the archive; this may be done more than once."""
        self.connection.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Archive {self.path} ({self.mode})>"
