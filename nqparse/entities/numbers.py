"""Numbers: ratios, percentages, amounts of money and other quantities.

One pattern (`number.amount`) finds every number with what it may count; the words behind it decide what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from nqparse.entities import Mention, figures
from nqparse.entities.comparisons import Comparisons
from nqparse.entities.figures import NUMBER
from nqparse.entities.number_words import NumberWords
from nqparse.entities.overlaps import longest
from nqparse.entities.phrases import Found, Phrases, Word, words_of
from nqparse.entities.ratios import RatioReader
from nqparse.entities.scope import Scope
from nqparse.entities.spelled import DONG, PLAIN_DONG, spelled_out
from nqparse.fold import fold
from nqparse.ruleset import RuleSet

_CURRENCY = "money.currency."
_LABEL = re.compile(r"[1-9][0-9]?(?:\.[0-9]{1,2})*")
_BLANK = re.compile(r"\s{0,40}")
_JOINS = frozenset(("và", "hoặc", "đến", "tới", "số"))  # before a number that is one of several, or a name
_CLOSES = frozenset('.;:!?”"|')  # behind one of these a number that begins a line may be its label
_BEFORE = 40  # characters that are looked at before a number
_WIDEST = 2  # spaces between a number and its word; more part the columns of a table


class _Amount(NamedTuple):
    """A number or a range of numbers, as written."""

    start: int
    end: int
    low: str | None  # None where there is no range
    high: str
    low_scale: int | None  # None where the low end shares the scale of the high one

    def value(self, scale: int, *, whole: bool) -> str | None:
        """Returns the number in full, a range as "low-high", or None where it cannot be read."""
        high = figures.value_of(self.high, whole=whole)
        if high is None:
            return None
        top = figures.plain(high * scale)
        if self.low is None:
            return top
        low = figures.value_of(self.low, whole=whole)
        return None if low is None else f"{figures.plain(low * (self.low_scale or scale))}-{top}"


class NumberFinder:
    """Finds RATIO, PERCENT, MONEY and QUANTITY; see `nqparse.entities` for the interface."""

    def __init__(self, rules: RuleSet) -> None:
        self._amount = rules.regex("number.amount")
        self._words = NumberWords(rules)
        self._comparisons = Comparisons(rules)
        terms = {rule_id: rule.terms for rule_id, rule in rules.terms.items()}
        same = (pair.split(" = ") for pair in terms["quantity.same-units"])
        self._units = Phrases({unit: unit for unit in terms["quantity.units"]} | dict(same))
        self._currencies = Phrases(
            {
                name: rule_id.removeprefix(_CURRENCY)
                for rule_id, names in terms.items()
                if rule_id.startswith(_CURRENCY)
                for name in names
            }
        )
        self._scales = self._words.scales
        self._plain_scales = {fold(word): value for word, value in self._scales.items()}
        self._ratios = RatioReader(rules, self._units, frozenset(self._scales) | self._currencies.first_words)
        self._first_words = self._units.first_words | self._currencies.first_words | self._plain_scales.keys()
        self._also_words, self._not_dong, self._not_after, self._measures = (
            frozenset(terms[rule_id])
            for rule_id in ("money.also-words", "money.not-dong", "quantity.not-after", "quantity.measures")
        )

    def find(self, text: str, folded: str, start: int, end: int) -> list[Mention]:
        """Returns the numbers in a range of the flow, free of overlaps, in order."""
        return longest(self._mentions(Scope(text, folded, start, end)))

    def _mentions(self, scope: Scope) -> Iterator[Mention]:
        for amount in spelled_out(scope, self._words):
            yield self._mention("MONEY", (amount.start, amount.end), f"{amount.value} VND", scope)
        for match in self._amount.finditer(scope.folded, scope.start, scope.end):
            if _is_glued(scope, match.start()):
                continue
            if match["of"] is not None:
                mention = self._ratio(match, scope)
            elif match["percent"] is not None:
                mention = self._percent(match, scope)
            elif match["words"].split(None, 1)[0] in self._first_words:
                mention = self._counted(match, scope)
            else:
                continue
            if mention is not None:
                yield mention

    def _ratio(self, match: re.Match[str], scope: Scope) -> Mention | None:
        at = max(match.start(), match.start("cut"), match.start("high"))  # the figure next to the slash
        return self._ratios.read(scope, (at, _number_end(scope, at)), match.span("of"))

    def _percent(self, match: re.Match[str], scope: Scope) -> Mention:
        amount = self._read(match, scope, 1, between=("", "%"))
        written = [figures.with_point(number) for number in (amount.low, amount.high) if number is not None]
        value = None if None in written else "-".join(number for number in written if number)
        return self._mention("PERCENT", (amount.start, match.end("percent")), value, scope)

    # -- money and quantities -----------------------------------------------------------------------

    def _counted(self, match: re.Match[str], scope: Scope, below: int | None = None) -> Mention | None:
        """Reads a number with words of scale, a currency or a unit behind; its scale must lie `below`."""
        words = words_of(scope.text, *match.span("words"))
        scale, index = self._scale(words)
        if below is not None and scale >= below:
            return None
        amount = self._read(match, scope, scale)
        if match["again"] is not None:
            low, high = match.span("again")
            if self._words.read(scope.text, low, high) is None:
                return None  # what stands in the brackets is no number
        elif not _is_near(scope.text[amount.end : match.start("words")]):
            return None
        unit = self._units.at(words, index, plain=scope.plain)
        currency = self._currency(scope, words, index, amount, scale)
        if currency is not None and (unit is None or unit.size <= currency.size):
            value = amount.value(scale, whole=scale == 1)
            return self._mention("MONEY", (amount.start, currency.end), value and f"{value} {currency.value}", scope)
        if unit is not None and self._may_count(scope, amount, match.start("words")):
            value = amount.value(scale, whole=scale == 1 and unit.value not in self._measures)
            if value is None:
                return None
            return self._mention("QUANTITY", (amount.start, unit.end), f"{value} {unit.value}", scope)
        if scale > 1 and index == len(words):
            return self._compound(amount, words[-1].end, scale, scope)
        return None

    def _compound(self, amount: _Amount, at: int, scale: int, scope: Scope) -> Mention | None:
        """Reads "1 tỷ 200 triệu đồng": the scales fall, and the last number has the currency."""
        blank = _BLANK.match(scope.text, at, scope.end)
        rest = self._amount.match(scope.folded, blank.end(), scope.end) if blank else None
        if rest is None or rest["words"] is None or rest["high"] is not None or amount.low is not None:
            return None
        tail = self._counted(rest, scope, below=scale)
        head = amount.value(scale, whole=False)
        if tail is None or tail.type != "MONEY" or tail.value is None or head is None:
            return None
        value, _, currency = tail.value.partition(" ")
        if Decimal(value) >= scale:
            return None
        total = figures.plain(Decimal(head) + Decimal(value))
        return self._mention("MONEY", (amount.start, tail.end), f"{total} {currency}", scope)

    def _scale(self, words: list[Word]) -> tuple[int, int]:
        """Returns the product of the words of scale at the start, and how many they are ("nghìn tỷ")."""
        scale, index = 1, 0
        while index < min(2, len(words)) and (factor := self._scales.get(words[index].word)):
            scale, index = scale * factor, index + 1
        if not index and len(words) > 1 and fold(words[1].word) == PLAIN_DONG:
            # Before "đồng", even a misread one, a misread "triêu" can only be the scale.
            factor = self._plain_scales.get(fold(words[0].word))
            return (factor, 1) if factor else (1, 0)
        return scale, index

    def _currency(self, scope: Scope, words: list[Word], index: int, amount: _Amount, scale: int) -> Found | None:
        """Returns the currency that `words[index]` begins, if it is meant as one."""
        found = self._currencies.at(words, index, plain=scope.plain)
        if found is None:
            misread = scale > 1 and index < len(words) and fold(words[index].word) == PLAIN_DONG
            return Found("VND", 1, words[index].end) if misread else None
        word = words[index].word
        large = scale > 1 or len(amount.high) > 3
        if word == "đ":
            # Behind a small figure a lone "đ" is the label of a point ("khoản 5 đ)", "mẫu 1đ").
            return found if large or (len(amount.high) > 2 and scope.text[amount.end] in "đĐ") else None
        if word in self._also_words and found.size == 1:
            return found if large else None
        if word == DONG and found.size == 1:
            following = words[index + 1].word if index + 1 < len(words) else ""
            # "Đồng" is the unit that the next row of a table begins with.
            titled = scope.text[found.end - len(DONG) : found.end].istitle()
            return None if titled or (scale == 1 and following in self._not_dong) else found
        return found

    def _read(self, match: re.Match[str], scope: Scope, scale: int, between: tuple[str, ...] | None = None) -> _Amount:
        """Returns the number of a match, with the low end of its range where it has one.

        Args:
            match: of the pattern `number.amount`.
            scope: what is read.
            scale: the scale of the number.
            between: what may stand behind the low end; by default words of scale and "đồng".
        """
        start, end = match.start(), _number_end(scope, match.start())
        low = scope.text[start:end]
        if match["damaged"] is not None:
            end = match.end("damaged")
            low = scope.text[start:end]
        elif match["cut"] is not None:
            end = match.end("cut")
            if scale > 1 and not _begins_line(scope, start):
                low = f"{low}.{match['cut']}"
            else:
                start, low = match.start("cut"), match["cut"]
        high = match["high"]
        if high is None:
            return _Amount(start, end, None, low, None)
        low_words = (match["middle"] or match["scale"] or "").split()
        low_scale = self._plain_scales.get(low_words[0]) if low_words else None
        allowed = low_words != ["%"] if between is None else " ".join(low_words) in between
        low_value, high_value = figures.value_of(low), figures.value_of(high)
        if allowed and low_value is not None and high_value is not None:
            if low_value * (low_scale or scale) < high_value * scale:
                return _Amount(start, match.end("high"), low, high, low_scale)
        return _Amount(match.start("high"), match.end("high"), None, high, None)

    def _may_count(self, scope: Scope, amount: _Amount, unit: int) -> bool:
        """Tells whether a number counts what begins at `unit`, and is neither a label nor part of a name."""
        before = scope.written_before(amount.start, _BEFORE).split()
        last = before[-1] if before else ""
        if last.lower() in self._not_after:
            return False
        if scope.text[unit : unit + 2].istitle():
            # A capital opens a new thing ("khoản 3, 4 và 5 Nghị quyết này") unless the sentence runs on to it.
            return last.isalpha() and last.islower() and last not in _JOINS
        return not (_begins_line(scope, amount.start) and _LABEL.fullmatch(amount.high))

    def _mention(self, mention_type: str, span: tuple[int, int], value: str | None, scope: Scope) -> Mention:
        comparison = self._comparisons.of(scope, *span)
        fields = {"comparison": comparison} if comparison else {}
        return Mention(mention_type, *span, value, f"number.{mention_type.lower()}", fields)


def _number_end(scope: Scope, at: int) -> int:
    """Returns where the figures end that begin at `at`."""
    number = NUMBER.match(scope.text, at, scope.end)
    return number.end() if number else at


def _is_near(gap: str) -> bool:
    """Tells whether what stands between a number and its word lets them belong together; cells of a table do not."""
    return gap.count("\n") == 1 or ("\n" not in gap and len(gap) <= _WIDEST)


def _is_glued(scope: Scope, at: int) -> bool:
    """Tells whether a number is part of a code ("UBTVQH15", "NQ-12"); a lost space does not make one ("gồm67 xã")."""
    before = scope.written_before(at, 2)
    if before[-1:] in ("-", "–"):
        return before[0].isalnum()
    lost_space = len(before) == 2 and before.isalpha() and before.islower()
    return before[-1:] == "_" or (before[-1:].isalpha() and not lost_space)


def _begins_line(scope: Scope, at: int) -> bool:
    """Tells whether a number begins a line behind a closed sentence, where its label would stand."""
    before = scope.written_before(at, _BEFORE).rstrip(" \t*|")
    return not before or (before[-1] == "\n" and (not before.strip() or before.rstrip()[-1] in _CLOSES))
