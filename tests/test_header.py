"""The letterhead: each field as it stands in letterheads of all kinds, and nothing that is not written."""

from __future__ import annotations

import pytest

from nqparse.document import Header
from nqparse.pipeline import parse

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
REST = "\nCăn cứ Điều lệ Hội;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Mở lớp.\nĐiều 2. Mua giấy.\n"


def fields(header: Header) -> dict[str, str | None]:
    """Returns what is written, cleaned: "number" is the symbol in its normal form."""
    found = {
        "national": header.national_name and header.national_name.text,
        "motto": header.motto and header.motto.text,
        "parent": header.parent_issuer and header.parent_issuer.name,
        "issuer": header.issuer and header.issuer.name,
        "number": header.symbol and header.symbol.normalized,
        "place": header.place and header.place.text,
        "date": header.date and header.date.value,
        "type": header.doc_type and header.doc_type.value,
        "title": header.title and header.title.value,
    }
    return {field: value for field, value in found.items() if value is not None}


STATE = {"national": NATION, "motto": MOTTO}
NQ = {"type": "nghị quyết"}

LETTERHEADS: dict[str, tuple[str, dict[str, str]]] = {
    "all fields, one to a line": (
        f"HỘI ĐỒNG NHÂN DÂN\nTỈNH NGÀN\n\nSố: 08/2024/NQ-HĐND\n\n{NATION}\n{MOTTO}\n\n"
        "Ngàn, ngày 05 tháng 3 năm 2024\n\n"
        "NGHỊ QUYẾT\nVề việc mở lớp vẽ\n",
        {
            **STATE,
            **NQ,
            "issuer": "HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN",
            "number": "08/2024/NQ-HĐND",
            "place": "Ngàn",
            "date": "2024-03-05",
            "title": "Về việc mở lớp vẽ",
        },
    ),
    "state name first": (
        f"{NATION}\n{MOTTO}\n\nHỘI VẼ TỈNH NGÀN\nSố: 5/NQ-HV\nNgàn, ngày 5/3/2024\n\nNGHỊ QUYẾT\nVề việc mở lớp vẽ\n",
        {
            **STATE,
            **NQ,
            "issuer": "HỘI VẼ TỈNH NGÀN",
            "number": "5/NQ-HV",
            "place": "Ngàn",
            "date": "2024-03-05",
            "title": "Về việc mở lớp vẽ",
        },
    ),
    "a body and the body above it": (
        f"LIÊN HIỆP HỘI TỈNH NGÀN\nBAN CHẤP HÀNH\n\n{NATION}\n{MOTTO}\n\nSố: 07 /NQ-BCH-LHH\n\nNGHỊ QUYẾT\n"
        "Hội nghị lần thứ 7\n",
        {
            **STATE,
            **NQ,
            "parent": "LIÊN HIỆP HỘI TỈNH NGÀN",
            "issuer": "BAN CHẤP HÀNH",
            "number": "07/NQ-BCH-LHH",
            "title": "Hội nghị lần thứ 7",
        },
    ),
    "a name over two lines": (
        f"ỦY BAN THƯỜNG VỤ\nQUỐC HỘI\n\n{NATION}\n{MOTTO}\n\nNghị quyết số: 29/2023/UBTVQH15\n\nNGHỊ QUYẾT\n"
        "Về lớp vẽ\n",
        {**STATE, **NQ, "issuer": "ỦY BAN THƯỜNG VỤ QUỐC HỘI", "number": "29/2023/UBTVQH15", "title": "Về lớp vẽ"},
    ),
    "the Party: no state name, a star, no colon": (
        f"BAN CHẤP HÀNH TRUNG ƯƠNG\n*\nSố 61-NQ/TW\n\n{PARTY}\n\nHà Nội, ngày 17 tháng 5 năm 2023\n\nNGHỊ QUYẾT\n"
        "HỘI NGHỊ LẦN THỨ 31\n",
        {
            **NQ,
            "national": PARTY,
            "issuer": "BAN CHẤP HÀNH TRUNG ƯƠNG",
            "number": "61-NQ/TW",
            "place": "Hà Nội",
            "date": "2023-05-17",
            "title": "HỘI NGHỊ LẦN THỨ 31",
        },
    ),
    "the Youth Union: its own name on the right": (
        "BCH ĐOÀN TỈNH NGÀN\n***\nSố: 05-NQ/TĐTN\n\nĐOÀN TNCS HỒ CHÍ MINH\n\nNgàn, ngày 05 tháng 3 năm 2024\n\n"
        "NGHỊ QUYẾT\nVề việc mở lớp vẽ\n",
        {
            **NQ,
            "parent": "ĐOÀN TNCS HỒ CHÍ MINH",
            "issuer": "BCH ĐOÀN TỈNH NGÀN",
            "number": "05-NQ/TĐTN",
            "place": "Ngàn",
            "date": "2024-03-05",
            "title": "Về việc mở lớp vẽ",
        },
    ),
    "a company whose address begins like a number": (
        f"CÔNG TY CỔ PHẦN TRANH NGÀN\nSố 1253, CMT8, TP Ngàn\nMã số thuế: 0312345678\n\n{NATION}\n{MOTTO}\n\n"
        "Số: 03/NQ-ĐHĐCĐ\n\n"
        "NGHỊ QUYẾT\nĐẠI HỘI ĐỒNG CỔ ĐÔNG THƯỜNG NIÊN NĂM 2024\n",
        {
            **STATE,
            **NQ,
            "issuer": "CÔNG TY CỔ PHẦN TRANH NGÀN",
            "number": "03/NQ-ĐHĐCĐ",
            "title": "ĐẠI HỘI ĐỒNG CỔ ĐÔNG THƯỜNG NIÊN NĂM 2024",
        },
    ),
    "nothing above the number": (
        "Số: 07 /NQ-BCH-LHH\n\nNgàn, ngày 14 tháng 02 năm 2022\n\n**NGHỊ QUYẾT**\nHội nghị lần thứ 7\n",
        {**NQ, "number": "07/NQ-BCH-LHH", "place": "Ngàn", "date": "2022-02-14", "title": "Hội nghị lần thứ 7"},
    ),
    "number and date on one line": (
        f"HỘI VẼ TỈNH NGÀN\n{NATION}\n{MOTTO}\n   Số: 1699/NQ-UBTVQH15         *Hà Nội, ngày 18 tháng 7 năm 2023*\n\n"
        "NGHỊ QUYẾT\nVề lớp vẽ\n",
        {
            **STATE,
            **NQ,
            "issuer": "HỘI VẼ TỈNH NGÀN",
            "number": "1699/NQ-UBTVQH15",
            "place": "Hà Nội",
            "date": "2023-07-18",
            "title": "Về lớp vẽ",
        },
    ),
    "all on one line": (
        f"HỘI VẼ TỈNH NGÀN -------- {NATION} {MOTTO} --------------- Số: 05/NQ-HV Ngàn, ngày 05 tháng 3 năm 2024\n"
        "NGHỊ QUYẾT Về việc mở lớp vẽ\n",
        {
            **STATE,
            **NQ,
            "issuer": "HỘI VẼ TỈNH NGÀN",
            "number": "05/NQ-HV",
            "place": "Ngàn",
            "date": "2024-03-05",
            "title": "Về việc mở lớp vẽ",
        },
    ),
    "emphasis and rules around the fields": (
        f"**HỘI VẼ TỈNH NGÀN**\n\\-\\-\\-\\-\\-\n**{NATION}**\n**{MOTTO}**\n\\_\\_\\_\\_\\_\n*Số: 05/NQ-HV*\n\n"
        "# **NGHỊ QUYẾT**\n"
        "**Về việc mở lớp vẽ**\n-----\n",
        {**STATE, **NQ, "issuer": "HỘI VẼ TỈNH NGÀN", "number": "05/NQ-HV", "title": "Về việc mở lớp vẽ"},
    ),
    "accents lost": (
        "HOI VE TINH NGAN\nSo: 05/NQ-HV\nCONG HOA XA HOI CHU NGHIA VIET NAM\nDoc lap - Tu do - Hanh phuc\n\n"
        "NGHI QUYET\nVe viec mo lop ve\n",
        {
            "national": "CONG HOA XA HOI CHU NGHIA VIET NAM",
            "motto": "Doc lap - Tu do - Hanh phuc",
            "type": "nghi quyet",
            "issuer": "HOI VE TINH NGAN",
            "number": "05/NQ-HV",
            "title": "Ve viec mo lop ve",
        },
    ),
    "an old state name": (
        "VIỆT NAM DÂN CHỦ CỘNG HÒA\nĐộc lập - Tự do - Hạnh phúc\n\nHỘI ĐỒNG CHÍNH PHỦ\nSố: 125-CP\n\nNGHỊ QUYẾT\n"
        "Về lớp vẽ\n",
        {
            **NQ,
            "national": "VIỆT NAM DÂN CHỦ CỘNG HÒA",
            "motto": MOTTO,
            "issuer": "HỘI ĐỒNG CHÍNH PHỦ",
            "number": "125-CP",
            "title": "Về lớp vẽ",
        },
    ),
    "stamps of secrecy and urgency": (
        f"HỘI VẼ TỈNH NGÀN\n{NATION}\n{MOTTO}\nHỎA TỐC\nSố: 05/NQ-HV\nDỰ THẢO\n\nNGHỊ QUYẾT\nVề lớp vẽ\n",
        {**STATE, **NQ, "issuer": "HỘI VẼ TỈNH NGÀN", "number": "05/NQ-HV", "title": "Về lớp vẽ"},
    ),
    "a joint resolution": (
        f"HỘI VẼ TỈNH NGÀN -\nHỘI NHẠC TỈNH NGÀN\n\n{NATION}\n{MOTTO}\n\nSố: 22/2006/NQLT-HV-HN\n\n"
        "NGHỊ QUYẾT LIÊN TỊCH\nVề lớp vẽ\n",
        {
            **STATE,
            "type": "nghị quyết liên tịch",
            "issuer": "HỘI VẼ TỈNH NGÀN - HỘI NHẠC TỈNH NGÀN",
            "number": "22/2006/NQLT-HV-HN",
            "title": "Về lớp vẽ",
        },
    ),
    "a type that is no resolution": (
        f"HỘI VẼ TỈNH NGÀN\n{NATION}\n{MOTTO}\nSố: 05/QĐ-HV\n\nQUYẾT ĐỊNH\nVề việc mở lớp vẽ\n",
        {
            **STATE,
            "issuer": "HỘI VẼ TỈNH NGÀN",
            "number": "05/QĐ-HV",
            "type": "quyết định",
            "title": "Về việc mở lớp vẽ",
        },
    ),
    "type line with spaced letters": (
        f"HỘI VẼ TỈNH NGÀN\n{NATION}\n{MOTTO}\n\nN G H Ị  Q U Y Ế T\nVề lớp vẽ\n",
        {**STATE, **NQ, "issuer": "HỘI VẼ TỈNH NGÀN", "title": "Về lớp vẽ"},
    ),
    "type line over two lines": (
        f"HỘI VẼ TỈNH NGÀN\n{NATION}\n{MOTTO}\n\nNGHỊ\nQUYẾT\nVề lớp vẽ\n",
        {**STATE, **NQ, "issuer": "HỘI VẼ TỈNH NGÀN", "title": "Về lớp vẽ"},
    ),
}


