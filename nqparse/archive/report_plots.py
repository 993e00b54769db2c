"""The plots of the report, drawn by matplotlib as SVG that takes its colours and its type from the page.

Colours are drawn as marks and then named: `var(--ink)` and so on, so that the same picture serves light and dark.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from textwrap import shorten
from typing import Any

from nqparse.archive.report_figures import Figures, Ranked
from nqparse.export.places import missing_extra

# Colours that nothing else has: they only mark where the page's own go.
_INK, _SOFT, _LINE, _ACCENT, _SECOND = "#010203", "#040506", "#070809", "#0a0b0c", "#0d0e0f"
_ERROR, _WARNING = "#101112", "#131415"
_NAMES = {
    _INK: "ink", _SOFT: "soft", _LINE: "line", _ACCENT: "accent", _SECOND: "second", _ERROR: "error",
    _WARNING: "warning",
}  # fmt: skip
_SEVERITIES = {"E": _ERROR, "W": _WARNING, "I": _SECOND}
_WIDTH = 9.2  # inches, of 72 pixels each
_ROW = 0.34  # inches, of one bar of a ranking
_LABEL = 46  # characters of the label of a bar
_STYLE = {
    "svg.fonttype": "none", "font.size": 10, "text.color": _INK, "axes.edgecolor": _LINE, "axes.labelcolor": _SOFT,
    "xtick.color": _SOFT, "ytick.color": _SOFT, "axes.spines.top": False, "axes.spines.right": False,
    "axes.spines.left": False, "grid.color": _LINE, "grid.linewidth": 0.6, "axes.axisbelow": True,
    "xtick.major.size": 0, "ytick.major.size": 0, "figure.facecolor": "none", "axes.facecolor": "none",
}  # fmt: skip

Plot = Callable[[Figures], str]


def plotting() -> Any:
    """Returns matplotlib's figures.

    Raises:
        OutputError: if it is not installed.
    """
    try:
        import matplotlib as mpl  # noqa: PLC0415  (heavy)
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError:
        raise missing_extra("report", "report") from None
    return mpl, Figure


@contextmanager
def _drawing(name: str, height: float) -> Iterator[tuple[Any, list[str]]]:
    """Gives axes to draw on, and a list that holds the SVG afterwards."""
    mpl, new_figure = plotting()
    drawn: list[str] = []
    with mpl.rc_context({**_STYLE, "svg.hashsalt": name}):
        figure = new_figure(figsize=(_WIDTH, height))
        yield figure.add_subplot(), drawn
        figure.tight_layout(pad=0.4)
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    drawn.append(_for_page(out.getvalue(), name))


def _for_page(svg: str, name: str) -> str:
    """Returns an SVG as it stands in a page: without prolog, with names of its own and the page's colours and type."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\b(id=")', rf"\g<1>{name}-", svg)
    svg = re.sub(r"(url\(#|href=\"#)", rf"\g<1>{name}-", svg)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', rf'\g<1> role="img" aria-labelledby="{name}-title"', svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\g<1>", svg, count=1)
    svg = re.sub(r"(font: \d[\d.]*px) [^;\"]+", r"\g<1> var(--type)", svg)
    for mark, colour in _NAMES.items():
        svg = svg.replace(mark, f"var(--{colour})")
    return svg


# -- the plots --------------------------------------------------------------------------------------


def by_year(figures: Figures) -> str:
    """Draws the number of documents by year."""
    with _drawing("by-year", 2.9) as (axes, drawn):
        years = list(figures.by_year)
        axes.bar(years, list(figures.by_year.values()), color=_ACCENT, width=0.72)
        axes.grid(axis="y")
        _whole(axes, "xy")
        axes.spines["bottom"].set_color(_LINE)
    return drawn[0]


def by_issuer(figures: Figures) -> str:
    """Draws the issuers with most documents."""
    return _ranking("by-issuer", figures.by_issuer)


