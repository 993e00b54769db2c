"""Why a text was read as it was: the scores behind every line's zone, and the fate of every label.

    >>> explanation = explain(text)
    >>> explanation.lines[0].zone, explanation.lines[0].margin
    ('header', 12.5)

A line's `margin` is how much the best reading of the whole text would lose if this line stood in
another zone. A small margin marks a decision that little would overturn.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from nqparse import ruleset
from nqparse.document import Document, Section
from nqparse.pipeline import Parser, parse
from nqparse.ruleset import RuleSet, ZoneGrammar
from nqparse.structure.inline import InlineFinder
from nqparse.structure.lines import Flow
from nqparse.structure.numbering import Node, number
from nqparse.structure.quotes import sealed_ranges
from nqparse.structure.tiling import KINDS
from nqparse.structure.zones import Run, ZoneFinder

if TYPE_CHECKING:
    from rich.console import RenderableType

    from nqparse.errors import Language

Fate = Literal["taken", "sequence", "quoted", "elsewhere"]

_IMPOSSIBLE = -1e9
_LOOKS = "looks."
_WITH_SECTIONS = frozenset(("body", "appendix"))


@dataclass(frozen=True, slots=True)
class Cue:
    """What one rule (or `looks.…`, the looks of the line) scores for each zone."""

    rule: str
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class LineDecision:
    """The zone of one line and why.

    Attributes:
        number: the line's place in reading order, from 1.
        start: where it begins in the document's text.
        end: where it ends there.
        text: the line without marks, on one line.
        zone: the zone that it was given, or the finer state (type, title, enacting) that led to it.
        decided: the state on the best path; it differs from `zone` where a later step moved the line.
        look: how it looks: caps, short, prose, label, …
        wrapped: it goes on with the line before and shares that line's decision.
        cues: the looks and rules that scored.
        score: the sum of the cues for `decided`.
        alternative: the best other zone for it, null where the grammar allows no other.
        alternative_score: the sum of the cues for `alternative`.
        margin: what the best path loses if the line stands in `alternative`.
    """

    number: int
    start: int
    end: int
    text: str
    zone: str
    decided: str
    look: str
    wrapped: bool
    cues: tuple[Cue, ...]
    score: float
    alternative: str | None
    alternative_score: float | None
    margin: float | None

    @property
    def moved(self) -> bool:
        """Whether a later step put it elsewhere: a closing, a line that no rule knows."""
        return self.zone != self.decided


@dataclass(frozen=True, slots=True)
class LabelDecision:
    """A label candidate and its fate.

    Attributes:
        start: where it begins in the document's text.
        text: the label without marks.
        rule: the rule that found it.
        readings: its kinds with their ordinals, the likeliest first.
        strength: what it costs to take it for text.
        fate: `taken`; `sequence`: text, because the numbering is cheaper without it; `quoted`: inside a
            quoted amendment; `elsewhere`: in no zone that holds sections.
        cost: what taking it cost, null where it was not taken.
        kind: the kind of the section, null where it was not taken.
        section_id: the id of the section.
        parent: the id of the section that it is in, null at the top.
    """

    start: int
    text: str
    rule: str
    readings: tuple[tuple[str, int | None], ...]
    strength: float
    fate: Fate
    cost: float | None = None
    kind: str | None = None
    section_id: str | None = None
    parent: str | None = None

    @property
    def taken(self) -> bool:
        """Whether the label opens a section."""
        return self.fate == "taken"


@dataclass(frozen=True, slots=True)
class EntityDecision:
    """An entity and the rule that found it."""

    start: int
    end: int
    type: str
    text: str
    rule: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All decisions on one text, and the document that they made."""

    document: Document
    lines: list[LineDecision]
    labels: list[LabelDecision]
    entities: list[EntityDecision] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Returns the decisions as plain data; the document itself is left out."""
        return {
            "source": self.document.source.name,
            "lines": [asdict(line) for line in self.lines],
            "labels": [asdict(label) for label in self.labels],
            "entities": [asdict(entity) for entity in self.entities],
        }

    def render(self, language: Language = "both") -> RenderableType:
        """Returns the decisions as tables for the terminal."""
        from nqparse.export.explanation import render  # noqa: PLC0415  (rich is only loaded to show)

        return render(self, language)


def explain(text: str, *, name: str | None = None, rules: RuleSet | None = None) -> Explanation:
    """Parses a text and tells how each decision was made.

    Args:
        text: the text exactly as it was read.
        name: what to call the source.
        rules: the rules to use instead of the built-in ones.
    """
    used = rules if rules is not None else ruleset.load()
    document = parse(text, name=name, rules=rules)
    flow = Parser.of(rules).structure(text).flow
    # A parse keeps no scores; they are made again as the zone finder made them.
    for line in flow.lines:
        line.cues = ()
    finder = ZoneFinder(used)
    runs = finder.runs(flow)
    path = finder.states(runs)
    states = _final_states(flow, path, document)
    return Explanation(
        document,
        _lines(flow, runs, path, states, used.grammar),
        _labels(flow, states, used, document),
        [EntityDecision(e.start, e.end, e.type, e.text, e.rule) for e in document.entities],
    )


# -- zones --------------------------------------------------------------------------------------------


def _final_states(flow: Flow, path: list[str], document: Document) -> list[str]:
    """Returns the path's states, where later steps did not put a line elsewhere."""
    starts = [zone.start for zone in document.zones]
    states = []
    for line, state in zip(flow.lines, path, strict=True):
        kind = document.zones[bisect_right(starts, flow.view.source_start(line.start)) - 1].kind
        states.append(state if KINDS[state] == kind else kind)
    return states


