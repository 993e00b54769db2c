"""The resolving formula and the end mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from nqparse.checks.case import Case, official, resolution
from nqparse.checks.registry import Finding, check
from nqparse.checks.texts import clean
from nqparse.document import Located
from nqparse.fold import fold

_VERB = re.compile(
    r"(?P<subject>.*?)(?P<verb>quyet[\s-]*nghi|quyet[\s-]*dinh|(?:ra )?nghi[\s-]*quyet)\s*(?P<colon>:?)$"
)
_END = re.compile(r"[.](?:\s?/\s?[.]|/[.-]|/)[\s*_”\"’)|\\]*$")
_FULL = "./."
_NOISE = re.compile(r"\./\.(?:\W*\w){0,3}\W*$")  # what is left of a seal
_ODD = re.compile(r"\.\s?/\s?-|\.//\.|\./\.\.|(?<![.\d/])/\.(?=\s|$|\*)")
_ADOPTION = re.compile(r"\bduoc\b.{0,300}(?:thong qua|bieu quyet|nhat tri)\b")
_ALIKE = 70.0
_WITH_MARK = frozenset({"assoc", "union"})
_SELDOM = frozenset({"hdtp"})  # its resolutions end with a full stop
_SENTENCE = 60  # a longer formula is a sentence


@check(resolution)
def frm_001(case: Case) -> Iterator[Finding]:
    """The formula says QUYẾT ĐỊNH."""
    formula = case.document.preamble.formula
    match = _formula(formula)
    if formula is not None and match and match["verb"].endswith("dinh"):
        yield Finding.at(formula, text=clean(formula.text))


@check(resolution)
def frm_002(case: Case) -> Iterator[Finding]:
    """The formula has no colon."""
    formula = case.document.preamble.formula
    match = _formula(formula)
    if formula is not None and match and not match["colon"]:
        if not re.match(r"[\s*_|\\]*:", case.document.text[formula.end : formula.end + 12]):
            yield Finding.at(formula, text=clean(formula.text))


def _formula(formula: Located | None) -> re.Match[str] | None:
    """Returns the parts of a formula that is no sentence."""
    text = fold(clean(formula.text)) if formula is not None else ""
    return _VERB.match(text) if 0 < len(text) <= _SENTENCE else None


@check(resolution)
def frm_003(case: Case) -> Iterator[Finding]:
    """Nothing resolves: neither a formula nor a sentence. Resolutions of the Party often have none."""
    if case.document.preamble.formula is None and case.kind.id != "party" and case.document.body:
        first = case.document.body[0]
        yield Finding(first.start, first.start + len(first.label))


@check(resolution)
def frm_004(case: Case) -> Iterator[Finding]:
    """The body that resolves is another one than the letterhead names."""
    issuer, preamble = case.document.header.issuer, case.document.preamble
    if issuer is None or case.kind.id == "nqlt":
        return
    for place in (preamble.enacting_body, preamble.formula):
        if place is None:
            continue
        text = clean(place.text).lower()
        if place is preamble.formula:
            match = case.config.regex("check.formula-subject").match(fold(text))
            if match is None:
                continue
            text = text[: match.end("subject")]
        if _other_body(case, clean(issuer.text).lower(), text):
            yield Finding.at(place, text=case.quote(place.start, place.end), issuer=clean(issuer.text))


def _other_body(case: Case, issuer: str, body: str) -> bool:
    """Tells whether two bodies are of different kinds, or of different places."""
    own, other = case.config.kinds.named(issuer), case.config.kinds.named(body)
    if own is None or other is None:
        return False
    if own != other:
        return case.kind.state
    place = case.config.regex("check.place")
    one, two = place.search(issuer), place.search(body)
    return (
        one is not None
        and two is not None
        and fuzz.ratio(fold(one["name"]).strip(), fold(two["name"]).strip()) < _ALIKE
    )


# -- the end mark ---------------------------------------------------------------------------------------


@check(official)
def end_001(case: Case) -> Iterator[Finding]:
    """The end mark is missing where the act ends; behind an adoption clause, and from judges, that is usual."""
    last, document = case.last_of_act(), case.document
    if last is None or not (case.kind.administrative or case.kind.id in _WITH_MARK):
        return
    if not (document.signatures or document.recipients) or case.before_rules(case.config.thresholds.end_mark_since):
        return
    text = document.text[max(last[0], last[1] - 600) : last[1]]
    if _END.search(clean(text + document.text[last[1] : last[1] + 8].split("\n")[0])) or _NOISE.search(text):
        return
    adopted = _ADOPTION.search(fold(clean(text))) is not None
    yield Finding(max(last[0], last[1] - 1), last[1], severity="I" if adopted or case.kind.id in _SELDOM else None)


@check(official)
def end_002(case: Case) -> Iterator[Finding]:
    """An end mark in the middle of the act, or an odd form of it."""
    last = case.last_of_act()
    if last is None:
        return
    text = case.document.text
    start = case.document.body[0].start if case.document.body else last[0]
    at = text.find(_FULL, start, last[1])
    while at >= 0:
        if not _NOISE.match(text, at, last[1]) and case.zone_at(at) in ("body", "closing"):
            yield Finding(at, at + len(_FULL), {"text": _FULL})
        at = text.find(_FULL, at + 1, last[1])
    for match in _ODD.finditer(text, max(start, last[1] - 40), min(len(text), last[1] + 6)):
        if case.zone_at(match.start()) in ("body", "closing"):
            yield Finding(match.start(), match.end(), {"text": match.group()})
