"""Shows a Report in the terminal: the figures, the documents, and what is wrong in each."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from nqparse.evaluate import Change, Comparison, Figure, Report, compare
from nqparse.scoring import SKELETON, DocumentScore, Fault

# Figures of a finer grain, shown only on request: one row per entity type and measure is too much to read each time.
_FINE = ("entities.", "signatures.", "appendices.")
_COARSE = ("entities.strict", "entities.overlap", "entities.values")
# In a list of sections one wrong label shows as "sections", a right label in a wrong place as "sections.attached".
_FRAME_FAULTS = {*SKELETON, "sections"}


def render(report: Report, previous: Report | None = None, *, verbose: bool = False) -> RenderableType:
    """Returns the tables for a report.

    Args:
        report: what was measured.
        previous: an earlier report; its gains and losses are then shown as well.
        verbose: show all figures and the faults outside the skeleton, too.
    """
    comparison = compare(previous, report) if previous else None
    parts: list[RenderableType] = [
        _figure_table(report, comparison, verbose=verbose),
        _entity_table(report),
        _document_table(report),
    ]
    parts += [faults for document in report.documents if (faults := _fault_list(document, verbose=verbose))]
    if comparison:
        parts.append(_change_list(comparison))
    return Group(*parts)


def _figure_table(report: Report, comparison: Comparison | None, *, verbose: bool) -> Table:
    table = Table(title=f"Figures over {len(report.documents)} documents", title_justify="left")
    table.add_column("figure")
    for column in ("gold", "found", "right", "micro F1", "macro F1"):
        table.add_column(column, justify="right")
    changed = {change.figure: change for change in comparison.figures} if comparison else {}
    if comparison:
        table.add_column("change", justify="right")
    for name, figure in report.figures.items():
        if verbose or name in _COARSE or not name.startswith(_FINE):
            shares = (_share(figure.micro), _share(figure.macro))
            cells: list[RenderableType] = [name, *map(str, (figure.gold, figure.predicted, figure.right)), *shares]
            table.add_row(*cells, *([_gain(changed.get(name))] if comparison else []))
    return table


def _entity_table(report: Report) -> Table:
    table = Table(title="Entities", title_justify="left")
    table.add_column("type")
    for column in ("gold", "found", "precision", "recall", "strict F1", "overlap F1", "values right"):
        table.add_column(column, justify="right")
    for name, strict in report.figures.items():
        kind = name.removesuffix(".strict")
        if kind == name or not (strict.gold or strict.predicted):
            continue
        overlap, values = report.figures[f"{kind}.overlap"], report.figures[f"{kind}.values"]
        table.add_row(
            kind.removeprefix("entities.") if kind != "entities" else "all",
            str(strict.gold), str(strict.predicted), _share(_precision(strict)), _share(_recall(strict)),
            _share(strict.micro), _share(overlap.micro), _share(values.micro),
        )  # fmt: skip
    return table


def _precision(figure: Figure) -> float | None:
    return figure.right / figure.predicted if figure.predicted else None


def _recall(figure: Figure) -> float | None:
    return figure.right / figure.gold if figure.gold else None


def _document_table(report: Report) -> Table:
    table = Table(title="Documents", title_justify="left")
    table.add_column("document")
    table.add_column("skeleton")
    for column in ("sections", "entities", "frame faults"):
        table.add_column(column, justify="right")
    for document in report.documents:
        shares = (_share(document.tallies[name].f1) for name in ("sections.attached", "entities.strict"))
        verdict = Text("right", "green") if document.skeleton_right else Text("wrong", "red")
        if document.error is not None:
            verdict = Text("crashed", "bold red")
        table.add_row(document.name, verdict, *shares, str(len(_frame_faults(document))))
    return table


def _frame_faults(document: DocumentScore) -> list[Fault]:
    return [fault for fault in document.faults if fault.figure in _FRAME_FAULTS]


def _fault_list(document: DocumentScore, *, verbose: bool) -> Text:
    """Returns one line per fault under the document's name, an empty text for a document without."""
    lines = [f"  {fault}" for fault in (document.faults if verbose else _frame_faults(document))]
    if document.error is not None:
        lines.insert(0, f"  {document.error}")
    text = Text()
    if lines:
        text.append(document.name, "bold")
        text.append("\n" + "\n".join(lines))
    return text


def _change_list(comparison: Comparison) -> Text:
    text = Text("Changes", "bold")
    for change in [*comparison.figures, *comparison.documents]:
        text.append(f"\n  {change.document or 'all'} · {change.figure}: ", "default")
        text.append(f"{_share(change.before)} → {_share(change.after)}  ")
        text.append(_gain(change))
    for label, names in (("new", comparison.added), ("gone", comparison.removed)):
        if names:
            text.append(f"\n  {label}: {', '.join(names)}", "default")
    if not (comparison.figures or comparison.documents or comparison.added or comparison.removed):
        text.append("\n  none", "default")
    return text


def _gain(change: Change | None) -> Text:
    if change is None:
        return Text("")
    return Text(f"{change.gain:+.3f}", "green" if change.gain > 0 else "red")


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
