"""Checks on counts: attendance, votes, achievements, numbers."""

from __future__ import annotations

import pytest
from checking import ASSEMBLY, BOARD, COUNCIL, SOCIETY, Row, changed, check_row, found, of_code

PRESENT = "có 20/24 đồng chí"
ABSENT = "vắng mặt 04 đ/c (03 có lý do, 01 không có lý do)"
VOTE = "19/20 phiếu tán thành (đạt 95%)"
TASK = "1. Mở thêm lớp vẽ cho thiếu nhi."
RESULT = "Năm 2021, các hội đã mở 5 lớp vẽ."

ROWS = [
    Row("ATT-001", changed(SOCIETY, ("vắng mặt 04", "vắng mặt 03")), "20/24", SOCIETY),
    Row("ATT-002", changed(SOCIETY, (PRESENT, "có 25/24 đồng chí")), "25/24", SOCIETY),
    Row("ATT-003", changed(SOCIETY, (PRESENT, "có 12/24 đồng chí")), "12/24", SOCIETY),
    Row(
        "ATT-004",
        changed(SOCIETY, (ABSENT, "vắng mặt 04 đ/c (03 đ/c có lý do và đại diện lãnh đạo một số phòng, ban)")),
        "vắng mặt 04 đ/c (03 đ/c có lý do và đại diện lãnh đạo một số phòng, ban)",
        SOCIETY,
    ),
    Row(
        "ATT-004",
        changed(SOCIETY, (ABSENT, "vắng mặt 04 đ/c (03 có lý do, 01 không có lý do")),
        "vắng mặt 04 đ/c (03 có lý do, 01 không có lý do. Hội nghị biểu quyết với 19/20 phiếu tán thành ",
        SOCIETY,
    ),
    Row("ATT-005", changed(SOCIETY, ("01 không có lý do", "02 không có lý do")), "20/24", SOCIETY),
    Row("VOT-001", changed(SOCIETY, ("đạt 95%", "đạt 96%")), "19/20 phiếu tán thành (đạt 96%", SOCIETY),
    Row("VOT-001", changed(SOCIETY, ("đạt 95%", "đạt 94,5%")), "19/20 phiếu tán thành (đạt 94,5%", SOCIETY),
    Row("VOT-002", changed(SOCIETY, (VOTE, "24/24 phiếu tán thành")), "24/24", SOCIETY),
    Row(
        "VOT-003",
        changed(SOCIETY, (VOTE, "19/20 phiếu tán thành, 02 phiếu không tán thành")),
        "19/20",
        changed(SOCIETY, (VOTE, "19/20 phiếu tán thành, 01 phiếu không tán thành")),
    ),
    Row(
        "VOT-003",
        changed(SOCIETY, (VOTE, "số phiếu tán thành: 15/20; không tán thành: 3; phiếu trắng: 1")),
        "15/20",
        changed(SOCIETY, (VOTE, "số phiếu tán thành: 15/20; không tán thành: 3; phiếu trắng: 2")),
    ),
    Row(
        "VOT-004",
        changed(SOCIETY, (" Hội nghị biểu quyết với " + VOTE + ".", "")),
        "Nghị quyết này đã được Hội nghị lần thứ 4, Ban Chấp hành Liên hiệp các Hội Mỹ thuật tỉnh khóa II, "
        "nhiệm kỳ 2019-2024 thông qua ngày 11 tháng 01 năm 2022./.",
        SOCIETY,
    ),
    Row("VOT-005", changed(SOCIETY, (VOTE, "9/20 phiếu tán thành")), "9/20", SOCIETY),
    Row(
        "RAT-001",
        changed(SOCIETY, (RESULT, "Năm 2021, đã hoàn thành 11/12 nhiệm vụ, đạt 90%.")),
        "11/12 nhiệm vụ, đạt 90%",
        changed(SOCIETY, (RESULT, "Năm 2021, đã hoàn thành 11/12 nhiệm vụ, đạt 91,67%.")),
    ),
    Row(
        "RAT-001",
        changed(SOCIETY, (RESULT, "Năm 2021, đã hoàn thành 13/12 nhiệm vụ.")),
        "13/12",
        changed(SOCIETY, (RESULT, "Năm 2021, đã đạt 13/12 chỉ tiêu, vượt kế hoạch.")),
    ),
    Row(
        "NBR-001",
        changed(SOCIETY, (TASK, "1. Chi 1.5 tỷ đồng cho các lớp vẽ.")),
        "1.5 tỷ đồng",
        changed(SOCIETY, (TASK, "1. Chi 1,5 tỷ đồng và 2.500.000 đồng cho 1.250 học viên.")),
    ),
    Row(
        "NBR-001",
        changed(SOCIETY, (TASK, "1. Chi 1.5 tỷ cho các lớp vẽ.")),
        "1.5 tỷ",
        changed(SOCIETY, (TASK, "1. Chi 1,5 tỷ và 1.250 triệu cho các lớp vẽ.")),
    ),
    Row(
        "NBR-002",
        changed(SOCIETY, (TASK, "1. Mở lớp ở 114 đơn vị hành chính, gồm 67 xã, 45 phường và 03 đặc khu.")),
        "gồm 67 xã, 45 phường và 03 đặc khu",
        changed(SOCIETY, (TASK, "1. Mở lớp ở 114 đơn vị hành chính, gồm 67 xã, 45 phường và 02 đặc khu.")),
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_table(row: Row) -> None:
    check_row(row)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # a vote is compared with those present, not with all members
        (changed(SOCIETY, (VOTE, "19/24 phiếu tán thành")), "VOT-002"),
        # the vote is in another sentence
        (
            changed(SOCIETY, ("Năm 2021, các", "**1. Nhất trí thông qua báo cáo năm 2021.** Có 612/748 hộ đạt. Các")),
            "VOT-002",
        ),
        # what is against is no vote in favour
        (changed(SOCIETY, (VOTE, VOTE + ", không tán thành 1/20 phiếu")), "VOT-001"),
        # the percentage of something else
        (changed(SOCIETY, (VOTE, "19/20 phiếu tán thành, tăng 5% so với lần trước")), "VOT-001"),
        (changed(SOCIETY, (VOTE, "19/20 phiếu tán thành; 100% đại biểu có mặt nhất trí")), "VOT-001"),
        # a percentage of a rounded figure
        (changed(SOCIETY, (VOTE, "13/20 phiếu tán thành (đạt 65,0%)")), "VOT-001"),
        # members who need not come
        (changed(SOCIETY, ("vắng mặt 04", "miễn sinh hoạt 01, vắng mặt 03")), "ATT-001"),
        # shares of a whole that are no parts
        (
            changed(SOCIETY, (TASK, "1. Chi 500 triệu đồng, gồm 300 triệu đồng mua màu và 100 triệu đồng mua giấy.")),
            "NBR-002",
        ),
        (changed(SOCIETY, (TASK, "1. Mở lớp ở 20 thôn, gồm 3 xã, thị trấn và 12 bản.")), "NBR-002"),
        # a vote that state bodies do not print
        (COUNCIL, "VOT-004"),
        (ASSEMBLY, "VOT-004"),
        (BOARD, "VOT-004"),
    ],
)
def test_sound(text: str, code: str) -> None:
    assert of_code(text, code) == []


def test_quorum_is_that_of_the_class() -> None:
    # Councils need two thirds: 30 of 50 are enough for a society, but not for them.
    basis = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"
    text = changed(COUNCIL, (basis, basis + "\nKỳ họp có mặt 30/50 đại biểu;"))
    assert [f.code for f in found(text) if f.code.startswith("ATT")] == ["ATT-003"]
    assert of_code(changed(SOCIETY, (PRESENT, "có 14/24 đồng chí"), (ABSENT, "vắng mặt 10 đ/c")), "ATT-003") == []
