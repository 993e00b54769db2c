"""What the archive keeps of reviews: reading and writing the tables `reviews` and `corrections`.

Whoever writes holds a transaction (`nqparse.archive.store.transaction`), and has said which revision he has seen.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nqparse.archive.entry import unpack
from nqparse.archive.store import now
from nqparse.document import Document
from nqparse.review.applying import Kept, operation_of, plain
from nqparse.review.faults import ConflictError, NoDocumentError, no_document
from nqparse.review.operations import (
    AddSection,
    ChangeEntity,
    ChangeItem,
    JudgeDiagnostic,
    Operation,
    SetFact,
    SetField,
    anchors_of,
)

ReviewState = Literal["new", "in_review", "approved", "rejected"]
STATE = "state"
"""The kind of a row of the log that is no correction but a change of state."""


@dataclass(frozen=True, slots=True)
class Review:
    """Where the review of a document stands.

    Attributes:
        document_id: the document.
        state: its state.
        revision: the number of changes so far, 0 where nobody has looked at it.
        parser_version: what the document was parsed by at the last change, None where there was none.
        changed_at: when that was.
        changed_by: who did it.
    """

    document_id: str
    state: ReviewState = "new"
    revision: int = 0
    parser_version: str | None = None
    changed_at: str | None = None
    changed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of the log: a correction, or a change of state; the attributes are the columns of `corrections`."""

    correction_id: int
    seq: int
    revision: int
    kind: str
    target: str | None
    operation: Any
    machine: Any
    before: Any
    after: Any
    start: int | None
    end: int | None
    author: str
    at: str
    reason: str | None
    parser_version: str
    undone_at: str | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class Made:
    """A correction that has just been made, with what stood there and stands there now."""

    operation: Operation
    machine: Any
    before: Any
    after: Any


