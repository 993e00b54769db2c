"""Other tools on the same text, for orientation. They do other work than nqparse; none of them reads a structure.

A further row is one more `Other` in `OTHERS`. A package that is not installed gives a line that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks import ours
from benchmarks.measure import Row, cpu_seconds, rate_within, skipped
from benchmarks.texts import Texts

Run = Callable[[str], object]

_PIECE = 5_000  # characters of each text, so that the slowest tool sees many texts
_SECONDS = 4.0  # of CPU time for each tool
_WARM_UP = "Hội đồng nhân dân tỉnh thông qua Nghị quyết số 12/NQ-HĐND ngày 13 tháng 01 năm 2021."


@dataclass(frozen=True, slots=True)
class Other:
    """A tool: what it is called, what it does with a text, and how to get a function that does it."""

    name: str
    does: str
    make: Callable[[], Run]


def _underthesea() -> Run:
    from underthesea import word_tokenize  # noqa: PLC0415

    return word_tokenize


def _spacy() -> Run:
    import spacy  # noqa: PLC0415

    from nqparse.spacy_components import TOKENIZER  # noqa: PLC0415

    return spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})


def _eyecite() -> Run:
    from eyecite import get_citations  # noqa: PLC0415

    return get_citations


def _dateparser() -> Run:
    from dateparser.search import search_dates  # noqa: PLC0415

    return partial(search_dates, languages=["vi"])


OTHERS = (
    Other("underthesea word_tokenize", "words", _underthesea),
    Other("spaCy, blank with our tokenizer", "tokens", _spacy),
    Other("eyecite get_citations", "citations (of American law)", _eyecite),
    Other("dateparser search_dates", "dates", _dateparser),
)


def compare(texts: Texts, _runs: int, _times: Sequence[int]) -> list[Row]:
    """Measures the other tools, each next to nqparse on the same pieces of text."""
    pieces = [text[:_PIECE] for text in texts.texts]
    return [_row(other, pieces) for other in OTHERS]


def _row(other: Other, pieces: list[str]) -> Row:
    try:
        run = other.make()
    except ImportError as error:
        package = (error.name or other.name).partition(".")[0]
        return skipped("others", other.name, f"{package} is not installed")
    run(_WARM_UP)
    rate, size = rate_within(run, pieces, _SECONDS)
    same = _first(pieces, size)
    ours.structure(_WARM_UP)
    factor = size / cpu_seconds(ours.structure, same) / rate
    note = f"{other.does}, {size:,} characters; nqparse reads their structure at {factor:.3g} × this speed"
    return Row("others", other.name, rate, "characters/s", note, [rate])


def _first(pieces: list[str], size: int) -> list[str]:
    """Returns the pieces that hold the first `size` characters."""
    taken: list[str] = []
    for piece in pieces:
        if size <= 0:
            break
        taken.append(piece)
        size -= len(piece)
    return taken
