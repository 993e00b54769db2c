"""The same document in every format: a few specimens through every rendering that can be made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.formats import CannotRenderError, Rendering, differences, renderings, skeleton_of, try_out
from benchmarks.formats.sheet import Columns, Grid, load_specimen
from nqparse.pipeline import parse

CORPUS = Path(__file__).parent.parent / "corpus"
# A letterhead in two columns with a table behind it; articles with points; lines that are wrapped by hand.
NAMES = ("assoc-full-header-articles", "qh-articles-pilot-2023", "union-province-narrative")
# Those through LibreOffice take seconds; tests/test_source_doc.py has its own.
KNOWN = [
    rendering for _, rendering, _ in renderings()
    if rendering is not None and rendering.bar == 1.0 and rendering.name_of_file != "source.doc"
]  # fmt: skip


@pytest.mark.parametrize("rendering", KNOWN, ids=lambda rendering: rendering.name)
@pytest.mark.parametrize("name", NAMES)
def test_the_skeleton_is_that_of_the_plain_text(rendering: Rendering, name: str) -> None:
    if lacking := rendering.missing():
        pytest.skip(f"{lacking} is not installed")
    try:
        outcome = try_out(rendering, load_specimen(CORPUS / name))
    except CannotRenderError:
        pytest.skip("the format has no way to write it")
    assert outcome.faults == ()


def test_a_sheet_has_what_the_text_has() -> None:
    specimen = load_specimen(CORPUS / NAMES[0])
    kinds = [type(block) for block in specimen.blocks]
    assert kinds.count(Columns) == 2
    assert kinds.count(Grid) == 1


def test_differences_name_the_part() -> None:
    one, other = (skeleton_of(parse(f"NGHỊ QUYẾT\nVề việc thử\n\nĐiều {n}. Mở lớp.\n")) for n in (1, 2))
    assert [fault.split(":")[0] for fault in differences(one, other)] == ["sections", "sections"]
    assert differences(one, one) == []
