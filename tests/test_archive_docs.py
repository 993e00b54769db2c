"""The page of the archive: its commands are run, and its queries asked."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from archiving import specimen_files
from shapes import ROOT

from nqparse.archive.archive import Archive

PAGE = (ROOT / "docs" / "archive.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_every_command_and_every_query_works(tmp_path: Path) -> None:
    specimen_files(tmp_path / "resolutions")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    commands = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(commands) == 3
    for command in commands:
        words = [sys.executable, "-m", *shlex.split(command)]
        done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr.decode()
    queries = [query for block in blocks("sql") for query in block.split(";") if query.strip()]
    assert len(queries) == 3
    with Archive(tmp_path / "archive") as archive:
        for query in queries:
            assert archive.connection.execute(query.replace("= 2021", "> 1900")).fetchall()
