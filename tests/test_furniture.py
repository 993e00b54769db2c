"""Furniture: what stands between the lines of a document is left out, and clauses run on across it."""

from __future__ import annotations

import pytest
from shapes import OPENING, body, flow_lines, outline, zone_texts

from nqparse.pipeline import parse

BEFORE = "Điều 1. Hội đồng nghệ thuật cùng các chi hội mở lớp vẽ"
AFTER = "cho hội viên trong tỉnh.\nĐiều 2. Mua giấy.\n"

# What stands between the two halves of a clause at a page break.
PAGE_BREAKS = [
    "\n2\n\n",  # a page number
    "\n- 2 -\n\n",
    "\n2/5\n\n",
    "\nTrang 2/5\n\n",
    "\n===== Trang 2 =====\n\n",  # marks of programs
    "\n--- Page 2 ---\n\n",
    "\n[[SOURCE hoi-ve.pdf PAGE 2]]\n\n",
    "\n<!-- page 2 -->\n\n",
    "\n\x0c2\n\n",  # a form feed
    "CÔNG BÁO/Số 327/Ngày 14-06-2024\n2\n",  # a gazette's running line
    "\n2\nCÔNG BÁO/Số 327 + 328/Ngày 14-6-2024\n\n",
]


@pytest.mark.parametrize("between", PAGE_BREAKS)
def test_clause_runs_over_a_page_break(between: str) -> None:
    first, second = body(f"{BEFORE}\n{between}{AFTER}")
    assert [(paragraph.text, paragraph.fragments is not None) for paragraph in first.paragraphs] == [
        ("Hội đồng nghệ thuật cùng các chi hội mở lớp vẽ\ncho hội viên trong tỉnh.", True)
    ]
    assert second.number == "2"


@pytest.mark.parametrize("between", PAGE_BREAKS)
def test_page_break_is_a_zone_of_furniture(between: str) -> None:
    document = parse(OPENING + f"{BEFORE}\n{between}{AFTER}")
    assert ("furniture", between.strip()) in zone_texts(document)


# Lines that are left out wherever they stand, and what they part are two paragraphs.
BREAKS = ["-------", "_______", "***", "* * *", "---o0o---", "=====", "|  |", "HỎA TỐC", "DỰ THẢO", "Dự thảo lần 2"]
DOUBTFUL = [
    "MẬT",
    "XEM XONG TRẢ LẠI",
]


@pytest.mark.parametrize("line", [*BREAKS, *DOUBTFUL])
def test_rules_and_stamps_are_left_out(line: str) -> None:
    assert flow_lines(f"Mở lớp vẽ.\n{line}\nMua giấy.\n") == ["Mở lớp vẽ.", "Mua giấy."]


# A rule in one column of the letterhead, beside words in the other.
IN_A_COLUMN = ["-------", "*****", "---o0o---"]


@pytest.mark.parametrize("rule", IN_A_COLUMN)
def test_rule_in_a_column_is_no_text(rule: str) -> None:
    head = (
        f"HỘI VẼ TỈNH NGÀN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 05/NQ-HV                         {rule}\n"
    )
    document = parse(head + "\nNGHỊ QUYẾT\nVề lớp vẽ\nQUYẾT NGHỊ:\n1. Mở.\n2. Mua.\n")
    assert "unknown" not in {zone.kind for zone in document.zones}


SIGNED = "Ký bởi: HỘI VẼ TỈNH NGÀN\nEmail: hoive@ngan.vn\nThời gian ký: 05.03.2024 09:46:39 +07:00\n"


def test_overlay_of_a_digital_signature_is_left_out() -> None:
    assert flow_lines(f"Mở lớp vẽ.\n{SIGNED}Mua giấy.\n") == ["Mở lớp vẽ.", "Mua giấy."]


HEAD_ABOVE = pytest.mark.xfail(
    strict=True, reason="a number right under another line is no page number, so the running head above it is text"
)
PAGES = [
    "{0}\nHội Vẽ tỉnh Ngàn\n\n{1}\n",
    "{0}\n\nHội Vẽ tỉnh Ngàn - số {0}\n{1}\n",  # the number in the head changes
    "{1}\nHội Vẽ tỉnh Ngàn\n\n- {0} -\n\n",  # at the foot
    pytest.param("Hội Vẽ tỉnh Ngàn\n{0}\n\n{1}\n", marks=HEAD_ABOVE),
]
LESSONS = ["Mở lớp sơn dầu.", "Mua giấy trắng cho lớp.", "Treo tranh ở nhà văn hóa.", "Mời họa sĩ dạy."]


