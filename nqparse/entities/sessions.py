"""Sessions: the ordinals of sessions, meetings, congresses and terms ("kỳ họp thứ 5", "khóa XVII", "Đại hội XIV")."""

from __future__ import annotations

import re

from nqparse.entities import Mention
from nqparse.entities.number_words import NumberWords
from nqparse.ruleset import RuleSet

_HEADED = ("session.sitting", "session.meeting", "session.term", "session.time")
_HEADLESS = ("session.congress", "session.plenum")
_CENTRAL = "session.central"
_BEFORE = 80  # characters that are looked at before a mention
_UNIT = re.compile(r"\s{1,20}(?:năm(?!\s{1,20}\d{4})|tháng|tuần|ngày|buổi|lần|người|học)(?!\w)")
_COUNTED = re.compile(r"\d\s{0,20}\Z")


class SessionFinder:
    """Finds the ordinals of sessions; see `nqparse.entities` for the interface."""

    def __init__(self, rules: RuleSet, words: NumberWords) -> None:
        self._words = words
        self._headed = [(rule_id, rules.regex(rule_id)) for rule_id in _HEADED]
        self._headless = [(rule_id, rules.regex(rule_id)) for rule_id in _HEADLESS]
        self._central = rules.regex(_CENTRAL)
        self._not_before = rules.regex("session.time.before")
        self._not_after = rules.regex("session.time.after")
        self._named = rules.regex("session.meeting-named")
        self._look_alikes = frozenset(rules.terms["time.look-alikes"].terms)

    def find(self, text: str, folded: str, start: int, end: int) -> list[Mention]:
        """Returns the ordinals in a range of the flow; they may overlap dates and each other."""
        found = []
        for rule_id, pattern in self._headed:
            for match in pattern.finditer(folded, start, end):
                mention = self._headed_at(rule_id, match, text, folded, start, end)
                if mention:
                    found.append(mention)
        for rule_id, pattern in self._headless:
            for match in pattern.finditer(folded, start, end):
                reading = self._words.ordinal(text, match.end(), end, words=match["th"] is not None)
                if reading:
                    low = match.end() if match["th"] is None else match.start("th")
                    found.append(Mention("SESSION", low, reading.end, reading.value, rule_id))
        for match in self._central.finditer(folded, start, end):
            low, high = match.span("ordinal")
            found.append(Mention("SESSION", low, high, int(match["ordinal"]), _CENTRAL))
        return found

    def _headed_at(
        self, rule_id: str, match: re.Match[str], text: str, folded: str, start: int, end: int
    ) -> Mention | None:
        """Returns the mention that a head word opens, if its ordinal or its kind follows."""
        low, next_at = match.start(), match.end()
        if match["next"] is not None:
            reading = self._words.ordinal(text, next_at, end, words=match["th"] is not None)
            if reading and self._stands(rule_id, match, text, folded, start, reading.end):
                return Mention("SESSION", low, reading.end, reading.value, rule_id)
        if rule_id == "session.sitting" and match["kind"]:
            return Mention("SESSION", low, match.end("kind"), None, rule_id)
        return None

    def _stands(
        self, rule_id: str, match: re.Match[str], text: str, folded: str, start: int, high: int
    ) -> bool:
        """Tells whether an ordinal belongs to the head word, and the head word to a session."""
        low = match.start()
        before = folded[max(start, low - _BEFORE) : low]
        head = text[low : low + len("khóa")]
        if rule_id == "session.term" and head in self._look_alikes and not text.isascii():
            return False
        if rule_id == "session.time" and match["th"] is not None:
            return self._not_before.match(before) is None and self._not_after.match(folded, high) is None
        if rule_id == "session.time" and self._named.match(before) is None:
            return False
        if match["th"] is not None or not text[match.end()].isdigit():
            return True
        # A bare number may be the label of the next line, or count something: "khóa 3 tháng", "5 khóa 150 học viên".
        return text[match.end() - 1] != "\n" and not (_UNIT.match(text, high) or _COUNTED.search(before))
