"""Values that OCR is not sure of are told of, word by word."""

from __future__ import annotations

from array import array

import pytest
from shapes import BODY, HEAD

from nqparse.document import Document
from nqparse.pipeline import Parser
from nqparse.source.pages import Page, Pages
from nqparse.source.result import record

TEXT = HEAD + BODY + "Điều 9. Chi 25.000.000 đồng.\n"


def parsed(*, sure: float = 0.96, read: bool = True, **doubts: float) -> Document:
    """Parses the text as a page that OCR read; `doubts` says how sure it is of the first place of a word."""
    confidence = array("f", [sure]) * len(TEXT)
    for word, value in doubts.items():
        at = TEXT.index(word)
        for index in range(at, at + len(word)):
            confidence[index] = value
    page = Page(1, 595, 842, 0, len(TEXT), read=read, confidence=confidence if read else array("f"))
    return Parser.of(None).parse(TEXT, record(TEXT.encode(), None, "application/pdf", None), pages=Pages([page]))


def told(document: Document) -> list[str]:
    return [
        TEXT[found.start : found.end]
        for found in document.diagnostics
        if found.code == "ORT-004" and found.start is not None and "OCR" in (found.message_en or "")
    ]


def test_what_is_read_well_is_not_told_of() -> None:
    assert told(parsed()) == []
    assert told(parsed(sure=0.1, read=False)) == []


@pytest.mark.parametrize(
    ("word", "sure", "expected"),
    [
        ("05/NQ-UBMT", 0.76, ["05/NQ-UBMT"]),
        ("05/NQ-UBMT", 0.9, []),
        ("25.000.000", 0.76, []),  # of figures in the text there are many
        ("25.000.000", 0.6, ["25.000.000"]),
        ("Điều 9", 0.2, []),  # no value
    ],
)
def test_weak_words_of_values_are_told_of(word: str, sure: float, expected: list[str]) -> None:
    assert told(parsed(**{word: sure})) == expected


def test_a_part_of_a_file_keeps_its_places() -> None:
    """What is known of the second of two documents is known of its own text."""
    confidence = array("f", [0.96]) * (2 * len(TEXT))
    at = len(TEXT) + TEXT.index("05/NQ-UBMT")
    for index in range(at, at + len("05/NQ-UBMT")):
        confidence[index] = 0.1
    x0 = array("f", range(2 * len(TEXT)))
    page = Page(1, 595, 842, 0, 2 * len(TEXT), read=True, x0=x0, y0=x0, x1=x0, y1=x0, confidence=confidence)
    pages = Pages([Page(0, 595, 842, 0, 0), page]).cut(len(TEXT), 2 * len(TEXT))
    assert len(pages) == 1
    assert (pages[0].start, pages[0].end) == (0, len(TEXT))
    assert pages[0].x0[0] == len(TEXT)
    document = Parser.of(None).parse(TEXT, record(TEXT.encode(), None, "application/pdf", None), pages=pages)
    assert told(document) == ["05/NQ-UBMT"]
