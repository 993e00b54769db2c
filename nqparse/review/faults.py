"""What can be wrong with a correction."""

from __future__ import annotations

from nqparse.errors import InputError


class ReviewError(InputError):
    """A correction, or a change of state, that cannot be made."""


class NoDocumentError(ReviewError):
    """There is no such document in the archive, or no such correction."""


def no_document(document_id: str) -> NoDocumentError:
    """Returns the error that there is no such document."""
    return NoDocumentError(f"{document_id}: there is no such document", f"{document_id}: không có văn bản này")


class ConflictError(ReviewError):
    """Somebody else has changed the document since it was read; nothing was written.

    Attributes:
        revision: the revision that the document has now.
    """

    def __init__(self, document_id: str, given: int, revision: int) -> None:
        super().__init__(
            f"{document_id}: somebody else has changed this document (revision {revision}, yours is {given})",
            f"{document_id}: văn bản đã được người khác sửa (phiên bản {revision}, của bạn là {given})",
            hint_en="Load it again; nothing of theirs was overwritten, and yours was not saved.",
            hint_vi="Hãy tải lại; chưa có gì bị ghi đè và thay đổi của bạn chưa được lưu.",
        )
        self.revision = revision


class ReadAnewError(ConflictError):
    """The document was parsed anew since it was looked at; nothing was written."""

    def __init__(self, document_id: str, seen: str, version: str, revision: int) -> None:
        ReviewError.__init__(
            self,
            f"{document_id}: this document was parsed anew, by {version}; you have seen the reading of {seen}",
            f"{document_id}: văn bản đã được đọc lại bằng {version}; bạn mới xem kết quả của {seen}",
            hint_en="Load it again, and look at what has changed.",
            hint_vi="Hãy tải lại và xem những gì đã thay đổi.",
        )
        self.revision = revision


class Misfit(ValueError):
    """A correction that does not fit the document (any more); its two messages say why."""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en)
        self.en = en
        self.vi = vi
