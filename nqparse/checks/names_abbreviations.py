"""Names and abbreviations: what is never spelled out, spelled in two ways, or no longer there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from nqparse.checks.case import Case, official
from nqparse.checks.registry import Finding, check
from nqparse.document import PlaceEntity
from nqparse.fold import LOWER, UPPER, fold, key
from nqparse.ruleset import RuleSet

_CAPITALS = re.compile(rf"[A-Z{UPPER}][A-Z{UPPER}&]+")
_PLAIN = re.compile(r"[A-ZĐ&]+")
_ROMAN = re.compile(r"[IVX]+")
_CHUNK_REST = re.compile(r"[\w&-]*")
_JOINTS = frozenset("-.&")
_DEFINED = re.compile(r"(?:\(|\blà\s*)[“\"]?$")
_CAPITAL_AFTER = re.compile(rf"\s[A-Z{UPPER}]{{2,}}")
_CAPITAL_BEFORE = re.compile(rf"[A-Z{UPPER}]{{2,}}\s$")
_SMALL_WORDS = frozenset({"và", "các", "của", "&", "-", "–", ","})
_OPENING = frozenset('(“" ')
_OPEN = "(“\"['‘"
_ZONES = frozenset({"preamble", "body", "closing", "recipients"})
_FIRST_LETTER = re.compile(r"[ \n(](?!(?:va|cac|cua)[ \n])([a-z])")
_WITHOUT_ACCENTS = {ord(char): fold(char) for char in LOWER if char != "đ"}
# Before about this year "Việt nam" was the usual spelling.
_OLD_SPELLING_UNTIL = 1990
_NO_DISTRICTS_SINCE = date(2025, 7, 1)
_DISTRICT = re.compile(rf"\b(?:huyện|quận|thị xã)\s[A-Z{UPPER}]", re.IGNORECASE)
_FORMER = re.compile(r"^\s*\(?(?:cũ|trước đây)\b")
_PROVINCE = re.compile(rf"(?:tỉnh|thành phố) (?P<name>[a-z{LOWER}]+ [A-Z{UPPER}]\w+|[A-Z{UPPER}]\w+ [a-z{LOWER}]+)")
_SHORTEST = 16  # characters of a name whose variants are looked for


# -- abbreviations --------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _known(rules: RuleSet) -> frozenset[str]:
    """Returns the abbreviations that need no explanation."""
    return frozenset(rules.terms["check.known-abbreviations"].terms) | frozenset(rules.tables["org.long-forms"].rows)


def _abbreviations(case: Case) -> dict[str, list[tuple[int, int]]]:
    """Returns the abbreviations of the running text with their places in the view."""
    text = case.view.text
    found: dict[str, list[tuple[int, int]]] = {}
    skip = 0
    for match in _CAPITALS.finditer(text):
        start, end = match.span()
        if start < skip or not _PLAIN.fullmatch(match.group()):
            continue
        rest = _CHUNK_REST.match(text, end)
        skip = rest.end() if rest else end
        word = text[start:skip].strip("-")
        before, after = text[start - 1 : start], text[skip : skip + 2]
        if not _PLAIN.fullmatch(word.replace("-", "")) or _ROMAN.fullmatch(word):
            continue
        # Codes of symbols are joined to figures: "58/NQ-HĐND", "QH15".
        if before.isalnum() or before in _JOINTS or (before == "/" and text[start - 2 : start - 1].isdigit()):
            continue
        if after[:1] == "/" and after[1:].isdigit():
            continue
        found.setdefault(word, []).append((start, skip))
    return found


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Tells whether a word stands in a line, or among other words, in capitals."""
    low = max(text.rfind("\n", 0, start) + 1, start - 200)
    high = text.find("\n", end, end + 200)
    line = text[low : high if high >= 0 else end + 200]
    if line.isupper() and len(line.split()) > 1:
        return True
    before, after = _CAPITAL_BEFORE.search(text[max(0, start - 12) : start]), _CAPITAL_AFTER.match(text, end)
    return any(found is not None and not _PLAIN.fullmatch(found.group().strip()) for found in (before, after))


def _initials(text: str) -> str:
    """Returns the first letters of all words of a folded text, small words left out."""
    return "".join(_FIRST_LETTER.findall(text))


@check(official)
def abb_001(case: Case) -> Iterator[Finding]:
    """An abbreviation that is explained nowhere and that no words of the text stand for."""
    known = _known(case.config.rules).union(note.short for note in case.document.abbreviations)
    text = case.view.text
    initials: str | None = None
    for word, found in case.once(_abbreviations).items():
        if word in known or all(part in known for part in re.split(r"[-&]", word)):
            continue
        if any(_is_explained(text, start) for start, _ in found):
            continue
        places = [place for place in found if not _in_capitals(text, *place)]
        if places and initials is None:
            initials = _initials(case.view.folded)
        if not places or re.sub(r"[&-]", "", fold(word)) in (initials or ""):
            continue
        spans = [span for place in places if (span := case.span(*place)) and _is_running_text(case, span[0])]
        if spans:
            yield Finding.all_at(spans, text=word)


