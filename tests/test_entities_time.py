"""Dates, periods, times of day and sessions: each row says what it shows, look-alikes among them."""

from __future__ import annotations

from typing import Any

import pytest

from nqparse import ruleset
from nqparse.entities import Mention
from nqparse.entities.number_words import NumberWords, Reading
from nqparse.entities.overlaps import flat, longest
from nqparse.entities.time import TimeFinder
from nqparse.fold import fold

Expected = list[tuple[str, str, Any]]


@pytest.fixture(scope="module")
def finder() -> TimeFinder:
    return TimeFinder(ruleset.load())


def found(finder: TimeFinder, text: str) -> Expected:
    mentions = finder.find(text, fold(text), 0, len(text))
    return [(mention.type, text[mention.start : mention.end], mention.value) for mention in mentions]


DATES = [
    ("in full", "Hà Giang, ngày 13 tháng 01 năm 2021", "ngày 13 tháng 01 năm 2021", "2021-01-13"),
    ("lost space", "thông qua ngày 16tháng 6 năm 2025.", "ngày 16tháng 6 năm 2025", "2025-06-16"),
    (
        "wrapped and indented",
        "Vĩnh Long, ngày\n    18 tháng 11 năm 2025",
        "ngày\n    18 tháng 11 năm 2025",
        "2025-11-18",
    ),
    ("capitals", "CỦA NGHỊ QUYẾT NGÀY 07 THÁNG 02 NĂM 2025", "NGÀY 07 THÁNG 02 NĂM 2025", "2025-02-07"),
    ("days of one month", "ngày 12, 13 tháng 7 năm 2021", "ngày 12, 13 tháng 7 năm 2021", "2021-07-12"),
    ("two days with và", "họp ngày\n18 và 19 tháng 7 năm 2019 tại", "ngày\n18 và 19 tháng 7 năm 2019", "2019-07-18"),
    ("three days", "các ngày 20, 21 và 22/5/2020", "ngày 20, 21 và 22/5/2020", "2020-05-20"),
    ("day left blank", "Lam Hà, ngày … tháng 11 năm 2020", "ngày … tháng 11 năm 2020", "2020-11"),
    ("day left blank by dots", "ngày ....... tháng 7 năm 2021", "ngày ....... tháng 7 năm 2021", "2021-07"),
    ("day and month left blank", "ngày     tháng     năm 2021", "ngày     tháng     năm 2021", "2021"),
    ("blank day before figures", "ngày …/01/2021", "ngày …/01/2021", "2021-01"),
    ("year left blank", "ngày 12 tháng 7 năm 20…", "ngày 12 tháng 7 năm 20…", None),
    ("figures", "ngày 29/11/2016 của Bộ trưởng", "ngày 29/11/2016", "2016-11-29"),
    ("figures with dashes", "kể từ ngày 01-01-2017 được", "ngày 01-01-2017", "2017-01-01"),
    ("figures with points", "trước ngày\n30.6.2020;", "ngày\n30.6.2020", "2020-06-30"),
    ("glued to the next label", "trước ngày 15/01/2012.2. Thường trực", "ngày 15/01/2012", "2012-01-15"),
    ("two-digit year of the last century", "ngày 12-3-85", "ngày 12-3-85", "1985-03-12"),
    ("two-digit year of this century", "ngày 5/7/21,", "ngày 5/7/21", "2021-07-05"),
    ("without the word", "(dự kiến từ 01/01/2026 theo kế hoạch)", "01/01/2026", "2026-01-01"),
    ("month by slash behind words", "ngày 12 tháng 7/2021", "ngày 12 tháng 7/2021", "2021-07-12"),
    ("no year", "họp từ ngày 10/4 tại Hà Nội", "ngày 10/4", None),
    ("no year, with a dash", "Quốc khánh ngày 2-9", "ngày 2-9", None),
    ("no year, in words", "trước ngày 30 tháng 9 hằng năm", "ngày 30 tháng 9", None),
    ("no year at the end of a sentence", "trước ngày 30 tháng 9. Xã", "ngày 30 tháng 9", None),
    ("no year, a dash and a count behind", "ngày 12/7 - 15 hộ", "ngày 12/7", None),
    ("year of a form left blank", "ngày 12 tháng 7 năm ....", "ngày 12 tháng 7 năm ....", None),
    ("year behind dots", "ngày 12 tháng 7 năm ... 2021", "ngày 12 tháng 7 năm ... 2021", "2021-07-12"),
    ("no such day", "ngày 31/02/2021", "ngày 31/02/2021", None),
    ("no such month", "ngày 12 tháng 13 năm 2021", "ngày 12 tháng 13 năm 2021", None),
    ("leap day", "ngày 29/02/2024", "ngày 29/02/2024", "2024-02-29"),
    ("no leap day", "ngày 29/02/2023", "ngày 29/02/2023", None),
    ("misread letters", "ngày l5 tháng 6 năm 2021", "ngày l5 tháng 6 năm 2021", None),
    ("old word for the first days", "ngày mồng 2 tháng 9 năm 1945", "ngày mồng 2 tháng 9 năm 1945", "1945-09-02"),
    ("month in words", "ngày 30 tháng Tư năm 1975", "ngày 30 tháng Tư năm 1975", "1975-04-30"),
    ("fifth month in words", "tháng năm năm 2020", "tháng năm năm 2020", "2020-05"),
    ("lunar", "ngày 10 tháng 3 năm 2021 âm lịch", "ngày 10 tháng 3 năm 2021", None),
    (
        "all in words",
        "ngày mười hai tháng mười năm một nghìn chín trăm chín mươi",
        "ngày mười hai tháng mười năm một nghìn chín trăm chín mươi",
        "1990-10-12",
    ),
    (
        "year in words",
        "trước năm hai nghìn không trăm hai mươi lăm,",
        "năm hai nghìn không trăm hai mươi lăm",
        "2025",
    ),
    ("month and year", "trong tháng 01/2026;", "tháng 01/2026", "2026-01"),
    ("month and year in words", "Từ tháng 11 năm 2003 đến nay", "tháng 11 năm 2003", "2003-11"),
    ("months of a year", "mưa lũ tháng 10, 11 năm 2025", "tháng 10, 11 năm 2025", "2025-10"),
    ("month alone", "kết quả công tác tháng 4, thảo luận", "tháng 4", None),
    ("year", "kế hoạch năm 2022.", "năm 2022", "2022"),
    ("year at the start", "Năm 2020, mặc dù", "Năm 2020", "2020"),
    ("financial year", "quyết toán vào năm tài chính 2022.", "năm tài chính 2022", "2022"),
    ("budget year", "từ năm ngân sách 2026", "năm ngân sách 2026", "2026"),
    ("year behind a look-alike of đầu", "phấn đấu năm 2024 đạt", "năm 2024", "2024"),
    ("year behind bắt đầu", "bắt đầu năm 2024", "năm 2024", "2024"),
    ("text without diacritics", "ngay 13 thang 01 nam 2021", "ngay 13 thang 01 nam 2021", "2021-01-13"),
]


