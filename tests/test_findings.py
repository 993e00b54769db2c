"""Diagnostics as lines, GitHub annotations, JSON and SARIF, and the command that prints them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from checking import SOCIETY, changed

from nqparse.checks import Config
from nqparse.cli_check import register
from nqparse.document import Diagnostic, Document, Source, Zone
from nqparse.errors import ExitCode, UsageError
from nqparse.export.findings import Places, to_github, to_json, to_lines, to_sarif
from nqparse.talk import Talk

TEXT = "một\r\nhai 𝄞 ba\nbốn"
BAD = changed(SOCIETY, ("2019-2024 thông qua", "2019-2014 thông qua"))


def document(text: str = TEXT, name: str | None = "a b/c%.txt") -> Document:
    source = Source(name=name, sha256="", size=len(text))
    return Document(source=source, text=text, zones=[Zone(kind="unknown", start=0, end=len(text))])


def finding(start: int | None, end: int | None, severity: str = "W", **fields: object) -> Diagnostic:
    return Diagnostic.model_validate(
        {"code": "ORT-001", "severity": severity, "message": "sai, 5%:\nhai", "message_en": "wrong", "start": start,
         "end": end, **fields}
    )  # fmt: skip


HERE = finding(TEXT.index("ba"), TEXT.index("ba") + 2)
WHOLE = finding(None, None, "E")


def test_places_count_lines_and_characters_from_one() -> None:
    places = Places("a\r\nb\rc\nd\n")
    starts = [(places.region(at, at).line, places.region(at, at).column) for at in (0, 3, 5, 7, 9)]
    assert starts == [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]
    region = Places(TEXT).region(HERE.start, len(TEXT))
    assert (region.line, region.column, region.end_line, region.end_column) == (2, 7, 3, 4)


def test_lines() -> None:
    assert to_lines(document(), [HERE, WHOLE], language="en") == [
        "a b/c%.txt:2:7: ORT-001 wrong",
        "a b/c%.txt:1:1: ORT-001 wrong",
    ]
    assert to_lines(document(name=None), [WHOLE]) == ["<text>:1:1: ORT-001 wrong / sai, 5%:\nhai"]


def test_github_annotations_are_escaped() -> None:
    assert to_github(document(), [HERE, finding(0, len(TEXT), "I")], language="vi") == [
        "::warning file=a b/c%25.txt,line=2,endLine=2,col=7,endColumn=9,title=ORT-001::sai, 5%25:%0Ahai",
        "::notice file=a b/c%25.txt,line=1,endLine=3,col=1,title=ORT-001::sai, 5%25:%0Ahai",
    ]


def test_json() -> None:
    rows = json.loads(to_json([(document(), [HERE]), (document(name="b"), [WHOLE])]))
    assert [(row["file"], row["line"], row["column"], row["code"], row["severity"], row["start"]) for row in rows] == [
        ("a b/c%.txt", 2, 7, "ORT-001", "W", HERE.start),
        ("b", 1, 1, "ORT-001", "E", None),
    ]


def test_sarif() -> None:
    twice = finding(0, 3, spans=[(0, 3), (5, 8)])
    log = json.loads(to_sarif([(document(), [HERE, twice])], Config.of().catalogue, language="en"))
    (run,) = log["runs"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["defaultConfiguration"]["level"]) == ("ORT-001", "warning")
    assert "{" not in rule["shortDescription"]["text"]
    first, second = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b/c%25.txt"
    assert place["region"] == {"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 9}
    assert (first["ruleIndex"], first["level"], first["message"]["text"]) == (0, "warning", "wrong")
    assert [near["physicalLocation"]["region"]["startLine"] for near in second["relatedLocations"]] == [2]


# -- the command ------------------------------------------------------------------------------------------


def run(*arguments: object) -> int:
    """Runs `check` in this process and returns its exit code."""
    app = typer.Typer()
    register(app)
    app.callback()(lambda: None)
    result = typer.main.get_command(app).main(
        args=["check", *map(str, arguments)], prog_name="nqparse", standalone_mode=False, obj=Talk("en")
    )
    return int(result or 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad.txt").write_text(BAD, "utf-8")
    (tmp_path / "good.txt").write_text(SOCIETY, "utf-8")
    return tmp_path


def test_lines_and_exit_code(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(folder / "bad.txt", "--select", "TRM,DAT") == ExitCode.FINDINGS
    first, second = capfd.readouterr().out.splitlines()
    assert first.startswith(f"{folder / 'bad.txt'}:7:11: DAT-002 ")
    assert second.startswith(f"{folder / 'bad.txt'}:23:99: TRM-001 ")
    assert run(folder / "bad.txt", "--ignore", "trm-001") == ExitCode.OK
    assert run(folder / "good.txt", "--ignore", "DAT") == ExitCode.OK
    assert capfd.readouterr().out.count("TRM-001") == 0


def test_a_folder_in_each_format(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--format", "json", "--select", "TRM-001,DAT") == ExitCode.FINDINGS
    rows = json.loads(capfd.readouterr().out)
    assert [(Path(row["file"]).name, row["code"]) for row in rows] == [
        ("bad.txt", "DAT-002"),
        ("bad.txt", "TRM-001"),
        ("good.txt", "DAT-002"),
    ]
    assert run(folder, "--format", "sarif") == ExitCode.FINDINGS
    assert len(json.loads(capfd.readouterr().out)["runs"][0]["results"]) >= 3
    assert run(folder, "--format", "github", "--lang", "vi", "--select", "TRM-001") == ExitCode.FINDINGS
    assert capfd.readouterr().out.startswith("::error file=")


def test_what_cannot_be_read_is_told_and_does_not_stop_the_others(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.txt").write_bytes(b"Ngh\xff\xfe quy\x00")
    assert run(folder / "broken.txt", folder / "good.txt", "--select", "DAT") == ExitCode.FINDINGS
    told = capfd.readouterr()
    assert "broken.txt" in told.err
    assert "DAT-002" in told.out
    assert run(folder / "broken.txt") == ExitCode.INPUT


def test_wrong_arguments(folder: Path) -> None:
    with pytest.raises(UsageError, match="ATX"):
        run(folder, "--select", "ATX")
    assert run(folder / "nothing.txt") == ExitCode.INPUT
