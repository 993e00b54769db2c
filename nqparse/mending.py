"""Mending: line breaks that a converter put inside a sentence or a word, found without reading the text.

Web pages and word processors part a paragraph into runs of equal formatting. Some converters set each
run on a line of its own, so that a bullet, a full stop or even one letter of a word (set in a substitute
font) stands alone: "quy⏎ế⏎t". A line break in a word is taken out, one between words becomes a space;
a blank line in such a text may be the space that was a run of its own.
"""

from __future__ import annotations

import re
from itertools import pairwise

from nqparse.fold import LOWER, UPPER

_BREAK = r"[ \t]*\n"
# A bullet alone on its line belongs to the next; a mark alone on its line to the one before.
_LONE_BULLET = re.compile(rf"\n[ \t]*[-–+•](?P<out>{_BREAK}(?:{_BREAK})?[ \t]*)(?=\w)")
_LONE_MARK = re.compile(r"\n[ \t]*(?=(?:[;,.:]|\./\.|\))[ \t]*(?:\n|$))")

# A text is shattered if accented letters stand alone on so many lines.
_LONE_LETTER = re.compile(rf"\n[{LOWER}{UPPER}](?=\n)")
_SHATTERED = 6
_RUN = re.compile(r"[^\n]*\S")
_ENDS = frozenset(".;:!?…/]")
_VOWELLESS = re.compile(r"[bcdđghklmnpqrstvx]{1,3}(?![^\W_])")
_VOWELLESS_TAIL = re.compile(r"(?<![^\W_])[bcdđghklmnpqrstvx]{1,3}$")
_ROMAN = re.compile(r"[IVX]{1,3}$")
_ROMAN_TAIL = re.compile(r"(?<![^\W_])[IVX]{1,3}$")
_LABEL = re.compile(r"(?:\d{1,3}|\w)\s?[.)/]|[-+*]")


def mends(text: str) -> list[tuple[int, int, str]]:
    """Returns (start, end, replacement) of the line breaks to take out, in order and apart."""
    if len(_LONE_LETTER.findall(text)) >= _SHATTERED:
        return _shattered(text)
    found = [(*match.span("out"), " ") for match in _LONE_BULLET.finditer(text)]
    for match in _LONE_MARK.finditer(text):
        start = match.start()
        while start and text[start - 1] in " \t":
            start -= 1
        if start and text[start - 1] != "\n":
            found.append((start, match.end(), ""))
    return sorted(found)


def _shattered(text: str) -> list[tuple[int, int, str]]:
    runs = [match.span() for match in _RUN.finditer(text)]
    found = []
    bullet = True  # whether a dash at the end of the run before opened a paragraph
    for (low, high), (start, end) in pairwise(runs):
        before, after = text[low:high].strip(), text[start:end].strip()
        breaks = text.count("\n", high, start)
        joint = _joint(before, after, breaks, bullet=bullet)
        bullet = before in _ENDS or breaks > 1 if after in ("-", "–") else bullet
        if joint is not None:
            found.append((high, start + len(text[start:end]) - len(text[start:end].lstrip()), joint))
    return found


def _joint(before: str, after: str, breaks: int, *, bullet: bool) -> str | None:
    """Returns what joins two runs of a shattered text: nothing, a space, or None if a paragraph ends here."""
    alone = len(before) == 1 and before.isalpha() and not before.isascii()
    ended = before[-1] in _ENDS
    if before in ("-", "–"):
        return " " if breaks == 2 or bullet else ""
    if breaks == 1:
        if after in ("-", "–"):
            return None if ended else ""
        if after[0] in ";,.:)/" or (len(after) == 1 and after.isalpha() and before[-1].isalpha()):
            return ""
        if alone and after[0].isalpha() and (before.isupper() or after[0].islower()):
            return ""
        if before[-1].isalpha() and (_VOWELLESS.match(after) or _VOWELLESS_TAIL.search(before)):
            return ""
        if _ROMAN.match(after) and _ROMAN_TAIL.search(before):
            return ""
        return " " if not ended or before in _ENDS else None
    if breaks == 2 and not ended and not _LABEL.match(after):
        return " " if alone or after[0].islower() else None
    return None
