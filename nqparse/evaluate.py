"""Measures a parser against gold, and one measurement against another.

`evaluate` parses the text of every specimen and scores the Document; the Report holds the figures over all
specimens and the faults of each. A saved Report can be compared with a later one: `compare` tells what was
gained and what was lost, so that no change has to be judged by one total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from nqparse.document import Document, Model
from nqparse.gold import GoldCase, gold_folders, load_case
from nqparse.gold_write import document_to_gold
from nqparse.scoring import DocumentScore, Tally, score, score_crash

Parse = Callable[[str], Document]

_DIGITS = 4  # of shares, so that saved reports stay readable


class Figure(Model):
    """One figure over all documents.

    `micro` is the F1 over all items together; `macro` is the mean of the documents' F1, over those in which
    there is something or something was found. For single values both are the share of right decisions.
    """

    gold: int
    predicted: int
    right: int
    micro: float | None
    macro: float | None


class Report(Model):
    """The figures of one measurement, by name, and the score of each document."""

    figures: dict[str, Figure]
    documents: list[DocumentScore]

    @classmethod
    def of(cls, documents: list[DocumentScore]) -> Report:
        """Returns the report on scored documents."""
        return cls(figures=_total(documents), documents=documents)

    def to_json(self) -> str:
        """Returns the report as JSON. The same scores give the same bytes."""
        return self.model_dump_json(indent=1) + "\n"

    @classmethod
    def from_json(cls, data: str | bytes) -> Report:
        """Reads what `to_json` wrote.

        Raises:
            pydantic.ValidationError: if this is no report.
        """
        return cls.model_validate_json(data)


def evaluate(gold_dirs: Iterable[Path | str], parse: Parse) -> Report:
    """Parses and scores every specimen.

    Args:
        gold_dirs: specimen folders, or folders of specimen folders.
        parse: turns a text into a Document. When it raises, or gives a Document of another text, nothing
            in this document counts as right.

    Raises:
        FileNotFoundError: if a path holds no specimen.
        nqparse.gold.GoldError: if the gold itself is broken.
    """
    cases = [load_case(folder) for folder in gold_folders(gold_dirs)]
    return Report.of([_score_case(case, parse) for case in cases])


def _score_case(case: GoldCase, parse: Parse) -> DocumentScore:
    try:
        document = parse(case.text)
    except Exception as error:  # whatever a parser may raise: the other documents are still to be measured
        return score_crash(case.name, case.gold, f"{type(error).__name__}: {error}")
    if document.text != case.text:
        return score_crash(case.name, case.gold, "the Document's text is not the text that was given")
    return score(case.name, case.gold, document_to_gold(document))


def _total(documents: list[DocumentScore]) -> dict[str, Figure]:
    tallies: dict[str, list[Tally]] = {}
    for document in documents:
        for figure, tally in document.tallies.items():
            tallies.setdefault(figure, []).append(tally)
    return {figure: _figure(parts) for figure, parts in tallies.items()}


def _figure(tallies: list[Tally]) -> Figure:
    total = sum(tallies, Tally())
    shares = [tally.f1 for tally in tallies if tally.f1 is not None]
    return Figure(
        gold=total.gold,
        predicted=total.predicted,
        right=total.right,
        micro=_rounded(total.f1),
        macro=_rounded(sum(shares) / len(shares) if shares else None),
    )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, _DIGITS)


# -- one measurement against another ----------------------------------------------------------------


class Change(Model):
    """A share that moved: the micro F1 of a figure, in one document or (`document` null) over all."""

    figure: str
    document: str | None
    before: float | None
    after: float | None

    @property
    def gain(self) -> float:
        """By how much it rose; negative where it fell. Null counts as zero."""
        return (self.after or 0.0) - (self.before or 0.0)


class Comparison(Model):
    """What changed between two reports.

    Figures are compared over the documents that stand in both; `added` and `removed` name the others.
    """

    figures: list[Change]
    documents: list[Change]
    added: list[str]
    removed: list[str]


def compare(previous: Report, current: Report) -> Comparison:
    """Returns the gains and losses of `current` over `previous`, in the order of the figures."""
    before = {document.name: document for document in previous.documents}
    after = {document.name: document for document in current.documents}
    shared = [name for name in after if name in before]
    changes = [
        change
        for name in shared
        for change in _changes(_total([before[name]]), _total([after[name]]), name)
    ]  # fmt: skip
    return Comparison(
        figures=_changes(_total([before[name] for name in shared]), _total([after[name] for name in shared]), None),
        documents=changes,
        added=[name for name in after if name not in before],
        removed=[name for name in before if name not in after],
    )


def _changes(before: dict[str, Figure], after: dict[str, Figure], document: str | None) -> list[Change]:
    changes = []
    for figure in dict.fromkeys([*after, *before]):
        old, new = (side[figure].micro if figure in side else None for side in (before, after))
        if old != new:
            changes.append(Change(figure=figure, document=document, before=old, after=new))
    return changes