@pytest.mark.parametrize(("shows", "text", "span", "value"), DATES, ids=[row[0] for row in DATES])
def test_one_date(finder: TimeFinder, shows: str, text: str, span: str, value: str | None) -> None:
    assert found(finder, text) == [("DATE", span, value)]


PERIODS = [
    ("two years", "trong hai năm 1974 - 1975", "hai năm 1974 - 1975", "1974/1975"),
    ("term", "nhiệm kỳ 2016-2021", "nhiệm kỳ 2016-2021", "2016/2021"),
    ("reported, not repaired", "khóa của nhiệm kỳ 2016-2011", "nhiệm kỳ 2016-2011", "2016/2011"),
    ("wide dash", "cho cả giai đoạn 2026 – 2030.", "giai đoạn 2026 – 2030", "2026/2030"),
    ("wrapped", "thời kỳ 2021 -\n2030, tầm nhìn", "thời kỳ 2021 -\n2030", "2021/2030"),
    ("bare years", "lần trước (2020-2021) và", "2020-2021", "2020/2021"),
    ("năm is no head word of a range", "Vốn của các năm 2021 - 2025", "2021 - 2025", "2021/2025"),
    ("five years", "kế hoạch 05 năm 2021-2025", "05 năm 2021-2025", "2021/2025"),
    ("five years in words", "Kế hoạch năm năm 1986-1990", "năm năm 1986-1990", "1986/1990"),
    ("school year", "từ năm học 2023 -\n2024;", "năm học 2023 -\n2024", "2023/2024"),
    ("school year, short", "năm học 2025-26", "năm học 2025-26", "2025/2026"),
    ("school year with a slash", "năm học 2020/2021", "năm học 2020/2021", "2020/2021"),
    ("term with đến", "nhiệm kỳ 2021 đến 2026", "nhiệm kỳ 2021 đến 2026", "2021/2026"),
    ("years of the term", "khóa 2021-2026", "khóa 2021-2026", "2021/2026"),
    ("first months", "6 tháng đầu năm 2021", "6 tháng đầu năm 2021", "2021-01/2021-06"),
    ("last months", "2 tháng cuối năm 2020", "2 tháng cuối năm 2020", "2020-11/2020-12"),
    ("months in words, no year", "nhiệm vụ sáu tháng đầu năm mà", "sáu tháng đầu năm", None),
    ("eleven months", "mười một tháng đầu năm 2020", "mười một tháng đầu năm 2020", "2020-01/2020-11"),
    ("some months", "trong những tháng cuối năm 2016", "những tháng cuối năm 2016", None),
    ("nine months of the year", "kết quả 9 tháng năm 2021", "9 tháng năm 2021", "2021-01/2021-09"),
    ("start of a year", "và đầu năm 2017, không", "đầu năm 2017", None),
    ("end of a year", "thường lệ cuối năm 2025)", "cuối năm 2025", None),
    ("half a year", "nửa đầu năm 2021", "nửa đầu năm 2021", "2021-01/2021-06"),
    ("quarter", "trong quý III năm 2024.", "quý III năm 2024", "2024-07/2024-09"),
    ("quarter in figures", "hoàn thành trong Quý 1/2026.", "Quý 1/2026", "2026-01/2026-03"),
    ("quarters", "quý I, II năm 2021", "quý I, II năm 2021", "2021-01/2021-06"),
    ("quarter without a year", "chuyên đề quý II: “Nêu cao", "quý II", None),
    ("months with a dash", "từ tháng 01 - 6/2021", "tháng 01 - 6/2021", "2021-01/2021-06"),
    ("days with a dash", "ngày 12-13/7/2021", "ngày 12-13/7/2021", "2021-07-12/2021-07-13"),
    ("days with đến", "ngày 12 đến 14 tháng 7 năm 2021", "ngày 12 đến 14 tháng 7 năm 2021", "2021-07-12/2021-07-14"),
    ("dates with a dash", "(15/3/2021 - 30/4/2021)", "15/3/2021 - 30/4/2021", "2021-03-15/2021-04-30"),
    ("year only at the end", "ngày 10/4 - 12/4/2025", "ngày 10/4 - 12/4/2025", "2025-04-10/2025-04-12"),
    ("the same, glued", "họp ngày 10/4-12/4/2025", "ngày 10/4-12/4/2025", "2025-04-10/2025-04-12"),
    ("months with both heads", "tháng 6 - tháng 12 năm 2021", "tháng 6 - tháng 12 năm 2021", "2021-06/2021-12"),
    ("month only at the end", "ngày 10 - ngày 12/4/2025", "ngày 10 - ngày 12/4/2025", "2025-04-10/2025-04-12"),
    ("years with a dash, both with năm", "năm 2021 - năm 2025", "năm 2021 - năm 2025", "2021/2025"),
]


