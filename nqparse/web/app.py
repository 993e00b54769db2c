"""The application: `make_app(settings)` puts the parts together."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Cookie, FastAPI, Request, Response

from nqparse import __version__, batch
from nqparse.archive.archive import Archive
from nqparse.review.listing import counts
from nqparse.web import api_documents, api_reviews
from nqparse.web.answers import PROBLEMS, add_handlers
from nqparse.web.forms import LoginForm, Me, Status
from nqparse.web.guarding import App, Guarding
from nqparse.web.pages import add_pages
from nqparse.web.place import Here, Place, User
from nqparse.web.sessions import Sessions
from nqparse.web.settings import API, SESSION_COOKIE, ServeSettings

router = APIRouter(tags=["server"], responses=PROBLEMS)


@router.get("/status")
def status(here: Here, user: User) -> Status:
    """Returns the version, and how many documents are in each state."""
    with here.reading() as archive:
        return Status(version=__version__, states=counts(archive))


@router.get("/me")
def me(here: Here, request: Request) -> Me:
    """Returns who is asking; `user` is null for whom has not signed in."""
    settings = here.settings
    if settings.is_open:
        return Me(user=settings.who, sign_in="none")
    user = here.sessions.known(request)
    return Me(user=user, sign_in="password" if settings.users else "token")


@router.post("/login")
def login(form: LoginForm, here: Here, response: Response) -> Me:
    """Signs in; the session is kept in a cookie that no script can read and no other site can send."""
    key = here.sessions.sign_in(form.name, form.password)
    response.set_cookie(SESSION_COOKIE, key, path="/", secure=True, httponly=True, samesite="strict")
    return Me(user=form.name or "token", sign_in="password" if here.settings.users else "token")


@router.post("/logout", status_code=204)
def logout(here: Here, response: Response, nq_session: Annotated[str, Cookie(max_length=200)] = "") -> None:
    """Signs out."""
    here.sessions.sign_out(nq_session)
    response.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="strict")


def make_app(settings: ServeSettings) -> App:
    """Returns the server as an ASGI application; the archive is made if there is none.

    Raises:
        UsageError: if strangers could come in.
        ArchiveError: if the archive cannot be used.
        OutputError: if it cannot be written.
    """
    settings.check()
    Archive(settings.archive, mode="a").close()
    batch.parser(None)  # rules that cannot be used are told now, and the first request need not wait for them
    app = FastAPI(
        title="nqparse", version=__version__, openapi_url=f"{API}/openapi.json", docs_url=None, redoc_url=None,
        description="Resolutions (nghị quyết): parsed, corrected, approved.", redirect_slashes=False,
    )  # fmt: skip
    app.state.place = Place(settings, Sessions(settings))
    for part in (router, api_documents.router, api_reviews.router):
        app.include_router(part, prefix=API)
    add_pages(app)
    add_handlers(app)
    return Guarding(app, settings)
