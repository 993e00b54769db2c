"""Questions in SQL: they are answered, they change nothing, and what is wrong with them is said in one sentence."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from shapes import SPECIMENS
from test_cli import run

import nqparse
from nqparse.archive.catalogue import catalogue
from nqparse.archive.reading import SqlError, ask
from nqparse.errors import ExitCode


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("query")
    with nqparse.Archive(folder, mode="a") as opened:
        for specimen in SPECIMENS[:6]:
            opened.put(nqparse.parse_file(specimen / "source.txt"), specimen / "source.txt")
    return folder


def test_answers(archive: Path) -> None:
    answer = ask(archive, "SELECT count(*) AS n, 'a' AS b FROM resolutions")
    assert (answer.columns, answer.rows) == (["n", "b"], [(6, "a")])
    assert list(answer) == [{"n": 6, "b": "a"}]
    with nqparse.Archive(archive) as opened:
        assert len(opened.query("WITH x AS (SELECT 1) SELECT * FROM x, json_each('[1, 2]')")) == 2
        assert opened.query("SELECT rowid FROM search_words WHERE search_words MATCH 'dieu'").rows
        assert opened.query("SELECT name FROM pragma_table_info('runs')").rows


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_table_and_view_can_be_asked(archive: Path, name: str) -> None:
    assert ask(archive, f'SELECT * FROM "{name}" LIMIT 1').columns == [one.name for one in catalogue()[name].columns]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM documents", "DROP TABLE documents", "UPDATE resolutions SET title = ''",
        "INSERT INTO runs VALUES (1)",
        "CREATE TABLE x (y)", "CREATE TEMP TABLE x (y)", "ATTACH '{folder}/other.sqlite' AS other", "DETACH main",
        "PRAGMA query_only = OFF", "PRAGMA writable_schema = ON", "PRAGMA journal_mode = DELETE", "VACUUM",
        "VACUUM INTO '{folder}/other.sqlite'", "BEGIN", "REINDEX", "ANALYZE", "SELECT load_extension('x')",
        "SELECT writefile('{folder}/x', 'y')", "INSERT INTO search_words (search_words) VALUES ('rebuild')",
        "UPDATE sqlite_master SET sql = ''", "SELECT 1; DELETE FROM documents", "SELEC", "SELECT * FROM nowhere", "",
        "--",
        "SELECT '", "\0", "SELECT \ud800",
    ],
)  # fmt: skip
def test_nothing_but_reading_is_let_through(archive: Path, sql: str) -> None:
    file = archive / "archive.sqlite"
    before = file.read_bytes()
    with pytest.raises(SqlError) as told:
        ask(archive, sql.replace("{folder}", str(archive)))
    assert "\n" not in told.value.en + told.value.vi
    assert file.read_bytes() == before
    assert not (archive / "other.sqlite").exists()


def test_a_question_that_takes_too_long_is_given_up(archive: Path) -> None:
    endless = "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t"
    with pytest.raises(SqlError, match=r"longer than 0\.2 seconds"):
        ask(archive, endless, seconds=0.2)


# -- the command line -----------------------------------------------------------------------------------


def test_forms(archive: Path) -> None:
    sql = "SELECT symbol, year, NULL AS empty, x'00ff' AS bytes FROM resolutions WHERE year = 2023"
    as_csv = run("query", sql, "-a", archive)
    assert list(csv.DictReader(io.StringIO(as_csv.out))) == [
        {"symbol": "01/2023/NQ-ĐHĐCĐ", "year": "2023", "empty": "", "bytes": "00ff"}
    ]
    as_json = run("query", sql, "-a", archive, "--json")
    assert json.loads(as_json.out)[0] == {"symbol": "01/2023/NQ-ĐHĐCĐ", "year": 2023, "empty": None, "bytes": "00ff"}
    assert "01/2023/NQ-ĐHĐCĐ" in run("query", sql, "-a", archive, "--table").out
    assert run("query", sql, "-a", archive, "--table", "--csv").code == ExitCode.USAGE


def test_the_list_of_tables(archive: Path) -> None:
    assert "attendance" in run("query", "--tables").out
    names = {table["name"] for table in json.loads(run("query", "--tables", "--json").out)}
    assert names == set(catalogue())
    assert len(run("query", "--tables", "--csv").out.splitlines()) > len(names)


def test_wrong_questions_end_with_the_code_of_usage(archive: Path, tmp_path: Path) -> None:
    for arguments in (["SELEC", "-a", archive], ["SELECT 1"], ["-a", archive]):
        result = run("query", *arguments, "--lang", "en")
        assert (result.code, result.out) == (ExitCode.USAGE, "")
        assert result.err.count("nqparse: ") == 1
    assert run("query", "SELECT 1", "-a", tmp_path).code == ExitCode.INPUT


def test_search_from_the_command_line(archive: Path) -> None:
    found = json.loads(run("search", '"co tuc"', "-a", archive, "--json", "--year", "2023").out)
    assert [hit["symbol"] for hit in found] == ["01/2023/NQ-ĐHĐCĐ"]
    with nqparse.Archive(archive) as opened:
        text = opened[found[0]["document_id"]].text
    snippet = found[0]["snippet"]
    assert text[snippet["start"] : snippet["end"]] == snippet["text"]
    assert {text[start:end] for start, end in snippet["highlights"]} == {"cổ tức"}
    rows = list(csv.DictReader(io.StringIO(run("search", '"cổ tức"', "-a", archive, "--csv").out)))
    assert [row["section_id"] for row in rows] == [found[0]["section_id"]]
    shown = run("search", "cổ", "tức", "-a", archive)
    assert "01/2023/NQ-ĐHĐCĐ" in shown.out
    nothing = run("search", "khôngcóchữnày", "-a", archive, "--lang", "en")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "nqparse: nothing was found\n")
    wrong = run("search", '"cổ', "-a", archive, "--lang", "vi")
    assert (wrong.code, wrong.err) == (ExitCode.USAGE, "nqparse: câu tìm kiếm thiếu dấu đóng ngoặc kép\n")
