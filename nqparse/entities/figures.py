"""Figures: the value of a number in digits with its separators, and numbers written in normal form."""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_LONGEST = 60  # characters; what is longer counts nothing
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3}){2,}")


def value_of(figures: str, *, whole: bool = False) -> Decimal | None:
    """Returns the value of figures, or None where they make no number (damaged, or "1.2.3").

    Points part thousands and a comma the decimals ("1.234,5"), or the other way round where both stand. A single
    point that does not part three digits is a decimal point; a single comma before three digits parts thousands
    only with `whole`, for what is never counted in parts.
    """
    if len(figures) > _LONGEST or not NUMBER.fullmatch(figures):
        return None
    if "," in figures and "." in figures:
        mark = "," if figures.rindex(",") > figures.rindex(".") else "."
        head, tail = figures.rsplit(mark, 1)
        return Decimal(f"{head.replace('.', '').replace(',', '')}.{tail}")
    if _THOUSANDS.fullmatch(figures) and figures[0] != "0":
        return Decimal(figures.replace(".", "").replace(",", ""))
    if figures.count(".") + figures.count(",") > 1:
        return None
    head, mark, tail = figures.replace(",", ".").partition(".")
    return Decimal(head + tail) if whole and "," in figures and len(tail) == 3 else Decimal(head + mark + tail)


def plain(number: Decimal) -> str:
    """Returns a number without an exponent and without idle zeros ("2500", "28202.78")."""
    return str(int(number)) if number == number.to_integral_value() else f"{number.normalize():f}"


def with_point(figures: str) -> str | None:
    """Returns figures as written, but with a decimal point and without leading zeros or thousands marks."""
    number = value_of(figures)
    if number is None or _THOUSANDS.fullmatch(figures):
        return None if number is None else plain(number)
    head, point, tail = figures.replace(",", ".").partition(".")
    return f"{int(head)}{point}{tail}"
