"""Checks on form: numbering, structure, letterhead, number and symbol."""

from __future__ import annotations

import pytest
from checking import ASSEMBLY, BOARD, COUNCIL, PARTY, SOCIETY, Row, changed, check_row, of_code, without

ARTICLES = """\
Điều 1. Thông qua mức hỗ trợ mở lớp vẽ ở các thôn.
Điều 2. Tổ chức thực hiện
1. Giao Ủy ban nhân dân tỉnh triển khai theo đúng mục đích.
2. Giao Thường trực Hội đồng nhân dân tỉnh giám sát.
"""
ADOPTION = (
    "Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa XV, kỳ họp thứ 9 thông qua ngày 14 tháng 7 năm 2023 và có "
    "hiệu lực từ ngày 25 tháng 7 năm 2023./."
)
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"

PERSONAL = """\
ỦY BAN THƯỜNG VỤ QUỐC HỘI
Số: 1312/NQ-UBTVQH15
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 12 tháng 12 năm 2024
NGHỊ QUYẾT
Phê chuẩn kết quả miễn nhiệm
ỦY BAN THƯỜNG VỤ QUỐC HỘI
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
QUYẾT NGHỊ:
Điều 1. Phê chuẩn kết quả miễn nhiệm chức vụ Phó Trưởng đoàn đối với ông Lê Văn Ngàn.
Điều 2. Nghị quyết này có hiệu lực kể từ ngày ký.
TM. ỦY BAN THƯỜNG VỤ QUỐC HỘI
CHỦ TỊCH
Lê Thị Sơn
"""


def body(*lines: str) -> str:
    """Returns the council's resolution with another body."""
    return changed(COUNCIL, (ARTICLES, "\n".join(lines) + "\n"))


def points(*letters: str, mark: str = ")") -> str:
    """Returns a body in which one article has these points."""
    lines = [f"{letter}{mark} Mở lớp vẽ ở thôn {letter.upper()};" for letter in letters]
    return body("Điều 1. Giao các thôn:", *lines, "Điều 2. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện.")


def romans(*lines: str) -> str:
    """Returns the society's resolution with other sections under II."""
    return changed(
        SOCIETY,
        (
            "1. Mở thêm lớp vẽ cho thiếu nhi.\n2. Giao Ban Thường vụ tổ chức thực hiện Nghị quyết này.\n",
            "\n".join(lines) + "\n",
        ),
    )


