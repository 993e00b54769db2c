"""The function to read first: from text to a validated document.

text ─▶ view ─▶ damaged words mended ─▶ flow (reading order, furniture out) ─▶ cuts ─▶ labels ─▶ zones
     ─▶ one parser per zone ─▶ Document
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from nqparse import ruleset
from nqparse.content_models import Content
from nqparse.document import Document, Header, Located, Section, Source, Zone
from nqparse.ruleset import RuleSet
from nqparse.source import read
from nqparse.source.ocr.options import AUTO, OcrOptions
from nqparse.source.pages import Pages
from nqparse.source.result import SourceFinding, SourceText
from nqparse.structure.anchor import Anchor
from nqparse.structure.appendices import AppendixParser
from nqparse.structure.closing import ClosingFinder
from nqparse.structure.cuts import Cutter
from nqparse.structure.damage import DamageMender
from nqparse.structure.header import HeaderParser, parts
from nqparse.structure.inline import InlineFinder
from nqparse.structure.labels import LabelFinder
from nqparse.structure.lines import Flow, build_flow
from nqparse.structure.preamble import PreambleParser
from nqparse.structure.quotes import AmendmentFinder, seal_labels
from nqparse.structure.sections import build_sections
from nqparse.structure.tail import TailParser
from nqparse.structure.tiling import tile
from nqparse.structure.unknown import mark_unknown
from nqparse.structure.zones import ZoneFinder
from nqparse.view import View

if TYPE_CHECKING:
    from nqparse.content import ContentReader
    from nqparse.examiner import Examiner


def parse(
    text: str, *, name: str | None = None, rules: RuleSet | None = None, structure_only: bool = False
) -> Document:
    """Parses the text of a resolution (or of another document of this kind).

    Args:
        text: the text exactly as it was read; it is kept as `Document.text`.
        name: what to call the source, for example a file name.
        rules: the rules to use instead of the built-in ones (`nqparse.ruleset.load`).
        structure_only: leave entities and what follows from them out; it takes half the time.

    Returns:
        A document whose every span is anchored in `text`. Any text gives a document: what no rule knows is
        a zone of kind `unknown`.
    """
    data = text.encode("utf-8", errors="surrogatepass")
    source = Source(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    return Parser.of(rules).parse(text, source, structure_only=structure_only)


@dataclass(slots=True)
class Structure:
    """What the structure step decides, before it becomes a document; `nqparse explain` shows it."""

    flow: Flow
    states: list[str]


class Parser:
    """All parsers of one rule set. It holds no state between calls and may be shared by threads."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._labels = LabelFinder(rules)
        self._damage = DamageMender(rules)
        self._cutter = Cutter(rules)
        self._zones = ZoneFinder(rules)
        self._header = HeaderParser(rules)
        self._preamble = PreambleParser(rules)
        self._closing = ClosingFinder(rules)
        self._amendments = AmendmentFinder(rules)
        self._inline = InlineFinder(rules)
        self._tail = TailParser(rules)
        self._appendices = AppendixParser(rules)

    @cached_property
    def _content(self) -> ContentReader:
        # Loaded when it is first needed: a structure-only run does not pay for the gazetteers.
        from nqparse.content import ContentReader  # noqa: PLC0415

        return ContentReader(self.rules)

    @cached_property
    def _examiner(self) -> Examiner:
        from nqparse.examiner import Examiner  # noqa: PLC0415

        return Examiner(self.rules)

    @staticmethod
    def of(rules: RuleSet | None) -> Parser:
        """Returns the parser of a rule set; the built-in one is made once."""
        return Parser(rules) if rules is not None else _builtin()

    def structure(self, text: str) -> Structure:
        """Puts a text into reading order and decides the zone of every line."""
        flow = self._flow(text)
        states = self._zones.find(flow)
        mark_unknown(flow, states)
        return Structure(flow, states)

    def joined_structure(self, text: str) -> Structure:
        """Like `structure`, of a file that may hold several documents, one behind the other."""
        flow = self._flow(text)
        return Structure(flow, self._zones.states(self._zones.runs(flow), joined=True))

    def header(self, text: str) -> tuple[Header, Structure]:
        """Reads only the header; the beginning of a document is enough of it."""
        found = self.structure(text)
        return self._header.parse(found.flow, Anchor(text, found.flow.view), found.states), found

    def _flow(self, text: str) -> Flow:
        flow = build_flow(self._damage.mend(View.of(text)), self.rules)
        self._cutter.cut(flow)
        for index, line in enumerate(flow.lines):
            if not line.sealed:
                label = self._labels.at(flow.text, flow.folded, line.start, line.end)
                line.label = label and self._labels.in_context(label, flow.text, flow.lines, index)
        self._preamble.drop_addressee_labels(flow)
        return flow

    def parse(
        self,
        text: str,
        source: Source,
        *,
        findings: Sequence[SourceFinding] = (),
        pages: Pages | None = None,
        structure_only: bool = False,
    ) -> Document:
        """Parses a text.

        Args:
            text: the text.
            source: where it was read from.
            findings: what its reader has to say about it.
            pages: where each character stands and, where OCR read it, how sure that is.
            structure_only: whether entities, facts and diagnostics are left out.
        """
        structure = self.structure(text)
        flow, states = structure.flow, structure.states
        anchor = Anchor(text, flow.view)
        header = self._header.parse(flow, anchor, states)
        preamble = self._preamble.parse(flow, anchor, states)
        self._closing.refine(flow, states)
        body, quoted = self._body(flow, anchor, states)
        intro, recipients = self._tail.recipients(flow, anchor, states)
        signatures, signers = self._tail.signatures(flow, anchor, states)
        appendices = self._appendices.parse(flow, anchor, states)
        content = Content()
        if not structure_only:
            content = self._content.read(flow, anchor, states, header, preamble, body, quoted, signers)
        zones: list[Zone] = tile(text, flow, states)
        document = Document(
            source=source,
            text=text,
            header=header,
            preamble=preamble,
            body=body,
            closing=self._located(flow, anchor, states, "closing"),
            recipients_intro=intro,
            recipients=recipients,
            signatures=signatures,
            appendices=appendices,
            entities=content.entities,
            facts=content.facts,
            relations=content.relations,
            internal_references=content.internal_references,
            abbreviations=content.abbreviations,
            zones=zones,
        )
        if not structure_only:
            document.diagnostics = self._examiner.examine(document, flow, findings, pages)
        return document

    def parse_source(self, found: SourceText, *, structure_only: bool = False) -> Document:
        """Parses what a reader handed back (`nqparse.source.read`)."""
        return self.parse(
            found.text, found.source, findings=found.findings, pages=found.pages, structure_only=structure_only
        )

    @staticmethod
    def _located(flow: Flow, anchor: Anchor, states: list[str], state: str) -> Located | None:
        found = parts(flow, states, state)
        return anchor.located(found[0].start, found[-1].end, Located) if found else None

    def _body(self, flow: Flow, anchor: Anchor, states: list[str]) -> tuple[list[Section], list[tuple[int, int]]]:
        """Returns the sections, and the flow ranges of quoted amendments, which hold none."""
        inside = [index for index, state in enumerate(states) if state == "body"]
        if not inside:
            return [], []
        first, last = inside[0], inside[-1] + 1
        quoted = self._amendments.find(flow, flow.lines[first].start, flow.lines[last - 1].end)
        seal_labels(flow, quoted)
        labels = [label for index in inside if (label := flow.lines[index].label) is not None]
        labels = self._inline.with_inline(flow, first, last, labels, quoted)
        return build_sections(flow, anchor, first, last, labels).sections, quoted


@lru_cache(maxsize=1)
def _builtin() -> Parser:
    return Parser(ruleset.load())


def parse_file(path: str | Path, *, rules: RuleSet | None = None, ocr: OcrOptions = AUTO) -> Document:
    """Parses a file. Its name goes into `source.name`.

    Args:
        path: the file.
        rules: the rules to use instead of the built-in ones.
        ocr: how pages that are pictures are read.

    Raises:
        nqparse.errors.InputError: if the file cannot be read (`nqparse.source.read`).
    """
    found = read(path, ocr=ocr)
    return Parser.of(rules).parse_source(found)
