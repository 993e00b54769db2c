"""The files that a scan is asked for: of a folder all of them, whatever kind they are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nqparse.errors import InputError


@dataclass(frozen=True, slots=True)
class Found:
    """The files, each once, with their names below the folder that all share; `hidden` are those left out."""

    files: list[tuple[Path, str]]
    hidden: int


def find_files(arguments: Sequence[str | Path]) -> Found:
    """Finds the files: a path stands for itself, a folder for all files below it but the hidden ones.

    What does not exist is among the files: to say so is part of the table.

    Raises:
        InputError: if the arguments are folders without any file.
    """
    paths: dict[Path, None] = {}
    hidden = 0
    for argument in map(Path, arguments):
        if not argument.is_dir():
            paths[argument] = None
            continue
        for path, is_hidden in _files_below(argument):
            if is_hidden:
                hidden += 1
            else:
                paths[path] = None
    if not paths:
        names = ", ".join(map(str, arguments))
        raise InputError(f"{names}: no files in this folder", f"{names}: thư mục không có tệp nào")
    root = _shared_folder(list(map(Path, arguments)))
    return Found([(path, _name(path, root)) for path in paths], hidden)


def _files_below(folder: Path) -> list[tuple[Path, bool]]:
    """Returns the files in a folder and its folders, in the order of their names, and whether each is hidden."""
    found = []
    for path in sorted(folder.rglob("*")):
        is_file = path.is_file() or (path.is_symlink() and not path.exists())  # a link to nothing is told
        if is_file:
            found.append((path, any(part.startswith(".") for part in path.relative_to(folder).parts)))
    return found


def _shared_folder(paths: list[Path]) -> str:
    try:
        return os.path.commonpath([os.path.abspath(path if path.is_dir() else path.parent) for path in paths])
    except ValueError:  # on different drives
        return ""


def _name(path: Path, root: str) -> str:
    try:
        return Path(os.path.abspath(path)).relative_to(root).as_posix()
    except ValueError:
        return str(path)
