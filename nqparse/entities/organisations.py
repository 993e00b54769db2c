"""Organisations: the longest name with its level, its place and the body that it belongs to.

    organisation = whole , [ state ]                          "Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam"
                 | ( body | part ) , [ tail ]                 "Ban Chấp hành | Đảng bộ | tỉnh"
                 | bound , tail                               "Thường trực | HĐND"
                 | ( unit | named ) , name , [ tail ]         "Sở | Khoa học và Công nghệ | Hà Nội"
    tail         = [ "của" | "-" ] , organisation | level , [ place ] | place | system
    name         = phrase , { ( "và" | "-" | "&" | "/" ) , phrase } | phrase , { "," , phrase } , "và" , phrase

A phrase is a field that the rules know, or a word in capitals with the small words behind it, up to one that no name
goes on with (`nqparse.entities.name_ends`).
"""

from __future__ import annotations

from dataclasses import dataclass

from nqparse.entities.body_phrases import BodyPhrases
from nqparse.entities.name_ends import NameEnds, is_roman
from nqparse.entities.persons import PersonGrammar
from nqparse.entities.places import PlaceGrammar
from nqparse.entities.words import Phrase, Words, is_syllable, phrases
from nqparse.ruleset import RuleSet

_KINDS = ("whole", "body", "part", "bound", "unit", "named")
_JOINERS = frozenset("&-–/")
_DASHES = frozenset("-–")
_LONGEST_FOREIGN = 12  # words
_DEEPEST = 4  # bodies of bodies of bodies


@dataclass(slots=True)
class Organisation:
    """An organisation by its words: `first` to `end` (exclusive).

    `kind` and `head` are those of its first phrase in the rules; `placed` tells that a level, a place or a superior
    body closes it, `bare_level` that it is a level without a name; `place` is the first word of the place's name, and
    `abbreviation` the word that stands for a superior body which the rules do not know.
    """

    first: int
    end: int
    kind: str
    head: str
    placed: bool = False
    bare_level: bool = False
    place: int | None = None
    abbreviation: int | None = None


