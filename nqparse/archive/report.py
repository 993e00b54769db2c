"""The report: one HTML page of figures and plots about an archive, with all that it needs inside.

It speaks Vietnamese, with English beside it, loads nothing from anywhere and runs no script. Under each plot its
numbers can be opened as a table, for who cannot see it or wants to copy them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from nqparse.archive import report_plots
from nqparse.archive.report_figures import Figures, Ranked, figures_of
from nqparse.archive.report_style import STYLE

Cells = Sequence[Sequence[str | int]]

_THIN = "\N{THIN SPACE}"


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the page: its plot with titles in both languages, and the table of its numbers."""

    name: str
    vi: str
    en: str
    svg: str
    columns: tuple[str, ...]
    cells: Cells
    note: str = ""


def render(connection: sqlite3.Connection, *, made_on: str | None = None) -> str:
    """Returns the report of an archive as one HTML page.

    Args:
        connection: the archive.
        made_on: the day on which it is made, as it is to be shown. Without it there is none, and the same archive gives
            the same page.

    Raises:
        OutputError: if matplotlib is not installed.
    """
    report_plots.plotting()  # what is missing is told before anything is counted
    figures = figures_of(connection)
    parts = list(_parts(figures))
    made = f" · lập ngày {escape(made_on)}" if made_on else ""
    return "\n".join([
        "<!DOCTYPE html>",
        '<html lang="vi">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
        f"<title>Báo cáo kho nghị quyết</title><style>{STYLE}</style></head>",
        "<body><header><h1>Kho nghị quyết <span lang=\"en\">Archive of resolutions</span></h1>",
        f"<p>{_period(figures)}{made}</p>{_cards(figures)}</header>",
        "<main>",
        *map(_section, parts),
        "</main>",
        "<footer>nqparse</footer></body></html>",
        "",
    ])  # fmt: skip


def _parts(figures: Figures) -> Iterable[_Part]:
    """Yields what there is something to show of."""
    if figures.by_year:
        note = f"{figures.undated:,} văn bản không rõ năm / without a year" if figures.undated else ""
        yield _Part(
            "by-year", "Văn bản theo năm", "Documents per year", report_plots.by_year(figures), ("Năm", "Văn bản"),
            list(figures.by_year.items()), note,
        )  # fmt: skip
    if figures.by_month:
        yield _Part(
            "timeline", "Dòng thời gian", "Timeline, by month", report_plots.timeline(figures), ("Tháng", "Văn bản"),
            list(figures.by_month.items()),
        )  # fmt: skip
    if figures.by_issuer:
        yield _Part(
            "by-issuer", "Cơ quan ban hành", "Issuers with most documents", report_plots.by_issuer(figures),
            ("Cơ quan", "Văn bản"), _rows(figures.by_issuer),
        )  # fmt: skip
    if any(figures.by_issuer_and_year.values()):
        yield _Part(
            "matrix", "Cơ quan và năm", "Documents per issuer and year", report_plots.by_issuer_and_year(figures),
            ("Cơ quan", "Năm", "Văn bản"),
            [
                (name, year, count)
                for name, years in figures.by_issuer_and_year.items()
                for year, count in years.items()
            ],
        )  # fmt: skip
    if figures.attendance:
        yield _Part(
            "attendance", "Tỷ lệ có mặt", "Attendance over time", report_plots.attendance(figures),
            ("Ngày", "Số, ký hiệu", "Có mặt"),
            [(one.day, one.symbol, f"{100 * one.share:.1f} %") for one in figures.attendance[:500]],
            "Mỗi chấm là một kỳ họp, đường nối trung vị từng năm / dots are meetings, the line the median of each year",
        )  # fmt: skip
    if figures.most_cited:
        yield _Part(
            "most-cited", "Được viện dẫn nhiều nhất", "Documents that most others cite",
            report_plots.most_cited(figures), ("Văn bản", "Tên", "Số văn bản viện dẫn"),
            [(row.name, row.note, row.count) for row in figures.most_cited],
        )  # fmt: skip
    if figures.diagnostics:
        yield _Part(
            "diagnostics", "Điều cần xem lại", "Diagnostics by kind", report_plots.diagnostics(figures),
            ("Mã", "Mức và nội dung", "Số lần"), [(row.name, row.note, row.count) for row in figures.diagnostics],
            "Đỏ: mâu thuẫn, vàng: nghi sai, xám: lưu ý / red: contradiction, amber: likely defect, grey: note",
        )  # fmt: skip


def _rows(ranked: Sequence[Ranked]) -> Cells:
    return [(row.name, row.count) for row in ranked]


def _period(figures: Figures) -> str:
    years = [year for year, count in figures.by_year.items() if count]
    if not years:
        return "Chưa có văn bản nào ghi năm / no document with a year yet"
    return f"{years[0]}–{years[-1]}" if years[0] != years[-1] else str(years[0])


def _cards(figures: Figures) -> str:
    cards = (
        (figures.documents, "văn bản", "documents"),
        (figures.issuers, "cơ quan ban hành", "issuers"),
        (figures.citations, "lần viện dẫn", "citations"),
        (figures.inside, "viện dẫn trong kho", "citing ties inside"),
        (figures.severities["E"], "mâu thuẫn", "contradictions"),
        (figures.severities["W"], "nghi sai", "likely defects"),
    )
    shown = (
        f'<li><b>{f"{count:,}".replace(",", _THIN)}</b> {vi} <span lang="en">{en}</span></li>'
        for count, vi, en in cards
    )
    return f'<ul class="cards">{"".join(shown)}</ul>'


def _section(part: _Part) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in part.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in part.cells
    )
    note = f"<p>{escape(part.note)}</p>" if part.note else ""
    return (
        f'<section><h2 id="{part.name}-title">{part.vi} <span lang="en">{part.en}</span></h2>{note}'
        f"<figure>{part.svg}</figure>"
        f"<details><summary>Bảng số liệu <span lang=\"en\">Numbers</span></summary>"
        f"<div><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details></section>"
    )
