"""What the helper process that reads PDFs and its caller tell each other.

A question is a line of JSON (whether wrapped lines are to be joined, how many pages are wanted, and what OCR read on
which page) and the file. An answer is a line of JSON (the length of the text, the pages, and how many there are in the
file), the text, the four edges of all boxes and how sure OCR is of each character; or one word for a file that gives no
text. It is no pickle: what comes from a process that a file may have taken over must not be run.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from typing import Literal, get_args

from nqparse.source.ocr.sheets import Reading
from nqparse.source.pages import Page, Pages

Fault = Literal["damaged", "locked", "big"]

_EDGES = ("x0", "y0", "x1", "y1")


class PdfFault(Exception):
    """Why a PDF gives no text."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def question(data: bytes, *, joined: bool, readings: Mapping[int, Reading], first: int | None = None) -> bytes:
    """Writes a question down; `first` asks for so many pages from the beginning, None for all."""
    order = {
        "joined": joined,
        "first": first,
        "readings": {page: reading.pack() for page, reading in readings.items()},
    }
    return json.dumps(order).encode() + b"\n" + data


def asked(message: bytes) -> tuple[bytes, bool, int | None, dict[int, Reading]]:
    """Reads what `question` wrote.

    Returns:
        The file, whether lines are joined, how many pages are wanted, and the readings by the index of the page.
    """
    head, _, data = message.partition(b"\n")
    order = json.loads(head)
    readings = {int(page): Reading.unpack(reading) for page, reading in order["readings"].items()}
    return data, order["joined"], order["first"], readings


def pack(text: str, pages: Pages) -> bytes:
    """Writes a text and its pages down."""
    encoded = text.encode()
    plain = [[p.number, p.width, p.height, p.start, p.end, p.scanned, p.broken, p.read, p.encodings] for p in pages]
    edges = [b"".join(getattr(page, edge).tobytes() for page in pages) for edge in _EDGES]
    sure = [page.confidence.tobytes() for page in pages if page.read]
    return json.dumps([len(encoded), plain, pages.total]).encode() + b"\n" + encoded + b"".join(edges + sure)


def unpack(message: bytes) -> tuple[str, Pages]:
    """Reads what `pack` wrote.

    Raises:
        PdfFault: if it is the answer for a file that cannot be read.
        ValueError: if it is neither.
    """
    head, line_end, body = message.partition(b"\n")
    if not line_end:
        fault = next((fault for fault in get_args(Fault) if fault.encode() == head), None)
        if fault is None:
            raise ValueError("not a message of this module")
        raise PdfFault(fault)
    size, plain, total = json.loads(head)
    text = body[:size].decode()
    every = array("f", body[size:])
    length = len(text)
    if len(every) != 4 * length + sum(end - start for _, _, _, start, end, _, _, read, _ in plain if read):
        raise ValueError("boxes are missing")
    edges = [every[at * length : (at + 1) * length] for at in range(4)]
    pages = []
    at = 4 * length
    for number, width, height, start, end, scanned, broken, read, encodings in plain:
        sure = every[at : at + end - start] if read else array("f")
        at += len(sure)
        x0, y0, x1, y1 = (edge[start:end] for edge in edges)
        page = Page(number, width, height, start, end, scanned, broken, read, tuple(encodings), x0, y0, x1, y1, sure)
        pages.append(page)
    return text, Pages(pages, total)
