"""The texts that are measured on: the shared texts where they are at hand, else the project's specimens."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from nqparse import parse
from nqparse.document import Document, Section
from nqparse.errors import InputError
from nqparse.source import read

ROOT = Path(__file__).resolve().parent.parent
SPECIMEN = "corpus/assoc-mirror/source.txt"
_SHARED = ROOT.parent / "shared" / "corpus"
GOLD, RAW = _SHARED / "gold", _SHARED / "raw"
SPECIMENS = ROOT / "corpus"
_ENDINGS = (".txt", ".md")

_BASE_LENGTH = 10_000  # of the document that is made longer, about
_ARTICLE = re.compile(r"(\D+)(\d+)")


class Texts(NamedTuple):
    """Texts and what to call them in a table."""

    name: str
    texts: list[str]

    @property
    def size(self) -> int:
        """The number of characters."""
        return sum(map(len, self.texts))


def load() -> Texts:
    """Returns the texts to measure on, in the order of their paths."""
    # Specimens lie one level below the folder of their collection; what lies beside them is no specimen.
    files = [f for part in (GOLD, RAW) for f in sorted(part.glob("*/*"))]
    shared = _read([f for f in files if f.suffix in _ENDINGS])
    if shared:
        return Texts("the shared texts", shared)
    return Texts("the specimens", _read(sorted(SPECIMENS.glob("*/source.txt"))))


def _read(files: list[Path]) -> list[str]:
    texts = []
    for file in files:
        try:
            texts.append(read(file).text)
        except InputError:
            continue  # a format that cannot be read yet
    return texts


def base(texts: list[str]) -> str:
    """Returns the text to make longer documents of: of middle length, in articles that run from 1 on."""
    for text in sorted(texts, key=lambda text: (abs(len(text) - _BASE_LENGTH), text)):
        numbers = [article.ordinal for article in _articles(parse(text))]
        if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)):
            return text
    raise LookupError("no text with a body of articles to make longer")


def longer(text: str, times: int) -> str:
    """Returns the document about `times` times as long: its body again and again, the articles' numbers running on."""
    document = parse(text)
    articles = _articles(document)
    start, end = articles[0].start, document.body[-1].end
    stops = [after.start for _, after in pairwise(articles)] + [end]
    pieces = [text[article.start : stop] for article, stop in zip(articles, stops, strict=True)]
    copies = 1 + round((times - 1) * len(text) / (end - start))
    bodies = ("".join(_renumbered(piece, copy * len(articles)) for piece in pieces) for copy in range(copies))
    return text[:start] + "\n\n".join(bodies) + text[end:]


def _articles(document: Document) -> list[Section]:
    return [section for section in document.body if section.kind == "article"]


def _renumbered(article: str, offset: int) -> str:
    return _ARTICLE.sub(lambda match: f"{match[1]}{int(match[2]) + offset}", article, count=1)
