"""Tables: one definition for all formats, exact values, and files that other programs read back."""

from __future__ import annotations

import csv
import re
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import polars
import pytest
from exporting import documents, hostile_documents
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as pyarrow_parquet
from shapes import BOUNDED, FOOT, OPENING
from tiny import document as tiny_document

from nqparse.document import Document, Entity
from nqparse.errors import OutputError
from nqparse.export import csv_files, parquet, workbook
from nqparse.export.places import storable
from nqparse.export.tables import Row, RowMaker
from nqparse.export.tables_of_entities import ENTITIES, TABLES
from nqparse.pipeline import parse

PYTHON = {"text": str, "integer": int, "number": float, "date": date}
DUCKDB = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}
POLARS = {"text": polars.String, "integer": polars.Int64, "number": polars.Float64, "date": polars.Date}


def rows(*found: Document) -> dict[str, list[dict[str, Any]]]:
    """Returns the rows of documents by table, each by column."""
    maker = RowMaker(TABLES)
    made: dict[str, list[dict[str, Any]]] = {table.name: [] for table in TABLES}
    for document in found:
        for table, values in maker.rows_of(document):
            names = [column.name for column in table.all_columns]
            made[table.name] += [dict(zip(names, row, strict=True)) for row in values]
    return made


# -- the definition -----------------------------------------------------------------------------------


def test_names_are_such_as_databases_take_and_come_once() -> None:
    names = [table.name for table in TABLES]
    assert len(set(names)) == len(names)
    for table in TABLES:
        columns = [column.name for column in table.all_columns]
        assert len(set(columns)) == len(columns), table.name
        for name in (table.name, *columns):
            assert re.fullmatch(r"[a-z][a-z0-9_]*", name), name
        for sentence in (table.description, *(column.description for column in table.all_columns)):
            assert sentence.endswith("."), sentence


def test_every_type_of_entity_has_its_table() -> None:
    (union, *_) = Entity.__args__  # type: ignore[attr-defined]
    types = {literal for model in union.__args__ for literal in model.model_fields["type"].annotation.__args__}
    assert set(ENTITIES) == types


def test_values_have_their_types_and_keys_are_unique() -> None:
    made = rows(*documents().values())
    for table in TABLES:
        types = {column.name: PYTHON[column.type] for column in table.all_columns}
        for row in made[table.name]:
            for name, value in row.items():
                assert value is None or type(value) is types[name], (table.name, name, value)
        keys = [tuple(row[name] for name in table.key) for row in made[table.name]]
        assert len(set(keys)) == len(keys), table.name


def test_nothing_is_left_out() -> None:
    for document in documents().values():
        made = rows(document)
        assert made["texts"] == [{"document_id": made["resolutions"][0]["document_id"], "text": document.text}]
        assert len(made["sections"]) == sum(1 for _ in document.iter_sections(appendices=True))
        assert sum(len(made[table.name]) for table in ENTITIES.values()) == len(document.entities)
        assert [row["name"] for row in made["recipients"]] == [recipient.name for recipient in document.recipients]
        assert len(made["zones"]) == len(document.zones)
        for table in TABLES:
            for row in made[table.name]:
                if row.get("fragments") is None and {"text", "start"} <= row.keys() and table.name in {
                    *(entities.name for entities in ENTITIES.values())
                }:
                    assert document.text[row["start"] : row["end"]] == row["text"]


def test_parents_come_before_children() -> None:
    for document in documents().values():
        found = rows(document)["sections"]
        for row in found:
            if row["parent_row"] is None:
                assert row["depth"] == 1
                continue
            parent = found[row["parent_row"]]
            assert row["parent_row"] < row["row"]
            assert (parent["depth"], parent["appendix"]) == (row["depth"] - 1, row["appendix"])
            assert row["section_id"].startswith(parent["section_id"] + "/")


def test_values_of_the_tiny_document() -> None:
    made = rows(tiny_document())
    (resolution,) = made["resolutions"]
    assert resolution["symbol"] == "05/NQ-BCH"
    assert resolution["issued_on"] == date(2024, 3, 5)
    assert (resolution["present"], resolution["members"]) == (12, 15)
    assert [(row["low"], row["currency"]) for row in made["money"]] == [(5_000_000.0, "VND")]
    assert [row["value"] for row in made["ratios"]] == ["12/15"]
    assert [row["day"] for row in made["dates"]] == [date(2024, 3, 5), date(2024, 1, 2), date(2024, 3, 4)]
    (citation,) = made["citations"]
    (place,) = made["pinpoints"]
    assert (place["entity"], place["article"], place["clause"]) == (citation["entity"], "7", "2")


