"""Styles of a .docx: what a run or a paragraph looks like that does not say so itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from nqparse.source.word.docx.names import attribute, child, children, is_on, local, number
from nqparse.source.word.looks import PLAIN_LOOK, Look
from nqparse.source.word.package import Element, Package


class Listed(NamedTuple):
    """A place in a list; None is what is not said, and a `list_id` of 0 means none."""

    list_id: int | None = None
    level: int | None = None

    def over(self, below: Listed) -> Listed:
        """Returns this place where it says something, and the one below it where not."""
        return Listed(
            below.list_id if self.list_id is None else self.list_id,
            below.level if self.level is None else self.level,
        )


_UNLISTED = Listed()
_HOLDERS = ("asciiTheme", "hAnsiTheme")


def look_of(properties: Element | None) -> Look:
    """Reads the properties of a run."""
    if properties is None or not len(properties):
        return PLAIN_LOOK
    font = capitals = hidden = None
    for element in properties:
        name = local(element)
        if name == "rFonts":
            # Letters beyond ASCII, which are what matters here, are shown in the font for "other" letters.
            font = attribute(element, "hAnsi") or attribute(element, "ascii") or None
            if font is None and any(attribute(element, holder) for holder in _HOLDERS):
                font = ""
        elif name == "caps":
            capitals = is_on(element)
        elif name == "vanish":
            hidden = is_on(element)
    return Look(font, capitals, hidden)


def listed_of(properties: Element | None) -> Listed:
    """Reads the place in a list from the properties of a paragraph."""
    listing = child(properties, "numPr")
    if listing is None:
        return _UNLISTED
    return Listed(number(child(listing, "numId")), number(child(listing, "ilvl")))


@dataclass(slots=True)
class _Style:
    look: Look
    listed: Listed
    below: str


class Styles:
    """The styles by their names, each with what it takes over from those that it is based on."""

    def __init__(self, styles: dict[str, _Style], defaults: Look, normal: str) -> None:
        self._styles = styles
        self._defaults = defaults
        self._normal = normal
        self._looks: dict[str, Look] = {}
        self._listed: dict[str, Listed] = {}

    def _chain(self, name: str) -> list[_Style]:
        chain, seen = [], set()
        while name in self._styles and name not in seen:
            seen.add(name)
            chain.append(self._styles[name])
            name = chain[-1].below
        return chain

    def own_look(self, name: str) -> Look:
        """Returns what a style says of letters."""
        look = self._looks.get(name)
        if look is None:
            look = PLAIN_LOOK
            for style in self._chain(name):
                look = look.over(style.look)
            self._looks[name] = look
        return look

    def paragraph_look(self, name: str) -> Look:
        """Returns how letters look in a paragraph of a style; "" is the style of those that name none."""
        return self.own_look(name or self._normal).over(self._defaults)

    def listed(self, name: str) -> Listed:
        """Returns the place in a list that a style of paragraphs gives."""
        name = name or self._normal
        listed = self._listed.get(name)
        if listed is None:
            listed = _UNLISTED
            for style in self._chain(name):
                listed = listed.over(style.listed)
            self._listed[name] = listed
        return listed


def read_styles(package: Package, part: str) -> Styles:
    """Reads the part of the styles; without one, nothing has a style."""
    root = package.tree(part) if part else None
    defaults = look_of(child(child(child(root, "docDefaults"), "rPrDefault"), "rPr"))
    styles = {}
    normal = ""
    for element in children(root, "style"):
        name = attribute(element, "styleId")
        based = child(element, "basedOn")
        styles[name] = _Style(
            look_of(child(element, "rPr")),
            listed_of(child(element, "pPr")),
            attribute(based, "val") if based is not None else "",
        )
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
            normal = name
    return Styles(styles, defaults, normal)
