"""`python -m benchmarks noise`: what is left of the skeleton when letters are read wrongly.

The texts of annotated specimens are damaged as OCR of Vietnamese damages them, with a fixed seed; the gold follows
each letter to its new place. The figure is the F1 of the skeleton (letterhead, bases, formula, sections under their
parents, closing, recipients, signatures), in points below that of the undamaged text.
"""

from __future__ import annotations

import random
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from benchmarks.measure import Row
from benchmarks.texts import GOLD, ROOT, Texts
from nqparse.gold import Gold, GoldCase, GoldSection, Span, gold_folders, load_case
from nqparse.gold_write import document_to_gold
from nqparse.pipeline import parse
from nqparse.scoring import SKELETON, Tally, loose, score

RATES = (0.01, 0.02, 0.05)
SEEDS = (1, 2, 3)
# The date as a value says what was written; where its figures are damaged, another value is right.
FIGURES = tuple(figure for figure in SKELETON if figure != "header.date_value")

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_HATS = {"a": ("", "\u0302", "\u0306"), "e": ("", "\u0302"), "o": ("", "\u0302", "\u031b"), "u": ("", "\u031b")}
_VOWELS = "aeiouy"
# What OCR takes for what, and how likely, against a mark that is lost or changed.
_ALIKE: dict[str, str] = {
    "l": "1I", "I": "l1", "1": "lI", "i": "l", "O": "0Q", "0": "O", "o": "c", "Đ": "D", "đ": "d", "D": "Đ",
    "m": "nn", "n": "u", "u": "n", "h": "b", "c": "e", "e": "c", "t": "f", "g": "q", "S": "5", "5": "S", "6": "ó",
    "8": "B", "B": "8", "N": "M", "H": "N", "T": "I", "Ư": "U", ".": ",", ",": ".", ";": ":,", ":": ";.", "-": "_",
    "/": "I", "“": "\"", "”": "\"", "(": "{", ")": "}",
}  # fmt: skip
_PAIRS = {"rn": "m", "m": "rn", "ll": "U", "cl": "d"}
_WEIGHTS = {"marked": 6.0, "vowel": 0.6, "alike": 1.0, "sign": 1.0, "space": 0.25, "other": 0.1}


class Damage:
    """A damaged text, and where each offset of the old one is in it."""

    def __init__(self, text: str, rate: float, seed: int) -> None:
        """Damages a text.

        Args:
            text: the text.
            rate: the share of its characters that are to be wrong.
            seed: what the choice depends on, with the text.
        """
        made = random.Random(seed * 1_000_003 + zlib.crc32(text.encode()))
        weights = [_weight(char) for char in text]
        total = sum(weights) or 1.0
        scale = rate * len(text) / total
        parts: list[str] = []
        for char, weight in zip(text, weights, strict=True):
            parts.append(_other(char, made) if made.random() < weight * scale else char)
        self.text = "".join(parts)
        self._places = [0, *accumulate(map(len, parts))]

    def at(self, offset: int) -> int:
        """Returns where an offset of the old text is in the new one."""
        return self._places[offset]


def _marks(char: str) -> tuple[str, str, str]:
    """Returns a letter without marks, its hat and its tone."""
    base, *marks = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in marks if mark in _TONES), "")
    hat = "".join(mark for mark in marks if mark not in _TONES)
    return base, hat, tone


def _weight(char: str) -> float:
    if char == " ":
        return _WEIGHTS["space"]
    if char.isspace():
        return 0.0
    if not char.isascii() and char.isalpha():
        return _WEIGHTS["marked"]
    if char.lower() in _VOWELS:
        return _WEIGHTS["vowel"]
    if char in _ALIKE:
        return _WEIGHTS["alike" if char.isalnum() else "sign"]
    return _WEIGHTS["other"] if char.isalnum() else 0.0


def _other(char: str, made: random.Random) -> str:
    """Returns what OCR may read for a character."""
    if char == " ":
        return ""
    base, hat, tone = _marks(char)
    if base.lower() in _VOWELS and (hat or tone or made.random() < 0.5):
        tones = [other for other in _TONES if other != tone]
        hats = [other for other in _HATS.get(base.lower(), ("",)) if other != hat]
        if hats and made.random() < 0.3:
            hat = made.choice(hats)
        else:
            tone = "" if tone and made.random() < 0.3 else made.choice(tones)
        return unicodedata.normalize("NFC", base + hat + tone)
    if char in _PAIRS and made.random() < 0.5:
        return _PAIRS[char]
    return made.choice(_ALIKE.get(char, "" if char.isalpha() else char) or [""])


