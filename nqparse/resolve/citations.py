"""Resolving citations: which document each citation of a text means.

A citation that says enough has an identifier of its own (`nqparse.resolve.identifiers`). One that does not may lean on
the others of the same text: "Nghị quyết số 13/NQ-HĐND" on the one that was cited with its date, "Luật Đầu tư công" on
the one that was cited with its number, "Nghị định số 145" on the one that a bracket calls so. Where two could be meant,
none is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nqparse.document import DocRefValue
from nqparse.entities import Mention
from nqparse.fold import key, squeeze
from nqparse.resolve.identifiers import Identifiers, InDoubt, Origin
from nqparse.ruleset import RuleSet

_BETWEEN = re.compile(r"[.;](?=\s)|\n[^\S\n]*\n")
_LIST = re.compile(r"\s*(?:,|;|va)\s*(?:va\s+)?")
_LOOK_BACK = 5  # citations before a bracket that it may speak of
_REACH = 600  # characters between a document and the bracket that gives it a short name


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name that a bracket gives to a document; the offsets are those of the name in the flow."""

    start: int
    end: int
    name: str
    id: str | None


@dataclass(slots=True)
class Resolution:
    """What the citations of a text refer to, beside the `id` in their values.

    Attributes:
        short_names: the names that brackets introduce for cited documents.
        aliases: other identifiers of the same documents: laws by name and date, and by number.
    """

    short_names: list[ShortName] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)


class CitationResolver:
    """Gives citations their identifiers. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._identifiers = Identifiers(rules)
        self._bracket = rules.regex("resolve.short-name")

    def resolve(self, text: str, folded: str, mentions: list[Mention], origin: Origin) -> Resolution:
        """Sets `id` or `unresolved` in the value of every citation among `mentions`.

        Args:
            text: the flow's text.
            folded: the same, folded.
            mentions: mentions in the order of the text; only those of type DOCREF are looked at.
            origin: what is known of the document that cites.
        """
        cited = [mention for mention in mentions if mention.type == "DOCREF"]
        resolution = Resolution()
        shared: str | None = None
        for index in range(len(cited) - 1, -1, -1):
            value: DocRefValue = cited[index].value
            listed = index + 1 < len(cited) and _shares_issuer(folded, cited[index], cited[index + 1])
            shared = value.issuer or (shared if listed else None)
            try:
                value.id = self._identifiers.of(value.model_copy(update={"issuer": shared}), origin)
            except InDoubt as reason:
                value.unresolved = str(reason)
                continue
            resolution.aliases.update(self._identifiers.aliases(value))
        self._by_others(cited, resolution.aliases)
        if cited:
            resolution.short_names = self._short_names(text, folded, cited)
            self._by_short_name(text, cited, resolution.short_names)
        return resolution

    def _by_others(self, cited: list[Mention], aliases: dict[str, str]) -> None:
        """Resolves citations by the one other document of the text that has the same number or name."""
        known: dict[tuple[str | None, str], set[str]] = {}
        for mention in cited:
            value: DocRefValue = mention.value
            if value.id is not None:
                document = _document(value.id)
                for name in _names(value):
                    known.setdefault((value.type, name), set()).add(aliases.get(document, document))
        for mention in cited:
            value = mention.value
            if value.id is None:
                found = {id_ for name in _names(value)[:1] for id_ in known.get((value.type, name), ())}
                self._settle(value, found)

    def _short_names(self, text: str, folded: str, cited: list[Mention]) -> list[ShortName]:
        """Returns the names that brackets give to the documents before them."""
        names: list[ShortName] = []
        before = -1
        for match in self._bracket.finditer(folded, cited[0].end):
            while before + 1 < len(cited) and cited[before + 1].end <= match.start():
                before += 1
            start, end = match.span("name")
            name = squeeze(text[start:end])
            found = self._called(text, cited[max(0, before - _LOOK_BACK) : before + 1], match.start(), name)
            if found is not None:
                names.append(ShortName(start, end, name, found.id and _document(found.id)))
        return names

    @staticmethod
    def _called(text: str, cited: list[Mention], at: int, name: str) -> DocRefValue | None:
        """Returns the document that a bracket at `at` calls `name`: the nearest of that type in its sentence."""
        for mention in reversed(cited):
            if at - mention.end > _REACH or _BETWEEN.search(text, mention.end, at):
                return None
            value: DocRefValue = mention.value
            if value.type and key(name).startswith(key(value.type)):
                return value
        return None

    def _by_short_name(self, text: str, cited: list[Mention], names: list[ShortName]) -> None:
        """Resolves citations that use a short name, from its bracket on."""
        known = [(name.start, key(name.name), name.id) for name in names if name.id]
        for mention in cited if known else ():
            value: DocRefValue = mention.value
            if value.id is None:
                written = key(text[mention.start : mention.end])
                self._settle(
                    value, {i for start, name, i in known if start <= mention.start and written.endswith(name)}
                )

    def _settle(self, value: DocRefValue, found: set[str]) -> None:
        """Sets the identifier if it is the only one that was found."""
        if len(found) == 1:
            value.id = found.pop() + self._identifiers.anchor(value.pinpoint)
            value.unresolved = None
        elif found:
            value.unresolved = "several documents of this text could be meant"


def _shares_issuer(folded: str, one: Mention, two: Mention) -> bool:
    """Tells whether the issuer behind the second is that of the first, too ("Nghị quyết số A và số B của …")."""
    if _LIST.fullmatch(folded, one.end, two.start) is None:
        return False
    codes = [re.split(r"[/-]", mention.value.symbol or "")[-1] for mention in (one, two)]
    return bool(codes[0]) and codes[0] == codes[1]


def _document(identifier: str) -> str:
    """Returns the identifier of the document without the place in it."""
    return identifier.partition("!")[0]


def _names(value: DocRefValue) -> list[str]:
    """Returns what a citation may be called by elsewhere in the text: its symbol, its number alone, its name."""
    if value.symbol:
        number = re.match(r"\d+[a-zđ]?", value.symbol)
        names = [key(value.symbol), *([number.group()] if number else [])]
        return [*names, key(value.title)] if value.title and value.type in ("luật", "bộ luật", "pháp lệnh") else names
    return [key(value.title)] if value.title else []
