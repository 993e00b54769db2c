"""What a worker of the cluster does: it parses the files of a part and writes the part's file.

A worker may die at any time: a machine goes, or a file takes more memory than there is. Another worker then does the
part from its beginning. So that a file that kills whoever reads it does not do so for ever, each file is noted in a
journal before it is begun and when it is done: the one that three workers did not come back from has failed.
"""

from __future__ import annotations

import gzip
import os
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from nqparse.archive.adding import result_of
from nqparse.archive.entry import unpack
from nqparse.archive.pool import Answer
from nqparse.archive.worker import Result, ready
from nqparse.distributed import part as parts
from nqparse.distributed.part import Part
from nqparse.errors import NqparseError
from nqparse.files import whole_file

DEATHS = 3  # that a file is tried to be read through
JOURNALS = "running"
_worker = lru_cache(maxsize=2)(ready)  # a process does many parts of a run


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the files of a part; it is all that travels back from a worker.

    Attributes:
        states: number of files by what became of them.
        codes: number of diagnostics in their documents, by code.
        failures: path and error of each file that failed.
    """

    states: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, NqparseError]] = field(default_factory=list)

    def add(self, result: Result) -> None:
        """Counts a file."""
        self.states[result.state] += 1
        for entry in result.entries:
            self.codes.update(entry.codes)
        if result.error is not None:
            self.failures.append((result.file.path, result.error))

    @classmethod
    def of(cls, results: Iterable[Result]) -> Summary:
        """Counts the files of a part."""
        summary = cls()
        for result in results:
            summary.add(result)
        return summary


def work(part: Part, name: str) -> Summary:
    """Does a part, unless its file is there.

    Raises:
        OutputError: if the part cannot be written.
    """
    target = parts.path_of(part.out, name)
    if target.exists():
        return Summary.of(parts.read(target))
    journal = Path(part.out) / JOURNALS / f"{name}.log"
    journal.parent.mkdir(parents=True, exist_ok=True)
    died = _unfinished(journal)
    worker = _worker(part.order)
    results = []
    with journal.open("ab", buffering=0) as log:  # what is written to the system stays when the process dies
        for number, task in enumerate(part.tasks):
            if died[number] >= DEATHS:
                results.append(result_of(Answer(task, None)))
                continue
            log.write(b"+%d\n" % number)
            results.append(worker.work(task))
            log.write(b"-%d\n" % number)
    if part.tables:
        _write_tables(part.out, name, results)
    parts.write(target, results)
    with suppress(OSError):  # another worker may have done the same
        journal.unlink()
    return Summary.of(results)


def _unfinished(journal: Path) -> Counter[int]:
    """Returns how often each file of a part was begun and not ended."""
    found: Counter[int] = Counter()
    if journal.exists():
        for line in journal.read_bytes().split():
            found[int(line[1:])] += 1 if line[:1] == b"+" else -1
    return found


def _write_tables(out: str, name: str, results: list[Result]) -> None:
    """Writes the documents of a part as JSON Lines, and their tables as Parquet, one folder a table."""
    from nqparse.export import parquet  # noqa: PLC0415  (needs an extra)

    documents = [unpack(entry.json) for result in results for entry in result.entries]
    with (
        whole_file(Path(out) / "documents" / f"{name}.jsonl.gz") as target,
        gzip.GzipFile("", "wb", mtime=0, fileobj=target) as stream,
    ):
        for document in documents:
            stream.write(document.to_json().encode() + b"\n")
    tables = Path(out) / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=tables, prefix=".") as folder:
        with parquet.writing(Path(folder)) as put:
            for document in documents:
                put(document)
        for file in Path(folder).glob("*.parquet"):
            (tables / file.stem).mkdir(exist_ok=True)
            os.replace(file, tables / file.stem / f"{name}.parquet")
