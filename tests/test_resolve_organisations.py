"""Resolving organisations: full names, identifiers, and the abbreviations that a document explains."""

from __future__ import annotations

import pytest

from nqparse import ruleset
from nqparse.entities.names import NameFinder
from nqparse.fold import fold
from nqparse.resolve.abbreviations import Abbreviation
from nqparse.resolve.identifiers import Origin
from nqparse.resolve.organisations import OrganisationResolver, slug

RULES = ruleset.load()
FINDER = NameFinder(RULES)
RESOLVER = OrganisationResolver(RULES)


def resolve(text: str, *issuers: str) -> tuple[list[tuple[str, str | None]], list[Abbreviation]]:
    mentions = FINDER.find(text, fold(text), 0, len(text))
    abbreviations = RESOLVER.resolve(text, mentions, Origin(issuers=issuers))
    names = [(text[mention.start : mention.end], mention.value.name) for mention in mentions if mention.type == "ORG"]
    return names, abbreviations


def full_names(text: str, *issuers: str) -> list[str | None]:
    return [name for _, name in resolve(text, *issuers)[0]]


PROVINCE = "HỘI ĐỒNG NHÂN DÂN TỈNH HÀ GIANG"
COMMUNE = "ĐẢNG ỦY XÃ TÂN LĨNH"


@pytest.mark.parametrize(
    ("text", "issuer", "expected"),
    [
        pytest.param("giao UBND tỉnh;", PROVINCE, ["Ủy ban nhân dân tỉnh Hà Giang"], id="the issuer's place"),
        pytest.param(
            "gửi Sở KH&CN;", PROVINCE, ["Sở Khoa học và Công nghệ tỉnh Hà Giang"], id="a department has a province"
        ),
        pytest.param("Uỷ ban nhân dân tỉnh", PROVINCE, ["Ủy ban nhân dân tỉnh Hà Giang"], id="spelling"),
        pytest.param("CHÍNH PHỦ", PROVINCE, ["Chính phủ"], id="capitals"),
        pytest.param(
            "Ban Tuyên giáo Tỉnh ủy;", PROVINCE, ["Ban Tuyên giáo Tỉnh ủy Hà Giang"], id="a level in the name"
        ),
        pytest.param("Thường trực Tỉnhủy;", PROVINCE, ["Thường trực Tỉnh ủy Hà Giang"], id="a lost space"),
        pytest.param("UBND xã họp", PROVINCE, [None], id="a commune that is not named"),
        pytest.param(
            "UBND xã Tân An họp; UBND xã", PROVINCE, ["Ủy ban nhân dân xã Tân An"] * 2, id="the only one named"
        ),
        pytest.param(
            "UBND xã Tân An, UBND xã Tân Lập; UBND xã",
            PROVINCE,
            ["Ủy ban nhân dân xã Tân An", "Ủy ban nhân dân xã Tân Lập", None],
            id="two are named",
        ),
        pytest.param(
            "UBND tỉnh Lào Cai, UBND tỉnh",
            PROVINCE,
            ["Ủy ban nhân dân tỉnh Lào Cai", "Ủy ban nhân dân tỉnh Hà Giang"],
            id="the issuer comes first",
        ),
        pytest.param(
            "Tỉnh ủy, HĐND, UBND tỉnh",
            PROVINCE,
            ["Tỉnh ủy Hà Giang", "Hội đồng nhân dân tỉnh Hà Giang", "Ủy ban nhân dân tỉnh Hà Giang"],
            id="a level at the end of a list",
        ),
        pytest.param(
            "Các Ban: TG, DV, TC Tỉnh ủy (b/c)",
            PROVINCE,
            ["Ban Tuyên giáo Tỉnh ủy Hà Giang", "Ban Dân vận Tỉnh ủy Hà Giang", "Ban Tổ chức Tỉnh ủy Hà Giang"],
            id="shared head and superior",
        ),
        pytest.param("Các Bộ: Tài chính, Tư pháp", PROVINCE, ["Bộ Tài chính", "Bộ Tư pháp"], id="shared head"),
        pytest.param(
            "Sở Y tế, Văn phòng Tỉnh ủy",
            PROVINCE,
            ["Sở Y tế tỉnh Hà Giang", "Văn phòng Tỉnh ủy Hà Giang"],
            id="no superior for a department",
        ),
        pytest.param(
            "Cục KTVB và QLXLVPHC - Bộ Tư pháp",
            PROVINCE,
            ["Cục Kiểm tra văn bản và Quản lý xử lý vi phạm hành chính - Bộ Tư pháp"],
            id="abbreviations in a name",
        ),
        pytest.param(
            "VP Đoàn ĐBQH và HĐND tỉnh",
            PROVINCE,
            ["Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Hà Giang"],
            id="a joint office",
        ),
        pytest.param(
            "Thường trực Hội đồng nhân dân giám sát",
            PROVINCE,
            ["Thường trực Hội đồng nhân dân tỉnh Hà Giang"],
            id="a part of the issuer",
        ),
        pytest.param("Tòa án nhân dân cấp huyện", PROVINCE, [None], id="a class"),
        pytest.param(
            "Đảng ủy, Ban Chấp hành Đảng bộ xã",
            COMMUNE,
            ["Đảng ủy xã Tân Lĩnh", "Ban Chấp hành Đảng bộ xã Tân Lĩnh"],
            id="the Party in a commune",
        ),
        pytest.param("Quỹ USAID tài trợ", PROVINCE, [None], id="an abbreviation that nobody explains"),
        pytest.param("Hội đồng quản trị họp tại Công ty", "", [None], id="no issuer"),
    ],
)
def test_full_name(text: str, issuer: str, expected: list[str | None]) -> None:
    assert full_names(text, *([issuer] if issuer else [])) == expected


