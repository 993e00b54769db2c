"""Archival metadata: the fields of documents by Thông tư 05/2025/TT-BNV and by its predecessor 02/2019/TT-BNV, as CSV.

Three files: one per circular, with its field names as columns, and `problems.csv`, which names every value that was cut
to the length that a field allows and every required value that the document does not give. What only the archive can
say (codes, retention, access) is empty unless it is given for all documents.

The files have a byte order mark, so that Excel reads them as UTF-8; values are exact, also those that begin like a
formula.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from nqparse import ruleset
from nqparse.document import Document, OrgEntity, PlaceEntity
from nqparse.errors import UsageError
from nqparse.export.csv_files import csv_stream
from nqparse.export.places import storable
from nqparse.files import whole_file

_NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)?[a-zđ]?)(?P<rest>[/-].*)?", re.IGNORECASE | re.DOTALL)
_KEYWORDS = 100  # characters; both circulars
_VIETNAMESE = "Tiếng Việt"
_VIETNAMESE_CODE = "01"
_DIGITISED = "02"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a circular.

    Attributes:
        name: its name in the circular.
        meaning: what it holds, in Vietnamese.
        limit: the longest value that it allows, in characters; None where none is set.
        fact: what of a document fills it, a property of `Facts`; None for fields that only the archive can fill.
        required: the document is expected to give it.
    """

    name: str
    meaning: str
    limit: int | None
    fact: str | None = None
    required: bool = False


class Facts:
    """What the archive's fields want to know of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _symbol(self) -> re.Match[str] | None:
        symbol = self.document.header.symbol
        return _NUMBER.fullmatch(symbol.normalized) if symbol else None

    @property
    def number(self) -> str | None:
        """Returns the number as it is padded: "01"."""
        return self._symbol["number"] if self._symbol else None

    @property
    def notation(self) -> str | None:
        """Returns the symbol behind the number, with its year: "NQ-BCH-LHH", "2021/NQ-HĐND"."""
        symbol = self.document.header.symbol
        if symbol is None:
            return None
        rest = self._symbol["rest"] if self._symbol else symbol.normalized
        return (rest or "").lstrip("/-") or None

    @property
    def type_name(self) -> str | None:
        """Returns the type: "Nghị quyết"."""
        found = self.document.header.doc_type
        return found.value[:1].upper() + found.value[1:].lower() if found else None

    @property
    def type_code(self) -> str | None:
        """Returns the code of the type by Thông tư 05/2025, where it is known."""
        found = self.document.header.doc_type
        return _type_codes().get(found.value.lower()) if found else None

    @property
    def issued(self) -> str | None:
        """Returns the date as DD/MM/YYYY; MM/YYYY or YYYY where no more is written."""
        date = self.document.header.date
        return "/".join(reversed(date.value.split("-"))) if date and date.value else None

    @property
    def issuer(self) -> str | None:
        """Returns the issuer."""
        return self.document.header.issuer.name if self.document.header.issuer else None

    @property
    def subject(self) -> str | None:
        """Returns the title."""
        return self.document.header.title.value if self.document.header.title else None

    @property
    def language(self) -> str | None:
        """Returns "Tiếng Việt" where the word for the type was read, which is Vietnamese."""
        return _VIETNAMESE if self.document.header.doc_type else None

    @property
    def language_code(self) -> str | None:
        """Returns the code of the language by Thông tư 05/2025."""
        return _VIETNAMESE_CODE if self.document.header.doc_type else None

    @property
    def pages(self) -> str | None:
        """Returns the number of pages of the source."""
        pages = self.document.source.pages
        return None if pages is None else str(pages)

    @property
    def keywords(self) -> str | None:
        """Returns the organisations and places that are named most, as many as the field can hold whole."""
        named = Counter(
            entity.value.name
            for entity in self.document.entities
            if isinstance(entity, (OrgEntity, PlaceEntity)) and entity.value.name
        )
        taken: list[str] = []
        for name, _ in named.most_common():
            if len("; ".join([*taken, name])) > _KEYWORDS:
                break
            taken.append(name)
        return "; ".join(taken) or None

    @property
    def origin(self) -> str | None:
        """Returns the code for digitised paper where the text came from a scan."""
        return _DIGITISED if self.document.source.ocr is not None else None

    @property
    def description(self) -> str | None:
        """Returns the day of adoption in words."""
        adopted = self.document.facts.adopted_on
        return f"Thông qua ngày {'/'.join(reversed(adopted.split('-')))}" if adopted else None


TT05_2025 = (
    Field("docId", "Mã định danh tài liệu", 25),
    Field("docCode", "Mã lưu trữ của tài liệu", 100),
    Field("maintenance", "Thời hạn bảo quản (01-07)", None),
    Field("typeName", "Tên loại tài liệu (mã)", 10, "type_code", required=True),
    Field("codeNumber", "Số của tài liệu", 11, "number"),
    Field("codeNotation", "Ký hiệu của tài liệu", 30, "notation"),
    Field("issuedDate", "Ngày, tháng, năm tài liệu", 10, "issued", required=True),
    Field("organName", "Tên cơ quan, tổ chức ban hành", 200, "issuer", required=True),
    Field("subject", "Trích yếu nội dung", 500, "subject", required=True),
    Field("language", "Ngôn ngữ (mã)", None, "language_code"),
    Field("numberOfPage", "Số lượng trang", 4, "pages"),
    Field("inforSign", "Ký hiệu thông tin", 30),
    Field("keyword", "Từ khóa", _KEYWORDS, "keywords"),
    Field("mode", "Chế độ sử dụng (01-03)", 20),
    Field("confidenceLevel", "Mức độ tin cậy (01-03)", 30, "origin"),
    Field("autograph", "Bút tích", 2000),
    Field("format", "Tình trạng vật lý (01-03)", 50),
    Field("process", "Luồng xử lý (0, 1)", 1),
    Field("riskRecovery", "Chế độ dự phòng (0, 1)", 1),
    Field("riskRecoveryStatus", "Tình trạng dự phòng (01, 02)", 2),
    Field("description", "Ghi chú", 500, "description"),
)
TT02_2019 = (
    Field("DocCode", "Mã định danh văn bản", 25),
    Field("OrganId", "Mã cơ quan lưu trữ", 13),
    Field("FondId", "Mã phông", 13),
    Field("FileCatalog", "Mục lục số hoặc năm hình thành hồ sơ", 10),
    Field("FileNotation", "Số và ký hiệu hồ sơ", 20),
    Field("DocOrdinal", "Số thứ tự văn bản trong hồ sơ", 4),
    Field("TypeName", "Tên loại văn bản", 100, "type_name", required=True),
    Field("CodeNumber", "Số của văn bản", 11, "number"),
    Field("CodeNotation", "Ký hiệu của văn bản", 30, "notation"),
    Field("IssuedDate", "Ngày, tháng, năm văn bản", 10, "issued", required=True),
    Field("OrganName", "Tên cơ quan, tổ chức ban hành", 200, "issuer", required=True),
    Field("Subject", "Trích yếu nội dung", 500, "subject", required=True),
    Field("Language", "Ngôn ngữ", 100, "language"),
    Field("PageAmount", "Số lượng trang", 4, "pages"),
    Field("Description", "Ghi chú", 500, "description"),
    Field("InforSign", "Ký hiệu thông tin", 30),
    Field("Keyword", "Từ khóa", _KEYWORDS, "keywords"),
    Field("Mode", "Chế độ sử dụng", 20),
    Field("ConfidenceLevel", "Mức độ tin cậy", 30),
    Field("Autograph", "Bút tích", 2000),
    Field("Format", "Tình trạng vật lý", 50),
)
SCHEMES: dict[str, tuple[Field, ...]] = {"tt05-2025": TT05_2025, "tt02-2019": TT02_2019}

# Behind the fields of a circular: what leads a row back to its source.
_OURS = ("sourceName", "sourceSha256")
_PROBLEMS = ("sourceName", "scheme", "field", "problem", "length", "limit", "value")


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that a field could not take whole (`too_long`, with the whole value), or that is `missing`."""

    field: str
    problem: str
    length: int | None = None
    limit: int | None = None
    value: str | None = None


