"""Statistical help, measured: `python -m benchmarks statistical [--model DIR] [DIR…]`.

Voters beside the rules (underthesea's `ner`, and a small spaCy model made by `benchmarks.train_ner`) are tried in
every way of `benchmarks.voters.MODES`, on the names of annotated specimens. What each way gains and loses against the
rules alone is printed for each collection: `right` and `wrong` are the names more (or fewer) than those of the rules.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.names import TYPES, Name, Reading, read_names, tallies
from benchmarks.texts import GOLD, SPECIMENS
from benchmarks.voters import MODES, BareLists, Both, Mode, Spacy, Underthesea, UndertheseaOnSpans, Voter
from nqparse.gold import GoldCase, gold_folders, load_case
from nqparse.scoring import Tally

_WIDTH = 120
_REGIONS = {"everywhere": False, "in prose": True}


@dataclass
class Specimen:
    """An annotated text with the reading by the rules."""

    case: GoldCase
    reading: Reading


@dataclass
class Outcome:
    """What one way to take one vote gives on a collection: tallies by region and type."""

    voter: str
    mode: str
    scores: dict[str, dict[str, Tally]] = field(default_factory=dict)

    def total(self, region: str) -> Tally:
        """Returns the tally over all types."""
        return sum(self.scores[region].values(), Tally())


def specimens(folder: Path) -> list[Specimen]:
    """Returns the specimens of a folder in which entities are annotated."""
    cases = [load_case(case) for case in gold_folders([folder])]
    return [Specimen(case, read_names(case.text)) for case in cases if case.gold.entities]


def measure(collection: list[Specimen], voters: dict[str, Voter]) -> tuple[list[Outcome], dict[str, float]]:
    """Returns the outcome of every voter in every mode, the rules first, and each voter's seconds for a document."""
    outcomes = [outcome(collection, "rules", "alone", [one.reading.names for one in collection])]
    seconds = {}
    for name, voter in voters.items():
        start = time.process_time()
        votes = [sorted(voter.names(one.reading)) for one in collection]
        seconds[name] = (time.process_time() - start) / len(collection)
        for mode, take in ways(voter).items():
            taken = [take(one.reading, vote) for one, vote in zip(collection, votes, strict=True)]
            outcomes.append(outcome(collection, name, mode, taken))
    return outcomes, seconds


def ways(voter: Voter) -> dict[str, Mode]:
    """Returns the ways to take a voter's vote: all, but a rule that knows one thing can only add it."""
    return {"add": MODES["add"]} if isinstance(voter, BareLists) else MODES


def outcome(collection: list[Specimen], voter: str, mode: str, names: list[list[Name]]) -> Outcome:
    """Scores the names of each document of a collection."""
    result = Outcome(voter, mode)
    for region, prose in _REGIONS.items():
        sums = dict.fromkeys(TYPES, Tally())
        for one, found in zip(collection, names, strict=True):
            for kind, tally in tallies(one.case, one.reading, found, prose=prose).items():
                sums[kind] += tally
        result.scores[region] = sums
    return result


def table(title: str, outcomes: list[Outcome], region: str) -> Table:
    """Returns the outcomes as a table of strict F1, with what is right and wrong more than by the rules alone."""
    shown = Table(title=f"{title}, {region}", title_justify="left")
    for heading in ("voter", "its vote", *TYPES, "all", "right", "wrong"):
        shown.add_column(heading, justify="left" if heading in ("voter", "its vote") else "right")
    base = outcomes[0].total(region)
    before = ""
    for one in outcomes:
        if one.voter != before:
            shown.add_section()
        before = one.voter
        total = one.total(region)
        wrong = (total.predicted - total.right) - (base.predicted - base.right)
        changes = ["", ""] if one is outcomes[0] else [f"{total.right - base.right:+d}", f"{wrong:+d}"]
        figures = [_share(one.scores[region][kind]) for kind in TYPES]
        shown.add_row(one.voter, one.mode, *figures, _share(total), *changes)
    return shown


def _share(tally: Tally) -> str:
    return "–" if tally.f1 is None else f"{tally.f1:.4f}"


def voters(model: Path | None) -> dict[str, Voter]:
    """Returns the voters that are at hand."""
    found: dict[str, Voter] = {"underthesea, sentence": Underthesea(), "underthesea, name": UndertheseaOnSpans()}
    found["a rule: bare lists"] = BareLists()
    if model is not None:
        found["spaCy"] = Spacy(model)
        found["spaCy and underthesea"] = Both(found["spaCy"], found["underthesea, sentence"])
    return found


def collections(folders: Iterable[Path]) -> dict[str, list[Specimen]]:
    """Returns the specimens of the folders; a folder that is not here or holds none is skipped with a line."""
    found = {}
    for folder in folders:
        if not folder.is_dir():
            print(f"skipped: {folder.name}: there is no such folder here", file=sys.stderr)
            continue
        try:
            kept = specimens(folder)
        except FileNotFoundError:
            kept = []
        if kept:
            found[f"{folder.parent.name}/{folder.name}: {len(kept)} documents"] = kept
        else:
            print(f"skipped: {folder.name}: no specimen with entities", file=sys.stderr)
    return found


def main(arguments: list[str]) -> int:
    """Runs the measurement; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks statistical", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR", help="more folders of annotated specimens")
    parser.add_argument("--model", type=Path, metavar="DIR", help="a model that benchmarks.train_ner has written")
    parser.add_argument("--only", action="store_true", help="only the folders that are named")
    options = parser.parse_args(arguments)
    folders = options.folders if options.only else [GOLD, SPECIMENS, *options.folders]
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    at_hand = voters(options.model)
    for title, collection in collections(folders).items():
        outcomes, seconds = measure(collection, at_hand)
        for region in _REGIONS:
            console.print(table(title, outcomes, region))
        console.print("seconds for a document: " + ", ".join(f"{n} {s:.3f}" for n, s in seconds.items()), style="dim")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
