"""The examiner: what the reader of a file noticed and what the checks find, as the diagnostics of a document."""

from __future__ import annotations

from collections.abc import Sequence

from nqparse.checks import Config, run_checks
from nqparse.checks.readings import doubtful_readings
from nqparse.document import Diagnostic, Document
from nqparse.ruleset import RuleSet
from nqparse.source.pages import Pages
from nqparse.source.result import SourceFinding
from nqparse.structure.lines import Flow


class Examiner:
    """Examines documents. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._config = Config.of(rules)

    def examine(
        self, document: Document, flow: Flow, findings: Sequence[SourceFinding], pages: Pages | None = None
    ) -> list[Diagnostic]:
        """Returns the diagnostics of a document: first those of its file, then those of its text by place."""
        doubts = doubtful_readings(document, pages) if pages is not None else ()
        read = [
            Diagnostic(
                code=finding.code,
                severity=self._config.catalogue[finding.code].severity,
                message=finding.vi,
                message_en=finding.en,
                start=finding.start,
                end=finding.end,
            )
            for finding in (*findings, *doubts)
        ]
        return [*read, *run_checks(document, config=self._config, flow=flow)]
