"""Spelling: fixed formulas, confusable words, and characters that do not belong into the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nqparse.charset.syllables import is_syllable
from nqparse.checks.case import Case, any_text
from nqparse.checks.registry import Finding, check
from nqparse.checks.texts import differ_in_one, new_tones, trie
from nqparse.fold import UPPER, fold, key
from nqparse.ruleset import RuleSet

_OLD = (re.compile(r"o[àáảãạèéẻẽẹ](?!\w)"), re.compile(r"u[ỳýỷỹỵ](?!\w)"))
_NEW = (re.compile(r"[òóỏõọ][ae](?!\w)"), re.compile(r"[ùúủũụ]y(?!\w)"))
# Letters of other scripts, lost characters, bytes of old fonts read as Latin-1 ("NghÞ quyÕt", "Nghò quyeát") and UTF-8
# read so ("Nghá»‹ quyáº¿t").
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u04ff\ufffd®§µ¶·¸¹º»¼½¾©ª«¬¨¦¥¤£¢¡¯ÞßåäæçëîïðñöøûüþÿÆÄ]")
_SCRIPTS = re.compile("[\u0370-\u03ff\u0400-\u04ff\ufffd]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_MOJIBAKE = frozenset("ÆÄ")  # first halves of two letters; Vietnamese has neither
_ODD_AFTER = re.compile(r"[^\s.,;:)”\"]")
_LONE = frozenset("§®©")  # signs of their own, unless a letter follows at once
_INVISIBLE = (
    ("NBSP", "\u00a0"),
    ("U+00AD", "\u00ad"),
    ("U+200B", "\u200b"),
    ("U+FEFF", "\ufeff"),
    ("U+2060", "\u2060"),
)
_MARK = re.compile("[\u0300-\u036f]")
# What begins with fixed letters is found many times faster than what begins with a word boundary.
_PROVINCE = re.compile(
    rf"(?:tỉnh|Tỉnh|TỈNH)(?<!\w\w{{4}})\s{{1,3}}(?P<name>[A-Z{UPPER}][^\W_]*(?:[ ][A-Z{UPPER}][^\W_]*){{1,2}})"
)
_LONG_NAME = 5  # letters: shorter names look like too many others
_SHOWN = 50  # places that one finding names
_CONTEXT = 24


# -- misspellings ---------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _formulas(rules: RuleSet) -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """Returns a pattern for the folded formulas, how each is written, and all that may be written."""
    terms, others = rules.terms["check.formulas"].terms, rules.terms["check.also-words"].terms
    pattern = re.compile(rf"[ \n(](?P<word>{trie(map(fold, terms))})(?![a-z])")
    return (
        pattern,
        {fold(term): term for term in reversed(terms)},
        frozenset([*terms, *map(new_tones, [*terms, *others])]),
    )


@check(any_text)
def ort_001(case: Case) -> Iterator[Finding]:
    """A fixed formula has other accents than it should, or a word is spelled as it never is."""
    pattern, formulas, allowed = _formulas(case.config.rules)
    lower = case.lower
    for match in pattern.finditer(case.view.folded):
        start, end = match.span("word")
        written = lower[start:end]
        if "-" in written:
            written = written.replace("-", " ")  # "nghị-quyết", as it was written into the 1980s
        if written in allowed or written.isascii() or new_tones(written) in allowed:
            continue
        span = case.span(start, end)
        if span is not None and case.zone_at(span[0]) != "appendix" and not _part_of_more(case, start, end):
            yield Finding(*span, {"text": case.quote(*span), "expected": formulas[match["word"]]})
    yield from _of_table(case, "check.misspellings")
    yield from _provinces(case)


@lru_cache(maxsize=8)
def _province_names(rules: RuleSet) -> tuple[dict[str, str], frozenset[str]]:
    """Returns the provinces by their folded names, and all names that are known, folded."""
    names: dict[str, str] = {}
    for table in ("place.codes-until-2025", "place.codes-since-2025"):
        names.update({fold(name): name for name in rules.tables[table].rows})
    others = (*rules.tables["place.variants"].rows, *rules.terms["place.former-provinces"].terms)
    return names, frozenset((*names, *map(fold, others)))


def _provinces(case: Case) -> Iterator[Finding]:
    """Yields names behind "tỉnh" that are no province's, but one letter from that of just one."""
    names, known = _province_names(case.config.rules)
    for match in _PROVINCE.finditer(case.view.text):
        name = fold(" ".join(match["name"].split()))
        if name in known:
            continue
        meant = [other for other in names if differ_in_one(name, other)]
        span = case.span(*match.span("name")) if len(meant) == 1 else None
        if span is not None and len(name) >= _LONG_NAME and not _are_syllables(match["name"]):
            yield Finding(*span, {"text": case.quote(*span), "expected": names[meant[0]]})


def _are_syllables(name: str) -> bool:
    """Tells whether a name is spelled like Vietnamese, and may be one that we do not know."""
    return all(map(is_syllable, name.split()))


