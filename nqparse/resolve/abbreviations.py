"""Abbreviations that a document explains: in a bracket, or by a name whose initials they are.

Liên hiệp các Hội … (sau đây gọi tắt là Liên hiệp Hội)      explicit: the bracket says so
tư vấn, phản biện (TVPB)                                    explicit: initials right before the bracket
LHH        where "Liên hiệp hội" is named elsewhere          implicit: the initials of a body of the document
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from nqparse.entities import Mention
from nqparse.fold import fold, squeeze

# Words that have no letter in an abbreviation, mostly.
_DROPPED = frozenset(("và", "các", "của", "&"))
_WORD = re.compile(r"[^\W\d_]+|&")
_BRACKET = re.compile(r"\(([^\W\d_a-z][^\W\d_]*(?:[&-][^\W\d_]+){0,3})\)")
_ABBREVIATION = re.compile(r"[^\W\d_]{2,}(?:[&-][^\W\d_]+)*")
_LONGEST = 120  # characters before a bracket that are searched for the long form
_SHORTEST_IMPLICIT = 3


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation with its long form; `start`/`end` is the place in the flow that explains it."""

    short: str
    long: str
    start: int
    end: int
    explicit: bool


def find_abbreviations(
    text: str, bodies: Sequence[Mention], introduced: re.Pattern[str], known: Container[str]
) -> list[Abbreviation]:
    """Returns the abbreviations that a document explains, each once, explicit ones first.

    Args:
        text: the flow's text.
        bodies: the organisations in it, in order.
        introduced: the pattern of a bracket that introduces a short name, for folded text; its group is `name`.
        known: abbreviations that need no explanation.
    """
    found: dict[str, Abbreviation] = {}
    for abbreviation in [*_introduced(text, bodies, introduced), *_in_brackets(text), *_implicit(text, bodies, known)]:
        found.setdefault(abbreviation.short, abbreviation)
    return list(found.values())


def _introduced(text: str, bodies: Sequence[Mention], pattern: re.Pattern[str]) -> list[Abbreviation]:
    found = []
    for body in bodies:
        at = body.end
        while at < len(text) and text[at] in " \n":
            at += 1
        bracket = pattern.match(fold(text[at : at + 200])) if text[at : at + 1] == "(" else None
        if bracket:
            low, high = bracket.span("name")
            short = squeeze(text[at + low : at + high]).strip('“”" ')
            found.append(
                Abbreviation(short, squeeze(text[body.start : body.end]), body.start, at + bracket.end(), True)
            )
    return found


def _in_brackets(text: str) -> list[Abbreviation]:
    found = []
    for bracket in _BRACKET.finditer(text):
        short = bracket.group(1)
        if len(short) < 2 or not short.isupper():
            continue
        start = _long_form_before(text, bracket.start(), short)
        if start is not None:
            long = squeeze(text[start : bracket.start()])
            found.append(Abbreviation(short, long, start, bracket.end(), True))
    return found


def _long_form_before(text: str, end: int, short: str) -> int | None:
    """Returns where the words begin whose initials are `short` and that end at `end`, or None."""
    letters = [letter for letter in short if letter.isalpha()]
    words = list(_WORD.finditer(text, max(0, end - _LONGEST), end))
    for word in reversed(words):
        if not letters:
            return None
        initial = word.group()[0].upper()
        if word.group().lower() in _DROPPED and initial != letters[-1]:
            continue
        if initial != letters[-1]:
            return None
        letters.pop()
        if not letters:
            return word.start()
    return None


def _implicit(text: str, bodies: Sequence[Mention], known: Container[str]) -> list[Abbreviation]:
    """Explains abbreviations in the names of bodies by the initials of other bodies of the document."""
    initials: dict[str, Mention] = {}
    for body in bodies:
        name = text[body.start : body.end]
        if not name.isupper():
            initials.setdefault(_initials(name), body)
    found = []
    for body in bodies:
        for match in _ABBREVIATION.finditer(text, body.start, body.end):
            short = match.group()
            if len(short) < _SHORTEST_IMPLICIT or not short.isupper() or short in known:
                continue
            explains = initials.get(short.replace("&", ""))
            if explains is not None and not explains.start <= match.start() < explains.end:
                long = squeeze(text[explains.start : explains.end])
                found.append(Abbreviation(short, long, explains.start, explains.end, False))
    return found


def _initials(name: str) -> str:
    return "".join(word[0].upper() for word in _WORD.findall(name) if word.lower() not in _DROPPED)
