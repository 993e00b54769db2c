"""The command line, run as a user runs it: in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from nqparse import __version__, cli
from nqparse.document import Document, json_schema
from nqparse.errors import EXIT_CODES, Bug, ExitCode

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
MIRROR = CORPUS / "assoc-mirror" / "source.txt"


def all_commands(group: Any, above: str = "") -> dict[str, Any]:
    """Returns all commands by name, those of a group as "archive add"."""
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        inner = hasattr(command, "commands")
        found |= all_commands(command, f"{above}{name} ") if inner else {above + name: command}
    return found


COMMANDS = all_commands(typer.main.get_command(cli.app))


class Result:
    """What a run left: its exit code, and both voices as text."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8")
        self.err = done.stderr.decode("utf-8")


def run(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> Result:
    settings = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "LC_ALL": "", "COLUMNS": "100", **environment}
    command = [sys.executable, "-m", "nqparse", *map(str, arguments)]
    done = subprocess.run(
        command, input=stdin, capture_output=True, env={**os.environ, **settings}, timeout=120, check=False
    )  # fmt: skip
    result = Result(done)
    assert "Traceback" not in result.err + result.out
    return result


# -- parse --------------------------------------------------------------------------------------------


def test_one_file_gives_one_document_and_no_talk() -> None:
    result = run("parse", MIRROR)
    assert (result.code, result.err) == (0, "")
    document = Document.from_json(result.out)
    assert document.text == MIRROR.read_text("utf-8")
    assert document.source.name == "source.txt"
    assert result.out == run("parse", MIRROR).out


def test_indent() -> None:
    assert run("parse", MIRROR, "--indent", "0").out.count("\n") == 1
    assert run("parse", MIRROR, "--indent", "4").out.startswith('{\n    "schema_version"')


def test_stdin_has_no_name() -> None:
    result = run("parse", "-", stdin=MIRROR.read_bytes())
    assert result.code == 0
    assert Document.from_json(result.out).source.name is None


def test_empty_input_is_an_empty_document() -> None:
    result = run("parse", "-")
    assert result.code == 0
    assert Document.from_json(result.out).text == ""


def test_tree_and_page() -> None:
    tree = run("parse", MIRROR, "-f", "tree")
    assert "04/NQ-BCH-LHHN" in tree.out
    assert "\x1b" not in tree.out  # no colours in a pipe
    page = run("parse", MIRROR, "--format", "html", "--lang", "vi")
    assert page.out.startswith("<!DOCTYPE html>")
    assert "Nơi nhận" in page.out


def test_folder_gives_an_array_or_lines_named_by_their_path() -> None:
    names = sorted(str(path.relative_to(CORPUS)) for pattern in ("*.md", "*/*.txt") for path in CORPUS.glob(pattern))
    array = run("parse", CORPUS, "--indent", "0")
    assert array.code == 0
    assert [document["source"]["name"] for document in json.loads(array.out)] == names
    assert ".json" in array.err  # what was left out is said
    lines = run("parse", CORPUS, "-f", "jsonl", "--jobs", "2")
    assert [json.loads(line) for line in lines.out.splitlines()] == json.loads(array.out)


def test_one_output_per_document(tmp_path: Path) -> None:
    first, second = CORPUS / "assoc-mirror", CORPUS / "union-factory-votes"
    result = run("parse", first / "source.txt", second / "source.txt", "-f", "html", "-o", f"{tmp_path}/pages/")
    assert (result.code, result.out) == (0, "")
    pages = sorted(path.relative_to(tmp_path / "pages").as_posix() for path in tmp_path.rglob("*.html"))
    assert pages == ["assoc-mirror/source.html", "union-factory-votes/source.html"]


def test_same_stem_does_not_overwrite(tmp_path: Path) -> None:
    for name in ("a.md", "a.txt"):
        (tmp_path / name).write_text("Điều 1. Thông qua.", "utf-8")
    assert run("parse", tmp_path, "-o", f"{tmp_path}/out/").code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.json", "a.txt.json"]


def test_output_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    assert run("parse", MIRROR, "-o", target).code == 0
    assert Document.from_json(target.read_bytes()).source.name == "source.txt"
    before = target.read_bytes()
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    assert run("parse", tmp_path / "b.pdf", "-o", target).code == ExitCode.INPUT
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.pdf"]
    assert run("parse", MIRROR, "-o", "/dev/null").code == 0
    assert Path("/dev/null").is_char_device()


