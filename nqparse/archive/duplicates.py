"""The same resolution in several files, as one record with several sources, and where these contradict each other.

Alike texts are not enough: the budgets of two years are written after the same pattern. Nor is a symbol: each council
has a 01/NQ-HĐND. So two documents are the same only where their heads agree, or one thing in a head is missing or was
misread and both text and figures agree the more. Nothing is changed in the archive; a record is a finding to look at.

    >>> with nqparse.Archive("archive") as archive:
    ...     for record in archive.duplicates():
    ...         print(record.sources, record.conflicts)
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from nqparse.archive.likeness import Buckets, Likeness, bands
from nqparse.archive.store import shown_path
from nqparse.fold import fold, key

Agreement = Literal["same", "near", "missing", "other"]
Nature = Literal["differs", "spelling"]
Value = str | int | None

_AT_ONCE = 256  # documents that are hashed together
_REMEMBERED = 512  # documents whose text is kept ready for comparing
_SAME_NAME = 85  # of 100: how alike the names of one body are where letters were misread
_SAME_PERSON = 60  # of 100: how alike the names of one signer are where letters were misread
_SLIPS = 2  # letters of a symbol that may be misread
_SAME_WORDS = 90  # of 100: how alike two titles are where they differ in spelling only

# What the text must be like, and the figures, for two documents to be the same, by what their heads say. Folded runs of
# three words survive OCR with 5 wrong letters in 100 by about a half; another year's budget shares up to 0.8 of
# them, but hardly a figure. Of two elections on one day, all but a name and the number may be the same: where both
# numbers can be read and differ, no likeness makes the two one.
_BARS: dict[str, tuple[float, float]] = {
    "symbol and date agree": (0.25, 0.35),
    "symbol agrees, date is misread": (0.30, 0.45),
    "symbol agrees, date is missing": (0.40, 0.55),
    "symbol agrees, date differs": (0.85, 0.90),
    "date agrees, symbol is misread": (0.30, 0.45),
    "date agrees, symbol is missing": (0.40, 0.55),
    "symbol and date are misread": (0.40, 0.60),
    "symbol is misread, date is missing": (0.50, 0.70),
    "date is misread, symbol is missing": (0.50, 0.70),
    "symbol and date are missing": (0.75, 0.85),
}
# Where the issuer is missing or not quite the same: two communes whose names differ in a letter may well have a
# 01/NQ-HĐND of the same day.
_OTHER_BODY = (0.40, 0.60)
# Where the signers have other names: communes of two districts may have the same name, too.
_OTHER_SIGNER = (0.60, 0.75)
_CASES: dict[tuple[Agreement, Agreement], str] = {
    ("same", "same"): "symbol and date agree",
    ("same", "near"): "symbol agrees, date is misread",
    ("same", "missing"): "symbol agrees, date is missing",
    ("same", "other"): "symbol agrees, date differs",
    ("near", "same"): "date agrees, symbol is misread",
    ("missing", "same"): "date agrees, symbol is missing",
    ("near", "near"): "symbol and date are misread",
    ("near", "missing"): "symbol is misread, date is missing",
    ("missing", "near"): "date is misread, symbol is missing",
    ("missing", "missing"): "symbol and date are missing",
}
_CONTRADICTIONS = (None, "symbol agrees, date differs")

# What is compared for conflicts, by the columns of the table `resolutions`. Numbers are compared as they are.
_WORDS = ("symbol", "issued", "issuer", "title", "adopted", "effective")
_NUMBERS = ("present", "members", "votes_for", "votes_against", "votes_abstaining", "votes_total", "sections")
_COLUMNS = (*_WORDS, *_NUMBERS)
_HEAD = (
    "r.symbol, r.number, r.year, r.issued, r.issuer, "
    "(SELECT s.name FROM signatures AS s WHERE s.document_id = r.document_id AND s.name IS NOT NULL LIMIT 1)"
)
_LOOKS = {"O": "0", "o": "0", "l": "1", "I": "1", "i": "1", "S": "5", "B": "8", "ó": "6"}
_LOOK = str.maketrans({fold(bad): good for bad, good in _LOOKS.items()})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that the documents of a record do not say alike.

    Attributes:
        field: what: a column of the table `resolutions`, `signer`, or `money` (the amounts that not all have).
        nature: `spelling` where the words differ so little that one was misread, or else `differs`.
        values: what each document says, by its id; null where it does not say.
    """

    field: str
    nature: Nature
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Record:
    """One resolution, with all the files that hold it.

    Attributes:
        document_id: the document that says it best: with the fewest findings, and the most sections.
        symbol: its symbol there.
        issued: its date there, as far as written.
        issuer: its issuer there.
        title: its title there.
        documents: the ids of all its documents, that one first.
        sources: the files that hold one of them, in order.
        likeness: how alike the texts are, from 0 to 1: the least of all pairs that were compared; 1 for the same bytes.
        reasons: how the heads agree, by pairs that were compared; "same bytes" where files are copies.
        conflicts: what its documents do not say alike.
    """

    document_id: str
    symbol: str | None
    issued: str | None
    issuer: str | None
    title: str | None
    documents: tuple[str, ...]
    sources: tuple[str, ...]
    likeness: float
    reasons: tuple[str, ...]
    conflicts: tuple[Conflict, ...]

    def to_dict(self) -> dict[str, Any]:
        """Returns the record as plain data."""
        return asdict(self)


