"""What the readers of word processors' files tell: text in fonts, ends of paragraphs, tables, notes, running heads."""

from __future__ import annotations

from nqparse.charset import FontEncoding
from nqparse.source.blocks.boxes import Box, Kind, Line, lines_of

MOST_PARTS = 500_000
MOST_DEPTH = 200
MOST_LETTERS = 20_000_000
_BLANKS = " \t\u00a0"
_FEW_LETTERS = 8


class TooMuchError(ValueError):
    """A file holds more than any document that people wrote: more parts or letters, or tables nested deeper."""


class Story:
    """Takes what a file tells, in order, and keeps it as boxes.

    Attributes:
        root: the box of all that was told.
    """

    def __init__(self, limits: Story | None = None) -> None:
        """Begins a story.

        Args:
            limits: the story that this one is a part of; what is told here counts there.
        """
        self.root = Box("flow")
        self._boxes = [self.root]
        self._cells = 0
        self._pieces: list[tuple[str, FontEncoding | None]] = []
        self._first: Line | None = None  # of the paragraph, once it has a break
        self._aside: list[Box] = []
        self._section = 0
        self._heads: set[tuple[str, ...]] = set()
        self._tally: _Tally = limits._tally if limits is not None else _Tally()

    # -- text ------------------------------------------------------------------------------------

    def text(self, text: str, font: FontEncoding | None = None) -> None:
        """A piece of text in a font."""
        if text:
            self._tally.letters(len(text))
            self._pieces.append((text, font))

    def begin_with(self, text: str, font: FontEncoding | None = None) -> None:
        """Puts a text before what was told of the paragraph: the number that it has in a list."""
        self._tally.letters(len(text))
        if self._first is None:
            self._pieces.insert(0, (text, font))
        else:
            self._first.pieces.insert(0, (text, font))

    def break_line(self) -> None:
        """A break that does not end the paragraph."""
        self._put_line(soft=True)

    def end_paragraph(self, *, pages: bool = False) -> None:
        """A paragraph ends; what was put aside follows it.

        Args:
            pages: it holds the number of the page; one that is there for nothing else is left out.
        """
        if pages and sum(char.isalpha() for text, _ in self._pieces for char in text) < _FEW_LETTERS:
            self._pieces, self._first = [], None
        else:
            self._put_line(soft=False)
        for box in self._aside:
            self._put(box)
        self._aside.clear()

    def break_page(self) -> None:
        """A page or column ends: what was told since the last break is a paragraph, if there is anything."""
        if self._pieces:
            self.end_paragraph()

    def _put_line(self, *, soft: bool) -> None:
        pieces = self._pieces
        if self._cells:  # there are no columns to be seen inside a cell
            while pieces and not (rest := pieces[0][0].lstrip(_BLANKS)):
                del pieces[0]
            if pieces:
                pieces[0] = (rest, pieces[0][1])
        line = Line(pieces, soft=soft, kept=True)
        self._put(line)
        self._first = (self._first or line) if soft else None
        self._pieces = []

    def _put(self, part: Box | Line) -> None:
        self._tally.part()
        self._boxes[-1].children.append(part)

    # -- blocks ----------------------------------------------------------------------------------

    def open(self, kind: Kind, columns: int = 1) -> Box:
        """A block begins; a cell is over so many columns."""
        if len(self._boxes) >= MOST_DEPTH:
            raise TooMuchError
        self.break_page()
        box = Box(kind, {"colspan": str(columns)} if columns > 1 else {})
        self._put(box)
        self._boxes.append(box)
        self._cells += kind == "cell"
        return box

    def close(self) -> Box:
        """The block that is open ends; a line without an end ends with it."""
        self.break_page()
        box = self._boxes.pop()
        self._cells -= box.kind == "cell"
        return box

    def drop(self) -> None:
        """The block that is open ends, and nothing of it is left."""
        self.close()
        self._boxes[-1].children.pop()

    @property
    def depth(self) -> int:
        """How many blocks are open."""
        return len(self._boxes) - 1

    def put_aside(self, box: Box) -> None:
        """What stands in a box beside the text: it is told when the paragraph ends that holds it."""
        self._aside.append(box)

    # -- running heads ---------------------------------------------------------------------------

    def end_section(self, heads: list[Box], feet: list[Box]) -> None:
        """A part of the document ends that has these heads and feet on its pages; each is told once, at its place."""
        self.break_page()
        fresh = [box for box in heads if self._is_new(box)]
        self.root.children[self._section : self._section] = fresh
        for box in feet:
            if self._is_new(box):
                self._put(box)
        self._section = len(self.root.children)

    def _is_new(self, box: Box) -> bool:
        lines = tuple("".join(text for text, _ in line.pieces) for line in lines_of(box))
        if not any(sum(map(str.isalpha, line)) >= 2 for line in lines) or lines in self._heads:
            return False
        self._heads.add(lines)
        return True

    def end(self) -> Box:
        """The story ends; blocks that are open end with it."""
        while self.depth:
            self.close()
        if self._pieces or self._aside:
            self.end_paragraph()
        return self.root


class _Tally:
    """How much was told so far."""

    def __init__(self) -> None:
        self._parts = 0
        self._letters = 0

    def part(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise TooMuchError

    def letters(self, count: int) -> None:
        self._letters += count
        if self._letters > MOST_LETTERS:
            raise TooMuchError
