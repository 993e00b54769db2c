"""Image files: their pages as grey pictures, or as one sees them; bounded in size before anything is unpacked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nqparse.source.ocr.engine import Picture

if TYPE_CHECKING:
    from PIL import Image

MOST_PAGES = 2_000
MOST_POINTS = 150_000_000  # of one page: A3 at 600 dpi has half of it
_KINDS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")
# What is finer costs time and gives no better letters; what is coarser is blown up, which engines like.
_FINEST, _USUAL, _COARSEST = 320.0, 200.0, 150.0
# The long side of a page whose file does not say how fine it is: that of A4, in inches.
_LONG_SIDE = 11.69
_LIKELY_DPI = (90.0, 1300.0)
_ORIENTATION = 0x0112
_RESOLUTION = "dpi"
_HIGH_BITS = 256  # levels of grey in one that counts


class ImageFault(Exception):
    """A file that gives no pictures; `fault` is `damaged`, `big`, `pages`, `slow` or `crash`."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def count_pages(data: bytes) -> int:
    """Returns how many pages an image file has.

    Raises:
        ImageFault: if it cannot be read.
    """
    with _opened(data) as image:
        try:
            count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
        except Exception as error:  # Pillow raises what it likes on files that are not whole
            raise ImageFault("damaged") from error
    if count > MOST_PAGES:
        raise ImageFault("pages")
    return count


def page_picture(data: bytes, index: int) -> Picture:
    """Returns a page of an image file, as it is meant to be seen.

    Raises:
        ImageFault: if it cannot be read.
    """
    with _page(data, index) as image:
        dpi = _dpi(image)
        grey = _grey(_upright(image))
    return _picture(grey, dpi)


def page_seen(data: bytes, index: int, dpi: float) -> Image.Image:
    """Returns a page of an image file in its colours, as it is meant to be seen, no finer than `dpi`.

    Raises:
        ImageFault: if it cannot be read.
    """
    from PIL import Image  # noqa: PLC0415

    with _page(data, index) as image:
        factor = dpi / _dpi(image)
        seen = _upright(image)
        seen = (_grey(seen) if _is_deep(seen) else _on_paper(seen)).convert("RGB")
    if factor >= 1:
        return seen
    size = (max(1, round(seen.width * factor)), max(1, round(seen.height * factor)))
    return seen.resize(size, Image.Resampling.BOX)


def _opened(data: bytes) -> Image.Image:
    from PIL import Image  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = None  # `_check_size` sees to it, with an error that says so
    try:
        image = Image.open(io.BytesIO(data), formats=_KINDS)
    except Exception as error:
        raise ImageFault("damaged") from error
    _check_size(image)
    return image


@contextmanager
def _page(data: bytes, index: int) -> Iterator[Image.Image]:
    """Opens an image file at a page; whatever Pillow raises while the page is worked on is an `ImageFault`."""
    with _opened(data) as image:
        try:
            image.seek(index)
            _check_size(image)
            yield image
        except ImageFault:
            raise
        except Exception as error:
            raise ImageFault("damaged") from error


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_POINTS:
        raise ImageFault("big")
    if image.width < 1 or image.height < 1:
        raise ImageFault("damaged")


def _dpi(image: Image.Image) -> float:
    """Returns how fine a page is: what the file says, or what it is if the page is of the usual size."""
    told: Any = image.info.get(_RESOLUTION)
    low, high = _LIKELY_DPI
    if isinstance(told, tuple) and told and low <= float(told[0]) <= high:
        return float(told[0])
    return min(max(max(image.width, image.height) / _LONG_SIDE, 1.0), high)


def _upright(image: Image.Image) -> Image.Image:
    from PIL import ImageOps  # noqa: PLC0415

    image.load()
    return ImageOps.exif_transpose(image) or image


def _is_deep(image: Image.Image) -> bool:
    return image.mode in ("I", "F") or image.mode.startswith("I;")


def _on_paper(image: Image.Image) -> Image.Image:
    """Returns an image on white paper, where one can see through it."""
    from PIL import Image  # noqa: PLC0415

    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        seen = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    return image


def _grey(image: Image.Image) -> Image.Image:
    """Returns an upright image in shades of grey, on white paper."""
    if _is_deep(image):
        _, high = image.getextrema()
        if isinstance(high, (int, float)) and high >= _HIGH_BITS:
            return image.convert("F").point(lambda value: value * (255.0 / 65535.0)).convert("L")
        return image.convert("L")
    return _on_paper(image).convert("L")


def _picture(grey: Image.Image, dpi: float) -> Picture:
    from PIL import Image  # noqa: PLC0415

    factor = 1.0
    if dpi > _FINEST:
        factor = _USUAL * 1.5 / dpi
    elif dpi < _COARSEST:
        factor = _USUAL / dpi
    if factor != 1.0:
        size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
        if size[0] * size[1] <= MOST_POINTS:
            grey = grey.resize(size, Image.Resampling.LANCZOS)
            dpi *= factor
    return Picture(grey.width, grey.height, dpi, grey.tobytes())
