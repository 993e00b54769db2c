"""Facts: what a document says of its own adoption, effect, attendance and vote.

Nothing is computed but `effective_on` ("từ ngày ký", "sau 10 ngày kể từ ngày thông qua"); what is not written is null.
The reader works on the flow and on the mentions already found in it, sentence by sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nqparse.document import (
    Assignment,
    Attendance,
    Entity,
    Facts,
    Header,
    SectionAmount,
    SessionFact,
    Vote,
)
from nqparse.entities import Mention
from nqparse.fold import squeeze
from nqparse.ruleset import RuleSet
from nqparse.structure.lines import Flow

_SENTENCE = re.compile(r"[.](?=\s+[^\W\d_a-z]|\s*$|/\.)|[;]\s")
_DAY_WORDS = {"nam": 5, "bay": 7, "muoi": 10, "muoi lam": 15, "ba muoi": 30}
_KINDS = {
    "ky hop": "kỳ họp", "phien hop": "phiên họp", "hoi nghi": "hội nghị", "dai hoi": "đại hội",
    "cuoc hop": "cuộc họp",
}  # fmt: skip
_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_REACH = 60
_NEAR = 110
_OPENING = frozenset(("preamble", "formula", "closing", "body"))


@dataclass(slots=True)
class _Scene:
    """The text with its mentions, and where one may look."""

    flow: Flow
    mentions: list[Mention]
    starts: list[int]
    ranges: list[tuple[str, int, int]]  # state, start, end

    def of_type(self, kinds: tuple[str, ...], start: int, end: int) -> Iterator[Mention]:
        """Yields the mentions of these types that begin in a range."""
        at = bisect_left(self.starts, start)
        while at < len(self.mentions) and self.mentions[at].start < end:
            if self.mentions[at].type in kinds:
                yield self.mentions[at]
            at += 1

    def sentence(self, at: int) -> tuple[int, int]:
        """Returns the sentence around an offset, within its zone."""
        _, low, high = next((r for r in self.ranges if r[1] <= at < r[2]), ("", at, at))
        low = max(low, at - 900)
        for match in _SENTENCE.finditer(self.flow.text, low, at):
            low = match.end()
        after = _SENTENCE.search(self.flow.text, at, high)
        return low, after.start() if after else high


class FactReader:
    """Reads the facts. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._rule = {rule_id: rules.regex(rule_id) for rule_id in rules.patterns if rule_id.startswith("facts.")}

    def read(self, flow: Flow, states: list[str], header: Header, anchored: list[tuple[Mention, Entity]]) -> Facts:
        """Returns the facts of a document.

        Args:
            flow: the text in reading order.
            states: the zone state of each line.
            header: the header, for the signing date.
            anchored: all mentions in flow order, each with its entity.
        """
        mentions = [mention for mention, _ in anchored]
        scene = _Scene(flow, mentions, [mention.start for mention in mentions], _ranges(flow, states))
        facts = Facts()
        adoption = self._adoption(scene, facts)
        self._effect(scene, facts, header)
        facts.session = self._session(scene, adoption)
        facts.attendance = self._attendance(scene)
        facts.vote = self._vote(scene)
        facts.amounts = [
            SectionAmount.made(section_id=e.section_id, value=e.value, start=e.start, end=e.end)
            for _, e in anchored
            if e.type == "MONEY" and e.value is not None
        ]
        facts.assigned = self._assigned(scene, anchored)
        return facts

    # -- adoption and effect ------------------------------------------------------------------------

    def _adoption(self, scene: _Scene, facts: Facts) -> tuple[int, int] | None:
        folded = scene.flow.folded
        for state, low, high in reversed(scene.ranges):
            if state not in ("closing", "body"):
                continue
            for match in self._rule["facts.adoption"].finditer(folded, low, high):
                start, end = match.start(), scene.sentence(match.end() - 1)[1]
                if not self._speaks_of_itself(scene, start, match.end()):
                    continue
                dates = [m for m in scene.of_type(("DATE",), start, end) if m.value and _FULL_DATE.fullmatch(m.value)]
                after = [m for m in dates if match.end() <= m.start < match.end() + _NEAR]
                if not after and dates and "ngay" not in folded[match.end() : match.end() + 10]:
                    after = dates[-1:]
                if after:
                    facts.adopted_on = after[0].value
                time = next(scene.of_type(("TIME",), match.end() - 10, end), None)
                facts.adopted_at = time.value if time and after else None
                return start, end
        return None

    def _speaks_of_itself(self, scene: _Scene, start: int, end: int) -> bool:
        """Tells whether a clause of adoption is about this act: "Nghị quyết số 5 … được thông qua" is not."""
        follows = scene.flow.folded[start : min(end, start + 30)]
        return not re.match(r"\w+ \w+ (?:so|cua|ve)\b", follows)

    def _effect(self, scene: _Scene, facts: Facts, header: Header) -> None:
        folded = scene.flow.folded
        signed = header.date.value if header.date else None
        for state, low, high in scene.ranges:
            if state not in ("body", "closing"):
                continue
            for match in self._rule["facts.effect"].finditer(folded, low, high):
                before = folded[max(low, match.start() - 30) : match.start()]
                if self._rule["facts.effect-of-other"].match(before.replace("\n", " ")):
                    continue
                value = self._effective(scene, match.start("how"), match.end("how"), signed, facts.adopted_on)
                if value is not None and facts.effective_on is None:
                    facts.effective_on = value
            expiry = self._rule["facts.expiry"].search(folded, low, high)
            if expiry and facts.expires_on is None:
                day = next(scene.of_type(("DATE",), expiry.end(), expiry.end() + 5), None)
                facts.expires_on = day.value if day else None

    def _effective(self, scene: _Scene, start: int, end: int, signed: str | None, adopted: str | None) -> str | None:
        folded = scene.flow.folded
        after = self._rule["facts.days-after"].match(folded, start, end)
        if after:
            word = " ".join(after["n"].split())
            days = int(word) if word.isdigit() else _DAY_WORDS.get(word, 0)
            return _later(adopted if after["what"].startswith("thong") else signed, days)
        if self._rule["facts.from-signing"].match(folded, start, end):
            return signed if signed and _FULL_DATE.fullmatch(signed) else None
        if self._rule["facts.from-adoption"].match(folded, start, end):
            return adopted
        day = next(scene.of_type(("DATE",), start, min(end, start + _REACH)), None)
        return day.value if day and day.value and _FULL_DATE.fullmatch(day.value) else None

    # -- session --------------------------------------------------------------------------------------

    def _session(self, scene: _Scene, adoption: tuple[int, int] | None) -> SessionFact | None:
        places = [adoption] if adoption else []
        for wanted in ("enacting", "title", "preamble"):
            places += [(low, high) for state, low, high in scene.ranges if state == wanted]
        for low, high in places:
            for match in self._rule["facts.meeting"].finditer(scene.flow.folded, low, high):
                number = next(scene.of_type(("SESSION",), match.start(), match.end()), None)
                if number is not None and "khoa" not in scene.flow.folded[number.start : number.start + 5]:
                    kind = " ".join(match["kind"].split())
                    return SessionFact(kind=_KINDS[kind], ordinal=number.value)
        return None

    # -- attendance -----------------------------------------------------------------------------------

    def _attendance(self, scene: _Scene) -> Attendance | None:
        folded = scene.flow.folded
        for state, low, high in scene.ranges:
            if state not in _OPENING:
                continue
            found = self._counted(scene, low, high)
            if found is None:
                continue
            present, total, end = found
            attendance = Attendance(present=present, total=total)
            absent = self._rule["facts.absent"].search(folded, max(low, end - 40), min(high, end + 260))
            if absent:
                attendance.absent = int(absent["n"])
                attendance.excused = self._excused(folded, absent)
            return attendance
        return None

    def _counted(self, scene: _Scene, low: int, high: int) -> tuple[int, int, int] | None:
        """Returns (present, total, end of the count) of the first count of attendance in a range."""
        folded = scene.flow.folded
        present = self._rule["facts.present"]
        found: list[tuple[int, int, int, int]] = []
        for ratio in scene.of_type(("RATIO",), low, high):
            start, end = scene.sentence(ratio.start)
            near_before = folded[max(start, ratio.start - _NEAR) : ratio.start]
            near_after = folded[ratio.end : min(end, ratio.end + _REACH)]
            votes = self._rule["facts.in-favour"].search(near_after)
            if votes or not (present.search(near_before) or present.search(near_after)):
                continue
            if ratio.fields.get("numerator") is not None:
                found.append((ratio.start, ratio.fields["numerator"], ratio.fields["denominator"], ratio.end))
                break
        for rule_id in ("facts.present-of-total", "facts.total-then-present"):
            match = self._rule[rule_id].search(folded, low, high)
            if match:
                around = folded[max(low, match.start() - _NEAR) : min(high, match.end() + 20)]
                if present.search(around):
                    found.append((match.start(), _count(match["p"]), _count(match["t"]), match.end()))
        if not found:
            return None
        _, number, total, end = min(found)
        return number, total, end

    def _excused(self, folded: str, absent: re.Match[str]) -> int | None:
        excused = self._rule["facts.excused"].search(folded, absent.start("n"), absent.end("rest"))
        if excused is None or excused["none"]:
            return None
        number = excused["before"] or excused["after"]
        return int(number) if number else int(absent["n"])

    # -- assignments ----------------------------------------------------------------------------------

    def _assigned(self, scene: _Scene, anchored: list[tuple[Mention, Entity]]) -> list[Assignment]:
        """Returns the bodies that the act tells to do something.

        "Giao UBND tỉnh, Sở Y tế …" tells it before them, "UBND tỉnh, Sở Y tế … tổ chức thực hiện" after.
        """
        folded = scene.flow.folded
        ordered, charged, listed = (self._rule[f"facts.{rule}"] for rule in ("assign", "charged", "listed"))
        bodies: list[tuple[Mention, Entity]] = []
        told: list[bool] = []
        ranges = [(low, high) for state, low, high in scene.ranges if state == "body"]
        at = 0
        for mention, entity in anchored:
            if entity.type != "ORG":
                continue
            while at < len(ranges) and ranges[at][1] <= mention.start:
                at += 1
            if at == len(ranges) or mention.start < ranges[at][0]:
                continue
            follows = bool(bodies) and listed.fullmatch(folded, bodies[-1][0].end, mention.start) is not None
            before = folded[max(ranges[at][0], mention.start - _REACH) : mention.start]
            tells = ordered.search(before) is not None or (follows and told[-1])
            bodies.append((mention, entity))
            told.append(tells)
            if not tells and charged.match(folded, mention.end):
                told[-1] = True
                index = len(bodies) - 1
                while (
                    index > 0
                    and not told[index - 1]
                    and listed.fullmatch(folded, bodies[index - 1][0].end, bodies[index][0].start)
                ):
                    index -= 1
                    told[index] = True
        return [
            Assignment.made(
                body=(entity.value.name if entity.type == "ORG" else None) or squeeze(entity.text),
                section_id=entity.section_id,
                start=entity.start,
                end=entity.end,
            )
            for (_, entity), tells in zip(bodies, told, strict=True)
            if tells
        ]

    # -- vote -----------------------------------------------------------------------------------------

    def _vote(self, scene: _Scene) -> Vote | None:
        """The vote on the resolution as a whole: in the closing, the preamble, or where the body says so."""
        for wanted in ("closing", "preamble", "body"):
            for state, low, high in scene.ranges:
                if state == wanted:
                    vote = self._vote_in(scene, state, low, high)
                    if vote is not None:
                        return vote
        return None

    def _vote_in(self, scene: _Scene, state: str, low: int, high: int) -> Vote | None:
        folded = scene.flow.folded
        for ratio in scene.of_type(("RATIO",), low, high):
            start, end = scene.sentence(ratio.start)
            if not self._is_vote(scene, ratio, start, end):
                continue
            if state == "body" and not self._rule["facts.whole-resolution"].search(folded, start, end):
                continue
            if self._rule["facts.against"].match(folded, ratio.end, end) or not ratio.fields.get("denominator"):
                continue
            return Vote.model_validate(
                {
                    "for": ratio.fields["numerator"],
                    "total": ratio.fields["denominator"],
                    "against": self._counter(folded, "facts.against", ratio.end, end),
                    "abstain": self._counter(folded, "facts.abstain", ratio.end, end),
                }
            )
        return None

    def _is_vote(self, scene: _Scene, ratio: Mention, start: int, end: int) -> bool:
        """Words of assent stand behind the count, before the next one, or lead up to it."""
        folded = scene.flow.folded
        following = next(scene.of_type(("RATIO",), ratio.start + 1, end), None)
        stop = min(end, ratio.end + _REACH, following.start if following else end)
        if self._rule["facts.in-favour"].search(folded, ratio.end, stop):
            return True
        if self._rule["facts.present"].search(folded, ratio.end, stop):
            return False  # a count of those present
        before = folded[max(start, ratio.start - _REACH) : ratio.start].rsplit(",", 1)[-1]
        return self._rule["facts.in-favour"].search(before) is not None

    def _counter(self, folded: str, rule_id: str, start: int, end: int) -> int | None:
        match = self._rule[rule_id].search(folded, start, end)
        number = match and (match["before"] or match["after"])
        return _count(number) if number else None


def _ranges(flow: Flow, states: list[str]) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for line, state in zip(flow.lines, states, strict=True):
        if found and found[-1][0] == state:
            found[-1] = (state, found[-1][1], line.end)
        else:
            found.append((state, line.start, line.end))
    return found


def _count(number: str) -> int:
    return int(number.replace(".", "") or 0)


def _later(day: str | None, days: int) -> str | None:
    if day is None or not _FULL_DATE.fullmatch(day):
        return None
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return None
