"""Places: a word of level and the name behind it ("huyện Mèo Vạc"), and the few names that stand without one.

    place = level , ( number | name ) | province | country | region ;
    list  = plural , level , name , { ( "," | "và" ) , name }
          | plural , level , [ words ] , ( ":" | "(" ) , name , { ( "," | "và" ) , name } ;

Each name of a list is a place; the level goes with the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nqparse.document import PlaceValue
from nqparse.entities.name_ends import NameEnds
from nqparse.entities.words import PhraseTable, Words, is_syllable, phrases, plain
from nqparse.fold import fold, squeeze
from nqparse.gazetteer import gazetteer
from nqparse.ruleset import RuleSet

# Tells of a word in capitals whether a name ends before it.
Stop = Callable[[Words, int], bool]

_SHORT_LEVELS = {
    "TP": "thành phố", "TX": "thị xã", "TT": "thị trấn", "Q": "quận", "P": "phường", "H": "huyện",
    "KCN": "khu công nghiệp", "CCN": "cụm công nghiệp", "XÃ ĐẢO": "xã", "HUYỆN ĐẢO": "huyện",
}  # fmt: skip
_LONGEST_NAME = 5
_LONGEST_CAPS_NAME = 4
_LONGEST_NUMBER = 2  # digits
_DASHES = "-–"
_LIST_OPENERS = ("(", ":")
_LONGEST_LEAD = 12  # words between a plural of levels and the colon or bracket before its names
_NUMBERED_UNITS = frozenset(("phường", "quận"))
_NUMBERED_SINCE_2025 = frozenset(("xã", "phường", "đặc khu"))  # "xã A Lưới 1"


def _never(words: Words, at: int) -> bool:
    return False


@dataclass(slots=True)
class Place:
    """A place by its words: `first` to `end` (exclusive), its name from `name`; `level` as in the rules."""

    first: int
    name: int
    end: int
    level: str | None
    rule: str


class PlaceGrammar:
    """Reads places, and the places that close the name of an organisation."""

    def __init__(self, rules: RuleSet, ends: NameEnds) -> None:
        self._ends = ends
        self._codes = _unambiguous_codes(rules)
        self._cities = frozenset(map(fold, rules.terms["place.central-cities"].terms))
        self._variants = {fold(old): new for old, new in rules.tables["place.variants"].rows.items()}
        names = [
            *rules.tables["place.codes-until-2025"].rows,
            *rules.tables["place.variants"].rows,
            *rules.terms["place.former-provinces"].terms,
        ]
        # Behind a word of level a province is known even where its marks are damaged.
        self._provinces = PhraseTable({"province": names})
        self._known = PhraseTable(
            {
                "province": names,
                "country": rules.terms["place.countries"].terms,
                "island": rules.terms["place.islands"].terms,
                "state": rules.terms["place.state"].terms,
                "region": rules.terms["place.regions"].terms,
            },
            exact=("province", "country", "island"),
        )
        self._levels = phrases(rules, {"unit": "place.units", "land": "place.lands"})
        self._wary = frozenset(rules.terms["place.wary"].terms)
        self._numbered = frozenset(rules.terms["place.numbered"].terms)
        self._abbreviated = frozenset(rules.terms["place.abbreviated-units"].terms)
        self._not_behind = frozenset(map(plain, rules.terms["place.not-behind"].terms))
        self._plurals = frozenset(map(plain, rules.terms["place.plurals"].terms))
        self._known_only = frozenset(rules.terms["place.known-only"].terms)
        self._list_stops = phrases(rules, {"stop": "place.list-stops"}, exact=("stop",))

    def openers(self) -> tuple[PhraseTable, PhraseTable]:
        """Returns the tables of words of level, and of names that need none."""
        return self._levels, self._known

    # -- parts ------------------------------------------------------------------------------------

    def unit_at(self, words: Words, at: int, *, far: bool = False) -> tuple[int, str] | None:
        """Returns (end, term) of a word of an administrative level, or None."""
        found = self._levels.match(words, at, far=far)
        if found is None or found[1].kind != "unit":
            return None
        end, (_, term) = found
        if _is_society(words, at) or (term in self._wary and not words.capital(end)):
            return None  # "kinh tế - xã hội", "văn bản"
        if words.folded[end : end + 1] == ["uy"] and words.small(end):
            return None  # "tỉnh ủy, thành ủy"
        return end, term

    def known_at(self, words: Words, at: int) -> tuple[int, str] | None:
        """Returns (end, kind) of a province, country or region that begins at a word in capitals, or None."""
        if not words.capital(at):
            return None
        found = self._known.match(words, at)
        return (found[0], found[1].kind) if found else None

    def is_island(self, words: Words, at: int) -> bool:
        """Tells whether an island is named here without a word of land."""
        known = self._known.match(words, at)
        return known is not None and known[1].kind == "island" and all(words.capital(k) for k in range(at, known[0]))

    def name_at(
        self, words: Words, at: int, *, number: bool = False, least: int = 1, stop: Stop | None = None
    ) -> int:  # fmt: skip
        """Returns the end of a place's name that begins at a word, or `at` if there is none.

        Args:
            words: the words.
            at: where the name would begin.
            number: whether a number may be the name.
            least: how many capitals it must have where it is not known.
            stop: tells of a word in capitals whether the name ends before it.
        """
        if at >= words.size:
            return at
        if number and words.folded[at].isdigit() and len(words.folded[at]) <= _LONGEST_NUMBER:
            return (
                at + 1 if words.capital(at - 1) or words.folded[at - 1] == "so" or self._ends_number(words, at) else at
            )
        if not words.capital(at) or (stop is not None and stop(words, at)):
            return at
        province = self._provinces.match(words, at)
        if province is not None:
            return province[0]
        if words.caps(at):
            end = self._caps_name(words, at, stop) if at and words.caps(at - 1) else at
            end = max(end, self._unit_name(words, at))
            return end if end - at >= least else at
        end = at
        while end - at < _LONGEST_NAME and words.capital(end) and not words.caps(end):
            if end > at and (
                not self._goes_on(words, end, lone=end - at == 1) or (stop is not None and stop(words, end))
            ):
                break
            if self._ends.before_syllable(words, end):
                break
            end += 1
        while end - at < _LONGEST_NAME and words.capital(end) and words.joined(end - 1) and not words.caps(end):
            if not gazetteer().named(words.phrase(at, end + 1)):
                break
            end += 1  # "Tự Do", "Cửa Ông"
        if end - at == 1 and words.small(end) and self._is_unit_in_part(words, at):
            return at + 2  # "huyện Thanh oai"
        if end - at == 1 and not self._ends_word(words, at) and not gazetteer().named(words.raw(at)):
            return at
        if end - at < least:
            return at
        return end

    def _goes_on(self, words: Words, at: int, *, lone: bool) -> bool:
        """Tells whether a word in capitals goes on with the name before it, and not with a new line of its own.

        A `lone` syllable at the end of a line is seldom a whole name.
        """
        if not words.joined(at - 1):
            return False
        if not words.breaks(at - 1):
            return True
        ends = self._ends_word(words, at) or (lone and words.small(at + 1))
        return ends and self.unit_at(words, at) is None

    def _is_unit_in_part(self, words: Words, at: int) -> bool:
        """Tells whether a capital and a small syllable behind a word of level are a name that the gazetteer knows."""
        if not words.joined(at) or at == 0:
            return False
        levels = {plain(words.phrase(first, at)) for first in range(max(0, at - 2), at)}
        return any(unit.level in levels for unit in gazetteer().named(words.phrase(at, at + 2)))

    @staticmethod
    def _within_name(words: Words, at: int) -> int:
        """Returns where the capitals begin of a town named after a farm or street: "thị trấn nông trường Phong Hải"."""
        if words.folded[at : at + 2] == ["nong", "truong"]:
            return at + 2
        return at + 1 if words.raw(at - 1) == "trấn" and words.small(at) and words.raw(at) == "phố" else at

    def _unit_name(self, words: Words, at: int) -> int:
        """Returns the end of the longest unit that the gazetteer knows behind a word of level in capitals, or `at`."""
        if not self._ends_level(words, at - 1, at) and not self._ends_level(words, at - 2, at):
            return at
        for end in range(min(at + _LONGEST_CAPS_NAME, words.size), at + 1, -1):
            joined = all(words.joined(k) and words.capital(k + 1) for k in range(at, end - 1))
            if joined and gazetteer().named(words.phrase(at, end)):
                return end
        return at

    def _caps_name(self, words: Words, at: int, stop: Stop | None) -> int:
        end = at
        while end < words.size and words.text[words.spans[end][0]].isupper():
            if end - at == _LONGEST_CAPS_NAME:
                return at
            if self._ends.in_caps(words, end) or (end > at and stop is not None and stop(words, end)):
                break
            end += 1
            if words.breaks(end - 1) or not words.joined(end - 1):
                break
        return end

    def _ends_word(self, words: Words, at: int) -> bool:
        """Tells whether a single capital word is a name by itself and not the first half of a common word."""
        follows = at + 1
        if not words.small(follows) or not words.joined(at):
            return True
        return self._ends.is_function(words, follows) or self._levels.match(words, follows) is not None

    def _ends_number(self, words: Words, at: int) -> bool:
        follows = at + 1
        if follows >= words.size or words.breaks(at):
            return True
        if not words.is_word(follows):
            return words.folded[follows] not in "/%."
        if self._levels.match(words, follows) is not None:
            return True  # "phường 12 quận 3"
        return self._ends.is_function(words, follows) or words.capital(follows)

    # -- places -----------------------------------------------------------------------------------

    def level_at(
        self, words: Words, at: int, stop: Stop, is_person: Stop = _never, *, lists: bool = True
    ) -> list[Place]:
        """Returns the place that a word of level opens, with the list behind it; empty if there is none.

        Args:
            words: the words.
            at: the word.
            stop: tells of a word in capitals whether a name ends before it.
            is_person: tells of a word in capitals whether a person is named there.
            lists: whether lists are read; within the lead of a list they are not, so that none is read twice.
        """
        found = self._levels.match(words, at)
        if found is None:
            return []
        name, (kind, term) = found
        region = self._known.match(words, at)
        if region is not None and region[1].kind == "region":
            return [Place(at, at, region[0], "vùng", "place.regions")]
        if term in self._abbreviated or term.upper() == "TP":
            if name < words.size and words.folded[name] == ".":
                name += 1
            elif term in self._abbreviated and not self._known_unit(words, name, term):
                return []
            if term in self._known_only and not self._known_unit(words, name, term):
                return []
        elif not words.joined(name - 1):
            return []
        if _is_society(words, at) or (kind == "land" and not self._opens_land(words, at, name)):
            return []
        level = _SHORT_LEVELS.get(term.upper()) or plain(term)
        rule = f"place.{kind}s"
        least = 2 if term in self._wary or (kind == "land" and words.caps(at)) else 1
        if at and plain(words.raw(at - 1)) == "cấp":
            return []  # "CẤP TỈNH, CẤP XÃ"
        counted = at > 0 and words.folded[at - 1].isdigit() and not self._ends_level(words, at - 2, at - 1)
        plural = counted or self._is_plural(words, at)
        number = term in self._numbered and not counted
        farm = self._within_name(words, name) if kind == "unit" else name
        if number and words.folded[name : name + 1] == ["so"] and term not in _NUMBERED_UNITS:
            farm = name + 1  # "tổ dân phố số 2"
        if kind == "unit" and at and words.raw(at - 1) == "liên":
            return self._joined_by_dashes(words, name, level, stop)
        end = self.name_at(words, farm, number=number, least=least, stop=stop)
        if end == farm:
            return self._listed(words, name, level, rule, stop, is_person) if plural and lists else []
        end = self._with_number(words, name, end, level, kind)
        places = [Place(at, name, end, level, rule)]
        if plural and lists:
            self._list_on(words, places, stop)
        return places

    def town_at(self, words: Words, at: int) -> bool:
        """Tells whether "TT" is no standing committee here but a town that the gazetteer knows."""
        return words.raw(at) == "TT" and self._known_unit(words, at + 1, "TT")

    @staticmethod
    def _known_unit(words: Words, at: int, term: str) -> bool:
        """Tells whether the gazetteer knows a unit of an abbreviated level by the capitals from a word on."""
        end = at
        while end < words.size and end - at < _LONGEST_NAME and words.capital(end) and words.joined(end - 1):
            end += 1
        level = _SHORT_LEVELS[term]
        return any(
            unit.level == level for last in range(end, at, -1) for unit in gazetteer().named(words.phrase(at, last))
        )

    def _is_plural(self, words: Words, at: int) -> bool:
        """Tells whether a word of level stands in the plural: "các xã", "các huyện, thị xã"."""
        for _ in range(_LONGEST_NAME):
            if at == 0:
                return False
            if plain(words.raw(at - 1)) in self._plurals:
                return True
            if words.folded[at - 1] not in (",", "va"):
                return False
            ends = at - 1
            before = (first for first in range(max(0, ends - 2), ends) if self._ends_level(words, first, ends))
            at = next(before, 0)
        return False

    def _ends_level(self, words: Words, first: int, end: int) -> bool:
        found = self._levels.match(words, first) if first >= 0 else None
        return found is not None and found[0] == end

    def _with_number(self, words: Words, name: int, end: int, level: str, kind: str) -> int:
        """Returns the end of a name with the number that belongs to it: "Khu công nghiệp A 2", "xã A Lưới 1"."""
        if kind == "land" or level in self._numbered - _NUMBERED_UNITS:
            return end + 1 if self._trailing_number(words, end) else end
        if level not in _NUMBERED_SINCE_2025 or end >= words.size or words.breaks(end - 1):
            return end
        if not words.folded[end].isdigit() or words.folded[end - 1].isdigit():
            return end
        if gazetteer().alike(words.phrase(name, end + 1)):
            return end + 1
        if len(words.folded[end]) > 1:
            return end
        alone = words.breaks(end) or (words.folded[end + 1] in ",;)")
        return end + 1 if alone else end

    def _opens_land(self, words: Words, at: int, name: int) -> bool:
        """Tells whether a word of land is one: not in "yêu cầu", nor before a country."""
        if at and words.small(at) and plain(words.raw(at - 1)) in self._not_behind:
            return False
        known = self._known.match(words, name)
        return known is None or known[1].kind != "country"

    def _listed(
        self, words: Words, at: int, level: str, rule: str, stop: Stop, is_person: Stop
    ) -> list[Place]:  # fmt: skip
        """Reads names in brackets or behind a colon: "02 Khu công nghiệp (Bản Qua, Võ Lao)", "các huyện: A, B"."""
        opener, places = self._lead(words, at, stop)
        if opener == words.size:
            return []
        far = opener > at
        names: list[Place] = []
        at = opener
        while at + 1 < words.size and words.folded[at] in ((",", "va") if names else _LIST_OPENERS):
            end = self.name_at(words, at + 1, least=2, stop=stop)
            if end == at + 1 or (far and is_person(words, at + 1) and not gazetteer().alike(words.phrase(at + 1, end))):
                break
            if self._trailing_number(words, end):
                end += 1
            names.append(Place(at + 1, at + 1, end, level, rule))
            at = end
        closed = words.folded[opener] == ":" or words.folded[at : at + 1] == [")"]
        if far and (len(names) < 2 or not closed):
            return []
        return places + names

    def _lead(self, words: Words, at: int, stop: Stop) -> tuple[int, list[Place]]:
        """Goes through the words between a plural of levels and its names ("4 xã vùng cao của huyện A:").

        Returns:
            The colon or bracket, or the number of words if there is none, and the places that were passed.
        """
        places: list[Place] = []
        last = min(at + _LONGEST_LEAD, words.size)
        while at < last:
            if words.folded[at] in _LIST_OPENERS:
                return at, places
            if words.folded[at : at + 2] == [",", "gom"]:
                at += 1
            if not words.small(at) or not words.joined(at - 1) or self._list_stops.match(words, at) is not None:
                break
            passed = self.level_at(words, at, stop, lists=False)
            places += passed
            at = passed[-1].end if passed else at + 1
        return words.size, []

    def _joined_by_dashes(self, words: Words, at: int, level: str, stop: Stop) -> list[Place]:
        """Reads "đường liên xã Tân Lập - Phú Khê": names of the level that stands once for all."""
        names: list[Place] = []
        while (end := self.name_at(words, at, least=2, stop=stop)) > at:
            names.append(Place(at, at, end, level, "place.units"))
            if end + 1 >= words.size or words.folded[end] not in _DASHES:
                break
            at = end + 1
        return names

    def _trailing_number(self, words: Words, at: int) -> bool:
        """Tells whether a number belongs to the name before it: "Khu công nghiệp Bảo Hưng 2"."""
        if at >= words.size or not words.folded[at].isdigit() or len(words.folded[at]) > _LONGEST_NUMBER:
            return False
        if words.breaks(at - 1):
            return False
        return at + 1 >= words.size or words.breaks(at) or words.folded[at + 1] in ",;.)"

    def _list_on(self, words: Words, places: list[Place], stop: Stop) -> None:
        """Adds the names that follow the first one of a list."""
        level, rule = places[0].level, places[0].rule
        at = self._behind_brackets(words, places, places[0].end, stop)
        while at + 1 < words.size and words.folded[at] in (",", "va"):
            unit = self._levels.match(words, at + 1)
            if unit is not None and (words.small(at + 1) or unit[1].term not in self._wary):
                break
            end = self.name_at(words, at + 1, stop=stop)
            if end == at + 1:
                break
            end = self._with_number(words, at + 1, end, level or "", "unit")
            places.append(Place(at + 1, at + 1, end, level, rule))
            at = self._behind_brackets(words, places, end, stop)

    def _behind_brackets(self, words: Words, places: list[Place], at: int, stop: Stop) -> int:
        """Returns where a list goes on behind brackets that say where its last name lies; adds what they name."""
        if at >= words.size or words.folded[at] != "(":
            return at
        close = next((k for k in range(at, min(at + _LONGEST_LEAD, words.size)) if words.folded[k] == ")"), 0)
        if not close or close + 1 >= words.size or words.folded[close + 1] not in (",", "va"):
            return at
        inside: list[Place] = []
        k = at + 1
        while k < close:
            found = self.level_at(words, k, stop, lists=False)
            inside += found
            k = found[-1].end if found else k + 1
        places += inside
        return close + 1

    def bare_at(self, words: Words, at: int) -> list[Place]:
        """Returns the place that begins at a word without a word of level; empty if there is none."""
        found = self._known.match(words, at)
        if found is None:
            return []
        end, (kind, term) = found
        if kind == "state":
            return self._state(words, at, end, term)
        if kind == "region":
            return [Place(at, at, end, "vùng", "place.region")]
        if not words.capital(at) or self._is_inside(words, at, end):
            return []
        if end - at == 1 and not self._is_alone(words, at):
            return []
        if kind == "country" and at and plain(words.raw(at - 1)) in self._not_behind:
            return []  # "đô la Mỹ"
        if words.adjoins(end) and not words.caps(end) and not self._ends.before_syllable(words, end):
            if self._known.match(words, end) is None and not words.small(end + 1):
                return []  # "Nam Hà" in "Nam Hà Nội"
        return [Place(at, at, end, None, f"place.{kind}")]

    def _is_inside(self, words: Words, at: int, end: int) -> bool:
        """Tells whether a name is the end of a longer one."""
        if not words.adjoins(at):
            return False
        if words.caps(at):
            return end - at == 1
        abbreviation = words.caps(at - 1) and not is_syllable(words.folded[at - 1])
        return not abbreviation and not self._ends.before_syllable(words, at - 1)

    def _is_alone(self, words: Words, at: int) -> bool:
        follows = at + 1
        if follows >= words.size or not words.joined(at):
            return True
        if not words.is_word(follows):
            return words.folded[follows] not in _DASHES
        return self._ends.is_function(words, follows)

    @staticmethod
    def _state(words: Words, at: int, end: int, term: str) -> list[Place]:
        in_constitution = at > 1 and words.folded[at - 2 : at] == ["hien", "phap"]
        if term.startswith("nước") and not words.caps(at) and not in_constitution:
            return [Place(at, at, end, "nước", "place.state")]
        # Nothing, but read: its last two words are no country.
        return [Place(at, at, end, None, "place.none")]

    def dateline_at(self, words: Words, at: int) -> Place | None:
        """Returns the place of a dateline ("Hà Giang, ngày …") whose "ngày" is word `at`, or None."""
        comma = at - 1
        if comma < 1 or words.folded[comma] != "," or words.breaks(comma - 1):
            return None
        first = comma
        while first > 0 and comma - first < _LONGEST_NAME and words.capital(first - 1) and not words.caps(first - 1):
            if first > 1 and not words.gap(first - 2):
                break  # a code: "299/TTg"
            first -= 1
            if words.opens_line(first) or not words.joined(first - 1):
                break
        if first == comma or self._ends.before_syllable(words, first):
            return None
        opens = words.opens_line(first) or not words.small(first - 1)
        return Place(first, first, comma, None, "place.dateline") if opens else None

    # -- values -----------------------------------------------------------------------------------

    def value(self, words: Words, place: Place) -> PlaceValue:
        """Returns the contract's value: the name without its word of level, the level, and a province's code."""
        name = squeeze(words.phrase(place.name, place.end))
        name = self._variants.get(fold(name), name)
        return PlaceValue.made(name=name, level=place.level, id=self._code(name, place.level))

    def _code(self, name: str, level: str | None) -> str | None:
        key = fold(name)
        of_province = level in (None, "tỉnh") or (level in ("thành phố", "thủ đô") and key in self._cities)
        return self._codes.get(key) if of_province else None


def _is_society(words: Words, at: int) -> bool:
    """Tells whether this is "xã hội" and no commune, in capitals, too."""
    return words.folded[at] == "xa" and words.folded[at + 1 : at + 2] == ["hoi"]


def _unambiguous_codes(rules: RuleSet) -> dict[str, str]:
    """Returns the codes of the provinces whose name has had only one, by folded name."""
    before = rules.tables["place.codes-until-2025"].rows
    after = rules.tables["place.codes-since-2025"].rows
    return {fold(name): code for name, code in {**after, **before}.items() if after.get(name, code) == code}
