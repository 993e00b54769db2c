"""The way from bytes to text, and from misread text to the letters that were meant.

`decode` is for the bytes of a file, `mend` for text that was decoded already and may still hold letters of an
old font. Both say what they did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nqparse.charset.convert import convert, name_of
from nqparse.charset.detect import AS_IS, OLD, Guess, guess, telling_words
from nqparse.charset.syllables import is_plausible
from nqparse.charset.tables import DOUBLE_UTF8, VIQR
from nqparse.charset.viqr import looks_like_viqr

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
         (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip
_UTF16_SAMPLE = 4096
_UTF16_SHARE = 0.4  # of NUL bytes at every other place, from which on they are halves of characters
_UTF16_OTHER = 0.2  # the other halves are seldom NUL: combining accents begin at U+0300
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
# What Vietnamese in Unicode has no use for, and what no text of some length in an old encoding is without.
_SUSPECT = re.compile("[\x80-\x9f¡¤¥¦¨¬®¯µ¶¸ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñöøûüþÿ÷]|á[»º]")
_FEW_SUSPECTS = 3
_SHOWN = 3  # candidates in a message


class UncertainEncoding(ValueError):
    """No encoding fits with certainty.

    Attributes:
        at: the first byte that is not valid in the encoding that the text should have.
        encoding: that encoding.
        tried: the old encodings with their scores, best first.
    """

    def __init__(self, at: int, encoding: str, tried: tuple[tuple[str, float], ...] = ()) -> None:
        super().__init__(f"not {encoding} at byte {at}")
        self.at = at
        self.encoding = encoding
        self.tried = tried


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was decoded.

    Attributes:
        text: the text.
        encoding: the encoding, in the order of their share joined by "+" where lines differ.
        confidence: from 0 to 1; 1 where the bytes leave no choice.
        converted: whether letters of an old encoding were converted.
        tried: what else was tried, with the share of telling words that it would make Vietnamese.
    """

    text: str
    encoding: str
    confidence: float = 1.0
    converted: bool = False
    tried: tuple[tuple[str, float], ...] = ()


def encoding_of_bom(data: bytes) -> str | None:
    """Returns the encoding that a byte order mark tells, if there is one."""
    return next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)


def bare_utf16(data: bytes) -> str | None:
    """Returns the byte order of UTF-16 without a mark, told by where its NUL bytes are."""
    sample = data[:_UTF16_SAMPLE]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    more, less = max(first, second), min(first, second)
    if more * 2 <= _UTF16_SHARE * len(sample) or less > _UTF16_OTHER * more:
        return None
    return "utf-16-be" if first > second else "utf-16-le"


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decodes the bytes of a text.

    Args:
        data: the bytes.
        encoding: the encoding to use, instead of the one that is found.

    Raises:
        UncertainEncoding: if no encoding fits with certainty, or the one that was asked for does not fit.
        LookupError: if there is no encoding of that name.
    """
    if encoding is not None:
        return _decode_as(data, encoding)
    told = encoding_of_bom(data) or bare_utf16(data)
    if told is not None:
        return mend(_strict(data, told), told)
    try:
        return mend(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        # Lines in UTF-8 may stand between the others: files are pieced together.
        lines = _LINE.findall(data.decode("latin-1"))
        found = guess(lines, (*OLD, DOUBLE_UTF8))
        if found.certain and found.encodings != (DOUBLE_UTF8,) and _are_utf8(lines, found):
            return _converted(lines, found, {DOUBLE_UTF8: "utf-8"})
        raise UncertainEncoding(error.start, "utf-8", _best(found)) from None


def _are_utf8(lines: list[str], found: Guess) -> bool:
    """Tells whether the lines that are taken for UTF-8 are valid."""
    try:
        for line, name in zip(lines, found.lines, strict=True):
            if name == DOUBLE_UTF8:
                line.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_as(data: bytes, encoding: str) -> Decoded:
    name = name_of(encoding)
    if name is None:
        return Decoded(_strict(data, encoding), encoding.strip().lower())
    # The letters of an old font may stand in a file that is UTF-8 by itself; bytes of an old encoding never do.
    told = encoding_of_bom(data) or bare_utf16(data) or "utf-8"
    try:
        text = data.decode(told)
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return Decoded(convert(text, name), name, converted=True)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # Offsets of the UTF-8 decoder that drops a mark count from behind it.
        at = error.start + (3 if encoding == "utf-8-sig" and error.encoding == "utf-8" else 0)
        raise UncertainEncoding(min(at, len(data) - 1), encoding) from None
    except UnicodeError:  # of codecs that do not say where
        raise UncertainEncoding(0, encoding) from None
    except ValueError:  # a NUL character in the name
        raise LookupError(encoding) from None


def mend(text: str, encoding: str = "utf-8") -> Decoded:
    """Converts what is left of old encodings in a decoded text, where that is certain.

    Args:
        text: the text.
        encoding: what it was decoded with; it is reported where nothing is converted.

    Returns:
        The text, converted or not. What was not certain stays, with `tried` telling what it may be.
    """
    if text.isascii():
        confidence = looks_like_viqr(text)
        if confidence:
            return Decoded(convert(text, VIQR), VIQR, confidence, converted=True)
        return Decoded(text, encoding)
    if not _is_suspect(text):
        return Decoded(text, encoding)
    lines = _LINE.findall(text)
    found = guess(lines, (AS_IS, *OLD, DOUBLE_UTF8))
    if found.certain and found.encodings != (AS_IS,):
        return _converted(lines, found, {AS_IS: encoding})
    # The text stays. It is in doubt where an old encoding would explain more of it.
    in_doubt = bool(found.tried) and found.tried[0][0] != AS_IS
    return Decoded(text, encoding, found.confidence, tried=_best(found) if in_doubt else ())


def _is_suspect(text: str) -> bool:
    """Tells quickly whether some words cannot be Vietnamese in Unicode; most texts are done with here."""
    if not _SUSPECT.search(text):
        return False
    suspects = 0
    for line in _LINE.findall(text):
        if _SUSPECT.search(line):
            suspects += sum(not is_plausible(word) for word in telling_words(line))
            if suspects >= _FEW_SUSPECTS:
                return True
    return False


def _converted(lines: list[str], found: Guess, names: dict[str, str]) -> Decoded:
    parts = [convert(line, name) if name else line for line, name in zip(lines, found.lines, strict=True)]
    return Decoded(
        "".join(parts),
        "+".join(names.get(name, name) for name in found.encodings),
        found.confidence,
        converted=True,
        tried=_best(found),
    )


def _best(found: Guess) -> tuple[tuple[str, float], ...]:
    return tuple((name, share) for name, share in found.tried if name and share > 0)[:_SHOWN]
