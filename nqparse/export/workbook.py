"""Excel: the catalogue (danh mục văn bản) of a collection, one row per document, and the findings of `check`.

Every text is written as a text, also where it begins like a formula. A cell holds 32,767 UTF-16 units; what is longer
is cut, and the last column names what was. Needs XlsxWriter (`pip install 'nqparse[excel]'`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from nqparse import __version__
from nqparse.document import Document
from nqparse.export.places import missing_extra, storable
from nqparse.export.tables import Value
from nqparse.export.tables_of_structure import RESOLUTIONS
from nqparse.export.xml_writing import allowed
from nqparse.files import whole_file

CELL = 32_767  # UTF-16 units that a cell can hold
ROWS = 1_048_576  # of a sheet
# From 1900-03-01 on Excel counts days rightly; dates before are texts.
_FIRST_DAY = date(1900, 3, 1)
# The same documents give the same bytes.
_CREATED = datetime(2000, 1, 1)

_COLUMNS = {column.name: column for column in RESOLUTIONS.columns}


@dataclass(frozen=True, slots=True)
class CatalogueColumn:
    """A column of the catalogue.

    Attributes:
        caption: its head, in Vietnamese.
        meaning: what it holds, in English.
        width: its width in characters.
        get: takes its value from a document.
    """

    caption: str
    meaning: str
    width: int
    get: Callable[[Document], Value]


def _same(name: str, caption: str, width: int) -> CatalogueColumn:
    """Returns a column that is one of the table `resolutions`."""
    column = _COLUMNS[name]
    return CatalogueColumn(caption, column.description, width, column.getter())


def _day(name: str, caption: str) -> CatalogueColumn:
    """Returns a column of days; where only a month or a year is written, it holds that as a text."""
    whole, written = _COLUMNS[f"{name}_on"].getter(), _COLUMNS[name].getter()
    meaning = _COLUMNS[name].description
    return CatalogueColumn(caption, meaning, 12, lambda document: whole(document) or written(document))


def _joined(values: Callable[[Document], list[str]]) -> Callable[[Document], str | None]:
    return lambda document: "\n".join(values(document)) or None


CATALOGUE = (
    _same("symbol", "Số, ký hiệu", 22),
    _day("issued", "Ngày ban hành"),
    _same("doc_type", "Tên loại", 14),
    _same("title", "Trích yếu nội dung", 60),
    _same("issuer", "Cơ quan ban hành", 36),
    _same("parent_issuer", "Cơ quan chủ quản", 30),
    _same("place", "Địa danh", 14),
    CatalogueColumn(
        "Người ký", "Signers, one per line.", 22,
        _joined(lambda document: [s.name.text for s in document.signatures if s.name]),
    ),
    CatalogueColumn(
        "Chức vụ", "Their positions, one per line.", 22,
        _joined(lambda document: [s.position.text for s in document.signatures if s.position]),
    ),
    CatalogueColumn(
        "Nơi nhận", "Addressees, one per line.", 36,
        _joined(lambda document: [recipient.name for recipient in document.recipients]),
    ),
    _day("adopted", "Ngày thông qua"),
    _day("effective", "Có hiệu lực từ"),
    _same("present", "Có mặt", 9),
    _same("members", "Tổng số", 9),
    _same("votes_for", "Tán thành", 9),
    _same("sections", "Số mục", 9),
    _same("appendices", "Số phụ lục", 9),
    _same("errors", "Lỗi", 7),
    _same("warnings", "Cảnh báo", 9),
    _same("uri", "URI", 40),
    _same("source_name", "Tệp nguồn", 30),
    _same("sha256", "SHA-256", 20),
)  # fmt: skip
_CUT = "Bị cắt ngắn"


@contextmanager
def writing(target: Path) -> Iterator[Callable[[Document], None]]:
    """Opens an Excel file, and gives the function that takes the documents.

    Raises:
        OutputError: if XlsxWriter is not installed, or the file cannot be written.
    """
    try:
        import xlsxwriter  # noqa: PLC0415  (only this format needs it)
        from xlsxwriter.exceptions import XlsxWriterException  # noqa: PLC0415
    except ImportError:
        raise missing_extra("excel", "excel") from None
    with whole_file(target) as stream:
        # Rows go to disk as soon as they are written; nothing is ever guessed to be a formula, a link or a number.
        book = xlsxwriter.Workbook(stream, {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
        })  # fmt: skip
        book.set_properties({"title": "Danh mục văn bản", "comments": f"nqparse {__version__}", "created": _CREATED})
        catalogue = _Sheets(book, "Danh mục", [(c.caption, c.width) for c in CATALOGUE])
        findings = _Sheets(book, "Chẩn đoán", [("Tệp nguồn", 30), ("Mã", 10), ("Mức", 6), ("Nội dung", 80), ("Từ", 9)])

        def put(document: Document) -> None:
            catalogue.add([column.get(document) for column in CATALOGUE])
            for found in document.diagnostics:
                findings.add([document.source.name, found.code, found.severity, found.message, found.start])

        yield put
        _legend(book)
        try:
            book.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from None


def _legend(book: Any) -> None:
    sheet = _Sheets(book, "Chú giải", [("Cột", 20), ("Nội dung (tiếng Anh)", 90)])
    for column in CATALOGUE:
        sheet.add([column.caption, column.meaning])
    sheet.add([_CUT, f"The columns whose text was longer than {CELL:,} UTF-16 units, and was cut."])


class _Sheets:
    """Writes rows into a sheet, and into further ones where it is full."""

    def __init__(self, book: Any, name: str, columns: Sequence[tuple[str, int]]) -> None:
        self._book = book
        self._name = name
        self._columns = [*columns, (_CUT, 16)]
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._plain = book.add_format({"text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        self._number = 0
        self._open()

    def _open(self) -> None:
        self._number += 1
        self._sheet = self._book.add_worksheet(self._name if self._number == 1 else f"{self._name} {self._number}")
        self._sheet.freeze_panes(1, 1)
        for at, (caption, width) in enumerate(self._columns):
            self._sheet.set_column(at, at, width)
            self._sheet.write_string(0, at, caption, self._bold)
        self._row = 1

    def add(self, values: Sequence[Value]) -> None:
        """Writes a row."""
        if self._row >= ROWS:
            self._open()
        cut = []
        for at, value in enumerate(values):
            if isinstance(value, str):
                text = fitting(allowed(storable(value)))
                if text != allowed(storable(value)):
                    cut.append(self._columns[at][0])
                self._sheet.write_string(self._row, at, text, self._plain)
            elif isinstance(value, date) and value >= _FIRST_DAY:
                self._sheet.write_datetime(self._row, at, value, self._day)
            elif isinstance(value, date):
                self._sheet.write_string(self._row, at, f"{value:%d/%m/%Y}", self._plain)
            elif value is not None:
                self._sheet.write_number(self._row, at, value, self._plain)
        if cut:
            self._sheet.write_string(self._row, len(self._columns) - 1, ", ".join(cut), self._plain)
        self._row += 1


def fitting(text: str) -> str:
    """Returns what a cell can hold of a text; what was cut ends with an ellipsis."""
    if len(text) <= CELL // 2 or len(text.encode("utf-16-le")) <= 2 * CELL:
        return text
    units = text.encode("utf-16-le")[: 2 * (CELL - 1)]
    return units.decode("utf-16-le", "ignore") + "…"
