"""Forms of the decades before 1997, and of the volumes and sites that print them: our own short texts in each form."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from nqparse import parse
from nqparse.document import Section


class Form(NamedTuple):
    """A text, and what is to be read from it."""

    text: str
    header: dict[str, str]
    bases: int
    recitals: int
    sections: list[str]
    signatures: list[tuple[str | None, str | None, str | None]]
    recipients: int = 0


VOLUME = """VĂN KIỆN QUỐC HỘI TOÀN TẬP TẬP IX (1990-1994) Quyển 3

NGHỊ QUYẾT SỐ 77 NQ/HĐNN8 NGÀY 14-5-1990 CỦA HỘI ĐỒNG NHÀ NƯỚC
VỀ VIỆC CỬ ÔNG LÂM ĐỨC TẤN, PHÓ CHỦ NHIỆM ỦY BAN
SÔNG NGÒI LÀM CHỦ NHIỆM ỦY BAN SÔNG NGÒI

HỘI ĐỒNG NHÀ NƯỚC
NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Căn cứ vào Điều 98 của Hiến pháp,
Theo đề nghị của Chủ tịch Hội đồng Bộ trưởng,

QUYẾT NGHỊ:

Từ ngày 20 tháng 5 năm 1990 ông Lâm Đức Tấn là Chủ nhiệm Ủy ban Sông ngòi.

                 TM. HỘI ĐỒNG NHÀ NƯỚC
NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                            Chủ tịch

                      TÔ BÁ HIỂN

Lưu tại Trung tâm Lưu trữ
quốc gia I, phông Ủy ban Sông ngòi
"""

GLUED_NUMBER = """ỦY BAN THƯỜNG VỤ
QUỐC HỘI
******

VIỆT NAM DÂN CHỦ CỘNG HÒA
Độc lập - Tự do - Hạnh phúc
********

Số: 91NQ/TVQH

Hà Nội, ngày 17 tháng 09 năm 1962

NGHỊ QUYẾT

CỦA UỶ BAN THƯỜNG VỤ QUỐC HỘI

Căn cứ vào Điều 81 của Hiến pháp;
Theo đề nghị của Hội đồng Chính phủ,

QUYẾT NGHỊ:

Hạn nộp đơn nói ở quyết định số 35 NQ/TVQH ngày 2 tháng 5 năm 1962 nay lùi đến hết mùa mưa.

Hoàng Thế Lĩnh

(Đã ký)
"""

TITLE_FIRST = """Nghị quyết số 242 NQ/TVQH

Nghị quyết số 242 NQ/TVQH về việc mở bến đò ở vùng hồ

Căn cứ vào Hiến pháp,

Sau khi nghe báo cáo của đại diện Chính phủ,

QUYẾT NGHỊ:

1. Mở chín bến đò.

2. Việc phải làm trong năm là:

- Đóng thuyền;

- Làm cọc tiêu.

TM. Ủy ban Thường vụ Quốc hội

Chủ tịch

Đã ký

Trường Sơn
"""

WE_THE_DEPUTIES = """Chúng tôi 98 đại biểu của Hội Đọc sách họp tại Hà Nội, ngày 12 tháng 6 năm 1958,

Sau khi nghiên cứu bản Điều lệ,

Nhận thấy rằng việc đọc sách có ích,

Nhận thấy tủ sách nào cũng cần người giữ,

QUYẾT NGHỊ:

1. Lập tủ sách.

2. Cử người giữ tủ sách gồm có:

Trưởng nhóm: Ông Hoàng Văn Lĩnh
Ông Xuân Tùng

Thư ký: Ông Trần Đình Phú

3. Giao cho nhóm làm nội quy.
"""

ONE_LINE = (
    "QUỐC HỘI VIỆT NAM DÂN CHỦ CỘNG HÒA Độc lập - Tự do - Hạnh phúc Hà Nội ngày 17 tháng 3 năm 1969 NGHỊ QUYẾT "
    "CỦA QUỐC HỘI VỀ VIỆC LÙI NGÀY HỌP Căn cứ vào Điều 45 của Hiến pháp. Xét tình hình lũ lụt. Theo đề nghị của "
    "Hội đồng Chính phủ. QUYẾT NGHỊ 1- Lùi ngày họp sang mùa khô. 2- Giao cho Ban Thư ký báo các đoàn. "
    "Nghị quyết này đã được Quốc hội thông qua ngày 17 tháng 3 năm 1969."
)

PARTY_1962 = """ĐẢNG LAO ĐỘNG VIỆT NAM
BAN CHẤP HÀNH TRUNG ƯƠNG
Số 19 NQ/TW

