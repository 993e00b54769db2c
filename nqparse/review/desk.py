"""The desk: what a person can do to the documents of an archive, each with its author, and safe from others' haste.

    with Archive("archive", mode="a") as archive:
        desk = Desk(archive)
        desk.correct(name, [SetField(field="header.date", place=Anchor(start=120, end=141))], revision=0, author="Lan")

Whoever changes a document says which revision of it he has seen. If there is a newer one, nothing is written and a
`ConflictError` tells so: of two people who edit one document none overwrites the other unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from nqparse.archive.archive import Archive
from nqparse.archive.entry import pack
from nqparse.archive.store import telling, transaction, walk
from nqparse.document import Document
from nqparse.review.alike import alike
from nqparse.review.anchors import Anchor, completed
from nqparse.review.applying import Kept, Reviewed, apply, change
from nqparse.review.faults import ConflictError, Misfit, NoDocumentError, ReadAnewError, ReviewError
from nqparse.review.log import Log, Logged, Made, Review, ReviewState
from nqparse.review.looking import value_at
from nqparse.review.operations import (
    AddSection,
    MoveSection,
    Operation,
    RelabelSection,
    RemoveSection,
    SetHeading,
    with_anchors,
)
from nqparse.review.reading import read_out

_MOST = 2_000  # corrections at once
_LABEL = 80  # code points that a section is known by


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change made of a document.

    Attributes:
        review: where its review stands now.
        corrections: the numbers of the corrections that were made or undone.
        reviewed: the document now.
    """

    review: Review
    corrections: tuple[int, ...]
    reviewed: Reviewed


