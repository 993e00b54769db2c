"""Numbering of a .docx: the lists that its paragraphs refer to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nqparse.source.word.docx.names import attribute, child, children, is_on, number
from nqparse.source.word.docx.styles import Listed, Styles, look_of
from nqparse.source.word.lists import LEVELS, Counted, Counters, Level
from nqparse.source.word.looks import Font, font_named
from nqparse.source.word.package import Element, Package

_STYLES = {
    "decimal": "decimal", "decimalZero": "decimal-zero", "lowerLetter": "lower-letter",
    "upperLetter": "upper-letter", "lowerRoman": "lower-roman", "upperRoman": "upper-roman",
    "bullet": "bullet", "none": "none",
}  # fmt: skip
_PLACE = re.compile(r"%([1-9])")
_UNUSED = Level(style="none", suffix="")


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, Level]
    style_link: str
    by_style: dict[str, int]


class Numbering:
    """Gives paragraphs the numbers that Word shows before them."""

    def __init__(self, uses: dict[int, Counted], by_style: dict[int, dict[str, int]], styles: Styles) -> None:
        self._uses = uses
        self._by_style = by_style
        self._styles = styles
        self._counters = Counters()

    def next(self, own: Listed, style: str) -> tuple[str, Level] | None:
        """Returns the number of a paragraph and its level, None if it has none.

        Args:
            own: what the paragraph says of its place in a list.
            style: the style of the paragraph.
        """
        of_style = self._styles.listed(style)
        list_id = of_style.list_id if own.list_id is None else own.list_id
        use = self._uses.get(list_id) if list_id else None
        if use is None or list_id is None:
            return None
        level = own.level
        if level is None:
            level = self._by_style[list_id].get(style, of_style.level or 0)
        return self._counters.next(use, level)


def read_numbering(package: Package, part: str, styles: Styles) -> Numbering:
    """Reads the part of the lists; without one, nothing is numbered."""
    root = package.tree(part) if part else None
    abstracts: dict[int, _Abstract] = {}
    linked: dict[str, int] = {}  # by the name of a style of lists, the list that defines it
    for element in children(root, "abstractNum"):
        key = number(element, "abstractNumId")
        if key is None:
            continue
        levels, by_style = _levels(element)
        link, definition = child(element, "numStyleLink"), child(element, "styleLink")
        abstracts[key] = _Abstract(levels, attribute(link, "val") if link is not None else "", by_style)
        if definition is not None:
            linked[attribute(definition, "val")] = key
    uses, by_style_of = {}, {}
    for element in children(root, "num"):
        list_id, key = number(element, "numId"), number(child(element, "abstractNumId"))
        abstract = abstracts.get(-1 if key is None else key)
        if list_id is None or abstract is None:
            continue
        if abstract.style_link in linked:
            key = linked[abstract.style_link]
            abstract = abstracts[key]
        levels, starts = dict(abstract.levels), {}
        for override in children(element, "lvlOverride"):
            at = number(override, "ilvl")
            if at is None or not 0 <= at < LEVELS:
                continue
            own = child(override, "lvl")
            if own is not None:
                levels[at] = _level(own, at)
            start = number(child(override, "startOverride"))
            if start is not None:
                starts[at] = start
        uses[list_id] = Counted(key, tuple(levels.get(at, _UNUSED) for at in range(LEVELS)), starts)
        by_style_of[list_id] = abstract.by_style
    return Numbering(uses, by_style_of, styles)


def _levels(element: Element) -> tuple[dict[int, Level], dict[str, int]]:
    levels, by_style = {}, {}
    for own in children(element, "lvl"):
        at = number(own, "ilvl")
        if at is None or not 0 <= at < LEVELS:
            continue
        levels[at] = _level(own, at)
        style = child(own, "pStyle")
        if style is not None:
            by_style[attribute(style, "val")] = at
    return levels, by_style


def _level(element: Element, at: int) -> Level:
    form, text, suffix = child(element, "numFmt"), child(element, "lvlText"), child(element, "suff")
    restart, start, legal = (
        number(child(element, "lvlRestart")),
        number(child(element, "start")),
        child(element, "isLgl"),
    )
    look = look_of(child(element, "rPr"))
    style = _STYLES.get(attribute(form, "val"), "decimal") if form is not None else "decimal"
    font = font_named(look.font)
    return Level(
        style=style,
        text=_text(attribute(text, "val") if text is not None else "", font, at),
        suffix="" if suffix is not None and attribute(suffix, "val") == "nothing" else " ",
        start=1 if start is None else start,
        restart=None if restart is None else restart - 1,
        legal=legal is not None and is_on(legal),
        font=font.old,
        capitals=bool(look.capitals),
    )


def _text(pattern: str, font: Font, at: int) -> tuple[str | int, ...]:
    if font.symbols:
        return (font.shown(pattern),)
    parts: list[str | int] = []
    done = 0
    for place in _PLACE.finditer(pattern):
        parts.append(pattern[done : place.start()])
        level = int(place.group(1)) - 1
        if level <= at:
            parts.append(level)
        done = place.end()
    parts.append(pattern[done:])
    return tuple(font.shown(part) if isinstance(part, str) else part for part in parts if part != "")
