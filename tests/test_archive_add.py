"""`nqparse archive add`: what is new is parsed, nothing is lost or doubled, whatever happens to files and processes."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from archiving import content, resolution, small_files, specimen_files
from shapes import ROOT

from nqparse import __version__
from nqparse.archive.adding import Report
from nqparse.archive.archive import Archive
from nqparse.archive.lock import alone
from nqparse.archive.pool import Pool
from nqparse.archive.store import FILE_NAME, ArchiveError
from nqparse.errors import ExitCode, InputError, NqparseError, OutputError, UsageError

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "LC_ALL": ""}
PROCESSES = Path("/proc/self/task")
needs_proc = pytest.mark.skipif(not PROCESSES.is_dir(), reason="only Linux tells the children of a process")


PICTURE = b"\x89PNG\r\n\x1a\n but not really"


def add(folder: Path, *paths: Path, jobs: int = 1, **options: Any) -> Report:
    with Archive(folder, mode="a") as archive:
        return archive.add(paths, jobs=jobs, **options)


def figures(report: Report) -> dict[str, int]:
    names = ("files", "parsed", "known", "skipped", "failed", "gone")
    return {name: value for name in names if (value := getattr(report, name))}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nqparse", "archive", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=ENVIRONMENT, timeout=120, check=False
    )
    assert "Traceback" not in done.stderr
    return done


def count(folder: Path, query: str = "SELECT count(*) FROM documents") -> int:
    with Archive(folder) as archive:
        return int(archive.connection.execute(query).fetchone()[0])


# -- the pool -----------------------------------------------------------------------------------------


def pool(jobs: int, order: str = "") -> Pool[bytes]:
    return Pool("dying_worker", order, jobs, encode=bytes)


def test_a_task_that_kills_its_worker_is_lost_and_no_other() -> None:
    kinds = {3: b"kill", 5: b"exit", 7: b"print"}
    tasks = [kinds.get(number % 11, b"ok") + b" %d" % number for number in range(60)]
    with pool(3) as workers:
        answers = [answer for answer in workers.run(tasks, 5) if answer is not None]
    assert sorted(answer.task for answer in answers) == sorted(tasks)
    for answer in answers:
        dies = answer.task.startswith((b"kill", b"exit"))
        assert answer.data == (None if dies else answer.task)


def test_answers_larger_than_a_pipe_come_whole() -> None:
    with pool(2) as workers:
        answers = [answer for answer in workers.run([b"big %d" % n for n in range(20)], 5) if answer is not None]
    assert all(answer.data == answer.task * 100_000 for answer in answers)
    assert len(answers) == 20


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = 0

    def tasks() -> Any:
        nonlocal taken
        for number in range(200):
            taken += 1
            yield b"%d" % number

    with pool(2) as workers:
        for done, _ in enumerate(answer for answer in workers.run(tasks(), 5) if answer is not None):
            assert taken - done <= 14


def test_workers_that_cannot_start_are_told() -> None:
    with pool(2, "never starts") as workers, pytest.raises(ChildProcessError, match="exit code 3"):
        list(workers.run([b"a", b"b"], 5))


def test_a_pool_that_is_left_ends_its_workers() -> None:
    with pool(2) as workers:
        next(iter(workers.run([b"a"] * 20, 5)))
        processes = list(workers._workers)
    assert processes
    assert all(process.poll() is not None for process in processes)


# -- what is new --------------------------------------------------------------------------------------


def test_a_second_run_does_only_what_is_new_or_changed(tmp_path: Path) -> None:
    paths = small_files(tmp_path / "in", 6)
    archive = tmp_path / "archive"
    assert figures(add(archive, tmp_path / "in", jobs=2)) == {"files": 6, "parsed": 6}
    before = content(archive)
    assert figures(add(archive, tmp_path / "in")) == {"files": 6, "skipped": 6}
    assert content(archive) == before
    # Another time, but the same bytes: nothing is parsed, and the next run need not look again.
    os.utime(paths[0], ns=(1, 1))
    assert figures(add(archive, tmp_path / "in")) == {"files": 6, "skipped": 6}
    assert count(archive, f"SELECT modified_ns FROM sources WHERE path = '{paths[0]}'") == 1
    # Other bytes: the old document goes.
    paths[1].write_text(resolution(100), "utf-8")
    paths.append(tmp_path / "in" / "new.txt")
    paths[-1].write_text(resolution(101), "utf-8")
    assert figures(add(archive, tmp_path / "in")) == {"files": 7, "parsed": 2, "skipped": 5}
    assert count(archive) == 7
    assert count(archive, "SELECT count(*) FROM texts WHERE text LIKE '%lớp vẽ số 1.%'") == 0
    assert count(archive, "SELECT count(*) FROM texts WHERE text LIKE '%lớp vẽ số 100.%'") == 1
    assert count(archive, "SELECT count(*) FROM runs WHERE ended IS NOT NULL") == 4
    # What grew step by step is what comes of all at once.
    add(tmp_path / "other", tmp_path / "in", jobs=2)
    assert content(archive) == content(tmp_path / "other")


def test_the_same_bytes_are_one_document(tmp_path: Path) -> None:
    paths = small_files(tmp_path / "in", 3)
    for path in paths:
        path.write_text(resolution(1), "utf-8")
    report = add(tmp_path / "archive", tmp_path / "in")
    assert report.parsed >= 1
    assert report.parsed + report.known == 3
    assert (count(tmp_path / "archive"), count(tmp_path / "archive", "SELECT count(*) FROM document_sources")) == (1, 3)
    paths[0].write_text(resolution(2), "utf-8")
    paths[2].unlink()
    assert figures(add(tmp_path / "archive", tmp_path / "in")) == {"files": 2, "parsed": 1, "skipped": 1, "gone": 1}
    assert count(tmp_path / "archive") == 2


def test_a_file_that_was_renamed_is_not_parsed_again(tmp_path: Path) -> None:
    (path,) = small_files(tmp_path / "in", 1)
    add(tmp_path / "archive", tmp_path / "in")
    path.rename(tmp_path / "in" / "renamed.txt")
    assert figures(add(tmp_path / "archive", tmp_path / "in")) == {"files": 1, "known": 1, "gone": 1}
    assert count(tmp_path / "archive") == 1


def test_bytes_that_move_between_files_of_one_run_are_not_lost(tmp_path: Path) -> None:
    first, second = small_files(tmp_path / "in", 2)
    add(tmp_path / "archive", tmp_path / "in")
    one = first.read_text("utf-8")
    for number in range(2):  # whichever of the two is done first
        first.write_text(resolution(50 + number), "utf-8")
        second.write_text(one, "utf-8")
        add(tmp_path / "archive", tmp_path / "in", jobs=2)
        first.write_text(one, "utf-8")
        second.write_text(resolution(60 + number), "utf-8")
        add(tmp_path / "archive", tmp_path / "in", jobs=2)
        with Archive(tmp_path / "archive") as archive:
            assert sorted(document.text for document in archive) == sorted([one, resolution(60 + number)])


def test_gone_files_keep_their_documents_and_may_come_back(tmp_path: Path) -> None:
    paths = small_files(tmp_path / "in", 2)
    broken = tmp_path / "in" / "broken.txt"
    broken.write_bytes(PICTURE)
    archive = tmp_path / "archive"
    add(archive, tmp_path / "in")
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    for path in (paths[0], broken):
        path.rename(hidden / path.name)
    with Archive(archive) as opened:
        assert opened.status().gone == 2  # seen without a run
    assert figures(add(archive, tmp_path / "in")) == {"files": 1, "skipped": 1, "gone": 2}
    assert figures(add(archive, tmp_path / "in")) == {"files": 1, "skipped": 1}
    assert count(archive) == 2
    for path in (paths[0], broken):
        (hidden / path.name).rename(path)
    assert figures(add(archive, tmp_path / "in")) == {"files": 3, "skipped": 3}
    with Archive(archive) as opened:
        states = {Path(source.path).name: source.state for source in opened.sources()}
        assert states == {"nq-000.txt": "parsed", "nq-001.txt": "parsed", "broken.txt": "failed"}


def test_names_may_hold_anything(tmp_path: Path) -> None:
    names = [b"a'b\"c.txt", "nghị quyết (1)\n.txt".encode(), b"\xff\xfe.txt", "e\u0301%20?#.txt".encode()]
    folder = os.fsencode(tmp_path / "in")
    os.mkdir(folder)
    made = []
    for number, name in enumerate(names):
        try:
            with open(os.path.join(folder, name), "wb") as stream:
                stream.write(resolution(number).encode())
        except OSError:  # a system that knows no such names
            continue
        made.append(os.fsdecode(name))
    archive = tmp_path / "archive"
    assert figures(add(archive, tmp_path / "in")) == {"files": len(made), "parsed": len(made)}
    assert figures(add(archive, tmp_path / "in")) == {"files": len(made), "skipped": len(made)}
    with Archive(archive) as opened:
        assert sorted(Path(source.path).name for source in opened.sources()) == sorted(made)
        assert opened.status().gone == 0
        assert sorted(str(document.source.name) for document in opened) == sorted(made)


# -- what fails ---------------------------------------------------------------------------------------


def test_a_bad_file_stops_nothing_and_is_tried_again_when_asked(tmp_path: Path) -> None:
    small_files(tmp_path / "in", 3)
    bad = tmp_path / "in" / "bad.txt"
    bad.write_bytes(PICTURE)
    missing = tmp_path / "missing.txt"
    archive = tmp_path / "archive"
    report = add(archive, tmp_path / "in", missing)
    assert figures(report) == {"files": 5, "parsed": 3, "failed": 2}
    assert {path for path, _ in report.failures} == {str(bad), str(missing)}
    with Archive(archive) as opened:
        (failure,) = opened.failures()  # what is not there is no file
        assert failure.path == str(bad)
        assert failure.error
        assert failure.error_vi
    report = add(archive, tmp_path / "in")
    assert figures(report) == {"files": 4, "skipped": 4}
    assert report.failed_before == 1
    assert figures(add(archive, tmp_path / "in", again=True)) == {"files": 4, "skipped": 3, "failed": 1}
    bad.write_text(resolution(9), "utf-8")
    assert figures(add(archive, tmp_path / "in")) == {"files": 4, "parsed": 1, "skipped": 3}
    with Archive(archive) as opened:
        assert opened.failures() == []


def test_a_file_that_turns_bad_loses_its_document_but_not_for_a_disk_that_is_away(tmp_path: Path) -> None:
    first, second = small_files(tmp_path / "in", 2)
    archive = tmp_path / "archive"
    add(archive, tmp_path / "in")
    first.write_bytes(PICTURE)
    second.unlink()
    second.symlink_to(second)  # it is there, and cannot be read
    for _ in range(2):  # what could not be read is always tried again
        report = add(archive, first, second)
        assert report.failures[-1][0] == str(second)
    assert figures(report) == {"files": 2, "skipped": 1, "failed": 1}
    with Archive(archive) as opened:
        assert len(opened) == 1
        assert [len(source.documents) for source in opened.sources()] == [0, 1]


def test_other_settings_are_another_version(tmp_path: Path) -> None:
    small_files(tmp_path / "in", 2)
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "mine.yaml").write_text("labels:\n  - {id: label.roman, kind: roman, first: z, pattern: zz}\n", "utf-8")
    archive = tmp_path / "archive"
    add(archive, tmp_path / "in")
    report = add(archive, tmp_path / "in", rules=rules)
    assert (figures(report), report.other_version) == ({"files": 2, "skipped": 2}, 2)
    assert figures(add(archive, tmp_path / "in", rules=rules, again=True)) == {"files": 2, "parsed": 2}
    assert figures(add(archive, tmp_path / "in", rules=rules, again=True)) == {"files": 2, "skipped": 2}
    with Archive(archive) as opened:
        (version,) = opened.status().versions
        assert "rules:" in version
    assert figures(add(archive, tmp_path / "in", again=True)) == {"files": 2, "parsed": 2}


def test_a_document_that_the_archive_cannot_hold_stops_nothing(tmp_path: Path) -> None:
    small_files(tmp_path / "in", 4)
    with Archive(tmp_path / "archive", mode="a") as archive:
        archive.connection.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON texts WHEN NEW.text LIKE '%vẽ số 2.%' "
            "BEGIN SELECT raise(ABORT, 'refused'); END"
        )
        report = archive.add(tmp_path / "in", jobs=1)
        assert figures(report) == {"files": 4, "parsed": 3, "failed": 1}
        assert list(archive.verify()) == []
        (failure,) = archive.failures()
        assert failure.path.endswith("nq-002.txt")
        archive.connection.execute("DROP TRIGGER refuse")
        assert figures(archive.add(tmp_path / "in", jobs=1, again=True)) == {"files": 4, "parsed": 1, "skipped": 3}


def test_a_reading_that_fails_later_does_not_cost_the_one_that_is_there(tmp_path: Path) -> None:
    small_files(tmp_path / "in", 1)
    with Archive(tmp_path / "archive", mode="a") as archive:
        archive.add(tmp_path / "in", jobs=1)
        refuse = "CREATE TRIGGER refuse BEFORE INSERT ON texts BEGIN SELECT raise(ABORT, 'refused'); END"
        archive.connection.execute(refuse)
        report = archive.add(tmp_path / "in", jobs=1, again=True, encoding="utf-8")
        assert figures(report) == {"files": 1, "failed": 1}
        assert len(list(archive)) == 1
        assert archive.status().versions == {__version__: 1}
        assert list(archive.verify()) == []


def test_wrong_use_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with Archive(tmp_path / "archive", mode="a") as archive:
        with pytest.raises(UsageError, match="stdin"):
            archive.add(["-"])
        with pytest.raises(InputError, match="no text files"):
            archive.add(tmp_path / "empty")
        assert archive.connection.execute("SELECT count(*) FROM runs").fetchone() == (0,)


def children() -> list[int]:
    """Returns the processes that this one has started and that work for the archive."""
    found = []
    for task in PROCESSES.iterdir():
        for child in (task / "children").read_text().split():
            if b"nqparse.archive.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    return found


@needs_proc
def test_a_worker_that_is_killed_costs_one_file(tmp_path: Path) -> None:
    small_files(tmp_path / "in", 24)
    killed: list[int] = []

    def watch(name: str, done: int, total: int, error: NqparseError | None) -> None:
        if done == 3:
            for child in children():
                os.kill(child, signal.SIGKILL)
                killed.append(child)

    archive = tmp_path / "archive"
    report = add(archive, tmp_path / "in", jobs=1, watch=watch)
    assert len(killed) == 1
    assert figures(report) == {"files": 24, "parsed": 23, "failed": 1}
    assert report.errors == {"LostWorkerError": 1}
    assert figures(add(archive, tmp_path / "in")) == {"files": 24, "skipped": 24}
    assert figures(add(archive, tmp_path / "in", again=True)) == {"files": 24, "parsed": 1, "skipped": 23}
    add(tmp_path / "other", tmp_path / "in")
    assert content(archive) == content(tmp_path / "other")


# -- kill -9, and two at once -------------------------------------------------------------------------


def documents_so_far(folder: Path) -> int:
    try:
        return count(folder)
    except ArchiveError:
        return 0


def test_a_run_that_is_killed_is_resumed_without_loss_or_double(tmp_path: Path) -> None:
    files = specimen_files(tmp_path / "in", 3)
    archive = tmp_path / "archive"
    command = [sys.executable, "-m", "nqparse", "archive", "add", str(tmp_path / "in"), "-a", str(archive), "-j", "2"]
    reached = []
    for _ in range(3):  # each time it is killed a little later
        before = documents_so_far(archive)
        process = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while documents_so_far(archive) <= before and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        reached.append(documents_so_far(archive))
        linked = "SELECT count(*) FROM sources JOIN document_sources USING (source_id) WHERE state = 'parsed'"
        assert count(archive, linked) == count(archive, "SELECT count(*) FROM sources")
        assert content(archive)  # whole, with every reference leading somewhere
    assert 0 < reached[0] < len(files)
    done = run("add", tmp_path / "in", "-a", archive, "-j", "2")
    assert done.returncode == 0, done.stderr
    add(tmp_path / "other", tmp_path / "in", jobs=2)
    assert content(archive) == content(tmp_path / "other")
    assert count(archive) == len(files)


def test_only_one_adds_at_a_time_while_readers_go_on(tmp_path: Path) -> None:
    small_files(tmp_path / "in", 2)
    archive = tmp_path / "archive"
    add(archive, tmp_path / "in")
    with alone(archive / FILE_NAME):
        done = run("add", tmp_path / "in", "-a", archive)
        assert done.returncode == ExitCode.OUTPUT
        assert "another nqparse is adding" in done.stderr
        assert run("status", "-a", archive).returncode == 0
        with pytest.raises(OutputError, match="another nqparse"):
            add(archive, tmp_path / "in")
    assert figures(add(archive, tmp_path / "in")) == {"files": 2, "skipped": 2}


def test_ctrl_c_ends_everything_and_keeps_what_is_done(tmp_path: Path) -> None:
    specimen_files(tmp_path / "in", 3)
    archive = tmp_path / "archive"
    command = [sys.executable, "-m", "nqparse", "archive", "add", str(tmp_path / "in"), "-a", str(archive), "-j", "2"]
    process = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not documents_so_far(archive) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == ExitCode.INTERRUPTED, told
    assert b"Traceback" not in told
    assert b"broken off" in told
    assert count(archive) > 0


# -- the command line ---------------------------------------------------------------------------------


def test_report_and_status(tmp_path: Path) -> None:
    small_files(tmp_path / "in", 3)
    (tmp_path / "in" / "bad.txt").write_bytes(PICTURE)
    (tmp_path / "in" / "notes.xyz").write_text("x")
    archive, report = tmp_path / "archive", tmp_path / "report.json"
    done = run("add", tmp_path / "in", "--archive", archive, "--report", report)
    assert done.returncode == ExitCode.FINDINGS
    assert done.stdout == ""
    for told in ("3 parsed", "1 failed", "1 .xyz", "bad.txt", "đã đọc"):
        assert told in done.stderr
    found = json.loads(report.read_text("utf-8"))
    assert {name: found[name] for name in ("files", "parsed", "failed")} == {"files": 4, "parsed": 3, "failed": 1}
    assert found["failures"][0]["path"].endswith("bad.txt")
    assert sum(found["errors"].values()) == 1
    with Archive(archive) as opened:
        assert found["diagnostics"] == opened.status().diagnostics
    done = run("status", "-a", archive, "--failures")
    assert done.returncode == 0
    assert "bad.txt" in done.stdout
    plain = json.loads(run("status", "-a", archive, "--json", "--failures").stdout)
    assert (plain["documents"], plain["sources"], plain["failed"]) == (3, 4, 1)
    assert plain["last_run"]["ended"]
    assert plain["failed_files"][0]["error_vi"]


def test_exit_codes(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    assert run("add", tmp_path / "none.txt", "-a", archive).returncode == ExitCode.INPUT
    assert run("status", "-a", tmp_path / "nowhere").returncode == ExitCode.INPUT
    assert run("upgrade", "-a", tmp_path / "nowhere").returncode == ExitCode.INPUT
    assert not (tmp_path / "nowhere").exists()
    assert run("upgrade", "-a", archive).returncode == 0
    assert run("verify", "-a", archive, "--files").returncode == 0
    small_files(tmp_path, 1)
    assert run("add", tmp_path, "-a", archive, "--rules", tmp_path / "no-rules").returncode == ExitCode.RULES
    assert run("add", "-a", archive).returncode == ExitCode.USAGE


def test_a_script_without_a_guard_may_add(tmp_path: Path) -> None:
    small_files(tmp_path / "in", 4)
    script = tmp_path / "script.py"
    opened = "import nqparse\nwith nqparse.Archive('archive', mode='a') as archive:\n"
    script.write_text(f"{opened}    print(archive.add('in', jobs=2).parsed)\n", "utf-8")
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("4\n", "")


def test_every_table_is_told_to_datasette(tmp_path: Path) -> None:
    small_files(tmp_path / "in", 1)
    add(tmp_path / "archive", tmp_path / "in")
    told = json.loads((tmp_path / "archive" / "metadata.json").read_text("utf-8"))["databases"]["archive"]["tables"]
    with Archive(tmp_path / "archive") as archive:
        for name in told:
            cursor = archive.connection.execute(f"SELECT * FROM {name}")
            assert {column for column, *_ in cursor.description} == set(told[name]["columns"])


def test_a_locked_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nqparse.archive.store._PATIENCE", 0)
    small_files(tmp_path / "in", 1)
    with Archive(tmp_path / "archive", mode="a") as archive:
        other = sqlite3.connect(archive.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            with pytest.raises(OutputError, match="another process"):
                archive.add(tmp_path / "in")
        finally:
            other.close()
        assert figures(archive.add(tmp_path / "in")) == {"files": 1, "parsed": 1}
