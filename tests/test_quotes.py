"""Quoted amendments: what stands in a quotation over several lines is no section of this document."""

from __future__ import annotations

import pytest
from shapes import OPENING, body, outline, structure

from nqparse.structure.quotes import sealed_ranges

AFTER = "Điều 2. Mua giấy.\n1. Giấy trắng.\n2. Giấy màu.\n"
WHOLE = "1 2(1 2)"  # the tree where the quotation in Điều 1 is sealed

SEALED = [
    # The quotation opens on the line behind its lead-in …
    "Điều 1. Sửa đổi Điều 5 như sau:\n“Điều 5. Lớp vẽ\n1. Lớp sơn dầu.\n2. Lớp lụa.”\n",
    # … or on the lead-in's own line
    "Điều 1. Sửa đổi Điều 5 như sau: “Điều 5. Lớp vẽ\n1. Lớp sơn dầu.\n2. Lớp lụa.”\n",
    # A point behind the closing mark belongs to the sentence outside
    "Điều 1. Sửa đổi Điều 5 như sau:\n“Điều 5. Lớp vẽ\n1. Lớp sơn dầu.\n2. Lớp lụa”.\n",
    # Straight marks
    'Điều 1. Sửa đổi Điều 5 như sau:\n"Điều 5. Lớp vẽ\n1. Lớp sơn dầu.\n2. Lớp lụa."\n',
    # Other marks
    "Điều 1. Sửa đổi Điều 5 như sau:\n«Điều 5. Lớp vẽ\n1. Lớp sơn dầu.\n2. Lớp lụa.»\n",
    "Điều 1. Sửa đổi Điều 5 như sau:\n„Điều 5. Lớp vẽ\n1. Lớp sơn dầu.\n2. Lớp lụa.”\n",
    # Two single marks close it
    "Điều 1. Sửa đổi Điều 5 như sau:\n“Điều 5. Lớp vẽ\n1. Lớp sơn dầu.\n2. Lớp lụa.''\n",
    # An opening mark of one kind, a closing mark of the other
    'Điều 1. Sửa đổi Điều 5 như sau:\n“Điều 5. Lớp vẽ\n1. Lớp sơn dầu.\n2. Lớp lụa."\n',
    # Words in quotation marks inside the quotation
    "Điều 1. Sửa đổi Điều 5 như sau:\n“Điều 5. Lớp vẽ\n1. “Lớp sơn dầu” là lớp vẽ.\n2. Lớp lụa.”\n",
    'Điều 1. Sửa đổi Điều 5 như sau:\n"Điều 5. Lớp vẽ\n1. Lớp "sơn dầu" là lớp vẽ.\n2. Lớp lụa."\n',
    # Several quotations, one behind the other
    "Điều 1. Bổ sung như sau:\n“Điều 5a. Lớp lụa\n1. Mở lớp.”\n“Điều 5b. Lớp gỗ\n1. Mở lớp.”\n",
    # Bold marks around the quotation
    "Điều 1. Sửa đổi Điều 5 như sau:\n“**Điều 5. Lớp vẽ**\n**1. Lớp sơn dầu.**\n2. Lớp lụa.”\n",
    # A chapter is quoted
    "Điều 1. Bổ sung như sau:\n“Chương III\nLỚP VẼ\nĐiều 9. Lớp sơn dầu\na) Mở lớp.”\n",
]


@pytest.mark.parametrize("quoted", SEALED)
def test_quotation_is_sealed(quoted: str) -> None:
    assert outline(body(quoted + AFTER)) == WHOLE


def test_lead_ins_of_a_list() -> None:
    text = (
        "Điều 1. Sửa đổi một số điều như sau:\n"
        "1. Sửa đổi Điều 5 như sau:\n“Điều 5. Lớp vẽ\n1. Lớp sơn dầu.”\n"
        "2. Sửa đổi Điều 7 như sau:\n“Điều 7. Lớp nặn\n1. Lớp nặn đất.\n2. Lớp nặn sáp.”\n"
        "3. Bãi bỏ Điều 9.\n"
    )
    assert outline(body(text + AFTER)) == "1(1 2 3) 2(1 2)"


# A quotation that is never closed must not swallow the rest.
UNCLOSED = [
    # It ends before the next lead-in
    (
        "Điều 1. Sửa đổi như sau:\n1. Sửa đổi Điều 5 như sau:\n“Điều 5. Lớp vẽ\na) Sơn dầu.\n"
        "2. Sửa đổi Điều 7 như sau:\n“Điều 7. Lớp nặn\na) Nặn đất.”\n",
        "1(1 2) 2(1 2)",
    ),
    # A closing mark that nothing opens
    ("Điều 1. Mở lớp vẽ”.\n1. Sơn dầu.\n2. Lụa.\n", "1(1 2) 2(1 2)"),
    # A lonely mark in a sentence
    ("Điều 1. Mở lớp “vẽ.\n1. Sơn dầu.\n2. Lụa.\n", "1(1 2) 2(1 2)"),
    ('Điều 1. Khổ giấy 12" và 15".\n1. Sơn dầu.\n2. Lụa.\n', "1(1 2) 2(1 2)"),
]


