"""Which of the libraries that only some formats need are there, and what to say where one is missing."""

from __future__ import annotations

from importlib.util import find_spec

from nqparse.errors import InputError, UnsupportedFormatError
from nqparse.source.detect import Format
from nqparse.source.result import input_error


def is_installed(module: str) -> bool:
    """Tells whether there is a module of this name, without loading it."""
    try:
        return find_spec(module) is not None
    except ValueError:  # something else bears its name
        return False


def missing(name: str | None, found: Format, library: str, extra: str) -> InputError:
    """Returns the error for an input that cannot be read for want of a library.

    Args:
        name: the name of the input, if it has one.
        found: its format.
        library: what is not installed.
        extra: the extra of the package that brings it.
    """
    return input_error(
        name,
        f"this is {found.en}; to read it, nqparse needs the library {library}, which is not installed",
        f"đây là {found.vi}; để đọc tệp này, nqparse cần thư viện {library} nhưng chưa được cài đặt",
        hint_en=f"Install it with: pip install 'nqparse[{extra}]'",
        hint_vi=f"Hãy cài bằng lệnh: pip install 'nqparse[{extra}]'",
        kind=UnsupportedFormatError,
    )
