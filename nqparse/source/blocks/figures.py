"""The figures that lists are numbered with."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST_ROMAN = 3999
_MOST_REPEATED = 20
_ALPHABET = 26


def roman(number: int) -> str:
    """Returns a number in small Roman figures; in digits where there are none for it."""
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    figure = ""
    for value, signs in _ROMAN:
        count, number = divmod(number, value)
        figure += signs * count
    return figure


def letters(number: int) -> str:
    """Returns a number in small letters as browsers count: a … z, aa, ab …; in digits where there are none for it."""
    figure = "" if number > 0 else str(number)
    while number > 0:
        number, rest = divmod(number - 1, _ALPHABET)
        figure = chr(ord("a") + rest) + figure
    return figure


def repeated_letters(number: int) -> str:
    """Returns a number in small letters as Word counts: a … z, aa, bb …; in digits where there are none for it."""
    times, rest = divmod(number - 1, _ALPHABET)
    if not 0 <= times < _MOST_REPEATED:
        return str(number)
    return chr(ord("a") + rest) * (times + 1)