ROWS = [
    Row(
        "NUM-010",
        body("Điều 1. Mở lớp vẽ.", "Điều 2. Mua màu vẽ.", "Điều 4. Giao Ủy ban nhân dân tỉnh thực hiện."),
        "Điều 4.",
        COUNCIL,
    ),
    Row("NUM-010", points("a", "b", "d"), "d)", points("a", "b", "c")),
    Row("NUM-010", body("Điều 2. Mở lớp vẽ.", "Điều 3. Giao Ủy ban nhân dân tỉnh thực hiện."), "Điều 2.", COUNCIL),
    Row(
        "NUM-011",
        body("Điều 1. Mở lớp vẽ.", "Điều 3. Mua màu vẽ.", "Điều 2. Mua giấy.", "Điều 4. Giao Ủy ban thực hiện."),
        "Điều 2.",
        COUNCIL,
    ),
    Row(
        "NUM-012",
        body("Điều 1. Mở lớp vẽ.", "Điều 2. Mua màu vẽ.", "Điều 2. Giao Ủy ban nhân dân tỉnh thực hiện."),
        "Điều 2.",
        COUNCIL,
    ),
    Row("NUM-013", points("a", "b", "c", "d", "e"), "e)", points("a", "b", "c", "d", "đ", "e")),
    Row("NUM-014", points("a", "b", "c", "d", "đ", "e", "f"), "f)", points("a", "b", "c", "d", "đ", "e", "g")),
    Row("NUM-015", romans("a) Mở thêm lớp vẽ.", "b) Giao Ban Thường vụ thực hiện."), "a)", SOCIETY),
    Row(
        "NUM-015",
        body("Điều 1. Mở lớp vẽ.", "Điều 2. Giao các bên thực hiện", "1. Giao Ủy ban nhân dân tỉnh thực hiện."),
        "1.",
        COUNCIL,
    ),
    Row("NUM-016", romans("1. Mở thêm lớp vẽ.", "2) Giao Ban Thường vụ thực hiện.", "3. Mua màu vẽ."), "2)", SOCIETY),
    Row(
        "NUM-020",
        romans("1. Mở thêm lớp vẽ.", "2.1. Giao Ban Thường vụ thực hiện.", "2.2. Mua màu vẽ."),
        "2.1.",
        romans("1. Mở thêm lớp vẽ.", "2. Việc khác", "2.1. Giao Ban Thường vụ thực hiện.", "2.2. Mua màu vẽ."),
    ),
    Row(
        "NUM-021",
        body("Điều 1. Mở lớp vẽ.", "Điều 2. Mua màu vẽ.", "Điều 1. Mua giấy.", "Điều 2. Giao Ủy ban thực hiện."),
        "Điều 1.",
        COUNCIL,
    ),
    Row("STR-002", without(COUNCIL, ADOPTION), "2. Giao Thường trực Hội đồng nhân dân tỉnh giám sát.", COUNCIL),
    Row(
        "STR-003",
        body("Điều 1. Giao Ủy ban nhân dân tỉnh mở lớp vẽ."),
        "Điều 1. Giao Ủy ban nhân dân tỉnh mở lớp vẽ.",
        COUNCIL,
    ),
    Row("STR-004", body("1. Mở lớp vẽ ở các thôn.", "2. Giao Ủy ban nhân dân tỉnh thực hiện."), "1.", COUNCIL, "I"),
    Row(
        "STR-005",
        romans(
            "1. Lớp vẽ",
            "Mở thêm lớp vẽ.",
            "2. Màu vẽ",
            "Mua màu vẽ.",
            "3. Giao Ban Thường vụ tổ chức thực hiện Nghị quyết này.",
        ),
        "3.",
        romans(
            "1. Lớp vẽ", "Mở thêm lớp vẽ.", "2. Màu vẽ", "Mua màu vẽ.", "3. Thực hiện", "Giao Ban Thường vụ thực hiện."
        ),
    ),
    Row(
        "STR-006",
        changed(BOARD, ("Giao Tổng Giám đốc tổ chức thực hiện Nghị quyết này./.", "Mua thêm màu vẽ./.")),
        "Điều 2.",
        BOARD,
    ),
    Row("STR-007", changed(COUNCIL, ("\nĐiều 2.", "\n2 Điều 2.")), "2 Điều 2.", COUNCIL),
    Row("HDR-001", without(COUNCIL, STATE), "12/2023/NQ-HĐND", COUNCIL),
    Row("HDR-001", without(PARTY, "ĐẢNG CỘNG SẢN VIỆT NAM\n"), "07-NQ/ĐU", PARTY),
    Row("HDR-002", without(COUNCIL, "HỘI ĐỒNG NHÂN DÂN\nTỈNH NGÀN SƠN\n-------\n"), "12/2023/NQ-HĐND", COUNCIL),
    Row(
        "HDR-003",
        changed(COUNCIL, ("Độc lập - Tự do - Hạnh phúc", "Độc lập Tự do Hạnh phúc")),
        "Độc lập Tự do Hạnh phúc",
        COUNCIL,
    ),
    Row(
        "HDR-003",
        changed(COUNCIL, ("CỘNG HÒA XÃ HỘI", "CỘNG HÒA XÃ HÔI")),
        "CỘNG HÒA XÃ HÔI CHỦ NGHĨA VIỆT NAM",
        changed(COUNCIL, ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI")),
    ),
    Row(
        "HDR-004",
        changed(COUNCIL, ("CHỦ TỊCH\n(Đã ký)", "T/M HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)")),
        "T/M HỘI ĐỒNG NHÂN DÂN",
        COUNCIL,
    ),
    Row("HDR-004", changed(PARTY, ("ĐẢNG CỘNG SẢN VIỆT NAM\n", STATE)), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", PARTY),
    Row("HDR-005", without(COUNCIL, "Về việc hỗ trợ mở lớp vẽ ở thôn\n"), "NGHỊ QUYẾT", COUNCIL),
    Row("SYM-001", changed(COUNCIL, ("12/2023/NQ-HĐND", "12 /2023/NQ-HĐND")), "12 /2023/NQ-HĐND", COUNCIL),
    Row("SYM-002", changed(COUNCIL, ("12/2023/NQ-HĐND", "12/2022/NQ-HĐND")), "12/2022/NQ-HĐND", COUNCIL),
    Row("SYM-003", changed(COUNCIL, ("12/2023/NQ-HĐND", "12/2023/QĐ-HĐND")), "12/2023/QĐ-HĐND", COUNCIL),
    Row("SYM-004", changed(COUNCIL, ("12/2023/NQ-HĐND", "12/2023/NQ-UBND")), "12/2023/NQ-UBND", COUNCIL),
    Row("SYM-005", changed(SOCIETY, ("Số: 03/NQ", "Số: 3/NQ")), "3/NQ-BCH-LHH", SOCIETY),
    Row("SYM-005", changed(SOCIETY, ("Số: 03/NQ", "Số:    /NQ")), "/NQ-BCH-LHH", SOCIETY),
    Row(
        "SYM-006",
        changed(ASSEMBLY, ("43/2022/QH15", "43/2022/QH13"), ("khóa XV", "khóa XIII")),
        "43/2022/QH13",
        ASSEMBLY,
    ),
    Row(
        "SYM-006",
        changed(COUNCIL, ("phương ngày 19", "phương số 77/2025/QH13 ngày 19")),
        "Luật Tổ chức chính quyền địa phương số 77/2025/QH13 ngày 19 tháng 6 năm 2015",
        changed(COUNCIL, ("phương ngày 19", "phương số 77/2015/QH13 ngày 19")),
    ),
    Row("SYM-007", changed(COUNCIL, ("12/2023/NQ-HĐND", "12-NQ/HĐND")), "12-NQ/HĐND", COUNCIL),
    Row("SYM-007", changed(PARTY, ("07-NQ/ĐU", "07/NQ-ĐU")), "07/NQ-ĐU", PARTY),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_table(row: Row) -> None:
    check_row(row)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # inserted articles, and letters that old fonts made alike
        (body("Điều 5. Mở lớp vẽ.", "Điều 5a. Mua màu vẽ.", "Điều 6. Giao Ủy ban thực hiện."), "NUM-012"),
        (points("a", "b", "c", "d", "d", "e"), "NUM-012"),
        # points that an amendment puts into another act
        (
            body(
                "Điều 1. Sửa đổi điểm a, c khoản 1 Điều 3 như sau:",
                "a) Mở lớp vẽ;",
                "c) Mua màu vẽ.",
                "Điều 2. Giao Ủy ban thực hiện.",
            ),
            "NUM-010",
        ),
        # numbers go on from one part to the next, letters begin again
        (romans("1. Mở lớp:", "a) ở xã;", "b) ở thôn.", "2. Mua màu:", "a) đỏ;", "b) xanh."), "NUM-011"),
        # a motto of the time, and a symbol
        (
            changed(
                COUNCIL,
                (" năm 2023\n\nNGHỊ", " năm 1985\n\nNGHỊ"),
                ("Độc lập - Tự do - Hạnh phúc", "Độc lập. Tự do. Hạnh phúc"),
            ),
            "HDR-003",
        ),
        # hyphens between syllables, of the time; letters torn apart by an extraction
        (
            changed(
                COUNCIL,
                (" năm 2023\n\nNGHỊ", " năm 1985\n\nNGHỊ"),
                (STATE, "CỘNG-HÒA XÃ-HỘI CHỦ-NGHĨA VIỆT-NAM\nĐộc-lập - Tự-do - Hạnh-phúc\n"),
            ),
            "HDR-003",
        ),
        (
            changed(
                COUNCIL, (STATE, "C Ộ NG HÒA XÃ H Ộ I CH Ủ NGHĨA VI Ệ T NAM\nĐ ộ c l ậ p - T ự do - H ạ nh phúc\n")
            ),
            "HDR-003",
        ),
        # an act on a person takes effect when it is signed, and says no more
        (PERSONAL, "STR-002"),
        (changed(COUNCIL, (ADOPTION, "Nghị-quyết này được Hội-đồng biểu-quyết thông-qua với sự nhất-trí.")), "STR-002"),
        (changed(COUNCIL, (" năm 2023\n\nNGHỊ", " năm 1985\n\nNGHỊ"), ("12/2023/NQ-HĐND", "12-NQ/HĐND")), "SYM-007"),
        # Party numbers run through a term
        (PARTY, "SYM-002"),
        # an ornament is no lost text
        (changed(COUNCIL, ("---------------\nNgàn", "---o0o---\nNgàn")), "STR-001"),
    ],
)
def test_sound(text: str, code: str) -> None:
    assert of_code(text, code) == []


def test_unknown_text_is_told() -> None:
    from checking import document

    from nqparse.checks import run_checks

    read = document(COUNCIL).model_copy(deep=True)
    zone = next(zone for zone in read.zones if zone.kind == "closing")
    zone.kind = "unknown"
    hits = [finding for finding in run_checks(read) if finding.code == "STR-001"]
    assert [(hit.severity, read.text[hit.start : hit.end]) for hit in hits] == [("E", ADOPTION)]
