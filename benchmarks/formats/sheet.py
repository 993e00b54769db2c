"""A specimen as a sheet of paper has it: a letterhead in two columns, paragraphs, tables, a foot in two columns.

The renderings are made from sheets, so that each of them shows the same document. What is a letterhead and what a foot
is taken from the parse of the plain text (which the gold of the specimens keeps right), and only where each of their
values has lines of its own; where a specimen's text is itself the dump of a table or of a page, its own lines are
the paragraphs. Nothing is left out and nothing is put in but the rules of a pipe table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from nqparse.document import Document, Located
from nqparse.pipeline import parse

_PIPES = re.compile(r"\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
_GRID_RULE = re.compile(r"\s*\+(?:[-=:]+\+)+\s*$")  # pandoc's: between two of them a row may take several lines
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s_*.\\-]*$")
_WRAPPED = 110  # letters: texts whose lines are never longer are wrapped by hand


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; its lines are parted by breaks that end no paragraph. `start` is its place in the plain text."""

    lines: tuple[str, ...]
    start: int = -1


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns side by side without lines around them: a letterhead or a foot."""

    left: tuple[Paragraph, ...]
    right: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of figures, row by row."""

    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = "Paragraph | Columns | Grid"


@dataclass(frozen=True)
class Specimen:
    """A specimen: its plain text, what was read from it, and the same as a sheet."""

    name: str
    text: str
    document: Document
    blocks: tuple[Block, ...]

    def written(self, hand: Callable[[str], str]) -> Specimen:
        """Returns the same with its text changed, as the way of writing asks for."""
        text = hand(self.text)
        return self if text == self.text else specimen_of(self.name, text)


def load_specimen(folder: Path) -> Specimen:
    """Reads the specimen in a folder."""
    text = (folder / "source.txt").read_bytes().decode("utf-8")
    return specimen_of(folder.name, text)


def specimen_of(name: str, text: str) -> Specimen:
    """Returns a text as a specimen."""
    document = parse(text, name=name)
    return Specimen(name, text, document, tuple(_blocks(text, document)))


@dataclass(slots=True)
class _Line:
    start: int
    text: str


def _blocks(text: str, document: Document) -> list[Block]:
    lines = []
    at = 0
    for line in text.splitlines(keepends=True):
        lines.append(_Line(at, line.rstrip("\r\n")))
        at += len(line)
    wrapped = max((len(line.text) for line in lines), default=0) <= _WRAPPED
    begins = _begins(document)
    head, head_lines = _letterhead(lines, document)
    foot, foot_lines = _foot(lines, document)
    blocks: list[Block] = []
    open_lines: list[_Line] = []
    rows: list[tuple[str, ...]] = []
    lines_of_row: list[tuple[str, ...]] = []
    ruled = False

    def close() -> None:
        nonlocal ruled
        ruled = False
        if open_lines:
            blocks.append(Paragraph(tuple(line.text for line in open_lines), open_lines[0].start))
            open_lines.clear()
        if rows:
            blocks.append(Grid(tuple(rows)))
            rows.clear()

    for index, line in enumerate(lines):
        if index in head_lines or index in foot_lines:
            close()
            columns = head if index == min(head_lines, default=-1) else None
            columns = foot if index == min(foot_lines, default=-1) else columns
            if columns is not None:
                blocks.append(columns)
        elif _GRID_RULE.match(line.text):
            if open_lines:
                close()
            ruled = True
            if any(map(len, lines_of_row)):
                rows.append(tuple(map(_cell, zip(*lines_of_row, strict=False))))
            lines_of_row.clear()
        elif _PIPES.match(line.text):
            if open_lines:
                close()
            if not _PIPE_RULE.match(line.text):
                cells = tuple(cell.strip() for cell in _BAR.split(line.text.strip()[1:-1]))
                (lines_of_row if ruled else rows).append(cells)
        else:
            if rows or not line.text.strip():
                close()
            if line.text.strip():
                first = line.start + len(line.text) - len(line.text.lstrip())
                if open_lines and (not wrapped or first in begins):
                    close()
                open_lines.append(line)
    close()
    return blocks


