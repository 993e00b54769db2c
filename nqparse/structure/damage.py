"""Damage: words of fixed formulas that OCR has misread, known again before any rule is tried.

Rules match folded text, so wrong and lost accents do no harm. A wrong letter does: "QUYẾT MGHỊ", "8an Chấp hành",
"CỘNGHÒA". This step writes the word that was meant into the folded text, and the space that was lost into both; the
text itself keeps every letter as it was read, and so does each value that is taken from it. Figures in which a letter
stands for a digit ("ngày l3 tháng 0l") are read as digits, and a stroke of a symbol that was lost or read as a letter
("07INQ-HĐND") is read as one: there is no other way to read them. The source keeps every letter in each case.

A word is only taken for another one if it is no Vietnamese syllable and looks like one word alone of `damage.words`
and `damage.openings` (`rules/damage.yaml`), or if it stands in one of these openings at the head of a line, where the
words beside it tell (`damaged_openings`).

Clean text hardly pays: of the whole text, words that are no syllables are looked at, each once; of lines, those that
begin like an opening; and each pattern of figures is only tried where a word of the text could be a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from nqparse.charset.syllables import folded_syllables, has_tone, is_syllable
from nqparse.fold import fold
from nqparse.ruleset import RuleSet
from nqparse.structure.damaged_openings import DamagedOpenings, Edit, word_edits
from nqparse.view import View

_WORD = re.compile(r"[^\W_]+")
# What may stand between the beginning of a line or column and its first word. It has an end, since in a line of
# nothing but spaces there are many places where one may begin.
_LEAD = r"[ \t>+*“\"(–-]{0,8}"
_ARTICLE = re.compile(r"^[ \t>*“\"]{0,8}(?P<word>[^\W_]{3,5})[ \t]{1,3}\d{1,3}[a-z]?[.:,]", re.MULTILINE)
_SHORTEST = 3  # letters: shorter words look like too many others
_DROPPED = 3  # letters: a word as long may have lost one
_LONGEST = 14
_LONG_OPENING = 3  # words
_EDGE = 2_500  # characters at either end of a text where letterhead and signatures are
_FEW = 8  # words, for each of which a text may be searched
# A letter in a figure of a date; at least one digit must have been read.
_DATE_FIGURES = tuple(
    re.compile(rf"{word}(?<!\w{word})[ \t]{{0,3}}([\doli|sbzq]{{1,4}})(?![\w/])") for word in ("ngay", "thang", "nam")
)
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
_CAPITAL = re.compile(r"([58])(?<![\w.,/-].)(?=([^\W\d_]{2,6})(?![\w]))")
_CAPITALS = {"5": "S", "8": "B"}


class DamageMender:
    """Mends views. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        openings = [tuple(fold(term).split()) for term in rules.terms["damage.openings"].terms]
        singles = [word for term in rules.terms["damage.words"].terms for word in fold(term).split()]
        self._words = frozenset(word for opening in openings for word in opening) | frozenset(singles)
        # What a damaged word may have been; a word of the list may itself be what is left of another one.
        forms = _variants(self._words, rules.tables["damage.alike"].rows)
        self._variants = {form: meant for form, meant in forms.items() if form not in self._words}
        self._at_heads = DamagedOpenings(openings, forms, self._words)
        long = [opening for opening in openings if len(opening) >= _LONG_OPENING]
        self._inside = DamagedOpenings(long, forms, self._words)
        self._article_variants = frozenset(form for form, words in self._variants.items() if "dieu" in words)
        self._heads = _Heads(self._article_variants | self._at_heads.starts.keys())

    def mend(self, view: View) -> View:
        """Returns a view in which damaged words of formulas fold to what was meant; the same view if none are."""
        strange = _strange_words(view.folded)
        heads = self._heads.find(view.folded)
        edits = {edit.start: edit for edit in self._words_alone(view, strange)}
        for edit in [*self._articles(view, heads), *self._begun(view, heads), *_figures(view, strange)]:
            edits.setdefault(edit.start, edit)
        return view.edited(_apart(edits.values())) if edits else view

    # -- words that are none ------------------------------------------------------------------------------

    def _words_alone(self, view: View, strange: Iterable[str]) -> Iterator[Edit]:
        folded = view.folded
        wrong: dict[str, str] = {}
        for word in strange:
            if _SHORTEST <= len(word) <= _LONGEST and not word.isdigit():
                meant = self._meant(word)
                if meant is not None:
                    wrong[word] = meant
        for start, end in _places(folded, wrong):
            if folded[start - 1 : start] in ("/", "-") or folded[end : end + 1] in ("/", "-"):
                continue  # a part of a symbol
            word = folded[start:end]
            meant = wrong[word]
            if " " in meant and not _parts_fit(view.text[start:end], meant.index(" ")):
                continue
            yield from word_edits(view.text, start, end, word, meant)

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

    # -- heads of lines -----------------------------------------------------------------------------------

    def _articles(self, view: View, heads: Iterable[re.Match[str]]) -> Iterator[Edit]:
        """The word of an article before its number, even where it became another word ("Điền 1.")."""
        for head in heads:
            if head[1] in self._article_variants and view.text[head.start(1)].isupper():
                at = head.start()
                if _ARTICLE.match(view.folded, at + 1 if view.folded[at] == "\n" else at):
                    yield from word_edits(view.text, *head.span(1), head[1], "dieu")

    def _begun(self, view: View, heads: Iterable[re.Match[str]]) -> Iterator[Edit]:
        """The words of openings."""
        for head in heads:
            if head[1] in self._at_heads.starts:
                yield from self._at_heads.edits(view, *head.span(1))
        # Where letterhead and signatures are, openings stand inside lines, too: columns that were flattened.
        folded, size = view.folded, len(view.folded)
        for low, high in ((0, min(_EDGE, size)), (max(_EDGE, size - _EDGE), size)):
            if self._inside.may_stand_in(_WORD.findall(folded, low, high)):
                for first in _WORD.finditer(folded, low, high):
                    if first[0] in self._inside.starts:
                        yield from self._inside.edits(view, *first.span())


