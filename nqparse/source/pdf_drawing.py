"""What is drawn on a page of a PDF: lines that may be those of a table, and pictures that may be of text."""

from __future__ import annotations

import ctypes
from array import array
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped, import-not-found, unused-ignore]

from nqparse.source.geometry.words import Rule
from nqparse.source.pdf_frame import Frame

_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 400
_THIN = 2.5  # points: a box no thicker is a drawn line
_FEW_CHARACTERS = 250  # on a page of text there are more
_PICTURE_SHARE = 0.45
_INVISIBLE = 3
_MANY_PATHS = 200  # letters drawn as outlines
# Of 255: no darker is white, no more opaque is nothing.
_PALE, _FAINT = 245, 10


def drawing(page: Any, frame: Frame, characters: int) -> tuple[list[Rule], bool]:
    """Returns the drawn lines of a page, and whether the page is a picture of text.

    It is one if there are hardly any characters, and a picture covers most of it or letters are drawn as
    outlines, unless the characters are the invisible ones that an OCR program puts behind a picture.
    """
    rules: list[Rule] = []
    pictured, paths, hidden = 0.0, 0, False
    corners = [ctypes.c_float() for _ in range(4)]
    left, bottom, right, top = corners
    pointers = [ctypes.byref(corner) for corner in corners]
    for at in range(min(_MOST_OBJECTS, pdfium.FPDFPage_CountObjects(page))):
        thing = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if characters < _FEW_CHARACTERS and not hidden:
                hidden = pdfium.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE
            continue
        if not pdfium.FPDFPageObj_GetBounds(thing, *pointers):
            continue
        box = (left.value, bottom.value, right.value, top.value)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
            _add_rules(thing, box, frame, rules)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE or _holds_picture(thing):
                pictured += max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
    few = characters < _FEW_CHARACTERS and not hidden
    covered = pictured > _PICTURE_SHARE * frame.width * frame.height
    return rules, few and (covered or (characters == 0 and paths > _MANY_PATHS))


def _holds_picture(form: Any) -> bool:
    count = min(50, pdfium.FPDFFormObj_CountObjects(form))
    return any(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFFormObj_GetObject(form, at)) == pdfium.FPDF_PAGEOBJ_IMAGE
        for at in range(count)
    )


def _add_rules(path: Any, box: tuple[float, float, float, float], frame: Frame, rules: list[Rule]) -> None:
    left, bottom, right, top = box
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    stroked = bool(stroke.value) and _is_seen(pdfium.FPDFPageObj_GetStrokeColor, path)
    if right - left <= _THIN or top - bottom <= _THIN:
        if stroked or (fill.value and _is_seen(pdfium.FPDFPageObj_GetFillColor, path)):
            rules.append(_rule(left, bottom, right, top, frame))
        return
    if not stroked:
        return  # a coloured ground
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for at in range(min(_MOST_SEGMENTS, pdfium.FPDFPath_CountSegments(path))):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            _add_side(last, point, frame, rules)
            if pdfium.FPDFPathSegment_GetClose(segment):
                _add_side(point, start, frame, rules)
        last = point


def _is_seen(color: Any, path: Any) -> bool:
    """Tells whether a colour is not that of the paper: tables that only set text in place have white lines."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not color(path, *[ctypes.byref(part) for part in parts]):
        return True
    red, green, blue, alpha = (part.value for part in parts)
    return alpha > _FAINT and min(red, green, blue) < _PALE


def _add_side(one: tuple[float, float], other: tuple[float, float], frame: Frame, rules: list[Rule]) -> None:
    left, right = sorted((one[0], other[0]))
    bottom, top = sorted((one[1], other[1]))
    if right - left <= _THIN or top - bottom <= _THIN:
        rules.append(_rule(left, bottom, right, top, frame))


def _rule(left: float, bottom: float, right: float, top: float, frame: Frame) -> Rule:
    xs, ys = array("f", (left, right)), array("f", (bottom, top))
    x0, x1 = sorted(frame.across(xs, ys))
    y0, y1 = sorted(frame.down(xs, ys))
    if x1 - x0 > y1 - y0:
        middle = (y0 + y1) / 2
        return Rule(x0, middle, x1, middle)
    middle = (x0 + x1) / 2
    return Rule(middle, y0, middle, y1)
