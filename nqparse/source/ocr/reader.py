"""Reading pages by OCR, one after the other, in a helper process that is bounded in time and memory."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from typing import Any

from nqparse.source.guard import Guard, GuardError
from nqparse.source.libraries import is_installed
from nqparse.source.ocr.image import ImageFault
from nqparse.source.ocr.options import OcrOptions
from nqparse.source.ocr.sheets import Reading

_MEMORY = 6 << 30  # of addresses, of which the libraries of trueocr take half without using them
_SECONDS_PER_PAGE = 240.0
_GUARD = Guard("nqparse.source.ocr.worker", _MEMORY)


def usable(options: OcrOptions) -> tuple[str, ...]:
    """Returns the names of the engines that may be used and are installed."""
    return tuple(name for name in options.engines if _is_installed(name))


def _is_installed(name: str) -> bool:
    if not (is_installed("PIL") and is_installed("numpy")):
        return False
    if name == "tesseract":
        from nqparse.source.ocr.tesseract import Tesseract  # noqa: PLC0415

        return Tesseract.is_installed()
    return is_installed("trueocr")


def count_pages(data: bytes) -> int:
    """Returns how many pages an image file has.

    Raises:
        ImageFault: if it cannot be read.
    """
    return int(_ask({"do": "count"}, data)["pages"])


def read_pages(
    data: bytes, pages: Iterable[int], options: OcrOptions, *, name: str | None, pdf: bool
) -> dict[int, Reading | None]:
    """Reads pages by OCR.

    Args:
        data: a PDF or an image file.
        pages: the pages to read, from 0.
        options: the engines, and who wants to hear how far it is.
        name: what to call the file.
        pdf: whether it is a PDF.

    Returns:
        The reading of each page; None for one that no engine could read, or that took too long.
    """
    wanted = list(pages)
    engines = usable(options)
    found: dict[int, Reading | None] = {}
    for done, page in enumerate(wanted):
        if options.progress is not None:
            options.progress(name or "", done, len(wanted))
        try:
            answer = _ask({"do": "read", "page": page, "engines": engines, "pdf": pdf}, data)
            found[page] = Reading.unpack(answer) if answer else None
        except (ImageFault, ValueError):
            found[page] = None
    if options.progress is not None:
        options.progress(name or "", len(wanted), len(wanted))
    return found


def _ask(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    question = json.dumps(order).encode() + b"\n" + data
    try:
        answer = _in_helper(question)
    except GuardError as error:
        raise ImageFault("slow" if error.timed_out else "crash") from None
    try:
        found = json.loads(answer)
    except ValueError:  # a helper that is out of its mind
        raise ImageFault("crash") from None
    if not isinstance(found, dict):
        raise ImageFault("crash")
    if "fault" in found:
        raise ImageFault(str(found["fault"]))
    return found


def _in_helper(question: bytes) -> bytes:
    with contextlib.suppress(OSError):  # where no process can be started
        return _GUARD.ask(question, _SECONDS_PER_PAGE)
    from nqparse.source.ocr.worker import answer  # noqa: PLC0415

    return answer(question)
