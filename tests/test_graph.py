"""The citation graph: targets are found where they are certain, and only there."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from shapes import SPECIMENS
from test_cli import run

import nqparse
from nqparse.pipeline import parse

HEAD = """HỘI ĐỒNG NHÂN DÂN
TỈNH {place}
Số: {symbol}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{town}, ngày {day} tháng 7 năm {year}

NGHỊ QUYẾT
Về việc {title}

HỘI ĐỒNG NHÂN DÂN TỈNH {place}

{basis}

QUYẾT NGHỊ:

Điều 1. {body}

Điều 2. Nghị quyết này có hiệu lực từ ngày 01 tháng 8 năm {year}.
"""


def resolution(
    symbol: str, year: int = 2021, *, place: str = "PHÚ YÊN", basis: str = "Xét tờ trình;", body: str = "Giao Sở Y tế."
) -> str:
    return HEAD.format(
        symbol=symbol, year=year, place=place, town=place.title(), day="09", title="vẽ tranh", basis=basis, body=body
    )


@pytest.fixture
def archive(tmp_path: Path) -> nqparse.Archive:
    return nqparse.Archive(tmp_path / "graph", mode="a")


def put(archive: nqparse.Archive, name: str, text: str) -> str:
    document = parse(text)
    archive.put(document, archive.path.with_name(name))
    return document.source.sha256[:16]


OLD = "Nghị quyết số 12/2019/NQ-HĐND ngày 09 tháng 7 năm 2019 của Hội đồng nhân dân tỉnh Phú Yên"


def test_a_target_in_the_archive_is_found_by_its_uri(archive: nqparse.Archive) -> None:
    old = put(archive, "old.txt", resolution("12/2019/NQ-HĐND", 2019))
    new = put(archive, "new.txt", resolution("30/2021/NQ-HĐND", body=f"Sửa đổi khoản 1 Điều 1 {OLD}."))
    graph = archive.citation_graph()
    kinds = {(edge.source, edge.target, edge.kind, edge.resolved) for edge in graph.edges}
    assert (new, old, "cites", "uri") in kinds
    assert (new, old, "amends", "uri") in kinds
    with archive:
        for edge in graph.edges:
            text = archive[edge.stated_in].text[edge.start : edge.end]
            assert edge.kind != "cites" or " ".join(text.split()) == edge.text


def test_two_documents_that_could_be_meant_are_none(archive: nqparse.Archive) -> None:
    put(archive, "a.txt", resolution("12/2019/NQ-HĐND", 2019))
    put(archive, "b.txt", resolution("12/2019/NQ-HĐND", 2019, body="Giao Sở Y tế chép lại."))
    new = put(archive, "new.txt", resolution("30/2021/NQ-HĐND", basis=f"Căn cứ {OLD};"))
    [edge] = [edge for edge in archive.citation_graph().edges if edge.source == new and edge.kind == "cites"]
    assert edge.resolved == "ambiguous"
    assert not archive.citation_graph().nodes[edge.target].archived


def test_the_same_symbol_of_another_province_is_another_document(archive: nqparse.Archive) -> None:
    put(archive, "other.txt", resolution("12/2019/NQ-HĐND", 2019, place="LÂM ĐỒNG"))
    new = put(archive, "new.txt", resolution("30/2021/NQ-HĐND", basis=f"Căn cứ {OLD};"))
    found = [edge for edge in archive.citation_graph().edges if edge.source == new]
    assert found
    assert all(edge.resolved == "outside" for edge in found)


def test_graphml_and_csv_are_read_back(archive: nqparse.Archive, tmp_path: Path) -> None:
    for specimen in SPECIMENS:
        archive.put(nqparse.parse_file(specimen / "source.txt"), specimen / "source.txt")
    put(archive, "odd.txt", resolution("31/2021/NQ-HĐND", body="Theo Nghị quyết số 5/NQ-HĐND <&\"'> \x0b của Ủy ban."))
    graph = archive.citation_graph()
    for name, form in (("g.graphml", "graphml"), ("g.csv", "csv")):
        result = run("graph", "-a", archive.path.parent, "-f", form, "-o", tmp_path / name, "--lang", "en")
        assert (result.code, result.out) == (0, "")
    ElementTree.parse(tmp_path / "g.graphml")
    read = networkx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert set(read.nodes) == set(graph.nodes)
    assert read.number_of_edges() == len(graph.edges)
    for node, values in read.nodes(data=True):
        assert values["archived"] == graph.nodes[node].archived
        assert values.get("symbol") == graph.nodes[node].symbol
    rows = list(csv.DictReader(io.StringIO((tmp_path / "g.csv").read_text("utf-8"))))
    assert [(row["source"], row["target"], row["kind"]) for row in rows] == [
        (edge.source, edge.target, edge.kind) for edge in graph.edges
    ]
    assert sum(int(row["count"]) for row in rows if row["kind"] == "cites") <= archive.connection.execute(
        "SELECT count(*) FROM citations"
    ).fetchone()[0]


def test_an_empty_archive_has_an_empty_graph(archive: nqparse.Archive) -> None:
    graph = archive.citation_graph()
    assert (graph.nodes, graph.edges) == ({}, [])
    assert networkx.parse_graphml(graph.to_graphml()).number_of_nodes() == 0
