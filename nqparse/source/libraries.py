"""Which of the libraries that only some formats need are there."""

from __future__ import annotations

from importlib.util import find_spec


def is_installed(module: str) -> bool:
    """Tells whether there is a module of this name, without loading it."""
    try:
        return find_spec(module) is not None
    except ValueError:  # something else bears its name
        return False
