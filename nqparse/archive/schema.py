"""What is in the file of an archive: its tables, made from the tables of the exports, and how old files are brought up.

A document is kept twice: as the JSON of the contract (`documents.json`, compressed), which is the truth, and as rows in
the tables of `nqparse.export.tables_of_entities.TABLES`, which can be made again from it at any time. So a migration
may always drop such a table and fill it anew (`migrations.remake_tables`).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from nqparse.archive import search_index
from nqparse.archive.views import VIEWS
from nqparse.export.tables import Column, Table, Type
from nqparse.export.tables_of_entities import TABLES
from nqparse.export.tables_of_structure import RESOLUTIONS, SECTIONS, TEXTS

APPLICATION_ID = 0x4E515031  # "NQP1": tells an archive from other SQLite files
SCHEMA_VERSION = 4
"""Version of the file's layout, kept in `PRAGMA user_version`; `migrations` brings older files up to it."""

_TYPES: dict[Type, str] = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}
# Other tables are kept in the order of their keys: their rows are short, and an index of their own would double them.
# These are long, or have to be found by a rowid.
_BY_ROWID = frozenset((RESOLUTIONS.name, TEXTS.name, SECTIONS.name))


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column of a table that only archives have: its name, its declaration in SQL, and what it holds."""

    name: str
    declaration: str
    description: str


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table that only archives have.

    Attributes:
        name: its name.
        description: what a row is.
        columns: its columns.
        constraints: what else is declared, in SQL.
    """

    name: str
    description: str
    columns: tuple[OwnColumn, ...]
    constraints: tuple[str, ...] = ()


_RUN = "INTEGER REFERENCES runs ON DELETE SET NULL"

RUNS = OwnTable(
    "runs",
    "One run of nqparse archive add.",
    (
        OwnColumn("run_id", "INTEGER PRIMARY KEY", "Number of the run."),
        OwnColumn("started", "TEXT NOT NULL", "When it began, ISO 8601 in UTC."),
        OwnColumn("ended", "TEXT", "When it ended; null while it goes on, and where it was broken off."),
        OwnColumn("version", "TEXT NOT NULL", "Version of the parser, with the settings that are not its own."),
        OwnColumn("parsed", "INTEGER NOT NULL DEFAULT 0", "Number of files that were parsed."),
        OwnColumn("failed", "INTEGER NOT NULL DEFAULT 0", "Number of files that could not be."),
        OwnColumn("skipped", "INTEGER NOT NULL DEFAULT 0", "Number of files that had not changed."),
    ),
)
SOURCES = OwnTable(
    "sources",
    "One file that was to be read.",
    (
        OwnColumn("source_id", "INTEGER PRIMARY KEY", "Number of the file."),
        OwnColumn("path", "TEXT NOT NULL UNIQUE", "Its whole path; bytes where it is no text in UTF-8."),
        OwnColumn("sha256", "TEXT", "SHA-256 of its bytes, null where they could not be read."),
        OwnColumn("size", "INTEGER", "Its size in bytes."),
        OwnColumn("modified_ns", "INTEGER", "When it was last changed, in nanoseconds since 1970."),
        OwnColumn(
            "state", "TEXT NOT NULL CHECK (state IN ('parsed', 'failed', 'gone'))",
            "parsed, failed, or gone: it was not there any more when its folder was last added.",
        ),
        OwnColumn("error_code", "TEXT", "Kind of the error, where it failed."),
        OwnColumn("error", "TEXT", "The error in English."),
        OwnColumn("error_vi", "TEXT", "The error in Vietnamese."),
        OwnColumn("run_id", _RUN, "The run that last read it."),
    ),
)  # fmt: skip
DOCUMENTS = OwnTable(
    "documents",
    "One document as the JSON of the output contract; the other tables are made from it.",
    (
        OwnColumn("document_id", "TEXT PRIMARY KEY", "The document."),
        OwnColumn("sha256", "TEXT NOT NULL", "SHA-256 of its source."),
        OwnColumn("parser_version", "TEXT NOT NULL", "Version of the parser, with the settings that are not its own."),
        OwnColumn("json", "BLOB NOT NULL", "The JSON, compressed with zlib."),
        OwnColumn("run_id", _RUN, "The run that parsed it."),
    ),
)
DOCUMENT_SOURCES = OwnTable(
    "document_sources",
    "One document in one file; files with the same bytes have the same document.",
    (
        OwnColumn("source_id", "INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE", "The file."),
        OwnColumn("part", "INTEGER NOT NULL DEFAULT 0", "Place of the document among those of the file, from 0."),
        OwnColumn("document_id", "TEXT NOT NULL REFERENCES documents ON DELETE CASCADE", "The document."),
    ),
    ("PRIMARY KEY (source_id, part)",),
)
PAGES = OwnTable(
    "pages",
    "One page of a document, and where its characters stand on it (nqparse.archive.layouts).",
    (
        OwnColumn("document_id", "TEXT NOT NULL REFERENCES documents ON DELETE CASCADE", "The document."),
        OwnColumn("number", "INTEGER NOT NULL", "Number of the page in its file, from 1."),
        OwnColumn("width", "REAL NOT NULL", "Its width in points (1/72 inch), as it is displayed."),
        OwnColumn("height", "REAL NOT NULL", "Its height in points."),
        OwnColumn("start", "INTEGER NOT NULL", "First code point of its text."),
        OwnColumn("end", "INTEGER NOT NULL", "End of its text."),
        OwnColumn("scanned", "INTEGER NOT NULL", "1 if what one sees is a picture."),
        OwnColumn("broken", "INTEGER NOT NULL", "1 if it could not be read."),
        OwnColumn("read", "INTEGER NOT NULL", "1 if its text was read from a picture by OCR."),
        OwnColumn("encodings", "TEXT NOT NULL", "Old encodings that letters of its fonts were converted from."),
        OwnColumn("boxes", "BLOB NOT NULL", "The boxes of its characters, and how sure OCR is of each; packed."),
    ),
    ("PRIMARY KEY (document_id, number)",),
)

