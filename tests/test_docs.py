"""The docs say what is true: their commands exist, their links lead somewhere, their examples give what they show."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

import nqparse
from nqparse import ruleset
from nqparse.cli import app
from nqparse.errors import EXIT_CODES
from nqparse.gold import GoldSource, QuotedSection
from nqparse.ruleset import Rule, RuleSet

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.vi.md"]
PAGES = [*READMES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
WITH_INDEX = [*PAGES, ROOT / "corpus" / "README.md"]
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
SPECIMEN = ROOT / "corpus" / "assoc-mirror" / "source.txt"

_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
_LOCAL = re.compile(r"\blocalhost\b|(?<![\w.])/(?:home|root|tmp|Users)/")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


each_page = pytest.mark.parametrize("page", [pytest.param(path, id=name_of(path)) for path in PAGES])
each_readme = pytest.mark.parametrize("readme", [pytest.param(path, id=name_of(path)) for path in READMES])


def blocks(page: Path, language: str) -> list[str]:
    """Returns the fenced blocks of a language."""
    return [body for found, body in _FENCE.findall(page.read_text("utf-8")) if found == language]


def commands(page: Path) -> list[str]:
    """Returns every command line of nqparse that a page shows, in blocks and in the text."""
    text = page.read_text("utf-8").replace("\\|", "|")
    lines = [line.partition("  #")[0] for block in blocks(page, "sh") for line in block.splitlines()]
    return [
        *(line.strip() for line in lines if "nqparse " in line and "-c " not in line),
        *re.findall(r"`(nqparse [^`\n]*)`", text),
    ]


# -- commands -----------------------------------------------------------------------------------------


@each_page
def test_commands_and_options_exist(page: Path) -> None:
    for command in commands(page):
        words = command[command.index("nqparse ") :].split()[1:]
        if words[0].startswith("-"):
            assert words[0] in ("--version", "--help"), command
            continue
        assert words[0] in COMMANDS, command
        found = COMMANDS[words[0]]
        if hasattr(found, "commands") and len(words) > 1:
            assert words[1] in found.commands, command
            found = found.commands[words[1]]
        known = {name for param in found.params for name in param.opts} | {"--help"}
        assert {word.partition("=")[0] for word in words[1:] if re.match(r"--?[a-z]", word)} <= known, command


@each_readme
def test_every_command_is_in_the_table(readme: Path) -> None:
    told = re.findall(r"^\| `nqparse (\w+)", readme.read_text("utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(COMMANDS)


@each_readme
def test_every_exit_code_is_in_the_table(readme: Path) -> None:
    told = re.findall(r"^\| (\d+) \|", readme.read_text("utf-8"), re.MULTILINE)
    assert [int(code) for code in told] == [code.value for code in EXIT_CODES]


def test_both_readmes_show_the_same_commands() -> None:
    english, vietnamese = (blocks(readme, "sh") for readme in READMES)
    assert english == vietnamese
    install, test = english
    specimen = install.split()[-1]
    assert (ROOT / specimen).samefile(SPECIMEN)
    assert "pytest" in test


def test_ci_runs_the_test_command_of_the_readme() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert blocks(READMES[0], "sh")[1].strip() in lines
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


# -- examples -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [pytest.param(path, id=name_of(path)) for path in PAGES if blocks(path, "pycon")])
def test_python_examples_give_what_they_show(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    session = "\n".join(blocks(page, "pycon"))
    test = doctest.DocTestParser().get_doctest(session, {}, page.name, str(page), 0)
    told: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert results.attempted > 0
    assert results.failed == 0, "".join(told)


def holds(whole: Any, part: Any) -> bool:
    """Tells whether `part` is an excerpt of `whole`; of lists, some members in order."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and holds(whole[key], part[key]) for key in part)
    if isinstance(part, list):
        members = iter(whole)
        return all(any(holds(member, wanted) for member in members) for wanted in part)
    return bool(whole == part)


