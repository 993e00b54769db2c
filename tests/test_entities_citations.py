"""What is a citation, where it begins and ends, and what it cites."""

from __future__ import annotations

import re
from typing import Any

import pytest
from shapes import structure

from nqparse import ruleset
from nqparse.entities import Mention
from nqparse.entities.citations import CitationFinder
from nqparse.entities.extract import EntityExtractor
from nqparse.entities.pinpoints import PinpointReader
from nqparse.fold import fold

RULES = ruleset.load()
FINDER = CitationFinder(RULES)
PINPOINTS = PinpointReader(RULES)


def find(text: str) -> list[Mention]:
    return FINDER.find(text, fold(text), 0, len(text))


def spans(text: str) -> list[str]:
    return [text[mention.start : mention.end] for mention in find(text)]


def value(text: str) -> dict[str, Any]:
    """Returns the value of the only citation in a text."""
    (mention,) = find(text)
    return dict(mention.value.model_dump())


# -- spans ----------------------------------------------------------------------------------------------

# What the row shows, and a text with its citations marked.
SPANS = [
    # numbered documents
    ("state", "Căn cứ ‹Nghị quyết số 57/NQ-HĐND› của HĐND tỉnh;"),
    ("National Assembly", "theo ‹Nghị quyết số 43/2022/QH15› về"),
    ("a dotted number", "tại ‹Nghị quyết số 66.7/2025/NQ-CP›."),
    ("a number with a letter", "‹Nghị quyết số 30a/2008/NQ-CP›;"),
    ("Party, comma before the date", "‹Quy định số 22-QĐ/TW, ngày 28/7/2021› của"),
    ("before 1997", "‹Nghị định số 17-HĐBT ngày 17 tháng 01 năm 1992›"),
    ("old state act in the Party's form", "‹Nghị quyết số 498-NQ/HĐNN7›"),
    ("without số", "theo ‹Thông tư 02/2015/TT-BLĐTBXH›."),
    ("abbreviated types", "‹NĐ 100/2019/NĐ-CP›, ‹QĐ số 12/QĐ-UBND›"),
    ("a small letter", "Xét ‹tờ trình số 1128-V13 ngày 2 tháng 5 năm 1985› của"),
    ("spaces in the symbol", "‹Nghị định số 57/2002/NĐ - CP›;"),
    ("no space before the number", "tại ‹Tờ trình số357/TTr-CP› và"),
    ("no space before the type", "và‹Đề án số 375/ĐA-CP›;"),
    ("number on the next line", "‹Quy định số\n232-QĐ/TW, ngày 20/01/2025› của"),
    ("broken by a column", "‹Tờ trình          \nsố 33/TTr-BNN›;"),
    ("the number is blank", "‹Tờ trình số      /TTr-UBND ngày     tháng 7 năm 2021›"),
    ("a number alone", "theo ‹Nghị quyết số 76› của Chính phủ"),
    ("all capitals", "CỦA ‹NGHỊ QUYẾT SỐ 70/2025/UBTVQH15 NGÀY 07 THÁNG 02 NĂM 2025› CỦA"),
    ("OCR reads ô", "Xét ‹Tờ trình sô 44/TTr-UBND ngày 30 tháng 6 năm 2014›"),
    # what stands between type and number
    ("what it is called", "‹Báo cáo tiếp thu, giải trình số 474/BC-UBND›;"),
    ("its issuer", "Xét ‹báo cáo của Ủy ban nhân dân tỉnh số 218/BC-UBND, ngày 08/12/2016›"),
    ("one type of another", "tại ‹Thông báo Kết luận số 99-TB/TW›;"),
    # what follows
    ("issuer before the date", "‹Nghị định số 30/2020/NĐ-CP của Chính phủ ngày 05 tháng 3 năm 2020› về"),
    ("issuer and subject stay outside", "‹Quyết định số 5/QĐ-TTg ngày 01/02/2020› của Thủ tướng về việc"),
    ("a date that opens a paragraph", "theo ‹Biên bản số 3/BB-HĐT›\nNgày 12 tháng 11 năm 2020, Hội đồng"),
    ("a charter in its new version", "Thông qua toàn văn ‹Điều lệ Công đoàn Việt Nam (sửa đổi, bổ sung)›. Giao"),
    # lists
    ("type said once", "các ‹Tờ trình số 4/TTr-BCT ngày 30 tháng 3 năm 2026›, ‹số 5/TTr-BCT› và ‹số 6/BC-BCT›"),
    ("số said once", "các ‹Nghị định số 12/2020/NĐ-CP›, ‹13/2020/NĐ-CP›"),
    ("behind a colon", "các nghị quyết hết hiệu lực: ‹số 15/2013/NQ-HĐND›; ‹số 14/2016/NQ-HĐND›"),
    ("in brackets", "Báo cáo của Chính phủ (‹số 12/BC-CP›)"),
    # pinpoints
    ("small to large", "tại ‹điểm a khoản 2 Điều 5 Nghị định số 3/2020/NĐ-CP›"),
    ("large to small", "tại ‹Điều 5, khoản 2, điểm a Nghị định số 3/2020/NĐ-CP›"),
    ("coordinated", "‹khoản 3, khoản 4 Điều 15 và khoản 1 Điều 35 Luật Thủ đô›."),
    ("a plural", "tại các ‹điều 1, 2 và 3 Nghị quyết số 4/2020/QH14›"),
    ("with của", "‹Điều 98 và Điều 100 của Hiến pháp›"),
    ("broken", "theo ‹khoản\n1, khoản 2 Điều 10 Nghị định số 105/2020/NĐ-CP›"),
    ("chapter", "‹Chương II Nghị định số 61/2025/NĐ-CP›"),
    ("two documents", "‹Điều 31 Luật Điện lực› và ‹Chương II Nghị định số 61/2025/NĐ-CP›"),
    ("the label of the line stays outside", "1. ‹Khoản 2 Điều 3 Luật Giá› quy định"),
    ("a level without a label stays outside", "quy định chi tiết ‹khoản 2 Điều 3 Luật Giá›"),
    ("an appendix stays outside", "tại Phụ lục II ‹Nghị định số 5/2020/NĐ-CP›"),
    # laws by name
    ("date", "Căn cứ ‹Luật Đầu tư công ngày 13 tháng 6 năm 2019›;"),
    ("number", "Căn cứ ‹Luật Doanh nghiệp số 59/2020/QH14 ngày 17/6/2020›;"),
    ("number without số", "‹Luật Đất đai 31/2024/QH15›;"),
    ("year", "‹Luật Ngân sách nhà nước năm 2015›;"),
    ("bare year", "‹Luật phòng, chống tham nhũng 2018›, các kết luận"),
    ("revised", "‹Luật Tổ chức chính quyền địa phương năm 2025 (sửa đổi)› có"),
    ("a draft", "trình Quốc hội dự án ‹Luật Cấp, thoát nước› tại kỳ họp"),
    ("và in the name", "‹Luật Phí và lệ phí› và các văn bản hướng dẫn"),
    ("và behind the name", "‹Luật Ngân sách nhà nước› và kế hoạch năm 2021"),
    ("commas in the name", "‹Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ›), Điều 2"),
    ("của in the name", "‹Luật Trách nhiệm bồi thường của Nhà nước›."),
    ("của behind the name", "‹Luật Viễn thông› của giấy phép đề nghị"),
    ("capitals and small letters", "‹Luật Bảo vệ và Phát triển rừng ngày 12 tháng 8 năm 1991›"),
    ("a comma left out, over a line end", "‹Luật Thể dục\nThể thao số 77/2006/QH11›"),
    ("abbreviations", "‹Luật tổ chức HĐND và UBND năm 2003›; ‹Luật Ban hành VBQPPL năm 2015›"),
    ("unknown, with a number", "‹Luật Công nghiệp điện ảnh và truyền hình số 3/2030/QH17›;"),
    ("unknown, alone", "‹Luật Du hành vũ trụ› có hiệu lực"),
    ("a verb behind", "‹Luật Đất đai› cũng quy định; ‹Luật Cạnh tranh› nhằm"),
    ("the subject of a decree", "quy định chi tiết ‹Luật Thương mại› về Văn phòng đại diện"),
    ("a list", "‹Luật Cán bộ, công chức›, ‹Luật Viên chức›;"),
    ("code", "‹Bộ luật Tố tụng dân sự số 92/2015/QH13› về"),
    ("by number alone", "bổ sung bởi ‹Luật số 87/2025/QH15›;"),
    ("ordinance", "‹Pháp lệnh Lưu trữ quốc gia› và ‹Pháp lệnh Bảo vệ bí mật nhà nước ngày 28 tháng 12 năm 2000›."),
    ("one law a line, no semicolon", "Căn cứ ‹Luật Đầu tư công›\nCăn cứ ‹Luật Xây dựng›\nĐiều 1. Quyết"),
    ("a small letter before a known name", "theo ‹luật Đất đai›, luật chơi"),
    # amending laws
    ("amending", "‹Luật sửa đổi, bổ sung một số điều của Luật Đất đai ngày 29 tháng 6 năm 2001›;"),
    (
        "amending several",
        "‹Luật sửa đổi, \nbổ sung một số điều của Luật Thương mại, Luật Cạnh tranh và Luật Giá số 5/2020/QH14›;",
    ),
    (
        "amending, by subject",
        "‹Luật sửa đổi, bổ sung một số điều của 11 luật có liên quan đến quy hoạch ngày 15/6/2018›",
    ),
    (
        "two laws",
        "‹Luật Giáo dục đại học ngày 18/6/2012› và ‹Luật sửa đổi, bổ sung một số điều của Luật Giáo dục "
        "đại học ngày 19/11/2018›",
    ),
    (
        "an amending decree is cited by number",
        "‹Nghị định số 5/2020/NĐ-CP› sửa đổi, bổ sung một số điều của ‹Nghị định số 3/2018/NĐ-CP›",
    ),
    # the Constitution, charters and regulations
    ("Constitution", "Căn cứ ‹Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 1992› đã được"),
    ("Constitution, bare", "sửa đổi ‹Hiến pháp›, pháp luật của Nhà nước"),
    ("the Party's charter", "theo ‹Điều lệ Đảng› trình Đại hội; ‹Điều lệ Đảng› nghiêm túc"),
    ("an association's charter", "Thực hiện ‹Điều lệ Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hà Giang› (nhiệm kỳ"),
    ("a company's charter", "‹Điều lệ tổ chức và hoạt động của Tổng\ncông ty Cấp thoát nước Lam Hà›;"),
    (
        "charter and regulation",
        "‹Điều lệ Hội Liên hiệp Phụ nữ Việt Nam› và ‹Quy chế hoạt động của\nBan Chấp hành Hội›;",
    ),
    ("regulation of a body", "giám sát ‹Quy chế tài chính của Tổng\ncông ty›."),
    ("regulation with a number", "‹Quy chế làm việc số 01-QC/ĐU, ngày 20/8/2020› của"),
    (
        "regulation brought by a cited decree",
        "‹Nghị định số 39/2022/NĐ-CP› của Chính phủ ban hành ‹Quy chế làm việc của Chính phủ›;",
    ),
    ("rules of procedure", "Căn cứ ‹Nội quy kỳ họp Quốc hội› ban hành kèm theo"),
]


