"""`nqparse scan`: every file of a folder is a row that says what it is, before anything is parsed."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from encoders import to_single_byte
from shapes import BODY, FOOT, HEAD, OPENING, ROOT, SPECIMENS, text_of

from nqparse.document import Part
from nqparse.errors import ExitCode, InputError
from nqparse.fold import fold
from nqparse.scan import FileRecord, find_files, scan_file, scan_files
from nqparse.scan.language import language_of

WHOLE = OPENING + BODY + FOOT
OTHER = WHOLE.replace("05/NQ-UBMT", "06/NQ-UBMT").replace("mở lớp vẽ", "mua giá vẽ")
DECISION = WHOLE.replace("NGHỊ QUYẾT", "QUYẾT ĐỊNH").replace("QUYẾT NGHỊ", "QUYẾT ĐỊNH").replace("/NQ-", "/QĐ-")
LETTER = HEAD.replace("NGHỊ QUYẾT\nVề việc mở lớp vẽ\n", "Kính gửi: Các chi hội\n") + "Đề nghị các chi hội mở lớp vẽ.\n"
ENGLISH = "The committee met in the hall and heard what the artists had to say about the new classes for children.\n"
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + b"".join(
        len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
        for kind, body in (
            (b"IHDR", b"\0\0\0\x08\0\0\0\x08\x08\0\0\0\0"),
            (b"IDAT", zlib.compress((b"\0" + b"\xff" * 8) * 8)),
            (b"IEND", b""),
        )
    )
)  # fmt: skip


def scanned(folder: Path, **files: str | bytes) -> dict[str, FileRecord]:
    """Writes files (whose names end in an underscore and the ending) and returns their records by name."""
    for name, data in files.items():
        target = folder / ".".join(name.rsplit("_", 1))
        target.write_bytes(data if isinstance(data, bytes) else data.encode())
    return {record.name: record for record in scan_files(find_files([folder]).files)}


# -- what a text is -----------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", SPECIMENS, ids=lambda folder: folder.name)
def test_specimens_are_what_they_are(folder: Path) -> None:
    kinds = {
        "neg-cong-van-so-noi-vu": "công văn",
        "neg-qd-ubnd-huyen-chairman": "quyết định",
        "neg-thong-bao-ubnd-tinh": "thông báo",
        "nqlt-three-bodies-2019": "nghị quyết liên tịch",
    }
    record = scan_file(folder / "source.txt")
    assert (record.status, record.format, record.text_layer) == ("text", "text", "text")
    assert (record.language, record.encoding, record.documents) == ("vi", "utf-8", 1)
    assert record.kind == kinds.get(folder.name, "nghị quyết")
    assert record.resolution == ("no" if folder.name.startswith("neg-") else "yes")


@pytest.mark.parametrize(
    ("text", "resolution", "kind"),
    [
        (WHOLE, "yes", "nghị quyết"),
        (fold(WHOLE).upper(), "yes", "nghị quyết"),
        (DECISION, "no", "quyết định"),
        (LETTER, "no", "công văn"),
        (WHOLE.replace("NGHỊ QUYẾT\n", ""), "yes", "nghị quyết"),  # by its symbol
        ("Trang chủ\nĐăng nhập\n" * 200 + WHOLE, "yes", "nghị quyết"),  # behind a portal's menu
        (BODY * 3, "unknown", None),
        (ENGLISH, "no", None),
        (json.dumps({"text": WHOLE}, ensure_ascii=False, indent=1), "no", None),
        (json.dumps({"text": WHOLE}, ensure_ascii=False) + "\n{}\n", "no", None),
        ("[" * 100_000, "unknown", None),
    ],
)
def test_resolution_or_not(tmp_path: Path, text: str, resolution: str, kind: str | None) -> None:
    record = scanned(tmp_path, a_txt=text)["a.txt"]
    assert (record.resolution, record.kind) == (resolution, kind)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (WHOLE, "vi"),
        (fold(WHOLE), "vi-unaccented"),
        (ENGLISH, "other"),
        ("Le comité s'est réuni à l'hôtel de ville où les élèves présentèrent leurs œuvres préférées.", "other"),
        ("12/2024 3.500.000", None),
        ("", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_several_documents_are_counted(tmp_path: Path) -> None:
    found = scanned(tmp_path, two_txt=WHOLE + "\n" + OTHER, mixed_txt=DECISION + "\n" + OTHER, one_txt=WHOLE)
    shown = {name: (row.documents, row.resolutions, row.resolution, row.kind) for name, row in found.items()}
    assert shown == {
        "mixed.txt": (2, 1, "yes", "quyết định"),
        "one.txt": (1, 1, "yes", "nghị quyết"),
        "two.txt": (2, 2, "yes", "nghị quyết"),
    }


# -- duplicates ---------------------------------------------------------------------------------------


def test_duplicates_are_the_same_bytes_or_the_same_text(tmp_path: Path) -> None:
    page = f"<html><body>{WHOLE.replace(chr(10), '<br>')}</body></html>"
    found = scanned(
        tmp_path, a_txt=WHOLE, b_txt=WHOLE, c_txt=WHOLE.replace("\n", "\r\n \r\n"),
        d_txt=to_single_byte(WHOLE, "tcvn3"), e_txt=OTHER, f_txt="", g_txt="", h_html=page,
    )  # fmt: skip
    shown = {name: (row.duplicate_of, row.duplicate_by) for name, row in found.items() if row.duplicate_of}
    wanted = {"b.txt": ("a.txt", "bytes"), "c.txt": ("a.txt", "text"), "d.txt": ("a.txt", "text")}
    if found["h.html"].status == "text":  # lxml is there
        wanted["h.html"] = ("a.txt", "text")
    assert shown == wanted


# -- formats ------------------------------------------------------------------------------------------


def test_a_pdf_is_looked_at_from_its_first_pages(tmp_path: Path) -> None:
    paper = pytest.importorskip("paper")
    data, firsts, lasts = paper.joined([text_of(folder) for folder in SPECIMENS if folder.name == "hdtp-guidance-2018"])
    (tmp_path / "a.pdf").write_bytes(data)
    assert firsts == [1]
    whole = scan_file(tmp_path / "a.pdf")
    assert (whole.pages, whole.pages_read, whole.text_layer, whole.ocr_pages) == (lasts[0], lasts[0], "text", 0)
    assert (whole.resolution, whole.documents) == ("yes", 1)
    assert whole.text_sha256
    first = scan_file(tmp_path / "a.pdf", most_pages=1)
    assert (first.pages, first.pages_read, first.resolution) == (lasts[0], 1, "yes")
    assert first.text_sha256 is None  # of a part, it would say nothing


def test_pages_without_text_need_ocr(tmp_path: Path) -> None:
    paper = pytest.importorskip("paper")
    data = {}
    for name, texts in (("scan", 0), ("mixed", 1), ("blank", None)):
        sheet = paper.Paper()
        if texts:
            for at, line in enumerate(WHOLE.splitlines()):
                sheet.at(paper.LEFT, 80 + at * paper.STEP, line)
            sheet.next_page()
        if texts is not None:
            sheet.picture(0, 0, paper.WIDTH, paper.HEIGHT)
        else:
            sheet.next_page()
        data[f"{name}_pdf"] = sheet.data()
    found = scanned(tmp_path, **data)
    shown = {name: (row.status, row.text_layer, row.ocr_pages, row.resolution) for name, row in found.items()}
    assert shown == {
        "blank.pdf": ("empty", None, 0, None),
        "mixed.pdf": ("text", "mixed", 1, "yes"),
        "scan.pdf": ("scan", "scan", 1, "unknown"),
    }


def test_a_bug_in_one_file_is_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Any:
        raise RuntimeError("odd")

    monkeypatch.setattr("nqparse.scan.scanning.contents_of", fail)
    row = scanned(tmp_path, a_txt=WHOLE)["a.txt"]
    assert (row.status, row.size) == ("failed", len(WHOLE.encode()))
    assert "bug" in (row.error or "")


def test_a_huge_file_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nqparse.scan.scanning._MOST_BYTES", 100)
    row = scanned(tmp_path, a_txt=WHOLE)["a.txt"]
    assert row.status == "failed"
    assert "too big" in (row.error or "")


# -- finding ------------------------------------------------------------------------------------------


def test_all_files_are_found_but_the_hidden(tmp_path: Path) -> None:
    for name in ("b.xyz", "a.txt", "sub/c.txt", ".hidden", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = find_files([tmp_path, tmp_path / "a.txt", tmp_path / "missing.txt"])
    assert [name for _, name in found.files] == ["a.txt", "b.xyz", "gone.txt", "sub/c.txt", "missing.txt"]
    assert found.hidden == 2
    rows = {row.name: row for row in scan_files(found.files)}
    assert {name for name, row in rows.items() if row.status == "failed"} == {"gone.txt", "missing.txt"}
    assert "no such file" in (rows["missing.txt"].error or "")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no files"):
        find_files([tmp_path / "empty"])


def test_every_field_is_documented() -> None:
    page = (ROOT / "docs" / "scan.md").read_text("utf-8")
    assert [field.name for field in fields(FileRecord) if f"`{field.name}`" not in page] == []
    assert [name for name in Part.model_fields if f"`{name}`" not in page] == []


# -- the command line ---------------------------------------------------------------------------------


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nqparse", "scan", *map(str, arguments)]
    settings = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "LC_ALL": "", "COLUMNS": "200", **environment}
    done = subprocess.run(
        command, capture_output=True, check=False, timeout=120, encoding="utf-8", env={**os.environ, **settings}
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout
    return done


ODD = "odd\nname\x1b[31m.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Returns a folder with a file of each kind."""
    paper, office = pytest.importorskip("paper"), pytest.importorskip("office")
    place = tmp_path / "archive"
    place.mkdir()
    sheet = paper.Paper()
    sheet.picture(0, 0, paper.WIDTH, paper.HEIGHT)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as pack:
        pack.writestr("a.txt", WHOLE)
    files: dict[str, bytes] = {
        "a.txt": WHOLE.encode(),
        "copy.txt": WHOLE.encode(),
        "old.txt": to_single_byte(DECISION, "tcvn3"),
        "page.html": f"<html><body>{''.join(f'<p>{line}</p>' for line in OTHER.splitlines())}</body></html>".encode(),
        "text.pdf": paper.joined([WHOLE])[0],
        "scan.pdf": sheet.data(),
        "scan.png": PNG,
        "word.docx": office.docx("".join(office.p(office.r(line)) for line in LETTER.splitlines())),
        "empty.txt": b"",
        "broken.pdf": b"%PDF-1.7\n",
        "pack.zip": archive.getvalue(),
        ODD: (WHOLE + "\n" + OTHER).encode(),
    }
    for name, data in files.items():
        (place / name).write_bytes(data)
    return place


