"""Zones: which part of the document each line belongs to, decided over the whole text at once.

Every line gets scores from its looks and from the rules that match it (`rules/zones.yaml`). A small
weighted grammar says what may follow what; the path with the highest sum wins (Viterbi). So one
damaged line cannot derail a document, and every decision can be shown with its scores.
"""

from __future__ import annotations

import re
import sys
from itertools import product
from operator import add
from typing import NamedTuple

from nqparse.fold import LOWER, UPPER, key
from nqparse.ruleset import LineRule, RuleSet, ZoneGrammar, by_first
from nqparse.structure.lines import Flow, Line, content_start, ends_sentence

Scores = dict[str, float]

_PROSE_LENGTH = 100
_HEADING_LINES = 4
_CAPS_LENGTH = 300  # of a title
_PROSE_END = frozenset(".;:?!,")
_BULLETS = frozenset(("dash", "plus", "star"))
# The issuer's name again, behind the title: the enacting body.
_ISSUER_AGAIN: Scores = {"enacting": 5, "title": -4, "preamble": -3, "body": -2}
# Another body in capitals between the type line and that name: the title tells of it.
_ISSUER_TO_COME: Scores = {"enacting": -4, "title": 2}
_BEFORE_BASIS: Scores = {"enacting": 4, "title": -2}
_FRONT_MATTER: Scores = {"before": 30}
_EDGE_LINES = 250
_TITLE_LINES = 40  # in which title and enacting body end
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
        self._grammar = _Lattice(rules.grammar.transitions, rules.grammar)
        joined = {
            state: {**follows, **rules.grammar.restarts.get(state, {})}
            for state, follows in rules.grammar.transitions.items()
        }
        self._joined = _Lattice(joined, rules.grammar)
        self._plain = rules.grammar.plain
        cues = [_Cue(rule) for rule in rules.lines.values()]
        self._edge_cues_rules = [cue for cue in cues if cue.edges]
        # Which rules are tried depends on the line: so laid out, most lines see few of them.
        self._tried = {
            (long, lower, continued, bullet): by_first(
                (cue.first, cue)
                for cue in cues
                if (cue.max_length > _LONG_LINE or not long)
                and (cue.lower or not lower)
                and (cue.wrapped or not continued)
                and (bullet or not cue.bulleted)
            )
            for long, lower, continued, bullet in product((False, True), repeat=4)
        }

    def find(self, flow: Flow) -> list[str]:
        """Returns the zone state of each line; the cues are left on the lines for `explain`."""
        return self.states(self.runs(flow))

    def states(self, runs: list[Run], *, joined: bool = False) -> list[str]:
        """Returns the zone state of each line, given the scores: the path with the highest sum.

        Args:
            runs: the scores of all lines.
            joined: whether another document may begin where one has ended (`ZoneGrammar.restarts`).
        """
        if not runs:
            return []
        states: list[str] = []
        grammar = self._joined if joined else self._grammar
        for state, run in zip(grammar.best_path([run.scores for run in runs]), runs, strict=True):
            states += [state] * run.lines
        return states

    def runs(self, flow: Flow) -> list[Run]:
        """Returns the scores of all lines, wrapped lines together with the one that they go on with."""
        lines = flow.lines
        caps = _Caps(flow)
        looks = [self._look(flow, i, caps) for i in range(len(lines))]
        self._edge_cues(flow, looks)
        _addressees_need_no_guess(lines)
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

    def _look(self, flow: Flow, index: int, caps: _Caps) -> str:
        """Returns the name of the line's plain scores, and puts the matching rules on the line."""
        text, folded = flow.text, flow.folded
        line = flow.lines[index]
        if line.sealed:
            return "table"
        start, end = line.start, line.end
        length = end - start
        small = text[start].islower()
        continued = False
        before = flow.lines[index - 1] if index else None
        open_before = before is not None and not line.blank and not line.cut and not ends_sentence(text, before)
        if open_before and (small or flow.wrap is not None or caps.of(index)):
            same = caps.of(index) is caps.of(index - 1) or (line.full and not _LETTERS.search(text, start, end))
            # Where blank lines part the paragraphs, a line behind none goes on; elsewhere only one that had to wrap.
            wraps = flow.wrap is not None and (line.full or flow.spaced)
            continued = same and (small or wraps or caps.of(index))
        stop = end
        if length < _BROKEN_LENGTH and index + 1 < len(flow.lines) and not flow.lines[index + 1].blank:
            short = text[start:end]
            if short.isupper() or (line.blank and " " not in short):
                stop = flow.lines[index + 1].end  # "PHỤ⏎LỤC": a narrow column may break a heading
        content = content_start(text, line)
        long = length > _LONG_LINE
        for low in (start, content) if content > start else (start,):
            lower = small if low == start else text[low : low + 1].islower()
            for cue in self._tried[long, lower, continued, low > start].get(folded[low : low + 1], ()):
                if length > cue.max_length or (cue.caps is not None and cue.caps is not caps.of(index)):
                    continue
                if cue.complete and _begins_prose(flow, index):
                    continue
                subject = folded if cue.folded else text
                if cue.regex.match(subject, low, end) if cue.alone else cue.regex.match(subject, low):
                    line.cue(cue.id, cue.scores)
                elif stop > end and cue.alone and cue.regex.match(subject, low, stop):
                    line.goes_on = True
                    line.cue(cue.id, cue.scores)
        if text.count("|", start, end) >= 2:
            line.sealed = True
            return "table"
        if line.label is not None and not (open_before and line.full):
            return "bullet" if line.label.kind in _BULLETS else "label"
        if before is not None and before.goes_on:
            return "wrapped"
        if continued and not line.cues and (line.full or not caps.of(index)):
            return "wrapped"
        if before is not None and small and length < _PROSE_LENGTH:
            wrapped_rest = flow.wrap is not None and not line.blank
            unfinished = not line.cut and (wrapped_rest or not ends_sentence(text, before))
            return "wrapped" if unfinished and caps.of(index) is caps.of(index - 1) else "lower"
        if text[end - 1] in _PROSE_END or length > _CAPS_LENGTH or (length > _PROSE_LENGTH and not caps.of(index)):
            return "prose"
        if flow.wrap and not caps.of(index) and _wraps_below(flow, index):
            return "paragraph"
        return "caps" if caps.of(index) else "short"

    def _edge_cues(self, flow: Flow, looks: list[str]) -> None:
        """Cues that are only looked for before and after the document proper."""
        lines = flow.lines
        first = next((i for i, line in enumerate(lines) if any(c in _HEAD_CUES for c, _ in line.cues)), 0)
        last = next(
            (i for i in range(len(lines) - 1, -1, -1) if any(c in _TAIL_CUES for c, _ in lines[i].cues)),
            len(lines) - 1,
        )
        edges = [*lines[: min(first, _EDGE_LINES)], *lines[last + 1 :]]
        for cue in self._edge_cues_rules:
            subject = flow.folded if cue.folded else flow.text
            for line in edges:
                stop = line.end if cue.alone else len(subject)
                if line.end - line.start <= cue.max_length and cue.regex.match(subject, line.start, stop):
                    line.cue(cue.id, cue.scores)
        self._front_matter(flow)
        self._issuer_again(flow, looks, first)
        self._before_basis(flow, looks, first)

    def _issuer_again(self, flow: Flow, looks: list[str], first: int) -> None:
        """The letterhead's body, named again behind the title, enacts; another one above it belongs to the title."""
        lines = flow.lines
        issuers = _issuers(flow, first)
        done = first + 1
        based = False  # a basis has begun: a name not in capitals is a part of it
        for at in range(first + 1, min(first + _TITLE_LINES, len(lines)) if issuers else 0):
            based = based or any(cue in _BASIS_CUES for cue, _ in lines[at].cues)
            if based and looks[at] != "caps":
                continue
            size = self._names_again(flow, looks, at, issuers)
            if not size:
                continue
            for index in range(at, at + size):
                looks[index] = "caps"
                lines[index].cue("zone.issuer-again", _ISSUER_AGAIN)
            # What stands right above it may be the first part of the body's name.
            top = at
            while top > done and not lines[top].blank and looks[top - 1] == "caps":
                top -= 1
            for index in range(done, at if top == done else top):
                if looks[index] == "caps":
                    lines[index].cue("zone.issuer-to-come", _ISSUER_TO_COME)
            done = at + size

    @staticmethod
    def _names_again(flow: Flow, looks: list[str], at: int, issuers: set[str]) -> int:
        """Returns on how many lines from `at` on an issuer's name stands; 0 where none does."""
        lines = flow.lines
        name = ""
        for size in range(1, 4):
            if at + size > len(lines) or looks[at + size - 1] not in ("caps", "wrapped"):
                return 0
            line = lines[at + size - 1]
            name = f"{name} {key(flow.folded[line.start : line.end])}".lstrip()
            if not any(name == issuer or name.startswith(issuer + " ") for issuer in issuers):
                continue
            # In the middle of a title the name is part of it; the enacting body stands before the first basis.
            below = lines[at + size] if at + size < len(lines) else None
            if below is not None and any(cue in _BASIS_CUES for cue, _ in below.cues):
                return size
            # "HỘI NGHỊ … / BAN CHẤP HÀNH … / về …" is one title.
            goes_on = below is not None and flow.text[below.start].islower() and _has_cue(below, "zone.title-opener")
            if looks[at] == "caps" and not goes_on:
                return size
        return 0

    @staticmethod
    def _before_basis(flow: Flow, looks: list[str], first: int) -> None:
        """A body's name in capitals right before the first basis, parted from the title, enacts."""
        lines = flow.lines
        for index in range(first + 2, min(len(lines), first + _TITLE_LINES)):
            if not any(cue in _BASIS_CUES for cue, _ in lines[index].cues):
                continue
            at = index - 1
            while at > first + 1 and looks[at] == "caps" and not lines[at].blank and looks[at - 1] == "caps":
                at -= 1
            heads = any(cue in _BODY_CUES for cue, _ in lines[at].cues)
            parted = lines[at].blank or looks[at - 1] not in ("caps", "wrapped")
            if looks[at] == "caps" and heads and parted and at > first + 1:
                for line in lines[at:index]:
                    line.cue("zone.before-basis", _BEFORE_BASIS)
            return

    def _front_matter(self, flow: Flow) -> None:
        """A YAML block at the very top is a converter's record, not the document."""
        block = _YAML_BLOCK.match(flow.text, flow.lines[0].start) if flow.lines else None
        if block:
            for line in flow.lines:
                if line.start >= block.end():
                    break
                line.cue("zone.front-matter", _FRONT_MATTER)


