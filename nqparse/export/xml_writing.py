"""Writing XML 1.0 as a stream of pieces, by the escapes of the standard library.

XML cannot hold every character that a text may have: control characters, lone surrogates, U+FFFE and U+FFFF. What
takes their place is for the caller to say; in attributes and in records about a document it is a picture or U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

Attributes = Mapping[str, str | None]

# Everything but the characters of XML 1.0 (its production 2).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A parser would turn a bare carriage return into a line feed.
_KEPT = {"\r": "&#13;"}


def picture(character: str) -> str:
    """Returns the one character that stands for a forbidden one: its picture, or U+FFFD where there is none."""
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def allowed(text: str) -> str:
    """Returns a text with a picture for each character that XML cannot hold, one for one."""
    return _FORBIDDEN.sub(lambda match: picture(match.group()), text) if _FORBIDDEN.search(text) else text


class XmlWriter:
    """Collects XML; `taken` returns what was written since the last call, so that a file need not be held whole.

    Args:
        forbidden: writes a character that XML cannot hold. Without it, a picture stands in its place.
    """

    def __init__(self, *, forbidden: Callable[[XmlWriter, str], None] | None = None) -> None:
        self._pieces: list[str] = []
        self._forbidden = forbidden

    def open(self, tag: str, attributes: Attributes = {}) -> None:  # noqa: B006  (a Mapping: nobody writes to it)
        """Writes a start tag; attributes that are None are left out."""
        self._pieces.append(f"<{tag}{_attributes(attributes)}>")

    def close(self, tag: str) -> None:
        """Writes an end tag."""
        self._pieces.append(f"</{tag}>")

    def empty(self, tag: str, attributes: Attributes = {}) -> None:  # noqa: B006
        """Writes an element without content."""
        self._pieces.append(f"<{tag}{_attributes(attributes)}/>")

    def leaf(self, tag: str, text: str, attributes: Attributes = {}) -> None:  # noqa: B006
        """Writes an element that holds a text."""
        self.open(tag, attributes)
        self.text(text)
        self.close(tag)

    def text(self, text: str) -> None:
        """Writes a text; a reader gets it back character by character."""
        if self._forbidden is None or not _FORBIDDEN.search(text):
            self._pieces.append(escape(allowed(text), _KEPT))
            return
        at = 0
        for match in _FORBIDDEN.finditer(text):
            self._pieces.append(escape(text[at : match.start()], _KEPT))
            self._forbidden(self, match.group())
            at = match.end()
        self._pieces.append(escape(text[at:], _KEPT))

    def line_break(self) -> None:
        """Writes a line break between elements, where white space means nothing."""
        self._pieces.append("\n")

    def taken(self) -> str:
        """Returns what was written since the last call."""
        written = "".join(self._pieces)
        self._pieces.clear()
        return written


def _attributes(attributes: Attributes) -> str:
    return "".join(f" {name}={quoteattr(allowed(value))}" for name, value in attributes.items() if value is not None)
