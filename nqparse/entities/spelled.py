"""Amounts of money that are spelled out ("bảy nghìn không trăm chín mươi ba tỷ, tám trăm triệu đồng")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nqparse.entities.number_words import NumberWords
from nqparse.entities.scope import Scope
from nqparse.fold import fold

DONG = "đồng"
PLAIN_DONG = fold(DONG)
_LEAST = 1000  # smaller numbers in words before "đồng" are hardly money ("một đồng chí")
_MOST_WORDS = 40
_GAPS = " \t\n,"


class Spelled(NamedTuple):
    """An amount in words, with its currency inside the span."""

    start: int
    end: int
    value: int


def spelled_out(scope: Scope, words: NumberWords) -> Iterator[Spelled]:
    """Yields the runs of number words that end in "đồng" and make an amount."""
    text, folded = scope.text, scope.folded
    at = folded.find(PLAIN_DONG, scope.start, scope.end)
    while at >= 0:
        after = at + len(DONG)
        if (scope.plain or text[at:after].lower() == DONG) and not text[after : after + 1].isalpha():
            found = _before(scope, words, at)
            if found is not None:
                start, value = found
                yield Spelled(start, after, value)
        at = folded.find(PLAIN_DONG, after, scope.end)


def _before(scope: Scope, words: NumberWords, at: int) -> tuple[int, int] | None:
    """Returns start and value of the number in words that ends before `at`."""
    text = scope.text
    stop = _without_gap(scope, at)
    starts: list[int] = []
    begin = stop
    while len(starts) < _MOST_WORDS:
        end = _without_gap(scope, begin)
        low = end
        while low > scope.start and text[low - 1].isalpha():
            low -= 1
        if low == end or (starts and end == begin) or not words.builds(text[low:end]):
            break
        starts.append(low)
        begin = low
    if scope.written_before(begin, _MOST_WORDS).rstrip()[-1:].isdigit():
        return None  # figures are its head ("2 triệu năm trăm nghìn đồng"): the value is not in the words alone
    for start in reversed(starts):
        reading = words.read(text, start, stop)
        if reading is not None and reading.end == stop and reading.value >= _LEAST:
            return start, reading.value
    return None


def _without_gap(scope: Scope, at: int) -> int:
    while at > scope.start and scope.text[at - 1] in _GAPS:
        at -= 1
    return at
