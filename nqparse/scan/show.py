"""The records of a scan as a table for the eye, as CSV, JSON and JSON Lines; and what they come to in one line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from nqparse.errors import Language
from nqparse.export.places import csv_text
from nqparse.scan.record import FileRecord
from nqparse.talk import printable

_COLUMNS = (("File", "Tệp"), ("Format", "Định dạng"), ("Pages", "Trang"), ("Text", "Chữ"), ("Encoding", "Bảng mã"),
            ("Language", "Tiếng"), ("Resolution", "Nghị quyết"), ("Docs", "Số VB"), ("Note", "Ghi chú"))  # fmt: skip
_RIGHT = ("Pages", "Docs")
_WORDS = {
    "text": ("text", "có chữ"), "mixed": ("text and scans", "chữ và ảnh"), "scan": ("scan", "ảnh quét"),
    "garbled": ("garbled", "chữ hỏng"), "vi": ("Vietnamese", "Việt"),
    "vi-unaccented": ("Vietnamese, no accents", "Việt không dấu"), "other": ("other", "khác"), "yes": ("yes", "có"),
    "no": ("no", "không"), "unknown": ("unknown", "chưa rõ"), "empty": ("empty", "trống"),
    "unsupported": ("not read by nqparse", "nqparse không đọc"), "failed": ("cannot be read", "không đọc được"),
    "bytes": ("same file as", "cùng tệp với"), "text_copy": ("same text as", "cùng nội dung với"),
}  # fmt: skip
_STYLES = {"yes": "green", "failed": "red", "unsupported": "dim", "unknown": "yellow"}


def to_table(records: Iterable[FileRecord], language: Language) -> RenderableType:
    """Returns the table for the terminal."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in _COLUMNS:
        wraps = column[0] in ("File", "Note", "Resolution")
        table.add_column(
            _pick(column, language), justify="right" if column[0] in _RIGHT else "left",
            overflow="fold", no_wrap=not wraps, ratio=None,
        )  # fmt: skip
    for record in records:
        table.add_row(*_row(record, language))
    return table


def _row(record: FileRecord, language: Language) -> list[Text]:
    read = "" if record.pages is None else str(record.pages)
    if record.pages_read is not None and record.pages_read != record.pages:
        read = f"{record.pages_read}/{record.pages}"
    resolution = Text(_word(record.resolution, language), _STYLES.get(record.resolution or "", ""))
    if record.kind is not None and record.resolution != "yes":
        resolution.append(f": {record.kind}")
    documents = "" if record.documents is None else str(record.documents)
    return [
        Text(printable(record.name)),
        Text(record.format or ""),
        Text(read),
        Text(_word(record.text_layer, language)),
        Text(record.encoding or ""),
        Text(_word(record.language, language)),
        resolution,
        Text(documents, "bold" if (record.documents or 0) > 1 else ""),
        _note(record, language),
    ]


def _note(record: FileRecord, language: Language) -> Text:
    note = Text()
    if record.status in ("empty", "unsupported", "failed"):
        note.append(_word(record.status, language), _STYLES.get(record.status, ""))
    message = record.error_vi if language == "vi" else record.error
    if message:
        note.append(f": {printable(message.removeprefix(f'{record.name}: '))}")
    if record.duplicate_of is not None:
        what = "bytes" if record.duplicate_by == "bytes" else "text_copy"
        note.append(f"{'; ' if note else ''}{_word(what, language)} {printable(record.duplicate_of)}", "magenta")
    return note


def to_csv(records: Iterable[FileRecord]) -> str:
    """Returns the records as CSV with a head; what is None is empty."""
    return csv_text(
        [field.name for field in fields(FileRecord)], (list(asdict(record).values()) for record in records)
    )


def to_json(records: Sequence[FileRecord]) -> str:
    """Returns the records as one JSON array, a record on a line."""
    lines = ",\n".join(map(_json, records))
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def to_jsonl(records: Iterable[FileRecord]) -> str:
    """Returns the records as JSON Lines."""
    return "".join(_json(record) + "\n" for record in records)


def _json(record: FileRecord) -> str:
    return json.dumps(asdict(record), ensure_ascii=False)


def summary(records: Sequence[FileRecord], hidden: int = 0) -> tuple[str, str]:
    """Says in one line, in English and in Vietnamese, what there is."""
    formats = Counter(record.format or "?" for record in records)
    shown = ", ".join(f"{count} {name}" for name, count in formats.most_common())
    figures = (
        (sum(record.resolution == "yes" for record in records), "with a resolution", "có nghị quyết"),
        (sum((record.documents or 0) > 1 for record in records), "with several documents", "có nhiều văn bản"),
        (sum(record.ocr_pages > 0 for record in records), "in need of OCR", "cần OCR"),
        (sum(record.duplicate_of is not None for record in records), "duplicates", "trùng lặp"),
        (sum(record.status == "empty" for record in records), "empty", "trống"),
        (sum(record.status == "unsupported" for record in records), "of other kinds", "loại khác"),
        (sum(record.status == "failed" for record in records), "unreadable", "không đọc được"),
        (hidden, "hidden, left out", "ẩn, bỏ qua"),
    )
    en = "".join(f"; {words}: {count}" for count, words, _ in figures if count)
    vi = "".join(f"; {words}: {count}" for count, _, words in figures if count)
    total = len(records)
    return f"{total} {'file' if total == 1 else 'files'} ({shown}){en}", f"{total} tệp ({shown}){vi}"


def _word(key: str | None, language: Language) -> str:
    return _pick(_WORDS[key], language) if key is not None else ""


def _pick(words: tuple[str, str], language: Language) -> str:
    return words[1] if language == "vi" else words[0]
