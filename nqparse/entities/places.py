"""Places: a word of level and the name behind it ("huyện Mèo Vạc"), and the few names that stand without one.

    place = level , ( number | name ) | province | country | region ;
    list  = plural , level , name , { ( "," | "và" ) , name } ;

Each name of a list is a place; the level goes with the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nqparse.document import PlaceValue
from nqparse.entities.name_ends import NameEnds
from nqparse.entities.words import PhraseTable, Words, is_syllable, phrases, plain
from nqparse.fold import fold, squeeze
from nqparse.ruleset import RuleSet

# Tells of a word in capitals whether a name ends before it.
Stop = Callable[[Words, int], bool]

_SHORT_LEVELS = {
    "TP": "thành phố", "TX": "thị xã", "TT": "thị trấn", "Q": "quận", "P": "phường",
    "KCN": "khu công nghiệp", "CCN": "cụm công nghiệp",
}  # fmt: skip
_LONGEST_NAME = 5
_LONGEST_CAPS_NAME = 4
_LONGEST_NUMBER = 2  # digits
_DASHES = "-–"


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
                "state": rules.terms["place.state"].terms,
                "region": rules.terms["place.regions"].terms,
            },
            exact=("province", "country"),
        )
        self._levels = phrases(rules, {"unit": "place.units", "land": "place.lands"})
        self._wary = frozenset(rules.terms["place.wary"].terms)
        self._numbered = frozenset(rules.terms["place.numbered"].terms)
        self._abbreviated = frozenset(rules.terms["place.abbreviated-units"].terms)
        self._not_behind = frozenset(map(plain, rules.terms["place.not-behind"].terms))
        self._plurals = frozenset(map(plain, rules.terms["place.plurals"].terms))

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
        return end, term

    def known_at(self, words: Words, at: int) -> tuple[int, str] | None:
        """Returns (end, kind) of a province, country or region that begins at a word in capitals, or None."""
        if not words.capital(at):
            return None
        found = self._known.match(words, at)
        return (found[0], found[1].kind) if found else None

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
            return at + 1 if words.capital(at - 1) or self._ends_number(words, at) else at
        if not words.capital(at) or (stop is not None and stop(words, at)):
            return at
        province = self._provinces.match(words, at)
        if province is not None:
            return province[0]
        if words.caps(at):
            return self._caps_name(words, at, stop) if at and words.caps(at - 1) else at
        end = at
        while end - at < _LONGEST_NAME and words.capital(end) and not words.caps(end):
            if end > at and (
                not self._goes_on(words, end, lone=end - at == 1) or (stop is not None and stop(words, end))
            ):
                break
            if self._ends.before_syllable(words, end):
                break
            end += 1
        if end - at < least or (end - at == 1 and not self._ends_word(words, at)):
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
        return self._ends.is_function(words, follows) or words.capital(follows)

    # -- places -----------------------------------------------------------------------------------

    def level_at(self, words: Words, at: int, stop: Stop) -> list[Place]:
        """Returns the place that a word of level opens, with the list behind it; empty if there is none."""
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
            elif term in self._abbreviated:
                return []
        elif not words.joined(name - 1):
            return []
        if _is_society(words, at) or (kind == "land" and not self._opens_land(words, at, name)):
            return []
        level = _SHORT_LEVELS.get(term.upper()) or plain(term)
        rule = f"place.{kind}s"
        least = 2 if term in self._wary else 1
        counted = at > 0 and words.folded[at - 1].isdigit()
        plural = counted or (at > 0 and plain(words.raw(at - 1)) in self._plurals)
        number = term in self._numbered and not counted
        end = self.name_at(words, name, number=number, least=least, stop=stop)
        if end == name:
            return self._listed(words, name, level, rule) if plural else []
        if kind == "land" and self._trailing_number(words, end):
            end += 1
        places = [Place(at, name, end, level, rule)]
        if plural:
            self._list_on(words, places, stop)
        return places

    def _opens_land(self, words: Words, at: int, name: int) -> bool:
        """Tells whether a word of land is one: not in "yêu cầu", nor before a country."""
        if at and words.small(at) and plain(words.raw(at - 1)) in self._not_behind:
            return False
        known = self._known.match(words, name)
        return known is None or known[1].kind != "country"

    def _listed(self, words: Words, at: int, level: str, rule: str) -> list[Place]:
        """Reads names in brackets or behind a colon: "02 Khu công nghiệp (Bản Qua, Võ Lao)", "các huyện: A, B"."""
        places: list[Place] = []
        openers = ("(", ":")
        while at + 1 < words.size and words.folded[at] in ((",", "va") if places else openers):
            end = self.name_at(words, at + 1, least=2)
            if end == at + 1:
                break
            if self._trailing_number(words, end):
                end += 1
            places.append(Place(at + 1, at + 1, end, level, rule))
            at = end
        return places

    def _trailing_number(self, words: Words, at: int) -> bool:
        """Tells whether a number belongs to the name before it: "Khu công nghiệp Bảo Hưng 2"."""
        if at >= words.size or not words.folded[at].isdigit() or len(words.folded[at]) > _LONGEST_NUMBER:
            return False
        if words.breaks(at - 1):
            return False
        return at + 1 >= words.size or words.breaks(at) or words.folded[at + 1] in ",;.)"

    def _list_on(self, words: Words, places: list[Place], stop: Stop) -> None:
        """Adds the names that follow the first one of a list."""
        at = places[0].end
        while at + 1 < words.size and words.folded[at] in (",", "va"):
            unit = self._levels.match(words, at + 1)
            if unit is not None and (words.small(at + 1) or unit[1].term not in self._wary):
                break
            end = self.name_at(words, at + 1, stop=stop)
            if end == at + 1:
                break
            places.append(Place(at + 1, at + 1, end, places[0].level, places[0].rule))
            at = end

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
