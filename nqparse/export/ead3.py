"""EAD3: one finding aid of a collection, with a component per document and one below it per appendix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nqparse import __version__
from nqparse.document import DocRefEntity, Document, OrgEntity, PersonEntity, PlaceEntity
from nqparse.export.akn_identity import identity_of
from nqparse.export.places import encoded
from nqparse.export.xml_writing import DECLARATION, XmlWriter
from nqparse.files import whole_file

NAMESPACE = "http://ead3.archivists.org/schema/"


@dataclass(frozen=True, slots=True)
class Collection:
    """What only the archive can say of a collection.

    Attributes:
        title: its title.
        identifier: the id of the finding aid.
        agency: who keeps the finding aid.
        made_on: the day on which it was made, ISO 8601; empty where it is not said.
    """

    title: str = "Tập văn bản"
    identifier: str = "nqparse"
    agency: str = ""
    made_on: str = ""


@contextmanager
def writing(target: Path, collection: Collection | None = None) -> Iterator[Callable[[Document], None]]:
    """Opens a file for the finding aid, and gives the function that takes the documents.

    Raises:
        OutputError: if the file cannot be written.
    """
    out = XmlWriter()
    with whole_file(target) as stream:
        _head(out, collection or Collection())
        stream.write(encoded(DECLARATION + out.taken()))
        any_yet = False

        def put(document: Document) -> None:
            nonlocal any_yet
            if not any_yet:
                out.open("dsc")
                out.line_break()
            any_yet = True
            _component(out, document)
            out.line_break()
            stream.write(encoded(out.taken()))

        yield put
        if any_yet:
            out.close("dsc")
            out.line_break()
        out.close("archdesc")
        out.line_break()
        out.close("ead")
        out.line_break()
        stream.write(encoded(out.taken()))


def _head(out: XmlWriter, collection: Collection) -> None:
    out.open("ead", {"xmlns": NAMESPACE})
    out.line_break()
    out.open("control")
    out.leaf("recordid", collection.identifier)
    out.open("filedesc")
    out.open("titlestmt")
    out.leaf("titleproper", collection.title)
    out.close("titlestmt")
    out.close("filedesc")
    out.empty("maintenancestatus", {"value": "new"})
    out.open("maintenanceagency", {"countrycode": "VN"})
    out.leaf("agencyname", collection.agency)
    out.close("maintenanceagency")
    out.open("maintenancehistory")
    out.open("maintenanceevent")
    out.empty("eventtype", {"value": "created"})
    out.leaf("eventdatetime", collection.made_on, {"standarddatetime": collection.made_on or None})
    out.empty("agenttype", {"value": "machine"})
    out.leaf("agent", f"nqparse {__version__}")
    out.close("maintenanceevent")
    out.close("maintenancehistory")
    out.close("control")
    out.line_break()
    out.open("archdesc", {"level": "collection"})
    out.open("did")
    out.leaf("unittitle", collection.title)
    out.leaf("unitid", collection.identifier)
    out.close("did")
    out.line_break()


def _component(out: XmlWriter, document: Document) -> None:
    header = document.header
    out.open("c", {"level": "item"})
    out.open("did")
    if header.symbol:
        identity = identity_of(document)
        out.leaf("unitid", header.symbol.normalized, {"identifier": None if identity.doubt else identity.work})
    out.leaf("unittitle", _title(document))
    if header.date:
        out.leaf("unitdate", _one_line(header.date.text), {"normal": header.date.value, "datechar": "issued"})
    if document.facts.adopted_on:
        adopted = document.facts.adopted_on
        out.leaf("unitdate", adopted, {"normal": adopted, "datechar": "adopted"})
    if header.issuer:
        out.open("origination")
        _named(out, "corpname", header.issuer.name)
        out.close("origination")
    if header.doc_type:
        out.open("langmaterial")
        out.leaf("language", "Tiếng Việt", {"langcode": "vie"})
        out.close("langmaterial")
    if document.source.pages:
        out.leaf("physdesc", f"{document.source.pages} trang")
    for recipient in document.recipients:
        out.leaf("didnote", recipient.name, {"localtype": "recipient"})
    if document.source.name:
        out.leaf("didnote", document.source.name, {"localtype": "source"})
    out.close("did")
    _access(out, document)
    _related(out, document)
    for appendix in document.appendices:
        out.open("c", {"level": "otherlevel", "otherlevel": "appendix"})
        out.open("did")
        title = f"{appendix.marker.text} {appendix.title.value if appendix.title else ''}"
        out.leaf("unittitle", _one_line(title))
        out.close("did")
        out.close("c")
    out.close("c")


def _title(document: Document) -> str:
    header = document.header
    words = [header.doc_type.value.capitalize() if header.doc_type else "", header.title.value if header.title else ""]
    return " ".join(word for word in words if word) or document.source.name or ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _named(out: XmlWriter, tag: str, name: str, relator: str | None = None) -> None:
    out.open(tag, {"relator": relator})
    out.leaf("part", _one_line(name))
    out.close(tag)


def _access(out: XmlWriter, document: Document) -> None:
    """Writes the access points: type, signers, people, bodies and places, each once."""
    points: dict[tuple[str, str, str | None], None] = {}
    if document.header.doc_type:
        points["genreform", document.header.doc_type.value, None] = None
    signers = [signature.name.text for signature in document.signatures if signature.name]
    points.update({("persname", name, "signer"): None for name in signers})
    for entity in document.entities:
        if isinstance(entity, PersonEntity) and entity.text not in signers:
            points["persname", entity.text, None] = None
        elif isinstance(entity, OrgEntity) and entity.value.name:
            points["corpname", entity.value.name, None] = None
        elif isinstance(entity, PlaceEntity):
            points["geogname", entity.text, None] = None
    if points:
        out.open("controlaccess")
        for tag, name, relator in points:
            _named(out, tag, name, relator)
        out.close("controlaccess")


def _related(out: XmlWriter, document: Document) -> None:
    cited = [e.value.id for e in document.entities if isinstance(e, DocRefEntity) and e.value.id]
    if cited:
        out.open("relatedmaterial")
        for uri in dict.fromkeys(cited):
            out.leaf("p", uri)
        out.close("relatedmaterial")
