"""What citations refer to: identifiers, short names, relations, and references inside the document."""

from __future__ import annotations

import pytest

from nqparse import ruleset
from nqparse.document import DocRefValue, Pinpoint, Section
from nqparse.entities import Mention
from nqparse.entities.citations import CitationFinder
from nqparse.fold import fold
from nqparse.resolve.citations import CitationResolver, Resolution
from nqparse.resolve.identifiers import Origin
from nqparse.resolve.internal import InternalReferenceFinder
from nqparse.resolve.relations import Relation, RelationFinder

RULES = ruleset.load()
FINDER = CitationFinder(RULES)
RESOLVER = CitationResolver(RULES)
RELATIONS = RelationFinder(RULES)
INTERNAL = InternalReferenceFinder(RULES)
HA_GIANG = Origin(("HỘI ĐỒNG NHÂN DÂN TỈNH HÀ GIANG",))


def resolved(text: str, origin: Origin = HA_GIANG) -> tuple[list[Mention], Resolution]:
    found = FINDER.find(text, fold(text), 0, len(text))
    return found, RESOLVER.resolve(text, fold(text), found, origin)


def values(text: str, origin: Origin = HA_GIANG) -> list[DocRefValue]:
    return [mention.value for mention in resolved(text, origin)[0]]


# -- identifiers ----------------------------------------------------------------------------------------

# The text of one citation, and its identifier behind "/akn/vn/".
IDENTIFIERS = [
    ("Nghị quyết số 43/2022/QH15 về", "act/nq/qh/2022/43"),
    ("Nghị quyết số 1673/NQ-UBTVQH15 ngày 16/6/2025", "act/nq/ubtvqh/2025-06-16/1673"),
    ("Nghị quyết số 66.7/2025/NQ-CP ngày 15/11/2025", "act/nq/cp/2025/66.7"),
    ("Nghị quyết số 30a/2008/NQ-CP của", "act/nq/cp/2008/30a"),
    ("Quyết định số 223/QĐ-TTg ngày 22/02/2019", "act/qd/ttg/2019-02-22/223"),
    ("Thông tư số 86/2020/TT-BTC của", "act/tt/btc/2020/86"),
    ("Nghị định số 17-HĐBT ngày 17/01/1992", "act/nd/hdbt/1992-01-17/17"),
    ("Nghị quyết số 498-NQ/HĐNN7 ngày 29-2-1984", "act/nq/hdnn/1984-02-29/498"),
    ("Nghị quyết liên tịch số 102/2025/NQLT-UBTVQH15-CP", "act/nqlt/ubtvqh-cp/2025/102"),
    ("Nghị quyết số 01/2021/NQ-HĐND của Hội đồng nhân dân tỉnh", "act/nq/hdnd-ha-giang/2021/01"),
    ("Nghị quyết số 57/NQ-HĐND ngày 16/12/2016 của HĐND tỉnh Phú Yên", "act/nq/hdnd-phu-yen/2016-12-16/57"),
    ("Nghị quyết số 8/2018/NQ-HĐND của Hội đồng nhân dân huyện Mèo Vạc", "act/nq/hdnd-huyen-meo-vac/2018/8"),
    ("Quyết định số 5/QĐ-UBND ngày 2/3/2020 của UBND thành phố Đà Nẵng", "act/qd/ubnd-da-nang/2020-03-02/5"),
    ("Tờ trình số 15/TTr-UBND ngày 01/7/2021 của UBND tỉnh", "doc/ttr/ubnd-ha-giang/2021-07-01/15"),
    ("Nghị quyết số 60-NQ/TW ngày 12/4/2025", "doc/nq/dcsvn-tw/khoa-13/60"),
    ("Nghị quyết số 37-NQ/TW, ngày 24/12/2018", "doc/nq/dcsvn-tw/khoa-12/37"),
    ("Nghị quyết số 11-NQ/TU ngày 5/5/2021 của Tỉnh ủy", "doc/nq/dcsvn-tu-ha-giang/2021-05-05/11"),
    ("Luật Thủ đô số 39/2024/QH15;", "act/luat/qh/2024/39"),
    ("Luật Công chứng ngày 20 tháng 6 năm 2014", "act/luat/qh/2014-06-20/cong-chung"),
    ("Bộ luật Dân sự năm 2015", "act/bo-luat/qh/2015/dan-su"),
    ("Hiến pháp năm 2013", "act/hien-phap/qh/2013/hien-phap"),
    ("điểm a khoản 2 Điều 5 Nghị quyết số 43/2022/QH15", "act/nq/qh/2022/43!dieu_5__khoan_2__diem_a"),
    ("điểm đ khoản 2 Điều 5 Nghị quyết số 43/2022/QH15", "act/nq/qh/2022/43!dieu_5__khoan_2__diem_dd"),
    ("khoản 1, 2 Điều 5 Nghị quyết số 43/2022/QH15", "act/nq/qh/2022/43"),
    ("các Điều 5 đến 9 Nghị quyết số 43/2022/QH15", "act/nq/qh/2022/43"),
]


