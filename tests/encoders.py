"""Writes Vietnamese in old encodings, as the programs of the time did, and reads what may not be readable."""

from __future__ import annotations

import unicodedata

from nqparse.charset.tables import SINGLE_BYTE, TONES
from nqparse.errors import InputError
from nqparse.source import read

_MARKS = frozenset("\u0306\u0302\u031b")


def parts(char: str) -> tuple[str, str, str]:
    """Takes a letter apart: its vowel, its mark and its tone."""
    decomposed = unicodedata.normalize("NFD", char)
    mark = next((c for c in decomposed[1:] if c in _MARKS), "")
    tone = next((c for c in decomposed[1:] if c in TONES), "")
    return decomposed[0], mark, tone


def to_vni(text: str) -> bytes:
    signs = {
        "": dict(zip("\u0300\u0301\u0309\u0303\u0323", "øùûõï", strict=True)),
        "\u0302": {"": "â", **dict(zip("\u0300\u0301\u0309\u0303\u0323", "àáåãä", strict=True))},
        "\u0306": {"": "ê", **dict(zip("\u0300\u0301\u0309\u0303\u0323", "èéúüë", strict=True))},
    }
    whole = {"đ": "ñ", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ì": "ì", "í": "í", "ỵ": "î"}
    out = []
    for char in text:
        vowel, mark, tone = parts(char)
        if char.lower() in whole:
            sign = whole[char.lower()]
            out.append(sign if char.islower() else sign.upper())
        elif vowel.isalpha() and (mark or tone):
            base = {"o": "ô", "u": "ö"}[vowel.lower()] if mark == "\u031b" else vowel
            base = base.upper() if char.isupper() else base
            sign = signs["" if mark == "\u031b" else mark].get(tone, "")
            out.append(base + (sign.upper() if char.isupper() else sign))
        else:
            out.append(char)
    return "".join(out).encode("latin-1")


def to_viqr(text: str) -> bytes:
    signs = {
        "\u0306": "(",
        "\u0302": "^",
        "\u031b": "+",
        "\u0300": "`",
        "\u0301": "'",
        "\u0309": "?",
        "\u0303": "~",
        "\u0323": ".",
    }
    out = []
    for char in text:
        vowel, mark, tone = parts(char)
        out.append({"đ": "dd", "Đ": "DD"}.get(char, vowel + signs.get(mark, "") + signs.get(tone, "")))
    return "".join(out).encode("ascii")


def to_windows_1258(text: str) -> bytes:
    out = b""
    for char in text:
        vowel, mark, tone = parts(char)
        out += (unicodedata.normalize("NFC", vowel + mark) + tone).encode("cp1258")
    return out


def to_single_byte(text: str, encoding: str) -> bytes:
    back = {letter: code for code, letter in SINGLE_BYTE[encoding].items() if code < 0x100}
    return bytes(back.get(char, ord(char) if char.isascii() else back.get(char.lower(), 0x3F)) for char in text)


def outcome(data: bytes, name: str) -> tuple[str | None, InputError | None]:
    """Reads an input to its text or to the error that says why there is none."""
    try:
        return read(data, name=name).text, None
    except InputError as error:
        return None, error
