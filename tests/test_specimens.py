"""The specimens: the skeleton of each (letterhead, bases, formula, sections, foot, appendices) is as in its gold."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapes import SPECIMENS, assert_whole, text_of

from nqparse.evaluate import evaluate
from nqparse.pipeline import parse
from nqparse.scoring import SKELETON

EACH = pytest.mark.parametrize("folder", SPECIMENS, ids=lambda folder: folder.name)


@EACH
def test_skeleton_is_as_in_gold(folder: Path) -> None:
    (score,) = evaluate([folder], parse).documents
    assert score.error is None
    assert [str(fault) for fault in score.faults if fault.figure in SKELETON] == []
    assert score.skeleton_right


@EACH
def test_specimen_is_whole(folder: Path) -> None:
    assert_whole(parse(text_of(folder)))


def test_there_are_specimens() -> None:
    assert len(SPECIMENS) >= 48
