"""Labels: which lines may begin a section, as what, and which only look so."""

from __future__ import annotations

import pytest
from shapes import structure

from nqparse.ruleset import load
from nqparse.structure.label import LETTERS, Label, letter_value, number_value, roman_value
from nqparse.structure.labels import LabelFinder
from nqparse.view import View

FINDER = LabelFinder(load())


def label_of(line: str) -> Label | None:
    view = View.of(line)
    return FINDER.at(view.text, view.folded, 0, len(view))


# Line, kind, number, and the words that the label takes.
FORMS = [
    # The divisions of an act
    ("Phần I. Quy định chung", "part", "I", "Phần I."),
    ("Phần thứ nhất", "part", "thứ nhất", "Phần thứ nhất"),
    ("PHẦN A", "part", "A", "PHẦN A"),
    ("Chương II", "chapter", "II", "Chương II"),
    ("CHƯƠNG 3: LỚP VẼ", "chapter", "3", "CHƯƠNG 3:"),
    ("Mục 1. Lớp vẽ", "section", "1", "Mục 1."),
    ("MỤC II", "section", "II", "MỤC II"),
    ("Tiểu mục 2", "subsection", "2", "Tiểu mục 2"),
    # Articles
    ("Điều 1. Phạm vi", "article", "1", "Điều 1."),
    ("Điều 12: Phạm vi", "article", "12", "Điều 12:"),
    ("Điều 5a. Lớp vẽ bổ sung", "article", "5a", "Điều 5a."),  # inserted by an amendment
    ("Điều I: Phạm vi", "article", "I", "Điều I:"),  # old, in Roman numerals
    ("Điều 3", "article", "3", "Điều 3"),  # old, the title on the next line
    ("ĐIỀU 4. PHẠM VI", "article", "4", "ĐIỀU 4."),
    ("Dieu 4. Pham vi", "article", "4", "Dieu 4."),  # accents lost
    ("**Điều 5.** Phạm vi", "article", "5", "Điều 5."),  # Markdown
    # Numbers in their four shapes
    ("1. Mở lớp", "arabic", "1", "1. "),
    ("2) Mở lớp", "arabic", "2", "2) "),
    ("3/ Mở lớp", "arabic", "3", "3/ "),
    ("4- Những lớp", "arabic", "4", "4- "),
    ("114.Sắp xếp", "arabic", "114", "114."),  # the space lost
    ("1\\. Mở lớp", "arabic", "1", "1. "),  # a Markdown escape
    ("5. “Lớp vẽ” là", "arabic", "5", "5. "),  # a definition
    # Decimals
    ("1.1. Chi", "decimal", "1.1", "1.1. "),
    ("2.3.1 Nội dung", "decimal", "2.3.1", "2.3.1 "),
    ("1.1 - Thuế", "decimal", "1.1", "1.1 - "),  # hybrid
    ("2.1) Giao", "decimal", "2.1", "2.1) "),
    ("2.1.Chi", "decimal", "2.1", "2.1."),
    # Roman numerals and capitals
    ("IV. Tổ chức", "roman", "IV", "IV. "),
    ("II/ Nhiệm vụ", "roman", "II", "II/ "),
    ("III- TỔ CHỨC", "roman", "III", "III- "),
    ("A. PHẦN CHUNG", "upper", "A", "A. "),
    ("Đ. Lớp khác", "upper", "Đ", "Đ. "),
    ("B/ Nội dung", "upper", "B", "B/ "),
    # Letters
    ("a) Lớp vẽ", "letter", "a", "a) "),
    ("đ) Lớp khác", "letter", "đ", "đ) "),
    ("b. Lớp vẽ", "letter", "b", "b. "),
    ("c/ Lớp vẽ", "letter", "c", "c/ "),
    ("aa) Lớp vẽ", "letter", "aa", "aa) "),  # behind y
    ("f) Lớp vẽ", "letter", "f", "f) "),  # a drafter who counts in Latin order
    ("a.Lớp vẽ", "letter", "a", "a."),
    ("a.1) Lớp vẽ", "letter_decimal", "a.1", "a.1) "),
    ("b2. Lớp vẽ", "letter_decimal", "b2", "b2. "),
    # Brackets, words, bullets
    ("(1) Lớp vẽ", "paren", "1", "(1) "),
    ("(iv) Lớp vẽ", "paren", "iv", "(iv) "),
    ("Thứ nhất, mở lớp", "ordinal", "Thứ nhất", "Thứ nhất,"),
    ("Hai là, mở lớp", "ordinal", "Hai là", "Hai là,"),
    ("- Mở lớp", "dash", "", "- "),
    ("– 02 lớp", "dash", "", "– "),
    ("-Mở lớp", "dash", "", "-"),
    ("\\- Mở lớp", "dash", "", "- "),
    ("+ Mở lớp", "plus", "", "+ "),
    ("* Mở lớp", "star", "", "* "),
    ("• Mở lớp", "star", "", "• "),
    ("\uf0b7 Mở lớp", "star", "", "\uf0b7 "),  # the bullet of an office program's own font
    # Damage; taken only where the sequence asks for that very number
    ("2 Điều 2. Điều chỉnh", "article", "2", "Điều 2."),  # a page number grown onto the next heading
    ("3 Mở lớp vẽ", "arabic", "3", "3 "),  # the point lost
    ("|. Mở lớp", "arabic", "|", "|. "),  # a stroke for a digit
]


