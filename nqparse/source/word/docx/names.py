"""Names in a .docx: of elements, of attributes and of the parts that a part refers to."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from nqparse.source.word.package import Element, Package

# Word writes the first; "strict" documents the second. `tag` makes both alike.
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_RELATION = ("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
             "{http://purl.oclc.org/ooxml/officeDocument/relationships}id")  # fmt: skip
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DOCUMENT_RELATION = "officeDocument"

_OFF = frozenset(("0", "false", "off", "none"))


def both(name: str) -> tuple[str, str]:
    """Returns the full names that an element of Word may have."""
    return _W + name, _STRICT + name


def local(element: Element) -> str:
    """Returns the name of an element without its name space; "" for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str, default: str = "") -> str:
    """Returns an attribute of Word's name space."""
    value = element.get(_W + name)
    if value is None:
        value = element.get(_STRICT + name, default)
    return str(value)


def number(element: Element | None, name: str = "val") -> int | None:
    """Returns an attribute as a number, None if there is none."""
    if element is None:
        return None
    try:
        return int(attribute(element, name)[:10])
    except ValueError:
        return None


def is_on(element: Element) -> bool:
    """Tells whether a property that may be on or off is on; it is by being there."""
    return attribute(element, "val", "true").lower() not in _OFF


def child(element: Element | None, name: str) -> Element | None:
    """Returns the first child with a name of Word's."""
    if element is None:
        return None
    found = element.find(_W + name)
    return element.find(_STRICT + name) if found is None else found


def children(element: Element | None, name: str) -> list[Element]:
    """Returns all children with a name of Word's."""
    if element is None:
        return []
    return list(element.findall(_W + name)) or list(element.findall(_STRICT + name))


def relation_id(element: Element) -> str:
    """Returns the name of the relation that an element refers to."""
    return next((str(value) for name in _RELATION if (value := element.get(name)) is not None), "")


class Relation(NamedTuple):
    """Where a part refers to: the kind of the other part ("styles", "header") and its path."""

    kind: str
    target: str


def read_relations(package: Package, part: str) -> dict[str, Relation]:
    """Returns what a part refers to inside the container, by the names of the relations; "" is the container itself."""
    folder, file = posixpath.split(part)
    root = package.tree(posixpath.join(folder, "_rels", file + ".rels"))
    relations = {}
    for element in root if root is not None else ():
        if not isinstance(element.tag, str) or element.get("TargetMode") == "External":
            continue
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        relations[element.get("Id", "")] = Relation(element.get("Type", "").rpartition("/")[2], path)
    return relations
