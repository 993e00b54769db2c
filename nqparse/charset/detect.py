"""Which encoding is a text in? Told by how many of its words become Vietnamese under each, line by line.

A file may mix encodings, because each paragraph was typed in a font of its own. So the lines are decided one by
one, among the few encodings that the whole text gives enough evidence for. What is not certain is said to be
uncertain: a wrong letter is worse than a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nqparse.charset.convert import convert
from nqparse.charset.syllables import is_plausible
from nqparse.charset.tables import (
    BYTE_OF,
    DOUBLE_UTF8,
    TCVN3,
    TCVN5712,
    VISCII,
    VNI,
    VPS,
    WINDOWS_1258,
    WINDOWS_SIGNS,
)

AS_IS = ""
"""What stands for "nothing to convert" among the candidates."""

# Where two candidates give the same text, the one named first is meant.
OLD = (TCVN3, VNI, VISCII, VPS, WINDOWS_1258, TCVN5712)
# They differ in a few places only. The better one is taken, whatever its lead; fonts never mix them.
_VARIANTS = {TCVN3, TCVN5712}
# Words as they stand in the undecoded text: some encodings have letters among the control characters.
_CONTROL_LETTERS = re.compile(r"[\x01-\x06\x10-\x17\x19\x1c-\x1e]")
_RAW_WORD = re.compile(r"[^\x00\x07-\x0f\x18\x1a\x1b\x1f-@\[-`{-\x7f]+")
_SILENT = frozenset([*WINDOWS_SIGNS.values(), *"\u00a0\u00ad\u2010\u2011\u2012\u2015\u2212\u2022\ufeff\u200b"])

_RIGHT = 0.8  # of the words must be Vietnamese
_LEAD = 2  # words by which an encoding must lead over the next
_LEAD_SHARE = 0.1
_LEAST_GAIN = 4  # words that a further encoding must set right
_MOST_ENCODINGS = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """What the letters of a text say about its encoding.

    Attributes:
        lines: the encoding of each line.
        encodings: the encodings that occur, the most frequent first; `AS_IS` among them.
        confidence: the share of the telling words that are Vietnamese after the conversion.
        certain: whether it may be acted upon.
        tried: each candidate with the share of telling words that it would make Vietnamese, best first.
    """

    lines: list[str]
    encodings: tuple[str, ...]
    confidence: float
    certain: bool
    tried: tuple[tuple[str, float], ...]


def guess(lines: Sequence[str], candidates: Sequence[str]) -> Guess:
    """Decides the encoding of every line.

    Args:
        lines: the lines of a text whose bytes were taken for Latin-1 or Windows-1252.
        candidates: the encodings that may be, in order of preference; `AS_IS` for none.
    """
    scores = _Scores(candidates)
    votes = [scores.of(line) for line in lines]
    totals = [sum(vote.right[at] for vote in votes) for at in range(len(candidates))]
    words = sum(vote.words for vote in votes)
    if not words:
        return Guess([AS_IS] * len(lines), (AS_IS,), 0.0, False, ())
    shares = [(name, total / words) for name, total in zip(candidates, totals, strict=True)]
    tried = tuple(sorted(shares, key=lambda pair: -pair[1]))
    accepted = _accept(votes, totals)
    chosen = _assign(votes, accepted)
    right = sum(vote.right[at] for vote, at in zip(votes, chosen, strict=True))
    counts = Counter(dict.fromkeys(accepted, 0))
    for vote, at in zip(votes, chosen, strict=True):
        counts[at] += vote.words
    names = tuple(candidates[at] for at, count in counts.most_common() if count)
    certain = right >= _RIGHT * words and _leads(votes, chosen, accepted[0], scores, lines)
    return Guess([candidates[at] for at in chosen], names, right / words, certain, tried)


@dataclass(slots=True)
class _Votes:
    """How many telling words a line has, and how many of them each candidate makes Vietnamese."""

    words: int
    right: list[int]


class _Scores:
    """Judges words under every candidate; each word once."""

    def __init__(self, candidates: Sequence[str]) -> None:
        self.candidates = candidates
        self._known: dict[str, tuple[bool, ...]] = {}

    def of(self, line: str) -> _Votes:
        right = [0] * len(self.candidates)
        words = 0
        for word in telling_words(line):
            words += 1
            for at, is_right in enumerate(self.word(word)):
                right[at] += is_right
        return _Votes(words, right)

    def word(self, word: str) -> tuple[bool, ...]:
        known = self._known.get(word)
        if known is None:
            known = tuple(_is_right(word, name) for name in self.candidates)
            self._known[word] = known
        return known


def telling_words(line: str) -> list[str]:
    """Returns the words of a line that hold more than ASCII letters and the usual signs."""
    return [
        word
        for word in _RAW_WORD.findall(line)
        if not word.isascii() or _CONTROL_LETTERS.search(word)
        if not _SILENT.issuperset(word)
    ]


def _is_right(word: str, encoding: str) -> bool:
    if not encoding:
        return is_plausible(word)
    if not BYTE_OF.keys() >= set(word):
        return False  # it holds a letter that no byte was ever read as
    decoded = convert(word, encoding)
    # A conversion that finds nothing to do has not explained the word.
    return is_plausible(decoded) and not (encoding == DOUBLE_UTF8 and decoded == word)


def _accept(votes: list[_Votes], totals: list[int]) -> list[int]:
    """Returns the candidates that the text gives enough evidence for, the strongest first."""
    first = max(range(len(totals)), key=lambda at: totals[at])
    accepted = [first]
    best = [vote.right[first] for vote in votes]
    while len(accepted) < _MOST_ENCODINGS:
        gains = [
            # One word more may be chance; two words of a line that fits as a whole are not.
            sum(
                vote.right[at] - had
                for vote, had in zip(votes, best, strict=True)
                if vote.right[at] - had >= _LEAD and vote.right[at] >= _RIGHT * vote.words
            )
            for at in range(len(totals))
        ]
        at = max(range(len(gains)), key=lambda index: gains[index])
        if gains[at] < _LEAST_GAIN:
            break
        accepted.append(at)
        best = [max(had, vote.right[at]) for vote, had in zip(votes, best, strict=True)]
    return accepted


def _assign(votes: list[_Votes], accepted: list[int]) -> list[int]:
    chosen = []
    last = accepted[0]
    for vote in votes:
        if vote.words:
            best = max(vote.right[at] for at in accepted)
            fitting = [at for at in accepted if vote.right[at] == best]
            # A line that fits two encodings is in that of its neighbour.
            last = last if last in fitting else fitting[0]
        chosen.append(last)
    return chosen


def _leads(votes: list[_Votes], chosen: list[int], first: int, scores: _Scores, lines: Sequence[str]) -> bool:
    """Tells whether the main encoding is far enough ahead of any that would give another text."""
    mine = [(vote, line) for vote, line, at in zip(votes, lines, chosen, strict=True) if at == first]
    words = sum(vote.words for vote, _ in mine)
    right = sum(vote.right[first] for vote, _ in mine)
    needed = max(_LEAD, _LEAD_SHARE * words)
    main = scores.candidates[first]
    for at, other in enumerate(scores.candidates):
        if at == first or {main, other} == _VARIANTS:
            continue
        if right - sum(vote.right[at] for vote, _ in mine) < needed and any(
            _text(line, main) != _text(line, other) for vote, line in mine if vote.words
        ):
            return False
    return True


def _text(line: str, encoding: str) -> str:
    return convert(line, encoding) if encoding else line
