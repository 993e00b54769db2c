"""The page of the search: its commands are run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from shapes import ROOT, SPECIMENS

import nqparse

PAGE = (ROOT / "docs" / "search.md").read_text("utf-8")


def test_every_command_works(tmp_path: Path) -> None:
    with nqparse.Archive(tmp_path / "archive", mode="a") as archive:
        for specimen in SPECIMENS[:12]:
            archive.put(nqparse.parse_file(specimen / "source.txt"), specimen / "source.txt")
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    commands = [line for block in blocks for line in block.splitlines()]
    assert len(commands) == 6
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(command)], cwd=tmp_path, capture_output=True, timeout=120, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "citations.graphml").exists()
    assert (tmp_path / "report.html").exists()
