"""Rules as data: YAML files, typed, validated, compiled and loaded once.

A rule file is a mapping with one key per rule family. Unknown keys, doubled ids and patterns that do not
compile are refused with an error that names file, line and key. A folder given by the user adds
rules; a rule with an id that exists already replaces it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator

from nqparse.fold import expand_classes, fold, fold_pattern
from nqparse.lazy_pattern import LazyPattern

T = TypeVar("T")

_OURS = {"ours": True}  # the validation context of the built-in rules
# Files of ours that a parse without diagnostics does not need.
_LATE = frozenset(("diagnostics.yaml", "thresholds.yaml"))


class RulesError(ValueError):
    """A rule file that cannot be used; the message names file, line and key."""


class Rule(BaseModel):
    """One pattern with its examples.

    `reads` says which text the pattern is written for: `folded` (lower case, no diacritics; the
    pattern itself may be written with them) or `view` (as written). `first` holds the folded characters
    that a match can start with, so that other lines are never tried. In patterns that read the view, `À-Ỹ`
    stands for the accented Vietnamese capitals and `à-ỹ` for the small ones. Where a pattern is looked for inside
    long texts, `starts` are the words, one of which every match begins with: to find words is quick (`is_in`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    id: str = Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")
    pattern: str
    reads: Literal["folded", "view"] = "folded"
    first: str = ""
    starts: list[str] = []
    examples: list[str] = []
    counter_examples: list[str] = []
    note: str = ""
    source: str = ""

    @field_validator("first")
    @classmethod
    def _fold_first(cls, first: str) -> str:
        return "".join(dict.fromkeys(fold(first)))

    @model_validator(mode="after")
    def _starts_fold(self) -> Rule:
        if self.starts and self.reads != "folded":
            raise ValueError(f"{self.id!r}: `starts` is for patterns that read the folded text")
        return self

    @model_validator(mode="after")
    def _compiles(self, info: ValidationInfo) -> Rule:
        # Our own patterns have tests; not to compile them here saves a third of the start.
        if info.context is not _OURS:
            try:
                _ = self.regex.pattern  # compiles it
            except re.error as error:
                raise ValueError(f"pattern of {self.id!r} does not compile: {error}") from None
        return self

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern, for the text that `reads` names."""
        reads_folded = self.reads == "folded"
        return LazyPattern.of(fold_pattern(self.pattern) if reads_folded else expand_classes(self.pattern))

    def is_in(self, folded: str, start: int, end: int) -> bool:
        """Tells whether the pattern is found between two offsets of a folded text."""
        if not self.starts:
            return self.regex.search(folded, start, end) is not None
        match = self.regex.match
        for word in self._starts:
            at = folded.find(word, start, end)
            while at >= 0:
                if match(folded, at, end):
                    return True
                at = folded.find(word, at + 1, end)
        return False

    @cached_property
    def _starts(self) -> list[str]:
        return [fold(word) for word in self.starts]

    def matches(self, text: str) -> bool:
        """Tells whether the rule matches at the start of `text` (used by the examples' test)."""
        subject = fold(text) if self.reads == "folded" else text
        if self.first and fold(subject[:1]) not in self.first:
            return False
        return self.regex.match(subject) is not None


class LineRule(Rule):
    """A cue that a line gives: what it scores for each zone state.

    `caps` asks for a line in capitals (or for one that is not), `max_length` for a short one; `lower` rules also
    match lines that begin with a small letter, `wrapped` rules also lines that go on with the one before;
    `whole` rules see the line alone; `complete` rules ask for a line that begins no longer paragraph; `bulleted` rules
    are only tried behind a bullet, `edges` rules only before and after the document proper.
    """

    scores: dict[str, float]
    caps: bool | None = None
    max_length: int | None = None
    lower: bool = False
    wrapped: bool = False
    whole: bool = False
    complete: bool = False
    bulleted: bool = False
    edges: bool = False


class LabelRule(Rule):
    """The form of a section label. Group `n` is the number; `tail` what must follow is in the pattern.

    Rules of `short` labels, with no three letters in a row at their beginning, are not tried on lines that begin so.
    """

    kind: str
    strength: float = 4.0
    short: bool = False


class ZoneGrammar(BaseModel):
    """The states of a document's lines, what may follow what at which cost, and the default scores.

    `restarts` are further transitions, from the end of a document to the letterhead of the next in the same file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    states: list[str]
    start: dict[str, float]
    end: dict[str, float]
    gates: dict[str, float] = {}
    transitions: dict[str, dict[str, float]]
    restarts: dict[str, dict[str, float]] = {}
    plain: dict[str, dict[str, float]]

    @model_validator(mode="after")
    def _known_states(self) -> ZoneGrammar:
        known = set(self.states)
        used = {*self.start, *self.end, *self.gates, *self.transitions, *self.restarts}
        for table in (self.transitions, self.restarts):
            used |= {state for follows in table.values() for state in follows}
        used |= {state for scores in self.plain.values() for state in scores}
        if used - known:
            raise ValueError(f"unknown states {sorted(used - known)}")
        return self


class Terms(BaseModel):
    """A list of words or names with an id: a gazetteer in small."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    note: str = ""
    source: str = ""
    terms: list[str]


class Table(BaseModel):
    """A list of pairs with an id: what stands in the text, and what it stands for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    note: str = ""
    source: str = ""
    rows: dict[str, str]


class DiagnosticRule(BaseModel):
    """A diagnostic of the catalogue: what it is called, how grave it is, and what it says.

    `vi` and `en` name the same `{placeholders}`, which the check fills in, and so do the two hints.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[A-Z]{3}-\d{3}$")
    severity: Literal["E", "W", "I"]
    vi: str
    en: str
    hint_vi: str = ""
    hint_en: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _same_fields(self) -> DiagnosticRule:
        if _placeholders(self.vi) != _placeholders(self.en):
            raise ValueError(f"{self.id}: vi and en do not name the same placeholders")
        if _placeholders(self.hint_vi) != _placeholders(self.hint_en):
            raise ValueError(f"{self.id}: hint_vi and hint_en do not name the same placeholders")
        return self

    @property
    def fields(self) -> frozenset[str]:
        """The placeholders of the message and its hint."""
        return _placeholders(self.vi) | _placeholders(self.hint_vi)


class EffectRule(BaseModel):
    """From when on, and for which body, how many days must lie between adoption and effect."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    levels: list[str]
    days: int


class Thresholds(BaseModel):
    """The figures that the checks compare with. Tables by class have a row `default` for all other classes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    quorum: dict[str, Annotated[str, Field(pattern=r"^>=?\s*\d+/\d+$")]] = {}
    majority: dict[str, Annotated[str, Field(pattern=r"^>=?\s*\d+/\d+$")]] = {}
    term_years: dict[str, list[int]] = {}
    percent_tolerance: float = 0.5
    adoption_gap_days: int = 30
    padded_since: int = 0
    form_since: int = 0
    end_mark_since: int = 0
    adoption_since: dict[str, int] = {}
    effect_days: list[EffectRule] = []
    duplicate_length: int = 0
    legacy_letters: int = 1

    def updated(self, other: Thresholds) -> Thresholds:
        """Returns these figures with those that `other` names in their place; tables are taken row by row."""
        changes: dict[str, Any] = {}
        for name in other.model_fields_set:
            old, new = getattr(self, name), getattr(other, name)
            changes[name] = {**old, **new} if isinstance(old, dict) else new
        return self.model_copy(update=changes)


def _placeholders(message: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(message) if name)


class RuleFile(BaseModel):
    """What one YAML file may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    grammar: ZoneGrammar | None = None
    lines: list[LineRule] = []
    labels: list[LabelRule] = []
    patterns: list[Rule] = []
    terms: list[Terms] = []
    tables: list[Table] = []
    diagnostics: list[DiagnosticRule] = []
    thresholds: Thresholds | None = None


class RuleSet:
    """All rules of one or more folders, by family and id.

    The diagnostics and their thresholds stand in files of their own (`late`), which are read when they are first
    asked for.
    """

    def __init__(self, files: list[RuleFile], late: Sequence[Path] = ()) -> None:
        self._late = late
        self._files = files
        grammar: ZoneGrammar | None = None
        self.lines: dict[str, LineRule] = {}
        self.labels: dict[str, LabelRule] = {}
        self.patterns: dict[str, Rule] = {}
        self.terms: dict[str, Terms] = {}
        self.tables: dict[str, Table] = {}
        for file in files:
            grammar = file.grammar or grammar
            self.lines.update({rule.id: rule for rule in file.lines})
            self.labels.update({rule.id: rule for rule in file.labels})
            self.patterns.update({rule.id: rule for rule in file.patterns})
            self.terms.update({terms.id: terms for terms in file.terms})
            self.tables.update({table.id: table for table in file.tables})
        if grammar is None:
            raise RulesError("no rule file holds a zone grammar")
        self.grammar: ZoneGrammar = grammar

    @cached_property
    def diagnostics(self) -> dict[str, DiagnosticRule]:
        """The catalogue of diagnostics by code.

        Raises:
            RulesError: if a file cannot be read or breaks the schema.
        """
        return {rule.id: rule for file in self._all_files for rule in file.diagnostics}

    @cached_property
    def thresholds(self) -> Thresholds:
        """The figures that the checks compare with.

        Raises:
            RulesError: if a file cannot be read or breaks the schema.
        """
        found = Thresholds()
        for file in self._all_files:
            if file.thresholds is not None:
                found = found.updated(file.thresholds)
        return found

    @cached_property
    def _all_files(self) -> list[RuleFile]:
        return [*(_load_file(path) for path in self._late), *self._files]

    def regex(self, rule_id: str) -> re.Pattern[str]:
        """Returns the compiled pattern of a rule of the family `patterns`."""
        return self.patterns[rule_id].regex

    def words(self, terms_id: str) -> frozenset[str]:
        """Returns the folded terms of a list."""
        return frozenset(fold(term) for term in self.terms[terms_id].terms)

    def all_rules(self) -> list[Rule]:
        """Returns every rule with a pattern."""
        return [*self.lines.values(), *self.labels.values(), *self.patterns.values()]


def by_first(rules: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    """Returns rules by the first character of what they match, so that few of them are tried at a place.

    Args:
        rules: the characters that what a rule matches may begin with, and the rule.
    """
    found: dict[str, list[T]] = {}
    for first, rule in rules:
        for char in first:
            found.setdefault(char, []).append(rule)
    return found


@lru_cache(maxsize=1)
def builtin_folder() -> Path:
    """Returns the folder of the rules that come with nqparse (in the wheel, or beside the source)."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


@lru_cache(maxsize=8)
def load(*folders: Path) -> RuleSet:
    """Returns the built-in rules, with those of `folders` added or put in their place.

    Raises:
        RulesError: if a file cannot be read or breaks the schema.
    """
    files: list[RuleFile] = []
    late: list[Path] = []
    for folder in (builtin_folder(), *folders):
        paths = sorted(folder.glob("*.yaml"))
        if not paths:
            raise RulesError(f"{folder}: no rule files (*.yaml) here")
        # What a user adds is read at once, so that its faults are told at once.
        waiting = [path for path in paths if folder == builtin_folder() and path.name in _LATE]
        late += waiting
        files += [_load_file(path) for path in paths if path not in waiting]
    return RuleSet(files, late)


def _load_file(path: Path) -> RuleFile:
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        data = yaml.load(path.read_text("utf-8"), Loader=loader)
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: cannot be read: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise RulesError(f"{path}:{line}: not YAML: {getattr(error, 'problem', error)}") from None
    try:
        file = RuleFile.model_validate(data or {}, context=_OURS if path.parent == builtin_folder() else None)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RulesError(f"{path}:{_line_of(path, first['loc'])}: {where}: {first['msg']}") from None
    _check_ids(path, file)
    return file


def _check_ids(path: Path, file: RuleFile) -> None:
    seen: set[str] = set()
    rules: list[Rule | Terms | Table | DiagnosticRule] = [
        *file.lines, *file.labels, *file.patterns, *file.terms, *file.tables, *file.diagnostics,
    ]  # fmt: skip
    for rule in rules:
        if rule.id in seen:
            raise RulesError(f"{path}:{_line_of_second(path, rule.id)}: {rule.id}: this id is used twice")
        seen.add(rule.id)


def _line_of_second(path: Path, rule_id: str) -> int:
    """Returns the line of the second rule with this id, or 1 where it is written in a way of its own."""
    lines = path.read_text("utf-8").splitlines()
    written = re.compile(rf"\bid:\s*['\"]?{re.escape(rule_id)}(?![\w.-])")
    return [*(number for number, line in enumerate(lines, 1) if written.search(line)), 1, 1][1]


def _line_of(path: Path, location: tuple[Any, ...]) -> int:
    """Returns the line of a value in a YAML file, as far as its path leads."""
    node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            match = next(((k, v) for k, v in node.value if k.value == part), None)
            if match is None:
                break
            line, node = match[0].start_mark.line + 1, match[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


RuleId = Annotated[str, "the id of a rule"]
