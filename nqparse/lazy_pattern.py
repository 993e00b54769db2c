"""Lazy patterns: regular expressions that are compiled when they are first used.

Compiling all rules takes longer than parsing a resolution, which needs half of them.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "split", "sub")


class LazyPattern:
    """Stands for a compiled pattern; after its first use it costs nothing more than one."""

    def __init__(self, source: str) -> None:
        """Keeps the source of a pattern."""
        self._source = source

    @classmethod
    def of(cls, source: str) -> re.Pattern[str]:
        """Returns a pattern that is compiled when it is first used; `re.error` is raised then."""
        return cast("re.Pattern[str]", cls(source))

    def __getattr__(self, name: str) -> Any:
        # Only asked for what is not there yet, so only once.
        compiled = re.compile(self._source)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)
