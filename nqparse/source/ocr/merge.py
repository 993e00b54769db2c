"""Which engine to believe on a page."""

from __future__ import annotations

from collections.abc import Sequence

from nqparse.source.ocr.engine import Engine, EngineError, Picture
from nqparse.source.ocr.picture import levelled
from nqparse.source.ocr.sheets import Reading

_SURE = 0.9  # the first engine that is so sure is believed, and the next one not asked


def best_reading(picture: Picture, engines: Sequence[Engine]) -> Reading | None:
    """Returns the reading of the engine that is surest of its page; None if every one fails.

    Args:
        picture: the page.
        engines: the engines, the first choice first.
    """
    best: Reading | None = None
    level, degrees = levelled(picture)
    for engine in engines:
        try:
            words = engine.read(level)
        except EngineError:
            continue
        found = Reading(engine.name, picture.width, picture.height, picture.dpi, degrees, words)
        if best is None or found.confidence > best.confidence:
            best = found
        if found.confidence >= _SURE:
            break
    return best
