"""What the API takes and gives, beside the models of the library itself."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from nqparse.content_models import Model
from nqparse.document import Document
from nqparse.review.applying import Outcome, State
from nqparse.review.log import ReviewState
from nqparse.review.operations import Operation

DOCUMENT_ID = r"^[0-9a-f]{16}(-[0-9]{1,6})?$"
# SQLite's integers have 64 bits; no number here comes near that.
Number = Annotated[int, Field(ge=0, le=2**53)]


class Problem(BaseModel):
    """Why something could not be done; `revision` is the one that the document has, where yours is an older one."""

    error: str
    message: str
    message_vi: str
    hint: str | None = None
    hint_vi: str | None = None
    revision: int | None = None


class ParseForm(Model):
    """A text to parse."""

    text: str
    name: Annotated[str, Field(max_length=400)] | None = None
    structure_only: bool = False


class CorrectionsForm(Model):
    """Corrections to make; either all of them are made, or none."""

    revision: Number
    operations: Annotated[list[Operation], Field(min_length=1, max_length=2000)]
    reason: Annotated[str, Field(max_length=2000)] | None = None
    all_alike: bool = False


class UndoForm(Model):
    """A correction to undo, with those that were made together with it; without a number, the last one."""

    revision: Number
    correction_id: Number | None = None


class StateForm(Model):
    """A state to put a document in; `seen` is the `parser_version` of the reading that was looked at."""

    revision: Number
    state: ReviewState
    seen: Annotated[str, Field(max_length=400)] | None = None
    reason: Annotated[str, Field(max_length=2000)] | None = None


class ApproveForm(Model):
    """The documents to approve if they are clean; null for all that nobody has decided on."""

    documents: Annotated[list[Annotated[str, Field(pattern=DOCUMENT_ID)]], Field(max_length=10_000)] | None = None


class LoginForm(Model):
    """Name and password; where there is a token and no users, the token is the password."""

    name: Annotated[str, Field(max_length=200)] = ""
    password: Annotated[str, Field(max_length=1000)]


class OutcomeView(BaseModel):
    """What became of a correction in this reading (`nqparse.review.applying.Outcome`)."""

    correction_id: int
    state: State
    machine: Any
    operation: Operation
    reason: str | None
    reason_vi: str | None

    @classmethod
    def of(cls, outcome: Outcome) -> OutcomeView:
        """Makes the view of an outcome."""
        return cls(
            correction_id=outcome.correction_id, state=outcome.state, machine=outcome.machine,
            operation=outcome.operation, reason=outcome.reason, reason_vi=outcome.reason_vi,
        )  # fmt: skip


class ReviewView(BaseModel):
    """Where the review of a document stands."""

    document_id: str
    state: ReviewState
    revision: int
    parser_version: str | None
    changed_at: str | None
    changed_by: str | None


class DocumentView(BaseModel):
    """A document with its corrections laid over it, where its review stands, and what became of each correction."""

    review: ReviewView
    parser_version: str
    outcomes: list[OutcomeView]
    document: Document


class ChangedView(BaseModel):
    """What a change made: the numbers of the corrections that were made or undone, and the document now."""

    corrections: list[int]
    review: ReviewView
    outcomes: list[OutcomeView]
    document: Document


class Uploaded(BaseModel):
    """A file that was added to the archive; `known` tells that its bytes were there before."""

    document_id: str
    known: bool


class Clean(BaseModel):
    """The documents that nobody has decided on and in which nothing looks wrong."""

    documents: list[str]


class Approved(BaseModel):
    """The documents that were approved."""

    documents: list[str]


class Me(BaseModel):
    """Who is asking, and whether that has to be said."""

    user: str | None
    sign_in: Literal["none", "token", "password"]


class Status(BaseModel):
    """The version of nqparse, and how many documents are in each state."""

    version: str
    states: dict[str, int]


class SpanView(BaseModel):
    """A piece of a document's text; of one in several columns, `fragments` are its pieces."""

    start: int
    end: int
    fragments: list[tuple[int, int]] | None = None


class BoxView(BaseModel):
    """A rectangle on a page, in points from its top left corner; pages count from 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
