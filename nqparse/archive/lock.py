"""Only one process adds to an archive at a time; others may read it, and write to it in short transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nqparse.errors import OutputError


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Holds the lock of an archive; it is free again when the process ends, however it does.

    The lock is that of an empty SQLite file beside it: SQLite knows how to lock a file on every system.

    Raises:
        OutputError: if another process holds it, or it cannot be made.
    """
    lock = file.with_name(f"{file.name}.lock")
    try:
        connection = sqlite3.connect(lock.absolute().as_uri(), uri=True, timeout=0)
    except sqlite3.OperationalError as error:
        raise OutputError(f"{lock}: cannot be written: {error}", f"{lock}: không ghi được ({error})") from None
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise OutputError(f"{lock}: cannot be written: {error}", f"{lock}: không ghi được ({error})") from None
            raise OutputError(
                f"{file}: another nqparse is adding to this archive",
                f"{file}: một tiến trình nqparse khác đang thêm vào kho",
                hint_en="Wait until it has finished; reading and searching go on meanwhile.",
                hint_vi="Hãy đợi tiến trình đó xong; vẫn có thể đọc và tìm kiếm trong lúc chờ.",
            ) from None
        yield
    finally:
        connection.close()
