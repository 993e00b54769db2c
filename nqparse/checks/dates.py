"""Dates: impossible, malformed or blank ones, and days that stand in the wrong order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nqparse.checks.case import Case, any_text, official, resolution, words_of
from nqparse.checks.registry import Finding, check
from nqparse.checks.symbols import is_draft
from nqparse.checks.texts import clean, iso_date, vietnamese
from nqparse.document import Located, TextEntity
from nqparse.fold import fold, key

_FIGURES = re.compile(r"(?P<d>\d{1,2})\s*(?:[/.-]|thang)\s*(?P<m>\d{1,2})\s*(?:[/.-]|nam)\s*(?P<y>\d{4})(?!\d)")
_MONTH = re.compile(r"thang\s*(?P<m>\d{1,2})(?!\d)")
_DAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_WEEKDAY = r"(?:thu (?P<day>hai|ba|tu|nam|sau|bay)|(?P<sunday>chu nhat))"
# "kỳ họp thứ hai, ngày …" counts sessions and names no day of the week.
_WEEKDAY_BEFORE = re.compile(
    rf"(?:^|[\s(])(?<!lan )(?<!hop )(?<!nghi )(?<!hoi )(?<!khoa )(?<!phien )(?<!quy ){_WEEKDAY},? ?$"
)
_WEEKDAY_BEHIND = re.compile(rf" ?\(\s*{_WEEKDAY}\s*\)")
_BAD_YEARS = (
    re.compile(r"ngay\s{1,3}\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{3}|\d{5,6})(?![\d./-])"),
    re.compile(r"thang\s{1,3}\d{1,2}\s{1,3}nam\s{1,3}(?:\d{3}|\d{5,6})(?![\d.,]*\d)(?!\s*(?:nguoi|dong|ty|trieu))"),
    re.compile(r"/(?:19|20)\d{3}(?![\d/])"),
)
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}$")
_BLANK_DATE = re.compile(r"ngay[\s.…_]*(?:thang|/)|thang[\s.…_]*nam|nam\s*(?:20)?[.…_]")
_TAKES_EFFECT = re.compile(r"\bhieu luc\b(?:(?!\btruoc\b)[^.;])*$")
_SHORTENED = re.compile(r"\brut gon\b")
_PROVINCE, _DISTRICT, _COMMUNE = "tỉnh", "huyện", "xã"


# -- the order of days ----------------------------------------------------------------------------------


def _adoption(case: Case) -> Located | None:
    """Returns the place where the day of adoption stands."""
    day = case.document.facts.adopted_on
    found = [entity for entity in case.texts("DATE") if entity.value == day and case.zone_at(entity.start) != "header"]
    return found[-1] if found else case.document.closing


def _adopts(case: Case) -> bool:
    """Tells whether the body meets to adopt; what a government says of adoption is about other acts."""
    return case.kind.id not in ("cp", "ubnd", "state")


@check(resolution)
def dat_001(case: Case) -> Iterator[Finding]:
    """It was signed before it was adopted."""
    if (
        _adopts(case)
        and case.signed_on is not None
        and case.adopted_on is not None
        and case.signed_on < case.adopted_on
    ):
        yield Finding.at(
            case.document.header.date, signed=vietnamese(case.signed_on), adopted=vietnamese(case.adopted_on)
        )


@check(resolution)
def dat_002(case: Case) -> Iterator[Finding]:
    """It was signed some days after its adoption; many days are a likely slip."""
    if (
        _adopts(case)
        and case.signed_on is not None
        and case.adopted_on is not None
        and case.signed_on > case.adopted_on
    ):
        days = (case.signed_on - case.adopted_on).days
        late = days > case.config.thresholds.adoption_gap_days
        yield Finding.at(
            case.document.header.date, "W" if late else None, days=days, adopted=vietnamese(case.adopted_on)
        )


@check(resolution)
def dat_004(case: Case) -> Iterator[Finding]:
    """It takes effect before it is adopted."""
    effective = iso_date(case.document.facts.effective_on)
    adopted = case.adopted_on or case.signed_on
    if effective is None or adopted is None or effective >= adopted:
        return
    place = _date_of(case, effective)
    if place is not None and _TAKES_EFFECT.search(fold(case.before(place.start))):
        yield Finding.at(place, effective=vietnamese(effective), adopted=vietnamese(adopted))


@check(resolution)
def dat_008(case: Case) -> Iterator[Finding]:
    """A normative resolution of a People's Council takes effect too soon after its adoption."""
    header, effective, adopted = case.document.header, iso_date(case.document.facts.effective_on), case.adopted_on
    if case.kind.id != "hdnd" or effective is None or adopted is None or effective < adopted:
        return
    if header.symbol is None or header.symbol.year is None or header.issuer is None:
        return
    level = _level(header.issuer.text, case.config.terms("place.central-cities"))
    rules = [
        rule
        for rule in case.config.thresholds.effect_days
        if rule.since <= adopted.isoformat() and level in rule.levels
    ]
    if not rules or (effective - adopted).days >= rules[-1].days:
        return
    if _SHORTENED.search(words_of(*case.document.preamble.bases, *case.document.preamble.recitals)):
        return
    yield Finding.at(_date_of(case, effective) or _adoption(case), effective=vietnamese(effective), days=rules[-1].days)