def test_a_bad_file_does_not_stop_a_batch(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Điều 1. Thông qua.", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"Ngh\xf2 quy\xeat")
    (tmp_path / "c.txt").write_text("Điều 2. Thi hành.", "utf-8")
    result = run("parse", tmp_path, "-f", "jsonl")
    assert result.code == ExitCode.FINDINGS
    assert [json.loads(line)["source"]["name"] for line in result.out.splitlines()] == ["a.txt", "c.txt"]
    assert "b.txt: not valid UTF-8 at byte 3 (line 1): 0xF2" in result.err
    assert "2 of 3 files parsed" in result.err
    (tmp_path / "a.txt").unlink()
    (tmp_path / "c.txt").unlink()
    assert run("parse", tmp_path).code == ExitCode.INPUT


# -- errors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["parse", "không-có.txt"], ExitCode.INPUT, "không-có.txt: there is no such file"),
        (["parse", sys.executable], ExitCode.INPUT, "this looks like"),
        (["parse", MIRROR, "-o", "/nowhere/at/all.json"], ExitCode.OUTPUT, "/nowhere/at/all.json: cannot be written"),
        (["parse", MIRROR, "-o", MIRROR], ExitCode.USAGE, "this is an input"),
        (["parse", CORPUS, "-f", "html"], ExitCode.USAGE, "-o pages/"),
        (["parse", ROOT / "nqparse"], ExitCode.INPUT, "no text files"),
        (["parse", MIRROR, "--rules", "/nowhere"], ExitCode.RULES, "/nowhere"),
        (["parse"], ExitCode.USAGE, "Missing argument"),
        (["parse", MIRROR, "--format", "xml"], ExitCode.USAGE, "xml"),
        (["frobnicate"], ExitCode.USAGE, "frobnicate"),
        (["explain", "không-có.txt"], ExitCode.INPUT, "there is no such file"),
        (["rules", "label.artikle"], ExitCode.USAGE, "Did you mean label.article"),
        (["evaluate", "/nowhere"], ExitCode.INPUT, "/nowhere"),
        (["evaluate", CORPUS, "--against", MIRROR], ExitCode.INPUT, "no report"),
    ],
    ids=lambda value: " ".join(map(str, value))[-40:] if isinstance(value, list) else "",
)
def test_errors_are_one_message_with_their_code(arguments: list[str | Path], code: ExitCode, words: str) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (code, "")
    assert words in result.err


def test_broken_rules_are_named_with_file_line_and_key(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("patterns:\n  - id: a.b\n    pattern: x\n    exampels: [x]\n", "utf-8")
    result = run("parse", CORPUS, "--rules", tmp_path)
    assert (result.code, result.out) == (ExitCode.RULES, "")
    assert result.err.count(f"{tmp_path / 'mine.yaml'}:4: patterns.0.exampels: ") == 2  # in two languages, not per file


def test_own_rules_are_used(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "labels:\n  - id: label.item\n    kind: article\n    first: k\n    strength: 6\n"
        "    pattern: 'khoá\\s+(?P<n>\\d+)(?P<p>[.])'\n    examples: ['Khoá 1.']\n",
        "utf-8",
    )
    text = "NGHỊ QUYẾT\nVề việc thử\nQUYẾT NGHỊ:\nKhoá 1. Thông qua.\nKhoá 2. Thi hành.\n".encode()
    assert json.loads(run("parse", "-", stdin=text).out)["body"] == []
    result = run("parse", "-", "--rules", tmp_path, stdin=text)
    assert [section["label"] for section in json.loads(result.out)["body"]] == ["Khoá 1.", "Khoá 2."]


def test_languages() -> None:
    both = run("parse", "/nowhere")
    assert "there is no such file" in both.err
    assert "không có tệp này" in both.err
    vietnamese = run("parse", "/nowhere", LANG="vi_VN.UTF-8")
    assert "there is no such file" not in vietnamese.err
    assert "không có tệp này" in vietnamese.err
    assert run("parse", "/nowhere", "--lang", "vi").err == vietnamese.err
    english = run("parse", "/nowhere", "--lang", "en", LANG="vi_VN.UTF-8")
    assert "không có tệp này" not in english.err


def test_a_closed_pipe_is_no_complaint() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "nqparse", "parse", str(CORPUS), "--lang", "en"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.wait(60) == ExitCode.OUTPUT
    err = process.stderr.read().decode()
    process.stderr.close()
    assert "left out" in err
    assert "pipe" not in err.lower()


def test_stdout_that_cannot_be_written_is_one_message() -> None:
    for redirect in (">/dev/full", ">&-"):
        shell = f"{sys.executable} -m nqparse parse {MIRROR} --lang en {redirect}"
        done = subprocess.run(
            ["sh", "-c", shell], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
        )
        assert done.returncode == ExitCode.OUTPUT
        assert done.stderr.decode().count("\n") == 1
        assert "cannot write the output" in done.stderr.decode()


def test_a_bug_is_one_sentence_and_the_traceback_only_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from nqparse import batch

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("chia cho không")

    monkeypatch.setattr(batch, "parse_input", fail)
    assert cli.run(["parse", str(MIRROR), "--lang", "en"]) == ExitCode.BUG
    told = capsys.readouterr()
    assert told.out == ""
    assert "source.txt: this is a bug in nqparse (ZeroDivisionError: chia cho không)" in told.err
    assert "report it" in told.err
    assert "Traceback" not in told.err
    assert cli.run(["parse", str(MIRROR), "--debug"]) == ExitCode.BUG
    assert "Traceback" in capsys.readouterr().err
    # Outside of a document, too.
    monkeypatch.setattr(batch, "find_inputs", fail)
    assert cli.run(["parse", str(MIRROR)]) == ExitCode.BUG
    assert "Traceback" not in capsys.readouterr().err


def test_errors_survive_the_way_back_from_another_process() -> None:
    import pickle

    bug = pickle.loads(pickle.dumps(Bug.of(ValueError("x"), "trace", where="a.txt")))
    assert (bug.exit_code, bug.trace) == (ExitCode.BUG, "trace")
    assert bug.hint_en
    assert "a.txt: this is a bug" in bug.say("both")


def test_interrupting_has_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    from nqparse import batch

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "find_inputs", interrupt)
    assert cli.run(["parse", str(MIRROR)]) == ExitCode.INTERRUPTED


