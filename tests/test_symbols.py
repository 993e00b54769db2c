"""Symbols: every form of a document's number and symbol, and what only looks like one."""

from __future__ import annotations

import pytest

from nqparse.symbols import find_symbols, normalize, symbol_at

Row = tuple[str, str, int | None, str | None, int | None, tuple[str, ...]]

# As written, then normal form, number, suffix, year, codes.
NUMBERED: list[Row] = [
    # State
    ("57/NQ-HĐND", "57/NQ-HĐND", 57, None, None, ("NQ", "HĐND")),
    ("08/2021/NQ-HĐND", "08/2021/NQ-HĐND", 8, None, 2021, ("NQ", "HĐND")),  # zero padding stays in the normal form
    ("29/NQ-CP", "29/NQ-CP", 29, None, None, ("NQ", "CP")),
    ("30a/2008/NQ-CP", "30a/2008/NQ-CP", 30, "a", 2008, ("NQ", "CP")),  # a letter inserted
    ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP", 66, ".7", 2025, ("NQ", "CP")),  # a sub-number
    ("24-NQ/UBND", "24-NQ/UBND", 24, None, None, ("NQ", "UBND")),  # a State body with the Party's shape
    ("720/NQ-HĐTV", "720/NQ-HĐTV", 720, None, None, ("NQ", "HĐTV")),
    ("40/NQ-HĐBCQG", "40/NQ-HĐBCQG", 40, None, None, ("NQ", "HĐBCQG")),
    ("01/NQ-BCH-LHH", "01/NQ-BCH-LHH", 1, None, None, ("NQ", "BCH", "LHH")),  # three codes
    ("02/2022/NQ-HĐTP", "02/2022/NQ-HĐTP", 2, None, 2022, ("NQ", "HĐTP")),
    # Joint
    ("22/2006/NQLT-BGDĐT-HKHVN", "22/2006/NQLT-BGDĐT-HKHVN", 22, None, 2006, ("NQLT", "BGDĐT", "HKHVN")),
    ("28/2003/TTLT/BTC-BGD&ĐT", "28/2003/TTLT/BTC-BGD&ĐT", 28, None, 2003, ("TTLT", "BTC", "BGD&ĐT")),
    (
        "102/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN", "102/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN", 102, None, 2025,
        ("NQLT", "UBTVQH15", "CP", "ĐCTUBTWMTTQVN"),
    ),
    # National Assembly
    ("43/2022/QH15", "43/2022/QH15", 43, None, 2022, ("QH15",)),
    ("76/2025/UBTVQH15", "76/2025/UBTVQH15", 76, None, 2025, ("UBTVQH15",)),
    ("1673/NQ-UBTVQH15", "1673/NQ-UBTVQH15", 1673, None, None, ("NQ", "UBTVQH15")),
    ("15/2008/NQ-QH12", "15/2008/NQ-QH12", 15, None, 2008, ("NQ", "QH12")),  # stray
    # Party, unions, associations
    ("60-NQ/TW", "60-NQ/TW", 60, None, None, ("NQ", "TW")),
    ("55-NQ/ĐUTCT", "55-NQ/ĐUTCT", 55, None, None, ("NQ", "ĐUTCT")),
    ("05-NQ/TWĐTN-BTC", "05-NQ/TWĐTN-BTC", 5, None, None, ("NQ", "TWĐTN", "BTC")),
    ("08-GM/HNDX", "08-GM/HNDX", 8, None, None, ("GM", "HNDX")),
    ("03/NQ-TLĐ", "03/NQ-TLĐ", 3, None, None, ("NQ", "TLĐ")),
    # Companies
    ("17/2026/NQ-ĐHĐCĐ", "17/2026/NQ-ĐHĐCĐ", 17, None, 2026, ("NQ", "ĐHĐCĐ")),
    ("09/2025/NQ-HĐQT-DDB", "09/2025/NQ-HĐQT-DDB", 9, None, 2025, ("NQ", "HĐQT", "DDB")),
    # Other types of document, codes with small letters
    ("3954/TTr-UBND", "3954/TTr-UBND", 3954, None, None, ("TTr", "UBND")),
    ("399-QyĐ/TW", "399-QyĐ/TW", 399, None, None, ("QyĐ", "TW")),
    ("424/BC-UBKT15", "424/BC-UBKT15", 424, None, None, ("BC", "UBKT15")),
    # Before 1997
    ("64b/HĐBT", "64b/HĐBT", 64, "b", None, ("HĐBT",)),
    ("49-LTC/HĐNN", "49-LTC/HĐNN", 49, None, None, ("LTC", "HĐNN")),
    ("06/CP-NĐ", "06/CP-NĐ", 6, None, None, ("CP", "NĐ")),
    ("50/CP", "50/CP", 50, None, None, ("CP",)),
    ("73-CP", "73-CP", 73, None, None, ("CP",)),
    ("780-TTg", "780-TTg", 780, None, None, ("TTg",)),
    ("02/HĐTP", "02/HĐTP", 2, None, None, ("HĐTP",)),
    ("04-HĐTPTANDTC/NQ", "04-HĐTPTANDTC/NQ", 4, None, None, ("HĐTPTANDTC", "NQ")),
    ("498-NQ/HĐNN7", "498-NQ/HĐNN7", 498, None, None, ("NQ", "HĐNN7")),
    ("270B-NQ/HĐNN8", "270B-NQ/HĐNN8", 270, "B", None, ("NQ", "HĐNN8")),
    ("487-NQ/QHK4", "487-NQ/QHK4", 487, None, None, ("NQ", "QHK4")),
    # Spaces and separators as they are met
    ("01 /NQ-BCH-LHH", "01/NQ-BCH-LHH", 1, None, None, ("NQ", "BCH", "LHH")),
    ("57/2002/NĐ - CP", "57/2002/NĐ-CP", 57, None, 2002, ("NĐ", "CP")),
    ("41 - NQ / TW", "41-NQ/TW", 41, None, None, ("NQ", "TW")),
    ("28/2003/TTLT / BTC-BGD&ĐT", "28/2003/TTLT/BTC-BGD&ĐT", 28, None, 2003, ("TTLT", "BTC", "BGD&ĐT")),
    ("30c / NQ-CP", "30c/NQ-CP", 30, "c", None, ("NQ", "CP")),
    ("116/2004 / TT-BTC", "116/2004/TT-BTC", 116, None, 2004, ("TT", "BTC")),
    ("57/2002/NĐ / CP", "57/2002/NĐ/CP", 57, None, 2002, ("NĐ", "CP")),
    ("1480/2003/QĐ.UB", "1480/2003/QĐ.UB", 1480, None, 2003, ("QĐ", "UB")),
    ("247 / TT.HĐND", "247/TT.HĐND", 247, None, None, ("TT", "HĐND")),
    ("54/2019/QH 14", "54/2019/QH14", 54, None, 2019, ("QH14",)),  # the term apart
    ("12/2022//NQ-HĐND", "12/2022/NQ-HĐND", 12, None, 2022, ("NQ", "HĐND")),  # a double slash
    ("60–NQ/TW", "60-NQ/TW", 60, None, None, ("NQ", "TW")),  # another dash
    # OCR
    ("57/NQ-HÐND", "57/NQ-HĐND", 57, None, None, ("NQ", "HĐND")),  # the Icelandic letter
    ("57/NQ-HDND", "57/NQ-HDND", 57, None, None, ("NQ", "HDND")),  # not repaired
    ("57/NQ_HĐND", "57/NQ_HĐND", 57, None, None, ("NQ", "HĐND")),
]  # fmt: skip
SPACED_POINT = pytest.mark.xfail(strict=True, reason="a point with spaces around it does not part two codes")
DOUBTFUL = [
    pytest.param(
        ("3954/TTr . UBND", "3954/TTr.UBND", 3954, None, None, ("TTr", "UBND")),
        id="3954/TTr . UBND",
        marks=SPACED_POINT,
    ),
    pytest.param(("783 NQ/HĐNN7", "783NQ/HĐNN7", 783, None, None, ("NQ", "HĐNN7")), id="783 NQ/HĐNN7"),
]


