"""What the tests of the checks share: sound documents, small changes to them, and what is found then."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from nqparse.checks import Config, run_checks
from nqparse.document import Diagnostic, Document
from nqparse.pipeline import parse

COUNCIL = """\
HỘI ĐỒNG NHÂN DÂN
TỈNH NGÀN SƠN
-------
Số: 12/2023/NQ-HĐND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Ngàn Sơn, ngày 15 tháng 7 năm 2023

NGHỊ QUYẾT
Về việc hỗ trợ mở lớp vẽ ở thôn

HỘI ĐỒNG NHÂN DÂN TỈNH NGÀN SƠN
KHÓA XV, KỲ HỌP THỨ 9

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Xét Tờ trình số 45/TTr-UBND ngày 20 tháng 6 năm 2023 của Ủy ban nhân dân tỉnh; ý kiến thảo luận của đại biểu,

QUYẾT NGHỊ:

Điều 1. Thông qua mức hỗ trợ mở lớp vẽ ở các thôn.
Điều 2. Tổ chức thực hiện
1. Giao Ủy ban nhân dân tỉnh triển khai theo đúng mục đích.
2. Giao Thường trực Hội đồng nhân dân tỉnh giám sát.

Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa XV, kỳ họp thứ 9 thông qua ngày 14 tháng 7 năm 2023 \
và có hiệu lực từ ngày 25 tháng 7 năm 2023./.

Nơi nhận:
- Ủy ban nhân dân tỉnh;
- Lưu: VT.

CHỦ TỊCH
(Đã ký)
Lê Văn Ngàn
"""

SOCIETY = """\
LIÊN HIỆP CÁC HỘI MỸ THUẬT TỈNH NGÀN SƠN
BAN CHẤP HÀNH
Số: 03/NQ-BCH-LHH

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Ngàn Sơn, ngày 12 tháng 01 năm 2022

NGHỊ QUYẾT
Hội nghị lần thứ 4, Ban Chấp hành Liên hiệp các Hội Mỹ thuật tỉnh Ngàn Sơn

Căn cứ Điều lệ Liên hiệp các Hội Mỹ thuật tỉnh Ngàn Sơn;
Ngày 11 tháng 01 năm 2022, Ban Chấp hành Liên hiệp các Hội Mỹ thuật tỉnh khóa II, \
nhiệm kỳ 2019-2024 họp lần thứ 4. Tham dự Hội nghị có 20/24 đồng chí Ủy viên, vắng mặt 04 đ/c (03 có lý do, \
01 không có lý do). Hội nghị biểu quyết với 19/20 phiếu tán thành (đạt 95%).

QUYẾT NGHỊ:

I. Kết quả năm 2021
Năm 2021, các hội đã mở 5 lớp vẽ.
II. Nhiệm vụ năm 2022
1. Mở thêm lớp vẽ cho thiếu nhi.
2. Giao Ban Thường vụ tổ chức thực hiện Nghị quyết này.

Nghị quyết này đã được Hội nghị lần thứ 4, Ban Chấp hành Liên hiệp các Hội Mỹ thuật tỉnh khóa II, \
nhiệm kỳ 2019-2024 thông qua ngày 11 tháng 01 năm 2022./.

Nơi nhận:
- Các hội thành viên;
- Lưu: VT.

TM. BAN CHẤP HÀNH
CHỦ TỊCH
(Đã ký)
Lê Văn Ngàn
"""

PARTY = """\
ĐẢNG BỘ HUYỆN NGÀN SƠN
ĐẢNG ỦY XÃ ĐỒI VÀNG
*
Số 07-NQ/ĐU

ĐẢNG CỘNG SẢN VIỆT NAM
Đồi Vàng, ngày 20 tháng 5 năm 2022

NGHỊ QUYẾT
Về mở lớp vẽ ở các thôn

- Căn cứ Điều lệ Đảng;
- Xét đề nghị của các chi bộ,

