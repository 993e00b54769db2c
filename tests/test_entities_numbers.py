"""Ratios, percentages, money and quantities: each row says what it shows, look-alikes among them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nqparse import ruleset
from nqparse.entities import Mention
from nqparse.entities.figures import plain, value_of, with_point
from nqparse.entities.numbers import NumberFinder
from nqparse.entities.overlaps import flat
from nqparse.entities.time import TimeFinder
from nqparse.fold import fold

Expected = list[tuple[str, str, Any]]


@pytest.fixture(scope="module")
def finder() -> NumberFinder:
    return NumberFinder(ruleset.load())


@pytest.fixture(scope="module")
def times() -> TimeFinder:
    return TimeFinder(ruleset.load())


def mentions(finder: NumberFinder, text: str) -> list[Mention]:
    return finder.find(text, fold(text), 0, len(text))


def found(finder: NumberFinder, text: str) -> Expected:
    return [(mention.type, text[mention.start : mention.end], mention.value) for mention in mentions(finder, text)]


RATIOS = [
    ("attendance", "Tham dự Hội nghị có 12/24 đồng chí Ủy viên", "12/24", "12/24", "đồng chí"),
    ("work done", "hoàn thành 11/12 nhiệm vụ mà", "11/12", "11/12", "nhiệm vụ"),
    ("leading zeros", "có 05/07 thành viên", "05/07", "5/7", "thành viên"),
    ("abbreviated unit", "có mặt 20/23 đ/c", "20/23", "20/23", "đồng chí"),
    ("spaces around the slash", "có 12 / 24 đại biểu", "12 / 24", "12/24", "đại biểu"),
    ("shares", "tán thành 9.412.600/11.500.000 cổ phần", "9.412.600/11.500.000", "9412600/11500000", "cổ phần"),
    ("bracket before", "(5/5 thành viên gửi phiếu", "5/5", "5/5", "thành viên"),
    ("wrapped", "năm 2021 (2/5\nthành viên tán thành)", "2/5", "2/5", "thành viên"),
    ("at the start of a sentence", "còn 2,15%. 5/6 ấp đạt chuẩn", "5/6", "5/6", "ấp"),
    ("an unknown unit behind a cue", "đến nay có 9/14 đập tràn xuống cấp", "9/14", "9/14", None),
    (
        "a unit that is also a mark",
        "có chuyển biến; 11/13 điểm tái định cư có chi bộ",
        "11/13",
        "11/13",
        "điểm tái định cư",
    ),
    ("no unit, a cue", "tán thành: 45/50;", "45/50", "45/50", None),
    ("no unit, a share behind", "kết quả kiểm phiếu 45/50 (90%)", "45/50", "45/50", None),
    ("more than planned", "kết nạp 612/580 đảng viên", "612/580", "612/580", "đảng viên"),
    ("out of a total", "trong tổng số 24/26 đại biểu", "24/26", "24/26", "đại biểu"),
    ("a fraction that was counted", "biểu quyết với 2/3 thành viên tán thành", "2/3", "2/3", "thành viên"),
]


@pytest.mark.parametrize(("text", "span", "value", "unit"), [row[1:] for row in RATIOS], ids=[row[0] for row in RATIOS])
def test_ratio(finder: NumberFinder, text: str, span: str, value: str, unit: str | None) -> None:
    [ratio] = [mention for mention in mentions(finder, text) if mention.type == "RATIO"]
    assert (text[ratio.start : ratio.end], ratio.value) == (span, value)
    done, total = value.split("/")
    assert ratio.fields == {"numerator": int(done), "denominator": int(total), "unit": unit}


PERCENTS = [
    ("decimal comma", "đạt 95,5% kế hoạch", "95,5%", "95.5"),
    ("space", "đạt 60 %", "60 %", "60"),
    ("range", "giảm khoảng 60 - 70%\nsố lượng", "60 - 70%", "60-70"),
    ("range of decimals", "tăng 1,5-2%/năm", "1,5-2%", "1.5-2"),
    ("both signs", "phấn đấu 50% - 60% cán bộ", "50% - 60%", "50-60"),
    ("từ … đến", "từ 5 đến 7% dự toán", "5 đến 7%", "5-7"),
    ("decimal point", "đạt 103.6%", "103.6%", "103.6"),
    ("thousands", "tăng 1.200%", "1.200%", "1200"),
    ("in words", "đạt 95 phần trăm", "95 phần trăm", "95"),
    ("glued bullet", "-100% doanh nghiệp", "100%", "100"),
    ("per unit left out", "cổ tức 9%/mệnh giá", "9%", "9"),
    ("as written", "đạt 12,50%", "12,50%", "12.50"),
    ("misread", "đạt 1O% trở", "1O%", None),
]


@pytest.mark.parametrize(("shows", "text", "span", "value"), PERCENTS, ids=[row[0] for row in PERCENTS])
def test_percent(finder: NumberFinder, shows: str, text: str, span: str, value: str | None) -> None:
    assert found(finder, text) == [("PERCENT", span, value)]


MONEY = [
    ("thousands and decimals", "vốn 1.234,5 tỷ đồng", "1.234,5 tỷ đồng", "1234500000000 VND"),
    ("thousands of billions", "khoảng 1.155 tỷ đồng", "1.155 tỷ đồng", "1155000000000 VND"),
    ("other spelling", "1.150 tỉ đồng", "1.150 tỉ đồng", "1150000000000 VND"),
    ("two words of scale", "84,3 nghìn tỷ đồng", "84,3 nghìn tỷ đồng", "84300000000000 VND"),
    ("decimal point", "đã được giao là\n1.5 tỷ đồng,", "1.5 tỷ đồng", "1500000000 VND"),
    ("plain", "mức 14.375.820.116 đồng;", "14.375.820.116 đồng", "14375820116 VND"),
    ("rate left out", "không quá 1.500.000 đồng/người/tháng", "1.500.000 đồng", "1500000 VND"),
    ("small", "thu từ 500 đồng", "500 đồng", "500 VND"),
    ("glued đ", "hỗ trợ 500.000đ/suất", "500.000đ", "500000 VND"),
    ("đ behind a large figure", "hỗ trợ 500.000 đ mỗi hộ", "500.000 đ", "500000 VND"),
    ("small and glued", "mức 500đ/kg", "500đ", "500 VND"),
    ("VNĐ", "tương đương 2.000.000 VNĐ", "2.000.000 VNĐ", "2000000 VND"),
    ("range", "từ 28 - 32 triệu đồng/năm", "28 - 32 triệu đồng", "28000000-32000000 VND"),
    ("range with đến", "từ 3 đến 5 triệu đồng", "3 đến 5 triệu đồng", "3000000-5000000 VND"),
    ("range of two scales", "800 nghìn - 1,2 triệu đồng", "800 nghìn - 1,2 triệu đồng", "800000-1200000 VND"),
    (
        "range with the currency twice",
        "3 triệu đồng - 5 triệu đồng",
        "3 triệu đồng - 5 triệu đồng",
        "3000000-5000000 VND",
    ),
    ("falling scales", "1 tỷ 200 triệu đồng", "1 tỷ 200 triệu đồng", "1200000000 VND"),
    ("cut by a false label", "thực hiện năm 2020 là\n2. 500 triệu đồng", "2. 500 triệu đồng", "2500000000 VND"),
    ("wrapped", "trị giá 3,73 tỷ\nđồng;", "3,73 tỷ\nđồng", "3730000000 VND"),
    ("misread currency", "hỗ trợ 15 triệu đông/năm", "15 triệu đông", "15000000 VND"),
    ("misread scale", "hỗ trợ 15 triêu đồng", "15 triêu đồng", "15000000 VND"),
    ("misread figure", "bình quân 5l triệu đồng", "5l triệu đồng", None),
    ("comma as thousands", "giá 12,500 đồng", "12,500 đồng", "12500 VND"),
    ("comma as decimals", "vốn 1,234 tỷ đồng", "1,234 tỷ đồng", "1234000000 VND"),
    ("commas as thousands", "giá 1,250,000 đồng", "1,250,000 đồng", "1250000 VND"),
    ("said again in words", "không quá 05 (năm) triệu đồng", "05 (năm) triệu đồng", "5000000 VND"),
    ("dollars", "khoảng 500 tỉ đô la Mỹ", "500 tỉ đô la Mỹ", "500000000000 USD"),
    ("dollars by code", "bình quân 5.000 USD.", "5.000 USD", "5000 USD"),
    ("euro", "tài trợ 1,5 triệu EUR", "1,5 triệu EUR", "1500000 EUR"),
    ("yen", "vay 30 tỷ yên Nhật", "30 tỷ yên Nhật", "30000000000 JPY"),
    ("spelled out", "(tám trăm ngàn đồng)", "tám trăm ngàn đồng", "800000 VND"),
    ("spelled out, with a comma", "Ba nghìn tỷ, hai triệu đồng", "Ba nghìn tỷ, hai triệu đồng", "3000002000000 VND"),
    ("spelled out and wrapped", "(ba mươi triệu\nđồng)", "ba mươi triệu\nđồng", "30000000 VND"),
    ("without diacritics", "ho tro 15 trieu dong", "15 trieu dong", "15000000 VND"),
]


@pytest.mark.parametrize(("shows", "text", "span", "value"), MONEY, ids=[row[0] for row in MONEY])
def test_money(finder: NumberFinder, shows: str, text: str, span: str, value: str | None) -> None:
    assert found(finder, text) == [("MONEY", span, value)]


QUANTITIES = [
    ("abbreviated", "vắng 04 đ/c", "04 đ/c", "4 đồng chí"),
    ("not the currency", "có 04 đồng chí", "04 đồng chí", "4 đồng chí"),
    ("decimals", "tổng số 28.202,78 ha", "28.202,78 ha", "28202.78 ha"),
    ("people", "quy mô 1.728.494 nhân khẩu", "1.728.494 nhân khẩu", "1728494 nhân khẩu"),
    ("scale", "đạt 28,64 triệu m3,", "28,64 triệu m3", "28640000 m3"),
    ("spelled unit of measure", "đắp 18 triệu mét khối", "18 triệu mét khối", "18000000 m3"),
    ("raised figure", "rộng 94,73 km²", "94,73 km²", "94.73 km2"),
    ("raised figure of a converter", "rộng 94,73 km^2^ tự nhiên", "94,73 km^2^", "94.73 km2"),
    ("glued", "ít nhất 500ha mặt bằng", "500ha", "500 ha"),
    ("lost space before", "gồm67 xã và", "67 xã", "67 xã"),
    ("range", "từ 05 đến 07 người", "05 đến 07 người", "5-7 người"),
    ("longest unit", "giảm 25 hộ nghèo", "25 hộ nghèo", "25 hộ nghèo"),
    ("power", "dưới 30 MW", "30 MW", "30 MW"),
    ("points of a percentage", "tăng 9,1 điểm phần trăm so với", "9,1 điểm phần trăm", "9.1 điểm phần trăm"),
    ("wrapped", "gồm 36\nxã và", "36\nxã", "36 xã"),
    ("a capital in a running sentence", "gồm 12 Ủy viên", "12 Ủy viên", "12 ủy viên"),
    ("said again in words", "gồm 05 (năm) đồng chí", "05 (năm) đồng chí", "5 đồng chí"),
    ("days of work done", "đóng góp 210 ngày công", "210 ngày công", "210 ngày công"),
]


@pytest.mark.parametrize(("shows", "text", "span", "value"), QUANTITIES, ids=[row[0] for row in QUANTITIES])
def test_quantity(finder: NumberFinder, shows: str, text: str, span: str, value: str) -> None:
    assert found(finder, text) == [("QUANTITY", span, value)]


NOTHING = [
    ("symbol with a year", "Nghị quyết số 24/2022/UBTVQH15"),
    ("symbol", "Nghị quyết số 01/NQ-HĐND xã"),
    ("Party symbol", "Quy định số 232-QĐ/TW"),
    ("symbol without number word", "QĐ 12/24"),
    ("number of a document", "Nghị định 123/2015 được sửa đổi"),
    ("idiom", "số 24/7"),
    ("day and night", "trực 24/24 giờ"),
    ("day and month", "dịp lễ 30/4 và 1/5"),
    ("holiday before people", "dịp 2/9 người dân"),
    ("anniversary", "kỷ niệm 19/8"),
    ("address", "số 12/24 đường Trần Phú"),
    ("lane", "ngõ 5/12 phố"),
    ("rule of majority", "ít nhất 2/3 số đại biểu có mặt"),
    ("more than a fraction", "được trên 2/3 số hộ đồng ý"),
    ("threshold with a unit", "nếu có thấp hơn 2/3 thành viên Hội đồng"),
    ("fraction of a day", "nghỉ 1/2 ngày"),
    ("scale of a map", "sơ đồ tỷ lệ 1/100.000"),
    ("scale of a plan", "quy hoạch chi tiết 1/500"),
    ("rank", "xếp thứ 12/63 tỉnh"),
    ("season", "vụ 2020/2021"),
    ("school year", "năm học 2020/2021"),
    ("page", "Trang 1/2"),
    ("measure", "huyết áp 120/80 mmHg"),
    ("score", "đạt 4/10 điểm"),
    ("amounts of money", "ước đạt 1.250/1.300 tỷ đồng"),
    ("brackets that hold no number", "mục 5 (xem) hộ nghèo"),
    ("standard", "ISO 9001/2015"),
    ("or", "UBND huyện/thành phố"),
    ("figures without a currency", "số vốn là 1.234,5 tỷ"),
    ("table of figures", "1.000\n\n2.000\n\nĐồng/người/năm"),
    ("unit in the next cell", "26\n\n\nPhường Xuân Phương"),
    ("unit in the next column", "2       Huyện Phia Đén"),
    ("label of a section", "hết.\n1. Xã Lâm Phú"),
    ("label of a subsection", "gồm:\n2.1 Chi đầu tư"),
    ("label without a point", "xong.\n2 Nhà văn hóa"),
    ("article", "Điều 5 Bộ luật"),
    ("list of articles", "tại khoản 3, 4 và 5 Nghị quyết này"),
    ("clause", "khoản 2 người lao động"),
    ("form by number", "theo Mẫu số 15 Báo cáo tình hình"),
    ("hamlet by number", "thôn 3 xã Lâm Phú"),
    ("level", "chính quyền cấp 2 tỉnh"),
    ("duration", "trong 24 tháng"),
    ("age", "trẻ 6 tuổi"),
    ("code", "UBTVQH15 người"),
    ("code with a dash", "mẫu NQ-12 hộ"),
    ("shifts", "làm “3 ca, 4 kíp”"),
    ("clocks", "2 đồng hồ"),
    ("letter of a point", "khoản 5 đ) sửa đổi"),
    ("letter of a form", "theo Mẫu số 04đ Phụ lục IV"),
    ("one comrade in words", "cử một đồng chí"),
    ("place name", "xã Nam Đông, xã Ba Động"),
    ("bank", "5 ngân hàng đồng ý"),
    ("figures and words mixed", "2 triệu năm trăm nghìn đồng"),
]


@pytest.mark.parametrize(("shows", "text"), NOTHING, ids=[row[0] for row in NOTHING])
def test_nothing(finder: NumberFinder, shows: str, text: str) -> None:
    assert found(finder, text) == []


COMPARISONS = [
    ("tăng 8%", "increase"),
    ("tăng trưởng bình quân 7,4%/năm", "increase"),
    ("phát triển thêm 3.200 đoàn viên", "increase"),
    ("giảm 1,3 điểm phần trăm", "decrease"),
    ("giảm tỷ lệ hộ nghèo bình quân 1,5%/năm", "decrease"),
    ("phấn đấu giảm khoảng 60 - 70%", "decrease"),
    ("ít nhất 50%", "at_least"),
    ("đạt trên 70%", "at_least"),
    ("không thấp hơn 30%", "at_least"),
    ("đạt từ 95% trở lên", "at_least"),
    ("giá trị từ 500 tỷ đồng trở lên tính theo", "at_least"),
    ("kết nạp từ 10 đảng viên trở lên;", "at_least"),
    ("tối đa không quá 30% vốn", "at_most"),
    ("không quá 100 triệu đồng", "at_most"),
    ("giảm còn dưới 5%", "at_most"),
    ("từ 5% trở xuống", "at_most"),
    ("đạt 57%", "reach"),
    ("giảm xuống còn 12%", "reach"),
    ("tỷ lệ hộ nghèo còn 9,6%", "reach"),
    ("lên 45% vào năm", "reach"),
    ("hiện nay còn 3 gói thầu", None),
    ("chiếm 15%", None),
    ("khoảng 60%", None),
    ("vốn đầu tư. Đạt kết quả, 15%", None),
    ("đất 5 ha", None),
    ("12%, từ năm học sau trở lên", None),
]


@pytest.mark.parametrize(("text", "comparison"), COMPARISONS)
def test_comparison(finder: NumberFinder, text: str, comparison: str | None) -> None:
    [mention] = mentions(finder, text)
    assert mention.fields.get("comparison") == comparison


SEVERAL: list[tuple[str, str, Expected]] = [
    (
        "an amount and the same in words",
        "180.000 đồng (một trăm tám mươi nghìn đồng)/tấn",
        [("MONEY", "180.000 đồng", "180000 VND"), ("MONEY", "một trăm tám mươi nghìn đồng", "180000 VND")],
    ),
    (
        "from one amount to another",
        "từ 500 đồng lên 1.000 đồng/lượt",
        [("MONEY", "500 đồng", "500 VND"), ("MONEY", "1.000 đồng", "1000 VND")],
    ),
    (
        "attendance",
        "có mặt 14/15 đồng chí, vắng 01 đồng chí (có lý do)",
        [("RATIO", "14/15", "14/15"), ("QUANTITY", "01 đồng chí", "1 đồng chí")],
    ),
    (
        "vote",
        "với 48/50 phiếu tán thành (đạt 96%), không tán thành 0 phiếu",
        [("RATIO", "48/50", "48/50"), ("PERCENT", "96%", "96"), ("QUANTITY", "0 phiếu", "0 phiếu")],
    ),
    (
        "a falling pair is no range",
        "năm 2021 - 15 hộ nghèo",
        [("QUANTITY", "15 hộ nghèo", "15 hộ nghèo")],
    ),
]


@pytest.mark.parametrize(("shows", "text", "expected"), SEVERAL, ids=[row[0] for row in SEVERAL])
def test_several(finder: NumberFinder, shows: str, text: str, expected: Expected) -> None:
    assert found(finder, text) == expected


TOGETHER: list[tuple[str, str, list[str]]] = [
    ("a year is no count", "năm 2021 xã đã", ["năm 2021"]),
    ("a month is no count", "trong tháng 4 xã đã", ["tháng 4"]),
    ("a date is no ratio", "ngày 2/9 người dân", ["ngày 2/9"]),
    ("an ordinal is no count", "khóa 18 đại biểu", ["khóa 18"]),
    ("both stay side by side", "năm 2021, 15 xã", ["năm 2021", "15 xã"]),
]


@pytest.mark.parametrize(("shows", "text", "spans"), TOGETHER, ids=[row[0] for row in TOGETHER])
def test_time_goes_before_numbers(
    finder: NumberFinder, times: TimeFinder, shows: str, text: str, spans: list[str]
) -> None:
    everything = flat([*mentions(finder, text), *times.find(text, fold(text), 0, len(text))])
    assert [text[mention.start : mention.end] for mention in everything] == spans


def test_reads_only_its_range(finder: NumberFinder) -> None:
    text = "tăng 12,5% và 7 triệu đồng"
    start, end = text.index("2,5"), text.index(" đồng")
    assert [text[m.start : m.end] for m in finder.find(text, fold(text), start, end)] == []


MANY = [
    "5 triệu ",
    "1 tỷ 2 triệu 3 nghìn ",
    "12/24 ",
    "1/2-",
    "5% - ",
    "một trăm triệu đồng ",
    "2016-2017-",
    "5 (a b) ",
    "1.",
]


@pytest.mark.parametrize("piece", MANY)
def test_any_number_of_them(finder: NumberFinder, piece: str) -> None:
    text = piece * 5000
    assert all(mention.start < mention.end for mention in mentions(finder, text))


FIGURES = [
    ("1.234,5", "1234.5"),
    ("1,234.5", "1234.5"),
    ("1.728.494", "1728494"),
    ("1.155", "1155"),
    ("103.6", "103.6"),
    ("0.125", "0.125"),
    ("12,500", "12.5"),
    ("05", "5"),
]


@pytest.mark.parametrize(("written", "value"), FIGURES)
def test_figures(written: str, value: str) -> None:
    number = value_of(written)
    assert number is not None
    assert plain(number) == value


def test_figures_of_whole_things() -> None:
    assert value_of("12,500", whole=True) == Decimal(12500)


@pytest.mark.parametrize("written", ["1.2.3", "5l", "", "12,5,1"])
def test_no_figures(written: str) -> None:
    assert value_of(written) is None
    assert with_point(written) is None
