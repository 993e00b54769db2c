"""Rules: what each says of itself is true, and a broken rule file is refused with file, line and key.

How an example is tried, one way for each use that the code makes of a rule:
- rules that see a whole line (`WHOLE_LINE`) must cover the example from end to end;
- rules that look for a place inside a line (`INSIDE`) look behind or before it, so they are searched for;
- all others match at the start (`Rule.matches`).
An example is matched so, a counter-example is not.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from shapes import OPENING, labels, outline

from nqparse import ruleset
from nqparse.document import SectionKind
from nqparse.fold import fold
from nqparse.pipeline import parse
from nqparse.ruleset import Rule, RulesError, RuleSet, load
from nqparse.structure.tiling import KINDS

RULES = load()
CORPUS = Path(__file__).parent.parent / "corpus"
WHOLE_LINE = frozenset(("furniture.rule", "furniture.page-number", "furniture.stamp"))
INSIDE = ("inline.", "cut.", "facts.assign")


def hits(rule: Rule, text: str) -> bool:
    """Tells whether the rule finds the text, in the way that the code uses the rule."""
    subject = fold(text) if rule.reads == "folded" else text
    if rule.id in WHOLE_LINE:
        return rule.regex.fullmatch(subject) is not None
    if rule.id.startswith(INSIDE):
        return rule.regex.search(subject) is not None
    return rule.matches(text)


def each_rule() -> list[object]:
    return [pytest.param(rule, id=rule.id) for rule in RULES.all_rules()]


@pytest.mark.parametrize("rule", each_rule())
def test_rule_does_what_its_examples_say(rule: Rule) -> None:
    assert [example for example in rule.examples if not hits(rule, example)] == []
    assert [example for example in rule.counter_examples if hits(rule, example)] == []


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES.all_rules() if rule.first])
def test_first_holds_the_first_character_of_every_example(rule: Rule) -> None:
    assert [example for example in rule.examples if fold(example[:1]) not in rule.first] == []


def test_every_line_rule_names_the_characters_that_it_begins_with() -> None:
    # They are looked up by the line's first character: without `first` a rule is never tried. Only the few lines at
    # the edges are tried with all rules for them.
    assert [rule.id for rule in RULES.lines.values() if not rule.first and not rule.edges] == []
    assert [rule.id for rule in RULES.labels.values() if not rule.first] == []


def test_rules_have_examples_of_both_kinds() -> None:
    looked_behind = {"cut.basis"}  # its examples need the words before
    assert [r.id for r in RULES.all_rules() if not r.examples and r.id not in looked_behind] == []
    assert [r.id for r in RULES.all_rules() if not r.counter_examples] == []


# -- the grammar --------------------------------------------------------------------------------------


def test_scores_name_states_of_the_grammar() -> None:
    states = set(RULES.grammar.states)
    assert {rule.id: set(rule.scores) - states for rule in RULES.lines.values() if set(rule.scores) - states} == {}
    assert set(RULES.grammar.gates) <= states


def test_every_state_makes_a_zone_and_can_be_reached_and_left() -> None:
    grammar = RULES.grammar
    assert set(grammar.states) <= set(KINDS)
    entered = {after for state, follows in grammar.transitions.items() for after in follows if after != state}
    assert set(grammar.states) - entered - set(grammar.start) == set()
    assert set(grammar.states) - set(grammar.transitions) - set(grammar.end) == set()


def test_every_look_scores_every_state() -> None:
    # A state that is left out scores nothing, which is more than most states get: it must be written.
    assert {look for look, scores in RULES.grammar.plain.items() if set(scores) != set(RULES.grammar.states)} == set()


def test_labels_are_of_a_known_kind_and_tell_their_number() -> None:
    kinds = set(get_args(SectionKind))
    assert [
        rule.id for rule in RULES.labels.values() if rule.kind not in kinds or "n" not in rule.regex.groupindex
    ] == []


def test_no_id_stands_in_two_files() -> None:
    ids: list[str] = []
    for path in ruleset.builtin_folder().glob("*.yaml"):
        ids += re.findall(r"^  - id: (\S+)$", path.read_text("utf-8"), re.MULTILINE)
    assert sorted(id_ for id_ in set(ids) if ids.count(id_) > 1) == []


# -- rules of one's own ---------------------------------------------------------------------------------


def folder(path: Path, text: str | bytes, name: str = "own.yaml") -> Path:
    path.joinpath(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


CLAUSE = r"""
labels:
  - id: label.clause-word
    kind: arabic
    first: k
    pattern: 'khoản\s+(?P<n>\d+)(?P<p>[.:])\s+'
    examples: ['Khoản 1. Giao']
"""
NO_STAR = """
labels:
  - id: label.star
    kind: star
    first: '*'
    pattern: '(?P<n>)\\*{9}'