Đảng ủy xã thống nhất

QUYẾT NGHỊ:

I- MỤC TIÊU
1- Mỗi thôn có một lớp vẽ.
2- Mỗi lớp có một thầy.
II- TỔ CHỨC THỰC HIỆN
1- Các chi bộ triển khai Nghị quyết này.
2- Văn phòng Đảng ủy theo dõi.

Nơi nhận:
- Các chi bộ,
- Lưu Văn phòng Đảng ủy.

T/M ĐẢNG ỦY
BÍ THƯ
(Đã ký)
Lê Văn Ngàn
"""

ASSEMBLY = """\
QUỐC HỘI
--------
Nghị quyết số: 43/2022/QH15

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

NGHỊ QUYẾT
Về việc mở lớp vẽ

QUỐC HỘI

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;

QUYẾT NGHỊ:

Điều 1. Mở lớp vẽ ở các địa phương.
Điều 2. Chính phủ tổ chức thực hiện Nghị quyết này.

Nghị quyết này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, \
kỳ họp bất thường lần thứ nhất thông qua ngày 11 tháng 01 năm 2022.

CHỦ TỊCH QUỐC HỘI
(Đã ký)
Lê Văn Ngàn
"""

BOARD = """\
CÔNG TY CỔ PHẦN MÀU NGÀN SƠN
HỘI ĐỒNG QUẢN TRỊ
Số: 05/2023/NQ-HĐQT

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Ngàn Sơn, ngày 10 tháng 4 năm 2023

NGHỊ QUYẾT
Về việc mở xưởng vẽ

HỘI ĐỒNG QUẢN TRỊ

Căn cứ Điều lệ Công ty;
Căn cứ Biên bản họp Hội đồng quản trị ngày 10 tháng 4 năm 2023,

QUYẾT NGHỊ:

Điều 1. Mở một xưởng vẽ.
Điều 2. Giao Tổng Giám đốc tổ chức thực hiện Nghị quyết này./.

Nơi nhận:
- Ban Tổng Giám đốc;
- Lưu: VT.

TM. HỘI ĐỒNG QUẢN TRỊ
CHỦ TỊCH
(Đã ký)
Lê Văn Ngàn
"""

SOUND = {"council": COUNCIL, "society": SOCIETY, "party": PARTY, "assembly": ASSEMBLY, "board": BOARD}


@dataclass(frozen=True)
class Row:
    """A text in which a check finds something at `quote`, and one in which it finds nothing.

    `quote` is what the finding covers; None where it concerns the whole document.
    """

    code: str
    bad: str
    quote: str | None
    good: str
    severity: str | None = None


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Returns a text with words put in the place of others; each must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def without(text: str, *pieces: str) -> str:
    """Returns a text without some pieces."""
    return changed(text, *((piece, "") for piece in pieces))


def found(text: str, config: Config | None = None) -> list[Diagnostic]:
    """Returns what is found in a text."""
    return run_checks(document(text), config=config)


@lru_cache(maxsize=256)
def document(text: str) -> Document:
    """Returns the document of a text; tests must not change it."""
    return parse(text)


def of_code(text: str, code: str) -> list[Diagnostic]:
    """Returns the findings of one code."""
    return [finding for finding in found(text) if finding.code == code]


def grave(findings: list[Diagnostic]) -> list[str]:
    """Returns the codes of severity E and W."""
    return [finding.code for finding in findings if finding.severity in "EW"]


def check_row(row: Row) -> None:
    """Checks a row of a table."""
    hits = of_code(row.bad, row.code)
    assert hits, f"{row.code} does not fire; found {[f.code for f in found(row.bad)]}"
    quotes = [None if hit.start is None else row.bad[hit.start : hit.end] for hit in hits]
    assert row.quote in quotes
    if row.severity is not None:
        assert row.severity in [hit.severity for hit in hits]
    missed = of_code(row.good, row.code)
    assert missed == [], [finding.message_en for finding in missed]
