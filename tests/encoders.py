"""Writes Vietnamese in old encodings, as the programs of the time did, and reads what may not be readable."""

from __future__ import annotations

from benchmarks.formats.letters import parts, to_single_byte, to_viqr, to_vni, to_windows_1258
from nqparse.errors import InputError
from nqparse.source import read

__all__ = ["outcome", "parts", "to_single_byte", "to_viqr", "to_vni", "to_windows_1258"]


def outcome(data: bytes, name: str) -> tuple[str | None, InputError | None]:
    """Reads an input to its text or to the error that says why there is none."""
    try:
        return read(data, name=name).text, None
    except InputError as error:
        return None, error
