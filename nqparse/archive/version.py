"""By what a document was parsed: the version of nqparse, with the settings that are not its own."""

from __future__ import annotations

import hashlib
from pathlib import Path

from nqparse import __version__


def parser_version(*, rules: Path | None = None, encoding: str | None = None, ocr: str = "auto") -> str:
    """Returns what tells readings of the same bytes apart: "0.1.0", "0.1.0 rules:4f2a90c1 encoding:tcvn3".

    Args:
        rules: the folder of rules that were added; a digest of what is in it becomes part of the version.
        encoding: the encoding that was forced.
        ocr: how pages that are pictures were read.
    """
    parts = [__version__]
    if rules is not None:
        digest = hashlib.sha256()
        for file in sorted(rules.glob("*.yaml")):
            data = file.read_bytes()
            digest.update(f"{file.name}\0{len(data)}\0".encode())
            digest.update(data)
        parts.append(f"rules:{digest.hexdigest()[:8]}")
    if encoding is not None:
        parts.append(f"encoding:{encoding.lower()}")
    if ocr != "auto":
        parts.append(f"ocr:{ocr}")
    return " ".join(parts)