def test_the_body_above_belongs_to_the_name_of_the_issuer() -> None:
    text = "CÔNG TY CỔ PHẦN AN LĨNH\nHỘI ĐỒNG QUẢN TRỊ\nCăn cứ Điều lệ Công ty Cổ phần An Lĩnh; Hội đồng quản trị"
    assert full_names(text, "CÔNG TY CỔ PHẦN AN LĨNH", "HỘI ĐỒNG QUẢN TRỊ") == [
        "Công ty Cổ phần An Lĩnh",
        "Hội đồng quản trị Công ty Cổ phần An Lĩnh",
        "Công ty Cổ phần An Lĩnh",
        "Hội đồng quản trị Công ty Cổ phần An Lĩnh",
    ]


def test_short_names_of_one_body_share_its_name() -> None:
    text = (
        "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hà Giang; Liên hiệp các Hội Khoa học Kỹ thuật tỉnh; "
        "Liên hiệp các Hội KH&KT tỉnh; Website của Liên hiệp hội; Ủy viên BCH LHH; theo dõi LHH; "
        "Liên hiệp các Hội KH&KT Việt Nam"
    )
    name = "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hà Giang"
    assert full_names(text) == [
        *[name] * 4,
        f"Ban Chấp hành {name}",
        name,
        "Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam",
    ]


def test_identifier_is_the_same_for_every_spelling() -> None:
    text = "Uỷ ban nhân dân tỉnh, UBND tỉnh, ỦY BAN NHÂN DÂN TỈNH HÀ GIANG"
    mentions = FINDER.find(text, fold(text), 0, len(text))
    RESOLVER.resolve(text, mentions, Origin(issuers=(PROVINCE,)))
    assert {mention.value.id for mention in mentions} == {"uy-ban-nhan-dan-tinh-ha-giang"}
    assert slug("Đảng bộ xã Ea H'leo - Cơ sở 1") == "dang-bo-xa-ea-h-leo-co-so-1"


def test_explicit_abbreviations() -> None:
    text = "Liên hiệp các Hội Hữu nghị tỉnh Sơn Vĩnh (sau đây gọi tắt là Liên hiệp Hữu nghị); tư vấn, phản biện (TVPB)"
    _, abbreviations = resolve(text)
    assert [(a.short, a.long, a.explicit) for a in abbreviations] == [
        ("Liên hiệp Hữu nghị", "Liên hiệp các Hội Hữu nghị tỉnh Sơn Vĩnh", True),
        ("TVPB", "tư vấn, phản biện", True),
    ]
    assert [text[a.start : a.end] for a in abbreviations] == [
        "Liên hiệp các Hội Hữu nghị tỉnh Sơn Vĩnh (sau đây gọi tắt là Liên hiệp Hữu nghị)",
        "tư vấn, phản biện (TVPB)",
    ]


def test_implicit_abbreviation_names_its_evidence() -> None:
    text = "cơ quan của Liên hiệp hội; Ủy viên BCH LHH"
    _, abbreviations = resolve(text)
    assert [(a.short, text[a.start : a.end], a.explicit) for a in abbreviations] == [("LHH", "Liên hiệp hội", False)]


@pytest.mark.parametrize("text", ["(b/c); (Đã ký); (2020)", "khoa học công nghệ (AB)", "Sở Tài chính (CBTT)", ""])
def test_brackets_that_explain_nothing(text: str) -> None:
    assert resolve(text)[1] == []
