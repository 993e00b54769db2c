"""The index of the search: what it holds, and how a document goes in and out of it.

Three tables. `search_words` is FTS5's: it holds no text, but for each passage the keys of its words
(`nqparse.archive.words`), in columns of their own for title, heading, text, and the text with its accents.
`search_passages` says where in the document's text a passage stands, `search_documents` what filters ask for. The rowid
of a passage is made of the number of its document and its own, so that a filter on documents needs no look-up by passage.

What FTS5 is told to forget must be word for word what it was told to remember. It is made again from the text, so the
way that keys are made must not have changed since: the index carries its version, and `outdated` tells when it has to be
made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from nqparse.archive.passages import Passage, Span, passages_of
from nqparse.archive.words import FOLDING_VERSION, words
from nqparse.document import Document
from nqparse.export.places import storable

SHIFT = 20
"""A document has room for 2^20 passages; what is beyond them is not found."""

_VERSION = f"{FOLDING_VERSION}.1"

STATEMENTS = (
    """CREATE TABLE search_documents (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id TEXT NOT NULL UNIQUE REFERENCES documents ON DELETE CASCADE,
  year INTEGER,
  issued TEXT,
  kind TEXT NOT NULL,
  issuer TEXT NOT NULL,
  place TEXT NOT NULL,
  symbol TEXT NOT NULL
)""",
    """CREATE TABLE search_passages (
  passage INTEGER PRIMARY KEY,
  number INTEGER NOT NULL REFERENCES search_documents ON DELETE CASCADE,
  zone TEXT NOT NULL,
  section_id TEXT,
  appendix INTEGER,
  spans TEXT NOT NULL,
  title TEXT NOT NULL,
  heading TEXT NOT NULL
)""",
    "CREATE INDEX search_passages_by_document ON search_passages (number)",
    "CREATE TABLE search_version (version TEXT NOT NULL)",
    """CREATE VIRTUAL TABLE search_words USING fts5(
  title, heading, body, exact, content='', tokenize='ascii', prefix='2 3'
)""",
)
"""The statements that make the tables of the index."""

TABLES = ("search_words", "search_version", "search_passages", "search_documents")

_INSERT = "INSERT INTO search_words (rowid, title, heading, body, exact) VALUES (?, ?, ?, ?, ?)"
_DELETE = (
    "INSERT INTO search_words (search_words, rowid, title, heading, body, exact) VALUES ('delete', ?, ?, ?, ?, ?)"
)


def create(connection: sqlite3.Connection) -> None:
    """Makes the tables of an index that is empty."""
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute("INSERT INTO search_version VALUES (?)", (_VERSION,))


def outdated(connection: sqlite3.Connection) -> bool:
    """Tells whether the index was made by another version, or is not there: `drop`, `create` and index anew then."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_version'").fetchone() is None:
        return True
    row = connection.execute("SELECT version FROM search_version").fetchone()
    return row is None or row[0] != _VERSION


def rebuild(connection: sqlite3.Connection, documents: Iterable[tuple[str, Document]]) -> None:
    """Makes the index anew, in the transaction of the caller.

    Args:
        connection: the archive.
        documents: all its documents with their ids.
    """
    drop(connection)
    create(connection)
    for document_id, document in documents:
        index_document(connection, document_id, document)


def drop(connection: sqlite3.Connection) -> None:
    """Takes the tables of the index away."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index keeps of a document, made ready by whoever parsed it; it travels between processes.

    Attributes:
        facts: year, date, and the keys of kind, issuer, place and symbol.
        passages: of each passage zone, section, appendix and the packed spans of text, title and heading.
        columns: of each passage what FTS5 is told.
    """

    facts: tuple[int | None, str | None, str, str, str, str]
    passages: list[tuple[str, str | None, int | None, str, str, str]]
    columns: list[tuple[str, str, str, str]]

    @classmethod
    def of(cls, document: Document) -> Indexed:
        """Makes what the index keeps of a document."""
        text = storable(document.text)
        found = passages_of(document)[: 1 << SHIFT]
        return cls(
            _facts(document),
            [
                (passage.zone, passage.section_id and storable(passage.section_id), passage.appendix,
                 packed(passage.spans), packed(passage.title), packed(passage.heading))
                for passage in found
            ],
            [_columns(text, passage) for passage in found],
        )  # fmt: skip


