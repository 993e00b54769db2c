"""One run of `nqparse archive add`: which files are new, the workers that parse them, and the report.

The process that runs this only looks at names and times and inserts what the workers made ready. How much it holds does
not depend on how many files there are.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol

from nqparse import batch
from nqparse.archive.layouts import LACKING
from nqparse.archive.lock import alone
from nqparse.archive.pool import Answer, Pool
from nqparse.archive.store import File, Writer, now, shown_path, stored_path, telling
from nqparse.archive.version import parser_version
from nqparse.archive.worker import Order, Result, Task, identified
from nqparse.errors import Bug, InputError, NqparseError, OutputError, UsageError
from nqparse.source.ocr.options import OcrChoice

_FILES = 64  # a transaction holds no more files than that,
_SECONDS = 0.5  # and is open no longer: what a kill can cost, and how long others wait to write

# The rows of a document go to many places of a large file: pages are kept for longer before they are written.
_PRAGMAS = ("cache_size = -16000", "wal_autocheckpoint = 4000")
# What SQLite says of a value that it cannot hold, such as a text of more than a billion bytes.
_UNFIT = (
    sqlite3.DataError, sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError, OverflowError,
    UnicodeEncodeError,
)  # fmt: skip


class LostWorkerError(InputError):
    """The process that parsed a file died of it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How files are read.

    Attributes:
        jobs: how many processes parse; 0 is one per core.
        again: parse files again that failed, or that another version or other settings parsed.
        rules: a folder of rules to add.
        encoding: the encoding to decode with, instead of the one that is found.
        ocr: how pages that are pictures are read.
    """

    jobs: int = 0
    again: bool = False
    rules: Path | None = None
    encoding: str | None = None
    ocr: OcrChoice = "auto"


@dataclass(slots=True)
class Report:
    """What became of the files of a run.

    Attributes:
        run_id: the run's number in the table `runs`.
        version: what the documents were parsed by.
        started: when it began, ISO 8601 in UTC.
        ended: when it ended.
        seconds: how long it took.
        files: number of files that were found.
        parsed: files that were parsed.
        known: files whose bytes were in the archive from another file: it is one document with two sources.
        skipped: files that had not changed.
        failed: files that could not be read or parsed.
        gone: files of earlier runs that are not in their folder any more; their documents stay.
        failed_before: those of the skipped that failed in an earlier run.
        other_version: those of the skipped that another version or other settings parsed.
        diagnostics: number of diagnostics in the parsed documents, by code.
        errors: number of failures by kind.
        failures: path and error of each file that failed.
        left_out: endings of the files in the folders that are of other kinds, with their number.
    """

    run_id: int
    version: str
    started: str
    ended: str | None = None
    seconds: float = 0.0
    files: int = 0
    parsed: int = 0
    known: int = 0
    skipped: int = 0
    failed: int = 0
    gone: int = 0
    failed_before: int = 0
    other_version: int = 0
    diagnostics: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, NqparseError]] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Returns the report for JSON."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        plain["seconds"] = round(self.seconds, 3)
        plain["diagnostics"] = dict(sorted(self.diagnostics.items()))
        plain["errors"] = dict(sorted(self.errors.items()))
        plain["failures"] = [
            {"path": path, "kind": _kind(error), "error": error.say("en"), "error_vi": error.say("vi")}
            for path, error in self.failures
        ]
        return plain


Watch = Callable[[str, int, int, NqparseError | None], None]
"""Is told the name of each file that is done, how many are, of how many, and why it failed if it did."""


class Workers(Protocol):
    """What parses the files: processes on this machine (`nqparse.archive.pool`), or a cluster."""

    def run(self, tasks: Iterable[Task], tick: float) -> Iterator[Answer[Task] | None]:
        """Yields what became of the tasks, as pickled results, and None when nothing did for `tick` seconds."""

    def __enter__(self) -> Workers:
        """Begins."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends, also where not all tasks were done."""