@pytest.mark.parametrize("marked", [row[1] for row in SPANS], ids=[row[0] for row in SPANS])
def test_span(marked: str) -> None:
    text = marked.replace("‹", "").replace("›", "")
    assert spans(text) == re.findall("‹(.*?)›", marked, re.DOTALL)


# What the row shows, and a text that cites nothing.
NOTHING = [
    ("the document itself", "Nghị quyết này; Điều 1 Nghị quyết này; khoản 1 Điều này"),
    ("generic mentions", "các chỉ thị, nghị quyết của Đảng, chính sách, pháp luật của Nhà nước"),
    ("its own number", "Số: 01 /NQ-BCH-LHH\n\nHà Giang, ngày 13 tháng 01 năm 2021"),
    ("its own number with its type", "Nghị quyết số: 171/2024/QH15\n\nHà Nội, ngày 29 tháng 6 năm 2024"),
    ("its own number, Party", "ĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 60-NQ/TW\nHà Nội"),
    ("its own number on the first line", "Nghị quyết số 755/2005/NQ-UBTVQH11\nỦY BAN"),
    ("its own number in one line", "Độc lập - Tự do - Hạnh phúc Số: 57/NQ-HĐND Phú Yên, ngày 16"),
    ("its own title", "NGHỊ QUYẾT CỦA HỘI ĐỒNG NHÂN DÂN TỈNH SỐ 12/2010/NQ-HĐND NGÀY 01/01/2010"),
    ("by meeting", "Nghị quyết Hội nghị Ban chấp hành lần thứ 7 và lần thứ 8, nhiệm kỳ 2016-2021"),
    ("a bare pinpoint", "sửa đổi điểm a khoản 8 Điều 3 như sau"),
    ("a plan", "thông qua Đề án nhân sự và Kế hoạch tổ chức Đại hội; Đề án 08 về phát triển"),
    ("a report without a number", "Báo cáo thẩm tra của Ban Kinh tế - Ngân sách"),
    ("a regulation to be made", "ban hành kèm theo Nghị quyết này Quy chế hoạt động của Hội đồng nhân dân tỉnh"),
    ("a regulation to be worked out", "xây dựng Quy chế làm việc; quy chế làm việc và tổ chức thực hiện"),
    ("other words with luật", "pháp luật Việt Nam, kỷ luật Đảng, Hội Luật gia, Luật sư Lê Văn A, luật định"),
    ("laws in general", "ban hành các Luật; theo Luật này; văn bản dưới Luật giải quyết vướng mắc"),
    ("charter capital", "vốn điều lệ của Công ty; chấp hành điều lệ hội"),
    ("dates", "ngày 13/01/2021, ngày 28-10-1995"),
    ("counts", "12/24 đồng chí, 24/24 giờ, 1/500"),
    ("addresses", "Số 1253, CMT8, TP Tây Ninh; số 12/24 đường Lê Lợi; Quốc lộ 1A"),
    ("standards", "TCVN 6909:2001, ISO 9001/2015"),
    ("forms", "theo mẫu số 02/BC-ĐK"),
    ("the gazette", "CÔNG BÁO/Số 327/Ngày 14-06-2026"),
]


