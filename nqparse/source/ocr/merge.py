"""What two engines read on one page, put together line by line.

Engines are sure of themselves in ways that cannot be compared: one is 97 % sure of lines that are wrong. So the first
engine is believed, and the second one is asked only where the first leaves something to doubt: for lines that it does
not see at all, and for lines in which it is unsure of a word and what the other reads is better Vietnamese.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from nqparse.charset.syllables import is_plausible, is_syllable
from nqparse.fold import fold
from nqparse.source.ocr.engine import Engine, EngineError, OcrWord, Picture
from nqparse.source.ocr.picture import denoised, levelled
from nqparse.source.ocr.sheets import Reading, baselines_of

_DOUBT = 0.75  # a word that the first engine is less sure of
_OVERLAP = 0.5  # of the lower of two lines: they are one
_MISSED = 0.3  # of a line: so little of it may lie on what was read already
_LEAST = 2  # letters: of a line that the second engine alone sees
_SURE = 0.6  # how sure it must be of one
_STAIN = 0.3  # what no word of which is surer is nothing, if the second engine sees nothing there
_WIDE = 1.5  # of the height of a line: a gap that may be a column's edge
_HOLE = 0.7  # of the width of words that the first engine left out: the room for them
_UNSURE = 0.5  # a word that the first engine is hardly sure of
_LETTERS = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d|[^\W\d_][^\w\s/–-][^\W\d_]")  # a figure with letters in it
_DASHES = "-–—+•*|"
# The head of a line: a label. The first engine is unsure of the thin ones (i, l, II) and says so, the second reads them.
_SURE_OF_LABEL = 0.91
_LABEL = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,4}|[IVXL]{1,5}|[a-zđ])[.)]|[-–+]")
_NAMED = frozenset(("dieu", "chuong", "muc", "phan"))  # behind these words a number stands
_NUMBER = re.compile(r"(?:\d{1,3}[a-zđ]?|[IVXL]{1,7})[.:]?")
_OPENING = "“\"'‘`([{"
_FUSED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.(?=[^\W\d_]{2})")
_NUMERAL = re.compile(r"[IVXL]{1,5}")

Line = list[OcrWord]


def best_reading(picture: Picture, engines: Sequence[Engine]) -> Reading | None:
    """Returns what engines read in a picture; None if every one fails.

    Args:
        picture: the page.
        engines: one or two engines, the first choice first.
    """
    level, degrees = levelled(denoised(picture))
    found: list[tuple[str, list[OcrWord]]] = []
    for engine in engines:
        if found and not in_doubt(found[0][1]):
            break
        try:
            found.append((engine.name, engine.read(level)))
        except EngineError:
            continue
    if not found:
        return None
    name, words = found[0]
    if len(found) > 1:
        words, taken = merged(words, found[1][1])
        name = f"{name}+{found[1][0]}" if taken else name
    return Reading(name, picture.width, picture.height, picture.dpi, degrees, words)


def in_doubt(words: Sequence[OcrWord]) -> bool:
    """Tells whether an engine is so unsure of its page that another one should be asked."""
    unsure = any(word.confidence < _DOUBT and len(word.text) > 1 for word in words)
    return not words or unsure or any(line[0].confidence < _SURE_OF_LABEL for line in _lines(words))


def merged(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> tuple[list[OcrWord], int]:
    """Returns the words of the first engine with words of the second in their place or between.

    Returns:
        The words, and in how many lines of them some are the second engine's.
    """
    others = [part for line in _lines(second) for part in _parts(_unfused(line))]
    lines = _without_stains(_lines(first), others)
    taken = 0
    added: list[Line] = []
    for other in others:
        over = [(number, *span) for number, line in enumerate(lines) if (span := _span(line, other)) is not None]
        if not over:
            if _is_missed(other, first):
                added.append(other)
        elif len(over) == 1:
            number, low, high = over[0]
            line = lines[number]
            found = _blended(line[low:high], _in_place(other, line), at_head=low == 0)
            taken += found != line[low:high]
            lines[number] = [*line[:low], *found, *line[high:]]
    for line in added:
        at = next((number for number, other in enumerate(lines) if other[0].top > line[0].top), len(lines))
        lines.insert(at, line)
    return [word for line in lines for word in line], taken + len(added)


def _lines(words: Sequence[OcrWord]) -> list[Line]:
    return [list(group) for _, group in groupby(words, lambda word: (word.top, word.bottom))]


def _without_stains(lines: list[Line], others: list[Line]) -> list[Line]:
    """Leaves out parts of lines of which the first engine is not sure at all, and where the second sees nothing."""
    found = []
    for line in lines:
        parts = [
            part
            for part in _parts(line)
            if max(word.confidence for word in part) > _STAIN or any(_covers(other, part) for other in others)
        ]
        if parts:
            found.append([word for part in parts for word in part])
    return found


def _unfused(line: Line) -> Line:
    """Parts a label from the word behind it: "2.Bà"."""
    match = _FUSED.match(line[0].text)
    if match is None:
        return line
    word = line[0]
    cut = word.x0 + (word.x1 - word.x0) * match.end() / len(word.text)
    head = word._replace(text=match.group(), x1=cut)
    return [head, word._replace(text=word.text[match.end() :], x0=cut), *line[1:]]


def _parts(line: Line) -> list[Line]:
    """Cuts a line at wide gaps: engines see different columns."""
    parts = [[line[0]]]
    for before, word in pairwise(line):
        if word.x0 - before.x1 > _WIDE * (line[0].bottom - line[0].top):
            parts.append([])
        parts[-1].append(word)
    return parts


def _covers(line: Line, other: Line) -> bool:
    """Tells whether a line lies over most of another."""
    width = min(line[-1].x1, other[-1].x1) - max(line[0].x0, other[0].x0)
    return _is_level(line, other) and width > _OVERLAP * (other[-1].x1 - other[0].x0)


def _is_level(line: Line, other: Line) -> bool:
    """Tells whether two lines are of one height on the page."""
    height = min(line[0].bottom, other[0].bottom) - max(line[0].top, other[0].top)
    return height > _OVERLAP * min(line[0].bottom - line[0].top, other[0].bottom - other[0].top)


def _span(line: Line, other: Line) -> tuple[int, int] | None:
    """Returns which words of a line, from and to, lie where another line does; None if none do."""
    if not _is_level(line, other):
        return None
    left, right = other[0].x0, other[-1].x1
    inside = [at for at, word in enumerate(line) if left <= (word.x0 + word.x1) / 2 <= right]
    return (inside[0], inside[-1] + 1) if inside else None


def _is_missed(line: Line, words: Sequence[OcrWord]) -> bool:
    """Tells whether a line that only the second engine sees is one: of letters, sure, and on no word of the first."""
    letters = sum(len(word.text) for word in line)
    sure = sum(word.confidence * len(word.text) for word in line) / letters
    if letters < _LEAST or sure < _SURE or not any(char.isalnum() for word in line for char in word.text):
        return False
    left, right, top, bottom = line[0].x0, line[-1].x1, line[0].top, line[0].bottom
    covered = sum(
        max(0.0, min(right, word.x1) - max(left, word.x0))
        for word in words
        if min(bottom, word.y1) - max(top, word.y0) > 0
    )
    return covered < _MISSED * (right - left)


def _in_place(other: Line, line: Line) -> Line:
    """Returns the words of a line on the baseline and with the edges of the line whose place they take."""
    top, bottom = line[0].top, line[0].bottom
    foot = baselines_of(line)[top, bottom]
    return [word._replace(y0=top, y1=foot, top=top, bottom=bottom) for word in other]


def _blended(words: Line, others: Line, *, at_head: bool) -> Line:
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
    sides = [[fold(_letters([word])) or word.text for word in side] for side in (words, others)]
    for tag, low, high, other_low, other_high in SequenceMatcher(None, *sides, autojunk=False).get_opcodes():
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


def _label(word: OcrWord, other: OcrWord, form: re.Pattern[str]) -> OcrWord | None:
    """Returns the second engine's label for one that the first is unsure of; None if there is none."""
    text = other.text
    if _NUMERAL.fullmatch(text) and word.text.endswith("."):
        text += "."  # one engine saw the point, the other what stands before it
    bare = _NUMERAL.fullmatch(text) and _NUMERAL.fullmatch(word.text)
    if word.confidence >= _SURE_OF_LABEL or word.text == text or not (bare or form.fullmatch(text)):
        return None
    return other._replace(text=text, x0=word.x0, x1=word.x1)


def _agreed(own: OcrWord, other: OcrWord) -> OcrWord:
    """Returns which of two words is right that have the same letters, accents aside."""
    if _is_better([other], [own]):
        return other._replace(x0=own.x0, x1=own.x1)
    if own.confidence < _DOUBT and own.text[0] in _OPENING and other.text[0].isalnum():
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
    if doubt >= _DOUBT:
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