def add(
    connection: sqlite3.Connection,
    file: Path,
    paths: Sequence[str],
    settings: Settings,
    watch: Watch | None = None,
    workers: Callable[[Order], Workers] | None = None,
) -> Report:
    """Adds files to an archive.

    Args:
        connection: the archive, open for writing.
        file: its file.
        paths: files, and folders whose documents are added.
        settings: how they are read.
        watch: is told how it goes on.
        workers: makes what parses the files; None takes `settings.jobs` processes of this machine.

    Raises:
        InputError: if a folder is not there or holds nothing to read.
        InvalidRulesError: if the rules cannot be used.
        OutputError: if another process adds to the archive, or it cannot be written.
        UsageError: if stdin is among the paths.
    """
    if batch.STDIN in paths:
        raise UsageError("an archive takes files, not stdin", "kho lưu trữ nhận tệp, không nhận stdin")
    left_out: dict[str, int] = {}
    total = sum(1 for _ in batch.each_input(paths, left_out))  # so that it is known how much there is to do
    if settings.rules is not None:
        batch.parser(settings.rules)  # rules that cannot be used are told once, and before anything is written
    with alone(file), telling(file):
        run = _Run(connection, file, settings, watch)
        with closing(run):
            report = run.add(paths, total, workers)
    report.left_out = left_out
    return report


@dataclass(frozen=True, slots=True)
class _Known:
    """What the archive knows of a path."""

    sha256: str | None
    size: int | None
    modified_ns: int | None
    state: Literal["parsed", "failed", "gone"]
    other: bool