def test_scan_tells_of_every_file(folder: Path) -> None:
    done = run(folder, "--format", "json")
    assert done.returncode == ExitCode.FINDINGS  # one file is broken
    rows = {row["name"]: row for row in json.loads(done.stdout)}
    assert list(rows) == sorted(path.name for path in folder.iterdir())
    keys = ("status", "format", "text_layer", "resolution", "kind", "documents")
    assert {name: tuple(row[key] for key in keys) for name, row in rows.items()} == {
        "a.txt": ("text", "text", "text", "yes", "nghị quyết", 1),
        "copy.txt": ("text", "text", "text", "yes", "nghị quyết", 1),
        "old.txt": ("text", "text", "text", "no", "quyết định", 1),
        "page.html": ("text", "html", "text", "yes", "nghị quyết", 1),
        "text.pdf": ("text", "pdf", "text", "yes", "nghị quyết", 1),
        "scan.pdf": ("scan", "pdf", "scan", "unknown", None, None),
        "scan.png": ("scan", "png", "scan", "unknown", None, None),
        "word.docx": ("text", "docx", "text", "no", "công văn", 1),
        "empty.txt": ("empty", "text", None, None, None, None),
        "broken.pdf": ("failed", "pdf", None, None, None, None),
        "pack.zip": ("unsupported", "zip", None, None, None, None),
        ODD: ("text", "text", "text", "yes", "nghị quyết", 2),
    }
    assert rows["old.txt"]["encoding"] == "tcvn3"
    assert (rows["copy.txt"]["duplicate_of"], rows["copy.txt"]["duplicate_by"]) == ("a.txt", "bytes")
    assert "damaged" in rows["broken.pdf"]["error"]
    assert "hỏng" in rows["broken.pdf"]["error_vi"]
    head, *_ = done.stderr.splitlines()
    assert head.startswith("nqparse: 12 files (5 text, 3 pdf")
    for figure in ("several documents: 1", "in need of OCR: 2", "duplicates:", "empty: 1", "unreadable: 1"):
        assert figure in head
    assert run(folder, "-f", "json", "--jobs", "2").stdout == done.stdout


