"""Dates, periods and times of day; `TimeFinder` also finds sessions (`nqparse.entities.sessions`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from nqparse.entities import Mention
from nqparse.entities.number_words import NumberWords
from nqparse.entities.overlaps import longest
from nqparse.entities.sessions import SessionFinder
from nqparse.ruleset import RuleSet

_BEFORE = 48  # characters that are looked at before a head word
_MONTHS = 12
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH_WORDS = {"giêng": 1, "gieng": 1, "chạp": 12, "chap": 12}
# Years of two digits: "85" is 1985, "24" is 2024.
_CENTURY_TURNS = 45
_RANGE = re.compile(r"-|đến|den")
_DIGITS = re.compile(r"\d+")
_DAMAGED = re.compile(r"\d?[oli]\d?")
_DASH = re.compile(r"\s{0,20}-\s{0,20}")
_SPACES = re.compile(r"\s+")
_LUNAR = re.compile(r"\s{1,20}\(?am\s{1,20}lich")


class _Place(NamedTuple):
    """A match in the folded text, with the range that is read."""

    match: re.Match[str]
    text: str
    folded: str
    start: int
    end: int

    @property
    def low(self) -> int:
        return self.match.start()

    @property
    def high(self) -> int:
        return self.match.end()

    def before(self) -> str:
        """Returns the folded text before the match."""
        return self.folded[max(self.start, self.low - _BEFORE) : self.low]

    def written(self, group: str) -> str:
        """Returns a group as it stands in the text, in lower case on one line."""
        return _SPACES.sub(" ", self.text[self.match.start(group) : self.match.end(group)]).lower()


class TimeFinder:
    """Finds DATE, PERIOD, TIME and SESSION; see `nqparse.entities` for the interface."""

    def __init__(self, rules: RuleSet) -> None:
        self._words = NumberWords(rules)
        self._sessions = SessionFinder(rules, self._words)
        self._look_alikes = frozenset(rules.terms["time.look-alikes"].terms)
        self._rules = rules.regex
        readers: dict[str, Callable[[str, _Place], Mention | None]] = {
            "date.written": self._written,
            "date.figures": self._figures,
            "date.day-month": self._unknown_year,
            "date.day": self._unknown_year,
            "date.month": self._month,
            "date.month-alone": self._month_alone,
            "date.year": self._year,
            "date.year-in-words": self._year_in_words,
            "period.months": self._months_of_year,
            "period.quarter": self._quarter,
            "time.digits": self._digits,
            "time.hour": self._hour,
        }
        self._readers = [(rule_id, rules.regex(rule_id), reader) for rule_id, reader in readers.items()]

    def find(self, text: str, folded: str, start: int, end: int) -> list[Mention]:
        """Returns the dates, periods, times and sessions in a range of the flow, free of overlaps, in order."""
        found = self._sessions.find(text, folded, start, end)
        for rule_id, pattern, reader in self._readers:
            for match in pattern.finditer(folded, start, end):
                mention = reader(rule_id, _Place(match, text, folded, start, end))
                if mention is not None:
                    found.append(mention)
        return _join_ranges(longest(found), folded)

    # -- dates ------------------------------------------------------------------------------------

    def _written(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "ngày 13 tháng 01 năm 2021", as far as it is filled in."""
        match = at.match
        if _DAMAGED.search(match["days"] or "") or _DAMAGED.fullmatch(match["month"] or ""):
            return Mention("DATE", at.low, at.high, None, rule_id)
        days = [int(day) for day in _DIGITS.findall(match["days"] or "")]
        month = self._month_number(at, "month") if match["month"] else None
        year = int(match["year"]) if match["year"] else None
        if not days and month is None and year is None:
            return None
        high = at.high
        if year is None and match["blank"] == "":
            high = len(at.folded[: at.high].rstrip(" \t\n"))
        value = None if _LUNAR.match(at.folded, high) else _iso(year, month, days[0] if days else None)
        return _with_days(rule_id, at.low, high, match["days"], value, year, month, days)

    def _figures(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "ngày 13/01/2021", "ngày 11 và 12/12/2024", "ngày 10/4"."""
        match = at.match
        days = [int(day) for day in _DIGITS.findall(match["days"] or "")]
        month = int(match["month"])
        if match["year"] is None:
            # Without a year only a possible day and month make a date: "ngày 2.9" may be a number.
            if match["sep"] == "." or not days or not (1 <= month <= _MONTHS and 1 <= days[-1] <= 31):
                return None
            return Mention("DATE", at.low, at.high, None, rule_id)
        year = _full_year(match["year"])
        value = _iso(year, month, days[0] if days else None)
        return _with_days(rule_id, at.low, at.high, match["days"], value, year, month, days)

    def _unknown_year(self, rule_id: str, at: _Place) -> Mention | None:
        return Mention("DATE", at.low, at.high, None, rule_id)

    def _month(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "tháng 6/2021", "tháng 10, 11 năm 2025", "tháng 01 - 6/2021"."""
        written = at.match["months"]
        months = [int(month) for month in _DIGITS.findall(written)]
        if not months:
            word = self._month_number(at, "months")
            if word is None:
                return None
            months = [word]
        year = int(at.match["year"])
        first = _iso(year, months[0], None)
        if len(months) > 1 and _RANGE.search(written):
            return Mention("PERIOD", at.low, at.high, _span(first, _iso(year, months[-1], None)), rule_id)
        return Mention("DATE", at.low, at.high, first, rule_id)

    def _month_alone(self, rule_id: str, at: _Place) -> Mention | None:
        if not self._is_head(at.text, at.low, "tháng") or self._rules("date.month-alone.before").match(at.before()):
            return None
        if self._rules("date.month-alone.after").match(at.folded, at.high):
            return None
        return Mention("DATE", at.low, at.high, None, rule_id)

    def _year(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "năm 2020", and "đầu năm 2020" as a period."""
        if not self._is_head(at.text, at.low, "năm"):
            return None
        year = at.match["year"]
        before = at.before()
        part = self._rules("date.year.before").match(before)
        if part and not before.endswith(("bat dau ", "phan dau ")):
            offset = at.low - len(before)
            if self._is_head(at.text, offset + part.start("word"), "đầu"):
                value = None
                if part["half"] is not None and part["word"] != "giua":
                    value = f"{year}-01/{year}-06" if part["word"] == "dau" else f"{year}-07/{year}-12"
                return Mention("PERIOD", offset + part.start("part"), at.high, value, rule_id)
        return Mention("DATE", at.low, at.high, year, rule_id)

    def _year_in_words(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads a date whose year is written in words, with a day and a month in words or digits before it."""
        year = self._words.read(at.text, at.high, at.end)
        if year is None or not 1600 <= year.value < 2200:
            return None
        before = at.before()
        match = self._rules("date.year-in-words.before").match(before)
        if match is None:
            return Mention("DATE", at.low, year.end, str(year.value), rule_id)
        offset = at.low - len(before)
        numbers = {}
        for group in ("day", "month"):
            if match[group] is not None:
                low, high = match.span(group)
                numbers[group] = self._number(at.text[offset + low : offset + high])
                if numbers[group] is None:
                    return Mention("DATE", at.low, year.end, str(year.value), rule_id)
        value = _iso(year.value, numbers["month"], numbers.get("day"))
        return Mention("DATE", offset + match.start("date"), year.end, value, rule_id)

    # -- periods ----------------------------------------------------------------------------------

    def _months_of_year(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "6 tháng đầu năm 2021", "sáu tháng cuối năm", "những tháng cuối năm 2016", "9 tháng năm 2021"."""
        before = at.before()
        match = self._rules("period.months.before").match(before)
        year, part = at.match["year"], at.match["part"]
        if match is None or (part is None and year is None):
            return None
        low = at.low - len(before) + match.start("count")
        count = self._number(at.text[low : low + len(match["count"])])
        if part is None and count is None:
            return None
        value = None
        if year is not None and count is not None and 1 <= count <= _MONTHS:
            first, last = (1, count) if part != "cuoi" else (_MONTHS + 1 - count, _MONTHS)
            value = f"{year}-{first:02}/{year}-{last:02}"
        return Mention("PERIOD", low, at.high, value, rule_id)

    def _quarter(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "quý I năm 2021", "quý I, II/2021", "quý IV"."""
        if not self._is_head(at.text, at.low, "quý"):
            return None
        year = at.match["year"]
        value = None
        if year is not None:
            numbers = re.findall(r"i{1,3}v?|[1-4]", at.match["quarters"])
            quarters = [_QUARTERS.get(number) or int(number) for number in numbers]
            value = f"{year}-{3 * min(quarters) - 2:02}/{year}-{3 * max(quarters):02}"
        return Mention("PERIOD", at.low, at.high, value, rule_id)

    # -- what begins with a digit -------------------------------------------------------------------

    def _digits(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "13/01/2021", "2016-2021" with its head words, "17h30"."""
        match = at.match
        numbers = [int(number) for number in _DIGITS.findall(match.group())]
        if match["date"] is not None:
            day, month, year = numbers
            return Mention("DATE", at.low, at.high, _iso(year, month, day), rule_id)
        if match["clock"] is not None:
            hour, minute = numbers
            return Mention("TIME", at.low, at.high, f"{hour:02}:{minute:02}", rule_id) if hour < 24 else None
        if match["hour"] is not None:
            return self._time(rule_id, at, at.low, at.high, numbers[0], None)
        return self._years(rule_id, at, match.group()[:4], match["last"], match["to"])

    def _years(self, rule_id: str, at: _Place, first: str, last: str, to: str) -> Mention | None:
        before = at.before()
        head = self._rules("period.years.before").match(before)
        if not 1600 <= int(first) < 2200:
            return None
        if head is None and ("-" not in to or len(last) == 2):
            return None
        if to == "/" and int(last[-2:]) != (int(first) + 1) % 100:
            return None
        low = at.low if head is None else at.low - len(before) + head.start("head")
        return Mention("PERIOD", low, at.high, f"{first}/{first[: 4 - len(last)]}{last}", rule_id)

    def _hour(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "11 giờ 15 phút" where the context says that it is a time of day and not a measure."""
        before = at.before()
        match = self._rules("time.hour.before").match(before)
        if match is None:
            return None
        low = at.low - len(before) + match.start("hour")
        minute, high = at.match["minute"], at.high
        if minute is not None and at.match["unit"] is None and len(minute) == 1:
            minute, high = None, at.low + len("giờ")  # "8 giờ 2 lần"
        return self._time(rule_id, at, low, high, int(match["hour"]), None if minute is None else int(minute))

    def _time(
        self, rule_id: str, at: _Place, low: int, high: int, hour: int, minute: int | None
    ) -> Mention | None:
        """Returns a time of day, where the words around say that it is one and no measure."""
        cue = at.folded[max(at.start, low - _BEFORE) : low]
        if self._rules("time.measure").match(cue) or hour > 24 or at.folded[high : high + 1] == "/":
            return None
        after = self._rules("time.after").match(at.folded, high)
        if minute is None and after is None and not self._rules("time.cue").match(cue):
            return None
        if after and after["later"] and hour < 12:
            hour += 12
        return Mention("TIME", low, high, f"{hour:02}:{minute or 0:02}", rule_id)

    # -- helpers ------------------------------------------------------------------------------------

    def _is_head(self, text: str, at: int, head: str) -> bool:
        """Tells whether the head word is meant, and not another one that folds to the same letters."""
        return text[at : at + len(head)] not in self._look_alikes or text.isascii()

    def _month_number(self, at: _Place, group: str) -> int | None:
        return self._number(at.written(group))

    def _number(self, written: str) -> int | None:
        """Returns a number in digits or words, the old names of months and "mồng hai" among them."""
        written = re.sub(r"^m[^\s]{1,2}ng\s+", "", written.strip().lower())
        if written.isdigit():
            return int(written)
        if written in _MONTH_WORDS:
            return _MONTH_WORDS[written]
        reading = self._words.read(written, 0, len(written))
        return reading.value if reading and reading.end == len(written) else None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= _CENTURY_TURNS else 2000)


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """Returns the ISO date as far as it is known from the year on; None without a year, or for no real date."""
    if year is None:
        return None
    if month is None:
        return f"{year:04}" if day is None else None
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"


def _span(first: str | None, last: str | None) -> str | None:
    return None if first is None or last is None else f"{first}/{last}"


def _with_days(
    rule_id: str, low: int, high: int, written: str | None, value: str | None, year: int | None, month: int | None, days: list[int]
) -> Mention:
    """Returns a DATE with the first of several days, or a PERIOD where they are a range."""
    if len(days) > 1 and written and _RANGE.search(written):
        return Mention("PERIOD", low, high, _span(value, _iso(year, month, days[-1])), rule_id)
    return Mention("DATE", low, high, value, rule_id)


def _join_ranges(mentions: list[Mention], folded: str) -> list[Mention]:
    """Makes one period of two dates that only a dash parts."""
    joined: list[Mention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.type == mention.type == "DATE"
            and _DASH.fullmatch(folded, before.end, mention.start)
        ):
            joined[-1] = Mention("PERIOD", before.start, mention.end, _span(before.value, mention.value), before.rule)
        else:
            joined.append(mention)
    return joined
