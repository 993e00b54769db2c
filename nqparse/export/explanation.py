"""Shows an explanation in the terminal: one row per line, one per label, one per entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from nqparse.export.brief import first_words, visible
from nqparse.export.tree import zone_style
from nqparse.export.words import section_kind, word

if TYPE_CHECKING:
    from nqparse.errors import Language
    from nqparse.explain import Explanation, LabelDecision, LineDecision

_TEXT_WIDTH = 48
# Below this a decision is worth a look: one weak rule more or less would have turned it.
_CLOSE_CALL = 2.0


def render(explanation: Explanation, language: Language = "both") -> RenderableType:
    """Returns the tables of an explanation."""
    parts: list[RenderableType] = [_line_table(explanation.lines, language)]
    if explanation.labels:
        parts.append(_label_table(explanation.labels, language))
    if explanation.entities:
        parts.append(_entity_table(explanation, language))
    return Group(*parts)


def _table(title: str, *, expand: bool = False) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, expand=expand)


def _line_table(lines: list[LineDecision], language: Language) -> Table:
    table = _table(word("zones", language), expand=True)
    table.add_column(word("line", language), justify="right", style="dim")
    table.add_column(word("zone", language), no_wrap=True)
    table.add_column(word("margin", language), justify="right")
    table.add_column(word("second", language), style="dim", no_wrap=True)
    table.add_column(word("cues", language), no_wrap=True)
    # The text takes the room that the reasons leave.
    table.add_column(word("text", language), no_wrap=True, ratio=1, min_width=_TEXT_WIDTH // 2, overflow="ellipsis")
    for line in lines:
        zone = Text(line.zone, zone_style(line.zone))
        if line.wrapped:
            table.add_row(str(line.number), zone, "", "", Text("↳", "dim"), Text(visible(line.text), "dim"))
            continue
        close = line.margin is not None and line.margin < _CLOSE_CALL
        margin = Text("–" if line.margin is None else f"{line.margin:.1f}", "bold yellow" if close else "")
        second = "" if line.alternative is None else f"{line.alternative} {line.alternative_score:+.1f}"
        table.add_row(str(line.number), zone, margin, second, _cues(line, language), Text(visible(line.text)))
    return table


def _cues(line: LineDecision, language: Language) -> Text:
    text = Text()
    for cue in line.cues:
        score = cue.scores.get(line.decided, 0.0)
        text.append(("" if not text else "\n") + cue.rule)
        text.append(f" {score:+g}", "green" if score > 0 else "red" if score < 0 else "dim")
    if line.moved:
        text.append(f"\n{word('refined', language)} ({line.decided})", "italic")
    return text


def _label_table(labels: list[LabelDecision], language: Language) -> Table:
    table = _table("\n" + word("labels", language))
    table.add_column(word("text", language), max_width=_TEXT_WIDTH // 2)
    table.add_column(word("rule", language))
    table.add_column(word("strength", language), justify="right")
    table.add_column(word("verdict", language))
    table.add_column(word("cost", language), justify="right")
    table.add_column("id")
    table.add_column(word("parent", language), style="dim")
    for label in labels:
        verdict = word(label.fate, language)
        if label.kind:
            verdict = section_kind(label.kind, language)
        table.add_row(
            Text(visible(label.text), "bold" if label.taken else ""),
            label.rule,
            f"{label.strength:g}",
            Text(verdict, "green" if label.taken else "yellow"),
            "–" if label.cost is None else f"{label.cost:g}",
            Text(label.section_id or ""),
            Text(label.parent or ""),
        )
    return table


def _entity_table(explanation: Explanation, language: Language) -> Table:
    table = _table("\n" + word("entities", language))
    for column in ("type", "text", "rule"):
        table.add_column(word(column, language), max_width=_TEXT_WIDTH * 2 if column == "text" else None)
    for entity in explanation.entities:
        table.add_row(entity.type, Text(first_words(entity.text)), entity.rule or "–")
    return table
