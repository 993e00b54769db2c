"""Phrases: the names of bodies behind their heads, from phrase to phrase."""

from __future__ import annotations

from collections.abc import Callable

from nqparse.entities.name_ends import NameEnds
from nqparse.entities.persons import PersonGrammar
from nqparse.entities.places import PlaceGrammar
from nqparse.entities.words import Phrase, Words, phrases
from nqparse.ruleset import RuleSet

# Returns (end, phrase) of the head of a body that begins at a word, or None.
HeadAt = Callable[[Words, int], tuple[int, Phrase] | None]

_JOINERS = frozenset("&-–/")
_LONGEST_RUN = 8  # small words behind one word in capitals
_LONGEST_REACH = 3  # small words behind a known field
_LONGEST_NUMBER = 2  # digits
_FEWEST_TRADES = 2  # one alone is read as any field


class BodyPhrases:
    """Reads the names of bodies.

    A phrase is a field that the rules know, or a word in capitals with the small words behind it, up to one that no
    name goes on with.
    """

    def __init__(
        self, rules: RuleSet, ends: NameEnds, places: PlaceGrammar, persons: PersonGrammar, head_at: HeadAt
    ) -> None:
        self._ends = ends
        self._places = places
        self._persons = persons
        self._head_at = head_at
        self._fields = phrases(rules, {"field": "org.fields"}, exact=("field",))
        self._systems = phrases(rules, {"system": "org.systems"})
        self._traders = frozenset(rules.terms["org.traders"].terms)
        self._trades = phrases(rules, {"trade": "org.trades"})
        self._free = frozenset(rules.terms["org.small-alone"].terms)
        self._closed = frozenset(rules.terms["org.closed"].terms)
        self._numbered = frozenset(rules.terms["org.numbered-names"].terms)
        self._quotable = frozenset(rules.terms["org.quoted"].terms)
        self._small_names = frozenset(rules.terms["org.named-small"].terms)

    def ends_with_field(self, words: Words, at: int) -> bool:
        """Tells whether a name that begins at a word is a field, so that its end is certain."""
        return self._fields.match(words, at) is not None

    def may_be_small(self, words: Words, at: int, head: str) -> bool:
        """Tells whether a name in small letters is one though no level, place or capital is in it."""
        return head in self._free or (head in self._closed and self._fields.match(words, at) is not None)

    def rest_of_item(self, words: Words, at: int) -> int:
        """Returns the end of a list's item that goes on in small words, or `at`: "3. Vụ Kiểm sát giam giữ …;"."""
        end = at
        while words.small(end) and words.joined(end - 1) and end - at < _LONGEST_RUN:
            end += 1
        if end == at or end >= words.size or words.folded[end] not in ";.":
            return at
        if any(self._ends.is_function(words, k) and words.folded[k] != "va" for k in range(at, end)):
            return at
        return end

    def is_item(self, words: Words, at: int) -> bool:
        """Tells whether a word can open a name in a list whose head was said before."""
        if not words.capital(at):
            return False
        return self._fields.match(words, at) is not None or self._head_at(words, at) is None

    def item_end(self, words: Words, at: int) -> int:
        """Returns the end of one name in a list whose head was said before, or `at` if there is none."""
        field = self._fields.match(words, at)
        if field is not None:
            return field[0]
        end = self._phrase(words, at)
        while end + 1 < words.size and end > at and words.folded[end] in _JOINERS and words.capital(end + 1):
            end = self._phrase(words, end + 1)
        return end

    def name_behind(self, words: Words, first: int, at: int, head: str) -> int:
        """Returns the end of the name behind a head, the words `first` to `at` (exclusive); `at` if there is none."""
        if at >= words.size or not words.joined(at - 1):
            return at
        if words.breaks(at - 1) and not words.runs_on(at - 1) and self._fields.match(words, at) is None:
            if not self._fills_line(words, first, at):
                return at
        if words.caps(first) and not head.isupper():
            return self._caps_name(words, at, head) if words.caps(at) else at
        if head in self._quotable and (end := self._quoted(words, at)) > at:
            return end
        if head in self._traders and (end := self._trading_name(words, at)) > at:
            return end
        if words.folded[at].isdigit():
            end = at + 1 if head in self._numbered and self._is_number(words, at) else at
        elif words.capital(at):
            end = self._phrase(words, at)
        else:
            end = self._small_name(words, at, head)
        closed = head == "Bộ" or (head in self._closed and words.breaks(end - 1))
        if closed and words.capital(end) and self._ends_with_field_at(words, at, end):
            return end  # "… của Bộ Y tế / Cắt giảm thủ tục"
        return self.go_on(words, end) if end > at else at

    def _trading_name(self, words: Words, at: int) -> int:
        """Returns the end of a company's name that begins with two trades or more, or `at`."""
        end, count = at, 0
        while end < words.size and (end == at or words.joined(end - 1)):
            start = end + 1 if end > at and (words.folded[end] == "va" or words.folded[end] in _JOINERS) else end
            trade = self._trades.match(words, start) if start < words.size else None
            if trade is None:
                break
            end, count = trade[0], count + 1
        if count < _FEWEST_TRADES or not words.capital(at) or words.caps(at):
            return at
        if end >= words.size or not words.joined(end - 1):
            return end
        if words.folded[end].isdigit() and self._is_number(words, end):
            return end + 1
        known = self._places.known_at(words, end)
        proper = words.capital(end) and self._head_at(words, end) is None and not self._ends.before(words, end)
        named = self.go_on(words, self._phrase(words, end)) if proper else end
        return max(named, known[0]) if known is not None else named

    def _ends_with_field_at(self, words: Words, at: int, end: int) -> bool:
        field = self._fields.match(words, at)
        return field is not None and field[0] == end

    @staticmethod
    def number(words: Words, at: int) -> int:
        """Returns the end of the number behind a head, or `at`: "Quân khu 2", "Tổ đại biểu số 3"."""
        digits = at + 1 if words.folded[at : at + 1] == ["so"] else at
        return digits + 1 if digits < words.size and words.folded[digits].isdigit() else at

    @staticmethod
    def _quoted(words: Words, at: int) -> int:
        """Returns the end of a name in quotation marks, or `at`."""
        if words.folded[at] != '"' or not words.capital(at + 1):
            return at
        last = min(at + _LONGEST_RUN + 2, words.size)
        return next((k + 1 for k in range(at + 1, last) if words.folded[k] == '"'), at)

    @staticmethod
    def _is_number(words: Words, at: int) -> bool:
        """Tells whether a number is a name, and no count ("Công ty 5 thành viên") and no share."""
        follows = at + 1
        if follows >= words.size or words.breaks(at):
            return True
        return not words.small(follows) and words.folded[follows] not in "/%"

    @staticmethod
    def _fills_line(words: Words, first: int, at: int) -> bool:
        """Tells whether a head is a line of capitals by itself, with its name below: "CÔNG TY CỔ PHẦN / AN LỘC"."""
        return at - first > 1 and words.opens_line(first) and words.caps(first) and words.caps(at)

    def go_on(self, words: Words, end: int) -> int:
        """Returns the end of all phrases that go on with a name."""
        while end < words.size:
            follows = self._next_phrase(words, end)
            if follows == end:
                break
            end = follows
        return end

    def optional_name(self, words: Words, at: int) -> int:
        """Returns the end of the name behind a head that needs none, or `at`: "Công đoàn ngành Giáo dục"."""
        if at >= words.size or not words.joined(at - 1):
            return at
        start = at + 1 if words.raw(at) == "ngành" else at
        if not words.capital(start) or words.caps(start) or not words.runs_on(start - 1):
            return at
        if self._head_at(words, start) is not None or self._places.known_at(words, start) is not None:
            return at
        if self._places.unit_at(words, start) is not None or self.is_person(words, start):
            return at
        end = self._phrase(words, start)
        return self.go_on(words, end) if end > start else at

    def topic(self, words: Words, at: int) -> int:
        """Returns the end of what a body is for, or `at`: "Ban Chỉ đạo 35", "… phòng, chống dịch Covid-19"."""
        if at >= words.size or not words.joined(at - 1):
            return at
        if words.folded[at].isdigit():
            return at + 1
        start = at + 1 if words.raw(at) == "về" else at
        if words.raw(at) == "các" and words.capital(at + 1) and self._head_at(words, at + 1) is None:
            end = self._phrase(words, at + 1)  # "Ban Chỉ đạo các Chương trình mục tiêu quốc gia"
            return end if end > at + 1 else at
        if start == at and self._ends.is_verb(words, at):
            return at
        end = start
        while end < words.size and end - start < _LONGEST_RUN and words.joined(end - 1):
            if words.raw(end) == "," and words.folded[end + 1 : end + 2] == ["chong"]:
                end += 2  # "phòng, chống"
                continue
            if words.folded[end] == "va" and (level := self._level_ahead(words, end + 1)) > end + 1:
                return level
            if not words.small(end) or self._ends.is_function(words, end):
                break
            if self._places.unit_at(words, end) is not None or (end > start and self._ends.is_verb(words, end)):
                break
            end += 1
        if end == start:
            return at
        if not words.capital(end) or self._ends.before(words, end):
            return end
        if words.folded[end + 1 : end + 2] == ["-"] and words.hyphen(end + 1):
            end += 2  # "Covid-19"
        return self.go_on(words, end + 1)

    def _level_ahead(self, words: Words, at: int) -> int:
        """Returns the word of level that small words lead to, or `at`: "… và tìm kiếm cứu nạn | tỉnh"."""
        end = at
        while end < words.size and end - at < _LONGEST_RUN and words.small(end) and words.joined(end - 1):
            if self._places.unit_at(words, end) is not None:
                return end
            if self._ends.is_function(words, end) or self._ends.is_verb(words, end):
                break
            end += 1
        return at

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
        if self._ends.before(words, at):
            return at
        return at + 1 if words.caps(at) else self._small_run(words, at + 1)

    def _reach(self, words: Words, at: int) -> int:
        """Returns the end of small words behind a known field, where they lead to a level or place and nowhere else."""
        end = self._small_run(words, at)
        if end == at or end - at > _LONGEST_REACH or end >= words.size or not words.joined(end - 1):
            return at
        leads_on = self._places.unit_at(words, end) is not None or self._places.known_at(words, end) is not None
        if words.folded[end] == "va":
            leads_on = words.capital(end + 1) and self._head_at(words, end + 1) is None
            leads_on = leads_on and not self._ends.before(words, end + 1)
        return end if leads_on else at

    def _small_run(self, words: Words, at: int) -> int:
        """Returns the end of the small words of a name."""
        end = at
        while end - at < _LONGEST_RUN and words.small(end) and words.joined(end - 1):
            if self._ends.is_function(words, end) or self._places.unit_at(words, end) is not None:
                break
            if (end > at or words.small(at - 1)) and self._ends.is_verb(words, end):
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
            if not words.joined(at) or self._head_at(words, start) is not None:
                return at
            if words.small(start):
                return self._small_coordinate(words, start) or at
            end = self._phrase(words, start)
            return end if end > start else at
        if mark == ",":
            return self._coordinated(words, at)
        if self._has_number(words, at):
            return at + 2
        if mark.isdigit():
            number = words.capital(at - 1) and not words.breaks(at - 1) and len(mark) <= _LONGEST_NUMBER
            address = words.adjoins_number(at) and self._head_at(words, at + 1) is None  # "Chi nhánh Hà Nội 95 Láng Hạ"
            return at + 1 if number and not address else at
        if words.small(at):
            branch = words.folded[at : at + 2] == ["chi", "nhanh"] and words.capital(at + 2)
            return self._phrase(words, at + 2) if branch else at
        if not words.capital(at) or not words.runs_on(at - 1):
            return at
        if self._head_at(words, at) is not None or self.is_person(words, at):
            return at
        if words.raw(at).upper() == "TP" and self._places.unit_at(words, at) is not None:
            return at
        if words.capital(at - 1) and not words.caps(at - 1):
            # Two words in capitals are a proper name; small words behind it are no part of it.
            field = self._fields.match(words, at)
            return field[0] if field else at if self._ends.before(words, at) else at + 1
        return self._phrase(words, at)

    def _small_coordinate(self, words: Words, at: int) -> int:
        """Returns the end of "và đô thị Nam Hà Nội" behind small words of a name; 0 where it leads to no place."""
        if not words.small(at - 2):
            return 0
        end = self._small_run(words, at)
        if end == at or end - at > _LONGEST_REACH or end >= words.size or not words.joined(end - 1):
            return 0
        if not words.capital(end) or self._head_at(words, end) is not None or self._ends.before(words, end):
            return 0
        if self.is_person(words, end):
            return 0
        return self._phrase(words, end)

    def _coordinated(self, words: Words, at: int) -> int:
        """Returns the end of ", B và C" behind the first of a name's phrases, or `at` where the comma ends the name."""
        end = at
        for _ in range(3):
            if end >= words.size or words.folded[end] != "," or self._head_at(words, end + 1) is not None:
                return at
            follows = self._phrase(words, end + 1)
            if follows == end + 1:
                return at
            end = follows
            if end + 1 < words.size and words.folded[end] in ("va", "&"):
                if self._head_at(words, end + 1) is not None:
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
            if start >= words.size or not words.raw(start).isupper() or self._ends.in_caps(words, start):
                break
            if end > at and (self._places.unit_at(words, start) is not None or self._head_at(words, start) is not None):
                break
            end = start + 1
        return end

    def is_person(self, words: Words, at: int) -> bool:
        """Tells whether the words from here look like the full name of a person."""
        return self._persons.name_end(words, at) > at
