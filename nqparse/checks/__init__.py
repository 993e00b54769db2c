"""Checks: what in a document contradicts itself, is missing or looks wrong, told as coded diagnostics.

    run_checks ─▶ Case (document + what is worked out of it) ─▶ every registered check ─▶ Finding ─▶ Diagnostic

A check is one function, named after its code, in the module of its group. It reads the document, alters nothing and
yields findings; the catalogue (`rules/diagnostics.yaml`) gives them severity and words. A sound document gives none.
"""

from __future__ import annotations

from collections.abc import Iterator

from nqparse.checks import (
    attendance_votes,
    citations,
    dates,
    duplicates,
    figures,
    formula_end,
    header,
    names_abbreviations,
    numbering,
    orthography,
    periods,
    recipients_signatures,
    structure,
    symbols,
    terms,
)
from nqparse.checks.case import Case
from nqparse.checks.config import Config
from nqparse.checks.registry import CHECKS, Finding
from nqparse.document import Diagnostic, Document
from nqparse.structure.lines import Flow

__all__ = ["CHECKS", "GROUPS", "Config", "run_checks"]

# The modules of checks, in the order of the catalogue.
GROUPS = (
    attendance_votes, terms, numbering, structure, header, symbols, dates, periods, citations,
    recipients_signatures, formula_end, names_abbreviations, orthography, figures, duplicates,
)  # fmt: skip


def run_checks(document: Document, *, config: Config | None = None, flow: Flow | None = None) -> list[Diagnostic]:
    """Examines a document.

    Args:
        document: a parsed document, with its entities and facts.
        config: rules, thresholds, and which codes to report; by default the built-in rules and all codes.
        flow: the text in reading order that the document was parsed from, if it is at hand; without it it is made
            again.

    Returns:
        The diagnostics, by place and code; those that concern the whole document come first.
    """
    case = Case(document, config if config is not None else Config.of(), flow)
    return sorted(_diagnostics(case), key=lambda found: (-1 if found.start is None else found.start, found.code))


def _diagnostics(case: Case) -> Iterator[Diagnostic]:
    for code in case.config.codes:
        check = CHECKS.get(code)
        if check is not None and check.applies(case):
            for finding in check.run(case):
                yield _diagnostic(case, code, finding)


def _diagnostic(case: Case, code: str, finding: Finding) -> Diagnostic:
    says = case.config.catalogue[code]
    fields = dict.fromkeys(says.fields, "") | finding.fields
    return Diagnostic.made(
        code=code,
        severity=finding.severity or says.severity,
        message=says.vi.format_map(fields),
        message_en=says.en.format_map(fields),
        start=finding.start,
        end=finding.end,
        spans=list(finding.spans),
        hint=says.hint_vi.format_map(fields) or None,
        hint_en=says.hint_en.format_map(fields) or None,
    )
