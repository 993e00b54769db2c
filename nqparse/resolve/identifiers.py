"""Identifiers: the canonical name of a cited document, made of what is written and of nothing else.

    /akn/vn/act/nq/qh/2022/43                       Nghị quyết số 43/2022/QH15
    /akn/vn/act/nq/hdnd-phu-yen/2016-12-16/57       Nghị quyết số 57/NQ-HĐND ngày 16/12/2016 của HĐND tỉnh Phú Yên
    /akn/vn/doc/nq/dcsvn-tw/khoa-13/60              Nghị quyết số 60-NQ/TW ngày 12/4/2025
    /akn/vn/act/luat/qh/2015-06-19/to-chuc-chinh-quyen-dia-phuong

Numbers start anew with every year, or with every congress of the Party, and each place has a body of its own; where
year, congress or body cannot be told, there is no identifier but a reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from nqparse.document import DocRefValue, Pinpoint
from nqparse.fold import fold
from nqparse.ruleset import RuleSet
from nqparse.symbols import Symbol, symbol_at

_TYPE_PREFIX = "doctype."
_NOT_SLUG = re.compile(r"[^a-z0-9.]+")
_TERM_DIGITS = re.compile(r"(?<=[A-ZĐ])K?\d+$")
_NUMBER = re.compile(r"([\dOlI]+)((?:\.\d+)?[a-zA-ZđĐ]?)")  # with what OCR takes for 0 and 1
_LAWS = frozenset({"luật", "bộ luật"})
_PROVINCIAL = frozenset({"tỉnh", "thành phố"})
_SHORT_LEVELS = {"tp": "thành phố", "tp.": "thành phố", "thành": "thành phố", "thị": "thị xã", "tính": "tỉnh"}
_JOINT = "liên"  # joint acts have the codes of all their makers behind that of the type
# From this year on ordinances were passed by the Standing Committee of the National Assembly.
_STANDING_COMMITTEE_SINCE = 1993


class InDoubt(Exception):
    """The reason why a document has no identifier."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of the document that cites: it says which "tỉnh" is meant where none is named.

    Attributes:
        issuers: names of its issuer and of the bodies above it, in any spelling.
    """

    issuers: tuple[str, ...] = ()


class Identifiers:
    """Makes identifiers. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._types = {
            terms.terms[0]: terms.id.removeprefix(_TYPE_PREFIX)
            for terms in rules.terms.values()
            if terms.id.startswith(_TYPE_PREFIX)
        }
        self._party = rules.regex("resolve.party-symbol")
        self._place = rules.regex("resolve.place")
        self._council = rules.regex("resolve.council-committee")
        self._central = frozenset(rules.terms["resolve.central"].terms)
        self._local = frozenset(rules.terms["resolve.local"].terms)
        self._party_local = frozenset(rules.terms["resolve.party-local"].terms)
        self._acts = frozenset(rules.terms["resolve.acts"].terms)
        terms = rules.tables["resolve.party-terms"].rows
        self._term_days = sorted(terms)
        self._terms = [terms[day] for day in self._term_days]
        self._laws = {slug(name): number for name, number in rules.tables["resolve.laws"].rows.items()}

    def of(self, value: DocRefValue, origin: Origin) -> str:
        """Returns the identifier of a cited document.

        Raises:
            InDoubt: if what is written does not say which document it is.
        """
        if value.type is None:
            raise InDoubt("no type")
        symbol = symbol_at(value.symbol, 0) if value.symbol else None
        if value.symbol and symbol is None:
            raise InDoubt("the number stands without a symbol" if value.symbol[0].isdigit() else "the number is blank")
        found = self._numbered(value, symbol, origin) if symbol else self._named(value)
        return found + self.anchor(value.pinpoint)

    def aliases(self, value: DocRefValue) -> dict[str, str]:
        """Returns a law's identifier by number under that by name and date, where the citation or a table has both."""
        if value.type not in _LAWS or not value.date or not value.title:
            return {}
        number = value.symbol or self._laws.get(f"{_name_slug(value)}-{value.date}")
        symbol = symbol_at(number, 0) if number else None
        if symbol is None or symbol.year is None:
            return {}
        head = f"/akn/vn/act/{self._types[value.type]}/qh"
        return {f"{head}/{value.date}/{_name_slug(value)}": f"{head}/{symbol.year}/{_number(symbol)}"}

    # -- by number --------------------------------------------------------------------------------

    def _numbered(self, value: DocRefValue, symbol: Symbol, origin: Origin) -> str:
        party = self._party.fullmatch(symbol.normalized)
        codes = [_TERM_DIGITS.sub("", code) for code in symbol.codes]
        central = next((code for code in codes if code in self._central), None)
        # Symbols of the old state may look like those of the Party ("498-NQ/HĐNN7"): the code decides.
        if party is not None and central is None:
            return self._of_party(value, symbol, party["code"], origin)
        if value.type in _LAWS and central is None:
            central = "QH"
        if _JOINT in (value.type or ""):
            actor = "-".join(slug(code) for code in codes[1:])
        else:
            actor = slug(central) if central else self._local_actor(value, codes, origin)
        year = str(symbol.year) if symbol.year else value.date
        if year is None:
            raise InDoubt("neither year nor date")
        kind = "act" if value.type in self._acts else "doc"
        return f"/akn/vn/{kind}/{self.type_name(value.type)}/{actor}/{year}/{_number(symbol)}"

    def _local_actor(self, value: DocRefValue, codes: list[str], origin: Origin) -> str:
        code = next((code for code in codes if code in self._local), None)
        if code is not None:
            return f"{slug(code)}-{self._place_of(value.issuer, origin)}"
        # A committee of a people's council writes its own code.
        if value.issuer and codes[1:] and self._council.search(value.issuer):
            return f"hdnd-{self._place_of(value.issuer, origin)}-{slug('-'.join(codes[1:]))}"
        raise InDoubt("the code of the body is not known")

    def _of_party(self, value: DocRefValue, symbol: Symbol, code: str, origin: Origin) -> str:
        head = f"/akn/vn/doc/{self.type_name(value.type)}/dcsvn-{slug(code)}"
        if value.date is None:
            raise InDoubt("the number runs through a term, and no date tells which")
        if code.endswith("TW"):
            at = bisect_right(self._term_days, value.date) - 1
            term = self._terms[at] if at >= 0 else ""
            if not term or len(value.date) < len("2021-01-25"):
                raise InDoubt("the date does not tell the congress")
            return f"{head}/khoa-{term}/{_number(symbol)}"
        if code not in self._party_local:
            raise InDoubt("the code of the Party body is not known")
        return f"{head}-{self._place_of(value.issuer, origin)}/{value.date}/{_number(symbol)}"

    def _place_of(self, issuer: str | None, origin: Origin) -> str:
        """Returns the slug of the place whose body issued the document."""
        if issuer is None:
            raise InDoubt("the issuer is not named")
        level, name = self._level_and_name(issuer)
        if level is None:
            raise InDoubt("the issuer names no place")
        if not name:
            known = {found for body in origin.issuers for found in self._places(body) if found[0] == level and found[1]}
            if len(known) != 1:
                raise InDoubt(f"which {level} is meant is not said")
            name = known.pop()[1]
        return name if level in _PROVINCIAL else f"{slug(level)}-{name}"

    def _level_and_name(self, body: str) -> tuple[str | None, str]:
        places = self._places(body)
        return places[0] if places else (None, "")

    def _places(self, body: str) -> list[tuple[str, str]]:
        """Returns the levels that a body's name says, with the slugs of their names, the own one first."""
        text = " ".join(body.split())
        levels = list(self._place.finditer(text))
        found = []
        for index, match in enumerate(levels):
            end = min([match.end("name"), *(follows.start() for follows in levels[index + 1 : index + 2])])
            level = match["level"].lower()
            found.append((_SHORT_LEVELS.get(level, level), slug(text[match.start("name") : end])))
        return found

    # -- by name ----------------------------------------------------------------------------------

    def _named(self, value: DocRefValue) -> str:
        if value.date is None:
            raise InDoubt("which version is meant is not said")
        if value.type == "hiến pháp":
            return f"/akn/vn/act/hien-phap/qh/{value.date[:4]}/hien-phap"
        if value.type in _LAWS:
            return f"/akn/vn/act/{self.type_name(value.type)}/qh/{value.date}/{_name_slug(value)}"
        if value.type == "pháp lệnh" and int(value.date[:4]) >= _STANDING_COMMITTEE_SINCE:
            return f"/akn/vn/act/pl/ubtvqh/{value.date}/{_name_slug(value)}"
        raise InDoubt("the body that made it is not known")

    def type_name(self, doc_type: str | None) -> str:
        """Returns how a type of document is written in identifiers: "nq"."""
        return self._types.get(doc_type or "", slug(doc_type or ""))

    @staticmethod
    def anchor(places: list[Pinpoint]) -> str:
        """Returns the anchor of the one place that is cited; several places have the document's identifier."""
        if len(places) != 1:
            return ""
        named = (("dieu", places[0].article), ("khoan", places[0].clause), ("diem", places[0].point))
        parts = [f"{level}_{_label(label)}" for level, label in named if label]
        single = all("-" not in part for part in parts)
        return f"!{'__'.join(parts)}" if parts and single else ""


def slug(text: str) -> str:
    """Returns a text as lower-case ASCII words joined by hyphens."""
    return _NOT_SLUG.sub("-", fold(text).replace("&", "")).strip("-.")


def _name_slug(value: DocRefValue) -> str:
    """Returns the slug of a law's name without its type word."""
    return slug(value.title or "").removeprefix(slug(value.type or "")).strip("-")


def _number(symbol: Symbol) -> str:
    """Returns the number as it is padded in the text, with its letter; misread figures as they are meant."""
    match = _NUMBER.match(symbol.normalized)
    assert match is not None  # a symbol with a number begins with it
    return f"{symbol.number:0{len(match[1])}d}{fold(match[2])}"


def _label(label: str) -> str:
    """Returns a label for an anchor, in which "d" and "đ" stay apart."""
    return label.lower().replace("đ", "dd")
