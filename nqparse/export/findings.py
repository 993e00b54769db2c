"""Diagnostics for people and for tools: lines like a linter's, GitHub annotations, JSON and SARIF.

Lines and columns count from 1, columns in characters (code points). A finding that concerns the whole document
stands at its first character.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from nqparse import __version__
from nqparse.document import Diagnostic, Document
from nqparse.errors import Language
from nqparse.ruleset import DiagnosticRule

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_FIELD = re.compile(r"\{\w+\}")
_UNNAMED = "<text>"
_LEVELS = {"E": "error", "W": "warning", "I": "note"}
_ANNOTATIONS = {"E": "error", "W": "warning", "I": "notice"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# What the values and the message of a GitHub annotation must not hold as it is.
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_VALUE = _IN_MESSAGE | {":": "%3A", ",": "%2C"}


@dataclass(frozen=True, slots=True)
class Region:
    """A place as editors count it; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """Turns offsets of one text into lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]

    def region(self, start: int | None, end: int | None) -> Region:
        """Returns the region of a span; without one, the first character."""
        low = start or 0
        line, column = self._place(low)
        end_line, end_column = self._place(end if end is not None else low)
        return Region(line, column, end_line, end_column)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def message_of(finding: Diagnostic, language: Language) -> str:
    """Returns the message in a language; in both, English comes first."""
    if language == "vi":
        return finding.message
    return finding.message_en if language == "en" else f"{finding.message_en} / {finding.message}"


def to_lines(document: Document, findings: Iterable[Diagnostic], *, language: Language = "both") -> list[str]:
    """Returns one line for each finding: `file:line:col: CODE message`."""
    places, name = Places(document.text), _name(document)
    return [
        f"{name}:{region.line}:{region.column}: {finding.code} {message_of(finding, language)}"
        for finding in findings
        for region in [places.region(finding.start, finding.end)]
    ]


def to_github(document: Document, findings: Iterable[Diagnostic], *, language: Language = "both") -> list[str]:
    """Returns one workflow command for each finding, which GitHub shows beside the file."""
    places, name = Places(document.text), _name(document)
    lines = []
    for finding in findings:
        region = places.region(finding.start, finding.end)
        values = {"file": name, "line": region.line, "endLine": region.end_line, "col": region.column}
        if region.end_line == region.line:
            values["endColumn"] = region.end_column
        values["title"] = finding.code
        shown = ",".join(f"{key}={_escaped(str(value), _IN_VALUE)}" for key, value in values.items())
        message = _escaped(message_of(finding, language), _IN_MESSAGE)
        lines.append(f"::{_ANNOTATIONS[finding.severity]} {shown}::{message}")
    return lines


def to_json(checked: Iterable[tuple[Document, list[Diagnostic]]]) -> str:
    """Returns a JSON array with one object for each finding of all documents."""
    found: list[dict[str, Any]] = []
    for document, findings in checked:
        places = Places(document.text)
        for finding in findings:
            region = places.region(finding.start, finding.end)
            place = {"file": _name(document), "line": region.line, "column": region.column}
            end = {"end_line": region.end_line, "end_column": region.end_column}
            found.append(place | end | finding.model_dump(mode="json"))
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def to_sarif(
    checked: Iterable[tuple[Document, list[Diagnostic]]],
    catalogue: Mapping[str, DiagnosticRule],
    *,
    language: Language = "both",
) -> str:
    """Returns a SARIF 2.1.0 log of all documents.

    Args:
        checked: the documents with their findings.
        catalogue: the diagnostics by code; the log describes those that were found.
        language: the language of the messages.
    """
    results: list[dict[str, Any]] = []
    codes: dict[str, int] = {}
    for document, findings in checked:
        places = Places(document.text)
        for finding in findings:
            index = codes.setdefault(finding.code, len(codes))
            results.append(_result(document, places, finding, index, language))
    driver = {
        "name": "nqparse",
        "version": __version__,
        "rules": [_sarif_rule(catalogue[code]) for code in codes if code in catalogue],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _sarif_rule(rule: DiagnosticRule) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": _FIELD.sub("…", rule.en)},
        "fullDescription": {"text": _FIELD.sub("…", rule.vi)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    if rule.hint_en:
        described["help"] = {"text": _FIELD.sub("…", f"{rule.hint_en} / {rule.hint_vi}")}
    return described


def _result(document: Document, places: Places, finding: Diagnostic, index: int, language: Language) -> dict[str, Any]:
    uri = quote(_name(document).replace("\\", "/"))
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": message_of(finding, language)},
        "locations": [_location(uri, places.region(finding.start, finding.end))],
    }
    if len(finding.spans) > 1:
        result["relatedLocations"] = [_location(uri, places.region(*span)) for span in finding.spans[1:]]
    return result


def _location(uri: str, region: Region) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {
                "startLine": region.line,
                "startColumn": region.column,
                "endLine": region.end_line,
                "endColumn": region.end_column,
            },
        }
    }


def _name(document: Document) -> str:
    return document.source.name or _UNNAMED


def _escaped(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(char, char) for char in text)
