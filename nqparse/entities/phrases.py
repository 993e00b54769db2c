"""Phrases: lists of words and of short phrases, looked up at a place in the text, the longest first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from nqparse.fold import fold

_WORD = re.compile(r"\S+")


class Word(NamedTuple):
    """A word in lower case, and where it ends in the text."""

    word: str
    end: int


class Found(NamedTuple):
    """A phrase that was found: what it stands for, its number of words and its end in the text."""

    value: str
    size: int
    end: int


class Phrases:
    """A list of phrases with what each stands for.

    Phrases count as written; in a text without any diacritics they count without theirs.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)
        self._plain: dict[str, str] = {}
        for phrase, value in values.items():
            self._plain.setdefault(fold(phrase), value)
        self._longest = max(phrase.count(" ") for phrase in values) + 1
        self.first_words = frozenset(phrase.split(" ", 1)[0] for phrase in self._plain)

    def at(self, words: list[Word], index: int, *, plain: bool) -> Found | None:
        """Returns the longest phrase that begins with `words[index]`; with `plain`, diacritics do not count."""
        values = self._plain if plain else self._values
        for size in range(min(self._longest, len(words) - index), 0, -1):
            value = values.get(" ".join(word.word for word in words[index : index + size]))
            if value is not None:
                return Found(value, size, words[index + size - 1].end)
        return None


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Returns the words of a piece of text, which must hold no punctuation."""
    return [Word(match.group().lower(), match.end()) for match in _WORD.finditer(text, start, end)]
