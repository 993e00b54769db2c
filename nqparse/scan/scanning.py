"""Scanning: one file to one record, many files to many, and which of them are the same."""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from nqparse.batch import in_processes
from nqparse.errors import Bug, InputError, NqparseError
from nqparse.fold import fold
from nqparse.pipeline import Parser
from nqparse.scan.contents import Contents, contents_of
from nqparse.scan.kind import kind_of, may_hold_several
from nqparse.scan.language import language_of
from nqparse.scan.record import Answer, FileRecord
from nqparse.source import load
from nqparse.source.detect import detect
from nqparse.splitting import split

MOST_PAGES = 20
"""How many pages of a PDF are looked at, unless more are asked for."""

_NO_LETTER = re.compile(r"[\W_]+")
_MOST_BYTES = 1 << 29
_EDGE = 1 << 16


def scan_file(
    path: str | Path, *, name: str | None = None, encoding: str | None = None, most_pages: int | None = MOST_PAGES
) -> FileRecord:
    """Tells what a file is. What is wrong with it is told in the record; nothing is raised for it.

    Args:
        path: the file.
        name: what to call it in the record; by default the file's name.
        encoding: the encoding to decode texts with, instead of the one that is found.
        most_pages: how many pages of a PDF to look at; None for all.
    """
    path = Path(path)
    row = FileRecord(path.name if name is None else name)
    try:
        data = _load(path, row.name)
        row = replace(row, size=len(data), sha256=hashlib.sha256(data).hexdigest())
        kind = detect(data)
        row = replace(row, format=kind.short, media_type=kind.media_type)
        return _record(row, contents_of(data, row.name, encoding=encoding, most_pages=most_pages))
    except NqparseError as error:
        error_vi = f"{error.vi}. {error.hint_vi}" if error.hint_vi else error.vi
        return replace(row, status="failed", error=str(error), error_vi=error_vi)
    except Exception as error:  # a bug that one file shows must not stop the others
        bug = Bug.of(error, traceback.format_exc(), where=str(path))
        return replace(row, status="failed", error=bug.en, error_vi=bug.vi)


def _load(path: Path, name: str) -> bytes:
    """Returns the bytes of a file; one that is too big for any of our formats is refused."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        size = 0  # what is wrong is told by reading it
    if size <= _MOST_BYTES:
        return load(path)
    with path.open("rb") as file:
        head = file.read(_EDGE)
        kind = detect(head)
    raise InputError(
        f"{name}: too big to be read ({size >> 20} MiB; it looks like {kind.en})",
        f"{name}: quá lớn, không đọc được ({size >> 20} MiB; có vẻ là {kind.vi})",
    )


def _record(row: FileRecord, contents: Contents) -> FileRecord:
    row = replace(
        row, status=contents.status, format=contents.format, media_type=contents.media_type, pages=contents.pages,
        pages_read=contents.pages_read, text_layer=contents.text_layer, ocr_pages=contents.ocr_pages,
    )  # fmt: skip
    if contents.status == "scan":
        return replace(row, resolution="unknown")
    found = contents.found
    if contents.status != "text" or found is None:
        return row
    row = replace(row, encoding=found.source.encoding)
    if contents.text_layer == "garbled":
        return replace(row, resolution="unknown")
    parser = Parser.of(None)
    text = found.text
    letters = _NO_LETTER.sub("", fold(text))
    ranges = [(0, len(text))]
    if may_hold_several(text, parser.rules):
        ranges = [(part.start, part.end) for part in split(found, parser)]
    kinds = [kind_of(text[start:end], parser) for start, end in ranges]
    resolutions = sum(kind.resolution == "yes" for kind in kinds)
    language = language_of(text)
    # Where no head tells, a text in another language is none; a Vietnamese one may be, without its head.
    untold: Answer = "no" if language == "other" and kinds[0].resolution == "unknown" else kinds[0].resolution
    return replace(
        row,
        language=language,
        resolution="yes" if resolutions else untold,
        kind=kinds[0].name,
        documents=len(ranges),
        resolutions=resolutions,
        text_sha256=hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()
        if contents.whole and letters
        else None,
    )


def scan_files(
    files: Sequence[tuple[Path, str]],
    *,
    jobs: int = 1,
    encoding: str | None = None,
    most_pages: int | None = MOST_PAGES,
) -> Iterator[FileRecord]:
    """Yields the record of every file, in order, with its duplicates.

    Args:
        files: the files with their names (`find_files`).
        jobs: how many processes may be used.
        encoding: the encoding to decode texts with, instead of the one that is found.
        most_pages: how many pages of a PDF to look at; None for all.
    """
    one = partial(_scan_named, encoding=encoding, most_pages=most_pages)
    with closing(in_processes(one, files, jobs)) as records:
        yield from _marked(records)


def _scan_named(file: tuple[Path, str], *, encoding: str | None, most_pages: int | None) -> FileRecord:
    path, name = file
    return scan_file(path, name=name, encoding=encoding, most_pages=most_pages)


def _marked(records: Iterable[FileRecord]) -> Iterator[FileRecord]:
    """Says of each record which one before it has the same content."""
    by_bytes: dict[str, str] = {}
    by_text: dict[str, str] = {}
    for record in records:
        same = by_bytes.setdefault(record.sha256, record.name) if record.sha256 and record.size else record.name
        alike = by_text.setdefault(record.text_sha256, record.name) if record.text_sha256 else record.name
        if same != record.name:
            record = replace(record, duplicate_of=same, duplicate_by="bytes")
        elif alike != record.name:
            record = replace(record, duplicate_of=alike, duplicate_by="text")
        yield record
