"""What `nqparse export` reads: documents to be parsed, and JSON or JSON Lines that `nqparse parse` wrote."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from nqparse import batch
from nqparse.batch import Input, Inputs
from nqparse.document import Document
from nqparse.errors import Bug, InputError, NqparseError

_READY = (".json", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read from an input, or the error that came instead."""

    input: Input
    document: Document | None = None
    error: NqparseError | None = None


def find(arguments: Sequence[str]) -> Inputs:
    """Finds the inputs like `batch.find_inputs`; of a folder without texts, its JSON files are the inputs.

    Raises:
        InputError: if a path does not exist, or a folder holds nothing to read.
    """
    wanted: list[str] = []
    for argument in arguments:
        folder = Path(argument)
        ready = _ready_files(folder) if argument != batch.STDIN and folder.is_dir() else []
        wanted += [str(path) for path in ready] or [argument]
    found = batch.find_inputs(wanted)
    many = found.many or len(wanted) > len(arguments) or any(map(is_ready, found.files))
    return Inputs(found.files, many, found.skipped)


def _ready_files(folder: Path) -> list[Path]:
    """Returns the JSON files below a folder, none if there are texts in it, too."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    if any(path.suffix.lower() in batch.SUFFIXES for path in files):
        return []
    return [path for path in files if path.suffix.lower() in _READY]


def is_ready(source: Input) -> bool:
    """Tells whether an input holds documents that were parsed before."""
    return source.path is not None and source.path.suffix.lower() in _READY


def read_all(found: Inputs, *, rules: Path | None, encoding: str | None, jobs: int) -> Iterator[Read]:
    """Yields the documents of all inputs, in order, one by one; what cannot be read gives its error."""
    if jobs > 1 and len(found.files) > 1 and not any(map(is_ready, found.files)):
        options = batch.Options("jsonl", None, rules, encoding=encoding)
        for outcome in batch.convert_all(found.files, options, jobs):
            if outcome.error is not None:
                yield Read(outcome.input, error=outcome.error)
            else:
                yield Read(outcome.input, Document.from_json(outcome.output))
        return
    for source in found.files:
        try:
            documents = _ready(source) if is_ready(source) else iter([_parsed(source, rules, encoding)])
            for document in documents:
                yield Read(source, document)
        except NqparseError as error:
            yield Read(source, error=error)


def _parsed(source: Input, rules: Path | None, encoding: str | None) -> Document:
    try:
        return batch.parse_input(source, rules, encoding=encoding)
    except NqparseError:
        raise
    except Exception as error:  # a bug in one document must not stop the others
        raise Bug.of(error, traceback.format_exc(), where=source.shown) from error


def _ready(source: Input) -> Iterator[Document]:
    """Yields the documents of a JSON file; of JSON Lines, one line at a time is held."""
    assert source.path is not None
    try:
        if source.path.suffix.lower() != ".json":
            with source.path.open("rb") as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        yield _document(line, f"{source.shown}:{number}")
            return
        data = source.path.read_bytes()
        if data.lstrip()[:1] != b"[":
            yield _document(data, source.shown)
            return
        for number, item in enumerate(json.loads(data)):
            yield _document(json.dumps(item).encode(), f"{source.shown}[{number}]")
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"{source.shown}: cannot be read: {reason}", f"{source.shown}: không đọc được ({reason})"
        ) from None
    except ValueError:
        raise _no_document(source.shown) from None


def _document(data: bytes, where: str) -> Document:
    try:
        return Document.from_json(data)
    except (ValidationError, UnicodeDecodeError):
        raise _no_document(where) from None


def _no_document(where: str) -> InputError:
    return InputError(
        f"{where}: this is no document that nqparse wrote", f"{where}: không phải văn bản do nqparse ghi ra",
        hint_en="Make one with: nqparse parse FILE --format jsonl",
        hint_vi="Tạo bằng: nqparse parse FILE --format jsonl",
    )  # fmt: skip
