"""Writes Vietnamese in old encodings, as the programs of the time did."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby

from nqparse.charset.tables import SINGLE_BYTE, TCVN3, TONES

_MARKS = frozenset("\u0306\u0302\u031b")
_TONE_ORDER = "\u0300\u0301\u0309\u0303\u0323"
_VNI_SIGNS = {
    "": dict(zip(_TONE_ORDER, "øùûõï", strict=True)),
    "\u0302": {"": "â", **dict(zip(_TONE_ORDER, "àáåãä", strict=True))},
    "\u0306": {"": "ê", **dict(zip(_TONE_ORDER, "èéúüë", strict=True))},
}
_VNI_WHOLE = {"đ": "ñ", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ì": "ì", "í": "í", "ỵ": "î"}
_VIQR_SIGNS = {
    "\u0306": "(", "\u0302": "^", "\u031b": "+", "\u0300": "`", "\u0301": "'", "\u0309": "?", "\u0303": "~",
    "\u0323": ".",
}  # fmt: skip
_SIGNS, _BEFORE = frozenset(_VIQR_SIGNS.values()), frozenset("aeiouy")
# What typewriters and the encodings without these signs have instead.
_TYPED = str.maketrans({
    "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "•": "*", "\u00a0": " ", "\u00ad": "",
})  # fmt: skip


def typed(text: str) -> str:
    """Returns the text without the signs that typewriters do not have."""
    return unicodedata.normalize("NFC", text).translate(_TYPED)


def parts(char: str) -> tuple[str, str, str]:
    """Takes a letter apart: its vowel, its mark and its tone. Marks that Vietnamese does not have are lost."""
    decomposed = unicodedata.normalize("NFD", char)
    mark = next((c for c in decomposed[1:] if c in _MARKS), "")
    tone = next((c for c in decomposed[1:] if c in TONES), "")
    return decomposed[0], mark, tone


def to_vni(text: str, errors: str = "strict") -> bytes:
    """Returns the text in VNI, with the other signs of Windows-1252."""
    out = []
    for char in text:
        vowel, mark, tone = parts(char)
        if char.lower() in _VNI_WHOLE:
            sign = _VNI_WHOLE[char.lower()]
            out.append(sign if char.islower() else sign.upper())
        elif vowel.isalpha() and (mark or tone):
            base = {"o": "ô", "u": "ö"}[vowel.lower()] if mark == "\u031b" else vowel
            base = base.upper() if char.isupper() else base
            sign = _VNI_SIGNS["" if mark == "\u031b" else mark].get(tone, "")
            out.append(base + (sign.upper() if char.isupper() else sign))
        else:
            out.append(char)
    return "".join(out).encode("cp1252", errors)


def to_viqr(text: str, *, escaped: bool = True) -> bytes:
    """Returns the text in VIQR; `escaped` marks the signs that are no tones as the standard asks."""
    out: list[str] = []
    for at, char in enumerate(text):
        if escaped and char in _SIGNS and at and parts(text[at - 1])[0].lower() in _BEFORE:
            out.append("\\")
        if escaped and char in "dD" and text[at + 1 : at + 2] in ("đ", "Đ"):
            out.append("\\")
        vowel, mark, tone = parts(char)
        if char in "đĐ":
            out.append("dd" if char == "đ" else "DD")
        else:
            out.append(vowel + _VIQR_SIGNS.get(mark, "") + _VIQR_SIGNS.get(tone, ""))
    return "".join(out).encode("ascii")


def to_windows_1258(text: str) -> bytes:
    """Returns the text in Windows-1258: letters, and the tones behind them."""
    out = b""
    for char in text:
        vowel, mark, tone = parts(char)
        out += (unicodedata.normalize("NFC", vowel + mark) + tone).encode("cp1258")
    return out


class NoLetterError(ValueError):
    """The encoding has no place for a letter of the text."""


def strictly(encode: Callable[[str], bytes], text: str, *, filler: bytes = b"?") -> bytes:
    """Encodes a text; `filler` is what stands for letters that the encoding has no place for.

    Raises:
        NoLetterError: if a letter is lost by it.
    """
    for char in set(text):
        if unicodedata.normalize("NFC", "".join(parts(char))) != unicodedata.normalize("NFC", char):
            raise NoLetterError(f"{char!r} is no Vietnamese letter")
    try:
        data = encode(text)
    except UnicodeEncodeError as error:
        raise NoLetterError(str(error)) from None
    if filler and data.count(filler) > text.count(filler.decode()):
        raise NoLetterError("a letter has no place in it")
    return data


@lru_cache(maxsize=8)
def _codes(encoding: str) -> dict[str, int]:
    """Returns the byte of each letter."""
    return {letter: code for code, letter in SINGLE_BYTE[encoding].items() if code < 0x100}


def to_single_byte(text: str, encoding: str) -> bytes:
    """Returns the text in an encoding of one byte a letter; what it has no place for is "?"."""
    back = _codes(encoding)
    return bytes(back.get(char, ord(char) if char.isascii() else back.get(char.lower(), 0x3F)) for char in text)


def to_tcvn3(text: str) -> bytes:
    """Returns the text as ABC fonts have it: a capital with a tone is the plain capital and the small letter."""
    back = _codes(TCVN3)
    out = bytearray()
    for char in text:
        if char in back:
            out.append(back[char])
        elif char.lower() in back and char.isupper():
            vowel, mark, _ = parts(char)
            plain = unicodedata.normalize("NFC", vowel + mark)
            out += bytes((back.get(plain, ord(plain) if plain.isascii() else 0x3F), back[char.lower()]))
        else:
            out.append(ord(char) if char.isascii() else 0x3F)
    return bytes(out)


def in_abc_fonts(text: str) -> list[tuple[bytes, bool]]:
    """Returns the text in TCVN3 in pieces, each with whether it is set in the font that shows capitals (.VnTimeH)."""
    back = _codes(TCVN3)

    def needs_capitals(char: str) -> bool:
        return not char.isascii() and char not in back and char.lower() in back

    return [
        (bytes(back.get(c.lower() if raised else c, ord(c) if c.isascii() else 0x3F) for c in run), raised)
        for raised, group in groupby(text, key=needs_capitals)
        for run in ["".join(group)]
    ]
