"""The figures of an archive as a table for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from nqparse.archive.status import Failure, Status
from nqparse.errors import Language
from nqparse.talk import in_language

_MOST = 12  # codes of diagnostics that are shown


def render(status: Status, failures: Sequence[Failure], language: Language) -> RenderableType:
    """Returns the figures, and below them the failures that are given."""
    say = partial(in_language, language)
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(say("archive", "kho"), Text(status.path, "bold"))
    table.add_row(say("documents", "văn bản"), f"{status.documents:,}")
    table.add_row(say("files", "tệp"), f"{status.sources:,}")
    table.add_row(say("failed", "lỗi"), _with(status.failed, status.failures))
    table.add_row(say("changed since", "đã thay đổi"), f"{status.changed:,}")
    table.add_row(say("gone since", "không còn"), f"{status.gone:,}")
    table.add_row(say("size", "dung lượng"), _size(status))
    table.add_row(say("layout", "cấu trúc"), str(status.schema_version))
    table.add_row(say("parsed by", "đọc bởi"), _list(status.versions))
    most = dict(sorted(status.diagnostics.items(), key=lambda item: (-item[1], item[0]))[:_MOST])
    table.add_row(say("findings", "phát hiện"), _with(sum(status.diagnostics.values()), most))
    last = status.last_run
    if last is not None:
        ended = last.ended or say("not ended", "chưa xong")
        table.add_row(say("last run", "lần chạy cuối"), f"{last.run_id}: {last.started} – {ended}")
        figures = (
            (last.parsed, "parsed", "đã đọc"), (last.skipped, "skipped", "bỏ qua"), (last.failed, "failed", "lỗi"),
        )  # fmt: skip
        table.add_row("", ", ".join(f"{count:,} {say(en, vi)}" for count, en, vi in figures))
    if not failures:
        return table
    reasons = Table(box=None, pad_edge=False, show_header=False)
    reasons.add_column(overflow="fold", style="bold")
    reasons.add_column(overflow="fold")
    for failure in failures:
        reasons.add_row(failure.path, failure.error_vi if language == "vi" else failure.error)
    return Group(table, Text(), reasons)


def _with(total: int, parts: dict[str, int]) -> str:
    return f"{total:,}  ({_list(parts)})" if parts else f"{total:,}"


def _list(parts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in parts.items())


def _size(status: Status) -> str:
    each = f"  ({status.bytes / status.documents / 1000:.1f} kB / document)" if status.documents else ""
    return f"{status.bytes / 1_000_000:,.1f} MB{each}"
