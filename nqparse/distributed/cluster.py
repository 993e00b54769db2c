"""Clusters of dask: the one that a scheduler's address leads to, or processes on this machine."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nqparse.errors import InputError, UsageError

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 30  # seconds to find the scheduler


@contextmanager
def connected(scheduler: str | None = None, jobs: int = 0) -> Iterator[Client]:
    """Connects to a cluster.

    Args:
        scheduler: the address of a scheduler (`tcp://host:8786`); None starts processes on this machine.
        jobs: how many processes are started; 0 is one per core.

    Raises:
        UsageError: if dask's distributed is not installed.
        InputError: if there is no scheduler at the address.
    """
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415  (an extra)
    except ImportError:
        raise UsageError(
            "working on a cluster needs dask's distributed",
            "chạy trên cụm máy cần distributed của dask",
            hint_en="Install it with: pip install 'nqparse[distributed]'",
            hint_vi="Cài bằng: pip install 'nqparse[distributed]'",
        ) from None
    if scheduler is None:
        workers = jobs or os.cpu_count() or 1
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise InputError(
            f"{scheduler}: there is no scheduler of dask here: {error}",
            f"{scheduler}: không có bộ lập lịch dask ở đây ({error})",
            hint_en="Start one with: dask scheduler; and on each machine: dask worker tcp://HOST:8786 --nthreads 1",
            hint_vi="Khởi động bằng: dask scheduler; trên mỗi máy: dask worker tcp://HOST:8786 --nthreads 1",
        ) from None
    with client:
        yield client