@pytest.mark.parametrize(
    ("head", "expected"),
    [pytest.param(*row, id=name) for name, row in LETTERHEADS.items()],
)
def test_letterhead(head: str, expected: dict[str, str]) -> None:
    assert fields(parse(head + REST).header) == expected


# -- the date -------------------------------------------------------------------------------------------------

DATES = [
    ("Ngàn, ngày 05 tháng 3 năm 2024", "Ngàn", "2024-03-05"),
    ("Ngàn, ngày 5 tháng 12 năm 2024", "Ngàn", "2024-12-05"),
    ("Ngàn, ngày 05/3/2024", "Ngàn", "2024-03-05"),
    ("Ngàn, ngày 05-3-2024", "Ngàn", "2024-03-05"),
    ("Thành phố Ngàn, ngày 05 tháng 3 năm 2024", "Thành phố Ngàn", "2024-03-05"),
    ("Phường 2, ngày 05 tháng 3 năm 2024", "Phường 2", "2024-03-05"),
    ("*Ngàn, ngày 05 tháng 3 năm 2024*", "Ngàn", "2024-03-05"),
    ("Ngàn, ngày      tháng 3 năm 2024", "Ngàn", "2024-03"),  # the day left blank
    ("Ngàn, ngày … tháng … năm 2024", "Ngàn", "2024"),
    ("Ngàn, ngày     tháng     năm 2024", "Ngàn", "2024"),
    ("Ngàn, ngày … tháng … năm 20…", "Ngàn", None),  # nothing that could be said
    ("Ngàn, ngày 05 tháng 13 năm 2024", "Ngàn", None),  # no such month: not guessed
    ("Ngàn, ngày 35 tháng 3 năm 2024", "Ngàn", None),
    ("Ngàn, ngày 31 tháng 02 năm 2024", "Ngàn", None),
]
NO_SUCH_DAY = pytest.mark.xfail(strict=True, reason="a day that its month does not have is taken")


