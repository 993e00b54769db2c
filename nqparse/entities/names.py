"""Names of organisations, persons and places. They compete for the same words: one decision, from left to right."""

from __future__ import annotations

from nqparse.document import OrgValue
from nqparse.entities import Mention
from nqparse.entities.name_ends import NameEnds
from nqparse.entities.organisations import Organisation, OrganisationGrammar
from nqparse.entities.persons import Person, PersonGrammar
from nqparse.entities.places import Place, PlaceGrammar
from nqparse.entities.words import Words, phrases, plain
from nqparse.fold import fold
from nqparse.ruleset import RuleSet

# What a word can open.
_BODY, _LEVEL, _PLACE, _TITLE, _SURNAME, _DATE = (1 << bit for bit in range(6))

_BEFORE_ORDINALS = frozenset(("thu", "so", "lan", "nam", "thang", "ngay", "/", "-"))
_LONGEST_COUNT = 2  # digits
_SEPARATORS = frozenset((",", ";", "va", "/", "&"))


class NameFinder:
    """Finds organisations, persons and places.

    A name that stands with its level somewhere in the range is known without it elsewhere in the range, so give it
    the whole document, or what of it holds entities, at once.
    """

    def __init__(self, rules: RuleSet) -> None:
        ends = NameEnds(rules)
        self._places = PlaceGrammar(rules, ends)
        self._persons = PersonGrammar(rules, ends)
        self._organisations = OrganisationGrammar(rules, ends, self._places, self._persons)
        self._plurals = frozenset(map(plain, rules.terms["org.plurals"].terms))
        self._levels_in_plural = phrases(rules, {"level": "org.levels-in-plural"})
        self._officers = frozenset(rules.terms["org.officers"].terms)
        self._shared = frozenset(rules.terms["org.shared"].terms)
        self._courts = frozenset(rules.terms["org.courts"].terms)
        self._read_roles()

    def _read_roles(self) -> None:
        """Notes what a name that begins with a word, or is announced by it, can be."""
        bodies, small_bodies = self._organisations.openers()
        levels, places = self._places.openers()
        titles, degrees = self._persons.openers()
        self._bodies = frozenset(bodies)  # folded words that open a body in capitals
        self._roles: dict[str, int] = {}  # words in capitals, by `plain`
        self._small_roles: dict[str, int] = {"ngày": _DATE}  # words in small letters
        for roles, role, openers in (
            (self._small_roles, _BODY, small_bodies),
            (self._roles, _LEVEL, levels.openers()),
            (self._small_roles, _LEVEL, levels.small_openers()),
            (self._roles, _PLACE, places.openers()),
            (self._small_roles, _PLACE, places.small_openers()),
            (self._roles, _TITLE, titles.openers() | degrees.openers()),
            (self._small_roles, _TITLE, titles.small_openers() | degrees.small_openers()),
            (self._roles, _SURNAME, self._persons.name_words()),
        ):
            for word in openers:
                roles[word] = roles.get(word, 0) | role
        self._openers = self._bodies | {fold(word) for word in (*self._roles, *self._small_roles)}

    def find(self, text: str, folded: str, start: int, end: int) -> list[Mention]:
        """Returns the names in `text[start:end]`, in order."""
        words = Words.of(text, folded, start, end)
        scan = _Scan(words)
        spans, openers = words.spans, self._openers
        for at in [at for at, word in enumerate(words.folded) if word in openers]:
            if at < scan.free:
                continue
            low, high = spans[at]
            if text[low].isupper():
                role = self._roles.get(plain(text[low:high]), 0)
                if words.folded[at] in self._bodies:
                    role |= _BODY
            else:
                role = self._small_roles.get(text[low:high], 0)
            if role:
                self._decide(scan, at, role)
        self._drop_classes(scan)
        self._find_again(scan)
        return self._mentions(scan)

    # -- one decision -----------------------------------------------------------------------------

    def _decide(self, scan: _Scan, at: int, role: int) -> None:
        words = scan.words
        if role & _BODY and self._organisation(scan, at):
            return
        person = self._persons.certain_at(words, at) if role & _SURNAME else None
        places = [] if person is not None else self._places_at(scan, at, role)
        if places:
            scan.places += places
            scan.free = places[-1].end
            return
        if person is None and role & _TITLE:
            person = self._persons.announced_at(words, at)
        if person is None and role & _SURNAME:
            person = self._persons.named_at(words, at, after_name=at == scan.free)
        if person is not None:
            scan.persons.append(person)
            scan.free = person.end

    def _places_at(self, scan: _Scan, at: int, role: int) -> list[Place]:
        words = scan.words
        places: list[Place] = []
        if role & _LEVEL:
            places = self._places.level_at(words, at, self._organisations.is_body)
        if not places and role & _PLACE:
            places = self._places.bare_at(words, at)
        if not places and role & _DATE:
            place = self._places.dateline_at(words, at)
            places = [place] if place is not None and place.first >= scan.free else []
        return places

    def _organisation(self, scan: _Scan, at: int) -> bool:
        """Decides on an organisation; tells whether the words are used up."""
        words = scan.words
        head = self._organisations.head_at(words, at)
        if head is None:
            return False
        end, (kind, term) = head
        if kind == "none":
            scan.free = end
            return True
        plural = self._is_plural(words, at)
        if plural and term in self._shared and self._shared_list(scan, at, end):
            return True
        if plural and kind != "whole":
            scan.free = end
            return True
        if term in self._officers and self._persons.is_officer(words, at):
            return True
        org = self._organisations.at(words, at, head)
        if org is None:
            return False
        scan.organisations.append(org)
        scan.free = org.end
        self._abbreviation(scan, org)
        return True

    def _is_plural(self, words: Words, at: int) -> bool:
        """Tells whether a word before a head makes it a class of bodies: "các", "03"."""
        if at == 0 or not words.joined(at - 1):
            return False
        before = words.folded[at - 1]
        if before.isdigit():
            ordinal = at > 1 and words.folded[at - 2] in _BEFORE_ORDINALS
            return len(before) <= _LONGEST_COUNT and not ordinal and not words.breaks(at - 1)
        if at > 1 and words.folded[at - 2] == "thu":
            return False  # "lần thứ ba"
        return plain(words.raw(at - 1)) in self._plurals

    def _abbreviation(self, scan: _Scan, org: Organisation) -> None:
        """Takes the abbreviation in brackets behind a name as another mention of it."""
        words, at = scan.words, org.end
        if at + 2 < words.size and words.folded[at] == "(" and words.caps(at + 1):
            end = at + 2
            if words.folded[end].isdigit():
                end += 1
            if end < words.size and words.folded[end] == ")" and self._stands_for(words, at + 1, org):
                scan.organisations.append(Organisation(at + 1, end, "whole", words.raw(at + 1), placed=True))
                scan.free = end

    def _stands_for(self, words: Words, at: int, org: Organisation) -> bool:
        """Tells whether an abbreviation can stand for a body: by its initials, or as a call sign with a number."""
        if words.folded[at + 1].isdigit() or words.folded[at] in words.folded[org.first : org.end]:
            return True
        initials = iter([words.folded[k][0] for k in range(org.first, org.end)])
        return all(letter in initials for letter in words.folded[at])

    def _shared_list(self, scan: _Scan, at: int, end: int) -> bool:
        """Reads "Các Bộ: Tư pháp, Quốc phòng": the names behind a head that is said once."""
        words = scan.words
        colon = end < words.size and words.folded[end] == ":"
        start = end + 1 if colon else end
        found: list[Organisation] = []
        while (item := self._organisations.item_at(words, start, words.raw(at))) is not None:
            found.append(item)
            start = item.end
            if start + 1 < words.size and words.folded[start] in _SEPARATORS:
                start += 1
            else:
                break
        if not found:
            return False
        if not colon:
            found[0].first = at
        scan.organisations += found
        scan.free = found[-1].end
        return True

    # -- classes and second looks --------------------------------------------------------------------

    def _drop_classes(self, scan: _Scan) -> None:
        """Drops "HĐND, UBND các xã": bodies without level before a plural of levels are a class and no names."""
        words = scan.words
        kept: list[Organisation] = []
        for org in scan.organisations:
            kept.append(org)
            if not self._is_class(words, org):
                continue
            end = org.first
            if org.head not in self._courts:
                kept.pop()
            while kept and self._is_open(kept[-1]) and self._linked(words, kept[-1].end, end):
                end = kept[-1].first
                if kept[-1].head in self._courts:
                    break
                kept.pop()
        scan.organisations = kept

    def _is_open(self, org: Organisation) -> bool:
        """Tells whether the level of a body is still to come."""
        if org.kind == "bound":
            return not org.bare_level
        return org.kind in ("body", "part") and not org.placed

    def _is_class(self, words: Words, org: Organisation) -> bool:
        at = org.end
        if at + 1 >= words.size or org.kind == "whole":
            return False
        if org.bare_level and words.folded[at] in ("/", ",", "va"):
            # "UBND huyện/thành phố", "UBND huyện, thị xã"
            unit = self._places.unit_at(words, at + 1)
            if unit is None or self._organisations.head_at(words, at + 1) is not None:
                return False
            return self._places.name_at(words, unit[0]) == unit[0]
        if words.folded[at] == "cac" and words.joined(at - 1):
            level = self._levels_in_plural.match(words, at + 1)
            return level is not None and (words.small(at + 1) or words.caps(at + 1)) and not org.bare_level
        return False

    def _linked(self, words: Words, end: int, first: int) -> bool:
        return first == end + 1 and words.folded[end] in _SEPARATORS

    def _find_again(self, scan: _Scan) -> None:
        """Finds the names again that stand alone: places known by their level, abbreviations known by their body."""
        words = scan.words
        places = self._known_places(scan)
        abbreviations = {words.folded[org.abbreviation] for org in scan.organisations if org.abbreviation is not None}
        firsts = {name[0] for name in places} | abbreviations
        if not firsts:
            return
        used = scan.used()
        longest = max(map(len, places), default=0)
        for at in [at for at, word in enumerate(words.folded) if word in firsts]:
            if used[at] or not words.capital(at):
                continue
            if words.folded[at] in abbreviations and words.caps(at):
                if not self._organisations.in_symbol(words, at):
                    scan.organisations.append(Organisation(at, at + 1, "whole", words.raw(at), placed=True))
            elif not words.adjoins(at) or used[at - 1]:
                end = self._known_end(words, at, places, longest)
                if end > at and not any(used[at:end]):
                    scan.places.append(Place(at, at, end, None, "place.known"))

    @staticmethod
    def _known_places(scan: _Scan) -> set[tuple[str, ...]]:
        """Returns the names of two words or more that stand with a level, or as the place of a body, in the range."""
        folded = scan.words.folded
        names = {tuple(folded[place.name : place.end]) for place in scan.places if place.level}
        names |= {tuple(folded[org.place : org.end]) for org in scan.organisations if org.place is not None}
        return {name for name in names if len(name) > 1 and not name[-1].isdigit()}

    @staticmethod
    def _known_end(words: Words, at: int, names: set[tuple[str, ...]], longest: int) -> int:
        """Returns the end of the known name that begins at a word and does not go on in capitals, or `at`."""
        for end in range(min(at + longest, words.size), at + 1, -1):
            if tuple(words.folded[at:end]) in names:
                whole = all(words.capital(k) for k in range(at, end)) and not words.adjoins(end)
                return end if whole else at
        return at

    # -- mentions ---------------------------------------------------------------------------------

    def _mentions(self, scan: _Scan) -> list[Mention]:
        words = scan.words
        bodies = {org.first: org.end for org in scan.organisations}
        mentions = [
            Mention("ORG", *scan.span(org.first, org.end), OrgValue.made(), f"org.{org.kind}")
            for org in scan.organisations
        ]
        mentions += [
            Mention("PERSON", *scan.span(p.first, p.end), self._persons.value(words, p, bodies), p.rule)
            for p in scan.persons
        ]
        mentions += [
            Mention("PLACE", *scan.span(p.first, p.end), self._places.value(words, p), p.rule)
            for p in scan.places
            if p.rule != "place.none"
        ]
        mentions.sort(key=lambda mention: mention.start)
        return mentions


class _Scan:
    """What was decided on one range so far; `free` is the first word that no name holds yet."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.free = 0
        self.organisations: list[Organisation] = []
        self.persons: list[Person] = []
        self.places: list[Place] = []

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Returns the offsets of words `first` to `end` (exclusive)."""
        return self.words.spans[first][0], self.words.spans[end - 1][1]

    def used(self) -> bytearray:
        """Returns a flag for every word that tells whether a name holds it."""
        used = bytearray(self.words.size)
        names: list[Organisation | Person | Place] = [*self.organisations, *self.persons, *self.places]
        for name in names:
            used[name.first : name.end] = b"\1" * (name.end - name.first)
        return used
