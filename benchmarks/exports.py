"""How fast documents are exported: parsed once, then written to files in every format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.measure import Row, of_runs, skipped
from benchmarks.texts import Texts
from nqparse import parse
from nqparse.document import Document
from nqparse.errors import OutputError
from nqparse.export.formats import FORMATS, export

GROUP = "exports"


def rates(texts: Texts, runs: int, _times: Sequence[int]) -> list[Row]:
    """Returns the documents per second of CPU time of every format; a format whose library is missing is skipped."""
    documents = [parse(text, name=f"{number}.txt") for number, text in enumerate(texts.texts)]
    note = f"{len(documents)} documents, {texts.size:,} characters"
    rows = []
    for name in FORMATS:
        try:
            _seconds(documents, name)  # to warm up
        except OutputError as error:
            rows.append(skipped(GROUP, name, error.en))
            continue
        measured = [len(documents) / _seconds(documents, name) for _ in range(runs)]
        rows.append(of_runs(GROUP, name, measured, "documents/s", note))
    return rows


def _seconds(documents: Sequence[Document], name: str) -> float:
    with TemporaryDirectory() as folder:
        start = process_time()
        export(documents, name, Path(folder))
        return process_time() - start
