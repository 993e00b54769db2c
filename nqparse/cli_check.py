"""The command `nqparse check`: prints the diagnostics of documents like a linter.

`register` puts it into the command line (`nqparse.cli`), with the options that all commands share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from nqparse.cli_options import Debug, Lang, Ocr, OcrName, Rules, talk_of
from nqparse.errors import ExitCode, Language, NqparseError, UsageError
from nqparse.talk import Talk, write_out

if TYPE_CHECKING:
    from nqparse.batch import Input, Inputs
    from nqparse.checks import Config
    from nqparse.document import Diagnostic, Document


class CheckFormat(str, Enum):
    """What `check` can print."""

    text = "text"
    github = "github"
    json = "json"
    sarif = "sarif"


_Inputs = Annotated[
    list[str],
    typer.Argument(metavar="FILE|DIR|-", help="Files to check, folders whose text files are checked, or - for stdin."),
]
_Format = Annotated[
    CheckFormat,
    typer.Option(
        "--format", "-f", metavar="text|github|json|sarif",
        help="Print lines like a linter, annotations for GitHub, JSON, or a SARIF log.",
    ),
]  # fmt: skip
_Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODE",
        help="Report only these codes; ATT stands for all codes ATT-…, and a comma parts several.",
    ),
]
_Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="CODE", help="Do not report these codes.")]


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command()(check)


def check(
    context: typer.Context,
    inputs: _Inputs,
    *,
    output_format: _Format = CheckFormat.text,
    select: _Select = None,
    ignore: _Ignore = None,
    rules: Rules = None,
    ocr: Ocr = OcrName.auto,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Tells what in a document contradicts itself, is missing or looks wrong.

    Every finding has a code (`nqparse rules ATT-003` explains it) and a severity: E is a contradiction, W a likely
    defect, I something unusual. Exits with 1 if there is a finding of severity E, or if a file could not be read.

    **Example:** `nqparse check nghi-quyet.txt --ignore SIG,RCP`
    """
    from nqparse import batch  # noqa: PLC0415
    from nqparse.checks import Config  # noqa: PLC0415
    from nqparse.source.ocr.options import OcrOptions  # noqa: PLC0415

    talk = talk_of(context)
    config = Config.of(batch.load_rules(rules), select=_codes(select), ignore=_codes(ignore))
    _refuse_unknown(config)
    found = batch.find_inputs(inputs)
    failures: list[NqparseError] = []
    read = partial(batch.parse_input, rules=rules, ocr=OcrOptions(ocr.value))
    checked = _checked(found, read, config, talk, failures)
    faulty = _print(checked, output_format, config, talk.language)
    if failures and len(failures) == len(found.files):
        raise typer.Exit(max(error.exit_code for error in failures))
    raise typer.Exit(ExitCode.FINDINGS if faulty or failures else ExitCode.OK)


def _codes(values: list[str] | None) -> tuple[str, ...]:
    """Returns the codes of an option that may be given several times, each with several codes."""
    parts = (part.strip().upper() for value in values or () for part in value.split(","))
    return tuple(part for part in parts if part)


def _refuse_unknown(config: Config) -> None:
    for code in (*config.select, *config.ignore):
        if not any(known.startswith(code) for known in config.catalogue):
            raise UsageError(
                f"{code}: there is no diagnostic with this code",
                f"{code}: không có mã chẩn đoán này",
                hint_en="`nqparse rules` lists all codes.",
                hint_vi="`nqparse rules` liệt kê mọi mã.",
            )


def _checked(
    found: Inputs, read: Callable[[Input], Document], config: Config, talk: Talk, failures: list[NqparseError]
) -> Iterator[tuple[Document, list[Diagnostic]]]:
    """Yields each document with its findings; what cannot be read is told and does not stop the others."""
    wanted = frozenset(config.codes)
    for source in found.files:
        try:
            document = read(source)
        except NqparseError as error:
            talk.error(error)
            failures.append(error)
            continue
        if source.path is not None:
            document.source.name = str(source.path)  # so that editors find the file
        yield document, [finding for finding in document.diagnostics if finding.code in wanted]


def _print(
    checked: Iterator[tuple[Document, list[Diagnostic]]],
    output_format: CheckFormat,
    config: Config,
    language: Language,
) -> bool:
    """Prints the findings; tells whether one of them is an error."""
    from nqparse.export import findings as export  # noqa: PLC0415

    if output_format in (CheckFormat.json, CheckFormat.sarif):
        everything = list(checked)
        as_json = output_format is CheckFormat.json
        write_out(
            export.to_json(everything) if as_json else export.to_sarif(everything, config.catalogue, language=language)
        )
        return any(finding.severity == "E" for _, found in everything for finding in found)
    faulty = False
    show = export.to_lines if output_format is CheckFormat.text else export.to_github
    for document, found in checked:
        lines = show(document, found, language=language)
        if lines:
            write_out("\n".join(lines) + "\n")
        faulty = faulty or any(finding.severity == "E" for finding in found)
    return faulty