@pytest.mark.parametrize("row", [*(pytest.param(row, id=row[0]) for row in NUMBERED), *DOUBTFUL])
def test_symbol_is_read_in_its_parts(row: Row) -> None:
    written, normalized, number, suffix, year, codes = row
    sentence = f"Căn cứ Nghị quyết số {written} ngày 05/3/2024 của Hội;"
    for symbol in (symbol_at(written, 0), *find_symbols(sentence)):
        assert symbol is not None
        assert (symbol.number, symbol.suffix, symbol.year, symbol.codes) == (number, suffix, year, codes)
        assert symbol.normalized == normalized
    found = find_symbols(sentence)
    assert [sentence[symbol.start : symbol.end] for symbol in found] == [written]


# OCR digits are only read where a symbol is asked for, behind its label.
OCR_NUMBERS = [("O1/NQ-HĐND", 1), ("l2/NQ-HĐND", 12), ("I0/2022/NQ-HĐND", 10)]


@pytest.mark.parametrize(("written", "number"), OCR_NUMBERS)
def test_letters_for_digits_are_read_where_a_number_must_stand(written: str, number: int) -> None:
    symbol = symbol_at(written, 0)
    assert symbol is not None
    assert symbol.number == number
    assert find_symbols(f"theo {written} của Hội") == []


