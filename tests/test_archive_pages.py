"""Where characters stand on pages: the archive keeps it, of every way in, and what one draws over a page is found."""

from __future__ import annotations

import zlib
from array import array
from math import inf, isnan, nan
from pathlib import Path

import pytest
from archiving import small_files
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import STEP, Paper
from shapes import BODY, FOOT, OPENING

from nqparse.archive.archive import Archive
from nqparse.archive.entry import Entry
from nqparse.archive.layouts import PageRow, page_numbered, page_rows, page_sizes, pages_between
from nqparse.archive.store import File, Writer, transaction
from nqparse.pipeline import Parser
from nqparse.source import read
from nqparse.source.pages import Page, Pages
from nqparse.source.pointing import characters_between
from nqparse.splitting import parse_parts

TEXT = OPENING + BODY + FOOT
_TWENTIETH = 0.0501  # points: half of the unit in which boxes are kept


def resolution(paper: Paper, number: int = 5) -> None:
    """Sets a small resolution on a page of its own."""
    for at, line in enumerate(TEXT.replace("05/NQ", f"{number:02}/NQ").splitlines()):
        paper.at(72, 72 + STEP * at, line)


def pdf(folder: Path, pages: int = 2) -> Path:
    paper = Paper()
    for number in range(pages):
        if number:
            paper.canvas.showPage()
        resolution(paper, number + 5)
    path = folder / "nq.pdf"
    path.write_bytes(paper.data())
    return path


def same(kept: Pages, read_: Pages, end: int) -> None:
    """Sees to it that every word of a text has the same boxes, within rounding."""
    for start in range(0, end, 7):
        ours, theirs = kept.boxes_of(start, start + 20), read_.boxes_of(start, start + 20)
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            assert one.page == other.page
            assert all(abs(a - b) < _TWENTIETH for a, b in zip(one[1:], other[1:], strict=True))


# -- packing ------------------------------------------------------------------------------------------

numbers = st.one_of(st.floats(-2000, 20000, width=32), st.just(nan))


@settings(derandomize=True, max_examples=100, deadline=None)
@given(boxes=st.lists(st.tuples(numbers, numbers, numbers, numbers), max_size=40), read_=st.booleans())
def test_any_boxes_come_back(boxes: list[tuple[float, float, float, float]], read_: bool) -> None:
    page = Page(3, 595.5, 842.25, 10, 10 + len(boxes), read=read_, encodings=("TCVN3", "VNI"))
    for name, values in zip(("x0", "y0", "x1", "y1"), zip(*boxes, strict=True), strict=False):
        setattr(page, name, array("f", values))
    if read_:
        page.confidence = array("f", [0.25 if at % 3 else nan for at in range(len(boxes))])
    back = PageRow.of(page).page()
    for name in ("number", "width", "height", "start", "end", "scanned", "broken", "read", "encodings"):
        assert getattr(back, name) == getattr(page, name)
    for at, box in enumerate(boxes):
        edges = (back.x0[at], back.y0[at], back.x1[at], back.y1[at])
        if any(map(isnan, box)):
            assert all(map(isnan, edges))
        else:
            assert edges == pytest.approx(box, abs=_TWENTIETH)
    assert [isnan(value) for value in back.confidence] == [isnan(value) for value in page.confidence]
    assert all(isnan(value) or value == pytest.approx(0.25) for value in back.confidence)


def test_what_no_page_has_stays_within_bounds() -> None:
    page = Page(1, nan, inf, 0, 1)
    for name, value in (("x0", -inf), ("y0", 1e30), ("x1", inf), ("y1", 2e30)):
        setattr(page, name, array("f", [value]))
    back = PageRow.of(page).page()
    assert (back.width, back.height) == (0, 1e6)
    assert [back.x0[0], back.y0[0], back.x1[0], back.y1[0]] == [-1e6, 1e6, 1e6, 1e6]


@pytest.mark.parametrize("packed", [b"", b"none", zlib.compress(b""), zlib.compress(b"\xff\x04\x00")])
def test_boxes_that_are_damaged_are_an_error(packed: bytes) -> None:
    with pytest.raises((zlib.error, ValueError, IndexError)):
        PageRow(1, 1.0, 1.0, 0, 8, False, False, False, "", packed).page()


