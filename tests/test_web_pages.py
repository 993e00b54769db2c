"""The pages of a file in a real Chromium: what is clicked becomes active, what is drawn over becomes a value."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from paper import STEP, Paper
from shapes import BODY, FOOT, OPENING
from test_web_browser import browser, page, playwright, pressed, pytestmark, running  # noqa: F401

from nqparse import batch
from nqparse.archive.archive import Archive
from nqparse.document import Document
from nqparse.review.desk import Desk
from nqparse.source import read
from nqparse.source.pages import Box, Pages
from nqparse.web.page_worker import Worker

LINES = (OPENING + BODY + "Điều 3. Mở lớp tại Nhà Văn hóa thiếu nhi.\n" + FOOT).splitlines()


def seal(paper: Paper, x: float, y: float) -> None:
    paper.canvas.setFillColorRGB(0.8, 0.1, 0.15)
    paper.canvas.circle(x, paper.height - y, 30, stroke=0, fill=1)
    paper.canvas.setFillColorRGB(0, 0, 0)


class Sheets:
    """A server with one PDF, and where things stand in it."""

    def __init__(self, address: str, folder: Path, name: str, pages: Pages) -> None:
        self.address = address
        self.folder = folder
        self.name = name
        self.pages = pages

    @property
    def document(self) -> Document:
        with Archive(self.folder) as archive:
            return Desk(archive).reviewed(self.name).document

    def box_of(self, words: str) -> Box:
        at = self.document.text.index(words)
        (box,) = self.pages.boxes_of(at, at + len(words))
        return box


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sheets]:
    folder = tmp_path_factory.mktemp("sheets")
    paper = Paper()
    for number, line in enumerate(LINES):
        paper.at(72, 72 + STEP * number, line)
    seal(paper, 400, 700)
    paper.canvas.showPage()
    for number in range(3):
        paper.ruled_row(100 + STEP * number, STEP, f"Lớp số {number}", f"Phường {number}0")
    file = folder / "nq.pdf"
    file.write_bytes(paper.data())
    source = read(file)
    assert source.pages is not None
    with Archive(folder, mode="a") as archive:
        archive.put(batch.parser(None).parse_source(source), file, source.pages)
        (name,) = archive.ids()
    with running(folder) as address:
        yield Sheets(address, folder, name, source.pages)


@pytest.fixture
def desk(page: Any, sheets: Sheets) -> Any:  # noqa: F811
    page.goto(f"{sheets.address}/documents/{sheets.name}")
    page.wait_for_selector(".finding.active")
    page.click("#view")
    page.wait_for_selector("figure[data-page='2']")
    return page


def on_screen(desk: Any, sheets: Sheets, box: Box) -> tuple[float, float, float, float]:
    """Returns where a box of a page is on the screen: left, top, right, bottom."""
    frame = desk.locator(f"figure[data-page='{box.page}'] img").bounding_box()
    scale = frame["width"] / sheets.pages[box.page - 1].width
    left, top = frame["x"], frame["y"]
    return left + scale * box.x0, top + scale * box.y0, left + scale * box.x1, top + scale * box.y1


def bring(desk: Any, sheets: Sheets, box: Box) -> None:
    """Scrolls until a box is in the upper part of the screen."""
    top = on_screen(desk, sheets, box)[1]
    desk.evaluate("(by) => { document.getElementById('source').scrollTop += by; }", top - 200)


def drawn(desk: Any, sheets: Sheets, one: Box, other: Box) -> None:
    """Draws from the beginning of a box to the end of another one."""
    bring(desk, sheets, one)
    left, top, _, _ = on_screen(desk, sheets, one)
    _, _, right, bottom = on_screen(desk, sheets, other)
    desk.mouse.move(left + 2, top + 3)
    desk.mouse.down()
    desk.mouse.move((left + right) / 2, (top + bottom) / 2)
    desk.wait_for_selector(".drawn")
    desk.mouse.move(right - 2, bottom - 3)
    desk.mouse.up()
    desk.wait_for_selector(".box.chosen")
    assert desk.locator(".drawn").count() == 0


def test_the_place_of_a_value_is_boxed_on_its_page(desk: Any, sheets: Sheets) -> None:
    desk.keyboard.press("j")
    desk.wait_for_selector(".finding.active:has-text('2024-03-05')")
    for _ in range(100):  # the box before stays until the server has said where this one is
        shown = desk.locator(".box").bounding_box()
        found = shown and (shown["x"], shown["y"], shown["x"] + shown["width"], shown["y"] + shown["height"])
        expected = pytest.approx(on_screen(desk, sheets, sheets.box_of("ngày 05 tháng 3 năm 2024")), abs=2)
        if found == expected:
            break
        desk.wait_for_timeout(50)
    assert found == expected


def test_a_value_that_is_clicked_becomes_the_active_one(desk: Any, sheets: Sheets) -> None:
    desk.keyboard.press("j")
    desk.wait_for_selector(".finding.active:has-text('2024-03-05')")
    bring(desk, sheets, sheets.box_of("05/NQ-UBMT"))
    left, top, right, bottom = on_screen(desk, sheets, sheets.box_of("05/NQ-UBMT"))
    desk.mouse.click((left + right) / 2, (top + bottom) / 2)
    desk.wait_for_selector(".finding.active:has-text('05/NQ-UBMT')")
    assert desk.locator(".box.chosen").count() == 0


def test_what_is_drawn_over_becomes_a_value(desk: Any, sheets: Sheets) -> None:
    words = "Nhà Văn hóa thiếu nhi"
    box = sheets.box_of(words)
    drawn(desk, sheets, box, box)
    desk.keyboard.press("n")
    desk.wait_for_selector(f"#editing-place:has-text('{words}')")
    desk.select_option("#type", "PLACE")
    desk.focus("#save")
    pressed(desk, "Enter")
    assert [item.text for item in sheets.document.entities if item.type == "PLACE"].count(words) == 1
    assert desk.locator(".box.chosen").count() == 0
    pressed(desk, "u")


def test_the_active_value_is_moved_to_what_is_drawn_over(desk: Any, sheets: Sheets) -> None:
    desk.keyboard.press("j")
    drawn(desk, sheets, sheets.box_of("ngày 05 tháng 3"), sheets.box_of("ngày 05 tháng 3"))
    desk.keyboard.press("Escape")
    desk.wait_for_selector(".box.chosen", state="detached")
    drawn(desk, sheets, sheets.box_of("tháng 3 năm 2024"), sheets.box_of("tháng 3 năm 2024"))
    desk.keyboard.press("e")
    assert desk.inner_text("#editing-place") == "tháng 3 năm 2024"
    desk.keyboard.press("Escape")
    desk.wait_for_selector("dialog[open]", state="detached")
    assert desk.locator(".box.chosen").count() == 1


def test_what_is_drawn_over_in_one_column_leaves_the_others_out(desk: Any, sheets: Sheets) -> None:
    words = ["Lớp số 0", "Lớp số 1", "Lớp số 2"]
    drawn(desk, sheets, sheets.box_of(words[0]), sheets.box_of(words[2]))
    assert desk.locator(".box.chosen").count() == 3
    desk.keyboard.press("n")
    assert desk.inner_text("#editing-place").split() == " ".join(words).split()
    desk.select_option("#type", "ORG")
    desk.focus("#save")
    pressed(desk, "Enter")
    document = sheets.document
    (kept,) = (item for item in document.entities if item.type == "ORG" and "Lớp" in item.text)
    assert [document.text[start:end] for start, end in kept.fragments or ()] == words
    pressed(desk, "u")


def test_nobody_is_shut_out_of_the_pages(desk: Any, browser: Any, sheets: Sheets) -> None:  # noqa: F811
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(bypass_csp=True)
    opened = context.new_page()
    opened.goto(f"{sheets.address}/documents/{sheets.name}")
    opened.wait_for_selector(".finding.active")
    opened.click("#view")
    opened.wait_for_selector(".box")
    assert axe.run(opened).response["violations"] == []
    context.close()


# -- pictures -----------------------------------------------------------------------------------------


def picture(path: Path, page: int = 0, dpi: float = 72) -> Any:  # noqa: F811
    import json

    from PIL import Image

    answer = Worker().answer(json.dumps({"path": str(path), "page": page, "dpi": dpi}).encode())
    return Image.open(io.BytesIO(answer)) if answer else None


def test_a_page_is_shown_in_its_colours(sheets: Sheets) -> None:
    image = picture(sheets.folder / "nq.pdf")
    assert image.size == (595, 842)
    red, green, blue = image.convert("RGB").getpixel((400, 700))
    assert red > 190
    assert max(green, blue) < 100
    assert image.convert("RGB").getpixel((10, 10)) == (255, 255, 255)
    assert picture(sheets.folder / "nq.pdf", 1).mode == "L"
    assert picture(sheets.folder / "nq.pdf", 2) is None
    assert picture(sheets.folder / "none.pdf") is None


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_an_image_is_shown_whatever_kind_of_colour_it_has(tmp_path: Path, mode: str) -> None:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (400, 600), "white")
    ImageDraw.Draw(image).rectangle((100, 100, 200, 200), fill=(200, 20, 40))
    coloured = mode in ("P", "RGB", "RGBA", "CMYK")
    if mode == "I;16":
        image = image.convert("L").point(lambda value: value * 257, "I")
    image = image.convert(mode)
    path = tmp_path / "a.tif"
    image.save(path, dpi=(144, 144))
    shown = picture(path)
    assert shown.size == (200, 300)
    assert (shown.mode == "P") is coloured
    red, green, blue = shown.convert("RGB").getpixel((75, 75))
    assert (red > 180 and max(green, blue) < 100) or (not coloured and red == green == blue)
    assert shown.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
