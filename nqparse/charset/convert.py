"""From an old encoding to Unicode: bytes, or text whose bytes were once taken for Latin-1 or Windows-1252."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from nqparse.charset import tables
from nqparse.charset.tables import (
    ALIASES,
    BYTE_OF,
    DOUBLE_UTF8,
    SINGLE_BYTE,
    TCVN3,
    VIQR,
    VNI,
    VNI_LETTERS,
    VNI_PAIRS,
    WINDOWS_1258,
)
from nqparse.charset.viqr import from_viqr

_VNI_UNIT = re.compile(
    f"[{''.join(sorted({pair[0] for pair in VNI_PAIRS}))}][{''.join(sorted({pair[1] for pair in VNI_PAIRS}))}]"
    f"|[{''.join(VNI_LETTERS)}]"
)
# Runs of what UTF-8 looks like when each of its bytes is taken for a character.
_HIGH_RUN = re.compile(f"[{''.join(re.escape(char) for char, byte in BYTE_OF.items() if byte >= 0x80)}]+")
_MOST_ENCODINGS = 3  # a text may have been encoded more often than once too much
_ESCAPE = 0xDC00  # where Python puts bytes that are no UTF-8
# In ABC fonts a capital with a tone is a capital vowel followed by the small letter with its tone.
_VOWELS = {"A": "àảãáạ", "Ă": "ằẳẵắặ", "Â": "ầẩẫấậ", "E": "èẻẽéẹ", "Ê": "ềểễếệ", "I": "ìỉĩíị",
           "O": "òỏõóọ", "Ô": "ồổỗốộ", "Ơ": "ờởỡớợ", "U": "ùủũúụ", "Ư": "ừửữứự", "Y": "ỳỷỹýỵ"}  # fmt: skip
_CAPITAL_PAIR = re.compile("|".join(f"{vowel}[{toned}]" for vowel, toned in _VOWELS.items()))
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_ASCII = re.compile("[a-z]")
_CAPITALS_NEEDED = 2  # that a word must have before its marked letters are taken for capitals, too


def convert(text: str, encoding: str, *, capitals: bool = False) -> str:
    """Turns text in an old encoding, read as Latin-1 or Windows-1252, into composed Unicode.

    What the encoding has no letter for stays as it is.

    Args:
        text: the text.
        encoding: one of `nqparse.charset.NAMES`.
        capitals: the text was set in a font that shows small letters as capitals (.VnTimeH).
    """
    result = unicodedata.normalize("NFC", _CONVERTERS[encoding](text))
    return result.upper() if capitals else result


def name_of(name: str) -> str | None:
    """Returns the name in `NAMES` of an encoding that goes by several, or None if it is no old one."""
    plain = name.strip().lower()
    return plain if plain in _CONVERTERS else ALIASES.get(plain)


def _from_table(encoding: str) -> Callable[[str], str]:
    table = SINGLE_BYTE[encoding]
    return lambda text: text.translate(table)


def _from_tcvn3(text: str) -> str:
    return _raise_capitals(text.translate(SINGLE_BYTE[TCVN3]))


def _raise_capitals(text: str) -> str:
    """Gives words in capitals back the capitals that the ABC fonts have no place for ("NGHị" is "NGHỊ")."""
    text = _CAPITAL_PAIR.sub(lambda match: match.group()[1].upper(), text)
    return "".join(_raise_line(line) for line in text.splitlines(keepends=True))


def _raise_line(line: str) -> str:
    words = [match.group() for match in _WORD.finditer(line)]
    if not any(map(_is_half_raised, words)):
        return line
    if not _SMALL_ASCII.search(line):
        return line.upper()
    return _WORD.sub(lambda match: match.group().upper() if _is_half_raised(match.group()) else match.group(), line)


def _is_half_raised(word: str) -> bool:
    """Tells whether the plain letters of a word are capitals and some with marks are not."""
    plain = [char for char in word if char.isascii()]
    return len(plain) >= _CAPITALS_NEEDED and all(char.isupper() for char in plain) and not word.isupper()


def _from_vni(text: str) -> str:
    return _VNI_UNIT.sub(_vni_letter, text).translate(tables.WINDOWS_SIGNS)


def _vni_letter(match: re.Match[str]) -> str:
    unit = match.group()
    letter = VNI_PAIRS.get(unit)
    if letter is not None:
        return letter
    # A vowel that this sign does not go with: each stands for itself.
    return "".join(VNI_LETTERS.get(char, char) for char in unit)


def _from_double_utf8(text: str) -> str:
    for _ in range(_MOST_ENCODINGS):
        again = _HIGH_RUN.sub(_utf8_again, text)
        if again == text:
            break
        text = again
    return text


def _utf8_again(match: re.Match[str]) -> str:
    # A program that knew no character for a byte left it out; what is no letter without it stays as it is.
    run = match.group()
    again = bytes(BYTE_OF[char] for char in run).decode("utf-8", errors="surrogateescape")
    return again.translate({_ESCAPE + BYTE_OF[char]: char for char in run})


_CONVERTERS: dict[str, Callable[[str], str]] = {
    TCVN3: _from_tcvn3,
    tables.TCVN5712: _from_table(tables.TCVN5712),
    VNI: _from_vni,
    tables.VISCII: _from_table(tables.VISCII),
    tables.VPS: _from_table(tables.VPS),
    WINDOWS_1258: _from_table(WINDOWS_1258),
    DOUBLE_UTF8: _from_double_utf8,
    VIQR: from_viqr,
}
NAMES: tuple[str, ...] = tuple(_CONVERTERS)
