"""Citations: dates and numbers that contradict each other or this document, and references that lead nowhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from nqparse.checks.case import Case, official, resolution
from nqparse.checks.registry import Finding, check
from nqparse.checks.texts import clean, iso_date, iso_year, vietnamese
from nqparse.document import DocRefEntity, InternalReference, Section
from nqparse.fold import fold, key
from nqparse.ruleset import RuleSet
from nqparse.symbols import NUMBERED

_SYMBOL_YEAR = re.compile(r"^\d+(?:\.\d+)?[a-zđ]?/(?P<year>(?:19|20)\d\d)/")
_LAWS = frozenset({"luật", "bộ luật"})
_CASES = frozenset({"tờ trình", "báo cáo", "báo cáo thẩm tra"})  # what is laid before a session
_ALIKE = 60.0  # two titles of one law are at least so much alike
_CENTRAL = re.compile(r"\b(?:toan quoc|trung uong|dang)\b")
_ATTACHED = re.compile(r"kem theo\b")
_ANNOUNCED = re.compile(r"\b(?:phu luc|danh muc|danh sach|bieu|bang)\b[^.;()]*$")
_OWN_ACT = re.compile(r"\s{1,3}nghi\s{1,3}quyet\s{1,3}nay\b")
_MENTIONED = re.compile(
    r"[ \n(*](?:phu luc|kem theo|dinh kem|danh muc|danh sach|phu bieu|bieu so|bieu mau|mau so|ban hanh)\b"
)
_OWN_ZONES = frozenset({"header", "preamble", "formula", "body", "closing"})
_ATTACHED_TO = re.compile(r"kem theo (?P<type>nghi quyet|quyet dinh)\b")
_BARE = re.compile(r"(?:quy dinh|neu) tai (?P<place>dieu (?P<n>\d{1,3}))(?=[.;)])")
_OTHER_DOCUMENT = re.compile(
    r"\b(?:luat|phap lenh|hien phap|nghi dinh|thong tu|quyet dinh|dieu le|quy che|quy dinh nay|so \d)\b|[“\"]"
)
_AROUND = 1500  # characters on both sides of a reference in which another document may be spoken of
_NOWHERE = "no such section"  # the reason of a reference that leads nowhere (`nqparse.resolve.internal`)
_DATE = re.compile(r"ngay\s*(?P<d>\d{1,2})\s*(?:thang|[/.-])\s*(?P<m>\d{1,2})\s*(?:nam|[/.-])\s*(?P<y>\d{4})(?!\d)")
_LINE = 400  # characters in which the line "(Kèm theo Nghị quyết …)" ends
_MARKER = 1500  # characters behind an appendix's marker in which that line stands
_NOTE = 400  # characters before a citation in which a publisher's note begins
_BEFORE = 70  # characters before "kèm theo" in which it is said what is attached
_FREQUENT, _CODE, _LONG_CODE = 3, 4, 6
_SEPARATOR = re.compile(r"[-/.]")
_DIGITS = "0123456789"


def _symbol_year(symbol: str | None) -> int | None:
    match = _SYMBOL_YEAR.match(symbol) if symbol else None
    return int(match["year"]) if match else None


# -- dates of citations ---------------------------------------------------------------------------------


def _is_note(case: Case, at: int) -> bool:
    """Tells whether a place is in square brackets, where a publisher notes what became of the act later."""
    before = case.before(at, _NOTE)
    return before.rfind("[") > before.rfind("]")


@check(official)
def cit_001(case: Case) -> Iterator[Finding]:
    """A cited document is younger than this one."""
    days = [day for day in (case.signed_on, case.adopted_on) if day is not None]
    for citation in case.citations:
        if _is_note(case, citation.start):
            continue
        cited, year = iso_date(citation.value.date), iso_year(citation.value.date)
        late = max(days) < cited if days and cited else bool(case.year and year and year > case.year)
        number_year = _symbol_year(citation.value.symbol)
        if late or (case.year is not None and number_year is not None and number_year > case.year):
            yield case.quoting(citation, date=vietnamese(cited) if cited else str(year or number_year))


@check(official)
def cit_002(case: Case) -> Iterator[Finding]:
    """The year in a cited symbol is not that of its date."""
    for citation in case.citations:
        year, number_year = iso_year(citation.value.date), _symbol_year(citation.value.symbol)
        if year is not None and number_year is not None and year != number_year:
            yield case.quoting(citation, year=year)


@check(official)
def cit_003(case: Case) -> Iterator[Finding]:
    """The same number is cited with two dates, or for two laws."""
    seen: dict[tuple[str | None, str], DocRefEntity] = {}
    laws: dict[str, DocRefEntity] = {}
    for citation in case.citations:
        value = citation.value
        if value.symbol is None:
            continue
        day = iso_date(value.date)
        if day is not None:
            # Numbers without a year begin again every year.
            scope = value.symbol if _symbol_year(value.symbol) else f"{value.symbol} {day.year}"
            other = seen.setdefault((value.type, scope), citation)
            if other.value.date != value.date and _same_issuer(other, citation):
                yield Finding.at(citation, symbol=value.symbol, first=_said(other), second=_said(citation))
        if value.type in _LAWS and value.title:
            other = laws.setdefault(value.symbol, citation)
            if fuzz.token_set_ratio(key(other.value.title or ""), key(value.title)) < _ALIKE:
                yield Finding.at(citation, symbol=value.symbol, first=other.value.title, second=value.title)


def _same_issuer(first: DocRefEntity, second: DocRefEntity) -> bool:
    one, two = first.value.issuer, second.value.issuer
    return one is None or two is None or key(one) == key(two)


def _said(citation: DocRefEntity) -> str:
    day = iso_date(citation.value.date)
    return vietnamese(day) if day else ""


@check(official)
def cit_004(case: Case) -> Iterator[Finding]:
    """A law among the bases was no longer in force."""
    day = case.adopted_on or case.signed_on
    ended = case.config.table("law.ended")
    numbers = _law_numbers(case.config.rules)
    for basis in case.document.preamble.bases if day else ():
        for citation in case.within("DOCREF", basis.start, basis.end):
            assert isinstance(citation, DocRefEntity)
            value = citation.value
            symbol = value.symbol or numbers.get((key(value.title or "").removeprefix("luat "), value.date or ""))
            end = iso_date(ended.get(symbol)) if symbol else None
            if end is not None and day is not None and end <= day:
                yield case.quoting(citation, end=vietnamese(end))


@lru_cache(maxsize=8)
def _law_numbers(rules: RuleSet) -> dict[tuple[str, str], str]:
    """Returns the numbers of laws by name and day."""
    rows = rules.tables["resolve.laws"].rows
    return {(key(name[:-11]), name[-10:]): number for name, number in rows.items()}


@check(resolution)
def cit_006(case: Case) -> Iterator[Finding]:
    """What was laid before the session is dated after it."""
    adopted = case.adopted_on
    for basis in case.document.preamble.bases if adopted else ():
        for citation in case.within("DOCREF", basis.start, basis.end):
            assert isinstance(citation, DocRefEntity)
            day = iso_date(citation.value.date)
            if citation.value.type not in _CASES or day is None or adopted is None or day <= adopted:
                continue
            if case.signed_on is not None and day <= case.signed_on:  # later ones are CIT-001
                yield case.quoting(citation, adopted=vietnamese(adopted))


# -- places in this document ----------------------------------------------------------------------------


@check(official)
def cit_005(case: Case) -> Iterator[Finding]:
    """A reference to an article or clause that this document does not have."""
    articles = {section.number.lower(): section for section in case.sections if section.kind == "article"}
    if not articles:
        return
    for reference in case.document.internal_references:
        if not _is_missing(reference, articles) or case.zone_at(reference.start) == "appendix":
            continue
        if not _in_quotes(case.document.text, reference.start):
            yield case.quoting(reference)
    if not case.document.appendices:
        yield from _bare_references(case, sorted(articles.values(), key=lambda article: article.start))


def _bare_references(case: Case, articles: list[Section]) -> Iterator[Finding]:
    """Finds "quy định tại Điều 7." in an article that speaks of no other document."""
    last = max(article.ordinal or 0 for article in articles)
    starts = [article.start for article in articles]
    for match, span in case.hits(_BARE, case.view.folded, "place"):
        at = bisect_right(starts, span[0]) - 1
        if at < 0 or int(match["n"]) <= last or span[0] >= articles[at].end:
            continue
        home = articles[at]
        around = case.document.text[max(home.start, span[0] - _AROUND) : min(home.end, span[1] + _AROUND)]
        if not _OTHER_DOCUMENT.search(fold(clean(around))):
            yield Finding(*span, {"text": case.quote(*span)})


def _last_clause(article: Section) -> int:
    """Returns the highest number of an article's clauses, 0 if it has none."""
    return max((child.ordinal or 0 for child in article.children if child.kind == "arabic"), default=0)


