"""`nqparse export`, run as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli import CORPUS, MIRROR, run

from nqparse.cli_export import ExportFormat
from nqparse.document import Document
from nqparse.errors import ExitCode, UsageError
from nqparse.export.formats import FORMATS, export
from nqparse.pipeline import parse_file

SECOND = CORPUS / "qh-bare-numbers-2024" / "source.txt"


def test_the_command_knows_every_format() -> None:
    assert [member.value for member in ExportFormat] == list(FORMATS)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_from_the_command_line(name: str, tmp_path: Path) -> None:
    found = FORMATS[name]
    target = tmp_path / (found.file or "out")
    result = run("export", MIRROR, SECOND, "--to", name, "-o", target, "--lang", "en")
    assert (result.code, result.out) == (0, "")
    assert result.err == f"nqparse: 2 documents written to {target}\n"
    assert target.is_file() if found.file else any(target.iterdir())
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(".part")]


def test_a_format_of_one_file_goes_into_a_folder_that_is_there(tmp_path: Path) -> None:
    assert run("export", MIRROR, "-t", "dublin-core", "-o", tmp_path).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["dublin-core.xml"]


def test_what_parse_wrote_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    for number in ("1", "2"):
        (folder / number).mkdir(parents=True)
        (folder / number / "a.txt").write_bytes(MIRROR.read_bytes() + number.encode())
    run("parse", folder, "-f", "jsonl", "-o", tmp_path / "a.jsonl")
    run("parse", folder, "-o", tmp_path / "a.json")
    run("parse", folder, "-o", f"{tmp_path}/many/")
    direct = tmp_path / "direct.jsonl"
    assert run("export", folder, "-t", "jsonl", "-o", direct).code == 0
    for given in ("a.jsonl", "a.json", "many"):
        target = tmp_path / "again.jsonl"
        assert run("export", tmp_path / given, "-t", "jsonl", "-o", target).code == 0
        assert target.read_bytes() == direct.read_bytes(), given


def test_jobs_give_the_same_bytes(tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        assert run("export", MIRROR, SECOND, "-t", "jsonl", "-o", tmp_path / jobs, "-j", jobs).code == 0
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_stdin_is_a_text(tmp_path: Path) -> None:
    assert run("export", "-", "-t", "jsonl", "-o", tmp_path / "a", stdin=MIRROR.read_bytes()).code == 0
    assert Document.from_json((tmp_path / "a").read_bytes()).text == MIRROR.read_text("utf-8")


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "good.txt").write_bytes(MIRROR.read_bytes())
    result = run("export", tmp_path, "-t", "jsonl", "-o", tmp_path / "out.jsonl", "--lang", "en")
    assert result.code == ExitCode.FINDINGS
    assert "bad.txt" in result.err
    assert "1 documents written" in result.err
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == 1


@pytest.mark.parametrize("name", ["jsonl", "csv", "excel", "spacy", "label-studio"])
def test_nothing_is_written_where_nothing_can_be_read(name: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"not": "ours"}\n', "utf-8")
    target = tmp_path / "out"
    result = run("export", bad, "-t", name, "-o", target, "--lang", "en")
    assert result.code == ExitCode.INPUT
    assert "bad.jsonl:1: this is no document that nqparse wrote" in result.err
    assert not [path for path in target.rglob("*") if path.is_file()]
    assert not target.is_file()


def test_values_of_the_archive(tmp_path: Path) -> None:
    given = ["--set", "maintenance=01", "--set", "mode=01"]
    assert run("export", MIRROR, "-t", "archival", "-o", tmp_path / "a", *given).code == 0
    assert ",01," in (tmp_path / "a" / "tt05-2025.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", "archival", "--set", "nothing=1"], "neither circular"),
        (["--to", "archival", "--set", "maintenance"], "--set maintenance=01"),
        (["--to", "ead3", "--made-on", "hôm nay"], "this is no day"),
        (["--to", "csv", "-o", "-"], "not to stdout"),
        (["--to", "nothing"], "nothing"),
    ],
)
def test_wrong_command_lines(arguments: list[str], says: str, tmp_path: Path) -> None:
    place = [] if "-o" in arguments else ["-o", str(tmp_path / "out")]
    result = run("export", MIRROR, *arguments, *place, "--lang", "en")
    assert result.code == ExitCode.USAGE
    assert says in result.err
    assert list(tmp_path.iterdir()) == []


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    target = tmp_path / "documents.jsonl"
    run("parse", MIRROR, "-f", "jsonl", "-o", target)
    before = target.read_bytes()
    for place in (target, tmp_path):
        assert run("export", target, "-t", "jsonl", "-o", place).code == ExitCode.USAGE
    assert run("export", MIRROR, "-t", "csv", "-o", target).code == ExitCode.USAGE
    assert target.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for name in ("jsonl", "akoma-ntoso", "excel"):
        result = run("export", MIRROR, "-t", name, "-o", tmp_path / "file" / "below", "--lang", "en")
        assert result.code == ExitCode.OUTPUT, name
        assert "cannot be written" in result.err


def test_the_function_of_the_docs(tmp_path: Path) -> None:
    documents = (parse_file(path) for path in (MIRROR, SECOND))
    assert export(documents, "label-studio", tmp_path / "ls") == 2
    assert len(json.loads((tmp_path / "ls" / "tasks.json").read_text("utf-8"))) == 2
    with pytest.raises(UsageError, match="parquet"):
        export([], "xml", tmp_path)
