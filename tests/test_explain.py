from __future__ import annotations

import json
from itertools import pairwise, product
from pathlib import Path

import pytest

import nqparse
from nqparse import ruleset
from nqparse.explain import best_totals, explain
from nqparse.talk import rendered

CORPUS = Path(__file__).parent.parent / "corpus"
SPECIMENS = sorted(CORPUS.glob("*/source.txt"))


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.parent.name)
def test_explanation_is_of_the_parse_that_was_made(path: Path) -> None:
    document = nqparse.parse_file(path)
    explanation = explain(document.text, name=document.source.name)
    # Every section is a label that was taken, and the other way round.
    taken = {label.start: label.section_id for label in explanation.labels if label.taken}
    assert taken == {section.start: section.id for section in document.iter_sections(appendices=True)}
    # Each of them was found in the numbering again, so the candidates shown are those that were decided on.
    assert all(label.cost is not None for label in explanation.labels if label.taken)
    for line in explanation.lines:
        assert line.margin is None or line.margin >= 0
        if not line.wrapped:
            assert line.score == pytest.approx(sum(cue.scores.get(line.decided, 0.0) for cue in line.cues), abs=1e-3)


def test_lines_moved_by_later_steps_are_told() -> None:
    # Without a label behind it, a sentence on effect is the closing of the whole act.
    moved = [line for path in SPECIMENS for line in explain(path.read_text("utf-8")).lines if line.moved]
    assert {line.zone for line in moved} <= {"closing", "body", "unknown", "after", "before"}


def test_totals_are_the_best_of_all_paths() -> None:
    grammar = ruleset.load().grammar
    emissions = [{"header": 2.0, "title": 1.0}, {"type": 3.0}, {"title": 2.0, "body": 1.0}, {"body": 2.0}]
    impossible = -1e9

    def total(path: tuple[str, ...]) -> float:
        sum_ = grammar.start.get(path[0], impossible) + grammar.end.get(path[-1], impossible)
        sum_ += sum(scores.get(state, 0.0) for scores, state in zip(emissions, path, strict=True))
        return sum_ + sum(grammar.transitions.get(a, {}).get(b, impossible) for a, b in pairwise(path))

    best: list[dict[str, float]] = [{} for _ in emissions]
    for path in product(grammar.states, repeat=len(emissions)):
        for at, state in enumerate(path):
            best[at][state] = max(best[at].get(state, impossible * 9), total(path))
    for found, wanted in zip(best_totals(grammar, emissions), best, strict=True):
        for state, sum_ in wanted.items():
            if sum_ > impossible / 2:
                assert found[state] == pytest.approx(sum_)
            else:
                assert found[state] < impossible / 2


def test_fates_of_labels() -> None:
    text = """NGHỊ QUYẾT
Về việc sửa đổi
QUYẾT NGHỊ:
Điều 1. Sửa đổi Điều 5 như sau:
“Điều 5. Nguồn vốn
1. Ngân sách tỉnh;
2. Ngân sách xã.”
Điều 2. Thi hành
1. Giao Sở Tài chính;
2. Giao Sở Nội vụ.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
TM. HỘI ĐỒNG NHÂN DÂN
CHỦ TỊCH
Lê Văn Ngàn
"""
    labels = explain(text).labels
    fates = {text[label.start :].partition("\n")[0]: label.fate for label in labels}
    assert fates["Điều 1. Sửa đổi Điều 5 như sau:"] == "taken"
    assert fates["1. Ngân sách tỉnh;"] == "quoted"
    assert fates["- Lưu: VT."] == "elsewhere"
    child = next(label for label in labels if label.section_id == "2/2")
    assert (child.parent, child.rule, child.kind) == ("2", "label.arabic", "arabic")


def test_plain_data_and_tables() -> None:
    explanation = explain((CORPUS / "assoc-mirror" / "source.txt").read_text("utf-8"), name="mirror")
    data = explanation.to_dict()
    assert json.loads(json.dumps(data))["source"] == "mirror"
    assert data["lines"][0]["cues"]
    shown = rendered(explanation.render("en"), color=False, width=140)
    for words in ("zone.formula", "label.roman", "III/2/a/-3", "outside body and appendices", "looks.caps"):
        assert words in shown
    assert "Ký hiệu mục" in rendered(explanation.render("vi"), color=False, width=140)


@pytest.mark.parametrize("text", ["", "\n\n", "x", "- \n- "])
def test_nothing_is_explained_as_nothing(text: str) -> None:
    explanation = explain(text)
    rendered(explanation.render(), color=False, width=80)
    assert explanation.document.text == text
