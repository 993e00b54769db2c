"""The specimens on paper: PDF with text in one font and in two, and scans of it, clean, noisy and skewed.

Resolutions are set as offices set them: letterhead and foot in two columns without lines around them, paragraphs flush
at both sides, tables with drawn lines. Scans are pictures of these pages, damaged with a fixed seed.
"""

from __future__ import annotations

import ctypes
import io
import random
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2.raw as pdfium
from PIL import Image as Images
from PIL import ImageFilter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.formats import CannotRenderError, Rendering
from benchmarks.formats.sheet import Columns, Grid, Paragraph, Specimen

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 85.0, 545.0, 70.0, 780.0
SIZE, STEP, AFTER, INDENT = 13.0, 17.0, 5.0, 28.0
_SMALL, _CELL_STEP = 11.0, 14.0
_GUTTER = 20.0
_STRETCHED = 2.5  # spaces: lines with wider gaps than this are not set flush
_HEAD, _LEAST = 11.5, 9.0
_BARS, _ONE_LINE = 3, 500
_SIGNING = 55.0  # room for the hand
_SERIFS = (
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
)
_CELL = re.compile(r"\S+(?: {1,2}\S+)*")
_CELL_BREAK = "  "
_DEEP, _COLUMNS = 20, 100  # characters: of a line that is moved to the right, and of the widest line
_MARKS = re.compile(r"\*{2,3}|__|^#+ |\\|(?<=[^*\s])\*(?!\*)|^\*(?=\S)")


@lru_cache(maxsize=1)
def _font() -> str:
    """Registers a font with all Vietnamese letters: one like Times where Debian has it, else Roboto."""
    files = [Path(file) for file in _SERIFS]
    package = find_spec("font_roboto")
    if package is not None and package.submodule_search_locations:
        files.append(Path(package.submodule_search_locations[0], "files", "Roboto-Regular.ttf"))
    file = next(file for file in files if file.is_file())
    pdfmetrics.registerFont(TTFont("Page", str(file)))
    return "Page"


