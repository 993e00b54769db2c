"""Resolving organisations: the full name that each mention of a body stands for, and an identifier made of it.

    Sở KH&CN                      in a document of Hà Giang    Sở Khoa học và Công nghệ tỉnh Hà Giang
    HĐND, UBND tỉnh                                            Hội đồng nhân dân tỉnh …, Ủy ban nhân dân tỉnh …
    Các Ban: TG, DV Tỉnh ủy                                    Ban Tuyên giáo Tỉnh ủy …, Ban Dân vận Tỉnh ủy …
    VP LHH                        LHH is said elsewhere         Văn phòng Liên hiệp các Hội …

What a mention leaves out is taken from the mention that it is listed with, from the issuer, or from the only longer
name in the document that begins with it. Where two could be meant, the name is null.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from nqparse.document import OrgValue
from nqparse.entities import Mention
from nqparse.fold import fold, key, squeeze
from nqparse.resolve.abbreviations import Abbreviation, find_abbreviations
from nqparse.resolve.body_names import BodyName, BodySpeller
from nqparse.resolve.identifiers import Origin
from nqparse.ruleset import RuleSet

_LINK = re.compile(r"\s*(?:,|và|/|&)\s*")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SHARED_RULE = "org.shared"
_DROPPED = frozenset(("cac", "cua", "va"))
_PARTS = frozenset(("part", "bound", "unit"))
_PROVINCIAL = ("tỉnh", "thành phố")
_NEAR = 92.0  # from this likeness on (of 100) two names are the same one with a slip


@dataclass(slots=True)
class _Entry:
    """A mention with its name as far as it is known."""

    mention: Mention
    name: BodyName | None
    full: str | None = None


class OrganisationResolver:
    """Gives organisations their full names and identifiers. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._speller = BodySpeller(rules)
        self._bracket = rules.regex("resolve.short-name")
        self._own_level = rules.tables["org.own-level"].rows
        self._provincial = frozenset(rules.terms["org.provincial"].terms)
        self._national = frozenset(rules.terms["org.national"].terms)
        self._shared_items = {fold(short): long for short, long in rules.tables["org.shared-items"].rows.items()}

    def resolve(self, text: str, mentions: Sequence[Mention], origin: Origin) -> list[Abbreviation]:
        """Sets `name` and `id` in the value of every organisation among `mentions`.

        Args:
            text: the flow's text.
            mentions: mentions in the order of the text; only those of type ORG are looked at.
            origin: what is known of the document: its issuer and the bodies above it, the issuer last.

        Returns:
            The abbreviations that the document itself explains, with the places where it does.
        """
        bodies = [mention for mention in mentions if mention.type == "ORG"]
        abbreviations = find_abbreviations(text, bodies, self._bracket, self._speller.known_abbreviations)
        long_forms = {abbreviation.short: abbreviation.long for abbreviation in abbreviations}
        entries = [_Entry(body, self._spell(text, body, long_forms)) for body in bodies]
        self._share_heads(text, entries)
        issuers = [name for issuer in origin.issuers if (name := self._speller.spell(issuer, long_forms))]
        places = self._places([*issuers, *(entry.name for entry in entries if entry.name)], issuers, mentions)
        self._share_tails(text, entries)
        for entry in entries:
            entry.full = self._complete(entry.name, places) if entry.name and entry.name.certain else None
        self._by_others(entries, issuers, places)
        for entry in entries:
            entry.mention.value = OrgValue.made(name=entry.full, id=slug(entry.full) if entry.full else None)
        return abbreviations

    def _spell(self, text: str, body: Mention, long_forms: dict[str, str]) -> BodyName | None:
        return self._speller.spell(squeeze(text[body.start : body.end]), long_forms)

    # -- lists ------------------------------------------------------------------------------------

    def _share_heads(self, text: str, entries: list[_Entry]) -> None:
        """Puts the head of a list before its names: "Các Bộ: Tư pháp, Quốc phòng"."""
        head: str | None = None
        for entry in entries:
            if entry.mention.rule != _SHARED_RULE:
                head = None
                continue
            if head is None:
                before = text[max(0, entry.mention.start - 40) : entry.mention.start].rstrip(" \n:")
                head = before.rsplit(maxsplit=1)[-1] if before else ""
            written = squeeze(text[entry.mention.start : entry.mention.end])
            if written.startswith(f"{head} "):
                continue
            item, _, rest = written.partition(" ")
            known = self._shared_items.get(fold(f"{head} {item}"))
            spelled = self._speller.spell(f"{known} {rest}".rstrip() if known else f"{head} {written}", {})
            entry.name = spelled if spelled is not None and (spelled.certain or not item.isupper()) else None

    def _share_tails(self, text: str, entries: list[_Entry]) -> None:
        """Gives the level or superior body at the end of a list to the names before it: "HĐND, UBND tỉnh"."""
        for before, entry in zip(reversed(entries[:-1]), reversed(entries[1:]), strict=True):
            if before.name is None or entry.name is None or not before.name.open or not entry.name.tail:
                continue
            if before.name.last in self._own_level or before.name.last in self._national:
                continue
            if entry.name.superior and before.name.kind not in _PARTS:
                continue  # "UBND tỉnh, Văn phòng Tỉnh ủy"
            if _LINK.fullmatch(text, before.mention.end, entry.mention.start):
                before.name = replace(
                    before.name,
                    text=f"{before.name.text} {entry.name.tail}",
                    level=entry.name.level,
                    place=entry.name.place,
                    last=entry.name.last if entry.name.superior else before.name.last,
                    tail=entry.name.tail,
                    superior=entry.name.superior,
                    open=False,
                )

    # -- what is left out ---------------------------------------------------------------------------

    def _complete(self, name: BodyName, places: dict[str, str]) -> str | None:
        """Returns the full name with level and place, or None where they are not known."""
        own = self._own_level.get(name.last)
        if name.of_place or name.general:
            return None  # "Liên hiệp hội của tỉnh": said of a body that is named elsewhere
        if name.level is not None and name.place is None:
            place = places.get(name.level)
            return f"{name.text} {place}" if place else None
        if own is not None and name.place is None:
            place = places.get(own)
            return f"{name.text} {place}" if place else None
        if name.open and name.last not in self._national:
            if name.head in self._provincial or name.last in self._provincial:
                level = next((level for level in _PROVINCIAL if level in places), None)
                return f"{name.text} {level} {places[level]}" if level else None
            return None
        return name.text

    def _by_others(self, entries: list[_Entry], issuers: list[BodyName], places: dict[str, str]) -> None:
        """Names what is still open by other names of the document; what that names may name others in turn."""
        names = _Names((entry.full for entry in entries), places)
        names.issuer = self._issuer(issuers, places, names)
        for _ in range(2):
            for entry in entries:
                if entry.full is not None:
                    names.add(entry.full)
            for entry in entries:
                name = entry.name
                if name is None:
                    continue
                if entry.full is None and not name.general:
                    entry.full = names.meant_by(name) or self._with_superior(name, names)
                if entry.full is not None:
                    entry.full = names.best(entry.full)
                    names.told.setdefault(_key(name.text), entry.full)

    def _issuer(self, issuers: list[BodyName], places: dict[str, str], names: _Names) -> str | None:
        """Returns the issuer's full name; the body above it in the letterhead is a part of it."""
        full: str | None = None
        for name in issuers:
            own = self._complete(name, places) if name.certain else names.known(name.text)
            if own is None and full is not None and name.certain and name.kind in _PARTS:
                own = f"{name.text} {full}"
            full = own
        return full

    @staticmethod
    def _with_superior(name: BodyName, names: _Names) -> str | None:
        """Returns the full name of a part whose superior body is known: "VP LHH"."""
        if not name.superior and name.kind not in _PARTS:
            return None
        rest = name.text.removeprefix(name.head).strip()
        superior = names.told.get(_key(rest)) or names.known(rest)
        return f"{name.head} {superior}" if superior and rest else None

    def _places(
        self, names: Iterable[BodyName], issuers: Sequence[BodyName], mentions: Iterable[Mention]
    ) -> dict[str, str]:
        """Returns the place of each level: the issuer's, else the only one that a body or place is named with."""
        seen: dict[str, set[str]] = {}
        own: dict[str, str] = {}
        for name in names:
            level = name.level or self._own_level.get(name.last)
            if level and name.place:
                seen.setdefault(level, set()).add(name.place)
                if any(name is issuer for issuer in issuers):
                    own[level] = name.place
        places = {level: next(iter(found)) for level, found in seen.items() if len(found) == 1}
        written: dict[str, set[str]] = {}
        for mention in mentions:
            if mention.type == "PLACE" and mention.value.level and mention.value.name:
                written.setdefault(mention.value.level, set()).add(mention.value.name)
        for level, found in written.items():
            if len(found) == 1 and level not in seen:
                places[level] = next(iter(found))
        return {**places, **own}


