"""What a reader hands back: the text, the record of where it came from, and what there is to say about the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqparse.document import Source
from nqparse.errors import InputError

if TYPE_CHECKING:
    from nqparse.source.pages import Pages


@dataclass(frozen=True, slots=True)
class SourceFinding:
    """Something that a reader did or saw and that a person should know of.

    Attributes:
        code: the diagnostic that it becomes: ORT-004 where letters had to be converted or are lost, ORT-005
            where the characters are right and only their writing was unusual.
        vi: the message in Vietnamese, one sentence.
        en: the same in English.
        start: where it begins in the text; None concerns the whole of it.
        end: where it ends.
    """

    code: str
    vi: str
    en: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of an input, and the record of the input that goes into the document.

    Attributes:
        text: the text, exactly as it was decoded or extracted.
        source: the record.
        findings: what there is to say about how the text came out of the input.
        pages: where each character stands, for formats that have pages.
    """

    text: str
    source: Source
    findings: tuple[SourceFinding, ...] = ()
    pages: Pages | None = None


Reader = Callable[..., SourceText]
"""Reads the bytes of an input, its name (or None) and the encoding that the user insists on (or None).

Readers of formats that may hold pictures of pages take `ocr` as well (`nqparse.source.ocr.options.OcrOptions`).
"""


def record(data: bytes, name: str | None, media_type: str, encoding: str | None) -> Source:
    """Returns the record of an input that is read from its bytes."""
    return Source(
        name=name,
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        size=len(data),
    )


def called(name: str | None) -> tuple[str, str]:
    """Returns what messages call an input, in English and in Vietnamese."""
    return name or "the input", name or "đầu vào"


def input_error(
    name: str | None, en: str, vi: str, *, hint_en: str = "", hint_vi: str = "", kind: type[InputError] = InputError
) -> InputError:
    """Returns an error that says something about an input, which it calls by its name (`nqparse.errors`)."""
    shown, shown_vi = called(name)
    return kind(f"{shown}: {en}", f"{shown_vi}: {vi}", hint_en=hint_en, hint_vi=hint_vi)
