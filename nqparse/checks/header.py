"""The letterhead: state name, motto, issuer, title, and what does not go with the issuer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nqparse.checks.case import Case, official, resolution
from nqparse.checks.registry import Finding, check
from nqparse.checks.texts import clean, new_tones
from nqparse.document import Located
from nqparse.fold import fold

_STATE_NAME = "cộng hòa xã hội chủ nghĩa việt nam"
_PARTY_NAME = "đảng cộng sản việt nam"
# Names of the State before 1976, and of the Party: each is right as it is.
_PARTY_NAMES = frozenset({_PARTY_NAME, "đảng lao động việt nam", "đảng cộng sản đông dương"})
_NAMES = _PARTY_NAMES | {_STATE_NAME, "việt nam dân chủ cộng hòa", "cộng hòa miền nam việt nam"}
_MOTTO = re.compile(r"độc lập\s*[-‐-―−]\s*tự do\s*[-‐-―−]\s*hạnh phúc")
_OLD_MOTTO = re.compile(r"độc lập\s*[-‐-―−.,]\s*tự do\s*[-‐-―−.,]\s*hạnh phúc")
# Of the Republic of South Vietnam, which is right as it is.
_SOUTHERN_MOTTO = re.compile(r"độc lập\s*[-‐-―−]\s*dân chủ\s*[-‐-―−]\s*hòa bình\s*[-‐-―−]\s*trung lập")
_OLD_MOTTO_UNTIL = 1992
_COMPACT = frozenset(name.replace(" ", "") for name in _NAMES)
_COMPACT_MOTTO = re.compile(r"độclập[-‐-―−]tựdo[-‐-―−]hạnhphúc")
_SYLLABLES = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_FEW_LETTERS = 3
_PARTY_PREFIX = re.compile(r"\bT\s?/\s?M\b")
# Organisations that write with the State's name or with another one above their own.
_OWN_NAME = frozenset({"youth", "mass"})


@check(official)
def hdr_001(case: Case) -> Iterator[Finding]:
    """The name of the State with its motto, or that of the Party, is missing."""
    header = case.document.header
    if case.kind.id in _OWN_NAME and (header.parent_issuer or header.national_name):
        return
    missing = header.national_name is None or (header.motto is None and not _is_party(header.national_name))
    if missing and (case.kind.resolution or case.kind.state):
        yield Finding.at(_top(case))


@check(official)
def hdr_002(case: Case) -> Iterator[Finding]:
    """No issuer stands above the number."""
    if case.document.header.issuer is None and (case.kind.resolution or case.kind.state):
        yield Finding.at(_top(case))


def _top(case: Case) -> Located | None:
    """Returns the first thing of the letterhead that is there."""
    header = case.document.header
    there = [place for place in (header.symbol, header.date, header.doc_type) if place is not None]
    return min(there, key=lambda place: place.start, default=None)


def _is_party(name: Located) -> bool:
    return fold(clean(name.text)).lstrip().startswith("dang ")


@check(official)
def hdr_003(case: Case) -> Iterator[Finding]:
    """The name of the State or of the Party is misspelt, or the motto's parts are not joined by hyphens."""
    header = case.document.header
    if header.national_name is not None:
        name = _plain(header.national_name)
        if _joined(case, name) not in _NAMES and not (_is_torn(name) and name.replace(" ", "") in _COMPACT):
            yield Finding.at(
                header.national_name, text=case.quote(header.national_name.start, header.national_name.end)
            )
    if header.motto is not None:
        pattern = _OLD_MOTTO if case.year is not None and case.year <= _OLD_MOTTO_UNTIL else _MOTTO
        motto = _plain(header.motto)
        if header.national_name is not None and _SOUTHERN_MOTTO.fullmatch(motto):
            return
        torn = _is_torn(motto) and _COMPACT_MOTTO.fullmatch(motto.replace(" ", "")) is not None
        if not pattern.fullmatch(motto) and not pattern.fullmatch(_joined(case, motto)) and not torn:
            yield Finding.at(header.motto, text=case.quote(header.motto.start, header.motto.end))


def _joined(case: Case, name: str) -> str:
    """Returns a name without the hyphens between syllables that were written into the 1980s."""
    return _SYLLABLES.sub(" ", name) if case.year is not None and case.year <= _OLD_MOTTO_UNTIL else name


def _is_torn(name: str) -> bool:
    """Tells whether an extraction has torn a name into letters ("C Ộ NG HÒA"), which is no misspelling."""
    return sum(len(word) == 1 and word.isalpha() for word in name.split()) >= _FEW_LETTERS


def _plain(name: Located) -> str:
    """Returns a name in lower case with its accents, tones placed in the newer way."""
    return new_tones(clean(name.text).lower()).replace("ð", "đ")


@check(resolution)
def hdr_004(case: Case) -> Iterator[Finding]:
    """A document of the Party under the name of the State, or one of the State signed with T/M."""
    name = case.document.header.national_name
    if case.kind.party and name is not None and not _is_party(name):
        yield Finding.at(name, text=case.quote(name.start, name.end))
    if case.kind.state:
        for signature in case.document.signatures:
            if signature.authority is not None and _PARTY_PREFIX.match(clean(signature.authority.text)):
                yield Finding.at(
                    signature.authority, text=case.quote(signature.authority.start, signature.authority.end)
                )


@check(resolution)
def hdr_005(case: Case) -> Iterator[Finding]:
    """The title is missing."""
    header = case.document.header
    if header.title is None and header.doc_type is not None:
        if not case.config.regex("check.title").match(fold(case.after(header.doc_type.end)).strip()):
            yield Finding.at(header.doc_type)
