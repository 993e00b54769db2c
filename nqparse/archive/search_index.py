"""The index of the search: what it holds, and how a document goes in and out of it.

Three tables are FTS5's and hold no text, only keys of words (`nqparse.archive.words`). `search_words` has those of each
passage, in columns for title, heading and text; `search_accents` those with accents, `search_whole` those of a whole
document, each once: one raises the rank of what is spelled as in the query, the other finds documents whose words stand in
different passages. `search_passages` says where a passage stands, `search_documents` what filters ask for. The rowid
of a passage is made of the number of its document and its own, so that a filter on documents needs no look-up by passage.

What FTS5 is told to forget must be word for word what it was told to remember. It is made again from the text, so the
way that keys are made must not have changed since: the index carries its version, and `outdated` tells when it has to be
made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
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
  zone TEXT NOT NULL,
  section_id TEXT,
  appendix INTEGER,
  spans TEXT NOT NULL,
  title TEXT NOT NULL,
  heading TEXT NOT NULL
)""",
    "CREATE TABLE search_version (version TEXT NOT NULL)",
    """CREATE VIRTUAL TABLE search_words USING fts5(
  title, heading, body, content='', tokenize='ascii', prefix='2 3'
)""",
    "CREATE VIRTUAL TABLE search_accents USING fts5(keys, content='', detail=none, tokenize='ascii')",
    "CREATE VIRTUAL TABLE search_whole USING fts5(keys, content='', detail=none, tokenize='ascii', prefix='2 3')",
)
"""The statements that make the tables of the index."""

TABLES = ("search_words", "search_accents", "search_whole", "search_version", "search_passages", "search_documents")

# The columns of FTS5's tables; "delete" is its way to say that a row is to be forgotten.
_COLUMNS = {
    "search_words": ("title", "heading", "body"),
    "search_accents": ("keys",),
    "search_whole": ("keys",),
}


def _insert(table: str) -> str:
    columns = _COLUMNS[table]
    return f"INSERT INTO {table} (rowid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"


def _delete(table: str) -> str:
    columns = _COLUMNS[table]
    return f"INSERT INTO {table} ({table}, rowid, {', '.join(columns)}) VALUES ('delete', ?{', ?' * len(columns)})"


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
class Keys:
    """What FTS5 is told of a document.

    Attributes:
        passages: of each passage the keys of its title, of its heading, and of its text, parted by spaces.
        accents: of each passage the keys with accents of its text, each once.
        whole: the keys of all its passages, each once.
    """

    passages: list[tuple[str, str, str]]
    accents: list[str]
    whole: str

    @classmethod
    def of(cls, text: str, passages: Iterable[Passage]) -> Keys:
        """Makes the keys of the passages of a text."""
        told = []
        accents = []
        all_keys: set[str] = set()
        for passage in passages:
            body = [word for start, end in passage.spans for word in words(text, start, end)]
            own = [word.key for word in body]
            all_keys.update(own)
            told.append((_keys(text, passage.title), _keys(text, passage.heading), " ".join(own)))
            accents.append(" ".join(sorted({word.exact for word in body})))
        return cls(told, accents, " ".join(sorted(all_keys)))


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index keeps of a document, made ready by whoever parsed it; it travels between processes.

    Attributes:
        facts: year, date, and the keys of kind, issuer, place and symbol.
        passages: of each passage zone, section, appendix and the packed spans of text, title and heading.
        keys: what FTS5 is told of them.
    """

    facts: tuple[int | None, str | None, str, str, str, str]
    passages: list[tuple[str, str | None, int | None, str, str, str]]
    keys: Keys

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
            Keys.of(text, found),
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
        "INSERT INTO search_passages (passage, zone, section_id, appendix, spans, title, heading) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(first + at, *passage) for at, passage in enumerate(made.passages)],
    )
    _tell(connection, _insert, number, range(first, first + len(made.passages)), made.keys)


def remove_document(connection: sqlite3.Connection, document_id: str) -> None:
    """Takes a document out of the index, in the transaction of the caller: before its text is deleted or changed."""
    row = connection.execute(
        "SELECT number, text FROM search_documents LEFT JOIN texts USING (document_id) WHERE document_id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        return
    number, text = row
    own = (number << SHIFT, (number + 1) << SHIFT)
    if text is not None:
        rows = connection.execute(
            "SELECT passage, zone, spans, title, heading FROM search_passages WHERE passage >= ? AND passage < ? "
            "ORDER BY passage",
            own,
        ).fetchall()
        passages = [
            Passage(zone, None, None, unpacked(spans), unpacked(title), unpacked(heading))
            for _, zone, spans, title, heading in rows
        ]
        _tell(connection, _delete, number, [row[0] for row in rows], Keys.of(text, passages))
    connection.execute("DELETE FROM search_passages WHERE passage >= ? AND passage < ?", own)
    connection.execute("DELETE FROM search_documents WHERE number = ?", (number,))


def _tell(
    connection: sqlite3.Connection, statement: Callable[[str], str], number: int, rowids: Sequence[int], told: Keys
) -> None:
    """Tells FTS5 to remember or to forget the keys of a document."""
    words_of = [(rowid, *columns) for rowid, columns in zip(rowids, told.passages, strict=True)]
    connection.executemany(statement("search_words"), words_of)
    connection.executemany(statement("search_accents"), list(zip(rowids, told.accents, strict=True)))
    connection.execute(statement("search_whole"), (number, told.whole))


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


def _keys(text: str, spans: list[Span]) -> str:
    return " ".join([word.key for start, end in spans for word in words(text, start, end)])
