"""Appendices: what is attached behind the signature, with its marker, its title and its own sections."""

from __future__ import annotations

import pytest
from shapes import BODY, FOOT, OPENING, outline

from nqparse.document import Document
from nqparse.pipeline import parse

ATTACHED = "(Kèm theo Nghị quyết số 05/NQ-UBMT ngày 05 tháng 3 năm 2024 của Ủy ban)"


def document(attached: str) -> Document:
    return parse(f"{OPENING}{BODY}\n{FOOT}\n{attached}")


def read(found: Document) -> list[tuple[str, str | None, str]]:
    """Returns marker, title and tree of each appendix."""
    return [(a.marker.text, a.title and a.title.value, outline(a.body)) for a in found.appendices]


ITEMS = "1. Lớp sơn dầu.\n2. Lớp lụa.\na) Lụa trắng.\nb) Lụa màu.\n"
TREE = "1 2(a b)"

# What is attached, then marker, title and tree.
ROWS: dict[str, tuple[str, list[tuple[str, str | None, str]]]] = {
    "with a title": (f"PHỤ LỤC\nDANH SÁCH LỚP VẼ\n{ATTACHED}\n{ITEMS}", [("PHỤ LỤC", "DANH SÁCH LỚP VẼ", TREE)]),
    "with a number": (f"PHỤ LỤC I\nDANH SÁCH LỚP VẼ\n{ATTACHED}\n{ITEMS}", [("PHỤ LỤC I", "DANH SÁCH LỚP VẼ", TREE)]),
    "in small letters": (
        f"Phụ lục 01\nDANH SÁCH LỚP VẼ\n{ATTACHED}\n{ITEMS}",
        [("Phụ lục 01", "DANH SÁCH LỚP VẼ", TREE)],
    ),
    "marker over two lines": (
        f"Phụ\nlục 01\nDANH SÁCH LỚP VẼ\n{ATTACHED}\n{ITEMS}",
        [("Phụ\nlục 01", "DANH SÁCH LỚP VẼ", TREE)],
    ),
    "title over two lines": (
        f"PHỤ LỤC\nDANH SÁCH LỚP VẼ\nTRÊN ĐỊA BÀN TỈNH\n{ATTACHED}\n{ITEMS}",
        [("PHỤ LỤC", "DANH SÁCH LỚP VẼ TRÊN ĐỊA BÀN TỈNH", TREE)],
    ),
    "title on the marker's line": (
        f"PHỤ LỤC I: DANH SÁCH LỚP VẼ\n{ATTACHED}\n{ITEMS}",
        [("PHỤ LỤC I", "DANH SÁCH LỚP VẼ", TREE)],
    ),
    "no title": (f"PHỤ LỤC\n{ATTACHED}\n{ITEMS}", [("PHỤ LỤC", None, TREE)]),
    "neither title nor reference": (f"PHỤ LỤC\n\n{ITEMS}", [("PHỤ LỤC", None, TREE)]),
    "bold": (
        f"**PHỤ LỤC**\n\n**DANH SÁCH LỚP VẼ**\n\n*{ATTACHED}*\n\n{ITEMS}",
        [("PHỤ LỤC", "DANH SÁCH LỚP VẼ", TREE)],
    ),
    "a list without the word": (f"DANH SÁCH LỚP VẼ\n{ATTACHED}\n{ITEMS}", [("DANH SÁCH", "LỚP VẼ", TREE)]),
    "a form": (f"BIỂU SỐ 01\nKINH PHÍ LỚP VẼ\n{ATTACHED}\n{ITEMS}", [("BIỂU SỐ 01", "KINH PHÍ LỚP VẼ", TREE)]),
    "an attached act, whose articles begin again": (
        f"QUY CHẾ\nTỔ CHỨC LỚP VẼ\n{ATTACHED}\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Lớp.\n1. Sơn dầu.\n2. Lụa.\n"
        "Điều 2. Giấy.\n",
        [("QUY CHẾ", "TỔ CHỨC LỚP VẼ", "I(1(1 2) 2)")],
    ),
    "several": (
        f"PHỤ LỤC I\nDANH SÁCH LỚP VẼ\n{ATTACHED}\n{ITEMS}\nPHỤ LỤC II\nDANH SÁCH LỚP NẶN\n{ATTACHED}\n1. Đất.\n"
        "2. Sáp.\n",
        [("PHỤ LỤC I", "DANH SÁCH LỚP VẼ", TREE), ("PHỤ LỤC II", "DANH SÁCH LỚP NẶN", "1 2")],
    ),
    "the marker again as a running head": (
        f"PHỤ LỤC I\nDANH SÁCH LỚP VẼ\n{ATTACHED}\n1. Sơn.\n\nPHỤ LỤC I\n2. Lụa.\n\nPHỤ LỤC I\n3. Gỗ.\n",
        [("PHỤ LỤC I", "DANH SÁCH LỚP VẼ", "1 2 3")],
    ),
    "a table": (
        f"PHỤ LỤC\nKINH PHÍ\n{ATTACHED}\n| STT | Lớp | Tiền |\n|---|---|---|\n| 1. | Sơn | 5 |\n| 2. | Lụa | 3 |\n",
        [("PHỤ LỤC", "KINH PHÍ", "")],
    ),
    "none": ("", []),
}


