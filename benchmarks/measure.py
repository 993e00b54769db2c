"""Measuring: rows of a table, the clock, and programs that are run in a process of their own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from time import perf_counter, process_time
from typing import Any

from benchmarks.texts import ROOT


@dataclass(slots=True)
class Row:
    """One figure.

    Attributes:
        group: the part of the benchmark that it belongs to.
        name: what was measured.
        value: the median of the runs, None where nothing was measured.
        unit: of the value: "characters/s", "s", "×".
        note: on what it was measured, or why it was not.
        runs: what each run gave.
    """

    group: str
    name: str
    value: float | None
    unit: str = ""
    note: str = ""
    runs: list[float] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Returns the row as plain data."""
        return asdict(self)


def of_runs(group: str, name: str, runs: list[float], unit: str, note: str = "") -> Row:
    """Returns the row of repeated runs; its value is their median."""
    return Row(group, name, statistics.median(runs), unit, note, runs)


def skipped(group: str, name: str, why: str) -> Row:
    """Returns a row that says why there is no figure."""
    return Row(group, name, None, note=f"skipped: {why}")


def cpu_seconds(function: Callable[[str], object], texts: Iterable[str]) -> float:
    """Returns the CPU time of this process for all texts, so that what else runs on the machine does not count."""
    start = process_time()
    for text in texts:
        function(text)
    return process_time() - start


def rates(function: Callable[[str], object], texts: Sequence[str], runs: int) -> list[float]:
    """Returns the characters per second of CPU time of each run over all texts, after one run to warm up."""
    size = sum(map(len, texts))
    cpu_seconds(function, texts)
    return [size / cpu_seconds(function, texts) for _ in range(runs)]


def rate_within(function: Callable[[str], object], texts: Iterable[str], seconds: float) -> tuple[float, int]:
    """Returns the characters per second over as many texts as `seconds` last for, and how many characters that is."""
    used, size = 0.0, 0
    for text in texts:
        used += cpu_seconds(function, [text])
        size += len(text)
        if used >= seconds:
            break
    return size / used, size


def wall_seconds(arguments: Sequence[str]) -> float:
    """Returns the wall time of a fresh Python process with these arguments."""
    start = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def answer(arguments: Sequence[str]) -> Any:
    """Returns the JSON that a fresh Python process with these arguments prints."""
    done = subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, capture_output=True)
    return json.loads(done.stdout)