def _plain(text: str) -> str:
    """Returns a text without the marks of Markdown."""
    return _MARKS.sub("", unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u00ad", ""))


def _cells(text: str) -> list[re.Match[str]]:
    """Returns the parts of a line between wide gaps."""
    return list(_CELL.finditer(text.expandtabs().replace("\u00a0", " ")))


def missing() -> str:
    """Returns what is not installed here, "" if all is there."""
    try:
        _font()
    except StopIteration:
        return "a font with Vietnamese letters (fonts-croscore or font-roboto)"
    return ""


@dataclass(frozen=True, slots=True)
class _Side:
    """A column: its edges, and its rows with the size of their type."""

    left: float
    right: float
    rows: list[tuple[float, str]]


class _Setter:
    """Sets the blocks of a specimen, page after page."""

    def __init__(self, *, mixed: bool) -> None:
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=(WIDTH, HEIGHT), invariant=1)
        self._mixed = mixed
        self._y = TOP

    def data(self) -> bytes:
        self._canvas.save()
        return self._file.getvalue()

    def paragraph(self, block: Paragraph) -> None:
        if sum(len(_cells(line)) > 1 for line in block.lines) > 1:
            self._room(STEP * len(block.lines))  # columns stay together
        for line in block.lines:
            self._flush(line, LEFT, RIGHT, INDENT)
        self._y += AFTER

    def columns(self, block: Columns) -> None:
        middle = (LEFT + RIGHT) / 2
        foot = block.left[0].lines[0].strip("*_ ").lower().startswith("nơi")
        sides = [
            _Side(LEFT - 25, middle - _GUTTER / 2, self._fitted(block.left, middle - LEFT, foot=foot)),
            _Side(middle + _GUTTER / 2, RIGHT + 10, self._fitted(block.right, RIGHT - middle, foot=foot)),
        ]
        self._room(STEP * max(len(side.rows) for side in sides) + (_SIGNING if foot else 0))
        lowest = self._y
        for side in sides:
            y = self._y
            for number, (size, text) in enumerate(side.rows):
                if foot and side is sides[1] and number + 1 == len(side.rows):
                    y += _SIGNING
                # Recipients stand flush left, everything else in the middle of its column.
                flush = (foot and side is sides[0]) or (text[:1] in "-–+•" and text.strip("-–"))
                room = side.right - side.left - self._width(text, size)
                self._line(side.left + (0.0 if flush else max(0.0, room / 2)), y, text, size)
                y += STEP
            lowest = max(lowest, y)
        self._y = lowest + AFTER

    def _fitted(self, paragraphs: Sequence[Paragraph], room: float, *, foot: bool) -> list[tuple[float, str]]:
        """Returns the rows of a column with their sizes: the lines of a letterhead are made to fit."""
        rows = []
        for line in (_plain(line.strip()) for part in paragraphs for line in part.lines):
            size = _HEAD if foot else max(_LEAST, min(_HEAD, 0.98 * _HEAD * room / max(self._width(line, _HEAD), 1.0)))
            rows += [(size, " ".join(words)) for words in self._rows(line.split(), room, 0.0, size)]
        return rows

    def grid(self, block: Grid) -> None:
        count = max(map(len, block.rows))
        widths = [[min(40, len(row[at])) for row in block.rows if at < len(row)] for at in range(count)]
        weights = [max(4, *width) for width in widths]
        xs = [LEFT]
        for weight in weights:
            xs.append(xs[-1] + (RIGHT - LEFT) * weight / sum(weights))
        for row in block.rows:
            cells = [self._cell(cell, xs[at + 1] - xs[at] - 6) for at, cell in enumerate(row)]
            height = _CELL_STEP * max(1, *(len(cell) for cell in cells)) + 4
            self._room(height)
            for at, cell in enumerate(cells):
                for number, words in enumerate(cell):
                    self._line(xs[at] + 3, self._y + 2 + number * _CELL_STEP, " ".join(words), _SMALL)
            top = HEIGHT - (self._y - _SMALL)
            for x in xs:
                self._canvas.line(x, top, x, top - height)
            for y in (top, top - height):
                self._canvas.line(xs[0], y, xs[-1], y)
            self._y += height
        self._y += STEP

    def _cell(self, text: str, room: float) -> list[list[str]]:
        """Returns the rows of a cell. Two spaces stand where a line of it ended, four where one was left free."""
        rows = []
        for line in text.strip().split(_CELL_BREAK):
            rows += self._rows(_plain(line.strip()).split(), room, 0.0, _SMALL) or [[]]
        return rows

    def _room(self, height: float) -> None:
        if self._y + height > BOTTOM and self._y > TOP:
            self._canvas.showPage()
            self._y = TOP

    def _spread(self, text: str) -> bool:
        """Sets a line whose gaps are its meaning; tells whether it is one."""
        cells = _cells(text)
        if len(cells) < 2 and not (cells and cells[0].start() > _DEEP):
            return False
        self._room(STEP)
        step = (RIGHT - LEFT) / max(_COLUMNS, cells[-1].end())
        x = LEFT
        for cell in cells:
            shown = _plain(cell.group())
            x = max(x, LEFT + cell.start() * step)
            self._line(x, self._y, shown, _SMALL)
            x += self._width(shown, _SMALL) + 2 * _SMALL
        self._y += STEP
        return True

    def _flush(self, text: str, left: float, right: float, indent: float) -> None:
        if self._spread(text):
            return
        rows = self._rows(_plain(text).split(), right - left, indent)
        # A short line in capitals stands in the middle, as headings do.
        if len(rows) == 1 and text.isupper() and len(text) < 60:
            self._room(STEP)
            shown = " ".join(rows[0])
            self._line(left + (right - left - self._width(shown)) / 2, self._y, shown)
            self._y += STEP
            return
        for number, words in enumerate(rows):
            self._room(STEP)
            x = left + (0.0 if number else indent)
            last = number + 1 == len(rows)
            gaps = max(1, len(words) - 1)
            space = (right - x - sum(map(self._width, words))) / gaps
            if last or not 0 < space < _STRETCHED * self._width(" "):
                self._line(x, self._y, " ".join(words))
            else:
                for word in words:
                    self._line(x, self._y, word + " ")
                    x += self._width(word) + space
            self._y += STEP

    def _rows(self, words: Sequence[str], room: float, indent: float, size: float = SIZE) -> list[list[str]]:
        rows: list[list[str]] = []
        row: list[str] = []
        for word in words:
            if row and indent + self._width(" ".join([*row, word]), size) > room:
                rows.append(row)
                row, indent = [], 0.0
            row.append(word)
        return [*rows, row] if row else rows

    def _width(self, text: str, size: float = SIZE) -> float:
        if not self._mixed:
            return float(pdfmetrics.stringWidth(text, _font(), size))
        return sum(pdfmetrics.stringWidth(char, "Times-Roman" if char.isascii() else _font(), size) for char in text)

    def _line(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        if not self._mixed:
            self._canvas.setFont(_font(), size)
            self._canvas.drawString(x, HEIGHT - y, text)
            return
        # As some programs do: first all that the first font has, then the other letters into the gaps.
        places = []
        for char in text:
            places.append((x, char))
            x += self._width(char, size)
        for plain, font in ((True, "Times-Roman"), (False, _font())):
            self._canvas.setFont(font, size)
            for place, char in places:
                if char.isascii() is plain:
                    self._canvas.drawString(place, HEIGHT - y, char)


def _refuse_what_is_no_paper(specimen: Specimen) -> None:
    """Refuses texts that could not have been copied from paper: web pages full of bars, a document in one line."""
    lines = specimen.text.splitlines()
    if "\u00ad" in specimen.text:
        raise CannotRenderError("soft hyphens cannot be seen on paper")
    if sum(line.strip() == "|" for line in lines) > _BARS:
        raise CannotRenderError("the dump of a web page")
    name = specimen.document.header.national_name
    if name is not None and any(name.text in line and len(line) > _ONE_LINE for line in lines):
        raise CannotRenderError("all in one line")


def pdf(specimen: Specimen, *, mixed: bool = False) -> bytes:
    """Returns a specimen as a PDF with text.

    Raises:
        CannotRenderError: if its text could not have been on paper.
    """
    _refuse_what_is_no_paper(specimen)
    setter = _Setter(mixed=mixed)
    for block in specimen.blocks:
        match block:
            case Paragraph():
                setter.paragraph(block)
            case Columns():
                setter.columns(block)
            case Grid():
                setter.grid(block)
    return setter.data()


def pictures(data: bytes, dpi: int) -> Iterator[Image]:
    """Yields the pages of a PDF as grey pictures."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    try:
        for index in range(pdfium.FPDF_GetPageCount(document)):
            page = pdfium.FPDF_LoadPage(document, index)
            columns, rows = round(WIDTH * dpi / 72), round(HEIGHT * dpi / 72)
            bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_Gray, None, 0)
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, 0)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
            pdfium.FPDFBitmap_Destroy(bitmap)
            pdfium.FPDF_ClosePage(page)
            yield Images.frombuffer("L", (columns, rows), raw, "raw", "L", stride, 1).copy()
    finally:
        pdfium.FPDF_CloseDocument(document)


def noisy(image: Image, seed: int) -> Image:
    """Returns a page as a worn copier leaves it: faint and uneven ink, a grey ground, specks."""
    made = np.random.default_rng(seed)
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6 * image.width / 1654)), dtype=np.float32)
    paper = 232 + made.normal(0, 9, soft.shape)
    ink = 40 + made.normal(0, 14, soft.shape)
    grey = ink + (paper - ink) * soft / 255
    specks = made.random(soft.shape)
    grey[specks < 0.0008] = 60
    grey[specks > 0.9992] = 235
    return Images.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def skewed(image: Image, seed: int) -> Image:
    """Returns a page that lay a little askew, by up to two degrees."""
    degrees = random.Random(seed).choice((-1, 1)) * random.Random(seed + 1).uniform(0.6, 2.0)
    return image.rotate(degrees, Images.Resampling.BICUBIC, fillcolor=255)


Damage = Callable[["Image", int], "Image"]
SCANS: dict[str, tuple[int, tuple[Damage, ...], float]] = {
    "clean, 300 dpi": (300, (), 0.95),
    "clean, 200 dpi": (200, (), 0.95),
    "skewed, 200 dpi": (200, (skewed,), 0.95),
    "noisy, 300 dpi": (300, (noisy,), 0.85),
    "noisy, 200 dpi": (200, (noisy,), 0.85),
    "skewed and noisy, 200 dpi": (200, (skewed, noisy), 0.85),
}
"""The kinds of scans: how fine, damaged by what, and the share of specimens whose skeleton must come through."""


def scan(specimen: Specimen, kind: str) -> Iterator[Image]:
    """Yields the pages of a specimen as they come from a scanner.

    Raises:
        CannotRenderError: if its text could not have been on paper.
    """
    dpi, damages, _ = SCANS[kind]
    seed = zlib.crc32(specimen.name.encode())
    for number, image in enumerate(pictures(pdf(specimen), dpi)):
        for damage in damages:
            image = damage(image, seed + number)
        yield image


RENDERINGS = [
    Rendering("pdf", pdf, "text.pdf", 1.0, missing),
    Rendering("pdf, two fonts", partial(pdf, mixed=True), "mixed.pdf", 1.0, missing),
]
