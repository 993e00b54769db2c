"""The command line: `nqparse parse`, `explain`, `schema`, `evaluate` and `rules`; other modules add their commands.

Data goes to stdout, talk to stderr, and every way to end has its exit code (`nqparse.errors`). What a
command needs is imported inside it, so that each starts as fast as it can.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nqparse import cli_archive, cli_check, cli_export, cli_scan, cli_search, cli_serve
from nqparse.cli_options import Debug, Encoding, Jobs, Lang, Ocr, OcrName, Rules, talk_of
from nqparse.errors import Bug, ExitCode, InputError, NqparseError, PipeClosedError
from nqparse.talk import (
    Talk,
    is_watched,
    language_of,
    page_progress,
    rendered,
    stdout_shape,
    with_progress,
    write_out,
)

if TYPE_CHECKING:
    from nqparse.batch import Inputs, Options
    from nqparse.evaluate import Report

# What typer raises for a wrong command line. Its class has moved between versions; its heir has not.
_TyperError: Any = next(base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException")

app = typer.Typer(
    name="nqparse",
    help="Turns Vietnamese resolutions (nghị quyết) into validated JSON in which every value is anchored in the text.",
    epilog="Exit codes are stable and listed in docs/exit-codes.md.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


class FormatName(str, Enum):
    """What `parse` can print."""

    json = "json"
    jsonl = "jsonl"
    tree = "tree"
    html = "html"


_Indent = Annotated[
    int,
    typer.Option(
        "--indent", metavar="N", min=0, max=8, help="Indent JSON by this many spaces; 0 puts it on one line."
    ),
]  # fmt: skip


def _show_version(value: bool) -> None:
    if value:
        from nqparse import __version__  # noqa: PLC0415

        write_out(f"nqparse {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


# -- parse --------------------------------------------------------------------------------------------


@app.command()
def parse(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|DIR|-",
            help="Files to parse, folders whose texts and web pages are parsed, or - for stdin.",
        ),
    ],
    *,
    output_format: Annotated[
        FormatName,
        typer.Option(
            "--format",
            "-f",
            metavar="json|jsonl|tree|html",
            help="Print JSON, one JSON document per line, an outline for the eye, or a page that shows every span.",
        ),
    ] = FormatName.json,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|DIR/",
            help="Write to this file, or one file per document into this folder, instead of stdout.",
        ),
    ] = None,
    indent: _Indent = 2,
    rules: Rules = None,
    encoding: Encoding = None,
    ocr: Ocr = OcrName.auto,
    jobs: Jobs = 1,
    split: Annotated[
        bool,
        typer.Option(
            "--split", help="Look for several documents in each file, and parse each by itself; JSON is then an array."
        ),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if a document has a diagnostic of severity E.")
    ] = False,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Reads resolutions and prints what is in them.

    One file gives one JSON document. Several files or a folder give an array, or with `--format jsonl` one
    document per line. A file that cannot be read is reported on stderr and does not stop the others.

    With `--split`, a gazette or a joined PDF gives one document for each resolution in it: `source.part` says which
    piece of the file it is, with its pages, and a folder gets `name-1.json`, `name-2.json`.

    **Example:** `nqparse parse nghi-quyet.txt --format tree`
    """
    from nqparse import batch  # noqa: PLC0415

    talk = talk_of(context)
    found = batch.find_inputs(inputs)
    batch.parser(rules)  # rules that cannot be used are told once, not once per file
    color, width = stdout_shape() if output is None else (False, 100)
    options = batch.Options(
        output_format.value, indent or None, rules, talk.language, color, width, encoding, ocr.value, split
    )
    talk.left_out(found.skipped)
    raise typer.Exit(_run_batch(found, options, talk, output=output, jobs=jobs or os.cpu_count() or 1, strict=strict))


def _run_batch(found: Inputs, options: Options, talk: Talk, *, output: str | None, jobs: int, strict: bool) -> ExitCode:
    from nqparse import batch  # noqa: PLC0415

    failures: list[NqparseError] = []
    faulty = 0
    # Where the results run through the same terminal, they are the progress.
    watched = found.many and is_watched() and not (output is None and stdout_shape()[0])
    with ExitStack() as stack:
        sink = stack.enter_context(batch.open_sink(output, found, options.format, split=options.split))
        pages = None if watched else stack.enter_context(page_progress())  # one bar at a time
        outcomes = batch.convert_all(found.files, options, jobs, progress=pages)
        if watched:
            outcomes = with_progress(outcomes, len(found.files), lambda outcome: outcome.input.name or "")
        for outcome in outcomes:
            if outcome.error is None:
                sink.put(outcome)
                faulty += outcome.faulty
            elif not found.many:
                raise outcome.error  # and no output file comes into being
            else:
                talk.error(outcome.error)
                failures.append(outcome.error)
    total = len(found.files)
    if failures:
        parsed = total - len(failures)
        talk.note(f"{parsed} of {total} files parsed", f"đã đọc {parsed} trên {total} tệp")
        return ExitCode.FINDINGS if parsed else max(error.exit_code for error in failures)
    return ExitCode.FINDINGS if strict and faulty else ExitCode.OK


# -- explain, schema, rules ---------------------------------------------------------------------------


