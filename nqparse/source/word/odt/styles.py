"""Styles of an .odt: fonts, capitals, what is hidden, and how lists are numbered."""

from __future__ import annotations

import re
from typing import NamedTuple

from nqparse.source.word.lists import LEVELS, Level
from nqparse.source.word.looks import PLAIN_LOOK, Look, font_named
from nqparse.source.word.odt.names import attribute, full, number, short
from nqparse.source.word.package import Element

OUTLINE = "\x00outline"
"""What the list of the headings goes by; no style has such a name."""
_FORMATS = {"1": "decimal", "a": "lower-letter", "A": "upper-letter", "i": "lower-roman", "I": "upper-roman"}
_PLACE = re.compile(r"%(\d{1,2})%")


class _Style(NamedTuple):
    look: Look
    parent: str
    master: str


class Styles:
    """The styles of a document. What is declared later wins: the styles of the content over those of the pages."""

    def __init__(self) -> None:
        self._families: dict[str, str] = {}
        self._styles: dict[tuple[str, str], _Style] = {}
        self._defaults: dict[str, Look] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self.lists: dict[str, tuple[Level, ...]] = {}

    def declare(self, root: Element) -> None:
        """Takes the fonts and styles from an element that holds them."""
        for element in root.iter(full("style:font-face")):
            family = attribute(element, "svg:font-family").strip("'\" ")
            self._families[attribute(element, "style:name")] = family
        for element in root.iter(full("style:style"), full("style:default-style")):
            family, name = attribute(element, "style:family"), attribute(element, "style:name")
            look = self._look(element.find(full("style:text-properties")))
            if short(element) == "style:default-style":
                self._defaults[family] = look
            else:
                parent, master = (
                    attribute(element, "style:parent-style-name"),
                    attribute(element, "style:master-page-name"),
                )
                self._styles[family, name] = _Style(look, parent, master)
        for element in root.iter(full("text:list-style"), full("text:outline-style")):
            name = OUTLINE if short(element) == "text:outline-style" else attribute(element, "style:name")
            self.lists[name] = self._levels(element)
        self._looks.clear()

    def _look(self, properties: Element | None) -> Look:
        if properties is None:
            return PLAIN_LOOK
        named = properties.get(full("style:font-name"))
        font = properties.get(full("fo:font-family")) if named is None else self._families.get(named, named)
        transform, display = properties.get(full("fo:text-transform")), properties.get(full("text:display"))
        return Look(
            str(font).strip("'\" ") if font is not None else None,
            transform == "uppercase" if transform is not None else None,
            display == "none" if display is not None else None,
        )

    def own_look(self, family: str, name: str) -> Look:
        """Returns what a style and those above it say of letters."""
        known = self._looks.get((family, name))
        if known is not None:
            return known
        look, seen, at = PLAIN_LOOK, set(), name
        while (style := self._styles.get((family, at))) is not None and at not in seen:
            seen.add(at)
            look = look.over(style.look)
            at = style.parent
        if family == "paragraph":
            look = look.over(self._defaults.get(family, PLAIN_LOOK))
        self._looks[family, name] = look
        return look

    def master_of(self, name: str) -> str:
        """Returns the kind of page that a style of paragraphs begins."""
        style = self._styles.get(("paragraph", name))
        return style.master if style is not None else ""

    def _levels(self, element: Element) -> tuple[Level, ...]:
        levels = [Level(style="none", suffix="")] * LEVELS
        for part in element:
            at = number(part, "text:level", 0) - 1
            if 0 <= at < LEVELS and short(part).startswith(("text:list-level-style", "text:outline-level-style")):
                levels[at] = self._level(part, at)
        return tuple(levels)

    def _level(self, element: Element, at: int) -> Level:
        look = self._look(element.find(full("style:text-properties")))
        aligned = next(iter(element.iter(full("style:list-level-label-alignment"))), None)
        follows = attribute(aligned, "text:label-followed-by") if aligned is not None else ""
        suffix = "" if follows == "nothing" else " "
        font = font_named(look.font)
        if short(element).endswith("bullet"):
            sign = font.shown(attribute(element, "text:bullet-char"))
            return Level(style="bullet", text=(sign,), suffix=suffix, font=font.old)
        form = attribute(element, "style:num-format")
        style = _FORMATS.get(form, "none" if not form else "decimal")
        if style.endswith("letter") and attribute(element, "style:num-letter-sync") != "true":
            style = style.replace("lower-letter", "counted-letter")
        return Level(
            style=style,
            text=_text(element, at, style),
            suffix=suffix,
            start=number(element, "text:start-value", 1),
            font=font.old,
            capitals=bool(look.capitals),
        )


def _text(element: Element, at: int, style: str) -> tuple[str | int, ...]:
    pattern = element.get(full("loext:num-list-format"))
    parts: list[str | int] = []
    if pattern is not None:
        done = 0
        for place in _PLACE.finditer(pattern):
            parts.append(pattern[done : place.start()])
            level = int(place.group(1)) - 1
            if 0 <= level <= at:
                parts.append(level)
            done = place.end()
        parts.append(pattern[done:])
    else:
        parts.append(attribute(element, "style:num-prefix"))
        if style != "none":
            first = max(0, at + 1 - number(element, "text:display-levels", 1))
            for level in range(first, at + 1):
                parts += [level] if level == first else [".", level]
        parts.append(attribute(element, "style:num-suffix"))
    return tuple(part for part in parts if part != "")
