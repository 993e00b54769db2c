"""What tags and attributes say: what is a block, what is not shown, what is the site's, which number a list shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from nqparse.charset import FontEncoding, encoding_of_font
from nqparse.source.blocks.boxes import Kind
from nqparse.source.blocks.figures import letters, roman

# Never shown as text, or not a part of any document.
DROPPED = frozenset((
    "title", "script", "style", "noscript", "noframes", "template", "iframe", "frame", "object", "embed", "applet",
    "audio", "video", "canvas", "svg", "map", "select", "option", "optgroup", "datalist", "input", "textarea",
    "progress", "meter", "nav", "xml", "base", "link", "meta",
))  # fmt: skip
_FLOWS = (
    "html", "body", "div", "section", "article", "main", "header", "footer", "aside", "form", "fieldset",
    "blockquote", "center", "dl", "details", "figure", "caption", "button",
)  # fmt: skip
BOXES: dict[str, Kind] = {
    **dict.fromkeys(_FLOWS, "flow"),
    "table": "table", "tr": "row", "td": "cell", "th": "cell",
    "ol": "list", "ul": "list", "menu": "list", "dir": "list", "li": "item",
}  # fmt: skip
# Blocks that hold nothing but lines.
BREAKING = frozenset((
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dt", "dd", "hr", "legend", "summary", "figcaption", "address",
    "listing", "xmp", "plaintext",
))  # fmt: skip
KEEPING = frozenset(("pre", "listing", "xmp", "plaintext"))
# Attributes that a box keeps.
KEPT = ("colspan", "rowspan")

_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)")
_UNSEEN = re.compile(r"(?:^|;)\s*(?:visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)")
_FAMILY = re.compile(r"(?:^|;)\s*(?:font-family\s*:\s*|font\s*:[^;]*?\d(?:pt|px|em|%)\S*\s+)[\"']?([^;,\"']+)")
_LIST_STYLE = re.compile(r"(?:^|;)\s*list-style(?:-type)?\s*:\s*([^;]+)")
_DISPLAYS: dict[str, Kind | None] = {
    "block": "flow", "flex": "flow", "grid": "flow", "list-item": "flow", "table": "table", "table-row": "row",
    "table-cell": "cell", "table-caption": "flow", "inline": None,
}  # fmt: skip
# Classes of the widespread style sheets; one that shows the element on wide screens takes it back.
_HIDING_CLASSES = frozenset((
    "hidden", "hide", "d-none", "sr-only", "visually-hidden", "invisible", "screen-reader-text",
))  # fmt: skip
_SHOWING_CLASS = re.compile(r"(?:^|[-:])(?:block|flex|grid|inline|table|visible|show)")
_SITE_ROLES = frozenset((
    "navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog", "alertdialog", "complementary",
    "toolbar", "tooltip",
))  # fmt: skip
_SITE_WORDS = frozenset((
    "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "sidebar", "footer", "social", "share",
    "sharing", "comment", "comments", "related", "toolbar", "btn", "button", "pagination", "pager", "cookie",
    "cookies", "popup", "modal", "toast", "advert", "ads", "adv", "login", "search", "tags", "widget",
    "lienquan", "quangcao", "timkiem", "dangnhap", "binhluan",
))  # fmt: skip
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


class Style(NamedTuple):
    """What matters of an inline style: whether it is shown, as what, in which font, with which list marks."""

    hidden: bool
    display: str
    family: str
    list_words: tuple[str, ...]


@lru_cache(maxsize=4096)
def style_of(style: str) -> Style:
    """Reads an inline style; a page repeats few of them."""
    style = style.lower()
    display, family, marks = _DISPLAY.search(style), _FAMILY.search(style), _LIST_STYLE.search(style)
    shown_as = display.group(1) if display else ""
    return Style(
        shown_as == "none" or _UNSEEN.search(style) is not None,
        shown_as,
        family.group(1) if family else "",
        tuple(marks.group(1).split()) if marks else (),
    )


def is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tells whether an element says of itself that it is not shown."""
    style = attributes.get("style")
    if (style and style_of(style).hidden) or "hidden" in attributes or (tag == "dialog" and "open" not in attributes):
        return True
    names = attributes.get("class")
    return names is not None and _hides(names)


