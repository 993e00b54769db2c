"""Places: a word of level and the name behind it ("huyện Mèo Vạc"), and the few names that stand without one.

    place = level , ( number | name ) | province | country | region ;
    list  = plural , level , name , { ( "," | "và" ) , name } ;       each name is a place; the level goes with the first
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nqparse.document import PlaceValue
from nqparse.entities.words import PhraseTable, Words, is_syllable, phrases, plain
from nqparse.fold import fold, squeeze
from nqparse.ruleset import RuleSet

# Tells of a word in capitals whether a name ends before it.
Stop = Callable[[Words, int], bool]

_SHORT_LEVELS = {"TP": "thành phố", "TX": "thị xã", "TT": "thị trấn", "Q": "quận", "P": "phường", "KCN": "khu công nghiệp",
                 "CCN": "cụm công nghiệp"}  # fmt: skip
_LONGEST_NAME = 5
_LONGEST_CAPS_NAME = 4
_ROMAN = frozenset("ivxl")
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

    def __init__(self, rules: RuleSet) -> None:
        self._codes = _unambiguous_codes(rules)
        self._cities = frozenset(map(fold, rules.terms["place.central-cities"].terms))
        self._variants = {fold(old): new for old, new in rules.tables["place.variants"].rows.items()}
        provinces = {*rules.tables["place.codes-until-2025"].rows, *rules.tables["place.variants"].rows}
        names = [*provinces, *rules.terms["place.former-provinces"].terms]
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
        self._deny = phrases(rules, {"deny": "name.deny"}, exact=("deny",))
        self._numbered_words = phrases(rules, {"numbered": "name.numbered"}, exact=("numbered",))
        self._function = frozenset(map(plain, rules.terms["name.function"].terms))
        self._caps_stop = phrases(rules, {"stop": "name.caps-stop"}, exact=("stop",))

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
        if plain(term) == "xã" and end < words.size and words.folded[end] == "hoi":
            return None  # "xã hội", and in capitals "KINH TẾ - XÃ HỘI"
        if term in self._wary and not words.capital(end):
            return None  # "văn bản"
        return end, term

    def known_at(self, words: Words, at: int) -> tuple[int, str] | None:
        """Returns (end, kind) of a province, country or region that begins at a word in capitals, or None."""
        if not words.capital(at):
            return None
        found = self._known.match(words, at)
        return (found[0], found[1].kind) if found else None

    def name_at(
        self, words: Words, at: int, *, number: bool = False, least: int = 1, stop: Stop | None = None
    ) -> int:
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
        if number and words.folded[at].isdigit() and len(words.folded[at]) < 3:  # noqa: PLR2004
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
            if end > at and not self._goes_on(words, end):
                break
            if self._denied(words, end) or (end > at and stop is not None and stop(words, end)):
                break
            end += 1
        if end - at < least or (end - at == 1 and not self._ends_word(words, at)):
            return at
        return end

    def _goes_on(self, words: Words, at: int) -> bool:
        """Tells whether a word in capitals goes on with the name before it, and not with a new line of its own."""
        if not words.breaks(at - 1):
            return words.joined(at - 1)
        return words.joined(at - 1) and self._ends_word(words, at) and self.unit_at(words, at) is None

    def _caps_name(self, words: Words, at: int, stop: Stop | None) -> int:
        end = at
        while end < words.size and words.text[words.spans[end][0]].isupper():
            if end - at == _LONGEST_CAPS_NAME:
                return at
            if self._caps_stop.match(words, end) or (end > at and stop is not None and stop(words, end)):
                break
            end += 1
            if words.breaks(end - 1) or not words.joined(end - 1):
                break
        return end

    def _denied(self, words: Words, at: int) -> bool:
        denied = self._deny.match(words, at)
        if denied is not None and (denied[0] - at > 1 or words.small(at + 1)):
            return True
        numbered = self._numbered_words.match(words, at)
        if numbered is None or numbered[0] >= words.size:
            return False
        follows = words.folded[numbered[0]]
        return follows.isdigit() or (words.capital(numbered[0]) and _ROMAN.issuperset(follows))

    def _ends_word(self, words: Words, at: int) -> bool:
        """Tells whether a single capital word is a name by itself and not the first half of a common word."""
        follows = at + 1
        if not words.small(follows) or not words.joined(at):
            return True
        return plain(words.raw(follows)) in self._function or self._levels.match(words, follows) is not None

    def _ends_number(self, words: Words, at: int) -> bool:
        follows = at + 1
        if follows >= words.size or words.breaks(at) or not words.is_word(follows):
            return follows >= words.size or words.folded[follows] not in ("/", "%", ".") or words.breaks(at)
        return plain(words.raw(follows)) in self._function or words.capital(follows)

    # -- places -----------------------------------------------------------------------------------

    def level_at(self, words: Words, at: int, stop: Stop) -> list[Place]:
        """Returns the place that a word of level opens, with the list behind it; empty if there is none."""
        found = self._levels.match(words, at)
        return self._with_level(words, at, found[0], found[1].term, found[1].kind, stop) if found else []

    def _with_level(
        self, words: Words, first: int, name: int, term: str, kind: str, stop: Stop
    ) -> list[Place]:
        region = self._known.match(words, first)
        if region is not None and region[1].kind == "region":
            return [Place(first, first, region[0], "vùng", "place.regions")]
        if term in self._abbreviated or term.upper() == "TP":
            if name < words.size and words.folded[name] == ".":
                name += 1
            elif term in self._abbreviated:
                return []
        elif not words.joined(name - 1):
            return []
        if words.folded[first] == "xa" and words.folded[name] == "hoi":
            return []  # "XÃ HỘI"
        if kind == "land" and first and words.small(first) and plain(words.raw(first - 1)) in self._not_behind:
            return []
        least = 2 if term in self._wary or kind == "land" else 1
        if kind == "land" and (country := self._known.match(words, name)) and country[1].kind == "country":
            return []
        end = self.name_at(words, name, number=term in self._numbered, least=least, stop=stop)
        if end == name:
            return self._bracketed(words, name, term, kind)
        if kind == "land" and self._trailing_number(words, end):
            end += 1
        level = _SHORT_LEVELS.get(term.upper()) or plain(term)
        places = [Place(first, name, end, level, f"place.{kind}s")]
        if self._is_plural(words, first):
            self._list_on(words, places, level, f"place.{kind}s", stop)
        return places

    def _bracketed(self, words: Words, at: int, level: str, kind: str) -> list[Place]:
        """Reads names in brackets behind a level: "02 Khu công nghiệp (Bản Qua, Võ Lao)"."""
        places: list[Place] = []
        while at + 1 < words.size and words.folded[at] in ("(", ",", "va") and (places or words.folded[at] == "("):
            end = self.name_at(words, at + 1, least=2)
            if end == at + 1:
                break
            if self._trailing_number(words, end):
                end += 1
            places.append(Place(at + 1, at + 1, end, level, f"place.{kind}s"))
            at = end
        return places

    def _trailing_number(self, words: Words, at: int) -> bool:
        """Tells whether a number belongs to the name before it: "Khu công nghiệp Bảo Hưng 2"."""
        if at >= words.size or not words.folded[at].isdigit() or len(words.folded[at]) > 2 or words.breaks(at - 1):  # noqa: PLR2004
            return False
        return at + 1 >= words.size or words.breaks(at) or words.folded[at + 1] in ",;.)"

    def _is_plural(self, words: Words, at: int) -> bool:
        return at > 0 and (plain(words.raw(at - 1)) in self._plurals or words.folded[at - 1].isdigit())

    def _list_on(self, words: Words, places: list[Place], level: str, rule: str, stop: Stop) -> None:
        at = places[-1].end
        while at + 1 < words.size and words.folded[at] in (",", "va"):
            unit = self._levels.match(words, at + 1)
            if unit is not None and (words.small(at + 1) or unit[1].term not in self._wary):
                break
            end = self.name_at(words, at + 1, stop=stop)
            if end == at + 1:
                break
            places.append(Place(at + 1, at + 1, end, level, rule))
            at = end

    def bare_at(self, words: Words, at: int) -> list[Place]:
        """Returns the place that begins at a word without a word of level; empty if there is none."""
        found = self._known.match(words, at)
        if found is None:
            return []
        end, (kind, term) = found
        if kind == "state":
            return self._state(words, at, end, term)
        if not words.capital(at) and kind != "region":
            return []
        if kind == "country" and at and plain(words.raw(at - 1)) in self._not_behind:
            return []
        if at and words.capital(at - 1) and words.joined(at - 1) and not words.breaks(at - 1):
            abbreviation = words.caps(at - 1) and not words.caps(at) and not is_syllable(words.folded[at - 1])
            if not abbreviation and not self._denied(words, at - 1) and (not words.caps(at) or end - at == 1):
                return []  # the end of a longer name
        if end - at == 1 and not self._stands_alone(words, at):
            return []
        return [Place(at, at, end, "vùng" if kind == "region" else None, f"place.{kind}")]

    def _stands_alone(self, words: Words, at: int) -> bool:
        follows = at + 1
        if follows >= words.size or not words.is_word(follows) or not words.joined(at):
            return words.folded[follows] not in _DASHES if follows < words.size else True
        return plain(words.raw(follows)) in self._function

    def _state(self, words: Words, at: int, end: int, term: str) -> list[Place]:
        named = term.startswith("nước") and not words.caps(at)
        in_constitution = at > 1 and words.folded[at - 2 : at] == ["hien", "phap"]
        if named and not in_constitution:
            return [Place(at, at, end, "nước", "place.state")]
        # Nothing, but read: its last two words are no country.
        return [Place(at, at, end, None, "place.none")]

    # -- lists in brackets, datelines and values -----------------------------------------------------

    def dateline_at(self, words: Words, at: int) -> Place | None:
        """Returns the place of a dateline ("Hà Giang, ngày …"), given the index of its "ngày"; None if there is none."""
        if at < 2 or words.folded[at - 1] != "," or not words.small(at):  # noqa: PLR2004
            return None
        first = at - 1
        while first > 0 and at - first <= _LONGEST_NAME and words.capital(first - 1):
            if words.caps(first - 1) or not words.gap(first - 2 if first > 1 else 0):
                break
            first -= 1
            if words.opens_line(first) or not words.joined(first - 1):
                break
        if first == at - 1 or self._denied(words, first) or words.breaks(at - 2):
            return None
        opens = words.opens_line(first) or not words.small(first - 1)
        return Place(first, first, at - 1, None, "place.dateline") if opens else None

    def value(self, words: Words, place: Place) -> PlaceValue:
        """Returns the contract's value: the name without its word of level, the level, and a province's code."""
        name = squeeze(words.phrase(place.name, place.end))
        name = self._variants.get(fold(name), name)
        return PlaceValue(name=name, level=place.level, id=self._code(name, place.level))

    def _code(self, name: str, level: str | None) -> str | None:
        key = fold(name)
        of_province = level in (None, "tỉnh") or (level in ("thành phố", "thủ đô") and key in self._cities)
        return self._codes.get(key) if of_province else None


def _unambiguous_codes(rules: RuleSet) -> dict[str, str]:
    """Returns the codes of the provinces whose name has had only one, by folded name."""
    before = rules.tables["place.codes-until-2025"].rows
    after = rules.tables["place.codes-since-2025"].rows
    return {fold(name): code for name, code in {**after, **before}.items() if after.get(name, code) == code}
