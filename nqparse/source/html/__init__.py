"""Web pages: the document that is in a saved page of a portal, as one reads it there.

    bytes ─▶ page (encoding) ─▶ build (boxes, lines) ─▶ page (letters of old fonts) ─▶ find (the document) ─▶ flow

What is read is the text that a person sees: nothing is executed, nothing is fetched, and what is not shown is left
out. lxml does the tags; it is asked for a stream of events, so that time and memory stay linear in the size of the
page (see `build`).
"""

from __future__ import annotations

from dataclasses import replace

from nqparse.errors import InputError
from nqparse.source.blocks.boxes import lines_of
from nqparse.source.blocks.flow import render
from nqparse.source.detect import HTML
from nqparse.source.html.build import MOST_DEPTH, MOST_PARTS, TooDeepError, TooManyError, build_boxes
from nqparse.source.html.find import find_document
from nqparse.source.html.page import decode_page, settle
from nqparse.source.result import SourceFinding, SourceText, input_error, record
from nqparse.source.text import conversion_findings

_MEGABYTE = 1024 * 1024
MOST_BYTES = 64 * _MEGABYTE


def read(data: bytes, name: str | None, encoding: str | None) -> SourceText:
    """Reads a web page (`nqparse.source.result.Reader`).

    Raises:
        InputError: if it is too big or nested too deep, or its encoding is uncertain.
    """
    if len(data) > MOST_BYTES:
        size, limit = len(data) // _MEGABYTE, MOST_BYTES // _MEGABYTE
        raise _refused(name, f"has {size} MB; pages are read up to {limit} MB", f"có {size} MB; chỉ đọc đến {limit} MB")
    page = decode_page(data, name, encoding)
    try:
        root = build_boxes(page.text)
    except TooDeepError:
        raise _refused(
            name,
            f"has tags that are nested deeper than {MOST_DEPTH} levels",
            f"có các thẻ lồng nhau quá {MOST_DEPTH} cấp",
        ) from None
    except TooManyError:
        raise _refused(
            name, f"has more than {MOST_PARTS} lines and blocks", f"có quá {MOST_PARTS} dòng và khối"
        ) from None
    decoded = settle(list(lines_of(root)), page, data, name)
    text = render(find_document(root))
    findings = conversion_findings(replace(decoded, text=text), forced=encoding is not None)
    return SourceText(text, record(data, name, HTML.media_type, decoded.encoding), (*findings, *_lost(text)))


def _refused(name: str | None, en: str, vi: str) -> InputError:
    return input_error(
        name,
        f"this page {en}",
        f"trang này {vi}",
        hint_en="Open it in a browser and copy the text of the document.",
        hint_vi="Hãy mở bằng trình duyệt và sao chép phần văn bản.",
    )


def _lost(text: str) -> tuple[SourceFinding, ...]:
    count = text.count("\ufffd")
    if not count:
        return ()
    at = text.index("\ufffd")
    return (
        SourceFinding(
            "ORT-004",
            f"{count} ký tự của trang không giải mã được và hiện là U+FFFD.",
            f"{count} characters of the page could not be decoded and stand as U+FFFD.",
            at,
            at + 1,
        ),
    )
