"""What a document says in brief: its fields with their cleaned values, and the first words of long texts."""

from __future__ import annotations

import re

from nqparse.document import Cleaned, DateField, Document, Located, Named, Section, SymbolField

# What of a long text is shown, before the terminal's own width cuts it.
_FIRST_WORDS = 160
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def visible(text: str) -> str:
    """Returns a text with pictures for its control characters, one for one; no terminal or page must obey them."""
    return _ODD.sub(_picture, text) if _ODD.search(text) else text


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"


def cleaned(located: Located) -> str:
    """Returns the cleaned form of a located value, on one line; its text where it has none."""
    value: str | None = None
    if isinstance(located, Named):
        value = located.name
    elif isinstance(located, (Cleaned, DateField)):
        value = located.value
    elif isinstance(located, SymbolField):
        value = located.normalized
    return visible(" ".join((value or located.text).split()))


def header_fields(document: Document) -> list[tuple[str, Located | None]]:
    """Returns the fields of the header with their names, in the contract's order; null where not written."""
    header = document.header
    return [(key, getattr(header, key)) for key in type(header).model_fields]


def first_words(value: str, limit: int = _FIRST_WORDS) -> str:
    """Returns the beginning of a text on one line, without Markdown marks at its ends."""
    line = visible(" ".join(value[: 4 * limit].split()).strip("*_#> "))
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def opening(section: Section) -> str:
    """Returns what a section begins with: its heading, or else its first paragraph."""
    if section.heading is not None:
        return section.heading.text
    return section.paragraphs[0].text if section.paragraphs else ""