def _lines(flow: Flow, runs: list[Run], path: list[str], states: list[str], grammar: ZoneGrammar) -> list[LineDecision]:
    decisions: list[LineDecision] = []
    index = 0
    for run, totals in zip(runs, best_totals(grammar, [run.scores for run in runs]), strict=True):
        chosen = path[index]
        best = totals[chosen]
        others = {state: total for state, total in totals.items() if state != chosen and total > _IMPOSSIBLE / 2}
        second = max(others, key=others.__getitem__) if others else None
        for at in range(index, index + run.lines):
            line = flow.lines[at]
            first = at == index
            cues = [Cue(_LOOKS + run.look, grammar.plain.get(run.look, {})), *(Cue(*cue) for cue in line.cues)]
            low, high = _source_span(flow, line.start, line.end)
            decisions.append(
                LineDecision(
                    number=at + 1,
                    start=low,
                    end=high,
                    text=" ".join(flow.text[line.start : line.end].split()),
                    zone=states[at],
                    decided=chosen,
                    look=run.look if first else "wrapped",
                    wrapped=not first,
                    cues=tuple(cues) if first else (),
                    score=_rounded(run.scores.get(chosen, 0.0)),
                    alternative=second,
                    alternative_score=_rounded(run.scores.get(second, 0.0)) if second else None,
                    margin=_rounded(best - others[second]) if second else None,
                )
            )
        index += run.lines
    return decisions


def best_totals(grammar: ZoneGrammar, emissions: list[dict[str, float]]) -> list[dict[str, float]]:
    """Returns, for each line and each state, the best sum of any path through that state.

    The highest of each line is the sum of the best path, the same for all lines.
    """
    if not emissions:
        return []
    states = grammar.states
    forward = [{s: grammar.start.get(s, _IMPOSSIBLE) + emissions[0].get(s, 0.0) for s in states}]
    before: dict[str, list[tuple[str, float]]] = {state: [] for state in states}
    for state, follows in grammar.transitions.items():
        for after, cost in follows.items():
            before[after].append((state, cost))
    for scores in emissions[1:]:
        last = forward[-1]
        forward.append({
            s: max((last[b] + cost for b, cost in before[s]), default=_IMPOSSIBLE) + scores.get(s, 0.0) for s in states
        })  # fmt: skip
    behind = {s: grammar.end.get(s, _IMPOSSIBLE) for s in states}  # the best sum behind the line at hand
    totals = [{s: forward[-1][s] + behind[s] for s in states}]
    for at in range(len(emissions) - 2, -1, -1):
        scores = emissions[at + 1]
        behind = {
            s: max(
                (cost + scores.get(a, 0.0) + behind[a] for a, cost in grammar.transitions.get(s, {}).items()),
                default=_IMPOSSIBLE,
            )
            for s in states
        }
        totals.append({s: forward[at][s] + behind[s] for s in states})
    totals.reverse()
    return totals


