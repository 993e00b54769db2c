"""What nqparse itself is measured on: the structure alone, and the whole parse with its JSON."""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measure import Row, answer, of_runs, rates, skipped, wall_seconds
from benchmarks.texts import SPECIMEN, Texts, base, longer
from nqparse import parse

Parse = Callable[[str], object]

_AGAIN = 100  # a short text is over too soon for the clock, so it is parsed so often
_MEMORY_TIMES = 100
_IMPORTS = {"import nqparse": "import nqparse", "from nqparse import parse": "from nqparse import parse"}


def structure() -> Parse:
    """Returns the parser of the structure alone."""
    with_switch: Any = parse
    return partial(with_switch, entities=False) if _has_entities() else parse


def whole() -> Parse | None:
    """Returns the parser of everything, with its JSON; None as long as a parse holds no entities."""
    return _whole if _has_entities() else None


def _has_entities() -> bool:
    return "entities" in inspect.signature(parse).parameters


def _whole(text: str) -> str:
    return parse(text).to_json()


# -- the figures --------------------------------------------------------------------------------------


def throughput(texts: Texts, runs: int, _times: Sequence[int]) -> list[Row]:
    """Measures characters per second on one core, over all texts."""
    note = f"{len(texts.texts)} texts, {texts.size:,} characters: {texts.name}"
    rows = [of_runs("throughput", "structure", rates(structure(), texts.texts, runs), "characters/s", note)]
    parse_whole = whole()
    name = "whole parse and JSON"
    if parse_whole is None:
        return [*rows, skipped("throughput", name, "a parse holds no entities yet")]
    return [*rows, of_runs("throughput", name, rates(parse_whole, texts.texts, runs), "characters/s", note)]


def growth(texts: Texts, runs: int, times: Sequence[int]) -> list[Row]:
    """Measures the time per character on longer documents, as a multiple of that on the document itself."""
    text = base(texts.texts)
    rows = []
    for name, function in _parsers():
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
        for kind, name in (("structure", "structure"), ("whole", "whole parse and JSON"))[: len(_parsers())]:
            found = [answer(["-m", "benchmarks.memory", kind, str(file)]) for _ in range(min(runs, 3))]
            ratios = [(one["peak"] - one["before"]) / one["bytes"] for one in found]
            mib = [found[0][key] / 2**20 for key in ("bytes", "peak")]
            note = f"on {mib[0]:.1f} MiB of text; {mib[1]:.0f} MiB in all, with interpreter and rules"
            rows.append(of_runs("memory", f"{name}, peak", ratios, "× the text", note))
    return rows


def start(_texts: Texts, runs: int, _times: Sequence[int]) -> list[Row]:
    """Measures what a user waits for: the import, and one command from start to end."""
    rows = []
    for name, statement in _IMPORTS.items():
        code = f"import time\nt = time.perf_counter()\n{statement}\nprint(time.perf_counter() - t)"
        rows.append(of_runs("start", name, [answer(["-c", code]) for _ in range(runs)], "s", "in a fresh process"))
    times = [wall_seconds(["-m", "nqparse", "parse", SPECIMEN]) for _ in range(runs)]
    note = f"wall time on {SPECIMEN}; best {min(times):.3f} s"
    return [*rows, of_runs("start", "nqparse parse FILE", times, "s", note)]


def _parsers() -> list[tuple[str, Parse]]:
    parse_whole = whole()
    parsers = [("structure", structure())]
    return parsers if parse_whole is None else [*parsers, ("whole parse and JSON", parse_whole)]
