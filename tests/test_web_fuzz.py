"""schemathesis asks a running server all that its OpenAPI description allows, and much that it does not."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from shapes import BODY, FOOT, OPENING

from nqparse.archive.archive import Archive
from nqparse.pipeline import parse
from nqparse.web.app import make_app
from nqparse.web.settings import API, ServeSettings


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("fuzzed")
    with Archive(folder, mode="a") as archive:
        archive.put(parse(OPENING + BODY + FOOT, name="nq.txt"), folder / "nq.txt")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app(ServeSettings(folder, port=port, author="Lan"))
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(10)


def test_the_server_keeps_to_its_description(server: str) -> None:
    description = schemathesis.openapi.from_url(f"{server}{API}/openapi.json")
    operations = [operation.ok() for operation in description.get_all_operations()]
    assert len(operations) > 15
    for operation in operations:

        @settings(
            max_examples=12, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            # What no schema can say: that a file can be read, that a place lies in a text.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        ask()
