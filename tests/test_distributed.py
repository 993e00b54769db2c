"""A run on a cluster gives what a run on one machine gives, also when workers die; the cluster here is a real one."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from distributed import Client
from distributed.diagnostics.plugin import WorkerPlugin
from typer.testing import CliRunner

from nqparse import Archive, distributed, parse
from nqparse.archive.entry import Entry
from nqparse.archive.store import File
from nqparse.archive.worker import Order, Result, Task, Worker
from nqparse.cli import app
from nqparse.distributed import cluster, part, work
from nqparse.distributed.part import Part
from nqparse.errors import InputError, UsageError

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # `benchmarks` is no part of the package

from benchmarks.archive import files  # noqa: E402

COUNT = 36
_OF_A_RUN = {"runs": "*", "sources": "source_id, run_id", "documents": "run_id", "document_sources": "source_id"}


class Deadly(WorkerPlugin):
    """Kills the worker that reads a certain file, as the system does with one that takes too much memory."""

    def setup(self, worker: Any) -> None:
        read = Worker.work

        def deadly(self: Worker, task: Task) -> Any:
            if task.name.endswith("deadly.txt"):
                os.kill(os.getpid(), signal.SIGKILL)
            return read(self, task)

        Worker.work = deadly  # type: ignore[method-assign]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with distributed.connected(jobs=2) as client:
        client.register_plugin(Deadly())
        yield client


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    files.write(folder, COUNT, seed=4)
    (folder / "other.bin.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    return folder


@pytest.fixture(scope="module")
def alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    place = tmp_path_factory.mktemp("alone")
    with Archive(place, mode="a") as archive:
        archive.add(folder, jobs=2)
    return content(place)


def content(place: Path) -> dict[str, list[Any]]:
    """Returns all tables of an archive, in order, without what tells runs apart."""
    found = {}
    with Archive(place) as archive:
        for name in sorted(archive.tables):
            columns = [row[1] for row in archive.connection.execute(f'PRAGMA table_info("{name}")')]
            left_out = _OF_A_RUN.get(name, "")
            kept = [f'"{column}"' for column in columns if left_out != "*" and column not in left_out]
            if kept:
                rows = archive.connection.execute(f'SELECT {", ".join(kept)} FROM "{name}"')
                found[name] = sorted(rows, key=repr)
        pairs = "SELECT s.path, d.document_id FROM document_sources AS d JOIN sources AS s USING (source_id)"
        found["document_sources"] = sorted(archive.connection.execute(pairs))
    return found


def differing(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> list[str]:
    return [name for name in {*one, *other} if one.get(name) != other.get(name)]


def test_nothing_is_lost_or_doubled_when_a_worker_is_killed(
    client: Client, folder: Path, alone: dict[str, list[Any]], tmp_path: Path
) -> None:
    victims = list(client.run(os.getpid).values())[:1]
    killed: list[int] = []

    def watch(name: str, done: int, total: int, error: Any) -> None:
        if done > COUNT // 4 and victims:
            killed.append(victims.pop())
            os.kill(killed[0], signal.SIGKILL)

    with Archive(tmp_path, mode="a") as archive:
        report = distributed.add(archive, folder, client, watch=watch, files=6)
        assert (report.files, report.parsed + report.known, report.failed) == (COUNT + 2, COUNT, 2)
        again = distributed.add(archive, folder, client, files=6)
        assert (again.parsed, again.skipped) == (0, COUNT + 2)
    assert killed
    assert killed[0] not in client.run(os.getpid).values()
    assert differing(content(tmp_path), alone) == []
    assert sorted(path.name for path in tmp_path.iterdir() if "parts" in path.name) == []


def test_a_file_that_kills_every_worker_fails_alone(client: Client, tmp_path: Path) -> None:
    source = tmp_path / "in"
    files.write(source, 6, seed=5)
    (source / "0000" / "deadly.txt").write_text("NGHỊ QUYẾT\nĐiều 1. Thông qua.\n", "utf-8")
    with Archive(tmp_path / "archive", mode="a") as archive:
        report = distributed.add(archive, source, client, files=4)
        assert (report.parsed, report.failed) == (6, 1)
        assert [(Path(path).name, type(error).__name__) for path, error in report.failures] == [
            ("deadly.txt", "LostWorkerError")
        ]
        assert [Path(failure.path).name for failure in archive.failures()] == ["deadly.txt"]
        assert len(archive) == 6


def test_parts_tables_and_a_merge(
    client: Client, folder: Path, alone: dict[str, list[Any]], tmp_path: Path
) -> None:
    out, place = tmp_path / "out", tmp_path / "archive"
    outcome = distributed.parse_files([folder], client, out, files=15)
    assert (outcome.parsed, outcome.failed, len(outcome.parts)) == (COUNT, 2, 3)
    assert {Path(path).name for path, _ in outcome.failures} == {"other.bin.txt", "broken.pdf"}

    sections = f"SELECT count(*), count(DISTINCT document_id) FROM '{out}/tables/sections/*.parquet'"
    expected = (len(alone["sections"]), len({row[0] for row in alone["sections"]}))
    assert duckdb.sql(sections).fetchall() == [expected]
    packed = [(out / "documents" / f"{name}.jsonl.gz").read_bytes() for name in outcome.parts]
    lines = [line for data in packed for line in gzip.decompress(data).splitlines()]
    assert sorted(json.loads(line)["source"]["sha256"] for line in lines) == sorted(
        sha for sha, *_ in (row[1:] for row in alone["documents"])
    )

    written = {path: path.stat().st_mtime_ns for path in (out / part.FOLDER).iterdir()}
    lost = min(written)
    bytes_before = lost.read_bytes()
    lost.unlink()  # as when the run was broken off
    assert distributed.parse_files([folder], client, out, files=15).parts == outcome.parts
    assert lost.read_bytes() == bytes_before
    again = {path: path.stat().st_mtime_ns for path in (out / part.FOLDER).iterdir()}
    assert [path for path in written if again[path] != written[path]] == [lost]

    for _ in range(2):  # what is there already stays as it is
        report = distributed.merge(out, place)
        assert (report.parsed, report.failed) == (COUNT, 2)
        assert differing(content(place), alone) == []


def test_a_part_brings_entries_back_whole(tmp_path: Path) -> None:
    entry = Entry.of(parse("NGHỊ QUYẾT\nVề họp\nĐiều 1. Họp ngày 02/01/2024.\nĐiều 2. Bầu ông Lê Văn Ngàn.\n"), "1")
    assert entry.indexed is not None  # so that the process that inserts has nothing to read again
    results = [Result(File("a.txt", entry.sha256, 1, 2), "parsed", (entry,))]
    part.write(tmp_path / "one.gz", results)
    assert list(part.read(tmp_path / "one.gz")) == results


def test_parts_are_named_by_what_is_in_them(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Điều 1. Thông qua.", "utf-8")
    tasks = (Task(str(file), "a.txt"), Task("/no/such/file", "b.txt"))

    def name(**changes: Any) -> str:
        return Part(**({"out": "x", "order": Order("", "1"), "tasks": tasks} | changes)).name

    before = name()
    assert before == name(out="y")
    assert len({before, name(order=Order("", "2")), name(tasks=tasks[:1]), name(tables=True)}) == 4
    file.write_text("Điều 1. Bãi bỏ.", "utf-8")
    assert name() != before


def test_the_file_that_three_did_not_come_back_from_is_passed_over(tmp_path: Path) -> None:
    tasks = []
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"NGHỊ QUYẾT\nVề {name}\nĐiều 1. Thông qua.\n", "utf-8")
        tasks.append(Task(str(tmp_path / name), name))
    some = Part(str(tmp_path / "out"), Order("", "1"), tuple(tasks))
    journal = tmp_path / "out" / work.JOURNALS / f"{some.name}.log"
    journal.parent.mkdir(parents=True)
    journal.write_bytes(b"+0\n-0\n+1\n" * work.DEATHS)
    summary = work.work(some, some.name)
    assert summary.states == {"parsed": 1, "failed": 1}
    parsed, failed = part.read(part.path_of(some.out, some.name))
    assert (parsed.state, len(parsed.entries), parsed.error) == ("parsed", 1, None)
    assert type(failed.error).__name__ == "LostWorkerError"
    assert not journal.exists()
    again = work.work(some, some.name)  # it is there
    assert (again.states, again.codes) == (summary.states, summary.codes)


def test_what_cannot_be_used_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no finished run"):
        distributed.merge(tmp_path, tmp_path / "archive")
    (tmp_path / "parts.txt").write_text("abc\n")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "abc.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match="damaged"):
        distributed.merge(tmp_path, tmp_path / "archive")
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with pytest.raises(InputError, match="no scheduler"), cluster.connected("tcp://127.0.0.1:1"):
        pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as raised, cluster.connected():
        pass
    assert "nqparse[distributed]" in raised.value.say("vi")


def test_the_command(client: Client, folder: Path, tmp_path: Path) -> None:
    address = client.scheduler.address
    place = tmp_path / "archive"
    result = CliRunner().invoke(
        app, ["archive", "add", str(folder / "0000"), "--archive", str(place), "--scheduler", address]
    )
    assert result.exit_code == 0, result.output
    with Archive(place) as archive:
        assert len(archive) == COUNT
