"""Records of duplicates for people and for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from nqparse.archive.duplicates import Conflict, Record
from nqparse.errors import Language
from nqparse.export.places import csv_text, storable
from nqparse.talk import in_language

_HEADINGS = ("record", "source", "document_id", "symbol", "issued", "issuer", "title", "likeness", "conflicts")
_SHOWN = 60  # letters of a value


def csv_of(records: Iterable[Record]) -> str:
    """Returns the records as CSV: one row per file, with what its record says."""
    rows = []
    for number, record in enumerate(records, start=1):
        head = (record.document_id, record.symbol, record.issued, record.issuer, record.title, record.likeness)
        conflicts = "; ".join(conflict.field for conflict in record.conflicts)
        rows += [(number, storable(source), *head, conflicts) for source in record.sources]
    return csv_text(_HEADINGS, rows)


def render(records: Iterable[Record], language: Language) -> RenderableType:
    """Returns the records as a list: what each is, its files, and what these do not say alike."""
    say = partial(in_language, language)
    shown: list[RenderableType] = []
    for record in records:
        head = " · ".join(value for value in (record.symbol, record.issued, record.issuer) if value)
        shown.append(Text(head or record.document_id, "bold"))
        if record.title:
            shown.append(Text(record.title))
        shown.extend(Text(f"  {source}", overflow="fold") for source in record.sources)
        if record.conflicts:
            table = Table.grid(padding=(0, 2))
            for conflict in record.conflicts:
                nature = say("spelling", "chính tả") if conflict.nature == "spelling" else say("differs", "khác nhau")
                table.add_row(f"  {conflict.field}", nature, Text(_values(conflict), overflow="fold"))
            shown.append(table)
        shown.append(Text())
    return Group(*shown)


def _values(conflict: Conflict) -> str:
    values = dict.fromkeys("–" if value is None else str(value) for value in conflict.values.values())
    return " | ".join(value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…" for value in values)
