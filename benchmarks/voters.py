"""Voters: other readings of the same names, and the ways in which they may help the rules.

A voter returns names; `MODES` are the ways to take its vote. Each is a function of the reading by the rules and of the
voter's names, so that every voter is tried in every way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from benchmarks.names import Name, Reading

Mode = Callable[[Reading, list[Name]], list[Name]]

_LINK = re.compile(r"\s?(?:[,;]|,?\s?và)\s")  # between the items of a list
_UNDERTHESEA = {"PER": "PERSON", "LOC": "PLACE", "ORG": "ORG"}


class Voter(Protocol):
    """Anything that names names."""

    def names(self, reading: Reading) -> list[Name]:
        """Returns the names in the reading's text, by its own lights."""


# -- underthesea --------------------------------------------------------------------------------------


class Underthesea:
    """underthesea's `ner` on the sentences that hold a name of the rules, or a candidate that they left."""

    def __init__(self) -> None:
        from underthesea import ner  # noqa: PLC0415

        self._ner = ner

    def names(self, reading: Reading) -> list[Name]:
        spans = sorted([*((name.start, name.end) for name in reading.names), *reading.candidates()])
        found: list[Name] = []
        at = 0
        for start, end in reading.pieces:
            while at < len(spans) and spans[at][0] < start:
                at += 1
            if at < len(spans) and spans[at][0] < end:
                found += tagged(self._ner(reading.text[start:end]), reading.text, start, end)
        return found


class UndertheseaOnSpans(Underthesea):
    """underthesea's `ner` on each name of the rules, and each candidate, alone and without its sentence."""

    def names(self, reading: Reading) -> list[Name]:
        spans = sorted({*((name.start, name.end) for name in reading.names), *reading.candidates()})
        return [
            name
            for start, end in spans
            for name in tagged(self._ner(reading.text[start:end]), reading.text, start, end)
            if (name.start, name.end) == (start, end)
        ]


def tagged(tokens: list[tuple[str, str, str, str]], text: str, start: int, end: int) -> list[Name]:
    """Returns the names among tagged tokens, which need not keep the white space of `text[start:end]`.

    Where the tokens are no longer the letters of the text, what follows is left out.
    """
    found: list[Name] = []
    at = start
    for word, _, _, tag in tokens:
        span = _find(word, text, at, end)
        if span is None:
            break
        at = span[1]
        kind = _UNDERTHESEA.get(tag[2:])
        if kind is None:
            continue
        if tag.startswith("I-") and found and found[-1].type == kind and not text[found[-1].end : span[0]].strip():
            found[-1] = Name(found[-1].start, span[1], kind)
        else:
            found.append(Name(*span, kind))
    return found


