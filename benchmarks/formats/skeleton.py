"""The skeleton of a document by value: what must be the same in every format that the document comes in.

The figures of `nqparse.scoring` compare places in one text. Here the texts differ by their spaces and breaks, so
sections are compared by their path of labels and by their first words, and all else by its folded text.
"""

from __future__ import annotations

from collections.abc import Iterator

from nqparse.document import Document, Section
from nqparse.gold import HEADER_FIELDS
from nqparse.gold_write import document_to_gold
from nqparse.scoring import loose

_WORDS = 40  # letters of a section's text that are compared

Skeleton = dict[str, tuple[str, ...]]


def skeleton_of(document: Document) -> Skeleton:
    """Returns the skeleton: for every part its values in order, an empty tuple for what is not there."""
    gold = document_to_gold(document)

    def texts(path: str, *spans: object) -> tuple[str, ...]:
        several = len(spans) != 1
        return tuple(
            "" if span is None else loose(gold.alts.get(f"{path}.{index}" if several else path, span.text))  # type: ignore[attr-defined]
            for index, span in enumerate(spans)
        )

    header, preamble = gold.header, gold.preamble
    parts: Skeleton = {f"header.{field}": texts(f"header.{field}", getattr(header, field)) for field in HEADER_FIELDS}
    parts["header.date_value"] = (header.date_value or "",)
    parts["preamble.enacting_body"] = texts("preamble.enacting_body", preamble.enacting_body)
    parts["preamble.formula"] = texts("preamble.formula", preamble.formula)
    parts["preamble.bases"] = tuple(loose(base.text) for base in preamble.bases)
    parts["sections"] = tuple(_sections(document.body, document.text))
    parts["closing"] = texts("closing", gold.closing)
    parts["recipients"] = tuple(loose(recipient.name) for recipient in document.recipients)
    parts["signatures"] = tuple(
        " / ".join(loose(part.text) if part else "" for part in (block.authority, block.position, block.name))
        for block in document.signatures
    )
    return parts


def _sections(sections: list[Section], text: str, above: str = "") -> Iterator[str]:
    for section in sections:
        path = f"{above}/{section.kind} {section.number}"
        first = loose(text[section.start : section.end])[:_WORDS]
        yield f"{path}: {first}"
        yield from _sections(section.children, text, path)


def differences(expected: Skeleton, got: Skeleton) -> list[str]:
    """Returns what differs, one line for each value that is missing or too many."""
    lines = []
    for part, values in expected.items():
        others = got[part]
        if values != others:
            lines += [f"{part}: missing: {value}" for value in values if value not in others]
            lines += [f"{part}: not expected: {value}" for value in others if value not in values]
            if set(values) == set(others):
                lines.append(f"{part}: another order")
    return lines
