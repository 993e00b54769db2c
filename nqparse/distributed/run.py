"""Runs on a cluster: parsing files into parts, and merging parts into an archive."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nqparse import batch
from nqparse.archive.adding import Report, Settings, Watch, result_of
from nqparse.archive.adding import add as add_files
from nqparse.archive.archive import Archive
from nqparse.archive.lock import alone
from nqparse.archive.pool import Answer
from nqparse.archive.store import Writer, now, telling, transaction
from nqparse.archive.version import parser_version
from nqparse.archive.worker import Order, Result, Task
from nqparse.distributed import part as parts
from nqparse.distributed.pool import FILES, ClusterPool
from nqparse.distributed.work import JOURNALS, Summary
from nqparse.errors import InputError, NqparseError
from nqparse.source.ocr.options import OcrChoice

if TYPE_CHECKING:
    from distributed import Client

_TICK = 0.5  # seconds
_LIST = "parts.txt"  # which parts make a run, in its folder
Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


@dataclass(slots=True)
class Outcome:
    """What became of the files of a run that wrote parts.

    Attributes:
        out: the folder of the run.
        parts: the names of its parts.
        parsed: files that were parsed.
        failed: files that could not be.
        diagnostics: number of diagnostics in the documents, by code.
        failures: path and error of each file that failed.
    """

    out: Path
    parts: list[str] = field(default_factory=list)
    parsed: int = 0
    failed: int = 0
    diagnostics: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, NqparseError]] = field(default_factory=list)


def parse_files(
    paths: Paths,
    client: Client,
    out: str | os.PathLike[str],
    *,
    tables: bool = True,
    rules: str | os.PathLike[str] | None = None,
    encoding: str | None = None,
    ocr: OcrChoice = "auto",
    files: int = FILES,
) -> Outcome:
    """Parses files on a cluster; the workers write what they find into a folder, in parts.

    The folder gets `parts/` (what `merge` reads), and with `tables` `documents/` (JSON Lines of the contract) and
    `tables/NAME/` (Parquet, a folder a table). A run that was broken off is taken up by the same call: parts that are
    there are not done again.

    Args:
        paths: files, and folders whose documents are parsed; workers see them under the same paths.
        client: connected to the cluster (`distributed.Client`).
        out: the folder, which workers see under the same path, too.
        tables: also write JSON Lines and Parquet, which needs pyarrow on the workers.
        rules: a folder of rules to add.
        encoding: the encoding to decode with, instead of the one that is found.
        ocr: how pages that are pictures are read.
        files: how many files make a part.

    Raises:
        InputError: if a folder is not there or holds nothing to read.
        OutputError: if the folder cannot be written.
    """
    folder = Path(out).absolute()
    version = parser_version(rules=None if rules is None else Path(rules), encoding=encoding, ocr=ocr)
    order = Order("", version, rules=None if rules is None else os.path.abspath(rules), encoding=encoding, ocr=ocr)
    found = (
        Task(path, source.name or os.path.basename(path))
        for source in batch.each_input(_listed(paths), {})
        for path in (os.path.abspath(str(source.path)),)
    )
    outcome = Outcome(folder)
    with ClusterPool(client, str(folder), order, tables=tables, files=files) as pool:
        for done in pool.parts(found, _TICK):
            if done is not None:
                lost = (result_of(Answer(task, None)) for task in done.part.tasks)
                _count(outcome, done.summary or Summary.of(lost))
    outcome.parts = sorted(pool.names)
    batch.write_file(folder / _LIST, "".join(f"{name}\n" for name in outcome.parts))
    shutil.rmtree(folder / JOURNALS, ignore_errors=True)
    return outcome


def merge(out: str | os.PathLike[str], archive: str | os.PathLike[str]) -> Report:
    """Writes the parts of a run into an archive; nothing is parsed.

    Each part is one transaction. What is in the archive already stays as it is, so that a merge that was broken off is
    taken up by the same call.

    Args:
        out: the folder that `parse_files` wrote.
        archive: the folder of the archive, or its file; it is made if there is none.

    Returns:
        What became of the files.

    Raises:
        InputError: if the folder holds no whole run, or a part is damaged.
        OutputError: if the archive cannot be written.
    """
    folder = Path(out)
    names = _parts_of(folder)
    with Archive(archive, mode="a") as opened, alone(opened.path), telling(opened.path):
        connection = opened.connection
        started = now()
        cursor = connection.execute("INSERT INTO runs (started, version) VALUES (?, ?)", (started, parser_version()))
        report = Report(int(cursor.lastrowid or 0), parser_version(), started)
        writer = Writer(connection, report.run_id)
        for name in names:
            with transaction(connection):
                for result in parts.read(parts.path_of(str(folder), name)):
                    _write(writer, report, result)
        report.ended = now()
        connection.execute(
            "UPDATE runs SET parsed = ?, failed = ?, ended = ? WHERE run_id = ?",
            (report.parsed, report.failed, report.ended, report.run_id),
        )
        opened.describe()
    return report


def add(
    archive: Archive,
    paths: Paths,
    client: Client,
    *,
    again: bool = False,
    rules: str | os.PathLike[str] | None = None,
    encoding: str | None = None,
    ocr: OcrChoice = "auto",
    watch: Watch | None = None,
    files: int = FILES,
) -> Report:
    """Adds files to an archive as `Archive.add` does, with a cluster that parses them.

    The workers write their parts into a folder beside the archive's file, which is taken away when all is in the
    archive; they see it, and the files, under the same paths as this process does. A run that was broken off is taken
    up by the same call.

    Args:
        archive: the archive, open for writing.
        paths: files, and folders whose documents are added.
        client: connected to the cluster (`distributed.Client`).
        again: parse files again that failed, or that another version or other settings parsed.
        rules: a folder of rules to add.
        encoding: the encoding to decode with, instead of the one that is found.
        ocr: how pages that are pictures are read.
        watch: is told the name of each file that is done, how many are, of how many, and its error or None.
        files: how many files make a part.

    Raises:
        UsageError: if the archive is open for reading only.
        InputError: if a folder is not there or holds nothing to read.
        OutputError: if another process adds to the archive, or it cannot be written.
    """
    archive.refuse_reading()
    archive.describe()
    folder = archive.path.absolute().with_name(f"{archive.path.name}.parts")

    def pool(order: Order) -> ClusterPool:
        # Workers on other machines must not read the file of the archive over the net.
        return ClusterPool(client, str(folder), replace(order, archive=""), files=files)

    settings = Settings(0, again, None if rules is None else Path(rules).absolute(), encoding, ocr)
    report = add_files(archive.connection, archive.path, _listed(paths), settings, watch, pool)
    shutil.rmtree(folder, ignore_errors=True)
    return report


def _listed(paths: Paths) -> list[str]:
    return [os.fspath(path) for path in ([paths] if isinstance(paths, (str, os.PathLike)) else paths)]


def _count(outcome: Outcome, summary: Summary) -> None:
    outcome.parsed += summary.states["parsed"]
    outcome.failed += len(summary.failures)
    outcome.failures += summary.failures
    outcome.diagnostics.update(summary.codes)


def _parts_of(folder: Path) -> Sequence[str]:
    try:
        return (folder / _LIST).read_text("utf-8").split()
    except OSError:
        raise InputError(
            f"{folder}: there is no finished run in this folder", f"{folder}: thư mục không có lượt chạy hoàn chỉnh",
            hint_en="Call parse_files with this folder again; it goes on where it was broken off.",
            hint_vi="Gọi lại parse_files với thư mục này để chạy tiếp.",
        ) from None  # fmt: skip


def _write(writer: Writer, report: Report, result: Result) -> None:
    report.files += 1
    if result.error is not None:
        if result.state == "missing":
            writer.miss(result.file)
        else:
            writer.fail(result.file, result.error)
        report.failed += 1
        report.errors[type(result.error).__name__] += 1
        report.failures.append((result.file.path, result.error))
        return
    writer.put(result.file, *result.entries)
    report.parsed += 1
    for entry in result.entries:
        report.diagnostics.update(entry.codes)
