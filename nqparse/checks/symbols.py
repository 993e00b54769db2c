"""Number and symbol: their form, and whether they agree with type, issuer and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nqparse.checks.case import Case, official, resolution, words_of
from nqparse.checks.kinds import COMPANY, PARTY, STATE
from nqparse.checks.registry import Finding, check
from nqparse.checks.terms import assembly_terms
from nqparse.checks.texts import clean, differ_in_one, iso_year
from nqparse.fold import key
from nqparse.ruleset import RuleSet

_SPACED = re.compile(r"\S[ \t\u00a0]+\S")
_LINE_BREAK = re.compile(r"[\n|]")
_ASSEMBLY = re.compile(r"(?:^|/)(?:(?P<year>(?:19|20)\d\d)/)?(?:[A-ZĐ]+-)?(?P<body>UBTVQH|QH)(?P<term>\d{1,2})$")
_PARTY_STYLE = re.compile(r"[\d.…_]*[a-zđ]?-[A-ZĐ][A-Za-zĐđ]*/")
_STATE_STYLE = re.compile(r"\d+[a-zđ]?/(?:\d{4}/)?NQ-")
_DRAFT = re.compile(r"\bdu thao\b")
_OLD_FORMS_UNTIL = 1996  # hyphen before the type and slash before the issuer was the State's own form, too
_ALIKE = (PARTY, COMPANY, frozenset({"assoc", "mass"}))


@check(official)
def sym_001(case: Case) -> Iterator[Finding]:
    """Spaces stand inside the symbol."""
    symbol = case.document.header.symbol
    if symbol is not None and symbol.fragments is None and not _LINE_BREAK.search(symbol.text):
        if _SPACED.search(symbol.text.strip(" .…_")):
            yield Finding.at(symbol, text=clean(symbol.text), expected=symbol.normalized)


@check(official)
def sym_002(case: Case) -> Iterator[Finding]:
    """The year in the symbol is not that of the date. Numbers of the Party run through a term."""
    header = case.document.header
    dated = iso_year(header.date.value) if header.date else None
    if header.symbol is None or header.symbol.year is None or dated is None or case.kind.party:
        return
    if header.symbol.year != dated:
        yield Finding.at(header.symbol, text=clean(header.symbol.text), year=dated)


@check(official)
def sym_003(case: Case) -> Iterator[Finding]:
    """The type in the symbol is another one than the type line says."""
    header = case.document.header
    if header.symbol is None or header.doc_type is None:
        return
    types = _types(case.config.rules)
    codes = [code for code in header.symbol.codes if code in types]
    written = key(header.doc_type.value)
    # Only the first code, or the only one that stands before the issuer's, is the type.
    if codes and codes[0] == header.symbol.codes[0] and len(header.symbol.codes) > 1 and written:
        if not any(written == name for name in types[codes[0]]):
            yield Finding.at(header.symbol, code=codes[0], text=clean(header.doc_type.text))
    elif not codes and len(header.symbol.codes) > 1 and written:
        # A code that no type has, and that is one letter from that of the type line, was misread ("NG" for "NQ").
        first = header.symbol.codes[0]
        named = [code for code, names in types.items() if written in names]
        if any(differ_in_one(code, first) for code in named):
            yield Finding.at(header.symbol, code=first, text=clean(header.doc_type.text))


@lru_cache(maxsize=8)
def _types(rules: RuleSet) -> dict[str, frozenset[str]]:
    """Returns the names of the document types that each code stands for."""
    found: dict[str, set[str]] = {}
    for terms in rules.terms.values():
        if terms.id.startswith("doctype."):
            name, *codes = terms.terms
            for code in codes:
                found.setdefault(code, set()).add(key(name))
    return {code: frozenset(names) for code, names in found.items()}


@check(resolution)
def sym_004(case: Case) -> Iterator[Finding]:
    """The issuer's code is that of another body than the letterhead names."""
    header = case.document.header
    if header.symbol is None or header.issuer is None or case.kind.id == "nqlt":
        return
    named = case.config.kinds.named(header.issuer.text)
    coded = case.config.kinds.coded(header.symbol.codes)
    if named is None or coded is None or named == coded or any({named, coded} <= group for group in _ALIKE):
        return
    if {named, coded} <= STATE or (named in STATE) != (coded in STATE):
        yield Finding.at(header.symbol, text=header.symbol.normalized, issuer=clean(header.issuer.text))


@check(resolution)
def sym_005(case: Case) -> Iterator[Finding]:
    """The number has no leading zero, or is left blank although the document is signed."""
    symbol = case.document.header.symbol
    if symbol is None:
        return
    if symbol.number is None:
        if case.signed and case.signed_on is not None and not is_draft(case):
            yield Finding.at(symbol, text=clean(symbol.text))
    elif symbol.number < 10 and symbol.suffix is None and not symbol.normalized.startswith("0"):
        if case.year is not None and case.year >= case.config.thresholds.padded_since:
            yield Finding.at(symbol, text=clean(symbol.text))


def is_draft(case: Case) -> bool:
    """Tells whether the document says that it is a draft."""
    header = case.document.header
    top = min((place.start for place in (header.symbol, header.doc_type) if place is not None), default=0)
    return (
        _DRAFT.search(key(case.document.text[: top + 200])) is not None
        or _DRAFT.search(words_of(header.title)) is not None
    )


@check(official)
def sym_006(case: Case) -> Iterator[Finding]:
    """A term of the National Assembly that did not sit in the year of the symbol, in the own symbol or a cited one."""
    header = case.document.header
    if header.symbol is not None and not _possible(
        case, header.symbol.normalized, header.date.value if header.date else None
    ):
        yield Finding.at(header.symbol, text=header.symbol.normalized)
    for citation in case.citations:
        value = citation.value
        if value.symbol is not None and not _possible(case, value.symbol, value.date):
            yield Finding.at(citation, text=value.symbol)


def _possible(case: Case, symbol: str, date: str | None) -> bool:
    match = _ASSEMBLY.search(symbol)
    year = int(match["year"]) if match and match["year"] else iso_year(date)
    terms = assembly_terms(case.config.rules)
    if match is None or year is None or int(match["term"]) not in terms:
        return True
    low, high = terms[int(match["term"])]
    return low <= year <= high


@check(resolution)
def sym_007(case: Case) -> Iterator[Finding]:
    """A symbol of the Party's form from a body of the State, or the reverse."""
    symbol = case.document.header.symbol
    if symbol is None:
        return
    modern = case.year is None or case.year > _OLD_FORMS_UNTIL
    mixed = case.kind.state and modern and _PARTY_STYLE.match(symbol.normalized)
    if mixed or (case.kind.party and _STATE_STYLE.match(symbol.normalized)):
        yield Finding.at(symbol, text=symbol.normalized)