# -- the ways in --------------------------------------------------------------------------------------


def test_adding_keeps_where_characters_stand(tmp_path: Path) -> None:
    path = pdf(tmp_path)
    small_files(tmp_path / "more", 1)
    source = read(path)
    assert source.pages is not None
    with Archive(tmp_path / "archive", mode="a") as archive:
        archive.add([path, tmp_path / "more"], jobs=1)
        (name,) = (row[0] for row in archive.connection.execute("SELECT DISTINCT document_id FROM pages"))
        assert archive[name].text == source.text
        kept = pages_between(archive.connection, name, 0, len(source.text))
        same(kept, source.pages, len(source.text))
        second = source.pages[1]
        assert [page.number for page in pages_between(archive.connection, name, second.start, second.start + 1)] == [2]
        assert page_sizes(archive.connection, name)[1] == (2, 595.0, 842.0, second.start, second.end)
        assert page_numbered(archive.connection, name, 3) is None
        # With its file changed the document goes, and its pages with it.
        path.write_bytes(path.read_bytes() + b"\n")
        archive.add(path, jobs=1)
        query = "SELECT count(*), count(DISTINCT document_id) FROM pages"
        assert archive.connection.execute(query).fetchone() == (2, 1)
        assert name not in archive


def test_pages_that_are_damaged_are_told(tmp_path: Path) -> None:
    path = pdf(tmp_path)
    with Archive(tmp_path / "archive", mode="a") as archive:
        archive.add(path, jobs=1)
        assert list(archive.verify()) == []
        for change in ("boxes = x'00'", 'boxes = (SELECT boxes FROM pages), "end" = 99999'):
            archive.connection.execute(f"UPDATE pages SET {change} WHERE number = 2")
            (problem,) = archive.verify()
            assert "pages" in problem.en


def test_what_ocr_read_keeps_its_places_and_its_confidence(tmp_path: Path) -> None:
    pytest.importorskip("trueocr")
    from benchmarks.formats.pages import pictures

    (image,) = pictures(pdf(tmp_path, 1).read_bytes(), 150)
    image.save(tmp_path / "scan.png", dpi=(150, 150))
    with Archive(tmp_path / "archive", mode="a") as archive:
        archive.add(tmp_path / "scan.png", jobs=1, ocr="trueocr")
        (name,) = archive.ids()
        document = archive[name]
        page = page_numbered(archive.connection, name, 1)
        assert page is not None
        assert page.read
        assert len(page.confidence) == page.end - page.start == len(document.text)
        date = document.header.date
        assert date is not None
        (box,) = page.boxes(date.start, date.end)
        row = next(at for at, line in enumerate(TEXT.splitlines()) if "tháng 3" in line)
        assert box.y0 < 72 + STEP * row < box.y1 + 3
        assert 0.3 < (page.confidence_of(date.start, date.end) or 0) <= 1


def test_a_document_that_is_parsed_anew_gets_new_pages(tmp_path: Path) -> None:
    source = read(pdf(tmp_path))
    assert source.pages is not None
    document = Parser.of(None).parse_source(source)
    moved = Pages([Page(1, 100.0, 100.0, 0, 0)])
    with Archive(tmp_path / "archive", mode="a") as archive:
        for version, pages, count in (("1", source.pages, 2), ("1", moved, 2), ("2", moved, 1), ("3", None, 0)):
            with transaction(archive.connection):
                Writer(archive.connection).put(
                    File("/nq.pdf", document.source.sha256), Entry.of(document, version, pages)
                )
            assert archive.connection.execute("SELECT count(*) FROM pages").fetchone() == (count,)


def test_parts_of_a_file_have_their_own_pages(tmp_path: Path) -> None:
    source = read(pdf(tmp_path, 3))
    assert source.pages is not None
    documents = parse_parts(source)
    assert len(documents) == 3
    entries = [Entry.of(document, "1", source.pages) for document in documents]
    with Archive(tmp_path / "archive", mode="a") as archive:
        with transaction(archive.connection):
            Writer(archive.connection).put(File("/nq.pdf", source.source.sha256), *entries)
        for number, (document, entry) in enumerate(zip(documents, entries, strict=True), 1):
            part = document.source.part
            assert part is not None
            kept = pages_between(archive.connection, entry.document_id, 0, len(document.text))
            assert [page.number for page in kept] == [number]
            same(kept, source.pages.cut(part.start, part.end), len(document.text))