def _is_missing(reference: InternalReference, articles: dict[str, Section]) -> bool:
    """Tells whether no such article is there, or the article has clauses and fewer than that."""
    place = reference.pinpoint
    if reference.target_section_id is not None or reference.unresolved != _NOWHERE or place.article is None:
        return False
    article = articles.get(place.article.lower())
    if article is None:
        return True
    if place.clause is None or not place.clause.isdecimal():
        return False
    return 0 < _last_clause(article) < int(place.clause)


def _in_quotes(text: str, at: int) -> bool:
    """Tells whether a quotation is open at a place of its paragraph."""
    start = text.rfind("\n", 0, at) + 1
    before = text[max(start, at - 2000) : at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


# -- codes, meetings, appendices ------------------------------------------------------------------------


@check(official)
def cit_007(case: Case) -> Iterator[Finding]:
    """A code that is nearly one that is known or often used here."""
    cited = [(citation, _codes(citation)) for citation in case.citations if citation.value.symbol]
    counts = Counter(code for _, codes in cited for code in codes)
    known = _known_codes(case.config.rules)
    odd = {code for code, count in counts.items() if count == 1 and len(code) >= _CODE and code not in known}
    frequent = [code for code, count in counts.items() if count >= _FREQUENT and len(code) >= _CODE][:20]
    for citation, codes in cited if odd else ():
        for code in odd.intersection(codes):
            near = (other for other in frequent if other[0] == code[0] and OSA.distance(code, other) == 1)
            meant = _by_letters(case.config.rules).get(_letters(code)) or next(near, None)
            if meant is not None:
                yield Finding.at(citation, code=code, expected=meant)


@lru_cache(maxsize=8)
def _by_letters(rules: RuleSet) -> dict[str, str]:
    return {_letters(code): code for code in _known_codes(rules) if len(code) >= _LONG_CODE}


def _letters(code: str) -> str:
    """Returns a code's first letters and, sorted, its others: what two codes with letters out of place share."""
    return code[:2] + "".join(sorted(code[2:]))


def _codes(citation: DocRefEntity) -> list[str]:
    """Returns the codes of a cited symbol, without the numbers of terms."""
    parts = _SEPARATOR.split(citation.value.symbol or "")[1:]
    return [code for part in parts if (code := part.rstrip(_DIGITS))]


@lru_cache(maxsize=8)
def _known_codes(rules: RuleSet) -> frozenset[str]:
    lists = ("resolve.central", "resolve.local", "resolve.party-local", "check.known-codes")
    codes = {code for name in lists for code in rules.terms[name].terms}
    types = {code for terms in rules.terms.values() if terms.id.startswith("doctype.") for code in terms.terms}
    return frozenset(codes | types | set(rules.tables["org.long-forms"].rows) | set(rules.tables["kind.codes"].rows))


@check(resolution)
def cit_008(case: Case) -> Iterator[Finding]:
    """A resolution is cited by its meeting only. Congresses of the Party number none of theirs."""
    seen: set[str] = set()
    for match, span in case.hits(case.config.regex("check.by-meeting"), case.view.folded):
        if match["meeting"] == "dai hoi" and (case.kind.party or _CENTRAL.search(match.group())):
            continue
        if case.zone_at(span[0]) == "header" or any(c.isdigit() for c in match["rest"]):
            continue
        said = match.group()
        if said not in seen:
            seen.add(said)
            yield Finding(*span, {"text": case.quote(*span)})


@check(resolution)
def cit_009(case: Case) -> Iterator[Finding]:
    """An appendix is announced and not there, or there and nowhere announced."""
    appendices = case.document.appendices
    other_act = case.config.regex("check.other-act")
    if not appendices and not case.zones("appendix"):
        for match, span in case.hits(_ATTACHED, case.view.folded):
            before = case.view.folded[max(0, match.start() - _BEFORE) : match.start()]
            announced = _OWN_ACT.match(case.view.folded, match.end()) or (
                _ANNOUNCED.search(before) and not other_act.match(case.view.folded, match.end())
            )
            if (
                announced
                and case.zone_at(span[0]) in ("body", "closing")
                and not _in_quotes(case.view.text, match.start())
            ):
                yield Finding(*span, {"text": case.quote(max(0, span[0] - 40), span[1])})
                return
    elif appendices and not any(
        case.zone_at(span[0]) in _OWN_ZONES for _, span in case.hits(_MENTIONED, case.view.folded)
    ):
        yield Finding.at(appendices[0].marker, text=clean(appendices[0].marker.text))


@check(resolution)
def cit_010(case: Case) -> Iterator[Finding]:
    """The line "(Kèm theo Nghị quyết …)" names another number or day than this document has."""
    symbol = case.document.header.symbol
    for appendix in case.document.appendices:
        low = appendix.marker.start
        head = case.document.text[low : min(appendix.end, low + _MARKER)]
        match = _ATTACHED_TO.search(fold(head).replace("\n", " "))
        if match is None or symbol is None:
            continue
        line = head[match.start() : match.start() + _LINE]
        line = line[: line.find(")")] if ")" in line else line.split("\n\n")[0]
        number = NUMBERED.search(clean(line))
        other_number = number is not None and not _same_number(number.group(), symbol.normalized)
        day = _day_in(line)
        other_day = day is not None and case.signed_on is not None and day not in (case.signed_on, case.adopted_on)
        if other_number or other_day:
            start = low + match.start()
            yield Finding(
                start,
                start + len(line.rstrip()),
                {"text": case.quote(start, start + len(line)), "symbol": symbol.normalized},
            )


def _same_number(first: str, second: str) -> bool:
    return _plain_symbol(first) == _plain_symbol(second)


def _plain_symbol(symbol: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(symbol)).lstrip("0")


def _day_in(line: str) -> date | None:
    match = _DATE.search(fold(clean(line)))
    if match is None:
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
