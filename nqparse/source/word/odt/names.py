"""Names of elements and attributes in OpenDocument."""

from __future__ import annotations

from nqparse.source.word.package import Element

_SPACES = {
    name: f"{{urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0}}"
    for name, urn in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
}  # fmt: skip
_SPACES["loext"] = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def full(name: str) -> str:
    """Returns the full name for one with the usual prefix ("text:p")."""
    prefix, _, rest = name.partition(":")
    return _SPACES[prefix] + rest


_SHORT = {space: prefix for prefix, space in _SPACES.items()}


def short(element: Element) -> str:
    """Returns the name of an element with the usual prefix; "" for what is none or from elsewhere."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, brace, rest = tag.partition("}")
    prefix = _SHORT.get(space + brace)
    return f"{prefix}:{rest}" if prefix else ""


def attribute(element: Element, name: str, default: str = "") -> str:
    """Returns an attribute by its name with the usual prefix."""
    return str(element.get(full(name), default))


def number(element: Element, name: str, default: int) -> int:
    """Returns an attribute as a number."""
    try:
        return int(attribute(element, name)[:9])
    except ValueError:
        return default
