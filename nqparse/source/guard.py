"""A helper process for work that may crash, hang or fill the memory, whatever the input makes of it.

A library in C that reads files of strangers can be made to do all three. In a process of its own it takes
nothing along: the caller gets a `GuardError`, and the next file gets a new helper. One helper serves many files.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

_LENGTH = 8  # bytes, of the number that says how long a message is
# The `__init__` of these packages loads what a helper does not need, and that takes longer than all the rest.
_EMPTY = ("nqparse", "nqparse.source")
_BOOT = """\
import importlib, json, sys, types
module, memory, sys.path[:], packages = json.loads(sys.argv[1])
for name, path in packages:
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [path]
importlib.import_module("nqparse.source.guard").limit(memory)
importlib.import_module(module).main()
"""


class GuardError(Exception):
    """The helper did not answer.

    Attributes:
        timed_out: whether it took too long; otherwise it crashed, most often for want of memory.
    """

    def __init__(self, *, timed_out: bool) -> None:
        super().__init__(timed_out)
        self.timed_out = timed_out


class Guard:
    """Asks a helper process. Threads may share it; they are served one after the other."""

    def __init__(self, module: str, memory: int) -> None:
        """Prepares a guard; the helper is started when it is first asked.

        Args:
            module: the module whose `main` serves (`serve`).
            memory: how many bytes the helper may take, where the system can see to it.
        """
        self._module = module
        self._memory = memory
        self._lock = threading.Lock()
        self._helper: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, data: bytes, seconds: float) -> bytes:
        """Returns the helper's answer.

        Args:
            data: what to ask.
            seconds: how long it may take.

        Raises:
            GuardError: if there is no answer.
            OSError: if no process can be started here.
        """
        with self._lock:
            helper = self._running()
            expired = threading.Event()

            def expire() -> None:
                expired.set()
                helper.kill()

            timer = threading.Timer(seconds, expire)
            timer.daemon = True
            timer.start()
            answer = None
            try:
                assert helper.stdin is not None
                assert helper.stdout is not None
                with contextlib.suppress(OSError):  # it has gone, and the pipe with it
                    send(helper.stdin, data)
                    answer = receive(helper.stdout)
            finally:
                timer.cancel()
                if answer is None:  # nobody may read the rest of a broken answer as the next one
                    self._stop()
            if answer is None:
                raise GuardError(timed_out=expired.is_set())
            return answer

    def _running(self) -> subprocess.Popen[bytes]:
        # After a fork the helper still belongs to the parent: two processes must not talk into one pipe.
        if self._helper is None or self._owner != os.getpid() or self._helper.poll() is not None:
            if not sys.executable:
                raise FileNotFoundError("there is no interpreter to start")
            root = Path(__file__).resolve().parent.parent
            packages = [(name, str(root.joinpath(*name.split(".")[1:]))) for name in _EMPTY]
            order = json.dumps([self._module, self._memory, sys.path, packages])
            self._helper = subprocess.Popen(
                [sys.executable, "-c", _BOOT, order],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._owner = os.getpid()
            atexit.register(self._stop)
        return self._helper

    def _stop(self) -> None:
        helper, self._helper = self._helper, None
        atexit.unregister(self._stop)
        if helper is not None and self._owner == os.getpid():
            helper.kill()
            helper.communicate()


def serve(answer: Callable[[bytes], bytes], *, greeting: bytes | None = None) -> None:
    """Answers questions until nobody can ask any more; what a helper's `main` does.

    Args:
        answer: gives the answer to a question.
        greeting: what is sent before the first answer, if anything is.
    """
    with os.fdopen(os.dup(1), "wb") as told, open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # a library that prints must not be heard as an answer
        if greeting is not None:
            send(told, greeting)
        while (data := receive(sys.stdin.buffer)) is not None:
            send(told, answer(data))


def limit(memory: int) -> None:
    """Limits the memory of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415  (not on Windows)
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def send(pipe: IO[bytes], message: bytes) -> None:
    """Writes a message into a pipe."""
    pipe.write(len(message).to_bytes(_LENGTH, "big"))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Reads a message from a pipe; None if it ends before the message does."""
    head = pipe.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    message = pipe.read(size)
    return message if len(message) == size else None
