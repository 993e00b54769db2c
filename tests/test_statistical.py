"""Statistical help is measured as the rules are; silver never holds what gold holds."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from nqparse.evaluate import evaluate
from nqparse.gold import load_case
from nqparse.pipeline import parse

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # `benchmarks` is no part of the package

from benchmarks import __main__ as command  # noqa: E402
from benchmarks import silver, statistical, train_ner, vary, voters  # noqa: E402
from benchmarks.names import TYPES, Name, Reading, read_names, tallies  # noqa: E402

SPECIMENS = ["assoc-mirror", "hdnd-tinh-letter-order"]
ACT = (
    "HỘI ĐỒNG NHÂN DÂN\nTỈNH SƠN VĨNH\n-------\nSố: 5/NQ-HĐND\nSơn Vĩnh, ngày 02 tháng 3 năm 2024\n\n"
    "NGHỊ QUYẾT\nVề việc thử\n\nQUYẾT NGHỊ:\n\nĐiều 1. Thông qua kế hoạch\n"
    "1. Giao Sở Tài chính cấp kinh phí xây trạm y tế ở Khe Dứa.\n2. Ông Lò Văn Sương làm trưởng ban.\n"
    "Điều 2. Thi hành\nNghị quyết này có hiệu lực từ ngày ký.\n\nNơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n"
)


def words(reading: Reading, names: list[Name]) -> list[str]:
    return [f"{reading.text[name.start : name.end]}/{name.type}" for name in names]


def name(reading: Reading, text: str, kind: str) -> Name:
    start = reading.text.index(text)
    return Name(start, start + len(text), kind)


@pytest.mark.parametrize("specimen", SPECIMENS)
def test_the_rules_score_as_in_evaluate(specimen: str) -> None:
    case = load_case(ROOT / "corpus" / specimen)
    reading = read_names(case.text)
    expected = evaluate([ROOT / "corpus" / specimen], parse).documents[0].tallies
    assert tallies(case, reading, reading.names) == {kind: expected[f"entities.{kind}.strict"] for kind in TYPES}


def test_prose_leaves_out_the_letterhead() -> None:
    case = load_case(ROOT / "corpus" / SPECIMENS[0])
    reading = read_names(case.text)
    everywhere, prose = (tallies(case, reading, reading.names, prose=only) for only in (False, True))
    assert 0 < prose["ORG"].gold < everywhere["ORG"].gold


def test_candidates_are_runs_that_no_rule_claims() -> None:
    reading = read_names(ACT)
    assert [reading.text[start:end] for start, end in reading.candidates()] == ["Khe Dứa"]


def test_the_ways_to_take_a_vote() -> None:
    reading = read_names(ACT)
    new, org = name(reading, "Khe Dứa", "PLACE"), name(reading, "Sở Tài chính", "ORG")
    person, mistaken = name(reading, "Lò Văn Sương", "PERSON"), name(reading, "Lò Văn Sương", "PLACE")
    votes = sorted([new, org, mistaken])

    def gained(mode: str) -> list[str]:
        return words(reading, sorted(set(voters.MODES[mode](reading, votes)) - set(reading.names)))

    def lost(mode: str) -> set[Name]:
        return set(reading.names) - set(voters.MODES[mode](reading, votes))

    assert {org, person} < set(reading.names)
    assert voters.MODES["alone"](reading, votes) == votes
    for mode in ("add", "add candidates", "add places"):
        assert (gained(mode), lost(mode)) == (["Khe Dứa/PLACE"], set())
    for mode in ("retype", "retype bare"):
        assert (gained(mode), lost(mode)) == (["Lò Văn Sương/PLACE"], {person})
    assert (gained("veto"), lost("veto")) == ([], set(reading.names) - {org, person})
    assert org not in lost("veto bare")
    assert (gained("union"), lost("union")) == (["Khe Dứa/PLACE", "Lò Văn Sương/PLACE"], {person})


def test_bare_runs_in_a_list_are_places() -> None:
    reading = read_names(ACT.replace("ở Khe Dứa.", "ở Khe Dứa, Bản\nMạ và Nà Sầm; nêu Giải Nhất: không."))
    found = words(reading, voters.BareLists().names(reading))
    assert found == ["Khe Dứa/PLACE", "Bản\nMạ/PLACE", "Nà Sầm/PLACE"]


def test_tokens_of_underthesea_find_their_place() -> None:
    text = "… tại  xã\nKhe   Dứa và Bản Mạ."
    tokens = [
        ("tại", "E", "B-PP", "O"), ("xã", "N", "B-NP", "B-LOC"), ("Khe Dứa", "Np", "I-NP", "I-LOC"),
        ("và", "C", "O", "O"), ("Bản Mạ", "Np", "B-NP", "B-PER"), ("khác", "A", "O", "B-ORG"),
    ]  # fmt: skip
    found = voters.tagged(tokens, text, 2, len(text))
    assert [(text[n.start : n.end], n.type) for n in found] == [("xã\nKhe   Dứa", "PLACE"), ("Bản Mạ", "PERSON")]


def test_underthesea_names_a_person() -> None:
    reading = read_names(ACT)
    assert "Lò Văn Sương/PERSON" in words(reading, voters.Underthesea().names(reading))


def folder(home: Path, **texts: str) -> Path:
    for slug, text in texts.items():
        (home / slug).mkdir(parents=True)
        (home / slug / "source.txt").write_text(text, encoding="utf-8")
    return home


def test_silver_is_never_gold(tmp_path: Path) -> None:
    other = "NGHỊ QUYẾT\nVề việc nữa\n\nQUYẾT NGHỊ:\n\nĐiều 1. Sở Y tế mua thuốc.\n2. Ông Lò Văn Sương làm trưởng ban."
    third = "NGHỊ QUYẾT\nVề việc khác\n\nQUYẾT NGHỊ:\n\nĐiều 1. Giao Sở Xây dựng sửa cầu.\nĐiều 2. Thi hành ngay.\n"
    raw = folder(tmp_path / "raw", same=ACT.replace("02", "03"), other=other, third=third)
    made = silver.make(raw, [folder(tmp_path / "gold", one=ACT)], seed=1)
    pieces = [piece.text for piece in (*made.train, *made.dev)]
    assert "same" in made.left_out
    assert any("Sở Xây dựng" in piece for piece in pieces)
    assert not any("làm trưởng ban" in piece for piece in pieces)
    assert not {piece.text for piece in made.train} & {piece.text for piece in made.dev}


def test_variations_keep_names_and_places_together() -> None:
    found = silver.pieces(ACT)
    one, two = (vary.Varier(found, seed=3) for _ in range(2))
    made = [one.vary(piece) for _ in range(40) for piece in found] + one.made_up(200)
    assert made == [two.vary(piece) for _ in range(40) for piece in found] + two.made_up(200)
    for piece in made:
        for each in piece.names:
            text = piece.text[each.start : each.end]
            assert text
            assert text == text.strip()
        ends = [0, *(each.end for each in piece.names)]
        assert all(each.start >= end for each, end in zip(piece.names, ends, strict=False))
    assert len({piece.text for piece in made}) > 200


def test_a_model_is_trained_saved_and_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    varier = vary.Varier(silver.pieces(ACT), seed=1)
    made = varier.made_up(300)
    random.Random(1).shuffle(made)
    held, learned = made[:40], made[40:]
    assert train_ner.train(silver.Silver(learned, held), tmp_path / "model", rounds=2, seed=1) >= 0
    case = ROOT / "corpus" / SPECIMENS[0]
    assert command.main(["statistical", str(case), "--only", "--model", str(tmp_path / "model")]) == 0
    out = capsys.readouterr().out
    assert "spaCy and underthesea" in out
    assert "in prose" in out


def test_without_the_shared_texts_nothing_is_trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train_ner.main(["--raw", str(tmp_path / "none"), "--out", str(tmp_path / "model")]) == 0
    assert "the shared texts" in capsys.readouterr().err
    assert not (tmp_path / "model").exists()
    monkeypatch.setattr(statistical, "GOLD", tmp_path / "gold")
    monkeypatch.setattr(statistical, "SPECIMENS", tmp_path)
    assert command.main(["statistical"]) == 0
    told = capsys.readouterr()
    assert "skipped: gold: there is no such folder here" in told.err
    assert "no specimen" in told.err
    assert not told.out
