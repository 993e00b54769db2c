"""The commands `nqparse search`, `query`, `graph` and `report`: what an archive answers.

`register` puts them into the command line (`nqparse.cli`), with the options that all commands share.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nqparse.cli_options import ArchiveFolder, Debug, Lang, talk_of
from nqparse.errors import UsageError
from nqparse.talk import rendered, stdout_shape, write_out

if TYPE_CHECKING:
    from rich.console import RenderableType

    from nqparse.archive.search import Hit


class GraphFormat(str, Enum):
    """What `graph` can write."""

    graphml = "graphml"
    csv = "csv"


_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
_Table = Annotated[bool, typer.Option("--table", help="Print a table for the eye.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    app.command()(search)
    app.command()(query)
    app.command()(graph)
    app.command()(report)


def search(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[QUERY]", help="What to look for; filters alone will do, too.")
    ] = None,
    *,
    archive: ArchiveFolder,
    issuer: Annotated[
        str | None, typer.Option("--issuer", metavar="NAME", help="Only of issuers whose names have these words.")
    ] = None,
    year: Annotated[
        str | None, typer.Option("--year", metavar="YYYY[-YYYY]", help="Only of this year, or of these years.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="TYPE", help="Only documents of this type: nghị quyết.")
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", metavar="NAME", help="Only with this place in front of their date.")
    ] = None,
    symbol: Annotated[
        str | None,
        typer.Option("--symbol", metavar="SYMBOL", help="Only with this number and symbol, or these parts of it."),
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Only dated on this day or later: 2021, 2021-03.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Only dated on this day or earlier.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=0, help="Show at most so many hits.")] = 10,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help="Leave out so many hits before.")] = 0,
    as_json: _Json = False,
    as_csv: _Csv = False,
    as_table: _Table = False,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Searches the documents of an archive and shows the best passage of each.

    Words are found with or without accents, and however they are spelled (kỷ, kĩ; hoà, hòa). "…" is a phrase, thuỷ*
    a beginning, OR parts alternatives, -mầm leaves documents out, and issuer:"Phú Yên" year:2019-2021 kind: place:
    symbol: are filters. With `--json` every hit carries its offsets in the document's text.

    **Example:** `nqparse search '"ngân sách" học phí year:2021' --archive archive/`
    """
    from nqparse.archive.archive import Archive  # noqa: PLC0415
    from nqparse.export.places import csv_text  # noqa: PLC0415

    form = _form(as_json, as_csv, as_table)
    with Archive(archive) as opened:
        hits = opened.search(
            " ".join(words or ()), limit=limit, offset=offset, issuer=issuer, year=year, kind=kind, place=place,
            symbol=symbol, from_=first, to=last,
        )  # fmt: skip
    if form == "json":
        write_out(json.dumps([hit.to_dict() for hit in hits], ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        names = ("document_id", "symbol", "issued", "issuer", "title", "zone", "section_id", "score", "start", "end")
        rows = [[*(getattr(hit, name) for name in names), _line(hit.snippet.text)] for hit in hits]
        write_out(csv_text([*names, "snippet"], rows))
    elif hits:
        color, width = stdout_shape()
        write_out(rendered(_shown(hits), color=color, width=width))
    else:
        talk_of(context).note("nothing was found", "không tìm thấy gì")


def query(
    context: typer.Context,
    sql: Annotated[str | None, typer.Argument(metavar="[SQL]", help="The question, one SELECT.")] = None,
    *,
    archive: Annotated[
        Path | None,
        typer.Option(
            "--archive", "-a", metavar="DIR", help="The folder of the archive; its file is DIR/archive.sqlite."
        ),
    ] = None,
    tables: Annotated[
        bool, typer.Option("--tables", help="List the tables and views with what is in their columns.")
    ] = False,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="N", min=0, help="Give up after so many seconds; 0 never does.")
    ] = 60,
    as_json: _Json = False,
    as_csv: _Csv = False,
    as_table: _Table = False,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Answers a question in SQL; nothing that is asked can change the archive.

    On a terminal the answer is a table, elsewhere CSV. `nqparse query --tables` lists what can be asked: tables such as
    resolutions, sections and citations, and views such as attendance, votes and people.

    **Example:** `nqparse query "SELECT symbol, title FROM resolutions WHERE year = 2021" --archive archive/`
    """
    from nqparse.archive.reading import ask  # noqa: PLC0415
    from nqparse.export.places import csv_text  # noqa: PLC0415

    form = _form(as_json, as_csv, as_table)
    color, width = stdout_shape()
    if tables:
        _write_catalogue(form, color=color, width=width)
        return
    if sql is None or archive is None:
        missing = ("a question in SQL", "câu truy vấn SQL") if sql is None else ("--archive DIR", "--archive DIR")
        raise UsageError(
            f"{missing[0]} is missing", f"thiếu {missing[1]}",
            hint_en='Write it like this: nqparse query "SELECT symbol FROM resolutions" --archive DIR',
            hint_vi='Viết như sau: nqparse query "SELECT symbol FROM resolutions" --archive DIR',
        )  # fmt: skip
    answer = ask(archive, sql, seconds=seconds or None)
    if form == "json":
        plain = [{name: _jsonable(value) for name, value in row.items()} for row in answer]
        write_out(json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
    elif form == "table" or (form is None and color):
        write_out(rendered(_grid(answer.columns, answer.rows), color=color, width=width))
    else:
        write_out(csv_text(answer.columns, [[_jsonable(value) for value in row] for row in answer.rows]))


def graph(
    context: typer.Context,
    *,
    archive: ArchiveFolder,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")],
    form: Annotated[
        GraphFormat, typer.Option("--format", "-f", metavar="graphml|csv", help="Write GraphML, or the ties as CSV.")
    ] = GraphFormat.graphml,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Writes who cites, amends, replaces, repeals, extends, implements or is based on whom.

    Documents of the archive are found as targets by their URI, or by type, symbol, date and issuer if all agree; where
    several could be meant, none is taken. What is not in the archive is there as a node of its own.

    **Example:** `nqparse graph --archive archive/ --format graphml -o citations.graphml`
    """
    from nqparse.archive.archive import Archive  # noqa: PLC0415
    from nqparse.files import whole_file  # noqa: PLC0415

    with Archive(archive) as opened:
        found = opened.citation_graph()
    with whole_file(output) as stream:
        text = found.to_graphml() if form is GraphFormat.graphml else found.to_csv()
        stream.write(text.encode("utf-8", "replace"))
    inside = sum(edge.resolved in ("uri", "symbol") for edge in found.edges)
    talk_of(context).note(
        f"{len(found.nodes)} documents and {len(found.edges)} ties, {inside} of them inside the archive, "
        f"written to {output}",
        f"đã ghi {len(found.nodes)} văn bản và {len(found.edges)} quan hệ, {inside} trong kho, vào {output}",
    )


def report(
    context: typer.Context,
    *,
    archive: ArchiveFolder,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Write the page to this file.")],
    made_on: Annotated[
        str | None,
        typer.Option(
            "--made-on", metavar="TEXT",
            help="Say on the page that it was made on this day. Without it the same archive gives the same page.",
        ),
    ] = None,
    lang: Lang = None,
    debug: Debug = False,
) -> None:  # fmt: skip
    """Writes one HTML page of figures and plots: years, issuers, attendance, citations, diagnostics.

    The page holds all that it needs and loads nothing from anywhere. The plots need `nqparse[report]` to be installed.

    **Example:** `nqparse report --archive archive/ -o report.html`
    """
    from nqparse.archive.archive import Archive  # noqa: PLC0415
    from nqparse.archive.report import render  # noqa: PLC0415
    from nqparse.files import whole_file  # noqa: PLC0415

    with Archive(archive) as opened:
        page = render(opened.connection, made_on=made_on)
    with whole_file(output) as stream:
        stream.write(page.encode("utf-8", "replace"))
    talk_of(context).note(f"the report is in {output}", f"báo cáo ở {output}")


# -- forms ------------------------------------------------------------------------------------------


def _form(as_json: bool, as_csv: bool, as_table: bool) -> str | None:
    given = [name for name, wanted in (("json", as_json), ("csv", as_csv), ("table", as_table)) if wanted]
    if len(given) > 1:
        names = " and ".join(f"--{name}" for name in given)
        raise UsageError(f"{names} exclude each other", f"không dùng cùng lúc {names.replace(' and ', ' và ')}")
    return given[0] if given else None


def _jsonable(value: Any) -> Any:
    """Returns a value of SQLite as JSON and CSV can hold it: bytes as hexadecimal digits."""
    return value.hex() if isinstance(value, bytes) else value


def _line(text: str) -> str:
    return " ".join(text.split())


def _shown(hits: Sequence[Hit]) -> RenderableType:
    """Returns hits as a terminal shows them: the document, and the snippet with what was found."""
    from rich.console import Group  # noqa: PLC0415
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    blocks: list[RenderableType] = []
    for hit in hits:
        head = Text(hit.symbol or hit.document_id, style="bold")
        for piece in (hit.issued, _line(hit.issuer or "")):
            if piece:
                head.append(f" · {piece}", style="not bold dim")
        place = hit.section_id and f"§ {hit.section_id}"
        if place and hit.appendix is not None:
            place = f"{place} (+{hit.appendix + 1})"
        head.append(f" · {place or hit.zone}", style="not bold cyan")
        snippet = Text()
        for text, found in hit.snippet.pieces():
            # Line breaks are layout; a row of dots between columns, too.
            snippet.append(text.replace("\n", " "), style="bold yellow" if found else "")
        blocks += [head, Padding(Text(_line(hit.title or "")), (0, 0, 0, 2)), Padding(_squeezed(snippet), (0, 0, 1, 2))]
    return Group(*blocks)


def _squeezed(text: Any) -> Any:
    """Returns a rich text with single spaces."""
    from rich.text import Text  # noqa: PLC0415

    joined = Text()
    for word in text.split(" "):
        if word.plain.strip():
            if joined.plain:
                joined.append(" ")
            joined.append_text(word)
    return joined


def _grid(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> RenderableType:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    kept = [list(row) for row in rows]
    for at, column in enumerate(columns):
        numbers = all(isinstance(row[at], int | float) or row[at] is None for row in kept)
        shown.add_column(Text(column), justify="right" if numbers and kept else "left", overflow="fold")
    for row in kept:
        shown.add_row(*(Text("" if value is None else str(_jsonable(value))) for value in row))
    return shown


def _write_catalogue(form: str | None, *, color: bool, width: int) -> None:
    from nqparse.archive.catalogue import catalogue  # noqa: PLC0415
    from nqparse.export.places import csv_text  # noqa: PLC0415

    found = catalogue().values()
    if form == "json":
        write_out(json.dumps([asdict(table) for table in found], ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        lines = [
            (table.name, table.kind, one.name, one.type, one.description) for table in found for one in table.columns
        ]
        write_out(csv_text(("table", "kind", "column", "type", "description"), lines))
    else:
        rows = [
            (table.name, table.kind, table.description, ", ".join(one.name for one in table.columns))
            for table in found
        ]
        write_out(rendered(_grid(("name", "kind", "description", "columns"), rows), color=color, width=width))
