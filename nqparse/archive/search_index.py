"""The index of the search: what it holds, and how a document goes in and out of it.

Two tables are FTS5's and hold no text, only keys of words (`nqparse.archive.words`). `search_words` has those of each
document, in columns for its title, its headings and its text; between two passages stands a sign that is in no query,
so that no phrase runs over it. `search_accents` has those with accents, each once: it raises the rank of what is
spelled as in the query. `search_passages` says where the passages of a document stand (`nqparse.archive.passages`) and
holds their keys, so that the one that matches best is found without folding text again. `search_documents` has what
filters ask for.

What FTS5 is told to forget must be word for word what it was told to remember. It is made again from what is kept, so
the way that keys are made must not have changed since: the index carries its version, and `outdated` tells when it has
to be made anew.
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
"""A passage's rowid is the number of its document, this many bits to the left, and its own place in it."""

_VERSION = f"{FOLDING_VERSION}.2"
_BETWEEN = " \N{PILCROW SIGN} "

STATEMENTS = (
    """CREATE TABLE search_documents (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id TEXT NOT NULL UNIQUE REFERENCES documents ON DELETE CASCADE,
  year INTEGER,
  issued TEXT,
  kind TEXT NOT NULL,
  issuer TEXT NOT NULL,
  place TEXT NOT NULL,
  symbol TEXT NOT NULL,
  title TEXT NOT NULL,
  headings TEXT NOT NULL
)""",
    """CREATE TABLE search_passages (
  passage INTEGER PRIMARY KEY,
  zone TEXT NOT NULL,
  section_id TEXT,
  appendix INTEGER,
  spans TEXT NOT NULL,
  keys TEXT NOT NULL
)""",
    "CREATE TABLE search_version (version TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE search_words USING fts5(title, headings, body, content='', tokenize='ascii', prefix='2 3')",
    "CREATE VIRTUAL TABLE search_accents USING fts5(keys, content='', detail=none, tokenize='ascii')",
)
"""The statements that make the tables of the index."""

TABLES = ("search_words", "search_accents", "search_version", "search_passages", "search_documents")


def create(connection: sqlite3.Connection) -> None:
    """Makes the tables of an index that is empty."""
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute("INSERT INTO search_version VALUES (?)", (_VERSION,))


def outdated(connection: sqlite3.Connection) -> bool:
    """Tells whether the index was made by another version, or is not there: it has to be made anew then."""
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
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    create(connection)
    for document_id, document in documents:
        index_document(connection, document_id, document)


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index keeps of a document, made ready by whoever parsed it; it travels between processes.

    Attributes:
        facts: year, date, and the keys of kind, issuer, place and symbol.
        title: the keys of its title.
        headings: the keys of its headings.
        passages: of each passage zone, section, appendix, packed spans, and keys.
        accents: the keys with accents of all its words, each once.
    """

    facts: tuple[int | None, str | None, str, str, str, str]
    title: str
    headings: str
    passages: list[tuple[str, str | None, int | None, str, str]]
    accents: str

    @classmethod
    def of(cls, document: Document) -> Indexed:
        """Makes what the index keeps of a document."""
        text = storable(document.text)
        found = passages_of(document)[: 1 << SHIFT]
        told = []
        accents: set[str] = set()
        for passage in found:
            own = [word for start, end in passage.spans for word in words(text, start, end)]
            accents.update([word.exact for word in own])
            told.append(_row(passage, " ".join([word.key for word in own])))
        return cls(
            _facts(document),
            _BETWEEN.join(_keys(text, passage.title) for passage in found if passage.title),
            _BETWEEN.join(_keys(text, passage.heading) for passage in found if passage.heading),
            told,
            " ".join(sorted(accents)),
        )

    @property
    def body(self) -> str:
        """Returns the keys of all passages."""
        return _body(keys for *_, keys in self.passages)


def _row(passage: Passage, keys: str) -> tuple[str, str | None, int | None, str, str]:
    section_id = passage.section_id and storable(passage.section_id)
    return passage.zone, section_id, passage.appendix, packed(passage.spans), keys


def _body(keys: Iterable[str]) -> str:
    return _BETWEEN.join(keys)


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
        "INSERT INTO search_documents (document_id, year, issued, kind, issuer, place, symbol, title, headings) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (document_id, *made.facts, made.title, made.headings),
    ).lastrowid
    assert number is not None
    connection.executemany(
        "INSERT INTO search_passages (passage, zone, section_id, appendix, spans, keys) VALUES (?, ?, ?, ?, ?, ?)",
        [((number << SHIFT) + at, *passage) for at, passage in enumerate(made.passages)],
    )
    connection.execute(
        "INSERT INTO search_words (rowid, title, headings, body) VALUES (?, ?, ?, ?)",
        (number, made.title, made.headings, made.body),
    )
    connection.execute("INSERT INTO search_accents (rowid, keys) VALUES (?, ?)", (number, made.accents))


def remove_document(connection: sqlite3.Connection, document_id: str) -> None:
    """Takes a document out of the index, in the transaction of the caller: before its text is deleted or changed."""
    row = connection.execute(
        "SELECT number, title, headings, text FROM search_documents LEFT JOIN texts USING (document_id) "
        "WHERE document_id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        return
    number, title, headings, text = row
    own = own_passages(number)
    rows = connection.execute(
        "SELECT spans, keys FROM search_passages WHERE passage BETWEEN ? AND ? ORDER BY passage", own
    ).fetchall()
    connection.execute(
        "INSERT INTO search_words (search_words, rowid, title, headings, body) VALUES ('delete', ?, ?, ?, ?)",
        (number, title, headings, _body(keys for _, keys in rows)),
    )
    if text is not None:
        exact = {word.exact for spans, _ in rows for start, end in unpacked(spans) for word in words(text, start, end)}
        connection.execute(
            "INSERT INTO search_accents (search_accents, rowid, keys) VALUES ('delete', ?, ?)",
            (number, " ".join(sorted(exact))),
        )
    connection.execute("DELETE FROM search_passages WHERE passage BETWEEN ? AND ?", own)
    connection.execute("DELETE FROM search_documents WHERE number = ?", (number,))


def own_passages(number: int) -> tuple[int, int]:
    """Returns the first and the last rowid that passages of a document may have."""
    return number << SHIFT, ((number + 1) << SHIFT) - 1


def spaced(text: str) -> str:
    """Returns the keys of a text, each between spaces of its own, so that LIKE finds whole words in their order."""
    return "".join(f" {_number_key(word.key)} " for word in words(text))


def pattern(found: Iterable[str]) -> str:
    """Returns the pattern of LIKE for keys in this order, with anything between them."""
    return "".join(f"% {_number_key(key)} " for key in found) + "%"


def _number_key(key: str) -> str:
    return key.lstrip("0") or "0" if key.isdecimal() else key


def packed(spans: list[Span]) -> str:
    """Returns spans as a text: "0-17 63-76"."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def unpacked(text: str) -> list[Span]:
    """Returns the spans that `packed` wrote."""
    pairs = (piece.split("-") for piece in text.split())
    return [(int(start), int(end)) for start, end in pairs]


def _keys(text: str, spans: list[Span]) -> str:
    return " ".join([word.key for start, end in spans for word in words(text, start, end)])
