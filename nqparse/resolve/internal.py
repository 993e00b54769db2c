"""Internal references: places of this document that it names itself ("khoản 1 Điều này", "Điều 2 Nghị quyết này").

They are no citations. A place is looked up in the section tree; where it does not exist, or two sections could be
meant, the reference stays with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nqparse.document import Pinpoint, Section
from nqparse.entities.pinpoints import PinpointReader
from nqparse.ruleset import RuleSet

_KINDS = {
    "article": frozenset({"article"}),
    "clause": frozenset({"arabic", "paren"}),
    "point": frozenset({"letter"}),
}
_FIELDS = {"dieu": "article", "khoan": "clause", "diem": "point"}
_ABOVE = {"muc": "section", "tieu muc": "subsection", "chuong": "chapter", "phan": "part"}
# What else a document calls by its type and "này" is attached to it, and has articles of its own.
_OWN = frozenset({"nghi quyet", "nghi quyet lien tich", "quyet dinh"})
_REACH = 500


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
            word = " ".join(match["this"].split())
            run = self._pinpoints.before(text, folded, max(0, match.start() - _REACH), match.start())
            if run is None and word not in _FIELDS and word not in _ABOVE:
                continue  # "Nghị quyết này" is the document, not a place in it
            start = run.start if run else match.start()
            path = _path(body, locate(match.start()))
            quotation = any(low <= start < high for low, high in quoted)
            for place in run.places if run and run.places else [Pinpoint()]:
                full, target, reason = (
                    (place, None, "in a quotation") if quotation else _resolved(place, word, path, body)
                )
                found.append(InternalReference(start, match.end(), full, target, reason))
        for match in self._recipients.finditer(text):
            run = self._pinpoints.read(text, folded, match.start("place"), match.end("place"))
            for place in run.places if run else []:
                target, reason = _looked_up(place, body)
                found.append(InternalReference(match.start(), match.end(), place, target, reason))
        return sorted(found, key=lambda reference: reference.start)


def _resolved(
    place: Pinpoint, word: str, path: list[Section], body: list[Section]
) -> tuple[Pinpoint, str | None, str | None]:
    """Returns a place with what "này" adds to it, the id of its section and the reason if there is none."""
    if word in _ABOVE:
        section = next((s for s in reversed(path) if s.kind == _ABOVE[word]), None)
        if place != Pinpoint():
            return place, None, "places are only looked up in articles"
        return place, section.id if section else None, None if section else "not inside such a part"
    if word not in _FIELDS:
        if word not in _OWN:
            return place, None, "an attached act may be meant"
        target, reason = _looked_up(place, body)
        return place, target, reason
    known: dict[str, str | None] = {}
    for field, kinds in _KINDS.items():
        section = next((s for s in reversed(path) if s.kind in kinds), None)
        known[field] = section.number if section else None
        if field == _FIELDS[word]:
            break
    if known[_FIELDS[word]] is None:
        return place, None, "not inside such a part"
    full = Pinpoint(**{**known, **{name: label for name, label in place if label is not None}})
    target, reason = _looked_up(full, body)
    return full, target, reason


def _looked_up(place: Pinpoint, body: list[Section]) -> tuple[str | None, str | None]:
    """Returns the id of the only section at a place, or the reason why there is none."""
    named = [(field, label) for field in _KINDS if (label := getattr(place, field)) is not None]
    if not named:
        return None, "no place is named"
    if any("-" in label for _, label in named):
        return None, "a range of places"
    found: Iterable[Section] = (section for top in body for section in top.walk())
    if place.article is None:
        found = body
    for depth, (field, label) in enumerate(named):
        within = found if depth == 0 else (child for section in list(found) for child in section.children)
        found = [section for section in within if section.kind in _KINDS[field] and _same(section.number, label)]
    ids = [section.id for section in found]
    if len(ids) == 1:
        return ids[0], None
    return None, "several sections could be meant" if ids else "no such section"


def _same(number: str, label: str) -> bool:
    return number.lower().lstrip("0") == label.lower().lstrip("0")


def _path(body: list[Section], offset: int) -> list[Section]:
    """Returns the sections that hold a source offset, the outermost first."""
    path: list[Section] = []
    level = body
    while True:
        inner = next((section for section in level if section.start <= offset < section.end), None)
        if inner is None:
            return path
        path.append(inner)
        level = inner.children
