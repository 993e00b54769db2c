"""Openings that OCR has damaged: "HỘI ĐỒNG NHÂM DÂN", "Cản cứ Luật", where the words beside a wrong one tell.

A place is only compared with the openings word by word if a first look finds the evidence: a word that is not as it
should be right where the text leaves the tree of all openings. What begins soundly, or like none of them, costs a
look-up or two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from nqparse.charset.syllables import folded_syllables
from nqparse.view import View

# A word of the same line that stands close behind another one.
_NEXT = re.compile(r"(?:[^\w\n]|_){1,5}([^\W_]+)")
_MOST_WORDS = 9  # that are looked at
_SURE = 5  # words: of an opening as long one word may be damaged beyond our tables
_SAFE = 4  # words: in an opening as long another good syllable is a misread one


class Edit(NamedTuple):
    """A piece of a view with what it is to read like: in the text, and in the folded text."""

    start: int
    end: int
    text: str
    folded: str


class _Token(NamedTuple):
    """A word of the folded text."""

    start: int
    end: int
    word: str


class _Step:
    """What follows the same first words of some openings.

    Attributes:
        ends: whether one of them ends here.
        following: the next words, with what follows each.
        forms: what these words may look like when they are damaged, with what follows them.
        sure: those of these words that may be damaged beyond our tables.
    """

    __slots__ = ("ends", "following", "forms", "sure")

    def __init__(self) -> None:
        self.ends = False
        self.following: dict[str, _Step] = {}
        self.forms: dict[str, list[_Step]] = {}
        self.sure: list[str] = []

    def damaged(self, word: str) -> Sequence[_Step]:
        """Returns what follows the next words that a word may be, damaged."""
        found = self.forms.get(word, ())
        if not self.sure:
            return found
        return [*found, *(self.following[sure] for sure in self.sure if word != sure and _resembles(word, sure))]

    def goes_on(self, word: str) -> bool:
        """Tells whether a word may be one of the next words, damaged or not."""
        return word in self.following or bool(self.damaged(word))


class DamagedOpenings:
    """Finds the damaged words of openings. It holds no state between calls.

    Attributes:
        starts: for each word that an opening may begin with, damaged or not, the words that it may be.
    """

    def __init__(
        self, openings: Iterable[tuple[str, ...]], forms: Mapping[str, tuple[str, ...]], words: frozenset[str]
    ) -> None:
        """Takes the openings, what each damaged form may have been, and the words that are sound as they stand."""
        self._forms = forms
        self._openings: dict[str, list[tuple[str, ...]]] = {}
        for opening in sorted(set(openings), key=len, reverse=True):
            self._openings.setdefault(opening[0], []).append(opening)
        self.starts = {form: meant for form, those in forms.items() if form not in words
                       and (meant := tuple(word for word in those if word in self._openings))}  # fmt: skip
        self.starts.update({word: (word,) for word in self._openings})
        looks: dict[str, list[str]] = {}
        for form, those in forms.items():
            for word in those:
                looks.setdefault(word, []).append(form)
        self._tree = _Step()
        for opening in (opening for same in self._openings.values() for opening in same):
            step = self._tree
            for word in opening:
                if word not in step.following:
                    step.following[word] = _Step()
                    for form in looks.get(word, ()):
                        step.forms.setdefault(form, []).append(step.following[word])
                if len(opening) >= _SURE and word not in step.sure:
                    step.sure.append(word)
                step = step.following[word]
            step.ends = True

    def edits(self, view: View, start: int, end: int) -> list[Edit]:
        """Returns the edits of the opening that begins with a word of `starts`; none if nothing is damaged."""
        word = view.folded[start:end]
        if not self._is_suspect(word, _behind(view.folded, end)):
            return []
        for first in self.starts[word]:
            found = self._compared(view, _Token(start, end, word), first)
            if found:
                return found
        return []

    def may_stand_in(self, words: Sequence[str]) -> bool:
        """Tells whether an opening with a damaged word may stand anywhere in these words, which is seldom."""
        places = [at for at, word in enumerate(words) if word in self.starts]
        return any(self._is_suspect(words[at], iter(words[at + 1 : at + _MOST_WORDS])) for at in places)

    def _is_suspect(self, first: str, behind: Iterator[str]) -> bool:
        """Tells whether a first word may be damaged, or else the first of those behind it that does not fit."""
        step, word = self._tree.following.get(first), next(behind, "")
        if step is None:
            # It looks like a damaged first word: only the word behind it can tell.
            return any(self._tree.following[meant].goes_on(word) for meant in self.starts[first])
        while word:
            damaged, sound = step.damaged(word), step.following.get(word)
            if not damaged and sound is None:
                return False
            word = next(behind, "")
            if any(after.ends or after.goes_on(word) for after in damaged):
                return True
            if sound is None:
                return False
            step = sound
        return False

    def _compared(self, view: View, first: _Token, start: str) -> list[Edit]:
        """Returns the edits that make words the longest opening from `start` on that they look like."""
        folded = view.folded
        tokens = [first]
        while len(tokens) < _MOST_WORDS:
            token = _NEXT.match(folded, tokens[-1].end)
            if token is None:
                break
            tokens.append(_Token(*token.span(1), token[1]))
        for opening in self._openings.get(start, ()):
            if len(opening) > len(tokens):
                continue
            wrong = [(token, word) for token, word in zip(tokens, opening, strict=False) if token.word != word]
            if len(wrong) > max(1, len(opening) // 3):
                continue
            odd = [pair for pair in wrong if pair[1] not in self._forms.get(pair[0].word, ())]
            if not odd or (len(odd) == 1 and len(opening) >= _SURE and _resembles(odd[0][0].word, odd[0][1])):
                if wrong and not _fits(view, wrong, tokens[len(opening) - 1], len(opening)):
                    continue
                return [
                    edit
                    for token, word in wrong
                    for edit in word_edits(view.text, token.start, token.end, token.word, word)
                ]
        return []


def _behind(folded: str, at: int) -> Iterator[str]:
    """Yields the words that follow on the same line, each close behind the one before."""
    while token := _NEXT.match(folded, at):
        yield token[1]
        at = token.end()


def _fits(view: View, wrong: Sequence[tuple[_Token, str]], last: _Token, length: int) -> bool:
    """Tells whether words that are misread for sure, or stand as openings stand, are wrong.

    A few words of which one is another good syllable are only an opening if it is written like one: with a
    capital, and a capital, a colon or the line’s end behind it.
    """
    syllables = folded_syllables()
    if length >= _SAFE or all(token.word not in syllables for token, _ in wrong):
        return True
    behind = view.text[last.end : last.end + 2].strip()
    capital = view.text[last.start].isupper() or view.text[wrong[0][0].start].isupper()
    return capital and (not behind or behind[0] in ":\n" or behind[0].isupper())


def _resembles(seen: str, meant: str) -> bool:
    """Tells whether half the letters of a word are where they should be."""
    if abs(len(seen) - len(meant)) > 1:
        return False
    return 2 * sum(one == other for one, other in zip(seen, meant, strict=False)) >= len(meant)


def word_edits(text: str, start: int, end: int, seen: str, meant: str) -> list[Edit]:
    """Returns the edits that make a word fold to what was meant, letter for letter where it is as long.

    Args:
        text: the text of a view.
        start: where the word starts in it.
        end: where it ends.
        seen: the word as it is folded.
        meant: what it is to fold to.
    """
    written = text[start:end]
    if len(meant) == len(seen):
        return [Edit(start, end, written, meant)]
    if len(meant) == len(seen) + 1 and " " in meant:
        cut = start + meant.index(" ")
        return [Edit(cut, cut, " ", " ")]
    # Letters that were one, or one that is lost: the text shows those that are there, in as many places as are needed.
    shown = (written + written[-1] * len(meant))[: len(meant)]
    return [Edit(start, end, shown, meant)]
