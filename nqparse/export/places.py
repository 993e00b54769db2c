"""Where exports are written: files that only appear when they are whole, and folders of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from nqparse.document import Document
from nqparse.errors import NqparseError, OutputError


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """Opens a file that takes its name when all of it is written; what had the name before stays until then.

    Raises:
        OutputError: if it cannot be written.
    """
    # A device or a pipe must not be replaced by a file.
    direct = target.exists() and not target.is_file()
    path = target if direct else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if not direct:
            target.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            yield stream
        if not direct:
            path.replace(target)
    except OSError as error:
        raise unwritable(target, error) from None
    finally:
        if not direct:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def unwritable(path: Path, error: OSError) -> OutputError:
    """Returns the error that tells that a path cannot be written."""
    reason = error.strerror or str(error)
    return OutputError(f"{path}: cannot be written: {reason}", f"{path}: không ghi được ({reason})")


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