@pytest.mark.parametrize(("text", "expected"), IDENTIFIERS, ids=[row[0] for row in IDENTIFIERS])
def test_identifier(text: str, expected: str) -> None:
    (value,) = values(text)
    assert (value.id, value.unresolved) == (f"/akn/vn/{expected}", None)


# The text of one citation, and why it has no identifier.
IN_DOUBT = [
    ("theo Luật Đầu tư công;", "which version is meant is not said"),
    ("theo Điều lệ Đảng;", "which version is meant is not said"),
    ("Tờ trình số 357/TTr-CP;", "neither year nor date"),
    ("Nghị quyết số 18-NQ/TW;", "the number runs through a term, and no date tells which"),
    ("Nghị quyết số 5-NQ/TW ngày 28/01/2021", "the date does not tell the congress"),
    ("Nghị quyết số 5-NQ/TW năm 2016", "the date does not tell the congress"),
    ("Nghị quyết số 5/2020/NQ-HĐND;", "the issuer is not named"),
    ("Nghị quyết số 5/2020/NQ-HĐND của Hội đồng nhân dân huyện", "which huyện is meant is not said"),
    ("Tờ trình số 58/TTr-TGĐ ngày 27/5/2024 của Tổng Giám đốc", "the code of the body is not known"),
    ("theo Nghị quyết số 76 của Chính phủ", "the number stands without a symbol"),
    ("Tờ trình số    /TTr-CP ngày 3/2/2020", "the number is blank"),
]


@pytest.mark.parametrize(("text", "reason"), IN_DOUBT, ids=[row[0] for row in IN_DOUBT])
def test_in_doubt(text: str, reason: str) -> None:
    (value,) = values(text)
    assert (value.id, value.unresolved) == (None, reason)


def test_the_issuer_of_a_list_is_said_once() -> None:
    found = values("thay thế Nghị quyết số 1/2015/NQ-HĐND và Nghị quyết số 2/2018/NQ-HĐND của HĐND tỉnh Lai Châu.")
    assert [value.id for value in found] == [
        "/akn/vn/act/nq/hdnd-lai-chau/2015/1",
        "/akn/vn/act/nq/hdnd-lai-chau/2018/2",
    ]
    assert found[0].issuer is None  # it is not written there


def test_a_later_citation_leans_on_the_one_with_the_date() -> None:
    found = values(
        "Nghị quyết số 13/NQ-CP ngày 08/12/2023; thực hiện Điều 2 Nghị quyết số 13/NQ-CP; Luật Giá; Luật Giá năm 2023"
    )
    ids = [value.id for value in found]
    assert ids[:2] == ["/akn/vn/act/nq/cp/2023-12-08/13", "/akn/vn/act/nq/cp/2023-12-08/13!dieu_2"]
    assert ids[2:] == ["/akn/vn/act/luat/qh/2023/gia"] * 2


def test_two_that_could_be_meant_leave_it_open() -> None:
    found = values("Bộ luật Dân sự năm 2005; Bộ luật Dân sự năm 2015; theo Bộ luật Dân sự")
    assert (found[2].id, found[2].unresolved) == (None, "several documents of this text could be meant")


def test_short_name() -> None:
    text = (
        "theo Nghị định số 69/2019/NĐ-CP ngày 15/8/2019 của Chính phủ về tài sản công "
        "(sau đây gọi là Nghị định số 69). Điều 3 Nghị định số 69 của"
    )
    found, resolution = resolved(text)
    assert [name.name for name in resolution.short_names] == ["Nghị định số 69"]
    assert text[resolution.short_names[0].start : resolution.short_names[0].end] == "Nghị định số 69"
    assert found[-1].value.id == "/akn/vn/act/nd/cp/2019/69!dieu_3"


def test_a_short_name_decides_between_two() -> None:
    text = "Luật Đất đai năm 2013; Luật Đất đai số 31/2024/QH15 (sau đây gọi tắt là Luật Đất đai); theo Luật Đất đai."
    assert values(text)[-1].id == "/akn/vn/act/luat/qh/2024/31"


def test_what_is_no_document_is_no_short_name() -> None:
    assert resolved("Nghị định số 5/2020/NĐ-CP (sau đây gọi là tỉnh)")[1].short_names == []


