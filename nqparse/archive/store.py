"""The file of an archive: opening it, and writing documents and what became of files into it.

Whatever is written is written in transactions: after `kill -9` the file holds each file of a run wholly or not at all.
Readers see the state after the last transaction, also while another process writes (SQLite's write-ahead log).
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Literal

from nqparse.archive.entry import Entry, unpack
from nqparse.archive.layouts import LACKING, put_pages
from nqparse.archive.migrations import migrate
from nqparse.archive.schema import APPLICATION_ID, INSERTS, SCHEMA_VERSION, create_all, quoted
from nqparse.archive.search_index import index_document, outdated, rebuild, remove_document
from nqparse.document import Document
from nqparse.errors import InputError, NqparseError, OutputError
from nqparse.export.places import storable

Mode = Literal["r", "a"]

FILE_NAME = "archive.sqlite"
_AT_ONCE = 64  # documents that are fetched together
_PATIENCE = 60  # seconds to wait for another process to end its transaction


class ArchiveError(InputError):
    """There is no archive where one should be, or it cannot be used."""


def file_of(path: str | os.PathLike[str]) -> Path:
    """Returns the file of an archive: the path itself if it is a file or ends in .sqlite, or else one in the folder."""
    found = Path(path)
    return found if found.suffix == ".sqlite" or found.is_file() else found / FILE_NAME


# -- opening ------------------------------------------------------------------------------------------


def open_file(path: str | os.PathLike[str], mode: Mode) -> sqlite3.Connection:
    """Opens the file of an archive.

    Args:
        path: the folder of the archive, or its file.
        mode: `r` only reads, and disturbs nobody who writes; `a` makes the archive if there is none, and brings an
            older one up to the newest layout.

    Raises:
        ArchiveError: if there is no archive (mode `r`), the file is none or is damaged, or a newer nqparse made it.
        OutputError: if it cannot be written (mode `a`).
    """
    file = file_of(path)
    connection = _reading(file) if mode == "r" else _writing(file)
    try:
        with telling(file):
            _prepare(connection, file, mode)
    except BaseException:
        connection.close()
        raise
    return connection


def existing(path: str | os.PathLike[str]) -> Path:
    """Returns the file of an archive that is to be there.

    Raises:
        ArchiveError: if it is not.
    """
    file = file_of(path)
    if not file.is_file():
        raise ArchiveError(
            f"{file}: there is no archive here", f"{file}: không có kho lưu trữ ở đây",
            hint_en="Make one with: nqparse archive add FOLDER --archive DIR",
            hint_vi="Tạo kho bằng: nqparse archive add THƯ_MỤC --archive DIR",
        )  # fmt: skip
    return file


def _reading(file: Path) -> sqlite3.Connection:
    with telling(file):
        try:
            return _connected(existing(file), "mode=ro")
        except sqlite3.OperationalError:
            # A folder that cannot be written, with no writer about: the log that readers share cannot be made there.
            log = file.with_name(f"{file.name}-wal")
            if (log.exists() and log.stat().st_size) or os.access(file.parent, os.W_OK):
                raise
            return _connected(file, "immutable=1")


def _writing(file: Path) -> sqlite3.Connection:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = _connected(file, "mode=rwc")
    except (OSError, sqlite3.OperationalError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise OutputError(f"{file}: cannot be written: {reason}", f"{file}: không ghi được ({reason})") from None
    except sqlite3.DatabaseError:
        raise _damaged(file) from None
    return connection


def _connected(file: Path, how: str) -> sqlite3.Connection:
    # Transactions are begun by hand: Python's own way hides when they do.
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?{how}", uri=True, timeout=_PATIENCE, isolation_level=None
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("SELECT count(*) FROM sqlite_master")  # it is only now that the file is opened
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, file: Path, mode: Mode) -> None:
    if mode == "a":
        if not _number(connection, "user_version") and not _has_tables(connection):
            connection.execute("PRAGMA journal_mode = WAL")
            with transaction(connection):
                if not _has_tables(connection):  # nobody made it meanwhile
                    create_all(connection)
        # What a crash of the whole machine may lose is the last transactions, never the file.
        connection.execute("PRAGMA synchronous = NORMAL")
    version = _number(connection, "user_version")
    if _number(connection, "application_id") != APPLICATION_ID:
        raise ArchiveError(f"{file}: this is no archive of nqparse", f"{file}: không phải kho lưu trữ của nqparse")
    if version > SCHEMA_VERSION:
        raise ArchiveError(
            f"{file}: a newer nqparse made this archive (layout {version}, this one knows {SCHEMA_VERSION})",
            f"{file}: kho do bản nqparse mới hơn tạo ra (phiên bản {version}, bản này biết {SCHEMA_VERSION})",
            hint_en="Update nqparse with: pip install --upgrade nqparse",
            hint_vi="Cập nhật nqparse bằng: pip install --upgrade nqparse",
        )
    if version < SCHEMA_VERSION:
        if mode == "r":
            raise ArchiveError(
                f"{file}: this archive has an older layout ({version}, not {SCHEMA_VERSION})",
                f"{file}: kho có cấu trúc cũ ({version}, không phải {SCHEMA_VERSION})",
                hint_en="Bring it up to date with: nqparse archive upgrade --archive DIR",
                hint_vi="Nâng cấp kho bằng: nqparse archive upgrade --archive DIR",
            )
        with transaction(connection):
            migrate(connection)
    if mode == "a" and outdated(connection):
        with transaction(connection):
            rebuild(connection, _documents(connection))


def _documents(connection: sqlite3.Connection) -> Iterator[tuple[str, Document]]:
    for name, packed in connection.execute("SELECT document_id, json FROM documents ORDER BY rowid"):
        yield name, unpack(packed)


def walk(connection: sqlite3.Connection, file: Path, query: str) -> Iterator[tuple[str, Document]]:
    """Yields documents with their ids, in the order of these; only a few are held at a time.

    No query stays open between two documents: what is written meanwhile may or may not come.

    Args:
        connection: the archive.
        file: its file.
        query: asks for id and packed document of those with greater ids than its first parameter, ordered by the id,
            as many as its second one says.

    Raises:
        ArchiveError: if a document is damaged.
    """
    last = ""
    while True:
        with telling(file):
            rows = connection.execute(query, (last, _AT_ONCE)).fetchall()
        if not rows:
            return
        for name, packed in rows:
            with telling(file):
                document = unpack(packed)
            yield name, document
        last = rows[-1][0]


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


@contextmanager
def telling(file: Path) -> Iterator[None]:
    """Turns what SQLite says of a file that is damaged or locked into an error for the user."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise OutputError(
                f"{file}: another process has been writing to the archive for a minute",
                f"{file}: một tiến trình khác đang ghi vào kho",
            ) from None
        if "readonly" in str(error) or "full" in str(error) or "disk I/O" in str(error):
            raise OutputError(f"{file}: cannot be written: {error}", f"{file}: không ghi được ({error})") from None
        if "unable to open" in str(error):
            raise ArchiveError(f"{file}: cannot be read: {error}", f"{file}: không đọc được ({error})") from None
        raise
    except zlib.error:
        raise _damaged(file) from None
    except sqlite3.IntegrityError:
        raise  # a bug of ours
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error) or "malformed" in str(error):
            raise _damaged(file) from None
        raise


