"""Small readings of text that several checks share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

_Tree: TypeAlias = "dict[str, _Tree]"

_END = ""
_MARKS = re.compile(r"[*_\\#|\u00ad\u200b-\u200f\u2060\ufeff]+")
_EXCERPT = 60
# Where the tone of "oa", "oe", "uy" stands: the older way puts it on the last vowel.
_OLD_TONES = {
    old + second: new
    for first, marks in (("o", "òóỏõọ"), ("u", "ùúủũụ"))
    for second, tones in (("a", "àáảãạ"), ("e", "èéẻẽẹ"), ("y", "ỳýỷỹỵ"))
    if (first == "u") == (second == "y")
    for old, second, new in [(first, tone, mark + second) for tone, mark in zip(tones, marks, strict=True)]
}
_OLD_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_TONES)})(?!\w)", re.IGNORECASE)


def clean(text: str) -> str:
    """Returns a piece of the source on one line: composed, without Markdown marks, with single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join((_MARKS.sub("", text) if _MARKS.search(text) else text).split())


def excerpt(text: str) -> str:
    """Returns a piece of the source as messages quote it."""
    plain = clean(text)
    return plain if len(plain) <= _EXCERPT else plain[: _EXCERPT - 1].rstrip() + "…"


def new_tones(text: str) -> str:
    """Returns a lower-case text with all tones placed in the newer way ("hoà" as "hòa"); its length stays."""
    return _OLD_TONE.sub(lambda match: _OLD_TONES[match.group().lower()], text)


def iso_date(value: str | None) -> date | None:
    """Returns the day that an ISO value names, or None if it is no full, possible date."""
    if value is None or len(value) != len("2021-01-13"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def iso_year(value: str | None) -> int | None:
    """Returns the year of an ISO value."""
    return int(value[:4]) if value is not None and value[:4].isdecimal() and len(value[:4]) == 4 else None


def vietnamese(day: date) -> str:
    """Returns a date as Vietnamese write it in figures."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def differ_in_one(one: str, other: str) -> bool:
    """Tells whether two texts of the same length differ in just one letter."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def trie(words: Iterable[str]) -> str:
    """Returns a pattern for any of these words, the longest first, that looks at every character once."""
    tree: _Tree = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = {}
    return _pattern(tree)


def _pattern(node: _Tree) -> str:
    branches = [re.escape(char) + _pattern(child) for char, child in sorted(node.items()) if char != _END]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and _END not in node else f"(?:{'|'.join(branches)})"
    return body + "?" if _END in node else body