@pytest.mark.parametrize(("shows", "text", "span", "value"), PERIODS, ids=[row[0] for row in PERIODS])
def test_one_period(finder: TimeFinder, shows: str, text: str, span: str, value: str | None) -> None:
    assert found(finder, text) == [("PERIOD", span, value)]


TIMES = [
    ("hour", "thông qua lúc 11 giờ tại", "11 giờ", "11:00"),
    ("hour and minutes", "Hồi 8 giờ 30 phút, Chủ tịch", "8 giờ 30 phút", "08:30"),
    ("minutes without a word", "khai mạc lúc 08 giờ 00 tại", "08 giờ 00", "08:00"),
    ("letters", "kết thúc vào 17h30 cùng ngày", "17h30", "17:30"),
    ("southern g", "họp lúc 8g30", "8g30", "08:30"),
    ("colon", "khai mạc 7:30 sáng", "7:30", "07:30"),
    ("told by what follows", "buổi sinh hoạt kết thúc 21 giờ cùng ngày", "21 giờ", "21:00"),
    ("afternoon", "lúc 2 giờ chiều", "2 giờ", "14:00"),
    ("a bare h with a cue", "lúc 14h tại hội trường", "14h", "14:00"),
]


@pytest.mark.parametrize(("shows", "text", "span", "value"), TIMES, ids=[row[0] for row in TIMES])
def test_one_time(finder: TimeFinder, shows: str, text: str, span: str, value: str) -> None:
    assert found(finder, text) == [("TIME", span, value)]


