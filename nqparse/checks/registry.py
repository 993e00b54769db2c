"""The registry: every check is one function, known by the code of the diagnostic that it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from nqparse.document import Located, Severity

if TYPE_CHECKING:
    from nqparse.checks.case import Case


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found; the catalogue turns it into a diagnostic.

    Attributes:
        start: where it begins in the source text, None if it concerns the whole document.
        end: where it ends.
        fields: what the message's placeholders stand for.
        spans: all places, where there are several.
        severity: the severity in this case, where it is not the catalogue's.
    """

    start: int | None = None
    end: int | None = None
    fields: dict[str, object] = field(default_factory=dict)
    spans: tuple[tuple[int, int], ...] = ()
    severity: Severity | None = None

    @classmethod
    def at(cls, place: Located | None, severity: Severity | None = None, **fields: object) -> Finding:
        """Returns a finding at a located value; without one it concerns the whole document."""
        if place is None:
            return cls(fields=fields, severity=severity)
        return cls(place.start, place.end, fields, severity=severity)

    @classmethod
    def all_at(cls, spans: list[tuple[int, int]], severity: Severity | None = None, **fields: object) -> Finding:
        """Returns one finding for several places; it stands at the first of them."""
        return cls(*spans[0], fields, tuple(spans) if len(spans) > 1 else (), severity)


Check: TypeAlias = "Callable[[Case], Iterator[Finding]]"
Applies: TypeAlias = "Callable[[Case], bool]"


@dataclass(frozen=True, slots=True)
class Registered:
    """A check and the documents that it makes sense for."""

    code: str
    run: Check
    applies: Applies


CHECKS: dict[str, Registered] = {}


def check(applies: Applies) -> Callable[[Check], Check]:
    """Registers a check under the code that its name says: `att_001` gives ATT-001.

    Args:
        applies: tells whether the check makes sense for a document (`nqparse.checks.case`).
    """

    def register(function: Check) -> Check:
        code = function.__name__.upper().replace("_", "-")
        if code in CHECKS:
            raise ValueError(f"{code} is registered twice")
        CHECKS[code] = Registered(code, function, applies)
        return function

    return register