@pytest.mark.parametrize(("line", "kind", "number", "taken"), FORMS)
def test_form(line: str, kind: str, number: str, taken: str) -> None:
    label = label_of(line)
    assert label is not None
    view = View.of(line)
    assert (label.readings[0][0], label.number, view.text[label.start : label.end].strip()) == (
        kind,
        number,
        taken.strip(),
    )


EXACT = ["3 Mở lớp vẽ", "|. Mở lớp", "Š. Mở lớp"]


@pytest.mark.parametrize("line", EXACT)
def test_damaged_labels_must_fit_exactly(line: str) -> None:
    label = label_of(line)
    assert label is not None
    assert label.exact


# What only looks like a label.
NO_LABEL = [
    # Symbols
    "233-QĐ/TW, ngày 21/02/2023",
    "424/BC-UBMT ngày 05/3/2024",
    "60-NQ/TW của Đảng",
    # Quantities, dates and years
    "1.5 tỷ đồng",
    "2.000 đồng",
    "3.451",
    "12. 01. 2021",
    "13/01/2021",
    "2021. Mở lớp",
    "500. Mở lớp",
    "3-4 người",
    "15 người",
    "5. người dự họp",
    "1.5%",
    "17h30",
    # Citations at a line's start
    "Điều 77, 78, 79 Luật Hội",
    "Điều 5 Luật Hội",
    "Điều 21, Điều lệ Hội ghi:",
    "Điều 9 của Nghị định",
    "Điều này",
    "điều 9. Phạm vi",  # a small letter goes on with a sentence
    "Chương II Luật Hội",
    "Mục 3 Chương II",
    "Phần 2 Nghị quyết này",
    # Words that begin like a division
    "Điều lệ Hội",
    "Điều chỉnh lớp",
    "Chương trình 12",
    "Phần lớn hội viên",
    "Mục tiêu chung",
    "Mục đích",
    "Tiểu ban 1",
    # Abbreviations
    "V/v ban hành",
    "T.Ư Hội",
    "TP. Ngàn",
    "TS. Lê Văn Ngàn",
    "Th.S Lê Văn Ngàn",
    "L/C trả chậm",
    "đ/c Ngàn",
    "e-mail",
    # Brackets and signs
    "(Kèm theo Nghị quyết)",
    "(2021)",
    "(1)",
    "-----",
    "--",
    "+",
    "-",
    # Words that begin like an ordinal
    "Một là cờ",
    "Thứ hai tuần sau",
    "hai là, mở lớp",
]


@pytest.mark.parametrize("line", NO_LABEL)
def test_no_label(line: str) -> None:
    assert label_of(line) is None


# -- what a number is worth -------------------------------------------------------------------------------


def test_letters_of_the_vietnamese_order() -> None:
    assert [letter_value(letter) for letter in "abcdđeghiklmnopqrstuvxy"] == list(range(1, 24))
    assert [letter_value(letter) for letter in "ABCDĐEG"] == list(range(1, 8))
    assert LETTERS == "abcdđeghiklmnopqrstuvxy"