def test_a_law_by_name_and_date_has_its_number_as_alias() -> None:
    _, resolution = resolved("Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;")
    assert resolution.aliases == {
        "/akn/vn/act/luat/qh/2015-06-19/to-chuc-chinh-quyen-dia-phuong": "/akn/vn/act/luat/qh/2015/77"
    }


def test_an_alias_is_the_same_document() -> None:
    found = values("Luật Giá ngày 19/6/2023; Luật Giá số 16/2023/QH15 ngày 19/6/2023; theo Luật Giá")
    assert found[2].id == "/akn/vn/act/luat/qh/2023/16"


# -- relations ------------------------------------------------------------------------------------------


def relations(text: str) -> list[tuple[str, int | None, int]]:
    found = FINDER.find(text, fold(text), 0, len(text))
    return [(r.kind, r.source, r.target) for r in RELATIONS.find(fold(text), found)]


# The text, and its relations: kind, who does it (None: this document), to which citation.
RELATED: list[tuple[str, list[tuple[str, int | None, int]]]] = [
    ("Nghị quyết này thay thế Nghị quyết số 5/2019/NQ-HĐND.", [("replaces", None, 0)]),
    (
        "thay thế cho Nghị quyết số 1/2015/NQ-HĐND và Nghị quyết số 2/2018/NQ-HĐND",
        [("replaces", None, 0), ("replaces", None, 1)],
    ),
    ("Bãi bỏ khoản 2 Điều 4 Nghị quyết số 1/2015/NQ-HĐND", [("repeals", None, 0)]),
    ("Nghị quyết số 1/2015/NQ-HĐND hết hiệu lực kể từ ngày", [("repeals", None, 0)]),
    (
        "Nghị quyết số 1/2015/NQ-HĐND ban hành Quy chế làm việc của Hội hết\nhiệu lực kể từ ngày",
        [("repeals", None, 0)],
    ),
    (
        "Nghị quyết số 1/2015/NQ-HĐND và Nghị quyết số 2/2016/NQ-HĐND về phí hết hiệu lực",
        [("repeals", None, 0), ("repeals", None, 1)],
    ),
    (
        "Căn cứ Luật Phí;\nĐiều 1. Nghị quyết số 1/2015/NQ-HĐND về phí được sửa đổi, bổ sung bởi Nghị quyết số "
        "2/2016/NQ-HĐND và Nghị quyết số 3/2017/NQ-HĐND hết hiệu lực",
        [("based_on", None, 0), ("amends", 2, 1), ("repeals", None, 1)],
    ),
    (
        "Các Nghị quyết sau đây hết hiệu lực: số 1/2015/NQ-HĐND về phí; số 2/2016/NQ-HĐND về lệ phí.",
        [("repeals", None, 0), ("repeals", None, 1)],
    ),
    (
        "Bãi bỏ Nghị quyết số 25/2023/NQ-HĐND về việc kéo dài thời gian thực hiện Nghị quyết số 18/2022/NQ-HĐND",
        [("repeals", None, 0), ("extends", 0, 1)],
    ),
    (
        "bãi bỏ các Nghị quyết sau:\n"
        "a) Nghị quyết số 1/2015/NQ-HĐND về phí;\nb) Nghị quyết số 2/2016/NQ-HĐND về lệ phí.",
        [("repeals", None, 0), ("repeals", None, 1)],
    ),
    (
        "VỀ VIỆC SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA NGHỊ QUYẾT SỐ 14/2020/NQ-HĐND NGÀY 09/12/2020",
        [("amends", None, 0)],
    ),
    (
        "Nghị định số 24/2006/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 57/2002/NĐ-CP",
        [("amends", 0, 1)],
    ),
    (
        "Căn cứ Luật Đầu tư công số 58/2024/QH15 đã được sửa đổi, bổ sung một số điều theo Luật số 90/2025/QH15;",
        [("based_on", None, 0), ("amends", 1, 0)],
    ),
    (
        "Nghị định số 78/2025/NĐ-CP quy định chi tiết Luật Giá (được sửa đổi, bổ sung tại Nghị định số 187/2025/NĐ-CP)",
        [("implements", 0, 1), ("amends", 2, 0)],
    ),
    (
        "Căn cứ Luật Giá ngày 19/6/2023; Luật sửa đổi, bổ sung một số điều của Luật Giá ngày 1/1/2025;\n"
        "Xét Tờ trình số 5/TTr-CP",
        [("based_on", None, 0), ("based_on", None, 1), ("considers", None, 2)],
    ),
    (
        "Theo đề nghị của Bộ Công Thương tại các Tờ trình số 4/TTr-BCT, số 5/TTr-BCT và số 6/BC-BCT",
        [("considers", None, 0), ("considers", None, 1), ("considers", None, 2)],
    ),
    ("Tiếp tục triển khai Nghị quyết số 20-NQ/TW", [("implements", None, 0)]),
    ("theo quy định tại Nghị định số 5/2020/NĐ-CP", []),
]


