"""Sequences: which sections of a document are counted together, and how each follows the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nqparse.checks.texts import clean
from nqparse.document import Document, Section
from nqparse.fold import fold

BULLETS = frozenset({"dash", "plus", "star"})
# Numbers of these run on through the whole act, whatever stands above them.
_RUNNING = ("article", "part", "chapter")
_DIVISIONS = frozenset({"part", "chapter", "section", "article"})
_ATTACHED_ACT = re.compile(r"quy (?:che|dinh)\b|dieu le\b|noi quy\b")
_MARKS = re.compile(r"[^\w\s]+")
_LEAD_IN = re.compile(r"\b(?:sua doi|bo sung|thay the)\b[^.]*\bnhu sau\s*:?$")
_INSERTED = re.compile(r"\d+\s?[a-zđ]")


@dataclass(frozen=True, slots=True)
class Step:
    """Two sections that follow one another in a sequence, and their places in it.

    `loose` tells that the order says nothing: the list has lost the difference of "d" and "đ", as old character sets do
    ("c) d) d) e)"), it holds what an amendment puts into another act, or a list of another style begins.
    """

    before: Section
    low: int
    section: Section
    high: int
    loose: bool = False


def steps(document: Document) -> list[Step]:
    """Returns all steps of a document, its appendices included."""
    found: list[Step] = []
    for parent, run in _sequences(document):
        numbers = [section.number for section in run] if run[0].kind == "letter" else []
        garbled = (numbers.count("d"), numbers.count("đ")) in ((2, 0), (0, 2))
        loose = garbled or (parent is not None and _amends(parent))
        for before, section in pairwise(run):
            if section.kind == "decimal" and path(before)[:-1] != path(section)[:-1]:
                continue
            low, high = _place(before), _place(section)
            if low is not None and high is not None:
                other_list = high == 1 and style(before) != style(section)
                found.append(Step(before, low, section, high, loose or other_list))
    return found


def numbered_parts(document: Document) -> list[list[Section]]:
    """Returns the body and the attached acts; what stands in other appendices are rows of tables and forms."""
    acts = (appendix for appendix in document.appendices if _ATTACHED_ACT.match(fold(clean(appendix.marker.text))))
    return [document.body, *(act.body for act in acts if act.body and act.body[0].kind in _DIVISIONS)]


def _amends(section: Section) -> bool:
    """Tells whether a section leads in the words of another act: "Sửa đổi điểm a, c … như sau:"."""
    parts = [*([section.heading] if section.heading else []), *section.paragraphs]
    return (
        bool(parts)
        and "sau" in parts[-1].text[-12:]
        and _LEAD_IN.search(fold(clean(parts[-1].text[-400:]))) is not None
    )


def _sequences(document: Document) -> Iterator[tuple[Section | None, list[Section]]]:
    """Yields every run of sections that are counted together, without bullets."""
    for top in numbered_parts(document):
        walked = [section for root in top for section in root.walk()]
        for kind in _RUNNING:
            run = [section for section in walked if section.kind == kind]
            if run:
                yield None, run
        groups: list[tuple[Section | None, list[Section]]] = [(None, top)]
        groups += [(section, section.children) for section in walked if section.children]
        for parent, group in groups:
            by_kind: dict[str, list[Section]] = {}
            for section in group:
                if section.kind not in BULLETS and section.kind not in _RUNNING:
                    by_kind.setdefault(section.kind, []).append(section)
            yield from ((parent, run) for run in by_kind.values())


def path(section: Section) -> list[str]:
    """Returns the parts of a decimal number."""
    return section.number.strip(".").split(".")


def _place(section: Section) -> int | None:
    """Returns the place of a section in its sequence; the last part counts for "2.3"."""
    if section.kind == "decimal":
        last = path(section)[-1]
        return int(last) if last.isdecimal() else None
    return section.ordinal


def style(section: Section) -> str:
    """Returns the punctuation of a label behind its number."""
    rest = section.label[section.label.rfind(section.number) + len(section.number) :]
    return "".join(_MARKS.findall(rest))[:2]


def is_inserted(section: Section) -> bool:
    """Tells whether a section was put in later: "Điều 5a"."""
    return _INSERTED.fullmatch(section.number) is not None