LETTER_VALUES = [
    ("aa", 24),  # behind y
    ("bb", 25),
    ("f", 6),  # where others write e
    ("j", 9),
    ("ă", None),  # not used for points
    ("ê", None),
]


@pytest.mark.parametrize(("letter", "value"), LETTER_VALUES)
def test_letter_value(letter: str, value: int | None) -> None:
    assert letter_value(letter) == value


NUMBER_VALUES = [
    ("12", 12), ("5a", 5), ("IV", 4), ("xix", 19), ("XLIX", 49), ("thứ nhất", 1), ("thứ  tư", 4), ("thứ mười", 10),
    ("l", 1), ("C", 3), ("Đ", 5), ("IIII", None), ("ab", None),
]  # fmt: skip


@pytest.mark.parametrize(("number", "value"), NUMBER_VALUES)
def test_number_value(number: str, value: int | None) -> None:
    assert number_value(number) == value


def test_roman_value() -> None:
    numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XIV", "XIX", "XL", "L", "XC", "C"]
    assert [roman_value(numeral) for numeral in numerals] == [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        14,
        19,
        40,
        50,
        90,
        100,
    ]


# A single letter may be read in two ways; the sequence decides (test_numbering).
READINGS = [
    ("I. Mở lớp", [("roman", 1), ("upper", 9)]),
    ("V. Mở lớp", [("roman", 5), ("upper", 21)]),
    ("C. Mở lớp", [("upper", 3)]),
    ("(i) Mở lớp", [("paren", 1), ("paren", 9)]),
    ("II. Mở lớp", [("roman", 2)]),
]


@pytest.mark.parametrize(("line", "readings"), READINGS)
def test_readings(line: str, readings: list[tuple[str, int]]) -> None:
    label = label_of(line)
    assert label is not None
    assert list(label.readings) == readings


# -- in context -------------------------------------------------------------------------------------------

FULL = "Hội đồng nghệ thuật cùng các chi hội mở lớp vẽ cho hội viên theo quy định tại"
CONTEXTS = [
    ("Mở lớp vẽ.\n2. Giao Hội", 1.0),  # behind a full stop: as strong as ever
    ("Mở lớp vẽ\n2. Giao Hội", 0.8),  # behind a title
    (f"{FULL}\n2. Giao Hội", 0.2),  # behind a line that is full: perhaps its wrapped rest
    (f"{FULL}\n\n2. Giao Hội", 1.0),  # a new paragraph
]


@pytest.mark.parametrize(("text", "at_least"), CONTEXTS)
def test_label_is_weaker_where_a_line_may_go_on(text: str, at_least: float) -> None:
    filler = [f"{FULL[:70]}.\n"] * 8  # tells the width at which lines are wrapped
    lines = structure("".join(filler) + text).flow.lines
    alone = label_of("2. Giao Hội")
    label = lines[-1].label
    assert label is not None
    assert alone is not None
    share = label.strength / alone.strength
    assert at_least <= share
    assert (share == 1.0) == (at_least == 1.0)
    assert share < 0.5 or at_least > 0.5


@pytest.mark.parametrize(
    ("text", "dashes"),
    [
        ("Phát triển kinh tế\n- xã hội của tỉnh", 0),  # a compound word, broken
        ("Giai đoạn 2026\n- 2031 là sáu năm", 0),
        ("Mở các lớp\n- vẽ sơn dầu\n- vẽ lụa", 2),  # a list without punctuation
        ("Mở các lớp\n- Vẽ sơn dầu", 1),
        ("Mở các lớp:\n- vẽ sơn dầu", 1),
    ],
)
def test_dash_that_parts_a_word(text: str, dashes: int) -> None:
    labels = [line.label for line in structure(text).flow.lines]
    assert sum(1 for label in labels if label and label.kind == "dash") == dashes


def test_damaged_label_is_none_inside_a_sentence() -> None:
    lines = structure("Mở lớp vẽ cho\n3 Hội viên của tỉnh").flow.lines
    assert [line.label for line in lines] == [None, None]
