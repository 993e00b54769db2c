"""How well the search ranks: `relevance.yaml` says what people look for among the specimens and what answers it.

Each way of ranking is measured by nDCG@10 (1 where the best documents come first) and by the mean reciprocal rank of
the first document that was meant. A document's rank is that of its first passage.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import yaml

from benchmarks.measure import Row
from benchmarks.texts import ROOT
from nqparse.archive.archive import Archive
from nqparse.pipeline import parse_file

QUERIES = Path(__file__).with_name("relevance.yaml")
_AT = 10
_PASSAGES = 60  # that are looked at to find ten documents


@dataclass(frozen=True)
class Asked:
    """A query with the specimens that answer it: 2 for those that were meant, 1 for those that speak of it."""

    query: str
    grades: dict[str, int]


def load() -> list[Asked]:
    """Returns the queries."""
    entries = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return [
        Asked(
            entry["query"], dict.fromkeys(entry["best"], 2) | dict.fromkeys(entry.get("also", ()), 1)
        )
        for entry in entries
    ]


def ndcg(found: Sequence[str], grades: dict[str, int]) -> float:
    """Returns the normalised discounted cumulative gain of the first ten."""
    gains = [grades.get(name, 0) for name in found[:_AT]]
    ideal = sorted(grades.values(), reverse=True)[:_AT]
    return _gain(gains) / _gain(ideal)


def _gain(gains: Sequence[int]) -> float:
    return sum((2**gain - 1) / math.log2(place + 2) for place, gain in enumerate(gains))


def reciprocal_rank(found: Sequence[str], grades: dict[str, int]) -> float:
    """Returns one over the place of the first document that was meant."""
    return next((1 / place for place, name in enumerate(found[:_AT], 1) if grades.get(name) == 2), 0.0)


def as_typed(query: str) -> str:
    """Returns the query as it is: words anywhere in a passage."""
    return query


def neighbours(query: str) -> str:
    """Returns the query with the wish that its words follow each other as they do in it."""
    words = query.split()
    return f'({query}) OR "{query}"' if len(words) > 1 else query


def segmented(query: str) -> str:
    """Returns the query with the words that underthesea finds in it as phrases."""
    return " ".join(f'"{word}"' if " " in word else word for word in _segments(query))


def segmented_wish(query: str) -> str:
    """Returns the query with the wish that the words that underthesea finds in it stand as such."""
    phrases = [f'(({query}) "{word}")' for word in _segments(query) if " " in word]
    return " OR ".join([f"({query})", *phrases])


def _segments(query: str) -> list[str]:
    from underthesea import word_tokenize  # noqa: PLC0415  (takes a second to load)

    return list(word_tokenize(query))


_WAYS: dict[str, Callable[[str], str]] = {
    "words anywhere (what search does)": as_typed,
    "better in a row": neighbours,
    "underthesea's words as phrases": segmented,
    "better as underthesea's words": segmented_wish,
}


def measure(folder: Path = ROOT / "corpus") -> Iterator[Row]:
    """Yields the figures of each way of ranking."""
    asked = load()
    with tempfile.TemporaryDirectory() as place, Archive(place, mode="a") as archive:
        names = {}
        for source in sorted(folder.glob("*/source.*")):
            document = parse_file(source)
            archive.put(document, source)
            names[document.source.sha256[:16]] = source.parent.name
        for name, way in _WAYS.items():
            gain = rank = 0.0
            took = []
            for one in asked:
                written = way(one.query)
                start = perf_counter()
                hits = archive.search(written, limit=_PASSAGES)
                took.append(perf_counter() - start)
                found = list(dict.fromkeys(names[hit.document_id] for hit in hits))
                gain += ndcg(found, one.grades)
                rank += reciprocal_rank(found, one.grades)
            note = f"{len(asked)} queries, {len(names)} documents"
            yield Row("relevance", f"{name}: nDCG@{_AT}", gain / len(asked), "", note)
            yield Row("relevance", f"{name}: MRR", rank / len(asked), "", note)
            yield Row("relevance", f"{name}: median", 1000 * sorted(took)[len(took) // 2], "ms", "one query")
