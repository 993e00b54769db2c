"""Questions in SQL that only read: an archive can be asked anything, and nothing that is asked can change it.

Three things see to it: the file is opened for reading, the connection refuses to write, and an authorizer lets through
only what reading takes, so that neither other files can be attached nor settings changed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from time import monotonic
from typing import Any

from nqparse.archive.store import open_file
from nqparse.errors import UsageError

_READS = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE))
# What tells of the file and changes nothing; FTS5 asks for the last one itself.
_TELLING = frozenset((
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    "compile_options", "data_version",
))  # fmt: skip
# These read files and libraries, or switch off safeguards.
_FUNCTIONS = frozenset(("load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"))
_STEPS = 20_000  # of SQLite's machine between two looks at the clock


class SqlError(UsageError):
    """A question in SQL that cannot be answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows; values are what SQLite has: text, integers, floats, bytes, None."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yields the rows as dictionaries."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def __len__(self) -> int:
        return len(self.rows)


def ask(path: str | os.PathLike[str], sql: str, *, seconds: float | None = None) -> Answer:
    """Answers a question.

    Args:
        path: the archive.
        sql: the question, one SELECT (or WITH, VALUES, EXPLAIN).
        seconds: how long it may take; None for as long as it takes.

    Raises:
        SqlError: if it cannot be answered, wants to write, or takes longer.
        ArchiveError: if there is no archive.
    """
    with closing(open_file(path, "r")) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        refused: list[str] = []
        connection.set_authorizer(_authorizer(refused))
        if seconds is not None:
            end = monotonic() + seconds
            connection.set_progress_handler(lambda: monotonic() > end, _STEPS)
        try:
            cursor = connection.execute(sql)
            rows = cursor.fetchall()
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
            raise _told(error, seconds, refused=bool(refused)) from None
        if cursor.description is None:
            raise SqlError(
                "the query asks for nothing", "câu truy vấn không hỏi gì",
                hint_en='Write it like this: "SELECT symbol, title FROM resolutions".',
                hint_vi='Viết như sau: "SELECT symbol, title FROM resolutions".',
            )  # fmt: skip
        return Answer([str(column[0]) for column in cursor.description], rows)


def _authorizer(refused: list[str]) -> Any:
    def allow(action: int, first: str | None, second: str | None, database: str | None, inside: str | None) -> int:
        if action == sqlite3.SQLITE_FUNCTION:
            allowed = (second or "").lower() not in _FUNCTIONS
        elif action == sqlite3.SQLITE_PRAGMA:
            allowed = (first or "").lower() in _TELLING
        else:
            # Opening a virtual table, SQLite notes its columns in its own memory of the schema. Nobody else can.
            schema = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"
            allowed = schema or action in _READS
        if not allowed:
            refused.append(first or "")
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    return allow


def _told(error: Exception, seconds: float | None, *, refused: bool) -> SqlError:
    """Returns the error for the user, in one sentence."""
    what = " ".join(str(error).split())
    if "interrupted" in what:
        return SqlError(
            f"the query took longer than {seconds:g} seconds", f"truy vấn chạy quá {seconds:g} giây",
            hint_en="Give it more time with --seconds, or ask for less.",
            hint_vi="Cho thêm thời gian bằng --seconds, hoặc hỏi ít hơn.",
        )  # fmt: skip
    if "one statement" in what:
        return SqlError("only one query can be asked at a time", "mỗi lần chỉ hỏi được một truy vấn")
    if refused or "readonly" in what:
        return SqlError(
            "a query can only read the archive", "truy vấn chỉ được đọc kho",
            hint_en="Ask with SELECT; nqparse archive add changes what is there.",
            hint_vi="Hãy dùng SELECT; nqparse archive add thay đổi nội dung kho.",
        )  # fmt: skip
    return SqlError(
        f"the query cannot be answered: {what}", f"không trả lời được truy vấn: {what}",
        hint_en="`nqparse query --tables` lists what can be asked.",
        hint_vi="`nqparse query --tables` liệt kê các bảng có thể hỏi.",
    )  # fmt: skip