# -- labels -------------------------------------------------------------------------------------------


def _labels(flow: Flow, states: list[str], rules: RuleSet, document: Document) -> list[LabelDecision]:
    on_lines = [line.label for line in flow.lines if line.label is not None]
    body = [index for index, state in enumerate(states) if state == "body"]
    candidates, quoted = on_lines, []
    costs: dict[int, float] = {}
    if body:
        first, last = body[0], body[-1] + 1
        quoted = sealed_ranges(flow, flow.lines[first].start, flow.lines[last - 1].end)
        own = [
            label for index in body
            if (label := flow.lines[index].label) is not None and not _inside(label.start, quoted)
        ]  # fmt: skip
        own = InlineFinder(rules).with_inline(flow, first, last, own, quoted)
        costs.update(_costs(number(own)))
        known = {label.start for label in on_lines}
        candidates = sorted([*on_lines, *(x for x in own if x.start not in known)], key=lambda label: label.start)
    for low, high in _appendix_ranges(flow, states, document):
        quotes = sealed_ranges(flow, low, high)
        quoted = [*quoted, *quotes]
        own = [x for x in on_lines if low <= x.start < high and not _inside(x.start, quotes)]
        costs.update(_costs(number(own)))
    homes = _homes(document)
    decisions = []
    for label in candidates:
        start, _ = _source_span(flow, label.start, label.end)
        section, parent = homes.get(start, (None, None))
        fate: Fate = "sequence"
        if section is not None:
            fate = "taken"
        elif states[flow.line_at(label.start)] not in _WITH_SECTIONS:
            fate = "elsewhere"
        elif _inside(label.start, quoted):
            fate = "quoted"
        cost = costs.get(label.start) if section else None
        decisions.append(
            LabelDecision(
                start=start,
                text=" ".join(flow.text[label.start : label.end].split()),
                rule=label.rule,
                readings=label.readings,
                strength=_rounded(label.strength),
                fate=fate,
                cost=None if cost is None else _rounded(cost),
                kind=section.kind if section else None,
                section_id=section.id if section else None,
                parent=parent,
            )
        )
    return decisions


def _appendix_ranges(flow: Flow, states: list[str], document: Document) -> list[tuple[int, int]]:
    """Returns the flow ranges behind the markers of the appendices, in which their labels are numbered."""
    ranges = []
    for appendix in document.appendices:
        inside = [
            line for line, state in zip(flow.lines, states, strict=True)
            if state == "appendix" and appendix.marker.end <= flow.view.source_start(line.start) < appendix.end
        ]  # fmt: skip
        if inside:
            ranges.append((inside[0].start, inside[-1].end))
    return ranges


def _homes(document: Document) -> dict[int, tuple[Section, str | None]]:
    """Returns each section with the id of its parent, by where it starts."""
    homes: dict[int, tuple[Section, str | None]] = {}
    roots = [*document.body, *(section for appendix in document.appendices for section in appendix.body)]
    homes.update({root.start: (root, None) for root in roots})
    for section in document.iter_sections(appendices=True):
        homes.update({child.start: (child, section.id) for child in section.children})
    return homes


def _costs(nodes: list[Node]) -> dict[int, float]:
    costs: dict[int, float] = {}
    stack = list(nodes)
    while stack:
        node = stack.pop()
        costs[node.label.start] = node.cost
        stack += node.children
    return costs


def _inside(offset: int, ranges: list[tuple[int, int]]) -> bool:
    """Tells whether one of the ranges, which are in order and apart, holds the offset."""
    at = bisect_right(ranges, offset, key=lambda bounds: bounds[0]) - 1
    return at >= 0 and offset < ranges[at][1]


def _source_span(flow: Flow, start: int, end: int) -> tuple[int, int]:
    return flow.view.source_start(start), flow.view.source_end(end)


def _rounded(value: float) -> float:
    return round(value, 3)
