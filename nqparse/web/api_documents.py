"""The API of documents: the list, one document, its history, its pages, and new ones."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response, UploadFile
from fastapi import Path as PathParameter

from nqparse import batch
from nqparse.archive.archive import Archive
from nqparse.archive.store import existing
from nqparse.document import Document
from nqparse.files import whole_file
from nqparse.pipeline import parse
from nqparse.review.desk import Desk
from nqparse.review.faults import no_document
from nqparse.review.listing import MOST, Page, Severity, SortKey, listing
from nqparse.review.log import Logged, ReviewState
from nqparse.source import read
from nqparse.web.answers import PROBLEMS, document_json, review_view
from nqparse.web.forms import BoxView, DocumentView, OutcomeView, ParseForm, SpanView, Uploaded
from nqparse.web.images import PageSize
from nqparse.web.place import DocumentId, Here, user_of

router = APIRouter(tags=["documents"], responses=PROBLEMS, dependencies=[Depends(user_of)])

_NAME = re.compile(r"[^\w.()\- ]+")
_LONGEST_NAME = 120
Coordinate = Annotated[float, Query(ge=-1e6, le=1e6, allow_inf_nan=False)]


@router.post("/parse", response_model=Document)
def parse_text(form: ParseForm) -> Response:
    """Parses a text; nothing is kept."""
    return document_json(parse(form.text, name=form.name, structure_only=form.structure_only))


@router.post("/parse/file", response_model=Document)
def parse_a_file(file: UploadFile) -> Response:
    """Parses a file of any format that is read; nothing is kept."""
    found = read(file.file.read(), name=_plain_name(file.filename))
    return document_json(batch.parser(None).parse_source(found))


@router.get("/documents")
def list_documents(
    here: Here,
    q: Annotated[str, Query(max_length=1000, description="What to search for.")] = "",
    state: Annotated[list[ReviewState] | None, Query(description="Only documents in one of these states.")] = None,
    severity: Annotated[Severity | None, Query(description="Only documents with a finding of this severity.")] = None,
    issuer: Annotated[str | None, Query(max_length=400)] = None,
    year: Annotated[int | None, Query(ge=0, le=9999)] = None,
    sort: SortKey = "doubt",
    descending: bool = True,
    limit: Annotated[int, Query(ge=0, le=MOST)] = 50,
    offset: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> Page:
    """Lists documents: filtered, searched, sorted; the most doubtful first if nothing else is said."""
    with here.reading() as archive:
        return listing(
            archive, query=q, states=state or (), severity=severity, issuer=issuer, year=year, sort=sort,
            descending=descending, limit=limit, offset=offset,
        )  # fmt: skip


@router.post("/documents", status_code=201)
def add_document(file: UploadFile, here: Here) -> Uploaded:
    """Adds a file to the archive; the same bytes are there only once."""
    data = file.file.read()
    name = _plain_name(file.filename)
    digest = hashlib.sha256(data).hexdigest()
    with here.reading() as archive:
        known = _known(archive, digest)  # reading a scan again takes long
    if known is not None:
        return Uploaded(document_id=known, known=True)
    found = read(data, name=name)
    document = batch.parser(None).parse_source(found)
    # Its own name is only for people: where it is kept follows from what it holds.
    target = existing(here.settings.archive).parent / "uploads" / digest[:2] / f"{digest}{_ending(name)}"
    with here.desk() as desk:
        archive = desk.archive
        known = _known(archive, digest)  # somebody else may have been faster
        if known is not None:
            return Uploaded(document_id=known, known=True)
        with whole_file(target) as stream:
            stream.write(data)
        archive.put(document, target, found.pages)
        added = _known(archive, digest)
    assert added is not None  # it has just been written
    return Uploaded(document_id=added, known=False)


def _known(archive: Archive, digest: str) -> str | None:
    """Returns the id of the document that these bytes gave."""
    row = archive.connection.execute("SELECT document_id FROM documents WHERE sha256 = ?", (digest,)).fetchone()
    return None if row is None else str(row[0])


@router.get("/documents/{document_id}", response_model=DocumentView)
def get_document(document_id: DocumentId, here: Here) -> Response:
    """Returns a document with its corrections, and what became of each."""
    with here.reading() as archive:
        review, reviewed, version = Desk(archive).at_once(document_id)
    return document_json(
        reviewed.document, review=review_view(review), parser_version=version,
        outcomes=[OutcomeView.of(outcome) for outcome in reviewed.outcomes],
    )  # fmt: skip


@router.get("/documents/{document_id}/machine", response_model=Document)
def get_machine(document_id: DocumentId, here: Here) -> Response:
    """Returns a document as the machine read it."""
    with here.reading() as archive:
        try:
            return document_json(archive[document_id])
        except KeyError:
            raise no_document(document_id) from None


@router.get("/documents/{document_id}/history")
def get_history(document_id: DocumentId, here: Here) -> list[Logged]:
    """Returns all that people did to a document, in its order; what was undone, too."""
    with here.reading() as archive:
        found = Desk(archive).history(document_id)
        if not found and document_id not in archive:
            raise no_document(document_id)
        return found


@router.get("/documents/{document_id}/pages")
def get_pages(document_id: DocumentId, here: Here) -> list[PageSize]:
    """Returns the pages of a document's file with their ranges in the text; none if it has no pages."""
    with here.reading() as archive:
        return here.views.pages(archive, document_id)


@router.get(
    "/documents/{document_id}/pages/{number}.png", response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)  # fmt: skip
def get_picture(
    document_id: DocumentId,
    number: Annotated[int, PathParameter(ge=1, le=100_000)],
    here: Here,
    dpi: Annotated[int, Query(ge=30, le=300)] = 100,
) -> Response:
    """Returns the picture of a page of the document's file."""
    with here.reading() as archive:
        return Response(here.views.picture(archive, document_id, number, dpi), media_type="image/png")


@router.get("/documents/{document_id}/boxes")
def get_boxes(
    document_id: DocumentId,
    here: Here,
    start: Annotated[int, Query(ge=0, le=2**53)],
    end: Annotated[int, Query(ge=0, le=2**53)],
) -> list[BoxView]:
    """Returns where a span stands on the pages, a box for each of its lines; offsets are code points."""
    with here.reading() as archive:
        return [BoxView(**box._asdict()) for box in here.views.boxes(archive, document_id, start, end)]


@router.get("/documents/{document_id}/span")
def get_span(
    document_id: DocumentId,
    here: Here,
    page: Annotated[int, Query(ge=1, le=100_000)],
    x0: Coordinate,
    y0: Coordinate,
    x1: Coordinate,
    y1: Coordinate,
) -> SpanView | None:
    """Returns the piece of the text that is meant by drawing over a page from one point to another.

    Points are in 1/72 inch from the top left corner of the page; one point twice means the character there. Null if
    nothing is there.
    """
    with here.reading() as archive:
        pieces = here.views.span(archive, document_id, page, (x0, y0), (x1, y1))
    if not pieces:
        return None
    return SpanView(start=pieces[0][0], end=pieces[-1][1], fragments=pieces if len(pieces) > 1 else None)


def _plain_name(name: str | None) -> str | None:
    """Returns the last part of a file's name as it is shown: no path, nothing that a terminal or a page obeys."""
    last = re.split(r"[/\\]", name or "")[-1]
    plain = _NAME.sub("_", last).strip(". ")[-_LONGEST_NAME:]
    return plain or None


def _ending(name: str | None) -> str:
    ending = Path(name or "").suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ".bin"
