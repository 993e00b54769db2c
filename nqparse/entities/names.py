"""Names of organisations, persons and places. They compete for the same words: one decision, from left to right."""

from __future__ import annotations

from nqparse.document import OrgValue
from nqparse.entities import Mention
from nqparse.entities.organisations import Organisation, OrganisationGrammar
from nqparse.entities.persons import Person, PersonGrammar
from nqparse.entities.places import Place, PlaceGrammar
from nqparse.entities.words import Words, phrases, plain
from nqparse.fold import fold
from nqparse.ruleset import RuleSet

# What a word can open.
_BODY, _LEVEL, _PLACE, _TITLE, _SURNAME, _DATE = (1 << bit for bit in range(6))

_SEPARATORS = frozenset((",", ";", "va", "/", "&"))


class NameFinder:
    """Finds organisations, persons and places.

    A name that stands with its level somewhere in the range is known without it elsewhere in the range, so give it
    the whole document, or what of it holds entities, at once.
    """

    def __init__(self, rules: RuleSet) -> None:
        self._places = PlaceGrammar(rules)
        self._persons = PersonGrammar(rules)
        self._organisations = OrganisationGrammar(rules, self._places, self._persons)
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
        for at, word in enumerate(words.folded):
            if word not in openers or at < scan.free:
                continue
            low, high = spans[at]
            if text[low].isupper():
                role = self._roles.get(plain(text[low:high]), 0) | (_BODY if word in self._bodies else 0)
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
        person: Person | None = None
        if role & _SURNAME:
            person = self._persons.certain_at(words, at)
        places: list[Place] = []
        if person is None and role & _LEVEL:
            places = self._places.level_at(words, at, self._organisations.is_body)
        if person is None and not places and role & _PLACE:
            places = self._places.bare_at(words, at)
        if person is None and not places and role & _TITLE:
            person = self._persons.announced_at(words, at)
        if person is None and not places and role & _SURNAME:
            person = self._persons.named_at(words, at, after_name=at == scan.free)
        if role & _DATE:
            place = self._places.dateline_at(words, at)
            places = [place] if place is not None and place.first >= scan.free else []
        if places:
            scan.add_places(places)
        elif person is not None:
            scan.persons.append(person)
            scan.free = person.end

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
        if term in self._officers and (self._persons.office_before(words, at) or self._persons.address_before(words, at)):
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
            ordinal = at > 1 and words.folded[at - 2] in ("thu", "so", "lan", "nam", "thang", "ngay", "/", "-")
            return len(before) < 3 and not ordinal and not words.breaks(at - 1)  # noqa: PLR2004
        return plain(words.raw(at - 1)) in self._plurals

    def _abbreviation(self, scan: _Scan, org: Organisation) -> None:
        """Takes the abbreviation in brackets behind a name as another mention of it."""
        words, at = scan.words, org.end
        if at + 2 < words.size and words.folded[at] == "(" and words.caps(at + 1):
            end = at + 2
            if words.folded[end].isdigit():
                end += 1
            if end < words.size and words.folded[end] == ")" and self._stands_for(words, at + 1, org):
                scan.organisations.append(Organisation(at + 1, end, "whole", words.phrase(at + 1, end), placed=True))
                scan.free = end

    def _stands_for(self, words: Words, at: int, org: Organisation) -> bool:
        """Tells whether an abbreviation can stand for a body: by its initials, or as a call sign with a number."""
        if words.folded[at + 1].isdigit():
            return True
        initials = iter([words.folded[k][0] for k in range(org.first, org.end)])
        return all(letter in initials for letter in words.folded[at])

    def _shared_list(self, scan: _Scan, at: int, end: int) -> bool:
        """Reads "Các Bộ: Tư pháp, Quốc phòng": the names behind a head that is said once."""
        words = scan.words
        colon = end < words.size and words.folded[end] == ":"
        start = end + 1 if colon else end
        found: list[Organisation] = []
        while self._organisations.is_item(words, start):
            item = Organisation(start, self._organisations.item_end(words, start), "unit", words.raw(at))
            if item.end == start:
                break
            self._organisations.close(words, item)
            item.kind = "shared"
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
        return org.kind in ("body", "part", "bound") and (not org.placed or (org.kind == "bound" and not org.bare_level))

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
        places: dict[tuple[str, ...], Place] = {}
        for place in scan.places:
            name = tuple(words.folded[place.name : place.end])
            if place.level and len(name) > 1 and not name[-1].isdigit():
                places[name] = place
        for org in scan.organisations:
            if org.abbreviation is not None:
                scan.abbreviations.add(words.folded[org.abbreviation])
            if org.place is not None and org.end - org.place > 1:
                places[tuple(words.folded[org.place : org.end])] = Place(org.place, org.place, org.end, None, "")
        firsts = {name[0] for name in places} | scan.abbreviations
        if not firsts:
            return
        used = scan.used()
        longest = max(map(len, places), default=0)
        for at in [at for at, word in enumerate(words.folded) if word in firsts]:
            if used[at] or not words.capital(at):
                continue
            if words.folded[at] in scan.abbreviations and words.caps(at):
                if not (at and words.folded[at - 1] in "-/" and not words.gap(at - 1)):
                    scan.organisations.append(Organisation(at, at + 1, "whole", words.raw(at), placed=True))
                continue
            if at and words.capital(at - 1) and words.joined(at - 1) and not words.breaks(at - 1) and not used[at - 1]:
                continue
            for size in range(longest, 1, -1):
                name = tuple(words.folded[at : at + size])
                if name in places and all(words.capital(k) and not used[k] for k in range(at, at + size)):
                    if not (words.capital(at + size) and words.joined(at + size - 1) and not words.breaks(at + size - 1)):
                        scan.places.append(Place(at, at, at + size, None, "place.known"))
                    break

    # -- mentions ---------------------------------------------------------------------------------

    def _mentions(self, scan: _Scan) -> list[Mention]:
        words = scan.words
        bodies = {org.first: org.end for org in scan.organisations}
        mentions = [
            Mention("ORG", *scan.span(org.first, org.end), OrgValue(), f"org.{org.kind}") for org in scan.organisations
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
        self.abbreviations: set[str] = set()

    def add_places(self, places: list[Place]) -> None:
        """Adds places that follow one another."""
        self.places += places
        self.free = places[-1].end

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Returns the offsets of words `first` to `end` (exclusive)."""
        return self.words.spans[first][0], self.words.spans[end - 1][1]

    def used(self) -> bytearray:
        """Returns a flag for every word that tells whether a name holds it."""
        used = bytearray(self.words.size)
        for name in [*self.organisations, *self.persons, *self.places]:
            for at in range(name.first, name.end):
                used[at] = 1
        return used