class Log:
    """The reviews of one archive."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # -- reading ------------------------------------------------------------------------------

    def document(self, document_id: str) -> tuple[Document, str, str]:
        """Returns the machine's reading of a document, the parser that made it, and the SHA-256 of its source.

        Raises:
            NoDocumentError: if there is none.
        """
        query = "SELECT json, parser_version, sha256 FROM documents WHERE document_id = ?"
        row = self._connection.execute(query, (document_id,)).fetchone()
        if row is None:
            raise no_document(document_id)
        return unpack(row[0]), row[1], row[2]

    def review(self, document_id: str) -> Review:
        """Returns where the review of a document stands."""
        query = (
            "SELECT state, revision, parser_version, changed_at, changed_by FROM reviews WHERE document_id = ?"
        )
        row = self._connection.execute(query, (document_id,)).fetchone()
        return Review(document_id, *row) if row else Review(document_id)

    def kept(self, document_id: str) -> list[Kept]:
        """Returns the corrections of a document that hold, in their order."""
        rows = self._connection.execute(
            "SELECT correction_id, operation, machine, after FROM corrections "
            "WHERE document_id = ? AND undone_at IS NULL AND kind <> ? ORDER BY seq",
            (document_id, STATE),
        )
        return [
            Kept(number, operation_of(operation), json.loads(machine), json.loads(after))
            for number, operation, machine, after in rows
        ]

    def history(self, document_id: str) -> list[Logged]:
        """Returns all that was done to a document, in its order, what was undone too."""
        rows = self._connection.execute(
            'SELECT correction_id, seq, revision, kind, target, operation, machine, before, after, start, "end", '
            "author, at, reason, parser_version, undone_at, undone_by FROM corrections "
            "WHERE document_id = ? ORDER BY seq",
            (document_id,),
        )
        return [Logged(*row[:5], *(_read(value) for value in row[5:9]), *row[9:]) for row in rows]

    def together(self, document_id: str, correction_id: int | None) -> list[int]:
        """Returns the corrections that hold and were made together with one, or with the last one.

        Raises:
            NoDocumentError: if there is none that holds.
        """
        found = self._connection.execute(
            "SELECT correction_id FROM corrections "
            "WHERE document_id = :document AND kind <> :state AND undone_at IS NULL AND revision = ("
            "SELECT max(revision) FROM corrections WHERE document_id = :document AND kind <> :state "
            "AND undone_at IS NULL AND correction_id = coalesce(:correction, correction_id)) ORDER BY seq",
            {"document": document_id, "state": STATE, "correction": correction_id},
        ).fetchall()
        if not found:
            raise NoDocumentError("there is no such correction to undo", "không có sửa đổi nào để hoàn tác")
        return [number for (number,) in found]

    # -- writing ------------------------------------------------------------------------------

    def begin(self, document_id: str, sha256: str, version: str, revision: int, author: str) -> int:
        """Takes the next revision of a document, and returns its number.

        Args:
            document_id: the document.
            sha256: the hash of its source.
            version: what the document was parsed by.
            revision: the one that the author has seen.
            author: who changes it.

        Raises:
            ConflictError: if there is a newer one.
        """
        current = self.review(document_id).revision
        if current != revision:
            raise ConflictError(document_id, revision, current)
        self._connection.execute(
            "INSERT INTO reviews (document_id, sha256, state, revision, parser_version, changed_at, changed_by) "
            "VALUES (?, ?, 'new', 1, ?, ?, ?) ON CONFLICT (document_id) DO UPDATE SET revision = revision + 1, "
            "parser_version = excluded.parser_version, changed_at = excluded.changed_at, "
            "changed_by = excluded.changed_by",
            (document_id, sha256, version, now(), author),
        )
        return revision + 1

    def add(
        self, document_id: str, revision: int, version: str, author: str, reason: str | None, made: Sequence[Made]
    ) -> list[int]:
        """Writes corrections, and returns their numbers."""
        found = []
        for seq, one in enumerate(made, self._next(document_id)):
            places = anchors_of(one.operation)
            start = min((place.start for place in places), default=None)
            end = max((place.end for place in places), default=None)
            found.append(self._insert(
                document_id, seq, revision, one.operation.op, target_of(one.operation), plain(one.operation),
                plain(one.machine), plain(one.before), plain(one.after), start, end, author, now(), reason, version,
            ))  # fmt: skip
        return found

    def undo(self, numbers: Iterable[int], revision: int, author: str) -> None:
        """Notes that corrections do not hold any more."""
        self._connection.executemany(
            "UPDATE corrections SET undone_at = ?, undone_by = ?, undone_revision = ? WHERE correction_id = ?",
            [(now(), author, revision, number) for number in numbers],
        )

    def set_state(
        self, document_id: str, revision: int, version: str, state: ReviewState, approved: bytes | None,
        author: str, reason: str | None,
    ) -> None:  # fmt: skip
        """Writes the state of a document, and with `approved` the document as it was approved."""
        before = self.review(document_id).state
        self._connection.execute(
            "UPDATE reviews SET state = ?, approved = ? WHERE document_id = ?", (state, approved, document_id)
        )
        self._insert(
            document_id, self._next(document_id), revision, STATE, None, plain({"state": state}), plain(None),
            plain(before), plain(state), None, None, author, now(), reason, version,
        )  # fmt: skip

    def _next(self, document_id: str) -> int:
        query = "SELECT coalesce(max(seq), 0) + 1 FROM corrections WHERE document_id = ?"
        return int(self._connection.execute(query, (document_id,)).fetchone()[0])

    def _insert(self, *values: Any) -> int:
        cursor = self._connection.execute(
            'INSERT INTO corrections (document_id, seq, revision, kind, target, operation, machine, before, after, '
            f'start, "end", author, at, reason, parser_version) VALUES ({", ".join("?" * len(values))})',
            values,
        )
        return int(cursor.lastrowid or 0)


def target_of(operation: Operation) -> str | None:
    """Returns what an operation is done to, in one word."""
    if isinstance(operation, SetField):
        return operation.field
    if isinstance(operation, ChangeItem):
        return operation.list
    if isinstance(operation, ChangeEntity):
        one = operation.new or operation.old
        return one.type if one else None
    if isinstance(operation, SetFact):
        return f"facts.{operation.fact}"
    if isinstance(operation, JudgeDiagnostic):
        return operation.code
    if isinstance(operation, AddSection):
        return operation.number or operation.kind
    return None


def _read(data: str | None) -> Any:
    return None if data is None else json.loads(data)
