"""The views of an archive: ready answers to what is asked most, each row with the document that it is from.

They are data like the tables; `schema` makes them in the file. The tables `citations`, `organisations` and `money` have
the names that they have in every export, so the views of the same things are called `resolution_citations` and so on.
"""

from __future__ import annotations

from dataclasses import dataclass

from nqparse.export.tables import Type
from nqparse.export.tables_of_entities import ENTITIES


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a view: its name, what kind of values it has, and what they say."""

    name: str
    type: Type
    description: str


@dataclass(frozen=True, slots=True)
class View:
    """A view.

    Attributes:
        name: its name.
        description: what a row is.
        columns: its columns.
        query: what it selects, in SQL.
    """

    name: str
    description: str
    columns: tuple[ViewColumn, ...]
    query: str


_HEAD = (
    ViewColumn("document_id", "text", "The document."),
    ViewColumn("symbol", "text", "Its number and symbol."),
    ViewColumn("issuer", "text", "Its issuer."),
    ViewColumn("year", "integer", "Year of its date, or else of its adoption or of its symbol."),
)
_HEAD_NAMES = frozenset(column.name for column in _HEAD)
# "2021" of "2021-01-13"; a date of which no year is known is null.
_YEAR = "CAST(coalesce(substr(r.issued, 1, 4), substr(r.adopted, 1, 4), r.year) AS INTEGER)"
_HEAD_QUERY = f"r.document_id AS document_id, r.symbol AS symbol, r.issuer AS issuer, {_YEAR} AS year"


def _joined(name: str, description: str, kind: str) -> View:
    """Returns the view of a table of entities with the documents that they are in.

    A column of the table that has the name of one of the document's is called `cited_…`: only citations have such.
    """
    table = ENTITIES[kind]
    names = [column.name for column in table.columns]
    called = {name: f"cited_{name}" if name in _HEAD_NAMES else name for name in names}
    own = ", ".join(f'e."{name}" AS "{shown}"' for name, shown in called.items())
    columns = (ViewColumn(called[column.name], column.type, column.description) for column in table.columns)
    return View(
        name, description, (*_HEAD, *columns),
        f'SELECT {_HEAD_QUERY}, {own}\nFROM "{table.name}" AS e JOIN resolutions AS r ON r.document_id = e.document_id',
    )  # fmt: skip


def _entities() -> View:
    parts = []
    for kind, table in ENTITIES.items():
        names = {column.name for column in table.columns}
        value = next((name for name in ("value", "ordinal", "symbol", "name") if name in names), None)
        shown = f'CAST(e."{value}" AS TEXT)' if value else "NULL"
        parts.append(
            f"SELECT {_HEAD_QUERY}, '{kind}' AS type, e.entity AS entity, e.text AS text, {shown} AS value, "
            f'e.start AS start, e."end" AS "end", e.section_id AS section_id, e.rule AS rule\n'
            f'FROM "{table.name}" AS e JOIN resolutions AS r ON r.document_id = e.document_id'
        )
    columns = (
        *_HEAD,
        ViewColumn("type", "text", "Type of the entity: DATE, ORG, DOCREF and so on."),
        ViewColumn("entity", "integer", "Its place among all entities of the document, from 0."),
        ViewColumn("text", "text", "The words as written."),
        ViewColumn("value", "text", "What they mean: of a citation its symbol, of a name the full one."),
        ViewColumn("start", "integer", "First code point."),
        ViewColumn("end", "integer", "End in code points."),
        ViewColumn("section_id", "text", "The section that it stands in."),
        ViewColumn("rule", "text", "The rule that found it."),
    )
    return View("entities", "One entity of any type.", columns, "\nUNION ALL\n".join(parts))


VIEWS: tuple[View, ...] = (
    View(
        "attendance", "Who was there, of one document that says so.",
        (
            *_HEAD,
            ViewColumn("issued", "text", "Date of the document as far as written."),
            ViewColumn("adopted", "text", "When it was adopted, as far as written."),
            ViewColumn("present", "integer", "Members who were present."),
            ViewColumn("members", "integer", "Members in all."),
            ViewColumn("absent", "integer", "Members who were absent."),
            ViewColumn("excused", "integer", "Members who were excused."),
            ViewColumn("guests", "text", "Who else was there, as written."),
            ViewColumn("share", "number", "Present of all members, 0 to 1; null where one of the two is not written."),
        ),
        f"SELECT {_HEAD_QUERY}, r.issued AS issued, r.adopted AS adopted, r.present AS present, r.members AS members, "
        "r.absent AS absent, r.excused AS excused, r.guests AS guests, CAST(r.present AS REAL) / r.members AS share\n"
        "FROM resolutions AS r WHERE coalesce(r.present, r.members, r.absent, r.excused, r.guests) IS NOT NULL",
    ),
    View(
        "votes", "The vote on one document that tells it.",
        (
            *_HEAD,
            ViewColumn("issued", "text", "Date of the document as far as written."),
            ViewColumn("adopted", "text", "When it was adopted, as far as written."),
            ViewColumn("votes_for", "integer", "Votes for the resolution as a whole."),
            ViewColumn("votes_against", "integer", "Votes against it."),
            ViewColumn("votes_abstaining", "integer", "Abstentions."),
            ViewColumn("votes_total", "integer", "Votes in all."),
            ViewColumn("share", "number", "Votes for it of all, 0 to 1; null where one of the two is not written."),
        ),
        f"SELECT {_HEAD_QUERY}, r.issued AS issued, r.adopted AS adopted, r.votes_for AS votes_for, "
        "r.votes_against AS votes_against, r.votes_abstaining AS votes_abstaining, r.votes_total AS votes_total, "
        "CAST(r.votes_for AS REAL) / r.votes_total AS share\n"
        "FROM resolutions AS r\n"
        "WHERE coalesce(r.votes_for, r.votes_against, r.votes_abstaining, r.votes_total) IS NOT NULL",
    ),
    View(
        "people", "One person named in a document.",
        (
            *_HEAD,
            ViewColumn("name", "text", "The name as written."),
            ViewColumn("position", "text", "Position, where written."),
            ViewColumn("role", "text", "Role in this document: signer, elected, appointed and so on."),
            ViewColumn("section_id", "text", "The section that names the person."),
            ViewColumn("start", "integer", "First code point of the name."),
            ViewColumn("end", "integer", "End of the name in code points."),
        ),
        f"SELECT {_HEAD_QUERY}, e.text AS name, e.position AS position, e.role AS role, e.section_id AS section_id, "
        'e.start AS start, e."end" AS "end"\n'
        "FROM persons AS e JOIN resolutions AS r ON r.document_id = e.document_id",
    ),
    View(
        "terms", "One term that a document names, by its years (nhiệm kỳ) or by its number (khóa).",
        (
            *_HEAD,
            ViewColumn("text", "text", "The words as written."),
            ViewColumn("first", "text", "First year of the term, null where only its number is written."),
            ViewColumn("last", "text", "Last year of it."),
            ViewColumn("ordinal", "integer", "Its number, null where only the years are written."),
            ViewColumn("section_id", "text", "The section that names it."),
            ViewColumn("start", "integer", "First code point."),
            ViewColumn("end", "integer", "End in code points."),
        ),
        f"SELECT {_HEAD_QUERY}, e.text AS text, e.first AS first, e.last AS last, NULL AS ordinal, "
        'e.section_id AS section_id, e.start AS start, e."end" AS "end"\n'
        "FROM periods AS e JOIN resolutions AS r ON r.document_id = e.document_id\n"
        # In capitals or not, composed or not: LIKE knows the case of A to Z only.
        "WHERE e.text LIKE 'nhi%m k%'\n"
        "UNION ALL\n"
        f"SELECT {_HEAD_QUERY}, e.text, NULL, NULL, e.ordinal, e.section_id, e.start, e.\"end\"\n"
        "FROM sessions AS e JOIN resolutions AS r ON r.document_id = e.document_id\n"
        "WHERE e.text LIKE 'kh%'",
    ),
    _joined("resolution_citations", "One citation, with the document that cites.", "DOCREF"),
    _joined("resolution_organisations", "One organisation, with the document that names it.", "ORG"),
    _joined("resolution_money", "One amount of money, with the document that names it.", "MONEY"),
    _entities(),
)  # fmt: skip
