"""Periods: plans and reviews of one year that speak of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nqparse.checks.case import Case, resolution
from nqparse.checks.registry import Finding, check
from nqparse.checks.texts import clean
from nqparse.document import Section, TextEntity
from nqparse.fold import fold

_YEAR = re.compile(r"\bnam ((?:19|20)\d\d)\b")
_PLAN = re.compile(r"\b(?:phuong huong|nhiem vu|ke hoach|chuong trinh cong tac|muc tieu)\b")
_REVIEW = re.compile(r"^(?:trong )?nam ((?:19|20)\d\d)\b")
# What a plan orders, in words right before the year.
_ORDERED = re.compile(r"\b(?:dat hang|giao|chi tieu|nhiem vu|ke hoach|phan dau)(?: cua| trong| cho)? $")
_LOOKING_BACK = re.compile(r"\b(?:da|so voi|ket qua|ton tai|tong ket|quyet toan|danh gia|thuc hien)\b")
_HALF = re.compile(r"\b(?:sau|6|06) thang dau nam$")
_OTHER_HALF = re.compile(r"\b(?:sau|6|06) thang cuoi nam\b|\bcuoi nam\b|\bca nam\b")
_TASKS = re.compile(r"\b(?:chi tieu|nhiem vu|ke hoach)\b[^.;]{0,30}$")


@check(resolution)
def per_001(case: Case) -> Iterator[Finding]:
    """A plan for one year orders something for the year before, or the review of a year reports on half of it."""
    for section in case.document.body:
        heading = fold(clean(section.heading.text)) if section.heading else ""
        years = _YEAR.findall(heading)
        if _PLAN.search(heading) and len(set(years)) == 1:
            yield from _earlier_years(case, section, int(years[0]))
        paragraph = section.paragraphs[0] if section.paragraphs else None
        opening = _REVIEW.match(fold(clean(paragraph.text[:80]))) if paragraph else None
        if opening and not _OTHER_HALF.search(fold(clean(case.document.text[section.start : section.end]))):
            yield from _halves(case, section, opening.group(1))


def _earlier_years(case: Case, section: Section, year: int) -> Iterator[Finding]:
    for entity in case.within("DATE", section.start, section.end):
        if isinstance(entity, TextEntity) and entity.value == str(year - 1):
            before = fold(case.before(entity.start, 60))
            if _ORDERED.search(before) and not _LOOKING_BACK.search(before[before.rfind(".") + 1 :]):
                yield Finding.at(entity, text=clean(entity.text), year=year)


def _halves(case: Case, section: Section, year: str) -> Iterator[Finding]:
    for entity in case.within("PERIOD", section.start, section.end):
        half = entity.value is None and _HALF.search(fold(clean(entity.text)))
        if half and _TASKS.search(fold(case.before(entity.start))):
            yield Finding.at(entity, text=clean(entity.text), year=year)
