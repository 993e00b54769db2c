"""What nqparse itself is measured on: the structure alone, and the whole parse with its JSON."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.measure import Row, answer, of_runs, rates, wall_seconds
from benchmarks.texts import SPECIMEN, Texts, base, longer
from nqparse import parse

Parse = Callable[[str], object]

_AGAIN = 100  # a short text is over too soon for the clock, so it is parsed so often
_MEMORY_TIMES = 100
_IMPORTS = ("import nqparse", "from nqparse import parse")


def structure(text: str) -> object:
    """Parses a text without its entities."""
    return parse(text, structure_only=True)


def whole(text: str) -> str:
    """Parses a text with all that is read from it, and returns the JSON."""
    return parse(text).to_json()


PARSERS: dict[str, Parse] = {"structure": structure, "whole parse and JSON": whole}


# -- the figures --------------------------------------------------------------------------------------


def throughput(texts: Texts, runs: int, _times: Sequence[int]) -> list[Row]:
    """Measures characters per second on one core, over all texts."""
    note = f"{len(texts.texts)} texts, {texts.size:,} characters: {texts.name}"
    return [
        of_runs("throughput", name, rates(function, texts.texts, runs), "characters/s", note)
        for name, function in PARSERS.items()
    ]


def growth(texts: Texts, runs: int, times: Sequence[int]) -> list[Row]:
    """Measures the time per character on longer documents, as a multiple of that on the document itself."""
    text = base(texts.texts)
    rows = []
    for name, function in PARSERS.items():
        own = median(rates(function, [text] * _AGAIN, runs))
        for factor in times:
            text_now = longer(text, factor)
            ratios = [own / rate for rate in rates(function, [text_now], runs)]
            note = f"time per character, {len(text_now):,} against {len(text):,} characters"
            rows.append(of_runs("growth", f"{name}, {factor} times longer", ratios, "×", note))
    return rows


def memory(texts: Texts, runs: int, _times: Sequence[int]) -> list[Row]:
    """Measures the memory that a parse adds at its peak, as a multiple of the text in UTF-8."""
    text = longer(base(texts.texts), _MEMORY_TIMES)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "text.txt"
        file.write_text(text, "utf-8", newline="")
        for name in PARSERS:
            found = [answer(["-m", "benchmarks.memory", name, str(file)]) for _ in range(min(runs, 3))]
            ratios = [(one["peak"] - one["before"]) / one["bytes"] for one in found]
            mib = [found[0][key] / 2**20 for key in ("bytes", "peak")]
            note = f"on {mib[0]:.1f} MiB of text; {mib[1]:.0f} MiB in all, with interpreter and rules"
            rows.append(of_runs("memory", f"{name}, peak", ratios, "× the text", note))
    return rows


def start(_texts: Texts, runs: int, _times: Sequence[int]) -> list[Row]:
    """Measures what a user waits for: the import, and one command from start to end."""
    rows = []
    for statement in _IMPORTS:
        code = f"import time\nt = time.perf_counter()\n{statement}\nprint(time.perf_counter() - t)"
        rows.append(of_runs("start", statement, [answer(["-c", code]) for _ in range(runs)], "s", "in a fresh process"))
    times = [wall_seconds(["-m", "nqparse", "parse", SPECIMEN]) for _ in range(runs)]
    note = f"wall time on {SPECIMEN}; best {min(times):.3f} s"
    return [*rows, of_runs("start", "nqparse parse FILE", times, "s", note)]
