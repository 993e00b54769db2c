"""The report: one page that is whole, loads nothing, and says what is in the archive."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from shapes import SPECIMENS
from test_cli import run

import nqparse
from nqparse.archive.report import render
from nqparse.archive.report_figures import figures_of
from nqparse.pipeline import parse

_ALONE = frozenset(("meta", "br", "link"))


class _Page(HTMLParser):
    """Collects elements, and checks that they are closed as they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ALONE:
            self.open.append(tag)
        self.attributes += attrs
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> _Page:
    found = _Page()
    found.feed(page)
    found.close()
    assert found.open == []
    return found


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> nqparse.Archive:
    opened = nqparse.Archive(tmp_path_factory.mktemp("report"), mode="a")
    for specimen in SPECIMENS:
        opened.put(nqparse.parse_file(specimen / "source.txt"), specimen / "source.txt")
    return opened


def test_the_page_is_whole_and_loads_nothing(archive: nqparse.Archive) -> None:
    page = render(archive.connection)
    found = read(page)
    assert len(found.ids) == len(set(found.ids))
    for name, value in found.attributes:
        assert name not in ("src", "srcset", "data"), value
        assert not name.startswith("on")
        if name in ("href", "xlink:href"):
            assert (value or "").startswith("#")
            assert (value or "")[1:] in found.ids
    assert "<script" not in page
    assert "@import" not in page
    assert all(target in found.ids for target in re.findall(r"url\(#([^)]+)\)", page))
    assert not re.findall(r"#[01][0-9a-f]{5}\b", page.split("</style>")[1].replace("&#", ""))  # all marks were named
    for title in ("Văn bản theo năm", "Tỷ lệ có mặt", "Được viện dẫn nhiều nhất", "Điều cần xem lại", "Dòng thời gian"):
        assert title in found.text


def test_the_figures_are_those_of_the_tables(archive: nqparse.Archive) -> None:
    figures = figures_of(archive.connection)
    assert figures.documents == len(archive) == sum(figures.by_year.values()) + figures.undated
    assert sum(figures.severities.values()) == archive.query("SELECT count(*) FROM diagnostics").rows[0][0]
    assert figures.citations == archive.query("SELECT count(*) FROM citations").rows[0][0]
    counts = [row.count for row in figures.by_issuer]
    assert counts == sorted(counts, reverse=True)
    for row in figures.by_issuer:
        assert sum(figures.by_issuer_and_year[row.name].values()) <= row.count


def test_millions_are_in_groups_of_three(archive: nqparse.Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = replace(figures_of(archive.connection), citations=1_234_567)
    monkeypatch.setattr("nqparse.archive.report.figures_of", lambda connection: figures)
    assert "1\u2009234\u2009567" in read(render(archive.connection)).text


def test_the_same_archive_gives_the_same_page(archive: nqparse.Archive, tmp_path: Path) -> None:
    page = render(archive.connection)
    result = run("report", "-a", archive.path.parent, "-o", tmp_path / "report.html", "--lang", "en")
    assert (result.code, result.err) == (0, f"nqparse: the report is in {tmp_path / 'report.html'}\n")
    assert (tmp_path / "report.html").read_text("utf-8") == page
    assert "ngày 25/11" in render(archive.connection, made_on="25/11")


def test_an_empty_archive_and_odd_words(tmp_path: Path) -> None:
    with nqparse.Archive(tmp_path / "empty", mode="a") as opened:
        assert "Chưa có văn bản" in read(render(opened.connection)).text
        text = "<script>alert(1)</script> & $x^2$ \\frac\n\nNGHỊ QUYẾT\nVề $việc$ <b>vẽ</b>\n\nĐiều 1. Vẽ.\n"
        opened.put(parse(text), tmp_path / "odd.txt")
        assert "<script" not in render(opened.connection)
