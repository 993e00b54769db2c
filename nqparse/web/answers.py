"""Answers: documents as JSON, and errors as what they are."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteError

from nqparse.document import Document
from nqparse.errors import Bug, NqparseError, OutputError
from nqparse.review.applying import plain
from nqparse.review.faults import ConflictError, NoDocumentError
from nqparse.review.log import Review
from nqparse.web.forms import Problem, ReviewView

_VI = {
    401: "hãy đăng nhập", 403: "không được phép", 404: "không có", 405: "không hỗ trợ thao tác này",
    413: "yêu cầu quá lớn", 429: "thử sai quá nhiều lần, hãy đợi năm phút",
}  # fmt: skip
PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem} for code in (400, 401, 403, 404, 409, 413, 415, 421, 422, 429, 500, 503)
}
"""What every request may be answered with; for the OpenAPI description."""


def add_handlers(app: FastAPI) -> None:
    """Makes errors of the library, of the form of a request and of the server itself answers."""
    app.add_exception_handler(NqparseError, _of_ours)
    app.add_exception_handler(RequestValidationError, _of_the_form)
    app.add_exception_handler(StarletteError, _of_http)
    app.add_exception_handler(Exception, _of_a_bug)


def status_of(error: NqparseError) -> int:
    """Returns the status that tells an error."""
    if isinstance(error, ConflictError):
        return 409
    if isinstance(error, NoDocumentError):
        return 404
    if isinstance(error, OutputError):
        return 503
    return 500 if isinstance(error, Bug) else 422


def problem(status: int, told: Problem) -> Response:
    """Returns the answer that tells a problem."""
    return Response(_utf8(told.model_dump(exclude_none=True)), status, media_type="application/json")


async def _of_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, NqparseError)
    return problem(status_of(error), Problem(
        error=type(error).__name__, message=error.en, message_vi=error.vi, hint=error.hint_en or None,
        hint_vi=error.hint_vi or None, revision=error.revision if isinstance(error, ConflictError) else None,
    ))  # fmt: skip


async def _of_the_form(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # What was sent is not sent back: it may be large, and is nobody's business in a log.
    said = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()[:5])
    return problem(422, Problem(error="InvalidRequest", message=said, message_vi="yêu cầu không hợp lệ"))


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, (StarletteError, HTTPException))
    vi = _VI.get(error.status_code, "không thực hiện được")
    answer = problem(error.status_code, Problem(error="Refused", message=str(error.detail), message_vi=vi))
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


async def _of_a_bug(request: Request, error: Exception) -> Response:
    bug = Bug.of(error, "")
    return problem(500, Problem(error="Bug", message=bug.en, message_vi=bug.vi))


def review_view(review: Review) -> ReviewView:
    """Makes the view of a review."""
    return ReviewView(
        document_id=review.document_id, state=review.state, revision=review.revision,
        parser_version=review.parser_version, changed_at=review.changed_at, changed_by=review.changed_by,
    )  # fmt: skip


def document_json(document: Document, status: int = 200, **beside: Any) -> Response:
    """Returns a document as JSON, with what is told beside it; the document is the contract's JSON to the letter."""
    body = document.to_json()
    if beside:
        head = ",".join(f"{json.dumps(name)}:{plain(value)}" for name, value in beside.items())
        body = f'{{{head},"document":{body}}}'
    return Response(body.encode("utf-8"), status, media_type="application/json")


def _utf8(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
