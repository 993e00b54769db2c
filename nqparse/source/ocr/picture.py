"""Pictures of pages: rendered from a PDF, without specks, and levelled: no engine reads lines that climb well."""

from __future__ import annotations

import ctypes
from math import cos, radians, sin, tan
from typing import TYPE_CHECKING, Any

from nqparse.source.ocr.engine import Picture

if TYPE_CHECKING:
    from PIL import Image

_DPI = 200
_MOST_POINTS = 40_000_000  # of a picture; larger pages are rendered smaller
# The search for the slope of lines: on a picture of this width, in degrees.
_WIDTH = 800
_WIDEST, _COARSE, _FINE = 5.0, 0.5, 0.1
_LEAST = 0.15  # a slope that does no harm
_ROUGH = 4.0  # of 255: how far the points of a noisy page are from those around them; of a clean one less than 2
_COARSER = 0.8  # what is finer than this is made coarser
_DARK = 0.6  # of the mean: what is darker is ink


def render(page: Any, dpi: float = _DPI) -> Picture:
    """Renders an open page of a PDF as it is displayed."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: PLC0415

    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    dpi = min(dpi, 72 * (_MOST_POINTS / max(width * height, 1.0)) ** 0.5)
    columns, rows = max(1, round(width * dpi / 72)), max(1, round(height * dpi / 72))
    bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * rows)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    grey = raw if stride == columns else b"".join(raw[at * stride : at * stride + columns] for at in range(rows))
    return Picture(columns, rows, dpi, grey)


def image_of(picture: Picture) -> Image.Image:
    """Returns a picture as an image of Pillow."""
    from PIL import Image  # noqa: PLC0415

    return Image.frombytes("L", (picture.width, picture.height), picture.grey)


def slope_of(picture: Picture) -> float:
    """Returns by how many degrees the lines of a picture fall to the right.

    At the right angle the ink of a page lies in sharp rows: the sums of the rows differ most from their neighbours.
    """
    import numpy as np  # noqa: PLC0415

    points = np.frombuffer(picture.grey, np.uint8).reshape(picture.height, picture.width)
    step = max(1, picture.width // _WIDTH)
    rows, columns = picture.height // step * step, picture.width // step * step
    small = points[:rows, :columns].reshape(rows // step, step, columns // step, step).mean(axis=(1, 3))
    ys, xs = np.nonzero(small < _DARK * small.mean())
    if len(ys) < _WIDTH:
        return 0.0

    def sharpness(degrees: float) -> float:
        levels = np.round(ys - xs * tan(radians(degrees))).astype(np.int64)
        sums = np.bincount(levels - levels.min())
        return float(((sums[1:] - sums[:-1]).astype(np.float64) ** 2).sum())

    best = max(np.arange(-_WIDEST, _WIDEST + _FINE, _COARSE), key=sharpness)
    return float(max(np.arange(best - _COARSE, best + _COARSE + _FINE / 2, _FINE), key=sharpness))


def denoised(picture: Picture) -> Picture:
    """Returns a picture without its specks; the same picture if it has hardly any.

    A fine one is made coarser, too: that evens out the noise, and engines need no more points than that.
    """
    import numpy as np  # noqa: PLC0415
    from PIL import Image, ImageFilter  # noqa: PLC0415

    image = image_of(picture)
    middle = ImageFilter.MedianFilter(3)
    # A strip of the page tells: letters have few points that are unlike all around them.
    strip = image.crop((picture.width // 4, 0, picture.width // 4 * 3 or 1, picture.height))
    rough = np.asarray(strip, dtype=np.int16) - np.asarray(strip.filter(middle), dtype=np.int16)
    if float(np.abs(rough).mean()) < _ROUGH:
        return picture
    clear = image.filter(middle)
    factor = _DPI / picture.dpi
    if factor > _COARSER:
        return Picture(picture.width, picture.height, picture.dpi, clear.tobytes())
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return Picture(*size, _DPI, clear.resize(size, Image.Resampling.BOX).tobytes())


def levelled(picture: Picture) -> tuple[Picture, float]:
    """Returns a picture with level lines, and by how many degrees it was turned."""
    degrees = slope_of(picture)
    if abs(degrees) < _LEAST:
        return picture, 0.0
    from PIL import Image  # noqa: PLC0415

    turned = image_of(picture).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    return Picture(picture.width, picture.height, picture.dpi, turned.tobytes()), degrees


def turned_back(x: float, y: float, size: tuple[int, int], degrees: float) -> tuple[float, float]:
    """Returns where a point of a levelled picture, of this width and height, is in the picture before."""
    if not degrees:
        return x, y
    angle = radians(degrees)
    width, height = size
    dx, dy = x - width / 2, y - height / 2
    return width / 2 + dx * cos(angle) - dy * sin(angle), height / 2 + dx * sin(angle) + dy * cos(angle)
