"""Attendance and votes: counts that contradict each other, quorum, majority."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from nqparse.checks.case import Case, resolution, words_of
from nqparse.checks.kinds import COMPANY, MEETING
from nqparse.checks.registry import Finding, check
from nqparse.document import Attendance, RatioEntity, TextEntity
from nqparse.fold import fold

# Whoever is named behind the reason was there: guests, or another subject of the sentence.
_GUESTS = re.compile(
    r"\bly do\b\s*(?:,|;|va\b|cung\b)\s*(?:va\s+)?(?!\d|khong)(?=[^()]*\b(?:lanh dao|dai dien|dai bieu|khach)\b)"
)
_EXEMPT = re.compile(r"\bmien (?:sinh hoat|hop|cong tac|du)\b|\btam hoan\b")
_UNEXCUSED = re.compile(
    r"(?P<n>\d{1,4})(?:\s[^\W\d]+(?:/c)?){0,2}\s(?:khong(?:\sco)?\s(?:ly|li)\sdo|khong\sphep|khong(?=\s*[),;.]))"
)
_VOTE = re.compile(r"\b(?:tan thanh|dong y|nhat tri|phieu|bieu quyet|tin nhiem)\b")
_AGAINST = re.compile(r"\bkhong (?:tan thanh|dong y|nhat tri|hop le)\b|\bphieu trang\b|\bkhong co y kien\b")
_AGAINST_COUNT = re.compile(
    r"\bkhong (?:tan thanh|dong y|nhat tri)\s*:\s*(?P<n>\d{1,6})(?!\s?/)"
    r"|(?<![/\d])(?P<m>\d{1,6})(?: phieu)? khong (?:tan thanh|dong y|nhat tri)\b"
)
_ABSTAIN_COUNT = re.compile(r"\bphieu trang\s*:?\s*(?P<n>\d{1,6})(?!\s?/)|(?<![/\d])(?P<m>\d{1,6}) phieu trang\b")
_INVALID = re.compile(r"khong hop le\s*:?\s*(?:la\s)?(?P<n>\d{1,6})|(?P<m>\d{1,6})\sphieu khong hop le")
_UNANIMOUS = re.compile(
    r"\bbieu quyet(?:,| va| bang)? (?:\S+ ){0,4}?nhat tri\b|\bnhat tri (?:hoan toan|tuyet doi)|\btuyet doi\b"
)
# What leads from a ratio to its own percentage.
_LEADS = re.compile(r"(?:\b(?:dat|chiem|bang|tuong (?:duong|ung)|tuc|t[iy] le)(?: t[iy] le)?(?: la)?\s*:?|[(=:-])\s*$")
_CLAUSE_END = re.compile(r"[;.][*_]{0,3}(?:\s|$)")
_REACH = 90


# -- what the text says ---------------------------------------------------------------------------------


def percent_of(case: Case, ratio: RatioEntity) -> TextEntity | None:
    """Returns the percentage that the text prints for a ratio, right behind it."""
    entity = case.following("PERCENT", ratio.end)
    if not isinstance(entity, TextEntity) or entity.start - ratio.end > _REACH:
        return None
    between = fold(case.document.text[ratio.end : entity.start])
    if any(char.isdigit() or char == ";" for char in between) or re.search(r"\.\s", between):
        return None
    return entity if _LEADS.search(" ".join(between.split())) else None


def deviation(ratio: RatioEntity, percent: TextEntity, tolerance: float) -> str | None:
    """Returns the percentage that a ratio really has, if the printed one is too far from it."""
    try:
        printed = Decimal(percent.value or "")
    except InvalidOperation:
        return None
    assert ratio.numerator is not None
    assert ratio.denominator
    exponent = printed.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    true = Decimal(ratio.numerator) * 100 / Decimal(ratio.denominator)
    if abs(printed - true) <= step * Decimal(str(tolerance)) + Decimal("1e-9"):
        return None
    return format(true.quantize(min(step, Decimal("0.01"))).normalize(), "f").replace(".", ",")


def is_vote(case: Case, ratio: RatioEntity) -> bool:
    """Tells whether a ratio counts votes in favour."""
    after = _CLAUSE_END.split(fold(case.after(ratio.end, _REACH)))[0]
    before = _CLAUSE_END.split(fold(case.before(ratio.start, 60)))[-1]
    if _AGAINST.search(before[-30:]) or _AGAINST.search(after[:40]):
        return False
    return _VOTE.search(after) is not None or _VOTE.search(before) is not None


def _votes(case: Case) -> list[RatioEntity]:
    return [ratio for ratio in case.ratios if is_vote(case, ratio)]


def _frame(case: Case) -> str:
    """Returns the folded text of preamble and closing."""
    preamble = case.document.preamble
    return words_of(*preamble.recitals, *preamble.bases, preamble.formula, case.document.closing)


def _attendance(case: Case) -> tuple[Attendance, RatioEntity | None] | None:
    """Returns the attendance with the ratio that says it, where there is one."""
    facts = case.document.facts.attendance
    if facts is None:
        return None
    for ratio in case.ratios:
        if (ratio.numerator, ratio.denominator) == (facts.present, facts.total):
            return facts, ratio
    return facts, None


def _reaches(count: int, total: int, rule: str) -> bool:
    """Tells whether a count is the share of the total that a rule like "> 1/2" or ">= 2/3" asks for."""
    sign, _, share = rule.rpartition("=") if ">=" in rule else rule.rpartition(">")
    wanted = Fraction(share.strip()) * total
    return count >= wanted if sign.startswith(">") and ">=" in rule else count > wanted


def _rule(table: dict[str, str], kind: str) -> str | None:
    return table.get(kind, table.get("default"))


# -- attendance -----------------------------------------------------------------------------------------


@check(resolution)
def att_001(case: Case) -> Iterator[Finding]:
    """Those present and those absent are not the total."""
    found = _attendance(case)
    if found is None:
        return
    facts, place = found
    if facts.present is None or facts.absent is None or facts.total is None:
        return
    missing = facts.total - facts.present - facts.absent
    exempt = missing > 0 and _EXEMPT.search(case.once(_frame)) is not None
    if missing and not exempt:
        yield Finding.at(place, present=facts.present, absent=facts.absent, total=facts.total)


@check(resolution)
def att_002(case: Case) -> Iterator[Finding]:
    """More are present than there are."""
    found = _attendance(case)
    if found is None:
        return
    facts, place = found
    if facts.present is not None and facts.total is not None and facts.present > facts.total:
        yield Finding.at(place, present=facts.present, total=facts.total)


@check(resolution)
def att_003(case: Case) -> Iterator[Finding]:
    """Fewer are present than the usual quorum; an assembly of shareholders counts shares, not heads."""
    found = _attendance(case)
    rule = _rule(case.config.thresholds.quorum, case.kind.id)
    if found is None or rule is None or case.kind.id == "co_agm":
        return
    facts, place = found
    if facts.present is None or not facts.total or facts.present > facts.total:
        return
    if not _reaches(facts.present, facts.total, rule):
        yield Finding.at(place, present=facts.present, total=facts.total, quorum=rule)


@check(resolution)
def att_004(case: Case) -> Iterator[Finding]:
    """Guests stand inside the brackets of those absent, or the brackets are not closed."""
    for match, span in case.hits(case.config.regex("check.absent"), case.view.folded):
        low = match.start()
        if case.lower[low : low + 4] != "vắng" or case.lower[low - 1 : low].isalpha():
            continue  # "vàng (…)" is gold
        if not match["close"] or _GUESTS.search(" ".join(match["inside"].split())):
            yield Finding(*span, {"text": case.quote(*span)})


@check(resolution)
def att_005(case: Case) -> Iterator[Finding]:
    """Those with and those without a reason are not all who are absent."""
    found = _attendance(case)
    facts, place = found if found is not None else (None, None)
    if facts is None or place is None or facts.absent is None or facts.excused is None:
        return
    match = _UNEXCUSED.search(fold(case.after(place.end, 400)))
    if match and facts.excused + int(match["n"]) != facts.absent:
        yield Finding.at(place, excused=facts.excused, unexcused=int(match["n"]), absent=facts.absent)


# -- votes ----------------------------------------------------------------------------------------------


@check(resolution)
def vot_001(case: Case) -> Iterator[Finding]:
    """The printed percentage is not that of the votes."""
    for ratio in case.once(_votes):
        percent = percent_of(case, ratio)
        true = deviation(ratio, percent, case.config.thresholds.percent_tolerance) if percent else None
        if percent and true is not None:
            yield Finding(ratio.start, percent.end, {"ratio": ratio.value, "printed": percent.text, "true": true})


@check(resolution)
def vot_002(case: Case) -> Iterator[Finding]:
    """More votes are counted than people are present."""
    attendance = case.document.facts.attendance
    if attendance is None or attendance.present is None or case.kind.id in COMPANY:
        return
    for ratio in case.once(_votes):
        assert ratio.numerator is not None
        slips = ratio.denominator if ratio.unit == "phiếu" and ratio.denominator != attendance.total else 0
        if max(ratio.numerator, slips or 0) > attendance.present:
            yield Finding.at(ratio, votes=max(ratio.numerator, slips or 0), present=attendance.present)


@check(resolution)
def vot_003(case: Case) -> Iterator[Finding]:
    """Votes for, against, abstaining and invalid are not the total."""
    vote = case.document.facts.vote
    if vote is None or vote.total is None or vote.for_ is None:
        return
    said = case.once(_frame)
    against = vote.against if vote.against is not None else _count(_AGAINST_COUNT.search(said))
    abstain = vote.abstain if vote.abstain is not None else _count(_ABSTAIN_COUNT.search(said))
    parts = [vote.for_, against, abstain]
    invalid = _INVALID.search(said)
    total = sum(part for part in parts if part is not None) + (_count(invalid) or 0)
    complete = against is not None and abstain is not None
    if total > vote.total or (complete and total != vote.total):
        yield Finding.at(_vote_place(case), counted=total, total=vote.total)


@check(resolution)
def vot_004(case: Case) -> Iterator[Finding]:
    """A vote is mentioned, or was taken as such bodies do, and no result is told. The State keeps it in its minutes."""
    if case.kind.id not in MEETING:
        return
    document = case.document
    adopted = "thong qua" in words_of(document.closing) and case.kind.id in (
        "assoc",
        "union",
        "mass",
        "council",
        "co_agm",
    )
    if not adopted and "biểu quyết" not in case.lower:
        return
    said = case.once(_frame)
    if not adopted and "bieu quyet" not in said:
        return
    if document.facts.vote is not None or _UNANIMOUS.search(said) or case.once(_votes):
        return
    if any(_VOTE.search(fold(case.before(p.start, 60) + case.after(p.end, 60))) for p in case.texts("PERCENT")):
        return
    yield Finding.at(document.closing)


@check(resolution)
def vot_005(case: Case) -> Iterator[Finding]:
    """Fewer votes than the usual majority, and yet it was adopted."""
    vote = case.document.facts.vote
    rule = _rule(case.config.thresholds.majority, case.kind.id)
    if vote is None or vote.for_ is None or not vote.total or rule is None or vote.for_ > vote.total:
        return
    if not _reaches(vote.for_, vote.total, rule):
        yield Finding.at(_vote_place(case), votes=vote.for_, total=vote.total, majority=rule)


def _count(match: re.Match[str] | None) -> int | None:
    """Returns the number of a count, whichever side of its words it stands on."""
    return None if match is None else int(match["n"] or match["m"])


def _vote_place(case: Case) -> RatioEntity | None:
    """Returns the ratio that says the vote on the resolution, where there is one."""
    vote = case.document.facts.vote
    wanted = (vote.for_, vote.total) if vote else None
    return next((ratio for ratio in case.once(_votes) if (ratio.numerator, ratio.denominator) == wanted), None)
