"""The archive: what is put in comes out, tables and views say what they declare, and no file can break it quietly."""

from __future__ import annotations

import os
import sqlite3
import threading
from datetime import date
from pathlib import Path

import pytest
from archiving import content, resolution, small_files, specimen_files
from exporting import documents, hostile_documents
from hypothesis import HealthCheck, given, settings
from tiny import TEXT

import nqparse
from nqparse.archive.archive import Archive
from nqparse.archive.entry import Entry, unpack
from nqparse.archive.migrations import migrate
from nqparse.archive.schema import APPLICATION_ID, SCHEMA_VERSION
from nqparse.archive.store import ArchiveError, File, Writer, open_file, transaction
from nqparse.archive.views import VIEWS
from nqparse.document import Document
from nqparse.errors import NqparseError, OutputError, UsageError
from nqparse.export.tables import RowMaker
from nqparse.export.tables_of_entities import TABLES
from nqparse.pipeline import parse


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """An archive with one small document."""
    with Archive(tmp_path / "tiny", mode="a") as archive:
        archive.put(parse(TEXT, name="tiny.txt"), tmp_path / "tiny.txt")
    return tmp_path / "tiny"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of all specimens, and of the real documents where they are here."""
    folder = tmp_path_factory.mktemp("whole")
    with Archive(folder, mode="a") as archive:
        for name, document in documents().items():
            archive.put(document, folder / name)
    return folder


def key_of(document: Document) -> str:
    return document.source.sha256[:16]


# -- what is put in comes out -------------------------------------------------------------------------


def test_documents_come_back_as_they_were(whole: Path) -> None:
    wanted = {key_of(document): document.to_json() for document in documents().values()}
    with nqparse.Archive(whole) as archive:
        assert len(archive) == len(wanted)
        assert archive.ids() == sorted(wanted)
        assert [document.to_json() for document in archive] == [wanted[name] for name in sorted(wanted)]
        name = min(wanted)
        assert archive[name].to_json() == wanted[name]
        assert name in archive
        assert "no such" not in archive
        with pytest.raises(KeyError):
            archive["no such"]


def test_tables_hold_the_rows_of_the_exports(whole: Path) -> None:
    wanted: dict[str, set[object]] = {table.name: set() for table in TABLES}
    for document in {key_of(document): document for document in documents().values()}.values():
        for table, rows in RowMaker(TABLES).rows_of(document):
            plain = [tuple(str(value) if isinstance(value, date) else value for value in row) for row in rows]
            wanted[table.name] |= set(plain)
    with Archive(whole) as archive:
        for table in TABLES:
            names = ", ".join(f'"{column.name}"' for column in table.all_columns)
            assert set(archive.connection.execute(f"SELECT {names} FROM {table.name}")) == wanted[table.name]


@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=hostile_documents)
def test_hostile_documents_come_back(document: Document, tmp_path_factory: pytest.TempPathFactory) -> None:
    entry = Entry.of(document, "1")
    assert unpack(entry.json).to_json() == document.to_json()
    with Archive(tmp_path_factory.mktemp("hostile"), mode="a") as archive:
        archive.put(document, "hostile.txt")
        (found,) = archive
        assert found.to_json() == document.to_json()


def test_same_bytes_in_two_files_are_one_document(tiny: Path) -> None:
    document = parse(TEXT, name="tiny.txt")
    with Archive(tiny, mode="a") as archive:
        archive.put(document, "other.txt")
        assert len(archive) == 1
        assert {Path(source.path).name: source.documents for source in archive.sources()} == {
            "other.txt": (key_of(document),), "tiny.txt": (key_of(document),),
        }  # fmt: skip
        # One of the files changes: the document stays for the other one.
        archive.put(parse(resolution(1)), "other.txt")
        assert len(archive) == 2
        archive.put(parse(resolution(2)), "other.txt")
        assert len(archive) == 2
        assert key_of(document) in archive
        rows = archive.connection.execute("SELECT count(DISTINCT document_id) FROM sections").fetchone()
        assert rows == (2,)


def test_other_bytes_with_the_same_sixteen_digits_are_another_document(tiny: Path) -> None:
    document = parse(resolution(1))
    first = key_of(parse(TEXT))
    entry = Entry.of(document, "1").renamed(first)
    with Archive(tiny, mode="a") as archive:
        for _ in range(2):
            with transaction(archive.connection):
                Writer(archive.connection).put(File("/b.txt", document.source.sha256), entry)
        assert archive.ids() == [first, f"{first}-2"]
        assert archive[f"{first}-2"].text == document.text
        query = "SELECT count(*) FROM resolutions WHERE document_id = ?"
        assert archive.connection.execute(query, (f"{first}-2",)).fetchone() == (1,)


def test_a_newer_parser_takes_the_place_of_the_older_ones_reading(tiny: Path) -> None:
    with Archive(tiny, mode="a") as archive:
        (document,) = archive
        before = content(tiny)
        with transaction(archive.connection):
            Writer(archive.connection).put(
                File("/other.txt", document.source.sha256), Entry.of(document, "99")
            )
        after = content(tiny)
        assert archive.status().versions == {"99": 1}
        assert {name: after[name] for name in ("sections", "dates", "resolutions")} == {
            name: before[name] for name in ("sections", "dates", "resolutions")
        }
        assert len(list(archive.sources())) == 2


def test_a_transaction_is_written_wholly_or_not_at_all(tiny: Path) -> None:
    before = content(tiny)
    with Archive(tiny, mode="a") as archive:
        document = parse(resolution(1))
        writer = Writer(archive.connection)


        def half() -> None:
            with transaction(archive.connection):
                writer.put(File("/b.txt", document.source.sha256), Entry.of(document, "1"))
                raise RuntimeError

        with pytest.raises(RuntimeError):
            half()
    assert content(tiny) == before


# -- tables and views ---------------------------------------------------------------------------------


def test_views_have_the_columns_that_they_declare(whole: Path) -> None:
    types = {"text": str, "integer": int, "number": float}
    with Archive(whole) as archive:
        for view in VIEWS:
            cursor = archive.connection.execute(f"SELECT * FROM {view.name}")
            assert [name for name, *_ in cursor.description] == [column.name for column in view.columns]
            rows = cursor.fetchall()
            assert rows, view.name
            for row in rows:
                for value, column in zip(row, view.columns, strict=True):
                    assert value is None or type(value) is types[column.type], (view.name, column.name, value)
        count = "SELECT count(*) FROM entities"
        assert archive.connection.execute(count).fetchone()[0] == sum(
            len(document.entities) for document in archive
        )


def test_views_answer_questions(tiny: Path) -> None:
    with Archive(tiny) as archive:
        ask = archive.connection.execute
        assert ask("SELECT symbol, year, present, members, share FROM attendance").fetchall() == [
            ("05/NQ-BCH", 2024, 12, 15, 0.8)
        ]
        assert ask("SELECT symbol, name, role FROM people").fetchall() == [("05/NQ-BCH", "Lê Văn Ngàn", "signer")]
        query = "SELECT symbol, cited_symbol FROM resolution_citations WHERE cited_symbol IS NOT NULL"
        assert ask(query).fetchall() == [("05/NQ-BCH", "09-NQ/TU")]
        assert ask("SELECT year, low, currency FROM resolution_money").fetchall() == [(2024, 5_000_000.0, "VND")]
        assert ask("SELECT value FROM entities WHERE type = 'PERCENT'").fetchall() == [("90",)]


def test_terms_are_years_or_numbers(tmp_path: Path) -> None:
    text = resolution(1).replace("Mở hai lớp vẽ", "Tổng kết NHIỆM KỲ 2016 - 2021 của Hội đồng nhân dân khóa XII")
    with Archive(tmp_path, mode="a") as archive:
        archive.put(parse(text), "a.txt")
        rows = archive.connection.execute("SELECT first, last, ordinal FROM terms ORDER BY start").fetchall()
        assert rows == [("2016", "2021", None), (None, None, 12)]


@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_every_table_becomes_a_data_frame(whole: Path, backend: str) -> None:
    pytest.importorskip(backend)
    with Archive(whole) as archive:
        for name, table in archive.tables.items():
            frame = archive.to_dataframe(name, backend)  # type: ignore[arg-type]
            assert list(frame.columns) == [column.name for column in table.columns]
            assert len(frame) == archive.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        resolutions = archive.to_dataframe("resolutions", backend)  # type: ignore[arg-type]
        days = sorted(str(day)[:10] for day in resolutions["issued_on"].to_list() if str(day) not in ("None", "NaT"))
        query = "SELECT issued_on FROM resolutions WHERE issued_on IS NOT NULL ORDER BY 1"
        assert days == [day for (day,) in archive.connection.execute(query)]
        assert "date" in str(resolutions["issued_on"].dtype).lower()


def test_a_data_frame_of_nothing_has_its_types(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    with Archive(tmp_path, mode="a") as archive:
        frame = archive.to_dataframe("resolutions", "polars")
        assert frame.schema["votes_for"] == polars.Int64
        assert frame.schema["issued_on"] == polars.Date


def test_wrong_tables_and_missing_libraries_are_told(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(tiny) as archive:
        with pytest.raises(UsageError, match="no table"):
            archive.to_dataframe("texts; DROP TABLE texts")
        monkeypatch.setattr("nqparse.archive.frames.find_spec", lambda name: None)
        with pytest.raises(OutputError, match="pip install"):
            archive.to_dataframe("entities")


# -- is it whole --------------------------------------------------------------------------------------


def test_a_whole_archive_has_no_problems(whole: Path) -> None:
    with Archive(whole) as archive:
        assert list(archive.verify()) == []


def test_what_is_not_whole_is_found(tmp_path: Path) -> None:
    first, second, third = small_files(tmp_path / "in", 3)
    with Archive(tmp_path, mode="a") as archive:
        for path in (first, second, third):
            archive.put(nqparse.parse_file(path), path)
        names = {Path(source.path).name: source.documents[0] for source in archive.sources()}
        change = archive.connection.execute
        change("UPDATE sections SET text = 'x' WHERE document_id = ? AND row = 0", (names[first.name],))
        change("UPDATE documents SET json = x'00' WHERE document_id = ?", (names[second.name],))
        change("DELETE FROM document_sources WHERE document_id = ?", (names[third.name],))
        third.write_text("x")
        first.unlink()
    with Archive(tmp_path) as archive:
        found = {(problem.where, problem.en.split(":")[0]) for problem in archive.verify(files=True)}
        with pytest.raises(ArchiveError, match="damaged"):
            list(archive)
    assert found == {
        (names[first.name], "its rows in sections are not those of its JSON"),
        (names[second.name], "its JSON is damaged"),
        (names[third.name], "no file holds this document"),
        (str(first), "cannot be read"),
        (str(third), "holds other bytes than when it was added"),
    }


# -- opening ------------------------------------------------------------------------------------------


def test_reading_does_not_write(tiny: Path, tmp_path: Path) -> None:
    with Archive(tiny) as archive:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            archive.connection.execute("DELETE FROM documents")
        with pytest.raises(UsageError, match="reading only"):
            archive.add(tmp_path)
        with pytest.raises(UsageError, match="reading only"):
            archive.put(parse(TEXT), "x")


def test_readers_go_on_beside_a_writer(tiny: Path) -> None:
    with Archive(tiny, mode="a") as writing, transaction(writing.connection):
        document = parse(resolution(1))
        Writer(writing.connection).put(File("/b.txt", document.source.sha256), Entry.of(document, "1"))
        with Archive(tiny) as reading:
            assert len(reading) == 1
            assert len(list(reading)) == 1


def test_a_folder_that_cannot_be_written_can_be_read(tiny: Path) -> None:
    for path in tiny.iterdir():
        if path.name != "archive.sqlite":
            path.unlink()
    (tiny / "archive.sqlite").chmod(0o444)
    tiny.chmod(0o555)
    try:
        with Archive(tiny) as archive:
            assert len(list(archive)) == 1
    finally:
        tiny.chmod(0o755)


def test_the_file_itself_may_be_named(tiny: Path) -> None:
    with Archive(tiny / "archive.sqlite") as archive:
        assert len(archive) == 1
    odd = tiny / "tệp %41?#.sqlite"
    with Archive(odd, mode="a"):
        assert odd.is_file()


def no_archive(folder: Path) -> None:
    del folder


def text_file(folder: Path) -> None:
    (folder / "archive.sqlite").write_text("Điều 1. Không phải kho.\n" * 100)


def other_database(folder: Path) -> None:
    with sqlite3.connect(folder / "archive.sqlite") as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()


def newer_archive(folder: Path) -> None:
    with Archive(folder, mode="a") as archive:
        archive.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


def damaged_archive(folder: Path) -> None:
    with Archive(folder, mode="a"):
        pass
    with (folder / "archive.sqlite").open("r+b") as stream:
        stream.seek(100)
        stream.write(b"\xff" * 4000)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (no_archive, "no archive here"),
        (text_file, "no SQLite file"),
        (other_database, "no archive of nqparse"),
        (newer_archive, "newer nqparse"),
        (damaged_archive, "damaged"),
    ],
)
def test_what_is_no_archive_gives_one_clear_error(tmp_path: Path, make: object, message: str) -> None:
    make(tmp_path)  # type: ignore[operator]
    with pytest.raises(ArchiveError, match=message) as caught:
        Archive(tmp_path)
    assert caught.value.vi
    if make is not no_archive:
        with pytest.raises(ArchiveError, match=message):
            Archive(tmp_path, mode="a")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        Archive(tmp_path / "file" / "below", mode="a")


def test_two_that_make_the_same_archive_do_not_meet(tmp_path: Path) -> None:
    problems: list[BaseException] = []

    def make() -> None:
        try:
            Archive(tmp_path, mode="a").close()
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


# -- older layouts ------------------------------------------------------------------------------------


def older(folder: Path) -> None:
    """Makes an archive one of a layout without numbers: tables lack columns, are missing, or are of another form."""
    with Archive(folder, mode="a") as archive:
        archive.connection.executescript(
            """
            PRAGMA foreign_keys = OFF;
            DROP VIEW entities; DROP VIEW votes; DROP VIEW attendance; DROP VIEW people; DROP VIEW terms;
            DROP VIEW resolution_citations; DROP VIEW resolution_organisations; DROP VIEW resolution_money;
            CREATE TABLE old AS SELECT document_id, symbol FROM resolutions;
            DROP TABLE resolutions;
            ALTER TABLE old RENAME TO resolutions;
            DROP TABLE money;
            CREATE VIEW votes AS SELECT document_id FROM resolutions;
            PRAGMA user_version = 0;
            """
        )


def test_an_older_archive_is_brought_up(tmp_path: Path) -> None:
    with Archive(tmp_path, mode="a") as archive:
        for path in specimen_files(tmp_path / "in")[:6]:
            archive.put(nqparse.parse_file(path), path)
    wanted = content(tmp_path)
    older(tmp_path)
    with pytest.raises(ArchiveError, match="older layout"):
        Archive(tmp_path)
    with Archive(tmp_path, mode="a") as archive:
        assert archive.connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert archive.connection.execute("SELECT count(*) FROM entities").fetchone()[0] > 100
    assert content(tmp_path) == wanted


def test_a_step_that_fails_leaves_the_file_as_it_was(tiny: Path) -> None:
    def add_table(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE halfway (x)")

    def fail(connection: sqlite3.Connection) -> None:
        raise RuntimeError

    connection = open_file(tiny, "a")
    try:
        with pytest.raises(RuntimeError), transaction(connection):
            migrate(connection, {SCHEMA_VERSION: add_table, SCHEMA_VERSION + 1: fail}, SCHEMA_VERSION + 2)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'halfway'").fetchone() is None
        with transaction(connection):
            migrate(connection, {SCHEMA_VERSION: add_table}, SCHEMA_VERSION + 1)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION + 1,)
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    finally:
        connection.close()


def test_errors_travel_between_processes(tmp_path: Path) -> None:
    import pickle

    with pytest.raises(NqparseError) as caught:
        Archive(tmp_path / "none")
    assert pickle.loads(pickle.dumps(caught.value)).say("both") == caught.value.say("both")
    assert os.listdir(tmp_path) == []


def test_an_archive_from_before_reviews_gets_their_tables(tiny: Path) -> None:
    with Archive(tiny, mode="a") as archive:
        before = archive.ids()
        archive.connection.execute("DROP TABLE corrections")
        archive.connection.execute("DROP TABLE reviews")
        archive.connection.execute("PRAGMA user_version = 1")
    with pytest.raises(ArchiveError, match="older layout"):
        Archive(tiny)
    with Archive(tiny, mode="a") as archive:
        assert archive.ids() == before
        for table in ("reviews", "corrections"):
            assert archive.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        indexes = archive.connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()
        assert ("reviews_by_state",) in indexes


def test_an_archive_from_before_the_confidence_of_ocr_gets_it(tmp_path: Path) -> None:
    scanned = nqparse.parse("NGHỊ QUYẾT\nĐiều 1. Mở lớp vẽ.\n", name="a.pdf")
    scanned.source.pages = 1
    scanned.source.ocr = {"engines": ["x"], "pages": [1], "confidence": 0.87, "least": 0.87}
    with Archive(tmp_path, mode="a") as archive:
        archive.put(scanned, tmp_path / "a.pdf")
        archive.put(nqparse.parse("NGHỊ QUYẾT\nĐiều 1. Mở lớp hát.\n", name="b.txt"), tmp_path / "b.txt")
        for view in archive.connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            archive.connection.execute(f'DROP VIEW "{view[0]}"')
        archive.connection.execute("ALTER TABLE resolutions DROP COLUMN ocr_confidence")
        archive.connection.execute("PRAGMA user_version = 2")
    with Archive(tmp_path, mode="a") as archive:
        rows = archive.connection.execute("SELECT source_name, ocr_confidence FROM resolutions ORDER BY 1").fetchall()
    assert rows == [("a.pdf", 0.87), ("b.txt", None)]