@each_readme
def test_json_excerpt_is_what_the_specimen_gives(readme: Path) -> None:
    (excerpt,) = (json.loads(block) for block in blocks(readme, "json"))
    document = json.loads(nqparse.parse_file(SPECIMEN).to_json())
    for part, value in excerpt.items():
        assert holds(document[part], value), part


def test_gold_example_is_gold() -> None:
    (example,) = blocks(ROOT / "docs" / "evaluation.md", "json")
    source = GoldSource.model_validate_json(example)
    assert isinstance(source.body[0], QuotedSection)


@pytest.fixture(scope="module")
def walk_through(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, RuleSet]:
    """The document and the rules that `docs/rules.md` walks through."""
    page = ROOT / "docs" / "rules.md"
    folder = tmp_path_factory.mktemp("my-rules")
    (rules,) = blocks(page, "yaml")
    (folder / "cooperative.yaml").write_text(rules, "utf-8")
    (text,) = blocks(page, "text")
    return text, ruleset.load(folder)


def test_walk_through_gains_its_formula(walk_through: tuple[str, RuleSet]) -> None:
    text, rules = walk_through
    assert nqparse.parse(text).preamble.formula is None
    formula = nqparse.parse(text, rules=rules).preamble.formula
    assert formula is not None
    assert formula.text == "ĐẠI HỘI BIỂU QUYẾT:"


def test_walk_through_rule_does_what_its_examples_say(walk_through: tuple[str, RuleSet]) -> None:
    rule: Rule = walk_through[1].lines["zone.formula-cooperative"]
    assert all(rule.matches(example) for example in rule.examples)
    assert not any(rule.matches(example) for example in rule.counter_examples)


@each_page
def test_rules_that_are_named_exist(page: Path, walk_through: tuple[str, RuleSet]) -> None:
    known = {rule.id for rule in walk_through[1].all_rules()}
    named = re.findall(r"(?<![\w./])(?:zone|label)\.[a-z]+(?:-[a-z]+)*", page.read_text("utf-8"))
    assert set(named) <= known


# -- links and names ----------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """Returns the anchors that the headings of a page make."""
    titles = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", [pytest.param(path, id=name_of(path)) for path in WITH_INDEX])
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(page.read_text("utf-8")):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


@pytest.mark.parametrize("page", [pytest.param(path, id=name_of(path)) for path in WITH_INDEX])
def test_files_that_are_named_exist(page: Path) -> None:
    code = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for name in re.findall(r"`((?:docs|rules|corpus|tests|nqparse|benchmarks|structure|entities)/[\w./-]*)`", code):
        assert (ROOT / name).exists() or (ROOT / "nqparse" / name).exists(), name


@pytest.mark.parametrize("page", [pytest.param(path, id=name_of(path)) for path in WITH_INDEX])
def test_no_page_names_a_place_on_somebodys_machine(page: Path) -> None:
    assert _LOCAL.findall(page.read_text("utf-8")) == []


# -- versions, licence, index -------------------------------------------------------------------------


def test_the_version_is_the_same_everywhere() -> None:
    version = re.escape(nqparse.__version__)
    for file, pattern in {
        "CHANGELOG.md": rf"^## \[{version}\] - ",
        "CITATION.cff": rf"^version: {version}$",
        "pyproject.toml": rf'^version = "{version}"$',
    }.items():
        assert re.search(pattern, (ROOT / file).read_text("utf-8"), re.MULTILINE), file


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_index_of_specimens_is_up_to_date() -> None:
    command = [sys.executable, "corpus/index.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("meta", sorted((ROOT / "corpus").glob("*/meta.json")), ids=lambda path: path.parent.name)
def test_every_specimen_says_that_it_is_fictional(meta: Path) -> None:
    assert json.loads(meta.read_text("utf-8"))["fictional"] is True
    assert {path.name for path in meta.parent.iterdir()} >= {"source.txt", "gold.src.json", "gold.json"}
