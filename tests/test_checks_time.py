"""Checks on time: terms of office, dates, periods."""

from __future__ import annotations

import pytest
from checking import ASSEMBLY, COUNCIL, SOCIETY, Row, changed, check_row, of_code

TERM = "khóa II, nhiệm kỳ 2019-2024 thông qua"
SIGNED = "Ngàn Sơn, ngày 15 tháng 7 năm 2023"
ADOPTED = "thông qua ngày 14 tháng 7 năm 2023"
EFFECT = "có hiệu lực từ ngày 25 tháng 7 năm 2023"
FIRST = "Điều 1. Thông qua mức hỗ trợ mở lớp vẽ ở các thôn."
TASK = "1. Mở thêm lớp vẽ cho thiếu nhi."


def article(text: str) -> str:
    return changed(COUNCIL, (FIRST, f"Điều 1. {text}"))


ROWS = [
    Row("TRM-001", changed(SOCIETY, (TERM, "khóa II, nhiệm kỳ 2019-2014 thông qua")), "nhiệm kỳ 2019-2014", SOCIETY),
    Row(
        "TRM-001",
        article("Mở lớp vẽ giai đoạn 2025-2021."),
        "giai đoạn 2025-2021",
        article("Mở lớp vẽ giai đoạn 2021-2025."),
    ),
    Row("TRM-002", changed(SOCIETY, (TERM, "khóa II, nhiệm kỳ 2019-2027 thông qua")), "nhiệm kỳ 2019-2027", SOCIETY),
    Row("TRM-003", changed(SOCIETY, (TERM, "khóa II, nhiệm kỳ 2019-2023 thông qua")), "nhiệm kỳ 2019-2023", SOCIETY),
    Row(
        "TRM-004",
        changed(
            SOCIETY, (TASK, "1. Chuẩn bị Đại hội Liên hiệp các Hội Mỹ thuật tỉnh lần thứ III, nhiệm kỳ 2019-2024.")
        ),
        "nhiệm kỳ 2019-2024",
        changed(
            SOCIETY, (TASK, "1. Chuẩn bị Đại hội Liên hiệp các Hội Mỹ thuật tỉnh lần thứ III, nhiệm kỳ 2024-2029.")
        ),
    ),
    Row(
        "TRM-004",
        changed(SOCIETY, (TERM, "khóa II, nhiệm kỳ 2024-2029 thông qua")),
        "nhiệm kỳ 2024-2029",
        SOCIETY,
    ),
    Row("TRM-004", changed(ASSEMBLY, ("Việt Nam khóa XV", "Việt Nam khóa XIII")), "khóa XIII", ASSEMBLY),
    Row(
        "DAT-001", changed(COUNCIL, (SIGNED, "Ngàn Sơn, ngày 12 tháng 7 năm 2023")), "ngày 12 tháng 7 năm 2023", COUNCIL
    ),
    Row(
        "DAT-002",
        COUNCIL,
        "ngày 15 tháng 7 năm 2023",
        changed(COUNCIL, (SIGNED, "Ngàn Sơn, ngày 14 tháng 7 năm 2023")),
        "I",
    ),
    Row(
        "DAT-002",
        changed(COUNCIL, (SIGNED, "Ngàn Sơn, ngày 15 tháng 9 năm 2023")),
        "ngày 15 tháng 9 năm 2023",
        changed(COUNCIL, (SIGNED, "Ngàn Sơn, ngày 14 tháng 7 năm 2023")),
        "W",
    ),
    Row("DAT-003", article("Họp ngày 31/02/2023."), "ngày 31/02/2023", article("Họp ngày 28/02/2023.")),
    Row(
        "DAT-003",
        article("Họp ngày 12 tháng 13 năm 2023."),
        "ngày 12 tháng 13 năm 2023",
        article("Họp ngày 29 tháng 02 năm 2024."),
    ),
    Row(
        "DAT-004",
        changed(COUNCIL, (EFFECT, "có hiệu lực từ ngày 25 tháng 7 năm 2022")),
        "ngày 25 tháng 7 năm 2022",
        COUNCIL,
    ),
    Row(
        "DAT-005",
        article("Họp vào thứ Hai, ngày 11/7/2023."),
        "ngày 11/7/2023",
        article("Họp vào thứ Ba, ngày 11/7/2023."),
    ),
    Row("DAT-005", article("Họp ngày 11/7/2023 (thứ Sáu)."), "ngày 11/7/2023", article("Họp ngày 11/7/2023 (thứ Ba).")),
    Row(
        "DAT-006",
        article("Theo thông báo ngày 08/6/20210 của thôn."),
        "ngày 08/6/20210",
        article("Theo thông báo ngày 08/6/2021 của thôn."),
    ),
    Row(
        "DAT-006",
        article("Theo thông báo ngày 08 tháng 6 năm 202."),
        "tháng 6 năm 202",
        article("Trong tháng 6 năm 2022, 20000 người đến."),
    ),
    Row("DAT-007", changed(COUNCIL, (SIGNED, "Ngàn Sơn, ngày … tháng 7 năm 2023")), "ngày … tháng 7 năm 2023", COUNCIL),
    Row(
        "DAT-008",
        changed(COUNCIL, (EFFECT, "có hiệu lực từ ngày 18 tháng 7 năm 2023")),
        "ngày 18 tháng 7 năm 2023",
        COUNCIL,
    ),
    Row(
        "PER-001",
        changed(SOCIETY, (TASK, "1. Làm tốt việc do các đơn vị đặt hàng năm 2021.")),
        "năm 2021",
        changed(SOCIETY, (TASK, "1. Làm tốt việc do các đơn vị đặt hàng năm 2022, tăng so với năm 2021.")),
    ),
    Row(
        "PER-001",
        changed(SOCIETY, ("các hội đã mở 5 lớp vẽ", "đã xong các nhiệm vụ sáu tháng đầu năm")),
        "sáu tháng đầu năm",
        changed(SOCIETY, ("các hội đã mở 5 lớp vẽ", "đã xong nhiệm vụ 6 tháng đầu năm và 6 tháng cuối năm")),
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_table(row: Row) -> None:
    check_row(row)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (article("Họp tại kỳ họp thứ hai, ngày 11/7/2023."), "DAT-005"),
        (article("Lãi suất 2020/2021 và 12/24 thôn."), "DAT-006"),
        (article("Kế hoạch nhiệm kỳ 2021-2026 tiếp nối nhiệm kỳ 2016-2021."), "TRM-003"),
        (article("Trưởng thôn nhiệm kỳ 2022-2024 được bầu lại."), "TRM-002"),
        (article("Hội đồng nhân dân nhiệm kỳ 2004-2011 đã bàn."), "TRM-002"),
        (article("Theo Nghị quyết của Quốc hội khóa XV, nhiệm kỳ 2021-2026."), "TRM-004"),
        # the shortened procedure
        (
            changed(
                COUNCIL,
                (EFFECT, "có hiệu lực từ ngày 18 tháng 7 năm 2023"),
                ("ý kiến thảo luận", "theo trình tự, thủ tục rút gọn; ý kiến thảo luận"),
            ),
            "DAT-008",
        ),
        # an individual resolution has no year in its symbol
        (
            changed(COUNCIL, (EFFECT, "có hiệu lực từ ngày 18 tháng 7 năm 2023"), ("12/2023/NQ-HĐND", "12/NQ-HĐND")),
            "DAT-008",
        ),
        # a draft may leave the day blank
        (
            changed(
                COUNCIL, (SIGNED, "Ngàn Sơn, ngày … tháng 7 năm 2023"), ("NGHỊ QUYẾT\n", "NGHỊ QUYẾT\n(DỰ THẢO)\n")
            ),
            "DAT-007",
        ),
    ],
)
def test_sound(text: str, code: str) -> None:
    assert of_code(text, code) == []


def test_the_hint_of_a_reversed_term_names_the_likely_one() -> None:
    text = changed(SOCIETY, (TERM, "khóa II, nhiệm kỳ 2019-2014 thông qua"))
    assert [finding.hint for finding in of_code(text, "TRM-001")] == ["Có lẽ là 2019-2024."]
    assert [finding.hint for finding in of_code(article("Giai đoạn 2025-2021."), "TRM-001")] == ["Có lẽ là 2021-2025."]
