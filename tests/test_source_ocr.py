"""OCR: pictures are levelled, and the words of any engine become lines, columns and boxes like a text layer's."""

from __future__ import annotations

from itertools import pairwise

import pytest
from paper import LEFT, SIZE, STEP, WIDTH, Paper, width_of

from nqparse.source.geometry.writing import Writer
from nqparse.source.ocr.engine import Engine, EngineError, OcrWord, Picture
from nqparse.source.ocr.merge import best_reading, in_doubt, merged
from nqparse.source.ocr.picture import denoised, levelled, slope_of, turned_back
from nqparse.source.ocr.sheets import Reading, sheet_of
from nqparse.source.ocr.tesseract import Tesseract, words_in
from nqparse.source.pages import Pages
from nqparse.source.pdf_page import PdfFile

Image = pytest.importorskip("PIL.Image")

NAME = ["HỘI VẼ TỈNH NGÀN", "Số: 05/NQ-HV"]
STATE = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
ARTICLE = "Điều 1. Mở hai lớp vẽ tại nhà văn hóa tỉnh, mỗi lớp hai mươi học viên, học buổi tối thứ ba hằng tuần."


def page() -> PdfFile:
    paper = Paper()
    for at, (left, right) in enumerate(zip(NAME, STATE, strict=True)):
        paper.middle(165, 80 + 18 * at, left)
        paper.middle(415, 80 + 18 * at, right)
    y = paper.paragraph(160, ARTICLE)
    for _ in range(8):
        y = paper.paragraph(y + 5, ARTICLE)
    return PdfFile(paper.data())


@pytest.fixture(scope="module")
def picture() -> Picture:
    with page() as file:
        found = file.picture(0)
    assert found is not None
    return found


def turned(picture: Picture, degrees: float) -> Picture:
    image = Image.frombytes("L", (picture.width, picture.height), picture.grey).rotate(degrees, 3, fillcolor=255)
    return Picture(picture.width, picture.height, picture.dpi, image.tobytes())


class Given:
    """An engine that gives the words that it was given."""

    name = "given"

    def __init__(self, *lines: tuple[float, float, str]) -> None:
        self._lines = lines

    def read(self, picture: Picture) -> list[OcrWord]:
        scale = picture.dpi / 72
        found = []
        for x, y, line in self._lines:
            top, bottom = (y - SIZE) * scale, (y + 0.25 * SIZE) * scale
            for word in line.split():
                end = x + width_of(word)
                found.append(OcrWord(word, x * scale, top, end * scale, bottom, 0.9, top, bottom))
                x = end + width_of(" ")
        return found


def recognise(picture: Picture, engine: Engine) -> Reading:
    found = best_reading(picture, [engine])
    assert found is not None
    return found


def read(picture: Picture, engine: Engine) -> tuple[str, Pages]:
    writer = Writer()
    writer.write(sheet_of(recognise(picture, engine)))
    return writer.finish()


def blank() -> Picture:
    return Picture(1190, 1684, 144, b"\xff" * (1190 * 1684))


def test_a_page_is_rendered_as_it_is_shown(picture: Picture) -> None:
    assert picture.width == round(WIDTH * picture.dpi / 72)
    assert len(picture.grey) == picture.width * picture.height
    assert min(picture.grey) < 50
    assert max(picture.grey) == 255


@pytest.mark.parametrize("degrees", [0.0, 0.7, -2.0, 3.5])
def test_the_slope_of_lines_is_found_and_undone(picture: Picture, degrees: float) -> None:
    skewed = turned(picture, degrees)
    assert slope_of(skewed) == pytest.approx(-degrees, abs=0.15)
    level, angle = levelled(skewed)
    assert slope_of(level) == pytest.approx(0, abs=0.15)
    size = level.width, level.height
    x, y = turned_back(700, 300, size, angle)
    assert (abs(x - 700) > 5) is (degrees != 0)
    assert turned_back(x, y, size, -angle) == (pytest.approx(700), pytest.approx(300))


