"""The search: documents that match a query, the best ones first, each with the passage that matches best.

The rank is FTS5's bm25 over documents, in which a word of the title counts more than one of a heading, and that more
than one of the text. The best documents are then looked at passage by passage: those whose words stand together come
first. Where more documents match than can be ranked while somebody waits (`MOST_RANKED`), those that match in title or
headings or with the accents of the query are ranked, and of the others the newest: their words are so frequent then
that bm25 could hardly tell them apart anyway.

Only of the hits that are shown is the text read: the words of the passage are folded again, and so the places of what
was found are true to the code point, however it is spelled and encoded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from nqparse.archive.passages import Span
from nqparse.archive.query_language import FieldName, Filter, Query, QueryError, Term, filter_of, parse_query
from nqparse.archive.search_index import outdated, own_passages, pattern, unpacked
from nqparse.archive.snippets import Snippet, occurrences, snippet_of
from nqparse.errors import InputError

MOST_RANKED = 20_000
"""Documents that are ranked for one query."""

_LOOKED_AT = 50  # of the best documents, whose passages are looked at
_IN_A_ROW = 1.0  # how much it raises the score that words that follow each other in the query do so in that passage
_TOGETHER = 1.0  # how much words of one passage raise the score: those of a document that has all in one count double
_WEIGHTS = "8.0, 4.0, 1.0"  # of a match in the title, in a heading, in the text
_SAYING = frozenset(("header", "body", "appendix"))  # zones that say what the document is about, before its bases
_SAME_ACCENTS = 1.5  # times the score of a document that has all words with the accents of the query


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, with its best passage.

    Attributes:
        document_id: its document in the archive.
        symbol: the document's number and symbol, None where it has none.
        title: the document's title.
        issuer: the document's issuer.
        issued: the date of its letterhead, as far as written.
        passages: how many passages of the document have some of the words.
        zone: the kind of zone that the passage is in: header, body, appendix and so on.
        section_id: the section whose text it is, None outside of sections.
        appendix: the place of the appendix that the section is in, from 0; None in the body.
        score: how well it matches; higher is better. Only scores of the same query can be compared.
        start: the first code point of the passage in the document's text.
        end: its end in code points.
        hits: where the words of the query stand in the document's text, in code points.
        snippet: a piece of the text with what was found in it.
    """

    document_id: str
    symbol: str | None
    title: str | None
    issuer: str | None
    issued: str | None
    passages: int
    zone: str
    section_id: str | None
    appendix: int | None
    score: float
    start: int
    end: int
    hits: list[Span]
    snippet: Snippet

    def to_dict(self) -> dict[str, Any]:
        """Returns the hit as JSON holds it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Found:
    """A document that was found, by its number in the index; `passage` is the rowid of its best passage."""

    number: int
    score: float
    passage: int | None = None
    passages: int = 0


def search(
    connection: sqlite3.Connection,
    query: str,
    *,
    limit: int = 10,
    offset: int = 0,
    issuer: str | None = None,
    year: int | str | None = None,
    kind: str | None = None,
    place: str | None = None,
    symbol: str | None = None,
    from_: str | date | None = None,
    to: str | date | None = None,
) -> list[Hit]:
    """Searches the documents of an archive.

    Args:
        connection: the archive.
        query: what to look for, in the language of `nqparse.archive.query_language`; it may be empty if there is a
            filter.
        limit: how many hits to return at most.
        offset: how many hits to leave out before.
        issuer: words of the name of the issuer, or of the body above it.
        year: the year of the symbol or else of the date, or a range "2019-2021".
        kind: the type of document, "nghị quyết".
        place: words of the place in front of the date.
        symbol: number and symbol, or some of its parts in their order: "12/NQ-HĐND" finds 12/2021/NQ-HĐND, too.
        from_: the first date of the letterhead, ISO 8601; a year or a month will do.
        to: the last date, the same.

    Returns:
        The hits, best first; without words to look for, documents of these filters, newest first.

    Raises:
        QueryError: if the query or a filter cannot be read.
        InputError: if the archive has no index.
    """
    if limit < 0 or offset < 0:
        raise QueryError("limit and offset cannot be negative", "limit và offset không được âm")
    given: dict[FieldName, str | int | None] = {
        "issuer": issuer, "year": year, "kind": kind, "place": place, "symbol": symbol,
    }  # fmt: skip
    more = [filter_of(name, str(value)) for name, value in given.items() if value is not None]
    bounds = [_bound("from", from_), _bound("to", to)]
    filtered = bool(more) or any(bounds)
    asked = (parse_query(query) if query.strip() or not filtered else Query()).with_filters(*more)
    if outdated(connection):
        raise InputError(
            "this archive has no index of this version to search in", "kho chưa có chỉ mục tìm kiếm của phiên bản này",
            hint_en="Make it with: nqparse archive upgrade --archive DIR",
            hint_vi="Tạo chỉ mục bằng: nqparse archive upgrade --archive DIR",
        )  # fmt: skip
    where, values = _conditions(asked.filters, *bounds)
    if asked.expression:
        best = _ranked(connection, asked, where, values, max(limit + offset, _LOOKED_AT))
        first = sorted(
            (_looked_at(connection, found, asked.terms, rerank=True) for found in best[:_LOOKED_AT]),
            key=lambda found: (-found.score, found.number),
        )
        found = [*first, *best[_LOOKED_AT:]][offset : offset + limit]
    else:
        found = _listed(connection, where, values, limit, offset)
    return [_hit(connection, one, asked.terms) for one in found]


# -- conditions on documents ------------------------------------------------------------------------


def _bound(name: str, value: str | date | None) -> str | None:
    if value is None:
        return None
    text = str(value).strip()
    whole = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    try:
        date.fromisoformat(whole)
    except ValueError:
        raise QueryError(
            f"{name} {text}: this is no date", f"{name} {text}: không phải ngày hợp lệ",
            hint_en="Write it like this: 2021-01-31, 2021-01 or 2021.",
            hint_vi="Viết như sau: 2021-01-31, 2021-01 hoặc 2021.",
        ) from None  # fmt: skip
    return text


def _conditions(filters: Sequence[Filter], first: str | None, last: str | None) -> tuple[str, list[str | int]]:
    """Returns the conditions on `search_documents` in SQL, and their values."""
    parts: list[str] = []
    values: list[str | int] = []
    for wanted in filters:
        if wanted.years is not None:
            part = "coalesce(year BETWEEN ? AND ?, 0)"
            values += wanted.years
        elif wanted.field == "issuer":
            # In any order: "HĐND tỉnh Phú Yên" is in part an abbreviation, which stands apart from the name.
            part = "(" + " AND ".join("issuer LIKE ?" for _ in wanted.keys) + ")"
            values += [pattern([key]) for key in wanted.keys]
        else:
            part = f"{wanted.field} LIKE ?"  # the columns are called like the filters
            values.append(pattern(wanted.keys))
        parts.append(f"NOT {part}" if wanted.excluded else part)
    if first is not None:
        parts.append("issued >= ?")
        values.append(first)
    if last is not None:
        parts.append("substr(issued, 1, ?) <= ?")  # of "2021" and "2021-03" every day is meant
        values += [len(last), last]
    return " AND ".join(parts), values


# -- finding ----------------------------------------------------------------------------------------


def _ranked(
    connection: sqlite3.Connection, query: Query, where: str, values: list[str | int], wanted: int
) -> list[_Found]:
    # Of a plain "rowid" SQLite would make one look-up in FTS5 for each member of a set.
    condition = f" AND +rowid IN (SELECT number FROM search_documents WHERE {where})" if where else ""
    same = "+rowid IN (SELECT rowid FROM search_accents WHERE search_accents MATCH ?)"
    rank = f"score * iif({same}, {_SAME_ACCENTS}, 1.0)" if query.accents else "score"
    accents = [query.accents] if query.accents else []
    everything = query.expression

    def best(expression: str, *, spelled: bool = False) -> list[_Found]:
        """Returns the best of the newest documents that match; with `spelled` only of those with the same accents."""
        only = f" AND {same}" if spelled else ""
        rows = connection.execute(
            f"SELECT rowid, {rank} AS rank FROM (SELECT rowid, -bm25(search_words, {_WEIGHTS}) AS score "
            f"FROM search_words WHERE search_words MATCH ?{condition}{only} ORDER BY rowid DESC LIMIT ?) "
            "ORDER BY rank DESC, rowid LIMIT ?",
            (*accents, expression, *values, *(accents if spelled else ()), max(MOST_RANKED, wanted), wanted),
        )
        return [_Found(*row) for row in rows]

    if connection.execute("SELECT count(*) FROM search_documents").fetchone()[0] <= MOST_RANKED:
        return best(everything)
    counted = f"SELECT count(*) FROM (SELECT 1 FROM search_words WHERE search_words MATCH ?{condition} LIMIT ?)"
    matches = connection.execute(counted, (everything, *values, MOST_RANKED + 1)).fetchone()[0]
    if matches <= MOST_RANKED:
        return best(everything)
    found = {hit.number: hit for hit in best(f"{{title headings}} : ({everything})")}
    if query.accents:
        found |= {hit.number: hit for hit in best(everything, spelled=True)}
    ranked = sorted(found.values(), key=lambda hit: (-hit.score, hit.number))
    if len(ranked) < wanted:
        ranked += [hit for hit in best(everything) if hit.number not in found]
    return ranked[:wanted]


def _listed(
    connection: sqlite3.Connection, where: str, values: list[str | int], limit: int, offset: int
) -> list[_Found]:
    """Returns the documents that the filters let through, newest first."""
    rows = connection.execute(
        f"SELECT number FROM search_documents WHERE {where} ORDER BY issued DESC, number LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [_Found(number, 0.0) for (number,) in rows]


def _looked_at(
    connection: sqlite3.Connection, found: _Found, terms: Sequence[Term], *, rerank: bool = False
) -> _Found:
    """Returns a document with its best passage: that with most of the words, then most of them in a row."""
    wanted = [f" {' '.join(term.keys)}{'' if term.prefix else ' '}" for term in terms]
    # A word ends with the space that the next one begins with.
    pairs = [f"{first.rstrip()} {second.lstrip()}" for first, second in pairwise(wanted)]
    best, most, passages = None, (0, 0, False, 0), 0
    rows = connection.execute(
        "SELECT passage, zone, keys FROM search_passages WHERE passage BETWEEN ? AND ? ORDER BY passage",
        own_passages(found.number),
    )
    for passage, zone, keys in rows:
        padded = f" {keys} "
        counts = [padded.count(term) for term in wanted]
        held = len(wanted) - counts.count(0)
        passages += held > 0
        in_a_row = sum(pair in padded for pair in pairs) if held > 1 else 0
        rank = (held, in_a_row, zone in _SAYING, sum(counts))
        if rank > most:
            best, most = passage, rank
    score = found.score
    if rerank:
        score *= 1 + _TOGETHER * most[0] / len(wanted) + (_IN_A_ROW * most[1] / len(pairs) if pairs else 0)
    return _Found(found.number, score, best, passages)


# -- showing ----------------------------------------------------------------------------------------


def _hit(connection: sqlite3.Connection, found: _Found, terms: Sequence[Term]) -> Hit:
    if found.passage is None and terms:
        found = _looked_at(connection, found, terms)
    passage = own_passages(found.number)[0] if found.passage is None else found.passage
    row = connection.execute(
        "SELECT d.document_id, r.symbol, r.title, r.issuer, r.issued, p.zone, p.section_id, p.appendix, p.spans, "
        "t.text FROM search_documents AS d JOIN resolutions AS r USING (document_id) "
        "JOIN texts AS t USING (document_id) "
        "LEFT JOIN search_passages AS p ON p.passage = ? WHERE d.number = ?",
        (passage, found.number),
    ).fetchone()
    document_id, symbol, title, issuer, issued, zone, section_id, appendix, packed_spans, text = row
    spans = unpacked(packed_spans) if packed_spans else [(0, 0)]
    places = list(occurrences(text, spans, terms))
    return Hit(
        document_id, symbol, title, issuer, issued, found.passages, zone or "unknown", section_id, appendix,
        found.score, spans[0][0], spans[-1][1],
        sorted({span for _, pieces in places for span in pieces}), snippet_of(text, spans, places),
    )  # fmt: skip