@pytest.mark.parametrize("page", PAGES)
def test_running_head_is_known_by_its_company(page: str) -> None:
    text = "".join(page.format(number, lesson + "\n") for number, lesson in enumerate(LESSONS, 1))
    assert flow_lines(text) == LESSONS


# What only looks like furniture.
KEPT = [
    "Cơ quan: Hội Vẽ tỉnh Ngàn",  # one line of a signature's overlay alone is text
    "Trang thiết bị lớp vẽ",
    "Trang 2 của phụ lục",
    "CÔNG BÁO TỈNH NGÀN",
    "BẢO MẬT",
    "DỰ THẢO LUẬT HỘI",
    "- 5 lớp",
    "5 lớp",
    "2021",  # a year
    "1.",  # a label that lost its text
]


@pytest.mark.parametrize("line", KEPT)
def test_line_is_kept(line: str) -> None:
    assert line in flow_lines(f"Mở lớp vẽ.\n\n{line}\n\nMua giấy.\n")


def test_number_inside_a_sentence_is_no_page_number() -> None:
    text = "Mở lớp vẽ cho\n12\nhội viên trong tỉnh.\n"  # hard breaks around a figure
    assert flow_lines(text) == ["Mở lớp vẽ cho", "12", "hội viên trong tỉnh."]


def test_figures_of_a_flattened_table_stay() -> None:
    text = "Số lớp\n12\n14\nSố giấy\n300\n400\n"
    assert flow_lines(text) == text.split("\n")[:-1]


def test_text_of_furniture_only_is_not_lost() -> None:
    document = parse("- 2 -\n\n***\n\n3\n")
    assert [kind for kind, _ in zone_texts(document)] == ["furniture"]


def test_sections_run_on_across_pages() -> None:
    text = "".join(f"{number}. Mở lớp số {number}.\n\n- {number} -\n\n" for number in range(1, 8))
    assert outline(body(text)) == "1 2 3 4 5 6 7"


def test_furniture_holds_no_text_of_the_document() -> None:
    document = parse(OPENING + f"{BEFORE}\n\n- 2 -\n\n{AFTER}")
    furniture = [zone for zone in document.zones if zone.kind == "furniture"]
    for span in document.iter_located():
        pieces = span.fragments or [(span.start, span.end)]
        assert all(end <= zone.start or start >= zone.end for start, end in pieces for zone in furniture)


def test_a_footnote_is_no_part_of_the_clause_that_goes_on_behind_it() -> None:
    stroke = " " * 42
    foot = f"{stroke}\n1 Lớp vẽ mở ở nhà văn hóa xã, do hội\nviên dạy.\n\n2\nCÔNG BÁO/Số 327/Ngày 14-06-2024\n\n"
    first, second = body(f"{BEFORE}\n{foot}{AFTER}")
    assert [paragraph.text for paragraph in first.paragraphs] == [
        "Hội đồng nghệ thuật cùng các chi hội mở lớp vẽ\ncho hội viên trong tỉnh."
    ]
    assert second.number == "2"


@pytest.mark.parametrize("below", ["2. Mua giấy.", "(1) Ghi rõ họ tên."])
def test_a_stroke_alone_makes_no_footnote(below: str) -> None:
    text = f"{BEFORE} cho hội viên.\n{' ' * 42}\n{below}\n\n2\nCÔNG BÁO/Số 327/Ngày 14-06-2024\n\nĐiều 2. Mua cọ.\n"
    assert below.split(" ", 1)[1] in str(body(text)[0])


def test_a_rubric_is_known_below_a_running_head_only() -> None:
    head = "CÔNG BÁO/Số 327/Ngày 14-06-2024\n3\n\nVĂN BẢN PHÁP LUẬT KHÁC\n\n"
    document = parse(head + OPENING + f"{BEFORE}.\n")
    assert document.header.parent_issuer is None
    assert any("VĂN BẢN PHÁP LUẬT KHÁC" in text for kind, text in zone_texts(document) if kind == "furniture")
    words = "VỀ VIỆC THI HÀNH LUẬT BAN HÀNH\nVĂN BẢN QUY PHẠM PHÁP LUẬT"
    title = OPENING.replace("NGHỊ QUYẾT\n", f"NGHỊ QUYẾT\n{words}\n", 1)
    found = parse(title + f"{BEFORE}.\n").header.title
    assert found is not None
    assert found.text.startswith(words)
