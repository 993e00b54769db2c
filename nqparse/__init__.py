r"""nqparse turns Vietnamese resolutions (nghị quyết) into validated, source-anchored JSON.

    >>> import nqparse
    >>> document = nqparse.parse("NGHỊ QUYẾT\nVề việc thử\nĐiều 1. Thông qua.")
    >>> document.body[0].label
    'Điều 1.'

Names are loaded when they are first used, so that `import nqparse` is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nqparse.archive.archive import Archive
    from nqparse.document import Document
    from nqparse.pipeline import parse, parse_file

__version__ = "0.1.0"
__all__ = ["Archive", "Document", "__version__", "parse", "parse_file"]

_HOMES = {
    "Archive": "nqparse.archive.archive", "Document": "nqparse.document", "parse": "nqparse.pipeline",
    "parse_file": "nqparse.pipeline",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
