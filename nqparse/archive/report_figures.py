"""The figures of the report: what is counted in an archive, without any picture yet."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from dataclasses import dataclass
from statistics import median

from nqparse import ruleset
from nqparse.archive.graph import graph_of
from nqparse.fold import key

_MOST = 12  # rows of a ranking
_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_YEARS = range(1900, 2101)  # a year outside of them is a misprint


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of a ranking: what it is called, how many there are, and what is said of it."""

    name: str
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """The attendance of one meeting: the share of members who were present, 0 to 1, on a day."""

    day: str
    share: float
    symbol: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What a report shows.

    Attributes:
        documents: number of documents.
        issuers: number of issuers, by their names as written.
        citations: number of citations.
        inside: number of ties of the citation graph whose target is in the archive.
        severities: number of diagnostics by severity, E, W and I.
        undated: number of documents without a year.
        by_year: number of documents by year, years without any included.
        by_issuer: the issuers with most documents.
        by_issuer_and_year: number of documents of these by issuer and year.
        attendance: the meetings whose attendance is written.
        attendance_by_year: the median share of each year.
        most_cited: the documents that most others cite.
        diagnostics: the most frequent diagnostics; the note is the severity with the message.
        by_month: number of documents by month, "2021-03".
    """

    documents: int
    issuers: int
    citations: int
    inside: int
    severities: dict[str, int]
    undated: int
    by_year: dict[int, int]
    by_issuer: list[Ranked]
    by_issuer_and_year: dict[str, dict[int, int]]
    attendance: list[Present]
    attendance_by_year: dict[int, float]
    most_cited: list[Ranked]
    diagnostics: list[Ranked]
    by_month: dict[str, int]


def figures_of(connection: sqlite3.Connection) -> Figures:
    """Counts what a report shows."""
    heads = connection.execute(
        "SELECT issuer, parent_issuer, coalesce(issued, adopted), year FROM resolutions"
    ).fetchall()
    years: Counter[int] = Counter()
    issuers: Counter[str] = Counter()
    months: Counter[str] = Counter()
    spread: dict[str, Counter[int]] = {}
    called: dict[str, str] = {}
    for issuer, parent, day, year in heads:
        found = _year(day) or (int(year) if year in _YEARS else None)
        # There are many a "Ban Chấp hành"; the body above tells which.
        name = ", ".join(filter(None, (_name(issuer), _name(parent))))
        name = called.setdefault(key(name), name)  # however it is written
        if name:
            issuers[name] += 1
        if found:
            years[found] += 1
            spread.setdefault(name, Counter())[found] += 1
        if found and day and len(day) >= len("2021-03"):
            months[day[:7]] += 1
    ranked = [Ranked(name, count) for name, count in issuers.most_common(_MOST)]
    attendance = _attendance(connection)
    most_cited, inside = _most_cited(connection)
    return Figures(
        documents=len(heads),
        issuers=len(issuers),
        citations=_count(connection, "SELECT count(*) FROM citations"),
        inside=inside,
        severities={
            severity: _count(connection, "SELECT count(*) FROM diagnostics WHERE severity = ?", severity)
            for severity in "EWI"
        },
        undated=len(heads) - years.total(),
        by_year={year: years[year] for year in range(min(years), max(years) + 1)} if years else {},
        by_issuer=ranked,
        by_issuer_and_year={row.name: dict(sorted(spread.get(row.name, {}).items())) for row in ranked},
        attendance=attendance,
        attendance_by_year=_medians(attendance),
        most_cited=most_cited,
        diagnostics=_diagnostics(connection),
        by_month=dict(sorted(months.items())),
    )


def _count(connection: sqlite3.Connection, sql: str, *values: str) -> int:
    return int(connection.execute(sql, values).fetchone()[0])


def _year(day: str | None) -> int | None:
    written = (day or "")[:4]
    return int(written) if written.isdecimal() and int(written) in _YEARS else None


def _name(issuer: str | None) -> str:
    """Returns an issuer's name on one line; capitals throughout would be hard to read."""
    name = " ".join((issuer or "").split())
    return name.title() if name.isupper() else name


def _attendance(connection: sqlite3.Connection) -> list[Present]:
    rows = connection.execute(
        "SELECT coalesce(adopted, issued), share, symbol FROM attendance WHERE share BETWEEN 0 AND 1 ORDER BY 1"
    )
    return [Present(day, share, symbol or "") for day, share, symbol in rows if _year(day)]


def _medians(attendance: list[Present]) -> dict[int, float]:
    shares: dict[int, list[float]] = {}
    for present in attendance:
        shares.setdefault(int(present.day[:4]), []).append(present.share)
    return {year: median(found) for year, found in sorted(shares.items())}


def _most_cited(connection: sqlite3.Connection) -> tuple[list[Ranked], int]:
    """Returns the documents that most others cite, and the number of citing ties inside the archive."""
    graph = graph_of(connection)
    citing: Counter[str] = Counter()
    inside = 0
    for edge in graph.edges:
        if edge.kind == "cites" and edge.resolved != "unknown":
            citing[edge.target] += 1
            inside += edge.resolved in ("uri", "symbol")
    written = {edge.target: edge.text for edge in graph.edges}
    found = []
    for name, count in citing.most_common(_MOST):
        node = graph.nodes[name]
        title = node.title or written[name]
        found.append(Ranked(f"{node.symbol}  {title}" if node.symbol else _dated(title, node.issued), count, title))
    return found, inside


def _dated(title: str, day: str | None) -> str:
    """Returns a title with its year, which tells the laws of one name apart."""
    return f"{title} ({day[:4]})" if day and day[:4] not in title else title


def _diagnostics(connection: sqlite3.Connection) -> list[Ranked]:
    rows = connection.execute(
        "SELECT code, severity, count(*) FROM diagnostics GROUP BY code, severity ORDER BY 3 DESC, 1 LIMIT ?", (_MOST,)
    )
    catalogue = ruleset.load().diagnostics
    return [
        Ranked(code, count, f"{severity} {_PLACEHOLDER.sub('…', catalogue[code].vi) if code in catalogue else ''}")
        for code, severity, count in rows
    ]
