"""Scans: image files and PDFs of pictures are read by OCR page by page; the document says what was read how."""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache
from typing import Any

import pytest
from paper import HEIGHT, LEFT, STEP, WIDTH, Paper

from nqparse.errors import InputError, UnsupportedFormatError
from nqparse.pipeline import Parser
from nqparse.source import SourceText, read
from nqparse.source.garbled import is_garbled
from nqparse.source.ocr import image, reader
from nqparse.source.ocr.image import ImageFault
from nqparse.source.ocr.options import OcrChoice, OcrOptions
from nqparse.source.ocr.sheets import Reading

Image = pytest.importorskip("PIL.Image")
pytest.importorskip("pypdfium2")

WANTED: OcrChoice = "auto"
HEAD = ["HỘI VẼ TỈNH NGÀN", "Số: 05/NQ-HV", "NGHỊ QUYẾT", "Về việc mở lớp vẽ"]
ARTICLES = [
    "Điều 1. Mở hai lớp vẽ tại nhà văn hóa tỉnh, mỗi lớp hai mươi học viên, học buổi tối thứ ba.",
    "Điều 2. Giao Văn phòng chuẩn bị giá vẽ, giấy, màu và bố trí người hướng dẫn cho hai lớp học này.",
    "Điều 3. Nghị quyết này có hiệu lực từ ngày ký.",
]


@pytest.fixture(autouse=True, scope="module")
def _engine() -> None:
    if not reader.usable(OcrOptions()):
        pytest.skip("no OCR engine: pip install 'nqparse[ocr]', or Tesseract with its Vietnamese data")


def page(articles: list[str], head: list[str] = HEAD) -> Paper:
    paper = Paper()
    y = 90.0
    for line in head:
        paper.middle(WIDTH / 2, y, line)
        y += STEP
    for article in articles:
        y = paper.paragraph(y + 12, article)
    return paper


@lru_cache(maxsize=4)
def picture(number: int = 0) -> Any:
    """Returns a page as a picture of 150 dpi."""
    import pypdfium2

    paper = page(ARTICLES[:2]) if number == 0 else page(ARTICLES[2:], [])
    return pypdfium2.PdfDocument(paper.data())[0].render(scale=150 / 72).to_pil().convert("L")


