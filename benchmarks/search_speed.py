"""How fast the search is: queries of many kinds on an archive, by default one of 20,000 varied specimens.

A varied specimen has three of ten words replaced by others of the same length, so that all its spans still hold. It is
put into the index without being parsed again. Times are CPU times of one process, so that others do not matter.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

from benchmarks.measure import Row
from benchmarks.texts import ROOT
from nqparse.archive.archive import Archive
from nqparse.archive.search import search
from nqparse.archive.search_index import Indexed, index_document
from nqparse.archive.store import transaction
from nqparse.document import Document
from nqparse.fold import fold
from nqparse.pipeline import parse_file

_WORD = re.compile(r"[^\W\d_]{2,}")
_REPLACED = 0.3
_AT_ONCE = 500
_EACH = 20  # queries of each kind
_FREQUENT = (
    "nghị quyết", "điều", "hội đồng nhân dân", "ngân sách", "ủy ban nhân dân tỉnh", "thực hiện", "tổ chức thực hiện",
    "kinh tế xã hội", "chủ tịch", "phát triển", "và", "của", "năm", "quyết định", "đồng", "tỉnh", "nhân dân",
    "thường trực", "kế hoạch", "nhiệm vụ",
)  # fmt: skip


def fill(archive: Archive, count: int, seed: int = 7) -> None:
    """Puts varied specimens into the index of an archive, with their texts and heads."""
    specimens = [parse_file(path) for path in sorted((ROOT / "corpus").glob("*/source.*"))]
    chance = random.Random(seed)
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for specimen in specimens:
        for word in _WORD.findall(specimen.text):
            by_length[len(word)].append(word)

    def other(match: re.Match[str]) -> str:
        return chance.choice(by_length[len(match.group())]) if chance.random() < _REPLACED else match.group()

    for first in range(0, count, _AT_ONCE):
        with transaction(archive.connection):
            for number in range(first, min(count, first + _AT_ONCE)):
                specimen = specimens[number % len(specimens)]
                varied = specimen.model_copy(update={"text": _WORD.sub(other, specimen.text)})
                _put(archive.connection, f"{number:016x}", varied)


def _put(connection: sqlite3.Connection, name: str, document: Document) -> None:
    header = document.header
    connection.execute(
        "INSERT INTO documents (document_id, sha256, parser_version, json) VALUES (?, ?, '', x'')", (name, name)
    )
    connection.execute("INSERT INTO texts VALUES (?, ?)", (name, document.text))
    connection.execute(
        "INSERT INTO resolutions (document_id, symbol, title, issuer, issued) VALUES (?, ?, ?, ?, ?)",
        (name, header.symbol.normalized if header.symbol else None, header.title.value if header.title else None,
         header.issuer.name if header.issuer else None, header.date.value if header.date else None),
    )  # fmt: skip
    index_document(connection, name, Indexed.of(document))


def queries(connection: sqlite3.Connection, seed: int = 3) -> dict[str, list[str]]:
    """Returns queries by kind, of words that stand in the archive."""
    chance = random.Random(seed)
    texts = [text for (text,) in connection.execute("SELECT text FROM texts ORDER BY document_id LIMIT 500")]
    lines = [words for text in texts for line in text.splitlines() if len(words := _WORD.findall(line)) > 8]

    def some(count: int) -> str:
        line = chance.choice(lines)
        at = chance.randrange(len(line) - count)
        return " ".join(line[at : at + count])

    kinds: dict[str, Callable[[], str]] = {
        "one word": lambda: some(1),
        "two words": lambda: some(2),
        "four words": lambda: some(4),
        "phrase of two": lambda: f'"{some(2)}"',
        "phrase of three": lambda: f'"{some(3)}"',
        "beginning of a word": lambda: f"{some(1)[:2]}*",
        "word and beginning": lambda: f"{some(1)} {some(1)[:3]}*",
        "one or the other": lambda: f"{some(1)} OR {some(2)}",
        "without a word": lambda: f"{some(2)} -{some(1)}",
        "two words and a filter": lambda: f"{some(2)} year:{chance.choice(('2019', '2020-2023', '2014'))}",
        "frequent words and a filter": lambda: f"{chance.choice(_FREQUENT)} issuer:HĐND",
        "filters alone": lambda: f"issuer:HĐND year:{chance.randrange(2010, 2025)}",
    }
    found = {kind: [make() for _ in range(_EACH)] for kind, make in kinds.items()}
    found["frequent words"] = list(_FREQUENT)
    found["frequent words, no accents"] = [fold(words) for words in _FREQUENT]
    found["frequent phrases"] = [f'"{words}"' for words in _FREQUENT]
    return found


def measure(connection: sqlite3.Connection) -> Iterator[Row]:
    """Yields the median and the 95th percentile of each kind of query, and of all."""
    count = connection.execute("SELECT count(*) FROM search_documents").fetchone()[0]
    everything: list[float] = []
    for kind, asked in queries(connection).items():
        times = []
        for query in asked:
            start = process_time()
            search(connection, query)
            times.append(1000 * (process_time() - start))
        everything += times
        yield from _rows(kind, times, f"{len(times)} queries")
    yield from _rows("all", everything, f"{len(everything)} queries, {count:,} documents")


def _rows(kind: str, times: list[float], note: str) -> Iterator[Row]:
    times = sorted(times)
    yield Row("search", f"{kind}: p50", times[len(times) // 2], "ms", note)
    yield Row("search", f"{kind}: p95", times[min(len(times) - 1, int(0.95 * len(times)))], "ms", note)


def main(arguments: list[str]) -> list[Row]:
    """Measures and returns the rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks search", description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000, metavar="N", help="how many documents (20000)")
    parser.add_argument("--archive", type=Path, metavar="DIR", help="measure on this archive, not on a made-up one")
    options = parser.parse_args(arguments)
    if options.archive is not None:
        with Archive(options.archive) as archive:
            return list(measure(archive.connection))
    with tempfile.TemporaryDirectory() as folder, Archive(folder, mode="a") as archive:
        fill(archive, options.documents)
        size = archive.path.stat().st_size / max(1, options.documents) / 1024
        rows = list(measure(archive.connection))
        return [*rows, Row("search", "size of text and index", size, "KiB", "per document")]