def test_an_older_archive_gets_its_pages_when_files_are_parsed_again(tmp_path: Path) -> None:
    path = pdf(tmp_path)
    with Archive(tmp_path / "archive", mode="a") as archive:
        archive.add(path, jobs=1)
        wanted = archive.connection.execute("SELECT * FROM pages").fetchall()
        archive.connection.executescript("DROP TABLE pages; PRAGMA user_version = 2")
    with Archive(tmp_path / "archive", mode="a") as archive:
        assert archive.connection.execute("SELECT count(*) FROM pages").fetchone() == (0,)
        assert archive.add(path, jobs=1).other_version == 1
        assert archive.add(path, jobs=1, again=True).parsed == 1
        assert archive.connection.execute("SELECT * FROM pages").fetchall() == wanted
        assert archive.add(path, jobs=1, again=True).skipped == 1
        assert list(archive.verify()) == []


def test_parts_of_a_distributed_run_carry_pages(tmp_path: Path) -> None:
    from nqparse.archive.worker import Order, Task, Worker
    from nqparse.distributed import part as parts

    path = pdf(tmp_path)
    result = Worker(Order("", "1")).work(Task(str(path), path.name))
    parts.write(tmp_path / "part.jsonl.gz", [result])
    (back,) = parts.read(tmp_path / "part.jsonl.gz")
    assert len(back.entries[0].pages) == 2
    assert back.entries == result.entries


def test_files_without_pages_have_none() -> None:
    assert page_rows(None) == ()


# -- pointing -----------------------------------------------------------------------------------------


def page_of(paper: Paper) -> tuple[Page, str]:
    found = read(paper.data())
    assert found.pages is not None
    return found.pages[0], found.text


def middle(page: Page, at: int) -> tuple[float, float]:
    return (page.x0[at] + page.x1[at]) / 2, (page.y0[at] + page.y1[at]) / 2


def test_a_click_means_the_character_there() -> None:
    paper = Paper()
    resolution(paper)
    page, text = page_of(paper)
    at = text.index("05/NQ")
    assert characters_between(page, text, middle(page, at), middle(page, at)) == [(at, at + 1)]
    assert characters_between(page, text, (590.0, 800.0), (590.0, 800.0)) == []


def test_from_character_to_character_all_between_is_meant() -> None:
    paper = Paper()
    for number, line in enumerate(("Điều 1. Mở lớp vẽ cho thiếu nhi tại phường,", "lớp học buổi sáng các ngày nghỉ.")):
        paper.at(85, 100 + STEP * number, line)
    page, text = page_of(paper)
    first, last = text.index("thiếu"), text.index("sáng") + 3
    for begun, ended in ((first, last), (last, first)):
        assert characters_between(page, text, middle(page, begun), middle(page, ended)) == [(first, last + 1)]


def test_a_rectangle_around_lines_means_them_without_space_around() -> None:
    paper = Paper()
    for number, line in enumerate(("Dòng một ở trên.", "Dòng hai ở giữa,", "dòng ba theo sau.", "Dòng bốn ở dưới.")):
        paper.at(85, 100 + STEP * number, line)
    page, text = page_of(paper)
    ((start, end),) = characters_between(page, text, (60.0, 104.0), (500.0, 138.0))
    assert " ".join(text[start:end].split()) == "Dòng hai ở giữa, dòng ba theo sau."
    assert characters_between(page, text, (10.0, 10.0), (50.0, 50.0)) == []


def test_where_other_columns_lie_between_there_are_pieces() -> None:
    paper = Paper()
    for number in range(4):
        paper.ruled_row(100 + STEP * number, STEP, f"Trường số {number}", f"Phường {number}0")
    page, text = page_of(paper)
    first, last = text.index("Trường số 1"), text.index("Trường số 2") + len("Trường số 2") - 1
    pieces = characters_between(page, text, middle(page, first), middle(page, last))
    assert [text[start:end] for start, end in pieces] == ["Trường số 1", "Trường số 2"]