# What people said of a document refers to none: it must stay when a file is lost, and when its document is parsed anew.
REVIEWS = OwnTable(
    "reviews",
    "What people made of one document (nqparse.review); it stays when the document is parsed anew, or taken out.",
    (
        OwnColumn("document_id", "TEXT PRIMARY KEY", "The document."),
        OwnColumn("sha256", "TEXT NOT NULL", "SHA-256 of its source."),
        OwnColumn(
            "state", "TEXT NOT NULL CHECK (state IN ('new', 'in_review', 'approved', 'rejected'))",
            "new, in_review, approved or rejected.",
        ),
        OwnColumn("revision", "INTEGER NOT NULL", "Number of changes; whoever makes one says which he has seen."),
        OwnColumn("parser_version", "TEXT NOT NULL", "What the document was parsed by at the last change."),
        OwnColumn("changed_at", "TEXT NOT NULL", "When it was last changed, ISO 8601 in UTC."),
        OwnColumn("changed_by", "TEXT NOT NULL", "Who changed it."),
        OwnColumn("approved", "BLOB", "The corrected document as it was approved: its JSON, compressed with zlib."),
    ),
)
CORRECTIONS = OwnTable(
    "corrections",
    "One correction or change of state; nothing is ever taken out of this table.",
    (
        OwnColumn("correction_id", "INTEGER PRIMARY KEY", "Number of the correction."),
        OwnColumn("document_id", "TEXT NOT NULL REFERENCES reviews", "The document."),
        OwnColumn("seq", "INTEGER NOT NULL", "Its place among those of the document, from 1."),
        OwnColumn("revision", "INTEGER NOT NULL", "The revision that it made; corrections made together share it."),
        OwnColumn("kind", "TEXT NOT NULL", "What was done: set_field, change_entity, move_section, state and so on."),
        OwnColumn("target", "TEXT", "What it was done to: header.date, ORG and so on."),
        OwnColumn("operation", "TEXT NOT NULL", "The whole of it as JSON, with the place by its words."),
        OwnColumn("machine", "TEXT", "What the machine read there, as JSON."),
        OwnColumn("before", "TEXT", "What stood there before, as JSON."),
        OwnColumn("after", "TEXT", "What stood there then, as JSON."),
        OwnColumn("start", "INTEGER", "First code point of the place, in the text as it was."),
        OwnColumn("end", "INTEGER", "Its end in code points."),
        OwnColumn("author", "TEXT NOT NULL", "Who did it."),
        OwnColumn("at", "TEXT NOT NULL", "When, ISO 8601 in UTC."),
        OwnColumn("reason", "TEXT", "Why, in the author's words."),
        OwnColumn("parser_version", "TEXT NOT NULL", "What the document was parsed by then."),
        OwnColumn("undone_at", "TEXT", "When it was undone, null where it holds."),
        OwnColumn("undone_by", "TEXT", "Who undid it."),
        OwnColumn("undone_revision", "INTEGER", "The revision that undid it."),
    ),
    ("UNIQUE (document_id, seq)",),
)
REVIEW_TABLES = (REVIEWS, CORRECTIONS)