def test_an_empty_picture_is_level_and_says_nothing() -> None:
    assert slope_of(blank()) == 0.0
    assert read(blank(), Given())[0] == ""


def test_words_become_lines_and_columns() -> None:
    lines = [(LEFT, 80.0 + STEP * at, line) for at, line in enumerate(NAME)]
    lines += [(300.0, 80.0 + STEP * at, line) for at, line in enumerate(STATE)]
    text, pages = read(blank(), Given(*lines, (LEFT, 160.0, "Điều 1. Mở lớp vẽ.")))
    assert [line for line in text.split("\n") if line] == [*NAME, *STATE, "Điều 1. Mở lớp vẽ."]
    at = text.index("Mở")
    (box,) = pages.boxes_of(at, at + 2)
    assert box.x0 == pytest.approx(LEFT + width_of("Điều 1. "), abs=0.5)
    assert box.y0 < 160 < box.y1


def test_how_sure_an_engine_is_counts_by_letters() -> None:
    assert recognise(blank(), Given((LEFT, 100, "Điều 1."))).confidence == pytest.approx(0.9)
    assert recognise(blank(), Given()).confidence == 0.0


# -- real engines -----------------------------------------------------------------------------------------


def engines() -> list[object]:
    found: list[object] = []
    installed = Tesseract.is_installed()
    found.append(pytest.param(Tesseract, id="tesseract", marks=[] if installed else pytest.mark.skip("not installed")))

    def make() -> Engine:
        pytest.importorskip("trueocr")
        from nqparse.source.ocr.true_ocr import TrueOcr

        return TrueOcr()

    return [*found, pytest.param(make, id="trueocr")]


@pytest.mark.parametrize("make", engines())
@pytest.mark.parametrize("degrees", [0.0, 2.0])
def test_engines_read_a_rendered_page(make: type[Tesseract], degrees: float, picture: Picture) -> None:
    from rapidfuzz.distance import Levenshtein

    text, pages = read(turned(picture, degrees), make())
    written = " ".join([*NAME, *STATE, *[ARTICLE] * 9])
    assert Levenshtein.normalized_distance(written, " ".join(text.split())) < 0.05
    assert text.startswith("HỘI V")
    (box,) = pages.boxes_of(0, 3)
    assert box.x0 == pytest.approx(165 - width_of(NAME[0], SIZE, "Bold") / 2, abs=8 + 20 * abs(degrees))


def test_a_picture_that_tesseract_cannot_take_is_an_engine_error() -> None:
    if not Tesseract.is_installed():
        pytest.skip("not installed")
    with pytest.raises(EngineError):
        Tesseract("no-such-language").read(blank())


# -- two engines ------------------------------------------------------------------------------------------


def words(line: str, y: float, sure: float, *, left: float = 100.0) -> list[OcrWord]:
    found = []
    for word in line.split():
        found.append(OcrWord(word, left, y, left + 10 * len(word), y + 20, sure, y - 5, y + 25))
        left += 10 * len(word) + 8
    return found


def test_the_second_engine_is_only_asked_where_the_first_is_in_doubt() -> None:
    assert not in_doubt(words("Điều 1. Mở lớp", 100, 0.95))
    assert in_doubt([*words("Điều 1. Mở lớp", 100, 0.95), *words("ngĩx", 140, 0.4)])
    assert in_doubt([])


def test_lines_are_taken_from_the_engine_that_reads_better_vietnamese() -> None:
    first = [*words("Mở lớp vẽ", 100, 0.95), *words("nqày hợc mỡfi", 140, 0.5), *words("Điều 2. Giao", 180, 0.6)]
    second = [*words("Mờ lóp vê", 100, 0.99), *words("ngày học mới", 140, 0.9), *words("Điêu 2. Giao", 180, 0.99)]
    second += words("Lưu: VP.", 220, 0.9)
    found, taken = merged(first, second)
    assert " ".join(word.text for word in found) == "Mở lớp vẽ ngày học mới Điều 2. Giao Lưu: VP."
    assert taken == 2
    assert {word.top for word in found if word.text == "học"} == {135}


