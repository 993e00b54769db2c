"""What an archive keeps of one document, made ready by whoever parsed it: writing it is then only inserting."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from nqparse.archive.layouts import PageRow, page_rows
from nqparse.archive.search_index import Indexed
from nqparse.document import Document
from nqparse.export.akn_identity import fingerprint
from nqparse.export.tables import Row, RowMaker
from nqparse.export.tables_of_entities import TABLES
from nqparse.source.pages import Pages

_LEVEL = 6  # of zlib: a higher one takes much longer and saves hardly anything


@dataclass(frozen=True, slots=True)
class Entry:
    """A document ready for an archive; it travels between processes.

    Attributes:
        document_id: as the exports make it, from the hash of the source.
        sha256: the hash of the source, 64 hexadecimal digits.
        parser_version: the version of the parser, with the settings that are not its own (`nqparse.archive.version`).
        json: the JSON of the contract, compressed with zlib.
        rows: the rows of each table that has any, by its name; each begins with the document's id.
        codes: how many diagnostics of each code it has.
        indexed: what the index of the search keeps of it; None leaves it to the writer to make it of the JSON.
        pages: where its characters stand, page by page; none if its file has no pages.
    """

    document_id: str
    sha256: str
    parser_version: str
    json: bytes
    rows: dict[str, list[tuple[Any, ...]]]
    codes: dict[str, int]
    indexed: Indexed | None = None
    pages: tuple[PageRow, ...] = ()

    @classmethod
    def of(cls, document: Document, parser_version: str, pages: Pages | None = None) -> Entry:
        """Makes the entry of a document.

        Args:
            document: the document.
            parser_version: what it was parsed by.
            pages: the pages of its file (`nqparse.source.result.SourceText.pages`); where it is a part of the file,
                its own are cut out.
        """
        name = fingerprint(document)
        return cls(
            document_id=name,
            sha256=document.source.sha256 or sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
            parser_version=parser_version,
            json=pack(document),
            rows=rows_of(document, name),
            codes=dict(Counter(finding.code for finding in document.diagnostics)),
            indexed=Indexed.of(document),
            pages=page_rows(pages, document.source.part),
        )

    def renamed(self, document_id: str) -> Entry:
        """Returns the same entry under another id."""
        rows = {table: [(document_id, *row[1:]) for row in found] for table, found in self.rows.items()}
        return replace(self, document_id=document_id, rows=rows)


def rows_of(document: Document, document_id: str) -> dict[str, list[tuple[Any, ...]]]:
    """Returns the rows of each table that has any, by its name."""
    found = _maker().rows_named(document, document_id)
    return {table.name: _plain(rows) for table, rows in found if rows}


def pack(document: Document) -> bytes:
    """Returns the JSON of a document, compressed."""
    return zlib.compress(document.to_json().encode(), _LEVEL)


def unpack(packed: bytes) -> Document:
    """Returns the document that `pack` packed; every span is checked against the text again.

    Raises:
        zlib.error: if the bytes are damaged.
        pydantic.ValidationError: if the JSON breaks the contract.
    """
    return Document.from_json(zlib.decompress(packed))


@lru_cache(maxsize=1)
def _maker() -> RowMaker:
    return RowMaker(TABLES)


def _plain(rows: list[Row]) -> list[tuple[Any, ...]]:
    # SQLite knows no dates.
    return [tuple(value.isoformat() if isinstance(value, date) else value for value in row) for row in rows]
