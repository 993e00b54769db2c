"""Internal references: places of this document that it names itself ("khoản 1 Điều này", "Điều 2 Nghị quyết này").

They are no citations. A place is looked up in the section tree; where it does not exist, or two sections could be
meant, the reference stays with its reason.
"""

from __future__ import annotations

from bisect import bisect_right
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
        tree = _Tree(body)
        for match in self._self.finditer(folded):
            word = " ".join(match["this"].split())
            run = self._pinpoints.before(text, folded, max(0, match.start() - _REACH), match.start())
            if run is None and word not in _FIELDS and word not in _ABOVE:
                continue  # "Nghị quyết này" is the document, not a place in it
            start = run.start if run else match.start()
            path = tree.path(locate(match.start()))
            quotation = any(low <= start < high for low, high in quoted)
            for place in run.places if run and run.places else [Pinpoint()]:
                full, target, reason = (
                    (place, None, "in a quotation") if quotation else _resolved(place, word, path, tree)
                )
                found.append(InternalReference(start, match.end(), full, target, reason))
        for match in self._recipients.finditer(text):
            run = self._pinpoints.read(text, folded, match.start("place"), match.end("place"))
            for place in run.places if run else []:
                target, reason = tree.looked_up(place)
                found.append(InternalReference(match.start(), match.end(), place, target, reason))
        return sorted(found, key=lambda reference: reference.start)


def _resolved(place: Pinpoint, word: str, path: list[Section], tree: _Tree) -> tuple[Pinpoint, str | None, str | None]:
    """Returns a place with what "này" adds to it, the id of its section and the reason if there is none."""
    if word in _ABOVE:
        section = next((s for s in reversed(path) if s.kind == _ABOVE[word]), None)
        if place != Pinpoint():
            return place, None, "places are only looked up in articles"
        return place, section.id if section else None, None if section else "not inside such a part"
    if word not in _FIELDS:
        if word not in _OWN:
            return place, None, "an attached act may be meant"
        target, reason = tree.looked_up(place)
        return place, target, reason
    known: dict[str, str | None] = {}
    for field, kinds in _KINDS.items():
        section = next((s for s in reversed(path) if s.kind in kinds), None)
        known[field] = section.number if section else None
        if field == _FIELDS[word]:
            break
    if known[_FIELDS[word]] is None:
        return place, None, "not inside such a part"
    full = Pinpoint.made(**{**known, **{name: label for name, label in place if label is not None}})
    target, reason = tree.looked_up(full)
    return full, target, reason


class _Tree:
    """The sections of a document, to be looked up by number and by place."""

    def __init__(self, body: list[Section]) -> None:
        self._body = body
        self._starts = [section.start for section in body]
        # Articles have one numbering through the whole document; other sections are named from the top.
        self._articles = _by_number(s for top in body for s in top.walk() if s.kind in _KINDS["article"])
        self._tops = {field: _by_number(s for s in body if s.kind in kinds) for field, kinds in _KINDS.items()}

    def looked_up(self, place: Pinpoint) -> tuple[str | None, str | None]:
        """Returns the id of the only section at a place, or the reason why there is none."""
        named = [(field, label) for field in _KINDS if (label := getattr(place, field)) is not None]
        if not named:
            return None, "no place is named"
        if any("-" in label for _, label in named):
            return None, "a range of places"
        field, label = named[0]
        found = (self._articles if field == "article" else self._tops[field]).get(_number(label), [])
        for field, label in named[1:]:
            within = (child for section in found for child in section.children)
            found = [s for s in within if s.kind in _KINDS[field] and _number(s.number) == _number(label)]
        if len(found) == 1:
            return found[0].id, None
        return None, "several sections could be meant" if found else "no such section"

    def path(self, offset: int) -> list[Section]:
        """Returns the sections that hold a source offset, the outermost first."""
        at = bisect_right(self._starts, offset)
        level = self._body[max(0, at - 1) : at]
        path: list[Section] = []
        while True:
            inner = next((section for section in level if section.start <= offset < section.end), None)
            if inner is None:
                return path
            path.append(inner)
            level = inner.children


def _by_number(sections: Iterable[Section]) -> dict[str, list[Section]]:
    found: dict[str, list[Section]] = {}
    for section in sections:
        found.setdefault(_number(section.number), []).append(section)
    return found


def _number(label: str) -> str:
    return label.lower().lstrip("0")
