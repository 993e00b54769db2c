"""The archive as Python sees it: documents to run through, tables for SQL and data frames.

Documents are run through like this: `with nqparse.Archive("archive") as archive: [… for document in archive]`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from nqparse.archive.catalogue import TableInfo, catalogue, metadata_json
from nqparse.archive.entry import Entry, unpack
from nqparse.archive.frames import Backend, to_dataframe
from nqparse.archive.status import Failure, SourceRecord, Status, failures_of, sources_of, status_of
from nqparse.archive.store import File, Mode, Writer, file_of, open_file, telling, transaction, walk
from nqparse.archive.version import parser_version
from nqparse.document import Document
from nqparse.errors import UsageError
from nqparse.files import whole_file
from nqparse.source.ocr.options import OcrChoice

if TYPE_CHECKING:
    from nqparse.archive.adding import Report, Watch
    from nqparse.archive.duplicates import Record
    from nqparse.archive.graph import Graph
    from nqparse.archive.reading import Answer
    from nqparse.archive.search import Hit
    from nqparse.archive.verifying import Problem
    from nqparse.source.pages import Pages


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
        query = "SELECT document_id, json FROM documents WHERE document_id > ? ORDER BY document_id LIMIT ?"
        return walk(self.connection, self.path, query)

    def __getitem__(self, document_id: str) -> Document:
        """Returns a document.

        Raises:
            KeyError: if there is none with this id.
        """
        query = "SELECT json FROM documents WHERE document_id = ?"
        with telling(self.path):
            row = self.connection.execute(query, (document_id,)).fetchone()
            if row is None:
                raise KeyError(document_id)
            return unpack(row[0])

    def __contains__(self, document_id: object) -> bool:
        query = "SELECT 1 FROM documents WHERE document_id = ?"
        return self.connection.execute(query, (document_id,)).fetchone() is not None

    def put(self, document: Document, path: str | os.PathLike[str], pages: Pages | None = None) -> None:
        """Writes a document that was parsed elsewhere, as that of a file; it takes the place of the file's old one.

        Args:
            document: the document.
            path: the file that it was read from.
            pages: where the characters of that file stand, as `nqparse.source.read` found it.

        Raises:
            UsageError: if the archive is open for reading only.
        """
        self.refuse_reading()
        source = document.source
        file = File(os.path.abspath(path), source.sha256 or None, source.size)
        with telling(self.path), transaction(self.connection):
            Writer(self.connection).put(file, Entry.of(document, parser_version(), pages))

    def add(
        self,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        jobs: int = 0,
        again: bool = False,
        rules: str | os.PathLike[str] | None = None,
        encoding: str | None = None,
        ocr: OcrChoice = "auto",
        watch: Watch | None = None,
    ) -> Report:
        """Adds files and folders; what has not changed since it was last added is not read again.

        Args:
            paths: files, and folders whose documents are added.
            jobs: how many processes parse; 0 is one per core.
            again: parse files again that failed, or that another version or other settings parsed.
            rules: a folder of rules to add.
            encoding: the encoding to decode with, instead of the one that is found.
            ocr: how pages that are pictures are read.
            watch: is told the name of each file that is done, how many are, of how many, and its error or None.

        Returns:
            What became of the files. A file that cannot be read is in `report.failures` and stops nothing.

        Raises:
            UsageError: if the archive is open for reading only.
            InputError: if a folder is not there or holds nothing to read.
            InvalidRulesError: if the rules cannot be used.
            OutputError: if another process adds to the archive, or it cannot be written.
        """
        from nqparse.archive.adding import Settings, add  # noqa: PLC0415  (whoever only reads needs no parser)

        self.refuse_reading()
        wanted = [paths] if isinstance(paths, (str, os.PathLike)) else paths
        settings = Settings(jobs, again, None if rules is None else Path(rules), encoding, ocr)
        self.describe()
        return add(self.connection, self.path, [os.fspath(path) for path in wanted], settings, watch)

    def describe(self) -> Path:
        """Writes `metadata.json` beside the archive, which tells datasette what is in it, and returns its path.

        One that is there already stays: somebody may have put a licence or other titles into it.

        Raises:
            OutputError: if it cannot be written.
        """
        target = self.path.with_name("metadata.json")
        if not target.exists():
            with whole_file(target) as stream:
                stream.write(metadata_json(self.path.stem))
        return target

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
        """Searches the documents; `nqparse.archive.search.search` says how, and what it takes.

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

    def query(self, sql: str, *, seconds: float | None = None) -> Answer:
        """Answers a question in SQL that only reads; columns and rows come back (`nqparse.archive.reading`).

        Args:
            sql: the question, one SELECT.
            seconds: how long it may take; None for as long as it takes.

        Raises:
            SqlError: if it cannot be answered, wants to write, or takes longer.
        """
        from nqparse.archive.reading import ask  # noqa: PLC0415

        return ask(self.path, sql, seconds=seconds)

    def citation_graph(self) -> Graph:
        """Returns who cites, amends, replaces, repeals whom (`nqparse.archive.graph`)."""
        from nqparse.archive.graph import graph_of  # noqa: PLC0415

        with telling(self.path):
            return graph_of(self.connection)

    # -- tables -------------------------------------------------------------------------------

    @property
    def tables(self) -> dict[str, TableInfo]:
        """The tables and views by name, with what is in their columns."""
        return dict(catalogue())

    def to_dataframe(self, name: str, backend: Backend | None = None) -> Any:
        """Returns a table or a view as a data frame: `entities`, `resolutions`, `votes` and so on (`tables`).

        Args:
            name: the name of the table or view.
            backend: `pandas` or `polars`; None takes pandas if it is installed, or else polars.

        Raises:
            UsageError: if there is no such table.
            OutputError: if the library is not installed.
        """
        return to_dataframe(self.connection, name, backend)

    # -- what it says of itself ---------------------------------------------------------------

    def status(self) -> Status:
        """Returns its figures; every file that it knows is looked at, none is read."""
        with telling(self.path):
            return status_of(self.connection, self.path)

    def sources(self) -> Iterator[SourceRecord]:
        """Yields the files that it knows, by path, with the documents of each."""
        yield from sources_of(self.connection)

    def failures(self) -> list[Failure]:
        """Returns the files that could not be parsed, by path, with the reasons."""
        return failures_of(self.connection)

    def duplicates(self) -> list[Record]:
        """Finds the resolutions that several files hold: the same bytes twice, or a Word file and its scan.

        Returns:
            One record per resolution, with all its sources and what they do not say alike.

        Raises:
            UsageError: if rensa is not installed.
        """
        from nqparse.archive import duplicates  # noqa: PLC0415

        with telling(self.path):
            return duplicates.find(self.connection)

    def verify(self, *, files: bool = False, watch: Callable[[str, int, int], None] | None = None) -> Iterator[Problem]:
        """Yields what is wrong with it: its file, its documents, the rows made from them.

        Args:
            files: also read every file that it knows, and compare its hash.
            watch: is told what has been looked at, how many things have been, and of how many.
        """
        from nqparse.archive.verifying import verify  # noqa: PLC0415

        with telling(self.path):
            yield from verify(self.connection, files=files, watch=watch)

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