"""


def own(path: Path, text: str) -> RuleSet:
    return load(folder(path, text))


def test_folder_adds_rules(tmp_path: Path) -> None:
    text = OPENING + labels("Khoản 1.", "Khoản 2.")
    rules = own(tmp_path, CLAUSE)
    assert len(rules.labels) == len(RULES.labels) + 1
    assert (outline(parse(text).body), outline(parse(text, rules=rules).body)) == ("", "1 2")


def test_folder_replaces_a_rule(tmp_path: Path) -> None:
    text = OPENING + labels("1.", "*", "*", "2.")
    rules = own(tmp_path, NO_STAR)
    assert len(rules.labels) == len(RULES.labels)
    assert (outline(parse(text).body), outline(parse(text, rules=rules).body)) == ("1(* *) 2", "1 2")


def test_the_last_folder_wins(tmp_path: Path) -> None:
    for name, term in (("a", "họa sĩ"), ("b", "nhạc sĩ")):
        tmp_path.joinpath(name).mkdir()
        folder(tmp_path / name, f"terms:\n  - id: own.words\n    terms: [{term}]\n")
    assert load(tmp_path / "a", tmp_path / "b").words("own.words") == {"nhac si"}


def test_builtin_rules_are_not_changed_by_a_folder(tmp_path: Path) -> None:
    own(tmp_path, NO_STAR)
    assert load().labels["label.star"].pattern == RULES.labels["label.star"].pattern


# -- broken files ---------------------------------------------------------------------------------------


# What the file holds, and what the message says: line, key, cause.
BROKEN_FILES = {
    "unknown family": ("terms: []\nwords: []\n", ":2: words: "),
    "unknown key of a rule": ("patterns:\n  - id: a\n    pattern: x\n    colour: red\n", ":4: patterns.0.colour: "),
    "missing key": ("patterns:\n  - id: a\n    pattern: x\n  - id: b\n", ":4: patterns.1.pattern: "),
    "value of another type": ("terms:\n  - id: a\n    terms: word\n", ":3: terms.0.terms: "),
    "value out of its range": ("patterns:\n  - id: a\n    pattern: x\n    reads: all\n", ":4: patterns.0.reads: "),
    "id with a capital": ("patterns:\n  - id: A\n    pattern: x\n", ":2: patterns.0.id: "),
    "pattern that does not compile": (
        "patterns:\n  - id: a\n    pattern: '(x'\n", ":2: patterns.0: .*'a' does not compile",
    ),
    "state that the grammar lacks": (
        "grammar:\n  states: [body]\n  start: {body: 0}\n  end: {}\n  transitions: {tail: {body: 1}}\n  plain: {}\n",
        ":1: grammar: .*unknown states \\['tail'\\]",
    ),
    "quote that is never closed": ("terms:\n  - id: 'a\n", ":3: not YAML: "),
    "wrong indentation": ("terms:\n  - id: a\n   terms: []\n", ":3: not YAML: "),
    "tab": ("terms:\n\t- id: a\n", ":2: not YAML: "),
    "not a mapping": ("- id: a\n", ":1: "),
    "not UTF-8": (b"terms: [\xff]\n", ": cannot be read: "),
    "id used twice": ("patterns:\n  - {id: a, pattern: x}\n  - {id: a, pattern: y}\n", ":3: a: this id is used twice"),
}  # fmt: skip
DOUBTFUL = [
    pytest.param(
        "terms:\n  - {id: a, terms: []}\n  - {id: a, terms: []}\n",
        ":3: a: this id",
        id="line of it",
    ),
    pytest.param(
        "grammar:\n  states: [body]\n  start: {}\n  end: {}\n  gates: {tail: 1}\n  transitions: {}\n  plain: {}\n",
        ":1: grammar: .*unknown states",
        id="state of a gate that the grammar lacks",
    ),
]


@pytest.mark.parametrize(
    ("text", "says"), [*(pytest.param(*row, id=id_) for id_, row in BROKEN_FILES.items()), *DOUBTFUL]
)
def test_broken_file_is_refused_by_file_line_and_key(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(RulesError, match=f"{re.escape(str(tmp_path / 'own.yaml'))}{says}"):
        load(folder(tmp_path, text))


def test_folder_without_rule_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=f"{re.escape(str(tmp_path))}: no rule files"):
        load(tmp_path)


def test_rules_without_a_grammar_are_refused() -> None:
    with pytest.raises(RulesError, match="no rule file holds a zone grammar"):
        RuleSet([])


def test_empty_file_holds_no_rules(tmp_path: Path) -> None:
    assert len(own(tmp_path, "# nothing yet\n").all_rules()) == len(RULES.all_rules())


# -- searches that begin with words -------------------------------------------------------------------


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES.all_rules() if rule.starts])
def test_starts_lose_nothing(rule: Rule) -> None:
    for example in (*rule.examples, *(f"| {example} |" for example in rule.examples)):
        assert rule.is_in(fold(example), 0, len(example))
    for example in rule.counter_examples:
        assert not rule.is_in(fold(example), 0, len(example))
    for file in sorted(CORPUS.glob("*/source.txt")):
        folded = fold(file.read_text("utf-8"))
        for match in rule.regex.finditer(folded):
            assert rule.is_in(folded, match.start(), match.end()), match


def test_starts_are_for_folded_text(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("patterns: [{id: my.rule, pattern: Mở, reads: view, starts: [Mở]}]", "utf-8")
    with pytest.raises(RulesError, match="starts"):
        load(tmp_path)


def test_a_pattern_without_starts_is_searched_for() -> None:
    rule = Rule(id="my.rule", pattern="lớp vẽ")
    assert rule.is_in("mo lop ve", 0, 9)
    assert not rule.is_in("mo lop ve", 0, 8)
