"""Zones: which part of the document each line belongs to, decided over the whole text at once.

Every line gets scores from its looks and from the rules that match it (`rules/zones.yaml`). A small
weighted grammar says what may follow what; the path with the highest sum wins (Viterbi). So one
damaged line cannot derail a document, and every decision can be shown with its scores.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from nqparse.fold import LOWER, UPPER, key
from nqparse.ruleset import LineRule, RuleSet, ZoneGrammar
from nqparse.structure.lines import Flow, Line, content_start, ends_sentence

Scores = dict[str, float]

_PROSE_LENGTH = 100
_PROSE_END = frozenset(".;:?!,")
_BULLETS = frozenset(("dash", "plus", "star"))
# The issuer's name again, behind the title: the enacting body.
_ISSUER_AGAIN: Scores = {"enacting": 5, "title": -4, "preamble": -3, "body": -2}
# Another body in capitals between the type line and that name: the title tells of it.
_ISSUER_TO_COME: Scores = {"enacting": -4, "title": 2}
_BEFORE_BASIS: Scores = {"enacting": 4, "title": -2}
_FRONT_MATTER: Scores = {"before": 30}
_EDGE_LINES = 250
_BROKEN_LENGTH = 10
_LONG_LINE = 170


class Run(NamedTuple):
    """Lines that are decided together: how they look, what they score for each state, how many they are."""

    look: str
    scores: Scores
    lines: int


class ZoneFinder:
    """Finds the zone of every line; one per rule set, without state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._grammar = _Lattice(rules.grammar)
        self._plain = rules.grammar.plain
        cues = [_Cue(rule) for rule in rules.lines.values()]
        self._edge_cues_rules = [cue for cue in cues if cue.edges]
        # Which rules are tried depends on the line: so laid out, most lines see few of them.
        self._tried = {
            (long, lower, continued): _by_first(
                cue
                for cue in cues
                if (cue.max_length > _LONG_LINE or not long)
                and (cue.lower or not lower)
                and (cue.wrapped or not continued)
            )
            for long, lower, continued in product((False, True), repeat=3)
        }

    def find(self, flow: Flow) -> list[str]:
        """Returns the zone state of each line; the cues are left on the lines for `explain`."""
        return self.states(self.runs(flow))

    def states(self, runs: list[Run]) -> list[str]:
        """Returns the zone state of each line, given the scores: the path with the highest sum."""
        if not runs:
            return []
        states: list[str] = []
        for state, run in zip(self._grammar.best_path([run.scores for run in runs]), runs, strict=True):
            states += [state] * run.lines
        return states

    def runs(self, flow: Flow) -> list[Run]:
        """Returns the scores of all lines, wrapped lines together with the one that they go on with."""
        lines = flow.lines
        looks = [self._look(flow, i) for i in range(len(lines))]
        self._edge_cues(flow, looks)
        runs: list[Run] = []
        for line, look in zip(lines, looks, strict=True):
            if look == "wrapped" and runs:
                before = runs[-1]
                runs[-1] = Run(before.look, before.scores, before.lines + 1)
                continue
            scores = self._plain.get(look, {})
            if line.cues:
                scores = dict(scores)
                for _, cue in line.cues:
                    for state, score in cue.items():
                        scores[state] = scores.get(state, 0) + score
            runs.append(Run(look, scores, 1))
        return runs

    def _look(self, flow: Flow, index: int) -> str:
        """Returns the name of the line's plain scores, and puts the matching rules on the line."""
        text, folded = flow.text, flow.folded
        line = flow.lines[index]
        if line.sealed:
            return "table"
        start, end = line.start, line.end
        length = end - start
        caps: bool | None = None
        continued = False
        before = flow.lines[index - 1] if index else None
        open_before = before is not None and not line.blank and not line.cut and not ends_sentence(text, before)
        if before is not None and open_before:
            caps = is_caps(text[start:end])
            same = caps is is_caps(text[before.start : before.end])
            continued = same and (caps or flow.wrap is not None or text[start].islower())
        stop = end
        broken = length < _BROKEN_LENGTH and text[start:end].isupper()
        if broken and index + 1 < len(flow.lines) and not flow.lines[index + 1].blank:
            stop = flow.lines[index + 1].end  # "PHỤ⏎LỤC": a narrow column may break a heading
        content = content_start(text, line)
        long = length > _LONG_LINE
        for low in (start, content) if content > start else (start,):
            lower = text[low : low + 1].islower()
            for cue in self._tried[long, lower, continued].get(folded[low : low + 1], ()):
                if length > cue.max_length:
                    continue
                if cue.caps is not None:
                    if caps is None:
                        caps = is_caps(text[start:end])
                    if cue.caps is not caps:
                        continue
                subject = folded if cue.folded else text  # `cue.matches`, without the call
                if cue.regex.match(subject, low, end) if cue.alone else cue.regex.match(subject, low):
                    line.cues.append((cue.id, cue.scores))
                elif stop > end and cue.alone and cue.regex.match(subject, low, stop):
                    line.goes_on = True
                    line.cues.append((cue.id, cue.scores))
        if text.count("|", start, end) >= 2:
            line.sealed = True
            return "table"
        if line.label is not None and not (open_before and line.full):
            return "bullet" if line.label.kind in _BULLETS else "label"
        if caps is None:
            caps = is_caps(text[start:end])
        if before is not None and before.goes_on:
            return "wrapped"
        if continued and (not caps or line.full) and not line.cues:
            return "wrapped"
        if before is not None and text[start].islower() and length < _PROSE_LENGTH:
            wrapped_rest = flow.wrap is not None and not line.blank
            unfinished = not line.cut and (wrapped_rest or not ends_sentence(text, before))
            return "wrapped" if unfinished and caps is is_caps(text[before.start : before.end]) else "lower"
        if length > _PROSE_LENGTH or text[end - 1] in _PROSE_END:
            return "prose"
        if not caps and flow.wrap and index + 1 < len(flow.lines):
            after = flow.lines[index + 1]
            if not after.blank and not after.cut and (after.full or text[after.start].islower()):
                return "paragraph"
        return "caps" if caps else "short"

    def _edge_cues(self, flow: Flow, looks: list[str]) -> None:
        """Cues that are only looked for before and after the document proper."""
        lines = flow.lines
        first = next((i for i, line in enumerate(lines) if any(c in _HEAD_CUES for c, _ in line.cues)), 0)
        last = next(
            (i for i in range(len(lines) - 1, -1, -1) if any(c in _TAIL_CUES for c, _ in lines[i].cues)),
            len(lines) - 1,
        )
        for line in [*lines[: min(first, _EDGE_LINES)], *lines[last + 1 :]]:
            for cue in self._edge_cues_rules:
                if line.end - line.start <= cue.max_length:
                    if cue.matches(flow.text, flow.folded, line.start, line.end):
                        line.cues.append((cue.id, cue.scores))
        self._front_matter(flow)
        issuers = {
            key(flow.folded[line.start : line.end])
            for line in lines[:first]
            if any(cue == "zone.issuer-caps" for cue, _ in line.cues)
        }
        capitals: list[Line] = []
        for line, look in zip(lines[first + 1 : first + 40], looks[first + 1 : first + 40], strict=False):
            if look == "caps" and issuers:
                name = key(flow.folded[line.start : line.end])
                if any(name == issuer or name.startswith(issuer + " ") for issuer in issuers):
                    line.cues.append(("zone.issuer-again", _ISSUER_AGAIN))
                    for other in capitals:
                        other.cues.append(("zone.issuer-to-come", _ISSUER_TO_COME))
                    capitals = []
                else:
                    capitals.append(line)
        self._before_basis(flow, looks, first)

    @staticmethod
    def _before_basis(flow: Flow, looks: list[str], first: int) -> None:
        """A body's name in capitals right before the first basis, parted from the title, enacts."""
        lines = flow.lines
        for index in range(first + 2, min(len(lines), first + 40)):
            if not any(cue in _BASIS_CUES for cue, _ in lines[index].cues):
                continue
            at = index - 1
            while at > first + 1 and looks[at] == "caps" and not lines[at].blank:
                at -= 1
            heads = any(cue in _BODY_CUES for cue, _ in lines[at].cues)
            parted = lines[at].blank or looks[at - 1] not in ("caps", "wrapped")
            if looks[at] == "caps" and heads and parted and at > first + 1:
                for line in lines[at:index]:
                    line.cues.append(("zone.before-basis", _BEFORE_BASIS))
            return

    def _front_matter(self, flow: Flow) -> None:
        """A YAML block at the very top is a converter's record, not the document."""
        block = _YAML_BLOCK.match(flow.text, flow.lines[0].start) if flow.lines else None
        if block:
            for line in flow.lines:
                if line.start >= block.end():
                    break
                line.cues.append(("zone.front-matter", _FRONT_MATTER))