@pytest.mark.parametrize(("text", "expected"), RELATED, ids=[row[0][:60] for row in RELATED])
def test_relation(text: str, expected: list[tuple[str, int | None, int]]) -> None:
    assert relations(text) == expected


def test_a_relation_shows_its_evidence() -> None:
    text = "Nghị quyết này thay thế Nghị quyết số 5/2019/NQ-HĐND."
    (relation,) = RELATIONS.find(fold(text), FINDER.find(text, fold(text), 0, len(text)))
    assert relation == Relation("replaces", None, 0, 15, len(text) - 1, "relation.replaces")
    assert text[relation.start : relation.end] == "thay thế Nghị quyết số 5/2019/NQ-HĐND"


def test_other_mentions_keep_their_indexes() -> None:
    text = "ngày 1/1/2020 thay thế Nghị quyết số 5/2019/NQ-HĐND"
    mentions = [Mention("DATE", 0, 13, "2020-01-01", "x"), *FINDER.find(text, fold(text), 0, len(text))]
    assert [r.target for r in RELATIONS.find(fold(text), mentions)] == [1]


# -- references inside the document ---------------------------------------------------------------------


def section(kind: str, number: str, id_: str, span: tuple[int, int], *children: Section) -> Section:
    return Section.model_validate(
        {
            "id": id_, "kind": kind, "label": number, "number": number, "ordinal": None,
            "start": span[0], "end": span[1], "children": list(children),
        }
    )  # fmt: skip


# Điều 1 with khoản 1 and 2 (with điểm đ), Điều 2; the text stands where `at` says.
BODY = [
    section(
        "article", "1", "1", (0, 100),
        section("arabic", "1", "1/1", (10, 40)),
        section("arabic", "2", "1/2", (40, 100), section("letter", "đ", "1/2/đ", (60, 90))),
    ),
    section("article", "2", "2", (100, 200)),
]  # fmt: skip

# The text, where it stands, and its places with the section that is meant or the reason why none is.
REFERENCES: list[tuple[str, int, list[tuple[str, str | None]]]] = [
    ("theo Điều 2 Nghị quyết này", 50, [("2//", "2")]),
    ("khoản 1, khoản 2 Điều này", 50, [("1/1/", "1/1"), ("1/2/", "1/2")]),
    ("điểm đ khoản này", 70, [("1/2/đ", "1/2/đ")]),
    ("Điều này", 150, [("2//", "2")]),
    ("khoản 2 Điều 1 và Điều 2 của Nghị quyết này", 0, [("1/2/", "1/2"), ("2//", "2")]),
    ("khoản 3 Điều 1 Nghị quyết này", 0, [("1/3/", "no such section")]),
    ("khoản này", 150, [("//", "not inside such a part")]),
    ("Điều 1 Quy chế này", 0, [("1//", "an attached act may be meant")]),
    ("Điều 1 đến Điều 2 Nghị quyết này", 0, [("1-2//", "a range of places")]),
    ("- Như Điều 2;", 0, [("2//", "2")]),
    ("- Như Điều 5;", 0, [("5//", "no such section")]),
    ("Nghị quyết này; Điều 5 Luật Giá; như trên", 0, []),
]


def place(pinpoint: Pinpoint) -> str:
    return "/".join(label or "" for label in (pinpoint.article, pinpoint.clause, pinpoint.point))


@pytest.mark.parametrize(("text", "at", "expected"), REFERENCES, ids=[row[0] for row in REFERENCES])
def test_reference(text: str, at: int, expected: list[tuple[str, str | None]]) -> None:
    found = INTERNAL.find(text, fold(text), BODY, lambda offset: at, [])
    assert [(place(r.pinpoint), r.target_section_id or r.reason) for r in found] == expected
    assert all((r.target_section_id is None) != (r.reason is None) for r in found)


def test_a_quotation_speaks_of_another_document() -> None:
    text = "“1. Theo khoản 1 Điều này”"
    (found,) = INTERNAL.find(text, fold(text), BODY, lambda offset: 50, [(0, len(text))])
    assert (found.target_section_id, found.reason) == (None, "in a quotation")
    assert text[found.start : found.end] == "khoản 1 Điều này"


def test_a_number_given_twice_is_in_doubt() -> None:
    body = [*BODY, section("article", "2", "2 (2)", (200, 300))]
    text = "Điều 2 Nghị quyết này"
    (found,) = INTERNAL.find(text, fold(text), body, lambda offset: 0, [])
    assert found.reason == "several sections could be meant"
