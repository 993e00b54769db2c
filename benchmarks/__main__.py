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

from benchmarks import exports, formats, hostile, noise, others, ours, relevance, search_speed, statistical
from benchmarks.archive import figures
from benchmarks.measure import Row
from benchmarks.texts import ROOT, Texts, load
from nqparse import __version__

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
}
_ON_REQUEST = ("hostile", "formats")  # they take minutes
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


def _noise(arguments: list[str]) -> int:
    """Runs the benchmark of damaged texts, which has folders of its own; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks noise", description=noise.__doc__)
    parser.add_argument("folders", nargs="*", metavar="DIR", default=[ROOT / "corpus"], help="specimens (corpus)")
    parser.add_argument("--json", action="store_true", help="print JSON with every run")
    options = parser.parse_args(arguments)
    rows = list(noise.losses(options.folders))
    if options.json:
        print(json.dumps([row.to_dict() for row in rows], ensure_ascii=False, indent=1))
    else:
        _console().print(table(rows))
    return 0


def _relevance(arguments: list[str]) -> int:
    """Runs the benchmark of the search's ranking; returns the exit code."""
    argparse.ArgumentParser(prog="python -m benchmarks relevance", description=relevance.__doc__).parse_args(arguments)
    _console().print(table(list(relevance.measure())))
    return 0


def _scans(arguments: list[str]) -> int:
    """Runs the benchmark of scans, which takes minutes and needs OCR; returns the exit code."""
    from benchmarks import scans  # noqa: PLC0415  (needs the libraries of OCR)

    parser = argparse.ArgumentParser(prog="python -m benchmarks scans", description=scans.__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"only these: {', '.join(scans.SCANS)}")
    options = parser.parse_args(arguments)
    unknown = [kind for kind in options.kinds if kind not in scans.SCANS]
    if unknown:
        parser.error(f"no such kind: {', '.join(unknown)}")
    for kind in options.kinds or scans.SCANS:
        _console().print(table(list(scans.measure([kind]))))
    return 0


def main(arguments: list[str]) -> int:
    """Runs the benchmark; returns the exit code."""
    if arguments[:1] == ["statistical"]:
        return statistical.main(arguments[1:])
    if arguments[:1] == ["archive"]:
        return figures.main(arguments[1:], lambda rows: _console().print(table(rows)))
    if arguments[:1] == ["noise"]:
        return _noise(arguments[1:])
    if arguments[:1] == ["relevance"]:
        return _relevance(arguments[1:])
    if arguments[:1] == ["search"]:
        _console().print(table(search_speed.main(arguments[1:])))
        return 0
    if arguments[:1] == ["scans"]:
        return _scans(arguments[1:])
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measures nqparse on one core.",
        epilog="Options of their own (--help of each): archive, noise, relevance, scans, search, statistical.",
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
