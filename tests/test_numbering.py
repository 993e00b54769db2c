"""Numbering: which labels are sections, and which section is inside which.

Each row is a sequence of labels and the tree that they give: "1(a b) 2" is a 1 with the children a and b, then a 2.
"""

from __future__ import annotations

import pytest
from shapes import body, depth, labels, outline

from nqparse.document import Section
from nqparse.structure.label import LETTERS

# -- sequences ----------------------------------------------------------------------------------------------

TREES = [
    # What runs on
    ("1. 2. 3.", "1 2 3"),
    ("Điều 1. 1. 2. Điều 2. 1. 2.", "1(1 2) 2(1 2)"),
    ("Điều 1. 1. a) b) 2. a) b) Điều 2.", "1(1(a b) 2(a b)) 2"),
    ("1. a) - + + - b) 2.", "1(a(-(+ +) -) b) 2"),
    ("I. 1. a) - - b) 2. II. 1.", "I(1(a(- -) b) 2) II(1)"),  # a conference's resolution
    ("- - -", "- - -"),
    # The Vietnamese order of letters
    ("1. a) b) c) d) đ) e) g) h) i) k) 2.", "1(a b c d đ e g h i k) 2"),
    ("a) b) c) d) e) g)", "a b c d e g"),  # đ skipped, a common slip
    ("a) b) c) d) d) e)", "a b c d d e"),  # the bar of the second đ lost
    ("a) b) c) đ) đ) e)", "a b c đ đ e"),  # the mirror of it
    ("a) b) c) d) đ) e) f) g)", "a b c d đ e f g"),  # Latin order
    ("A. B. C. D. Đ. E. G. H. I. K.", "A B C D Đ E G H I K"),  # I is a letter here
    # Restarts
    ("1. a) b) 2. a) 3. a) b)", "1(a b) 2(a) 3(a b)"),
    ("Điều 1. 1. 2. a) b) c) 3.", "1(1 2(a b c) 3)"),  # a number behind a list of letters closes the list
    ("I. 1. 2. II. 1. 2. III.", "I(1 2) II(1 2) III"),
    ("I. 1. 2. II. 3. 4.", "I(1 2) II(3 4)"),  # numbers that run on under the next head
    # Roman numerals inside an article
    ("Điều 1. I. 1. 2. II. 1. Điều 2. 1.", "1(I(1 2) II(1)) 2(1)"),
    # Capitals over Roman numerals, and the other way round: the document decides
    ("A. I. 1. 2. II. 1. B. I. II.", "A(I(1 2) II(1)) B(I II)"),
    ("I. A. 1. 2. B. 1. II. A. B.", "I(A(1 2) B(1)) II(A B)"),
    ("I. A. B. C. D. II. A.", "I(A B C D) II(A)"),  # C and D are no numerals
    ("IV. V. VI.", "IV V VI"),
    # Decimals
    ("1. 1.1. 1.2. 2. 2.1. 2.2.", "1(1.1 1.2) 2(2.1 2.2)"),
    ("1. 1.1. 1.1.1. 1.1.2. 1.2. 2.", "1(1.1(1.1.1 1.1.2) 1.2) 2"),
    ("I. 1.1. 1.2. II. 2.1. 2.2.", "I(1.1 1.2) II(2.1 2.2)"),  # orphans: no 1. above them
    ("1. 1.1. a) b) 1.2. a) 2.", "1(1.1(a b) 1.2(a)) 2"),
    # Finer labels
    ("1. a) a.1) a.2) b) b.1) 2.", "1(a(a.1 a.2) b(b.1)) 2"),
    ("1. a) (1) (2) b) 2.", "1(a(1 2) b) 2"),
    ("1. 1) 2) 2.", "1(1 2) 2"),  # the same kind in another style
    ("1. 1) 2) 2. 1) 2)", "1(1 2) 2(1 2)"),
    ("1. * * 2. *", "1(* *) 2(*)"),
    # Divisions; articles run on through them
    ("Chương I Điều 1. Điều 2. Chương II Điều 3. 1. 2.", "I(1 2) II(3(1 2))"),
    ("Phần I Chương I Điều 1. Chương II Điều 2. Phần II Chương III Điều 3.", "I(I(1) II(2)) II(III(3))"),
    ("Chương I Mục 1 Tiểu mục 1 Điều 1. Mục 2 Điều 2.", "I(1(1(1)) 2(2))"),
    # Slips of the writer
    ("1. 2. 4. 5.", "1 2 4 5"),  # a gap
    ("1. 2. 2. 3.", "1 2 2 3"),  # twice
    ("1. 3. 2. 4.", "1 3 2 4"),  # exchanged
    ("Điều 1. Điều 2. Điều 4. Điều 5.", "1 2 4 5"),
    ("Điều 4. Điều 5. Điều 5a. Điều 5b. Điều 6.", "4 5 5a 5b 6"),  # inserted by amendments
    ("Điều 1. 2. 3. Điều 2.", "1(2 3) 2"),  # the first one lost
    ("3. 4. 5.", "3 4 5"),  # an excerpt
    ("1. 2) 3. 4.", "1 2 3 4"),  # the style changes in between
    ("Điều I: Điều II: Điều III:", "I II III"),  # old
]  # fmt: skip