def _is_running_text(case: Case, offset: int) -> bool:
    """Tells whether a place is in the text proper; codes of those who file the copies are nobody else's business."""
    filed = (recipient for recipient in case.document.recipients if recipient.archive)
    return case.zone_at(offset) in _ZONES and not any(item.start <= offset < item.end for item in filed)


def _is_explained(text: str, start: int) -> bool:
    """Tells whether an abbreviation stands where one is introduced: in brackets, behind "gọi tắt là"."""
    return text[start - 1 : start] in _OPENING and _DEFINED.search(text[max(0, start - 12) : start]) is not None


@check(official)
def abb_002(case: Case) -> Iterator[Finding]:
    """An abbreviation is explained twice and differently."""
    text = case.view.text
    for word, places in case.once(_abbreviations).items():
        first: str | None = None
        for start, end in places:
            long = _long_form(text[max(0, start - 200) : start], word) if _is_explained(text, start) else None
            span = case.span(start, end) if long else None
            if long is None or span is None:
                continue
            if first is None:
                first = long
            elif key(long) != key(first):
                yield Finding(*span, {"text": word, "first": first, "second": long})


def _long_form(before: str, word: str) -> str | None:
    """Returns the words right before a bracket whose first letters are those of an abbreviation."""
    words = before[: before.rfind("(")].split() if "(" in before else []
    letters = list(re.sub(r"[&-]", "", word).lower())
    taken: list[str] = []
    for candidate in reversed(words):
        if not letters:
            break
        first = candidate.lstrip(_OPEN)[:1].lower().translate(_WITHOUT_ACCENTS)
        if first == letters[-1]:
            letters.pop()
        elif candidate.strip(",").lower() not in _SMALL_WORDS:
            return None
        taken.append(candidate)
    return " ".join(reversed(taken)).strip(",; ") if not letters else None


# -- names ----------------------------------------------------------------------------------------------


@check(official)
def nam_001(case: Case) -> Iterator[Finding]:
    """A name is written with and without "và"."""
    variants: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for name in case.entities.get("ORG", ()):
        if len(name.text) >= _SHORTEST:
            written = " ".join(name.text.lower().split())
            group = variants.setdefault(written.replace(" và ", " ").replace(" & ", " "), {})
            group.setdefault(written, []).append((name.start, name.end))
    for group in variants.values():
        usual, *others = sorted(group.values(), key=lambda places: (-len(places), places))
        for other in others:
            yield Finding(*other[0], {"text": case.quote(*other[0]), "other": case.quote(*usual[0])})


@lru_cache(maxsize=8)
def _provinces(rules: RuleSet) -> dict[str, str]:
    """Returns the names of the provinces of two words by their lower-case form."""
    names = rules.tables["place.codes-until-2025"].rows
    return {name.lower(): name for name in names if len(name.split()) == 2}


@check(official)
def nam_002(case: Case) -> Iterator[Finding]:
    """Capitals of a proper name are missing, or stand where they do not belong."""
    if case.year is not None and case.year <= _OLD_SPELLING_UNTIL:
        return
    text = case.view.text
    for wrong, right in case.config.table("check.capitals").items():
        at = text.find(wrong)
        while at >= 0:
            end = at + len(wrong)
            span = case.span(at, end)
            apart = not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum()
            if apart and span is not None and case.zone_at(span[0]) != "appendix":
                yield Finding(*span, {"text": wrong, "expected": right})
            at = text.find(wrong, end)
    provinces = _provinces(case.config.rules)
    for match in _PROVINCE.finditer(text):
        wanted = provinces.get(match["name"].lower())
        span = case.span(*match.span("name")) if wanted else None
        if wanted is not None and span is not None:
            yield Finding(*span, {"text": match["name"], "expected": wanted})


@check(official)
def nam_003(case: Case) -> Iterator[Finding]:
    """A district or province that no longer existed."""
    day = case.signed_on or case.adopted_on
    if day is None or day < _NO_DISTRICTS_SINCE:
        return
    merged = case.config.table("place.merged-into")
    spans = []
    for name in case.names:
        gone = isinstance(name, PlaceEntity) and name.value.level == "tỉnh" and name.value.name in merged
        if (gone or _DISTRICT.search(name.text)) and case.zone_at(name.start) != "preamble":
            if not _FORMER.match(case.after(name.end, 20)):
                spans.append((name.start, name.end))
    if spans:
        yield Finding.all_at(spans, text=case.quote(*spans[0]))