_YAML_BLOCK = re.compile(r"(?:[a-z_]{2,40}:[^\n]*\n(?:[ \t-]+[^\n]*\n)*){3,}")
_HEAD_CUES = frozenset(("zone.type", "zone.type-other", "zone.type-spaced", "zone.basis-can-cu", "zone.formula"))
_BASIS_CUES = frozenset(("zone.basis-can-cu", "zone.basis-other"))
_BODY_CUES = frozenset(("zone.issuer-caps", "zone.meeting-caps", "zone.position"))
_TAIL_CUES = frozenset(
    ("zone.recipients", "zone.authority", "zone.position", "zone.signed", "zone.archive-copy", "zone.adoption",
     "zone.formula", "zone.type")
)  # fmt: skip


def _addressees_need_no_guess(lines: list[Line]) -> None:
    """Where "Nơi nhận" opens the addressees, an item above it that names a body is one of a clause."""
    opener = next((i for i in range(len(lines) - 1, -1, -1) if _has_cue(lines[i], "zone.recipients")), 0)
    for line in lines[:opener]:
        if _has_cue(line, "zone.copy-to"):
            line.cues = tuple(item for item in line.cues if item[0] != "zone.copy-to")


def _has_cue(line: Line, rule_id: str) -> bool:
    return any(cue == rule_id for cue, _ in line.cues)


