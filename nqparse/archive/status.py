"""What an archive has to say of itself: figures, failures, and which files have changed or are gone since."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nqparse.archive.store import shown_path


@dataclass(frozen=True, slots=True)
class Run:
    """A run of `nqparse archive add`; `ended` is None while it goes on, and where it was broken off."""

    run_id: int
    started: str
    ended: str | None
    version: str
    parsed: int
    failed: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be parsed."""

    path: str
    kind: str
    error: str
    error_vi: str


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A file that an archive knows.

    Attributes:
        path: its whole path.
        state: parsed, failed or gone.
        sha256: the hash of its bytes when it was last read, None where they could not be.
        size: its size in bytes then.
        documents: the ids of the documents that it holds.
    """

    path: str
    state: str
    sha256: str | None
    size: int | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The figures of an archive.

    Attributes:
        path: its file.
        bytes: size of the file with its log.
        schema_version: version of its layout.
        documents: number of documents.
        sources: number of files that are known.
        failed: number of files that could not be parsed.
        gone: number of files that are not there any more.
        changed: number of files whose time or size is not that of when they were read.
        failures: number of failed files by kind of error.
        versions: number of documents by what parsed them.
        diagnostics: number of diagnostics by code.
        last_run: the last run, None if there was none.
    """

    path: str
    bytes: int
    schema_version: int
    documents: int
    sources: int
    failed: int
    gone: int
    changed: int
    failures: dict[str, int]
    versions: dict[str, int]
    diagnostics: dict[str, int]
    last_run: Run | None

    def to_dict(self) -> dict[str, Any]:
        """Returns the figures for JSON."""
        return asdict(self)


def status_of(connection: sqlite3.Connection, file: Path) -> Status:
    """Returns the figures of an archive; every file that it knows is looked at, none is read."""
    gone = changed = failed = count = 0
    for stored, size, modified, state in connection.execute("SELECT path, size, modified_ns, state FROM sources"):
        count += 1
        failed += state == "failed"
        try:
            now: Any = os.stat(shown_path(stored))
        except (OSError, ValueError):
            gone += 1
            continue
        changed += size is not None and (now.st_size, now.st_mtime_ns) != (size, modified)
    return Status(
        path=str(file),
        bytes=sum(part.stat().st_size for part in (file, file.with_name(f"{file.name}-wal")) if part.exists()),
        schema_version=_one(connection, "PRAGMA user_version"),
        documents=_one(connection, "SELECT count(*) FROM documents"),
        sources=count,
        failed=failed,
        gone=gone,
        changed=changed,
        failures=_counts(connection, "SELECT error_code, count(*) FROM sources WHERE state = 'failed' GROUP BY 1"),
        versions=_counts(connection, "SELECT parser_version, count(*) FROM documents GROUP BY 1"),
        diagnostics=_counts(connection, "SELECT code, count(*) FROM diagnostics GROUP BY 1"),
        last_run=last_run(connection),
    )


def last_run(connection: sqlite3.Connection) -> Run | None:
    """Returns the last run, None if there was none."""
    row = connection.execute(
        "SELECT run_id, started, ended, version, parsed, failed, skipped FROM runs ORDER BY run_id DESC LIMIT 1"
    ).fetchone()
    return None if row is None else Run(*row)


def sources_of(connection: sqlite3.Connection) -> Iterator[SourceRecord]:
    """Yields the files that an archive knows, by path."""
    rows = connection.execute("SELECT source_id, path, state, sha256, size FROM sources ORDER BY path")
    for source_id, path, state, sha256, size in rows:
        held = connection.execute(
            "SELECT document_id FROM document_sources WHERE source_id = ? ORDER BY part", (source_id,)
        )
        yield SourceRecord(shown_path(path), state, sha256, size, tuple(name for (name,) in held))


def failures_of(connection: sqlite3.Connection) -> list[Failure]:
    """Returns the files that could not be parsed, by path."""
    rows = connection.execute(
        "SELECT path, error_code, error, error_vi FROM sources WHERE state = 'failed' ORDER BY path"
    )
    return [Failure(shown_path(path), code, error, error_vi) for path, code, error, error_vi in rows]


def _one(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _counts(connection: sqlite3.Connection, query: str) -> dict[str, int]:
    return dict(sorted(connection.execute(query)))
