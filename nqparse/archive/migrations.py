"""How archives of older layouts are brought up to the newest one.

A step takes the file from the version that it stands under to the next one; each runs inside the transaction of the
caller, so that a file is never left between two layouts. The JSON of the documents is the truth: a step may always
drop tables that are made from it and fill them again (`refill`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from nqparse.archive.schema import SCHEMA_VERSION, create_views

Step = Callable[[sqlite3.Connection], None]

STEPS: dict[int, Step] = {}
"""The step that takes a file of this version to the next one."""


def migrate(connection: sqlite3.Connection, steps: Mapping[int, Step] = STEPS, newest: int = SCHEMA_VERSION) -> None:
    """Brings a file up to the newest layout; the caller has begun a transaction."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    for number in range(version, newest):
        steps[number](connection)
    create_views(connection)
    connection.execute(f"PRAGMA user_version = {newest}")
