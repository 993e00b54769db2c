"""trueocr: an engine that comes with pip alone, models and all. It reads lines; the ink tells where the words are."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from typing import Any

import numpy as np

from nqparse.source.ocr.engine import EngineError, OcrWord, Picture
from nqparse.source.ocr.picture import image_of

_DARK = 0.7  # of the mean: what is darker is ink
_STAIN = 0.04  # of the height: fewer dark points in a column are no letter


class TrueOcr:
    """The trueocr package (Apache-2.0, ONNX models of 8 MB in the wheel, no network)."""

    name = "trueocr"

    def __init__(self, threads: int = 1) -> None:
        """Loads the models.

        Raises:
            ImportError: if the package is not installed.
        """
        from trueocr import load_model  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: PLC0415

        self._model: Any = load_model(threads=threads, auto_rotate=False)

    def read(self, picture: Picture) -> list[OcrWord]:
        """Returns the words of a picture (`nqparse.source.ocr.engine.Engine`)."""
        image = image_of(picture)
        try:
            found = self._model.predict(image)
        except Exception as error:
            raise EngineError(f"trueocr: {error}") from None
        # It levels the picture once more; its boxes are those of what came out.
        grey = np.asarray(found.image.convert("L"))
        return [word for line in found.lines for word in _words(grey, line["text"], line["bbox"], line["confidence"])]


def _words(grey: Any, text: str, box: Sequence[int], confidence: float) -> list[OcrWord]:
    """Cuts a line into words at its widest gaps."""
    x0, y0, x1, y1 = box
    words = text.split()
    if not words:
        return []
    gaps = _gaps(grey[y0:y1, x0:x1], len(words) - 1)
    if gaps is None:
        return _evenly(text, box, confidence)
    starts = [x0, *(x0 + end for _, end in gaps)]
    ends = [*(x0 + start for start, _ in gaps), x1]
    return [
        OcrWord(word, start, y0, end, y1, confidence, y0, y1)
        for word, start, end in zip(words, starts, ends, strict=True)
    ]


def _gaps(line: Any, count: int) -> list[tuple[int, int]] | None:
    """Returns the widest gaps of a line from left to right; None if it has not so many."""
    ink = (line < _DARK * line.mean()).sum(axis=0) > _STAIN * line.shape[0]
    (inked,) = np.nonzero(ink)
    if len(inked) < 2:
        return None
    (breaks,) = np.nonzero(np.diff(inked) > 1)
    found = [(int(inked[at]) + 1, int(inked[at + 1])) for at in breaks]
    if len(found) < count:
        return None
    return sorted(nlargest(count, found, key=lambda gap: gap[1] - gap[0]))


def _evenly(text: str, box: Sequence[int], confidence: float) -> list[OcrWord]:
    """Cuts a line into words as if all letters were of one width."""
    x0, y0, x1, y1 = box
    width = (x1 - x0) / max(1, len(text))
    found = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        end = at + len(word)
        found.append(OcrWord(word, x0 + at * width, y0, x0 + end * width, y1, confidence, y0, y1))
        at = end
    return found