NGHỊ QUYẾT
CỦA HỘI NGHỊ BAN BÍ THƯ
Ngày 21 tháng 3 năm 1962
Về việc phát hành sách ở nông thôn

Trong thời gian qua sách về đến xã còn chậm.

A- ƯU ĐIỂM VÀ KHUYẾT ĐIỂM

1. Số sách năm 1961 tăng.

2. Ở vùng cao sách còn ít.

B- NHIỆM VỤ

1. Các tỉnh ủy lập tủ sách xã.

T.M. BAN BÍ THƯ

NGUYỄN THẾ TUYÊN
"""

SOUTH_1976 = """ỦY BAN NHÂN DÂN CÁCH MẠNG
TỈNH SÔNG LAM
Số 14/NQ-UB
CỘNG HÒA MIỀN NAM VIỆT NAM
Độc lập - Dân chủ - Hòa bình - Trung lập
Sông Lam, ngày 9-3-1976

NGHỊ QUYẾT
V/v thống nhất giá lúa giống

Căn cứ Nghị quyết hội nghị Ủy ban ngày 5-3-1976;
Chiểu theo đề nghị của Ty Nông nghiệp;

NAY QUYẾT NGHỊ

Điều I: Giá lúa giống trong tỉnh là 0,35 đồng một ký.

Điều II: Ty Nông nghiệp chiếu quyết nghị thi hành.

Nơi gởi:
- Như điều II
- Lưu

