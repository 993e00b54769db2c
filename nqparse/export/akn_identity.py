"""What a document is called in Akoma Ntoso: its FRBR URIs and dates, and the eIds of its sections.

The URI of a document is that by which others cite it (`nqparse.resolve.identifiers`), made of what its own head says.
Where the head does not say enough, the URI is provisional: it is made of what there is, always as `doc`, and the
metadata say why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256

from nqparse import ruleset
from nqparse.document import DocRefValue, Document, Section
from nqparse.resolve.identifiers import Identifiers, InDoubt, Origin, slug

NO_DATE = "0001-01-01"
LANGUAGE = "vie"

_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_LEADING_NUMBER = re.compile(r"\d+(?:\.\d+)?[a-zđ]?(?=[/-]|$)", re.IGNORECASE)

# How a kind of section is named in eIds; citations name articles, clauses and points the same way.
_NAMES = {
    "part": "phan", "chapter": "chuong", "section": "muc", "subsection": "tieumuc", "article": "dieu",
    "upper": "chucai", "roman": "lama", "arabic": "khoan", "decimal": "so", "letter": "diem",
    "letter_decimal": "diemcon", "paren": "ngoac", "ordinal": "thutu", "dash": "gach", "plus": "cong", "star": "sao",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A date that XML Schema can hold, and how much of it is written: `day`, `month`, `year` or `unknown`."""

    value: str
    precision: str


def day_of(iso: str | None) -> Day:
    """Returns the day of an ISO date; of a month or a year its first day; 0001-01-01 where there is none."""
    match = _ISO.fullmatch(iso or "")
    if match is None:
        return Day(NO_DATE, "unknown")
    year, month, day = match.groups()
    try:
        found = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return Day(NO_DATE, "unknown")
    return Day(found, "day" if day else "month" if month else "year")


@dataclass(frozen=True, slots=True)
class Identity:
    """The names of a document.

    Attributes:
        work: the URI of the work, "/akn/vn/act/nq/hdnd-phu-yen/2016-12-16/57".
        doubt: why the URI is only provisional; empty where it is the one that others cite.
        issued: the date of the letterhead.
        expression: the URI of the text in Vietnamese as it was issued.
        manifestation: the URI of that text as XML.
    """

    work: str
    doubt: str
    issued: Day

    @property
    def expression(self) -> str:  # noqa: D102
        at = "" if self.issued.precision != "day" else self.issued.value
        return f"{self.work}/{LANGUAGE}@{at}"

    @property
    def manifestation(self) -> str:  # noqa: D102
        return f"{self.expression}.xml"

    @property
    def kind(self) -> str:
        """Returns the element that holds the document: "act" for legal acts, "doc" for all others."""
        return "act" if self.work.startswith("/akn/vn/act/") else "doc"

    @property
    def subtype(self) -> str:
        """Returns the slug of its type, "nq"."""
        return self.work.split("/")[4]


@lru_cache(maxsize=1)
def _identifiers() -> Identifiers:
    return Identifiers(ruleset.load())


def identity_of(document: Document) -> Identity:
    """Returns the names of a document, by what its head says."""
    header = document.header
    value = DocRefValue(
        type=header.doc_type.value.lower() if header.doc_type else None,
        symbol=header.symbol.normalized if header.symbol else None,
        date=header.date.value if header.date else None,
        title=header.title.value if header.title else None,
        issuer=header.issuer.name if header.issuer else None,
    )
    above = (header.parent_issuer.name,) if header.parent_issuer else ()
    issued = day_of(value.date)
    try:
        return Identity(_identifiers().of(value, Origin(above)), "", issued)
    except InDoubt as reason:
        return Identity(_provisional(document, value), str(reason), issued)


def _provisional(document: Document, value: DocRefValue) -> str:
    header = document.header
    codes = header.symbol.codes[1:] if header.symbol else []
    actor = slug(value.issuer or "") or slug("-".join(codes)) or "unknown"
    year = str(header.symbol.year) if header.symbol and header.symbol.year else value.date
    number = _LEADING_NUMBER.match(value.symbol or "")
    name = slug(number.group()) if number else f"sha256-{fingerprint(document)}"
    return f"/akn/vn/doc/{_identifiers().type_name(value.type) or 'unknown'}/{actor}/{year or 'undated'}/{name}"


def fingerprint(document: Document) -> str:
    """Returns 16 hexadecimal digits that tell documents apart: of the source's SHA-256, or else of the text's.

    Parts of one file, which share its bytes, are told apart by their number.
    """
    digest = document.source.sha256 or sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    if document.source.part is not None:
        digest = sha256(f"{digest}#{document.source.part.index}".encode()).hexdigest()
    return digest[:16]


class EIds:
    """Gives sections their eIds, each one once.

    A section's eId is the path of its parents and itself: `lama_iii__khoan_2__diem_a`. Articles run through a
    document, so their path begins with themselves (`dieu_5__khoan_2__diem_dd`), as in citations; where a number comes
    a second time, it begins at the top.
    """

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def of(self, sections: Iterable[Section], prefix: str = "") -> list[str]:
        """Returns the eIds of siblings whose parent has the eId `prefix`."""
        found = []
        counts: dict[str, int] = {}
        for section in sections:
            counts[section.kind] = counts.get(section.kind, 0) + 1
            name = f"{_NAMES[section.kind]}_{_label(section, counts[section.kind])}"
            path = f"{prefix}__{name}" if prefix else name
            found.append(self.claim(name if section.kind == "article" and self._free(name, prefix) else path))
        return found

    def _free(self, name: str, prefix: str) -> bool:
        # What is attached has articles of its own.
        return name not in self._taken and not prefix.startswith("att_")

    def claim(self, wanted: str) -> str:
        """Returns the eId, with a number behind it where it is taken: `khoan_1~2`."""
        name = wanted
        while name in self._taken:
            self._taken[wanted] += 1
            name = f"{wanted}~{self._taken[wanted]}"
        self._taken[name] = 1
        return name


def _label(section: Section, place: int) -> str:
    if section.kind == "ordinal" and section.ordinal is not None:
        return str(section.ordinal)
    return slug(section.number.lower().replace("đ", "dd")) or str(place)
