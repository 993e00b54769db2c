"""What a scan says of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["text", "scan", "empty", "unsupported", "failed"]
TextLayer = Literal["text", "mixed", "scan", "garbled"]
Language = Literal["vi", "vi-unaccented", "other"]
Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One row of the table: what a file is, as far as it can be told without OCR and without parsing it.

    What does not apply or cannot be known is None.

    Attributes:
        name: the path below the folder that all files share.
        size: in bytes; None if the file cannot be opened.
        sha256: of its bytes.
        status: `text` (nqparse reads it), `scan` (it needs OCR as a whole), `empty` (there is no text in it),
            `unsupported` (a kind of file that nqparse does not read) or `failed` (see `error`).
        format: a short name of the format, by the content: `pdf`, `docx`, `text` …
        media_type: the same as a media type.
        pages: how many pages it has.
        pages_read: how many of them were looked at, from the beginning; the rest of the record speaks of these.
        text_layer: `text`, `mixed` (some pages are pictures), `scan` (all are) or `garbled` (its letters make no
            words).
        ocr_pages: how many of the pages looked at need OCR.
        encoding: of a text; joined by "+" where lines differ.
        language: `vi`, `vi-unaccented` (Vietnamese without its marks) or `other`.
        resolution: whether it is a resolution, or has one in it; `unknown` where it has no text, or no head that tells.
        kind: what it says that it is: `nghị quyết`, `quyết định`, `công văn` …; of several documents, the first.
        documents: how many documents are in it.
        resolutions: how many of them are resolutions.
        text_sha256: of its letters and digits without marks, case and white space; None if it was not read to its end.
        duplicate_of: the name of the first file with the same content.
        duplicate_by: what is the same: the `bytes`, or the `text`.
        error: why it could not be read, in English.
        error_vi: the same in Vietnamese.
    """

    name: str
    size: int | None = None
    sha256: str | None = None
    status: Status = "text"
    format: str | None = None
    media_type: str | None = None
    pages: int | None = None
    pages_read: int | None = None
    text_layer: TextLayer | None = None
    ocr_pages: int = 0
    encoding: str | None = None
    language: Language | None = None
    resolution: Answer | None = None
    kind: str | None = None
    documents: int | None = None
    resolutions: int | None = None
    text_sha256: str | None = None
    duplicate_of: str | None = None
    duplicate_by: Literal["bytes", "text"] | None = None
    error: str | None = None
    error_vi: str | None = None