def _level(issuer: str, central: list[str]) -> str:
    words = f" {key(issuer)} "
    if any(f" {level} " in words for level in ("xa", "phuong", "thi tran", "dac khu")) and " thi xa " not in words:
        return _COMMUNE
    city = " thanh pho " in words and not any(key(name) in words for name in central) and " thanh pho hue " not in words
    return _DISTRICT if city or any(f" {level} " in words for level in ("huyen", "quan", "thi xa")) else _PROVINCE


def _date_of(case: Case, day: date) -> TextEntity | None:
    found = [entity for entity in case.texts("DATE") if entity.value == day.isoformat()]
    return found[-1] if found else None


# -- single dates ---------------------------------------------------------------------------------------


@check(any_text)
def dat_003(case: Case) -> Iterator[Finding]:
    """A date that is in no calendar."""
    for entity in case.texts("DATE"):
        if entity.value is None and _is_impossible(fold(clean(entity.text))):
            yield Finding.at(entity, text=case.quote(entity.start, entity.end))


def _is_impossible(text: str) -> bool:
    match = _FIGURES.search(text)
    if match is None:
        month = _MONTH.search(text)
        return month is not None and not 1 <= int(month["m"]) <= 12
    try:
        date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return True
    return False


@check(any_text)
def dat_005(case: Case) -> Iterator[Finding]:
    """The day of the week is another one."""
    for entity in case.texts("DATE"):
        text = case.document.text
        near = text[max(0, entity.start - 16) : entity.start] + text[entity.end : entity.end + 16]
        day = iso_date(entity.value) if "hứ" in near or "hật" in near else None
        if day is None:
            continue
        match = _WEEKDAY_BEFORE.search(fold(case.before(entity.start, 24))) or _WEEKDAY_BEHIND.match(
            fold(case.after(entity.end, 16))
        )
        if match is not None:
            said = 6 if match["sunday"] else _DAYS[match["day"]]
            if said != day.weekday():
                yield Finding.at(entity, text=vietnamese(day), weekday=_weekday_name(day))


def _weekday_name(day: date) -> str:
    return ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")[day.weekday()]


@check(any_text)
def dat_006(case: Case) -> Iterator[Finding]:
    """A year with too many or too few figures."""
    seen: set[int] = set()
    folded = case.view.folded
    for pattern in _BAD_YEARS:
        for match, span in case.hits(pattern, folded):
            if folded[match.start()] == "/" and not _DAY_BEFORE.search(
                folded[max(0, match.start() - 6) : match.start()]
            ):
                continue
            if span[1] not in seen:
                seen.add(span[1])
                yield Finding(*span, {"text": case.quote(*span).lstrip("/")})


@check(official)
def dat_007(case: Case) -> Iterator[Finding]:
    """Part of the date is left blank although the document is signed."""
    written = case.document.header.date
    if written is None or case.signed_on is not None or not case.signed or is_draft(case):
        return
    if _BLANK_DATE.search(fold(clean(written.text))):
        yield Finding.at(written, text=clean(written.text))
