"""Old Word documents. LibreOffice writes them where it is installed; the shared originals are read where they lie."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from office import converted, docx, font, level, listed, office, p, r, read_or_refuse, tables

from nqparse.errors import InputError, UnsupportedFormatError
from nqparse.pipeline import parse
from nqparse.source import read
from nqparse.source.detect import DOC, LOCKED, OLE, PPT, XLS, detect
from nqparse.source.word.doc import convert
from nqparse.source.word.doc.properties import Look, Shape, changes, look_of, shape_of

RAW = Path(__file__).parent.parent.parent / "shared" / "corpus" / "raw"
ORIGINALS = sorted(RAW.glob("*/source.doc"))
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TCVN3 = "NghÞ quyÕt vÒ ph¸t triÓn kinh tÕ x· héi"
LEVELS = (level(0, "decimal", "Điều %1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)"))
LISTS = (
    f'<w:abstractNum w:abstractNumId="7">{"".join(LEVELS)}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)
BOX = (
    '<w:r><w:pict><v:shape xmlns:o="urn:schemas-microsoft-com:office:office" id="s1" type="#_x0000_t202" '
    'style="position:absolute;width:90pt;height:30pt"><v:textbox><w:txbxContent>'
    + p("DỰ THẢO") + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)  # fmt: skip
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NOTES = f'<w:footnote w:id="2">{p(r("", ""), "ghi chú")}</w:footnote>'
SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="r-header"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'

FILES = {
    "numbers": docx(
        "".join(p(text, properties=listed(1, at)) for text, at in
                [("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 0), ("F", 1)]),
        numbering=LISTS,
    ),
    "fonts": docx(p(r(TCVN3, font(".VnTime"))) + p(r("hoa", "<w:caps/>"), r(" ẩn", "<w:vanish/>"), "\U0001f60a")),
    "tables": docx(
        tables((p("HỘI ĐỒNG NHÂN DÂN") + p("TỈNH LAM HÀ"), p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")))
        + p("NGHỊ QUYẾT") + tables(("TT", "Tên", "Vốn"), ("1", "", "5")) + p("giữa")
        + tables((p("ngoài") + tables(("a", "b", "c"), ("d", "e", "f")) + p(""),)) + p("hết")
    ),
    "asides": docx(
        p("Luật A", NOTE, " và B", BOX) + p("hết") + SECTION, footnotes=NOTES, header=p("CÔNG BÁO số 12")
    ),
    "changes": docx(
        p("Điều ", f'<w:del w:id="1" w:author="x">{r("cũ ").replace("w:t", "w:delText")}</w:del>',
          f'<w:ins w:id="2" w:author="x">{r("mới")}</w:ins>')
    ),
}  # fmt: skip
EXPECTED = {
    "numbers": ["Điều 1. A", "1.1. B", "a) C", "b) D", "Điều 2. E", "2.1. F"],
    "fonts": ["Nghị quyết về phát triển kinh tế xã hội", "HOA\U0001f60a"],
    "tables": [
        "HỘI ĐỒNG NHÂN DÂN", "TỈNH LAM HÀ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "NGHỊ QUYẾT", "| TT | Tên | Vốn |",
        "| 1 | | 5 |", "giữa", "ngoài", "| a | b | c |", "| d | e | f |", "hết",
    ],
    "asides": ["CÔNG BÁO số 12", "Luật A[1] và B", "DỰ THẢO", "hết", "[1] ghi chú"],
    "changes": ["Điều mới"],
}  # fmt: skip


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    if office() is None:
        pytest.skip("LibreOffice is not installed")
    done = converted(list(FILES.values()), ".doc", "doc:MS Word 97", tmp_path_factory.mktemp("doc"))
    return dict(zip(FILES, done, strict=True))


@pytest.mark.parametrize("name", FILES)
def test_a_doc_reads_like_the_docx(name: str, written: dict[str, bytes]) -> None:
    def lines(data: bytes) -> list[str]:
        return [" ".join(line.split()) for line in read(data).text.splitlines() if line]

    assert detect(written[name]) is DOC
    assert lines(FILES[name]) == EXPECTED[name]
    assert lines(written[name]) == EXPECTED[name]


def test_damage_gives_a_text_or_one_clear_error(written: dict[str, bytes]) -> None:
    data = written["asides"]
    for end in range(600, len(data), 512):
        read_or_refuse(data[:end])
    for at in range(512, len(data), 47):
        read_or_refuse(data[:at] + bytes((data[at] ^ 0xFF,)) + data[at + 1 :])


@pytest.mark.parametrize("path", ORIGINALS, ids=lambda path: path.parent.name)
def test_originals(path: Path) -> None:
    found = read(path)
    document = parse(found.text)
    assert found.findings == ()
    assert document.header.symbol is not None
    assert document.header.symbol.normalized.split("/")[0] == path.parent.name.split("-")[1]
    articles = [section for section in document.iter_sections() if section.kind == "article"]
    assert [article.ordinal for article in articles] == list(range(1, len(articles) + 1))
    assert document.recipients
    assert document.signatures
    assert not any(zone.kind == "unknown" for zone in document.zones)


# -- without any file -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stream", "found"),
    [
        ("WordDocument", DOC),
        ("Workbook\0", XLS),
        ("PowerPoint Document", PPT),
        ("EncryptedPackage", LOCKED),
        ("Other", OLE),
    ],
)
def test_old_containers_are_told_apart(stream: str, found: object) -> None:
    data = MAGIC + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 600
    assert detect(data) is found
    with pytest.raises(InputError):
        read(data)


def test_changes_of_every_size() -> None:
    data = struct.pack("<HB", 0x083C, 1) + struct.pack("<HH", 0x4A4F, 7) + struct.pack("<HB3s", 0xCA00, 3, b"abc")
    assert list(changes(data)) == [(0x083C, b"\x01"), (0x4A4F, b"\x07\x00"), (0xCA00, b"abc")]
    assert list(changes(data[:-2]))[-1] == (0xCA00, b"a")
    assert list(changes(b"\x00")) == []


def test_looks_and_shapes_are_built_over_those_below() -> None:
    below = look_of(struct.pack("<HBHH", 0x083C, 1, 0x4A51, 3), Look())
    assert (below.hidden, below.other) == (True, 3)
    assert look_of(struct.pack("<HB", 0x083C, 0x81), below).hidden is False
    assert look_of(struct.pack("<HB", 0x083C, 0x80), below).hidden is True
    shape = shape_of(struct.pack("<HBHH", 0x2416, 1, 0x460B, 2), Shape(style=4))
    assert (shape.style, shape.depth, shape.list) == (4, 1, 2)


def test_a_file_before_word_97_needs_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert.shutil, "which", lambda _name: None)
    with pytest.raises(UnsupportedFormatError, match="before 97") as error:
        convert.read_through_program(MAGIC, "cũ.doc", None)
    assert "LibreOffice" in error.value.hint_en


def test_a_program_that_fails_or_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "catdoc"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(convert, "_SECONDS", 0.2)
    monkeypatch.setattr(convert.shutil, "which", lambda name: str(program) if name == "catdoc" else None)
    with pytest.raises(InputError, match="no program could read it"):
        convert.read_through_program(MAGIC, None, None)
    program.write_text("#!/bin/sh\nprintf 'Điều 1. Mở lớp\\n'\n")
    monkeypatch.setattr(convert, "_SECONDS", 20.0)
    assert convert.read_through_program(MAGIC, None, None).text == "Điều 1. Mở lớp\n"