_YAML_BLOCK = re.compile(r"(?:[a-z_]{2,40}:[^\n]*\n(?:[ \t-]+[^\n]*\n)*){3,}")
_HEAD_CUES = frozenset(("zone.type", "zone.type-other", "zone.type-spaced", "zone.basis-can-cu", "zone.formula"))
_BASIS_CUES = frozenset(("zone.basis-can-cu", "zone.basis-other"))
_BODY_CUES = frozenset(("zone.issuer-caps", "zone.meeting-caps", "zone.position"))
_TAIL_CUES = frozenset(
    ("zone.recipients", "zone.authority", "zone.position", "zone.signed", "zone.archive-copy", "zone.adoption",
     "zone.formula", "zone.type")
)  # fmt: skip


def is_caps(text: str) -> bool:
    """Tells whether a line is set in capitals; a few damaged letters are allowed."""
    if text.isupper():
        return len(text) > 1
    # Ordinary prose shows its small letters at once.
    if len(text) > _LONGEST_CAPS or _SMALL_START.match(text):
        return False
    small = len(_SMALL.findall(text))
    capitals = len(_CAPITAL.findall(text))
    return capitals >= 4 and capitals >= 6 * small


_LONGEST_CAPS = 400
_SMALL = re.compile(rf"[a-z{LOWER}]")
_CAPITAL = re.compile(rf"[A-Z{UPPER}]")
_SMALL_START = re.compile(rf"[^a-z{LOWER}]{{0,3}}(?:[a-z{LOWER}][^a-z{LOWER}]{{0,2}}){{3}}")


