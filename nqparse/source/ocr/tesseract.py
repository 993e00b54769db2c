"""Tesseract, where it is installed, with its Vietnamese data. It is run as a program; no binding is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median

from nqparse.source.ocr.engine import EngineError, OcrWord, Picture
from nqparse.source.ocr.sheets import hangs

_SECONDS = 120
# Of the columns of its table: the level (5 is a word), the line, the box, the confidence in percent, the text.
_WORD = "5"
_COLUMNS = 12
# Of the height of a word: a gap that may be a column's edge, and what is another level.
_GAP, _STEP = 1.5, 0.3
# It writes the Icelandic letter that looks the same.
_LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ"})


class Tesseract:
    """The Tesseract program with the data of a language."""

    name = "tesseract"

    def __init__(self, language: str = "vie", layout: int = 3) -> None:
        self._language = language
        self._layout = layout

    @staticmethod
    def is_installed(language: str = "vie") -> bool:
        """Tells whether the program and its data are there."""
        return language in _languages()

    def read(self, picture: Picture) -> list[OcrWord]:
        """Returns the words of a picture (`nqparse.source.ocr.engine.Engine`)."""
        # With its threads it is several times slower on a machine of few cores.
        environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
        image = b"P5\n%d %d\n255\n" % (picture.width, picture.height) + picture.grey
        order = ["tesseract", "stdin", "stdout", "-l", self._language, "--psm", str(self._layout)]
        try:
            done = subprocess.run(
                [*order, "--dpi", str(round(picture.dpi)), "tsv"],
                input=image,
                capture_output=True,
                check=True,
                timeout=_SECONDS,
                env=environment,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise EngineError(f"tesseract: {error}") from None
        return words_in(done.stdout.decode("utf-8", errors="replace"))


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    if shutil.which("tesseract") is None:
        return frozenset()
    try:
        done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(done.stdout.decode("utf-8", errors="replace").split())


def words_in(table: str) -> list[OcrWord]:
    """Returns the words of a table that Tesseract writes (tsv), line by line."""
    lines: dict[tuple[str, ...], list[OcrWord]] = defaultdict(list)
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD or not cells[-1].strip():
            continue
        left, top, width, height = map(float, cells[6:10])
        confidence = float(cells[10]) / 100
        if confidence > 0:  # what it is not sure of at all are stains
            word, right, bottom = cells[-1].strip().translate(_LOOKALIKES), left + width, top + height
            lines[tuple(cells[1:5])].append(OcrWord(word, left, top, right, bottom, confidence, top, bottom))
    return [word for line in lines.values() for part in _parts(line) for word in _on_one_line(part)]


def _on_one_line(words: Sequence[OcrWord]) -> list[OcrWord]:
    """Returns words with the edges of the line that they make."""
    top, bottom = min(word.y0 for word in words), max(word.y1 for word in words)
    return [word._replace(top=top, bottom=bottom) for word in words]


def _parts(line: list[OcrWord]) -> list[list[OcrWord]]:
    """Cuts a line where the words behind a wide gap stand on another level: they belong to another column."""
    parts = [[line[0]]]
    for before, word in pairwise(line):
        height = max(before.y1 - before.y0, word.y1 - word.y0)
        if word.x0 - before.x1 > _GAP * height:
            parts.append([])
        parts[-1].append(word)
    found = parts[:1]
    for part in parts[1:]:
        level, other = _level(found[-1]), _level(part)
        height = max(word.y1 - word.y0 for word in part)
        if level is None or other is None or abs(level - other) < _STEP * height:
            found[-1] = found[-1] + part
        else:
            found.append(part)
    return found


def _level(words: Sequence[OcrWord]) -> float | None:
    """Returns the baseline of words; None if none of them stands on it."""
    feet = [word.y1 for word in words if not hangs(word.text)]
    return median(feet) if feet else None