TM. ỦY BAN NHÂN DÂN CÁCH MẠNG TỈNH
Chủ tịch
(Ký tên và đóng dấu)
Phạm Văn Tư
"""

FOOT = "TM. BAN CHẤP HÀNH\nBÍ THƯ\n\nLê Văn Tám\n"

FORMS = {
    "volume": Form(
        VOLUME,
        {
            "doc_type": "NGHỊ QUYẾT",
            "symbol": "77 NQ/HĐNN8",
            "date": "NGÀY 14-5-1990",
            "title": "CỦA HỘI ĐỒNG NHÀ NƯỚC\nVỀ VIỆC CỬ ÔNG LÂM ĐỨC TẤN, PHÓ CHỦ NHIỆM ỦY BAN\n"
            "SÔNG NGÒI LÀM CHỦ NHIỆM ỦY BAN SÔNG NGÒI",
        },
        2, 0, [],
        [("TM. HỘI ĐỒNG NHÀ NƯỚC\nNƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Chủ tịch", "TÔ BÁ HIỂN")],
    ),
    "glued number": Form(
        GLUED_NUMBER,
        {
            "national_name": "VIỆT NAM DÂN CHỦ CỘNG HÒA",
            "motto": "Độc lập - Tự do - Hạnh phúc",
            "issuer": "ỦY BAN THƯỜNG VỤ\nQUỐC HỘI",
            "symbol": "91NQ/TVQH",
            "place": "Hà Nội",
            "date": "ngày 17 tháng 09 năm 1962",
            "doc_type": "NGHỊ QUYẾT",
            "title": "CỦA UỶ BAN THƯỜNG VỤ QUỐC HỘI",
        },
        2, 0, [], [(None, None, "Hoàng Thế Lĩnh")],
    ),
    "title first": Form(
        TITLE_FIRST,
        {"doc_type": "Nghị quyết", "symbol": "242 NQ/TVQH", "title": "về việc mở bến đò ở vùng hồ"},
        2, 0, ["1", "2", "2/-1", "2/-2"], [("TM. Ủy ban Thường vụ Quốc hội", "Chủ tịch", "Trường Sơn")],
    ),
    "we the deputies": Form(WE_THE_DEPUTIES, {}, 1, 3, ["1", "2", "3"], []),
    "one line": Form(
        ONE_LINE,
        {
            "national_name": "VIỆT NAM DÂN CHỦ CỘNG HÒA",
            "motto": "Độc lập - Tự do - Hạnh phúc",
            "issuer": "QUỐC HỘI",
            "place": "Hà Nội",
            "date": "ngày 17 tháng 3 năm 1969",
            "doc_type": "NGHỊ QUYẾT",
            "title": "CỦA QUỐC HỘI VỀ VIỆC LÙI NGÀY HỌP",
        },
        3, 0, ["1", "2"], [],
    ),
    "party, 1962": Form(
        PARTY_1962,
        {
            "national_name": "ĐẢNG LAO ĐỘNG VIỆT NAM",
            "issuer": "BAN CHẤP HÀNH TRUNG ƯƠNG",
            "symbol": "19 NQ/TW",
            "date": "Ngày 21 tháng 3 năm 1962",
            "doc_type": "NGHỊ QUYẾT",
            "title": "CỦA HỘI NGHỊ BAN BÍ THƯ\nNgày 21 tháng 3 năm 1962\nVề việc phát hành sách ở nông thôn",
        },
        0, 1, ["A", "A/1", "A/2", "B", "B/1"], [("T.M. BAN BÍ THƯ", None, "NGUYỄN THẾ TUYÊN")],
    ),
    "the South, 1976": Form(
        SOUTH_1976,
        {
            "national_name": "CỘNG HÒA MIỀN NAM VIỆT NAM",
            "motto": "Độc lập - Dân chủ - Hòa bình - Trung lập",
            "issuer": "ỦY BAN NHÂN DÂN CÁCH MẠNG\nTỈNH SÔNG LAM",
            "symbol": "14/NQ-UB",
            "place": "Sông Lam",
            "date": "ngày 9-3-1976",
            "doc_type": "NGHỊ QUYẾT",
            "title": "V/v thống nhất giá lúa giống",
        },
        2, 0, ["I", "II"], [("TM. ỦY BAN NHÂN DÂN CÁCH MẠNG TỈNH", "Chủ tịch", "Phạm Văn Tư")], 2,
    ),
}  # fmt: skip


def _ids(sections: list[Section]) -> list[str]:
    return [found for section in sections for found in (section.id, *_ids(section.children))]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_an_old_form_is_read(form: Form) -> None:
    document = parse(form.text)
    assert [zone for zone in document.zones if zone.kind == "unknown"] == []
    header = document.header
    fields = {name: getattr(header, name) for name in type(header).model_fields}
    assert {name: value.text for name, value in fields.items() if value is not None} == form.header
    assert len(document.preamble.bases) == form.bases
    assert len(document.preamble.recitals) == form.recitals
    assert document.preamble.formula is not None or form.recitals == 1
    assert _ids(document.body) == form.sections
    signed = [
        tuple(part.text if part else None for part in (block.authority, block.position, block.name))
        for block in document.signatures
    ]
    assert signed == form.signatures
    assert len(document.recipients) == form.recipients


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("nghị quyết số 29 NQ/TVQH ngày 6 tháng 4 năm 1961", "29NQ/TVQH"),
        ("Nghị quyết số 551NQ/HĐNN7", "551NQ/HĐNN7"),
        ("quyết định số 103 ngày 21 tháng 4 năm 1965", "103"),
    ],
)
def test_numbers_of_old_acts_are_cited(written: str, symbol: str) -> None:
    (cited,) = [item for item in parse(f"Căn cứ {written};\n").entities if item.type == "DOCREF"]
    assert (cited.text, cited.value.symbol) == (written, symbol)


def test_a_number_without_its_date_in_small_letters_is_no_citation() -> None:
    document = parse("Theo quyết định số 3 của tổ thì họp tại nhà văn hóa.\n")
    assert [item for item in document.entities if item.type == "DOCREF"] == []


def test_the_last_items_of_a_body_are_no_addressees() -> None:
    document = parse(f"QUYẾT NGHỊ:\n\n1. Việc phải làm:\n- Đóng thuyền;\n- Sở Y tế làm cọc tiêu.\n\n{FOOT}")
    assert document.recipients == []
    assert _ids(document.body) == ["1", "1/-1", "1/-2"]


def test_addressees_without_their_opener_stay_addressees() -> None:
    document = parse(f"QUYẾT NGHỊ:\n\n1. Thông qua báo cáo.\n\n- Huyện ủy;\n- Các đoàn thể xã;\n- Lưu.\n\n{FOOT}")
    assert [item.name for item in document.recipients] == ["Huyện ủy", "Các đoàn thể xã", "Lưu"]


def test_a_place_that_a_narrow_column_has_broken_is_whole() -> None:
    document = parse(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH HẢI LONG\nSố: 16/NQ-HĐND\nHải\nLong, ngày 06 tháng 12 năm 2023\n"
        f"NGHỊ QUYẾT\nVề chợ nổi\nCăn cứ Luật Thương mại;\nQUYẾT NGHỊ:\nĐiều 1. Mở chợ nổi.\n{FOOT}"
    )
    assert document.header.place is not None
    assert document.header.place.text == "Hải\nLong"


def test_a_meeting_in_a_sentence_is_no_line_of_the_letterhead() -> None:
    document = parse("Đại hội họp tại Hà Nội, ngày 5 tháng 6 năm 1958,\n\nQUYẾT NGHỊ:\n\n1. Lập tủ sách.\n")
    assert document.header.place is None
    assert document.header.date is None


def test_the_sentence_that_resolves_parts_from_the_basis_before_it() -> None:
    document = parse(
        "NGHỊ QUYẾT LIÊN TỊCH\nVỀ\nCÔNG TÁC PHỐI HỢP\nCăn cứ Luật Ban\nhành văn bản ngày 22 tháng 6 năm 2015;\n"
        "Sở Nông nghiệp và Hội Nông\ndân tỉnh ban hành Nghị quyết liên tịch về công tác phối hợp.\n"
        "Điều 1. Nguyên tắc\n1. Mỗi bên làm việc của mình.\n"
    )
    assert [basis.text for basis in document.preamble.bases] == [
        "Căn cứ Luật Ban\nhành văn bản ngày 22 tháng 6 năm 2015;"
    ]
    assert document.preamble.formula is not None
    assert document.preamble.formula.text.startswith("Sở Nông nghiệp")


# -- signatures and places, at any time ----------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["VŨ ĐỨC TÀI", "TRƯƠNG QUANG BÁCH", "BÀN VĂN PHÚ", "ĐOÀN VĂN HẬU", "VIÊN THỊ HOA", "LÊ VĂN TÁM"]
)
def test_a_surname_is_told_from_the_body_that_reads_alike_without_accents(name: str) -> None:
    (block,) = parse(f"QUYẾT NGHỊ:\nĐiều 1. Mở lớp.\n\nTM. HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\n\n\n{name}\n").signatures
    assert (block.position and block.position.text, block.name and block.name.text) == ("CHỦ TỊCH", name)


def test_a_body_below_a_title_stays_a_body() -> None:
    (block,) = parse("QUYẾT NGHỊ:\nĐiều 1. Mở lớp.\n\nGIÁM ĐỐC\nSỞ VĂN HÓA\n\n\nLê Văn Tám\n").signatures
    assert block.position is not None
    assert block.position.text == "GIÁM ĐỐC\nSỞ VĂN HÓA"


@pytest.mark.parametrize("place", ["TP. Hồ Chí Minh", "TP Huế", "T.P Hải Phòng", "Tp.Hồ Chí Minh", "Thành phố Huế"])
def test_a_city_keeps_its_short_form(place: str) -> None:
    header = parse(
        f"HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ\nSố: 1/NQ-HĐND\n{place}, ngày 5 tháng 6 năm 2019\nNGHỊ QUYẾT\nVề chợ\n"
        "Căn cứ Luật Giá;\nQUYẾT NGHỊ:\nĐiều 1. Mở chợ.\n"
    ).header
    assert header.place is not None
    assert header.place.text == place
    assert header.issuer is not None
    assert header.issuer.text == "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ"


def test_labels_of_the_typewriter() -> None:
    text = (
        "QUYẾT NGHỊ :\n     I.- Nhất trí với báo cáo.\n     II.- Nhiệm vụ :\n     1/- Sản xuất : Trồng 500 ha lúa.\n"
        "     2/- Thu ngân sách :\n     a- Thu thuế 420 triệu đồng.\n     b- Thu khác.\n     III.- Giao Ủy ban làm.\n"
    )
    document = parse(text)
    assert _ids(document.body) == ["I", "II", "II/1", "II/2", "II/2/a", "II/2/b", "III"]
    assert [section.label for section in document.body] == ["I.-", "II.-", "III.-"]
    assert document.body[0].paragraphs[0].text == "Nhất trí với báo cáo."


def test_a_title_that_names_the_committee_again_is_one_title() -> None:
    document = parse(
        "BAN CHẤP HÀNH TRUNG ƯƠNG\nSố: 05-NQ/HNTW\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 10 tháng 6 năm 1993\n\n"
        "NGHỊ QUYẾT\nHỘI NGHỊ LẦN THỨ NĂM\nBAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG (KHOÁ VII)\nvề nghề làm muối\n\n"
        "I- TÌNH HÌNH\n1. Nghề muối phát triển khá nhanh.\nII- MỤC TIÊU\n1. Mở ruộng muối.\n"
    )
    assert document.preamble.enacting_body is None
    assert document.header.title is not None
    assert document.header.title.value.endswith("(KHOÁ VII) về nghề làm muối")


def test_the_number_right_below_the_body_is_no_title() -> None:
    header = parse("UBND TỈNH HÒA SƠN\nSố: 33/NQ-HĐND\n\nCăn cứ Luật Giá;\nQUYẾT NGHỊ:\n1. Mở chợ.\n").header
    assert header.title is None
    assert header.symbol is not None
    assert header.symbol.normalized == "33/NQ-HĐND"


@pytest.mark.parametrize("office", ["CHỦ TỌA KỲ HỌP", "THƯ KÝ", "CHỦ TỊCH"])
def test_an_office_below_a_body_is_no_name_of_its_district(office: str) -> None:
    document = parse(f"QUYẾT NGHỊ:\nĐiều 1. Mở lớp.\n\nT/M HỘI ĐỒNG NHÂN DÂN HUYỆN\n{office}\n\nHoàng Văn Páo\n")
    assert [item.text for item in document.entities if item.type == "ORG"] == ["HỘI ĐỒNG NHÂN DÂN HUYỆN"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("ngày #@3 tháng H năm 2026", "2026"),
        ("ngày 29 tháng H năm 2026", "2026"),
        ("ngày 2a tháng 4 năm 2026", "2026-04"),
    ],
)
def test_a_date_that_was_written_by_hand_is_read_as_far_as_it_goes(written: str, value: str) -> None:
    header = parse(
        f"CHÍNH PHỦ\nSố: 5/NQ-CP\nHà Nội, {written}\n\nNGHỊ QUYẾT\nVề chợ nổi\n\n"
        "Căn cứ Luật Giá;\nQUYẾT NGHỊ:\n1. Mở.\n"
    ).header
    assert header.place is not None
    assert header.date is not None
    assert (header.place.text, header.date.text, header.date.value) == ("Hà Nội", written, value)


def test_a_document_of_which_all_lines_are_glued_together() -> None:
    document = parse(
        "HỘI ĐỒNG NHÂN DÂN TỈNH LÂM KHÊ-------CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh "
        "phúc---------------Số: 12/2019/NQ-HĐNDLâm Khê, ngày 12 tháng 7 năm 2019NGHỊ QUYẾTVỀ BẾN ĐÒ GIAI "
        "ĐOẠN 2019 - 2023HỘI ĐỒNG NHÂN DÂN TỈNH LÂM KHÊKHÓA IX, KỲ HỌP THỨ 9Căn cứ Luật Giá ngày 20 tháng 6 "
        "năm 2012;Căn cứ Luật Đê điều;Xét Tờ trình của Ủy ban nhân dân tỉnh.QUYẾT NGHỊ:Điều 1. Hỗ trợ bến đò "
        "như sau:1. Mức: 30.000.000 đồng.2. Từ năm 2019 đến năm 2023.Điều 2. Tổ chức thực hiện1. Giao Ủy ban "
        "nhân dân tỉnh.2. Giao Sở Giao thông.Nghị quyết này đã được Hội đồng nhân dân tỉnh thông qua ngày 12 "
        "tháng 7 năm 2019./.CHỦ TỊCHVũ Thị Hải Yến\n"
    )
    header = document.header
    fields = {name: getattr(header, name) for name in type(header).model_fields}
    assert {name: value.text for name, value in fields.items() if value is not None} == {
        "national_name": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "issuer": "HỘI ĐỒNG NHÂN DÂN TỈNH LÂM KHÊ",
        "symbol": "12/2019/NQ-HĐND",
        "place": "Lâm Khê",
        "date": "ngày 12 tháng 7 năm 2019",
        "doc_type": "NGHỊ QUYẾT",
        "title": "VỀ BẾN ĐÒ GIAI ĐOẠN 2019 - 2023",
    }
    assert len(document.preamble.bases) == 3
    assert _ids(document.body) == ["1", "1/1", "1/2", "2", "2/1", "2/2"]
    assert [block.name and block.name.text for block in document.signatures] == ["Vũ Thị Hải Yến"]
