"""Is it a resolution? Told by the letterhead and the type line, which the parser reads in the head of the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nqparse.fold import fold
from nqparse.pipeline import Parser, Structure
from nqparse.ruleset import RuleSet
from nqparse.scan.record import Answer

_HEAD = 3_000  # characters; letterhead, type line and title end in them
_BEFORE_TYPE = 1_500  # of a letterhead above its type line, where a portal's chrome comes first
_LONGEST_TYPE = 60
_TYPE_RULES = ("zone.type", "zone.type-other")
_TO_WHOM = "zone.to-whom"
_EDGES = " \t\r*_#|>\\"
_RESOLUTION = "nghị quyết"
_LETTER = "công văn"


@dataclass(frozen=True, slots=True)
class Kind:
    """Whether a text is a resolution, and what it says that it is, if it does."""

    resolution: Answer
    name: str | None = None


def kind_of(text: str, parser: Parser) -> Kind:
    """Tells what a text is by its head."""
    if _is_data(text):
        return Kind("no")
    found = _judge(_cut(text, 0, _HEAD), parser)
    if found.resolution == "yes" or found.name is not None or len(text) <= _HEAD:
        return found
    type_line = next(type_lines(text, parser.rules, _HEAD), None)
    if type_line is None:
        return found
    return _judge(_cut(text, max(0, type_line - _BEFORE_TYPE), _HEAD), parser)


def _is_data(text: str) -> bool:
    """Tells whether a text is JSON or JSON Lines: data, which may well hold a resolution, but is none."""
    start = text[:_HEAD].lstrip()
    if start[:1] not in ("{", "["):
        return False
    for whole in (text, start.split("\n", 1)[0]):
        try:
            json.loads(whole)
        except (ValueError, RecursionError):
            continue
        return True
    return False


def _cut(text: str, start: int, size: int) -> str:
    """Returns whole lines of a text from about `start` on."""
    start = text.rfind("\n", 0, start) + 1
    end = text.rfind("\n", start, start + size)
    return text[start:] if start + size >= len(text) else text[start : end if end > start else start + size]


def _judge(head: str, parser: Parser) -> Kind:
    header, structure = parser.header(head)
    cues = {cue for line in structure.flow.lines for cue, _ in line.cues}
    if header.doc_type is not None:
        name = header.doc_type.value
        if fold(name).startswith("nghi quyet"):
            return Kind("yes", name if name.startswith(_RESOLUTION) else _RESOLUTION)
        return Kind("no", name)
    headed = any((header.national_name, header.issuer, header.parent_issuer, header.symbol))
    if _TO_WHOM in cues and headed:
        return Kind("no", _LETTER)
    for code in header.symbol.codes if header.symbol is not None else ():
        coded = _names_of_codes(parser.rules).get(fold(code))
        if coded is not None:
            return Kind("yes" if coded.startswith(_RESOLUTION) else "no", coded)
    return Kind("yes", _RESOLUTION) if _resolves(structure) else Kind("unknown")


def _resolves(structure: Structure) -> bool:
    """Tells whether the formula stands there with which only resolutions resolve."""
    flow = structure.flow
    return any(
        state == "formula" and flow.folded.startswith(("quyet nghi", "ra nghi quyet"), line.start)
        for line, state in zip(flow.lines, structure.states, strict=True)
    )


@lru_cache(maxsize=4)
def _names_of_codes(rules: RuleSet) -> dict[str, str]:
    """Returns the names of types by their folded codes (`rules/citations.yaml`)."""
    found: dict[str, str] = {}
    for key, words in rules.terms.items():
        if key.startswith("doctype."):
            name, *codes = words.terms
            found.update((fold(code), name) for code in codes)
    return found


def may_hold_several(text: str, rules: RuleSet) -> bool:
    """Tells quickly whether there is more than one line that looks like the type line of a document."""
    return sum(1 for _, _ in zip(type_lines(text, rules), range(2), strict=False)) > 1


def type_lines(text: str, rules: RuleSet, start: int = 0) -> Iterator[int]:
    """Yields where lines begin that look like a type line, or like the address of an official letter."""
    patterns = [rules.lines[rule].regex for rule in _TYPE_RULES]
    to_whom = rules.lines[_TO_WHOM].regex
    at = start
    for line in fold(text[start:]).split("\n"):
        body = line.strip(_EDGES)
        if 3 < len(body) <= _LONGEST_TYPE:
            if any(pattern.match(body) for pattern in patterns) or "".join(body.split()) == "nghiquyet":
                yield at
        if body.startswith("kinh gui") and to_whom.match(body):
            yield at
        at += len(line) + 1