@app.command()
def explain(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The file to explain, or - for stdin.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    rules: Rules = None,
    encoding: Encoding = None,
    ocr: Ocr = OcrName.auto,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Tells why a text was read as it was.

    Every line is shown with the zone that it was given, the rules that spoke for and against it, and the
    margin over the second best zone. Every label is shown with its rule, its strength and whether it became a section.

    **Example:** `nqparse explain nghi-quyet.txt`
    """
    from nqparse import batch  # noqa: PLC0415
    from nqparse.explain import explain as explain_text  # noqa: PLC0415
    from nqparse.source import read  # noqa: PLC0415
    from nqparse.source.ocr.options import OcrOptions  # noqa: PLC0415

    with page_progress() as pages:
        found = read(sys.stdin if file == batch.STDIN else file, encoding=encoding, ocr=OcrOptions(ocr.value, pages))
    explanation = explain_text(found.text, name=found.source.name, rules=batch.load_rules(rules) if rules else None)
    if as_json:
        write_out(json.dumps(explanation.to_dict(), ensure_ascii=False, indent=1) + "\n")
        return
    color, width = stdout_shape()
    write_out(rendered(explanation.render(talk_of(context).language), color=color, width=width))


@app.command()
def schema(*, indent: _Indent = 2, lang: Lang = None, debug: Debug = False) -> None:
    """Prints the JSON Schema of the output.

    The schema is made from the same models that validate every document, so the two cannot differ.

    **Example:** `nqparse schema > nqparse.schema.json`
    """
    from nqparse.document import json_schema  # noqa: PLC0415

    write_out(json.dumps(json_schema(), ensure_ascii=False, indent=indent or None) + "\n")


@app.command()
def rules(
    context: typer.Context,
    rule_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The rule to show; without it, all rules are listed.")
    ] = None,
    *,
    rules_folder: Rules = None,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Lists the rules, or shows one with its examples.

    The ids are those that `nqparse explain` prints and that entities carry in `rule`.

    **Example:** `nqparse rules label.article`
    """
    from nqparse import batch  # noqa: PLC0415
    from nqparse.export.rules import find, listing, one_rule  # noqa: PLC0415

    loaded = batch.load_rules(rules_folder)
    color, width = stdout_shape()
    if rule_id is None:
        write_out(rendered(listing(loaded), color=color, width=width))
        return
    family, rule = find(loaded, rule_id)
    write_out(rendered(one_rule(family, rule), color=color, width=width))


# -- evaluate -----------------------------------------------------------------------------------------


@app.command()
def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD_DIR", help="Specimen folders, or folders of specimen folders.")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON instead of tables.")] = False,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Save the report to this file, to compare with later.")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="FILE",
            help="Show gains and losses against this saved report; exit with 1 if a figure fell.",
        ),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show all figures and every fault.")] = False,
    rules: Rules = None,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Parses annotated specimens and scores the result against their gold.

    A document on which the parser fails counts as zero. The share of documents whose whole skeleton is right is the
    first figure to look at.

    **Example:** `nqparse evaluate corpus --save before.json`
    """
    from nqparse import batch  # noqa: PLC0415
    from nqparse.evaluate import compare  # noqa: PLC0415
    from nqparse.evaluate import evaluate as measure  # noqa: PLC0415
    from nqparse.evaluate_report import render  # noqa: PLC0415
    from nqparse.pipeline import parse as parse_text  # noqa: PLC0415

    previous = _saved_report(against) if against else None
    loaded = batch.load_rules(rules)
    with _gold_errors():
        report = measure(gold, partial(parse_text, rules=loaded if rules else None))
    if save:
        batch.write_file(save, report.to_json())
    if as_json:
        write_out(report.to_json())
    else:
        color, width = stdout_shape()
        write_out(rendered(render(report, previous, verbose=verbose), color=color, width=width))
    if previous is not None and any(change.gain < 0 for change in compare(previous, report).figures):
        raise typer.Exit(ExitCode.FINDINGS)


def _saved_report(path: Path) -> Report:
    from nqparse.evaluate import Report  # noqa: PLC0415

    try:
        return Report.from_json(path.read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{path}: cannot be read: {reason}", f"{path}: không đọc được ({reason})") from None
    except ValueError:
        raise InputError(
            f"{path}: this is no report of this version", f"{path}: không phải báo cáo của phiên bản này",
            hint_en="Make one with: nqparse evaluate GOLD_DIR --save FILE",
            hint_vi="Tạo báo cáo bằng: nqparse evaluate GOLD_DIR --save FILE",
        ) from None  # fmt: skip


@contextmanager
def _gold_errors() -> Iterator[None]:
    """Turns what is wrong with the gold into an error of the input."""
    from nqparse.gold import GoldError  # noqa: PLC0415

    try:
        yield
    except (GoldError, OSError, UnicodeDecodeError) as error:
        problem = str(error).splitlines()[0]
        raise InputError(f"the gold cannot be used: {problem}", f"không dùng được dữ liệu chuẩn: {problem}") from None


cli_check.register(app)
cli_export.register(app)
cli_scan.register(app)
cli_search.register(app)
cli_serve.register(app)
cli_archive.register(app)


# -- the way in and out -------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits with its code; this is the entry point `nqparse`."""
    # Loading makes many objects and hardly any garbage; looking for it would take a tenth of the start.
    gc.set_threshold(100_000)
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code. Nobody is ever shown a traceback, except with `--debug`."""
    talk = Talk(language_of(os.environ))
    try:
        result = typer.main.get_command(app).main(
            args=list(sys.argv[1:] if arguments is None else arguments),
            prog_name="nqparse",
            standalone_mode=False,
            obj=talk,
        )
        return int(result or 0)
    except PipeClosedError as error:
        return error.exit_code
    except NqparseError as error:
        return talk.error(error)
    except _TyperError as error:
        error.show()
        return int(error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    except Exception as error:  # the last resort
        return talk.error(Bug.of(error, traceback.format_exc()))


if __name__ == "__main__":
    main()
