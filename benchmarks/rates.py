"""How often each diagnostic fires: `python -m benchmarks.rates [--show CODE] DIR…`.

Every text file (.txt, .md) below the folders is parsed and checked. The table gives, for each code, in how many of the
documents it fires, how often in all, and how often per document. `--show` prints where a code fires, to read it: what
the text does not deserve is a false alarm.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nqparse.checks import Config, run_checks
from nqparse.document import Diagnostic, Document
from nqparse.pipeline import parse

SUFFIXES = (".txt", ".md")
AROUND = 30  # characters shown on both sides of a finding


@dataclass
class Rates:
    """Counts over documents. `documents` and `findings` are by code, `severities` by (code, severity)."""

    total: int = 0
    characters: int = 0
    seconds: float = 0.0
    documents: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    severities: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, document: Document, found: list[Diagnostic], seconds: float) -> None:
        self.total += 1
        self.characters += len(document.text)
        self.seconds += seconds
        self.documents.update({finding.code for finding in found})
        self.findings.update(finding.code for finding in found)
        self.severities.update((finding.code, finding.severity) for finding in found)

    def table(self) -> str:
        """Returns the table as Markdown."""
        lines = ["| code | severity | documents | findings | per document |", "| --- | --- | ---: | ---: | ---: |"]
        for code in sorted(self.findings):
            severity = "/".join(sorted({s for c, s in self.severities if c == code}))
            count = self.findings[code]
            lines.append(f"| {code} | {severity} | {self.documents[code]} | {count} | {count / self.total:.2f} |")
        grave = sum(count for (_, severity), count in self.severities.items() if severity in "EW")
        lines.append(
            f"\n{self.total} documents, {self.characters:,} characters: {grave / max(1, self.total):.2f} findings of "
            f"severity E or W per document; {self.seconds / max(1, self.characters) * 1e9:.0f} ns per character"
            " (the reading order, which a parse has at hand, is made again)"
        )
        return "\n".join(lines)


def texts(folders: list[Path]) -> Iterator[Path]:
    """Yields the text files below the folders."""
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rates", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--show", action="append", default=[], metavar="CODE", help="print where this code fires")
    arguments = parser.parse_args()
    config, rates = Config.of(), Rates()
    for path in texts(arguments.folders):
        document = parse(path.read_bytes().decode("utf-8", errors="replace"), name=str(path))
        start = time.perf_counter()
        found = run_checks(document, config=config)
        rates.add(document, found, time.perf_counter() - start)
        for finding in found:
            if finding.code.startswith(tuple(arguments.show) or ("?",)):
                low, high = finding.start or 0, finding.end or 0
                around = document.text[max(0, low - AROUND) : high + AROUND]
                print(f"{path}: {finding.code} {finding.severity} {finding.message_en} | {around!r}")
    print(rates.table())


if __name__ == "__main__":
    main()
