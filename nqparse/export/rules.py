"""Shows the rules in the terminal: all of them in a list, or one with everything that it says."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from nqparse.errors import UsageError
from nqparse.ruleset import Rule, RuleSet

# Shown first, or by themselves.
_APART = ("id", "note", "examples", "counter_examples")
_TERMS_SHOWN = 200


def families(rules: RuleSet) -> dict[str, Mapping[str, BaseModel]]:
    """Returns the rules of each family by id: whatever tables of records the rule set holds."""
    _ = rules.diagnostics, rules.thresholds  # read from their files only now
    tables = ((name, value) for name, value in vars(rules).items() if isinstance(value, dict))
    return {
        name: table for name, table in tables if all(isinstance(rule, BaseModel) for rule in table.values())
    }  # fmt: skip


def find(rules: RuleSet, rule_id: str) -> tuple[str, BaseModel]:
    """Returns the family and the rule with this id.

    Raises:
        UsageError: if there is none; the message names the ids that look like it.
    """
    known: list[str] = []
    for family, members in families(rules).items():
        if rule_id in members:
            return family, members[rule_id]
        known += members
    near = ", ".join(difflib.get_close_matches(rule_id, known, n=3) or [i for i in known if rule_id in i][:3])
    raise UsageError(
        f"{rule_id}: there is no rule with this id",
        f"{rule_id}: không có quy tắc này",
        hint_en=f"Did you mean {near}?" if near else "`nqparse rules` lists all ids.",
        hint_vi=f"Có phải là {near}?" if near else "`nqparse rules` liệt kê mọi quy tắc.",
    )


def listing(rules: RuleSet) -> RenderableType:
    """Returns a table of all rules, family by family."""
    table = Table(box=None, pad_edge=False)
    for column in ("family", "id", "says"):
        table.add_column(column, no_wrap=column != "says")
    for family, members in families(rules).items():
        for rule_id, rule in members.items():
            table.add_row(Text(family, "dim"), Text(rule_id, "bold"), Text(_says(rule)))
    return table


def _says(rule: BaseModel) -> str:
    """Returns the note of a rule, or else its first example."""
    note = getattr(rule, "note", "")
    if note:
        return str(note)
    for key in ("examples", "terms"):
        items = getattr(rule, key, None)
        if items:
            return f"“{items[0]}”"
    return ""


def one_rule(family: str, rule: BaseModel) -> RenderableType:
    """Returns all that a rule says; its examples are run, and what does not hold is marked."""
    fields = rule.model_dump(exclude_defaults=True)
    head = Text.assemble((str(fields.get("id", "")), "bold"), (f"  {family}", "dim"))
    note = fields.get("note")
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for key, value in fields.items():
        if key not in _APART:
            table.add_row(key, Text(_value(value)))
    parts: list[RenderableType] = [head, *([Text(str(note))] if note else []), table]
    for key in ("examples", "counter_examples"):
        for example in fields.get(key) or ():
            parts.append(_example(rule, key, str(example)))
    return Group(*parts)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {number:+g}" if isinstance(number, float) else f"{key} {number}"
                         for key, number in value.items())  # fmt: skip
    if isinstance(value, (list, tuple)):
        shown = ", ".join(str(item) for item in value[:_TERMS_SHOWN])
        return shown if len(value) <= _TERMS_SHOWN else f"{shown}, … ({len(value)})"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _example(rule: BaseModel, key: str, example: str) -> Text:
    wanted = key == "examples"
    # Patterns that look behind only match inside a longer text; their examples are tested elsewhere.
    if not isinstance(rule, Rule) or "(?<" in rule.pattern.replace("(?P<", ""):
        mark, style = "·", ""
    elif rule.matches(example) is wanted:
        mark, style = ("✓", "green") if wanted else ("✗", "yellow")
    else:
        mark, style = "!", "bold red"
    return Text.assemble((f"  {mark} ", style), example)
