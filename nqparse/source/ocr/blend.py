"""One line as two engines read it, put together word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from nqparse.charset.syllables import is_plausible, is_syllable
from nqparse.fold import fold
from nqparse.source.ocr.engine import OcrWord

DOUBT = 0.75
"""A word that the first engine is less sure of may be another one."""
SURE_OF_LABEL = 0.91
"""The same for the label at the head of a line: the first engine misreads thin ones (i, l, II), and knows it."""

_UNSURE = 0.5  # a word that the first engine is hardly sure of
_HOLE = 0.7  # of the width of words that the first engine left out: the room for them
_LETTERS = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d|[^\W\d_][^\w\s/–-][^\W\d_]")  # a figure with letters in it
_DASHES = "-–—+•*|"
_OPENING = "“\"'‘`([{"
_LABEL = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,4}|[IVXL]{1,5}|[a-zđ])[.)]|[-–+]")
_NUMERAL = re.compile(r"[IVXL]{1,5}")
_NAMED = frozenset(("dieu", "chuong", "muc", "phan"))  # behind these words a number stands
_NUMBER = re.compile(r"(?:\d{1,3}[a-zđ]?|[IVXL]{1,7})[.:]?")
_FUSED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.(?=[^\W\d_]{2})")

Line = list[OcrWord]


def blended(words: Line, others: Line, *, at_head: bool) -> Line:
    """Returns the words of one line as two engines read it.

    What both read alike stays. Where they differ, the second one is believed if the first is unsure and the other
    words are no worse Vietnamese; and words that the first has left out are put into the gap that they left.
    """
    found: Line = []
    # The second engine knows where lines begin and end; where the words in them do it does not.
    first, last = min(words[0].x0, others[0].x0), max(words[-1].x1, others[-1].x1)
    if at_head:
        named = min(len(words), len(others)) > 1 and fold(words[0].text) == fold(others[0].text) in _NAMED
        at, form = (1, _NUMBER) if named else (0, _LABEL)
        label = _label(words[at], others[at], form)
        if label is not None:
            found, words, others = [*words[:at], label], words[at + 1 :], others[at + 1 :]
    # Engines differ most in accents and small marks: without them the words that belong together are found.
    matcher = SequenceMatcher(None, _keys(words), _keys(others), autojunk=False)
    for tag, low, high, other_low, other_high in matcher.get_opcodes():
        mine, theirs = words[low:high], others[other_low:other_high]
        left = found[-1].x1 if found else first
        right = words[high].x0 if high < len(words) else last
        if tag == "insert":
            found += _spread(theirs, left, right) if right - left > _HOLE * _width(theirs) else []
        elif tag == "equal":
            found += map(_agreed, mine, theirs)
        elif tag == "replace" and _is_better(theirs, mine):
            found += _spread(theirs, mine[0].x0 if low else left, mine[-1].x1 if high < len(words) else right)
        else:
            found += mine
    return found


def unfused(line: Line) -> Line:
    """Parts a label from the word behind it: "2.Bà"."""
    match = _FUSED.match(line[0].text)
    if match is None:
        return line
    word = line[0]
    cut = word.x0 + (word.x1 - word.x0) * match.end() / len(word.text)
    head = word._replace(text=match.group(), x1=cut)
    return [head, word._replace(text=word.text[match.end() :], x0=cut), *line[1:]]


def _keys(words: Line) -> list[str]:
    return [fold(_letters([word])) or word.text for word in words]


def _label(word: OcrWord, other: OcrWord, form: re.Pattern[str]) -> OcrWord | None:
    """Returns the second engine's label for one that the first is unsure of; None if there is none."""
    text = other.text
    if _NUMERAL.fullmatch(text) and word.text.endswith("."):
        text += "."  # one engine saw the point, the other what stands before it
    bare = _NUMERAL.fullmatch(text) and _NUMERAL.fullmatch(word.text)
    if word.confidence >= SURE_OF_LABEL or word.text == text or not (bare or form.fullmatch(text)):
        return None
    return other._replace(text=text, x0=word.x0, x1=word.x1)


def _agreed(own: OcrWord, other: OcrWord) -> OcrWord:
    """Returns which of two words is right that have the same letters, accents aside."""
    if _is_better([other], [own]):
        return other._replace(x0=own.x0, x1=own.x1)
    if own.confidence < DOUBT and own.text[0] in _OPENING and other.text[0].isalnum():
        return own._replace(text=own.text[1:])  # a speck before the word
    return own


def _width(words: Line) -> float:
    return words[-1].x1 - words[0].x0


def _spread(words: Line, left: float, right: float) -> Line:
    """Returns words side by side from one edge to another, as if all letters were of one width."""
    step = (right - left) / (sum(len(word.text) + 1 for word in words) - 1)
    found = []
    for word in words:
        end = left + step * len(word.text)
        found.append(word._replace(x0=left, x1=end))
        left = end + step
    return found


def _is_better(theirs: Line, mine: Line) -> bool:
    """Tells whether the second engine's words are to be believed where the first reads others."""
    doubt = min(word.confidence for word in mine)
    if doubt >= DOUBT:
        return False
    own, other = _oddness(mine), _oddness(theirs)
    # Of points and quotation marks the first one knows more.
    return other < own or (other == own and doubt < _UNSURE and _letters(theirs) != _letters(mine))


def _oddness(words: Line) -> int:
    """Returns how many words are like nothing in a Vietnamese text."""
    return sum(not _is_usual(word.text) for word in words)


def _letters(words: Line) -> str:
    return "".join(char for word in words for char in word.text if char.isalnum())


def _is_usual(word: str) -> bool:
    """Tells whether a word is made of Vietnamese syllables, abbreviations, figures, labels or dashes."""
    if not any(map(str.isalnum, word)):
        return len(word) == 1 and word in _DASHES
    pieces = _LETTERS.findall(word)
    if not all(is_syllable(piece) or piece.isupper() for piece in pieces):
        return False
    return is_plausible(word) and not _MIXED.search(word)
