"""Damage: misread words of formulas are known again, the text stays as it is, and clean text is left alone."""

from __future__ import annotations

import pytest

from nqparse import ruleset
from nqparse.pipeline import parse
from nqparse.structure.damage import DamageMender
from nqparse.view import View

MENDER = DamageMender(ruleset.load())


def folded(text: str) -> str:
    return MENDER.mend(View.of(text)).folded


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("QUYẾT MGHỊ:", "quyet nghi:"),
        ("CỘNGHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "cong hoa xa hoi chu nghia viet nam"),
        ("CỘNG HÒ XÃ HỘI CHỦ NGHĨ VIỆT NAM", None),
        ("Độc lập - Iự do - Nạuh phúc", None),
        ("8an Chấp hành", "ban chap hanh"),
        ("Cău cứ Luật Tổ chức", "can cu luat to chuc"),
        ("Căn eứ Nghị định số 5", "can cu nghi dinh so 5"),
        ("Nơi nbận:", "noi nhan:"),
        ("Điền 1. Mở lớp", "dieu 1. mo lop"),
        ("ngày l3 tháng 0l năm 2O21", "ngay 13 thang 01 nam 2021"),
        ("Số: 07INQ-HĐND", "so: 07/nq-hdnd"),
        ("Sã: 07/2025/NQ-HĐND", "so: 07/2025/nq-hdnd"),
        ("2. 5ắp xếp thôn", "2. sap xep thon"),
    ],
)
def test_misread_words_fold_to_what_was_meant(damaged: str, meant: str | None) -> None:
    if meant is None:
        assert folded(damaged) != View.of(damaged).folded
    else:
        assert folded(damaged) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Điểm 5. Diện tích 3. Cần cử người. Trong tên trường có chữ.",
        "Nơi nhân dân tụ họp; cân cơ hội; quyết nghỉ.",
        "USB, HĐQT, ODA 5ha, 8km, 5cm, SHA256, https://a.vn/nq_5",
        "Nước Cộng hòa xã hội chủ nghĩa Xô viết",
    ],
)
def test_sound_words_are_left_alone(text: str) -> None:
    view = View.of(text)
    assert MENDER.mend(view) is view


def test_the_text_keeps_every_letter() -> None:
    text = (
        "HỘI VẼ\nSố: 07INQ-HV\nNGNỊ QUYẾT\nVề việc mở lớp\nCău cứ Điều lệ Hội;\nQUYẾT MGHỊ:\n"
        "Đlều l. Mở lớp.\nĐiền 2, Giao Hội.\n"
    )
    document = parse(text)
    assert document.text == text
    header = document.header
    assert header.symbol is not None
    assert (header.symbol.text, header.symbol.normalized) == ("07INQ-HV", "07/NQ-HV")
    assert header.doc_type is not None
    assert header.doc_type.text == "NGNỊ QUYẾT"
    assert document.preamble.formula is not None
    assert document.preamble.formula.text == "QUYẾT MGHỊ:"
    assert [base.text for base in document.preamble.bases] == ["Cău cứ Điều lệ Hội;"]
    assert [(section.kind, section.number, section.ordinal) for section in document.body] == [
        ("article", "l", 1),
        ("article", "2", 2),
    ]


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        (["1. Một", "2, Hai", "3. Ba"], [1, 2, 3]),
        (["9. Chín", "l0. Mười", "11. Mười một"], [9, 10, 11]),
        (["a) Nội dung", "b} Nội dung", "c) Nội dung"], [1, 2, 3]),
        (["a) Nội dung", "b) Nội dung", "ç) Nội dung"], [1, 2, 3]),
        (["I. Nội dung", "II Nội dung", "IH. Nội dung"], [1, 2, 3]),
        (["IL Nội dung", "II. Nội dung"], [1, 2]),
        (["a) Nội dung", "ḅ) Nội dung", "c) Nội dung"], [1, 3]),
        (["ạ) Nội dung", "b) Nội dung"], [1, 2]),
        (["I, Nội dung", "II. Nội dung", "Il1. NỘI DUNG"], [1, 2, 3]),
    ],
)
def test_damaged_labels_are_taken_where_the_sequence_asks_for_them(lines: list[str], ids: list[int]) -> None:
    text = "NGHỊ QUYẾT\nVề việc mở lớp\nQUYẾT NGHỊ:\n\n" + "\n\n".join(f"{line} mở lớp vẽ." for line in lines) + "\n"
    assert [section.ordinal for section in parse(text).body] == ids