def _damaged(file: Path) -> ArchiveError:
    return ArchiveError(
        f"{file}: this is no SQLite file, or it is damaged", f"{file}: không phải tệp SQLite hoặc đã hỏng",
        hint_en="Move it away; adding the files again makes a new archive.",
        hint_vi="Hãy chuyển tệp này đi; thêm lại các tệp sẽ tạo kho mới.",
    )  # fmt: skip


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Writes all of what is done inside, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.execute("COMMIT")


# -- writing ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was when it was read.

    Attributes:
        path: its whole path.
        sha256: the hash of its bytes, None where they could not be read.
        size: its size in bytes.
        modified_ns: when it was last changed, in nanoseconds since 1970.
    """

    path: str
    sha256: str | None = None
    size: int | None = None
    modified_ns: int | None = None

    @property
    def key(self) -> str | bytes:
        """The path as the archive keeps it: bytes where it is no text in UTF-8."""
        return stored_path(self.path)


def stored_path(path: str) -> str | bytes:
    """Returns a path as the archive keeps it: bytes where it is no text in UTF-8."""
    return path if storable(path) == path else os.fsencode(path)


def shown_path(stored: str | bytes) -> str:
    """Returns a path that the archive keeps as Python's own functions take it."""
    return os.fsdecode(stored)