@lru_cache(maxsize=4096)
def _hides(names: str) -> bool:
    classes = names.split()
    return not _HIDING_CLASSES.isdisjoint(classes) and not any(
        _SHOWING_CLASS.search(name) for name in classes if name not in _HIDING_CLASSES
    )


def kind_of(tag: str, attributes: Mapping[str, str]) -> Kind | None:
    """Returns the kind of box that an element makes, or None if it makes none."""
    style = attributes.get("style")
    if style and tag not in ("table", "tr", "td", "th", "li"):
        display = style_of(style).display
        if display in _DISPLAYS:
            return _DISPLAYS[display]
    return BOXES.get(tag)


def is_chrome(tag: str, attributes: Mapping[str, str], *, inside_article: bool) -> bool:
    """Tells whether an element looks like a part of the site; whether it holds a document is seen later."""
    if tag in ("header", "footer"):
        return not inside_article
    if tag in ("aside", "button") or attributes.get("role", "").lower() in _SITE_ROLES:
        return True
    return _is_site(attributes.get("class", "")) or _is_site(attributes.get("id", ""))


@lru_cache(maxsize=4096)
def _is_site(names: str) -> bool:
    return any(word.lower() in _SITE_WORDS for word in _WORD.findall(names))


def font_of(tag: str, attributes: Mapping[str, str], inherited: FontEncoding | None) -> FontEncoding | None:
    """Returns the old encoding that the font of an element is made for."""
    face = attributes.get("face") if tag == "font" else None
    if face is None:
        style = attributes.get("style")
        face = style_of(style).family if style else ""
        if not face:
            return inherited
    return _font(face)


@lru_cache(maxsize=1024)
def _font(face: str) -> FontEncoding | None:
    return encoding_of_font(face.partition(",")[0])


# -- numbers of lists -------------------------------------------------------------------------------------------

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_LONGEST_NUMBER = 9
_BULLETS = {"disc": "•", "circle": "◦", "square": "▪"}
_BY_DEPTH = ("disc", "circle", "square")


def list_style(tag: str, attributes: Mapping[str, str], depth: int) -> str:
    """Returns the style of a list, as browsers have it: `depth` is the number of unnumbered lists around it."""
    told = _told_style(attributes)
    if told:
        return told
    return "decimal" if tag == "ol" else _BY_DEPTH[min(depth, len(_BY_DEPTH) - 1)]


def _told_style(attributes: Mapping[str, str]) -> str:
    style = attributes.get("style")
    for word in style_of(style).list_words if style else ():
        if word == "none" or word in _BULLETS or word.endswith(("decimal", "alpha", "latin", "roman", "zero")):
            return word
    kind = attributes.get("type", "")
    return _TYPES.get(kind, kind.lower() if kind.lower() in _BULLETS else "")


def marker(style: str, number: int, attributes: Mapping[str, str]) -> str:
    """Returns what stands before an item of a list; its own style goes before that of the list."""
    style = _told_style(attributes) or style
    if style == "none":
        return ""
    if style in _BULLETS:
        return _BULLETS[style]
    return f"{_figure(style, number)}."


def _figure(style: str, number: int) -> str:
    if style.endswith(("alpha", "latin")):
        figure = letters(number)
    elif style.endswith("roman"):
        figure = roman(number)
    else:
        return f"{number:02d}" if style == "decimal-leading-zero" else str(number)
    return figure.upper() if style.startswith("upper") else figure


def number_in(attributes: Mapping[str, str], name: str) -> int | None:
    """Returns an attribute as a number, or None."""
    try:
        return int(attributes[name][:_LONGEST_NUMBER])
    except (KeyError, ValueError):
        return None
