"""Kinds: who makes a document, and so which rules of form it follows.

The names of the body decide, the letterhead's first; the codes of the symbol only where no name is known. Words and
codes are in `rules/checks.yaml` (`kind.names`, `kind.codes`).
"""

from __future__ import annotations

from dataclasses import dataclass

from nqparse.document import Document, Located
from nqparse.fold import key
from nqparse.ruleset import RuleSet

STATE = frozenset({"qh", "ubtvqh", "cp", "hdtp", "nqlt", "hdnd", "ubnd", "state"})
PARTY = frozenset({"party", "party_congress"})
COMPANY = frozenset({"co_agm", "co_board"})
# Bodies that follow the rules of the State's administration as far as form goes.
ADMINISTRATIVE = STATE | {"council"}
# Bodies that adopt a resolution by a vote of those who meet, and say so in the text.
MEETING = frozenset({"assoc", "union", "youth", "mass", "party", "party_congress", "council", "co_agm", "co_board"})
UNKNOWN = "unknown"

_RESOLUTION = "nghi quyet"
_JOINT = "lien tich"
_ANY_COMPANY = "co_board"
_RESOLUTION_CODES = frozenset({"NQ", "NQLT"})


@dataclass(frozen=True, slots=True)
class Kind:
    """What a document is.

    Attributes:
        id: the class of its issuer, as in the dossier ("hdnd", "assoc", …), or "unknown".
        official: it has a type line or a number, so it claims to be a document.
        resolution: it is a resolution and nothing else.
    """

    id: str
    official: bool
    resolution: bool

    @property
    def state(self) -> bool:
        """Whether a body of the State made it."""
        return self.id in STATE

    @property
    def party(self) -> bool:
        """Whether a body of the Party made it."""
        return self.id in PARTY

    @property
    def administrative(self) -> bool:
        """Whether it follows the rules of form for the administration."""
        return self.id in ADMINISTRATIVE


class KindFinder:
    """Decides what a document is. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._names = [(key(name), kind) for name, kind in rules.tables["kind.names"].rows.items()]
        self._codes = rules.tables["kind.codes"].rows

    def of(self, document: Document) -> Kind:
        """Returns the kind of a document."""
        header, preamble = document.header, document.preamble
        type_key = key(header.doc_type.value) if header.doc_type else ""
        codes = header.symbol.codes if header.symbol else []
        official = bool(type_key or codes)
        if _JOINT in type_key or "NQLT" in codes:
            return Kind("nqlt", official, _RESOLUTION in type_key or "NQLT" in codes)
        if type_key:
            resolution = type_key.startswith(_RESOLUTION)
        elif not _RESOLUTION_CODES.isdisjoint(codes):
            resolution = True
        else:  # a number of the National Assembly may be that of a law
            formula = key(preamble.formula.text) if preamble.formula else ""
            resolution = bool(codes) and self.coded(codes) in ("qh", "ubtvqh") and "quyet nghi" in formula
        places = (header.issuer, preamble.enacting_body, header.parent_issuer)
        kind = next((kind for place in places if place and (kind := self.named(place.text))), None)
        if kind is None or kind == _ANY_COMPANY:
            kind = self.coded(codes) or kind  # a company's letterhead does not say which of its bodies resolves
        if kind is None:
            authorities = [signature.authority for signature in document.signatures]
            later: list[Located | None] = [*authorities, header.title, document.closing, *preamble.recitals[:3]]
            kind = next((kind for place in later if place and (kind := self.named(place.text))), None)
        return Kind(kind or UNKNOWN, official, resolution)

    def named(self, name: str) -> str | None:
        """Returns the class of a body by its name, or None if no word of it tells."""
        words = f" {key(name)} "
        return next((kind for phrase, kind in self._names if f" {phrase} " in words), None)

    def coded(self, codes: list[str]) -> str | None:
        """Returns the class of a body by the codes of a symbol, or None if none of them tells."""
        for code in codes:
            kind = self._codes.get(code.rstrip("0123456789"))
            if kind is not None and code not in _RESOLUTION_CODES:
                return kind
        return None
