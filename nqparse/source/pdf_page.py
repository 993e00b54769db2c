"""One page of a PDF: its characters with their places, its drawn lines and pictures, as pdfium tells them.

pdfium is asked for one character at a time. These calls are most of the cost of reading a PDF, so each is a
bare C call that writes into an array, mapped over all characters without a line of Python between.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterator, Sequence
from math import atan2, hypot, isfinite, pi
from operator import sub
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped, import-not-found, unused-ignore]

from nqparse.source.geometry.words import Layer, Letters, Rule, Sheet, Word, runs_of, words_of
from nqparse.source.ocr.engine import Picture
from nqparse.source.ocr.picture import render
from nqparse.source.pdf_drawing import drawing
from nqparse.source.pdf_fonts import converted
from nqparse.source.pdf_frame import Frame

_POINTER = ctypes.c_void_p
_STRAIGHT = 0.06  # radians, from which on text is oblique and not only a little skewed
_MOST_CHARACTERS = 60_000  # more do not fit on a page of text; they are taken as they come
_OBLIQUE = -1
_NOWHERE = 9
# The size of type as a share of the height of its box, which is that of the ascent and the descent of the font.
_EM = 0.88
_SIZE_LOW, _SIZE_HIGH = 0.4, 2.5
_SMALLEST = 0.1
_ODD_MARK = "\ufffe"
_HYPHEN = 0x02  # at a line's end
_UNKNOWN = "\ufffd"
# Control characters are no text.
_CONTROLS = dict.fromkeys([*range(32), 127], " ") | {_HYPHEN: "-", 0xFFFE: _UNKNOWN, 0xFFFF: _UNKNOWN}

Edges = Sequence[float]


def _bare(function: Any, result: Any, *arguments: Any) -> Any:
    """Returns a C function to be called with plain addresses; building typed pointers costs more than the call."""
    address = ctypes.cast(function, _POINTER).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


_char_origin = _bare(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, _POINTER, ctypes.c_int, _POINTER, _POINTER)
_char_box = _bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, _POINTER, ctypes.c_int, _POINTER)
_char_matrix = _bare(pdfium.FPDFText_GetMatrix, ctypes.c_int, _POINTER, ctypes.c_int, _POINTER)
_char_size = _bare(pdfium.FPDFText_GetFontSize, ctypes.c_double, _POINTER, ctypes.c_int)
_char_code = _bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, ctypes.c_int)


class PdfFile:
    """An open PDF. No other thread of the process may be in pdfium while it is used.

    Raises:
        PdfError: if it cannot be opened.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data  # pdfium reads from it until the file is closed
        self._document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not self._document:
            raise PdfError(pdfium.FPDF_GetLastError())

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        pdfium.FPDF_CloseDocument(self._document)

    def __len__(self) -> int:
        return max(0, int(pdfium.FPDF_GetPageCount(self._document)))

    def read(self, index: int) -> Sheet | None:
        """Reads a page; None if it is broken."""
        page = pdfium.FPDF_LoadPage(self._document, index)
        if not page:
            return None
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            return _sheet(page, text_page) if text_page else None
        finally:
            if text_page:
                pdfium.FPDFText_ClosePage(text_page)
            pdfium.FPDF_ClosePage(page)

    def picture(self, index: int) -> Picture | None:
        """Renders a page as it is displayed; None if it is broken."""
        page = pdfium.FPDF_LoadPage(self._document, index)
        if not page:
            return None
        try:
            return render(page)
        finally:
            pdfium.FPDF_ClosePage(page)


