"""Where exports are written: the form of their text, and folders of files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from nqparse.document import Document
from nqparse.errors import NqparseError, OutputError
from nqparse.files import whole_file


def encoded(text: str) -> bytes:
    """Returns a text as UTF-8; a lone surrogate, which has no UTF-8 form, becomes U+FFFD."""
    return storable(text).encode("utf-8")


def storable(text: str) -> str:
    """Returns a text with U+FFFD for each lone surrogate, which no file format but JSON can hold, one for one."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Returns a small table as CSV with a head, each row on a line; what is None is empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


class FolderOfFiles:
    """Writes each document into a file of its own, under the name of its source."""

    def __init__(self, folder: Path, ending: str) -> None:
        self._folder = folder
        self._ending = ending
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def put(self, document: Document, content: str) -> Path:
        """Writes the file of a document, and returns its path."""
        name = self._name(document.source.name)
        target = self._folder / f"{name}{self._ending}"
        with whole_file(target) as stream:
            stream.write(encoded(content))
        return target

    def _name(self, source: str | None) -> str:
        # Only the parts of a name go into the folder, never a way out of it.
        parts = [part for part in (source or "document").replace("\\", "/").split("/") if part not in ("", ".", "..")]
        *above, last = parts or ["document"]
        stem = last.rpartition(".")[0] or last
        name = wanted = "/".join([*above, stem]).replace("\0", "\ufffd")
        while name.casefold() in self._taken:
            self._numbers[wanted] = self._numbers.get(wanted, 1) + 1
            name = f"{wanted}-{self._numbers[wanted]}"
        self._taken.add(name.casefold())
        return name


def missing_extra(format_name: str, extra: str) -> NqparseError:
    """Returns the error for a format whose library is not installed."""
    return OutputError(
        f"{format_name} needs a library that is not installed",
        f"định dạng {format_name} cần một thư viện chưa được cài",
        hint_en=f"Install it with: pip install 'nqparse[{extra}]'",
        hint_vi=f"Cài đặt bằng: pip install 'nqparse[{extra}]'",
    )
