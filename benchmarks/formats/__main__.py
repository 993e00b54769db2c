"""`python -m benchmarks.formats [WORD …]` prints what differs, by specimen, for renderings with these words."""

from __future__ import annotations

import sys

from benchmarks.formats import CannotRenderError, renderings, specimens, try_out


def main(words: list[str]) -> int:
    """Prints the differences; returns 1 if there are any."""
    sheets, count = specimens(), 0
    for name, rendering, lacking in renderings():
        if rendering is None or lacking:
            print(f"skipped: {name}: {lacking} is not installed", file=sys.stderr)
            continue
        if words and not any(word.lower() in name.lower() for word in words):
            continue
        for sheet in sheets:
            try:
                outcome = try_out(rendering, sheet)
            except CannotRenderError as error:
                print(f"{name}: {sheet.name}: cannot be written so: {error}")
                continue
            count += bool(outcome.faults)
            for fault in outcome.faults:
                print(f"{name}: {sheet.name}: {fault}")
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
