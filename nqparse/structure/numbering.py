"""Numbering: which labels are sections, and which section is inside which.

Decided over the whole sequence. Every candidate may be taken as the next sibling of an open section,
as the first child of one, or for plain text; each choice has a cost, and the cheapest way through all
candidates wins. A sequence that runs on (1, 2, 3; c, d, đ, e) costs nothing, a gap, a restart or a
jump of level costs more, and taking a clear label for text costs the label's strength.

The search keeps a few hypotheses (a beam). Where a candidate is the plain successor of an open section
nothing else is tried, so ordinary documents are read in one pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from nqparse.structure.label import Label

# From coarse to fine. Equal ranks nest in the order in which the document uses them.
RANKS = {
    "part": 0, "chapter": 1, "section": 2, "subsection": 3, "article": 4, "upper": 5, "roman": 5,
    "ordinal": 6, "arabic": 6, "decimal": 7, "letter": 8, "letter_decimal": 9, "paren": 9, "dash": 11,
    "star": 11, "plus": 12,
}  # fmt: skip
_BULLETS = frozenset(("dash", "plus", "star"))
_DIVISIONS = frozenset(("part", "chapter", "section", "subsection"))
# Numbers that run on through the whole act, whatever stands above them.
_RUNNING = frozenset(("article", "part", "chapter"))

_BEAM = 6
_MARGIN = 5.0
_AHEAD = 1.5  # a hypothesis so far ahead that finds its plain successor has won
_CLEAR = 3.0  # a label at least this strong needs no second thought where it fits

_OPEN_FIRST = 0.1
_OPEN_LATER = 2.0
_GAP = 1.3
_DUPLICATE = 2.6
_BACKWARDS = 3.6
_OTHER_STYLE = 0.8
_SKIPPED_D = 0.2  # "đ" skipped between d and e, a common slip
_ORPHAN_DECIMAL = 1.2
_UNDER_FINER = 0.7  # a coarse label opened under a finer one, per rank
_BESIDE = 0.6  # a new kind of label beside another kind under the same parent
_BESIDE_OTHER_STYLE = 0.2  # "1)" after "2." rather stands inside it
_UNDER_BULLET = 2.5
_UNDER_SAME = 2.0  # "1." inside "1." is rarer than a doubled "1."
_MAX_DEPTH = 16


@dataclass(slots=True)
class Node:
    """A label taken as a section, with the sections inside it."""

    label: Label
    kind: str
    ordinal: int | None
    children: list[Node] = field(default_factory=list)
    cost: float = 0.0


@dataclass(slots=True)
class _Taken:
    before: _Taken | None
    label: Label
    kind: str
    ordinal: int | None
    parent: _Taken | None
    cost: float


@dataclass(slots=True)
class _Open:
    kind: str
    style: str
    ordinal: int | None
    path: tuple[int, ...]
    taken: _Taken


@dataclass(slots=True)
class _Hypothesis:
    cost: float
    stack: tuple[_Open, ...]
    taken: _Taken | None
    running: tuple[tuple[str, int], ...]  # the last number of each kind that runs on
    signature: tuple[object, ...] = ()  # hypotheses with the same open sections go on alike

    def last(self, kind: str) -> int | None:
        for known, number in self.running:
            if known == kind:
                return number
        return None


class _Choice(NamedTuple):
    """A label taken for a section or for text, in one hypothesis; most choices are dropped before they are made."""

    cost: float
    signature: tuple[object, ...]
    before: _Hypothesis
    kind: str | None  # of the section; None for text
    ordinal: int | None
    depth: int
    added: float  # to the cost


_COST = attrgetter("cost")


def number(labels: Sequence[Label]) -> list[Node]:
    """Returns the tree of sections that the labels, in text order, give."""
    beam = [_Hypothesis(0.0, (), None, ())]
    for label in labels:
        beam = _step(beam, label)
    return _without_lonely(_tree(min(beam, key=lambda h: h.cost)))


def _step(beam: list[_Hypothesis], label: Label) -> list[_Hypothesis]:
    if label.strength >= _CLEAR and not label.exact and (len(beam) == 1 or beam[1].cost - beam[0].cost >= _AHEAD):
        sure = _sure(beam[0], label)
        if sure is not None:
            return [_made(sure, label)]
    found: dict[tuple[object, ...], _Choice] = {}
    for hypothesis in beam:
        cost = max(0.0, label.strength)
        rejected = _Choice(hypothesis.cost + cost, hypothesis.signature, hypothesis, None, None, 0, cost)
        for choice in (*_accepted(hypothesis, label), rejected):
            known = found.get(choice.signature)
            if known is None or choice.cost < known.cost:
                found[choice.signature] = choice
    best = min([choice.cost for choice in found.values()])
    kept = [choice for choice in found.values() if choice.cost <= best + _MARGIN]
    kept.sort(key=_COST)
    return [_made(choice, label) for choice in kept[:_BEAM]]


def _sure(hypothesis: _Hypothesis, label: Label) -> _Choice | None:
    """The choice in which the label is what plainly comes next, if there is one.

    Plain is the successor of an open section of its kind, a bullet of an open list, or the first member of a
    new kind of list under a coarser section.
    """
    kind, ordinal = label.readings[0]
    stack = hypothesis.stack
    open_kinds = [entry.kind for entry in stack]
    if any(other in open_kinds for other, _ in label.readings[1:]):
        return None  # "I." among open letters may be one of them
    if kind in open_kinds:
        depth = len(open_kinds) - 1 - open_kinds[::-1].index(kind)
        entry = stack[depth]
        if kind in _BULLETS:
            above = open_kinds[depth + 1 :]
            return _take(hypothesis, label, kind, None, depth, 0.0) if _BULLETS.issuperset(above) else None
        if kind == "decimal":
            follows = entry.path[:-1] == label.path[:-1] and entry.path[-1] + 1 == label.path[-1]
        else:
            follows = ordinal is not None and entry.ordinal is not None and ordinal == entry.ordinal + 1
        return _take(hypothesis, label, kind, ordinal, depth, 0.0) if follows and entry.style == label.style else None
    if kind == "decimal" or not stack:
        return None
    if RANKS[open_kinds[-1]] >= RANKS[kind] or len(stack) >= _MAX_DEPTH:
        return None
    if kind in _BULLETS or ordinal == 1 or (kind in _RUNNING and ordinal == (hypothesis.last(kind) or 0) + 1):
        return _take(hypothesis, label, kind, ordinal, len(stack), _OPEN_FIRST)
    return None


def _accepted(hypothesis: _Hypothesis, label: Label) -> list[_Choice]:
    """All ways to take the label for a section."""
    options = []
    for kind, ordinal in label.readings:
        if ordinal is None and kind not in _BULLETS:
            continue
        if kind == "decimal":
            options += [o for o in _decimals(hypothesis, label) if not label.exact or o.cost <= hypothesis.cost]
            continue
        options += _siblings(hypothesis, label, kind, ordinal)
        runs_on = kind in _RUNNING and ordinal == (hypothesis.last(kind) or 0) + 1
        if not label.exact or ordinal == 1 or runs_on:
            options += _children(hypothesis, label, kind, ordinal)
    return options


def _siblings(hypothesis: _Hypothesis, label: Label, kind: str, ordinal: int | None) -> list[_Choice]:
    options = []
    stack = hypothesis.stack
    seen = 0
    for depth in range(len(stack) - 1, -1, -1):
        entry = stack[depth]
        if entry.kind != kind:
            continue
        cost = _sibling_cost(entry, label, kind, ordinal)
        if kind in _BULLETS and any(RANKS[e.kind] < RANKS[kind] for e in stack[depth + 1 :]):
            cost += 2.0
        if not label.exact or cost <= _SKIPPED_D:
            options.append(_take(hypothesis, label, kind, ordinal, depth, cost))
        seen += 1
        if seen == 3:
            break
    return options


def _sibling_cost(entry: _Open, label: Label, kind: str, ordinal: int | None) -> float:
    if kind in _BULLETS:
        return 0.0
    assert ordinal is not None
    style = 0.0 if entry.style == label.style or label.exact else _OTHER_STYLE
    step = ordinal - (entry.ordinal or 0)
    if step == 1:
        return style
    if kind == "letter" and step == 2 and ordinal == 6:
        return style + _SKIPPED_D
    if step > 1:
        return style + _GAP + 0.3 * min(step - 2, 8)
    if step == 0:
        # "d) d) e)": the bar of the second đ is lost; "5." and "5a." stand side by side.
        if kind == "letter" and ordinal in (4, 5):
            return style + 0.6
        if kind == "article" and label.number != entry.taken.label.number:
            return style
        return style + _DUPLICATE
    return style + _BACKWARDS


def _children(hypothesis: _Hypothesis, label: Label, kind: str, ordinal: int | None) -> list[_Choice]:
    stack = hypothesis.stack
    rank = RANKS[kind]
    base = _first_cost(hypothesis, kind, ordinal)
    same = [entry.style == label.style for entry in stack if entry.kind == kind]
    options = []
    # Under the innermost open section ...
    if stack and len(stack) < _MAX_DEPTH:
        top = stack[-1]
        cost = base + _nesting_cost(stack, len(stack) - 1, rank)
        if same:
            cost += _UNDER_SAME if True in same else 0.6
        if top.kind != kind or kind not in _BULLETS:
            options.append(_take(hypothesis, label, kind, ordinal, len(stack), cost))
    # ... or under the innermost one that is coarser, closing what is finer.
    depth = len(stack)
    while depth > 0 and (RANKS[stack[depth - 1].kind] >= rank or stack[depth - 1].kind in _BULLETS):
        depth -= 1
    if depth < len(stack) or not stack:
        closed = stack[depth] if depth < len(stack) else None
        beside = _BESIDE if closed is not None and closed.kind not in _BULLETS else 0.0
        if closed is not None and kind in _DIVISIONS:
            beside = 0.0
        if False in same:
            beside += _BESIDE_OTHER_STYLE
        options.append(_take(hypothesis, label, kind, ordinal, depth, base + beside))
    return options


def _first_cost(hypothesis: _Hypothesis, kind: str, ordinal: int | None) -> float:
    if kind in _BULLETS or ordinal == 1:
        return _OPEN_FIRST
    assert ordinal is not None
    if kind in _RUNNING:
        last = hypothesis.last(kind)
        if last is not None and ordinal == last + 1:
            return 0.0
    return _OPEN_LATER + 0.25 * min(ordinal, 8)


def _nesting_cost(stack: tuple[_Open, ...], parent: int, rank: int) -> float:
    entry = stack[parent]
    if entry.kind in _BULLETS:
        return 0.0 if rank > RANKS[entry.kind] else _UNDER_BULLET
    step = RANKS[entry.kind] - rank
    if step > 0:
        return 0.3 + _UNDER_FINER * step
    return 0.0


def _decimals(hypothesis: _Hypothesis, label: Label) -> list[_Choice]:
    """A decimal belongs under the section with its leading numbers; without one it is an orphan."""
    stack = hypothesis.stack
    path = label.path
    options = []
    for depth in range(len(stack) - 1, -1, -1):
        entry = stack[depth]
        if entry.path and entry.path == path[:-1] and entry.kind in ("arabic", "decimal"):
            beside = next((e for e in stack[depth + 1 :] if e.kind == "decimal"), None)
            last = beside.path[-1] if beside and beside.path[:-1] == path[:-1] else 0
            step = path[-1] - last
            cost = 0.0 if step == 1 else _GAP + 0.3 * min(max(step - 2, 0), 8) if step > 1 else _BACKWARDS
            options.append(_take(hypothesis, label, "decimal", path[-1], depth + 1, cost))
            break
        if entry.kind == "decimal" and entry.path[:-1] == path[:-1] and len(entry.path) == len(path):
            step = path[-1] - entry.path[-1]
            cost = 0.0 if step == 1 else _GAP if step > 1 else _BACKWARDS
            options.append(_take(hypothesis, label, "decimal", path[-1], depth, cost))
    # Roman "I." may be the "1" of "1.1".
    for depth in range(len(stack) - 1, -1, -1):
        entry = stack[depth]
        if entry.kind in ("roman", "article", "upper") and len(path) == 2 and entry.ordinal == path[0]:
            later = [e for e in stack[depth + 1 :] if e.kind == "decimal"]
            if not later:
                cost = 0.3 if path[-1] == 1 else _GAP
                options.append(_take(hypothesis, label, "decimal", path[-1], depth + 1, cost))
            break
    depth = len(stack)
    while depth > 0 and RANKS[stack[depth - 1].kind] >= RANKS["arabic"]:
        depth -= 1
    cost = _ORPHAN_DECIMAL + (0.0 if path[-1] == 1 else 0.8)
    options.append(_take(hypothesis, label, "decimal", path[-1], depth, cost))
    return options


def _take(
    hypothesis: _Hypothesis, label: Label, kind: str, ordinal: int | None, depth: int, cost: float
) -> _Choice:
    """Takes the label for a section at `depth`: what is open from there on is closed."""
    signature = (*hypothesis.signature[: 3 * depth], kind, ordinal, label.style)
    return _Choice(hypothesis.cost + cost, signature, hypothesis, kind, ordinal, depth, cost)


def _made(choice: _Choice, label: Label) -> _Hypothesis:
    """Returns the hypothesis that a choice leads to."""
    before, kind, ordinal = choice.before, choice.kind, choice.ordinal
    if kind is None:
        return _Hypothesis(choice.cost, before.stack, before.taken, before.running, before.signature)
    kept = before.stack[: choice.depth]
    taken = _Taken(before.taken, label, kind, ordinal, kept[-1].taken if kept else None, choice.added)
    path = label.path if kind in ("arabic", "decimal") else ()
    entry = _Open(kind, label.style, ordinal, path, taken)
    running = before.running
    if kind in _RUNNING and ordinal is not None:
        running = (*(pair for pair in running if pair[0] != kind), (kind, ordinal))
    return _Hypothesis(choice.cost, (*kept, entry), taken, running, choice.signature)


def _tree(hypothesis: _Hypothesis) -> list[Node]:
    chain: list[_Taken] = []
    taken = hypothesis.taken
    while taken is not None:
        chain.append(taken)
        taken = taken.before
    roots: list[Node] = []
    nodes: dict[int, Node] = {}
    for taken in reversed(chain):
        node = Node(taken.label, taken.kind, taken.ordinal, cost=taken.cost)
        nodes[id(taken)] = node
        siblings = roots if taken.parent is None else nodes[id(taken.parent)].children
        siblings.append(node)
    return roots


def _without_lonely(nodes: list[Node]) -> list[Node]:
    """Words such as "Một là," and a lone "(1)" make a list only in company; alone they are text."""
    if not nodes:
        return nodes
    company = Counter(node.kind for node in nodes)
    kept: list[Node] = []
    for node in nodes:
        children = _without_lonely(node.children)
        if node.kind in ("ordinal", "paren") and company[node.kind] == 1:
            kept += children
        else:
            node.children = children
            kept.append(node)
    return kept