def lines(row: str) -> str:
    """Writes the labels of a row one to a line, each with some words behind it."""
    found: list[str] = []
    for word in row.split():
        if found and found[-1] in ("Điều", "Chương", "Mục", "Tiểu", "Phần", "Tiểu mục"):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return labels(*found)


@pytest.mark.parametrize(("row", "tree"), TREES)
def test_tree(row: str, tree: str) -> None:
    assert outline(body(lines(row))) == tree


DAMAGED = [
    ("1. Mở lớp.\n2 Giao Hội Văn nghệ tỉnh.\n3. Mua giấy.\n", "1 2 3"),  # the point lost
    ("1. Mở lớp.\n4 Giao Hội Văn nghệ tỉnh.\n2. Mua giấy.\n", "1 2"),  # but only where that number must follow
    ("1. Mở lớp.\n2. Giao Hội.\n3. Mua.\n4. Vẽ.\nŠ. Treo tranh.\n6. Bán.\n", "1 2 3 4 Š 6"),  # a letter for a digit
    ("l. Mở lớp.\n2. Giao Hội.\n3. Mua giấy.\n", "l 2 3"),
    ("Điều 1. Mở lớp.\n2 Điều 2. Mua giấy.\nĐiều 3. Vẽ.\n", "1 2 3"),  # a page number on the heading's line
]


@pytest.mark.parametrize(("text", "tree"), DAMAGED)
def test_damaged_labels(text: str, tree: str) -> None:
    assert outline(body(text)) == tree


KINDS = [
    ("I. II.", "roman I, roman II"),
    ("H. I. K.", "upper H, upper I, upper K"),  # I between H and K
    ("A. I. II. B.", "upper A(roman I, roman II), upper B"),
    ("Phần I Điều 1.", "part I(article 1)"),
]


@pytest.mark.parametrize(("row", "tree"), KINDS)
def test_kinds(row: str, tree: str) -> None:
    assert outline(body(lines(row)), kinds=True) == tree


ORDINALS = [
    ("a) b) c) d) đ) e) g)", [1, 2, 3, 4, 5, 6, 7]),
    ("I. II. III. IV.", [1, 2, 3, 4]),
    ("Điều 5. Điều 5a. Điều 6.", [5, 5, 6]),
    ("1. 2. 4.", [1, 2, 4]),
    ("- -", [None, None]),
]


@pytest.mark.parametrize(("row", "ordinals"), ORDINALS)
def test_ordinals(row: str, ordinals: list[int | None]) -> None:
    assert [section.ordinal for section in body(lines(row))] == ordinals


def test_letters_go_on_behind_y() -> None:
    row = " ".join(f"{letter})" for letter in (*LETTERS, "aa", "bb"))
    assert outline(body(lines(row))) == row.replace(")", "")


# -- company ------------------------------------------------------------------------------------------------

COMPANY = [
    # Words and brackets make a list only in company
    ("1. Mở lớp.\n(1) Chú thích về lớp.\n2. Mua giấy.\n", "1 2"),
    ("1. Mở lớp.\n(1) Lớp sơn dầu.\n(2) Lớp lụa.\n2. Mua giấy.\n", "1(1 2) 2"),
    ("1. Mở lớp.\nMột là, mở lớp sơn dầu.\n2. Mua giấy.\n", "1 2"),
    ("1. Mở lớp.\nMột là, lớp sơn dầu.\nHai là, lớp lụa.\n2. Mua giấy.\n", "1(Một là Hai là) 2"),
    ("Thứ nhất, mở lớp.\nThứ hai, mua giấy.\nThứ ba, vẽ.\n", "Thứ nhất Thứ hai Thứ ba"),
]


@pytest.mark.parametrize(("text", "tree"), COMPANY)
def test_lists_need_company(text: str, tree: str) -> None:
    assert outline(body(text)) == tree


# -- lines that only look like sections -----------------------------------------------------------------------