@pytest.mark.parametrize(
    ("line", "place", "value"),
    DATES,
)
def test_place_and_date(line: str, place: str, value: str | None) -> None:
    header = parse(f"HỘI VẼ TỈNH NGÀN\n{NATION}\n{MOTTO}\nSố: 05/NQ-HV\n{line}\n\nNGHỊ QUYẾT\nVề lớp vẽ\n{REST}").header
    assert header.date is not None
    assert header.place is not None
    assert (header.place.text, header.date.value) == (place, value)
    assert header.date.text == line.strip("*").removeprefix(f"{place}, ")


CITED = [
    "Về việc mở lớp vẽ cho hội viên theo Kết luận của Ban Thường vụ ngày 05 tháng 3 năm 2024",
    "Về lớp vẽ theo Kết luận ngày 05 tháng 3 năm 2024",
]


@pytest.mark.parametrize("title", CITED)
def test_date_in_the_title_is_not_the_documents(title: str) -> None:
    header = parse(f"HỘI VẼ TỈNH NGÀN\n{NATION}\n{MOTTO}\n\nNGHỊ QUYẾT\n{title}\n{REST}").header
    assert (header.date, header.place) == (None, None)


# -- the number -----------------------------------------------------------------------------------------------

NUMBERS = [
    ("Số: 05/NQ-HV", 5, ["NQ", "HV"], "05/NQ-HV"),
    ("Số 05/NQ-HV", 5, ["NQ", "HV"], "05/NQ-HV"),  # no colon
    ("Số:05/NQ-HV", 5, ["NQ", "HV"], "05/NQ-HV"),
    ("SỐ: 05/NQ-HV", 5, ["NQ", "HV"], "05/NQ-HV"),
    ("S6: 05/NQ-HV", 5, ["NQ", "HV"], "05/NQ-HV"),  # OCR
    ("Nghị quyết số: 43/2022/QH15", 43, ["QH15"], "43/2022/QH15"),
    ("Số:      /NQ-HV", None, ["NQ", "HV"], "/NQ-HV"),  # left blank
    ("05/NQ-HV", 5, ["NQ", "HV"], "05/NQ-HV"),  # alone on its line
]