@lru_cache(maxsize=1)
def _type_codes() -> dict[str, str]:
    return ruleset.load().tables["archival.type-codes"].rows


def record_of(
    document: Document, fields: tuple[Field, ...], given: Mapping[str, str] | None = None
) -> tuple[dict[str, str], list[Problem]]:
    """Returns the values of a document by field name, empty where there is none, and what is wrong with them.

    Args:
        document: the document.
        fields: those of a circular, `TT05_2025` or `TT02_2019`.
        given: values that the archive gives for all documents, by field name; they come first.
    """
    facts = Facts(document)
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for field in fields:
        value = (given or {}).get(field.name) or (getattr(facts, field.fact) if field.fact else None) or ""
        if field.required and not value:
            problems.append(Problem(field.name, "missing"))
        if field.limit is not None and len(value) > field.limit:
            problems.append(Problem(field.name, "too_long", len(value), field.limit, value))
            value = value[: field.limit]
        values[field.name] = value
    return values, problems


@contextmanager
def writing(folder: Path, given: Mapping[str, str] | None = None) -> Iterator[Callable[[Document], None]]:
    """Opens a folder for the files, and gives the function that takes the documents.

    Args:
        folder: where the files go.
        given: values that the archive gives for all documents, by field name.

    Raises:
        UsageError: if a given value is of a field that neither circular has.
        OutputError: if a file cannot be written.
    """
    _check(given or {})
    with ExitStack() as stack:

        def table(name: str, columns: tuple[str, ...]) -> Any:
            stream = stack.enter_context(whole_file(folder / f"{name}.csv"))
            writer = csv.writer(stack.enter_context(csv_stream(stream, encoding="utf-8-sig")))
            writer.writerow(columns)
            return writer

        files = {name: table(name, (*(field.name for field in fields), *_OURS)) for name, fields in SCHEMES.items()}
        problems = table("problems", _PROBLEMS)

        def put(document: Document) -> None:
            name = storable(document.source.name or "")
            for scheme, fields in SCHEMES.items():
                values, found = record_of(document, fields, given)
                files[scheme].writerow([*map(storable, values.values()), name, document.source.sha256])
                for problem in found:
                    problems.writerow([
                        name, scheme, problem.field, problem.problem, problem.length, problem.limit,
                        storable(problem.value or ""),
                    ])  # fmt: skip

        yield put


def _check(given: Mapping[str, str]) -> None:
    known = {field.name for fields in SCHEMES.values() for field in fields}
    for name in given:
        if name not in known:
            raise UsageError(
                f"{name}: neither circular has a field of this name",
                f"{name}: không thông tư nào có trường này",
                hint_en=f"The fields are: {', '.join(sorted(known))}",
                hint_vi=f"Các trường: {', '.join(sorted(known))}",
            )
