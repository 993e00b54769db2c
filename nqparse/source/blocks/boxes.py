"""What is left of a document when its marks are read: boxes in boxes, and in them lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from nqparse.charset import FontEncoding

Kind = Literal["flow", "table", "row", "cell", "list", "item"]

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_EDGE = " \t\r\n\f\u00a0"


@dataclass(slots=True)
class Line:
    """A line of text as it stands between two breaks.

    Attributes:
        pieces: the text as the file has it, each piece with the old encoding that its font is made for.
        linked: how many of its letters belong to links.
        soft: a mere break ends it (`<br>`), and the next line belongs to the same paragraph.
        kept: its blanks count (`<pre>`, and all lines of word processors).
        text: the text as one sees it; set by `settle`, once it is known which fonts tell the truth.
    """

    pieces: list[tuple[str, FontEncoding | None]]
    linked: int = 0
    soft: bool = False
    kept: bool = False
    text: str = ""

    def settle(self, raw: str) -> None:
        """Sets the text: runs of blanks are one, and none are at the ends."""
        self.text = raw.rstrip(_EDGE) if self.kept else _BLANKS.sub(" ", raw).strip(_EDGE)


@dataclass(slots=True, eq=False)
class Box:
    """A block of the document.

    Attributes:
        kind: what it is.
        attributes: those that matter, by name.
        children: what is in it, in order.
        chrome: it looks like a part of the site and not of a document.
        marker: for an item of a list, what stands before it ("1.", "•").
    """

    kind: Kind
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    chrome: bool = False
    marker: str = ""


Node: TypeAlias = "Box | Line"


def lines_of(box: Box) -> Iterator[Line]:
    """Yields all lines inside a box, in order; however deep they are, without recursion."""
    stack: list[Iterator[Node]] = [iter(box.children)]
    while stack:
        for node in stack[-1]:
            if isinstance(node, Box):
                stack.append(iter(node.children))
                break
            yield node
        else:
            stack.pop()


def boxes_of(box: Box) -> Iterator[Box]:
    """Yields a box and all boxes inside it, outer ones first."""
    stack = [box]
    while stack:
        top = stack.pop()
        yield top
        stack += [node for node in reversed(top.children) if isinstance(node, Box)]