OWN_TABLES = (RUNS, SOURCES, DOCUMENTS, DOCUMENT_SOURCES, PAGES, *REVIEW_TABLES)
INDEXES = (
    "CREATE INDEX document_sources_by_document ON document_sources (document_id)",
    "CREATE INDEX documents_by_sha256 ON documents (sha256)",
    "CREATE INDEX resolutions_by_symbol ON resolutions (symbol)",
    "CREATE INDEX resolutions_by_uri ON resolutions (uri)",
    "CREATE INDEX citations_by_uri ON citations (uri)",
    "CREATE INDEX reviews_by_state ON reviews (state)",
)


def quoted(name: str) -> str:
    """Returns a name as SQL wants it; "end" and others are words of the language."""
    return f'"{name}"'


def create_own(table: OwnTable) -> str:
    """Returns the statement that makes a table that only archives have."""
    parts = [f"{quoted(column.name)} {column.declaration}" for column in table.columns]
    return _create(table.name, [*parts, *table.constraints])


def create(table: Table) -> str:
    """Returns the statement that makes a table of the exports."""
    parts = [_declared(table, column) for column in table.all_columns]
    ending = "" if table.name in _BY_ROWID else " WITHOUT ROWID"
    return _create(table.name, [*parts, f"PRIMARY KEY ({', '.join(table.key)})"]) + ending


def _create(name: str, parts: list[str]) -> str:
    lines = ",\n  ".join(parts)
    return f"CREATE TABLE {quoted(name)} (\n  {lines}\n)"


def _declared(table: Table, column: Column) -> str:
    needed = " NOT NULL" if column.name in table.key else ""
    refers = " REFERENCES documents ON DELETE CASCADE" if column.name == "document_id" else ""
    return f"{quoted(column.name)} {_TYPES[column.type]}{needed}{refers}"


def insert(table: Table) -> str:
    """Returns the statement that puts a row into a table of the exports."""
    marks = ", ".join("?" for _ in table.all_columns)
    return f"INSERT INTO {quoted(table.name)} VALUES ({marks})"


INSERTS: dict[str, str] = {table.name: insert(table) for table in TABLES}


def create_all(connection: sqlite3.Connection) -> None:
    """Makes the newest layout in an empty file; the caller has begun a transaction."""
    for own in OWN_TABLES:
        connection.execute(create_own(own))
    for table in TABLES:
        connection.execute(create(table))
    for index in INDEXES:
        connection.execute(index)
    search_index.create(connection)
    create_views(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def create_views(connection: sqlite3.Connection) -> None:
    """Makes all views anew."""
    for view in VIEWS:
        connection.execute(f"DROP VIEW IF EXISTS {quoted(view.name)}")
        connection.execute(f"CREATE VIEW {quoted(view.name)} AS\n{view.query}")
