"""Internal references: places of this document that it names itself ("khoản 1 Điều này", "Điều 2 Nghị quyết này").

They are no citations. A place is looked up in the section tree; where it does not exist, or two sections could be
meant, the reference stays with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nqparse.document import Pinpoint, Section
from nqparse.entities.pinpoints import PinpointReader
from nqparse.ruleset import RuleSet

_CLAUSES = frozenset({"arabic", "paren"})
_POINTS = frozenset({"letter"})
_LEVELS = {"dieu": "article", "khoan": "clause", "diem": "point"}


@dataclass(frozen=True, slots=True)
class InternalReference:
    """A reference to a place of the same document.

    Attributes:
        start: where it begins in the flow.
        end: where it ends.
        pinpoint: the place, with the levels that "này" stands for filled in.
        target_section_id: the id of the section that is meant, None if that cannot be told.
        reason: why it cannot, None if it can.
    """

    start: int
    end: int
    pinpoint: Pinpoint
    target_section_id: str | None
    reason: str | None


class InternalReferenceFinder:
    """Finds and resolves references inside a document. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._self = rules.regex("resolve.self")
        self._recipients = rules.regex("resolve.recipients")
        self._pinpoints = PinpointReader(rules)

    def find(
        self,
        text: str,
        folded: str,
        body: list[Section],
        locate: Callable[[int], int],
        quoted: list[tuple[int, int]],
    ) -> list[InternalReference]:
        """Returns the references of the whole flow in order, one for each place.

        Args:
            text: the flow's text.
            folded: the same, folded.
            body: the section tree of the document.
            locate: maps an offset of the flow to the source, in which sections have their offsets.
            quoted: flow ranges of quoted amendments: what they say refers to another document.
        """
        found: list[InternalReference] = []
        for match in self._self.finditer(folded):
            level = _LEVELS.get(match["this"])
            run = self._pinpoints.before(text, folded, max(0, match.start() - 500), match.start())
            if run is None and level is None:
                continue  # "Nghị quyết này" is the document, not a place in it
            start = run.start if run else match.start()
            inside = any(low <= start < high for low, high in quoted)
            path = [] if inside else _path(body, locate(match.start()))
            for place in (run.places if run else [Pinpoint()]) or [Pinpoint()]:
                place, reason = ("", "")[:0] or _completed(place, level, path) if not inside else (place, "in a quotation")
                found.append(_looked_up(start, match.end(), place, body, path, reason))
        return sorted([*found, *self._of_recipients(text, body)], key=lambda reference: reference.start)

    def _of_recipients(self, text: str, body: list[Section]) -> list[InternalReference]:
        return []
