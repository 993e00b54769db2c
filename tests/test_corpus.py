"""The real documents (../shared/corpus), where they are here: all are read whole, and the gold's skeletons right."""

from __future__ import annotations

import pytest
from shapes import REAL, assert_whole, needs_real, real_texts

from nqparse.evaluate import evaluate
from nqparse.gold import gold_folders
from nqparse.pipeline import parse

pytestmark = needs_real
NAMES = sorted(real_texts()) if REAL.is_dir() else []
WHOLE_AT_LEAST = 12  # of the 13 documents with gold


@pytest.mark.parametrize("name", NAMES)
def test_real_document_is_whole(name: str) -> None:
    document = parse(real_texts()[name])
    assert_whole(document)
    assert document.zones


def test_skeletons_of_the_gold() -> None:
    report = evaluate([REAL / "gold"], parse)
    assert [score.error for score in report.documents if score.error] == []
    right = [score.name for score in report.documents if score.skeleton_right]
    assert len(report.documents) == len(gold_folders([REAL / "gold"])) == 13
    assert len(right) >= WHOLE_AT_LEAST, sorted({score.name for score in report.documents} - set(right))


def test_what_is_no_resolution_is_not_called_one() -> None:
    called = {
        name
        for name in NAMES
        if name.startswith("neg-")
        and (type_ := parse(real_texts()[name], structure_only=True).header.doc_type) is not None
        and type_.value.startswith("nghị quyết")
    }
    assert called == set()


def test_same_bytes_again() -> None:
    for text in [text for text in real_texts().values() if len(text) < 50_000][::5]:
        assert parse(text).to_json() == parse(text).to_json()