def saved(kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture().copy().save(file, kind, **options)  # saving leaves its traces on a picture
    return file.getvalue()


def scan(kind: str = "TIFF", **options: object) -> bytes:
    """Returns both pages in one file."""
    return saved(kind, save_all=True, append_images=[picture(1).copy()], **options)


def read_as(data: bytes, choice: OcrChoice = WANTED, name: str = "a.tif") -> SourceText:
    return read(data, name=name, ocr=OcrOptions(choice))


def outline(found: SourceText) -> list[str]:
    document = Parser.of(None).parse(found.text, found.source, findings=found.findings)
    return [f"{section.kind} {section.number}" for section in document.body]


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_a_picture_is_read(kind: str, media_type: str) -> None:
    found = read_as(saved(kind))
    assert outline(found) == ["article 1", "article 2"]
    assert found.source.media_type == media_type
    assert found.source.pages == 1
    assert found.pages is not None
    at = found.text.index("Điều 2")
    (box,) = found.pages.boxes_of(at, at + 4)
    assert box.x0 == pytest.approx(LEFT + 28, abs=4)
    sure = found.pages.confidence_of(at, at + 4)
    assert sure is not None
    assert 0.5 < sure <= 1


@pytest.mark.parametrize("kind", ["TIFF", "PDF"])
def test_pages_are_read_one_after_the_other(kind: str) -> None:
    told: list[tuple[str, int, int]] = []
    data = scan(kind, **({"resolution": 150} if kind == "PDF" else {"dpi": (150, 150)}))
    found = read(data, name="a", ocr=OcrOptions(progress=lambda *told_now: told.append(told_now)))
    assert outline(found) == ["article 1", "article 2", "article 3"]
    assert told == [("a", 0, 2), ("a", 1, 2), ("a", 2, 2)]
    source = found.source
    assert source.origins is not None
    assert [(origin.first, origin.last, origin.by) for origin in source.origins] == [(1, 1, "ocr"), (2, 2, "ocr")]
    assert source.ocr is not None
    assert source.ocr["pages"] == [1, 2]
    assert source.ocr["least"] <= source.ocr["confidence"] <= 1
    (finding,) = found.findings
    assert finding.en.startswith("Pages 1-2 were read by OCR")
    assert finding.code == "ORT-005"


@lru_cache(maxsize=1)
def hybrid() -> bytes:
    """Returns a PDF whose first page is a picture, and whose second has text."""
    from reportlab.lib.utils import ImageReader

    paper = Paper()
    paper.canvas.drawImage(ImageReader(picture()), 0, 0, WIDTH, HEIGHT)
    paper.next_page()
    paper.paragraph(90, ARTICLES[2])
    return paper.data()


def test_only_the_pages_that_need_it_are_read() -> None:
    found = read_as(hybrid())
    assert outline(found) == ["article 1", "article 2", "article 3"]
    assert found.source.origins is not None
    assert [origin.by for origin in found.source.origins] == ["ocr", "text"]
    assert found.pages is not None
    at = found.text.index("Điều 3")
    assert found.pages.confidence_of(at, at + 6) is None
    assert found.pages.scanned == ()


def test_never_leaves_pictures_alone() -> None:
    found = read_as(hybrid(), "never")
    assert found.source.origins is not None
    assert [origin.by for origin in found.source.origins] == ["picture", "text"]
    assert found.source.ocr is None
    with pytest.raises(UnsupportedFormatError, match="--ocr never"):
        read_as(scan("PDF"), "never")
    with pytest.raises(UnsupportedFormatError, match="--ocr never"):
        read_as(saved("PNG"), "never")


def test_always_reads_pages_with_text_as_well() -> None:
    found = read_as(hybrid(), "always")
    assert found.source.origins is not None
    assert [origin.by for origin in found.source.origins] == ["ocr", "ocr"]


def test_without_an_engine_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_is_installed", lambda name: False)
    for data in (scan("PDF"), saved("PNG")):
        with pytest.raises(UnsupportedFormatError, match=r"nqparse\[ocr\]"):
            read_as(data)
        with pytest.raises(UnsupportedFormatError, match="tesseract-ocr-vie"):
            read_as(data, "tesseract")
    assert outline(read_as(hybrid())) == ["article 3"]


def test_an_empty_picture_says_so() -> None:
    file = io.BytesIO()
    Image.new("L", (600, 800), 255).save(file, "PNG")
    with pytest.raises(InputError, match="no text"):
        read_as(file.getvalue())


# -- bad files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_file_that_is_cut_off_is_one_clear_error(kind: str) -> None:
    data = saved(kind)
    for share in (0.02, 0.5, 0.9):
        with pytest.raises(InputError, match="damaged"):
            read_as(data[: int(share * len(data))])


def bomb(width: int, height: int) -> bytes:
    """Returns a small PNG that says it is very large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(InputError, match="too big"):
        read_as(bomb(100_000, 100_000))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "MOST_PAGES", 1)
    with pytest.raises(ImageFault, match="pages"):
        image.count_pages(scan(dpi=(150, 150)))


@pytest.mark.parametrize("mode", ["1", "P", "RGB", "RGBA", "LA", "CMYK", "I;16", "F"])
def test_all_kinds_of_colour_become_shades_of_grey(mode: str) -> None:
    grey = Image.new("L", (400, 300), 255)
    grey.paste(0, (100, 100, 200, 200))
    if mode == "I;16":
        shown = Image.frombytes("I;16", grey.size, b"".join(bytes((v, v)) for v in grey.tobytes()))
    else:
        shown = grey.convert(mode)
    file = io.BytesIO()
    shown.save(file, "TIFF" if mode in ("CMYK", "F") else "PNG", dpi=(200, 200))
    found = image.page_picture(file.getvalue(), 0)
    assert (found.width, found.height) == (400, 300)
    assert found.grey[150 * 400 + 150] < 5
    assert found.grey[10 * 400 + 10] > 250


def test_how_fine_a_picture_is_is_told_or_guessed() -> None:
    assert image.page_picture(saved("PNG", dpi=(150, 150)), 0).dpi == pytest.approx(150, abs=1)
    assert image.page_picture(saved("PNG"), 0).dpi == pytest.approx(150, abs=2)
    coarse = io.BytesIO()
    picture().resize((picture().width // 2, picture().height // 2)).save(coarse, "PNG", dpi=(75, 75))
    assert image.page_picture(coarse.getvalue(), 0).dpi == pytest.approx(200, abs=2)


def test_a_reading_comes_back_from_the_helper_as_it_was() -> None:
    with pytest.raises(ValueError, match="no reading"):
        Reading.unpack({"words": [["", 1, 2, 3, 4, 1, 1, 1]]})
    with pytest.raises(ValueError, match="no reading"):
        Reading.unpack({})


# -- text layers that are no text -----------------------------------------------------------------------------


def test_a_text_layer_that_makes_no_words_is_known() -> None:
    text = " ".join(ARTICLES)
    assert not is_garbled(text)
    assert not is_garbled("The board adopted this resolution on the third of May " * 5)
    assert not is_garbled("| 12 | 3,4 | 5.600 |\n" * 20)
    assert is_garbled("\ufffd\ufffda " * 40)
    assert is_garbled("®ång nh©n d©n tØnh Héi ch­ư ỵvậ ộđgn " * 8)
