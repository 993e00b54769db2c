"""Resolving places: codes, provinces, and the two times of the administrative map."""

from __future__ import annotations

import pytest

from nqparse import ruleset
from nqparse.entities.names import NameFinder
from nqparse.fold import fold
from nqparse.gazetteer import gazetteer, spelling
from nqparse.resolve.identifiers import Origin
from nqparse.resolve.places import PlaceResolver

RULES = ruleset.load()
FINDER = NameFinder(RULES)
RESOLVER = PlaceResolver(RULES)

Resolved = tuple[str, str | None, str | None]


def resolve(text: str, date: str | None, *issuers: str) -> list[Resolved]:
    mentions = FINDER.find(text, fold(text), 0, len(text))
    RESOLVER.resolve(text, mentions, Origin(issuers=issuers), date)
    return [
        (text[mention.start : mention.end], mention.value.id, mention.value.province)
        for mention in mentions
        if mention.type == "PLACE"
    ]


@pytest.mark.parametrize(
    ("text", "date", "issuers", "expected"),
    [
        pytest.param(
            "tỉnh Lào Cai", "2021-05-04", (), [("tỉnh Lào Cai", "10", None)], id="a province before the reform"
        ),
        pytest.param(
            "tỉnh Lào Cai", "2025-12-05", (), [("tỉnh Lào Cai", "15", None)], id="the same name since the reform"
        ),
        pytest.param("tỉnh Lào Cai", None, (), [("tỉnh Lào Cai", None, None)], id="no day, two codes"),
        pytest.param("tỉnh Lào Cai", "2025", (), [("tỉnh Lào Cai", None, None)], id="the year of the reform"),
        pytest.param("tỉnh Hà Giang", "2026-01", (), [("tỉnh Hà Giang", "02", None)], id="a province that is no more"),
        pytest.param("huyện Mèo Vạc", "2021-05-04", (), [("huyện Mèo Vạc", "027", "Hà Giang")], id="the only district"),
        pytest.param(
            "xã Tân Lập", "2021-05-04", ("HỘI ĐỒNG NHÂN DÂN TỈNH HÀ GIANG",), [("xã Tân Lập", "01159", "Hà Giang")],
            id="the document's own province",
        ),
        pytest.param("xã Tân Lập, xã Tân An", "2021-05-04", (), [("xã Tân Lập", None, None), ("xã Tân An", None, None)],
                     id="many of that name"),
        pytest.param(
            "xã Tân Lập, huyện Bắc Quang, tỉnh Hà Giang", "2021-05-04", (),
            [("xã Tân Lập", "01159", "Hà Giang"), ("huyện Bắc Quang", "034", "Hà Giang"),
             ("tỉnh Hà Giang", "02", None)],
            id="what follows holds it",
        ),
        pytest.param(
            "xã Tân Lập và xã Tân Quang huyện Bắc Quang", "2021-05-04", ("TỈNH ỦY LÀO CAI",),
            [("xã Tân Lập", "01159", "Hà Giang"), ("xã Tân Quang", "01171", "Hà Giang"),
             ("huyện Bắc Quang", "034", "Hà Giang")],
            id="a list before its district",
        ),
        pytest.param("Phường Sa Pa", "2026-02-01", (), [("Phường Sa Pa", "03006", "Lào Cai")], id="a ward since 2025"),
        pytest.param(
            "xã Yên Lạc, tỉnh Hà Giang", "2021-05-04", (), [("xã Yên Lạc", None, None), ("tỉnh Hà Giang", "02", None)],
            id="not where the text says",
        ),
        pytest.param("thành phố Huế", "2026-02-01", (), [("thành phố Huế", "46", None)], id="a city since 2025"),
        pytest.param(
            "thành phố Huế", "2019-02-01", (), [("thành phố Huế", "474", "Thừa Thiên Huế")], id="and what it was before"
        ),
        pytest.param("thành phố Huế", None, (), [("thành phố Huế", None, None)], id="and no day"),
        pytest.param("xã Tân Lấp", "2021-05-04", (), [("xã Tân Lấp", None, None)], id="a damaged name"),
        pytest.param("huyện Đông Anh", "2026-03-01", (), [("huyện Đông Anh", "017", "Hà Nội")], id="a former district"),
    ],
)  # fmt: skip
def test_places(text: str, date: str | None, issuers: tuple[str, ...], expected: list[Resolved]) -> None:
    assert resolve(text, date, *issuers) == expected


def test_what_a_former_commune_became() -> None:
    text = "xã Tả Van"
    (place,) = FINDER.find(text, fold(text), 0, len(text))
    RESOLVER.resolve(text, [place], Origin(), "2020-01-02")
    (heir,) = (unit for unit in gazetteer().named("Tả Van") if unit.era == "since")
    assert place.value.became == [heir.code]


@pytest.mark.parametrize(
    ("text", "date", "issuer", "suggestion"),
    [
        pytest.param("huyện Mèo Vac", "2022-05-04", "TỈNH ỦY HÀ GIANG", "huyện Mèo Vạc", id="a lost mark"),
        pytest.param("huyện Mèo Vẹc", "2022-05-04", "TỈNH ỦY HÀ GIANG", "huyện Mèo Vạc", id="another letter"),
        pytest.param("huyện Mèo Vẹc", "2022-05-04", "TỈNH ỦY LẠNG SƠN", None, id="of another province"),
        pytest.param("huyện Mèo Vẹc", "2019-05-04", "TỈNH ỦY HÀ GIANG", None, id="too old to know all units"),
        pytest.param("huyện Mèo Vẹc", None, "TỈNH ỦY HÀ GIANG", None, id="no day"),
        pytest.param("huyện Mèo Vạc", "2022-05-04", "TỈNH ỦY HÀ GIANG", None, id="nothing to suggest"),
        pytest.param("huyện Lâm Khê", "2022-05-04", "TỈNH ỦY HÀ GIANG", None, id="nothing near"),
    ],
)
def test_suggestion(text: str, date: str | None, issuer: str, suggestion: str | None) -> None:
    (place,) = FINDER.find(text, fold(text), 0, len(text))
    RESOLVER.resolve(text, [place], Origin(issuers=(issuer,)), date)
    assert place.value.suggestion == suggestion
    assert place.value.name == text.removeprefix("huyện ")  # as written


def test_every_unit_is_found_by_its_name_and_lies_in_a_province() -> None:
    tables = (RULES.tables["place.codes-until-2025"], RULES.tables["place.codes-since-2025"])
    known = {code for table in tables for code in table.rows.values()}
    lines = gazetteer()._lines
    assert lines == sorted(lines, key=lambda line: line.split("\t"))
    for line in lines[::97]:
        _, level, name, code, district, province, *_ = line.split("\t")
        assert any(unit.code == code and unit.level == level for unit in gazetteer().named(name))
        assert len(code) == (5 if level in ("xã", "phường", "thị trấn", "đặc khu") else 3)
        assert len(district) in (0, 3)
        assert province in known


def test_the_map_is_whole() -> None:
    units = [line.split("\t") for line in gazetteer()._lines]
    assert len({unit[3] for unit in units if unit[6] == "since"}) == 3321
    assert len({unit[3] for unit in units if unit[6] == "before" and len(unit[3]) == 5}) > 10_000
    assert len({unit[3] for unit in units if len(unit[3]) == 3}) >= 696


def test_spelling_is_that_of_letters_and_tones() -> None:
    assert spelling("HOÀ BÌNH") == spelling("Hòa  Bình")
    assert spelling("Ea H’leo") == spelling("Ea H'Leo")
    assert spelling("Hoa Bình") != spelling("Hòa Bình")