@pytest.mark.parametrize(("quoted", "tree"), UNCLOSED)
def test_unclosed_quotation(quoted: str, tree: str) -> None:
    assert outline(body(quoted + AFTER)) == tree


def test_unclosed_quotation_leaves_the_articles_behind_it() -> None:
    sections = body("Điều 1. Sửa đổi Điều 5 như sau:\n“Điều 5. Lớp vẽ\na) Sơn dầu.\n" + AFTER + "Điều 3. Vẽ.\n")
    assert [section.number for section in sections if section.number in "123"] == ["1", "2", "3"]


# An amendment without quotation marks: its labels are those that the lead-in names.
UNMARKED = [
    ("Điều 1. Như sau:\n1. Sửa đổi điểm b khoản 2 Điều 5 như sau:\nb) Lớp lụa.\n2. Bãi bỏ Điều 7.\n", "1(1 2) 2(1 2)"),
    (
        "Điều 1. Như sau:\n1. Sửa đổi, bổ sung điểm a, c khoản 1\nĐiều 3 như sau:\na) Lớp lụa.\nc) Lớp gỗ.\n"
        "2. Bãi bỏ Điều 7.\n",
        "1(1 2) 2(1 2)",
    ),
    ("Điều 1. Bổ sung khoản 4 vào sau khoản 3 Điều 5 như sau:\n4. Lớp lụa.\n5. Lớp gỗ.\n", WHOLE),
    ("Điều 1. Sửa đổi Điều 5 như sau:\nĐiều 5. Lớp vẽ\n1. Sơn dầu.\n2. Lụa.\n", WHOLE),
    # Without an end to be seen, and where the label is another one, the labels are the document's own
    ("Điều 1. Sửa đổi như sau:\na) Lớp lụa.\nb) Lớp gỗ.\n", "1(a b) 2(1 2)"),
    ("Điều 1. Sửa đổi khoản 3 Điều 5 theo các nội dung như sau:\n1. Lớp lụa.\n2. Lớp gỗ.\n", "1(1 2) 2(1 2)"),
]


@pytest.mark.parametrize(("quoted", "tree"), UNMARKED)
def test_amendment_without_marks(quoted: str, tree: str) -> None:
    assert outline(body(quoted + AFTER)) == tree


def test_unclosed_quotation_ends_where_the_numbering_goes_on() -> None:
    quoted = "Điều 1. Như sau:\n1. Sửa đổi Điều 5 như sau:\n“Điều 5. Lớp vẽ\na. Sơn dầu.\nb. Lụa.\n2. Bãi bỏ Điều 7.\n"
    assert outline(body(quoted + AFTER)) == "1(1 2) 2(1 2)"


# Quotation marks that seal nothing.
OPEN = [
    ("1. “Lớp vẽ” là lớp.\n2. “Lớp nặn” là lớp.\n", "1 2"),  # definitions
    ("1. Mở lớp “sơn dầu”;\n2. Mở lớp “lụa”.\n", "1 2"),
    ("1. Gồm: “sơn dầu”, “lụa”:\na) Mở.\nb) Đóng.\n2. Giấy.\n", "1(a b) 2"),
    ("1. Mở lớp.\n“Lớp vẽ” là lớp.\na) Sơn.\nb) Lụa.\n2. Giấy.\n", "1(a b) 2"),  # it closes on its own line
]


@pytest.mark.parametrize(("text", "tree"), OPEN)
def test_words_in_quotation_marks_seal_nothing(text: str, tree: str) -> None:
    assert outline(body(text)) == tree


def test_range_runs_from_mark_to_mark() -> None:
    quoted = "“Điều 5. Lớp vẽ\n1. Lớp “sơn dầu”.\n2. Lớp lụa.”"
    flow = structure(OPENING + f"Điều 1. Sửa đổi như sau:\n{quoted}.\nĐiều 2. Mua.\n").flow
    ranges = sealed_ranges(flow, 0, len(flow.text))
    assert [flow.text[start:end] for start, end in ranges] == [quoted]


def test_quotation_is_text_of_its_section() -> None:
    article = body(SEALED[0] + AFTER)[0]
    assert [p.text for p in article.paragraphs][-1] == "2. Lớp lụa.”"