SESSIONS = [
    ("session", "tại Kỳ họp thứ 7 thông qua", "Kỳ họp thứ 7", 7),
    ("session in words", "kỳ họp thứ hai mươi lăm", "kỳ họp thứ hai mươi lăm", 25),
    ("session in words, capitals", "KỲ HỌP THỨ MƯỜI BA", "KỲ HỌP THỨ MƯỜI BA", 13),
    ("first session", "về kỳ họp thứ nhất, Quốc hội", "kỳ họp thứ nhất", 1),
    ("wrapped", "khóa, kỳ\nhọp thứ 9 thông qua", "kỳ\nhọp thứ 9", 9),
    ("kind and ordinal", "kỳ họp chuyên đề lần thứ Ba thông qua", "kỳ họp chuyên đề lần thứ Ba", 3),
    ("kind alone", "(KỲ HỌP CHUYÊN ĐỀ)", "KỲ HỌP CHUYÊN ĐỀ", None),
    ("without thứ", "khai mạc kỳ họp 28 thông qua", "kỳ họp 28", 28),
    ("meeting", "phiên họp\nthứ 17 do đồng chí", "phiên họp\nthứ 17", 17),
    ("term of a body", "Hội đồng nhân dân tỉnh khóa XVII thông qua", "khóa XVII", 17),
    ("old tone mark", "Quốc hội khoá VII tại", "khoá VII", 7),
    ("term in figures", "Ban Chấp hành khóa 18 đã", "khóa 18", 18),
    ("one letter", "KHÓA I, HỘI ĐỒNG", "KHÓA I", 1),
    ("lost space", "Việt Nam khóa XVthông qua", "khóa XV", 15),
    ("ordinal of a meeting", "Hội nghị lần thứ 9, Ban Chấp hành", "lần thứ 9", 9),
    ("Roman ordinal", "Đại hội đại biểu lần thứ\nXIV của Đảng", "lần thứ\nXIV", 14),
    ("ordinal in words", "Hội nghị lần thứ bảy (mở rộng)", "lần thứ bảy", 7),
    ("fourth, in words", "Hội nghị lần thứ tư, thông qua", "lần thứ tư", 4),
    ("contest", "Cuộc thi Sáng tạo toàn tỉnh lần thứ 15", "lần thứ 15", 15),
    ("without thứ behind a meeting", "Hội nghị Ban Chấp hành lần 5 đã", "lần 5", 5),
    ("congress by its number", "Nghị quyết Đại hội XIII của Đảng", "XIII", 13),
    ("plenum", "Nghị quyết Trung ương 4 (khóa mới)", "4", 4),
    ("meeting with thứ alone", "Nghị quyết hội nghị thứ 4", "thứ 4", 4),
]


