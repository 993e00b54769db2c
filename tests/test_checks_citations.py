"""Checks on citations, and on what is attached."""

from __future__ import annotations

import pytest
from checking import COUNCIL, PARTY, SOCIETY, Row, changed, check_row, of_code

LAW = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"
FIRST = "Điều 1. Thông qua mức hỗ trợ mở lớp vẽ ở các thôn."
CASE = "Xét Tờ trình số 45/TTr-UBND ngày 20 tháng 6 năm 2023 của Ủy ban nhân dân tỉnh;"
TASK = "1. Mở thêm lớp vẽ cho thiếu nhi."
APPENDIX = """
PHỤ LỤC
DANH SÁCH LỚP VẼ
(Kèm theo Nghị quyết số 12/2023/NQ-HĐND ngày 15 tháng 7 năm 2023 của Hội đồng nhân dân tỉnh)
1. Lớp vẽ thôn Thượng.
"""
ATTACHED = changed(COUNCIL, (FIRST, "Điều 1. Thông qua danh sách lớp vẽ (có phụ lục kèm theo)."))


def article(text: str) -> str:
    return changed(COUNCIL, (FIRST, f"Điều 1. {text}"))


def basis(text: str) -> str:
    return changed(COUNCIL, (LAW, LAW + "\n" + text))


