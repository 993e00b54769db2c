"""How alike two texts are, and which documents of many are worth comparing, without comparing each with each.

A text becomes the set of its runs of three words, folded, so that lost diacritics and capitals do no harm. Of these
sets MinHash keeps 128 numbers; cut into bands, they put texts that are alike into the same bucket with a chance that
grows with their likeness: 12 in 100 for a likeness of 0.25, 87 for 0.5, 99.9 for 0.7. A bucket is never compared whole
unless it is small: resolutions that were written after the same pattern may share one by the thousand.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import combinations, groupby
from operator import itemgetter
from types import TracebackType
from typing import Any

from nqparse.errors import UsageError
from nqparse.fold import fold

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_RUN = 3  # words
_NUMBERS = 128
_ROWS = 4  # numbers of one band
_SEED = 1
_SMALL = 10  # buckets of up to so many documents are compared pair by pair
_NEAR = 4  # in larger ones each is compared with so many that follow it, in two orders
_AT_ONCE = 256


class Likeness:
    """A text as it is compared with others: its runs of words, and its figures."""

    __slots__ = ("figures", "runs")

    def __init__(self, text: str) -> None:
        folded = fold(text)
        words = _WORD.findall(folded)
        self.runs = frozenset(_runs(words))
        self.figures = Counter(_FIGURE.findall(folded))

    def text(self, other: Likeness) -> float:
        """Returns the share of runs of words that both have, from 0 to 1: their Jaccard index."""
        shared = len(self.runs & other.runs)
        return shared / (len(self.runs) + len(other.runs) - shared) if shared else 0.0

    def numbers(self, other: Likeness) -> float:
        """Returns the share of figures that both have, from 0 to 1; 1 where neither has any."""
        either = (self.figures | other.figures).total()
        return (self.figures & other.figures).total() / either if either else 1.0


def _runs(words: Sequence[str]) -> list[str]:
    if len(words) <= _RUN:
        return [" ".join(words)] if words else []
    return list(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def bands(texts: Sequence[str]) -> list[list[bytes]]:
    """Returns the buckets of each text, one per band; a text without words is in none.

    Raises:
        UsageError: if rensa is not installed.
    """
    try:
        from rensa import RMinHash  # noqa: PLC0415  (an extra)
    except ImportError:
        raise UsageError(
            "finding duplicates needs rensa",
            "tìm văn bản trùng cần rensa",
            hint_en="Install it with: pip install 'nqparse[archive]'",
            hint_vi="Cài bằng: pip install 'nqparse[archive]'",
        ) from None
    runs = [_runs(_WORD.findall(fold(text))) for text in texts]
    digests = RMinHash.digests_from_token_sets(runs, num_perm=_NUMBERS, seed=_SEED)
    return [_cut(digest) if any_run else [] for digest, any_run in zip(digests, runs, strict=True)]


def _cut(digest: Sequence[int]) -> list[bytes]:
    return [
        _hashed(f"{at}", *map(str, digest[at : at + _ROWS])) for at in range(0, _NUMBERS, _ROWS)
    ]


def _hashed(*parts: str) -> bytes:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()


class Buckets:
    """Finds the pairs worth comparing. Use it in `with`; what it keeps is in a file that SQLite takes away again."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute("CREATE TABLE members (bucket BLOB, number INTEGER, one TEXT, other TEXT)")
        self._file.execute("CREATE TABLE pairs (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID")
        self._file.execute("BEGIN")

    def add(
        self, number: int, buckets: Iterable[bytes], keys: Iterable[Sequence[str]], orders: tuple[str, str]
    ) -> None:
        """Puts a document into its buckets.

        Args:
            number: the document's number.
            buckets: those of its text, from `bands`.
            keys: what else makes two documents worth comparing where it is the same: symbol and date, for example.
            orders: two keys by which documents are put in order in a large bucket: those that may be the same have to
                come next to one another in one of them.
        """
        every = [*buckets, *(_hashed("key", *key) for key in keys)]
        self._file.executemany("INSERT INTO members VALUES (?, ?, ?, ?)", [(b, number, *orders) for b in every])

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yields the pairs, the smaller number first, in order; each once."""
        rows = self._file.execute(
            "SELECT bucket, number, one, other FROM members ORDER BY bucket, one, number"
        )
        found: dict[tuple[int, int], None] = {}
        for _, members in groupby(rows, key=itemgetter(0)):
            for a, b in _worth_comparing(list(members)):
                found[min(a, b), max(a, b)] = None
            if len(found) > _AT_ONCE * 64:
                self._keep(found)
        self._keep(found)
        yield from self._file.execute("SELECT a, b FROM pairs ORDER BY a, b")

    def _keep(self, found: dict[tuple[int, int], None]) -> None:
        self._file.executemany("INSERT OR IGNORE INTO pairs VALUES (?, ?)", list(found))
        found.clear()

    def __enter__(self) -> Buckets:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def _worth_comparing(members: list[tuple[Any, ...]]) -> Iterator[tuple[int, int]]:
    """Yields pairs of a bucket: all of a small one, neighbours of a large one."""
    if len(members) <= _SMALL:
        yield from combinations((number for _, number, _, _ in members), 2)
        return
    for order in (2, 3):
        numbers = [member[1] for member in sorted(members, key=itemgetter(order, 1))]
        for at, number in enumerate(numbers):
            for other in numbers[at + 1 : at + 1 + _NEAR]:
                yield number, other