def find(connection: sqlite3.Connection) -> list[Record]:
    """Finds all resolutions that several files hold.

    Time and memory grow with the number of documents, not with that of pairs.

    Args:
        connection: of an archive; it is only read.

    Raises:
        UsageError: if rensa is not installed.
    """
    with Buckets() as buckets:
        for number, head, text_bands in _documents(connection):
            buckets.add(number, text_bands, head.keys(), head.orders())
        reader = _Reader(connection)
        alike = [same for pair in buckets.pairs() if (same := _compared(reader, *pair)) is not None]
    found = [_record(connection, group) for group in _grouped(alike, reader)]
    together = {name for record in found for name in record.documents}
    found += [_record_of_copies(connection, name) for name in _copies(connection) if name not in together]
    return sorted(found, key=_order)


def _order(record: Record) -> tuple[str, ...]:
    return record.issuer or "", record.issued or "", record.symbol or "", record.document_id


@dataclass(frozen=True, slots=True)
class _Same:
    """Two documents that are the same: how alike their texts are, and how their heads agree."""

    likeness: float
    one: int
    other: int
    case: str


def _compared(reader: _Reader, one: int, other: int) -> _Same | None:
    """Compares two documents; None if they are two resolutions."""
    heads = reader.head(one), reader.head(other)
    case = _case(*heads)
    if case is None:
        return None
    a, b = reader.likeness(one), reader.likeness(other)
    bars = [_BARS[case]]
    if _bodies(*heads) != "same":
        bars.append(_OTHER_BODY)
    if all(head.signer for head in heads) and fuzz.ratio(heads[0].signer, heads[1].signer) < _SAME_PERSON:
        bars.append(_OTHER_SIGNER)
    text, figures = map(max, zip(*bars, strict=True))
    likeness = a.text(b)
    return _Same(likeness, one, other, case) if likeness >= text and a.numbers(b) >= figures else None


def _grouped(alike: list[_Same], reader: _Reader) -> Iterator[list[_Same]]:
    """Yields the groups of documents that are the same, as the pairs that they were joined by.

    What is most alike is joined first, and nothing is joined to a group in which one head contradicts it: a scan
    without a symbol must not draw two elections of one day together.
    """
    together = {(same.one, same.other) for same in alike}
    groups: dict[int, list[int]] = {}
    joined: dict[int, list[_Same]] = defaultdict(list)

    def fits(one: int, other: int) -> bool:
        return (min(one, other), max(one, other)) in together or (
            _case(reader.head(one), reader.head(other)) not in _CONTRADICTIONS
        )

    for same in sorted(alike, key=lambda same: (-same.likeness, same.one, same.other)):
        mine, theirs = (groups.setdefault(number, [number]) for number in (same.one, same.other))
        if mine is not theirs:
            if not all(fits(one, other) for one in mine for other in theirs):
                continue
            for number in theirs:
                groups[number] = mine
            mine.extend(theirs)
            joined[mine[0]].extend(joined.pop(theirs[0], []))
        joined[mine[0]].append(same)
    for first in sorted(joined, key=lambda number: min(groups[number])):
        yield joined[first]


