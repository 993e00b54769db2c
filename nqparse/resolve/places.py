"""Resolving places: the code of each province, district and commune, and the province that it lies in.

    xã Tân Lập                         in a document of Lạng Sơn         the only one of that name there
    xã Tân Lập, huyện X, tỉnh Y        anywhere                          the one that the next names hold
    xã Sa Pả                           anywhere                          the only one of that name in the country

The day of the document says which of two times is meant: until 30/6/2025, or since 01/7/2025. Where the names leave
two units, there is no code; where these lie in two provinces, there is no province.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nqparse.document import PlaceValue
from nqparse.entities import Mention
from nqparse.fold import key
from nqparse.gazetteer import COMMUNES, DISTRICTS, Era, Unit, gazetteer
from nqparse.resolve.identifiers import Origin
from nqparse.ruleset import RuleSet

_REFORM = "2025-07"
_FIRST_KNOWN_YEAR = "2021"  # of older units the gazetteer does not know all
_FIRST_NEW_NAMES = "2025-04"  # documents that prepare the reform name units that are still to come
_LINK = re.compile(r"\s*(?:,|và|thuộc|của|-|–)?\s*")
_FORMER = re.compile(r"\s*\(?(?:cũ|trước đây|trước khi)\b")
_LONGEST_PROVINCE = 6  # words
# Words of level in the folded name of a body, and the words that end the name behind them.
_LEVEL_KEYS = ("tinh", "thanh pho", "tp", "huyen", "quan", "thi xa", "thi tran", "xa", "phuong", "dac khu")
_COMMITTEES = {"tinh": "tinh", "thanh": "thanh pho", "huyen": "huyen", "quan": "quan", "thi": "thi xa"}
_DISTRICT_KEYS = ("huyen", "quan", "thi xa")
_NAME_ENDS = frozenset(("khoa", "nhiem", "ky", "lan", "thu", "tinh", "huyen", "thanh"))


@dataclass(frozen=True, slots=True)
class _Within:
    """What is known of the units that hold one: a district and a province by their names."""

    district: str | None = None
    province: str | None = None


_NOWHERE = _Within()


class PlaceResolver:
    """Gives places their codes and provinces. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._until = rules.tables["place.codes-until-2025"].rows
        self._since = rules.tables["place.codes-since-2025"].rows
        self._merged = rules.tables["place.merged-into"].rows
        self._cities = frozenset(rules.terms["place.central-cities"].terms)
        self._later_cities = rules.tables["place.cities-since"].rows
        self._provinces = {key(name): name for name in (*self._since, *self._until)}
        self._names: dict[Era, dict[str, str]] = {
            "before": {code: name for name, code in reversed(self._until.items())},
            "since": {code: name for name, code in self._since.items()},
        }

    def resolve(self, text: str, mentions: Sequence[Mention], origin: Origin, date: str | None) -> None:
        """Sets `id`, `province` and `became` in the value of every place among `mentions` that can be told.

        Args:
            text: the flow's text.
            mentions: mentions in the order of the text; only those of type PLACE are looked at.
            origin: the issuer of the document and the bodies above it, the issuer last.
            date: the day of the document, as far as it is known ("2026-01-13", "2026-01", "2026").
        """
        places = [mention for mention in mentions if isinstance(mention.value, PlaceValue)]
        if date == _REFORM[:4]:
            date = None  # on which side of the reform it lies cannot be told
        own = self._own(origin.issuers, places, date)
        within = _NOWHERE
        following: PlaceValue | None = None
        start = 0
        for mention in reversed(places):
            value: PlaceValue = mention.value
            if following is None or not _LINK.fullmatch(text, mention.end, start):
                within = _NOWHERE
            elif self._rank(following, date) < self._rank(value, date):
                within = self._narrowed(within, following, date)
            elif self._rank(following, date) > self._rank(value, date):
                within = _NOWHERE  # "tỉnh A, huyện B"
            former = within.district is not None or _FORMER.match(text, mention.end) is not None
            self._settle(value, within, own, date, former=former)
            following, start = value, mention.start

    # -- where a name is looked for -------------------------------------------------------------------

    def _own(self, issuers: Iterable[str], places: Sequence[Mention], date: str | None) -> _Within:
        """Returns the district and province that the document comes from, else the only province that it names."""
        district = province = None
        for issuer in issuers:
            words = key(issuer).split()
            for at in range(len(words)):
                level, name = _level_at(words, at)
                if level in ("tinh", "thanh pho", "tp"):
                    province = self._province_in(words, name) or province
                elif level is not None:
                    end = next((after for after in range(name, len(words)) if words[after] in _NAME_ENDS), len(words))
                    unit = " ".join(words[name:end])
                    district = unit if level in _DISTRICT_KEYS else district
                    province = province or self._province_of(level, unit)
        if province is None:
            named = {found for place in places if (found := self._province(place.value, date))}
            province = named.pop() if len(named) == 1 else None
        return _Within(district, province)

    def _province_of(self, level: str, name: str) -> str | None:
        """Returns the province of the only unit of a level and a name, both folded."""
        units = [unit for unit in gazetteer().alike(name) if key(unit.level) == level] if name else []
        provinces = {self._names[unit.era][unit.province] for unit in units}
        return provinces.pop() if len(provinces) == 1 else None

    def _province_in(self, words: list[str], at: int) -> str | None:
        for end in range(min(at + _LONGEST_PROVINCE, len(words)), at, -1):
            found = self._provinces.get(" ".join(words[at:end]))
            if found is not None:
                return found
        return None

    def _province(self, value: PlaceValue, date: str | None) -> str | None:
        """Returns the name of a province in its usual spelling; None if this is none, or has no word of level."""
        name = self._provinces.get(key(value.name or ""))
        if name is None or value.level == "tỉnh":
            return name
        if value.level not in ("thành phố", "thủ đô"):
            return None
        since = self._later_cities.get(name)
        return name if name in self._cities or (since and date and date >= since[: len(date)]) else None

    def _rank(self, value: PlaceValue, date: str | None) -> int:
        """Returns 0 for a province, 1 for a district, 2 for a commune, 3 for all else."""
        if self._province(value, date) is not None or (
            value.level is None and key(value.name or "") in self._provinces
        ):
            return 0
        return 1 if value.level in DISTRICTS else 2 if value.level in COMMUNES else 3

    def _narrowed(self, within: _Within, value: PlaceValue, date: str | None) -> _Within:
        if self._rank(value, date) == 0:
            return _Within(None, self._provinces[key(value.name or "")])
        return _Within(value.name, within.province) if value.level in DISTRICTS else within

    # -- one place --------------------------------------------------------------------------------------

    def _settle(self, value: PlaceValue, within: _Within, own: _Within, date: str | None, *, former: bool) -> None:
        if value.name is None:
            return
        province = self._province(value, date)
        if province is not None:
            value.id = value.id or self._province_code(province, date)
            return
        if value.level not in DISTRICTS | COMMUNES or (date is None and value.name in self._later_cities):
            return
        units = [unit for unit in gazetteer().named(value.name) if unit.level == value.level]
        for era in _eras(date, former=former):
            of_era = [unit for unit in units if era is None or unit.era == era]
            found = self._held(of_era, within, own, date)
            if found:
                codes = {unit.code for unit in found}
                provinces = {self._names[unit.era][unit.province] for unit in found}
                value.id = codes.pop() if len(codes) == 1 else None
                value.province = provinces.pop() if len(provinces) == 1 else None
                heirs = {unit.became for unit in found if unit.became}
                value.became = list(heirs.pop()) if value.id and len(heirs) == 1 else None
                return
        if not units:
            value.suggestion = self._suggestion(value, within.province or own.province, date, former=former)

    def _suggestion(self, value: PlaceValue, province: str | None, date: str | None, *, former: bool) -> str | None:
        """Returns the unit of a province that a name which is none anywhere may stand for, as after OCR."""
        if province is None or date is None or date < _FIRST_KNOWN_YEAR:
            return None
        for era in _eras(date, former=former):
            if era is not None:
                unit = gazetteer().near(value.name or "", value.level or "", era, self._codes(province, era, date))
                if unit is not None:
                    return f"{unit.level} {unit.name}"
        return None

    def _held(self, units: list[Unit], within: _Within, own: _Within, date: str | None) -> list[Unit]:
        """Returns the units that lie where they must: where the text says, else where the document comes from."""
        if within.province is not None:
            units = [unit for unit in units if unit.province in self._codes(within.province, unit.era, date)]
        if within.district is not None:
            districts = {unit.code for unit in gazetteer().named(within.district) if unit.level in DISTRICTS}
            units = [unit for unit in units if unit.district in districts]
        if within.province is None and own.province is not None:
            near = [unit for unit in units if unit.province in self._codes(own.province, unit.era, date)]
            if not near and len({unit.code for unit in units}) > 1:
                return []
            units = near or units
        if within.district is None and own.district is not None and len(units) > 1:
            districts = {unit.code for unit in gazetteer().alike(own.district) if unit.level in DISTRICTS}
            units = [unit for unit in units if unit.district in districts] or units
        return units

    def _codes(self, province: str, era: Era, date: str | None) -> set[str]:
        """Returns the codes of a province in an era; for a document since the reform also of what went into it."""
        if era == "since":
            heir = self._merged.get(province, province)
            return {self._since[heir]} if heir in self._since else set()
        names = {province}
        if date is None or date >= _REFORM:
            names |= {old for old, new in self._merged.items() if new == province}
        return {self._until[name] for name in names if name in self._until}

    def _province_code(self, name: str, date: str | None) -> str | None:
        if date is None:
            return None
        return (self._since if date >= _REFORM else self._until).get(name)


def _level_at(words: list[str], at: int) -> tuple[str | None, int]:
    """Returns the word of level at a folded word, and where the name behind it begins."""
    if words[at] in _COMMITTEES and words[at + 1 : at + 2] in (["uy"], ["doan"]):
        return _COMMITTEES[words[at]], at + 2  # "Tỉnh ủy", "Huyện đoàn"
    for length in (2, 1):
        level = " ".join(words[at : at + length])
        if level in _LEVEL_KEYS and words[at : at + 2] != ["xa", "hoi"] and not (at and words[at - 1] == "thi"):
            return level, at + length
    return None, at


def _eras(date: str | None, *, former: bool) -> tuple[Era | None, ...]:
    """Returns the eras to look in, the likeliest first; None stands for both."""
    if former or (date is not None and date < _FIRST_NEW_NAMES):
        return ("before",)
    if date is not None and date >= _REFORM:
        return ("since", "before")
    return (None,)
