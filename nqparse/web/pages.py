"""The pages: the list, the desk, the record, signing in.

They hold no data; their scripts ask the API as any other client does.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from nqparse import __version__
from nqparse.web.place import DocumentId

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_HERE = Path(__file__).parent
_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip


@router.get("/")
def list_page() -> Response:
    """Shows the list of documents."""
    return _page("list.jinja")


@router.get("/documents/{document_id}")
def desk_page(document_id: DocumentId) -> Response:
    """Shows the desk of a document."""
    return _page("desk.jinja", document_id=document_id)


@router.get("/documents/{document_id}/record")
def record_page(document_id: DocumentId) -> Response:
    """Shows the record of a document, for paper."""
    return _page("record.jinja", document_id=document_id)


@router.get("/login")
def login_page() -> Response:
    """Shows the form to sign in."""
    return _page("login.jinja")


def add_pages(app: FastAPI) -> None:
    """Puts the pages and what they load into the application."""
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")


def _page(name: str, **values: str) -> Response:
    text = _TEMPLATES.get_template(name).render(version=__version__, **values)
    return HTMLResponse(text, headers={"Cache-Control": "no-store"})