# -- heads --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Head:
    """What the head of a document says, ready to be compared; "" where it does not say."""

    symbol: str
    number: int | None
    year: int | None
    date: str
    issuer: str
    signer: str

    @classmethod
    def of(
        cls,
        symbol: str | None,
        number: int | None,
        year: int | None,
        date: str | None,
        issuer: str | None,
        signer: str | None,
    ) -> _Head:
        letters = "".join(filter(str.isalnum, fold(symbol or "")))
        return cls(letters.translate(_LOOK), number, year, date or "", key(issuer or ""), key(signer or ""))

    def keys(self) -> Iterator[tuple[str, ...]]:
        """Yields what makes it worth comparing with others that have the same."""
        if self.symbol and self.date:
            yield "symbol, date", self.symbol, self.date
        if self.symbol and self.issuer:
            yield "symbol, issuer", self.symbol, self.issuer
        if self.date and self.issuer:
            yield "date, issuer", self.date, self.issuer

    def orders(self) -> tuple[str, str]:
        return f"{self.date}\t{self.symbol}\t{self.issuer}", f"{self.symbol}\t{self.issuer}\t{self.date}"


def _case(one: _Head, other: _Head) -> str | None:
    """Returns how two heads agree, None where they are those of two resolutions."""
    if _bodies(one, other) == "other":
        return None
    return _CASES.get((_symbols(one, other), _dates(one, other)))


def _symbols(one: _Head, other: _Head) -> Agreement:
    if not one.symbol or not other.symbol:
        return "missing"
    if one.symbol == other.symbol:
        return "same"
    # Letters are misread often, and a body has few codes; another number is another resolution.
    known = None not in (one.number, other.number)
    if (known and one.number != other.number) or (one.year and other.year and one.year != other.year):
        return "other"
    return "near" if Levenshtein.distance(one.symbol, other.symbol, score_cutoff=_SLIPS) <= _SLIPS else "other"


def _dates(one: _Head, other: _Head) -> Agreement:
    if not one.date or not other.date:
        return "missing"
    if one.date == other.date:
        return "same"
    # In one year a body has each number once.
    in_symbols = one.year is not None and one.year == other.year
    return "near" if in_symbols or one.date[:4] == other.date[:4] else "other"


def _bodies(one: _Head, other: _Head) -> Agreement:
    if not one.issuer or not other.issuer:
        return "missing"
    if one.issuer == other.issuer:
        return "same"
    # A letterhead that was cut off, or read with the line above it, holds the other's words.
    return "near" if fuzz.partial_ratio(one.issuer, other.issuer) >= _SAME_NAME else "other"


def _documents(connection: sqlite3.Connection) -> Iterator[tuple[int, _Head, list[bytes]]]:
    """Yields number, head and buckets of every document."""
    rows = connection.execute(
        f"SELECT d.rowid, {_HEAD}, t.text FROM documents AS d JOIN resolutions AS r ON r.document_id = d.document_id "
        "JOIN texts AS t ON t.document_id = d.document_id ORDER BY d.rowid"
    )
    while batch := rows.fetchmany(_AT_ONCE):
        for (number, *head, _), found in zip(batch, bands([text for *_, text in batch]), strict=True):
            yield number, _Head.of(*head), found


