"""Gives the files of a run to a cluster, part by part, and what became of them back; workers may die meanwhile."""

from __future__ import annotations

import pickle
import queue
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from nqparse.archive.pool import Answer
from nqparse.archive.worker import Order, Task
from nqparse.distributed import part as parts
from nqparse.distributed.part import Part
from nqparse.distributed.work import Summary, work
from nqparse.errors import NqparseError, OutputError

if TYPE_CHECKING:
    from distributed import Client

FILES = 64  # of one part: a second or two of work
_WINDOW = 4  # parts per thread of the cluster that are under way
_LEAST = 8
# How often a part is given to the cluster anew. Each time the scheduler lets a few workers die over it before it gives
# it back, and three deaths make a file a failed one.
_TRIES = 24


@dataclass(frozen=True, slots=True)
class Done:
    """A part that is done: its name, and what its worker says of it; None if no worker came back from it."""

    part: Part
    name: str
    summary: Summary | None


class ClusterPool:
    """Has tasks done by a cluster. It is used as the pool of processes on one machine is (`nqparse.archive.pool`).

    Attributes:
        names: the names of the parts that were done, in the order in which they were.
    """

    def __init__(self, client: Client, out: str, order: Order, *, tables: bool = False, files: int = FILES) -> None:
        """Takes a cluster.

        Args:
            client: connected to it.
            out: the folder of the parts.
            order: how files are read.
            tables: whether the workers also write tables.
            files: how many files a part has.
        """
        self._client = client
        self._out = out
        self._order = order
        self._tables = tables
        self._files = files
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._under_way: dict[str, tuple[Part, str, int, Any]] = {}  # part, its name, which attempt, future
        self._token = uuid4().hex[:8]  # a scheduler may remember the keys of other runs
        self._submitted = 0
        self.names: list[str] = []

    def run(self, tasks: Iterable[Task], tick: float) -> Iterator[Answer[Task] | None]:
        """Yields what became of the tasks, part by part as they are done, and None when none was for `tick` seconds.

        Raises:
            OutputError: if the workers cannot write their parts.
            InputError: if a part cannot be read here.
        """
        for done in self.parts(tasks, tick):
            if done is None:
                yield None
            elif done.summary is None:
                yield from (Answer(task, None) for task in done.part.tasks)
            else:
                results = parts.read(parts.path_of(self._out, done.name))
                for task, result in zip(done.part.tasks, results, strict=True):
                    yield Answer(task, pickle.dumps(result, protocol=5))

    def parts(self, tasks: Iterable[Task], tick: float) -> Iterator[Done | None]:
        """Yields the parts as they are done, without reading them, and None when none was for `tick` seconds.

        Raises:
            OutputError: if the workers cannot write their parts.
        """
        waiting = iter(tasks)
        while True:
            while len(self._under_way) < self._window and (chunk := tuple(islice(waiting, self._files))):
                part = Part(self._out, self._order, chunk, self._tables)
                self._submit(part, part.name, 1)
            if not self._under_way:
                return
            try:
                future = self._done.get(timeout=tick)
            except queue.Empty:
                yield None
                continue
            done = self._take(future)
            if done is not None:
                yield done

    @property
    def _window(self) -> int:
        # Workers may come and go: those that are there now count.
        threads: int = sum(self._client.nthreads().values())
        return max(_LEAST, _WINDOW * threads)

    def _submit(self, part: Part, name: str, attempt: int) -> None:
        self._submitted += 1
        key = f"nqparse-{name}-{self._token}-{self._submitted}"
        future = self._client.submit(work, part, name, key=key, pure=False)
        self._under_way[key] = (part, name, attempt, future)
        future.add_done_callback(self._done.put)

    def _take(self, future: Any) -> Done | None:
        """Returns the part that a future was for, None if it has to be done again."""
        part, name, attempt, _ = self._under_way.pop(future.key)
        if future.status == "finished":
            self.names.append(name)
            return Done(part, name, future.result())
        error = future.exception() if future.status == "error" else None
        if isinstance(error, NqparseError):
            raise error
        if isinstance(error, OSError):
            raise OutputError(f"{self._out}: a worker cannot work: {error}", f"{self._out}: máy con lỗi ({error})")
        if attempt < _TRIES and (error is None or type(error).__name__ == "KilledWorker"):
            self._submit(part, name, attempt + 1)
            return None
        return Done(part, name, None)

    def __enter__(self) -> ClusterPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for *_, future in self._under_way.values():
            future.cancel()
        self._under_way.clear()