def test_ranges_and_partial_values() -> None:
    text = "Điều 1. Giảm 5-7% hộ nghèo trong giai đoạn 2021-2025, từ tháng 6/2021, diện tích 2,5 ha."
    made = rows(parse(OPENING + text + "\n" + FOOT))
    assert [(row["low"], row["high"]) for row in made["percents"]] == [(5.0, 7.0)]
    assert [(row["first"], row["last"]) for row in made["periods"]] == [("2021", "2025")]
    assert (None, 2021, 6) in [(row["day"], row["year"], row["month"]) for row in made["dates"]]
    assert ("ha", 2.5) in [(row["unit"], row["low"]) for row in made["quantities"]]


def test_numbers_that_no_column_can_hold_are_null() -> None:
    document = tiny_document()
    assert document.facts.attendance is not None
    document.facts.attendance.present = 10**30
    assert rows(document)["resolutions"][0]["present"] is None


def test_the_same_source_twice() -> None:
    first, second, third = (row["document_id"] for row in rows(*[documents()["assoc-mirror"]] * 3)["resolutions"])
    assert (second, third) == (f"{first}-2", f"{first}-3")


# -- CSV ----------------------------------------------------------------------------------------------


def written(folder: Path, *found: Document) -> None:
    with csv_files.writing(folder) as put:
        for document in found:
            put(document)