def _issuers(flow: Flow, first: int) -> set[str]:
    """Returns the keys of the bodies in the letterhead; a name may go on with the line below."""
    lines = flow.lines[:first]
    names = [key(flow.folded[line.start : line.end]) for line in lines]
    found = set()
    for index, line in enumerate(lines):
        if any(cue == "zone.issuer-caps" for cue, _ in line.cues):
            found.add(names[index])
            below = lines[index + 1 : index + 2]
            if below and all(cue == "zone.level-caps" for cue, _ in below[0].cues):
                if is_caps(flow.text[below[0].start : below[0].end]):
                    found.add(f"{names[index]} {names[index + 1]}")
    return found


def _wraps_below(flow: Flow, index: int) -> bool:
    """Tells whether a line's paragraph goes on with the line below."""
    if not flow.wrap or index + 1 >= len(flow.lines):
        return False
    after = flow.lines[index + 1]
    return not after.blank and not after.cut and (after.full or flow.text[after.start].islower())


def _begins_prose(flow: Flow, index: int) -> bool:
    """Tells whether a line begins a wrapped paragraph that is no heading: a long one, or one with an end mark."""
    last = index
    while last - index < _HEADING_LINES and _wraps_below(flow, last):
        last += 1
    return last - index == _HEADING_LINES or (last > index and flow.text[flow.lines[last].end - 1] in _PROSE_END)