def _facts(document: Document) -> tuple[int | None, str | None, str, str, str, str]:
    header = document.header
    symbol = header.symbol
    date = header.date.value if header.date else None
    year = symbol.year if symbol and symbol.year else int(date[:4]) if date and date[:4].isdecimal() else None
    codes = " ".join(symbol.codes) if symbol else ""
    issuers = [named.name for named in (header.issuer, header.parent_issuer) if named is not None]
    return (
        year, date, spaced(header.doc_type.value if header.doc_type else ""), spaced(" ".join([*issuers, codes])),
        spaced(header.place.text if header.place else ""), spaced(symbol.normalized if symbol else ""),
    )  # fmt: skip


def index_document(connection: sqlite3.Connection, document_id: str, document: Document | Indexed) -> None:
    """Puts a document into the index, in the transaction of the caller; one that is there already is replaced.

    Args:
        connection: the archive, with the document's row in `documents` and its text in `texts`.
        document_id: the id of the document in the archive.
        document: the document, or what was made ready of it.
    """
    remove_document(connection, document_id)
    made = document if isinstance(document, Indexed) else Indexed.of(document)
    number = connection.execute(
        "INSERT INTO search_documents (document_id, year, issued, kind, issuer, place, symbol) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (document_id, *made.facts),
    ).lastrowid
    assert number is not None
    first = number << SHIFT
    connection.executemany(
        "INSERT INTO search_passages (passage, number, zone, section_id, appendix, spans, title, heading) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(first + at, number, *passage) for at, passage in enumerate(made.passages)],
    )
    connection.executemany(_INSERT, [(first + at, *columns) for at, columns in enumerate(made.columns)])


def remove_document(connection: sqlite3.Connection, document_id: str) -> None:
    """Takes a document out of the index, in the transaction of the caller: before its text is deleted or changed."""
    row = connection.execute(
        "SELECT number, text FROM search_documents LEFT JOIN texts USING (document_id) WHERE document_id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        return
    number, text = row
    if text is not None:
        passages = connection.execute(
            "SELECT passage, zone, spans, title, heading FROM search_passages WHERE number = ?", (number,)
        ).fetchall()
        connection.executemany(
            _DELETE,
            [
                (rowid, *_columns(text, Passage(zone, None, None, unpacked(spans), unpacked(title), unpacked(heading))))
                for rowid, zone, spans, title, heading in passages
            ],
        )
    connection.execute("DELETE FROM search_passages WHERE number = ?", (number,))
    connection.execute("DELETE FROM search_documents WHERE number = ?", (number,))


def spaced(text: str) -> str:
    """Returns the keys of a text, each between spaces of its own, so that LIKE finds whole words in their order."""
    return "".join(f" {_number_key(word.key)} " for word in words(text))


def _number_key(key: str) -> str:
    return key.lstrip("0") or "0" if key.isdecimal() else key


def pattern(found: Iterable[str]) -> str:
    """Returns the pattern of LIKE for keys in this order, with anything between them."""
    return "".join(f"% {_number_key(key)} " for key in found) + "%"


def packed(spans: list[Span]) -> str:
    """Returns spans as a text: "0-17 63-76"."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def unpacked(text: str) -> list[Span]:
    """Returns the spans that `packed` wrote."""
    pairs = (piece.split("-") for piece in text.split())
    return [(int(start), int(end)) for start, end in pairs]


def _columns(text: str, passage: Passage) -> tuple[str, str, str, str]:
    """Returns what FTS5 is told of a passage: the keys of its title, heading and text, and the text's with accents."""
    body = [word for start, end in passage.spans for word in words(text, start, end)]
    return (
        _keys(text, passage.title),
        _keys(text, passage.heading),
        " ".join([word.key for word in body]),
        " ".join([word.exact for word in body]),
    )


def _keys(text: str, spans: list[Span]) -> str:
    return " ".join([word.key for start, end in spans for word in words(text, start, end)])