def _find(word: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Returns where the letters of a word stand next, whatever white space is between them."""
    at, first = start, -1
    for letter in word:
        if letter.isspace():
            continue
        while at < end and text[at].isspace():
            at += 1
        if at >= end or text[at] != letter:
            return None
        first = at if first < 0 else first
        at += 1
    return None if first < 0 else (first, at)


# -- spaCy --------------------------------------------------------------------------------------------


class Spacy:
    """A spaCy pipeline with an `ner`, on every piece of the text."""

    def __init__(self, model: str | Path) -> None:
        import spacy  # noqa: PLC0415

        import nqparse.spacy_components  # noqa: F401, PLC0415  # registers our tokenizer

        self.nlp: Any = spacy.load(model)

    def names(self, reading: Reading) -> list[Name]:
        docs = self.nlp.pipe(reading.text[start:end] for start, end in reading.pieces)
        return [
            Name(start + entity.start_char, start + entity.end_char, entity.label_)
            for (start, _), doc in zip(reading.pieces, docs, strict=True)
            for entity in doc.ents
        ]


# -- a rule, for comparison -----------------------------------------------------------------------------


class BareLists:
    """No statistics: runs of capitalised words that stand in a list, two or more of them, are places."""

    def names(self, reading: Reading) -> list[Name]:
        found: list[Name] = []
        group: list[tuple[int, int]] = []
        for span in [*reading.candidates(), (len(reading.text), len(reading.text))]:
            if group and not _LINK.fullmatch(reading.text, group[-1][1], span[0]):
                found += [Name(*each, "PLACE") for each in group if len(group) > 1]
                group = []
            group.append(span)
        return found


# -- two together ---------------------------------------------------------------------------------------


class Both:
    """What two voters name alike."""

    def __init__(self, one: Voter, two: Voter) -> None:
        self._voters = one, two

    def names(self, reading: Reading) -> list[Name]:
        first, second = (voter.names(reading) for voter in self._voters)
        also = set(second)
        return [name for name in first if name in also]


# -- the ways to take a vote --------------------------------------------------------------------------


def alone(_: Reading, votes: list[Name]) -> list[Name]:
    """Takes the voter's names and nothing else."""
    return votes


def add(reading: Reading, votes: list[Name]) -> list[Name]:
    """Adds the names that touch nothing that a rule claims."""
    return sorted([*reading.names, *_new(reading, votes)])


def add_candidates(reading: Reading, votes: list[Name]) -> list[Name]:
    """Adds only those that are just a run of capitalised words, two at least."""
    runs = set(reading.candidates())
    return sorted([*reading.names, *(name for name in _new(reading, votes) if (name.start, name.end) in runs)])


def add_places(reading: Reading, votes: list[Name]) -> list[Name]:
    """Adds only places: the rules know nearly all bodies and people by the words before them, but not all places."""
    return add(reading, [vote for vote in votes if vote.type == "PLACE"])


def _new(reading: Reading, votes: list[Name]) -> Iterator[Name]:
    return (v for v in votes if reading.text[v.start].isupper() and not reading.is_claimed(v.start, v.end))


def veto(reading: Reading, votes: list[Name]) -> list[Name]:
    """Drops the rules' names in which the voter sees no name at all."""
    touched = _touched(reading.names, votes)
    return [name for name, by in zip(reading.names, touched, strict=True) if by]


def veto_bare(reading: Reading, votes: list[Name]) -> list[Name]:
    """Drops only those whose form does not say what they name."""
    touched = _touched(reading.names, votes)
    return [name for name, by in zip(reading.names, touched, strict=True) if by or not reading.is_bare(name)]


def retype(reading: Reading, votes: list[Name]) -> list[Name]:
    """Takes the voter's type where it names exactly the same words."""
    types = {(vote.start, vote.end): vote.type for vote in votes}
    return [Name(name.start, name.end, types.get((name.start, name.end), name.type)) for name in reading.names]


def retype_bare(reading: Reading, votes: list[Name]) -> list[Name]:
    """Takes the voter's type only where the form does not say it."""
    changed = retype(reading, votes)
    return [new if reading.is_bare(old) else old for old, new in zip(reading.names, changed, strict=True)]


def union(reading: Reading, votes: list[Name]) -> list[Name]:
    """Takes the voter's names, and those of the rules that do not touch them."""
    touched = _touched(reading.names, votes)
    return sorted([*votes, *(name for name, by in zip(reading.names, touched, strict=True) if not by)])


def _touched(names: list[Name], votes: list[Name]) -> list[list[Name]]:
    """Returns for each name the votes that touch it; both in order."""
    votes = sorted(votes)
    found, first = [], 0
    for name in names:
        while first < len(votes) and votes[first].end <= name.start:
            first += 1
        by, at = [], first
        while at < len(votes) and votes[at].start < name.end:
            by.append(votes[at])
            at += 1
        found.append(by)
    return found


MODES: dict[str, Mode] = {
    "alone": alone,
    "add": add,
    "add candidates": add_candidates,
    "add places": add_places,
    "veto": veto,
    "veto bare": veto_bare,
    "retype": retype,
    "retype bare": retype_bare,
    "union": union,
}
