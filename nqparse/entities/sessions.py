"""Sessions: the ordinals of sessions, meetings, congresses and terms ("kỳ họp thứ 5", "khóa XVII", "Đại hội XIV")."""

from __future__ import annotations

import re

from nqparse.entities import Mention
from nqparse.entities.number_words import NumberWords
from nqparse.entities.scope import Scope
from nqparse.ruleset import RuleSet

_SITTING, _TERM, _TIME = "session.sitting", "session.term", "session.time"
_HEADED = (_SITTING, "session.meeting", _TERM, _TIME)
_HEADLESS = ("session.congress", "session.plenum")
_CENTRAL = "session.central"
_BEFORE = 80  # characters that are looked at before a mention
_UNIT = re.compile(r"\s{1,20}(?:năm(?!\s{1,20}\d{4})|tháng|tuần|ngày|buổi|lần|người|học)(?!\w)")
_COUNTED = re.compile(r"\d\s{0,20}\Z")


class SessionFinder:
    """Finds the ordinals of sessions. A bare number or kind counts only where the head word leaves no doubt."""

    def __init__(self, rules: RuleSet, words: NumberWords) -> None:
        self._words = words
        self._headed = [(rule_id, rules.regex(rule_id)) for rule_id in _HEADED]
        self._headless = [(rule_id, rules.regex(rule_id)) for rule_id in _HEADLESS]
        self._central = rules.regex(_CENTRAL)
        self._not_before = rules.regex("session.time.before")
        self._not_after = rules.regex("session.time.after")
        self._named = rules.regex("session.meeting-named")
        self._look_alikes = frozenset(rules.terms["time.look-alikes"].terms)

    def find(self, scope: Scope) -> list[Mention]:
        """Returns the ordinals in a range of the flow; they may overlap dates and each other."""
        found = []
        for rule_id, pattern in self._headed:
            for match in pattern.finditer(scope.folded, scope.start, scope.end):
                mention = self._headed_at(rule_id, match, scope)
                if mention:
                    found.append(mention)
        for rule_id, pattern in self._headless:
            for match in pattern.finditer(scope.folded, scope.start, scope.end):
                reading = self._words.ordinal(scope.text, match.end(), scope.end, words=match["th"] is not None)
                if reading:
                    start = match.end() if match["th"] is None else match.start("th")
                    found.append(Mention("SESSION", start, reading.end, reading.value, rule_id))
        for match in self._central.finditer(scope.folded, scope.start, scope.end):
            found.append(Mention("SESSION", *match.span("ordinal"), int(match["ordinal"]), _CENTRAL))
        return found

    def _headed_at(self, rule_id: str, match: re.Match[str], scope: Scope) -> Mention | None:
        """Returns the mention that a head word opens, if its ordinal or its kind follows."""
        if match["next"] is not None:
            reading = self._words.ordinal(scope.text, match.end(), scope.end, words=match["th"] is not None)
            if reading and self._belongs(rule_id, match, reading.end, scope):
                return Mention("SESSION", match.start(), reading.end, reading.value, rule_id)
        if rule_id == _SITTING and match["kind"]:
            return Mention("SESSION", match.start(), match.end("kind"), None, rule_id)
        return None

    def _belongs(self, rule_id: str, match: re.Match[str], end: int, scope: Scope) -> bool:
        """Tells whether an ordinal belongs to the head word, and the head word to a session."""
        text, at = scope.text, match.end()
        before = scope.before(match.start(), _BEFORE)
        if rule_id == _TERM and not scope.plain and text[match.start() : match.end("head")] in self._look_alikes:
            return False
        if rule_id == _TIME and match["th"] is not None:
            return self._not_before.match(before) is None and self._not_after.match(scope.folded, end) is None
        if rule_id == _TIME and self._named.match(before) is None:
            return False
        if match["th"] is not None or not text[at].isdigit():
            return True
        # A bare number may be the label of the next line, or count something: "khóa 3 tháng", "5 khóa 150 học viên".
        return text[at - 1] != "\n" and not (_UNIT.match(text, end) or _COUNTED.search(before))
