"""Organisations: the longest name with its level, its place and the body that it belongs to.

    organisation = whole , [ state ]                          "Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam"
                 | ( body | part ) , [ tail ]                 "Ban Chấp hành | Đảng bộ | tỉnh"
                 | bound , tail                               "Thường trực | HĐND"
                 | ( unit | named ) , name , [ tail ]         "Sở | Khoa học và Công nghệ | Hà Nội"
    tail         = [ "của" | "-" ] , organisation | level , [ place ] | place | system
    name         = phrase , { ( "và" | "-" | "&" | "/" ) , phrase } | phrase , { "," , phrase } , "và" , phrase
    phrase       = a field that the rules know | a word in capitals , small words up to one that no name goes on with
"""

from __future__ import annotations

from dataclasses import dataclass

from nqparse.entities.persons import PersonGrammar
from nqparse.entities.places import PlaceGrammar
from nqparse.entities.words import Phrase, PhraseTable, Words, is_syllable, phrases, plain
from nqparse.ruleset import RuleSet

_KINDS = ("whole", "body", "part", "bound", "unit", "named")
_JOINERS = frozenset("&-–/")
_DASHES = frozenset("-–")
_ROMAN = frozenset("ivxl")
_LONGEST_RUN = 8  # small words behind one word in capitals
_LONGEST_REACH = 3  # small words behind a known field
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

    def __init__(self, rules: RuleSet, places: PlaceGrammar, persons: PersonGrammar) -> None:
        self._places = places
        self._persons = persons
        self._heads = phrases(rules, {**{kind: f"org.{kind}" for kind in _KINDS}, "none": "org.none"}, exact=("none",))
        self._joint = phrases(rules, {"joint": "org.joint"})
        self._fields = phrases(rules, {"field": "org.fields"}, exact=("field",))
        self._systems = phrases(rules, {"system": "org.systems"})
        self._state = phrases(rules, {"state": "org.state"})
        self._deny = PhraseTable(
            {"deny": [*rules.terms["name.deny"].terms, *rules.terms["person.offices"].terms]}, exact=("deny",)
        )
        self._numbered = phrases(rules, {"numbered": "name.numbered"}, exact=("numbered",))
        self._verbs = phrases(rules, {"verb": "name.verbs"}, exact=("verb",))
        self._caps_stop = phrases(rules, {"stop": "name.caps-stop"}, exact=("stop",))
        self._behalf = frozenset(rules.terms["org.on-behalf"].terms)
        self._function = frozenset(map(plain, rules.terms["name.function"].terms))
        self._of = frozenset(rules.terms["org.offices-of"].terms)
        self._alone = frozenset(rules.terms["org.alone"].terms)
        self._must_be_named = frozenset(rules.terms["org.must-be-named"].terms)
        self._free = frozenset(rules.terms["org.small-alone"].terms)
        self._closed = frozenset(rules.terms["org.closed"].terms)
        self._small_names = frozenset(rules.terms["org.named-small"].terms)
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
            if term.isupper() and self._in_symbol(words, at):
                return None
            if words.caps(at) and not term.isupper() and words.caps(at - 1) and not words.breaks(at - 1):
                if not self._caps_stop.match(words, at - 1):
                    return None  # the end of a longer word in capitals: "NHIỆM VỤ"
        return found

    def _in_symbol(self, words: Words, at: int) -> bool:
        """Tells whether an abbreviation is a code in the symbol of a document: "NĐ-CP", "NĐ- CP"."""
        if words.folded[at - 1] not in _JOINERS:
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
            org.end = self._name(words, org)
            if org.end == end:
                return None
            if self._ends_item(words, org, end):
                return org
        self.close(words, org, depth)
        if kind == "named" and words.small(end) and not org.placed and not self._has_capital(words, end, org.end):
            if term not in self._free and not (term in self._closed and self._fields.match(words, end)):
                return None
        if kind == "bound" and term not in self._alone and not self._on_behalf(words, at):
            if not (org.placed or self._shares_superior(words, org)) or (org.bare_level and term in self._must_be_named):
                return None
        return org

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
        """Takes the rest of a list's item into a name that no field bounds: "3. Vụ Kiểm sát giam giữ …;"."""
        if self._fields.match(words, name) is not None or not self._opens_item(words, org.first):
            return False
        end = org.end
        while words.small(end) and words.joined(end - 1) and end - org.end < _LONGEST_RUN:
            end += 1
        if end == org.end or end >= words.size or words.folded[end] not in ";." or self._function_between(words, org.end, end):
            return False
        org.end = end
        return True

    def _opens_item(self, words: Words, at: int) -> bool:
        bullet = at - 1
        if bullet > 0 and words.folded[bullet] in ".)":
            bullet -= 1
        return bullet >= 0 and words.opens_line(bullet) and not words.opens_line(at)

    def _function_between(self, words: Words, at: int, end: int) -> bool:
        return any(plain(words.raw(k)) in self._function and words.folded[k] != "va" for k in range(at, end))

    def _on_behalf(self, words: Words, at: int) -> bool:
        """Tells whether a document is signed for the body that begins here: "TM.", "T/M"."""
        start = at - 1
        while start > 0 and at - start < 4 and not words.breaks(start - 1):  # noqa: PLR2004
            start -= 1
        return start >= 0 and words.phrase(start, at).rstrip(". ") in self._behalf

    def _with_state(self, words: Words, at: int) -> int:
        """Returns the end of the state's name behind one of its highest bodies."""
        start = at + 1 if at < words.size and words.folded[at] == "cua" else at
        found = self._state.match(words, start) if words.joined(at - 1) else None
        return found[0] if found else at

    # -- names ------------------------------------------------------------------------------------

    def is_item(self, words: Words, at: int) -> bool:
        """Tells whether a word can open a name in a list whose head was said before."""
        if not words.capital(at):
            return False
        return self._fields.match(words, at) is not None or self.head_at(words, at) is None

    def item_end(self, words: Words, at: int) -> int:
        """Returns the end of one name in a list whose head was said before, or `at` if there is none."""
        field = self._fields.match(words, at)
        if field is not None:
            return field[0]
        end = self._phrase(words, at)
        while end + 1 < words.size and end > at and words.folded[end] in _JOINERS and words.capital(end + 1):
            end = self._phrase(words, end + 1)
        return end

    def _name(self, words: Words, org: Organisation) -> int:
        """Returns the end of the name behind the head of an organisation; its own end if there is none."""
        at, head = org.end, org.head
        if at >= words.size or not words.joined(at - 1):
            return at
        if words.breaks(at - 1) and not words.runs_on(at - 1) and self._fields.match(words, at) is None:
            return at
        if words.caps(org.first) and not head.isupper():
            return self._caps_name(words, at, head) if words.caps(at) else at
        end = self._phrase(words, at) if words.capital(at) else self._small_name(words, at, head)
        while at < end < words.size:
            follows = self._next_phrase(words, end)
            if follows == end:
                break
            end = follows
        return end

    def _small_name(self, words: Words, at: int, head: str) -> int:
        """Reads a name that begins with a small letter: a known field, or words up to one in capitals."""
        field = self._fields.match(words, at)
        if field is not None and (head in self._closed or head in self._small_names):
            return field[0]
        if head not in self._small_names:
            return at
        end = self._small_run(words, at)
        if end == at or end >= words.size:
            return at
        if words.capital(end) and words.joined(end - 1):
            return self._phrase(words, end)
        return end if head in self._free else at

    def _phrase(self, words: Words, at: int) -> int:
        """Returns the end of one phrase of a name that begins with a word in capitals."""
        if not words.capital(at):
            return at
        field = self._fields.match(words, at)
        if field is not None:
            return self._reach(words, field[0])
        if self._stops(words, at):
            return at
        return at + 1 if words.caps(at) else self._small_run(words, at + 1)

    def _reach(self, words: Words, at: int) -> int:
        """Returns the end of small words behind a known field, where they lead to a level or place and nowhere else."""
        end = self._small_run(words, at)
        if end == at or end - at > _LONGEST_REACH or end >= words.size or not words.joined(end - 1):
            return at
        leads_on = self._places.unit_at(words, end) is not None or self._places.known_at(words, end) is not None
        if words.folded[end] == "va":
            leads_on = words.capital(end + 1) and self.head_at(words, end + 1) is None and not self._stops(words, end + 1)
        return end if leads_on else at

    def _small_run(self, words: Words, at: int) -> int:
        """Returns the end of the small words of a name."""
        end = at
        while end - at < _LONGEST_RUN and words.small(end) and words.joined(end - 1):
            if plain(words.raw(end)) in self._function or self._places.unit_at(words, end) is not None:
                break
            if (end > at or words.small(at - 1)) and self._verbs.match(words, end) is not None:
                break
            if self._systems.match(words, end) is not None or self._has_number(words, end):
                break
            end += 1
        return end if end - at < _LONGEST_RUN else at + 1

    def _has_number(self, words: Words, at: int) -> bool:
        return words.folded[at] == "so" and at + 1 < words.size and words.folded[at + 1].isdigit()

    def _next_phrase(self, words: Words, at: int) -> int:
        """Returns the end of the phrase that goes on with a name, or `at`."""
        if not words.joined(at - 1):
            return at
        mark = words.folded[at]
        if mark in _JOINERS or mark == "va":
            start = at + 1
            if not words.joined(at) or self.head_at(words, start) is not None:
                return at
            end = self._phrase(words, start)
            return end if end > start else at
        if mark == ",":
            return self._coordinated(words, at)
        if self._has_number(words, at):
            return at + 2
        if mark.isdigit():
            number = words.capital(at - 1) and not words.breaks(at - 1) and len(mark) < 3  # noqa: PLR2004
            return at + 1 if number else at
        if words.small(at):
            branch = words.folded[at : at + 2] == ["chi", "nhanh"] and words.capital(at + 2)
            return self._phrase(words, at + 2) if branch else at
        if not words.capital(at) or not words.runs_on(at - 1):
            return at
        if self.head_at(words, at) is not None or self._is_person(words, at):
            return at
        if words.capital(at - 1) and not words.caps(at - 1):
            # Two words in capitals are a proper name; small words behind it are no part of it.
            field = self._fields.match(words, at)
            return field[0] if field else at if self._stops(words, at) else at + 1
        return self._phrase(words, at)

    def _coordinated(self, words: Words, at: int) -> int:
        """Returns the end of ", B và C" behind the first of a name's phrases, or `at` where the comma ends the name."""
        end = at
        for _ in range(3):
            if end >= words.size or words.folded[end] != "," or self.head_at(words, end + 1) is not None:
                return at
            follows = self._phrase(words, end + 1)
            if follows == end + 1:
                return at
            end = follows
            if end + 1 < words.size and words.folded[end] == "va":
                if self.head_at(words, end + 1) is not None:
                    return at
                last = self._phrase(words, end + 1)
                return last if last > end + 1 else at
        return at

    def _caps_name(self, words: Words, at: int, head: str) -> int:
        """Reads a name in a line of capitals: a known field, or the words up to a level or the end of the line."""
        field = self._fields.match(words, at)
        if field is not None and head in self._closed:
            return field[0]
        end = field[0] if field else at
        while end < words.size:
            start = end
            if end > at:
                if words.folded[end] in _JOINERS or words.folded[end] == "va":
                    start = end + 1
                if not words.joined(end - 1) or (start > end and not words.joined(end)):
                    break
            if start >= words.size or not words.raw(start).isupper() or self._caps_stop.match(words, start):
                break
            if end > at and (self._places.unit_at(words, start) is not None or self.head_at(words, start) is not None):
                break
            end = start + 1
        return end

    def _stops(self, words: Words, at: int) -> bool:
        """Tells whether no name goes on with a word in capitals."""
        if self._deny.match(words, at) is not None:
            return True
        numbered = self._numbered.match(words, at)
        if numbered is None or numbered[0] >= words.size:
            return False
        follows = words.folded[numbered[0]]
        return follows.isdigit() or (words.capital(numbered[0]) and _ROMAN.issuperset(follows))

    def _is_person(self, words: Words, at: int) -> bool:
        return self._persons.name_end(words, at) > at

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
            org.end = self._with_number(words, system[0])
            org.placed = org.bare_level = True
            return True
        known = self._places.known_at(words, at)
        if known is not None and known[1] in ("province", "country"):
            org.place, org.end, org.placed = at, known[0], True
            return known[1] == "province"
        if org.kind in ("unit", "named") or not words.capital(at) or self._is_person(words, at):
            return False
        caps = words.caps(at)
        if caps != (words.caps(org.first) and not org.head.isupper()) or not words.runs_on(at - 1) or (caps and words.breaks(at - 1)):
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

    def _with_number(self, words: Words, at: int) -> int:
        """Returns the end of the number of a region: "Khu vực VII"."""
        if at < words.size and words.joined(at - 1) and words.folded[at - 1] == "vuc":
            if words.folded[at].isdigit() or _ROMAN.issuperset(words.folded[at]):
                return at + 1
        return at

    def _superior(self, words: Words, org: Organisation, depth: int) -> bool:
        """Adds the body that an organisation belongs to; tells whether the name ends with it."""
        if depth >= _DEEPEST or org.placed:
            return False
        at = org.end
        mark = words.folded[at]
        dashed = mark in _DASHES and org.kind in ("unit", "named")
        if dashed or (mark == "cua" and org.head in self._of) or (mark == "." and words.hyphen(at)):
            at += 1
        elif not words.capital(at):
            return False
        elif words.breaks(at - 1) and words.caps(at) and org.kind not in ("part", "bound"):
            return False  # a letterhead: the superior body stands above
        head = self.head_at(words, at, inside=True)
        if head is None:
            if at == org.end and org.kind in ("part", "bound") and self._is_abbreviation(words, at):
                org.abbreviation, org.end, org.placed = at, at + 1, True
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
        return self._persons.office_before(words, org.first) and self._is_person(words, at)
