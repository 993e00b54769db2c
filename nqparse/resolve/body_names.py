"""Spelling the names of bodies: abbreviations written out, capitals and spelling as the rules have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nqparse.entities.name_ends import is_roman
from nqparse.entities.words import Phrase, PhraseTable, Words, is_syllable, phrases, plain
from nqparse.fold import fold
from nqparse.ruleset import RuleSet

_KINDS = ("whole", "body", "part", "bound", "unit", "named")
_TIGHT = frozenset("-–&/")
_SHORT_UNITS = {"TP": "thành phố", "TX": "thị xã", "TT": "thị trấn", "Q": "quận", "P": "phường"}
# Kinds of bodies that belong to a level, a place or a superior body, written or not.
_OPEN = frozenset(("body", "part", "bound", "unit"))


@dataclass(frozen=True, slots=True)
class BodyName:
    """A spelled name.

    Attributes:
        text: the name.
        kind: the kind of its first phrase in the rules.
        head: its first phrase in the rules.
        last: the phrase that its level or place belongs to.
        level: the level that it names.
        place: the place behind level or body.
        tail: level and place, or the superior body.
        open: whether a level, place or superior body is understood.
        superior: whether it names its superior body.
        general: whether it names a class of bodies ("cấp tỉnh").
        of_place: whether the level follows behind "của".
        certain: whether every word is known; a name in capitals can be trusted only then.
    """

    text: str
    kind: str
    head: str
    last: str
    level: str | None = None
    place: str | None = None
    tail: str = ""
    open: bool = False
    superior: bool = False
    general: bool = False
    of_place: bool = False
    certain: bool = True


class _Tables:
    """The vocabulary of names."""

    def __init__(self, rules: RuleSet) -> None:
        self.heads = phrases(rules, {kind: f"org.{kind}" for kind in _KINDS})
        self.fields = phrases(rules, {"field": "org.fields"})
        self.systems = phrases(rules, {"system": "org.systems"})
        self.units = phrases(rules, {"unit": "place.units"})
        self.state = phrases(rules, {"state": "org.state"})
        self.variants = {fold(old): new for old, new in rules.tables["place.variants"].rows.items()}
        names = [
            *rules.tables["place.codes-until-2025"].rows,
            *rules.tables["place.variants"].rows,
            *rules.terms["place.countries"].terms,
        ]
        self.places = PhraseTable({"place": names}, exact=("place",))
        self.provincial = frozenset(rules.terms["org.provincial"].terms)
        self.long = dict(rules.tables["org.long-forms"].rows)


class BodySpeller:
    """Spells the names of bodies. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._tables = _Tables(rules)
        self.known_abbreviations = frozenset(self._tables.long)

    def spell(self, written: str, long_forms: Mapping[str, str]) -> BodyName | None:
        """Returns the spelled name, or None where a word of it cannot be written out.

        Args:
            written: the name on one line.
            long_forms: what the document's own abbreviations stand for.
        """
        written = long_forms.get(written) or self._tables.long.get(written) or written
        words = Words.of(written, fold(written), 0, len(written))
        return _Spelling(self._tables, words, long_forms).name() if words.size else None


