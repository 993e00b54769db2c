"""One file with several documents: joined ones are taken apart where they were joined, and no document is torn."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from shapes import BODY, FOOT, HEAD, OPENING, REAL, ROOT, SPECIMENS, needs_real, parser, real_texts, text_of

from nqparse.document import Document
from nqparse.export.akn_identity import fingerprint
from nqparse.source import read
from nqparse.source.result import SourceFinding, SourceText
from nqparse.splitting import parse_parts, split

WHOLE = OPENING + BODY + FOOT
OTHER = WHOLE.replace("05/NQ-UBMT", "06/NQ-UBMT").replace("mở lớp vẽ", "mua giá vẽ")
BY_NAME = {folder.name: text_of(folder) for folder in SPECIMENS}
# Letterheads in one column, in two, in tables; with and without a type line; State, Party, unions, companies.
JOINED = [
    ("hdnd-tinh-letter-order", "cp-deputy-pm-relief-2022"),
    ("assoc-mirror", "hdnd-commune-budget-2019"),
    ("party-cell-monthly", "nqlt-three-bodies-2019"),
    ("council-university-decimals", "union-factory-votes"),
    ("layout-ocr-hdnd-huyen-2014", "layout-pandoc-party-tu"),
    ("layout-md-pipe-web-hdnd", "neg-qd-ubnd-huyen-chairman"),
    ("hdnd-province-attached-regulation-2025", "neg-cong-van-so-noi-vu"),
    ("hdnd-tinh-budget-tables-appendices", "company-agm-shares", "youth-province-board"),
    ("neg-thong-bao-ubnd-tinh", "assoc-mirror", "old-state-council-1985"),
]


def starts(text: str) -> list[int]:
    """Returns where the documents of a text begin, and checks that they are all of it."""
    parts = split(text)
    assert [part.index for part in parts] == list(range(1, len(parts) + 1))
    assert {part.count for part in parts} == {len(parts)}
    assert [part.start for part in parts] == [0, *(part.end for part in parts[:-1])]
    assert parts[-1].end == len(text)
    return [part.start for part in parts]


def read_text(text: str) -> SourceText:
    return read(text.encode(), name="a.txt")


@pytest.mark.parametrize("names", JOINED, ids="+".join)
def test_joined_documents_are_parted_where_they_were_joined(names: tuple[str, ...]) -> None:
    texts = [BY_NAME[name].rstrip() + "\n\n" for name in names]
    text = "".join(texts)
    wanted = [sum(map(len, texts[:at])) for at in range(len(texts))]
    found = starts(text)
    assert len(found) == len(wanted)
    for at, offset in zip(found, wanted, strict=True):
        assert text[min(at, offset) : max(at, offset)].strip() == ""


@pytest.mark.parametrize("folder", SPECIMENS, ids=lambda folder: folder.name)
def test_no_specimen_is_torn(folder: Path) -> None:
    assert starts(BY_NAME[folder.name]) == [0]


@needs_real
def test_no_real_document_is_torn() -> None:
    assert len(real_texts()) > 70
    assert [name for name, text in real_texts().items() if len(split(text)) > 1] == []


@needs_real
def test_joined_real_documents_are_parted() -> None:
    texts = [path.read_text("utf-8").rstrip() + "\n\n" for path in sorted(REAL.glob("gold/*/source.txt"))]
    joined = list(pairwise(texts))
    assert [len(split(first + second)) for first, second in joined] == [2] * len(joined)


ATTACHED = """\
QUY CHẾ
Lớp vẽ
(Ban hành kèm theo Nghị quyết số 05/NQ-UBMT ngày 05 tháng 3 năm 2024 của Ủy ban Mỹ thuật)
"""
FORM = """\
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Ngàn, ngày … tháng … năm …
"""
# What stands behind a foot and is no document of its own.
KEPT = [
    ("an attached regulation", ATTACHED + BODY),
    (
        "an attached regulation under the letterhead again",
        HEAD.replace("NGHỊ QUYẾT\nVề việc mở lớp vẽ\n", ATTACHED) + BODY,
    ),
    ("an application form", "PHỤ LỤC\n" + FORM + "ĐƠN ĐỀ NGHỊ\nKính gửi: Ủy ban Mỹ thuật tỉnh Ngàn\n1. Họ và tên:\n"),
    (
        "the form of a decision, whose number is blank",
        "ỦY BAN MỸ THUẬT\nSố:     /QĐ-UBMT\n" + FORM + "QUYẾT ĐỊNH\nVề việc nhận học viên\n"
        "Căn cứ Điều lệ Hội;\nQUYẾT ĐỊNH:\n" + BODY + FOOT,
    ),
    ("a model document of an appendix", "PHỤ LỤC II\n" + HEAD + "Căn cứ Điều lệ Hội;\nQUYẾT NGHỊ:\n" + BODY),
    ("a second signature", "TM. ĐOÀN CHỦ TỊCH\nCHỦ TỊCH\nTrần Thị Vẽ\n"),
    ("a national name alone", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"),
    ("a menu of documents", "Văn bản liên quan\nNghị quyết 07/NQ-UBMT\nNghị quyết 08/NQ-UBMT\n"),
]


@pytest.mark.parametrize("rest", [rest for _, rest in KEPT], ids=[name for name, _ in KEPT])
def test_what_belongs_to_a_document_stays_with_it(rest: str) -> None:
    assert starts(WHOLE + "\n" + rest) == [0]
    # And what follows it is parted from both.
    text = WHOLE + "\n" + rest + FOOT + "\n"
    assert starts(text + OTHER) == [0, len(text)]


def test_a_letterhead_before_an_end_is_no_document() -> None:
    assert starts(OPENING + BODY + "\n" + OTHER) == [0]


def test_many_documents_are_found_in_linear_order() -> None:
    text = (WHOLE + "\n") * 40
    assert starts(text) == [at * (len(WHOLE) + 1) for at in range(40)]


@pytest.mark.parametrize("text", ["", "\n", "NGHỊ QUYẾT", FOOT * 3, HEAD * 3, "\f\f"])
def test_odd_texts_are_one_part(text: str) -> None:
    assert starts(text) == [0]


# -- parsing the parts --------------------------------------------------------------------------------


def test_parts_are_documents_with_offsets_of_their_own() -> None:
    text = WHOLE + "\n" + OTHER
    first, second = parse_parts(read_text(text))
    assert first.text + second.text == text
    assert second.text == OTHER
    assert [document.header.symbol and document.header.symbol.number for document in (first, second)] == [5, 6]
    for number, document in enumerate((first, second), 1):
        part = document.source.part
        assert part is not None
        assert (part.index, part.count) == (number, 2)
        assert (part.first_page, part.last_page) == (None, None)
        assert text[part.start : part.end] == document.text
        assert document.source.sha256 == read_text(text).source.sha256
        assert Document.from_json(document.to_json()) == document
    assert fingerprint(first) != fingerprint(second)


def test_one_document_is_parsed_as_ever() -> None:
    assert [document.to_json() for document in parse_parts(read_text(WHOLE))] == [
        parser().parse(WHOLE, read_text(WHOLE).source).to_json()
    ]
    assert '"part"' not in parse_parts(read_text(WHOLE))[0].to_json()


def test_findings_go_to_the_part_that_they_are_about() -> None:
    text = WHOLE + OTHER
    at = len(WHOLE) + 10
    findings = (SourceFinding("ORT-004", "một chỗ", "one place", at, at + 1), SourceFinding("ORT-004", "tất cả", "all"))
    source = read_text(text)
    first, second = parse_parts(SourceText(source.text, source.source, findings))
    told = [
        [(d.message, d.start) for d in document.diagnostics if d.code == "ORT-004"] for document in (first, second)
    ]  # fmt: skip
    assert told == [[("tất cả", None)], [("một chỗ", 10), ("tất cả", None)]]


# -- pages --------------------------------------------------------------------------------------------


def test_form_feeds_part_documents() -> None:
    text = WHOLE + "\n\f  \n" + OTHER
    assert starts(text) == [0, len(WHOLE) + 2]


@pytest.mark.parametrize("own_page", [True, False])
def test_pages_of_a_joined_pdf(own_page: bool) -> None:
    paper = pytest.importorskip("paper")
    names = ("company-board-appointment", "party-commune-committee", "hdtp-guidance-2018")
    data, firsts, lasts = paper.joined([BY_NAME[name] for name in names], own_page=own_page)
    source = read(data, name="joined.pdf")
    parts = split(source)
    assert [part.first_page for part in parts] == firsts
    assert [part.last_page for part in parts] == lasts
    if own_page:
        assert source.pages is not None
        assert [part.start for part in parts] == [source.pages[first - 1].start for first in firsts]
    alone = [parser().parse(BY_NAME[name], source.source, structure_only=True) for name in names]
    for document, wanted in zip(parse_parts(source, structure_only=True), alone, strict=True):
        assert document.header.symbol
        assert wanted.header.symbol
        assert document.header.symbol.normalized == wanted.header.symbol.normalized
        assert len(document.signatures) == len(wanted.signatures)
        assert document.source.pages == source.source.pages


# -- the command line ---------------------------------------------------------------------------------


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nqparse", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=120, encoding="utf-8")


def test_split_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "two.txt").write_text(WHOLE + "\n" + OTHER, "utf-8")
    (tmp_path / "in" / "one.txt").write_text(WHOLE, "utf-8")
    two = tmp_path / "in" / "two.txt"
    lines = run("parse", tmp_path / "in", "--split", "-f", "jsonl")
    assert lines.returncode == 0
    documents = [Document.from_json(line) for line in lines.stdout.splitlines()]
    assert [document.source.name for document in documents] == ["one.txt", "two.txt", "two.txt"]
    assert [document.source.part and document.source.part.index for document in documents] == [None, 1, 2]
    array = json.loads(run("parse", two, "--split").stdout)
    assert [document["source"]["part"]["count"] for document in array] == [2, 2]
    assert isinstance(json.loads(run("parse", tmp_path / "in" / "one.txt", "--split").stdout), list)
    assert run("parse", tmp_path / "in", "--split", "-o", f"{tmp_path}/out/", "--jobs", "2").returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one.json", "two-1.json", "two-2.json"]
    assert run("parse", two, "--split", "-f", "html").returncode == 2
    # Without it, a file is one document, as ever.
    assert json.loads(run("parse", two).stdout)["text"] == WHOLE + "\n" + OTHER


def test_numbered_names_do_not_overwrite(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WHOLE + "\n" + OTHER, "utf-8")
    (tmp_path / "a-1.txt").write_text(WHOLE, "utf-8")
    assert run("parse", tmp_path, "--split", "-o", f"{tmp_path}/out/").returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == 3
