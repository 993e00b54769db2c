"""Writes the table of specimens in `corpus/README.md` from their `meta.json`.

`python corpus/index.py` writes it; with `--check` it exits with 1 if the table is out of date.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent
README = CORPUS / "README.md"
BEGIN = "<!-- Made by corpus/index.py from the meta.json files. Do not edit between these marks by hand. -->"
END = "<!-- end of the table -->"

# The classes, in the order of the table.
CLASSES = {
    "qh": "National Assembly (Quốc hội)",
    "ubtvqh": "Standing Committee of the National Assembly",
    "cp": "Government (Chính phủ)",
    "hdtp": "Council of Judges of the Supreme People's Court",
    "nqlt": "joint resolutions (nghị quyết liên tịch)",
    "hdnd_qppl": "People's Councils, normative",
    "hdnd_cb": "People's Councils, on a single matter",
    "ubnd": "People's Committees, an anomaly that exists",
    "council": "councils of schools and state companies",
    "party": "Party committees",
    "party_congress": "Party congresses",
    "union": "trade unions",
    "youth": "Youth Union",
    "mass": "Fatherland Front and mass organisations",
    "assoc": "associations",
    "co_agm": "general meetings of shareholders",
    "co_board": "boards of companies",
    "old": "before the drafting rules of today",
    "neg": "documents that are no resolution",
}


def specimens() -> list[tuple[str, dict[str, Any]]]:
    """Returns the name and the record of every specimen, by class and name."""
    found = [(file.parent.name, json.loads(file.read_text("utf-8"))) for file in CORPUS.glob("*/meta.json")]
    order = list(CLASSES)
    return sorted(found, key=lambda pair: (order.index(pair[1]["class"]), pair[0]))


def table() -> str:
    """Returns the table in Markdown."""
    rows = specimens()
    lines = [
        f"{len(rows)} specimens in {len({meta['class'] for _, meta in rows})} classes.",
        "",
        "| Class | Specimen | What it is | Hazards in it |",
        "| --- | --- | --- | --- |",
    ]
    for name, meta in rows:
        hazards = "; ".join(map(_in_words, meta["hazards"]))
        cells = (CLASSES[meta["class"]], f"[{name}]({name}/source.txt)", meta["title"], hazards)
        lines.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    return "\n".join(lines)


def _in_words(hazard: str) -> str:
    """Returns "hard-wrap-72" as "hard wrap 72"; what has spaces already stays."""
    return hazard if " " in hazard else hazard.replace("-", " ")


def page() -> str:
    """Returns the README with the table as it should be."""
    text = README.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{README.name}: the marks around the table are missing")
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Writes the table, or checks it; returns the exit code."""
    wanted = page()
    if README.read_text("utf-8") == wanted:
        return 0
    if "--check" in arguments:
        print("corpus/README.md is out of date; run: python corpus/index.py", file=sys.stderr)
        return 1
    README.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
