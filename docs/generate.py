"""Writes the reference pages that are made from the code: of the commands, exit codes, columns and an archive's tables.

`python docs/generate.py` writes them; with `--check` it exits with 1 if one of them is out of date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import typer

from nqparse.archive.catalogue import catalogue
from nqparse.cli import app
from nqparse.errors import EXIT_CODES
from nqparse.export.archival import SCHEMES, Facts
from nqparse.export.tables_of_entities import TABLES
from nqparse.export.workbook import CATALOGUE

DOCS = Path(__file__).parent
BAR = r"\|"
_MADE = "<!-- Made by docs/generate.py from the code. Do not edit by hand. -->\n"


def cli_page() -> str:
    """Returns the reference of the command line in Markdown."""
    group: Any = typer.main.get_command(app)
    parts = [
        "# Command line",
        _MADE,
        group.help,
        "Data goes to stdout as UTF-8, everything said to a person goes to stderr. "
        "Every way to end has its [exit code](exit-codes.md).",
        "Every command answers to `--help`; `nqparse --version` shows the version.",
    ]
    for name, command in _commands(group):
        parts += [f"## nqparse {name}", _usage(name, command), _prose(command.help), _parameters(command)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _commands(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Yields all commands with their names, those of a group as `archive add`."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{above}{name} ")
        else:
            yield above + name, command


def _usage(name: str, command: Any) -> str:
    arguments = [p.metavar or p.name.upper() for p in command.params if p.param_type_name == "argument"]
    many = "…" if any(p.nargs == -1 for p in command.params if p.param_type_name == "argument") else ""
    return f"```\nnqparse {name} [OPTIONS] {' '.join(arguments)}{many}".rstrip() + "\n```"


def _prose(text: str) -> str:
    """Joins the lines of each paragraph; the example becomes a block that can be copied."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    return "\n\n".join(re.sub(r"^\*\*Example:\*\* `(.*)`$", r"```\n\1\n```", paragraph) for paragraph in paragraphs)


def _parameters(command: Any) -> str:
    rows = ["| | |", "| --- | --- |"]
    for param in command.params:
        option = param.param_type_name == "option"
        names = [f"`{name}`" for name in (param.opts if option else [param.metavar])]
        if option and param.metavar:  # flags have none
            names[-1] = names[-1][:-1] + f" {param.metavar}`"
        text = " ".join((param.help or "").split())
        default = param.default.value if isinstance(param.default, Enum) else param.default
        if option and default not in (None, False):
            text += f" Default: `{default}`."
        # A bar inside a table cell has to be escaped, even in code.
        rows.append(f"| {', '.join(names).replace('|', BAR)} | {text} |")
    return "\n".join(rows)


def exit_codes_page() -> str:
    """Returns the table of exit codes in Markdown."""
    rows = [f"| {code.value} | {meaning.en} | {meaning.vi} |" for code, meaning in EXIT_CODES.items()]
    return "\n".join([
        "# Exit codes · Mã thoát",
        "",
        _MADE,
        "The codes are stable: a code keeps its meaning, new ones may be added.",
        "",
        "| Code | Meaning | Ý nghĩa |",
        "| ---: | --- | --- |",
        *rows,
        "",
        "No error shows a traceback. A bug gives one sentence and how to report it; with `--debug` the traceback "
        "stands before it.",
        "",
    ])  # fmt: skip


def export_columns_page() -> str:
    """Returns the columns of all tables, of the catalogue and of the archival records in Markdown."""
    parts = [
        "# Columns of the exports",
        _MADE,
        "[Exports](exports.md) says what the formats are. Offsets count the code points of a document's text, from 0; "
        "the end is the first one behind.",
        "## Tables",
        "CSV and Parquet have these tables. In Parquet, `text` is a UTF-8 string, `integer` has 64 bits, `number` is a "
        "64-bit floating point number and `date` a day (date32).",
    ]
    for table in TABLES:
        rows = [f"| `{column.name}` | {column.type} | {column.description} |" for column in table.all_columns]
        head = [f"{table.description} Key: `{'`, `'.join(table.key)}`.", "", "| Column | Type | What it holds |"]
        parts += [f"### {table.name}", "\n".join([*head, "| --- | --- | --- |", *rows])]
    rows = [f"| {column.caption} | {column.meaning} |" for column in CATALOGUE]
    parts += ["## Catalogue", "\n".join(["| Column | What it holds |", "| --- | --- |", *rows])]
    for name, fields in SCHEMES.items():
        rows = [f"| `{f.name}` | {f.meaning} | {f.limit or ''} | {_filled_by(f.fact)} |" for f in fields]
        head = ["| Field | Nội dung | Longest | Filled by |", "| --- | --- | ---: | --- |"]
        parts += [f"## Archival fields, {name}", "\n".join([*head, *rows])]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def archive_tables_page() -> str:
    """Returns the tables and views of an archive, but for those of the exports, in Markdown."""
    exported = {table.name for table in TABLES}
    parts = [
        "# Tables of an archive",
        _MADE,
        "An archive is one SQLite file. It has all [tables of the exports](export-columns.md) under the same names, "
        "every row with its `document_id`; a `date` is text, YYYY-MM-DD. Beside them there are the following. "
        "`end`, `text` and other names are words of SQL: write `\"end\"`.",
    ]
    for kind, title in (("view", "Views"), ("table", "Tables that only archives have")):
        parts.append(f"## {title}")
        for table in catalogue().values():
            if table.kind == kind and table.name not in exported:
                rows = [f"| `{column.name}` | {column.type} | {column.description} |" for column in table.columns]
                head = [table.description, "", "| Column | Type | What it holds |", "| --- | --- | --- |"]
                parts += [f"### {table.name}", "\n".join([*head, *rows])]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _filled_by(fact: str | None) -> str:
    if fact is None:
        return "the archive (`--set`)"
    text = " ".join(getattr(Facts, fact).__doc__.removeprefix("Returns ").split())
    return text[:1].upper() + text[1:]


PAGES = {
    "cli.md": cli_page, "exit-codes.md": exit_codes_page, "export-columns.md": export_columns_page,
    "archive-tables.md": archive_tables_page,
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """Writes the pages, or checks them; returns the exit code."""
    stale = []
    for name, page in PAGES.items():
        path = DOCS / name
        wanted = page()
        if path.exists() and path.read_text("utf-8") == wanted:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_text(wanted, "utf-8")
    if "--check" in arguments and stale:
        print(f"out of date: {', '.join(stale)}; run: python docs/generate.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
