"""What the tests of the archive share: folders of files to add, and all that an archive holds, to compare."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from shapes import BODY, FOOT, OPENING, SPECIMENS

from nqparse.archive.archive import Archive

# What two runs may differ in: their numbers, and the order in which files were done.
_OF_THE_RUN = {"run_id", "source_id"}


def resolution(number: int) -> str:
    """Returns a small resolution that no other number gives."""
    return f"{OPENING}{BODY}Điều 3. Mở lớp vẽ số {number}.\n{FOOT}"


def small_files(folder: Path, count: int) -> list[Path]:
    """Writes small resolutions into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"nq-{number:03}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(resolution(number), "utf-8")
    return paths


def specimen_files(folder: Path, times: int = 1) -> list[Path]:
    """Copies the specimens into a folder, each several times with something of its own behind it."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(times):
        for specimen in SPECIMENS:
            path = folder / f"{specimen.name}-{number}.txt"
            shutil.copyfile(specimen / "source.txt", path)
            if number:
                with path.open("a", encoding="utf-8") as stream:
                    stream.write(f"\nBản sao số {number}\n")
            paths.append(path)
    return paths


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Returns all that an archive holds of documents and files, whatever the runs were that put it there."""
    with Archive(path) as archive:
        found = {}
        for table in archive.tables.values():
            names = [column.name for column in table.columns if column.name not in _OF_THE_RUN]
            if table.kind == "table" and table.name not in ("runs", "document_sources"):
                columns = ", ".join(f'"{name}"' for name in names)
                rows = archive.connection.execute(f'SELECT {columns} FROM "{table.name}"')
                found[table.name] = sorted(rows, key=repr)
        links = "SELECT path, part, document_id FROM document_sources JOIN sources USING (source_id)"
        found["links"] = sorted(archive.connection.execute(links), key=repr)
        assert archive.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert archive.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return found
