"""Is an archive still whole? Its file, its documents, the rows made from them, and the files that they came from."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from nqparse.archive.entry import rows_of, unpack
from nqparse.archive.layouts import pages_of
from nqparse.archive.schema import quoted
from nqparse.archive.store import shown_path
from nqparse.archive.worker import identified
from nqparse.export.tables_of_entities import TABLES


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be: of the file itself (`where` is empty), a document, or a source."""

    where: str
    en: str
    vi: str


def verify(
    connection: sqlite3.Connection, *, files: bool = False, watch: Callable[[str, int, int], None] | None = None
) -> Iterator[Problem]:
    """Yields what is wrong with an archive; nothing is written.

    Args:
        connection: the archive.
        files: also read every file that it knows, and compare its hash.
        watch: is told what has been looked at, how many things have been, and of how many.
    """
    yield from _of_the_file(connection)
    names = [name for (name,) in connection.execute("SELECT document_id FROM documents ORDER BY document_id")]
    query = "SELECT path, sha256 FROM sources WHERE sha256 IS NOT NULL ORDER BY path"
    sources = connection.execute(query).fetchall() if files else []
    total = len(names) + len(sources)
    for done, name in enumerate(names, 1):
        connection.execute("BEGIN")  # what is written meanwhile must not be taken for a difference
        try:
            problems = list(_of_a_document(connection, name))
        finally:
            connection.rollback()
        yield from problems
        if watch is not None:
            watch(name, done, total)
    for done, (stored, digest) in enumerate(sources, len(names) + 1):
        yield from _of_a_source(shown_path(stored), digest)
        if watch is not None:
            watch(shown_path(stored), done, total)


def _of_the_file(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (told,) in connection.execute("PRAGMA integrity_check"):
        if told != "ok":
            yield Problem("", f"the file is damaged: {told}", f"tệp kho bị hỏng: {told}")
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem("", f"a row of {table} refers to nothing", f"một dòng của {table} không có tham chiếu")
    unheld = "SELECT document_id FROM documents WHERE document_id NOT IN (SELECT document_id FROM document_sources)"
    for (name,) in connection.execute(unheld):
        yield Problem(name, "no file holds this document", "không có tệp nào chứa văn bản này")


def _of_a_document(connection: sqlite3.Connection, name: str) -> Iterator[Problem]:
    row = connection.execute("SELECT json FROM documents WHERE document_id = ?", (name,)).fetchone()
    if row is None:  # taken out meanwhile
        return
    try:
        document = unpack(row[0])
    except (zlib.error, ValidationError, UnicodeDecodeError):
        yield Problem(name, "its JSON is damaged", "JSON bị hỏng")
        return
    wanted = rows_of(document, name)
    for table in TABLES:
        columns = ", ".join(quoted(column.name) for column in table.all_columns)
        order = ", ".join(table.key)
        query = f"SELECT {columns} FROM {quoted(table.name)} WHERE document_id = ? ORDER BY {order}"
        if connection.execute(query, (name,)).fetchall() != wanted.get(table.name, []):
            yield Problem(
                name,
                f"its rows in {table.name} are not those of its JSON",
                f"các dòng trong {table.name} khác với JSON",
            )
    try:
        pages = pages_of(connection, name)
    except (zlib.error, ValueError, IndexError):
        pages = None
    if pages is None or any(page.end > len(document.text) for page in pages):
        yield Problem(name, "where it stands on its pages is damaged", "vị trí chữ trên các trang bị hỏng")


def _of_a_source(path: str, digest: str) -> Iterator[Problem]:
    try:
        found = identified(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Problem(path, f"cannot be read: {reason}", f"không đọc được ({reason})")
        return
    if found.sha256 != digest:
        yield Problem(path, "holds other bytes than when it was added", "nội dung đã khác so với khi thêm")
