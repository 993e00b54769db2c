"""What the checks go by: the catalogue, the thresholds, and words and patterns, made once per rule set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nqparse import ruleset
from nqparse.checks.kinds import KindFinder
from nqparse.ruleset import DiagnosticRule, RuleSet, Thresholds


@dataclass(frozen=True, slots=True, eq=False)
class Config:
    """The settings of one run.

    Attributes:
        rules: the rule set that all of this comes from.
        catalogue: the diagnostics by code.
        thresholds: the figures to compare with.
        kinds: decides what a document is.
        select: codes, or beginnings of codes, to report; empty for all.
        ignore: codes, or beginnings of codes, not to report.
    """

    rules: RuleSet
    catalogue: dict[str, DiagnosticRule]
    thresholds: Thresholds
    kinds: KindFinder
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @property
    def codes(self) -> list[str]:
        """The codes to report."""
        wanted = (code for code in self.catalogue if not self.select or code.startswith(self.select))
        return [code for code in wanted if not code.startswith(self.ignore)]

    @classmethod
    def of(cls, rules: RuleSet | None = None, *, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Config:
        """Returns the settings of a rule set, by default the built-in one.

        Raises:
            nqparse.ruleset.RulesError: if a rule file breaks the schema.
        """
        found = rules if rules is not None else ruleset.load()
        return cls(found, found.diagnostics, found.thresholds, _kinds(found), select, ignore)

    def regex(self, rule_id: str) -> re.Pattern[str]:
        """Returns a pattern of the rules."""
        return self.rules.regex(rule_id)

    def terms(self, rule_id: str) -> list[str]:
        """Returns a list of words of the rules."""
        return self.rules.terms[rule_id].terms

    def table(self, rule_id: str) -> dict[str, str]:
        """Returns a table of the rules."""
        return self.rules.tables[rule_id].rows


@lru_cache(maxsize=8)
def _kinds(rules: RuleSet) -> KindFinder:
    return KindFinder(rules)
