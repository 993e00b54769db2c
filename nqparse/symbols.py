"""Symbols: the number and symbol of a document ("số, ký hiệu") in all its forms.

    57/NQ-HĐND  08/2021/NQ-HĐND  66.7/2025/NQ-CP  30a/2008/NQ-CP   state
    76/2025/UBTVQH15  43/2022/QH15                                 National Assembly
    60-NQ/TW  11-NQ/TU                                             Party
    64b/HĐBT  06/CP-NĐ  498-NQ/HĐNN7  46NQ/TVQH  29 NQ/TVQH        before 1997
    …/2021/NQ-HĐND  Số:   -NQ/ĐU                                   number left blank

Any single space may stand around a separator, and OCR writes Ð for Đ; the normal form has no spaces, plain
hyphens and Đ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nqparse.fold import UPPER

_UP = f"A-ZÐ{UPPER}"
# A code has capitals and digits, with single small letters between ("TTr", "QyĐ"); a word in title case is none.
_CODE = rf"[{_UP}][{_UP}0-9&]*(?:[a-zđ][{_UP}0-9&]*)*"
_DASH = r"[-‐‑‒–—−]"
_SEP = rf"(?:\s?(?:/{{1,2}}|{_DASH}|(?<=[{_UP}0-9])[._](?=[{_UP}]))\s?)"
_NUM = r"(?P<num>[0-9OlI]{1,5}(?:\.\d{1,2})?)(?P<suf>[a-eA-EđĐ](?=\s?[-/]))?"
_BLANK = r"(?P<blank>[.…_\s]{0,20})"
_YEAR = r"(?P<year>(?:19|20)\d\d|[.…_]{2,8}|20[.…_]{1,4})"
# Before these no separator is needed ("46 NQ/TVQH", "551NQ/HĐNN7").
_TYPE_CODES = "NQ|QĐ|NĐ|CT|TTr|KL|BC|KH"
_TAIL = rf"(?P<codes>{_CODE}(?:{_SEP}{_CODE})*(?:\s\d{{1,2}}(?![\w/.-]))?)(?:(?![^\W_])|(?<=\d)(?=ngày|của|và|về))"

SYMBOL = re.compile(
    rf"(?:{_NUM}|{_BLANK})(?:\s?(?:/{{1,2}}|{_DASH})\s?|\s?(?=(?:{_TYPE_CODES})[/-]))(?:{_YEAR}\s?/{{1,2}}\s?)?{_TAIL}"
)
NUMBERED = re.compile(
    rf"(?<![\w/.])(?<!\d:)(?P<num>\d{{1,5}}(?:\.\d{{1,2}})?)(?P<suf>[a-eA-EđĐ](?=\s?[-/]))?"
    rf"(?:\s?(?:/{{1,2}}|{_DASH})\s?|\s?(?=(?:{_TYPE_CODES})[/-]))(?:(?P<year>(?:19|20)\d\d)\s?/{{1,2}}\s?)?{_TAIL}"
)
_SPLIT = re.compile(rf"\s*(?:/|{_DASH}|[._](?=[{_UP}]))+\s*")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol in its parts; `start`/`end` are offsets of the text that it was read from."""

    start: int
    end: int
    number: int | None
    suffix: str | None
    year: int | None
    codes: tuple[str, ...]
    normalized: str


def symbol_at(text: str, at: int, *, blank: bool = False, end: int | None = None) -> Symbol | None:
    """Returns the symbol that begins at `at`, or None; with `blank`, one without a number, too.

    What stands from `end` on is not looked at: a word may be glued to the symbol there.
    """
    match = SYMBOL.match(text, at, len(text) if end is None else end)
    if match is None or (not blank and match["num"] is None):
        return None
    return _symbol(match)


def find_symbols(text: str, start: int = 0, end: int | None = None) -> list[Symbol]:
    """Returns all numbered symbols in a piece of text."""
    stop = len(text) if end is None else end
    return [_symbol(match) for match in NUMBERED.finditer(text, start, stop)]


def _symbol(match: re.Match[str]) -> Symbol:
    text = match.string
    digits = match["num"]
    start = (
        match.start("num") if digits is not None else match.start() + len(match["blank"]) - len(match["blank"].lstrip())
    )
    end = match.end("codes")
    number: int | None = None
    suffix = match["suf"]
    if digits is not None:
        plain = digits.translate(_DIGITS)
        number = int(plain.split(".")[0])
        if "." in plain:
            suffix = plain[plain.index(".") :]
    year = int(match["year"]) if match["year"] and match["year"].isdigit() else None
    codes = tuple(re.sub(r"\s", "", code).replace("Ð", "Đ") for code in _SPLIT.split(match["codes"]) if code)
    return Symbol(start, end, number, suffix, year, codes, normalize(text[start:end]))


_DIGITS = str.maketrans("OlI", "011")


def normalize(symbol: str) -> str:
    """Returns the symbol without spaces, with plain hyphens and single slashes."""
    plain = re.sub(r"\s+", "", symbol).replace("Ð", "Đ")
    return re.sub(r"/{2,}", "/", re.sub(_DASH, "-", plain))