# -- the other commands -------------------------------------------------------------------------------


def test_version() -> None:
    assert run("--version").out == f"nqparse {__version__}\n"


def test_schema_is_that_of_the_models() -> None:
    assert json.loads(run("schema").out) == json.loads(json.dumps(json_schema()))


def test_explain() -> None:
    result = run("explain", MIRROR)
    assert result.code == 0
    assert "zone.formula" in result.out
    data = json.loads(run("explain", "-", "--json", stdin=MIRROR.read_bytes()).out)
    assert data["labels"][0]["rule"] == "label.roman"


def test_rules() -> None:
    listed = run("rules").out
    assert "zone.national-name" in listed
    one = run("rules", "label.article").out
    assert "✓ Điều 1. Phạm vi" in one
    assert "✗ Điều này" in one


def test_evaluate_saves_and_compares(tmp_path: Path) -> None:
    saved = tmp_path / "before.json"
    first = run("evaluate", CORPUS / "assoc-mirror", "--save", saved)
    assert first.code == 0
    assert "assoc-mirror" in first.out
    assert json.loads(run("evaluate", CORPUS / "assoc-mirror", "--json").out) == json.loads(saved.read_text("utf-8"))
    again = run("evaluate", CORPUS / "assoc-mirror", "--against", saved)
    assert (again.code, again.err) == (0, "")
    # Rules that know no Roman numerals lose sections.
    worse_rule = "labels:\n  - {id: label.roman, kind: roman, first: z, pattern: zz}\n"
    (tmp_path / "worse.yaml").write_text(worse_rule, "utf-8")
    worse = run("evaluate", CORPUS / "assoc-mirror", "--against", saved, "--rules", tmp_path)
    assert (worse.code, worse.err) == (ExitCode.FINDINGS, "")
    assert re.search(r"all · sections: \d", worse.out)


# -- help and documentation ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_whole_sentences_with_an_example_that_runs(name: str) -> None:
    command = COMMANDS[name]
    paragraphs = [" ".join(paragraph.split()) for paragraph in command.help.split("\n\n")]
    assert len(paragraphs) >= 3
    assert all(paragraph.endswith(".") for paragraph in paragraphs[:-1])
    example = re.fullmatch(r"\*\*Example:\*\* `(nqparse \w+ ?.*)`", paragraphs[-1])
    assert example
    assert f"{example[1]} ".startswith(f"nqparse {name} ")
    for param in command.params:
        assert re.match(r"[A-Z].*[.]$", param.help or ""), f"{name}: {param.name} has no whole sentence"
    shown = run(*name.split(), "--help")
    assert shown.code == 0
    assert "Example" in shown.out
    # The example's options exist.
    for option in re.findall(r" (--[a-z]+)", example[1]):
        assert any(option in param.opts for param in command.params)


def test_reference_pages_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_every_exit_code_is_documented() -> None:
    assert set(EXIT_CODES) == set(ExitCode)
    page = (ROOT / "docs" / "exit-codes.md").read_text("utf-8")
    for code, meaning in EXIT_CODES.items():
        assert f"| {code.value} | {meaning.en} | {meaning.vi} |" in page


def test_starting_loads_nothing_heavy() -> None:
    probe = (
        "import sys; from nqparse import cli; "
        f"cli.run(['parse', {str(MIRROR)!r}]); "
        "heavy = {'spacy', 'underthesea', 'rich', 'numpy', 'concurrent.futures.process', 'asyncio'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, env=environment, check=True)
    assert done.stderr.decode().strip() == "[]"
