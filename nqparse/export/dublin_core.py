"""Dublin Core: one XML file with a record per document, in the terms of the DCMI (`dc:` and `dcterms:`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nqparse.document import DocRefEntity, Document, OrgEntity, PlaceEntity
from nqparse.export.akn_identity import identity_of
from nqparse.export.places import encoded
from nqparse.export.xml_writing import DECLARATION, XmlWriter
from nqparse.files import whole_file

_NAMESPACES = {
    "xmlns": "urn:nqparse:records",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_DAY = "dcterms:W3CDTF"
_URI = "dcterms:URI"
# What a document does to another one, in the words of Dublin Core.
_RELATIONS = {"replaces": "dcterms:replaces", "repeals": "dcterms:replaces", "based_on": "dcterms:requires"}

Term = tuple[str, str, str | None]


def terms_of(document: Document) -> list[Term]:
    """Returns the terms of a document: (element, value, encoding scheme), each once, in a fixed order."""
    return list(dict.fromkeys((tag, value, scheme) for tag, value, scheme in _terms(document) if value))


def _terms(document: Document) -> Iterator[tuple[str, str | None, str | None]]:
    header, facts, source = document.header, document.facts, document.source
    identity = identity_of(document)
    doc_type = header.doc_type.value if header.doc_type else None
    if not identity.doubt:
        yield "dc:identifier", identity.work, _URI
    yield "dc:identifier", header.symbol.normalized if header.symbol else None, None
    if header.title:
        yield "dc:title", f"{doc_type.capitalize()} {header.title.value}" if doc_type else header.title.value, None
    yield "dc:creator", header.issuer.name if header.issuer else None, None
    for signature in document.signatures:
        yield "dc:contributor", signature.name.text if signature.name else None, None
    yield "dc:type", doc_type, None
    yield "dc:type", "Text", "dcterms:DCMIType"
    # The language is that of the words by which the document was read.
    yield "dc:language", "vi" if doc_type else None, "dcterms:RFC4646"
    yield "dcterms:issued", header.date.value if header.date else None, _DAY
    yield "dcterms:dateAccepted", facts.adopted_on, _DAY
    if facts.effective_on or facts.expires_on:
        limits = (("start", facts.effective_on), ("end", facts.expires_on))
        yield "dcterms:valid", " ".join(f"{name}={day};" for name, day in limits if day), "dcterms:Period"
    for recipient in document.recipients:
        yield "dcterms:audience", recipient.name, None
    related = {}
    for relation in document.relations:
        if relation.source is None and relation.target and relation.kind in _RELATIONS:
            related[relation.target] = _RELATIONS[relation.kind]
            yield _RELATIONS[relation.kind], relation.target, _URI
    for entity in document.entities:
        if isinstance(entity, DocRefEntity) and entity.value.id and entity.value.id not in related:
            yield "dcterms:references", entity.value.id, _URI
        elif isinstance(entity, OrgEntity):
            yield "dc:subject", entity.value.name, None
        elif isinstance(entity, PlaceEntity):
            yield "dcterms:spatial", " ".join(entity.text.split()), None
        elif entity.type == "PERIOD" and entity.value:
            start, _, end = str(entity.value).partition("/")
            yield "dcterms:temporal", f"start={start}; end={end};", "dcterms:Period"
    for appendix in document.appendices:
        named = (appendix.marker.text, appendix.title.value if appendix.title else "")
        yield "dcterms:hasPart", " ".join(" ".join(named).split()), None
    yield "dc:format", source.media_type, "dcterms:IMT"
    yield "dc:source", source.name, None
    yield "dc:identifier", f"urn:sha256:{source.sha256}" if source.sha256 else None, _URI


@contextmanager
def writing(target: Path) -> Iterator[Callable[[Document], None]]:
    """Opens a file for records, and gives the function that takes the documents.

    Raises:
        OutputError: if the file cannot be written.
    """
    with whole_file(target) as stream:
        out = XmlWriter()
        out.open("records", _NAMESPACES)
        stream.write(encoded(f"{DECLARATION}{out.taken()}\n"))

        def put(document: Document) -> None:
            out.open("record")
            for tag, value, scheme in terms_of(document):
                out.line_break()
                out.leaf(tag, value, {"xsi:type": scheme})
            out.line_break()
            out.close("record")
            out.line_break()
            stream.write(encoded(out.taken()))

        yield put
        stream.write(b"</records>\n")