@pytest.mark.parametrize(("shows", "text", "span", "value"), SESSIONS, ids=[row[0] for row in SESSIONS])
def test_one_session(finder: TimeFinder, shows: str, text: str, span: str, value: int | None) -> None:
    assert found(finder, text) == [("SESSION", span, value)]


NOTHING = [
    ("blank form", "ngày … tháng … năm …"),
    ("symbol with a year", "Nghị quyết số 24/2022/UBTVQH15"),
    ("symbol", "Nghị quyết số 01/NQ-HĐND"),
    ("fused year", "ngày 08/6/20210"),
    ("day of work", "trong 15 ngày làm việc"),
    ("day of every month", "trước ngày 25 hằng tháng"),
    ("duration in months", "trong thời hạn 24 tháng"),
    ("duration in years", "thời hạn 05 năm kể từ"),
    ("age", "từ đủ 60 tuổi"),
    ("month as a measure", "mỗi tháng 2 buổi"),
    ("months counted", "trong 6 tháng 3 đồng chí"),
    ("number of the month in words", "hai tháng 5 lần"),
    ("the country's name", "Việt Nam 2020"),
    ("province's name in capitals", "TỈNH QUẢNG NAM 2021"),
    ("at once", "thực hiện ngay 2/7 nhiệm vụ"),
    ("number that is no year", "năm 2.000 hộ"),
    ("bare year", "tầm nhìn 2045"),
    ("fund", "quỹ I"),
    ("guest", "Quý vị đại biểu"),
    ("no such quarter", "quý 5"),
    ("measure of hours", "trong 24 giờ"),
    ("day and night", "Trực 24/24 giờ trong các dịp lễ"),
    ("hours a day", "8 giờ/ngày"),
    ("time limit", "trong thời hạn 48 giờ khi có yêu cầu"),
    ("scale of a map", "bản đồ tỷ lệ 1:50.000"),
    ("at least so many hours", "làm việc từ 08 giờ trở lên"),
    ("forecast in hours", "dự báo hạn đến 24h."),
    ("zone of a digital signature", "17:03:21 +07:00"),
    ("network code", "mã mạng di động H2H, số"),
    ("cooperative", "đăng ký hợp tác xã"),
    ("contract", "ký hợp đồng 2 năm"),
    ("session without ordinal", "tại kỳ họp cuối năm."),
    ("label on the next line", "thông qua tại kỳ họp\n\n1. Miễn học phí"),
    ("faculty", "Khoa I Bệnh viện"),
    ("course", "mở 2 khóa 3 tháng"),
    ("courses with pupils", "mở 5 khóa 150 học viên"),
    ("word that begins with a Roman letter", "khóa Xây dựng"),
    ("times", "tăng 3 lần 40%"),
    ("draft", "dự thảo lần 2"),
    ("industrial revolution", "Cách mạng công nghiệp lần thứ tư"),
    ("summons", "triệu tập hợp lệ lần thứ hai"),
    ("renewals", "từ lần thứ hai trở đi"),
    ("list label", "Thứ nhất, tập trung"),
    ("weekday", "nghỉ thứ Bảy tuần cuối"),
    ("general meeting", "Đại hội đồng cổ đông"),
    ("figures of a count", "có 12/24 đồng chí"),
]


@pytest.mark.parametrize(("shows", "text"), NOTHING, ids=[row[0] for row in NOTHING])
def test_nothing(finder: TimeFinder, shows: str, text: str) -> None:
    assert found(finder, text) == []


