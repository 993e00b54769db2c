"""What a worker process of `nqparse archive add` does: from a path to an entry that only has to be inserted.

A file whose bytes are in the archive already is not parsed again; the worker looks that up by itself, read-only.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pickle
import sqlite3
import traceback
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from nqparse import batch
from nqparse.archive.entry import Entry
from nqparse.archive.layouts import LACKING
from nqparse.archive.pool import READY
from nqparse.archive.store import File, open_file
from nqparse.errors import Bug, InputError, NqparseError
from nqparse.source import guard, read
from nqparse.source.ocr.options import OcrChoice, OcrOptions

_PIECE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Order:
    """How a worker works.

    Attributes:
        archive: the file of the archive, where it looks up what is there; "" where it cannot be seen.
        version: what its documents are parsed by (`nqparse.archive.version`).
        again: whether a document that another version parsed is to be parsed again.
        rules: the folder of rules that are added.
        encoding: the encoding to decode with, instead of the one that is found.
        ocr: how pages that are pictures are read.
    """

    archive: str
    version: str
    again: bool = False
    rules: str | None = None
    encoding: str | None = None
    ocr: OcrChoice = "auto"

    def to_json(self) -> str:
        """Returns the order as a worker gets it."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read.

    Attributes:
        path: its whole path.
        name: what to call it in the document.
        sha256: the hash of what it held when it was last read, None where it has to be read whatever it holds.
        fresh: whether it has to be parsed although its bytes may be in the archive.
    """

    path: str
    name: str
    sha256: str | None = None
    fresh: bool = False

    def pack(self) -> bytes:
        """Returns the task as a message."""
        return pickle.dumps((self.path, self.name, self.sha256, self.fresh))

    @staticmethod
    def unpack(data: bytes) -> Task:
        """Returns the task of a message."""
        return Task(*pickle.loads(data))


State = Literal["parsed", "same", "known", "failed", "missing"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file.

    Attributes:
        file: the file as it was read.
        state: `parsed`; `same`: it holds what it held before; `known`: its bytes are in the archive from another file;
            `failed`; or `missing`: it is not there any more.
        entries: its documents, if they were parsed.
        error: why it failed.
    """

    file: File
    state: State
    entries: tuple[Entry, ...] = ()
    error: NqparseError | None = None


def main(order: str) -> None:
    """Works until nobody gives tasks any more."""
    worker = ready(Order(**json.loads(order)))
    gc.set_threshold(100_000)
    with contextlib.suppress(OSError, KeyboardInterrupt):  # whoever asked has gone
        guard.serve(worker.answer, greeting=READY)


def ready(order: Order) -> Worker:
    """Returns a worker that has its rules."""
    worker = Worker(order)
    batch.parser(worker.rules)
    # The rules stay for ever: looking for garbage among them takes a tenth of the time.
    gc.freeze()
    return worker


class Worker:
    """Reads and parses files."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self.rules = Path(order.rules) if order.rules else None
        self._ocr = OcrOptions(order.ocr)
        self._archive: sqlite3.Connection | None = open_file(order.archive, "r") if order.archive else None

    def answer(self, message: bytes) -> bytes:
        """Returns the pickled result of a task."""
        return pickle.dumps(self.work(Task.unpack(message)), protocol=5)

    def work(self, task: Task) -> Result:
        """Returns what became of a file; every error becomes part of it."""
        file = File(task.path)
        try:
            try:
                file, data = load(task.path)
            except FileNotFoundError:
                return Result(file, "missing", error=_no_file(task.path))
            except (OSError, ValueError) as error:
                return Result(file, "failed", error=_unreadable(task.path, error))
            if file.sha256 == task.sha256:
                return Result(file, "same")
            if not task.fresh and self._is_known(file.sha256):
                return Result(file, "known")
            found = read(data, name=task.name, encoding=self._order.encoding, ocr=self._ocr)
            document = batch.parser(self.rules).parse_source(found)
            return Result(file, "parsed", (Entry.of(document, self._order.version, found.pages),))
        except NqparseError as error:
            return Result(file, "failed", error=error)
        except Exception as error:  # a bug in one document must not stop the others
            return Result(file, "failed", error=Bug.of(error, traceback.format_exc(), where=task.path))

    def _is_known(self, digest: str | None) -> bool:
        if self._archive is None:
            return False
        query, values = "SELECT 1 FROM documents WHERE sha256 = ?", [digest]
        if self._order.again:
            query += f" AND parser_version = ? AND NOT ({LACKING})"
            values.append(self._order.version)
        return self._archive.execute(query, values).fetchone() is not None


def load(path: str) -> tuple[File, bytes]:
    """Returns a file as it was before it was read, and its bytes: what changes it meanwhile is seen by the next run.

    Raises:
        OSError: if it cannot be read.
        ValueError: if the path is none.
    """
    with open(path, "rb") as stream:
        status: Any = os.fstat(stream.fileno())
        data = stream.read()
    return File(path, sha256(data).hexdigest(), status.st_size, status.st_mtime_ns), data


def identified(path: str) -> File:
    """Returns a file with its hash; little of it is held at a time.

    Raises:
        OSError: if it cannot be read.
        ValueError: if the path is none.
    """
    digest = sha256()
    with open(path, "rb") as stream:
        status: Any = os.fstat(stream.fileno())
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return File(path, digest.hexdigest(), status.st_size, status.st_mtime_ns)


def _no_file(path: str) -> InputError:
    return InputError(f"{path}: there is no such file", f"{path}: không có tệp này")


def _unreadable(path: str, error: OSError | ValueError) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(f"{path}: cannot be read: {reason}", f"{path}: không đọc được ({reason})")
