"""Snippets: where in a text the words of a query stand, and the piece of it that shows them best."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nqparse.archive.passages import Span
from nqparse.archive.query_language import Term
from nqparse.archive.words import Word, words

_LENGTH = 240  # code points
_LEAD = 60  # code points before the first hit


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a document's text: `text[start:end]`, with the places of what was found, counted in the whole text."""

    text: str
    start: int
    end: int
    highlights: list[Span]

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Yields the snippet in pieces, each with whether it was found."""
        at = self.start
        for start, end in self.highlights:
            if start > at:
                yield self.text[at - self.start : start - self.start], False
            yield self.text[start - self.start : end - self.start], True
            at = end
        if at < self.end:
            yield self.text[at - self.start :], False


def occurrences(text: str, spans: Sequence[Span], terms: Sequence[Term]) -> Iterator[tuple[int, list[Span]]]:
    """Yields what is found of the terms: the place of the term among them, and where it stands.

    A phrase that runs over the end of a piece of text stands in several places.

    Args:
        text: the document's text.
        spans: the pieces of it that are searched; words run on from one into the next.
        terms: what is looked for.
    """
    by_first: defaultdict[str, list[int]] = defaultdict(list)
    prefixes: list[int] = []
    for number, term in enumerate(terms):
        if term.prefix and len(term.keys) == 1:
            prefixes.append(number)
        else:
            by_first[term.keys[0]].append(number)
    beginnings = tuple(terms[number].keys[0] for number in prefixes)
    found = [(word, piece) for piece, (start, end) in enumerate(spans) for word in words(text, start, end)]
    for at, (word, _) in enumerate(found):
        for number in by_first.get(word.key, ()):
            if _matches(found, at, terms[number]):
                yield number, _places(found[at : at + len(terms[number].keys)])
        if beginnings and word.key.startswith(beginnings):
            for number in prefixes:
                if word.key.startswith(terms[number].keys[0]):
                    yield number, [(word.start, word.end)]


def _matches(found: Sequence[tuple[Word, int]], at: int, term: Term) -> bool:
    if at + len(term.keys) > len(found):
        return False
    last = len(term.keys) - 1
    return all(
        found[at + step][0].key.startswith(key) if term.prefix and step == last else found[at + step][0].key == key
        for step, key in enumerate(term.keys)
    )


def _places(found: Sequence[tuple[Word, int]]) -> list[Span]:
    """Returns where words stand, those of the same piece of text as one place."""
    places: list[tuple[int, int, int]] = []
    for word, piece in found:
        if places and places[-1][2] == piece:
            places[-1] = (places[-1][0], word.end, piece)
        else:
            places.append((word.start, word.end, piece))
    return [(start, end) for start, end, _ in places]


def snippet_of(text: str, spans: Sequence[Span], found: Sequence[tuple[int, list[Span]]]) -> Snippet:
    """Returns the piece of the text that shows most of what was found.

    Args:
        text: the document's text.
        spans: the pieces of it that were searched.
        found: what `occurrences` found.
    """
    places = sorted((start, end, number) for number, pieces in found for start, end in pieces)
    first = _densest(places)
    around = spans[0] if first is None else _around(spans, first)
    start, end = _window(text, around, around[0] if first is None else first)
    shown = _merged([(s, min(e, end)) for s, e, _ in places if start <= s < end])
    return Snippet(text[start:end], start, end, shown)


def _around(spans: Sequence[Span], at: int) -> Span:
    return next((span for span in spans if span[0] <= at < span[1]), spans[0])


def _densest(places: Sequence[tuple[int, int, int]]) -> int | None:
    """Returns the place from which a snippet holds most terms, and of these the most hits; None without places."""
    best: tuple[int, int] = (0, 0)
    found = None
    inside: Counter[int] = Counter()
    right = 0
    for left, (start, _, number) in enumerate(places):
        while right < len(places) and places[right][1] <= start + _LENGTH - _LEAD:
            inside[places[right][2]] += 1
            right += 1
        if (len(inside), right - left) > best:
            best = (len(inside), right - left)
            found = start
        if right > left:
            inside[number] -= 1
            if not inside[number]:
                del inside[number]
        else:  # a phrase that is longer than a snippet
            found = start if found is None else found
            right = left + 1
    return found


def _window(text: str, around: Span, first: int) -> Span:
    """Returns the bounds of the snippet with a hit at `first`, at the ends of words if it can be."""
    low, high = around
    start = max(low, first - _LEAD)
    end = min(high, start + _LENGTH)
    start = max(low, min(start, end - _LENGTH))
    if start > low:
        gap = next((at for at in range(start, first) if text[at - 1].isspace()), None)
        start = gap if gap is not None else start
    if end < high:
        gap = next((at for at in range(end, max(first + 1, end - _LEAD), -1) if text[at].isspace()), None)
        end = gap if gap is not None else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
