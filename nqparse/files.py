"""Files that only appear when they are whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from nqparse.errors import OutputError


@contextmanager
def whole_file(target: Path, *, folders: bool = True) -> Iterator[IO[bytes]]:
    """Opens a file that takes its name when all of it is written; what had the name before stays until then.

    Args:
        target: its path.
        folders: whether the folders above it are made where they are missing.

    Raises:
        OutputError: if it cannot be written.
    """
    # A device or a pipe must not be replaced by a file.
    direct = target.exists() and not target.is_file()
    path = target if direct else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if folders and not direct:
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