class _Heads:
    """Finds the lines and columns that begin with one of some words."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = words
        lengths = sorted(map(len, words))
        letters = re.escape("".join(sorted({word[0] for word in words})))
        word = rf"([{letters}][^\W_]{{{lengths[0] - 1},{lengths[-1] - 1}}})(?![^\W_])"
        # Three patterns: what begins with fixed characters is found many times faster.
        self._first = re.compile(_LEAD + word)
        self._head = re.compile(rf"[\n\t|]{_LEAD}{word}")
        self._column = re.compile(rf"   {_LEAD}{word}")

    def find(self, folded: str) -> list[re.Match[str]]:
        """Returns the matches in order; group 1 is the word."""
        words = self._words
        first = self._first.match(folded)
        found = [first] if first and first[1] in words else []
        found += [head for head in self._head.finditer(folded) if head[1] in words]
        if "   " in folded:
            found += [head for head in self._column.finditer(folded) if head[1] in words]
            found.sort(key=lambda head: head.start(1))
        return found


def _strange_words(folded: str) -> set[str]:
    """Returns all words of a folded text that are no syllables; figures are among them."""
    syllables = folded_syllables()
    # Nearly all is sorted out before a pattern looks at anything.
    return set(_WORD.findall(" ".join({*folded.split()} - syllables))) - syllables


def _places(folded: str, words: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yields the span of each place where one of these words stands alone."""
    if len(words) > _FEW:
        yield from (match.span() for match in _WORD.finditer(folded) if match[0] in words)
        return
    for word in words:
        start = folded.find(word)
        while start >= 0:
            end = start + len(word)
            if not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum()):
                yield start, end
            start = folded.find(word, end)


def _parts_fit(written: str, cut: int) -> bool:
    """Tells whether both parts of a word are spelled as syllables are: one that ends in a stop has a tone."""
    parts = (written[:cut], written[cut:])
    return written.isascii() or all(
        is_syllable(part) and (part[-1].lower() not in "cptk" or has_tone(part)) for part in parts
    )


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
    return {form: tuple(sorted(meant)) for form, meant in found.items()}


def _figures(view: View, strange: Iterable[str]) -> Iterator[Edit]:
    """Finds digits read as letters in dates, and strokes and capitals read as something else."""
    folded, text = view.folded, view.text
    mixed = [word for word in strange if not word.isalpha() and not word.isdigit()]
    if any(map(_FIGURE.fullmatch, mixed)):
        for match in (match for pattern in _DATE_FIGURES for match in pattern.finditer(folded)):
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
