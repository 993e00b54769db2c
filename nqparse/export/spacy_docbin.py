"""spaCy: a folder of DocBin files, as `spacy train` reads them, with entities and the spans of sections and zones.

The tokens are those of `nqparse.spacy_components`, parted at the borders of all spans, so that every span is exact, but
for the space behind its last token, and `doc.text` is the source's text. `doc.user_data` names the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from nqparse.document import Document
from nqparse.export.places import storable
from nqparse.files import whole_file
from nqparse.spacy_components import Component, Tokenizer

# Documents per file, and per vocabulary, which keeps every word that it ever saw.
DOCUMENTS_PER_FILE = 1_000

_ATTRIBUTES = ["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_ID"]
_COMPONENT = Component(align="split")


def doc_of(document: Document, vocab: Vocab) -> Doc:
    """Returns a document as a spaCy Doc: `doc.ents`, `doc.spans["sections"]` and `doc.spans["zones"]`.

    Of overlapping entities the longer one is in `doc.ents`; those in several pieces are left out.
    """
    doc = _COMPONENT.annotate(Tokenizer(vocab)(storable(document.text)), document)
    doc.user_data["source"] = document.source.name
    doc.user_data["sha256"] = document.source.sha256
    return doc


@contextmanager
def writing(folder: Path) -> Iterator[Callable[[Document], None]]:
    """Opens a folder for DocBin files (`docs-00001.spacy` …), and gives the function that takes the documents.

    Raises:
        OutputError: if a file cannot be written.
    """
    part = _Part()
    written = 0

    def put(document: Document) -> None:
        nonlocal part, written
        part.docs.add(doc_of(document, part.vocab))
        if len(part.docs) >= DOCUMENTS_PER_FILE:
            written += 1
            part.write(folder, written)
            part = _Part()

    yield put
    if len(part.docs) or not written:
        part.write(folder, written + 1)


class _Part:
    """The documents of one file."""

    def __init__(self) -> None:
        self.vocab = Vocab()
        self.docs = DocBin(attrs=_ATTRIBUTES, store_user_data=True)

    def write(self, folder: Path, number: int) -> None:
        """Writes the file."""
        with whole_file(folder / f"docs-{number:05}.spacy") as stream:
            stream.write(self.docs.to_bytes())
