"""The commands `nqparse archive add`, `status`, `verify`, `upgrade` and `duplicates`: many documents in one file.

`register` puts them into the command line (`nqparse.cli`), with the options that all commands share.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nqparse.cli_options import ArchiveFolder, Debug, Encoding, Jobs, Lang, Ocr, OcrName, Rules, talk_of
from nqparse.errors import ExitCode, NqparseError, UsageError
from nqparse.talk import Talk, file_progress, rendered, stdout_shape, write_out

if TYPE_CHECKING:
    from nqparse.archive.adding import Report

group = typer.Typer(
    name="archive",
    help="Keeps many documents in one file: adds what is new, and tells what is there.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


def register(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    app.add_typer(group)


@group.command()
def add(
    context: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="FILE|DIR", help="Files to add, and folders whose documents are added.")
    ],
    *,
    archive: ArchiveFolder,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Also parse files that have not changed, if they failed before, or another version of nqparse or "
            "other settings (--rules, --encoding, --ocr) parsed them.",
        ),
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Write to this file, as JSON, what became of the files."),
    ] = None,
    rules: Rules = None,
    encoding: Encoding = None,
    ocr: Ocr = OcrName.auto,
    jobs: Jobs = 0,
    dask: Annotated[
        bool, typer.Option("--dask", help="Parse in dask workers that are started here, as many as --jobs says.")
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="ADDRESS",
            help="Parse on the cluster of this dask scheduler, as tcp://host:8786; all machines see the files and the "
            "archive under the same paths.",
        ),
    ] = None,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Adds documents to an archive; the first time, the archive is made.

    A file that has not changed since it was added is not read again, and one that has replaces its document. The same
    bytes in two files are one document with two sources. A file that cannot be read is reported and does not stop the
    others. The run may be broken off at any time, by `kill -9` too: the next one goes on where it ended. Files that are
    not there any more keep their documents. The archive can be read and searched meanwhile; `DIR/metadata.json`
    describes its tables to datasette.

    **Example:** `nqparse archive add resolutions/ --archive archive/`
    """
    from nqparse.archive.archive import Archive  # noqa: PLC0415
    from nqparse.files import whole_file  # noqa: PLC0415

    talk = talk_of(context)
    with Archive(archive, mode="a") as opened, file_progress() as bar:

        def watch(name: str, done: int, total: int, error: NqparseError | None) -> None:
            if error is not None:
                talk.error(error)
            if bar is not None:
                bar(name, done, total)

        try:
            if dask or scheduler:
                from nqparse import distributed  # noqa: PLC0415

                with distributed.connected(scheduler, jobs) as client:
                    result = distributed.add(
                        opened, paths, client, again=again, rules=rules, encoding=encoding, ocr=ocr.value, watch=watch
                    )
            else:
                result = opened.add(
                    paths, jobs=jobs, again=again, rules=rules, encoding=encoding, ocr=ocr.value, watch=watch
                )
        except KeyboardInterrupt:
            talk.note(
                "broken off; what is done is kept, and the same command goes on from there",
                "đã dừng; phần đã xong được giữ, chạy lại lệnh để tiếp tục",
            )
            raise
        documents = len(opened)
    _tell(talk, result, documents)
    if report is not None:
        with whole_file(report) as stream:
            text = json.dumps(result.to_dict(), ensure_ascii=False, indent=1)
            stream.write(text.encode("utf-8", "replace") + b"\n")
    raise typer.Exit(_exit_code(result))


def _tell(talk: Talk, report: Report, documents: int) -> None:
    rate = report.parsed / report.seconds if report.seconds else 0
    talk.left_out(report.left_out)
    talk.note(
        f"{report.files} files: {report.parsed} parsed, {report.known} known from other files, {report.skipped} not "
        f"changed, {report.failed} failed; {report.seconds:.1f} s, {rate:.0f} parsed per second; "
        f"{documents} documents in the archive",
        f"{report.files} tệp: {report.parsed} đã đọc, {report.known} trùng tệp khác, {report.skipped} không đổi, "
        f"{report.failed} lỗi; {report.seconds:.1f} giây, {rate:.0f} tệp mỗi giây; kho có {documents} văn bản",
    )
    if report.diagnostics:
        most = ", ".join(f"{code} {count}" for code, count in report.diagnostics.most_common(8))
        talk.note(f"most frequent findings: {most}", f"phát hiện nhiều nhất: {most}")
    if report.errors:
        kinds = ", ".join(f"{kind} {count}" for kind, count in report.errors.most_common())
        talk.note(f"failures: {kinds}", f"lỗi: {kinds}")
    if report.failed_before:
        talk.note(
            f"{report.failed_before} of the files that have not changed failed before; --again tries them once more",
            f"{report.failed_before} tệp không đổi đã lỗi ở lần trước; --again sẽ thử lại",
        )
    if report.other_version:
        talk.note(
            f"{report.other_version} of the files that have not changed were parsed by another version or with other "
            "settings; --again parses them anew",
            f"{report.other_version} tệp không đổi do phiên bản hoặc thiết lập khác đọc; --again sẽ đọc lại",
        )
    if report.gone:
        talk.note(
            f"{report.gone} files are not there any more; their documents stay",
            f"{report.gone} tệp không còn; văn bản của chúng vẫn được giữ",
        )