def by_issuer_and_year(figures: Figures) -> str:
    """Draws the number of documents by issuer and year, as dots whose area is the number."""
    names = [row.name for row in figures.by_issuer][::-1]
    with _drawing("matrix", 0.9 + _ROW * len(names)) as (axes, drawn):
        points = [
            (year, at, count)
            for at, name in enumerate(names)
            for year, count in figures.by_issuer_and_year[name].items()
        ]
        most = max((count for *_, count in points), default=1)
        axes.scatter(
            [point[0] for point in points], [point[1] for point in points],
            s=[20 + 260 * point[2] / most for point in points], color=_ACCENT, alpha=0.75, linewidths=0,
        )  # fmt: skip
        axes.set_yticks(range(len(names)), [shorten(name, _LABEL, placeholder="…") for name in names], color=_INK)
        axes.set_ylim(-0.8, len(names) - 0.2)
        axes.grid(axis="both")
        _whole(axes, "x")
    return drawn[0]


def attendance(figures: Figures) -> str:
    """Draws the share of members who were present, meeting by meeting, with the median of each year."""
    with _drawing("attendance", 2.9) as (axes, drawn):
        axes.scatter(
            [_fraction(present.day) for present in figures.attendance],
            [100 * present.share for present in figures.attendance], s=30, color=_SECOND, alpha=0.8, linewidths=0,
        )  # fmt: skip
        medians = figures.attendance_by_year
        axes.plot(
            [year + 0.5 for year in medians], [100 * share for share in medians.values()], color=_ACCENT, linewidth=2,
            marker="o", markersize=4,
        )  # fmt: skip
        axes.set_ylim(min([50.0, *(100 * present.share - 5 for present in figures.attendance)]), 102)
        axes.yaxis.set_major_formatter("{x:.0f} %")
        axes.grid(axis="y")
        _whole(axes, "x")
    return drawn[0]


def most_cited(figures: Figures) -> str:
    """Draws the documents that most others cite."""
    return _ranking("most-cited", figures.most_cited)


def diagnostics(figures: Figures) -> str:
    """Draws the most frequent diagnostics, in the colours of their severities."""
    rows = [Ranked(f"{row.name}  {row.note[2:]}", row.count, row.note) for row in figures.diagnostics]
    return _ranking("diagnostics", rows, [_SEVERITIES.get(row.note[:1], _SECOND) for row in rows])


def timeline(figures: Figures) -> str:
    """Draws the number of documents by month."""
    with _drawing("timeline", 2.2) as (axes, drawn):
        axes.vlines(
            [_fraction(month) for month in figures.by_month], 0, list(figures.by_month.values()), color=_ACCENT,
            linewidth=max(0.8, min(4.0, 400 / max(1, len(figures.by_month)))),
        )  # fmt: skip
        axes.set_ylim(bottom=0)
        axes.grid(axis="y")
        _whole(axes, "xy")
    return drawn[0]


def _ranking(name: str, rows: Sequence[Ranked], colours: Sequence[str] | str = _ACCENT) -> str:
    """Draws bars that lie, the longest on top, with their numbers behind them."""
    with _drawing(name, 0.3 + _ROW * max(1, len(rows))) as (axes, drawn):
        places = range(len(rows))
        bars = axes.barh(places, [row.count for row in rows], color=colours, height=0.62)
        axes.bar_label(bars, fmt="{:,.0f}", padding=4, color=_SOFT)
        axes.set_yticks(places, [shorten(row.name, _LABEL, placeholder="…") for row in rows], color=_INK)
        axes.invert_yaxis()
        axes.margins(x=0.1)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
    return drawn[0]


def _whole(axes: Any, which: str) -> None:
    """Lets only whole numbers be written at the axes."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter  # noqa: PLC0415  (heavy)

    if "x" in which:  # years
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12, min_n_ticks=1))
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:.0f}"))
    if "y" in which:
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5, min_n_ticks=1))
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def _fraction(day: str) -> float:
    """Returns a date "2021-03-15", "2021-03" or "2021" as a year with its fraction."""
    year, month, number = (*(int(part) for part in day.split("-")), 1, 1)[:3]
    return year + (date(year, month, number) - date(year, 1, 1)).days / 366