SEVERAL: list[tuple[str, str, Expected]] = [
    (
        "from and to with both heads are two dates",
        "từ năm 2021 đến năm 2025",
        [("DATE", "năm 2021", "2021"), ("DATE", "năm 2025", "2025")],
    ),
    (
        "the month is only told with the second day",
        "từ ngày 10 đến ngày 12 tháng 4 năm 2025",
        [("DATE", "ngày 10", None), ("DATE", "ngày 12 tháng 4 năm 2025", "2025-04-12")],
    ),
    (
        "the year is only told with the second date",
        "họp từ ngày\n10/4 đến ngày 12/4/2025",
        [("DATE", "ngày\n10/4", None), ("DATE", "ngày 12/4/2025", "2025-04-12")],
    ),
    (
        "dates of one sentence",
        "kể từ ngày 01 tháng 01 năm 2024 đến hết ngày 31 tháng 12 năm 2027",
        [("DATE", "ngày 01 tháng 01 năm 2024", "2024-01-01"), ("DATE", "ngày 31 tháng 12 năm 2027", "2027-12-31")],
    ),
    (
        "time and date",
        "lúc 11 giờ ngày 12 tháng 01 năm 2021./.",
        [("TIME", "11 giờ", "11:00"), ("DATE", "ngày 12 tháng 01 năm 2021", "2021-01-12")],
    ),
    (
        "times of one day",
        "từ 8 giờ đến 11 giờ 15 phút ngày 26/4/2023",
        [("TIME", "8 giờ", "08:00"), ("TIME", "11 giờ 15 phút", "11:15"), ("DATE", "ngày 26/4/2023", "2023-04-26")],
    ),
    (
        "midnight stays as written",
        "đến 24 giờ ngày 31/12/2020",
        [("TIME", "24 giờ", "24:00"), ("DATE", "ngày 31/12/2020", "2020-12-31")],
    ),
    (
        "body, term and session",
        "KHÓA X, NHIỆM KỲ 2021-2026, KỲ HỌP THỨ 7",
        [("SESSION", "KHÓA X", 10), ("PERIOD", "NHIỆM KỲ 2021-2026", "2021/2026"), ("SESSION", "KỲ HỌP THỨ 7", 7)],
    ),
    (
        "two meetings",
        "Hội nghị lần thứ 7 và lần thứ 8, nhiệm kỳ 2016-2021",
        [("SESSION", "lần thứ 7", 7), ("SESSION", "lần thứ 8", 8), ("PERIOD", "nhiệm kỳ 2016-2021", "2016/2021")],
    ),
    (
        "session of a kind at the end of a year",
        "Kỳ họp thứ năm (Kỳ họp thường lệ cuối năm 2025)",
        [("SESSION", "Kỳ họp thứ năm", 5), ("SESSION", "Kỳ họp thường lệ", None), ("PERIOD", "cuối năm 2025", None)],
    ),
    (
        "the ordinal does not take the year",
        "kỳ họp thứ mười năm 2021",
        [("SESSION", "kỳ họp thứ mười", 10), ("DATE", "năm 2021", "2021")],
    ),
    (
        "contest and year",
        "Cuộc thi toàn tỉnh lần thứ 15 năm 2021",
        [("SESSION", "lần thứ 15", 15), ("DATE", "năm 2021", "2021")],
    ),
    (
        "session, term and a wrapped term",
        "lần thứ 6\nkhoá XV, nhiệm kỳ 2016-2021",
        [("SESSION", "lần thứ 6", 6), ("SESSION", "khoá XV", 15), ("PERIOD", "nhiệm kỳ 2016-2021", "2016/2021")],
    ),
    (
        "plan and vision",
        "giai đoạn 2021-2030, tầm nhìn đến năm 2050",
        [("PERIOD", "giai đoạn 2021-2030", "2021/2030"), ("DATE", "năm 2050", "2050")],
    ),
    (
        "quarters with both heads",
        "quý I và quý II năm 2021",
        [("PERIOD", "quý I", None), ("PERIOD", "quý II năm 2021", "2021-04/2021-06")],
    ),
    (
        "a date beside a symbol",
        "Nghị quyết số 24/2022/UBTVQH15 ngày 11/8/2022",
        [("DATE", "ngày 11/8/2022", "2022-08-11")],
    ),
]


@pytest.mark.parametrize(("shows", "text", "expected"), SEVERAL, ids=[row[0] for row in SEVERAL])
def test_several(finder: TimeFinder, shows: str, text: str, expected: Expected) -> None:
    assert found(finder, text) == expected


