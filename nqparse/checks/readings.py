"""Values that OCR is not sure of: a number by hand, a stamped date, a figure in a stain.

A catalogue record with a wrong number is worse than one without. OCR reads the form of a page well and what a clerk
wrote on it badly, and it says so itself: the words of such a value have a lower confidence than the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nqparse.document import Document
from nqparse.source.pages import Pages
from nqparse.source.result import SourceFinding

_SURE = 0.85
"""Below it a number, date or name of the record is to be compared with the picture. Print is read with 0.9 and more."""
_FAIRLY_SURE = 0.7
"""The same for figures in the text, where context helps more and there are many."""
_FIGURES = frozenset(("DATE", "PERIOD", "TIME", "SESSION", "RATIO", "PERCENT", "MONEY", "QUANTITY", "DOCREF"))


def doubtful_readings(document: Document, pages: Pages) -> Iterator[SourceFinding]:
    """Yields a finding of code ORT-004 for each word of such a value, once, in the text's order."""
    if not any(page.read for page in pages):
        return
    told: set[int] = set()
    for start, end, least in sorted(_values(document)):
        value = " ".join(document.text[start:end].split())
        for match in _WORD.finditer(document.text, start, end):
            sure = pages.confidence_of(*match.span())
            if sure is None or sure >= least or match.start() in told:
                continue
            told.add(match.start())
            word = match.group() if match.group() == value else f"{match.group()}” trong “{value}"
            word_en = match.group() if match.group() == value else f"{match.group()}” in “{value}"
            yield SourceFinding(
                "ORT-004",
                f"“{word}” được nhận dạng với độ tin cậy {sure:.0%}; hãy so với ảnh.",
                f"“{word_en}” was read by OCR with a confidence of {sure:.0%}; compare it with the picture.",
                *match.span(),
            )


_WORD = re.compile(r"\S*[^\W_]\S*")


def _values(document: Document) -> set[tuple[int, int, float]]:
    """Returns (start, end, confidence that it should have) of the values that a mistake would spoil."""
    header = document.header
    values = [header.symbol, header.date, *(signature.name for signature in document.signatures)]
    found = {(value.start, value.end, _SURE) for value in values if value is not None}
    for entity in document.entities:
        if entity.type in _FIGURES and not entity.fragments:
            for match in _FIGURE.finditer(document.text, entity.start, entity.end):
                found.add((*match.span(), _FAIRLY_SURE))
    return found


_FIGURE = re.compile(r"\S*\d\S*")
