"""Is the text of a page none? Fonts without a table of letters, and OCR in the wrong language, leave such layers."""

from __future__ import annotations

import re

from nqparse.charset.syllables import is_plausible

_LEAST_WORDS = 25  # fewer say nothing
_LOST = re.compile("[\ufffd\ue000-\uf8ff]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_LOST = 0.1  # of the characters
_LEAST_WORDLIKE = 0.5  # of the characters that belong to letters and digits
_LEAST_PLAUSIBLE = 0.6  # of the words that have letters with marks


def is_garbled(text: str) -> bool:
    """Tells whether the text of a page is nothing that anybody wrote.

    Vietnamese is told by its syllables. A text without marks (English, figures) is let pass.
    """
    chunks = text.split()
    if len(chunks) < _LEAST_WORDS:
        return False
    size = sum(map(len, chunks))
    if len(_LOST.findall(text)) > _MOST_LOST * size:
        return True
    if sum(map(str.isalnum, text)) < _LEAST_WORDLIKE * (size - text.count(".") - text.count("|") - text.count("_")):
        return True
    marked = [word for word in _WORD.findall(text) if not word.isascii()]
    plausible = sum(map(is_plausible, marked))
    return len(marked) >= _LEAST_WORDS and plausible < _LEAST_PLAUSIBLE * len(marked)