def from_csv(folder: Path, name: str) -> list[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_holds_the_rows(tmp_path: Path) -> None:
    found = list(documents().values())
    written(tmp_path, *found)
    for name, wanted in rows(*found).items():
        shown = [{key: "" if value is None else str(value) for key, value in row.items()} for row in wanted]
        assert from_csv(tmp_path, name) == shown, name


@pytest.mark.skipif(sys.version_info < (3, 11), reason="before Python 3.11, csv does not read NUL")
@BOUNDED
@given(hostile_documents)
def test_csv_keeps_hostile_texts(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    folder = tmp_path_factory.mktemp("csv")
    written(folder, document)
    assert [row["text"] for row in from_csv(folder, "texts")] == [storable(document.text)]


def test_csv_of_nothing_has_its_heads(tmp_path: Path) -> None:
    written(tmp_path)
    assert (tmp_path / "recipients.csv").read_text("utf-8").startswith("document_id,row,name,note")


def test_duckdb_and_polars_read_the_csv(tmp_path: Path) -> None:
    found = list(documents().values())
    written(tmp_path, *found)
    path = tmp_path / "sections.csv"
    count = len(rows(*found)["sections"])
    assert duckdb.sql(f"SELECT count(*) FROM read_csv('{path}', header=true, quote='\"')").fetchall() == [(count,)]
    assert polars.read_csv(path, infer_schema_length=0).height == count


# -- Parquet ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All documents as Parquet."""
    folder = tmp_path_factory.mktemp("parquet")
    with parquet.writing(folder) as put:
        for document in documents().values():
            put(document)
    return folder


@pytest.fixture(scope="module")
def made() -> dict[str, list[dict[str, Any]]]:
    return rows(*documents().values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_duckdb_reads_the_parquet(table: Any, tables: Path, made: dict[str, list[dict[str, Any]]]) -> None:
    found = duckdb.sql(f"SELECT * FROM '{tables / table.name}.parquet'")
    assert found.columns == [column.name for column in table.all_columns]
    assert [str(kind) for kind in found.types] == [DUCKDB[column.type] for column in table.all_columns]
    assert found.fetchall() == [tuple(row.values()) for row in made[table.name]]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_polars_reads_the_parquet(table: Any, tables: Path, made: dict[str, list[dict[str, Any]]]) -> None:
    found = polars.read_parquet(tables / f"{table.name}.parquet")
    assert dict(found.schema) == {column.name: POLARS[column.type] for column in table.all_columns}
    assert found.rows() == [tuple(row.values()) for row in made[table.name]]


def test_tables_join(tables: Path) -> None:
    query = f"""
        SELECT count(*) FROM '{tables}/citations.parquet' c JOIN '{tables}/resolutions.parquet' r USING (document_id)
        WHERE r.doc_type = 'nghị quyết' AND c.uri LIKE '/akn/vn/act/luat/%'
    """
    ((count,),) = duckdb.sql(query).fetchall()
    assert count > 10


def test_descriptions_travel_with_the_parquet(tables: Path) -> None:
    schema = pyarrow_parquet.read_schema(tables / "money.parquet")
    assert schema.metadata[b"description"] == ENTITIES["MONEY"].description.encode()
    assert b"currency" in schema.field("low").metadata[b"description"]


@BOUNDED
@given(st.lists(hostile_documents, max_size=3))
def test_parquet_keeps_hostile_texts(tmp_path_factory: pytest.TempPathFactory, found: list[Document]) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    with parquet.writing(folder) as put:
        for document in found:
            put(document)
    texts: list[Row] = [(storable(document.text),) for document in found]
    assert duckdb.sql(f"SELECT text FROM '{folder}/texts.parquet'").fetchall() == texts


def test_parquet_is_written_group_by_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_ROWS", 5)
    with parquet.writing(tmp_path) as put:
        for document in documents().values():
            put(document)
    file = pyarrow_parquet.ParquetFile(tmp_path / "resolutions.parquet")
    assert file.num_row_groups == -(-len(documents()) // 5)
    assert file.metadata.num_rows == len(documents())


def test_a_missing_library_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, module in (("pyarrow", parquet), ("xlsxwriter", workbook)):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(OutputError, match="pip install 'nqparse") as told, module.writing(tmp_path / "x"):
            pass
        assert "cài" in told.value.vi
    assert list(tmp_path.iterdir()) == []


# -- files --------------------------------------------------------------------------------------------


def test_files_appear_whole_or_not_at_all(tmp_path: Path) -> None:
    def fails() -> None:
        with csv_files.writing(tmp_path / "csv") as put:
            put(tiny_document())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        written(tmp_path / name, *documents().values())
        with parquet.writing(tmp_path / name) as put, workbook.writing(tmp_path / name / "c.xlsx") as put_too:
            for document in documents().values():
                put(document)
                put_too(document)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


# -- Excel --------------------------------------------------------------------------------------------


def sheets(target: Path, *found: Document) -> dict[str, list[tuple[Any, ...]]]:
    with workbook.writing(target) as put:
        for document in found:
            put(document)
    book = openpyxl.load_workbook(target)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def catalogue(target: Path, *found: Document) -> list[dict[str, Any]]:
    head, *body = sheets(target, *found)["Danh mục"]
    return [dict(zip(head, row, strict=True)) for row in body]


def test_catalogue(tmp_path: Path) -> None:
    found = list(documents().values())
    made = catalogue(tmp_path / "a.xlsx", *found)
    assert len(made) == len(found)
    row = made[list(documents()).index("assoc-mirror")]
    assert row["Số, ký hiệu"] == "04/NQ-BCH-LHHN"
    assert row["Ngày ban hành"] == datetime(2023, 1, 11)
    assert row["Người ký"] == "Lục Văn Thình"
    assert row["Bị cắt ngắn"] is None
    assert isinstance(row["Số mục"], int)


def test_partial_and_early_dates_are_texts(tmp_path: Path) -> None:
    partial, early = tiny_document(), tiny_document()
    assert partial.header.date is not None
    assert early.header.date is not None
    partial.header.date.value = "2024-03"
    early.header.date.value = "1885-12-31"
    made = catalogue(tmp_path / "a.xlsx", partial, early)
    assert [row["Ngày ban hành"] for row in made] == ["2024-03", "31/12/1885"]


FORMULAS = ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "{=1}", "12", "http://x.vn"]


@pytest.mark.parametrize("title", FORMULAS)
def test_what_looks_like_a_formula_stays_a_text(title: str, tmp_path: Path) -> None:
    document = tiny_document()
    assert document.header.title is not None
    document.header.title.value = title
    with workbook.writing(tmp_path / "a.xlsx") as put:
        put(document)
    head, row = openpyxl.load_workbook(tmp_path / "a.xlsx")["Danh mục"].iter_rows()
    (cell,) = [cell for top, cell in zip(head, row, strict=True) if top.value == "Trích yếu nội dung"]
    assert cell.value == title
    assert cell.data_type in ("s", "inlineStr")
    assert cell.hyperlink is None


def test_what_a_cell_cannot_hold_is_cut_and_said(tmp_path: Path) -> None:
    document = tiny_document()
    assert document.header.title is not None
    for title, kept in (("x" * 40_000, 32_766), ("😀" * 20_000, 16_383), ("x" * 32_767, None)):
        document.header.title.value = title
        (row,) = catalogue(tmp_path / "a.xlsx", document)
        shown = row["Trích yếu nội dung"]
        assert shown == (title if kept is None else title[:kept] + "…")
        assert len(shown.encode("utf-16-le")) <= 2 * workbook.CELL
        assert row["Bị cắt ngắn"] == (None if kept is None else "Trích yếu nội dung")


def test_a_full_sheet_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 4)
    made = sheets(tmp_path / "a.xlsx", *[tiny_document()] * 7)
    assert [(name, len(made[name])) for name in made if name.startswith("Danh mục")] == [
        ("Danh mục", 4), ("Danh mục 2", 4), ("Danh mục 3", 2),
    ]  # fmt: skip


@BOUNDED
@given(hostile_documents)
def test_workbook_of_hostile_documents_opens(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    assert len(catalogue(tmp_path_factory.mktemp("excel") / "a.xlsx", document)) == 1
