"""Structure: text that nothing holds, parts that should be there, lists that break their own pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nqparse.checks.case import Case, any_text, resolution, state_resolution, words_of
from nqparse.checks.registry import Finding, check
from nqparse.checks.texts import clean
from nqparse.document import Document, PersonEntity
from nqparse.fold import fold

_SYLLABLES = re.compile(r"(?<=[a-z])-(?=[a-z])")
_WORD = re.compile(r"\w")
_WORDS = re.compile(r"[^\W\d_]{2}")
_ADOPTED = re.compile(r"\b(?:thong qua|bieu quyet|nhat tri)\b")
_NARRATIVE = re.compile(r"\bthong qua (?:ban )?nghi quyet\b|\b(?:bieu quyet|nhat tri|thong nhat)\b")
_PAGE = re.compile(r"(?:^|\n)[ \t*_]*(?P<page>\d{1,3})[ \t]+[*_]*$")
_LABELLED = 40  # characters before a label in which a page number may stand
_FEWEST = 3  # siblings of which some have titles


@check(any_text)
def str_001(case: Case) -> Iterator[Finding]:
    """Text that belongs to no part of the document."""
    if not case.kind.official:
        return
    for zone in case.zones("unknown"):
        text = case.document.text[zone.start : zone.end]
        if _WORDS.search(text):
            start = zone.start + len(text) - len(text.lstrip())
            end = zone.start + len(text.rstrip())
            yield Finding(start, end, {"text": case.quote(start, end)})


@check(resolution)
def str_002(case: Case) -> Iterator[Finding]:
    """Nothing says that, and by whom, the resolution was adopted."""
    since = case.config.thresholds.adoption_since.get(case.kind.id)
    if since is None or case.before_rules(since) or case.document.facts.adopted_on is not None:
        return
    document = case.document
    if case.kind.id == "ubtvqh" and _is_personal(document):
        return
    if _ADOPTED.search(_apart(words_of(document.closing))) or _NARRATIVE.search(words_of(document.preamble.formula)):
        return
    if case.kind.id == "assoc" and _NARRATIVE.search(words_of(*document.preamble.recitals[-2:])):
        return
    last = case.last_of_act()
    if last is None or case.config.regex("check.adoption").search(_end_of_act(case, last)):
        return
    yield Finding(*_tail(case, last))


def _end_of_act(case: Case, last: tuple[int, int]) -> str:
    start = max(case.document.body[-1].start if case.document.body else last[0], last[1] - 3000)
    return _apart(fold(clean(case.document.text[start : last[1]])))


def _is_personal(document: Document) -> bool:
    """Tells whether an act is about persons; those of the Standing Committee take effect when they are signed."""
    roles = {entity.value.role for entity in document.entities if isinstance(entity, PersonEntity)}
    return bool(roles - {None, "signer"}) and document.facts.effective_on is not None


def _apart(words: str) -> str:
    """Returns words without the hyphens that were once written between syllables ("thông-qua")."""
    return _SYLLABLES.sub(" ", words)


def _tail(case: Case, span: tuple[int, int]) -> tuple[int, int]:
    """Returns the last line of a span."""
    start = case.document.text.rfind("\n", span[0], span[1]) + 1
    return (start, span[1]) if span[0] < start < span[1] else span


@check(resolution)
def str_003(case: Case) -> Iterator[Finding]:
    """The body is empty or holds a single item."""
    body = case.document.body
    if body:
        if len(body) == 1 and not body[0].children:
            yield Finding(body[0].start, body[0].end)
        return
    text = case.zone_text("body")
    if not _WORD.search(text):
        yield Finding.at(case.document.preamble.formula)


@check(state_resolution)
def str_004(case: Case) -> Iterator[Finding]:
    """A resolution of the State without articles."""
    if case.document.body and not any(section.kind == "article" for section in case.sections):
        first = case.document.body[0]
        yield Finding(first.start, first.start + len(first.label))


@check(resolution)
def str_005(case: Case) -> Iterator[Finding]:
    """Some items of a list have a title and others are sentences; for articles that is usual."""
    for _, group in case.siblings:
        for kind in {section.kind: None for section in group if section.kind != "article"}:
            members = [section for section in group if section.kind == kind]
            titled = [section.heading is not None for section in members]
            if len(members) >= _FEWEST and titled.count(True) >= 2 and False in titled:
                odd = members[titled.index(False)]
                yield Finding(odd.start, odd.start + len(odd.label), {"label": odd.label})


@check(resolution)
def str_006(case: Case) -> Iterator[Finding]:
    """Nobody is told to carry the resolution out."""
    if not case.document.body or case.document.facts.assigned:
        return
    hits = case.hits(case.config.regex("check.assigns"), case.view.folded)
    if not any(case.zone_at(span[0]) in ("body", "closing") for _, span in hits):
        last = case.document.body[-1]
        yield Finding(last.start, last.start + len(last.label))


@check(any_text)
def str_007(case: Case) -> Iterator[Finding]:
    """A page number has run into the label of a section."""
    for section in case.sections:
        if section.kind != "article":
            continue
        match = _PAGE.search(case.document.text[max(0, section.start - _LABELLED) : section.start])
        if match:
            start = max(0, section.start - _LABELLED) + match.start("page")
            yield Finding(start, section.start + len(section.label), {"page": match["page"], "label": section.label})
