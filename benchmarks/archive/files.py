"""Writes made-up archives into folders of files."""

from __future__ import annotations

from pathlib import Path

from benchmarks.archive.writing import Made, documents

_PER_FOLDER = 500
# Of a mixed archive, one file in so many is a Word file or a web page.
_EVERY = {".docx": 25, ".html": 10}


def write(folder: Path, count: int, seed: int = 1, *, mixed: bool = False) -> int:
    """Writes an archive of text files, 500 a folder.

    Args:
        folder: where they go; it is made.
        count: how many documents.
        seed: of all that is left to chance.
        mixed: write one document in 25 as a Word file, and one in ten as a web page. These are parsed to find the
            columns that they are written in, which takes longer.

    Returns:
        The size of all files, in bytes.
    """
    size = 0
    for at, made in enumerate(documents(count, seed)):
        place = folder / f"{at // _PER_FOLDER:04d}"
        place.mkdir(parents=True, exist_ok=True)
        ending = next((ending for ending, every in _EVERY.items() if mixed and at % every == every - 1), ".txt")
        path = place / f"{made.name}{ending}"
        path.write_bytes(as_file(made, ending))
        size += path.stat().st_size
    return size


def as_file(made: Made, ending: str) -> bytes:
    """Returns a document as a file of a kind: ".txt", ".html" or ".docx" (needs python-docx)."""
    if ending == ".txt":
        return made.text.encode()
    from benchmarks.formats import web, word  # noqa: PLC0415  (large, and rarely wanted)
    from benchmarks.formats.sheet import specimen_of  # noqa: PLC0415

    rendering = (word if ending == ".docx" else web).RENDERINGS[0]
    return rendering.render(specimen_of(made.name, made.text))
