"""The list of documents to work through: filtered, sorted, the doubtful ones first if one likes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from nqparse.archive.archive import Archive
from nqparse.archive.store import telling
from nqparse.errors import UsageError
from nqparse.review.log import ReviewState

SortKey = Literal[
    "doubt", "symbol", "issued", "issuer", "title", "state", "errors", "confidence", "changed", "document_id",
]  # fmt: skip
Severity = Literal["E", "W", "I"]
MOST = 500
"""Documents on one page of the list."""

_SEARCHED = 2_000  # hits of the search that the filters are laid over
# How much there is to look at: what contradicts, what is likely wrong, what is odd, and what no head should lack.
_DOUBT = (
    "(10 * r.errors + 3 * r.warnings + r.notes + 5 * (r.symbol IS NULL) + 5 * (r.issued IS NULL) "
    "+ 5 * (r.issuer IS NULL) + 5 * (r.title IS NULL) + 5 * (r.sections = 0))"
)
_STATE = "coalesce(v.state, 'new')"
_SORTS: dict[str, str] = {
    "doubt": _DOUBT, "symbol": "r.symbol", "issued": "r.issued", "issuer": "r.issuer", "title": "r.title",
    "state": _STATE, "errors": "r.errors", "confidence": "r.ocr_confidence", "changed": "v.changed_at",
    "document_id": "r.document_id",
}  # fmt: skip
_COUNTS: dict[str, str] = {"E": "r.errors", "W": "r.warnings", "I": "r.notes"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list.

    Attributes:
        document_id: the document.
        symbol: its number and symbol.
        issued: the date of its letterhead, as far as written.
        issuer: its issuer.
        title: its title.
        source_name: the name of its file.
        state: where its review stands.
        revision: the number of changes so far.
        errors: findings of severity E in the machine's reading.
        warnings: those of severity W.
        notes: those of severity I.
        doubt: how much there is to look at; 0 where nothing looks wrong and nothing is missing.
        confidence: how sure OCR was of its pages, from 0 to 1; None where none was read by OCR.
        corrections: corrections that hold.
        reparsed: whether it was parsed by another version since a person last changed it.
    """

    document_id: str
    symbol: str | None
    issued: str | None
    issuer: str | None
    title: str | None
    source_name: str | None
    state: ReviewState
    revision: int
    errors: int
    warnings: int
    notes: int
    doubt: int
    confidence: float | None
    corrections: int
    reparsed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list: how many documents there are in all, and those on this page."""

    total: int
    items: tuple[Listed, ...]


def listing(
    archive: Archive,
    *,
    query: str = "",
    states: Sequence[ReviewState] = (),
    severity: Severity | None = None,
    issuer: str | None = None,
    year: int | None = None,
    sort: SortKey = "doubt",
    descending: bool = True,
    limit: int = 50,
    offset: int = 0,
) -> Page:
    """Lists the documents of an archive.

    Args:
        archive: the archive.
        query: what to search for (`Archive.search`); what is found is sorted like any other list.
        states: only documents in one of these.
        severity: only documents with a finding of this severity.
        issuer: only documents whose issuer has these words, as written.
        year: only documents of this year, by the date of the letterhead or the symbol.
        sort: by what they are ordered.
        descending: the greatest first.
        limit: how many to return, at most `MOST`.
        offset: how many to leave out before.

    Raises:
        QueryError: if the query cannot be read.
        UsageError: if there is no such order.
    """
    if sort not in get_args(SortKey):
        raise UsageError(f"{sort}: documents cannot be sorted by this", f"{sort}: không sắp xếp theo mục này được")
    parts: list[str] = []
    values: list[Any] = []
    if query.strip():
        names = [hit.document_id for hit in archive.search(query, limit=_SEARCHED)]
        parts.append("r.document_id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(names))
    if states:
        parts.append(f"{_STATE} IN ({', '.join('?' for _ in states)})")
        values += states
    if severity is not None:
        parts.append(f"{_COUNTS[severity]} > 0")
    if issuer:
        parts.append("instr(lower(r.issuer), lower(?)) > 0")
        values.append(issuer)
    if year is not None:
        parts.append("(r.year = ? OR substr(r.issued, 1, 4) = ?)")
        values += [year, str(year)]
    where = f"WHERE {' AND '.join(parts)}" if parts else ""
    joins = "LEFT JOIN reviews AS v USING (document_id) JOIN documents AS d USING (document_id)"
    source = f"FROM resolutions AS r {joins} {where}"
    order = f"{_SORTS[sort]} {'DESC' if descending else 'ASC'} NULLS LAST, r.document_id"
    with telling(archive.path):
        total = archive.connection.execute(f"SELECT count(*) {source}", values).fetchone()[0]
        rows = archive.connection.execute(
            f"SELECT r.document_id, r.symbol, r.issued, r.issuer, r.title, r.source_name, {_STATE}, "
            f"coalesce(v.revision, 0), r.errors, r.warnings, r.notes, {_DOUBT}, r.ocr_confidence, "
            "(SELECT count(*) FROM corrections AS c WHERE c.document_id = r.document_id AND c.undone_at IS NULL "
            "AND c.kind <> 'state'), coalesce(v.parser_version <> d.parser_version, 0) "
            f"{source} ORDER BY {order} LIMIT ? OFFSET ?",
            [*values, max(0, min(limit, MOST)), max(0, offset)],
        ).fetchall()
    return Page(total, tuple(Listed(*[*row[:-1], bool(row[-1])]) for row in rows))


def counts(archive: Archive) -> dict[str, int]:
    """Returns how many documents are in each state."""
    rows = archive.connection.execute(
        f"SELECT {_STATE}, count(*) FROM documents AS d LEFT JOIN reviews AS v USING (document_id) GROUP BY 1"
    )
    return dict.fromkeys(get_args(ReviewState), 0) | dict(rows.fetchall())

