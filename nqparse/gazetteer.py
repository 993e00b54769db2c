"""The gazetteer: districts and communes of Vietnam before and since 01/7/2025, by level and name.

The table (`rules/units.tsv`, 15,000 lines sorted by folded name) is read when it is first asked, and searched by
bisection as it stands: no index of it is made, for most documents ask for a dozen names.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from nqparse.fold import fold, squeeze
from nqparse.ruleset import builtin_folder

UNITS_FILE = "units.tsv"
Era = Literal["before", "since"]

_SHORTEST_NEAR = 6  # letters and marks
DISTRICTS = frozenset(("thành phố", "thị xã", "quận", "huyện"))
COMMUNES = frozenset(("xã", "phường", "thị trấn", "đặc khu"))
_TONES = frozenset("\u0300\u0301\u0309\u0303\u0323")


class Unit(NamedTuple):
    """A district or commune.

    Attributes:
        level: its level in small letters: "huyện", "xã".
        name: its name without the level.
        code: the code of the General Statistics Office: 3 digits for a district, 5 for a commune.
        district: the code of the district that a former commune was a part of, else empty.
        province: the code of its province, of 2 digits, as of its era.
        era: whether it was a unit until 30/6/2025 or is one since 01/7/2025.
        became: the codes of the communes that a former commune became, where that is known.
    """

    level: str
    name: str
    code: str
    district: str
    province: str
    era: Era
    became: tuple[str, ...] = ()


class Gazetteer:
    """Looks units up by their names."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._provinces: dict[str, list[Unit]] = {}

    def named(self, name: str) -> list[Unit]:
        """Returns the units whose name is `name`: the same letters and tones, wherever the tone mark is put.

        A name in capitals, or one without its diacritics, is another name; `alike` finds it.
        """
        written = spelling(name)
        return [unit for unit in self.alike(name) if spelling(unit.name) == written]

    def alike(self, name: str) -> list[Unit]:
        """Returns the units whose name differs from `name` in nothing but capitals and diacritics."""
        return list(self._at(fold(squeeze(name))))

    def near(self, name: str, level: str, era: Era, provinces: Collection[str]) -> Unit | None:
        """Returns the one unit of some provinces that a damaged name may stand for, or None.

        It has one letter or mark more, less or other, and no other unit there is as near. Short names have too many
        neighbours to tell.

        Args:
            name: a name that `named` does not know.
            level: the level of the unit.
            era: the era of the unit.
            provinces: the codes of the provinces to look in.
        """
        written = spelling(name)
        if len(written) < _SHORTEST_NEAR:
            return None
        units = [unit for province in provinces for unit in self._of_province(province) if unit.level == level]
        units = [unit for unit in units if unit.era == era]
        near = {unit.code: unit for unit in units if _distance(written, unit.name) <= 1}
        return next(iter(near.values())) if len(near) == 1 else None

    def _of_province(self, code: str) -> list[Unit]:
        if code not in self._provinces:
            field = f"\t{code}\t"
            units = (_unit(line) for line in self._lines if field in line)
            self._provinces[code] = [unit for unit in units if unit.province == code]
        return self._provinces[code]

    def _at(self, key: str) -> Iterator[Unit]:
        start = f"{key}\t"
        at = bisect_left(self._lines, start)
        while at < len(self._lines) and self._lines[at].startswith(start):
            yield _unit(self._lines[at])
            at += 1


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Returns the gazetteer that comes with nqparse, read once."""
    lines = (builtin_folder() / UNITS_FILE).read_text(encoding="utf-8").splitlines()
    return Gazetteer([line for line in lines if line[:1] != "#"])


def spelling(name: str) -> str:
    """Returns a key for names that are spelled alike: small letters with their tones, on whatever vowel they stand."""
    letters = unicodedata.normalize("NFD", squeeze(name).lower()).replace("’", "'")
    return " ".join(map(_tone_last, letters.split(" ")))


def _distance(written: str, name: str) -> int:
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    return Levenshtein.distance(written, spelling(name), score_cutoff=1)


def _tone_last(syllable: str) -> str:
    tones = "".join(char for char in syllable if char in _TONES)
    return "".join(char for char in syllable if char not in _TONES) + tones


def _unit(line: str) -> Unit:
    _, level, name, code, district, province, era, *became = line.split("\t")
    heirs = tuple(became[0].split(",")) if became else ()
    return Unit(level, name, code, district, province, "before" if era == "before" else "since", heirs)