def damaged(case: GoldCase, rate: float, seed: int) -> GoldCase:
    """Returns a specimen with a damaged text, and its gold at the new places."""
    damage = Damage(case.text, rate, seed)

    def moved(span: Span) -> Span:
        start, end = damage.at(span.start), damage.at(span.end)
        return Span(start=start, end=end, text=damage.text[start:end])

    def sections(old: Sequence[GoldSection]) -> list[GoldSection]:
        return [_moved_section(section, case.text, damage, sections(section.children)) for section in old]

    plain = case.gold.model_dump(by_alias=True)
    gold = Gold.model_validate(_walk(plain, lambda span: moved(Span(**span)).model_dump()))
    return GoldCase(
        case.name,
        damage.text,
        gold.model_copy(update={"length": len(damage.text), "body": sections(case.gold.body), "alts": {}}),
    )


def _as_found(case: GoldCase) -> GoldCase:
    """Returns a specimen whose gold has each single value where the undamaged text is read, if it says the same there.

    A name may stand twice, and gold quotes the first; with damage the two are no longer the same.
    """
    found = document_to_gold(parse(case.text, structure_only=True))
    sides = [(case.gold.header, found.header), (case.gold.preamble, found.preamble)]
    changed = []
    for gold_part, found_part in sides:
        update = {}
        for field in type(gold_part).model_fields:
            one, other = getattr(gold_part, field), getattr(found_part, field)
            if isinstance(one, Span) and isinstance(other, Span) and loose(one.text) == loose(other.text):
                update[field] = other
        changed.append(gold_part.model_copy(update=update))
    gold = case.gold.model_copy(update={"header": changed[0], "preamble": changed[1]})
    return GoldCase(case.name, case.text, gold)


def _walk(value: object, move: object) -> object:
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            return move(value)  # type: ignore[operator]
        return {key: _walk(item, move) for key, item in value.items() if key != "entities"} | (
            {"entities": []} if "entities" in value else {}
        )
    return [_walk(item, move) for item in value] if isinstance(value, list) else value


def _moved_section(section: GoldSection, text: str, damage: Damage, children: list[GoldSection]) -> GoldSection:
    number = section.number
    at = text.find(number, section.start, section.start + 60) if number else -1
    if at >= 0:  # the number as it is written now
        number = damage.text[damage.at(at) : damage.at(at + len(number))]
    return section.model_copy(update={"start": damage.at(section.start), "number": number, "children": children})


def tally_of(case: GoldCase) -> Tally:
    """Returns how much of the skeleton of a specimen is right."""
    found = score(case.name, case.gold, document_to_gold(parse(case.text, structure_only=True)))
    return sum((found.tallies[figure] for figure in FIGURES), Tally())


def losses(folders: Sequence[Path | str]) -> Iterator[Row]:
    """Yields the F1 of the undamaged texts, and by how many points it falls at each rate."""
    cases = [_as_found(load_case(folder)) for folder in gold_folders(folders)]
    whole = sum(map(tally_of, cases), Tally())
    on = f"{len(cases)} specimens, {len(SEEDS)} seeds"
    yield Row("noise", "skeleton F1, undamaged", 100 * (whole.f1 or 0.0), "", on)
    for rate in RATES:
        runs = []
        for seed in SEEDS:
            tally = sum((tally_of(damaged(case, rate, seed)) for case in cases), Tally())
            runs.append(100 * ((whole.f1 or 0.0) - (tally.f1 or 0.0)))
        yield Row("noise", f"loss at {rate:.0%} wrong letters", sum(runs) / len(runs), "points", on, runs)


def compare(_texts: Texts, _runs: int, _times: Sequence[int]) -> list[Row]:
    """Returns the rows for the real documents with gold; for the specimens where those are not at hand."""
    return list(losses([GOLD if GOLD.is_dir() else ROOT / "corpus"]))
