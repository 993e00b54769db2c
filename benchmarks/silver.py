"""Silver: sentences of unannotated documents with the names that the rules read in them, and variations of them.

It is made in memory from the shared texts and never written: nothing of them belongs into this project. A document
that is also in the gold is left out, and so is every sentence that stands there, too: gold is for the test only.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.names import Name, read_names
from nqparse import parse
from nqparse.errors import InputError
from nqparse.fold import fold
from nqparse.source import read

_SHINGLE = 8  # words
_SAME = 0.5  # share of the shingles of the shorter of two texts that both have: one is then in the other, or nearly
_MOST = 400  # pieces of one document, so that one long annex does not teach everything
_SHORTEST = 3  # words of a sentence that is looked up in gold
_ENDINGS = (".txt", ".md", ".html", ".pdf", ".docx")  # the first that can be read stands for the document
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence with its names; their offsets are those of its text."""

    text: str
    names: tuple[Name, ...]

    def stands_in(self, known: set[str]) -> bool:
        """Whether the sentence is among those known; a line of a word or two is nobody's."""
        key = _key(self.text)
        return key.count(" ") + 1 >= _SHORTEST and key in known


@dataclass(slots=True)
class Silver:
    """The pieces to train with and those to stop by, from different documents, and what was left out."""

    train: list[Piece] = field(default_factory=list)
    dev: list[Piece] = field(default_factory=list)
    documents: int = 0
    left_out: list[str] = field(default_factory=list)


def documents(folder: Path) -> Iterator[tuple[str, str]]:
    """Yields name and text of each document of a folder of folders."""
    for home in sorted(path for path in folder.iterdir() if path.is_dir()):
        files = [file for ending in _ENDINGS for file in sorted(home.glob(f"source*{ending}"))]
        for file in files:
            try:
                yield home.name, read(file).text
            except (InputError, ImportError):
                continue
            break


def make(raw: Path, gold: Iterable[Path], *, seed: int, dev_share: float = 0.12) -> Silver:
    """Reads the raw documents and splits their pieces by document.

    Args:
        raw: a folder with one folder for each document.
        gold: folders of specimens that must not be learned from.
        seed: decides what is held out and, of long documents, what is taken.
        dev_share: the share of documents that is held out.
    """
    rng = random.Random(seed)
    tests = [text for folder in gold for _, text in documents(folder)]
    symbols = {symbol for text in tests if (symbol := _symbol(text))}
    shingles = [set(_shingles(text)) for text in tests]
    known = {_key(piece.text) for text in tests for piece in pieces(text)}
    silver = Silver()
    parts: list[list[Piece]] = []
    for name, text in documents(raw):
        own = set(_shingles(text))
        similar = any(len(own & test) > _SAME * min(len(own), len(test)) for test in shingles)
        if similar or _symbol(text) in symbols:
            silver.left_out.append(name)
            continue
        new = [piece for piece in pieces(text) if not piece.stands_in(known)]
        rng.shuffle(new)
        parts.append(new[:_MOST])
    silver.documents = len(parts)
    rng.shuffle(parts)
    held = max(1, round(len(parts) * dev_share))
    silver.dev = _once(parts[:held], set())
    silver.train = _once(parts[held:], {_key(piece.text) for piece in silver.dev})
    return silver


def pieces(text: str) -> list[Piece]:
    """Returns the sentences of a text with the names that the rules read in them."""
    reading = read_names(text)
    found, at = [], 0
    for start, end in reading.pieces:
        while at < len(reading.names) and reading.names[at].start < start:
            at += 1
        inside = []
        while at < len(reading.names) and reading.names[at].end <= end:
            name = reading.names[at]
            inside.append(Name(name.start - start, name.end - start, name.type))
            at += 1
        if any(letter.isalpha() for letter in reading.text[start:end]):
            found.append(Piece(reading.text[start:end], tuple(inside)))
    return found


def _once(parts: list[list[Piece]], seen: set[str]) -> list[Piece]:
    kept = []
    for piece in (piece for part in parts for piece in part):
        key = _key(piece.text)
        if key not in seen:
            seen.add(key)
            kept.append(piece)
    return kept


def _key(text: str) -> str:
    """Returns the words alone: neither the number of a clause nor a lost diacritic makes another sentence."""
    return " ".join(_LETTERS.findall(fold(text)))


def _symbol(text: str) -> tuple[str, str | None] | None:
    """Returns symbol and date of a document: numbers begin anew each year."""
    header = parse(text, structure_only=True).header
    return (header.symbol.normalized, header.date.value if header.date else None) if header.symbol else None


def _shingles(text: str) -> Iterator[int]:
    words = _WORD.findall(fold(text))
    return (hash(tuple(words[at : at + _SHINGLE])) for at in range(len(words) - _SHINGLE + 1))