class PdfError(Exception):
    """A PDF that pdfium cannot open; `is_locked` if only for want of the password."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.is_locked = code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


def _sheet(page: Any, text_page: Any) -> Sheet:
    frame = _frame(page)
    text = _characters(text_page)
    size = len(text)
    address = ctypes.cast(text_page, _POINTER).value
    boxes = array("f", bytes(16 * size))
    origins = array("d", bytes(16 * size))
    to_box, to_origin = boxes.buffer_info()[0], origins.buffer_info()[0]
    every, same = range(size), [address] * size
    list(map(_char_box, same, every, range(to_box, to_box + 16 * size, 16)))
    list(map(_char_origin, same, every, range(to_origin, to_origin + 16 * size, 16),
             range(to_origin + 8, to_origin + 8 + 16 * size, 16)))  # fmt: skip
    left, top, right, bottom = boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4]
    # Which of two opposite corners of a box lies left, and which lies on top, depends on how the page is turned.
    x0, x1 = frame.across(left, top), frame.across(right, bottom)
    y0, y1 = frame.down(left, top), frame.down(right, bottom)
    if frame.turns in (1, 2):
        x0, x1 = x1, x0
    if frame.turns in (2, 3):
        y0, y1 = y1, y0
    text = _without_guesses(text, x0, x1, y0, y1)
    runs = runs_of(text)
    text, encodings = converted(text_page, text, runs, x1)
    sheet = Sheet(frame.width, frame.height, text, x0, y0, x1, y1, encodings=encodings)
    if size > _MOST_CHARACTERS:
        sheet.layers.append(Layer(frame.width, frame.height, _unplaced(runs), oblique=True))
        return sheet
    directions, sizes = _settings(address, runs, frame.turns, list(map(sub, boxes[1::4], boxes[3::4])))
    rules, pictured = drawing(page, frame, sum(end - start for start, end in runs))
    sheet.scanned = pictured
    ox, oy = frame.across(origins[0::2], origins[1::2]), frame.down(origins[0::2], origins[1::2])
    for direction in dict.fromkeys(directions):  # in the order in which they come up
        mine = [run for run, at in zip(runs, directions, strict=True) if at == direction]
        if direction == _OBLIQUE:
            sheet.layers.append(Layer(frame.width, frame.height, _unplaced(mine), oblique=True))
        else:
            mine_sizes = [size for size, at in zip(sizes, directions, strict=True) if at == direction]
            sheet.layers.append(_layer(sheet, mine, mine_sizes, (ox, oy), direction=direction, rules=rules))
    return sheet


def _frame(page: Any) -> Frame:
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box) or box.right <= box.left or box.top <= box.bottom:
        box.left, box.bottom = 0.0, 0.0
        box.right, box.top = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    return Frame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)


def _characters(text_page: Any) -> str:
    """Returns the characters of a page, one for each that pdfium counts."""
    size = max(0, pdfium.FPDFText_CountChars(text_page))
    buffer = array("H", bytes(2 * size + 2))
    pointer = ctypes.cast(buffer.buffer_info()[0], ctypes.POINTER(ctypes.c_ushort))
    written = pdfium.FPDFText_GetText(text_page, 0, size, pointer)
    text = buffer.tobytes().decode("utf-16-le", errors="replace")[:size]
    address = ctypes.cast(text_page, _POINTER).value
    if written != size + 1 or len(text) != size:
        # Characters of two halves count double there.
        text = "".join(map(_letter, map(_char_code, [address] * size, range(size))))
    elif _ODD_MARK in text:
        # It stands for a hyphen at a line's end as well as for a mark that the font gives no letter for.
        letters = list(text)
        for at in _places(text, _ODD_MARK):
            letters[at] = _letter(_char_code(address, at))
        text = "".join(letters)
    return text.translate(_CONTROLS)


def _without_guesses(text: str, x0: Edges, x1: Edges, y0: Edges, y1: Edges) -> str:
    """Marks the spaces that pdfium made up, which have no width, as line breaks: a gap is for us to judge."""
    made_up = [at for at in _places(text, " ") if x0[at] == x1[at] or y0[at] == y1[at]]
    if not made_up:
        return text
    letters = list(text)
    for at in made_up:
        letters[at] = "\n"
    return "".join(letters)


def _places(text: str, char: str) -> Iterator[int]:
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else _UNKNOWN


def _settings(
    address: int | None, runs: list[tuple[int, int]], turns: int, heights: Sequence[float]
) -> tuple[list[int], list[float]]:
    """Returns how each run is set: where its line goes on the displayed page, and the size of its type.

    The direction is in quarter turns clockwise, or `_OBLIQUE`.
    """
    count = len(runs)
    starts = [start for start, _ in runs]
    matrices = array("f", bytes(24 * count))
    to_matrix = matrices.buffer_info()[0]
    same = [address] * count
    list(map(_char_matrix, same, starts, range(to_matrix, to_matrix + 24 * count, 24)))
    sizes = list(map(_char_size, same, starts))
    along_x, along_y = matrices[0::6], matrices[1::6]
    sizes = [size * hypot(c, d) for size, c, d in zip(sizes, matrices[2::6], matrices[3::6], strict=True)]
    # Some fonts have a scale of their own; the height of the box is a rougher measure of the same.
    sizes = [
        size if _SIZE_LOW * heights[at] < size < _SIZE_HIGH * heights[at] else max(_EM * heights[at], _SMALLEST)
        for size, at in zip(sizes, starts, strict=True)
    ]
    if turns == 0 and not any(along_y):
        return [0 if x >= 0 else 2 for x in along_x], sizes
    directions = []
    for x, y in zip(along_x, along_y, strict=True):
        quarters = atan2(-y, x) / (pi / 2)
        whole = round(quarters) if isfinite(quarters) else _NOWHERE
        straight = abs(quarters - whole) * (pi / 2) < _STRAIGHT
        directions.append((whole + turns) % 4 if straight else _OBLIQUE)
    return directions, sizes


def _unplaced(runs: list[tuple[int, int]]) -> list[Word]:
    return [Word(start, end, 0.0, 0.0, 0.0, 1.0) for start, end in runs]


def _layer(
    sheet: Sheet,
    runs: list[tuple[int, int]],
    sizes: list[float],
    origins: tuple[Sequence[float], Sequence[float]],
    *,
    direction: int,
    rules: list[Rule],
) -> Layer:
    """Returns the words of one direction, and the drawn lines, in a frame in which they run to the right."""
    ox, oy = origins
    right, bottom = sheet.width, sheet.height
    x0, y0, x1, y1 = sheet.x0, sheet.y0, sheet.x1, sheet.y1

    def height(at: int) -> float:
        return x1[at] - x0[at] if direction % 2 else y1[at] - y0[at]

    match direction:
        case 0:
            u0, u1, v = x0, x1, oy
        case 1:
            u0, u1, v = y0, y1, [right - x for x in ox]
            rules = [Rule(r.v0, right - r.u1, r.v1, right - r.u0) for r in rules]
        case 2:
            u0, u1, v = [right - x for x in x1], [right - x for x in x0], [bottom - y for y in oy]
            rules = [Rule(right - r.u1, bottom - r.v1, right - r.u0, bottom - r.v0) for r in rules]
        case _:
            u0, u1, v = [bottom - y for y in y1], [bottom - y for y in y0], ox
            rules = [Rule(bottom - r.v1, r.u0, bottom - r.v0, r.u1) for r in rules]
    width, depth = (bottom, right) if direction % 2 else (right, bottom)
    words = words_of(runs, sizes, Letters(u0, u1, v, height))
    # What lies outside the page cannot be seen. (Places that are no numbers are outside, too.)
    words = [
        word
        for word in words
        if -width < word.u0 < width and 0 < word.u1 < 2 * width and 0 < word.v < depth + word.size < 2 * depth
    ]
    return Layer(width, depth, words, rules)