def _part_of_more(case: Case, start: int, end: int) -> bool:
    """Tells whether the words are halves of others: "giao thông nhất là", "ký hợp đồng", "Nguyễn Thị Hạnh"."""
    folded, text = case.view.folded, case.view.text
    around = key(folded[max(0, start - _CONTEXT) : end + _CONTEXT])
    if any(veto in around for veto in case.config.terms("check.not-formulas")):
        return True
    words = text[start:end].split()
    return all(word[0].isupper() for word in words) and not text[start:end].isupper()


@check(any_text)
def ort_002(case: Case) -> Iterator[Finding]:
    """A word is taken for another one that sounds alike."""
    yield from _of_table(case, "check.confusables")


_TABLES = ("check.misspellings", "check.confusables")


@lru_cache(maxsize=8)
def _wrong_words(rules: RuleSet) -> re.Pattern[str]:
    words = (word for table in _TABLES for word in rules.tables[table].rows)
    return re.compile(rf"[ \n(](?P<word>{trie(words)})(?!\w)")


def _wrong(case: Case) -> list[tuple[str, int, int]]:
    """Returns the words of the tables that stand in the text, with their places in the view."""
    vetoes = case.config.table("check.confusables-not-before")
    found = []
    for match in _wrong_words(case.config.rules).finditer(case.lower):
        start, end = match.span("word")
        behind = case.lower[end : end + _CONTEXT].split()
        if behind and behind[0].strip(".,;:") in vetoes.get(match["word"], "").split():
            continue
        found.append((match["word"], start, end))
    return found


def _of_table(case: Case, table: str) -> Iterator[Finding]:
    """Yields what of a table stands in the text; a text without accents is not misspelt."""
    right = case.config.table(table)
    for word, start, end in case.once(_wrong):
        if word not in right or (word.isascii() and case.lower.isascii()):
            continue
        span = case.span(start, end)
        if span is not None and case.zone_at(span[0]) != "appendix":
            yield Finding(*span, {"text": case.quote(*span), "expected": right[word]})


# -- characters -----------------------------------------------------------------------------------------


@check(any_text)
def ort_003(case: Case) -> Iterator[Finding]:
    """Tones are placed in the older way here and in the newer way there."""
    old, new = (_first_of(patterns, case.lower) for patterns in (_OLD, _NEW))
    if old is None or new is None:
        return
    later = max(old, new, key=lambda match: match.start())
    span = case.span(*later.span())
    if span is not None:
        words = [case.view.text[low:high] for low, high in (_word_at(case.view.text, *m.span()) for m in (old, new))]
        yield Finding(*span, {"old": words[0], "new": words[1]})


def _first_of(patterns: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    """Returns the first place at which one of the patterns fits; "quý" and the like have only one way."""
    found: list[re.Match[str]] = []
    for pattern in patterns:
        apart = (match for match in pattern.finditer(text) if text[match.start() - 1 : match.start()] != "q")
        found += (match for match, _ in zip(apart, range(1), strict=False))
    return min(found, key=lambda match: match.start(), default=None)


def _word_at(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    return start, end


@check(any_text)
def ort_004(case: Case) -> Iterator[Finding]:
    """Letters of another script among Latin ones, characters of an old font, or the mark of a lost character."""
    text = case.document.text
    lost: list[tuple[int, int]] = []
    legacy: list[tuple[int, int]] = []
    for match in _FOREIGN.finditer(text):
        char, (start, end) = match.group(), match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if _SCRIPTS.match(char):
            if char == "\ufffd" or _LATIN.match(before) or _LATIN.match(after):
                lost.append((start, end))
        elif _is_legacy(char, before, after):
            legacy.append((start, end))
    for spans in (lost, legacy if len(legacy) >= case.config.thresholds.legacy_letters else []):
        if spans:
            shown = case.quote(*_word_around(text, *spans[0]))
            yield Finding(
                *spans[0], {"text": shown, "count": len(spans)}, tuple(spans[:_SHOWN]) if len(spans) > 1 else ()
            )


def _is_legacy(char: str, before: str, after: str) -> bool:
    """Tells whether a character, between its neighbours, is a byte of an old font or of UTF-8 read as Latin-1."""
    if char in _MOJIBAKE or (before == "á" and char in "º»" and _ODD_AFTER.match(after)):
        return True
    if char.isalpha():
        return before.isalpha()
    return after.isalpha() and (before.isalpha() or char in _LONE)


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not text[start - 1].isspace() and end - start < _CONTEXT:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - start < _CONTEXT:
        end += 1
    return start, end


@check(any_text)
def ort_005(case: Case) -> Iterator[Finding]:
    """The text is not composed (NFC), or holds no-break spaces and invisible characters."""
    text = case.document.text
    found = {name: (text.find(char), text.count(char)) for name, char in _INVISIBLE if char in text}
    mark = _MARK.search(text)
    if mark is not None:
        found["NFD"] = (mark.start(), len(_MARK.findall(text)))
    if found:
        at = min(place for place, _ in found.values())
        listed = ", ".join(f"{name} {count}" for name, (_, count) in found.items())
        yield Finding(at, at + 1, {"text": listed})
