"""Numbers: ratios, percentages, amounts of money and other quantities.

One pattern (`number.amount`) finds every number with what it may count; the word behind it decides what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from nqparse.entities import Mention
from nqparse.entities.comparisons import Comparisons
from nqparse.entities.number_words import NumberWords
from nqparse.entities.overlaps import longest
from nqparse.entities.phrases import Found, Phrases, Word, words_of
from nqparse.entities.ratios import RatioReader
from nqparse.fold import fold
from nqparse.ruleset import RuleSet

_CURRENCY = "money.currency."
_SCALE = "number.word."
_LOWEST_SCALE = 1000
_DONG = "đồng"
_PLAIN_DONG = fold(_DONG)
_GAPS = " \t\n,"
_MOST_WORDS = 40  # of an amount that is spelled out
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_LABEL = re.compile(r"[1-9][0-9]?(?:\.[0-9]{1,2})*")
_BLANK = re.compile(r"\s{0,40}")
_CLOSES = frozenset('.;:!?”"|')  # behind one of these a number that begins a line may be its label
_JOINS = frozenset(("và", "hoặc", "đến", "tới"))
_BEFORE = 40  # characters that are looked at before a number


class _Amount(NamedTuple):
    """A number or a range of numbers, as written."""

    start: int
    end: int
    low: str | None  # None where there is no range
    high: str
    low_scale: int | None  # None where the low end shares the scale of the high one


class NumberFinder:
    """Finds RATIO, PERCENT, MONEY and QUANTITY; see `nqparse.entities` for the interface."""

    def __init__(self, rules: RuleSet) -> None:
        self._amount = rules.regex("number.amount")
        self._words = NumberWords(rules)
        self._comparisons = Comparisons(rules)
        units = {term: term for term in rules.terms["quantity.units"].terms}
        units |= dict(pair.split(" = ") for pair in rules.terms["quantity.same-units"].terms)
        self._units = Phrases(units)
        self._ratios = RatioReader(rules, self._units)
        self._currencies = Phrases(
            {
                term: rule_id.removeprefix(_CURRENCY)
                for rule_id, terms in rules.terms.items()
                if rule_id.startswith(_CURRENCY)
                for term in terms.terms
            }
        )
        self._scales = {
            term: int(rule_id.removeprefix(_SCALE))
            for rule_id, terms in rules.terms.items()
            if rule_id.startswith(_SCALE) and int(rule_id.removeprefix(_SCALE)) >= _LOWEST_SCALE
            for term in terms.terms
        }
        self._plain_scales = {fold(term): value for term, value in self._scales.items()}
        self._first_words = self._units.first_words | self._currencies.first_words | self._plain_scales.keys()
        self._not_dong = frozenset(rules.terms["money.not-dong"].terms)
        self._also_words = frozenset(rules.terms["money.also-words"].terms)
        self._not_after = frozenset(rules.terms["quantity.not-after"].terms)
        self._measures = frozenset(rules.terms["quantity.measures"].terms)

    def find(self, text: str, folded: str, start: int, end: int) -> list[Mention]:
        """Returns the numbers in a range of the flow, free of overlaps, in order."""
        found = list(self._spelled_out(text, folded, start, end))
        for match in self._amount.finditer(folded, start, end):
            if _is_glued(text, match.start(), start):
                continue
            if match["of"] is not None:
                mention = self._ratio(match, text, start)
            elif match["percent"] is not None:
                mention = self._percent(match, text, start)
            elif match["words"].split(None, 1)[0] in self._first_words:
                mention = self._counted(match, text, folded, start, end)
            else:
                continue
            if mention is not None:
                found.append(mention)
        return longest(found)

    def _ratio(self, match: re.Match[str], text: str, low: int) -> Mention | None:
        at = max(match.start(), match.start("cut"), match.start("high"))  # the figure next to the slash
        number = _NUMBER.match(text, at)
        assert number is not None  # the pattern begins with one
        return self._ratios.read(text, at, (number.end(), match.start("of")), match.end("of"), low)

    def _percent(self, match: re.Match[str], text: str, low: int) -> Mention:
        amount = self._read(match, text, 1, between=("", "%"))
        written = [_with_point(figures) for figures in (amount.low, amount.high) if figures is not None]
        value = None if None in written else "-".join(figure for figure in written if figure)
        return self._mention("PERCENT", (amount.start, match.end("percent")), value, "", text, low)

    # -- money and quantities -----------------------------------------------------------------------

    def _counted(self, match: re.Match[str], text: str, folded: str, low: int, end: int) -> Mention | None:
        """Reads a number with words of scale, a currency or a unit behind."""
        words = words_of(text, *match.span("words"))
        scale, index = self._scale(words)
        amount = self._read(match, text, scale)
        if not _is_near(text[amount.end : match.start("words")]):
            return None
        unit = self._units.at(words, index, plain=text.isascii())
        currency = self._currency(text, words, index, amount, scale)
        if currency is not None and (unit is None or unit.size <= currency.size):
            value = _value(amount, scale, whole=scale == 1)
            return self._mention("MONEY", (amount.start, currency.end), value, currency.value, text, low)
        if match["damaged"] is not None:
            return None
        if unit is not None and self._may_count(text, amount, match.start("words"), low):
            value = _value(amount, scale, whole=scale == 1 and unit.value not in self._measures)
            return self._mention("QUANTITY", (amount.start, unit.end), value, unit.value, text, low) if value else None
        if scale > 1 and index == len(words):
            return self._compound(match, amount, scale, text, folded, low, end)
        return None

    def _compound(
        self, match: re.Match[str], amount: _Amount, scale: int, text: str, folded: str, low: int, end: int
    ) -> Mention | None:
        """Reads "1 tỷ 200 triệu đồng": the scales fall, and the last one has the currency."""
        blank = _BLANK.match(text, match.end(), end)
        rest = self._amount.match(folded, blank.end(), end) if blank else None
        head = _value(amount, scale, whole=False)
        if rest is None or rest["words"] is None or rest["high"] is not None or amount.low is not None or head is None:
            return None
        tail = self._counted(rest, text, folded, low, end)
        if tail is None or tail.type != "MONEY":
            return None
        value, _, currency = tail.value.partition(" ")
        if Decimal(value) >= scale:
            return None
        total = _written(Decimal(head) + Decimal(value))
        return self._mention("MONEY", (amount.start, tail.end), total, currency, text, low)

    def _scale(self, words: list[Word]) -> tuple[int, int]:
        """Returns the product of the words of scale at the start, and how many they are ("nghìn tỷ")."""
        scale, index = 1, 0
        while index < min(2, len(words)) and (factor := self._scales.get(words[index].word)):
            scale, index = scale * factor, index + 1
        if not index and len(words) > 1 and fold(words[1].word) == _PLAIN_DONG:
            # Before a misread or unaccented "đồng" a misread "triêu" can only be the scale.
            factor = self._plain_scales.get(fold(words[0].word))
            return (factor, 1) if factor else (1, 0)
        return scale, index

    def _currency(self, text: str, words: list[Word], index: int, amount: _Amount, scale: int) -> Found | None:
        found = self._currencies.at(words, index, plain=text.isascii())
        if found is None:
            misread = scale > 1 and index < len(words) and fold(words[index].word) == _PLAIN_DONG
            return Found("VND", 1, words[index].end) if misread else None
        word = words[index].word
        large = scale > 1 or len(amount.high) > 3
        if word == "đ":
            # A lone "đ" is the currency of glued figures and of large ones; else it is the label of a point.
            return found if large or text[amount.end] in "đĐ" else None
        if word == _DONG:
            following = words[index + 1].word if index + 1 < len(words) else ""
            first = found.end - len(word)
            titled = found.size == 1 and text[first : found.end].istitle()  # the unit at the head of a table's row
            return None if titled or (scale == 1 and following in self._not_dong) else found
        return found if large or found.size > 1 or word not in self._also_words else None

    def _read(
        self, match: re.Match[str], text: str, scale: int, between: tuple[str, ...] | None = None
    ) -> _Amount:
        """Returns the number of a match, with the low end of its range where it has one.

        Args:
            match: of the pattern `number.amount`.
            text: the flow's text.
            scale: the scale of the number.
            between: what may stand behind the low end; by default words of scale and "đồng".
        """
        first = _NUMBER.match(text, match.start())
        assert first is not None  # the pattern begins with one
        start, figures, end = match.start(), first.group(), first.end()
        if match["damaged"] is not None:
            figures, end = text[start : match.end("damaged")], match.end("damaged")
        elif match["cut"] is not None:
            end = match.end("cut")
            if scale > 1 and not _begins_line(text, start):
                figures = f"{figures}.{match['cut']}"
            else:
                start, figures = match.start("cut"), match["cut"]
        if match["high"] is None:
            return _Amount(start, end, None, figures, None)
        low_words = (match["middle"] or match["scale"] or "").split()
        low_scale = self._plain_scales.get(low_words[0]) if low_words else None
        low_value, high_value = _decimal(figures), _decimal(match["high"])
        allowed = " ".join(low_words) in between if between is not None else low_words != ["%"]
        rises = low_value is not None and high_value is not None and low_value * (low_scale or scale) < high_value * scale
        if allowed and rises:
            return _Amount(start, match.end("high"), figures, match["high"], low_scale)
        return _Amount(match.start("high"), match.end("high"), None, match["high"], None)

    def _may_count(self, text: str, amount: _Amount, unit: int, low: int) -> bool:
        """Tells whether a number counts what begins at `unit`, and is neither a label nor part of a name."""
        before = text[max(low, amount.start - _BEFORE) : amount.start].split()
        last = before[-1] if before else ""
        if last.lower() in self._not_after:
            return False
        if text[unit].isupper() and text[unit + 1].islower():
            # A capital opens a new thing ("khoản 3, 4 và 5 Nghị quyết này") unless the sentence runs on to it.
            return last.isalpha() and last.islower() and last not in _JOINS
        return not (_begins_line(text, amount.start) and _LABEL.fullmatch(amount.high))

    def _mention(
        self, mention_type: str, span: tuple[int, int], value: str | None, unit: str, text: str, low: int
    ) -> Mention:
        comparison = self._comparisons.of(text, *span, low)
        fields = {"comparison": comparison} if comparison else {}
        written = f"{value} {unit}".rstrip() if value is not None else None
        return Mention(mention_type, *span, written, f"number.{mention_type.lower()}", fields)

    # -- amounts in words -----------------------------------------------------------------------------

    def _spelled_out(self, text: str, folded: str, start: int, end: int) -> Iterator[Mention]:
        """Yields the amounts in words: number words that end in "đồng", one of scale among them."""
        plain = text.isascii()
        at = folded.find(_PLAIN_DONG, start, end)
        while at >= 0:
            after = at + len(_DONG)
            if (plain or text[at:after].lower() == _DONG) and not text[after : after + 1].isalpha():
                mention = self._words_before(text, start, at, after)
                if mention is not None:
                    yield mention
            at = folded.find(_PLAIN_DONG, after, end)

    def _words_before(self, text: str, low: int, at: int, end: int) -> Mention | None:
        """Returns the amount whose number words end at `at`, before the currency that ends at `end`."""
        starts: list[int] = []
        position = at
        while len(starts) < _MOST_WORDS:
            stop = position
            while stop > low and text[stop - 1] in _GAPS:
                stop -= 1
            begin = stop
            while begin > low and text[begin - 1].isalpha():
                begin -= 1
            if begin == stop or stop == position or not self._words.builds(text[begin:stop]):
                break
            starts.append(begin)
            position = begin
        last = at
        while last > low and text[last - 1] in _GAPS:
            last -= 1
        for begin in reversed(starts):
            reading = self._words.read(text, begin, last)
            if reading is None or reading.end != last or reading.value < _LOWEST_SCALE:
                continue
            if text[low:begin].rstrip()[-1:].isdigit():
                return None  # "2 triệu năm trăm nghìn đồng": figures and words mixed
            return self._mention("MONEY", (begin, end), str(reading.value), "VND", text, low)
        return None


def _is_near(gap: str) -> bool:
    """Tells whether what stands between a number and its word lets them belong together; cells of a table do not."""
    return gap.count("\n") <= 1 if "\n" in gap else len(gap) <= 2


def _is_glued(text: str, at: int, low: int) -> bool:
    """Tells whether a number is part of a code ("UBTVQH15", "NQ-12"); a lost space does not make one ("gồm67 xã")."""
    if at <= low:
        return False
    before = text[at - 1]
    if before in "-–":
        return at - 2 >= low and text[at - 2].isalnum()
    return before == "_" or (before.isalpha() and not (before.islower() and at - 2 >= low and text[at - 2].islower()))


def _begins_line(text: str, at: int) -> bool:
    """Tells whether a number begins a line or the text, where its label would stand."""
    before = text[max(0, at - _BEFORE) : at].rstrip(" \t*|")
    return not before or (before[-1] == "\n" and (not before.strip() or before.rstrip()[-1] in _CLOSES))


def _decimal(figures: str, *, whole: bool = False) -> Decimal | None:
    """Returns the value of figures, or None where the separators make no number.

    Points part thousands and a comma the decimals. A single point that parts no three digits is a decimal point; a
    single comma before three digits parts thousands only with `whole`, for what is never counted in parts.
    """
    if not _NUMBER.fullmatch(figures):
        return None  # damaged
    if "," in figures and "." in figures:
        head, tail = figures.rsplit("," if figures.rindex(",") > figures.rindex(".") else ".", 1)
        head = head.replace(".", "").replace(",", "")
        return Decimal(f"{head}.{tail}")
    if "." not in figures and "," not in figures:
        return Decimal(figures)
    if _THOUSANDS.fullmatch(figures) and figures[0] != "0":
        return Decimal(figures.replace(".", "").replace(",", ""))
    if figures.count(".") + figures.count(",") > 1:
        return None
    head, _, tail = figures.replace(",", ".").partition(".")
    return Decimal(head + tail) if whole and "," in figures and len(tail) == 3 else Decimal(f"{head}.{tail}")


def _value(amount: _Amount, scale: int, *, whole: bool) -> str | None:
    """Returns the number in full, a range as "low-high"."""
    high = _decimal(amount.high, whole=whole)
    low = None if amount.low is None else _decimal(amount.low, whole=whole)
    if high is None or (amount.low is not None and low is None):
        return None
    if low is None:
        return _written(high * scale)
    return f"{_written(low * (amount.low_scale or scale))}-{_written(high * scale)}"


def _written(number: Decimal) -> str:
    """Returns a number in figures without an exponent and without idle zeros."""
    return str(int(number)) if number == number.to_integral_value() else f"{number.normalize():f}"


def _with_point(figures: str) -> str | None:
    """Returns figures as they are written, with a decimal point and without leading zeros and thousands marks."""
    number = _decimal(figures)
    if number is None or _THOUSANDS.fullmatch(figures):
        return None if number is None else _written(number)
    head, point, tail = figures.replace(",", ".").partition(".")
    return f"{int(head)}{point}{tail}"