WRAPPED = "Hội đồng nghệ thuật cùng các chi hội mở các lớp vẽ cho hội viên theo quy định tại"
VETOES = [
    # A wrapped line that begins with a citation, a number or a symbol
    (f"1. {WRAPPED}\nkhoản 7, khoản 8 Điều này thành lớp mới.\n2. Mua giấy.\n", "1 2"),
    (f"1. {WRAPPED}\nĐiều 9 Luật Hội, từng bước mở lớp.\n2. Mua giấy.\n", "1 2"),
    (f"1. {WRAPPED} số\n233-QĐ/TW, ngày 21/02/2023 của Hội.\n2. Mua giấy.\n", "1 2"),
    (f"1. {WRAPPED} các\n12. 01. 2021 và sau đó.\n2. Mua giấy.\n", "1 2"),
    (f"1. {WRAPPED} là\n- 15 độ đến 20 độ.\n2. Mua giấy.\n", "1 2"),
    # Citations
    ("Điều 1. Mở lớp.\nĐiều 77, 78, 79 Luật Hội cũng quy định như vậy.\nĐiều 2. Mua giấy.\n", "1 2"),
    ("Điều 1. Mở lớp.\nĐiều 5 Luật Hội cũng quy định như vậy.\nĐiều 2. Mua giấy.\n", "1 2"),
    ("Điều 1. Mở lớp.\nChương II Luật Hội cũng quy định như vậy.\nĐiều 2. Mua giấy.\n", "1 2"),
    # Quantities
    ("1. Mở lớp.\n1.5 tỷ đồng để mua giấy.\n2. Mua giấy.\n", "1 2"),
    ("1. Mở lớp.\n1.728.494 nhân khẩu.\n2. Mua giấy.\n", "1 2"),
    ("1. Mở lớp.\n3-4 người một lớp.\n2. Mua giấy.\n", "1 2"),
    # Abbreviations
    ("1. Mở lớp.\nV/v mở lớp.\n2. Mua giấy.\n", "1 2"),
    ("1. Mở lớp.\nTP. Ngàn và các huyện.\n2. Mua giấy.\n", "1 2"),
    # A foreign number in a running list
    ("1. Mở lớp.\n2. Mua giấy.\n57. Một con số lạ.\n3. Vẽ.\n", "1 2 3"),
]


@pytest.mark.parametrize(("text", "tree"), VETOES)
def test_no_section(text: str, tree: str) -> None:
    assert outline(body(text)) == tree


# -- inside a line --------------------------------------------------------------------------------------------

INLINE = [
    ("1. Mở lớp theo quy định.2. Giao Hội mua giấy. 3. Vẽ.\n", "1 2 3"),  # line breaks lost
    ("1. Hồ sơ gồm: a) đơn; b) bản vẽ; c) ảnh.\n2. Mua giấy.\n", "1(a b c) 2"),
    ("1. Mở lớp tại Điều 5. 15 người dự.\n2. Mua giấy.\n", "1 2"),  # a number that nothing asks for
    ("1. Theo điểm b) và điểm c) của Điều lệ.\n2. Mua giấy.\n", "1 2"),  # cited points
    ("1. Vẽ theo khoản 2. Sau đó treo.\n2. Mua giấy.\n", "1 2"),  # a cited clause
    ("1. Mở lớp (a) sơn dầu.\n2. Mua giấy.\n", "1 2"),
]


@pytest.mark.parametrize(("text", "tree"), INLINE)
def test_labels_inside_a_line(text: str, tree: str) -> None:
    assert outline(body(text)) == tree


# -- bounds ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ["1. a) (1) -", "1. 1) 1/", "I. A. 1. a) a.1) (i) - + *", "a) 1.", "1. 1.1. a)"])
def test_depth_is_bounded(row: str) -> None:
    assert depth(body(lines(" ".join([row] * 60)))) <= 16


def test_label_alone_on_its_line_ends_there() -> None:
    first = body("1. Mở lớp.\na)\n\n2. Mua giấy.\n")[0]
    assert (first.children[0].label, first.children[0].end - first.children[0].start) == ("a)", 2)
    assert first.children[0].end <= first.end


def test_ids_are_paths_and_differ() -> None:
    def walk(sections: list[Section]) -> list[str]:
        return [id_ for section in sections for id_ in (section.id, *walk(section.children))]

    ids = walk(body(lines("I. 1. a) - - b) 1. II. 1. 1/ Điều 5a.")))
    assert ids[:6] == ["I", "I/1", "I/1/a", "I/1/a/-1", "I/1/a/-2", "I/1/b"]
    assert len(ids) == len(set(ids))