ROWS = [
    Row(
        "CIT-001",
        basis("Căn cứ Nghị định số 05/2023/NĐ-CP ngày 20 tháng 8 năm 2023 của Chính phủ;"),
        "Nghị định số 05/2023/NĐ-CP ngày 20 tháng 8 năm 2023",
        basis("Căn cứ Nghị định số 05/2023/NĐ-CP ngày 20 tháng 02 năm 2023 của Chính phủ;"),
    ),
    Row("CIT-001", basis("Căn cứ Nghị định số 05/2032/NĐ-CP của Chính phủ;"), "Nghị định số 05/2032/NĐ-CP", COUNCIL),
    Row(
        "CIT-002",
        basis("Căn cứ Nghị định số 57/2002/NĐ-CP ngày 03/6/2003 của Chính phủ;"),
        "Nghị định số 57/2002/NĐ-CP ngày 03/6/2003",
        basis("Căn cứ Nghị định số 57/2002/NĐ-CP ngày 03/6/2002 của Chính phủ;"),
    ),
    Row(
        "CIT-003",
        basis("Căn cứ Nghị định số 57/2002/NĐ-CP ngày 03/6/2002;\nCăn cứ Nghị định số 57/2002/NĐ-CP ngày 04/6/2002;"),
        "Nghị định số 57/2002/NĐ-CP ngày 04/6/2002",
        basis("Căn cứ Nghị quyết số 57/NQ-HĐND ngày 03/6/2020;\nCăn cứ Nghị quyết số 57/NQ-HĐND ngày 04/6/2022;"),
    ),
    Row(
        "CIT-003",
        basis("Căn cứ Luật Đầu tư công số 58/2024/QH15;\nCăn cứ Luật Hải quan số 58/2024/QH15;"),
        "Luật Hải quan số 58/2024/QH15",
        COUNCIL,
    ),
    Row(
        "CIT-004",
        changed(COUNCIL, (LAW, "Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003;")),
        "Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003",
        COUNCIL,
        "I",
    ),
    Row(
        "CIT-005",
        article("Mức hỗ trợ theo quy định tại Điều 7 Nghị quyết này."),
        "Điều 7 Nghị quyết này",
        article("Mức hỗ trợ theo quy định tại Điều 2 Nghị quyết này."),
    ),
    Row(
        "CIT-005",
        changed(COUNCIL, ("- Ủy ban nhân dân tỉnh;", "- Như Điều 5;")),
        "Như Điều 5",
        changed(COUNCIL, ("- Ủy ban nhân dân tỉnh;", "- Như Điều 2;")),
    ),
    Row(
        "CIT-005",
        changed(COUNCIL, ("giám sát.", "giám sát theo khoản 4 Điều này.")),
        "khoản 4 Điều này",
        changed(COUNCIL, ("giám sát.", "giám sát theo khoản 1 Điều này.")),
    ),
    Row(
        "CIT-005",
        article("Mức hỗ trợ theo quy định tại Điều 7."),
        "Điều 7",
        article("Mức hỗ trợ theo Luật Đầu tư công, quy định tại Điều 7."),
    ),
    Row(
        "CIT-006",
        changed(COUNCIL, (CASE, CASE.replace("20 tháng 6", "15 tháng 7"))),
        "Tờ trình số 45/TTr-UBND ngày 15 tháng 7 năm 2023",
        COUNCIL,
    ),
    Row(
        "CIT-007",
        changed(COUNCIL, (CASE, CASE + " Báo cáo thẩm tra số 42/BC-UBTPPL15 ngày 03 tháng 6 năm 2023;")),
        "Báo cáo thẩm tra số 42/BC-UBTPPL15 ngày 03 tháng 6 năm 2023",
        changed(COUNCIL, (CASE, CASE + " Báo cáo thẩm tra số 42/BC-UBPLTP15 ngày 03 tháng 6 năm 2023;")),
    ),
    Row(
        "CIT-008",
        changed(SOCIETY, (TASK, "1. Thực hiện Nghị quyết Hội nghị Ban Chấp hành lần thứ 3.")),
        "Nghị quyết Hội nghị Ban Chấp hành lần thứ 3",
        changed(SOCIETY, (TASK, "1. Thực hiện Nghị quyết số 02/NQ-BCH.")),
    ),
    Row("CIT-009", ATTACHED, "kèm theo", ATTACHED + APPENDIX),
    Row("CIT-009", COUNCIL + APPENDIX, "PHỤ LỤC", ATTACHED + APPENDIX),
    Row(
        "CIT-010",
        ATTACHED + APPENDIX.replace("12/2023", "21/2023"),
        "Kèm theo Nghị quyết số 21/2023/NQ-HĐND ngày 15 tháng 7 năm 2023 của Hội đồng nhân dân tỉnh",
        ATTACHED + APPENDIX,
    ),
    Row(
        "CIT-010",
        ATTACHED + APPENDIX.replace("15 tháng 7", "15 tháng 8"),
        "Kèm theo Nghị quyết số 12/2023/NQ-HĐND ngày 15 tháng 8 năm 2023 của Hội đồng nhân dân tỉnh",
        ATTACHED + APPENDIX,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_table(row: Row) -> None:
    check_row(row)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # what the quoted amendment says refers to another document
        (
            article("Sửa đổi Điều 2 Nghị quyết số 05/2020/NQ-HĐND:\n“Điều 2. Mức hỗ trợ theo Điều 9 Nghị quyết này.”"),
            "CIT-005",
        ),
        (article("Mức hỗ trợ theo Điều 7 Luật Ngân sách nhà nước."), "CIT-005"),
        (article("Thông qua danh sách kèm theo Tờ trình số 45/TTr-UBND."), "CIT-009"),
        (article("Bãi bỏ danh mục “phụ lục kèm theo” cũ."), "CIT-009"),
        # congresses of the Party number none of their resolutions
        (
            changed(PARTY, ("1- Mỗi thôn có một lớp vẽ.", "1- Thực hiện Nghị quyết Đại hội Đảng bộ huyện lần thứ XX.")),
            "CIT-008",
        ),
        (changed(SOCIETY, (TASK, "1. Học Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng.")), "CIT-008"),
        # the adoption's day may stand in the line, and the number may be blank there
        (ATTACHED + APPENDIX.replace("15 tháng 7", "14 tháng 7"), "CIT-010"),
        (
            ATTACHED + APPENDIX.replace("số 12/2023/NQ-HĐND ngày 15 tháng 7", "số    /2023/NQ-HĐND ngày    tháng 7"),
            "CIT-010",
        ),
        # on the day itself
        (basis("[hết hiệu lực theo Nghị quyết số 05/2032/NQ-HĐND] Căn cứ Luật Phí;"), "CIT-001"),  # a publisher's note
        (basis("Căn cứ Nghị định số 05/2023/NĐ-CP ngày 15 tháng 7 năm 2023 của Chính phủ;"), "CIT-001"),
        # other bodies' codes that are merely alike
        (changed(COUNCIL, (CASE, CASE + " Tờ trình số 7/TTr-BNN-PCTT ngày 03 tháng 6 năm 2023;")), "CIT-007"),
    ],
)
def test_sound(text: str, code: str) -> None:
    assert of_code(text, code) == []