class _Reader:
    """Reads heads and texts of documents by their numbers; those that were asked for last are remembered."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.head = lru_cache(maxsize=_REMEMBERED * 16)(self._head)
        self.likeness = lru_cache(maxsize=_REMEMBERED)(self._likeness)

    def _head(self, number: int) -> _Head:
        row = self._connection.execute(
            f"SELECT {_HEAD} FROM documents AS d "
            "JOIN resolutions AS r ON r.document_id = d.document_id WHERE d.rowid = ?",
            (number,),
        ).fetchone()
        return _Head.of(*row)

    def _likeness(self, number: int) -> Likeness:
        row = self._connection.execute(
            "SELECT text FROM texts JOIN documents USING (document_id) WHERE documents.rowid = ?", (number,)
        ).fetchone()
        return Likeness(row[0])


# -- records ------------------------------------------------------------------------------------------


def _record(connection: sqlite3.Connection, pairs: list[_Same]) -> Record:
    numbers = sorted({number for same in pairs for number in (same.one, same.other)})
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(
        f"SELECT d.document_id, {', '.join(f'r.{column}' for column in _COLUMNS)} FROM documents AS d "
        f"JOIN resolutions AS r ON r.document_id = d.document_id WHERE d.rowid IN ({marks}) "
        "ORDER BY r.errors + r.warnings, r.sections DESC, d.document_id",
        numbers,
    ).fetchall()
    said = {name: dict(zip(_COLUMNS, values, strict=True)) for name, *values in rows}
    sources = [path for name in said for path in _sources(connection, name)]
    best, head = next(iter(said.items()))
    return Record(
        best, head["symbol"], head["issued"], head["issuer"], head["title"], tuple(said), tuple(sorted(sources)),
        round(min(same.likeness for same in pairs), 3), tuple(dict.fromkeys(same.case for same in pairs)),
        tuple(_conflicts(connection, said)),
    )  # fmt: skip


def _copies(connection: sqlite3.Connection) -> list[str]:
    """Returns the documents whose bytes are in several files."""
    rows = connection.execute(
        "SELECT document_id FROM document_sources GROUP BY document_id HAVING count(DISTINCT source_id) > 1 ORDER BY 1"
    )
    return [name for (name,) in rows]


def _record_of_copies(connection: sqlite3.Connection, name: str) -> Record:
    symbol, issued, issuer, title = connection.execute(
        "SELECT symbol, issued, issuer, title FROM resolutions WHERE document_id = ?", (name,)
    ).fetchone()
    sources = tuple(sorted(_sources(connection, name)))
    return Record(name, symbol, issued, issuer, title, (name,), sources, 1.0, ("same bytes",), ())


def _sources(connection: sqlite3.Connection, name: str) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT s.path FROM document_sources AS d JOIN sources AS s ON s.source_id = d.source_id "
        "WHERE d.document_id = ?",
        (name,),
    )
    return [shown_path(path) for (path,) in rows]


def _conflicts(connection: sqlite3.Connection, said: dict[str, dict[str, Value]]) -> Iterator[Conflict]:
    columns: dict[str, dict[str, Value]]
    columns = {column: {name: values[column] for name, values in said.items()} for column in _COLUMNS}
    signers: dict[str, Value] = {name: _signers(connection, name) for name in said}
    for field, values in (columns | {"signer": signers}).items():
        given = [value for value in values.values() if value is not None]
        different = {key(str(value)): str(value) for value in given}
        if len(different) > 1:
            alike = field not in _NUMBERS and _spelling(field, list(different.values()))
            yield Conflict(field, "spelling" if alike else "differs", values)
    yield from _amounts(connection, list(said))


def _spelling(field: str, values: list[str]) -> bool:
    """Tells whether words differ in letters only, as OCR misreads them; other figures are other facts."""
    if field == "signer":
        return all(fuzz.ratio(key(values[0]), key(value)) >= _SAME_WORDS for value in values)
    figures = {"".join(filter(str.isdigit, value)) for value in values}
    return len(figures) == 1 and all(fuzz.ratio(key(values[0]), key(value)) >= _SAME_WORDS for value in values)


def _amounts(connection: sqlite3.Connection, names: Iterable[str]) -> Iterator[Conflict]:
    """Yields the sums of money that not all documents have."""
    query = "SELECT DISTINCT value FROM money WHERE document_id = ? AND value IS NOT NULL"
    found = {name: {str(value) for (value,) in connection.execute(query, (name,))} for name in names}
    shared = set.intersection(*found.values())
    only = {name: "; ".join(sorted(values - shared)) or None for name, values in found.items()}
    if any(only.values()):
        yield Conflict("money", "differs", dict(only))


def _signers(connection: sqlite3.Connection, name: str) -> str | None:
    rows = connection.execute("SELECT name FROM signatures WHERE document_id = ? ORDER BY row", (name,))
    return ", ".join(value for (value,) in rows if value) or None
