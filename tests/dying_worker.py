"""A worker for the tests of the pool: it answers with what it was given, and dies of some tasks."""

from __future__ import annotations

import os
import signal
import sys

from nqparse.archive.pool import READY
from nqparse.source.guard import serve


def main(order: str) -> None:
    if order == "never starts":
        sys.exit(3)
    serve(_answer, greeting=READY)


def _answer(message: bytes) -> bytes:
    if message.startswith(b"kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if message.startswith(b"exit"):
        os._exit(1)
    if message.startswith(b"print"):
        print("a library talks", flush=True)
    return message * (100_000 if message.startswith(b"big") else 1)
