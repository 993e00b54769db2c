"""The foot: recipients and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nqparse.checks.case import Case, official, resolution
from nqparse.checks.kinds import STATE
from nqparse.checks.registry import Finding, check
from nqparse.checks.texts import clean
from nqparse.document import Recipient, Signature
from nqparse.fold import fold, key

# Bodies whose published resolutions name no recipients.
_NO_RECIPIENTS = frozenset({"qh", "hdtp", "party_congress", "co_agm"})
_LAST_END = re.compile(r"[./]\s*$")
_ITEM_END = re.compile(r";\s*$")
_MARK_BEHIND = re.compile(r"[*_]{1,3}(?P<mark>[;.])")
_REPORTS = re.compile(r"\b(?:b/c|bc|bao cao)\b")
_UNDER = re.compile(r"\btruc thuoc\b")
_DEPUTY = re.compile(r"^pho\b")
_FOR_ANOTHER = re.compile(
    r"kt\s?\.|(?<!\w)(?:k\s?[./]?\s?/?t|t\s?[./]?\s?/?l|t\s?[./]?\s?/?\s?u\s?[./]?\s?[qn]|q)(?:\s?[./]|\s)"
)
_KT = re.compile(r"(?<!\w)K\s?[./]?\s?/?T\b")
_TM = re.compile(r"(?<!\w)T\s?[./]?\s?/?M\b\s?[./]?\s*")
# What stands on a page that was signed, folded.
_EVIDENCE = (
    "da ky",
    "da ki",
    "ky ten",
    "ky boi",
    "nguoi ky",
    "signed",
    "![",
    "<img",
    "ky so",
    "chu ky",
    "thoi gian ky",
    "cong thong tin dien tu",
)


_STAMPS, _STAMP = 20, 200  # so many pieces of furniture, so many characters of each, are looked at


# -- recipients -----------------------------------------------------------------------------------------


@check(resolution)
def rcp_001(case: Case) -> Iterator[Finding]:
    """No recipients, or no line for the file copy."""
    if case.kind.id in _NO_RECIPIENTS or case.before_rules(case.config.thresholds.form_since):
        return
    if not (case.document.recipients or case.document.recipients_intro) and (_is_law(case) or _is_gazette(case)):
        return
    recipients = case.document.recipients
    if not recipients:
        yield Finding.at(case.document.recipients_intro)
    elif not any(recipient.archive or "luu" in key(recipient.text).split() for recipient in recipients):
        yield Finding.at(recipients[-1])


def _is_law(case: Case) -> bool:
    """Tells whether an act of the Standing Committee is one of law ("80/2025/UBTVQH15"), promulgated and not sent."""
    symbol = case.document.header.symbol
    return case.kind.id == "ubtvqh" and symbol is not None and symbol.year is not None and "NQ" not in symbol.codes


def _is_gazette(case: Case) -> bool:
    """Tells whether the text is that of the official gazette, which prints no recipients."""
    head = case.config.regex("furniture.running-head")
    return any(
        head.search(fold(case.document.text[zone.start : min(zone.end, zone.start + _STAMP)]))
        for zone in case.zones("furniture")[:_STAMPS]
    )


@check(official)
def rcp_002(case: Case) -> Iterator[Finding]:
    """Recipients end with a semicolon, the last one with a full stop; the Party has its own way."""
    recipients = case.document.recipients
    if len(recipients) < 2 or case.kind.party:
        return
    for recipient in recipients[:-1]:
        if not _ITEM_END.search(_with_mark(case, recipient)):
            yield case.quoting(recipient)
            return
    if not _LAST_END.search(_with_mark(case, recipients[-1])):
        yield case.quoting(recipients[-1])


def _with_mark(case: Case, recipient: Recipient) -> str:
    """Returns a recipient with the mark that may stand behind its emphasis."""
    mark = _MARK_BEHIND.match(case.document.text, recipient.end)
    return clean(recipient.text) + (mark["mark"] if mark else "")


@check(resolution)
def rcp_003(case: Case) -> Iterator[Finding]:
    """The file copy is not the last item, or a lower body is reported to."""
    recipients = case.document.recipients
    for recipient in recipients[:-1]:
        if recipient.archive:
            yield case.quoting(recipient)
    for recipient in recipients:
        if recipient.note and _REPORTS.search(fold(recipient.note)) and _is_lower(case, key(recipient.name)):
            yield case.quoting(recipient)


def _is_lower(case: Case, name: str) -> bool:
    return case.config.regex("check.lower-body").match(name) is not None or _UNDER.search(name) is not None


# -- signatures -----------------------------------------------------------------------------------------


@check(resolution)
def sig_001(case: Case) -> Iterator[Finding]:
    """Nobody signed: there is no signature block, or no name in it."""
    if not case.document.signatures:
        yield Finding()
    elif not case.signed:
        last = case.document.signatures[-1]
        yield Finding.at(last.position or last.authority)


def _heads(signature: Signature) -> str:
    """Returns what stands above the name, folded."""
    return fold(clean(" ".join(part.text for part in (signature.authority, signature.position) if part is not None)))


@check(official)
def sig_002(case: Case) -> Iterator[Finding]:
    """A deputy signs without KT. for a body of the State, or with it for a committee of the Party."""
    for signature in case.document.signatures:
        if signature.position is None:
            continue
        deputy = _DEPUTY.match(key(signature.position.text)) is not None
        if case.kind.state and deputy and not _FOR_ANOTHER.search(_heads(signature)) and not _presides(signature):
            yield case.quoting(signature.position)
        elif case.kind.party and signature.authority and _KT.search(clean(signature.authority.text)):
            yield case.quoting(signature.authority)


def _presides(signature: Signature) -> bool:
    return "chu toa" in _heads(signature) or "chu tri" in _heads(signature)


@check(resolution)
def sig_003(case: Case) -> Iterator[Finding]:
    """The body that is signed for is another one than the issuer."""
    issuer = case.document.header.issuer or case.document.preamble.enacting_body
    own = case.config.kinds.named(issuer.text) if issuer is not None else None
    if own not in STATE or case.kind.id == "nqlt":
        return
    for signature in case.document.signatures:
        if signature.authority is not None and _TM.match(clean(signature.authority.text)):
            body = case.config.kinds.named(signature.authority.text)
            if body in STATE and body != own:
                yield Finding.at(
                    signature.authority,
                    text=clean(signature.authority.text),
                    issuer=clean(issuer.text if issuer else ""),
                )


@check(resolution)
def sig_004(case: Case) -> Iterator[Finding]:
    """Nothing shows that it was signed: no remark, no image, no digital signature."""
    if not case.document.signatures:
        return
    tail = case.document.signatures[0]
    place = next(part for part in (tail.authority, tail.position, tail.name) if part is not None)
    around = case.document.text[max(0, place.start - 200) : place.start + 1500]
    if not _shows_signing(around) and not _shows_signing(_stamps(case)):
        yield Finding.at(next((s.name for s in case.document.signatures if s.name), place))


def _shows_signing(text: str) -> bool:
    seen = fold(text)
    return any(mark in seen for mark in _EVIDENCE)


def _stamps(case: Case) -> str:
    """Returns the beginnings of what stands around the document: a stamp of a digital signature may be there."""
    zones = case.zones("furniture", "before", "after")[:_STAMPS]
    return " ".join(case.document.text[zone.start : min(zone.end, zone.start + _STAMP)] for zone in zones)
