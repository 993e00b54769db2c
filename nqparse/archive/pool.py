"""Worker processes that may die: the task that a worker died of is handed back as lost, and all others go on.

`concurrent.futures` gives up all tasks when one process is killed. Here every worker is an interpreter of its own that
is spoken to through its pipes (`nqparse.source.guard`), so that it is known which task it was at. It needs no
`__main__` that can be imported, and it ends by itself when this process is gone.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, TypeVar

from nqparse.source.guard import receive, send

_Task = TypeVar("_Task")

READY = b"ready"
_AHEAD = 2  # tasks that a worker has: one to work on and one that waits in its pipe, so that it never waits itself
_WINDOW = 6  # tasks per worker that are under way: what waits to be taken is bounded by it
_BOOT = """\
import importlib, json, sys
module, order, sys.path[:] = json.loads(sys.argv[1])
importlib.import_module(module).main(order)
"""


@dataclass(frozen=True, slots=True)
class Answer(Generic[_Task]):
    """What came of a task; `data` is None if its worker died of it."""

    task: _Task
    data: bytes | None


class Pool(Generic[_Task]):
    """Processes that work on tasks. Use it in `with`.

    A worker's `main(order)` sends `READY` when it can begin, and then one answer for every message, in order.
    """

    def __init__(self, module: str, order: str, jobs: int, encode: Callable[[_Task], bytes]) -> None:
        """Starts the processes.

        Args:
            module: the module whose `main` works.
            order: what is given to `main`.
            jobs: how many processes there are.
            encode: makes the message of a task; it must be shorter than the buffer of a pipe, 64 KB.

        Raises:
            OSError: if no process can be started here.
        """
        if not sys.executable:
            raise FileNotFoundError("there is no interpreter to start")
        self._command = [sys.executable, "-c", _BOOT, json.dumps([module, order, sys.path])]
        self._encode = encode
        self._window = _WINDOW * jobs
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Answer[_Task] | BaseException] = queue.SimpleQueue()
        self._closing = False
        self._lock = threading.Lock()
        self._workers: set[subprocess.Popen[bytes]] = set()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(jobs)]
        for thread in self._threads:
            thread.start()

    def run(self, tasks: Iterable[_Task], tick: float) -> Iterator[Answer[_Task] | None]:
        """Yields the answers in the order in which they come, and None when none came for `tick` seconds.

        Tasks are taken as they are needed, in the thread of the caller.

        Raises:
            OSError: if the workers cannot work at all.
        """
        waiting = 0
        for task in tasks:
            self._tasks.put(task)
            waiting += 1
            while waiting >= self._window or (waiting and not self._answers.empty()):
                answer = self._next(tick)
                waiting -= answer is not None
                yield answer
        while waiting:
            answer = self._next(tick)
            waiting -= answer is not None
            yield answer

    def _next(self, tick: float) -> Answer[_Task] | None:
        try:
            answer = self._answers.get(timeout=tick)
        except queue.Empty:
            return None
        if isinstance(answer, BaseException):
            raise answer
        return answer

    # -- one thread per worker ----------------------------------------------------------------

    def _serve(self) -> None:
        """Keeps one worker at work, and puts a new one in its place when it dies."""
        given: deque[_Task] = deque()
        more = True
        try:
            while more or given:
                if not given:
                    more = self._take(given, wait=True)
                    continue
                worker = self._start()
                try:
                    more = self._feed(worker, given, more)
                finally:
                    self._stop(worker)
                if given:  # it died
                    if self._closing:
                        return
                    self._answers.put(Answer(given.popleft(), None))
        except BaseException as error:
            self._answers.put(error)

    def _feed(self, worker: subprocess.Popen[bytes], given: deque[_Task], more: bool) -> bool:
        """Gives tasks to a worker until there are no more or it dies; then what it was given is left in `given`."""
        assert worker.stdin is not None
        assert worker.stdout is not None
        with contextlib.suppress(OSError):  # it has gone, and the pipe with it
            for task in given:
                send(worker.stdin, self._encode(task))
            while given or more:
                while more and len(given) < _AHEAD:
                    count = len(given)
                    more = self._take(given, wait=not given)
                    if len(given) == count:
                        break
                    send(worker.stdin, self._encode(given[-1]))
                if not given:
                    break
                data = receive(worker.stdout)
                if data is None:
                    break
                self._answers.put(Answer(given.popleft(), data))
        return more

    def _take(self, given: deque[_Task], *, wait: bool) -> bool:
        """Takes a task, if there is one or it is to be waited for; false if there will be no more."""
        try:
            task = self._tasks.get(block=wait)
        except queue.Empty:
            return True
        if task is None:
            return False
        given.append(task)
        return True

    def _start(self) -> subprocess.Popen[bytes]:
        # In a session of its own it does not hear Ctrl-C: whoever gave the task decides what becomes of it.
        worker = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        with self._lock:
            self._workers.add(worker)
            if self._closing:
                worker.kill()
        assert worker.stdout is not None
        if receive(worker.stdout) != READY and not self._closing:
            self._stop(worker)
            raise ChildProcessError(f"a worker process did not start (exit code {worker.returncode})")
        return worker

    def _stop(self, worker: subprocess.Popen[bytes]) -> None:
        assert worker.stdin is not None
        assert worker.stdout is not None
        with contextlib.suppress(OSError):
            worker.stdin.close()  # it ends by itself, unless it is not to be waited for
        if self._closing or worker.poll() is not None:
            worker.kill()
        worker.stdout.close()
        worker.wait()
        with self._lock:
            self._workers.discard(worker)

    # -- the end ------------------------------------------------------------------------------

    def close(self) -> None:
        """Ends the processes, whatever they are at."""
        with self._lock:
            self._closing = True
            for worker in self._workers:
                worker.kill()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Pool[_Task]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
