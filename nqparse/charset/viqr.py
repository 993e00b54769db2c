r"""VIQR: Vietnamese written with plain ASCII signs behind the vowels (RFC 1456), as mail and Usenet did.

The signs are also punctuation, and writers seldom escaped it as the standard asks. So a sign counts as a tone
only where it can be one: not behind a syllable that has its tone, not in an ellipsis or "./.", not behind a
letter or number that labels a line ("a. Nội dung", "VI. "), and not where a full stop ends a paragraph. What
stays in doubt is read as the standard has it ("bo. " is "bọ "). Who escaped a full stop ("bo\.") kept to the
standard, and then every sign that is not escaped is a tone.
"""

from __future__ import annotations

import re
import unicodedata

from nqparse.charset.syllables import is_syllable
from nqparse.charset.tables import VIQR_MARKS, VIQR_TONES

_WORD = re.compile(r"(?:\\.|[A-Za-z(^+`'?~.])+")
_LETTER = re.compile(r"\\(.)|([Dd])[Dd]|([AEIOUYaeiouy])([(^+]?)|(.)", re.DOTALL)
# What hardly any other text has: a vowel with its circumflex, breve or horn, or a doubled d that opens a word.
_STRONG = re.compile(r"[aeoAEO]\^|[ouOU]\+|[aA]\((?!\w*\))|(?<![A-Za-z])[dD][dD](?=[aeiouy])")
_FEWEST = 4
_SHARE = 0.1  # of words with such a sign; in Vietnamese it is nearly a half
_RIGHT = 0.85
# Full stops that are no tone: behind the letter or number that labels a line, and before what opens a new paragraph.
_STOP = re.compile(
    r"(?m:^[ \t*#]*(?:[A-Za-z]|[IVXLC]{1,6}))(\.)(?=\s|$)"
    r"|(\.)(?=[^\S\n]*(?:\Z|\n[^\S\n]*(?:\n|\d|[-+*]|[A-Za-z]{1,2}[).])))"
)
_ESCAPED_STOP = "\\."
_DOTS = re.compile(r"\.+")


def looks_like_viqr(text: str) -> float:
    """Returns how sure it is that a text is VIQR, from 0 to 1."""
    strong = len(_STRONG.findall(text))
    if strong < _FEWEST or strong < _SHARE * (text.count(" ") + text.count("\n")):
        return 0.0
    words = [word for word in _WORD.findall(text) if _STRONG.search(word)]
    right = sum(is_syllable(decoded.rstrip(".'?`~()")) for word in words if (decoded := from_viqr(word)))
    share = right / len(words)
    return share if share >= _RIGHT else 0.0


def from_viqr(text: str) -> str:
    """Returns the text with every sign put on its letter, composed."""
    strict = _ESCAPED_STOP in text
    stops = set() if strict else {match.start(match.lastindex or 0) for match in _STOP.finditer(text)}
    parts: list[str] = []
    at = 0
    for match in _WORD.finditer(text):
        parts.append(text[at : match.start()])
        parts.append(_decode_word(text, match.start(), match.end(), stops, strict=strict))
        at = match.end()
    parts.append(text[at:])
    return unicodedata.normalize("NFC", "".join(parts))


def _decode_word(text: str, at: int, end: int, stops: set[int], *, strict: bool) -> str:
    parts: list[str] = []
    toned = False
    while at < end:
        match = _LETTER.match(text, at)
        assert match is not None  # its last alternative takes any character
        at = match.end()
        escaped, d, vowel, mark, other = match.groups()
        if escaped is not None:
            parts.append(escaped)
        elif d is not None:
            parts.append("Đ" if d == "D" else "đ")
        elif vowel is not None:
            sign = VIQR_MARKS[mark].get(vowel.lower(), "") if mark else ""
            if mark and not sign:  # it is no mark of this vowel
                at -= 1
            if strict:
                tone = VIQR_TONES.get(text[at : at + 1], "")
            else:
                tone = "" if toned or at in stops else _tone_at(text, at)
            parts.append(vowel + sign + tone)
            if tone:
                toned = True
                at += 1
        else:
            parts.append(other)
            toned = toned and other.isalpha()  # punctuation ends the syllable
    return "".join(parts)


def _tone_at(text: str, at: int) -> str:
    """Returns the tone that the sign at `at` is, if it is one."""
    sign = text[at : at + 1]
    if sign != ".":
        return VIQR_TONES.get(sign, "")
    dots = _DOTS.match(text, at)
    assert dots is not None
    # "ho.." is "họ." and "ho...." is "họ...", but "ho..." is "ho...", "ho./." is "ho./." and "a.1" is a label.
    count, follows = len(dots.group()), text[dots.end() : dots.end() + 1]
    if count == 3 or (count == 1 and (follows == "/" or follows.isdigit())):
        return ""
    return VIQR_TONES[sign]
