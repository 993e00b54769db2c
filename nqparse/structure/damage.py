"""Damage: words of fixed formulas that OCR has misread, known again before any rule is tried.

Rules match folded text, so wrong and lost accents do no harm. A wrong letter does: "QUYẾT MGHỊ", "8an Chấp hành",
"CỘNGHÒA". This step writes the word that was meant into the folded text, and the space that was lost into both; the
text itself keeps every letter as it was read, and so does each value that is taken from it. Figures in which a letter
stands for a digit ("ngày l3 tháng 0l") are read as digits, and a stroke of a symbol that was lost or read as a letter
("07INQ-HĐND") is read as one: there is no other way to read them. The source keeps every letter in each case.

A word is only taken for another one if it is no Vietnamese syllable and looks like one word alone of `damage.words`
and `damage.openings` (`rules/damage.yaml`), or if it stands in one of these openings at the head of a line, where the
words beside it tell. Each word costs a look-up, so that clean text hardly pays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from nqparse.charset.syllables import folded_syllables, has_tone, is_syllable
from nqparse.fold import fold
from nqparse.ruleset import RuleSet
from nqparse.view import View

_WORD = re.compile(r"[^\W_]+")
_HEAD = re.compile(r"(?:^|\t| {3,}|\|)[ \t>+*“\"(–-]{0,8}([^\W_]+)", re.MULTILINE)
_ARTICLE = re.compile(r"^[ \t>*“\"]{0,8}(?P<word>[^\W_]{3,5})[ \t]{1,3}\d{1,3}[a-z]?[.:,]", re.MULTILINE)
_SHORTEST = 3  # letters: shorter words look like too many others
_DROPPED = 3  # letters: a word as long may have lost one
_LONGEST = 14
_TOKENS = 9
_SHORT_OPENING, _LONG_OPENING, _SURE_OPENING = 2, 3, 5  # words: one of the last may be damaged beyond our tables
_SAFE = 4  # words: in an opening as long another good syllable is a misread one
_WIDEST_GAP = 5
_EDGE = 2_500  # characters at either end of a text where letterhead and signatures are
# A letter in a figure of a date; at least one digit must have been read, or all three words stand in a row.
_DATE_FIGURE = re.compile(r"\b(?:ngay|thang|nam)[ \t]{0,3}([\doli|sbzq]{1,4})(?![\w/])")
_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "s": "5", "b": "8", "z": "2", "q": "9"})
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"[\dolisbzq]{1,4}")
_NO_STROKE_WORD = re.compile(r"\d{1,4}(?:nq|nqlt|qd)")
_STROKE_WORD = re.compile(r"\d{1,4}[il](?:[a-z]{1,6}|(?:19|20)\d\d)")
# The stroke of a symbol, read as a letter: "07INQ-HĐND".
_STROKE = re.compile(r"(?<![\w/-])\d{1,4}(?:/\d{4})?([il|])(?=(?:nq|qd|ct|tb|kl|nqlt)-[a-z]{2,})")
# ... or lost: "07NQ-HĐND".
_NO_STROKE = re.compile(r"(?<![\w/-])\d{1,4}()(?=(?:nq|nqlt|qd)-[a-z]{2,})")
_LONG_STROKE = re.compile(r"(?<![\w/-])\d{1,4}([il|])(?=(?P<year>(?:19|20)\d\d/)?[a-z]{2,6}-[a-z]{2,8}\b)")
_SYMBOL_DASH = re.compile(r"(?<=\d/nq)_(?=[a-z]{2})|(?<=\d/qd)_(?=[a-z]{2})")
# The word before the symbol in the letterhead: "Sã: 07/NQ-HĐND".
_NUMBER_WORD = re.compile(r"^[ \t|*]{0,8}(s[a-np-z])(?=[ \t]?[:.][ \t]{0,3}\d{1,5}(?:/\d{4})?[/-][a-z]{2})", re.M)
# A capital read as a digit: "5ắp xếp", "8an hành".
_CAPITAL = re.compile(r"(?<![\w.,/-])([58])(?=([^\W\d_]{2,6})(?![\w]))")
_CAPITALS = {"5": "S", "8": "B"}


class Edit(NamedTuple):
    """A piece of a view with what it is to read like: in the text, and in the folded text."""

    start: int
    end: int
    text: str
    folded: str


class _Token(NamedTuple):
    """A word of the folded text."""

    start: int
    end: int
    word: str


class DamageMender:
    """Mends views. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        openings = [tuple(fold(term).split()) for term in rules.terms["damage.openings"].terms]
        singles = [word for term in rules.terms["damage.words"].terms for word in fold(term).split()]
        self._words = frozenset(word for opening in openings for word in opening) | frozenset(singles)
        # What a damaged word may have been; a word of the list may itself be what is left of another one.
        self._forms = _variants(self._words, rules.tables["damage.alike"].rows)
        self._variants = {form: meant for form, meant in self._forms.items() if form not in self._words}
        self._openings: dict[str, list[tuple[str, ...]]] = {}
        for opening in sorted(set(openings), key=len, reverse=True):
            self._openings.setdefault(opening[0], []).append(opening)
        # What the first word of an opening may look like.
        self._starts = {form: meant for form, words in self._variants.items()
                        if (meant := tuple(word for word in words if word in self._openings))}  # fmt: skip
        self._starts.update({word: (word,) for word in self._openings})
        self._article_variants = frozenset(form for form, words in self._variants.items() if "dieu" in words)

    def mend(self, view: View) -> View:
        """Returns a view in which damaged words of formulas fold to what was meant; the same view if none are."""
        words = set(_WORD.findall(view.folded))
        edits = {edit.start: edit for edit in self._words_alone(view, words)}
        for edit in [*self._articles(view, words), *self._at_heads(view), *_figures(view, words)]:
            edits.setdefault(edit.start, edit)
        return view.edited(_apart(edits.values())) if edits else view

    # -- words that are none ------------------------------------------------------------------------------

    def _words_alone(self, view: View, words: set[str]) -> Iterator[Edit]:
        folded = view.folded
        syllables = folded_syllables()
        wrong: dict[str, str] = {}
        for word in words:
            if word in syllables or not _SHORTEST <= len(word) <= _LONGEST or word.isdigit():
                continue
            meant = self._meant(word)
            if meant is not None:
                wrong[word] = meant
        if not wrong:
            return
        places = re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, wrong)) + r")(?![^\W_])")
        for match in places.finditer(folded):
            start, end = match.span()
            if folded[start - 1 : start] in ("/", "-") or folded[end : end + 1] in ("/", "-"):
                continue  # a part of a symbol
            meant = wrong[match.group()]
            if " " in meant and not _parts_fit(view.text[start:end], meant.index(" ")):
                continue
            yield from _edits(view.text, start, end, match.group(), meant)

    def _meant(self, word: str) -> str | None:
        """Returns the word or the two words that a word without sense was, if there is just one way."""
        known = self._variants.get(word, ())
        if len(known) == 1:
            return known[0]
        if word in self._words or known:
            return None
        parted = [
            (word[:cut], word[cut:])
            for cut in range(2, len(word) - 1)
            if word[:cut] in self._words and word[cut:] in self._words
        ]
        return " ".join(parted[0]) if len(parted) == 1 else None

    # -- openings of lines --------------------------------------------------------------------------------

    def _at_heads(self, view: View) -> Iterator[Edit]:
        folded = view.folded
        starts = self._starts
        for first in _HEAD.finditer(folded):
            if first[1] in starts:
                yield from self._begun(view, first.span(1), _SHORT_OPENING)
        # Where letterhead and signatures are, openings stand inside lines, too: columns that were flattened.
        size = len(folded)
        for low, high in ((0, min(_EDGE, size)), (max(_EDGE, size - _EDGE), size)):
            for first in _WORD.finditer(folded, low, high):
                if first[0] in starts:
                    yield from self._begun(view, first.span(), _LONG_OPENING)

    def _articles(self, view: View, words: set[str]) -> Iterator[Edit]:
        """The word of an article before its number, even where it became another word ("Điền 1.")."""
        if words.isdisjoint(self._article_variants):
            return
        for match in _ARTICLE.finditer(view.folded):
            seen = match["word"]
            if seen in self._article_variants and view.text[match.start("word")].isupper():
                yield from _edits(view.text, *match.span("word"), seen, "dieu")

    def _begun(self, view: View, first: tuple[int, int], least: int) -> list[Edit]:
        """Returns the edits for an opening of at least so many words that begins with this word."""
        for start in self._starts[view.folded[slice(*first)]]:
            found = self._opening(view, first, start, least)
            if found:
                return found
        return []

    def _opening(self, view: View, first: tuple[int, int], start: str, least: int) -> list[Edit]:
        """Returns the edits that make words the longest opening that they look like."""
        folded = view.folded
        stop = folded.find("\n", first[1])
        tokens = [_Token(*first, folded[slice(*first)])]
        at = first[1]
        while len(tokens) < _TOKENS:
            token = _WORD.search(folded, at, stop if stop >= 0 else len(folded))
            if token is None or token.start() - at > _WIDEST_GAP:
                break
            tokens.append(_Token(*token.span(), token[0]))
            at = token.end()
        for opening in self._openings.get(start, ()):
            if not least <= len(opening) <= len(tokens):
                continue
            wrong = [(token, word) for token, word in zip(tokens, opening, strict=False) if token.word != word]
            if len(wrong) > max(1, len(opening) // 3):
                continue
            odd = [pair for pair in wrong if pair[1] not in self._forms.get(pair[0].word, ())]
            if not odd or (len(odd) == 1 and len(opening) >= _SURE_OPENING and _resembles(odd[0][0].word, odd[0][1])):
                if wrong and not self._fits(view, wrong, tokens[len(opening) - 1], len(opening)):
                    continue
                return [
                    edit
                    for token, word in wrong
                    for edit in _edits(view.text, token.start, token.end, token.word, word)
                ]
        return []

    def _fits(self, view: View, wrong: Sequence[tuple[_Token, str]], last: _Token, length: int) -> bool:
        """Tells whether words that are misread for sure, or stand as openings stand, are wrong.

        A few words of which one is another good syllable are only an opening if it is written like one: with a
        capital, and a capital, a colon or the line’s end behind it.
        """
        syllables = folded_syllables()
        if length >= _SAFE or all(token.word not in syllables for token, _ in wrong):
            return True
        behind = view.text[last.end : last.end + 2].strip()
        capital = view.text[last.start].isupper() or view.text[wrong[0][0].start].isupper()
        return capital and (not behind or behind[0] in ":\n" or behind[0].isupper())


def _parts_fit(written: str, cut: int) -> bool:
    """Tells whether both parts of a word are spelled as syllables are: one that ends in a stop has a tone."""
    parts = (written[:cut], written[cut:])
    return written.isascii() or all(
        is_syllable(part) and (part[-1].lower() not in "cptk" or has_tone(part)) for part in parts
    )


def _resembles(seen: str, meant: str) -> bool:
    """Tells whether half the letters of a word are where they should be."""
    same = sum(one == other for one, other in zip(seen, meant, strict=False))
    return abs(len(seen) - len(meant)) <= 1 and 2 * same >= len(meant)


def _edits(text: str, start: int, end: int, seen: str, meant: str) -> list[Edit]:
    """Returns the edits that make a word fold to what was meant, letter for letter where it is as long."""
    written = text[start:end]
    if len(meant) == len(seen):
        return [Edit(start, end, written, meant)]
    if len(meant) == len(seen) + 1 and " " in meant:
        cut = start + meant.index(" ")
        return [Edit(cut, cut, " ", " ")]
    # Letters that were one, or one that is lost: the text shows those that are there, in as many places as are needed.
    shown = (written + written[-1] * len(meant))[: len(meant)]
    return [Edit(start, end, shown, meant)]


def _variants(words: frozenset[str], alike: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Returns what each damaged form may have been: one letter is another one, or is lost."""
    found: dict[str, set[str]] = {}
    for word in words:
        for at, letter in enumerate(word):
            for other in alike.get(letter, "").split():
                found.setdefault(word[:at] + other + word[at + 1 :], set()).add(word)
            if len(word) >= _DROPPED:
                found.setdefault(word[:at] + word[at + 1 :], set()).add(word)
        for pair, single in (("rn", "m"), ("nn", "m"), ("li", "h"), ("cl", "d"), ("ll", "u")):
            at = word.find(pair)
            if at >= 0:
                found.setdefault(word[:at] + single + word[at + 2 :], set()).add(word)
    return {form: tuple(sorted(meant)) for form, meant in found.items() if form}


def _figures(view: View, words: set[str]) -> Iterator[Edit]:
    """Finds digits read as letters in dates, and strokes and capitals read as something else."""
    folded, text = view.folded, view.text
    mixed = [word for word in words if not word.isalpha() and not word.isdigit()]
    if any(map(_FIGURE.fullmatch, mixed)):
        for match in _DATE_FIGURE.finditer(folded):
            figure = match[1]
            if not figure.isdigit() and _DIGIT.search(figure):
                digits = figure.translate(_DIGITS)
                yield Edit(*match.span(1), digits, digits)
    if any(map(_NO_STROKE_WORD.fullmatch, mixed)):
        for match in _NO_STROKE.finditer(folded):
            yield Edit(*match.span(1), "/", "/")
    if any(map(_STROKE_WORD.fullmatch, mixed)):
        for match in _STROKE.finditer(folded):
            yield Edit(*match.span(1), "/", "/")
        for match in _LONG_STROKE.finditer(folded):
            if text[match.end() : match.end() + 2].isupper() or match["year"]:
                yield Edit(*match.span(1), "/", "/")
    for match in _NUMBER_WORD.finditer(folded, 0, _EDGE):
        yield Edit(*match.span(1), text[slice(*match.span(1))], "so")
    if "nq_" in folded or "qd_" in folded:
        for match in _SYMBOL_DASH.finditer(folded):
            yield Edit(*match.span(), "-", "-")
    if any(
        word[0] in _CAPITALS and word[1:].isalpha() and is_syllable(_CAPITALS[word[0]] + word[1:]) for word in mixed
    ):
        for match in _CAPITAL.finditer(text):
            letter = _CAPITALS[match[1]]
            if is_syllable(letter + match[2]):
                yield Edit(*match.span(1), letter, fold(letter))


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Returns edits in order; of two that touch the same letters the first is kept."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