@pytest.mark.parametrize("text", [row[1] for row in NOTHING], ids=[row[0] for row in NOTHING])
def test_no_citation(text: str) -> None:
    assert spans(text) == []


def test_no_citation_in_a_publishers_note() -> None:
    note = "[Điều này được hướng dẫn bởi Điều 5 Nghị định 127/2005/NĐ-CP có hiệu lực từ 05/11/2005]"
    flow = structure(f"Điều 1. Mở lớp.\n{note}\n").flow
    states = ["body"] * len(flow.lines)
    assert [mention for mention in EntityExtractor(RULES).mentions(flow, states) if mention.type == "DOCREF"] == []


def test_only_the_range_is_read() -> None:
    text = "Luật Giá. Luật Đất đai. Luật Nhà ở."
    found = FINDER.find(text, fold(text), text.index("Luật Đ"), text.index(". Luật N"))
    assert [text[mention.start : mention.end] for mention in found] == ["Luật Đất đai"]


# -- values ---------------------------------------------------------------------------------------------

# The text and what of its value is looked at.
VALUES: list[tuple[str, dict[str, Any]]] = [
    ("Nghị quyết số 01 /NQ-BCH - LHH", {"type": "nghị quyết", "symbol": "01/NQ-BCH-LHH", "date": None}),
    ("NGHỊ QUYẾT LIÊN TỊCH SỐ 5/2020/NQLT-CP-ĐCT", {"type": "nghị quyết liên tịch"}),
    ("Báo cáo thẩm tra số 41/BC-KTNS", {"type": "báo cáo"}),
    ("Biên bản họp số 31/BB-HĐT", {"type": "biên bản"}),
    ("QĐ số 12/QĐ-UBND", {"type": "quyết định"}),
    ("Quy định số 22-QÐ/TW", {"type": "quy định", "symbol": "22-QĐ/TW"}),
    ("Nghị định số 3/2020/NĐ-CP ngày 03/02/2020", {"date": "2020-02-03"}),
    ("Nghị định số 3/1989/HĐBT ngày 8-4-1989", {"date": "1989-04-08"}),
    ("Nghị định số 3/2020/NĐ-CP ngày 31/02/2020", {"date": None}),
    ("Tờ trình số /TTr-UBND ngày … tháng 7 năm 2021", {"date": "2021-07"}),
    ("Luật Đầu tư công năm 2014", {"date": "2014", "symbol": None, "title": "Luật Đầu tư công"}),
    ("Luật Tổ chức\nChính phủ số 63/2025/QH15", {"symbol": "63/2025/QH15", "title": "Luật Tổ chức Chính phủ"}),
    ("Luật sửa đổi Luật số 45/2013/QH13 ngày 12/3/2018", {"symbol": None, "date": "2018-03-12"}),
    ("Quyết định số 5/QĐ-UBND của Ủy ban nhân dân tỉnh Hà Giang về", {"issuer": "Ủy ban nhân dân tỉnh Hà Giang"}),
    ("Quyết định số 5/QĐ-UBND củaỦy ban nhân dân tỉnh quy định", {"issuer": "Ủy ban nhân dân tỉnh"}),
    ("Thông tư số 5/2020/TT-BTC của Bộ trưởng Bộ Tài chính, Tờ trình", {"issuer": "Bộ trưởng Bộ Tài chính"}),
    ("báo cáo của Ủy ban nhân dân tỉnh số 2/BC-UBND", {"issuer": "Ủy ban nhân dân tỉnh"}),
    (
        "Căn cứ Nghị định số 5/2020/NĐ-CP của Chính phủ về công tác văn thư;",
        {"issuer": "Chính phủ", "title": "về công tác văn thư"},
    ),
    ("theo quy định tại Nghị định số 5/2020/NĐ-CP của Chính phủ về văn thư thì lưu.", {"title": None}),
]