def is_caps(text: str) -> bool:
    """Tells whether a line is set in capitals; a few damaged letters are allowed."""
    if text.isupper():
        return len(text) > 1
    # Ordinary prose shows its small letters at once.
    if len(text) > _LONGEST_CAPS or text.islower() or _SMALL_START.match(text):
        return False
    capitals = len(_CAPITAL.findall(text))
    return capitals >= 4 and capitals >= 6 * len(_SMALL.findall(text))


_LONGEST_CAPS = 400
_SMALL = re.compile(rf"[a-z{LOWER}]")
_CAPITAL = re.compile(rf"[A-Z{UPPER}]")
# Two letters in a row: a line without is figures and signs, in capitals or not.
_LETTERS = re.compile(r"[^\W\d_]{3}")
_SMALL_START = re.compile(rf"[^a-z{LOWER}]{{0,3}}(?:[a-z{LOWER}][^a-z{LOWER}]{{0,2}}){{3}}")


class _Caps:
    """Which lines are set in capitals; each is looked at once, and only if somebody asks."""

    __slots__ = ("_flow", "_known")

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._known: dict[int, bool] = {}

    def of(self, index: int) -> bool:
        known = self._known.get(index)
        if known is None:
            line = self._flow.lines[index]
            known = self._known[index] = is_caps(self._flow.text[line.start : line.end])
        return known


class _Cue:
    """A line rule, laid out for speed."""

    __slots__ = (
        "alone",
        "bulleted",
        "caps",
        "complete",
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
        self.complete = rule.complete
        self.bulleted = rule.bulleted
        self.edges = rule.edges
        self.max_length = sys.maxsize if rule.max_length is None else rule.max_length
        self.regex = rule.regex
        self.folded = rule.reads == "folded"
        # A pattern that asks for the end of the line must not look beyond it; others may ("Căn⏎cứ").
        self.alone = rule.whole or "$" in rule.pattern


class _Lattice:
    """The grammar's Viterbi search over integer states."""

    def __init__(self, transitions: dict[str, dict[str, float]], grammar: ZoneGrammar) -> None:
        self._states = grammar.states
        number = {state: i for i, state in enumerate(grammar.states)}
        self._start = [grammar.start.get(state, -1e9) for state in grammar.states]
        self._end = [grammar.end.get(state, -1e9) for state in grammar.states]
        into: list[list[tuple[int, float]]] = [[] for _ in grammar.states]
        for state, follows in transitions.items():
            for after, score in follows.items():
                into[number[after]].append((number[state], score))
        # What leads to each state, and what a line must score for it to be entered there.
        self._steps = [(sources, grammar.gates.get(state)) for state, sources in zip(grammar.states, into, strict=True)]

    def best_path(self, emissions: list[Scores]) -> list[str]:
        states, steps = self._states, self._steps
        best = [start + emissions[0].get(s, 0.0) for s, start in zip(states, self._start, strict=True)]
        # Few scores are many lines': by the identity of those of `emissions`, in the order of the states.
        laid_out: dict[int, list[float]] = {}
        stay = list(range(len(states)))
        back: list[list[int]] = []
        last: Scores | None = None
        for scores in emissions[1:]:
            gains = laid_out.get(id(scores))
            if gains is None:
                gains = laid_out[id(scores)] = [scores.get(state, 0.0) for state in states]
            if scores is last:
                # The same scores again: whatever change of zone pays here would have paid a line ago.
                best = list(map(add, best, gains))
                back.append(stay)
                continue
            last = scores
            step: list[float] = []
            origin: list[int] = []
            for at, (sources, gate) in enumerate(steps):
                gain = gains[at]
                if gate is not None and gain < gate:
                    step.append(best[at] + gain)
                    origin.append(at)
                    continue
                top, top_from = -1e12, 0
                for source, cost in sources:
                    value = best[source] + cost
                    if value > top:
                        top, top_from = value, source
                step.append(top + gain)
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