class Writer:
    """Writes into an archive. Whoever calls it holds a `transaction`."""

    def __init__(self, connection: sqlite3.Connection, run_id: int | None = None) -> None:
        self._connection = connection
        self._tables = tuple(INSERTS)
        self.run_id = run_id

    def put(self, file: File, *entries: Entry) -> None:
        """Writes the documents of a file; they take the place of those that it had before.

        A document that is there already, from the same bytes and by the same parser, stays and gets one more source.
        """
        source_id = self._source(file, "parsed")
        self._link(source_id, [self._document(entry) for entry in entries])

    def keep(self, file: File, sha256: str) -> bool:
        """Notes that a file holds the documents that the same bytes gave before; false if there are none any more."""
        found = self._connection.execute(
            "SELECT document_id FROM documents WHERE sha256 = ? ORDER BY document_id", (sha256,)
        ).fetchall()
        if not found:
            return False
        self._link(self._source(file, "parsed"), [name for (name,) in found])
        return True

    def fail(self, file: File, error: NqparseError) -> None:
        """Notes that a file could not be parsed.

        Documents that other bytes of it gave are taken out. Those of the same bytes, parsed before, stay; so do all of
        them where its bytes could not even be read: nothing is to be lost for a disk that is away.
        """
        source_id = self._source(file, "failed", error)
        if file.sha256 is not None:
            query = (
                "SELECT document_id FROM document_sources JOIN documents USING (document_id) "
                "WHERE source_id = ? AND sha256 = ? ORDER BY part"
            )
            still = self._connection.execute(query, (source_id, file.sha256)).fetchall()
            self._link(source_id, [name for (name,) in still])

    def touch(self, file: File) -> None:
        """Notes that a file holds what it held before, though its time or size said otherwise, or it had been gone."""
        self._connection.execute(
            "UPDATE sources SET size = ?, modified_ns = ?, run_id = ?, "
            "state = CASE WHEN error_code IS NULL THEN 'parsed' ELSE 'failed' END WHERE path = ?",
            (file.size, file.modified_ns, self.run_id, file.key),
        )

    def miss(self, file: File) -> bool:
        """Notes that a file is not there any more; its documents stay. False if it was never there."""
        query = "UPDATE sources SET state = 'gone' WHERE path = ?"
        return self._connection.execute(query, (file.key,)).rowcount > 0

    def _source(self, file: File, state: str, error: NqparseError | None = None) -> int:
        values = (
            file.key, file.sha256, file.size, file.modified_ns, state,
            None if error is None else type(error).__name__,
            None if error is None else storable(error.say("en")),
            None if error is None else storable(error.say("vi")),
            self.run_id,
        )  # fmt: skip
        self._connection.execute(
            "INSERT INTO sources (path, sha256, size, modified_ns, state, error_code, error, error_vi, run_id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256, "
            "size = excluded.size, modified_ns = excluded.modified_ns, state = excluded.state, "
            "error_code = excluded.error_code, error = excluded.error, error_vi = excluded.error_vi, "
            "run_id = excluded.run_id",
            values,
        )
        found = self._connection.execute("SELECT source_id FROM sources WHERE path = ?", values[:1]).fetchone()
        return int(found[0])

    def _document(self, entry: Entry) -> str:
        """Writes a document, and returns its id."""
        entry, version = self._named(entry)
        if version == entry.parser_version:
            if entry.pages and self._lacks_pages(entry.document_id):
                put_pages(self._connection, entry.document_id, entry.pages)
            return entry.document_id
        if version is not None:
            remove_document(self._connection, entry.document_id)
            for table in self._tables:
                self._connection.execute(
                    f"DELETE FROM {quoted(table)} WHERE document_id = ?", (entry.document_id,)
                )
        self._connection.execute(
            "INSERT INTO documents (document_id, sha256, parser_version, json, run_id) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (document_id) DO UPDATE SET parser_version = excluded.parser_version, json = excluded.json, "
            "run_id = excluded.run_id",
            (entry.document_id, entry.sha256, entry.parser_version, entry.json, self.run_id),
        )
        for table, rows in entry.rows.items():
            self._connection.executemany(INSERTS[table], rows)
        index_document(self._connection, entry.document_id, entry.indexed or unpack(entry.json))
        if entry.pages or version is not None:
            put_pages(self._connection, entry.document_id, entry.pages)
        return entry.document_id

    def _lacks_pages(self, document_id: str) -> bool:
        query = f"SELECT 1 FROM documents WHERE document_id = ? AND {LACKING}"
        return self._connection.execute(query, (document_id,)).fetchone() is not None

    def _named(self, entry: Entry) -> tuple[Entry, str | None]:
        """Returns the entry under its id in this archive, and the parser's version of what is there under it."""
        number, name = 1, entry.document_id
        while True:
            found = self._connection.execute(
                "SELECT sha256, parser_version FROM documents WHERE document_id = ?", (name,)
            ).fetchone()
            if found is None or found[0] == entry.sha256:
                return (entry if number == 1 else entry.renamed(name)), found and str(found[1])
            number += 1  # other bytes whose hash begins with the same 16 digits
            name = f"{entry.document_id}-{number}"

    def _link(self, source_id: int, documents: list[str]) -> None:
        """Notes which documents a file holds, and takes out those that no file holds any more."""
        before = self._connection.execute(
            "SELECT document_id FROM document_sources WHERE source_id = ? ORDER BY part", (source_id,)
        ).fetchall()
        if [name for (name,) in before] == documents:
            return
        self._connection.execute("DELETE FROM document_sources WHERE source_id = ?", (source_id,))
        self._connection.executemany(
            "INSERT INTO document_sources (source_id, part, document_id) VALUES (?, ?, ?)",
            [(source_id, part, name) for part, name in enumerate(documents)],
        )
        for (name,) in before:
            held = self._connection.execute("SELECT 1 FROM document_sources WHERE document_id = ?", (name,)).fetchone()
            if held is None:
                remove_document(self._connection, name)
                self._connection.execute("DELETE FROM documents WHERE document_id = ?", (name,))


def now() -> str:
    """Returns the time as runs note it: ISO 8601, UTC, whole seconds."""
    return datetime.now(timezone.utc).replace(microsecond=0).isoformat()
