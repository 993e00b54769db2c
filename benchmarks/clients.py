"""`python -m benchmarks clients`: many people at the review desk at once, against a real server.

Each client lists, reads and corrects documents without a pause. A correction that comes too late is refused (409); one
that is taken must be in the document's history, and nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks.archive import files
from benchmarks.desk import served
from benchmarks.measure import Row, of_runs
from nqparse.archive.archive import Archive

_DOCUMENTS = 40
_API = "/api/v1/documents"


@dataclass(slots=True)
class Told:
    """What the clients were told: seconds by kind of request, answers by kind and status, corrections by document."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)


async def client(number: int, address: str, names: list[str], until: float, told: Told) -> None:
    """Works at the desk until the time is over."""
    chance = random.Random(number)
    async with httpx.AsyncClient(base_url=address, timeout=60) as web:

        async def timed(kind: str, method: str, path: str, body: Any = None) -> httpx.Response:
            start = time.perf_counter()
            answer = await web.request(method, path, json=body)
            told.seconds[kind].append(time.perf_counter() - start)
            told.answers[kind, answer.status_code] += 1
            return answer

        while time.monotonic() < until:
            name = chance.choice(names)
            await timed("list", "GET", f"{_API}?limit=20")
            found = (await timed("read", "GET", f"{_API}/{name}")).json()
            hour = {"op": "set_fact", "fact": "adopted_at", "value": f"{number % 24:02d}:00"}
            body = {"revision": found["review"]["revision"], "operations": [hour]}
            answer = await timed("correct", "POST", f"{_API}/{name}/corrections", body)
            told.taken[name] += answer.status_code == httpx.codes.OK


async def work(address: str, clients: int, seconds: float) -> tuple[Told, int]:
    """Returns what the clients were told, and in how many documents the history is not what was taken."""
    told = Told()
    async with httpx.AsyncClient(base_url=address, timeout=60) as web:
        names = [item["document_id"] for item in (await web.get(f"{_API}?limit=500")).json()["items"]]
        until = time.monotonic() + seconds
        await asyncio.gather(*(client(number, address, names, until, told) for number in range(clients)))
        lost = 0
        for name in names:
            done = (await web.get(f"{_API}/{name}/history")).json()
            lost += sum(item["kind"] != "state" for item in done) != told.taken[name]
    return told, lost


def measure(folder: Path, clients: int, seconds: float) -> list[Row]:
    """Returns the rows, on an archive that is made for it."""
    files.write(folder / "files", _DOCUMENTS)
    with Archive(folder / "archive", mode="a") as archive:
        archive.add(folder / "files", jobs=1)
    with served(folder / "archive") as address:
        told, lost = asyncio.run(work(address, clients, seconds))
    note = f"{clients} clients for {seconds:.0f} s on {_DOCUMENTS} documents, on the same machine"
    count = sum(told.answers.values())
    late = told.answers["correct", httpx.codes.CONFLICT]
    right = sum(number for (_, status), number in told.answers.items() if status == httpx.codes.OK)
    rows = [
        Row("clients", "requests", count / seconds, "a second", note),
        Row("clients", "errors", count - right - late, "in all", f"of {count:,} requests"),
        Row("clients", "corrections taken", sum(told.taken.values()), "in all", f"{late:,} came too late"),
        Row("clients", "documents with a lost update", lost, "in all", "of which the history is not what was taken"),
    ]
    return rows + [of_runs("clients", kind, found, "s", note) for kind, found in told.seconds.items()]


def main(arguments: list[str]) -> list[Row]:
    """Returns the rows that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks clients", description=__doc__)
    parser.add_argument("--clients", type=int, default=50, metavar="N", help="how many work at once (50)")
    parser.add_argument("--seconds", type=float, default=60, metavar="N", help="for how long (60)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), options.clients, options.seconds)
