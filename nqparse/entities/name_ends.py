"""Where names end: the words that no name goes on with."""

from __future__ import annotations

from nqparse.entities.words import PhraseTable, Words, phrases, plain
from nqparse.ruleset import RuleSet

_ROMAN = frozenset("ivxl")


class NameEnds:
    """Tells whether a name can go on with a word."""

    def __init__(self, rules: RuleSet) -> None:
        words = [*rules.terms["name.deny"].terms, *rules.terms["person.offices"].terms]
        self._deny = PhraseTable({"deny": words}, exact=("deny",))
        self._numbered = phrases(rules, {"numbered": "name.numbered"}, exact=("numbered",))
        self._verbs = phrases(rules, {"verb": "name.verbs"}, exact=("verb",))
        self._caps = phrases(rules, {"stop": "name.caps-stop"}, exact=("stop",))
        self._function = frozenset(map(plain, rules.terms["name.function"].terms))

    def before(self, words: Words, at: int) -> bool:
        """Tells whether a name ends before a word in capitals: "Nghị quyết", "Chủ tịch", "Điều 5"."""
        return self._deny.match(words, at) is not None or self._before_number(words, at)

    def before_syllable(self, words: Words, at: int) -> bool:
        """Tells the same of a word that may be a syllable of a place's name: "Như Xuân", but not "Như trên"."""
        denied = self._deny.match(words, at)
        if denied is not None and (denied[0] - at > 1 or words.small(at + 1)):
            return True
        return self._before_number(words, at)

    def _before_number(self, words: Words, at: int) -> bool:
        found = self._numbered.match(words, at)
        if found is None or found[0] >= words.size:
            return False
        number = words.folded[found[0]]
        return number.isdigit() or (words.capital(found[0]) and _ROMAN.issuperset(number))

    def in_caps(self, words: Words, at: int) -> bool:
        """Tells whether a name in a line of capitals ends before a word."""
        return self._caps.match(words, at) is not None

    def is_function(self, words: Words, at: int) -> bool:
        """Tells whether a word is a small word that no name goes on with: "của", "được"."""
        return plain(words.raw(at)) in self._function

    def is_verb(self, words: Words, at: int) -> bool:
        """Tells whether a sentence goes on here: "báo cáo", "chủ trì"."""
        return self._verbs.match(words, at) is not None


def is_roman(word: str) -> bool:
    """Tells whether a folded word can be a small Roman number."""
    return _ROMAN.issuperset(word)