@pytest.mark.parametrize(("attached", "expected"), [pytest.param(*row, id=name) for name, row in ROWS.items()])
def test_appendices(attached: str, expected: list[tuple[str, str | None, str]]) -> None:
    found = document(attached)
    assert read(found) == expected
    assert outline(found.body) == "1 2"
    assert [s.name and s.name.text for s in found.signatures] == ["Lê Văn Ngàn"]


def test_appendix_right_behind_a_title_without_prefix() -> None:
    text = f"{OPENING}{BODY}\nCHỦ TỊCH QUỐC HỘI\nLê Văn Ngàn\nPHỤ LỤC\n(Kèm theo Nghị quyết số 129/2021/QH14)\n{ITEMS}"
    found = parse(text)
    assert read(found) == [("PHỤ LỤC", None, TREE)]
    assert found.signatures[0].position is not None
    assert found.signatures[0].position.text == "CHỦ TỊCH QUỐC HỘI"


def test_appendix_of_an_unsigned_text() -> None:
    found = parse(f"{OPENING}{BODY}\nPHỤ LỤC I\nDANH SÁCH LỚP VẼ\n{ATTACHED}\n{ITEMS}")
    assert read(found) == [("PHỤ LỤC I", "DANH SÁCH LỚP VẼ", TREE)]


def test_extent() -> None:
    found = document(f"PHỤ LỤC I\nDANH SÁCH\n{ATTACHED}\n1. Sơn.\n\nPHỤ LỤC II\nDANH SÁCH\n{ATTACHED}\n1. Đất.\n")
    first, second = found.appendices
    assert found.text[first.start : first.end].startswith("PHỤ LỤC I\n")
    assert found.text[first.start : first.end].endswith("1. Sơn.")
    assert found.text[second.start : second.end].startswith("PHỤ LỤC II\n")
    assert found.text[second.start : second.end].endswith("1. Đất.")
    kinds = {zone.kind for zone in found.zones if zone.start >= first.start}
    assert kinds == {"appendix"}


# What speaks of appendices and is none.
NONE = [
    "Điều 1. Ban hành kèm theo Nghị quyết này Phụ lục I.\nĐiều 2. Mua giấy.\n",
    "Điều 1. Mở lớp.\nPhụ lục kèm theo là một phần của Nghị quyết này.\nĐiều 2. Mua giấy.\n",
    "Điều 1. Mở lớp theo\nPhụ lục I kèm theo.\nĐiều 2. Mua giấy.\n",
    "Điều 1. QUY CHẾ LỚP VẼ được thông qua.\nĐiều 2. Mua giấy.\n",
]


@pytest.mark.parametrize("body", NONE)
def test_no_appendix_inside_the_body(body: str) -> None:
    found = parse(f"{OPENING}{body}\n{FOOT}")
    assert found.appendices == []
    assert outline(found.body) == "1 2"
