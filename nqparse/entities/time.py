"""Dates, periods and times of day; `TimeFinder` also finds sessions (`nqparse.entities.sessions`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from nqparse.entities import Mention
from nqparse.entities.number_words import NumberWords
from nqparse.entities.overlaps import longest
from nqparse.entities.scope import Scope
from nqparse.entities.sessions import SessionFinder
from nqparse.fold import fold, squeeze
from nqparse.ruleset import RuleSet

# What is looked for before and behind a find.
_CONTEXT = (
    "date.month-alone.after",
    "date.month-alone.before",
    "date.year-in-words.before",
    "date.year.before",
    "period.months.before",
    "period.years.before",
    "time.after",
    "time.cue",
    "time.hour.before",
    "time.measure",
)
_BEFORE = 48  # characters that are looked at before a head word
_MONTHS = 12
_HOURS = 24
_YEARS = range(1600, 2200)
_LEAP_YEAR = 2000  # a year that has every day
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER = re.compile(r"i{1,3}v?|[1-4]")
# Years of two digits: "85" is 1985, "24" is 2024.
_CENTURY_TURNS = 45
_RANGE = re.compile(r"-|đến|den")
_DIGITS = re.compile(r"\d+")
_DAMAGED = re.compile(r"(?<!\w)(?:\d[oli]|[oli]\d?)(?!\w)")
_DASH = re.compile(r"\s{0,20}-{1,2}\s{0,20}")
_FIRST_DAYS = re.compile(r"^m[^\W\d]ng\s")
_LUNAR = re.compile(r"\s{1,20}\(?am\s{1,20}lich")


class _Place(NamedTuple):
    """A match in the folded text, and what is read around it."""

    match: re.Match[str]
    scope: Scope

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()

    def before(self) -> str:
        """Returns the folded text before the match."""
        return self.scope.before(self.match.start(), _BEFORE)

    def written(self, group: str) -> str:
        """Returns a group as it stands in the text, in lower case on one line."""
        return squeeze(self.scope.text[slice(*self.match.span(group))]).lower()


class _Days(NamedTuple):
    """One or more days of a month, as written and as numbers."""

    written: str
    year: int | None
    month: int | None

    @property
    def numbers(self) -> list[int]:
        return [int(day) for day in _DIGITS.findall(self.written)]

    def mention(self, rule_id: str, start: int, end: int) -> Mention:
        """Returns a DATE with the first of several days, or a PERIOD where they are a range."""
        days = self.numbers
        first = _iso(self.year, self.month, days[0] if days else None)
        if len(days) > 1 and _RANGE.search(self.written):
            return Mention("PERIOD", start, end, _span(first, _iso(self.year, self.month, days[-1])), rule_id)
        return Mention("DATE", start, end, first, rule_id)


class TimeFinder:
    """Finds DATE, PERIOD, TIME and SESSION; see `nqparse.entities` for the interface."""

    def __init__(self, rules: RuleSet) -> None:
        self._words = NumberWords(rules)
        self._sessions = SessionFinder(rules, self._words)
        self._look_alikes = frozenset(rules.terms["time.look-alikes"].terms)
        self._months = {
            form: month
            for month in (1, _MONTHS)
            for term in rules.terms[f"time.month.{month}"].terms
            for form in (term, fold(term))
        }
        self._context = {rule_id: rules.regex(rule_id) for rule_id in _CONTEXT}
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
        scope = Scope(text, folded, start, end)
        found = self._sessions.find(scope)
        for rule_id, pattern, reader in self._readers:
            for match in pattern.finditer(folded, start, end):
                mention = reader(rule_id, _Place(match, scope))
                if mention is not None:
                    found.append(mention)
        return _join_ranges(longest(found), folded)

    # -- dates ------------------------------------------------------------------------------------

    def _written(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "ngày 13 tháng 01 năm 2021", as far as it is filled in."""
        match, end = at.match, at.end
        written, month, year = match["days"] or "", match["month"], match["year"]
        if _DAMAGED.search(written) or _DAMAGED.search(month or ""):
            return Mention("DATE", at.start, end, None, rule_id)
        if not (written or month or year):
            return None
        if _LUNAR.match(at.scope.folded, end):
            return Mention("DATE", at.start, end, None, rule_id)
        days = _Days(written, int(year) if year else None, self._number(at.written("month")) if month else None)
        return days.mention(rule_id, at.start, end)

    def _figures(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "ngày 13/01/2021", "ngày 11 và 12/12/2024", "ngày 10/4"."""
        match = at.match
        days = _Days(match["days"] or "", _full_year(match["year"] or match["short"]), int(match["month"]))
        if days.year is not None:
            return days.mention(rule_id, at.start, at.end)
        # Without a year only a possible day and month make a date: "ngày 2.9" may be a number.
        numbers = days.numbers
        if not self._is_head(at) or match["sep"] == "." or not numbers:
            return None
        if _iso(_LEAP_YEAR, days.month, numbers[-1]) is None:
            return None
        return Mention("DATE", at.start, at.end, None, rule_id)

    def _unknown_year(self, rule_id: str, at: _Place) -> Mention | None:
        return Mention("DATE", at.start, at.end, None, rule_id)

    def _month(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "tháng 6/2021", "tháng 10, 11 năm 2025", "tháng 01 - 6/2021"."""
        written, year = at.match["months"], int(at.match["year"])
        months = [int(month) for month in _DIGITS.findall(written)]
        if len(months) > 1 and _RANGE.search(written):
            value = _span(_iso(year, months[0], None), _iso(year, months[-1], None))
            return Mention("PERIOD", at.start, at.end, value, rule_id)
        month = months[0] if months else self._number(at.written("months"))
        return Mention("DATE", at.start, at.end, _iso(year, month, None), rule_id)

    def _month_alone(self, rule_id: str, at: _Place) -> Mention | None:
        if not self._is_head(at) or self._context["date.month-alone.before"].match(at.before()):
            return None
        if self._context["date.month-alone.after"].match(at.scope.folded, at.end):
            return None
        return Mention("DATE", at.start, at.end, None, rule_id)

    def _year(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "năm 2020", and "đầu năm 2020" as a period."""
        if not self._is_head(at):
            return None
        year = at.match["year"]
        part = self._context["date.year.before"].match(at.scope.written_before(at.start, _BEFORE).lower())
        if part is None:
            return Mention("DATE", at.start, at.end, year, rule_id)
        value = None
        if part["half"] is not None:
            value = f"{year}-01/{year}-06" if part["word"] == "đầu" else f"{year}-07/{year}-12"
        return Mention("PERIOD", at.start - len(part["part"]), at.end, value, rule_id)

    def _year_in_words(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads a date whose year is written in words, with a day and a month in words or digits before it."""
        reading = self._words.read(at.scope.text, at.end, at.scope.end)
        if reading is None or reading.value not in _YEARS:
            return None
        year, end = reading
        before = at.scope.written_before(at.start, _BEFORE).lower()
        match = self._context["date.year-in-words.before"].match(before)
        if match is not None:
            month = self._number(match["month"])
            day = self._number(match["day"]) if match["day"] else None
            if month is not None and (day is not None or not match["day"]):
                start = at.start - len(before) + match.start("date")
                return Mention("DATE", start, end, _iso(year, month, day), rule_id)
        return Mention("DATE", at.start, end, str(year), rule_id)

    # -- periods ----------------------------------------------------------------------------------

    def _months_of_year(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "6 tháng đầu năm 2021", "sáu tháng cuối năm", "những tháng cuối năm 2016", "9 tháng năm 2021"."""
        before = at.scope.written_before(at.start, _BEFORE).lower()
        match = self._context["period.months.before"].match(before)
        year, part = at.match["year"], at.match["part"]
        if match is None or (part is None and year is None):
            return None
        count = self._number(match["count"])
        if part is None and count is None:
            return None
        value = None
        if year is not None and count is not None and 1 <= count <= _MONTHS:
            first, last = (_MONTHS + 1 - count, _MONTHS) if part == "cuoi" else (1, count)
            value = f"{year}-{first:02}/{year}-{last:02}"
        return Mention("PERIOD", at.start - len(before) + match.start("count"), at.end, value, rule_id)

    def _quarter(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "quý I năm 2021", "quý I, II/2021", "quý IV"."""
        if not self._is_head(at):
            return None
        value, year = None, at.match["year"]
        if year is not None:
            numbers = _QUARTER.findall(at.match["quarters"])
            quarters = [_QUARTERS.get(number) or int(number) for number in numbers]
            value = f"{year}-{3 * min(quarters) - 2:02}/{year}-{3 * max(quarters):02}"
        return Mention("PERIOD", at.start, at.end, value, rule_id)

    # -- what begins with a digit -------------------------------------------------------------------

    def _digits(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "13/01/2021", "2016-2021" with its head words, "17h30"."""
        match = at.match
        numbers = [int(number) for number in _DIGITS.findall(match.group())]
        if match["date"] is not None:
            day, month, year = numbers
            return Mention("DATE", at.start, at.end, _iso(year, month, day), rule_id)
        if match["years"] is not None:
            return self._years(rule_id, at)
        if match["hour"] is not None:
            return self._time(rule_id, at, at.start, at.end, (numbers[0], None))
        hour, minute = numbers
        return Mention("TIME", at.start, at.end, f"{hour:02}:{minute:02}", rule_id) if hour < _HOURS else None

    def _years(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads a range of years; what is no plain "2016-2021" needs a head word."""
        first, last, to = at.match.group()[:4], at.match["last"], at.match["to"]
        before = at.before()
        head = self._context["period.years.before"].match(before)
        if int(first) not in _YEARS or (head is None and ("-" not in to or len(last) < len(first))):
            return None
        if to == "/" and int(last[-2:]) != (int(first) + 1) % 100:
            return None
        start = at.start if head is None else at.start - len(before) + head.start("head")
        return Mention("PERIOD", start, at.end, f"{first}/{first[: len(first) - len(last)]}{last}", rule_id)

    def _hour(self, rule_id: str, at: _Place) -> Mention | None:
        """Reads "11 giờ 15 phút"."""
        before = at.before()
        match = self._context["time.hour.before"].match(before)
        if match is None:
            return None
        minute, end = at.match["minute"], at.end
        if minute is not None and at.match["unit"] is None and len(minute) == 1:
            minute, end = None, at.start + len("giờ")  # "8 giờ 2 lần"
        start = at.start - len(before) + match.start("hour")
        return self._time(rule_id, at, start, end, (int(match["hour"]), None if minute is None else int(minute)))

    def _time(self, rule_id: str, at: _Place, start: int, end: int, clock: tuple[int, int | None]) -> Mention | None:
        """Returns a time of day, where the words around say that it is one and no measure of hours."""
        hour, minute = clock
        cue = at.scope.before(start, _BEFORE)
        if self._context["time.measure"].match(cue) or hour > _HOURS or at.scope.folded[end : end + 1] == "/":
            return None
        after = self._context["time.after"].match(at.scope.folded, end, at.scope.end)
        if minute is None and after is None and not self._context["time.cue"].match(cue):
            return None
        if after and after["later"] and hour < _HOURS // 2:
            hour += _HOURS // 2
        return Mention("TIME", start, end, f"{hour:02}:{minute or 0:02}", rule_id)

    # -- helpers ------------------------------------------------------------------------------------

    def _is_head(self, at: _Place) -> bool:
        """Tells whether the head word is meant, and not another one that folds to the same letters."""
        head = at.scope.text[at.start : at.match.end("head")]
        return head not in self._look_alikes or at.scope.plain

    def _number(self, written: str) -> int | None:
        """Returns a number in digits or words, the old names of months and "mồng hai" among them."""
        written = _FIRST_DAYS.sub("", squeeze(written).lower())
        if written.isdecimal():
            return int(written)
        if written in self._months:
            return self._months[written]
        reading = self._words.read(written, 0, len(written))
        return reading.value if reading and reading.end == len(written) else None


def _full_year(digits: str | None) -> int | None:
    if digits is None or len(digits) > 2:
        return None if digits is None else int(digits)
    return int(digits) + (1900 if int(digits) >= _CENTURY_TURNS else 2000)


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


def _join_ranges(mentions: list[Mention], folded: str) -> list[Mention]:
    """Makes one period of two dates that only a dash parts."""
    joined: list[Mention] = []
    for mention in mentions:
        before = joined[-1] if joined else mention
        if before.type == mention.type == "DATE" and _DASH.fullmatch(folded, before.end, mention.start):
            first = before.value or _like(folded[before.start : before.end], before.rule, mention.value)
            joined[-1] = Mention("PERIOD", before.start, mention.end, _span(first, mention.value), before.rule)
        else:
            joined.append(mention)
    return joined


def _like(written: str, rule_id: str, last: str | None) -> str | None:
    """Returns the date of the first end of a range, whose year is only written at the last one."""
    if last is None:
        return None
    year, *rest = (int(number) for number in last.split("-"))
    numbers = [int(number) for number in _DIGITS.findall(written)]
    if rule_id == "date.day":
        return _iso(year, rest[0], numbers[0]) if rest else None
    month, *days = reversed(numbers)
    return _iso(year, month, days[0] if days else None)
