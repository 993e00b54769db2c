"""`python -m benchmarks` measures nqparse and prints a table, or JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence

from rich.console import Console
from rich.table import Table

from benchmarks import desk, exports, formats, hostile, noise, others, ours, relevance, search_speed, statistical
from benchmarks.archive import figures
from benchmarks.measure import Row, skipped
from benchmarks.texts import Texts, load
from nqparse import __version__


def _scans(texts: Texts, runs: int, times: Sequence[int]) -> list[Row]:
    try:
        from benchmarks import scans  # noqa: PLC0415  (needs what others do not: the libraries of OCR)
    except ModuleNotFoundError as error:
        return [skipped("scans", "scans", f"{error.name} is not installed")]
    return scans.compare(texts, runs, times)


def _relevance(_texts: Texts, _runs: int, _times: Sequence[int]) -> list[Row]:
    return list(relevance.measure())


GROUPS: dict[str, Callable[[Texts, int, Sequence[int]], list[Row]]] = {
    # Memory first: the process that starts the others is then still small.
    "memory": ours.memory,
    "start": ours.start,
    "throughput": ours.throughput,
    "growth": ours.growth,
    "exports": exports.rates,
    "others": others.compare,
    "hostile": hostile.growth,
    "formats": formats.compare,
    "scans": _scans,
    "noise": noise.compare,
    "relevance": _relevance,
}
_ON_REQUEST = ("hostile", "formats", "scans", "noise", "relevance")  # they take minutes
_MILLION = 1_000_000
_WIDTH = 120  # of tables that go to a file or a pipe


def measure(texts: Texts, groups: list[str], runs: int, times: Sequence[int]) -> Iterator[Row]:
    """Yields the rows of the groups as they are measured."""
    for group in groups:
        yield from GROUPS[group](texts, runs, times)


def table(rows: list[Row]) -> Table:
    """Returns the rows as a table; all figures are medians."""
    shown = Table(title="Benchmarks (medians)", title_justify="left")
    shown.add_column("measured")
    shown.add_column("figure", justify="right")
    shown.add_column("on what", style="dim")
    group = rows[0].group if rows else ""
    for row in rows:
        if row.group != group:
            shown.add_section()
            group = row.group
        shown.add_row(row.name, _figure(row), row.note)
    return shown


def _figure(row: Row) -> str:
    if row.value is None:
        return "–"
    if row.unit == "characters/s":
        return f"{row.value / _MILLION:.3g} million/s" if row.value >= _MILLION / 10 else f"{row.value:,.0f}/s"
    if row.unit == "in all":
        return f"{row.value:,.0f} {row.unit}"
    if row.unit == "documents/s":
        return f"{row.value:,.0f} {row.unit}"
    if row.unit == "s":
        return f"{row.value:.3f} s"
    return f"{row.value:.2f} {row.unit}"


def environment(texts: Texts) -> dict[str, object]:
    """Returns what the figures depend on."""
    return {
        "nqparse": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "texts": texts.name,
        "characters": texts.size,
    }


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)


def main(arguments: list[str]) -> int:
    """Runs the benchmark; returns the exit code."""
    if arguments[:1] == ["statistical"]:
        return statistical.main(arguments[1:])
    if arguments[:1] == ["archive"]:
        return figures.main(arguments[1:], lambda rows: _console().print(table(rows)))
    if arguments[:1] == ["search"]:
        _console().print(table(search_speed.main(arguments[1:])))
        return 0
    if arguments[:1] == ["desk"]:
        _console().print(table(desk.main(arguments[1:])))
        return 0
    if arguments[:1] == ["clients"]:
        from benchmarks import clients  # noqa: PLC0415  (needs a client of HTTP)

        _console().print(table(clients.main(arguments[1:])))
        return 0
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measures nqparse on one core.",
        epilog="With options of their own (see --help of each): archive, clients, desk, search, statistical.",
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"only these: {', '.join(GROUPS)}")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="how often each figure is taken (5)")
    parser.add_argument(
        "--times", type=int, nargs="+", default=[10, 100], metavar="N", help="how much longer documents get (10 100)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON with every run")
    options = parser.parse_args(arguments)
    unknown = [group for group in options.groups if group not in GROUPS]
    if unknown or options.runs < 1:
        parser.error(f"no such group: {', '.join(unknown)}" if unknown else "--runs must be at least 1")
    texts = load()
    rows = []
    for row in measure(
        texts, options.groups or [group for group in GROUPS if group not in _ON_REQUEST], options.runs, options.times
    ):
        rows.append(row)
        print(f"{row.group}: {row.name}", file=sys.stderr)
    if options.json:
        data = {"environment": environment(texts), "rows": [row.to_dict() for row in rows]}
        print(json.dumps(data, ensure_ascii=False, indent=1))
        return 0
    console = _console()
    console.print(table(rows))
    console.print(" · ".join(f"{key} {value}" for key, value in environment(texts).items()), style="dim")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
