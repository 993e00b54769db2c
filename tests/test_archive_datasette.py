"""An archive is ready for datasette: a real one is started on it and asked over the network of this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

import pytest
from archiving import specimen_files

from nqparse.archive.archive import Archive

pytest.importorskip("datasette", reason="datasette is not installed (pip install datasette)")

# A proxy of the environment must not be asked for this machine.
_ask = build_opener(ProxyHandler({})).open


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datasette")
    specimen_files(folder / "in")
    with Archive(folder, mode="a") as archive:
        archive.add(folder / "in", jobs=1)
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "datasette", "serve", str(folder / "archive.sqlite"),
        "--metadata", str(folder / "metadata.json"), "--port", str(port), "--setting", "sql_time_limit_ms", "20000",
    ]  # fmt: skip
    environment = {**os.environ, "HOME": str(folder)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while True:
            try:
                with _ask(f"{address}/-/versions.json", timeout=5):
                    break
            except (URLError, OSError):
                assert server.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield address
    finally:
        server.kill()
        server.wait()


def fetch(address: str) -> Any:
    with _ask(address, timeout=60) as answer:
        return json.load(answer)


def test_tables_and_views_are_served(folder: Path, address: str) -> None:
    with Archive(folder) as archive:
        for name in ("resolutions", "sections", "citations", "sources", "attendance", "votes", "entities", "terms"):
            page = fetch(f"{address}/archive/{name}.json?_shape=objects&_size=5")
            columns = [column.name for column in archive.tables[name].columns]
            assert page["rows"]
            assert set(columns) <= set(page["rows"][0])
        query = "SELECT count(*) AS n FROM entities WHERE type = 'MONEY'"
        answer = fetch(f"{address}/archive.json?sql={quote(query)}&_shape=array")
        assert [answer[0]["n"]] == list(archive.connection.execute(query).fetchone())


def test_titles_and_descriptions_are_shown(address: str) -> None:
    with _ask(f"{address}/archive/resolutions", timeout=60) as answer:
        page = answer.read().decode("utf-8")
    assert "One document: its letterhead, its facts, and where it came from." in page
    assert "Number and symbol, without spaces." in page
    with _ask(f"{address}/", timeout=60) as answer:
        assert "Nghị quyết · Resolutions" in answer.read().decode("utf-8")