class _Spelling:
    """The spelling of one name, word by word."""

    def __init__(self, tables: _Tables, words: Words, long_forms: Mapping[str, str]) -> None:
        self._tables = tables
        self._words = words
        self._long_forms = long_forms
        self._parts: list[str] = []
        self._heads: list[tuple[Phrase, int]] = []  # with the index of the part
        self._level: tuple[str, int] | None = None
        self._place: int | None = None
        self._closed = False
        self._general = False
        self._certain = True

    def name(self) -> BodyName | None:
        """Returns the spelled name, or None."""
        at = 0
        while at < self._words.size:
            follows = self._step(at)
            if follows is None:
                return None
            at = follows
        return self._finished()

    def _step(self, at: int) -> int | None:
        """Spells what begins at a word and returns the word behind it, or None where it cannot be spelled."""
        words, tables = self._words, self._tables
        if not words.is_word(at):
            return self._mark(at)
        state = tables.state.match(words, at)
        if state is not None:
            self._parts.append(state[1].term)
            return state[0]
        head = tables.heads.match(words, at, far=True)
        field = tables.fields.match(words, at) if self._heads else None
        if head is not None and (words.capital(at) or at == 0) and (field is None or head[0] >= field[0]):
            return self._phrase(head)
        if field is not None:
            written = words.phrase(at, field[0])
            self._parts.append(field[1].term if written.isupper() else self._written_out(written) or written)
            return field[0]
        short = self._abbreviation(at)
        if short is not None:
            return short if short > at else None
        system = tables.systems.match(words, at)
        if system is not None:
            self._parts.append(system[1].term if system[1].term != "TƯ" else "Trung ương")
            self._general = system[1].term.startswith(("cấp", "khu dân cư"))
            self._closed = True
            return system[0]
        return self._unit(at) or self._known_place(at) or self._plain(at)

    def _phrase(self, head: tuple[int, Phrase]) -> int | None:
        end, phrase = head
        long = self._written_out(phrase.term)
        if long is None:
            return None
        self._heads.append((Phrase(phrase.kind, long), len(self._parts)))
        self._parts.append(long)
        return end

    def _written_out(self, term: str) -> str | None:
        """Returns a term with its abbreviations written out."""
        parts = []
        for part in term.split():
            long = self._tables.long.get(part)
            if long is None and part.isupper() and len(part) > 1 and not is_syllable(fold(part)):
                return None
            parts.append(long or part)
        return " ".join(parts)

    def _mark(self, at: int) -> int | None:
        mark = self._words.raw(at)
        if not self._parts:
            return None
        if mark == ",":
            self._parts[-1] += ","
        elif mark in "-–":
            if self._words.gap(at) or self._words.gap(at - 1):
                self._parts.append("-")
            else:
                return None
        elif mark == "&":
            self._parts.append("và")
        elif mark not in "./":
            return None
        return at + 1

    def _abbreviation(self, at: int) -> int | None:
        """Writes an abbreviation out and returns the word behind it.

        Returns:
            The word behind it; `at` where nobody says what it means; None where this is no abbreviation.
        """
        words = self._words
        if not words.caps(at) or is_roman(words.folded[at]):
            return None
        end = at + 1
        while end + 1 < words.size and words.raw(end) in _TIGHT and not words.gap(end - 1) and not words.gap(end):
            if not words.caps(end + 1):
                break
            end += 2
        for stop in range(end, at, -2):
            short = words.phrase(at, stop)
            long = self._long_forms.get(short) or self._tables.long.get(short)
            if long is not None:
                if short in _SHORT_UNITS:
                    return None
                self._parts.append(long)
                return stop
        return at if not is_syllable(words.folded[at]) or end > at + 1 else None

    def _unit(self, at: int) -> int | None:
        words = self._words
        found = self._tables.units.match(words, at, far=True)
        if found is None or (found[1].term == "xã" and words.folded[found[0] : found[0] + 1] == ["hoi"]):
            return None
        if self._level is not None and self._place is None:
            return None
        end, (_, term) = found
        if end < words.size and words.raw(end) == ".":
            end += 1
        level = _SHORT_UNITS.get(term.upper(), plain(term))
        self._level = level, len(self._parts)
        self._parts.append(level)
        if end < words.size and (words.capital(end) or words.folded[end].isdigit()):
            self._place = len(self._parts)
            return self._known_place(end) or self._name(end)
        return end

    def _known_place(self, at: int) -> int | None:
        found = self._tables.places.match(self._words, at)
        if found is None or not self._words.capital(at):
            return None
        name = self._tables.variants.get(fold(found[1].term), found[1].term)
        if self._place is None:
            self._place = len(self._parts)
        self._parts.append(name)
        return found[0]

    def _name(self, at: int) -> int:
        """Takes the name of a place to the end; in capitals its words are written as names are."""
        words = self._words
        end = at
        while end < words.size and (words.capital(end) or words.folded[end].isdigit()):
            end += 1
        name = words.phrase(at, end)
        self._parts.append(" ".join(part.capitalize() for part in name.split()) if name.isupper() else name)
        return end

    def _plain(self, at: int) -> int:
        words = self._words
        word = words.raw(at)
        if words.capital(at) and self._heads and self._heads[-1][0].kind in ("body", "part", "bound"):
            if self._place is None:
                self._place = len(self._parts)
        if words.caps(at):
            if self._place is not None:
                word = word.capitalize()
            else:
                self._certain = False
        self._parts.append(word)
        return at + 1

    def _finished(self) -> BodyName:
        heads = self._heads or [(Phrase("named", self._parts[0]), 0)]
        head, last = heads[0][0], heads[-1][0]
        level, level_part = self._level or (None, len(self._parts))
        place = " ".join(self._parts[self._place :]) if self._place is not None else None
        tail_from = min(level_part, self._place if self._place is not None else len(self._parts))
        if len(heads) > 1 and head.kind in ("part", "bound", "unit", "named"):
            tail_from = heads[1][1]
        closed = self._closed or level is not None or place is not None or last.kind == "whole"
        is_open = last.kind in _OPEN or last.term in self._tables.provincial
        return BodyName(
            text=" ".join(self._parts),
            kind=head.kind,
            head=head.term,
            last=last.term,
            level=level,
            place=place,
            tail=" ".join(self._parts[tail_from:]),
            open=not closed and is_open,
            superior=len(heads) > 1,
            general=self._general or (last.kind == "named" and heads[-1][1] == len(self._parts) - 1 and len(heads) > 1),
            of_place=level is not None and level_part > 0 and self._parts[level_part - 1] == "của",
            certain=self._certain,
        )
