"""Records for archives: the circulars' fields, Dublin Core and EAD3."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

import pytest
from exporting import documents, hostile_documents
from hypothesis import given
from lxml import etree
from shapes import BOUNDED
from tiny import document as tiny_document

from nqparse.document import Document
from nqparse.errors import UsageError
from nqparse.export import archival, dublin_core, ead3
from nqparse.export.archival import SCHEMES, TT02_2019, TT05_2025, record_of
from nqparse.export.dublin_core import terms_of
from nqparse.export.ead3 import Collection
from nqparse.export.xml_writing import allowed

# -- the circulars ------------------------------------------------------------------------------------


def record(document: Document, scheme: str = "tt05-2025", **given: str) -> dict[str, str]:
    """Returns the fields that have a value."""
    return {name: value for name, value in record_of(document, SCHEMES[scheme], given)[0].items() if value}


def test_fields_of_the_new_circular() -> None:
    assert record(tiny_document()) == {
        "typeName": "01", "codeNumber": "05", "codeNotation": "NQ-BCH", "issuedDate": "05/03/2024",
        "organName": "BAN CHẤP HÀNH", "subject": "Về chương trình công tác", "language": "01",
        "keyword": "Hội Nhạc sĩ tỉnh Ngàn", "description": "Thông qua ngày 04/03/2024",
    }  # fmt: skip


def test_fields_of_the_old_circular() -> None:
    assert record(tiny_document(), "tt02-2019") == {
        "TypeName": "Nghị quyết", "CodeNumber": "05", "CodeNotation": "NQ-BCH", "IssuedDate": "05/03/2024",
        "OrganName": "BAN CHẤP HÀNH", "Subject": "Về chương trình công tác", "Language": "Tiếng Việt",
        "Keyword": "Hội Nhạc sĩ tỉnh Ngàn", "Description": "Thông qua ngày 04/03/2024",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "number", "notation"),
    [
        ("hdnd-province-chapters-2014", "112", "2014/NQ-HĐND"),
        ("qh-bare-numbers-2024", "171", "2024/QH15"),
        ("layout-pandoc-party-tu", "27", "NQ/TU"),
        ("assoc-mirror", "04", "NQ-BCH-LHHN"),
    ],
)
def test_number_and_notation(name: str, number: str, notation: str) -> None:
    found = record(documents()[name])
    assert (found["codeNumber"], found["codeNotation"]) == (number, notation)


def test_what_the_archive_gives_comes_first() -> None:
    found = record(tiny_document(), maintenance="01", mode="01", organName="Hội Văn nghệ")
    assert (found["maintenance"], found["mode"], found["organName"]) == ("01", "01", "Hội Văn nghệ")


def test_partial_dates_are_written_as_far_as_they_go() -> None:
    document = tiny_document()
    assert document.header.date is not None
    document.header.date.value = "2024-03"
    assert record(document)["issuedDate"] == "03/2024"


def test_what_is_too_long_or_missing_is_told() -> None:
    document = tiny_document()
    assert document.header.title is not None
    document.header.title.value = "x" * 501
    document.header.issuer = None
    document.header.doc_type = None
    values, problems = record_of(document, TT05_2025)
    assert values["subject"] == "x" * 500
    assert [(problem.field, problem.problem, problem.length) for problem in problems] == [
        ("typeName", "missing", None), ("organName", "missing", None), ("subject", "too_long", 501),
    ]  # fmt: skip
    assert problems[-1].value == "x" * 501


def test_types_without_a_sure_code_have_none() -> None:
    document = tiny_document()
    assert document.header.doc_type is not None
    document.header.doc_type.value = "quy chế"
    assert "typeName" not in record(document)
    assert record(document, "tt02-2019")["TypeName"] == "Quy chế"


def test_no_value_is_longer_than_its_field() -> None:
    for document in documents().values():
        for fields in (TT05_2025, TT02_2019):
            values, _ = record_of(document, fields)
            assert list(values) == [field.name for field in fields]
            assert all(field.limit is None or len(values[field.name]) <= field.limit for field in fields)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_files(tmp_path: Path) -> None:
    with archival.writing(tmp_path, {"maintenance": "01"}) as put:
        for document in documents().values():
            put(document)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["problems.csv", "tt02-2019.csv", "tt05-2025.csv"]
    new, old = rows(tmp_path / "tt05-2025.csv"), rows(tmp_path / "tt02-2019.csv")
    assert len(new) == len(old) == len(documents())
    assert {row["maintenance"] for row in new} == {"01"}
    assert list(new[0]) == [*(field.name for field in TT05_2025), "sourceName", "sourceSha256"]
    assert (tmp_path / "tt05-2025.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert {row["problem"] for row in rows(tmp_path / "problems.csv")} <= {"missing", "too_long"}


def test_fields_that_no_circular_has_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="maintenence"), archival.writing(tmp_path, {"maintenence": "01"}):
        pass
    assert list(tmp_path.iterdir()) == []


@BOUNDED
@given(hostile_documents)
def test_hostile_documents_have_records(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    folder = tmp_path_factory.mktemp("archival")
    with archival.writing(folder) as put:
        put(document)
    assert (folder / "tt05-2025.csv").read_text("utf-8-sig").count("sourceSha256") == 1


# -- Dublin Core --------------------------------------------------------------------------------------

DC = {"r": "urn:nqparse:records", "dc": "http://purl.org/dc/elements/1.1/", "t": "http://purl.org/dc/terms/"}


def records(target: Path, *found: Document) -> etree._Element:
    with dublin_core.writing(target) as put:
        for document in found:
            put(document)
    return etree.parse(target).getroot()


def test_terms_of_the_tiny_document() -> None:
    found = terms_of(tiny_document())
    assert ("dc:identifier", "05/NQ-BCH", None) in found
    assert ("dc:title", "Nghị quyết Về chương trình công tác", None) in found
    assert ("dc:creator", "BAN CHẤP HÀNH", None) in found
    assert ("dc:contributor", "Lê Văn Ngàn", None) in found
    assert ("dcterms:issued", "2024-03-05", "dcterms:W3CDTF") in found
    assert ("dcterms:dateAccepted", "2024-03-04", "dcterms:W3CDTF") in found
    assert ("dcterms:valid", "start=2024-03-05;", "dcterms:Period") in found
    assert ("dcterms:audience", "Tỉnh ủy;", None) in found
    assert len(found) == len(set(found))


def test_citations_become_references() -> None:
    found = {(tag, value) for tag, value, _ in terms_of(documents()["hdnd-tinh-budget-tables-appendices"])}
    assert ("dc:identifier", "/akn/vn/act/nq/hdnd-son-vinh/2020-12-09/58") in found
    assert any(value == "/akn/vn/act/qd/ttg/2020-11-28/1950" for _, value in found)


def test_records_hold_the_terms(tmp_path: Path) -> None:
    found = list(documents().values())
    root = records(tmp_path / "dc.xml", *found)
    elements = {f"{{{DC['dc']}}}": "dc:", f"{{{DC['t']}}}": "dcterms:"}
    for document, element in zip(found, root, strict=True):
        shown = [
            (re.sub(r"\{.*\}", lambda match: elements[match.group()], child.tag), child.text)
            for child in element
        ]
        assert shown == [(tag, allowed(value)) for tag, value, _ in terms_of(document)]


@BOUNDED
@given(hostile_documents)
def test_hostile_documents_are_sound_xml(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    folder = tmp_path_factory.mktemp("records")
    assert len(records(folder / "dc.xml", document, document)) == 2
    assert len(finding_aid(folder / "ead.xml", document).findall(".//{*}dsc/{*}c")) == 1


# -- EAD3 ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).parent / "ead3_subset.rng"))


def finding_aid(target: Path, *found: Document, collection: Collection | None = None) -> etree._Element:
    with ead3.writing(target, collection) as put:
        for document in found:
            put(document)
    root = etree.parse(target).getroot()
    schema().assertValid(root)
    return root


def test_finding_aid_of_all_documents(tmp_path: Path) -> None:
    root = finding_aid(tmp_path / "ead.xml", *documents().values())
    items = root.findall(".//{*}dsc/{*}c")
    assert len(items) == len(documents())
    item = items[list(documents()).index("hdnd-tinh-budget-tables-appendices")]
    assert item.findtext(".//{*}unitid") == "58/NQ-HĐND"
    assert [unitid.get("identifier") for unitid in item.iterfind(".//{*}unitid")] == [
        "/akn/vn/act/nq/hdnd-son-vinh/2020-12-09/58"
    ]
    assert [date.get("normal") for date in item.iterfind(".//{*}unitdate")] == ["2020-12-09", "2020-12-08"]
    assert item.findtext(".//{*}origination/{*}corpname/{*}part") == "HỘI ĐỒNG NHÂN DÂN TỈNH SƠN VĨNH"
    assert [name.findtext("{*}part") for name in item.iterfind(".//{*}persname[@relator='signer']")] == ["Vi Hồng Quân"]


def test_finding_aid_of_nothing(tmp_path: Path) -> None:
    root = finding_aid(tmp_path / "ead.xml", collection=Collection("Phông <1>", "p1", "Lưu trữ", "2026-01-31"))
    assert root.findtext(".//{*}archdesc/{*}did/{*}unittitle") == "Phông <1>"
    assert root.find(".//{*}eventdatetime").get("standarddatetime") == "2026-01-31"
    assert root.find(".//{*}dsc") is None


def test_appendices_are_components(tmp_path: Path) -> None:
    (item,) = finding_aid(tmp_path / "ead.xml", tiny_document()).findall(".//{*}dsc/{*}c")
    assert [found.findtext("{*}did/{*}unittitle") for found in item.findall("{*}c")] == ["PHỤ LỤC Danh sách lớp học"]