@pytest.mark.parametrize(("line", "number", "codes", "normalized"), NUMBERS)
def test_number(line: str, number: int | None, codes: list[str], normalized: str) -> None:
    symbol = parse(f"HỘI VẼ TỈNH NGÀN\n{line}\n{NATION}\n{MOTTO}\n\nNGHỊ QUYẾT\nVề lớp vẽ\n{REST}").header.symbol
    assert symbol is not None
    assert (symbol.number, symbol.codes, symbol.normalized) == (number, codes, normalized)


# What stands in the letterhead and is no number of this document.
NO_NUMBERS = [
    "Số 1253, CMT8, TP Ngàn",
    "CÔNG BÁO TỈNH NGÀN SỐ 225+226",
    "Số lượng: 12",
    "Trang 1/2",
    "Căn cứ Nghị quyết số 09-NQ/TU;",
]


@pytest.mark.parametrize("line", NO_NUMBERS)
def test_no_number(line: str) -> None:
    assert parse(f"HỘI VẼ TỈNH NGÀN\n{line}\n{NATION}\n{MOTTO}\n\nNGHỊ QUYẾT\nVề lớp vẽ\n{REST}").header.symbol is None


# -- the title ------------------------------------------------------------------------------------------------

TITLES = [
    ("Về việc mở lớp vẽ", "Về việc mở lớp vẽ"),
    ("VỀ VIỆC MỞ LỚP VẼ\nTRÊN ĐỊA BÀN TỈNH NGÀN", "VỀ VIỆC MỞ LỚP VẼ TRÊN ĐỊA BÀN TỈNH NGÀN"),  # wrapped
    (
        "**Hội nghị lần thứ 7,**\n**Ban Chấp hành**\n**(nhiệm kỳ 2018-2023)**",
        "Hội nghị lần thứ 7, Ban Chấp hành (nhiệm kỳ 2018-2023)",
    ),
    (
        "Quy định mức chi cho lớp vẽ;\nsửa đổi mức chi cho lớp nặn",
        "Quy định mức chi cho lớp vẽ; sửa đổi mức chi cho lớp nặn",
    ),
    ("Phê duyệt kế hoạch lớp vẽ.", "Phê duyệt kế hoạch lớp vẽ."),  # closed by a point
    ("Về việc mở lớp vẽ\n-------", "Về việc mở lớp vẽ"),  # a rule below
    ("V/v mở lớp vẽ", "V/v mở lớp vẽ"),
    (
        "Sửa đổi Nghị quyết số 05/NQ-HV ngày 05/3/2024",
        "Sửa đổi Nghị quyết số 05/NQ-HV ngày 05/3/2024",
    ),  # with a citation
]


@pytest.mark.parametrize(("lines", "value"), TITLES)
def test_title(lines: str, value: str) -> None:
    title = parse(f"HỘI VẼ TỈNH NGÀN\n{NATION}\n{MOTTO}\n\nNGHỊ QUYẾT\n{lines}\n{REST}").header.title
    assert title is not None
    assert title.value == value


def test_issuer_again_is_no_part_of_the_title() -> None:
    head = f"HỘI VẼ TỈNH NGÀN\n{NATION}\n{MOTTO}\n\nNGHỊ QUYẾT\nVỀ VIỆC MỞ LỚP VẼ\n"
    document = parse(f"{head}HỘI VẼ TỈNH NGÀN\nKHÓA II, KỲ HỌP THỨ 5\n{REST}")
    assert document.header.title is not None
    assert document.header.title.value == "VỀ VIỆC MỞ LỚP VẼ"
    assert document.preamble.enacting_body is not None
    assert document.preamble.enacting_body.text == "HỘI VẼ TỈNH NGÀN\nKHÓA II, KỲ HỌP THỨ 5"


def test_nothing_is_invented() -> None:
    header = parse("Mở lớp vẽ cho hội viên.\n\nMua giấy cho lớp.\n").header
    assert fields(header) == {}
