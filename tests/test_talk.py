"""What is said on stderr: progress where somebody watches, whatever files are called; nothing where it is closed."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nqparse import talk


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def all_items() -> None:
    assert list(talk.with_progress(["a[/b].txt", "[red].txt"], 2, str)) == ["a[/b].txt", "[red].txt"]


def all_files() -> None:
    with talk.file_progress() as show:
        assert show is not None
        for done, name in enumerate(("a[/b].txt", "[red].txt"), 1):
            show(name, done, 2)


def all_pages() -> None:
    with talk.page_progress() as show:
        assert show is not None
        show("a[/b].pdf", 1, 2)
        show("[red].pdf", 1, 2)


@pytest.mark.parametrize("watch", [all_items, all_files, all_pages])
def test_the_name_of_a_file_is_shown_as_it_is(watch: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    watch()
    assert "[red]." in terminal.getvalue()


def test_a_name_cannot_steer_the_terminal() -> None:
    assert talk.printable("a\x1b[2J\n.txt") == "a\ufffd[2J\ufffd.txt"


def test_a_closed_stderr_is_no_bug_and_stdout_holds_data_only(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("NGHỊ QUYẾT\nĐiều 1. Thông qua.\n", "utf-8")
    (tmp_path / "other.zzz").write_text("of another kind", "utf-8")
    command = 'import os, sys; os.close(2); os.execv(sys.executable, [sys.executable, "-m", "nqparse", *sys.argv[1:]])'
    done = subprocess.run(
        [sys.executable, "-c", command, "parse", str(tmp_path), "--format", "jsonl"], stdout=subprocess.PIPE, check=True
    )
    assert [line[:1] for line in done.stdout.splitlines()] == [b"{", b"{"]
