"""Pinpoints: the place in a document that stands before its name ("điểm a khoản 2 Điều 5 Nghị định …").

A pinpoint is read backwards from the document: the run of levels, labels and joining words that ends there is
taken as a whole ("khoản 3, khoản 4 Điều 8 và khoản 3 Điều 10 của" is one), and then laid out as a list of places.
Both orders are known: from the smallest level to the largest, and the other way round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nqparse.document import Pinpoint
from nqparse.ruleset import RuleSet

# Longer enumerations are not read: no run of places in the wild comes near.
_REACH = 500
_TAIL = 24
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")

_POINT, _CLAUSE, _ARTICLE, _ABOVE = range(4)
# Levels above the article (Mục, Chương, Phần) belong to the span, but the contract has no field for them.
_LEVELS = {"diem": _POINT, "tiet": _POINT, "doan": _POINT, "khoan": _CLAUSE, "dieu": _ARTICLE}
_FIELDS = ("point", "clause", "article")
_RANGE = frozenset({"den", "toi", "-", "–"})
_CLOSING = frozenset({"cua", ","})

Place = dict[int, str]


@dataclass(frozen=True, slots=True)
class PinpointRun:
    """A run of places before a document.

    `start`/`end` are the offsets of the places alone, without "của"; `places` holds one entry per place, in the
    order in which they are written. It is empty where only a chapter or part is named.
    """

    start: int
    end: int
    places: list[Pinpoint]


class PinpointReader:
    """Reads the places that are named before a document. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._token = rules.regex("pinpoint.token")
        self._end = rules.regex("pinpoint.end")

    def before(self, text: str, folded: str, low: int, at: int) -> PinpointRun | None:
        """Returns the run of places that ends right before `at`, or None.

        Args:
            text: the normalised text; labels are read from it ("đ" is not "d").
            folded: the same, folded.
            low: where the range begins that may be read.
            at: where the document's type word begins.
        """
        tail = folded[max(low, at - _TAIL) : at]
        return None if self._end.search(tail) is None else self.read(text, folded, low, at)

    def read(self, text: str, folded: str, low: int, at: int) -> PinpointRun | None:
        """Returns the run of places that ends at `at`, whatever stands there, or None."""
        tokens = self._run(folded, max(low, at - _REACH), at)
        while tokens and tokens[-1]["sep"] in _CLOSING:
            tokens.pop()
        # "quy định chi tiết khoản 2": a level without a label begins nothing.
        labelled = (i for i in range(len(tokens) - 1) if tokens[i]["noun"] and tokens[i + 1]["item"])
        tokens = tokens[next(labelled, len(tokens)) :]
        if len(tokens) < 2 or tokens[-1]["item"] is None:
            return None
        groups = _groups(tokens, text)
        # A plural's "các" and a range's "từ" lead the places in and stay outside.
        return PinpointRun(tokens[0].start("level"), tokens[-1].end(), _places(groups))

    def _run(self, folded: str, low: int, at: int) -> list[re.Match[str]]:
        """Returns the tokens that follow each other without a gap up to `at`."""
        run: list[re.Match[str]] = []
        position = low
        match = self._token.search(folded, position, at)
        while match is not None:
            gap = folded[position : match.start()]
            if run and (gap.strip() or _BLANK_LINE.search(gap)):
                run.clear()
            # A label must stand free: "a" is one in "điểm a", not in "ba".
            if match["sep"] is None and match.start() > low and folded[match.start() - 1].isalnum():
                run.clear()
            else:
                run.append(match)
            position = match.end()
            match = self._token.search(folded, position, at)
        rest = folded[position:at]
        return [] if rest.strip() or _BLANK_LINE.search(rest) else run


def _groups(tokens: list[re.Match[str]], text: str) -> list[tuple[int, list[str]]]:
    """Returns the labels by level, in the order written; a range is one label ("5-9")."""
    groups: list[tuple[int, list[str]]] = []
    spans = False
    for token in tokens:
        if token["noun"]:
            level = _LEVELS.get(token["level"], _ABOVE)
            # "Điều 5 đến Điều 9" is one range, with its level said twice.
            if not (spans and groups and groups[-1][0] == level):
                groups.append((level, []))
        elif token["sep"]:
            spans = token["sep"] in _RANGE
        elif groups:
            label = text[slice(*token.span("item"))].lower()
            labels = groups[-1][1]
            if spans and labels:
                labels[-1] = f"{labels[-1]}-{label}"
            else:
                labels.append(label)
            spans = False
    return [(level, labels) for level, labels in groups if labels]


def _places(groups: list[tuple[int, list[str]]]) -> list[Pinpoint]:
    below = [(level, labels) for level, labels in groups if level != _ABOVE]
    if not below:
        return []
    descends = any(level > below[-1][0] for level, _ in below)
    found = _descending(below) if descends else _ascending(below)
    return [Pinpoint.made(**{_FIELDS[level]: label for level, label in place.items()}) for place in found]


def _ascending(groups: list[tuple[int, list[str]]]) -> list[Place]:
    """Lays out "điểm a, b khoản 1, khoản 2 Điều 5 và Điều 6": a level closes all smaller ones still open."""
    done: list[Place] = []
    for level, labels in groups:
        smaller = [place for place in done if max(place) < level]
        kept = [place for place in done if max(place) >= level]
        if smaller:
            done = kept + [{**place, level: label} for label in labels for place in smaller]
        else:
            done = kept + [{level: label} for label in labels]
    return done


def _descending(groups: list[tuple[int, list[str]]]) -> list[Place]:
    """Lays out "Điều 5 khoản 1, khoản 2 điểm a": a level is the place inside the last larger one."""
    done: list[Place] = []
    inside: Place = {}
    for level, labels in groups:
        inside = {larger: label for larger, label in inside.items() if larger > level}
        if done and done[-1] == inside:
            done.pop()
        done += [{**inside, level: label} for label in labels]
        inside = done[-1]
    return done