class _Names:
    """The full names of a document by their keys, and what its short names turned out to mean."""

    def __init__(self, full: Iterable[str | None], places: dict[str, str]) -> None:
        self.issuer: str | None = None
        self.told: dict[str, str] = {}
        self._full: dict[str, str] = {}
        self._meant: dict[str, str | None] = {}
        self._ends = tuple(_key(place) for place in places.values())
        for name in full:
            if name:
                self.add(name)

    def add(self, name: str) -> None:
        """Adds a name; of several spellings of one the longest stays."""
        if len(name) > len(self._full.get(_key(name), "")):
            self._full[_key(name)] = name
            self._meant.clear()

    def best(self, name: str) -> str:
        """Returns the fullest spelling of a name."""
        return self._full.get(_key(name), name)

    def known(self, text: str) -> str | None:
        """Returns the full name with the same words, or the issuer's if it begins with them."""
        short = _key(text)
        if short and self.issuer is not None and f"{_key(self.issuer)} ".startswith(f"{short} "):
            return self.issuer
        return self._full.get(short)

    def meant_by(self, name: BodyName) -> str | None:
        """Returns the one name that begins with a short one, or nearly the same; None where several could be meant."""
        text = name.text.split(" của ")[0] if name.of_place else name.text
        known = self.known(text)
        if known is not None or not name.certain:
            return known
        short = _key(text)
        if short not in self._meant:
            self._meant[short] = self._search(short)
        return self._meant[short]

    def _search(self, short: str) -> str | None:
        longer = [full for full in self._full if full.startswith(f"{short} ")]
        if len(longer) > 1 and self._ends:
            longer = [full for full in longer if full.endswith(self._ends)]
        if longer:
            return self._full[longer[0]] if len(longer) == 1 else None
        alike = [full for full in self._full if full.count(" ") == short.count(" ")]
        near = process.extractOne(short, alike, scorer=fuzz.ratio, score_cutoff=_NEAR)
        return self._full[near[0]] if near else None


def slug(name: str) -> str:
    """Returns an identifier of ASCII letters, digits and hyphens: the same for every spelling of a name."""
    return _NOT_SLUG.sub("-", fold(name)).strip("-")


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return " ".join(word for word in key(name).split() if word not in _DROPPED)