# Behind "Số:", the number left blank.
BLANK = [
    ("      /NQ-HĐND", None, ("NQ", "HĐND")),  # spaces
    ("…/20…/NQ-HĐND", None, ("NQ", "HĐND")),  # the year left blank, too
    ("...../2021/NQ-HĐND", 2021, ("NQ", "HĐND")),  # points
    ("____/NQ-HĐND", None, ("NQ", "HĐND")),  # a line to write on
    ("      -NQ/ĐU", None, ("NQ", "ĐU")),  # the Party's shape
]


@pytest.mark.parametrize(("written", "year", "codes"), BLANK)
def test_number_left_blank(written: str, year: int | None, codes: tuple[str, ...]) -> None:
    symbol = symbol_at(written, 0, blank=True)
    assert symbol is not None
    assert (symbol.number, symbol.year, symbol.codes) == (None, year, codes)
    assert not written[symbol.start].isspace()
    # In running text a symbol without its number is none.
    assert symbol_at(written, 0) is None
    assert find_symbols(f"theo Nghị quyết số {written}") == []


# What only looks like a symbol.
NO_SYMBOL = [
    "ngày 13/01/2021",
    "có mặt 12/24 đồng chí",  # a count
    "QĐ 12/24",
    "Số 1253, CMT8, phường 4",  # an address
    "CÔNG BÁO TỈNH NGÀN SỐ 225+226",
    "Trang 1/2",
    "giai đoạn 2021-2025",
    "nhiệm kỳ 2016 - 2021",
    "từ 3-4 người",
    "45.000 đồng/người/ngày",
    "khoản 5/Điều này",
    "tổ dân phố 3 - Phường Ngàn",  # a word in title case is no code
    "hẻm 12/Kiệt Năm",
    "tỷ lệ 1/500",
    "trang 60-nq/tw",  # small letters
    "QCVN 01:2026/BXD",
]


@pytest.mark.parametrize("text", NO_SYMBOL)
def test_no_symbol(text: str) -> None:
    assert [text[symbol.start : symbol.end] for symbol in find_symbols(text)] == []


def test_symbols_of_a_list() -> None:
    text = "các Nghị quyết số 05/NQ-HĐND, 06/NQ-HĐND và 41-NQ/TU; Kết luận 7-KL/TU."
    assert [symbol.normalized for symbol in find_symbols(text)] == ["05/NQ-HĐND", "06/NQ-HĐND", "41-NQ/TU", "7-KL/TU"]
    assert [symbol.number for symbol in find_symbols(text, 20, 45)] == [6]


def test_normal_form_keeps_zeros() -> None:
    assert normalize("005 /2021 // NQ – HÐND") == "005/2021/NQ-HĐND"


def test_symbol_ends_where_the_next_word_is_glued_to_it() -> None:
    (found,) = find_symbols("Căn cứ Nghị quyết số 35/2023/UBTVQH15ngày 12 tháng 7 năm 2023 của Ủy ban;")
    assert found.normalized == "35/2023/UBTVQH15"
