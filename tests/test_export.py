from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tiny import TEXT, document

import nqparse
from nqparse.document import Diagnostic, Document
from nqparse.explain import explain
from nqparse.export.html import render_fragment, render_page
from nqparse.export.marks import label_span, marks, segments
from nqparse.export.tree import render
from nqparse.talk import rendered

CORPUS = Path(__file__).parent.parent / "corpus"
SPECIMENS = sorted(CORPUS.glob("*/source.txt"))
NASTY = "</script><script>alert(1)</script> \"x\" onmouseover='y' <img src=x onerror=z> & &amp; \x00\x1b\ud800"


def text_of(document: Document) -> str:
    """Returns a document's text with its line breaks as a browser has them."""
    return document.text.replace("\r\n", "\n")


class Page(HTMLParser):
    """What a browser would make of a page: the rows of the text, the links, the tags."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[str] = []
        self.links: list[dict[str, str]] = []
        self.ids: set[str] = set()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._depth = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.tags.append((tag, known))
        if "id" in known:
            self.ids.add(known["id"])
        if tag == "a" and "data-r" in known:
            self.links.append(known)
        if tag == "div" and "data-n" in known:
            self.rows.append("")
            self._depth = 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self._depth = 0

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.rows[-1] += data


# -- marks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.parent.name)
def test_segments_give_the_text_again_and_know_their_marks(path: Path) -> None:
    found = nqparse.parse_file(path)
    spans = marks(found)
    lines = list(segments(found, spans))
    assert "\n".join("".join(found.text[s.start : s.end] for s in line) for line in lines) == found.text
    for line in lines:
        for segment in line:
            assert segment.zone == next(z.kind for z in found.zones if z.start <= segment.start < z.end)
            covering = [m for m in spans if m.start <= segment.start and segment.end <= m.end]
            touching = [m for m in spans if m.start < segment.end and segment.start < m.end]
            assert len(covering) == len(touching) == len(segment.marks)


def test_nested_spans_are_cut_at_their_borders() -> None:
    found = document()
    cut = [
        (TEXT[segment.start : segment.end], [mark.kind for mark in segment.marks if mark.kind.startswith("e-")])
        for line in segments(found, marks(found))
        for segment in line
        if any(mark.kind == "e-DOCREF" for mark in segment.marks)
    ]
    assert cut == [
        ("khoản 2 Điều 7 Nghị quyết số 09-NQ/TU ", ["e-DOCREF"]),
        ("ngày 02/01/2024", ["e-DOCREF", "e-DATE"]),
    ]


def test_label_spans_stop_before_the_heading() -> None:
    found = nqparse.parse("NGHỊ QUYẾT\n**Điều  1\\.** Nhiệm vụ\n1. Một;\n2. Hai.\n")
    section = found.body[0]
    start, end = label_span(section, found.text)
    assert found.text[start:end].startswith("Điều")
    assert section.heading is None or end <= section.heading.start


# -- the page -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.parent.name)
def test_page_shows_the_whole_text_and_every_link_has_its_target(path: Path) -> None:
    found = nqparse.parse_file(path)
    page = Page(render_page(found))
    assert "\n".join(page.rows) == text_of(found)
    assert {link["href"].removeprefix("#") for link in page.links} <= page.ids
    sections = [link["data-r"] for link in page.links if link.get("class") == "sec"]
    assert sections == [f"{section.start}-{section.end}" for section in found.iter_sections(appendices=True)]


def test_page_loads_nothing_and_allows_nothing_but_its_own_script() -> None:
    text = render_page(document())
    page = Page(text)
    for tag, attributes in page.tags:
        assert not {"src", "srcset", "style", "action"} & set(attributes), tag
        assert not any(name.startswith("on") for name in attributes), tag
        assert tag not in ("link", "iframe", "img", "object")
        assert attributes.get("href", "#").startswith("#")
    assert "url(" not in text
    assert "@import" not in text
    policy = next(known["content"] for tag, known in page.tags if known.get("http-equiv"))
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'", policy)


def test_page_escapes_what_a_document_says() -> None:
    found = nqparse.parse(f"NGHỊ QUYẾT\nVề {NASTY}\nĐiều 1. {NASTY}\n1. {NASTY}\n2. {NASTY}\n", name=NASTY)
    for shown in (render_page(found), render_fragment(found)):
        page = Page(shown)
        assert [tag for tag, _ in page.tags].count("script") == (1 if "<body>" in shown else 0)
        assert not [tag for tag, _ in page.tags if tag == "img"]
        assert not any(name.startswith("on") for _, known in page.tags for name in known)
        shown.encode("utf-8")  # a lone surrogate would not get through
    assert "␀" in shown


def test_page_shows_entities_findings_and_facts() -> None:
    found = document()
    found.diagnostics.append(
        Diagnostic(code="W-TEST", severity="W", message="Thử <nghiệm>", message_en="A <test>", start=0, end=5)
    )
    english, vietnamese = render_page(found), render_page(found, "vi")
    assert 'data-kind="e-DOCREF"' in english
    assert "symbol: 09-NQ/TU" in english
    assert 'class="part e e-DATE u u-DOCREF"' in english
    assert "A &lt;test&gt;" in english
    assert "present 12" in english
    assert "Thử &lt;nghiệm&gt;" in vietnamese
    assert "Trích yếu" in vietnamese


def test_page_of_nothing() -> None:
    page = Page(render_page(nqparse.parse("")))
    assert page.rows == [""]


def test_three_thousand_sections_are_all_on_the_page() -> None:
    body = "".join(f"Điều {n}. Việc thứ {n}\n1. Giao Sở {n};\n2. Giao Ủy ban {n}.\n" for n in range(1, 1001))
    found = nqparse.parse(f"NGHỊ QUYẾT\nVề việc thử\n{body}")
    assert sum(1 for _ in found.iter_sections()) == 3000
    page = render_page(found)
    assert "Việc thứ 1000" in page
    assert render_fragment(found)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_the_script_runs_under_the_policy_and_marks_the_section_of_the_link(tmp_path: Path) -> None:
    found = nqparse.parse_file(CORPUS / "assoc-mirror" / "source.txt")
    section = found.find("III/2/a")
    assert section is not None
    path = tmp_path / "page.html"
    path.write_text(render_page(found), "utf-8")
    command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    result = subprocess.run(
        [*command, "--dump-dom", f"{path.as_uri()}#o{section.start}"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    page = Page(result.stdout)
    marked = [int(known["data-o"]) for _, known in page.tags if "hit" in known.get("class", "").split()]
    assert marked
    assert marked[0] == section.start
    assert all(section.start <= at < section.end for at in marked)
    assert [link["data-r"] for link in page.links if "aria-current" in link] == [f"{section.start}-{section.end}"]


# -- fragment and outline -----------------------------------------------------------------------------


def test_fragment_is_small_and_needs_no_script() -> None:
    found = document()
    shown = render_fragment(found)
    assert "<script" not in shown
    assert "05/NQ-BCH" in shown
    assert shown == found._repr_html_()
    body = "".join(f"Điều {n}. Giao Sở Tài chính làm việc thứ {n} trong năm nay.\n" for n in range(1, 3001))
    many = render_fragment(nqparse.parse(f"NGHỊ QUYẾT\nVề việc thử\n{body}"))
    assert len(many) < 60_000
    assert "2700 more" in many


def test_outline_shows_every_part() -> None:
    shown = rendered(render(document()), color=False, width=120)
    for words in (
        "05/NQ-BCH", "2024-03-05", "Về chương trình công tác", "Căn cứ Điều lệ Hội;", "QUYẾT NGHỊ:",
        "Điều 1.  Nhiệm vụ", "- mời 1/2/-2", "Tỉnh ủy;", "TM. BAN CHẤP HÀNH · CHỦ TỊCH · Lê Văn Ngàn",
        "PHỤ LỤC  Danh sách lớp học", "3 DATE", "Diagnostics: none",
    ):  # fmt: skip
        assert words in shown
    assert "\x1b" not in shown
    assert "Trích yếu" in rendered(render(document(), "vi"), color=False, width=120)
    assert "\x1b[" in rendered(render(document()), color=True, width=120)


def test_outline_does_not_pass_control_characters_to_the_terminal() -> None:
    text = f"NGHỊ QUYẾT\nVề \x1b[31m{NASTY}\nQUYẾT NGHỊ:\nĐiều 1. \x1b]0;x\x07 Giao Sở.\n"
    found = nqparse.parse(text, name="\x1b[2J")
    shown = rendered(render(found), color=False, width=120)
    assert "\x1b" not in shown
    assert "\x07" not in shown
    shown = rendered(explain(found.text).render(), color=False, width=120)
    assert "\x1b" not in shown


def test_outline_says_what_is_not_written() -> None:
    shown = rendered(render(nqparse.parse("Điều 1. Thông qua [bold]thử[/bold].")), color=False, width=120)
    assert shown.count("not written") == 9
    assert "[bold]thử[/bold]" in shown  # words of the document are no markup
