"""The preamble: bases, recitals and the formula, each where it stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from shapes import HEAD

from nqparse.document import Preamble
from nqparse.pipeline import parse

BODY = "\nĐiều 1. Mở lớp vẽ.\nĐiều 2. Mua giấy.\n"


def preamble(text: str) -> Preamble:
    return parse(f"{HEAD}\n{text}{BODY}").preamble


def read(text: str) -> tuple[list[str], list[str], str | None]:
    """Returns the bases, recitals and formula, each on one line."""
    found = preamble(text)
    lists = [[" ".join(item.text.split()) for item in items] for items in (found.bases, found.recitals)]
    return lists[0], lists[1], found.formula and " ".join(found.formula.text.split())


F = "QUYẾT NGHỊ:"
CAN_CU = "Căn cứ Điều lệ Hội;"
XET = "Xét Tờ trình số 5/TTr-VP của Văn phòng;"

# The text, then its bases, recitals and formula.
ROWS: dict[str, tuple[str, list[str], list[str], str | None]] = {
    # Bases
    "one to a line": (f"{CAN_CU}\n{XET}\n{F}\n", [CAN_CU, XET], [], F),
    "parted by blank lines": (f"{CAN_CU}\n\n{XET}\n\n{F}\n", [CAN_CU, XET], [], F),
    "with dashes before them": (f"- {CAN_CU}\n- {XET}\n{F}\n", [CAN_CU, XET], [], F),
    "in emphasis, cut in pieces": (
        f"*Căn cứ* *Điều lệ* *Hội;*\n\n*{XET}*\n\n**{F}**\n",
        ["Căn cứ* *Điều lệ* *Hội;", XET],
        [],
        F,
    ),
    "wrapped": (
        f"Căn cứ Luật Hội và các văn bản hướng dẫn thi hành của Chính phủ, các Bộ,\nngành trung ương;\n{XET}\n{F}\n",
        [
            "Căn cứ Luật Hội và các văn bản hướng dẫn thi hành của Chính phủ, các Bộ, ngành trung ương;",
            XET,
        ],
        [],
        F,
    ),
    "one that goes on behind a semicolon": (
        f"{XET}\nBáo cáo thẩm tra của Ban Kiểm tra; ý kiến của hội viên.\n{F}\n",
        [f"{XET} Báo cáo thẩm tra của Ban Kiểm tra; ý kiến của hội viên."],
        [],
        F,
    ),
    "one that goes on, with another behind it": (
        f"{XET}\nBáo cáo thẩm tra của Ban Kiểm tra;\n{CAN_CU}\n{F}\n",
        [f"{XET} Báo cáo thẩm tra của Ban Kiểm tra;", CAN_CU],
        [],
        F,
    ),
    "two laws in one": ("Căn cứ Luật Hội; Luật Tranh;\n" + F, ["Căn cứ Luật Hội; Luật Tranh;"], [], F),
    "the last one ends with a comma": (
        f"{CAN_CU}\nTheo đề nghị của Văn phòng,\n{F}\n",
        [CAN_CU, "Theo đề nghị của Văn phòng,"],
        [],
        F,
    ),
    "the last one has no end mark": (
        f"{CAN_CU}\nTheo đề nghị của Văn phòng\n\n{F}\n",
        [CAN_CU, "Theo đề nghị của Văn phòng"],
        [],
        F,
    ),
    "other openers": (
        f"Thực hiện Kết luận số 7-KL/TU;\nSau khi nghe báo cáo;\nTrên cơ sở ý kiến hội viên;\nQua xem xét hồ sơ,\n"
        f"{F}\n",
        [
            "Thực hiện Kết luận số 7-KL/TU;",
            "Sau khi nghe báo cáo;",
            "Trên cơ sở ý kiến hội viên;",
            "Qua xem xét hồ sơ,",
        ],
        [],
        F,
    ),
    # Recitals
    "a meeting told in full": (
        f"{CAN_CU}\nNgày 12 tháng 01 năm 2024, Hội họp tại Ngàn. Dự họp có 12/15 ủy viên.\n"
        f"Hội nghị đã thảo luận, đánh giá kết quả.\n{F}\n",
        [CAN_CU],
        [
            "Ngày 12 tháng 01 năm 2024, Hội họp tại Ngàn. Dự họp có 12/15 ủy viên.",
            "Hội nghị đã thảo luận, đánh giá kết quả.",
        ],
        F,
    ),
    "a basis that opens the story in the same paragraph": (
        f"Thực hiện Điều lệ Hội (nhiệm kỳ 2018-2023). Ngày 12 tháng 01 năm 2024, Hội họp tại Ngàn.\n{F}\n",
        ["Thực hiện Điều lệ Hội (nhiệm kỳ 2018-2023)."],
        ["Ngày 12 tháng 01 năm 2024, Hội họp tại Ngàn."],
        F,
    ),
    "a purpose": (
        f"Để mở lớp vẽ cho hội viên;\n{CAN_CU}\n{F}\n",
        [CAN_CU],
        ["Để mở lớp vẽ cho hội viên;"],
        F,
    ),
    "who resolves": (
        f"{CAN_CU}\n\nBan Chấp hành Hội đã thống nhất,\n\n{F}\n",
        [CAN_CU],
        ["Ban Chấp hành Hội đã thống nhất,"],
        F,
    ),
    # The formula
    "a paragraph that leads over to the body": (
        "Trong năm qua, Hội mở lớp.\n\nTừ tình hình trên, Hội yêu cầu tập trung mở lớp. Cụ thể như sau:\n",
        [],
        ["Trong năm qua, Hội mở lớp."],
        "Từ tình hình trên, Hội yêu cầu tập trung mở lớp. Cụ thể như sau:",
    ),
    "without a colon": (f"{CAN_CU}\nQUYẾT NGHỊ\n", [CAN_CU], [], "QUYẾT NGHỊ"),
    "in small letters": (f"{CAN_CU}\nQuyết nghị:\n", [CAN_CU], [], "Quyết nghị:"),
    "another verb": (f"{CAN_CU}\nQUYẾT ĐỊNH:\n", [CAN_CU], [], "QUYẾT ĐỊNH:"),
    "the type line's words": (f"{CAN_CU}\nNGHỊ QUYẾT:\n", [CAN_CU], [], "NGHỊ QUYẾT:"),
    "three words": (f"{CAN_CU}\nRA NGHỊ QUYẾT:\n", [CAN_CU], [], "RA NGHỊ QUYẾT:"),
    "bold": (f"{CAN_CU}\n**{F}**\n", [CAN_CU], [], F),
    "damaged": (f"{CAN_CU}\nQUYÉT NGHI:\n", [CAN_CU], [], "QUYÉT NGHI:"),
    "grown onto the last basis": (
        f"{CAN_CU}\nTheo đề nghị của Văn phòng, {F}\n",
        [CAN_CU, "Theo đề nghị của Văn phòng,"],
        [],
        F,
    ),
    "a sentence in its place": (
        f"{CAN_CU}\nHội đồng nhân dân ban hành Nghị quyết quy định mức chi cho lớp vẽ.\n",
        [CAN_CU],
        [],
        "Hội đồng nhân dân ban hành Nghị quyết quy định mức chi cho lớp vẽ.",
    ),
    "a sentence at the end of the story": (
        "Hội nghị lần thứ 4 họp ngày 20/01/2024. Ban Chấp hành đã thảo luận và thông qua Nghị quyết như sau:\n",
        [],
        ["Hội nghị lần thứ 4 họp ngày 20/01/2024."],
        "Ban Chấp hành đã thảo luận và thông qua Nghị quyết như sau:",
    ),
    "a draft that is cited resolves nothing": (
        f"Xét Tờ trình về dự thảo Nghị quyết ban hành Nghị quyết về lớp vẽ;\n{F}\n",
        ["Xét Tờ trình về dự thảo Nghị quyết ban hành Nghị quyết về lớp vẽ;"],
        [],
        F,
    ),
    "none": (f"{CAN_CU}\n", [CAN_CU], [], None),
    "nothing at all": ("", [], [], None),
}


@pytest.mark.parametrize(
    ("text", "bases", "recitals", "formula"),
    [pytest.param(*row, id=name) for name, row in ROWS.items()],
)
def test_preamble(text: str, bases: list[str], recitals: list[str], formula: str | None) -> None:
    assert read(text) == (bases, recitals, formula)


# The issuer's name again, with its term and session.
ENACTING = [
    ("HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN", "HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN"),
    ("HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN\nKHÓA XVII, KỲ HỌP THỨ 5", "HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN\nKHÓA XVII, KỲ HỌP THỨ 5"),
    (
        "HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN\nKHOÁ XVII - KỲ HỌP THỨ 5\n(Từ ngày 10 đến ngày 12/7/2024)",
        "HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN\nKHOÁ XVII - KỲ HỌP THỨ 5\n(Từ ngày 10 đến ngày 12/7/2024)",
    ),
    ("**HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN**", "HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN"),
]


@pytest.mark.parametrize(("lines", "expected"), ENACTING)
def test_enacting_body(lines: str, expected: str) -> None:
    found = preamble(f"{lines}\n\n{CAN_CU}\n{F}\n")
    assert found.enacting_body is not None
    assert found.enacting_body.text == expected
    assert [basis.text for basis in found.bases] == [CAN_CU]


def test_enacting_body_behind_the_bases() -> None:
    found = preamble(f"{CAN_CU}\n\nHỘI ĐỒNG NHÂN DÂN TỈNH NGÀN\n\n{F}\n")
    assert found.enacting_body is not None
    assert found.enacting_body.text == "HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN"


def test_addressees_of_a_letter_are_no_bases() -> None:
    head = HEAD[: HEAD.index("NGHỊ QUYẾT")]
    letter = "V/v mở lớp vẽ\n\nKính gửi:\n- Các chi hội;\n- Văn phòng.\n\nCăn cứ Điều lệ Hội, Ủy ban đề nghị:\n"
    document = parse(f"{head}{letter}\n1. Mở lớp.\n2. Mua giấy.\n")
    assert [basis.text for basis in document.preamble.bases] == ["Căn cứ Điều lệ Hội, Ủy ban đề nghị:"]
    assert [section.number for section in document.body] == ["1", "2"]


def test_values_stand_in_order_and_apart() -> None:
    found = preamble(f"{CAN_CU}\n{XET}\nNgày 12 tháng 01 năm 2024, Hội họp.\n\n{F}\n")
    assert found.formula is not None
    places = [(item.start, item.end) for item in (*found.bases, *found.recitals, found.formula)]
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


@pytest.mark.parametrize(
    ("listed", "bases"),
    [
        ("Căn cứ:\n- Luật Giá;\n- Điều lệ Công ty.\n", ["Luật Giá;", "Điều lệ Công ty."]),
        ("Căn cứ các văn bản sau:\n1. Luật Giá;\n2. Điều lệ\ncủa Công ty;\n", ["Luật Giá;", "Điều lệ\ncủa Công ty;"]),
        ("Căn cứ:\n+ Luật Giá;\nXét đề nghị của Ban Giám đốc,\n", ["Luật Giá;", "Xét đề nghị của Ban Giám đốc,"]),
        ("- Căn cứ Luật Giá;\n- Căn cứ Điều lệ;\n", ["Căn cứ Luật Giá;", "Căn cứ Điều lệ;"]),
    ],
)
def test_each_item_of_a_list_of_bases_is_one(listed: str, bases: list[str]) -> None:
    text = "NGHỊ QUYẾT\nVề việc chia cổ tức\n\n" + listed + "\nQUYẾT NGHỊ:\nĐiều 1. Chia 10%.\n"
    preamble = parse(text).preamble
    assert [basis.text for basis in preamble.bases] == bases
    assert preamble.recitals == []
