"""What the helper process that reads PDFs and its caller tell each other.

A question is one byte (whether wrapped lines are to be joined) and the file. An answer is a line of JSON (the length
of the text, and the pages), the text, and the four edges of all boxes; or one word for a file that gives no text. It
is no pickle: what comes from a process that a file may have taken over must not be run.
"""

from __future__ import annotations

import json
from array import array
from typing import Literal, get_args

from nqparse.source.pages import Page, Pages

Fault = Literal["damaged", "locked", "big"]

JOINED, KEPT = b"j", b"k"


class PdfFault(Exception):
    """Why a PDF gives no text."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def pack(text: str, pages: Pages) -> bytes:
    """Writes a text and its pages down."""
    encoded = text.encode()
    plain = [[p.number, p.width, p.height, p.start, p.end, p.scanned, p.broken] for p in pages]
    edges = [b"".join(getattr(page, edge).tobytes() for page in pages) for edge in ("x0", "y0", "x1", "y1")]
    return json.dumps([len(encoded), plain]).encode() + b"\n" + encoded + b"".join(edges)


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
    size, plain = json.loads(head)
    text = body[:size].decode()
    every = array("f", body[size:])
    if len(every) != 4 * len(text):
        raise ValueError("boxes are missing")
    edges = [every[at * len(text) : (at + 1) * len(text)] for at in range(4)]
    pages = []
    for number, width, height, start, end, scanned, broken in plain:
        boxes = [edge[start:end] for edge in edges]
        pages.append(Page(number, width, height, start, end, scanned, broken, *boxes))
    return text, Pages(pages)
