"""Figures: odd number formats, parts that do not add up, achievements that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nqparse.checks.attendance_votes import deviation, is_vote, percent_of
from nqparse.checks.case import Case, any_text, official
from nqparse.checks.registry import Finding, check
from nqparse.checks.texts import clean
from nqparse.fold import fold

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:,\d+)?")
_POINTED = re.compile(r"\.\d{1,2}\s{1,2}(?:ty|ti|trieu|nghin)\b")  # of "1.5 tỷ", without a currency
_WHOLE = re.compile(r"(?<![\d.,])\d{1,3}$")
_GOM = re.compile(r"gom(?: co)?\s*:?\s*(?=\d)")
_COUNT = re.compile(
    r"(?P<n>\d{1,3}(?:\.\d{3}){1,4}|\d{1,6})\s+(?P<unit>[a-z][a-z ]{1,40}?)"
    r"(?:\s*\([^()\n]{0,80}\))?[\s,;:]*(?:trong do )?(?:bao )?$"
)
_JOIN = re.compile(r"\s*(?:[,;]\s*(?:va\s+)?|va\s+)")
_MEASURES = frozenset(["ty", "trieu", "nghin", "dong", "ngan", "phan", "tram", "ha", "km", "m", "kg", "tan"])
_SENTENCE_END = re.compile(r"[.;](?:\s|$)")
_REACH = 90
_PARTS = 2
_OVER = re.compile(r"\bvuot\b")


@check(any_text)
def nbr_001(case: Case) -> Iterator[Finding]:
    """A point where a comma belongs, or groups of figures that are no thousands."""
    seen: set[int] = set()
    for entity in case.texts("MONEY", "PERCENT", "QUANTITY"):
        for number in _NUMBER.findall(clean(entity.text)):
            if ("." in number or "," in number) and not _GROUPED.fullmatch(number):
                seen.add(entity.start)
                yield Finding.at(entity, text=clean(entity.text))
                break
    for match, (point, end) in case.hits(_POINTED, case.view.folded):
        whole = _WHOLE.search(case.view.text[max(0, match.start() - 4) : match.start()])
        start = point - len(whole.group()) if whole else point
        if whole and start not in seen and case.zone_at(point) != "appendix":
            yield Finding(start, end, {"text": case.quote(start, end)})


@check(official)
def nbr_002(case: Case) -> Iterator[Finding]:
    """The parts that are counted up are not the total that was said."""
    folded = case.view.folded
    for match in _GOM.finditer(folded):
        if folded[match.start() - 1 : match.start()].isalpha():
            continue
        before = " ".join(folded[max(0, match.start() - _REACH) : match.start()].split()) + " "
        cut = [found.end() for found in _SENTENCE_END.finditer(before)]
        total = _COUNT.search(before[cut[-1] if cut else 0 :])
        if total is None or total["unit"].split()[0] in _MEASURES:
            continue
        numbers, end = _parts(folded, match.end(), case.config.regex("check.part"))
        if len(numbers) >= _PARTS and sum(numbers) != _int(total["n"]):
            span = case.span(match.start(), end)
            if span is not None and case.zone_at(span[0]) != "appendix":
                yield Finding(*span, {"text": case.quote(*span), "sum": sum(numbers), "total": total["n"]})


def _parts(folded: str, at: int, pattern: re.Pattern[str]) -> tuple[list[int], int]:
    """Returns the counts of a plain list like "67 xã, 45 phường và 02 đặc khu"; nothing if it holds other things."""
    numbers: list[int] = []
    while True:
        part = pattern.match(folded, at)
        if part is None or part["unit"].split()[0] in _MEASURES:
            return [], at
        numbers.append(_int(part["n"]))
        at = part.end()
        join = _JOIN.match(folded, at)
        if join is None or not folded[join.end() : join.end() + 1].isdigit():
            # What goes on without a figure may be one more part.
            return (numbers if join is None or folded[at : at + 1] in ".;" else []), at
        at = join.end()


def _int(figures: str) -> int:
    return int(figures.replace(".", ""))


@check(official)
def rat_001(case: Case) -> Iterator[Finding]:
    """More is done than there was to do, or the printed percentage is another one."""
    for ratio in case.ratios:
        assert ratio.numerator is not None
        assert ratio.denominator is not None
        if is_vote(case, ratio):
            continue
        percent = percent_of(case, ratio)
        true = deviation(ratio, percent, case.config.thresholds.percent_tolerance) if percent is not None else None
        if percent is not None and true is not None:
            yield Finding(ratio.start, percent.end, {"ratio": ratio.value, "true": true})
        elif percent is None and ratio.numerator > ratio.denominator and not _is_attendance(case, ratio.value):
            if not _OVER.search(fold(case.after(ratio.end, 60) + case.before(ratio.start, 60))):
                share = format(ratio.numerator * 100 / ratio.denominator, ".4g").replace(".", ",")
                yield Finding.at(ratio, ratio=ratio.value, true=share)


def _is_attendance(case: Case, ratio: str | None) -> bool:
    facts = case.document.facts.attendance
    return facts is not None and f"{facts.present}/{facts.total}" == ratio