class Desk:
    """The reviews of an archive; changes need it open in mode `a`."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._log = Log(archive.connection)

    @property
    def archive(self) -> Archive:
        """The archive."""
        return self._archive

    # -- reading ------------------------------------------------------------------------------

    def review(self, document_id: str) -> Review:
        """Returns where the review of a document stands."""
        return self._log.review(document_id)

    def reviewed(self, document_id: str) -> Reviewed:
        """Returns a document with its corrections, and what became of each of these in this reading.

        Raises:
            NoDocumentError: if there is no such document.
        """
        return self.at_once(document_id)[1]

    def at_once(self, document_id: str) -> tuple[Review, Reviewed, str]:
        """Returns the review, the document with its corrections and its parser's version, of one and the same moment.

        Raises:
            NoDocumentError: if there is no such document.
        """
        connection = self._archive.connection
        with telling(self._archive.path):
            connection.execute("BEGIN")
            try:
                document, version, _ = self._log.document(document_id)
                review, kept = self._log.review(document_id), self._log.kept(document_id)
            finally:
                connection.rollback()
        return review, apply(document, kept), version

    def history(self, document_id: str) -> list[Logged]:
        """Returns all that was done to a document, in its order; what was undone, too."""
        return self._log.history(document_id)

    def approved(self) -> Iterator[Document]:
        """Yields the approved documents, as they were when they were approved, in the order of their ids.

        Later readings of the machine change nothing in them; only a few are held at a time.
        """
        for _, document in self.approved_items():
            yield document

    def approved_items(self) -> Iterator[tuple[str, Document]]:
        """Yields the approved documents with their ids."""
        return walk(
            self._archive.connection, self._archive.path,
            "SELECT document_id, approved FROM reviews WHERE state = 'approved' AND approved IS NOT NULL "
            "AND document_id > ? ORDER BY document_id LIMIT ?",
        )  # fmt: skip

    def orphans(self) -> list[Review]:
        """Returns the reviews of documents that are not in the archive any more."""
        rows = self._archive.connection.execute(
            "SELECT document_id FROM reviews WHERE document_id NOT IN (SELECT document_id FROM documents) "
            "ORDER BY document_id"
        )
        return [self._log.review(name) for (name,) in rows.fetchall()]

    # -- changing -----------------------------------------------------------------------------

    def correct(
        self,
        document_id: str,
        operations: Iterable[Operation],
        *,
        revision: int,
        author: str,
        reason: str | None = None,
        all_alike: bool = False,
    ) -> Changed:
        """Corrects a document; either all of the operations are made, or none.

        Args:
            document_id: the document.
            operations: what is to be.
            revision: the revision that the author has seen; 0 where there was none.
            author: who does it.
            reason: why.
            all_alike: do the same to every other place like it (`nqparse.review.alike`).

        Returns:
            The document now. One that was approved or rejected is in review again.

        Raises:
            NoDocumentError: if there is no such document.
            ConflictError: if somebody else has changed it.
            ReviewError: if an operation does not fit.
        """
        wanted = list(operations)
        if not wanted or len(wanted) > _MOST:
            raise ReviewError(f"from 1 to {_MOST} corrections can be made at once", f"mỗi lần từ 1 đến {_MOST} sửa đổi")
        return self._changed(document_id, revision, author, lambda machine, kept, number, version: self._make(
            document_id, machine, kept, wanted, number, version, author, reason, all_alike
        ))  # fmt: skip

    def undo(
        self, document_id: str, correction_id: int | None = None, *, revision: int, author: str
    ) -> Changed:  # fmt: skip
        """Undoes a correction, with those that were made together with it; without a number, the last one that holds.

        Raises:
            NoDocumentError: if there is no such document or correction.
            ConflictError: if somebody else has changed it.
        """

        def undo(machine: Document, kept: list[Kept], number: int, version: str) -> tuple[int, ...]:
            numbers = self._log.together(document_id, correction_id)
            self._log.undo(numbers, number, author)
            self._reopen(document_id, number, version, author)
            return tuple(numbers)

        return self._changed(document_id, revision, author, undo)

    def set_state(
        self, document_id: str, state: ReviewState, *, revision: int, author: str, reason: str | None = None,
        seen: str | None = None,
    ) -> Changed:  # fmt: skip
        """Approves a document, rejects it, or takes it back; an approved one is kept as it is now.

        Args:
            document_id: the document.
            state: the new state.
            revision: the revision that was seen.
            author: who decides.
            reason: why.
            seen: the version of the parser whose reading was seen; by default it does not matter.

        Raises:
            NoDocumentError: if there is no such document.
            ConflictError: if somebody else has changed it, or if it was parsed anew.
            ReviewError: if it is to be approved and has corrections that fit nowhere any more.
        """

        def put(machine: Document, kept: list[Kept], number: int, version: str) -> tuple[int, ...]:
            packed = None
            if seen is not None and seen != version:
                raise ReadAnewError(document_id, seen, version, revision)
            if state == "approved":
                now = apply(machine, kept)
                if now.unplaced:
                    raise ReviewError(
                        f"{document_id}: {len(now.unplaced)} corrections fit nowhere any more",
                        f"{document_id}: {len(now.unplaced)} sửa đổi không còn vị trí phù hợp",
                        hint_en="Undo them, or make them anew.", hint_vi="Hãy hoàn tác hoặc sửa lại.",
                    )  # fmt: skip
                packed = pack(now.document)
            self._log.set_state(document_id, number, version, state, packed, author, reason)
            return ()

        return self._changed(document_id, revision, author, put)

    def clean(self, names: Iterable[str] | None = None) -> list[str]:
        """Returns the ids of the documents that nobody has decided on and in which nothing looks wrong.

        A document is clean if it has a symbol or a title, and no finding of severity E or W, with its corrections.

        Args:
            names: the documents to look at; by default all that are new or in review.
        """
        wanted = None if names is None else set(names)
        found = []
        with telling(self._archive.path):
            for name, changed in self._undecided():
                if wanted is not None and name not in wanted:
                    continue
                try:
                    if not changed or is_clean(self.reviewed(name)):
                        found.append(name)
                except NoDocumentError:
                    continue  # it is taken out this moment
        return found

    def approve_clean(self, author: str, names: Iterable[str] | None = None) -> list[str]:
        """Approves the documents that are clean (`clean`), and returns their ids.

        Args:
            author: who does it.
            names: the documents to look at; by default all that are new or in review.
        """
        done = []
        for name in self.clean(names):
            review = self._log.review(name)
            if review.state not in ("new", "in_review"):
                continue
            try:
                if is_clean(self.reviewed(name)):
                    self.set_state(name, "approved", revision=review.revision, author=author)
                    done.append(name)
            except (ConflictError, NoDocumentError):
                continue  # somebody is at it this moment
        return done

    def _undecided(self) -> list[tuple[str, bool]]:
        """Returns the documents that may be clean, and whether they were changed: the tables know only the machine."""
        rows = self._archive.connection.execute(
            "SELECT r.document_id, v.document_id IS NOT NULL FROM resolutions AS r "
            "LEFT JOIN reviews AS v USING (document_id) WHERE v.state IN ('new', 'in_review') OR (v.state IS NULL "
            "AND r.errors = 0 AND r.warnings = 0 AND (r.symbol IS NOT NULL OR r.title IS NOT NULL)) "
            "ORDER BY r.document_id"
        )
        return [(name, bool(changed)) for name, changed in rows.fetchall()]

    def _changed(
        self,
        document_id: str,
        revision: int,
        author: str,
        work: Callable[[Document, list[Kept], int, str], tuple[int, ...]],
    ) -> Changed:
        """Does some work on a document in one transaction, as its next revision."""
        self._archive.refuse_reading()
        if not author.strip():
            raise ReviewError("a change needs an author", "cần có tên người sửa")
        connection = self._archive.connection
        try:
            with telling(self._archive.path), transaction(connection):
                machine, version, sha256 = self._log.document(document_id)
                kept = self._log.kept(document_id)
                number = self._log.begin(document_id, sha256, version, revision, author)
                numbers = work(machine, kept, number, version)
                review = self._log.review(document_id)
                after = self._log.kept(document_id)
        except Misfit as error:
            raise ReviewError(f"{document_id}: {error.en}", f"{document_id}: {error.vi}") from None
        return Changed(review, numbers, apply(machine, after))

    def _make(
        self, document_id: str, machine: Document, kept: list[Kept], wanted: Sequence[Operation], number: int,
        version: str, author: str, reason: str | None, all_alike: bool,
    ) -> tuple[int, ...]:  # fmt: skip
        document, text = apply(machine, kept).document, machine.text
        made: list[Made] = []
        for asked in wanted:
            operation = read_out(text, with_anchors(_short(asked), lambda anchor: completed(text, anchor)))
            for one in alike(document, operation) if all_alike else [operation]:
                document, before, after = change(document, one)
                made.append(Made(one, value_at(machine, one), before, after))
        if len(made) > _MOST:
            raise Misfit(f"these are {len(made)} corrections at once", f"quá nhiều sửa đổi một lần: {len(made)}")
        numbers = self._log.add(document_id, number, version, author, reason, made)
        self._reopen(document_id, number, version, author)
        return tuple(numbers)

    def _reopen(self, document_id: str, number: int, version: str, author: str) -> None:
        """Puts a document that has been changed in review: what was decided of it was decided of something else."""
        if self._log.review(document_id).state != "in_review":
            self._log.set_state(document_id, number, version, "in_review", None, author, None)


def is_clean(reviewed: Reviewed) -> bool:
    """Tells whether nothing of a document looks wrong."""
    document = reviewed.document
    if reviewed.unplaced or not (document.header.symbol or document.header.title):
        return False
    return all(finding.severity == "I" for finding in document.diagnostics)


def _short(operation: Operation) -> Operation:
    """Returns an operation in which a section is known by its beginning: the whole of a chapter need not be kept."""
    if not isinstance(operation, (MoveSection, RelabelSection, SetHeading, RemoveSection, AddSection)):
        return operation
    changed: dict[str, Anchor] = {}
    for name in ("section", "under"):
        anchor = getattr(operation, name, None)
        if anchor is not None and anchor.end - anchor.start > _LABEL and anchor.fragments is None:
            quote = None if anchor.quote is None else anchor.quote[:_LABEL]
            changed[name] = anchor.model_copy(update={"end": anchor.start + _LABEL, "quote": quote})
    return operation.model_copy(update=changed)
