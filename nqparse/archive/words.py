"""Words as the search compares them: without diacritics, capitals and quarrels of spelling, each with its place.

    "Hoà", "hòa", "HOA", "hoa\u0300"   → hoa          tone marks, their placement and their encoding
    "Đảng", "Ðảng", "dang"             → dang         đ and d
    "kỷ", "kĩ", "ki"                   → ki           y and i where both spellings stand for one sound

The keys hold no ASCII but letters and digits, so that SQLite's `ascii` tokenizer, which splits at all other ASCII,
finds in a line of keys just these keys. Places are code points of the text as it stands; nothing is normalised in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from nqparse.fold import fold

# When the keys of any text change, the indexes that were made with others have to be made anew.
FOLDING_VERSION = 1

_MARKS = "\u0300-\u036f"
# A reader does not see them: soft hyphens, zero-width spaces and joiners, byte order marks.
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = re.compile(rf"(?:[^\W_][{_MARKS}{_UNSEEN}]*)+")
_HIDDEN = re.compile(rf"[{_UNSEEN}]+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
# Where "y" and "i" stand for one sound: alone behind consonants ("kỷ", "quý"), or before ê ("yêu"), not in "tay".
_Y_OR_I = re.compile(r"(?<![a-z])(?:(?:[bcdghklmnpqrstvx]{0,3}|qu)y$|y(?=e))")


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        key: what it is found by, "hoa".
        exact: the same with its accents, "hoa" and its tone behind it; equal to `key` where it has none.
        start: its first code point.
        end: its end in code points, with the marks that belong to its last letter.
    """

    key: str
    exact: str
    start: int
    end: int


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yields the words of a piece of text with their places in the whole of it."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        written = match.group()
        key, exact = keys(written)
        yield Word(key, exact, match.start(), match.end())


@lru_cache(maxsize=65536)
def keys(word: str) -> tuple[str, str]:
    """Returns the key of a word without accents, and the one with them."""
    letters: list[str] = []
    plain: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFKD", _HIDDEN.sub("", word).casefold()):
        if char in _TONES:
            tones.append(char)
        elif unicodedata.combining(char):
            if letters:
                letters[-1] += char
        elif char.isalnum():
            letters.append("đ" if char in "ðɖ" else char)
            plain.append(fold(char))
    if not letters:  # nothing but signs that Unicode counts as digits and takes apart into none
        return word, word
    key = "".join(plain)
    both = _Y_OR_I.search(key)
    if both:
        at = key.index("y", both.start())
        key = f"{key[:at]}i{key[at + 1 :]}"
        letters[at] = letters[at].replace("y", "i")
    exact = unicodedata.normalize("NFC", "".join(letters))
    return key, exact + "".join(sorted(tones))
