"""`python -m benchmarks.archive.copies`: how many copies of resolutions are found, as OCR reads a scan of them.

Each copy stands beside look-alikes that are other resolutions.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.archive.writing import documents
from benchmarks.noise import Damage
from nqparse import Archive, parse
from nqparse.archive.duplicates import Record

_COUNT, _SHARE, _RATES = 700, 0.3, (0.0, 0.02, 0.05, 0.1)
_FIGURE = re.compile(r"\d\d+")
_NUMBER = re.compile(r"(Số:? |số )(\d+)")
_NAME = re.compile(r"(?m)^(\S+ \S+ \S+)$")


def texts(count: int, share: float, rate: float, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yields names and texts; those of the same resolution have the same name up to the dot.

    Every document with a copy has two look-alikes, too: the next number of the same day, with another person in it, and
    one of the next year, written after the same pattern with other figures.

    Args:
        count: how many resolutions.
        share: of them, those with a copy.
        rate: the share of letters that are wrong in a copy.
        seed: of all that is left to chance.
    """
    made = random.Random(seed)
    for item in documents(count, seed):
        yield f"{item.name}.txt", item.text
        if made.random() < share:
            yield f"{item.name}.scan", Damage(item.text, rate, seed).text
            yield f"{item.name}-next.txt", next_number(item.text, item.symbol, item.signer)
            yield f"{item.name}-year.txt", next_year(item.text, item.date or "", made)


def next_number(text: str, symbol: str, signer: str) -> str:
    """Returns the resolution of the same session with the next number, which differs in one name only."""
    number = re.match(r"\d+", symbol)
    assert number is not None
    following = f"{int(number[0]) + 61:0{len(number[0])}d}{symbol[number.end() :]}"
    return text.replace(symbol, following).replace(signer, "Tô Thị Hoài")


def next_year(text: str, date: str, made: random.Random) -> str:
    """Returns the resolution of the year after, with the same words and other figures in its body."""
    year = int(date[:4] or 2010)
    head, formula, body = text.partition(":\nĐiều 1") if ":\nĐiều 1" in text else text.partition("QUYẾT NGHỊ")
    # Those of one digit are labels as often as not.
    body = _FIGURE.sub(lambda figure: str(made.randrange(10 ** len(figure[0]))), body)
    return (head + formula + body).replace(str(year), str(year + 1))


def fill(archive: Archive, items: Iterator[tuple[str, str]]) -> int:
    """Parses texts into an archive; returns how many pairs of files hold the same resolution."""
    copies: dict[str, int] = {}
    for name, text in items:
        archive.put(parse(text, name=name), Path("/") / name)
        copies[name.partition(".")[0]] = copies.get(name.partition(".")[0], 0) + 1
    return sum(number * (number - 1) // 2 for number in copies.values())


def quality(records: list[Record], pairs: int) -> tuple[float, float]:
    """Returns precision and recall over pairs of files."""
    found = [pair for record in records for pair in combinations(record.sources, 2)]
    right = sum(one.partition(".")[0] == other.partition(".")[0] for one, other in found)
    return right / len(found) if found else 1.0, right / pairs if pairs else 1.0


def main() -> None:
    """Prints precision and recall for several shares of wrong letters."""
    for rate in _RATES:
        with TemporaryDirectory() as folder, Archive(folder, mode="a") as archive:
            pairs = fill(archive, texts(_COUNT, _SHARE, rate, seed=3))
            precision, recall = quality(archive.duplicates(), pairs)
        print(f"{rate:.0%} wrong letters: {pairs} copies, precision {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main()
