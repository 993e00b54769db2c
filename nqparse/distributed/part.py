"""A part of a run: some files, and the one file that a worker writes of what became of them.

A part is named by what is in it: the files with size and time of change, and by what they are parsed. So whoever works
on it writes the same bytes under the same name, twice does no harm, and a part that is there need not be done again.
Its file is JSON Lines, one file's outcome a line, compressed by gzip; it takes its name only when it is whole.
"""

from __future__ import annotations

import gzip
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from nqparse.archive.entry import Entry
from nqparse.archive.store import File
from nqparse.archive.worker import Order, Result, Task
from nqparse.errors import InputError, NqparseError
from nqparse.files import whole_file

FOLDER = "parts"
_LEVEL = 1  # of gzip: what is large in a part is compressed already
_ERRORS = "surrogateescape"  # names of files may be no text


@dataclass(frozen=True, slots=True)
class Part:
    """Some files to parse; it travels to a worker.

    Attributes:
        out: the folder of the run.
        order: how the files are read.
        tasks: the files.
        tables: whether the worker also writes the documents as JSON Lines and their tables as Parquet.
    """

    out: str
    order: Order
    tasks: tuple[Task, ...]
    tables: bool = False

    @property
    def name(self) -> str:
        """The name of its files: 24 hexadecimal digits of a hash of what is in it."""
        digest = sha256(f"{self.order.version}\0{self.order.again}\0{self.tables}\0".encode())
        for task in self.tasks:
            digest.update(task.pack())
            try:
                status = os.stat(task.path)
            except (OSError, ValueError):
                continue
            digest.update(f"{status.st_size}:{status.st_mtime_ns}\0".encode())
        return digest.hexdigest()[:24]


def path_of(out: str, name: str) -> Path:
    """Returns the file of a part."""
    return Path(out) / FOLDER / f"{name}.jsonl.gz"


def write(path: Path, results: Sequence[Result]) -> None:
    """Writes the file of a part.

    Raises:
        OutputError: if it cannot be written.
    """
    with whole_file(path) as target, gzip.GzipFile("", "wb", _LEVEL, target, mtime=0) as stream:
        for result in results:
            line = json.dumps(_plain(result), ensure_ascii=False, separators=(",", ":"), default=_told)
            stream.write(line.encode("utf-8", _ERRORS) + b"\n")


def read(path: Path) -> Iterator[Result]:
    """Yields what is in the file of a part, in the order of its tasks.

    Raises:
        InputError: if it is damaged.
    """
    try:
        with gzip.open(path, "rb") as stream:
            for line in stream:
                yield _result(json.loads(line.decode("utf-8", _ERRORS)))
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}: this part is damaged: {error}", f"{path}: phần này bị hỏng ({error})",
            hint_en="Remove the file and run again; only this part is done anew.",
            hint_vi="Xóa tệp rồi chạy lại; chỉ phần này được làm lại.",
        ) from None  # fmt: skip


def _plain(result: Result) -> dict[str, Any]:
    file, error = result.file, result.error
    return {
        "path": file.path,
        "sha256": file.sha256,
        "size": file.size,
        "modified_ns": file.modified_ns,
        "state": result.state,
        "error": None if error is None else {
            "kind": type(error).__name__, "en": error.en, "vi": error.vi,
            "hint_en": error.hint_en, "hint_vi": error.hint_vi,
        },
        "entries": [
            {field.name: getattr(entry, field.name) for field in fields(Entry)} for entry in result.entries
        ],
    }  # fmt: skip


def _result(plain: dict[str, Any]) -> Result:
    entries = tuple(
        _entries().validate_python(entry | {
            "json": b64decode(entry["json"]),
            "pages": [page | {"boxes": b64decode(page["boxes"])} for page in entry.get("pages", ())],
        })
        for entry in plain["entries"]
    )  # fmt: skip
    file = File(plain["path"], plain["sha256"], plain["size"], plain["modified_ns"])
    return Result(file, plain["state"], entries, None if plain["error"] is None else _error(**plain["error"]))


def _told(value: Any) -> Any:
    """Returns what JSON has no form for: bytes as text, and what an entry is made of by its fields."""
    return b64encode(value).decode("ascii") if isinstance(value, bytes) else asdict(value)


@lru_cache(maxsize=1)
def _entries() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)


def _error(kind: str, en: str, vi: str, hint_en: str, hint_vi: str) -> NqparseError:
    known = {cls.__name__: cls for cls in _below(NqparseError)}
    cls = known.get(kind, InputError)
    error = cls.__new__(cls)  # some are made of other things than their words
    NqparseError.__init__(error, en, vi, hint_en=hint_en, hint_vi=hint_vi)
    return error


def _below(cls: type[NqparseError]) -> Iterator[type[NqparseError]]:
    yield cls
    for below in cls.__subclasses__():
        yield from _below(below)