def test_reads_only_its_range(finder: TimeFinder) -> None:
    text = "năm 2019 và ngày 13 tháng 01 năm 2021 và năm 2023"
    start, end = text.index("13"), text.index(" và năm 2023")
    assert [text[m.start : m.end] for m in finder.find(text, fold(text), start, end)] == ["tháng 01 năm 2021"]


def test_blank_lines_cost_no_time(finder: TimeFinder) -> None:
    text = ("ngày " + "." * 200 + " ") * 500 + ("12/24" + "_" * 200) * 200
    assert found(finder, text) == []


WORDS = [
    ("hai mươi lăm", 25),
    ("hai mươi mốt", 21),
    ("mười", 10),
    ("một trăm linh năm", 105),
    ("bảy nghìn không trăm chín mươi ba tỷ, tám trăm triệu", 7_093_800_000_000),
    ("hai nghìn tỷ", 2_000_000_000_000),
    ("hai triệu rưỡi", 2_500_000),
    ("hai mươi năm triệu", 25_000_000),
    ("hai nghìn không trăm hai mươi mốt", 2021),
    ("hai muoi lam", 25),
]


@pytest.mark.parametrize(("text", "value"), WORDS)
def test_number_words(text: str, value: int) -> None:
    assert NumberWords(ruleset.load()).read(text, 0, len(text)) == Reading(value, len(text))


PARTS = [("hai mươi năm 2021", "hai mươi"), ("ba, bốn", "ba"), ("hai mươi từ ngày", "hai mươi"), ("ba hai", "ba")]


@pytest.mark.parametrize(("text", "part"), PARTS)
def test_number_words_stop(text: str, part: str) -> None:
    reading = NumberWords(ruleset.load()).read(text, 0, len(text))
    assert reading is not None
    assert text[: reading.end] == part


@pytest.mark.parametrize("text", ["tỷ đồng", "linh năm", "công", ""])
def test_no_number_words(text: str) -> None:
    assert NumberWords(ruleset.load()).read(text, 0, len(text)) is None


def _mention(mention_type: str, start: int, end: int) -> Mention:
    return Mention(mention_type, start, end, None, "test")


OVERLAPS = [
    ("the longer date stays", [("DATE", 4, 9), ("PERIOD", 0, 9)], [("PERIOD", 0, 9)]),
    ("a number gives way to a date", [("RATIO", 5, 9), ("DATE", 0, 9)], [("DATE", 0, 9)]),
    ("a long number gives way to a short date", [("QUANTITY", 0, 30), ("DATE", 0, 5)], [("DATE", 0, 5)]),
    ("a number gives way to a citation", [("RATIO", 5, 9), ("DOCREF", 0, 20)], [("DOCREF", 0, 20)]),
    ("a date may lie inside a citation", [("DATE", 5, 9), ("DOCREF", 0, 9)], [("DOCREF", 0, 9), ("DATE", 5, 9)]),
    ("names of two types may overlap", [("PLACE", 5, 9), ("ORG", 0, 9)], [("ORG", 0, 9), ("PLACE", 5, 9)]),
    ("names of one type may not", [("ORG", 5, 9), ("ORG", 0, 9)], [("ORG", 0, 9)]),
    ("neighbours stay", [("DATE", 0, 5), ("DATE", 5, 9)], [("DATE", 0, 5), ("DATE", 5, 9)]),
]


@pytest.mark.parametrize(("shows", "given", "kept"), OVERLAPS, ids=[row[0] for row in OVERLAPS])
def test_flat(shows: str, given: list[tuple[str, int, int]], kept: list[tuple[str, int, int]]) -> None:
    assert [(m.type, m.start, m.end) for m in flat(_mention(*mention) for mention in given)] == kept


def test_longest_takes_the_first_of_two_of_one_span() -> None:
    first, second = _mention("DATE", 0, 5), _mention("PERIOD", 0, 5)
    assert longest([first, second]) == [first]
