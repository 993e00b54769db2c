"""CoNLL-U Plus: one token per line, with its place, its zone and its entity in the BIO scheme.

The columns are `ID FORM START END ZONE NER`, parted by tabs; START and END count the code points of the source, so that
every line leads back to it. A line of the source is a sentence, unless an entity runs on to the next one. White space
is no token.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nqparse.document import Document
from nqparse.export.brief import visible
from nqparse.export.places import encoded
from nqparse.files import whole_file

COLUMNS = ("ID", "FORM", "START", "END", "ZONE", "NER")

# A vocabulary keeps every word that it ever saw.
_DOCUMENTS_PER_VOCABULARY = 500


@contextmanager
def writing(target: Path) -> Iterator[Callable[[Document], None]]:
    """Opens a CoNLL file, and gives the function that takes the documents.

    Raises:
        OutputError: if the file cannot be written.
    """
    from spacy.vocab import Vocab  # noqa: PLC0415  (slow to load)

    from nqparse.export.spacy_docbin import doc_of  # noqa: PLC0415

    with whole_file(target) as stream:
        stream.write(encoded(f"# global.columns = {' '.join(COLUMNS)}\n"))
        vocab, count = Vocab(), 0

        def put(document: Document) -> None:
            nonlocal vocab, count
            if count == _DOCUMENTS_PER_VOCABULARY:
                vocab, count = Vocab(), 0
            count += 1
            stream.write(encoded("".join(_lines(document, doc_of(document, vocab)))))

        yield put


def _lines(document: Document, doc: Any) -> Iterator[str]:
    name = " ".join((document.source.name or "document").split())
    yield f"# newdoc id = {visible(name)}\n"
    if document.source.sha256:
        yield f"# sha256 = {document.source.sha256}\n"
    starts = [zone.start for zone in document.zones]
    number = 0
    for token in doc:
        if token.text.isspace():
            breaks = "\n" in token.text or "\r" in token.text
            if number and breaks and token.ent_iob_ not in ("B", "I"):
                number = 0
                yield "\n"
            continue
        number += 1
        zone = document.zones[bisect_right(starts, token.idx) - 1].kind
        tag = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
        end = token.idx + len(token.text)
        yield f"{number}\t{visible(token.text)}\t{token.idx}\t{end}\t{zone}\t{tag}\n"
    yield "\n"