@pytest.mark.parametrize(("text", "expected"), VALUES, ids=[row[0] for row in VALUES])
def test_value(text: str, expected: dict[str, Any]) -> None:
    found = value(text)
    assert {name: found[name] for name in expected} == expected


def test_a_list_gives_its_type_on_but_the_symbol_knows_better() -> None:
    found = find("các Tờ trình số 4/TTr-BCT, số 5/TTr-BCT và số 6/BC-BCT")
    assert [mention.value.type for mention in found] == ["tờ trình", "tờ trình", "báo cáo"]


# The words before the document, where the run begins, and its places as article/clause/point.
PLACES: list[tuple[str, str, list[str]]] = [
    ("điểm a khoản 2 Điều 5 ", "điểm a", ["5/2/a"]),
    ("điểm b, c và đ khoản 1 Điều 5 ", "điểm b", ["5/1/b", "5/1/c", "5/1/đ"]),
    ("khoản 3, khoản 4 Điều 8 và khoản 3 Điều\n10 của ", "khoản 3", ["8/3/", "8/4/", "10/3/"]),
    ("khoản 4, 5, 6 Điều 47 ", "khoản 4", ["47/4/", "47/5/", "47/6/"]),
    ("điểm a, điểm b khoản 1, khoản 2 Điều 5; Điều 7 ", "điểm a", ["5/1/a", "5/1/b", "5/2/", "7//"]),
    ("Điều 5 khoản 1, khoản 2 điểm a ", "Điều 5", ["5/1/", "5/2/a"]),
    ("các Điều 5 đến 9 ", "Điều 5", ["5-9//"]),
    ("từ Điều 5 đến Điều 9 của ", "Điều 5", ["5-9//"]),
    ("điểm a.1 khoản 1a Điều 5b, ", "điểm a.1", ["5b/1a/a.1"]),
    ("điểm a) khoản 2 Điều 4 ", "điểm a", ["4/2/a"]),
    ("Khoản 1 Mục II ", "Khoản 1", ["/1/"]),
    ("Chương II ", "Chương II", []),
]


@pytest.mark.parametrize(("words", "begin", "expected"), PLACES, ids=[row[0].strip() for row in PLACES])
def test_pinpoint(words: str, begin: str, expected: list[str]) -> None:
    run = PINPOINTS.before(words, fold(words), 0, len(words))
    assert run is not None
    assert words[run.start :].startswith(begin)
    assert words[run.end - 1] not in " ,"
    assert ["/".join(label or "" for label in (p.article, p.clause, p.point)) for p in run.places] == expected


@pytest.mark.parametrize("words", ["năm 2021 ", "số 5 ", "Điều 2 và ", "1. ", "Điều 2.\n\n", "Điều 5 quy định "])
def test_no_pinpoint(words: str) -> None:
    assert PINPOINTS.before(words, fold(words), 0, len(words)) is None


# -- cost -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    [
        "Điều 1, ",
        "số /",
        "Luật sửa đổi, bổ sung một số điều của ",
        "Luật Abc và ",
        "ngày        ",
        "12/NQ-A-",
        "[[được ",
        "của ",
    ],
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    found = FINDER.find(text, fold(text), 0, len(text))
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
