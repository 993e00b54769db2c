"""The same document in every format: `python -m benchmarks formats` renders the specimens and reads them again.

A rendering turns a specimen (`sheet.Specimen`) into the bytes of a file. Each family of formats has a module here with
a list `RENDERINGS`; a new family costs a module and its name in `FAMILIES`. The table says, for each rendering, the
share of specimens whose skeleton is that of the plain text (`skeleton`), and how many documents are read in a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from time import perf_counter

from benchmarks.formats.sheet import Specimen, load_specimen
from benchmarks.formats.skeleton import differences, skeleton_of
from benchmarks.measure import Row, skipped
from benchmarks.texts import ROOT, Texts
from nqparse.errors import NqparseError
from nqparse.pipeline import parse
from nqparse.source import read

FAMILIES = ("texts", "web", "word", "pages")
"""The modules of the families. One whose libraries are not installed is left out."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A way to render a specimen.

    Attributes:
        name: what the table calls it: "docx", "rtf, TCVN3 font".
        render: makes the bytes of the file; it raises `CannotRenderError` where the format has no way to show this one.
        name_of_file: what the file is called; only for messages, formats are told by content.
        bar: the share of specimens that must come back with the same skeleton, None where there is no bar.
        missing: returns what is not installed here, "" if all is there.
        hand: changes the text to what people wrote in such files; the plain text that is compared with is changed, too.
    """

    name: str
    render: Callable[[Specimen], bytes]
    name_of_file: str
    bar: float | None = 1.0
    missing: Callable[[], str] = lambda: ""
    hand: Callable[[str], str] = str


class CannotRenderError(ValueError):
    """The format has no way to write this specimen (a letter that the encoding lacks)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a rendering of a specimen came back.

    Attributes:
        specimen: its name.
        faults: what differs from the plain text; empty if nothing does.
        seconds: how long reading took.
        pages: how many pages the file has, 0 in formats without.
    """

    specimen: str
    faults: tuple[str, ...]
    seconds: float
    pages: int = 0


def renderings() -> Iterator[tuple[str, Rendering | None, str]]:
    """Yields the name of every rendering, the rendering, and what it needs that is not installed, "" if all is there.

    A family that cannot be loaded stands for all of its renderings, with None.
    """
    for family in FAMILIES:
        try:
            module = import_module(f"{__name__}.{family}")
        except ModuleNotFoundError as error:
            yield family, None, error.name or ""
            continue
        for rendering in module.RENDERINGS:
            yield rendering.name, rendering, rendering.missing()


def specimens() -> list[Specimen]:
    """Returns the project's specimens, in the order of their names."""
    return [load_specimen(file.parent) for file in sorted((ROOT / "corpus").glob("*/source.txt"))]


def try_out(rendering: Rendering, specimen: Specimen) -> Outcome:
    """Renders a specimen and reads it again.

    Raises:
        CannotRenderError: if there is no such rendering of this specimen.
    """
    specimen = specimen.written(rendering.hand)
    data = rendering.render(specimen)
    start = perf_counter()
    try:
        found = read(data, name=rendering.name_of_file)
    except NqparseError as error:
        return Outcome(specimen.name, (str(error),), perf_counter() - start)
    seconds = perf_counter() - start
    faults = differences(skeleton_of(specimen.document), skeleton_of(parse(found.text)))
    return Outcome(specimen.name, tuple(faults), seconds, len(found.pages or ()))


def compare(_texts: Texts, _runs: int, _times: Sequence[int]) -> list[Row]:
    """Returns the rows of the table: two for each rendering."""
    rows: list[Row] = []
    sheets = specimens()
    for name, rendering, lacking in renderings():
        if rendering is None or lacking:
            rows.append(skipped("formats", name, f"{lacking} is not installed"))
            continue
        outcomes, unwritable = [], 0
        for sheet in sheets:
            try:
                outcomes.append(try_out(rendering, sheet))
            except CannotRenderError:
                unwritable += 1
        same = sum(not outcome.faults for outcome in outcomes)
        note = f"{same} of {len(outcomes)}" + (f", {unwritable} cannot be written so" if unwritable else "")
        faulty = ", ".join(outcome.specimen for outcome in outcomes if outcome.faults)
        share = 100 * same / len(outcomes)
        rows.append(Row("formats", name, share, "%", f"{note}: not {faulty}" if faulty else note))
        seconds = sum(outcome.seconds for outcome in outcomes)
        rate = len(outcomes) / seconds
        rows.append(Row("formats", f"{name}, read", rate, "documents/s", "without parsing"))
        if pages := sum(outcome.pages for outcome in outcomes):
            rows.append(Row("formats", f"{name}, read", pages / seconds, "pages/s", f"{pages} pages"))
    return rows
