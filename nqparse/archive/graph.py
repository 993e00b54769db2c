"""The citation graph: which document cites, amends, replaces, repeals, extends, implements or is based on which.

A target that is in the archive is found by its URI, which is the same whether a document says it of itself or another
cites it so; or else by type, number and symbol, year and issuer, if all of them are written and agree. Where several
documents could be meant, none is taken: `resolved` says why.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from nqparse import ruleset
from nqparse.archive.words import words
from nqparse.document import DocRefValue
from nqparse.export.places import csv_text
from nqparse.export.xml_writing import DECLARATION, XmlWriter
from nqparse.resolve.identifiers import Identifiers
from nqparse.symbols import normalize

_YEAR = re.compile(r"/(?:19|20)\d\d/")

Resolved = Literal["uri", "symbol", "ambiguous", "outside", "unknown"]


@dataclass(frozen=True, slots=True)
class Node:
    """A document, in the archive or only cited.

    Attributes:
        node: its id: that of the document in the archive, or else its URI, or what is written of it.
        archived: whether it is in the archive.
        symbol: its number and symbol.
        title: its title.
        issuer: its issuer.
        issued: its date, as far as written.
        uri: its URI, None where it is not known.
    """

    node: str
    archived: bool
    symbol: str | None = None
    title: str | None = None
    issuer: str | None = None
    issued: str | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """What one document says of another.

    Attributes:
        source: the node that says so.
        target: the node of which it is said.
        kind: cites; amends, replaces, repeals, extends, implements, based_on or considers. Every citation is one of
            `cites`, whatever else is said with it.
        resolved: how the target was found: by its `uri` or its `symbol`; `ambiguous` if several documents of the
            archive could be meant, `outside` if none has its URI, `unknown` if it has no URI.
        count: how often it is said.
        stated_in: the document of the archive that says so; mostly the source itself.
        start: where it is first said, in code points of the text of `stated_in`.
        end: the end of that.
        text: what is written there.
    """

    source: str
    target: str
    kind: str
    resolved: Resolved
    count: int
    stated_in: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by their ids, and edges."""

    nodes: dict[str, Node]
    edges: list[Edge]

    def to_csv(self) -> str:
        """Returns the edges as CSV, with the symbols of both ends."""
        own = [field.name for field in fields(Edge)]
        rows = []
        for edge in self.edges:
            source, target = self.nodes[edge.source], self.nodes[edge.target]
            rows.append(
                [*(getattr(edge, name) for name in own), source.symbol, target.symbol, int(target.archived)]
            )
        return csv_text([*own, "source_symbol", "target_symbol", "target_archived"], rows)

    def to_graphml(self) -> str:
        """Returns the graph as GraphML, as networkx, Gephi and yEd read it."""
        xml = XmlWriter()
        xml.open("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
        for field in (*fields(Node)[1:], *fields(Edge)[2:]):
            whose = "node" if field in fields(Node) else "edge"
            kind = {"archived": "boolean", "count": "int", "start": "int", "end": "int"}.get(field.name, "string")
            xml.empty("key", {"id": f"{whose}.{field.name}", "for": whose, "attr.name": field.name, "attr.type": kind})
        xml.open("graph", {"id": "citations", "edgedefault": "directed"})
        for node in self.nodes.values():
            xml.open("node", {"id": node.node})
            _data(xml, "node", {field.name: getattr(node, field.name) for field in fields(Node)[1:]})
            xml.close("node")
        for number, edge in enumerate(self.edges):
            xml.open("edge", {"id": f"e{number}", "source": edge.source, "target": edge.target})
            _data(xml, "edge", {field.name: getattr(edge, field.name) for field in fields(Edge)[2:]})
            xml.close("edge")
        xml.close("graph")
        xml.close("graphml")
        return DECLARATION + xml.taken() + "\n"


def _data(xml: XmlWriter, whose: str, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if value is not None:
            xml.leaf("data", str(value).lower() if isinstance(value, bool) else str(value), {"key": f"{whose}.{name}"})


# -- making it --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cited:
    """What is written of a cited document."""

    uri: str | None
    text: str
    type: str | None = None
    symbol: str | None = None
    date: str | None = None
    title: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement: a document says that `source` (itself, if None) does something to a cited document."""

    document_id: str
    kind: str
    source: str | None
    cited: _Cited
    start: int
    end: int


def graph_of(connection: sqlite3.Connection) -> Graph:
    """Returns the citation graph of an archive."""
    finder = _Finder(connection)
    nodes = dict(finder.archived)
    edges: dict[tuple[str, str, str], Edge] = {}
    for said in _statements(connection):
        target, resolved = finder.find(said.cited, said.document_id)
        source = said.document_id
        if said.source is not None:
            other, _ = finder.find(_Cited(said.source, said.source), said.document_id)
            source = other.node
            nodes.setdefault(source, other)
        if target.node == source:
            continue  # it names itself
        nodes.setdefault(target.node, target)
        key = (source, target.node, said.kind)
        known = edges.get(key)
        edges[key] = Edge(
            source, target.node, said.kind, resolved, known.count + 1 if known else 1,
            *((known.stated_in, known.start, known.end, known.text) if known
              else (said.document_id, said.start, said.end, said.cited.text)),
        )  # fmt: skip
    return Graph(nodes, list(edges.values()))


def _statements(connection: sqlite3.Connection) -> Iterator[_Said]:
    """Yields all citations, and all that documents say of others."""
    citations = connection.execute(
        "SELECT document_id, uri, text, type, symbol, date, title, issuer, start, \"end\" FROM citations "
        "WHERE target_section_id IS NULL ORDER BY document_id, start"
    )
    places: dict[tuple[str, str | None], _Cited] = {}
    for document_id, uri, text, kind, symbol, date, title, issuer, start, end in citations:
        cited = _Cited(_whole(uri), " ".join(text.split()), kind, symbol, date, title, issuer)
        places.setdefault((document_id, cited.uri if cited.uri else cited.text), cited)
        yield _Said(document_id, "cites", None, cited, start, end)
    relations = connection.execute(
        "SELECT document_id, kind, source, target, target_text, start, \"end\" FROM relations "
        "ORDER BY document_id, start"
    )
    for document_id, kind, source, target, written, start, end in relations:
        uri, text = _whole(target), " ".join((written or "").split())
        # The citation says more than the relation does.
        cited = places.get((document_id, uri or text), _Cited(uri, text))
        yield _Said(document_id, kind, _whole(source), cited, start, end)


def _whole(uri: str | None) -> str | None:
    """Returns the URI of the document in which a cited place is."""
    return uri.partition("!")[0] if uri else None


class _Finder:
    """Finds cited documents in an archive."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.archived: dict[str, Node] = {}
        self._by_uri: defaultdict[str, list[str]] = defaultdict(list)
        self._by_symbol: defaultdict[str, list[str]] = defaultdict(list)
        self._type: dict[str, str] = {}
        rows = connection.execute(
            "SELECT document_id, symbol, title, issuer, issued, uri, doc_type FROM resolutions ORDER BY document_id"
        )
        for document_id, symbol, title, issuer, issued, uri, doc_type in rows:
            self.archived[document_id] = Node(document_id, True, symbol, title, issuer, issued, uri)
            self._type[document_id] = _key(doc_type)
            if uri:
                self._by_uri[uri].append(document_id)
            if symbol:
                self._by_symbol[_key(normalize(symbol))].append(document_id)
        self._aliases = _aliases(connection)

    def find(self, cited: _Cited, by: str) -> tuple[Node, Resolved]:
        """Returns the node of a cited document and how it was found.

        Args:
            cited: what is written of it.
            by: the document that cites it.
        """
        if cited.uri:
            uri = self._aliases.get(cited.uri, cited.uri)
            found = self._by_uri.get(uri, [])
            if len(found) == 1:
                return self.archived[found[0]], "uri"
            return self._outside(cited, uri), "ambiguous" if found else "outside"
        found = [candidate for candidate in self._alike(cited) if self._agrees(candidate, cited, by)]
        if len(found) == 1:
            return self.archived[found[0]], "symbol"
        # Without a URI the same words in two documents need not mean the same one.
        return self._outside(cited, f"{by}: {cited.text}"), "ambiguous" if found else "unknown"

    def _alike(self, cited: _Cited) -> list[str]:
        return self._by_symbol.get(_key(normalize(cited.symbol)), []) if cited.symbol else []

    def _agrees(self, candidate: str, cited: _Cited, by: str) -> bool:
        """Tells whether type, year and issuer are written on both sides and agree."""
        node = self.archived[candidate]
        if not cited.type or _key(cited.type) != self._type[candidate]:
            return False
        issued = node.issued or ""
        if cited.date and issued:
            if not (issued.startswith(cited.date) or cited.date.startswith(issued)):
                return False
        elif not _YEAR.search(cited.symbol or ""):  # the year of a symbol is part of it, and so agrees
            return False
        if not cited.issuer or not node.issuer:
            return False
        if _key(cited.issuer) == _key(node.issuer):
            return True
        # "của Hội đồng nhân dân tỉnh" without a name means the one of its own province.
        own = self.archived[by].issuer
        return bool(own) and own == node.issuer and _key(own).startswith(_key(cited.issuer))

    @staticmethod
    def _outside(cited: _Cited, name: str) -> Node:
        uri = name if cited.uri else None
        return Node(name, False, cited.symbol, cited.title, cited.issuer, cited.date, uri)


def _aliases(connection: sqlite3.Connection) -> dict[str, str]:
    """Returns the URIs of laws by number under those by name and date; both are in use for one law."""
    identifiers = Identifiers(ruleset.load())
    rows = connection.execute(
        "SELECT DISTINCT type, symbol, date, title FROM citations WHERE title IS NOT NULL AND date IS NOT NULL"
    )
    found: dict[str, str] = {}
    for kind, symbol, date, title in rows:
        found |= identifiers.aliases(DocRefValue(type=kind, symbol=symbol, date=date, title=title))
    return found


def _key(text: str | None) -> str:
    return " ".join(word.key for word in words(text or ""))
