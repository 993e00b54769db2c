"""Writes a made-up archive: `python -m benchmarks.archive FOLDER --documents 20000`."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.archive.files import write


def main() -> None:
    """Writes the files and says how many."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the files go")
    parser.add_argument("--documents", type=int, default=20_000, metavar="N", help="how many documents (20000)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="other seeds give other documents (1)")
    parser.add_argument("--mixed", action="store_true", help="write some as web pages and Word files")
    options = parser.parse_args()
    size = write(options.folder, options.documents, options.seed, mixed=options.mixed)
    print(f"{options.documents} documents, {size:,} bytes")


if __name__ == "__main__":
    main()
