"""The command `nqparse export`: writes documents in the formats of archives, databases and model builders.

`register` puts it into the command line (`nqparse.cli`), with the options that all commands share.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nqparse.cli_options import Debug, Encoding, Jobs, Lang, Rules, talk_of
from nqparse.errors import ExitCode, NqparseError, UsageError
from nqparse.talk import Talk, is_watched, with_progress

if TYPE_CHECKING:
    from nqparse.batch import Inputs
    from nqparse.export.formats import Format, Settings
    from nqparse.export.inputs import Read


class ExportFormat(str, Enum):
    """What `export` can write; `nqparse.export.formats` says what each is."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    excel = "excel"
    akoma_ntoso = "akoma-ntoso"
    archival = "archival"
    dublin_core = "dublin-core"
    ead3 = "ead3"
    label_studio = "label-studio"
    conll = "conll"
    spacy = "spacy"


_Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE|DIR|-",
        help="Files to parse, folders whose texts are parsed, or - for stdin; or JSON and JSON Lines that "
        "`nqparse parse` wrote.",
    ),
]
_To = Annotated[
    ExportFormat,
    typer.Option(
        "--to", "-t", metavar="FORMAT",
        help="Write jsonl, tables (csv, parquet), a catalogue (excel), akoma-ntoso, archival records (archival by "
        "Thông tư 05/2025 and 02/2019, dublin-core, ead3), or data to train on (label-studio, conll, spacy).",
    ),
]  # fmt: skip
_Output = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar="FILE|DIR",
        help="Write to this file or folder; csv, parquet, akoma-ntoso, archival, label-studio and spacy fill a folder.",
    ),
]  # fmt: skip
_Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="FIELD=VALUE",
        help="Archival fields: the value that all documents have, as maintenance=01; may be given several times.",
    ),
]  # fmt: skip
_Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="EAD3: the title of the collection.")]
_MadeOn = Annotated[
    str | None,
    typer.Option(
        "--made-on", metavar="YYYY-MM-DD",
        help="EAD3: the day on which the record is made. Without it there is none, and the same documents give the "
        "same file.",
    ),
]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command()(export)


def export(
    context: typer.Context,
    inputs: _Inputs,
    *,
    to: _To,
    output: _Output,
    given: _Set = None,
    title: _Title = None,
    made_on: _MadeOn = None,
    rules: Rules = None,
    encoding: Encoding = None,
    jobs: Jobs = 1,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Writes documents in the formats of archives, databases and model builders.

    One document after the other is read and written, so that a collection of any size can be exported. A file that
    cannot be read is reported on stderr and does not stop the others. `docs/exports.md` says what each format holds.

    **Example:** `nqparse export resolutions/ --to parquet --output tables/`
    """
    from nqparse import batch  # noqa: PLC0415
    from nqparse.export import inputs as reading  # noqa: PLC0415
    from nqparse.export.formats import FORMATS, Settings  # noqa: PLC0415

    talk = talk_of(context)
    settings = Settings(_given(given), title, _day(made_on))
    wanted = FORMATS[to.value]
    found = reading.find(inputs)
    _refuse(output, wanted, found)
    talk.left_out(found.skipped)
    batch.parser(rules)  # rules that cannot be used are told once, not once per file
    read = reading.read_all(found, rules=rules, encoding=encoding, jobs=jobs or os.cpu_count() or 1)
    if found.many and is_watched():
        lines = any(map(reading.is_ready, found.files))
        read = with_progress(read, None if lines else len(found.files), lambda item: item.input.name or "")
    raise typer.Exit(_write(read, wanted, output, settings, talk, many=found.many))


def _write(
    read: Iterable[Read], wanted: Format, output: Path, settings: Settings, talk: Talk, *, many: bool
) -> ExitCode:
    failures: list[NqparseError] = []
    count = 0
    with wanted.writing(output, settings) as put:
        for item in read:
            if item.document is not None:
                put(item.document)
                count += 1
            elif item.error is not None and not many:
                raise item.error  # and no output comes into being
            elif item.error is not None:
                talk.error(item.error)
                failures.append(item.error)
        if failures and not count:
            raise typer.Exit(max(error.exit_code for error in failures))
    talk.note(f"{count} documents written to {output}", f"đã ghi {count} văn bản vào {output}")
    return ExitCode.FINDINGS if failures else ExitCode.OK


def _given(values: list[str] | None) -> dict[str, str]:
    given = {}
    for value in values or ():
        name, equals, rest = value.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                f"--set {value}: this is no field with a value", f"--set {value}: thiếu tên trường hoặc giá trị",
                hint_en="Write it like this: --set maintenance=01", hint_vi="Viết như sau: --set maintenance=01",
            )  # fmt: skip
        given[name.strip()] = rest.strip()
    return given


def _day(value: str | None) -> str | None:
    from datetime import date  # noqa: PLC0415

    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise UsageError(
            f"--made-on {value}: this is no day", f"--made-on {value}: không phải ngày hợp lệ",
            hint_en="Write it like this: --made-on 2026-01-31", hint_vi="Viết như sau: --made-on 2026-01-31",
        ) from None  # fmt: skip


def _refuse(output: Path, wanted: Format, found: Inputs) -> None:
    """Refuses places that cannot be meant: an input, and stdout."""
    from nqparse import batch  # noqa: PLC0415

    if str(output) == batch.STDIN:
        raise UsageError(
            "an export goes to a file or a folder, not to stdout",
            "kết quả xuất phải ghi vào tệp hoặc thư mục, không ghi ra stdout",
            hint_en="`nqparse parse --format jsonl` prints documents.",
            hint_vi="`nqparse parse --format jsonl` in văn bản ra stdout.",
        )
    if wanted.file is not None:
        batch.refuse_input(output / wanted.file if output.is_dir() else output, found)