class _Cue:
    """A line rule, laid out for speed."""

    __slots__ = (
        "alone",
        "caps",
        "edges",
        "first",
        "folded",
        "id",
        "lower",
        "max_length",
        "regex",
        "scores",
        "wrapped",
    )

    def __init__(self, rule: LineRule) -> None:
        self.id = rule.id
        self.first = rule.first
        self.scores = rule.scores
        self.caps = rule.caps
        self.lower = rule.lower
        self.wrapped = rule.wrapped
        self.edges = rule.edges
        self.max_length = sys.maxsize if rule.max_length is None else rule.max_length
        self.regex = rule.regex
        self.folded = rule.reads == "folded"
        # A pattern that asks for the end of the line must not look beyond it; others may ("Căn⏎cứ").
        self.alone = rule.whole or "$" in rule.pattern

    def matches(self, text: str, folded: str, start: int, end: int) -> bool:
        """Tells whether the rule matches at `start` of a line that ends at `end`."""
        subject = folded if self.folded else text
        match = self.regex.match(subject, start, end) if self.alone else self.regex.match(subject, start)
        return match is not None


def _by_first(cues: Iterable[_Cue]) -> dict[str, list[_Cue]]:
    found: dict[str, list[_Cue]] = {}
    for cue in cues:
        for char in cue.first:
            found.setdefault(char, []).append(cue)
    return found


class _Lattice:
    """The grammar's Viterbi search over integer states."""

    def __init__(self, grammar: ZoneGrammar) -> None:
        self._states = grammar.states
        number = {state: i for i, state in enumerate(grammar.states)}
        self._start = [grammar.start.get(state, -1e9) for state in grammar.states]
        self._end = [grammar.end.get(state, -1e9) for state in grammar.states]
        into: list[list[tuple[int, float]]] = [[] for _ in grammar.states]
        for state, follows in grammar.transitions.items():
            for after, score in follows.items():
                into[number[after]].append((number[state], score))
        self._into = into
        self._gates = {number[state]: score for state, score in grammar.gates.items()}

    def best_path(self, emissions: list[Scores]) -> list[str]:
        states, into, gates = self._states, self._into, self._gates
        best = [start + emissions[0].get(s, 0.0) for s, start in zip(states, self._start, strict=True)]
        stay = list(range(len(states)))
        back: list[list[int]] = []
        last: Scores | None = None
        for scores in emissions[1:]:
            get = scores.get
            if scores is last:
                # The same scores again: whatever change of zone pays here would have paid a line ago.
                best = [value + get(state, 0.0) for value, state in zip(best, states, strict=True)]
                back.append(stay)
                continue
            last = scores
            step: list[float] = []
            origin: list[int] = []
            for at, sources in enumerate(into):
                gate = gates.get(at)
                if gate is not None and get(states[at], 0.0) < gate:
                    step.append(best[at] + get(states[at], 0.0))
                    origin.append(at)
                    continue
                top, top_from = -1e12, 0
                for source, cost in sources:
                    value = best[source] + cost
                    if value > top:
                        top, top_from = value, source
                step.append(top + get(states[at], 0.0))
                origin.append(top_from)
            best = step
            back.append(origin)
        final = [value + end for value, end in zip(best, self._end, strict=True)]
        at = max(range(len(final)), key=final.__getitem__)
        path = [at]
        for origin in reversed(back):
            at = origin[at]
            path.append(at)
        return [states[at] for at in reversed(path)]
