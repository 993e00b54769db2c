"""`nqparse scan`: a table of what is there, before anything is parsed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from nqparse.cli_options import Debug, Encoding, Jobs, Lang, talk_of
from nqparse.errors import ExitCode, UsageError
from nqparse.talk import is_watched, rendered, stdout_shape, with_progress, write_out

if TYPE_CHECKING:
    from nqparse.errors import Language
    from nqparse.scan import FileRecord


class ScanFormat(str, Enum):
    """What `scan` can print."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"


_Inputs = Annotated[
    list[str],
    typer.Argument(metavar="FILE|DIR", help="Files to look at, or folders of which all files are looked at."),
]
_Format = Annotated[
    ScanFormat,
    typer.Option("--format", "-f", metavar="table|csv|json|jsonl", help="Print a table for the eye, or every field."),
]
_Pages = Annotated[
    int,
    typer.Option(
        "--pages", metavar="N", min=0, help="Look at the first pages of each PDF only; 0 looks at all of them."
    ),
]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command()(scan)


def scan(
    context: typer.Context,
    inputs: _Inputs,
    *,
    output_format: _Format = ScanFormat.table,
    pages: _Pages = 20,
    encoding: Encoding = None,
    jobs: Jobs = 1,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Tells what is in a folder before anything is parsed.

    Every file is a row, whatever its kind: its format, pages, whether it has text or is a scan, encoding, language,
    whether it is a resolution and what it is instead, how many documents are in it, and which earlier file has the same
    content. Nothing is read by OCR, so it is quick. A file that cannot be read is a row with the reason; the
    exit code is that of `parse`.

    **Example:** `nqparse scan archive/ --format csv`
    """
    from nqparse.scan import find_files, scan_files  # noqa: PLC0415
    from nqparse.scan.show import summary  # noqa: PLC0415

    talk = talk_of(context)
    _refuse_stdin(inputs)
    found = find_files(inputs)
    records = scan_files(found.files, jobs=jobs or os.cpu_count() or 1, encoding=encoding, most_pages=pages or None)
    if len(found.files) > 1 and is_watched():
        records = with_progress(records, len(found.files), lambda record: record.name)
    rows = list(records)
    _print(rows, output_format, talk.language)
    talk.note(*summary(rows, found.hidden))
    failed = sum(row.status == "failed" for row in rows)
    if failed == len(rows):
        raise typer.Exit(ExitCode.INPUT)
    raise typer.Exit(ExitCode.FINDINGS if failed else ExitCode.OK)


def _print(rows: Sequence[FileRecord], output_format: ScanFormat, language: Language) -> None:
    from nqparse.scan import show  # noqa: PLC0415

    if output_format is ScanFormat.csv:
        write_out(show.to_csv(rows))
    elif output_format is ScanFormat.json:
        write_out(show.to_json(rows))
    elif output_format is ScanFormat.jsonl:
        write_out(show.to_jsonl(rows))
    else:
        color, width = stdout_shape()
        write_out(rendered(show.to_table(rows, language), color=color, width=width))


def _refuse_stdin(inputs: Sequence[str]) -> None:
    if "-" in inputs:
        raise UsageError(
            "a scan looks at files; it does not read stdin",
            "lệnh scan chỉ xem tệp, không đọc từ stdin",
            hint_en="Name files or folders.",
            hint_vi="Hãy chỉ định tệp hoặc thư mục.",
        )