class OrganisationGrammar:
    """Reads the names of organisations."""

    def __init__(self, rules: RuleSet, ends: NameEnds, places: PlaceGrammar, persons: PersonGrammar) -> None:
        self._ends = ends
        self._places = places
        self._persons = persons
        self._heads = phrases(rules, {**{kind: f"org.{kind}" for kind in _KINDS}, "none": "org.none"}, exact=("none",))
        self._joint = phrases(rules, {"joint": "org.joint"})
        self._phrases = BodyPhrases(rules, ends, places, persons, self.head_at)
        self._systems = phrases(rules, {"system": "org.systems"})
        self._courts = frozenset(rules.terms["org.courts"].terms)
        self._state = phrases(rules, {"state": "org.state"})
        self._foreign = phrases(rules, {"end": "org.foreign-ends"}, exact=("end",))
        self._numbered = frozenset(rules.terms["org.numbered"].terms)
        self._maybe_named = frozenset(rules.terms["org.maybe-named"].terms)
        self._after_people = frozenset(rules.terms["org.after-people"].terms)
        self._of_topic = frozenset(rules.terms["org.of-topic"].terms)
        self._behalf = frozenset(rules.terms["org.on-behalf"].terms)
        self._of = frozenset(rules.terms["org.offices-of"].terms)
        self._alone = frozenset(rules.terms["org.alone"].terms)
        self._must_be_named = frozenset(rules.terms["org.must-be-named"].terms)
        self._small_heads = frozenset(rules.terms["org.small"].terms)

    def openers(self) -> tuple[set[str], set[str]]:
        """Returns the words that an organisation can begin with: folded, and as written with a small letter."""
        return self._heads.firsts(), {term.split()[0].lower() for term in self._small_heads}

    def head_at(self, words: Words, at: int, *, inside: bool = False) -> tuple[int, Phrase] | None:
        """Returns (end, phrase) of the head that begins at a word, or None.

        `inside` tells that a body ends right before it, so that its first word is not the end of another word.
        """
        if at >= words.size:
            return None
        capital = words.capital(at)
        found = self._heads.match(words, at, far=capital and words.caps(at))
        if found is None or not (capital or found[1].term in self._small_heads):
            return None
        end, (_, term) = found
        if at and end - at == 1 and not inside:
            if term.isupper() and self.in_symbol(words, at):
                return None
            if words.caps(at) and not term.isupper() and words.caps(at - 1) and not words.breaks(at - 1):
                if not self._ends.in_caps(words, at - 1):
                    return None  # the end of a longer word in capitals: "NHIỆM VỤ"
        return found

    def foreign_openers(self) -> set[str]:
        """Returns the first words of what an English name in capitals ends with, in small letters."""
        return self._foreign.openers()

    def foreign_at(self, words: Words, at: int) -> Organisation | None:
        """Returns the company whose English name in capitals ends with the phrase that begins here, or None."""
        found = self._foreign.match(words, at)
        if found is None or not words.caps(at):
            return None
        first = at
        while first and at - first < _LONGEST_FOREIGN and words.joined(first - 1) and not words.breaks(first - 1):
            if not self._is_english(words, first - 1):
                break
            first -= 1
        while first < at and not words.capital(first):
            first += 1
        return Organisation(first, found[0], "whole", found[1].term, placed=True) if first < at else None

    @staticmethod
    def _is_english(words: Words, at: int) -> bool:
        word = words.raw(at)
        return word in _JOINERS or (word.isascii() and word.isupper())

    def is_field(self, words: Words, at: int) -> bool:
        """Tells whether a field of bodies that the rules know is written here with a capital."""
        return words.capital(at) and self._phrases.ends_with_field(words, at)

    def in_symbol(self, words: Words, at: int) -> bool:
        """Tells whether an abbreviation is a code in the symbol of a document: "NĐ-CP", "NĐ- CP"."""
        if at == 0 or words.raw(at - 1) not in _JOINERS:
            return False
        return not words.gap(at - 1) or (at > 1 and not words.gap(at - 2))

    def is_body(self, words: Words, at: int) -> bool:
        """Tells whether a body of two words or more begins here, so that the name of a place ends before it."""
        found = self.head_at(words, at)
        if found is None or found[1].kind == "none" or found[0] - at == 1:
            return False
        # A place may be called "Liên Minh"; a body is written "Liên minh".
        return words.caps(at) or any(words.small(k) or words.caps(k) for k in range(at + 1, found[0]))

    def at(self, words: Words, at: int, head: tuple[int, Phrase] | None, depth: int = 0) -> Organisation | None:
        """Returns the organisation that begins with a head (what `head_at` gave for this word), or None."""
        if head is None or head[1].kind == "none":
            return None
        end, (kind, term) = head
        org = Organisation(at, end, kind, term)
        if kind == "whole":
            org.end = self._with_state(words, org.end)
            return org
        if kind in ("unit", "named"):
            org.end = self._phrases.name_behind(words, at, end, term)
            if org.end == end:
                return None
            if term in self._after_people and words.joined(org.end - 1) and not words.breaks(org.end - 1):
                person = self._persons.name_end(words, org.end)
                if person > org.end and not self._is_officer(words, org, org.end):
                    org.end = person  # "Trường Tiểu học Lê Văn Tám"
                    return org
            if self._ends_item(words, org, end):
                return org
        elif term in self._maybe_named:
            org.end = self._phrases.optional_name(words, end)
        elif term in self._of_topic:
            org.end = self._phrases.topic(words, end)
        elif term in self._numbered:
            org.end = self._phrases.number(words, end)
        named = org.end > end
        self._branch(words, org)
        self.close(words, org, depth)
        self._branch(words, org)
        if kind == "named" and words.small(end) and not org.placed and not self._has_capital(words, end, org.end):
            if not self._phrases.may_be_small(words, end, term):
                return None
        if kind == "bound" and term not in self._alone and not self._on_behalf(words, at):
            if org.bare_level and term in self._must_be_named:
                return None
            if not named and not org.placed and not (depth == 0 and self._shares_superior(words, org)):
                return None
        return org

    def _branch(self, words: Words, org: Organisation) -> None:
        """Adds the place of a branch: "… chi nhánh huyện A"."""
        at = org.end
        if words.folded[at : at + 2] != ["chi", "nhanh"] or not words.joined(at - 1):
            return
        branch = Organisation(org.first, at + 2, "body", org.head)
        self._level(words, branch, far=False)
        if branch.place is not None:
            org.end, org.placed, org.bare_level, org.place = branch.end, True, False, branch.place

    def _shares_superior(self, words: Words, org: Organisation) -> bool:
        """Tells whether the superior body stands behind the next name: "Thường trực, Ban Thường vụ Tỉnh ủy"."""
        at = org.end
        if at >= words.size or words.folded[at] not in (",", "va"):
            return False
        head = self.head_at(words, at + 1)
        if head is None or head[1].kind not in ("part", "bound", "unit"):
            return False
        follows = self.at(words, at + 1, head, depth=1)
        return follows is not None and follows.placed

    def _has_capital(self, words: Words, at: int, end: int) -> bool:
        return any(words.capital(k) for k in range(at, end))

    def _ends_item(self, words: Words, org: Organisation, name: int) -> bool:
        """Takes the rest of a list's item into a name that no field bounds."""
        if self._phrases.ends_with_field(words, name) or not self._opens_item(words, org.first):
            return False
        end = self._phrases.rest_of_item(words, org.end)
        if end == org.end:
            return False
        org.end = end
        return True

    def _opens_item(self, words: Words, at: int) -> bool:
        bullet = at - 1
        if bullet > 0 and words.folded[bullet] in ".)":
            bullet -= 1
        if bullet < 0 or not words.opens_line(bullet) or words.opens_line(at):
            return False
        return len(words.folded[bullet]) == 1 or words.folded[bullet].isdigit()  # "Giao Công ty …" is no item

    def _on_behalf(self, words: Words, at: int) -> bool:
        """Tells whether a document is signed for the body that begins here: "TM.", "T/M"."""
        start = at - 1
        while start > 0 and at - start < 4 and not words.breaks(start - 1):
            start -= 1
        return start >= 0 and words.phrase(start, at).rstrip(". ") in self._behalf

    def _with_state(self, words: Words, at: int) -> int:
        """Returns the end of the state's name behind one of its highest bodies."""
        start = at + 1 if at < words.size and words.folded[at] == "cua" else at
        found = self._state.match(words, start) if words.joined(at - 1) else None
        return found[0] if found else at

    def item_at(self, words: Words, at: int, head: str) -> Organisation | None:
        """Returns the organisation that begins at a word of a list whose head was said before, or None."""
        end = self._phrases.item_end(words, at) if self._phrases.is_item(words, at) else at
        if end == at:
            return None
        item = Organisation(at, end, "unit", head)
        self.close(words, item)
        item.kind = "shared"
        return item

    # -- tails ------------------------------------------------------------------------------------

    def close(self, words: Words, org: Organisation, depth: int = 0) -> None:
        """Adds level, place and superior body to an organisation."""
        far = words.caps(org.end - 1) and words.caps(org.first)
        for _ in range(_DEEPEST):
            if org.end >= words.size or not words.joined(org.end - 1, far=far):
                return
            before = org.end
            if self._superior(words, org, depth) or self._level(words, org, far) or org.end == before:
                return

    def _level(self, words: Words, org: Organisation, far: bool) -> bool:
        """Adds a level or place; tells whether the name ends with it."""
        at = org.end
        if at >= words.size:
            return False
        if words.folded[at] == "/" or (words.folded[at] == "cua" and org.head in self._of):
            at += 1
        unit = self._places.unit_at(words, at, far=far)
        if unit is not None:
            self._unit(words, org, at, unit[0])
            return True
        if at > org.end:
            return False
        system = self._systems.match(words, at)
        if system is not None:
            org.end = self._region(words, system[0])
            org.placed = org.bare_level = True
            return True
        known = self._places.known_at(words, at)
        if known is not None and words.breaks(at - 1) and words.caps(org.end - 1) and not words.caps(at):
            return False  # the line below a letterhead: "BAN THƯỜNG VỤ / Hà Giang, ngày …"
        if known is not None and known[1] in ("province", "country"):
            org.place, org.end, org.placed = at, known[0], True
            return known[1] == "province"
        if org.kind in ("unit", "named") or not words.capital(at) or self._phrases.is_person(words, at):
            return False
        caps = words.caps(at)
        if caps != (words.caps(org.first) and not org.head.isupper()) or not words.runs_on(at - 1):
            return False
        if caps and words.breaks(at - 1):
            return False
        end = self._places.name_at(words, at, least=2, stop=self.is_body)
        if end == at or self._is_officer(words, org, at):
            return False
        org.place, org.end, org.placed = at, end, True
        return True

    def _unit(self, words: Words, org: Organisation, at: int, end: int) -> None:
        """Adds a word of level, and the name of the place behind it."""
        if end < words.size and words.folded[end] == "." and words.folded[at] == "tp":
            end += 1
        org.end, org.placed, org.bare_level = end, True, True
        if words.joined(end - 1) and (self._places.known_at(words, end) or not self._is_officer(words, org, end)):
            org.end = self._places.name_at(words, end, number=True, stop=self.is_body)
            if org.end > end:
                org.bare_level, org.place = False, end

    def _region(self, words: Words, at: int) -> int:
        """Returns the end of the number and places of a region: "Khu vực VII", "khu vực 3 - Hà Giang"."""
        if at >= words.size or not words.joined(at - 1) or words.folded[at - 1] != "vuc":
            return at
        number = words.folded[at].isdigit() or is_roman(words.folded[at])
        end = at + 1 if number else self._places.name_at(words, at, least=2, stop=self.is_body)
        if at < end < words.size and words.folded[end] in _DASHES and words.joined(end - 1):
            second = self._places.name_at(words, end + 1, least=2, stop=self.is_body)
            end = second if second > end + 1 else end
        return end

    def _superior(self, words: Words, org: Organisation, depth: int) -> bool:
        """Adds the body that an organisation belongs to; tells whether the name ends with it."""
        if depth >= _DEEPEST or org.placed:
            return False
        at = org.end
        mark = words.folded[at]
        dashed = mark in _DASHES and org.kind in ("unit", "named")
        abbreviated = mark == "." and (words.hyphen(at) or org.head == "TT") and not words.breaks(at)
        if dashed or (mark == "cua" and org.head in self._of) or abbreviated:
            at += 1
        elif not words.capital(at):
            return False
        elif words.breaks(at - 1) and words.caps(at) and org.kind not in ("part", "bound"):
            return False  # a letterhead: the superior body stands above
        head = self.head_at(words, at, inside=True)
        if head is None:
            if at == org.end and org.kind in ("part", "bound") and self._is_abbreviation(words, at):
                org.abbreviation, org.end, org.placed = at, at + 1, True
                while org.end + 1 < words.size and words.folded[org.end] == "-" and words.hyphen(org.end):
                    if not words.caps(org.end + 1):
                        break
                    org.end += 2  # "TT TH-CB"
                return True
            return False
        kind = head[1].kind
        if at == org.end and kind == "part" and words.breaks(at - 1) and words.caps(at):
            return False
        joint = self._joint.match(words, at) if org.head in ("Văn phòng", "VP") else None
        if joint is not None:
            org.end = joint[0]
            self._level(words, org, far=False)
            org.placed = True
            return True
        superior = self.at(words, at, head, depth + 1)
        if superior is None:
            if at == org.end and kind == "named" and org.kind in ("part", "bound", "body"):
                org.end, org.placed = head[0], True  # "VP Hội", "Đảng ủy Trường"
                if org.end + 1 < words.size and words.folded[org.end] == "cua":
                    whole = self.head_at(words, org.end + 1)
                    org.end = whole[0] if whole and whole[1].kind == "whole" else org.end
                return True
            return False
        if at > org.end and not dashed and superior.kind not in ("whole", "body", "named"):
            return False
        org.end, org.placed, org.place = superior.end, True, superior.place
        return True

    def _is_abbreviation(self, words: Words, at: int) -> bool:
        return words.caps(at) and not words.breaks(at - 1) and not is_syllable(words.folded[at])

    def _is_officer(self, words: Words, org: Organisation, at: int) -> bool:
        """Tells whether the name behind a body is that of its officer and not of its place."""
        return self._persons.office_before(words, org.first) and self._phrases.is_person(words, at)
