"""Checks on words: abbreviations, names, spelling, characters, doubled paragraphs."""

from __future__ import annotations

import unicodedata

import pytest
from checking import COUNCIL, SOCIETY, Row, changed, check_row, found, of_code

FIRST = "Điều 1. Thông qua mức hỗ trợ mở lớp vẽ ở các thôn."
SECOND = "1. Giao Ủy ban nhân dân tỉnh triển khai theo đúng mục đích."
LONG = (
    "Mỗi lớp vẽ có không quá hai mươi học viên, học vào buổi tối, do một thầy và một trợ giảng dạy; giấy, bút và màu "
    "do thôn mua từ khoản hỗ trợ này, chứng từ gửi về xã."
)


def article(text: str) -> str:
    return changed(COUNCIL, (FIRST, f"Điều 1. {text}"))


def both(first: str, second: str) -> str:
    return changed(COUNCIL, (FIRST, f"Điều 1. {first}"), (SECOND, f"1. Giao Ủy ban nhân dân tỉnh {second}"))


LATER = changed(
    COUNCIL,
    ("ngày 15 tháng 7 năm 2023", "ngày 15 tháng 7 năm 2026"),
    ("ngày 14 tháng 7 năm 2023", "ngày 14 tháng 7 năm 2026"),
)

ROWS = [
    Row(
        "ABB-001",
        article("Mở lớp vẽ theo chương trình TKXQ."),
        "TKXQ",
        article("Mở lớp vẽ theo chương trình (TKXQ) mới, TKXQ có 3 phần."),
    ),
    Row(
        "ABB-001",
        article("Mở lớp TTN-NĐ ở thôn."),
        "TTN-NĐ",
        article("Mở lớp cho thanh thiếu niên, nhi đồng. Lớp TTN-NĐ ở thôn."),
    ),
    Row(
        "ABB-002",
        both("Giao Ban Mỹ thuật (BMT) và Ban Mua tranh (BMT) theo dõi.", "báo cáo."),
        "BMT",
        both("Giao Ban Mỹ thuật (BMT) và Ban Vẽ tranh (BVT) theo dõi.", "báo cáo."),
    ),
    Row(
        "NAM-001",
        both(
            "Giao Sở Văn hóa và Thể thao Ngàn Sơn mở lớp. Sở Văn hóa và Thể thao Ngàn Sơn có trách nhiệm.",
            "và Sở Văn hóa Thể thao Ngàn Sơn.",
        ),
        "Sở Văn hóa Thể thao Ngàn Sơn",
        both("Giao Sở Văn hóa và Thể thao Ngàn Sơn mở lớp.", "và Sở Văn hóa và Thể thao Ngàn Sơn."),
    ),
    Row("NAM-002", article("Mời Hội Mỹ thuật Việt nam."), "Việt nam", article("Mời Hội Mỹ thuật Việt Nam.")),
    Row(
        "NAM-002",
        article("Mời các hội của thành phố cần Thơ."),
        "cần Thơ",
        article("Mời các hội của thành phố Cần Thơ cần thêm màu."),
    ),
    Row(
        "NAM-003",
        changed(LATER, (FIRST, "Điều 1. Giao huyện Đồi Vàng mở lớp.")),
        "huyện Đồi Vàng",
        changed(COUNCIL, (FIRST, "Điều 1. Giao huyện Đồi Vàng mở lớp.")),
    ),
    Row(
        "NAM-003",
        changed(LATER, (FIRST, "Điều 1. Học hỏi tỉnh Hà Giang.")),
        "tỉnh Hà Giang",
        changed(LATER, (FIRST, "Điều 1. Học hỏi tỉnh Tuyên Quang.")),
    ),
    Row("ORT-001", article("Đại biểu thống nhât mở lớp."), "thống nhât", article("Đại biểu thống nhất mở lớp.")),
    Row("ORT-001", changed(COUNCIL, ("QUYẾT NGHỊ:", "QUYÉT NGHỊ:")), "QUYÉT NGHỊ", COUNCIL),
    Row(
        "ORT-002",
        article("Vận động thợ vẽ ra nhập hội."),
        "ra nhập",
        article("Vận động thợ vẽ gia nhập hội, đưa tranh ra nhập khẩu."),
    ),
    Row("ORT-002", article("Đoàn lên tham bà con."), "lên tham", article("Đoàn lên thăm bà con, lên tham dự lớp vẽ.")),
    Row("ORT-003", article("Xóa lớp cũ, xoá lớp mới."), "oá", article("Xóa lớp cũ, xóa lớp mới, quý thầy.")),
    Row("ORT-004", article("Mở lớр vẽ."), "р", article("Mở lớp vẽ 5 m², 30°C, màu α và µ.")),
    Row("ORT-004", article("Mở lớp \ufffd vẽ."), "\ufffd", COUNCIL),
    Row("ORT-004", article("Héi ®ång nh©n d©n tØnh."), "®", article("Sản phẩm ®, § 5 và © Ngàn Sơn.")),
    Row(
        "ORT-004",
        article("Nghá»‹ quyáº¿t vá»› mở lớp."),
        "»",
        article("Theo «Sổ tay vẽ» của tỉnh, «Sổ màu» và «Sổ giấy»."),
    ),
    Row("ORT-005", article("Mở lớp\u00a0vẽ."), "\u00a0", COUNCIL),
    Row("ORT-005", article("Mở lớp ve\u0303."), "\u0303", COUNCIL),
    Row(
        "DUP-001",
        both(f"Quy mô lớp\n1. {LONG}\n2. {LONG}", "báo cáo."),
        LONG,
        both(f"Quy mô lớp\n1. {LONG}\n2. Lớp mở ba tháng.", "báo cáo."),
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_table(row: Row) -> None:
    check_row(row)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (article("Mở lớp vẽ TIỂU HỌC ở thôn; cấp II, cấp III theo QCVN 01:2020; GDP tăng."), "ABB-001"),
        (article("Đường giao thông nhất là đường thôn; ký hợp đồng mua màu; đồng chí Nguyễn Thị Hạnh."), "ORT-001"),
        (article("Giám đốc lắp giá vẽ, đôn đốc lập sổ."), "ORT-001"),
        (article("Cần cử thầy dạy vẽ; nơi nhân dân học; vận hành phục vụ lớp."), "ORT-001"),
        (article("Hội-đồng nhất-trí thông-qua Nghị-quyết."), "ORT-001"),  # hyphens of the time
        (article("Thôn Tân Thành và xã Thị Hành mở lớp."), "ORT-001"),
        (changed(COUNCIL, (" năm 2023\n\nNGHỊ", " năm 1978\n\nNGHỊ"), (FIRST, "Điều 1. Nước Việt nam.")), "NAM-002"),
        # the same long clause in two articles is no copy
        (both(f"Quy mô lớp\n1. {LONG}\n2. Lớp mở ba tháng.", f"báo cáo.\n2. {LONG}"), "DUP-001"),
        (changed(LATER, (FIRST, "Điều 1. Giao huyện Đồi Vàng cũ bàn giao.")), "NAM-003"),
    ],
)
def test_sound(text: str, code: str) -> None:
    assert of_code(text, code) == []


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            "Nhát trí",
            "thống nhât",
            "thông nhất",
            "NGHI QUYẾT",
            "NGHỊ QUYÊT",
            "Căn cú",
            "Cãn cứ",
            "thõa thuận",
            "sữa đổi",
        ),
        *("bỗ sung", "kỹ họp", "khoá hợp", "Tợ trình", "xét thẩy", "nhiệm kì", "hiêu lực", "chiụ", "trách nhiêm"),
        *("thi hàng", "Nới nhận", "Noi nhận", "Luu", "ĐỌC LẬP", "Đọc lập"),
    ],
)
def test_misspellings(wrong: str) -> None:
    text = article(f"Các thôn {wrong} mở lớp.")
    assert [text[hit.start : hit.end] for hit in of_code(text, "ORT-001")] == [wrong]


def test_letters_that_grow_in_lower_case_move_nothing() -> None:
    text = article("İİİ Các thôn Nhát trí mở lớp.")
    assert [text[hit.start : hit.end] for hit in of_code(text, "ORT-001")] == ["Nhát trí"]


def test_a_text_without_accents_is_not_misspelt() -> None:
    plain = "NGHI QUYET\nVe viec mo lop ve\nCan cu Dieu le;\nQUYET NGHI:\nDieu 1. Thong nhat mo lop.\n"
    assert [finding.code for finding in found(plain) if finding.code.startswith("ORT")] == []


def test_combining_marks_do_not_hide_anything() -> None:
    text = changed(SOCIETY, ("1. Mở thêm", "1. Thống nhât mở thêm"))
    assert [f.code for f in found(unicodedata.normalize("NFD", text)) if f.code.startswith("ORT-00")] == [
        "ORT-005",
        "ORT-001",
    ]
