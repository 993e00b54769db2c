"""Words: what names are decided on, and tables of phrases that are looked up in them.

A range of text is cut into words, numbers and single marks once; the grammars of names then read it by index. Where
the source lost its spaces ("củaỦy ban", "Sỏthành") the words are cut apart again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, partial
from itertools import chain, pairwise
from typing import NamedTuple

from nqparse.fold import LOWER, UPPER, fold
from nqparse.ruleset import RuleSet

_UP = f"A-ZÐ{UPPER}"
_LOW = f"a-zð{LOWER}"
# A capital opens a word even without a space before it; "H'leo", "M'gar" and "B'Lá" are one word.
_WORD = re.compile(
    rf"[{_UP}]['’][{_UP}][{_LOW}]+"
    rf"|[{_UP}]+(?:(?![{_LOW}'’])|(?=(?:tỉnh|thành|huyện|xã|phường)(?![{_LOW}])))"
    rf"|[{_UP}]?['’]?[{_LOW}]+(?:['’][{_UP}{_LOW}][{_LOW}]*)?|\d+|\S"
)
# Small words that sources glue to the name before or after them.
_GLUED = ("và", "các", "của", "thành", "xã", "thị", "phường")
_GLUED_ENDS = tuple(fold(word) for word in _GLUED)
_WHOLE = frozenset(_GLUED_ENDS)
_SYLLABLE = re.compile(r"(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ngh?|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?")
# The two ways to place a tone mark.
_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_OLD_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})")
# A line shorter than this was not wrapped because it was full: what stands on the next one is another name.
_FULL_LINE = 45
# Nor was it if the next word would have had room on it: where the next line is longer by this factor.
_RAGGED = 1.3
_LONGEST_LINE = 2000  # characters; beyond, nobody counts
# So many blanks within a line part two columns.
_COLUMN_GAP = 3


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """Returns a word in small letters, with its tone mark on the first of two vowels and a true đ."""
    small = word.lower().replace("ð", "đ")
    return _OLD_TONE.sub(lambda match: _TONES[match.group()], small)


def is_syllable(word: str) -> bool:
    """Tells whether a folded word can be read as one syllable; an abbreviation mostly cannot."""
    return _SYLLABLE.fullmatch(word) is not None


class Words:
    """The words of a range of text; `folded[i]` is word `i` in small letters without diacritics."""

    __slots__ = ("folded", "size", "spans", "text")

    def __init__(self, text: str, spans: list[tuple[int, int]], folded: list[str]) -> None:
        self.text = text
        self.spans = spans
        self.folded = folded
        self.size = len(spans)

    @classmethod
    def of(cls, text: str, folded: str, start: int, end: int) -> Words:
        """Returns the words of `text[start:end]`; `folded` is the whole text folded."""
        spans = list(map(re.Match.span, _WORD.finditer(text, start, end)))
        words = [folded[low:high] for low, high in spans]
        if any(len(word) > len("xã") and word.endswith(_GLUED_ENDS) for word in set(words) - _WHOLE):
            spans = list(chain.from_iterable(map(partial(_unglued, text), spans, words)))
            words = [folded[low:high] for low, high in spans]
        return cls(text, spans, words)

    def raw(self, at: int) -> str:
        """Returns a word as written."""
        low, high = self.spans[at]
        return self.text[low:high]

    def capital(self, at: int) -> bool:
        """Tells whether a word begins with a capital."""
        return at < self.size and self.text[self.spans[at][0]].isupper()

    def caps(self, at: int) -> bool:
        """Tells whether a word of two letters or more is all capitals."""
        low, high = self.spans[at]
        return high - low > 1 and self.text[low:high].isupper()

    def small(self, at: int) -> bool:
        """Tells whether a word begins with a small letter."""
        return at < self.size and self.text[self.spans[at][0]].islower()

    def is_word(self, at: int) -> bool:
        """Tells whether this is a word or number and no mark."""
        return at < self.size and self.text[self.spans[at][0]].isalnum()

    def gap(self, at: int) -> str:
        """Returns what stands between a word and the next one: white space or nothing."""
        return self.text[self.spans[at][1] : self.spans[at + 1][0]] if at + 1 < self.size else "\n\n"

    def joined(self, at: int, *, far: bool = False) -> bool:
        """Tells whether a word and the next one may belong to one phrase.

        A blank line parts them, unless `far` (in letterheads), and so do wide gaps.
        """
        if at + 1 >= self.size:
            return False
        low, high = self.spans[at][1], self.spans[at + 1][0]
        if high - low < 2:
            return True
        breaks = self.text.count("\n", low, high)
        return breaks == 1 or (breaks == 0 and high - low < _COLUMN_GAP) or (far and breaks > 1)

    def breaks(self, at: int) -> bool:
        """Tells whether a line ends between a word and the next one."""
        return at + 1 >= self.size or "\n" in self.gap(at)

    def runs_on(self, at: int) -> bool:
        """Tells whether a name in capitals may go on behind a word: on the same line, or behind a full line."""
        if not self.joined(at):
            return False
        low, high = self.spans[at][1], self.spans[at + 1][0]
        if "\n" not in self.text[low:high]:
            return True
        length = low - self.text.rfind("\n", 0, low)
        if length <= _FULL_LINE:
            return False
        next_word = self.spans[at + 1][1] - high
        follows = self.text.find("\n", high, high + _LONGEST_LINE)
        next_length = (follows if follows >= 0 else min(len(self.text), high + _LONGEST_LINE)) - high
        return next_length <= (length + next_word) * _RAGGED

    def hyphen(self, at: int) -> bool:
        """Tells whether this mark stands between two words without a space."""
        low, high = self.spans[at]
        return at + 1 < self.size and low == self.spans[at - 1][1] and high == self.spans[at + 1][0]

    def adjoins(self, at: int) -> bool:
        """Tells whether a word in capitals stands right behind another one on the same line."""
        if at == 0 or not self.capital(at) or not self.capital(at - 1):
            return False
        return self.joined(at - 1) and not self.breaks(at - 1)

    def adjoins_number(self, at: int) -> bool:
        """Tells whether a word in capitals stands right behind this number on the same line."""
        return self.capital(at + 1) and self.joined(at) and not self.breaks(at)

    def opens_line(self, at: int) -> bool:
        """Tells whether a word is the first one of its line."""
        return at == 0 or "\n" in self.gap(at - 1)

    def phrase(self, first: int, end: int) -> str:
        """Returns the words `first` to `end` (exclusive) as written."""
        return self.text[self.spans[first][0] : self.spans[end - 1][1]]


def _unglued(text: str, span: tuple[int, int], word: str) -> list[tuple[int, int]]:
    """Returns the spans of a word without the small words that are glued to its end, and of these."""
    if not word.endswith(_GLUED_ENDS) or word in _WHOLE:
        return [span]
    low, high = span
    cuts: list[int] = []
    while high > low:
        glued = next((glue for glue in _GLUED if text.endswith(glue, low, high)), None)
        if glued is None:
            break
        high -= len(glued)
        cuts.append(high)
    if high > low and not _SYLLABLE.fullmatch(fold(text[low:high])):
        return [span]
    return list(pairwise([low, *(cut for cut in reversed(cuts) if cut > low), span[1]]))


class Phrase(NamedTuple):
    """An entry of a table: its kind, and the term as it is written in the rules."""

    kind: str
    term: str


class _Node:
    """A word of phrases: what may follow it, and the phrases that end with it, tolerant or by their exact spelling."""

    __slots__ = ("exact", "next", "phrase")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.phrase: Phrase | None = None
        self.exact: dict[str, Phrase] | None = None


class PhraseTable:
    """Phrases by their words, looked up longest first.

    Diacritics and capitals do not count, so that damaged text is matched, too; but short phrases, which lie near to
    other words ("Sở", "Số"), must stand as they are in the rules, abbreviations in capitals, and with `exact` all. A
    hyphen between two words ("Hội-đồng Bộ-trưởng") does not count either.
    """

    def __init__(self, kinds: dict[str, Iterable[str]], *, exact: Iterable[str] = ()) -> None:
        """Builds the table.

        Args:
            kinds: the terms of each kind; where two kinds hold the same term, the later one counts.
            exact: the kinds whose terms must stand as they are in the rules.
        """
        self._root: dict[str, _Node] = {}
        self._openers: set[str] = set()
        self._small: set[str] = set()
        strict = frozenset(exact)
        for kind, terms in kinds.items():
            for term in terms:
                self._add(Phrase(kind, term), kind in strict)

    def firsts(self) -> set[str]:
        """Returns the folded first words of all phrases."""
        return set(self._root)

    def openers(self) -> set[str]:
        """Returns the first words of all phrases, in small letters (`plain`)."""
        return set(self._openers)

    def small_openers(self) -> set[str]:
        """Returns the first words, as written, of the phrases that begin with a small letter."""
        return set(self._small)

    def _add(self, phrase: Phrase, exact: bool) -> None:
        words = [fold(match.group()) for match in _WORD.finditer(phrase.term)]
        opener = _WORD.findall(phrase.term)[0]
        self._openers.add(plain(opener))
        if opener.islower():
            self._small.add(opener)
        level = self._root
        node = _Node()
        for word in words:
            node = level.setdefault(word, _Node())
            level = node.next
        if exact or sum(map(len, words)) <= _SHORT or len(words) == 1:
            abbreviation = phrase.term.isupper() and len(phrase.term) > 1
            spelling = _capitals(phrase.term) if abbreviation else _spelling(phrase.term)
            node.exact = {**(node.exact or {}), spelling: phrase}
        else:
            node.phrase = phrase

    def match(self, words: Words, at: int, *, far: bool = False) -> tuple[int, Phrase] | None:
        """Returns (end, phrase) of the longest phrase that begins at a word, or None.

        With `far` a phrase may go on behind blank lines, as it does in letterheads.
        """
        if at >= words.size:
            return None
        folded = words.folded
        node = self._root.get(folded[at])
        if node is None:
            return None
        found: list[tuple[int, _Node]] = []
        end = at + 1
        while True:
            if node.phrase is not None or node.exact is not None:
                found.append((end, node))
            if not node.next or end >= words.size:
                break
            follows = node.next.get(folded[end])
            if follows is None:
                if folded[end] != "-" or not words.hyphen(end):
                    break
                end += 1
                follows = node.next.get(folded[end])
                if follows is None:
                    break
            elif not words.joined(end - 1, far=far):
                break
            node = follows
            end += 1
        while found:
            end, node = found.pop()
            phrase = node.phrase
            if node.exact is not None:
                text = words.phrase(at, end)
                phrase = node.exact.get(_spelling(text)) or node.exact.get(_capitals(text)) or phrase
            if phrase is not None:
                return end, phrase
        return None


_SHORT = 5


@lru_cache(maxsize=8192)
def _spelling(text: str) -> str:
    """Returns what of a text must agree with a term that must stand as it is: all but its capitals."""
    return " ".join(plain(text).split())


def _capitals(text: str) -> str:
    """Returns what of a text must agree with an abbreviation: its capitals; a lost stroke of Đ does not count."""
    return text.replace("Đ", "D").replace("Ð", "D")


def phrases(rules: RuleSet, kinds: dict[str, str], *, exact: Iterable[str] = ()) -> PhraseTable:
    """Returns the table of the `terms` lists of a rule set; `kinds` maps a kind to the id of its list."""
    return PhraseTable({kind: rules.terms[terms_id].terms for kind, terms_id in kinds.items()}, exact=exact)