def test_scan_prints_tables_and_lines(folder: Path) -> None:
    rows = json.loads(run(folder, "-f", "json").stdout)
    assert [json.loads(line) for line in run(folder, "-f", "jsonl").stdout.splitlines()] == rows
    table = list(csv.DictReader(io.StringIO(run(folder, "-f", "csv").stdout)))
    assert [row["name"] for row in table] == [row["name"] for row in rows]
    assert [row["size"] for row in table] == [str(row["size"]) for row in rows]
    shown = run(folder)
    assert shown.stdout.startswith("File ")
    assert "not read by nqparse" in shown.stdout
    assert "\x1b" not in shown.stdout  # a terminal must not obey the name of a file
    assert len(shown.stdout.splitlines()) >= len(rows) + 1
    vietnamese = run(folder, "--lang", "vi")
    assert vietnamese.stdout.startswith("Tệp ")
    assert "cùng tệp với" in vietnamese.stdout


def test_scan_exit_codes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WHOLE, "utf-8")
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04")
    assert run(tmp_path).returncode == ExitCode.OK
    assert run(tmp_path / "missing.txt").returncode == ExitCode.INPUT
    assert run(tmp_path, tmp_path / "missing.txt").returncode == ExitCode.FINDINGS
    assert run("-").returncode == ExitCode.USAGE
    (tmp_path / "empty").mkdir()
    assert run(tmp_path / "empty").returncode == ExitCode.INPUT
