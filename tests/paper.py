"""Paper for the tests of PDF: a small typesetter that puts text exactly where a test wants it."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

pytest.importorskip("reportlab")
pytest.importorskip("pypdfium2")

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 85.0, 540.0
SIZE, STEP = 13.0, 17.0


def _fonts() -> None:
    package = find_spec("font_roboto")
    if package is None or not package.submodule_search_locations:
        pytest.skip("no font with Vietnamese letters (font-roboto)", allow_module_level=True)
    folder = Path(package.submodule_search_locations[0], "files")
    for name in ("Regular", "Bold", "Italic"):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"Roboto-{name}.ttf")))


_fonts()


class Paper:
    """Pages with text. Coordinates are points from the top left corner; `at` places text by its baseline."""

    def __init__(self, *, width: float = WIDTH, height: float = HEIGHT, encrypt: object = None) -> None:
        self._file = io.BytesIO()
        self.height = height
        self.canvas = Canvas(self._file, pagesize=(width, height), encrypt=encrypt, invariant=1)

    def at(
        self, x: float, y: float, text: str, *, size: float = SIZE, font: str = "Regular", spread: float = 0.0
    ) -> None:
        """Sets a line that starts at `x`."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text, charSpace=spread)

    def ruled_row(self, top: float, height: float, *cells: str) -> None:
        """Sets a row of a ruled table, its cells 200 points wide."""
        for at, cell in enumerate(cells):
            self.canvas.rect(85 + 200 * at, self.height - top - 4, 200, height)
            self.at(90 + 200 * at, top, cell)

    def middle(self, x: float, y: float, text: str, *, size: float = SIZE, font: str = "Bold") -> None:
        """Sets a line around `x`."""
        self.at(x - width_of(text, size, font) / 2, y, text, size=size, font=font)

    def mixed(self, x: float, y: float, text: str, *, size: float = SIZE) -> None:
        """Sets a line in two fonts: first all that Helvetica has, then the other letters into the gaps."""
        places = []
        for letter in text:
            places.append((x, letter))
            x += mixed_width_of(letter, size)
        for wanted, font in ((True, "Helvetica"), (False, "Regular")):
            self.canvas.setFont(font, size)
            run, start = "", 0.0
            for place, letter in [*places, (0.0, "")]:
                if letter and letter.isascii() is wanted:
                    start = start if run else place
                    run += letter
                elif run:
                    self.canvas.drawString(start, self.height - y, run)
                    run = ""

    def paragraph(
        self,
        y: float,
        text: str,
        *,
        left: float = LEFT,
        right: float = RIGHT,
        indent: float = 28.0,
        mixed: bool = False,
    ) -> float:
        """Sets a wrapped paragraph, flush at both sides but for its last line; returns the next baseline."""
        width = mixed_width_of if mixed else width_of
        lines = wrapped(text, left, right, indent, width)
        for number, (start, words) in enumerate(lines):
            room = (right - start - sum(map(width, words))) / max(1, len(words) - 1)
            space = room if number + 1 < len(lines) else width(" ")
            x = start
            for at, word in enumerate(words):
                tail = " " if at + 1 < len(words) else ""
                (self.mixed if mixed else self.at)(x, y, word + tail)
                x += width(word) + space
            y += STEP
        return y

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draws a line."""
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def grid(self, xs: Sequence[float], ys: Sequence[float], *, gray: float = 0.0) -> None:
        """Draws the lines of a table."""
        self.canvas.setStrokeGray(gray)
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        """Puts a grey picture on the page."""
        from PIL import Image

        image = ImageReader(Image.new("L", (60, 80), 200))
        self.canvas.drawImage(image, x, self.height - y - height, width, height)

    def turn(self) -> None:
        """Turns what follows, so that lines run up the page: (x, y) of a landscape page."""
        self.canvas.translate(self.height, 0)
        self.canvas.rotate(90)

    def next_page(self) -> None:
        """Begins another page."""
        self.canvas.showPage()

    def data(self) -> bytes:
        """Returns the PDF; nothing can be set any more."""
        if not self._file.getvalue():
            self.canvas.save()
        return self._file.getvalue()


def width_of(text: str, size: float = SIZE, font: str = "Regular") -> float:
    """Returns the width of a text in points."""
    return pdfmetrics.stringWidth(unicodedata.normalize("NFC", text), font, size)


def mixed_width_of(text: str, size: float = SIZE) -> float:
    """Returns the width of a text that `Paper.mixed` sets."""
    return sum(width_of(letter, size, "Helvetica" if letter.isascii() else "Regular") for letter in text)


def wrapped(
    text: str, left: float, right: float, indent: float, width: Callable[[str], float] = width_of
) -> list[tuple[float, list[str]]]:
    """Returns the lines of a paragraph: where each starts, and its words."""
    lines: list[tuple[float, list[str]]] = []
    words: list[str] = []
    start = left + indent
    for word in text.split():
        if words and start + width(" ".join([*words, word])) > right:
            lines.append((start, words))
            words, start = [], left
        words.append(word)
    lines.append((start, words))
    return lines


def joined(texts: Sequence[str], *, own_page: bool = True) -> tuple[bytes, list[int], list[int]]:
    """Sets texts one behind the other; returns the PDF, and the first and the last page of each.

    Args:
        texts: the texts, of which every line is a paragraph.
        own_page: begin each on a new page.
    """
    paper = Paper()
    y, page = 0.0, 0
    firsts, lasts = [], []
    for text in texts:
        y = HEIGHT if own_page else y + 3 * STEP
        first = 0
        for line in text.splitlines():
            if not line.strip():
                y += STEP
                continue
            long = width_of(line.strip()) > RIGHT - LEFT
            if page == 0 or y + (5 if long else 1) * STEP > HEIGHT - 70:
                if page:
                    paper.next_page()
                page, y = page + 1, 90.0
            first = first or page
            if long:
                y = paper.paragraph(y, line.strip())
            else:
                paper.at(LEFT, y, line.strip())
                y += STEP
        firsts.append(first)
        lasts.append(page)
    return paper.data(), firsts, lasts
