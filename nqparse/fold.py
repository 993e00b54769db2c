"""Folding: one plain lower-case letter for every Vietnamese letter, so that offsets stay.

Rules match on folded text: it survives lost and wrong diacritics, capitals and the two ways to
place a tone ("hoá", "hóa"), and one ASCII pattern serves for all of them. `fold` never changes the
length of the text; that is what makes the same offsets valid in both.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

# Look-alikes that OCR and old fonts put for a Vietnamese letter.
_LOOK_ALIKES = {"Ð": "d", "ð": "d", "Ɖ": "d", "đ": "d", "Đ": "d", "ı": "i"}
_DASHES = "‐‑‒–—―−"
_DOUBLE_QUOTES = "“”„‟«»"
_SINGLE_QUOTES = "‘’‚‛´`"


def _build_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1EFA)]:
        char = chr(code)
        base = "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c)).lower()
        if len(base) == 1 and base.isascii() and base.isalpha():
            table[code] = base
    table.update({ord(k): v for k, v in _LOOK_ALIKES.items()})
    table.update({ord(c): "-" for c in _DASHES})
    table.update({ord(c): '"' for c in _DOUBLE_QUOTES})
    table.update({ord(c): "'" for c in _SINGLE_QUOTES})
    return table


_LETTERS = _build_table()
# Every character of the range by its code: looking up what is there takes half the time of missing what is not.
_TABLE = [_LETTERS.get(code, chr(code)) for code in range(max(_LETTERS) + 1)]

# The accented letters of Vietnamese, for character classes: "A-Z" + UPPER, "a-z" + LOWER. (A range such
# as "À-Ỹ" would not do: the code charts mix capitals and small letters.)
LOWER = "".join(
    sorted(
        {
            unicodedata.normalize("NFC", base + mark + tone)
            for base, marks in {
                "a": " \u0306\u0302",
                "e": " \u0302",
                "i": " ",
                "o": " \u0302\u031b",
                "u": " \u031b",
                "y": " ",
            }.items()
            for mark in (m.strip() for m in marks)
            for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
        }
        - set("aeiouy")
        | {"đ"}
    )
)
UPPER = LOWER.upper()
# The 249 characters that nearly all texts are made of, as an alphabet of one byte each: to write a text in it and to
# read it as its folded form takes an eighth of the time of looking every character up (`str.translate`).
_USUAL = "\0\t\n\r" + "".join(map(chr, range(0x20, 0x7F))) + LOWER + UPPER + "“”‘’–—…•·−×°\u00a0²³½"
_ALPHABET = codecs.charmap_build(_USUAL.ljust(256, "\ufffe"))
_FOLDED_ALPHABET = _USUAL.translate(_TABLE).ljust(256, "\ufffe")
_PIECE = 4096  # characters; an unusual one only slows its piece down
_SHORT = 20
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Returns `text` in lower case without diacritics, with plain dashes and quotes, of the same length."""
    if len(text) < _SHORT:
        return text.translate(_TABLE)
    return "".join([_fold_piece(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE)])


def _fold_piece(text: str) -> str:
    try:
        written, _ = codecs.charmap_encode(text, "strict", _ALPHABET)
    except UnicodeEncodeError:
        return text.translate(_TABLE)
    return codecs.charmap_decode(written, "strict", _FOLDED_ALPHABET)[0]


def expand_classes(pattern: str) -> str:
    """Writes the shorthand ranges `À-Ỹ` and `à-ỹ` of a pattern out as the Vietnamese capitals and small letters."""
    return pattern.replace("À-Ỹ", UPPER).replace("à-ỹ", LOWER)


def fold_pattern(pattern: str) -> str:
    r"""Folds the literal letters of a regular expression, keeping its escapes (`\S` stays `\S`)."""
    return re.sub(r"\\.|\(\?P<\w+>|[^\\]", _fold_token, pattern, flags=re.DOTALL)


def _fold_token(match: re.Match[str]) -> str:
    token = match.group()
    # Escapes and group names stay; so does punctuation: a dash in a class is not a dash to match.
    return fold(token) if token.isalpha() else token


def key(text: str) -> str:
    """Returns a key for comparing: folded, words and digits only, single spaces."""
    return " ".join(re.findall(r"[\w&]+", fold(text)))


def squeeze(text: str) -> str:
    """Returns `text` on one line with single spaces."""
    return _SPACES.sub(" ", text).strip()