def _begins(document: Document) -> set[int]:
    """Returns where paragraphs begin, as far as the parse of the plain text tells."""
    preamble = document.preamble
    parts: list[Located | None] = [
        preamble.enacting_body, *preamble.bases, *preamble.recitals, preamble.formula, document.closing,
        document.header.title, document.recipients_intro, *document.recipients,
    ]  # fmt: skip
    for block in document.signatures:
        parts += [block.authority, block.position, block.name]
    begins = {part.start for part in parts if part is not None}
    sections = [*document.body, *(section for appendix in document.appendices for section in appendix.body)]
    while sections:
        section = sections.pop()
        sections += section.children
        begins |= {section.start, *(paragraph.start for paragraph in section.paragraphs)}
    return begins


def _cell(lines: Iterable[str]) -> str:
    """Returns a cell of a pandoc table as one line: two spaces stand where it says that a line ends."""
    text = ""
    for line in lines:
        text += line.replace("\\", "") + ("  " if line.rstrip("*_ ").endswith("\\") else " ")
    return text.strip()


def _letterhead(lines: list[_Line], document: Document) -> tuple[Columns | None, frozenset[int]]:
    header = document.header
    left = _whole_lines(lines, [header.parent_issuer, header.issuer, header.symbol])
    right = _whole_lines(lines, [header.national_name, header.motto, *_dated(lines, document)])
    if not left or not right or left & right:
        return None, frozenset()
    both = left | right
    sides = []
    side = min(both) in right
    for index in range(min(both), max(both) + 1):
        if index in both:
            side = index in right
        elif lines[index].text.strip() and not _RULE.match(lines[index].text):
            return None, frozenset()  # something else stands in between
        sides.append((index, side))
    # A rule stands under what is above it.
    return _columns(lines, sides)


def _dated(lines: list[_Line], document: Document) -> list[Located | None]:
    """Returns place and date, which share a line."""
    place, date = document.header.place, document.header.date
    if place is None or date is None or "\n" in document.text[place.start : date.end]:
        return [place, date]
    return [Located(text=document.text[place.start : date.end], start=place.start, end=date.end)]


def _foot(lines: list[_Line], document: Document) -> tuple[Columns | None, frozenset[int]]:
    intro = document.recipients_intro
    left = _whole_lines(lines, [intro, *document.recipients])
    parts = [part for block in document.signatures for part in (block.authority, block.position, block.name)]
    right = _whole_lines(lines, parts)
    if not left or not right or left & right or intro is None:
        return None, frozenset()
    sides = []
    low, high = (left, right) if min(left) < min(right) else (right, left)
    if max(low) > min(high):
        return None, frozenset()
    for index in range(min(low), max(high) + 1):
        sides.append((index, (index >= min(high)) == (high is right)))
    return _columns(lines, sides)


def _columns(lines: list[_Line], sides: list[tuple[int, bool]]) -> tuple[Columns, frozenset[int]]:
    cells: tuple[list[Paragraph], list[Paragraph]] = ([], [])
    for index, side in sides:
        if lines[index].text.strip():
            cells[side].append(Paragraph((lines[index].text.strip(),)))
    return Columns(tuple(cells[0]), tuple(cells[1])), frozenset(index for index, _ in sides)


def _whole_lines(lines: list[_Line], values: Iterable[Located | None]) -> set[int]:
    """Returns the lines that these values fill; none at all where one shares its line with something else."""
    found: set[int] = set()
    for value in values:
        if value is None:
            continue
        if getattr(value, "fragments", None):
            return set()
        inside = [
            index for index, line in enumerate(lines)
            if line.start < value.end and line.start + len(line.text) > value.start
        ]  # fmt: skip
        first, last = lines[inside[0]], lines[inside[-1]]
        before, after = first.text[: value.start - first.start], last.text[value.end - last.start :]
        if re.search(r"\w{3}", before) and not re.search(r"(?i)số", before):
            return set()
        if re.search(r"\w{3}", after) or "|" in before or len(before) > 12:
            return set()
        found.update(inside)
    return found
