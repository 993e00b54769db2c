"""Names: organisations, persons and places, one decision from left to right.

Each row: what it shows, the text, the names in it in order. `O` organisation, `P` person, `L` place.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from nqparse import ruleset
from nqparse.entities import Mention
from nqparse.entities.names import NameFinder
from nqparse.fold import fold

FINDER = NameFinder(ruleset.load())
LETTERS = {"ORG": "O", "PERSON": "P", "PLACE": "L"}


def find(text: str) -> list[Mention]:
    return FINDER.find(text, fold(text), 0, len(text))


def names(text: str) -> list[str]:
    return [f"{LETTERS[mention.type]}:{text[mention.start : mention.end]}" for mention in find(text)]


def table(*rows: tuple[str, str, list[str]]) -> list[object]:
    return [pytest.param(text, expected, id=shows) for shows, text, expected in rows]


ORGANISATIONS = table(
    ("with level", "giao Ủy ban nhân dân tỉnh tổ chức", ["O:Ủy ban nhân dân tỉnh"]),
    ("with level and place", "của HĐND tỉnh Hà Giang về việc", ["O:HĐND tỉnh Hà Giang"]),
    ("with the place alone", "Thường trực Thành ủy Hà Nội;", ["O:Thường trực Thành ủy Hà Nội"]),
    (
        "with its superior body",
        "Ban Pháp chế Hội đồng nhân dân Thành phố",
        ["O:Ban Pháp chế Hội đồng nhân dân Thành phố"],
    ),
    ("superior body behind của", "Ủy ban Pháp luật của Quốc hội", ["O:Ủy ban Pháp luật của Quốc hội"]),
    ("superior body behind a dash", "Vụ Pháp chế - Bộ Nội vụ;", ["O:Vụ Pháp chế - Bộ Nội vụ"]),
    ("bodies joined by a dash are two", "QUỐC HỘI - CHÍNH PHỦ", ["O:QUỐC HỘI", "O:CHÍNH PHỦ"]),
    (
        "the state behind its highest body",
        "được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV",
        ["O:Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam"],
    ),
    (
        "a company's trade in small letters",
        "Công ty TNHH MTV Khai thác công trình thủy lợi Sông Ngàn, Công ty Cổ phần Đầu tư xây dựng Sông Ngàn ký",
        [
            "O:Công ty TNHH MTV Khai thác công trình thủy lợi Sông Ngàn",
            "O:Công ty Cổ phần Đầu tư xây dựng Sông Ngàn",
        ],
    ),
    (
        "a company's trades, and its place",
        "Công ty Cổ phần Đầu tư và xây dựng giao thông Thanh Hóa thực hiện dự án",
        ["O:Công ty Cổ phần Đầu tư và xây dựng giao thông Thanh Hóa"],
    ),
    (
        "a place that begins like another",
        "Tổng công ty Đầu tư phát triển nhà và đô thị Nam Hà Nội báo cáo",
        ["O:Tổng công ty Đầu tư phát triển nhà và đô thị Nam Hà Nội"],
    ),
    ("trades in small letters are no name", "các công ty đầu tư xây dựng hạ tầng", []),
    ("a verb before a name is no bullet", "Giao Công ty Nam Ngàn thực hiện dự án.", ["O:Công ty Nam Ngàn"]),
    ("a hospital of the centre", "chuyển đến Bệnh viện Trung ương Huế.", ["O:Bệnh viện Trung ương Huế"]),
    ("each of a list", "Sở Tài chính, Kho bạc Nhà nước tỉnh", ["O:Sở Tài chính", "O:Kho bạc Nhà nước tỉnh"]),
    ("a level at the end of a list", "HĐND, UBND tỉnh", ["O:HĐND", "O:UBND tỉnh"]),
    ("shared head", "Các Bộ: Tư pháp, Quốc phòng và Công an;", ["O:Tư pháp", "O:Quốc phòng", "O:Công an"]),
    ("shared head, abbreviations", "Các Ban: TG, DV, TC Tỉnh ủy (b/c);", ["O:TG", "O:DV", "O:TC Tỉnh ủy"]),
    (
        "shared head, names with commas",
        "- Các Bộ: Tài chính; Văn hóa, Thể thao và Du lịch, Tư pháp; Cục Thuế",
        ["O:Tài chính", "O:Văn hóa, Thể thao và Du lịch", "O:Tư pháp", "O:Cục Thuế"],
    ),
    ("heads behind a shared office", "Văn phòng: Tỉnh ủy, UBND tỉnh;", ["O:Tỉnh ủy", "O:UBND tỉnh"]),
    ("a name with its abbreviation is two", "Ban Chỉ đạo tỉnh (BCĐ) họp", ["O:Ban Chỉ đạo tỉnh", "O:BCĐ"]),
    ("a remark in brackets is no abbreviation", "Sở Tài chính (CBTT);", ["O:Sở Tài chính"]),
    ("behind an office the body alone", "Bộ trưởng Bộ Y tế, đại biểu HĐND tỉnh", ["O:Bộ Y tế", "O:HĐND tỉnh"]),
    ("Thường trực of an office", "Phó Thủ tướng Thường trực Chính phủ", ["O:Chính phủ"]),
    ("behind a plural the body alone", "các Ban của Hội đồng nhân dân giám sát", ["O:Hội đồng nhân dân"]),
    ("committees of the Party", "các Ban Đảng Thành ủy;", ["O:Thành ủy"]),
    (
        "names with và and commas",
        "Ủy ban Tài chính, Ngân sách, Ủy ban Xã hội",
        ["O:Ủy ban Tài chính, Ngân sách", "O:Ủy ban Xã hội"],
    ),
    (
        "a new name with a comma",
        "Viện Dân số, Sức khỏe và Phát triển tổ chức",
        ["O:Viện Dân số, Sức khỏe và Phát triển"],
    ),
    (
        "a comma that ends a name",
        "Sở Y tế, Thanh tra tỉnh và Công an tỉnh",
        ["O:Sở Y tế", "O:Thanh tra tỉnh", "O:Công an tỉnh"],
    ),
    ("abbreviations with &", "Sở LĐTB&XH, Cục KTVB&QLXLVPHC", ["O:Sở LĐTB&XH", "O:Cục KTVB&QLXLVPHC"]),
    ("a joint office", "VP Đoàn ĐBQH và HĐND thành phố;", ["O:VP Đoàn ĐBQH và HĐND thành phố"]),
    ("two bodies with và", "Đoàn ĐBQH và HĐND tỉnh", ["O:Đoàn ĐBQH", "O:HĐND tỉnh"]),
    ("an unknown abbreviation behind a part", "TM. BAN CHẤP HÀNH LHH", ["O:BAN CHẤP HÀNH LHH"]),
    ("and alone", "Ủy viên BCH LHHN (theo dõi LHHN)", ["O:BCH LHHN", "O:LHHN"]),
    ("the archive is none", "- Lưu: VT, VP LHH.", ["O:VP LHH"]),
    ("the Party and the Front", "của Đảng, các thành viên của Mặt trận", ["O:Đảng", "O:Mặt trận"]),
    ("State, centre, bare city", "Nhà nước, Trung ương và Thành phố; Nhân dân", []),
    ("members and dues", "Đảng viên nộp đảng phí; Đoàn viên, Hội viên", []),
    ("a company", "giao Công ty TNHH Thủy nông Tân Hải quản lý", ["O:Công ty TNHH Thủy nông Tân Hải"]),
    (
        "small words inside a name",
        "cho Công ty TNHH Chế biến trái cây Phước Hòa mở rộng",
        ["O:Công ty TNHH Chế biến trái cây Phước Hòa"],
    ),
    ("a number in a name", "của Xí nghiệp Thoát nước số 2.", ["O:Xí nghiệp Thoát nước số 2"]),
    ("a name in small letters", "trên cơ sở Hội chè Hà Giang.", ["O:Hội chè Hà Giang"]),
    ("a region's number", "Kiểm toán nhà nước Khu vực VII;", ["O:Kiểm toán nhà nước Khu vực VII"]),
    (
        "a branch",
        "Ngân hàng Nông nghiệp và Phát triển nông thôn Việt Nam chi nhánh Sơn Vĩnh.",
        ["O:Ngân hàng Nông nghiệp và Phát triển nông thôn Việt Nam chi nhánh Sơn Vĩnh"],
    ),
    (
        "the superior behind the next name",
        "báo cáo Thường trực, Ban Thường vụ Tỉnh ủy.",
        ["O:Thường trực", "O:Ban Thường vụ Tỉnh ủy"],
    ),
    ("a court of a region", "Tòa án nhân dân khu vực 3 - Hà Giang;", ["O:Tòa án nhân dân khu vực 3 - Hà Giang"]),
    ("an army unit", "Quân khu 2 và Trung đoàn 877;", ["O:Quân khu 2", "O:Trung đoàn 877"]),
    ("a union of a branch", "Công đoàn ngành Giáo dục tỉnh;", ["O:Công đoàn ngành Giáo dục tỉnh"]),
    (
        "what a body is for",
        "Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh; Ban Chỉ đạo 35 tỉnh",
        ["O:Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh", "O:Ban Chỉ đạo 35 tỉnh"],
    ),
    ("but not what it does", "Ban Chỉ đạo báo cáo Chính phủ", ["O:Ban Chỉ đạo", "O:Chính phủ"]),
    (
        "small words behind và",
        "Tổng công ty Đầu tư phát triển nhà và đô thị Nam Hà Nội",
        ["O:Tổng công ty Đầu tư phát triển nhà và đô thị Nam Hà Nội"],
    ),
    (
        "a person behind và",
        "Phòng Tài chính - Kế toán và bà Phan Ngọc Chi",
        ["O:Phòng Tài chính - Kế toán", "P:Phan Ngọc Chi"],
    ),
    ("a party cell needs a name", "1 | Chi bộ thôn |; Chi bộ thôn Đồng Vạc", ["O:Chi bộ thôn Đồng Vạc"]),
    ("but not where it signs", "T/M CHI BỘ\nBÍ THƯ", ["O:CHI BỘ"]),
    (
        "shared head with a small letter",
        "Bộ trưởng các bộ: Nông nghiệp và Môi trường, Tài chính, Quốc phòng;",
        ["O:Nông nghiệp và Môi trường", "O:Tài chính", "O:Quốc phòng"],
    ),
    (
        "shared head with a small letter, of a province",
        "Giám đốc các sở: Tài chính, Nội vụ và thủ trưởng",
        ["O:Tài chính", "O:Nội vụ"],
    ),
    ("a small shared head with other words behind", "các sở: nêu trên; các bộ: Tăng cường", []),
    (
        "the power company of a place",
        "Điện lực Sơn Vĩnh, Bưu điện tỉnh",
        ["O:Điện lực Sơn Vĩnh", "O:Bưu điện tỉnh"],
    ),
    ("no power company", "Luật Điện lực; nguồn điện lực; ngành Điện lực", []),
    (
        "an old committee with small letters",
        "thuyết trình của Ủy ban kế hoạch và ngân sách của Quốc hội",
        ["O:Ủy ban kế hoạch và ngân sách của Quốc hội"],
    ),
    ("a joint office by its abbreviation", "ĐĐBQH&HĐND TP; UBND TP;", ["O:ĐĐBQH&HĐND TP", "O:UBND TP"]),
    ("abbreviations with a comma", "- Trung tâm TT, DL&CNS Thành phố;", ["O:Trung tâm TT, DL&CNS Thành phố"]),
    (
        "the Party committee of schools",
        "Đảng ủy các trường Đại học và Cao đẳng Hà Nội",
        ["O:Đảng ủy các trường Đại học và Cao đẳng Hà Nội"],
    ),
    ("archived by a union", "- Lưu HND.", ["O:HND"]),
    ("a company by its abbreviation", "CTY CP ĐẦU TƯ XÂY DỰNG AN LỘC\n", ["O:CTY CP ĐẦU TƯ XÂY DỰNG AN LỘC"]),
    ("a name that begins with a number", "Công ty Cổ phần 28 Sơn Vĩnh họp", ["O:Công ty Cổ phần 28 Sơn Vĩnh"]),
    ("members are no number", "Công ty 5 thành viên; Công ty TNHH 2 thành viên", []),
    ("a branch and its address", "Chi nhánh Sơn Vĩnh 95 Láng Hà, phường", ["O:Chi nhánh Sơn Vĩnh"]),
    (
        "an abbreviation of a foreign name",
        "Tập đoàn Năng lượng Việt Nam (VEG) họp, VEG quyết định",
        ["O:Tập đoàn Năng lượng Việt Nam", "O:VEG", "O:VEG"],
    ),
    ("a port in the air", "Tổng công ty Cảng hàng không Việt Nam", ["O:Tổng công ty Cảng hàng không Việt Nam"]),
    ("a school by its city", "Trường ĐHSP TP. HCM", ["O:Trường ĐHSP TP. HCM"]),
    ("an academy", "Học viện Cảnh sát Nhân dân; Báo Nhân dân", ["O:Học viện Cảnh sát Nhân dân", "O:Báo Nhân dân"]),
    ("a special school", "Trường THPT chuyên Lê Hồng Sơn;", ["O:Trường THPT chuyên Lê Hồng Sơn"]),
    ("the Party committee of an office", "Đảng ủy cơ quan Sở Tài chính", ["O:Đảng ủy cơ quan Sở Tài chính"]),
    ("a head that is said once for an item", "\n- Sở: TC, KH&ĐT, NN&MT;", ["O:TC", "O:KH&ĐT", "O:NN&MT"]),
    ("abbreviations joined by a hyphen", "TT TH-CB;", ["O:TT TH-CB"]),
    ("a newspaper with its station", "Báo và Đài PTTH tỉnh;", ["O:Báo và Đài PTTH tỉnh"]),
    ("members of a committee", "các đ/c Tỉnh ủy viên, Đảng ủy viên", []),
    ("deputies of a unit", "Đoàn ĐBQH đơn vị tỉnh Hà Giang;", ["O:Đoàn ĐBQH đơn vị tỉnh Hà Giang"]),
    (
        "a board of projects",
        "Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh Sơn Vĩnh; Ban QLDA ĐTXD huyện",
        ["O:Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh Sơn Vĩnh", "O:Ban QLDA ĐTXD huyện"],
    ),
    (
        "a branch",
        "Văn phòng Đăng ký đất đai chi nhánh huyện Lâm Khê; Agribank chi nhánh Sơn Vĩnh",
        ["O:Văn phòng Đăng ký đất đai chi nhánh huyện Lâm Khê", "O:Agribank chi nhánh Sơn Vĩnh"],
    ),
    ("a society that looks like a council", "Hội Đông y; Hội Đông y tỉnh", ["O:Hội Đông y", "O:Hội Đông y tỉnh"]),
    (
        "a union with a small name",
        "Liên hiệp các tổ chức hữu nghị tỉnh; Tổ đại biểu số 3",
        ["O:Liên hiệp các tổ chức hữu nghị tỉnh", "O:Tổ đại biểu số 3"],
    ),
    (
        "a topic with và",
        "Ban Chỉ đạo phòng, chống thiên tai và tìm kiếm cứu nạn tỉnh họp",
        ["O:Ban Chỉ đạo phòng, chống thiên tai và tìm kiếm cứu nạn tỉnh"],
    ),
    (
        "a topic in the plural",
        "Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh",
        ["O:Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh"],
    ),
    ("a name in quotation marks", "Quỹ “Đền ơn đáp nghĩa” đạt", ["O:Quỹ “Đền ơn đáp nghĩa”"]),
    (
        "a field with a verb in it",
        "Phòng Cảnh sát giao thông Công an tỉnh",
        ["O:Phòng Cảnh sát giao thông Công an tỉnh"],
    ),
    (
        "an English name in capitals",
        "HUNG LOC MECHANICAL & TRADING JOINT STOCK COMPANY\nTel: 0219",
        ["O:HUNG LOC MECHANICAL & TRADING JOINT STOCK COMPANY"],
    ),
    (
        "an English name below the Vietnamese one",
        "CÔNG TY CỔ PHẦN CƠ ĐIỆN AN LỘC\nAN LOC MECHANICAL CORPORATION\nTel:",
        ["O:CÔNG TY CỔ PHẦN CƠ ĐIỆN AN LỘC", "O:AN LOC MECHANICAL CORPORATION"],
    ),
    (
        "a company and a class of bodies",
        "Sở Công nghiệp, Điện lực Sơn Vĩnh và Uỷ ban nhân dân các huyện",
        ["O:Sở Công nghiệp", "O:Điện lực Sơn Vĩnh"],
    ),
    (
        "an English name behind a colon",
        "tên tiếng Anh: HUNG LOC TRADING COMPANY LIMITED, trụ sở",
        ["O:HUNG LOC TRADING COMPANY LIMITED"],
    ),
    ("joined to a symbol", "số 30/2020/NĐ-CP, NQ-HĐND, 79/2025/NĐ- CP", []),
)

CLASSES = table(
    ("of communes", "HĐND, UBND các xã, phường;", []),
    ("with lists before", "- Đảng ủy, HĐND, UBND, UBMTTQVN các xã", []),
    ("with a level of their own before", "HĐND tỉnh, UBND các huyện", ["O:HĐND tỉnh"]),
    ("national body before", "Chính phủ, UBND các tỉnh", ["O:Chính phủ"]),
    ("of two levels", "Phối hợp với UBND huyện/thành phố; UBND huyện, thị xã", []),
    (
        "two levels with names",
        "Ủy ban nhân dân huyện Lâm Khê, thị xã Bạch Sa",
        ["O:Ủy ban nhân dân huyện Lâm Khê", "L:thị xã Bạch Sa"],
    ),
    ("of all levels", "đại biểu Hội đồng nhân dân các cấp", []),
    (
        "courts of all levels are a system",
        "Tòa án nhân dân, Viện kiểm sát nhân dân các cấp",
        ["O:Tòa án nhân dân", "O:Viện kiểm sát nhân dân"],
    ),
    ("a level in the singular", "Viện kiểm sát nhân dân cấp huyện", ["O:Viện kiểm sát nhân dân cấp huyện"]),
    (
        "of one level",
        "Các Bộ, Ủy ban nhân dân cấp tỉnh; Chủ tịch UBND cấp huyện",
        ["O:Ủy ban nhân dân cấp tỉnh", "O:UBND cấp huyện"],
    ),
    ("levels in capitals", "HỘI ĐỒNG NHÂN DÂN CẤP TỈNH HOẠT ĐỘNG CHUYÊN TRÁCH", ["O:HỘI ĐỒNG NHÂN DÂN CẤP TỈNH"]),
    ("committees with small letters", "của Ban Thường vụ tỉnh ủy, thành ủy", ["O:Ban Thường vụ"]),
    (
        "bodies of other levels before",
        "Sở Tài chính và Ủy ban nhân dân cấp xã",
        ["O:Sở Tài chính", "O:Ủy ban nhân dân cấp xã"],
    ),
    ("a high court is one", "Tòa án nhân dân cấp cao tại Hà Nội", ["O:Tòa án nhân dân cấp cao", "L:Hà Nội"]),
    ("behind a count", "gồm 03 Ban và hai Ủy ban", []),
    ("not behind the number of a meeting", "lần thứ 16 Ban Chấp hành Đảng bộ tỉnh", ["O:Ban Chấp hành Đảng bộ tỉnh"]),
    (
        "not behind a year",
        "Hằng năm Ủy ban nhân dân huyện; năm 2020\nHỘI ĐỒNG NHÂN DÂN TỈNH",
        ["O:Ủy ban nhân dân huyện", "O:HỘI ĐỒNG NHÂN DÂN TỈNH"],
    ),
    ("common words", "Bộ luật Dân sự, Hội nghị, Ban hành, Sở hữu, Phòng chống, Trường hợp, Tổ chức, Báo cáo", []),
    ("numbers are no department", "Số: 12; Sổ tay; Bờ Kè; Tờ trình; Quý I; Trưởng phòng", []),
    ("spending is no cell", "Chi bổ sung ngân sách; nhiệm vụ; dịch vụ", []),
)

LAYOUT = table(
    ("a letterhead over two lines", "HỘI ĐỒNG NHÂN DÂN\nTỈNH SƠN VĨNH\n-----", ["O:HỘI ĐỒNG NHÂN DÂN\nTỈNH SƠN VĨNH"]),
    ("with a blank line between", "HỘI ĐỒNG NHÂN DÂN\n\nTỈNH SƠN VĨNH\n", ["O:HỘI ĐỒNG NHÂN DÂN\n\nTỈNH SƠN VĨNH"]),
    ("a broken name", "ỦY BAN THƯỜNG VỤ\nQUỐC HỘI\n", ["O:ỦY BAN THƯỜNG VỤ\nQUỐC HỘI"]),
    (
        "the superior body above",
        "ỦY BAN NHÂN DÂN TỈNH AN HƯNG\nSỞ NỘI VỤ\n",
        ["O:ỦY BAN NHÂN DÂN TỈNH AN HƯNG", "O:SỞ NỘI VỤ"],
    ),
    (
        "the superior body below",
        "HỘI ĐỒNG THẨM PHÁN\nTÒA ÁN NHÂN DÂN TỐI CAO\n",
        ["O:HỘI ĐỒNG THẨM PHÁN\nTÒA ÁN NHÂN DÂN TỐI CAO"],
    ),
    (
        "a part under its body",
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH\nBAN CHẤP HÀNH\n",
        ["O:LIÊN ĐOÀN LAO ĐỘNG TỈNH", "O:BAN CHẤP HÀNH"],
    ),
    (
        "the end of a longer word",
        "NHIỆM VỤ, GIẢI PHÁP; ĐẠI HỘI ĐẢNG BỘ XÃ LÂM PHÚ LẦN THỨ XXIV",
        ["O:ĐẢNG BỘ XÃ LÂM PHÚ"],
    ),
    ("the state in the letterhead", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do", []),
    ("the Party in the letterhead", "ĐẢNG CỘNG SẢN VIỆT NAM\n", ["O:ĐẢNG CỘNG SẢN VIỆT NAM"]),
    ("term and session behind", "HỘI ĐỒNG NHÂN DÂN XÃ TÂN AN KHÓA I, KỲ HỌP THỨ 5", ["O:HỘI ĐỒNG NHÂN DÂN XÃ TÂN AN"]),
    ("society in capitals", "PHÁT TRIỂN KINH TẾ - XÃ HỘI NĂM 2020", []),
    ("a level in a title", "CỦA HỘI ĐỒNG NHÂN DÂN TỈNH VỀ CHÍNH SÁCH", ["O:HỘI ĐỒNG NHÂN DÂN TỈNH"]),
    (
        "a wrapped line",
        "giao Ban Kinh tế\n- Xã hội Hội\nđồng nhân dân huyện",
        ["O:Ban Kinh tế\n- Xã hội Hội\nđồng nhân dân huyện"],
    ),
    (
        "lost spaces",
        "củaỦy ban nhân dân tỉnh; Thường trực Tỉnhủy; vàcácxã Nậm Xe và xãNậm Sỏthành xã",
        ["O:Ủy ban nhân dân tỉnh", "O:Thường trực Tỉnhủy", "L:xã Nậm Xe", "L:xãNậm Sỏ"],
    ),
    (
        "the old place of the tone",
        "Uỷ ban Nhân dân huyện, Toà án nhân dân tối cao",
        ["O:Uỷ ban Nhân dân huyện", "O:Toà án nhân dân tối cao"],
    ),
    ("damaged marks", "Úy ban nhân dân huyện; TÍNH ỦY LÀO CAI", ["O:Úy ban nhân dân huyện", "O:TÍNH ỦY LÀO CAI"]),
    ("hyphens of the old spelling", "Giao Hội-đồng Bộ-trưởng: ấn-định", ["O:Hội-đồng Bộ-trưởng"]),
    (
        "a company over two lines",
        "NGÂN HÀNG THƯƠNG MẠI CỔ PHẦN\nAN LỘC\nSố 8 đường số 5",
        ["O:NGÂN HÀNG THƯƠNG MẠI CỔ PHẦN\nAN LỘC"],
    ),
    ("a company above the state", "CÔNG TY CỔ PHẦN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", []),
    ("a dateline below a body", "BAN THƯỜNG VỤ\nPhú Yên, ngày 25 tháng 10", ["O:BAN THƯỜNG VỤ", "L:Phú Yên"]),
    ("a number of the recipients", "- TT.HĐND, UBND huyện;", ["O:TT.HĐND", "O:UBND huyện"]),
)

PERSONS = table(
    ("behind a form of address", "đồng chí Lò Văn Quyền, Bí thư", ["P:Lò Văn Quyền"]),
    ("behind a degree", "Nhất trí giới thiệu TS. Trịnh Công Lữ để bổ nhiệm", ["P:Trịnh Công Lữ"]),
    (
        "behind an office and its body",
        "Chủ tịch Ủy ban nhân dân tỉnh Đinh Công Sắc chủ trì",
        ["O:Ủy ban nhân dân tỉnh", "P:Đinh Công Sắc"],
    ),
    (
        "behind the place of a body",
        "Giám đốc Sở Y tế tỉnh Hà Giang Trần Thị Bình",
        ["O:Sở Y tế tỉnh Hà Giang", "P:Trần Thị Bình"],
    ),
    ("a signature", "TỔNG BÍ THƯ\n\n\nTô Lâm\n", ["P:Tô Lâm"]),
    ("a signature on one line", "TM. CHÍNH PHỦ THỦ TƯỚNG Phạm Minh Chính", ["O:CHÍNH PHỦ", "P:Phạm Minh Chính"]),
    ("a signature in capitals", "CHỦ TỊCH\nNGUYỄN VĂN AN\n", ["P:NGUYỄN VĂN AN"]),
    ("an office on a line of its own", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", []),
    ("a group of persons", "các đồng chí Ủy viên; đồng chí Phó Bí thư Thường trực", []),
    ("names of other peoples", "bà Sùng Thị Dợ và ông Y Thông", ["P:Sùng Thị Dợ", "P:Y Thông"]),
    ("a name over two lines", "Thi hành kỷ luật đối với đồng chí Vi Thị\nHảo, nguyên Giám đốc", ["P:Vi Thị\nHảo"]),
    ("a surname that is a lake", "Hồ Thị Lan Chi", ["P:Hồ Thị Lan Chi"]),
    ("fixed appellations", "lời dạy của Bác Hồ; tư tưởng Hồ Chí Minh", ["P:Bác Hồ", "P:Hồ Chí Minh"]),
    (
        "a city and a union are no person",
        "Thành phố Hồ Chí Minh; Đoàn TNCS Hồ Chí Minh",
        ["L:Thành phố Hồ Chí Minh", "O:Đoàn TNCS Hồ Chí Minh"],
    ),
    ("a commune is no person", "xã Lưu Vĩnh Sơn thành xã", ["L:xã Lưu Vĩnh Sơn"]),
    ("an officer behind his body", "ông Lê Văn B, Chủ tịch HĐQT", ["P:Lê Văn B", "O:HĐQT"]),
    ("a surname that is a union", "CHỦ TỊCH\n\n(đã ký)\n\nĐOÀN VĂN THƠ\n", ["P:ĐOÀN VĂN THƠ"]),
    ("a surname that is a union, in small letters", "Chủ tọa\n\nĐoàn Thế Văn\n", ["P:Đoàn Thế Văn"]),
    ("a union that is no surname", "ĐOÀN THANH NIÊN\nĐOÀN CHỦ TỊCH\n", ["O:ĐOÀN THANH NIÊN", "O:ĐOÀN CHỦ TỊCH"]),
    ("a fixed appellation with an office", "lời dạy của Hồ\nChủ tịch: trồng cây", ["P:Hồ\nChủ tịch"]),
    ("words between", "Điều 5. Căn cứ Luật", []),
    ("names of the highlands", "bà H' Loan Niê, ông Y Thanh Niê Kđăm;", ["P:H' Loan Niê", "P:Y Thanh Niê Kđăm"]),
    (
        "a paragraph behind a name",
        "Phụ trách chung công tác của Ủy ban: Nguyễn Văn An\nGiao Ủy ban nhân dân tỉnh tổ chức triển khai thực hiện "
        "Nghị quyết này và báo cáo Hội đồng nhân dân tỉnh kết quả thực hiện",
        ["P:Nguyễn Văn An", "O:Ủy ban nhân dân tỉnh", "O:Hội đồng nhân dân tỉnh"],
    ),
    ("a street", "Trụ sở: 297/5 Lý Thường Kiệt; số 12 Trần Hưng Đạo", []),
)

PLACES = table(
    ("with its level", "trên địa bàn tỉnh Hà Giang", ["L:tỉnh Hà Giang"]),
    ("a province alone", "từ Hà Tĩnh đến Lâm Đồng", ["L:Hà Tĩnh", "L:Lâm Đồng"]),
    (
        "one behind the other",
        "ấp Tân Thuận, xã Tân Lập Đông, huyện Phú Khê",
        ["L:ấp Tân Thuận", "L:xã Tân Lập Đông", "L:huyện Phú Khê"],
    ),
    (
        "a list of communes",
        "của các xã Tà Mung, Tà Hừa và Mường Kim thành xã",
        ["L:xã Tà Mung", "L:Tà Hừa", "L:Mường Kim"],
    ),
    (
        "a list with words of land in names",
        "các xã Giang Ma, Hồ Thầu và Bản Bo",
        ["L:xã Giang Ma", "L:Hồ Thầu", "L:Bản Bo"],
    ),
    ("a list in brackets", "ít nhất 02 Khu công nghiệp (Bản Qua, Bảo Hưng 2), tăng", ["L:Bản Qua", "L:Bảo Hưng 2"]),
    ("a list behind a colon", "các huyện: Mèo Vạc, Đồng Văn;", ["L:Mèo Vạc", "L:Đồng Văn"]),
    ("a dateline", "Số: 01/NQ-BCH\n\nSơn Vĩnh, ngày 13 tháng 01", ["L:Sơn Vĩnh"]),
    ("no dateline", "Diễn biến phức tạp, ngày 13; của Nghị quyết 02-NQ/TW, ngày 25/4", []),
    ("known by its level elsewhere", "huyện Lâm Khê giàu đẹp, con người Lâm Khê", ["L:huyện Lâm Khê", "L:Lâm Khê"]),
    ("numbered", "Phường 2 và phường 13, Quận 1", ["L:Phường 2", "L:phường 13", "L:Quận 1"]),
    ("counts are none", "02 phường 15 tháng; 36 xã và 02 phường", []),
    ("variants", "TP.HCM, Bà Rịa - Vũng Tàu, Đắc Lắc", ["L:TP.HCM", "L:Bà Rịa - Vũng Tàu", "L:Đắc Lắc"]),
    ("apostrophes", "xã Ea H'leo và xã Cư M’gar", ["L:xã Ea H'leo", "L:xã Cư M’gar"]),
    ("over two lines", "Nhập xã Bản Vược và thị trấn Lâm\nKhê, lấy tên", ["L:xã Bản Vược", "L:thị trấn Lâm\nKhê"]),
    (
        "land",
        "lưu vực sông Thiện Giang; Khu công nghiệp Vân Lĩnh 2,",
        ["L:sông Thiện Giang", "L:Khu công nghiệp Vân Lĩnh 2"],
    ),
    (
        "regions",
        "vùng trung du và miền núi phía Bắc, vùng đồng bằng sông Cửu Long",
        ["L:vùng trung du và miền núi phía Bắc", "L:vùng đồng bằng sông Cửu Long"],
    ),
    ("a country", "thời đại mới ở Việt Nam; thuế quan của Hoa Kỳ", ["L:Việt Nam", "L:Hoa Kỳ"]),
    (
        "the state in running text",
        "công dân nước Cộng hòa xã hội chủ nghĩa Việt Nam",
        ["L:nước Cộng hòa xã hội chủ nghĩa Việt Nam"],
    ),
    ("the state in the constitution", "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", []),
    (
        "words that only look like land",
        "bản Báo cáo, yêu cầu Việt Nam, văn bản Luật, đường lối, xã hội",
        ["L:Việt Nam"],
    ),
    ("a number behind the name", "| Xã A Pa 1\n|; phường Hà Giang 2, xã", ["L:Xã A Pa 1", "L:phường Hà Giang 2"]),
    (
        "a list behind a word of time",
        "trụ sở của ba xã cũ (Tân Hội, Bình Đông, Tân Lộc) còn chậm",
        ["L:Tân Hội", "L:Bình Đông", "L:Tân Lộc"],
    ),
    (
        "a list behind other words",
        "Riêng 4 xã vùng cao của huyện Lâm Khê:\nKhe Dừa, Bản Mai, Nà Sang và Tà Lùng được miễn",
        ["L:huyện Lâm Khê", "L:Khe Dừa", "L:Bản Mai", "L:Nà Sang", "L:Tà Lùng"],
    ),
    ("no list of persons", "trưởng các thôn gồm: Lò Văn Quyền, Vi Thị Hảo", ["P:Lò Văn Quyền", "P:Vi Thị Hảo"]),
    ("no list of tasks", "các xã, phường: Tổ chức thực hiện; các huyện như sau: Điều 1.", []),
    (
        "an island",
        "xã đảo Thạnh Hải và huyện đảo Vân Sơn",
        ["L:xã đảo Thạnh Hải", "L:huyện đảo Vân Sơn"],
    ),
    (
        "a town of a state farm",
        "thị trấn Nông trường Phong Hải, huyện Bảo Thắng",
        ["L:thị trấn Nông trường Phong Hải", "L:huyện Bảo Thắng"],
    ),
    (
        "a protected area",
        "Khu bảo tồn biển Hòn Mây và khu dự trữ sinh quyển Lang Sơn",
        ["L:Khu bảo tồn biển Hòn Mây", "L:khu dự trữ sinh quyển Lang Sơn"],
    ),
    ("cities under the centre", "THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG, ĐẶC KHU TRỰC THUỘC TỈNH", []),
    ("the old state in the letterhead", "VIỆT-NAM DÂN-CHỦ CỘNG-HÒA\nĐộc-lập", []),
    (
        "without commas between",
        "xã Tân Lập huyện Lâm Khê tỉnh Sơn Vĩnh, thị xã Sơn Tây, phường 12 quận 3",
        ["L:xã Tân Lập", "L:huyện Lâm Khê", "L:tỉnh Sơn Vĩnh", "L:thị xã Sơn Tây", "L:phường 12", "L:quận 3"],
    ),
    (
        "capitals that look like the end of a name",
        "THÀNH PHỐ TAM KỲ, THỊ XÃ TỪ SƠN, HUYỆN THỦ THỪA, XÃ QUYẾT THẮNG NĂM 2020",
        ["L:THÀNH PHỐ TAM KỲ", "L:THỊ XÃ TỪ SƠN", "L:HUYỆN THỦ THỪA", "L:XÃ QUYẾT THẮNG"],
    ),
    ("land in capitals without a name", "CÁC KHU DÂN CƯ MỚI; BỔ SUNG ĐƯỜNG PHỐ TRÊN ĐỊA BÀN", []),
    ("a name of the old spelling", "thuộc xã Hữu hoà của huyện Thanh oai,", ["L:xã Hữu hoà", "L:huyện Thanh oai"]),
    ("a town named after its street", "thị trấn phố Lu và", ["L:thị trấn phố Lu"]),
    (
        "a list behind a comma",
        "7 phường thuộc thị xã Tịnh Biên, gồm: Tịnh Biên, Nhà Bàng được thành lập",
        ["L:thị xã Tịnh Biên", "L:Tịnh Biên", "L:Nhà Bàng"],
    ),
    ("islands", "Hoàng Sa, Trường Sa của Việt Nam", ["L:Hoàng Sa", "L:Trường Sa", "L:Việt Nam"]),
    ("a plain in small letters", "vùng đất đồng bằng sông Hồng", ["L:đồng bằng sông Hồng"]),
    (
        "abbreviated levels",
        "TT Đồng Văn; H. Mèo Vạc; Q.1; TX. Sơn Tây; H. Tùng; TT HĐND xã; TPHCM",
        ["L:TT Đồng Văn", "L:H. Mèo Vạc", "L:Q.1", "L:TX. Sơn Tây", "O:TT HĐND xã", "L:TPHCM"],
    ),
    (
        "numbers of hamlets",
        "tổ dân phố số 2, thôn Nà Khương 1; ấp 3; 2 thôn và 3 bản",
        ["L:tổ dân phố số 2", "L:thôn Nà Khương 1", "L:ấp 3"],
    ),
    (
        "a list with brackets in it",
        "các xã Ngọc Mỹ (huyện Tân Lạc), Đông Lai, Thanh Hối và Tử Nê thành xã",
        ["L:xã Ngọc Mỹ", "L:huyện Tân Lạc", "L:Đông Lai", "L:Thanh Hối", "L:Tử Nê"],
    ),
    (
        "names with common words in them",
        "các xã Ngọc Lâu, Tự Do và Cửa Ông; các xã Hưng Lộc, Lộ 25, Lộc Lâm và B’Lá thành",
        ["L:xã Ngọc Lâu", "L:Tự Do", "L:Cửa Ông", "L:xã Hưng Lộc", "L:Lộ 25", "L:Lộc Lâm", "L:B’Lá"],
    ),
    ("a ministry above a paragraph", "của Bộ Y tế Cắt giảm thủ tục", ["O:Bộ Y tế"]),
    ("an avenue", "Đại lộ Trần Hưng Đạo", ["L:Đại lộ Trần Hưng Đạo"]),
    ("places that a road joins", "đường liên xã Bàu Son - Gò Dưới chậm", ["L:Bàu Son", "L:Gò Dưới"]),
    ("a town with an apostrophe", "thị trấn Ea T'ling được công nhận", ["L:thị trấn Ea T'ling"]),
    ("a level before a document", "của tỉnh\nNghị quyết này; huyện Điều 5", []),
    ("levels without a name", "tỉnh, huyện, xã và Thành phố", []),
)


@pytest.mark.parametrize(("text", "expected"), [*ORGANISATIONS, *CLASSES, *LAYOUT, *PERSONS, *PLACES])
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "level", "id_"),
    [
        pytest.param("tỉnh Hà Giang", "Hà Giang", "tỉnh", "02", id="a province"),
        pytest.param("Tỉnh Thanh Hoá", "Thanh Hoá", "tỉnh", "38", id="the old place of the tone"),
        pytest.param("TP.HCM", "Hồ Chí Minh", "thành phố", "79", id="a variant of the name"),
        pytest.param("thành phố Hà Giang", "Hà Giang", "thành phố", None, id="a city in a province of the same name"),
        pytest.param("tỉnh Lào Cai", "Lào Cai", "tỉnh", None, id="a province with another code since 2025"),
        pytest.param("huyện Mèo Vạc", "Mèo Vạc", "huyện", None, id="a district"),
        pytest.param("tỉnh\nHà\nGiang", "Hà Giang", "tỉnh", "02", id="over lines"),
    ],
)
def test_value_of_a_place(text: str, name: str, level: str, id_: str | None) -> None:
    (place,) = find(text)
    assert (place.value.name, place.value.level, place.value.id) == (name, level, id_)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        pytest.param("đồng chí Lò Văn Quyền, Bí thư Huyện ủy Lâm Khê, thôi", "Bí thư Huyện ủy Lâm Khê", id="behind"),
        pytest.param("đồng chí Vi Thị Hảo, nguyên Giám đốc Sở Nội vụ, do", "nguyên Giám đốc Sở Nội vụ", id="former"),
        pytest.param("Giám đốc Sở Y tế Trần Thị Bình nói", "Giám đốc Sở Y tế", id="before"),
        pytest.param("CHỦ TỊCH\n\n(Đã ký)\n\nTạ Quang Đẩu\n", "CHỦ TỊCH", id="above a signature"),
        pytest.param("bà Sùng Thị Dợ, trong đó", None, id="not written"),
    ],
)
def test_position_of_a_person(text: str, position: str | None) -> None:
    (person,) = [mention for mention in find(text) if mention.type == "PERSON"]
    assert person.value.position == position


def test_offsets_are_those_of_the_text() -> None:
    text = "....... của UBND tỉnh ....... "
    found = FINDER.find(text, fold(text), 8, len(text))
    assert [(mention.start, mention.end) for mention in found] == [(12, 21)]


def test_names_do_not_overlap_and_come_in_order() -> None:
    text = "Các Bộ: Tài chính, Nội vụ; HĐND, UBND tỉnh Hà Giang; bà Lò Thị Hoa, thôn Nà Pục " * 40
    found = find(text)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "Văn phòng, ",
        "Thường trực ",
        "Ban Chấp hành ",
        "các Bộ: Tài chính, ",
        "xã Nậm, ",
        "Nguyễn ",
        "Công ty a b c ",
        "các xã ",
        "A JOINT STOCK COMPANY ",
    ],
)
def test_long_repetitions_end(text: str) -> None:
    find(text * 2000)


@pytest.mark.parametrize(
    "text",
    ["", " ", "(", "TỈNH", "Các Bộ:", "Sở ", "xã", "TM.", "Ban Chấp hành", "thị trấn", "Agribank chi nhánh", "Quỹ “A"],
)
def test_short_texts_do_no_harm(text: str) -> None:
    assert all(text[mention.start : mention.end].strip() for mention in find(text))
