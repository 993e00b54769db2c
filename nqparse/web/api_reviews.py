"""The API of reviews: corrections, undo, states, and what is approved in every export format."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, Depends, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from nqparse.export.formats import FORMATS, export
from nqparse.review.desk import Changed, Desk
from nqparse.review.gold import write_gold
from nqparse.web.answers import PROBLEMS, document_json, review_view
from nqparse.web.forms import (
    Approved,
    ApproveForm,
    ChangedView,
    Clean,
    CorrectionsForm,
    OutcomeView,
    StateForm,
    UndoForm,
)
from nqparse.web.place import DocumentId, Here, Place, User, user_of

router = APIRouter(tags=["reviews"], responses=PROBLEMS, dependencies=[Depends(user_of)])

_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}}}
FormatName = Literal[
    "jsonl", "csv", "parquet", "excel", "akoma-ntoso", "archival", "dublin-core", "ead3", "label-studio", "conll",
    "spacy",
]  # fmt: skip


@router.post("/documents/{document_id}/corrections", response_model=ChangedView)
def correct(document_id: DocumentId, form: CorrectionsForm, here: Here, user: User) -> Response:
    """Corrects a document; 409 if somebody else has changed it since `revision`, and nothing is written then."""
    with here.desk() as desk:
        return _changed(desk.correct(
            document_id, form.operations, revision=form.revision, author=user, reason=form.reason,
            all_alike=form.all_alike,
        ))  # fmt: skip


@router.post("/documents/{document_id}/undo", response_model=ChangedView)
def undo(document_id: DocumentId, form: UndoForm, here: Here, user: User) -> Response:
    """Undoes a correction, with those that were made together with it; without a number, the last one."""
    with here.desk() as desk:
        return _changed(desk.undo(document_id, form.correction_id, revision=form.revision, author=user))


@router.post("/documents/{document_id}/state", response_model=ChangedView)
def set_state(document_id: DocumentId, form: StateForm, here: Here, user: User) -> Response:
    """Approves a document, rejects it, or takes it back; 409 if it was changed, or parsed anew, since it was seen."""
    with here.desk() as desk:
        return _changed(desk.set_state(
            document_id, form.state, revision=form.revision, author=user, reason=form.reason, seen=form.seen
        ))  # fmt: skip


@router.get("/clean")
def clean(here: Here, user: User) -> Clean:
    """Returns the documents that `approve-clean` would approve: nothing looks wrong, and nobody has decided on them."""
    with here.reading() as archive:
        return Clean(documents=Desk(archive).clean())


@router.post("/approve-clean")
def approve_clean(form: ApproveForm, here: Here, user: User) -> Approved:
    """Approves the documents in which nothing looks wrong; others stay as they are."""
    with here.desk(alone=False) as desk:
        return Approved(documents=desk.approve_clean(user, form.documents))


@router.get("/exports/{format_name}", response_class=FileResponse, responses=_FILE)
def get_export(format_name: FormatName, here: Here) -> Response:
    """Returns the approved documents in a format of `nqparse export`; formats that fill a folder come as a ZIP file."""
    name = FORMATS[format_name].file or format_name
    return _sent(here, name, lambda desk, target: export(desk.approved(), format_name, target))


@router.get("/gold", response_class=FileResponse, responses=_FILE)
def get_gold(here: Here) -> Response:
    """Returns the approved documents as gold that `nqparse evaluate` reads, in a ZIP file."""
    return _sent(here, "gold", write_gold)


def _sent(here: Place, name: str, write: Callable[[Desk, Path], object]) -> Response:
    """Returns the file that is written, or the folder as a ZIP file; both are taken away when it has been sent."""
    folder = Path(tempfile.mkdtemp(prefix="nqparse-"))
    try:
        target = folder / name
        with here.reading() as archive:
            write(Desk(archive), target)
        if target.is_dir() or not target.exists():
            target.mkdir(exist_ok=True)
            target = Path(shutil.make_archive(os.fspath(folder / f"nqparse-{name}"), "zip", target))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(
        target, media_type="application/octet-stream", filename=target.name,
        background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
    )  # fmt: skip


def _changed(changed: Changed) -> Response:
    return document_json(
        changed.reviewed.document, corrections=list(changed.corrections), review=review_view(changed.review),
        outcomes=[OutcomeView.of(outcome) for outcome in changed.reviewed.outcomes],
    )  # fmt: skip


