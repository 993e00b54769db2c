"""Entities: what the document says, span by span, one module per family.

Each family is a finder with one method, `find(text, folded, start, end) -> list[Mention]`, that reads a range of
the flow (`nqparse.structure.lines.Flow`): `text` is the normalised text in reading order, `folded` the same in
lower case without diacritics, of the same length. Finders hold no state between calls.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Mention:
    """An entity found in the flow, before it is anchored in the source.

    `value` is the contract's value for the type (`nqparse.document`); `fields` holds the further fields
    of its entity model (numerator, comparison, …); `rule` the id of the rule that found it.
    """

    type: str
    start: int
    end: int
    value: Any
    rule: str
    fields: dict[str, Any] = field(default_factory=dict)
