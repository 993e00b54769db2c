"""Names of laws: where the name of a law, charter or regulation that is cited by name ends.

Nothing marks that end in the text ("Luật Phí và lệ phí và các văn bản hướng dẫn"), so three things are tried in this
order: the longest name that the gazetteer knows; the number or date behind a name that it does not know; and the
grammar of names, which a preposition, a verb of citing, another document or punctuation ends.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from nqparse.entities.scope import Scope
from nqparse.fold import LOWER, UPPER, fold
from nqparse.ruleset import RuleSet
from nqparse.symbols import symbol_at

_UP, _LOW = f"A-ZÐ{UPPER}", f"a-z{LOWER}"
# A capital inside a word begins another one: sources lose spaces ("củaỦy ban").
WORD = re.compile(rf"[{_UP}]?[{_LOW}]+|[{_UP}][{_UP}\d]*[{_LOW}]*|\d+|[^\W_]+")
_GAP = re.compile(
    r"(?P<plain>[^\S\n]{1,60}(?![\s,–-]))|(?P<wrap>[^\S\n]{0,60}\n[^\S\n]{0,60})"
    r"|(?P<comma>[^\S\n]?,\s{0,60})|(?P<dash>\s[-–]\s)|[-&/]"
)
_LONGEST = 32  # words that are read behind a type word
_NAME_WORDS = 20  # words of the longest names in the gazetteer
_ISSUER_WORDS = 18
_LINE = 50  # characters of a line that a name may run over the end of, where a capital follows
_BEFORE_COMMA = 2  # words of an unknown name before its first comma ("Cấp, thoát nước")
_UNKNOWN_WORDS = 12
_SHORT_TAIL = 3  # small words that may end the name of a body ("Tổng công ty")
_LOOK_AHEAD = 5
_JOINING = frozenset({"và", "của", "về", "tại", "ở", "với"})
_DATED = frozenset({"ngày", "năm", "tháng", "số"})


class Word(NamedTuple):
    """A word behind a type word.

    `lower` keeps its diacritics: small words are told apart by them ("giao", "giáo"). `gap` says what stands
    before it: plain, wrap, comma, join, dash, or "break" for a line break that seems to end a paragraph.
    A word in title case ("Sở Giao dịch") never ends a name as a small one does.
    """

    start: int
    end: int
    folded: str
    lower: str
    gap: str
    capital: bool
    titled: bool


class NameReader:
    """Finds the end of names. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._laws = _keys(rules.terms["law.names"].terms)
        self._owners = _keys(rules.terms["citation.charter-owners"].terms)
        self._topics = _keys(rules.terms["citation.regulations"].terms)
        self._issuers = _keys(rules.terms["citation.issuers"].terms)
        self._ends = _written(rules, "citation.name-end")
        self._end_pairs = _written(rules, "citation.name-end-pairs")
        self._and_ends = _written(rules, "citation.and-end")
        self._other_words = _written(rules, "citation.not-behind-law")
        self._second_halves = _written(rules, "citation.second-halves")
        self._openers = _written(rules, "citation.line-openers")
        self._amending = rules.regex("citation.amending")
        self._further = rules.regex("citation.further-law")
        self._related = rules.regex("citation.related-laws")
        self._date = rules.regex("citation.date")
        self._label = rules.regex("citation.symbol-follows")
        self._of = rules.regex("citation.issuer")
        self._subject = rules.regex("citation.subject")

    def law(self, scope: Scope, at: int) -> int | None:
        """Returns where the name of the law whose type word ends at `at` ends, or None if it has none."""
        amending = self._amending.match(scope.folded, at, scope.end)
        if amending is not None:
            return self._amended(scope, amending.end())
        return self._law_name(scope, at)

    def known_law(self, scope: Scope, at: int) -> int | None:
        """Returns the same for a type word that is not capitalised: only names in the gazetteer count there."""
        words = self._words(scope, at)
        known = _longest(words, 0, self._laws) if words and words[0].capital else 0
        return words[known - 1].end if known else None

    def charter(self, scope: Scope, at: int) -> int | None:
        """Returns where the name behind "Điều lệ" ends, or None if it names no owner."""
        words = self._words(scope, at)
        return self._owner(words, _longest(words, 0, self._topics), required=True)

    def regulation(self, scope: Scope, at: int) -> int | None:
        """Returns where the name behind "Quy chế" or "Nội quy" ends, or None if it does not say what it is about."""
        words = self._words(scope, at)
        topic = _longest(words, 0, self._topics)
        if topic:
            return self._owner(words, topic, required=False)
        # Of what other regulations are about only the "của" behind it tells the end.
        for index in range(1, min(len(words), _UNKNOWN_WORDS)):
            if words[index].lower == "của":
                return self._owner(words, index, required=True)
            if words[index].gap == "comma" or self._stops(words, index):
                break
        return None

    def issuer(self, scope: Scope, at: int) -> tuple[int, int] | None:
        """Returns the span of the issuer behind the "của" that follows `at`, or None."""
        of = self._of.match(scope.folded, at, scope.end)
        if of is None:
            return None
        words = self._words(scope, of.end(), _ISSUER_WORDS)
        if not words or not words[0].capital:
            return None
        known = _longest(words, 0, self._issuers)
        last = max(0, known - 1)
        for index in range(last + 1, len(words)):
            word = words[index]
            if index == known and not word.capital:
                break
            if word.gap == "comma" and self._pair(words, index) not in self._second_halves:
                break
            if self._stops(words, index) or self._subject.match(scope.folded, words[index - 1].end, scope.end):
                break
            if word.lower == "và" and (self._and_stops(words, index) or not words[index + 1].capital):
                break
            last = index
        return words[0].start, words[last].end

    def _words(self, scope: Scope, at: int, most: int = _LONGEST) -> list[Word]:
        """Returns the words behind `at` up to punctuation or a number, which end every name."""
        text = scope.text
        found: list[Word] = []
        position = at
        while len(found) < most:
            gap = _GAP.match(text, position, scope.end)
            start = gap.end() if gap else position
            match = WORD.match(text, start, scope.end)
            if match is None:
                break
            word = match.group()
            capital = word[0].isupper()
            if gap is None and found and not capital:
                break
            lower = word.lower()
            kind = (gap.lastgroup or "join") if gap else "join"
            if kind == "wrap" and found and capital and self._opens(text, position, found[-1].lower, lower):
                kind = "break"
            position = match.end()
            titled = capital and word[1:].islower()
            found.append(Word(start, position, scope.folded[start:position], lower, kind, capital, titled))
            if word[0].isdigit():
                break
        return found

    def _opens(self, text: str, at: int, before: str, word: str) -> bool:
        """Tells whether the capitalised `word` behind the line break at `at` seems to open a paragraph."""
        if before in _JOINING:
            return False
        return word in self._openers or text.rfind("\n", max(0, at - _LINE), at) >= 0 or at < _LINE

    # -- laws -------------------------------------------------------------------------------------

    def _amended(self, scope: Scope, at: int) -> int | None:
        """Returns the end of the list of laws that begins at `at`."""
        last: int | None = None
        law = self._further.match(scope.folded, at, scope.end)
        while law is not None:
            at = law.end("law")
            name = self._law_name(scope, at) or self._symbol_end(scope, at)
            if name is None:
                return last or self._related_laws(scope, at)
            last = name
            law = self._further.match(scope.folded, name, scope.end)
            if law is not None and not scope.text[law.start("law")].isupper():
                break
        return last

    def _symbol_end(self, scope: Scope, at: int) -> int | None:
        """Returns the end of the number of a law that is amended without its name."""
        label = self._label.match(scope.folded, at, scope.end)
        symbol = symbol_at(scope.text, label.end()) if label else None
        return symbol.end if symbol is not None and symbol.end <= scope.end else None

    def _related_laws(self, scope: Scope, at: int) -> int:
        """Returns the end of "… các luật có liên quan đến quy hoạch", or `at`."""
        related = self._related.match(scope.folded, at, scope.end)
        if related is None:
            return at
        words = self._words(scope, related.end())
        return self._grammar(words) or at

    def _law_name(self, scope: Scope, at: int) -> int | None:
        words = self._words(scope, at)
        if not words or words[0].gap == "comma" or words[0].lower in self._other_words:
            return None
        if words[0].lower in self._ends and not words[0].titled:
            return None
        known = _longest(words, 0, self._laws)
        if known and (known == len(words) or self._follows_name(words, known)):
            return words[known - 1].end
        terminal = self._to_terminal(scope, words)
        if terminal is not None:
            return terminal
        if known:
            return words[known - 1].end
        return self._grammar(words) if words[0].capital else None

    def _follows_name(self, words: list[Word], index: int) -> bool:
        """Tells whether the word at `index` cannot go on with the name before it."""
        word = words[index]
        return word.gap == "comma" or word.lower in ("và", "của") or self._stops(words, index)

    def _to_terminal(self, scope: Scope, words: list[Word]) -> int | None:
        """Returns the end of a name that a number or a date follows with nothing but the name between."""
        for index in range(1, min(len(words), _UNKNOWN_WORDS + 1)):
            if words[index].lower in _DATED:
                before = words[index - 1].end
                dated = self._date.match(scope.folded, before, scope.end) or self._label.match(
                    scope.folded, before, scope.end
                )
                return before if dated else None
            if self._breaks(words, index):
                return None
        return None

    def _grammar(self, words: list[Word]) -> int | None:
        """Returns the end of an unknown name; a small word may go on with it, a capital one begins another."""
        last = -1
        for index, word in enumerate(words[:_UNKNOWN_WORDS]):
            if self._breaks(words, index) or (word.lower == "và" and index > _BEFORE_COMMA):
                break
            if word.gap == "comma" and (word.capital or index > _BEFORE_COMMA or word.lower in self._and_ends):
                break
            last = index
        return words[last].end if last >= 0 else None

    # -- charters and regulations -----------------------------------------------------------------

    def _owner(self, words: list[Word], topic: int, *, required: bool) -> int | None:
        """Returns the end of the owner's name behind the topic, or of the topic alone."""
        at = topic
        if at < len(words) and words[at].lower == "của":
            at += 1
        bare = words[topic - 1].end if topic and not required else None
        if at >= len(words) or not words[at].capital or words[at].gap == "comma":
            return bare
        known = _longest(words, at, self._owners)
        last = at + known - 1
        for index in range(last + 1, len(words)):
            word = words[index]
            if word.gap == "comma" or self._stops(words, index):
                break
            if word.lower == "và":
                if self._and_stops(words, index) or not words[index + 1].capital:
                    break
            elif not word.capital and not self._goes_on(words, index, known=known > 0):
                break
            last = index
        return words[last].end if last >= at else bare

    def _goes_on(self, words: list[Word], index: int, *, known: bool) -> bool:
        """Tells whether a small word belongs to the name of a body: a capital follows, or the name ends with it."""
        for ahead in range(index, min(len(words), index + _LOOK_AHEAD + 1)):
            if (ahead > index and words[ahead].gap == "comma") or self._stops(words, ahead):
                return not known and ahead - index <= _SHORT_TAIL
            if words[ahead].capital:
                return True
        return not known and len(words) - index <= _SHORT_TAIL

    # -- the ends of names ------------------------------------------------------------------------

    def _breaks(self, words: list[Word], index: int) -> bool:
        """Tells whether the word at `index` is no part of a law's name that the gazetteer does not know."""
        word = words[index].lower
        return word == "của" or self._stops(words, index) or (word == "và" and self._and_stops(words, index))

    def _stops(self, words: list[Word], index: int) -> bool:
        """Tells whether the word at `index` ends every name."""
        word = words[index]
        if index > 0 and (word.gap == "break" or (word.lower in self._ends and not word.titled)):
            return True
        return word.lower[0].isdigit() or (not word.titled and self._pair(words, index) in self._end_pairs)

    def _and_stops(self, words: list[Word], index: int) -> bool:
        """Tells whether what stands behind the "và" at `index` is no part of the name."""
        if index + 1 >= len(words):
            return True
        pair = self._pair(words, index + 1)
        return words[index + 1].lower in self._and_ends or pair in self._and_ends or pair in self._end_pairs

    @staticmethod
    def _pair(words: list[Word], index: int) -> str:
        return f"{words[index].lower} {words[index + 1].lower}" if index + 1 < len(words) else words[index].lower


def _written(rules: RuleSet, terms_id: str) -> frozenset[str]:
    """Returns the terms of a list with their diacritics."""
    return frozenset(rules.terms[terms_id].terms)


def _keys(names: Collection[str]) -> frozenset[str]:
    """Returns what is compared of names: their folded words without "và"."""
    return frozenset(" ".join(fold(word) for word in WORD.findall(name) if word != "và") for name in names)


def _longest(words: list[Word], at: int, names: frozenset[str]) -> int:
    """Returns how many words from `at` on are the longest known name, 0 if there is none."""
    key = ""
    longest = 0
    for index in range(at, min(len(words), at + _NAME_WORDS)):
        word = words[index]
        if word.lower != "và":
            key = f"{key} {word.folded}" if key else word.folded
            if key in names:
                longest = index - at + 1
    return longest
