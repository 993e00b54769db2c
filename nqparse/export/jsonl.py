"""JSON Lines: one document per line, the contract's JSON; `Document.from_json` reads each line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nqparse.document import Document
from nqparse.export.places import encoded
from nqparse.files import whole_file


@contextmanager
def writing(target: Path) -> Iterator[Callable[[Document], None]]:
    """Opens a file for JSON Lines, and gives the function that takes the documents.

    Raises:
        OutputError: if the file cannot be written.
    """
    with whole_file(target) as stream:
        yield lambda document: _write(stream.write, document)


def _write(write: Callable[[bytes], int], document: Document) -> None:
    write(encoded(document.to_json()) + b"\n")