def test_labels_of_which_the_first_engine_is_unsure_are_read_by_the_second() -> None:
    first = [*words("II. Mở lớp", 100, 0.85), *words("ø) Mở lớp", 140, 0.85), *words("HI. Mở lớp", 180, 0.85)]
    first += [*words("Điều VHI: Mở lớp", 220, 0.8), *words("Mở lớp vẽ mới", 260, 0.95, left=140)]
    second = [*words("III. Mở lớp", 100, 0.9), *words("g) Mở lớp", 140, 0.9), *words("III Mở lớp", 180, 0.9)]
    second += [*words("Điều VIII: Mở lớp", 220, 0.9), *words("2.Mở lớp vẽ mới", 260, 0.9)]
    found, _ = merged(first, second)
    text = " ".join(word.text for word in found)
    assert text == "III. Mở lớp g) Mở lớp III. Mở lớp Điều VIII: Mở lớp 2. Mở lớp vẽ mới"


def test_words_that_the_first_engine_left_out_are_put_in() -> None:
    whole = words("Hội đồng nhân dân tỉnh", 100, 0.97)
    first = [*whole[:2], *whole[3:]]
    found, taken = merged([first[0]._replace(confidence=0.7), *first[1:]], whole)
    assert " ".join(word.text for word in found) == "Hội đồng nhân dân tỉnh"
    assert taken == 1
    assert all(before.x1 <= word.x0 for before, word in pairwise(found))


def test_stains_that_only_the_first_engine_sees_are_left_out() -> None:
    first = [*words("Mở lớp vẽ", 100, 0.95), *words("y6", 140, 0.15)]
    assert merged(first, words("Mở lớp vẽ", 100, 0.9)) == (first[:3], 0)
    assert merged(first, [*words("Mở lớp vẽ", 100, 0.9), *words("lớp", 140, 0.9)])[0][-1].text == "lớp"


def test_a_line_over_two_columns_is_cut_where_they_stand_on_different_levels() -> None:
    def row(text: str, left: int, top: int) -> str:
        return f"5\t1\t1\t1\t1\t1\t{left}\t{top}\t60\t20\t95\t{text}"

    found = words_in("\n".join(["", row("Lưu", 100, 100), row("VP", 170, 100), row("Minh", 600, 110)]))
    assert {word.text: word.bottom for word in found} == {"Lưu": 120, "VP": 120, "Minh": 130}
    level = words_in("\n".join(["", row("Lưu", 100, 100), row("Minh", 600, 102)]))
    assert {word.bottom for word in level} == {122}


def test_noisy_pictures_are_made_coarser(picture: Picture) -> None:
    import numpy as np

    fine = Picture(1200, 900, 300, bytes(np.random.default_rng(1).integers(0, 256, 1200 * 900, np.uint8)))
    clear = denoised(fine)
    assert (clear.width, clear.height, clear.dpi, len(clear.grey)) == (800, 600, 200, 480_000)


def test_stains_that_only_the_second_engine_sees_are_no_lines() -> None:
    first = words("Mở lớp vẽ", 100, 0.95)
    assert merged(first, [*words("—", 300, 0.9), *words("ab", 340, 0.2)]) == (first, 0)


def test_specks_are_taken_out_of_noisy_pictures_only(picture: Picture) -> None:
    import numpy as np

    assert denoised(picture) is picture
    grey = np.frombuffer(picture.grey, np.uint8).astype(np.int16) + np.random.default_rng(1).normal(
        0, 18, len(picture.grey)
    )
    noisy = Picture(picture.width, picture.height, picture.dpi, np.clip(grey, 0, 255).astype(np.uint8).tobytes())
    assert denoised(noisy) is not noisy
