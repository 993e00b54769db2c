"""Which language is a text in? Vietnamese is told by its syllables, with or without their marks."""

from __future__ import annotations

import re
from functools import lru_cache

from nqparse.charset.syllables import folded_syllables, is_syllable
from nqparse.fold import fold
from nqparse.scan.record import Language

_SAMPLE = 20_000  # characters
_WORD = re.compile(r"[^\W\d_]+")
_FEW = 5  # words, of which nothing can be said
_VIETNAMESE = 0.6  # of the words with small letters are syllables, at least
# English has many words that could be syllables ("the", "can", "hang"); it does not reach this.
_UNACCENTED = 0.8
_MARKED = 0.1  # of the words bear marks; more than nine in ten do so where none were lost


def language_of(text: str) -> Language | None:
    """Returns the language of a text; None if there are too few words to tell."""
    words = [word for word in _WORD.findall(text, 0, _SAMPLE) if len(word) > 1]
    if len(words) < _FEW:
        return None
    marked = [word for word in words if not word.isascii()]
    right = sum(map(is_syllable, marked))
    plain = sum(_is_folded_syllable(word) for word in words if word.isascii())
    share = (right + plain) / len(words)
    if right >= _MARKED * len(words):
        # Marks of another language make no syllables.
        return "vi" if share >= _VIETNAMESE and right >= _VIETNAMESE * len(marked) else "other"
    return "vi-unaccented" if share >= _UNACCENTED else "other"


@lru_cache(maxsize=1 << 14)
def _is_folded_syllable(word: str) -> bool:
    return fold(word) in folded_syllables()