class _Run:
    def __init__(self, connection: sqlite3.Connection, file: Path, settings: Settings, watch: Watch | None) -> None:
        self._connection = connection
        self._settings = settings
        self._watch = watch
        version = parser_version(rules=settings.rules, encoding=settings.encoding, ocr=settings.ocr)
        self._order = Order(
            archive=str(file),
            version=version,
            again=settings.again,
            rules=None if settings.rules is None else str(settings.rules),
            encoding=settings.encoding,
            ocr=settings.ocr,
        )
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        started = now()
        cursor = connection.execute("INSERT INTO runs (started, version) VALUES (?, ?)", (started, version))
        self._report = Report(int(cursor.lastrowid or 0), version, started)
        self._writer = Writer(connection, self._report.run_id)
        self._begun = time.monotonic()
        self._open_since = 0.0
        self._in_it = 0
        self._done = 0
        self._fresh: list[Task] = []

    def close(self) -> None:
        """Takes back what is not committed: a file may be half written."""
        if self._connection.in_transaction:
            self._connection.rollback()

    def add(self, paths: Sequence[str], total: int, workers: Callable[[Order], Workers] | None) -> Report:
        """Adds the files, of which there are about `total`, and notes which of the folders' files are gone."""
        report = self._report
        report.files = total
        try:
            with (workers or self._processes)(self._order) as pool:
                self._work(pool, self._tasks(batch.each_input(paths, {})))
                self._work(pool, iter(self._fresh))
        except ChildProcessError as error:
            raise OutputError(f"the files cannot be parsed: {error}", f"không phân tích được ({error})") from None
        self._look_for_gone([path for path in paths if os.path.isdir(path)])
        report.files = self._done
        report.ended = now()
        report.seconds = time.monotonic() - self._begun
        self._commit(ended=report.ended)
        return report

    def _processes(self, order: Order) -> Pool[Task]:
        jobs = self._settings.jobs or os.cpu_count() or 1
        return Pool("nqparse.archive.worker", order.to_json(), jobs, Task.pack)

    # -- which files --------------------------------------------------------------------------

    def _tasks(self, inputs: Iterable[batch.Input]) -> Iterator[Task]:
        """Yields what is to be read; what has not changed since it was last read is only counted."""
        for source in inputs:
            path = os.path.abspath(str(source.path))
            name = source.name or os.path.basename(path)
            known = self._known(path)
            again = known is not None and self._settings.again and (known.other or known.state == "failed")
            if known is not None and not again and self._unchanged(path, known):
                self._skip(name, known)
            else:
                # What is to be parsed again must not be told by its hash that it is known.
                yield Task(path, name, known.sha256 if known is not None and not again else None)

    def _known(self, path: str) -> _Known | None:
        row = self._connection.execute(
            "SELECT sha256, size, modified_ns, state, EXISTS (SELECT 1 FROM document_sources AS s JOIN documents "
            "USING (document_id) WHERE s.source_id = sources.source_id "
            f"AND (parser_version <> ? OR ({LACKING}))) "
            "FROM sources WHERE path = ?",
            (self._order.version, stored_path(path)),
        ).fetchone()
        if row is None:
            return None
        digest, size, modified, state, other = row
        return _Known(digest, size, modified, state, bool(other))

    @staticmethod
    def _unchanged(path: str, known: _Known) -> bool:
        if known.sha256 is None or known.state == "gone":
            return False
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            return False  # the worker tells why
        return (status.st_size, status.st_mtime_ns) == (known.size, known.modified_ns)

    def _skip(self, name: str, known: _Known | None) -> None:
        self._report.skipped += 1
        if known is not None:
            self._report.failed_before += known.state == "failed"
            self._report.other_version += known.other
        self._tell(name)

    # -- what becomes of them -----------------------------------------------------------------

    def _work(self, pool: Workers, tasks: Iterator[Task]) -> None:
        for answer in pool.run(tasks, _SECONDS):
            if answer is not None:
                self._take(answer.task, result_of(answer))
            if self._in_it >= _FILES or (self._in_it and time.monotonic() - self._open_since >= _SECONDS):
                self._commit()

    def _take(self, task: Task, result: Result) -> None:
        """Writes what became of a file."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
            self._open_since = time.monotonic()
        self._in_it += 1
        report = self._report
        if result.state == "known" and not self._writer.keep(result.file, str(result.file.sha256)):
            # The only other file that held these bytes has just been found to hold others.
            self._fresh.append(Task(task.path, task.name, fresh=True))
            return
        if result.state == "known":
            report.known += 1
        elif result.state == "same":
            self._writer.touch(result.file)
            self._skip(task.name, self._known(task.path))
            return
        elif result.state == "parsed":
            result = self._put(result)
        if result.error is not None:
            if result.state == "failed":
                self._writer.fail(result.file, result.error)
            else:
                self._writer.miss(result.file)
            report.failed += 1
            report.errors[_kind(result.error)] += 1
            report.failures.append((task.path, result.error))
        self._tell(task.name, result.error)

    def _put(self, result: Result) -> Result:
        """Writes the documents of a file; what the archive cannot hold fails like what cannot be read."""
        self._connection.execute("SAVEPOINT put")
        try:
            self._writer.put(result.file, *result.entries)
        except _UNFIT as error:
            self._connection.execute("ROLLBACK TO put")
            result = Result(result.file, "failed", error=Bug.of(error, traceback.format_exc(), where=result.file.path))
        else:
            self._report.parsed += 1
            for entry in result.entries:
                self._report.diagnostics.update(entry.codes)
        self._connection.execute("RELEASE put")
        return result

    def _look_for_gone(self, folders: Sequence[str]) -> None:
        """Notes which files below the folders are not there any more."""
        inside = tuple(os.path.join(os.path.abspath(folder), "") for folder in folders)
        known = self._connection.execute("SELECT path FROM sources WHERE state <> 'gone'")
        paths = (shown_path(stored) for (stored,) in known)
        gone = [path for path in paths if path.startswith(inside) and not os.path.lexists(path)]
        if gone and not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
        for path in gone:
            self._writer.miss(File(path))
        self._report.gone = len(gone)

    def _commit(self, ended: str | None = None) -> None:
        """Ends the transaction, with the figures of the run up to here."""
        report = self._report
        self._connection.execute(
            "UPDATE runs SET parsed = ?, failed = ?, skipped = ?, ended = ? WHERE run_id = ?",
            (report.parsed, report.failed, report.skipped + report.known, ended, report.run_id),
        )
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")
        self._in_it = 0

    def _tell(self, name: str, error: NqparseError | None = None) -> None:
        self._done += 1
        if self._watch is not None:
            self._watch(name, self._done, self._report.files, error)


def result_of(answer: Answer[Task]) -> Result:
    """Returns what became of a file; the file of a worker that died has failed, too."""
    if answer.data is not None:
        result: Result = pickle.loads(answer.data)
        return result
    path = answer.task.path
    try:
        file = identified(path)
    except (OSError, ValueError):
        file = File(path)
    return Result(file, "failed", error=LostWorkerError(
        f"{path}: the process that parsed this file died, most often for want of memory",
        f"{path}: tiến trình phân tích tệp này đã chết, thường do thiếu bộ nhớ",
        hint_en="--again tries it once more.", hint_vi="--again sẽ thử lại.",
    ))  # fmt: skip


def _kind(error: NqparseError) -> str:
    return type(error).__name__
