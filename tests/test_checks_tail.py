"""Checks on the end of a document: recipients, signatures, formula, end mark."""

from __future__ import annotations

import pytest
from checking import ASSEMBLY, BOARD, COUNCIL, PARTY, SOCIETY, Row, changed, check_row, of_code, without

RECIPIENTS = "Nơi nhận:\n- Ủy ban nhân dân tỉnh;\n- Lưu: VT.\n"
SIGNATURE = "CHỦ TỊCH\n(Đã ký)\nLê Văn Ngàn\n"
ADOPTION = (
    "Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa XV, kỳ họp thứ 9 thông qua ngày 14 tháng 7 năm 2023 và có "
    "hiệu lực từ ngày 25 tháng 7 năm 2023./."
)
LAST = "2. Giao Thường trực Hội đồng nhân dân tỉnh giám sát."

ROWS = [
    Row("RCP-001", without(COUNCIL, RECIPIENTS), None, COUNCIL),
    Row("RCP-001", without(COUNCIL, "- Lưu: VT.\n"), "Ủy ban nhân dân tỉnh;", COUNCIL),
    Row(
        "RCP-002",
        changed(COUNCIL, ("nhân dân tỉnh;\n- Lưu", "nhân dân tỉnh,\n- Lưu")),
        "Ủy ban nhân dân tỉnh,",
        COUNCIL,
    ),
    Row("RCP-002", changed(COUNCIL, ("- Lưu: VT.", "- Lưu: VT;")), "Lưu: VT;", COUNCIL),
    Row(
        "RCP-003",
        changed(COUNCIL, (RECIPIENTS, "Nơi nhận:\n- Lưu: VT;\n- Ủy ban nhân dân tỉnh.\n")),
        "Lưu: VT;",
        COUNCIL,
    ),
    Row(
        "RCP-003",
        changed(COUNCIL, ("- Ủy ban nhân dân tỉnh;", "- UBND các huyện (b/c);")),
        "UBND các huyện (b/c);",
        changed(COUNCIL, ("- Ủy ban nhân dân tỉnh;", "- Tỉnh ủy (b/c);")),
    ),
    Row("SIG-001", without(COUNCIL, SIGNATURE), None, COUNCIL),
    Row("SIG-001", without(COUNCIL, "Lê Văn Ngàn\n"), "CHỦ TỊCH", COUNCIL),
    Row(
        "SIG-002",
        changed(COUNCIL, ("CHỦ TỊCH\n(Đã", "PHÓ CHỦ TỊCH\n(Đã")),
        "PHÓ CHỦ TỊCH",
        changed(COUNCIL, ("CHỦ TỊCH\n(Đã", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã")),
    ),
    Row(
        "SIG-002",
        changed(PARTY, ("T/M ĐẢNG ỦY\nBÍ THƯ", "K/T BÍ THƯ\nPHÓ BÍ THƯ")),
        "K/T BÍ THƯ",
        changed(PARTY, ("\nBÍ THƯ\n", "\nPHÓ BÍ THƯ\n")),
    ),
    Row(
        "SIG-003",
        changed(COUNCIL, (SIGNATURE, "TM. ỦY BAN NHÂN DÂN\n" + SIGNATURE)),
        "TM. ỦY BAN NHÂN DÂN",
        changed(COUNCIL, (SIGNATURE, "TM. HỘI ĐỒNG NHÂN DÂN\n" + SIGNATURE)),
    ),
    Row("SIG-004", without(COUNCIL, "(Đã ký)\n"), "Lê Văn Ngàn", COUNCIL, "I"),
    Row("FRM-001", changed(BOARD, ("QUYẾT NGHỊ:", "QUYẾT ĐỊNH:")), "QUYẾT ĐỊNH:", BOARD),
    Row("FRM-002", changed(BOARD, ("QUYẾT NGHỊ:", "QUYẾT NGHỊ")), "QUYẾT NGHỊ", BOARD),
    Row("FRM-003", without(COUNCIL, "QUYẾT NGHỊ:\n"), "Điều 1.", COUNCIL),
    Row(
        "FRM-004",
        changed(COUNCIL, ("\nTỈNH NGÀN SƠN\n", "\nTỈNH ĐỒI VÀNG\n")),
        "HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN SƠN\nKHÓA XV, KỲ HỌP THỨ 9",
        COUNCIL,
    ),
    Row(
        "FRM-004",
        changed(COUNCIL, ("HỘI ĐỒNG NHÂN DÂN\nTỈNH NGÀN", "ỦY BAN NHÂN DÂN\nTỈNH NGÀN")),
        "HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN SƠN\nKHÓA XV, KỲ HỌP THỨ 9",
        COUNCIL,
    ),
    Row("END-001", changed(SOCIETY, ("2022./.", "2022.")), ".", SOCIETY, "I"),
    Row("END-001", without(COUNCIL, ADOPTION), ".", COUNCIL, "W"),
    Row("END-002", changed(COUNCIL, (LAST, LAST[:-1] + "./.")), "./.", COUNCIL),
    Row("END-002", changed(COUNCIL, ("2023./.", "2023./-")), "./-", COUNCIL),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_table(row: Row) -> None:
    check_row(row)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ASSEMBLY, "RCP-001"),  # the National Assembly names no recipients
        (
            changed(
                COUNCIL,
                ("\nTỈNH NGÀN SƠN\n", "\nTỈNH NGÀN SƠN\n\nCÔNG BÁO/Số 27/Ngày 14-06-2026\n\n"),
                (RECIPIENTS, ""),
            ),
            "RCP-001",
        ),
        (PARTY, "RCP-002"),  # the Party parts them with commas
        (PARTY, "END-001"),  # and ends with a full stop
        (without(PARTY, "QUYẾT NGHỊ:\n"), "FRM-003"),  # and may do without a formula
        (BOARD, "FRM-004"),  # the company's name is part of the board's
        (changed(COUNCIL, (SIGNATURE, "CHỦ TỌA KỲ HỌP\n(Đã ký)\nLê Văn Ngàn\n")), "SIG-002"),
        (changed(COUNCIL, ("\n(Đã ký)", "\n![](chu-ky.png)")), "SIG-004"),
        (changed(COUNCIL, ("\n\nQUYẾT NGHỊ:", "\n\nHội đồng nhân dân tỉnh ban hành Nghị quyết về lớp vẽ.")), "FRM-004"),
        (
            changed(COUNCIL, (" năm 2023\n\nNGHỊ", " năm 1985\n\nNGHỊ"), (RECIPIENTS, "")),
            "RCP-001",
        ),  # older than the rule
    ],
)
def test_sound(text: str, code: str) -> None:
    assert of_code(text, code) == []