def _exit_code(report: Report) -> ExitCode:
    if not report.failures:
        return ExitCode.OK
    if report.failed < report.files:
        return ExitCode.FINDINGS
    return max(error.exit_code for _, error in report.failures)


@group.command()
def status(
    context: typer.Context,
    *,
    archive: ArchiveFolder,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    failures: Annotated[bool, typer.Option("--failures", help="List the files that failed, with the reason.")] = False,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Tells what is in an archive: documents, files, failures, its size, and the last run.

    Files that have changed or are gone since they were added are counted; nothing is read or written.

    **Example:** `nqparse archive status --archive archive/`
    """
    from nqparse.archive.archive import Archive  # noqa: PLC0415
    from nqparse.archive.status_table import render  # noqa: PLC0415

    with Archive(archive) as opened:
        figures = opened.status()
        failed = opened.failures() if failures else []
    if as_json:
        plain = figures.to_dict()
        if failures:
            plain["failed_files"] = list(map(asdict, failed))
        write_out(json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
        return
    color, width = stdout_shape()
    write_out(rendered(render(figures, failed, talk_of(context).language), color=color, width=width))


@group.command()
def verify(
    context: typer.Context,
    *,
    archive: ArchiveFolder,
    files: Annotated[
        bool, typer.Option("--files", help="Also read every file that was added, and compare its hash.")
    ] = False,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Tells whether an archive is still whole.

    The file is looked through, every span of every document is checked against its text, and the rows of the tables
    are compared with the documents that they were made from. Exits with 1 if something is not as it should be.

    **Example:** `nqparse archive verify --archive archive/ --files`
    """
    from nqparse.archive.archive import Archive  # noqa: PLC0415

    talk = talk_of(context)
    count = 0
    with Archive(archive) as opened, file_progress("/s") as bar:
        for problem in opened.verify(files=files, watch=bar):
            where = f"{problem.where}: " if problem.where else ""
            talk.note(f"{where}{problem.en}", f"{where}{problem.vi}")
            count += 1
        documents = len(opened)
    if count:
        talk.note(f"{count} problems in {documents} documents", f"{count} vấn đề trong {documents} văn bản")
        raise typer.Exit(ExitCode.FINDINGS)
    talk.note(f"{documents} documents, all as they should be", f"{documents} văn bản, tất cả đều đúng")


@group.command()
def upgrade(context: typer.Context, *, archive: ArchiveFolder, lang: Lang = None, debug: Debug = False) -> None:
    """Brings an archive that an older nqparse made up to the layout of this one.

    `nqparse archive add` does the same before it adds. Either all of it is done, or nothing.

    **Example:** `nqparse archive upgrade --archive archive/`
    """
    from nqparse.archive.archive import Archive  # noqa: PLC0415
    from nqparse.archive.schema import SCHEMA_VERSION  # noqa: PLC0415
    from nqparse.archive.store import existing  # noqa: PLC0415

    with Archive(existing(archive), mode="a") as opened:
        talk_of(context).note(
            f"{opened.path}: this archive has layout {SCHEMA_VERSION}",
            f"{opened.path}: kho có cấu trúc phiên bản {SCHEMA_VERSION}",
        )


@group.command()
def duplicates(
    context: typer.Context,
    *,
    archive: ArchiveFolder,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a list.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV: one row per file of each record.")] = False,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Lists the resolutions that several files hold, and where these files contradict each other.

    Copies are found by symbol, date and issuer and by texts that are nearly the same, so that a Word file and the scan
    of it are shown as one record with two sources. Nothing is read again and nothing is changed.

    **Example:** `nqparse archive duplicates --archive archive/`
    """
    from nqparse.archive import duplicates_shown  # noqa: PLC0415
    from nqparse.archive.archive import Archive  # noqa: PLC0415

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other", "--json và --csv không dùng cùng nhau")
    talk = talk_of(context)
    with Archive(archive) as opened:
        records = opened.duplicates()
    if as_json:
        write_out(json.dumps([record.to_dict() for record in records], ensure_ascii=False, indent=1) + "\n")
    elif as_csv:
        write_out(duplicates_shown.csv_of(records))
    else:
        color, width = stdout_shape()
        write_out(rendered(duplicates_shown.render(records, talk.language), color=color, width=width))
    files = sum(len(record.sources) for record in records)
    contradicting = sum(bool(record.conflicts) for record in records)
    talk.note(
        f"{len(records)} resolutions are in {files} files; the files of {contradicting} differ in what they say",
        f"{len(records)} nghị quyết nằm trong {files} tệp; {contradicting} nghị quyết có các tệp mâu thuẫn nhau",
    )
