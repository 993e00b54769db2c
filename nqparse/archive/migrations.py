"""How archives of older layouts are brought up to the newest one.

A step takes the file from the version that it stands under to the next one; all run inside one transaction of the
caller, so that a file is never left between two layouts. The JSON of the documents is the truth: a step may always
make the tables that come from it anew (`remake_tables`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from nqparse.archive.entry import rows_of, unpack
from nqparse.archive.schema import (
    INDEXES,
    INSERTS,
    PAGES,
    REVIEW_TABLES,
    SCHEMA_VERSION,
    create,
    create_own,
    create_views,
    quoted,
)
from nqparse.archive.views import VIEWS
from nqparse.export.tables_of_entities import TABLES

Step = Callable[[sqlite3.Connection], None]


def remake_tables(connection: sqlite3.Connection) -> None:
    """Makes all tables of the exports anew, as they are now, and fills them from the documents' JSON."""
    for view in VIEWS:  # a view of a table that is not there would be in the way
        connection.execute(f"DROP VIEW IF EXISTS {quoted(view.name)}")
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {quoted(table.name)}")
        connection.execute(create(table))
    for index in INDEXES:
        if " ON reviews " in index:
            continue  # a later step makes that table
        connection.execute(index.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS"))
    for name, packed in connection.execute("SELECT document_id, json FROM documents"):
        for table_name, rows in rows_of(unpack(packed), name).items():
            connection.executemany(INSERTS[table_name], rows)


def add_reviews(connection: sqlite3.Connection) -> None:
    """Makes the tables of what people say of documents."""
    for own in REVIEW_TABLES:
        connection.execute(create_own(own).replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"))
    connection.execute("CREATE INDEX IF NOT EXISTS reviews_by_state ON reviews (state)")


def add_pages(connection: sqlite3.Connection) -> None:
    """Makes the table of pages; those of older documents are kept when `archive add --again` parses them anew."""
    connection.execute(create_own(PAGES).replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"))


def add_confidence(connection: sqlite3.Connection) -> None:
    """Adds the confidence of OCR to the table of documents; only those with pages can have one."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(resolutions)")}
    if "ocr_confidence" in columns:
        return  # an earlier step has made the table anew
    connection.execute("ALTER TABLE resolutions ADD COLUMN ocr_confidence REAL")
    query = "SELECT document_id FROM resolutions WHERE pages IS NOT NULL"
    names = [name for (name,) in connection.execute(query)]
    for name in names:
        (packed,) = connection.execute("SELECT json FROM documents WHERE document_id = ?", (name,)).fetchone()
        sure = (unpack(packed).source.ocr or {}).get("confidence")
        connection.execute("UPDATE resolutions SET ocr_confidence = ? WHERE document_id = ?", (sure, name))


STEPS: dict[int, Step] = {
    0: remake_tables,  # from what was made before layouts had numbers
    1: add_reviews,
    2: add_pages,
    3: add_confidence,
}
"""The step that takes a file of this version to the next one."""


def migrate(connection: sqlite3.Connection, steps: Mapping[int, Step] = STEPS, newest: int = SCHEMA_VERSION) -> None:
    """Brings a file up to the newest layout; the caller has begun a transaction."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    for number in range(version, newest):
        steps[number](connection)
    create_views(connection)
    connection.execute(f"PRAGMA user_version = {newest}")
