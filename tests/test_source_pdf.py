"""PDF: reading order, words, paragraphs and tables by geometry; every character keeps its place; errors are clear."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import HEIGHT, LEFT, RIGHT, SIZE, STEP, WIDTH, Paper, width_of
from reportlab.lib.pdfencrypt import StandardEncryption
from shapes import BOUNDED, outline

from nqparse.document import Document
from nqparse.errors import InputError, UnsupportedFormatError
from nqparse.pipeline import parse
from nqparse.source import pdf, pdf_worker
from nqparse.source.guard import Guard
from nqparse.source.ocr.options import OcrOptions
from nqparse.source.pdf import PdfText, read_pdf

MIDDLE = (LEFT + RIGHT) / 2
NAME = ["HỘI VẼ TỈNH NGÀN", "BAN CHẤP HÀNH", "Số: 05/NQ-HV"]
STATE = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Ngàn, ngày 05 tháng 3 năm 2024"]
TITLE = ["NGHỊ QUYẾT", "Về việc mở lớp vẽ cho thiếu nhi và người cao tuổi", "trên địa bàn tỉnh Ngàn"]
BASES = [
    "Căn cứ Điều lệ Hội Vẽ;",
    "Căn cứ Quy chế làm việc của Ban Chấp hành khóa II và biên bản họp ngày 02 tháng 3 năm 2024;",
]
ARTICLES = [
    "Điều 1. Mở hai lớp vẽ tại nhà văn hóa tỉnh, mỗi lớp hai mươi học viên, học vào buổi tối thứ ba và thứ năm "
    "hằng tuần, bắt đầu từ ngày 15 tháng 3 năm 2024.",
    "1. Lớp thứ nhất dành cho thiếu nhi từ tám đến mười hai tuổi, ưu tiên các cháu ở những xã xa trung tâm tỉnh.",
    "2. Lớp thứ hai dành cho người cao tuổi.",
    "Điều 2. Giao Văn phòng chuẩn bị giá vẽ, giấy, màu và bố trí người hướng dẫn; báo cáo Ban Chấp hành "
    "trước ngày 10 tháng 3 năm 2024 để xem xét.",
    "Điều 3. Nghị quyết này có hiệu lực từ ngày ký./.",
]
RECIPIENTS = ["Nơi nhận:", "- Như Điều 2;", "- Các chi hội trực thuộc;", "- Sở Văn hóa;", "- Lưu: VP."]
SIGNATURE = ["TM. BAN CHẤP HÀNH", "CHỦ TỊCH"]
SIGNER = "Lê Văn Ngàn"
PLAIN = "\n".join([*NAME, *STATE, *TITLE, *BASES, "QUYẾT NGHỊ:", *ARTICLES, *RECIPIENTS, *SIGNATURE, SIGNER]) + "\n"


def read(paper: Paper) -> PdfText:
    return read_pdf(paper.data())


def lines(paper: Paper) -> list[str]:
    return [line for line in read(paper).text.split("\n") if line]


def letterhead(paper: Paper, y: float, left: float = 165, right: float = 415) -> float:
    for at, line in enumerate(NAME):
        paper.middle(left, y + (0, 15, 42)[at], line)
    for at, line in enumerate(STATE):
        paper.middle(right, y + (0, 16, 44)[at], line, font="Bold" if at < 2 else "Italic")
    return y + 44


def foot(paper: Paper, y: float) -> None:
    for at, line in enumerate(RECIPIENTS):
        paper.at(LEFT, y + 14 * at, line, size=11)
    for at, line in enumerate(SIGNATURE):
        paper.middle(430, y + 3 + 16 * at, line)
    paper.middle(430, y + 100, SIGNER)


@lru_cache(maxsize=2)
def resolution(*, mixed: bool = False) -> bytes:
    """Sets the whole resolution on two pages with running heads."""
    paper = Paper()
    y = letterhead(paper, 80) + 40
    for at, line in enumerate(TITLE):
        paper.middle(MIDDLE, y + at * STEP, line)
    y += 3 * STEP + 10
    for base in BASES:
        y = paper.paragraph(y, base, mixed=mixed) + 6
    paper.middle(MIDDLE, y + 10, "QUYẾT NGHỊ:")
    y += 40
    for number, article in enumerate(ARTICLES):
        if number == 3:
            paper.middle(MIDDLE, 800, "1", font="Regular")
            paper.next_page()
            y = 80.0
        y = paper.paragraph(y, article, mixed=mixed) + 6
    foot(paper, y + 30)
    paper.middle(MIDDLE, 800, "2", font="Regular")
    return paper.data()


def skeleton(document: Document) -> dict[str, object]:
    """Returns what is read of a document, by value."""

    def value(found: object) -> str | None:
        text = getattr(found, "name", None) or getattr(found, "value", None) or getattr(found, "text", None)
        return " ".join(text.split()) if text else None

    header, preamble = document.header, document.preamble
    return {
        "header": [value(getattr(header, field)) for field in type(header).model_fields],
        "preamble": [value(preamble.enacting_body), *map(value, preamble.bases), value(preamble.formula)],
        "body": outline(document.body, kinds=True),
        "sections": [[value(p) for p in (s.heading, *s.paragraphs)] for s in document.iter_sections()],
        "tail": [value(document.closing), *map(value, document.recipients)],
        "signatures": [(value(s.authority), value(s.position), value(s.name)) for s in document.signatures],
    }


# -- the whole document -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mixed", [False, True], ids=["one font", "mixed fonts"])
def test_a_resolution_is_read_as_its_plain_text_is(mixed: bool) -> None:
    found = read_pdf(resolution(mixed=mixed))
    assert skeleton(parse(found.text, structure_only=True)) == skeleton(parse(PLAIN, structure_only=True))


def test_text_comes_in_reading_order_line_by_line() -> None:
    text = read_pdf(resolution()).text
    written = [line for line in text.split("\n") if line]
    assert written[: len(NAME) + len(STATE)] == NAME + STATE
    assert written[-len(RECIPIENTS) - 4 :] == [*RECIPIENTS, *SIGNATURE, SIGNER, "2"]
    assert "\n\n1\n\n" in text


def test_pages_tile_the_text_and_every_letter_has_its_box() -> None:
    found = read_pdf(resolution(mixed=True))
    assert [page.number for page in found.pages] == [1, 2]
    assert found.pages[0].start == 0
    assert found.pages[0].end == found.pages[1].start
    assert found.pages[1].end == len(found.text)
    for at, char in enumerate(found.text):
        boxes = found.pages.boxes_of(at, at + 1)
        assert len(boxes) == 1 or char.isspace()
        for box in boxes:
            assert 0 <= box.x0 < box.x1 <= WIDTH
            assert 0 <= box.y0 < box.y1 <= HEIGHT


def test_a_span_is_shown_line_by_line() -> None:
    paper = Paper()
    paper.at(100, 200, "Điều 1. Mở lớp vẽ")
    paper.at(100, 217, "cho thiếu nhi.")
    found = read(paper)
    start = found.text.index("lớp")
    first, second = found.pages.boxes_of(start, found.text.index("thiếu"))
    assert first.page == second.page == 1
    assert first.x0 == pytest.approx(100 + width_of("Điều 1. Mở "), abs=1)
    assert first.x1 == pytest.approx(100 + width_of("Điều 1. Mở lớp vẽ"), abs=1)
    assert first.y0 < 200 < first.y1
    assert (second.x0, second.x1) == (pytest.approx(100, abs=1), pytest.approx(100 + width_of("cho "), abs=1))
    assert second.y0 < 217 < second.y1
    assert found.pages.page_at(start) is found.pages[0]
    assert found.pages.page_at(len(found.text)) is None


# -- words ------------------------------------------------------------------------------------------------


def test_letters_of_another_font_stand_where_they_belong() -> None:
    paper = Paper()
    paper.mixed(LEFT, 100, "Ủy ban Mỹ thuật ở tỉnh Ngàn ủng hộ")
    assert lines(paper) == ["Ủy ban Mỹ thuật ở tỉnh Ngàn ủng hộ"]


def test_gaps_without_space_characters_are_spaces() -> None:
    paper = Paper()
    x = LEFT
    for word in ["Mở", "hai", "lớp", "vẽ", "tại", "nhà", "văn", "hóa"]:
        paper.at(x, 100, word)
        x += width_of(word) + 0.18 * SIZE
    assert lines(paper) == ["Mở hai lớp vẽ tại nhà văn hóa"]


@pytest.mark.parametrize("spread", [3.0, 0.5, -0.5])
def test_spread_and_condensed_letters_are_words(spread: float) -> None:
    paper = Paper()
    paper.at(LEFT, 100, "NGHỊ QUYẾT VỀ LỚP VẼ", spread=spread)
    assert lines(paper) == ["NGHỊ QUYẾT VỀ LỚP VẼ"]


def test_what_is_printed_twice_to_look_bold_is_read_once() -> None:
    paper = Paper()
    paper.at(LEFT, 100, "Điều 1. Mở lớp vẽ")
    paper.at(LEFT + 0.4, 100, "Điều 1. Mở lớp vẽ")
    assert lines(paper) == ["Điều 1. Mở lớp vẽ"]


def test_what_cannot_be_seen_is_left_out() -> None:
    paper = Paper()
    paper.at(LEFT, 100, "Điều 1. Mở lớp")
    paper.at(LEFT, 120, "vô hình", size=1)
    paper.at(WIDTH + 50, 100, "ngoài trang")
    paper.at(LEFT, -30, "trên trang")
    assert lines(paper) == ["Điều 1. Mở lớp"]


def test_raised_numbers_never_join_the_number_before_them() -> None:
    paper = Paper()
    paper.at(LEFT, 100, "theo khoản 2")
    paper.at(LEFT + width_of("theo khoản 2"), 95, "13", size=8)
    paper.at(LEFT + width_of("theo khoản 2") + 14, 100, "và 50 m")
    paper.at(LEFT + width_of("theo khoản 2") + 14 + width_of("và 50 m"), 95, "2", size=8)
    paper.at(LEFT, 700, "13", size=6)
    paper.at(LEFT + 9, 703, "Được sửa đổi.", size=10)
    assert lines(paper) == ["theo khoản 2¹³ và 50 m²", "¹³ Được sửa đổi."]


# -- lines and paragraphs ---------------------------------------------------------------------------------


def test_a_wrapped_paragraph_is_one_line_or_keeps_its_line_ends() -> None:
    paper = Paper()
    y = paper.paragraph(100, ARTICLES[0])
    y = paper.paragraph(y + 5, ARTICLES[1])
    paper.paragraph(y + 5, ARTICLES[2])
    assert read(paper).text == "\n\n".join(ARTICLES[:3]) + "\n"
    kept = read_pdf(paper.data(), joined=False).text
    assert [" ".join(part.split()) for part in kept.strip().split("\n\n")] == ARTICLES[:3]
    assert kept.count("\n") == 2 + 1 + 0 + 2 * 2 + 1


def test_a_symbol_broken_at_its_stroke_is_whole_again() -> None:
    paper = Paper()
    paper.paragraph(100, ARTICLES[0])
    y = 100 + 4 * STEP
    paper.at(LEFT + 28, y, "Căn cứ biên bản họp ngày 02 tháng 3 năm 2024 và Tờ trình số 112/TTr-")
    paper.at(LEFT, y + STEP, "VP của Văn phòng;")
    assert lines(paper)[-1].endswith("số 112/TTr-VP của Văn phòng;")


def test_lines_that_end_early_stay_apart() -> None:
    paper = Paper()
    y = paper.paragraph(100, ARTICLES[0])
    for at, line in enumerate(["Họ và tên", "Ngày sinh", "Nơi ở"]):
        paper.at(LEFT, y + at * STEP, line)
    assert lines(paper) == [ARTICLES[0], "Họ và tên", "Ngày sinh", "Nơi ở"]


def test_an_indent_parts_paragraphs_where_the_step_does_not() -> None:
    paper = Paper()
    y = 100.0
    for article in [*ARTICLES, *ARTICLES]:
        y = paper.paragraph(y, article)
    paragraphs = read(paper).text.strip().split("\n\n")
    assert [p.split()[0] for p in paragraphs].count("Điều") >= 4
    assert all(p[0].isupper() or p[0].isdigit() for p in paragraphs)


SENTENCE = "Ban Chấp hành họp bàn và thống nhất việc mở lớp, " + "việc " * 5


@pytest.mark.parametrize("heads", [False, True])
@pytest.mark.parametrize(("last", "goes_on"), [("Ban", True), ("Ban.", False)])
def test_a_paragraph_goes_on_over_the_page_or_ends_with_it(last: str, goes_on: bool, heads: bool) -> None:
    paper = Paper()
    for number in range(3):
        if heads:
            paper.at(170, 40, f"CÔNG BÁO/Số 3/Ngày 0{number}-3-2024")
        for at in range(8):
            text = ("Thường vụ " if number and not at else "") + SENTENCE
            paper.at(LEFT, 100 + at * STEP, text + (last if at == 7 and number < 2 else "Ban"))
        paper.middle(MIDDLE, 810, str(number + 1), font="Regular")
        paper.next_page()
    found = read(paper)
    assert ("việc Ban Thường vụ" in found.text) is goes_on
    assert [page.number for page in found.pages] == [1, 2, 3]
    for page in found.pages[:3]:
        own = found.text[page.start : page.end]
        assert str(page.number) in own.split("\n")
        assert ("CÔNG BÁO" in own) is heads


def test_running_heads_are_lines_of_their_own() -> None:
    paper = Paper()
    paper.at(170, 40, "CÔNG BÁO/Số 3/Ngày 01-3-2024")
    paper.at(520, 40, "17")
    paper.paragraph(80, ARTICLES[0])
    assert lines(paper)[:2] == ["CÔNG BÁO/Số 3/Ngày 01-3-2024", "17"]


# -- columns ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shift", [0, 3, 7])
def test_columns_with_different_baselines_are_taken_apart(shift: float) -> None:
    paper = Paper()
    for at, line in enumerate(NAME):
        paper.middle(165, 80 + 16 * at, line)
    for at, line in enumerate(STATE):
        paper.middle(415, 80 + shift + 19 * at, line)
    paper.paragraph(200, ARTICLES[0])
    assert lines(paper)[:6] == NAME + STATE


def test_columns_that_nearly_touch_are_taken_apart() -> None:
    paper = Paper()
    left, right = ["ỦY BAN MỸ THUẬT VÀ ĐIÊU KHẮC TỈNH", "NGÀN", "Số: 05/NQ-HV"], STATE
    edge = 300.0
    for at, line in enumerate(left):
        paper.middle(edge - width_of(left[0], SIZE, "Bold") / 2, 80 + 16 * at, line)
    for at, line in enumerate(right):
        paper.middle(edge + 7 + width_of(right[0], SIZE, "Bold") / 2, 80 + 16 * at, line)
    paper.paragraph(200, ARTICLES[0])
    assert lines(paper)[:6] == left + right


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    paper = Paper(width=1190)
    y = letterhead(paper, 80, 140, 400) + 40
    for article in ARTICLES[:3]:
        y = paper.paragraph(y, article) + 6
    y = 80.0
    for article in ARTICLES[3:]:
        y = paper.paragraph(y, article, left=LEFT + 595, right=RIGHT + 595) + 6
    for article in ARTICLES[:3]:
        y = paper.paragraph(y, article, left=LEFT + 595, right=RIGHT + 595) + 6
    written = " ".join(read(paper).text.split())
    assert written == " ".join([*NAME, *STATE, *ARTICLES[:3], *ARTICLES[3:], *ARTICLES[:3]])


def test_labels_far_from_their_text_are_no_column() -> None:
    paper = Paper()
    items = ["Mở lớp vẽ cho thiếu nhi", "Mở lớp vẽ cho người cao tuổi", "Báo cáo Ban Chấp hành"]
    for at, item in enumerate(items):
        paper.at(LEFT, 100 + at * STEP, f"{at + 1}.")
        paper.at(LEFT + 36, 100 + at * STEP, item)
    assert lines(paper) == [f"{at}. {item}" for at, item in enumerate(items, 1)]


# -- tables -----------------------------------------------------------------------------------------------

XS, YS = (LEFT, LEFT + 40, LEFT + 222, RIGHT), (100.0, 125.0, 165.0, 190.0)


def table(paper: Paper, *, gray: float = 0.0) -> None:
    paper.grid(XS, YS, gray=gray)
    for x, word in zip(XS, ["TT", "Việc", "Hạn"], strict=False):
        paper.at(x + 6, 117, word)
    paper.at(XS[0] + 6, 150, "1")
    paper.at(XS[1] + 6, 142, "Mua giá vẽ, giấy và màu cho")
    paper.at(XS[1] + 6, 158, "hai lớp")
    paper.at(XS[2] + 6, 150, "10/3/2024")
    paper.at(XS[0] + 6, 182, "2")
    paper.at(XS[1] + 6, 182, "Mời thầy")
    paper.at(XS[2] + 6, 182, "12/3/2024")


ROWS = [
    "| TT | Việc | Hạn |",
    "| 1 | Mua giá vẽ, giấy và màu cho hai lớp | 10/3/2024 |",
    "| 2 | Mời thầy | 12/3/2024 |",
]


def test_a_ruled_table_is_read_row_by_row() -> None:
    paper = Paper()
    paper.paragraph(60, "Bảng kèm theo:")
    table(paper)
    paper.paragraph(230, ARTICLES[2])
    assert lines(paper) == ["Bảng kèm theo:", *ROWS, ARTICLES[2]]


def test_white_lines_make_no_table() -> None:
    paper = Paper()
    letterhead(paper, 80)
    paper.grid((LEFT - 20, 270, RIGHT + 20), (60, 140), gray=1.0)
    paper.paragraph(200, ARTICLES[0])
    assert lines(paper)[:6] == NAME + STATE


def test_columns_of_figures_without_lines_are_rows() -> None:
    paper = Paper()
    rows = [["TT", "Xã", "Số lớp", "Kinh phí"], ["1", "Ngàn Thượng", "2", "1.500"], ["2", "Ngàn Hạ", "3", "2.250"]]
    for at, row in enumerate(rows):
        for x, cell in zip((LEFT, 140, 320, 430), row, strict=True):
            paper.at(x, 100 + 20 * at, cell)
    assert lines(paper) == [f"| {' | '.join(row)} |" for row in rows]


def test_cells_that_span_columns_and_rows() -> None:
    paper = Paper()
    paper.grid((LEFT, 200, 350, RIGHT), (100, 130, 160))
    paper.canvas.setFillGray(1)
    paper.at(LEFT + 5, 120, "")
    paper.canvas.setFillGray(0)
    for x, word in zip((LEFT, 200, 350), ["A", "B", "C"], strict=True):
        paper.at(x + 5, 120, word)
    paper.rule(LEFT, 190, RIGHT, 190)  # below: one cell as wide as the table
    paper.rule(LEFT, 160, LEFT, 190)
    paper.rule(RIGHT, 160, RIGHT, 190)
    for x, word in zip((LEFT, 200, 350), ["a", "b", "c"], strict=True):
        paper.at(x + 5, 150, word)
    paper.at(LEFT + 150, 180, "Tổng cộng")
    assert lines(paper) == ["| A | B | C |", "| a | b | c |", "| Tổng cộng |"]


# -- turned pages -----------------------------------------------------------------------------------------


def test_a_page_turned_by_its_entry_is_read_as_it_is_shown() -> None:
    paper = Paper()
    paper.canvas.setPageRotation(90)
    paper.turn()  # lines run up the page, and the entry turns them back
    paper.at(100, 60, "Điều 1. Mở hai lớp vẽ")
    paper.at(100, 77, "tại nhà văn hóa tỉnh.")
    found = read(paper)
    assert found.text == "Điều 1. Mở hai lớp vẽ tại nhà văn hóa tỉnh.\n"
    page = found.pages[0]
    assert (page.width, page.height) == (WIDTH, HEIGHT)
    (box,) = found.pages.boxes_of(0, 4)
    assert (box.x0, box.x1) == (pytest.approx(100, abs=1), pytest.approx(100 + width_of("Điều"), abs=1))
    assert box.y0 < 60 < box.y1


def test_a_table_that_lies_on_its_side_is_read_after_the_running_head() -> None:
    paper = Paper()
    paper.at(170, 40, "CÔNG BÁO/Số 3/Ngày 01-3-2024")
    paper.canvas.saveState()
    paper.turn()
    paper.canvas.translate(0, HEIGHT - WIDTH - 247)
    table(paper)
    paper.canvas.restoreState()
    assert lines(paper) == ["CÔNG BÁO/Số 3/Ngày 01-3-2024", *ROWS]


def test_slanted_words_stay_out_of_the_lines() -> None:
    paper = Paper()
    paper.canvas.saveState()
    paper.canvas.translate(200, 500)
    paper.canvas.rotate(45)
    paper.canvas.setFont("Bold", 60)
    paper.canvas.drawString(0, 0, "BẢN SAO")
    paper.canvas.restoreState()
    paper.paragraph(300, ARTICLES[0])
    first, *rest = lines(paper)
    assert first == "BẢN SAO"
    assert " ".join(rest) == ARTICLES[0]


# -- what is not to be read -------------------------------------------------------------------------------


def error_of(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read_pdf(data, "a.pdf")
    assert caught.value.en.startswith("a.pdf: ")
    assert caught.value.vi.startswith("a.pdf: ")
    assert caught.value.hint_en
    assert caught.value.hint_vi
    return caught.value


def test_a_locked_file_says_so() -> None:
    paper = Paper(encrypt=StandardEncryption("mở", "chủ", canPrint=0))
    paper.at(LEFT, 100, "bí mật")
    assert "password" in error_of(paper.data()).en


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    paper = Paper(encrypt=StandardEncryption("", "chủ", canCopy=0))
    paper.at(LEFT, 100, "Điều 1. Mở lớp")
    assert lines(paper) == ["Điều 1. Mở lớp"]


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"Chao", resolution()[:300], b"%PDF-1.4" + bytes(5000)],
    ids=["nothing", "head", "head and end", "text", "cut off", "zeros"],
)
def test_a_broken_file_says_so(data: bytes) -> None:
    assert "damaged" in error_of(data).en


def test_a_file_with_a_wrong_table_of_objects_is_read_all_the_same() -> None:
    data = resolution()
    start = data.rindex(b"startxref")
    assert read_pdf(data[:start] + b"startxref\n17\n%%EOF").text == read_pdf(data).text


def test_blank_pages_say_so() -> None:
    paper = Paper()
    paper.next_page()
    paper.next_page()
    assert "no text" in error_of(paper.data()).en


def test_a_scan_says_so_and_what_to_do() -> None:
    paper = Paper()
    for number in (1, 2):
        paper.picture(0, 0, WIDTH, HEIGHT)
        paper.at(500, 40, str(number))
        paper.next_page()
    error = error_of(paper.data())
    assert "scan" in error.en
    assert "OCR" in error.hint_en
    assert "quét" in error.vi


def test_scanned_pages_among_others_are_told() -> None:
    paper = Paper()
    paper.paragraph(100, " ".join(ARTICLES))
    paper.next_page()
    paper.picture(20, 20, WIDTH - 40, HEIGHT - 40)
    paper.at(500, 40, "2")
    paper.next_page()
    paper.picture(0, 0, WIDTH, HEIGHT)
    text = paper.canvas.beginText(LEFT, 700)
    text.setTextRenderMode(3)  # invisible: the layer of an OCR program
    text.setFont("Regular", SIZE)
    text.textLine("Điều 4. Lời cuối")
    paper.canvas.drawText(text)
    found = read(paper)
    assert found.pages.scanned == (2,)
    assert "Điều 4. Lời cuối" in found.text
    (finding,) = pdf.read(paper.data(), "a.pdf", None, ocr=OcrOptions("never")).findings
    assert finding.en.startswith("Page 2 is scanned")


def test_the_record_says_what_was_read() -> None:
    found = pdf.read(resolution(), "a.pdf", None)
    assert (found.source.name, found.source.media_type, found.source.pages) == ("a.pdf", "application/pdf", 2)
    assert found.source.encoding is None
    assert found.source.size == len(resolution())
    assert found.findings == ()
    assert found.pages is not None
    assert len(found.pages) == 2


def test_without_pypdfium2_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(UnsupportedFormatError, match=r"nqparse\[pdf\]"):
        read_pdf(resolution())


def test_what_is_too_big_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, limit in ((pdf_worker, "MOST_PAGES"), (pdf_worker, "MOST_CHARACTERS"), (pdf, "_MOST_BYTES")):
        with monkeypatch.context() as patch:
            patch.setattr(module, limit, 1)
            with pytest.raises(InputError, match="too big"):
                read_pdf(resolution(), guarded=False)


# -- the helper process -----------------------------------------------------------------------------------


def test_both_ways_of_reading_give_the_same() -> None:
    one, other = read_pdf(resolution()), read_pdf(resolution(), guarded=False)
    assert one.text == other.text
    assert one.pages.boxes_of(0, len(one.text)) == other.pages.boxes_of(0, len(other.text))
    assert [page.end for page in one.pages] == [page.end for page in other.pages]


def test_forms_in_forms_in_forms_take_no_more_than_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_SECONDS", 1.0)
    assert "too long" in error_of(laughter(12)).en
    assert read_pdf(resolution()).text  # by the next helper


def test_a_helper_that_dies_takes_nothing_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_GUARD", Guard("nqparse.source.no_such_module", 1 << 30))
    assert "memory" in error_of(resolution()).en


def test_where_no_process_can_be_started_it_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_GUARD", Guard("nqparse.source.pdf_worker", 1 << 30))
    monkeypatch.setattr(sys, "executable", "")
    assert read_pdf(resolution()).text.startswith(NAME[0])


def test_threads_are_served_one_after_the_other() -> None:
    with ThreadPoolExecutor(4) as pool:
        texts = set(pool.map(lambda _: read_pdf(resolution()).text, range(12)))
    assert len(texts) == 1


@given(st.data())
@BOUNDED
def test_damaged_bytes_give_text_or_one_clear_error(data: st.DataObject) -> None:
    damaged = bytearray(resolution())
    for _ in range(data.draw(st.integers(1, 40))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(damaged)))
    try:
        found = read_pdf(bytes(damaged[:cut] if data.draw(st.booleans()) else damaged))
    except InputError:
        return
    assert found.pages[-1].end == len(found.text)


def minimal(content: bytes, more: Sequence[bytes] = (), resources: bytes = b"") -> bytes:
    """Returns a PDF of one page with this content, in Helvetica."""
    packed = zlib.compress(content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
        + resources
        + b">>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, text) for number, text in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def laughter(depth: int) -> bytes:
    """Returns a PDF in which each form shows the next one ten times."""
    forms = []
    for number in range(6, 6 + depth):
        content = b"/X Do " * 10 if number < 5 + depth else b"BT /F 12 Tf 50 700 Td (ha) Tj ET"
        forms.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
            b"/Length %d>>stream\n%s\nendstream" % (number + 1, len(content), content)
        )
    return minimal(b"/X Do", forms, b"/XObject<</X 6 0 R>>")


NUMBERS = st.floats(-2000, 2000) | st.floats(width=32) | st.integers(-(10**12), 10**12)


@given(
    st.lists(
        st.tuples(st.sampled_from(["Tm", "Td", "Tf", "re", "l", "cm", "Tc"]), st.lists(NUMBERS, min_size=6, max_size=6))
    )
)
@BOUNDED
def test_whatever_is_drawn_wherever_is_read(orders: list[tuple[str, list[float]]]) -> None:
    sizes = {"Tm": 6, "Td": 2, "Tf": 1, "re": 4, "l": 4, "cm": 6, "Tc": 1}
    content = "BT /F 12 Tf 100 700 Td (abc 12) Tj "
    for order, numbers in orders:
        shown = [format(number, "f") for number in numbers[: sizes[order]]]
        if order == "Tf":
            content += f"/F {shown[0]} Tf "
        elif order == "l":
            content += f"{shown[0]} {shown[1]} m {shown[2]} {shown[3]} l S "
        else:
            content += f"{' '.join(shown)} {order} " + ("S " if order == "re" else "")
        content += "(def) Tj "
    try:
        found = read_pdf(minimal((content + "ET").encode()))
    except InputError:
        return
    assert found.pages[0].end == len(found.text)


# -- old fonts --------------------------------------------------------------------------------------------


def set_in(font: str, letters: bytes) -> bytes:
    """Returns a PDF of one line in a font of this name, whose bytes are western letters."""
    content = b"BT /F 12 Tf 50 700 Td (" + letters + b") Tj ET"
    return minimal(content).replace(
        b"/BaseFont/Helvetica", b"/BaseFont/" + font.encode() + b"/Encoding/WinAnsiEncoding"
    )


@pytest.mark.parametrize(
    ("font", "letters", "text", "encoding"),
    [
        (".VnTime", "Héi ®ång nh©n d©n tØnh", "Hội đồng nhân dân tỉnh", "tcvn3"),
        ("ABCDEF+.VnTimeH", "nghÞ quyÕt", "NGHỊ QUYẾT", "tcvn3"),
        ("VNI-Times", "Hoäi ñoàng nhaân daân tænh", "Hội đồng nhân dân tỉnh", "vni"),
    ],
)
def test_letters_of_old_fonts_become_unicode(font: str, letters: str, text: str, encoding: str) -> None:
    found = read_pdf(set_in(font, letters.encode("cp1252")))
    assert found.text.strip() == text
    assert found.pages[0].encodings == (encoding,)
    (box,) = found.pages.boxes_of(0, len(text))
    assert box.x0 == pytest.approx(50, abs=2)
    (finding,) = pdf.read(set_in(font, letters.encode("cp1252")), "a.pdf", None).findings
    assert encoding in finding.en


def test_other_fonts_keep_their_letters() -> None:
    found = read_pdf(set_in("Times-Roman", "Héi ®ång".encode("cp1252")))
    assert found.text.strip() == "Héi ®ång"
    assert found.pages[0].encodings == ()
