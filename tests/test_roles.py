"""Roles: what a document makes of each person, by the forms in which resolutions say it."""

from __future__ import annotations

import pytest
from shapes import OPENING

from nqparse.document import Document, PersonEntity
from nqparse.pipeline import parse

SIGNED = "\nTM. HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\n\nĐinh Công Sắc\n"


def parsed(body: str) -> Document:
    return parse(f"{OPENING}{body}\n{SIGNED}")


def persons(document: Document) -> list[PersonEntity]:
    return [entity for entity in document.entities if isinstance(entity, PersonEntity)]


def roles(body: str) -> list[tuple[str, str | None]]:
    """Returns the persons of a body with their roles, without the signer."""
    return [(p.text, p.value.role) for p in persons(parsed(body)) if p.value.role != "signer"]


def one(body: str) -> PersonEntity:
    found = [p for p in persons(parsed(body)) if p.value.role != "signer"]
    assert len(found) == 1
    return found[0]


def test_who_signs() -> None:
    signer = persons(parsed("Điều 1. Thông qua Báo cáo số 5."))[-1]
    assert (signer.text, signer.value.role, signer.value.position) == ("Đinh Công Sắc", "signer", "CHỦ TỊCH")


CLAUSES = {
    "bầu": ("Bầu ông Vi Văn Thoan giữ chức vụ Phó Chủ tịch Hội đồng nhân dân xã.", "elected"),
    "bầu bổ sung": ("Bầu bổ sung bà Vi Thị Thoan vào Ủy ban Kiểm tra với 21/21 phiếu.", "elected"),
    "kết quả bầu": (
        "Phê chuẩn kết quả bầu chức vụ Phó Chủ tịch Ủy ban nhân dân tỉnh Sơn Vĩnh nhiệm kỳ 2021 - 2026 đối với ông "
        "Vi Văn Thoan, Giám đốc Sở Nội vụ.",
        "elected",
    ),
    "kết quả miễn nhiệm": ("Phê chuẩn kết quả miễn nhiệm chức vụ Chủ tịch đối với bà Vi Thị Thoan.", "dismissed"),
    "bổ nhiệm": ("Phê chuẩn đề nghị của Chánh án về việc bổ nhiệm ông Vi Văn Thoan làm Thẩm phán.", "appointed"),
    "chỉ định": ("Chỉ định đồng chí Vi Văn Thoan tham gia Ban Chấp hành, giữ chức Bí thư.", "appointed"),
    "phê chuẩn": ("Phê chuẩn ông Vi Văn Thoan giữ chức vụ Ủy viên Hội đồng quốc phòng.", "approved"),
    "bãi nhiệm": ("Bãi nhiệm đại biểu Hội đồng nhân dân xã đối với ông Vi Văn Thoan.", "dismissed"),
    "thôi đại biểu": ("Cho thôi làm nhiệm vụ đại biểu Hội đồng nhân dân đối với bà Vi Thị Thoan.", "dismissed"),
    "cho thôi": ("Đồng ý cho đồng chí Vi Văn Thoan thôi tham gia Ban Chấp hành để nghỉ hưu.", "dismissed"),
    "để thôi": ("Đồng chí Vi Văn Thoan, Bí thư Huyện ủy Lâm Khê, thôi giữ chức vụ Ủy viên.", "dismissed"),
    "của": ("Miễn nhiệm chức vụ Trưởng ban Pháp chế của ông Vi Văn Thoan.", "dismissed"),
    "từ chức": ("Chấp thuận đơn xin từ chức; cho từ chức đối với ông Vi Văn Thoan.", "dismissed"),
    "đình chỉ": ("Tạm đình chỉ việc thực hiện nhiệm vụ đại biểu đối với ông Vi Văn Thoan.", "suspended"),
    "kỷ luật": ("Thi hành kỷ luật bằng hình thức cách chức đối với đồng chí Vi Văn Thoan.", "disciplined"),
    "khai trừ": ("Khai trừ ra khỏi Đảng đối với đồng chí Vi Văn Thoan.", "disciplined"),
    "phân công": ("Phân công Phó Chủ tịch Ủy ban nhân dân tỉnh Vi Văn Thoan chỉ đạo thực hiện.", "assigned"),
    "giao": ("Giao ông Vi Văn Thoan, Tổng Giám đốc, ký hợp đồng.", "assigned"),
    "ủy quyền": ("Uỷ quyền cho bà Vi Thị Thoan ký các văn bản có liên quan.", "assigned"),
    "cử": ("Cử đồng chí Vi Văn Thoan tham gia Ban Chỉ đạo.", "assigned"),
    "điều động": ("Điều động đồng chí Vi Văn Thoan đến nhận công tác tại Huyện ủy.", "transferred"),
    "giới thiệu": ("Thống nhất giới thiệu TS. Vi Văn Thoan để bổ nhiệm giữ chức Phó Hiệu trưởng.", "nominated"),
    "kết nạp": ("Nhất trí kết nạp quần chúng Vi Văn Thoan vào Đảng.", "admitted"),
    "truy tặng": ("Truy tặng danh hiệu Bà mẹ Việt Nam anh hùng cho bà Vi Thị Thoan.", "awarded"),
    "được bầu": ("Ông Vi Văn Thoan được bầu giữ chức Trưởng ban.", "elected"),
}


