from __future__ import annotations

import io
from pathlib import Path

import pytest

import nqparse
from nqparse.errors import InputError, UnsupportedFormatError
from nqparse.source import read
from nqparse.source.detect import HTML, UTF16_BARE, Format, detect
from nqparse.source.detect import TEXT as PLAIN

TEXT = "NGHỊ QUYẾT\r\nVề việc thử\nĐiều 1. Thông qua.\r\n"


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (TEXT.encode(), "utf-8", TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8-sig", TEXT),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16", TEXT),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16", TEXT),
        (b"", "utf-8", ""),
        (b"\xef\xbb\xbf", "utf-8-sig", ""),
        ("de\u0301o \u00a0\u200b\n\n".encode(), "utf-8", "de\u0301o \u00a0\u200b\n\n"),
    ],
    ids=["plain", "bom", "utf-16-le", "utf-16-be", "empty", "only a bom", "decomposed and invisible"],
)
def test_text_is_what_the_encoding_says_and_nothing_else(data: bytes, encoding: str, text: str) -> None:
    found = read(data)
    assert (found.text, found.source.encoding, found.source.size) == (text, encoding, len(data))
    assert data.decode(encoding) == found.text


def test_a_path_gives_its_name_and_a_media_type(tmp_path: Path) -> None:
    path = tmp_path / "nghị quyết 12.md"
    path.write_bytes(TEXT.encode())
    found = read(path)
    assert (found.source.name, found.source.media_type) == ("nghị quyết 12.md", "text/markdown")
    assert read(str(path)) == found
    assert read(path, name="khác.txt").source.name == "khác.txt"


def test_open_files_are_read_in_both_modes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        # A text file would have changed the line ends; its bytes are read instead.
        assert read(binary).text == read(text).text == TEXT
    assert read(io.StringIO(TEXT)).text == TEXT
    assert read(io.BytesIO(TEXT.encode())).source.sha256 == read(io.StringIO(TEXT)).source.sha256


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml" + b"\x00" * 40 + b"xl/workbook.xml", "an Excel workbook"),
        (b"PK\x03\x04\x14\x00mimetypeapplication/epub+zip", "an EPUB book"),
        (b"PK\x03\x04\x14\x00readme", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, "an old Office file"),
        (b"NGH\x00 QUY", "binary data"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 64 + b"\x01\x02\x03", "binary data"),
    ],
)
def test_other_formats_are_refused_by_name(data: bytes, looks_like: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=looks_like) as caught:
        read(data, name="tệp.txt")
    assert str(caught.value).startswith("tệp.txt: ")
    assert caught.value.hint_en
    assert caught.value.vi != caught.value.en


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml" + b"\x00" * 40 + b"word/document.xml", "a Word document"),
        (b"PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "an old Word document"),
        (b"{\\rtf1\\ansi Ngh\\u7883 quy", "an RTF document"),
    ],
)
def test_what_is_cut_off_is_refused_by_name(data: bytes, looks_like: str) -> None:
    with pytest.raises(InputError, match=f"^tệp.txt: this looks like {looks_like}.* cut off"):
        read(data, name="tệp.txt")


@pytest.mark.parametrize(
    ("data", "at", "line"),
    [
        (b"m\xf2t", 1, 1),
        ("Điều 1.\nĐiều ".encode() + b"\xe1\xbb", 19, 2),
        (b"\xef\xbb\xbfab\n\xff", 6, 2),
        (b"\xff\xfea", 2, 1),
    ],
)
def test_bad_bytes_are_named_with_their_place(data: bytes, at: int, line: int) -> None:
    with pytest.raises(InputError, match=rf"at byte {at} \(line {line}\): 0x{data[at]:02X}") as caught:
        read(data)
    assert caught.value.hint_en
    assert caught.value.hint_vi


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"  <!-- saved -->\n<!DOCTYPE HTML><html><body>", HTML),
        (b"\xef\xbb\xbf<html lang='vi'>", HTML),
        (b"<?xml version='1.0'?>\n<!-- x --><HTML\nxmlns='y'>", HTML),
        ("<html><body>Điều 1".encode("utf-16"), HTML),
        ("<html><body>Điều 1".encode("utf-16-le"), HTML),
        (b"\n<div class='x'><p>m</p>\n</div>\n", HTML),
        (b"<table><tr><td>a</td></tr></table><!-- end -->", HTML),
        (b"<div align=center>\n\n# Markdown\n\n</div>\n\nand so on.\n", PLAIN),
        (b"<center> is what this text begins with", PLAIN),
        (b"a < b and c > d", PLAIN),
        (b"", PLAIN),
        ("NGHỊ QUYẾT Về việc".encode("utf-16-le"), UTF16_BARE),
        ("NGHỊ QUYẾT Về việc".encode("utf-16-be"), UTF16_BARE),
    ],
)
def test_pages_and_texts_are_told_apart_by_their_content(data: bytes, found: Format) -> None:
    assert detect(data) is found


def test_missing_files_and_folders_are_input_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read(tmp_path / "không có.txt")
    with pytest.raises(InputError, match="a folder"):
        read(tmp_path)
    with pytest.raises(InputError):
        read("a\x00b")


def test_parse_file_reads_through_here(tmp_path: Path) -> None:
    path = tmp_path / "bom.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    document = nqparse.parse_file(path)
    assert document.text == TEXT
    assert document.source == read(path).source
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError, match="PDF"):
        nqparse.parse_file(path)


def test_an_empty_file_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    document = nqparse.parse_file(path)
    assert (document.text, document.zones, document.source.size) == ("", [], 0)
