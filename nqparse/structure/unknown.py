"""Unknown text: what no rule knows is said to be unknown, never folded into a neighbour.

Behind the document only the words of those who publish it make a run of lines "after"; a run without any is unknown.
A text that shows no sign of a document at all is unknown as a whole.
"""

from __future__ import annotations

from nqparse.structure.lines import Flow

_CHROME = frozenset(
    ("zone.site-chrome", "zone.site-title", "zone.address", "zone.front-matter", "zone.collection", "zone.deposited")
)
# One of these, or a section label, and the text is taken for a document.
_SIGNS = frozenset(
    ("zone.national-name", "zone.party-name", "zone.youth-name", "zone.motto", "zone.number-line", "zone.type",
     "zone.type-lower", "zone.type-other", "zone.type-spaced", "zone.basis-can-cu", "zone.formula",
     "zone.formula-lower", "zone.formula-sentence", "zone.adoption", "zone.recipients", "zone.authority")
)  # fmt: skip


def mark_unknown(flow: Flow, states: list[str]) -> None:
    """Sets the state of lines that no rule knows to `unknown`."""
    if not any(line.label is not None or any(cue in _SIGNS for cue, _ in line.cues) for line in flow.lines):
        states[:] = ["unknown"] * len(states)
        return
    first = 0
    while first < len(states):
        last = first
        while last < len(states) and states[last] == states[first]:
            last += 1
        if states[first] == "after":
            run = flow.lines[first:last]
            if not any(cue in _CHROME for line in run for cue, _ in line.cues):
                states[first:last] = ["unknown"] * (last - first)
        first = last