@pytest.mark.parametrize(("clause", "role"), CLAUSES.values(), ids=CLAUSES)
def test_the_verb_of_a_clause_gives_the_role(clause: str, role: str) -> None:
    assert one(f"Điều 1. {clause}").value.role == role


DOUBTFUL = {
    "a request": "Hoàn thiện hồ sơ đề nghị kết nạp quần chúng Vi Văn Thoan.",
    "the one before": "Bầu bổ sung một thành viên thay ông Vi Văn Thoan.",
    "who proposes": "Miễn nhiệm một Hội thẩm theo đề nghị của bà Vi Thị Thoan.",
    "a follower": "Đẩy mạnh giao lưu, học tập theo gương đồng chí Vi Văn Thoan.",
    "a partner": "Giao Ủy ban nhân dân xã tổ chức thực hiện, báo cáo ông Vi Văn Thoan.",
    "an election": "Hội đồng bầu cử quốc gia nghe ông Vi Văn Thoan báo cáo.",
    "a road": "Nâng cấp tuyến giao thông từ nhà ông Vi Văn Thoan.",
    "those who carry it out": "Thường trực Hội đồng nhân dân và ông Vi Văn Thoan chịu trách nhiệm thi hành.",
}


@pytest.mark.parametrize("clause", DOUBTFUL.values(), ids=DOUBTFUL)
def test_no_role_where_in_doubt(clause: str) -> None:
    assert one(f"Điều 1. {clause}").value.role is None


def test_each_name_takes_its_own_verb() -> None:
    assert roles(
        "Điều 1. Miễn nhiệm chức vụ Trưởng ban đối với ông Vi Văn Thoan; bầu bà Lò Thị Sương giữ chức vụ Trưởng ban; "
        "đồng chí Ma Văn Thắng thôi tham gia Ban Chấp hành."
    ) == [("Vi Văn Thoan", "dismissed"), ("Lò Thị Sương", "elected"), ("Ma Văn Thắng", "dismissed")]


def test_names_in_one_sentence_share_the_verb() -> None:
    found = roles("Điều 1. Bầu ông Vi Văn Thoan, Phó Chủ tịch; bà Lò Thị Sương và ông Ma Văn Thắng vào Ủy ban.")
    assert [role for _, role in found] == ["elected"] * 3


SHARED = {
    "behind the last": (
        "Ông Vi Văn Thoan và bà Lò Thị Sương thôi làm thành viên Hội đồng quản trị.",
        ["dismissed", "dismissed"],
    ),
    "another office": (
        "Bầu đồng chí Vi Văn Thoan giữ chức Bí thư với 45/45 phiếu; đồng chí Lò Thị Sương, đồng chí Ma Văn Thắng giữ "
        "chức Phó Bí thư.",
        ["elected"] * 3,
    ),
    "two acts": (
        "Phê chuẩn đề nghị miễn nhiệm chức vụ Bộ trưởng đối với ông Vi Văn Thoan và bổ nhiệm bà Lò Thị Sương.",
        ["dismissed", "appointed"],
    ),
    "a body of persons": (
        "Thành lập Ban Kiểm phiếu gồm: ông Vi Văn Thoan - Trưởng ban; bà Lò Thị Sương - Ủy viên.",
        ["appointed", "appointed"],
    ),
    "the other side": ("Giao Tổng Giám đốc Vi Văn Thoan ký hợp đồng với ông Ma Văn Thắng.", ["assigned", None]),
}


