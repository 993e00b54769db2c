"""`python -m benchmarks archive`: an archive of made-up documents, from its files to answers.

What is measured: adding with one process and with two, the file's size, how the memory of the adding process goes,
search, questions in SQL, exports, and the finding of copies. Rates are of wall time, for they are of several processes.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from benchmarks.archive import files
from benchmarks.measure import Row, answer, skipped
from nqparse import Archive
from nqparse.export.formats import export

GROUP = "archive"
_EXPORTED = 300  # documents at most
_SEARCHES = 20  # rounds
_MARKS = (0.1, 0.5, 1.0)
# Two are rare, two in nearly every document, one is a phrase, one the beginning of a word.
_QUERIES = ("kè chắn sóng", "hoc phi ban tru", "nghị quyết", "ngân sách", '"trạm y tế"', "thanh ni*")
_QUESTIONS = {
    "resolutions by issuer": "SELECT issuer, count(*) FROM resolutions GROUP BY issuer ORDER BY 2 DESC LIMIT 20",
    "votes by year": "SELECT substr(issued, 1, 4), sum(votes_for), sum(votes_total) FROM resolutions GROUP BY 1",
    "most cited": "SELECT uri, count(*) FROM citations WHERE uri IS NOT NULL GROUP BY uri ORDER BY 2 DESC LIMIT 20",
}


def main(arguments: list[str], show: Callable[[list[Row]], None]) -> int:
    """Runs the benchmark and shows its rows; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks archive", description=__doc__)
    parser.add_argument("--documents", type=int, default=2000, metavar="N", help="how many documents (2000)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave files and archives in this folder")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as temporary:
        place = (options.keep or Path(temporary)).absolute()  # the processes that add run elsewhere
        rows = []
        for row in measure(place, options.documents):
            rows.append(row)
            print(f"{row.group}: {row.name}", file=sys.stderr)
    if options.json:
        print(json.dumps([row.to_dict() for row in rows], ensure_ascii=False, indent=1))
    else:
        show(rows)
    return 0


def measure(place: Path, count: int) -> Iterator[Row]:
    """Yields the rows; files and archives are made in the folder."""
    start = process_time()
    size = files.write(place / "files", count)
    note = f"{count:,} documents, {size / count / 1000:.1f} kB each"
    yield Row(GROUP, "generator", count / (process_time() - start), "documents/s", note)
    one = _added(place, "one", 1)
    two = _added(place, "two", 2)
    yield Row(GROUP, "add, 1 core", count / one["seconds"], "documents/s", note)
    yield Row(GROUP, "add, 2 processes on 2 cores", count / two["seconds"], "documents/s", note)
    yield Row(GROUP, "add, per second of CPU time", count / two["cpu"], "documents/s", "whatever else the machine does")
    yield Row(
        GROUP, "of it the process that inserts", 100 * two["own"] / two["cpu"], "%", "what more machines do not help"
    )
    yield Row(GROUP, "2 cores to 1", one["seconds"] / two["seconds"], "×", "bar: 1.7")
    for share, memory in zip(_MARKS, two["memory"], strict=True):
        yield Row(GROUP, f"memory of the adding process, {share:.0%} done", memory / 1e6, "MB")
    with Archive(place / "two") as archive:
        bytes_each = archive.path.stat().st_size / count
        yield Row(GROUP, "database", bytes_each / 1000, "kB/document", f"{bytes_each * count / size:.1f} × the files")
        yield from _searches(archive)
        for name, sql in _QUESTIONS.items():
            yield Row(GROUP, f"question: {name}", 1000 * _seconds(lambda sql=sql: archive.query(sql)), "ms")
        yield from _exports(archive)
        yield _copies(archive, count)


def _added(place: Path, name: str, jobs: int) -> dict[str, Any]:
    """Adds the files in a process of its own; returns how long it took, and its memory at the marks."""
    return answer(["-m", "benchmarks.archive.figures", str(place / "files"), str(place / name), str(jobs)])


def _add(source: str, archive: str, jobs: int) -> dict[str, Any]:
    if jobs == 1 and hasattr(os, "sched_setaffinity"):
        # One core, not one worker: the process that inserts would take a second one.
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    marks = list(_MARKS)
    memory: list[int] = []

    def watch(_name: str, done: int, total: int, _error: object) -> None:
        while marks and done >= marks[0] * total:
            memory.append(_resident())
            marks.pop(0)

    with Archive(archive, mode="a") as opened:
        report = opened.add(source, jobs=jobs, watch=watch)
    assert not report.failed, report.failures[:3]
    times = os.times()
    own = times.user + times.system
    cpu = own + times.children_user + times.children_system
    return {"seconds": report.seconds, "cpu": cpu, "own": own, "memory": memory}


def _resident() -> int:
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")), 0)


def _seconds(function: Callable[[], object]) -> float:
    start = perf_counter()
    function()
    return perf_counter() - start


def _searches(archive: Archive) -> Iterator[Row]:
    for query in _QUERIES:  # to warm up
        archive.search(query)
    times = [1000 * _seconds(lambda query=query: archive.search(query)) for query in _QUERIES * _SEARCHES]
    parts = quantiles(times, n=100)
    note = f"{len(_QUERIES)} queries, {_SEARCHES} times each"
    yield Row(GROUP, "search, p50", parts[49], "ms", note)
    yield Row(GROUP, "search, p95", parts[94], "ms", f"{note}; bar: 50 ms")


def _exports(archive: Archive) -> Iterator[Row]:
    documents = list(islice(archive, _EXPORTED))
    for name in ("parquet", "akoma-ntoso"):
        if name == "parquet" and find_spec("pyarrow") is None:
            yield skipped(GROUP, f"export, {name}", "pyarrow is not installed")
            continue
        with TemporaryDirectory() as folder:
            start = process_time()
            export(documents, name, Path(folder))
            rate = len(documents) / (process_time() - start)
        yield Row(GROUP, f"export, {name}", rate, "documents/s", "of CPU time")


def _copies(archive: Archive, count: int) -> Row:
    if find_spec("rensa") is None:
        return skipped(GROUP, "copies", "rensa is not installed")
    start = process_time()
    records = archive.duplicates()
    rate = count / (process_time() - start)
    return Row(GROUP, "copies looked for", rate, "documents/s", f"of CPU time; {len(records)} found, there are none")


if __name__ == "__main__":
    print(json.dumps(_add(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
