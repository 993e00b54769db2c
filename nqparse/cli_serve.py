"""The commands `nqparse serve` and `nqparse review export|gold`: correcting what was parsed, and taking it out again.

`register` puts them into the command line (`nqparse.cli`), with the options that all commands share.
"""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import Annotated

import typer

from nqparse.cli_export import ExportFormat
from nqparse.cli_options import ArchiveFolder, Debug, Lang, talk_of
from nqparse.errors import ExitCode, OutputError, UsageError
from nqparse.talk import write_out

group = typer.Typer(
    name="review",
    help="Takes what people approved out of an archive: in every export format, or as gold.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
_TOKEN = "NQPARSE_TOKEN"


def register(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    app.command()(serve)
    app.add_typer(group)


def serve(
    context: typer.Context,
    *,
    archive: Annotated[
        Path | None, typer.Option("--archive", "-a", metavar="DIR", help="The folder of the archive; made if missing.")
    ] = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Listen at this address; others than this machine's need "
                          "--token or --users.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", metavar="N", min=1, max=65535, help="Listen at this port.")
    ] = 8642,
    token: Annotated[
        str | None,
        typer.Option("--token", metavar="SECRET", envvar=_TOKEN, show_envvar=True,
                     help="Whoever comes in has to have this secret, of 16 characters or more."),
    ] = None,
    users: Annotated[
        Path | None,
        typer.Option("--users", metavar="FILE", help="Whoever comes in has to sign in with a name and password of this "
                     "file: lines of NAME:HASH, made with --hash-password."),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="Also answer to this host name; may be given several times."),
    ] = None,
    author: Annotated[
        str, typer.Option("--author", metavar="NAME", help="Who makes changes where nobody has to sign in.")
    ] = "",
    certificate: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="Serve by HTTPS with this certificate (PEM).")
    ] = None,
    key: Annotated[Path | None, typer.Option("--tls-key", metavar="FILE", help="The key of that certificate.")] = None,
    hash_password: Annotated[
        str | None,
        typer.Option("--hash-password", metavar="NAME", help="Ask for a password, print the line for --users, end."),
    ] = None,
    lang: Lang = None,
    debug: Debug = False,
) -> None:  # fmt: skip
    """Opens the review desk and its API in the browser.

    By default only this machine can reach it. Corrections lie over the machine's reading and never overwrite it. The
    API is described at /api/v1/openapi.json.

    **Example:** `nqparse serve --archive archive/`
    """
    try:
        import fastapi  # noqa: F401, PLC0415
        import jinja2  # noqa: F401, PLC0415
        import python_multipart  # noqa: F401, PLC0415
        import uvicorn  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise OutputError(
            f"serving needs the library {error.name}, which is not installed", f"chưa cài thư viện {error.name}",
            hint_en="Install it with: pip install 'nqparse[serve]'", hint_vi="Cài bằng: pip install 'nqparse[serve]'",
        ) from None  # fmt: skip
    from nqparse.web.app import make_app  # noqa: PLC0415
    from nqparse.web.sessions import hash_password as hashed  # noqa: PLC0415
    from nqparse.web.settings import ServeSettings, read_users  # noqa: PLC0415

    if hash_password is not None:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        write_out(f"{hash_password}:{hashed(password)}\n")
        return
    if archive is None:
        raise UsageError("--archive says which archive is to be served", "cần --archive để biết mở kho nào")
    _check_tls(certificate, key)
    settings = ServeSettings(
        archive, host, port, token, {} if users is None else read_users(users), tuple(name or ()), author
    )
    app = make_app(settings)
    address = f"{'https' if certificate else 'http'}://{settings.name}:{port}/"
    talk_of(context).note(f"{address} — Ctrl-C ends it", f"{address} — nhấn Ctrl-C để dừng")
    uvicorn.run(
        app, host=host, port=port, log_level="warning", server_header=False, access_log=False,
        ssl_certfile=None if certificate is None else os.fspath(certificate),
        ssl_keyfile=None if key is None else os.fspath(key),
    )  # fmt: skip


def _check_tls(certificate: Path | None, key: Path | None) -> None:
    """Refuses a certificate and a key by which nothing can be served."""
    if certificate is None:
        if key is not None:
            raise UsageError("--tls-key needs --tls-cert", "--tls-key cần đi cùng --tls-cert")
        return
    try:
        # Without a password for the key, none is asked for in the middle of a start.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except OSError as error:  # SSLError is one, too
        raise UsageError(
            f"{certificate}: HTTPS cannot be served with this certificate and key: {error}",
            f"{certificate}: không dùng được chứng chỉ và khóa này cho HTTPS",
            hint_en="Both are PEM files; the key has no password, or is in the file of the certificate.",
            hint_vi="Cả hai là tệp PEM; khóa không có mật khẩu, hoặc nằm trong tệp chứng chỉ.",
        ) from None


@group.command("export")
def export_approved(
    context: typer.Context,
    *,
    archive: ArchiveFolder,
    to: Annotated[ExportFormat, typer.Option("--to", "-t", metavar="FORMAT", help="A format of `nqparse export`.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE|DIR", help="Write to this file or folder.")],
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Writes the approved documents, with their corrections, in a format of `nqparse export`.

    They are written as they were when they were approved, whatever a newer version read since.

    **Example:** `nqparse review export --archive archive/ --to akoma-ntoso --output xml/`
    """
    from nqparse.archive.archive import Archive  # noqa: PLC0415
    from nqparse.export.formats import export  # noqa: PLC0415
    from nqparse.review.desk import Desk  # noqa: PLC0415

    with Archive(archive) as opened:
        count = export(Desk(opened).approved(), to.value, output)
    talk_of(context).note(f"{count} documents written to {output}", f"đã ghi {count} văn bản vào {output}")


@group.command("gold")
def gold_of_approved(
    context: typer.Context,
    *,
    archive: ArchiveFolder,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Write a folder per document in here.")],
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Writes the approved documents as gold, by which `nqparse evaluate` measures the parser.

    Exits with 1 if a document cannot be gold; it is named.

    **Example:** `nqparse review gold --archive archive/ --output gold/`
    """
    from nqparse.archive.archive import Archive  # noqa: PLC0415
    from nqparse.review.desk import Desk  # noqa: PLC0415
    from nqparse.review.gold import write_gold  # noqa: PLC0415

    talk = talk_of(context)
    with Archive(archive) as opened:
        written, refused = write_gold(Desk(opened), output)
    for document_id, reason in refused:
        talk.note(f"{document_id}: cannot be gold: {reason}", f"{document_id}: không thể làm dữ liệu chuẩn: {reason}")
    talk.note(f"{len(written)} specimens written to {output}", f"đã ghi {len(written)} mẫu vào {output}")
    if refused:
        raise typer.Exit(ExitCode.FINDINGS)