@pytest.mark.parametrize(("clause", "expected"), SHARED.values(), ids=SHARED)
def test_who_shares_a_verb_and_who_does_not(clause: str, expected: list[str | None]) -> None:
    assert [role for _, role in roles(f"Điều 1. {clause}")] == expected


def test_a_lead_in_governs_its_list() -> None:
    assert roles(
        "Điều 1. Bầu các ông, bà có tên sau đây làm Ủy viên Ủy ban nhân dân xã:\n"
        "1. Ông Vi Văn Thoan, Trưởng Công an xã;\n2. Bà Lò Thị Sương.\n"
        "Điều 2. Giao Ủy ban nhân dân xã thực hiện.\n1. Ông Ma Văn Thắng là công dân xã."
    ) == [("Vi Văn Thoan", "elected"), ("Lò Thị Sương", "elected"), ("Ma Văn Thắng", None)]


def test_a_lead_in_governs_through_levels_and_lines_without_labels() -> None:
    assert roles(
        "Điều 1. Kết quả bầu cử bổ sung các chức danh như sau:\n"
        "1. Các Phó Chủ tịch:\nÔng Vi Văn Thoan\nBà Lò Thị Sương\n"
        "2. Miễn nhiệm các ông, bà:\n- Ông Ma Văn Thắng;\n- Bà Quàng Thị Hoa.\n"
        "Điều 2. Nghị quyết này có hiệu lực từ ngày ký."
    ) == [
        ("Vi Văn Thoan", "elected"),
        ("Lò Thị Sương", "elected"),
        ("Ma Văn Thắng", "dismissed"),
        ("Quàng Thị Hoa", "dismissed"),
    ]


def test_a_table_of_names_takes_the_verb_above_it() -> None:
    assert roles(
        "Điều 1. Miễn nhiệm Hội thẩm nhân dân đối với các ông, bà có tên sau đây:\n\n"
        "| STT | Họ và tên | Đơn vị |\n| --- | --- | --- |\n| 1 | Ông Vi Văn Thoan | xã A |\n"
        "| 2 | Bà Lò Thị Sương | xã B |\n\n"
        "Điều 2. Giao Ủy ban nhân dân xã thực hiện."
    ) == [("Vi Văn Thoan", "dismissed"), ("Lò Thị Sương", "dismissed")]


OFFICES = {
    "behind": ("Bầu ông Vi Văn Thoan giữ chức vụ Trưởng ban Pháp chế nhiệm kỳ 2021-2026.", None, "Trưởng ban Pháp chế"),
    "before": (
        "Miễn nhiệm chức vụ Phó Chủ tịch Hội đồng nhân dân xã đối với ông Vi Văn Thoan.",
        None,
        "Phó Chủ tịch Hội đồng nhân dân xã",
    ),
    "both": (
        "Bổ nhiệm ông Vi Văn Thoan, Phó Giám đốc, giữ chức vụ Giám đốc.",
        "Phó Giám đốc",
        "Giám đốc",
    ),
    "làm": ("Bổ nhiệm bà Vi Thị Thoan làm Thẩm phán kể từ ngày 01/02/2024.", None, "Thẩm phán"),
    "wrapped": ("Bầu ông Vi Văn Thoan giữ chức vụ Ủy viên dự\nkhuyết Ban.", None, "Ủy viên dự khuyết Ban"),
}


@pytest.mark.parametrize(("clause", "position", "office"), OFFICES.values(), ids=OFFICES)
def test_the_office_of_the_act(clause: str, position: str | None, office: str) -> None:
    value = one(f"Điều 1. {clause}").value
    assert value.office == office
    assert value.position == (position or office)


def test_the_office_before_a_colon() -> None:
    found = persons(parsed("Điều 1. Kết quả bầu các chức danh:\na) Bí thư Chi bộ: đồng chí Vi Văn Thoan, 25/25 phiếu."))
    assert (found[0].value.role, found[0].value.office) == ("elected", "Bí thư Chi bộ")


def test_a_reason_in_the_preamble_gives_no_role() -> None:
    text = OPENING.replace("QUYẾT NGHỊ:", "Xét đơn xin thôi làm đại biểu của ông Vi Văn Thoan;\nQUYẾT NGHỊ:")
    assert "Vi Văn Thoan" in text
    document = parse(f"{text}Điều 1. Thông qua báo cáo.\n{SIGNED}")
    assert next((p.text, p.value.role) for p in persons(document)) == ("Vi Văn Thoan", None)
