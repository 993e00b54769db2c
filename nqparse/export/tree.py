"""The outline of a document for the terminal: what was read, part by part, without the full text."""

from __future__ import annotations

from collections import Counter

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from nqparse.document import Appendix, Document, Section, Severity, Signature
from nqparse.errors import Language
from nqparse.export.brief import cleaned, first_words, header_fields, opening, visible
from nqparse.export.words import word

_ZONE_STYLES = {
    "header": "blue", "type": "blue", "title": "blue", "enacting": "cyan", "preamble": "cyan", "formula": "bold cyan",
    "body": "green", "closing": "yellow", "recipients": "magenta", "signatures": "bold magenta",
    "appendix": "dark_orange", "before": "dim", "after": "dim", "furniture": "dim", "unknown": "bold red",
}  # fmt: skip
_SECTION_STYLES = {
    "part": "bold magenta", "chapter": "bold magenta", "section": "bold blue", "subsection": "bold blue",
    "article": "bold green", "upper": "bold cyan", "roman": "bold cyan", "ordinal": "cyan", "arabic": "yellow",
    "decimal": "yellow",
}  # fmt: skip
_SEVERITY_STYLES: dict[Severity, str] = {"E": "bold red", "W": "yellow", "I": "cyan"}
_FINER = "dim"


def zone_style(zone: str) -> str:
    """Returns the colour of a zone, or of a finer state of lines."""
    return _ZONE_STYLES.get(zone, "")


def render(document: Document, language: Language = "both") -> RenderableType:
    """Returns the outline of a document.

    Args:
        document: what was parsed.
        language: that of the captions; the document's own words stay as they are.
    """
    parts: list[RenderableType] = [_head(document, language), _fields(document, language)]
    trees = [
        _preamble(document, language),
        _sections(document.body, "sections", language),
        _closing(document, language),
        _recipients(document, language),
        _signatures(document.signatures, language),
        *(_appendix(appendix, language) for appendix in document.appendices),
    ]
    parts += [tree for tree in trees if tree is not None]
    parts.append(_counts(document, language))
    return Group(*parts)


def _one_line(*pieces: tuple[str, str]) -> Text:
    return Text.assemble(*pieces, no_wrap=True, overflow="ellipsis")


def _head(document: Document, language: Language) -> Text:
    header = document.header
    source = visible(document.source.name or "")
    name = cleaned(header.symbol) if header.symbol else source or word("document", language)
    pieces = [(name, "bold")]
    if header.doc_type:
        pieces.append((f" · {cleaned(header.doc_type)}", ""))
    if header.symbol and source:
        pieces.append((f" · {source}", "dim"))
    pieces.append((f" · {len(document.text):,} {word('characters', language)}", "dim"))
    return _one_line(*pieces)


def _fields(document: Document, language: Language) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="blue", no_wrap=True)
    table.add_column()
    for key, located in header_fields(document):
        shown = Text(cleaned(located)) if located else Text(word("not_written", language), "dim italic")
        table.add_row("  " + word(key, language), shown)
    return table


def _branch(key: str, count: int | None, language: Language) -> Tree:
    title = Text(word(key, language), "bold")
    if count is not None:
        title.append(f" ({count})", "dim")
    return Tree(title, guide_style="dim")


def _preamble(document: Document, language: Language) -> Tree | None:
    preamble = document.preamble
    rows = [
        *([("enacting_body", preamble.enacting_body)] if preamble.enacting_body else []),
        *(("basis", basis) for basis in preamble.bases),
        *(("recital", recital) for recital in preamble.recitals),
        *([("formula", preamble.formula)] if preamble.formula else []),
    ]
    if not rows:
        return None
    tree = _branch("preamble", len(rows), language)
    for key, located in sorted(rows, key=lambda row: row[1].start):
        tree.add(_one_line((word(key, language), "cyan"), ("  " + first_words(located.text), "")))
    return tree


def _sections(sections: list[Section], key: str, language: Language) -> Tree | None:
    if not sections:
        return None
    tree = _branch(key, sum(1 for section in sections for _ in section.walk()), language)
    _grow(tree, sections)
    return tree


def _grow(tree: Tree, sections: list[Section]) -> None:
    for section in sections:
        style = _SECTION_STYLES.get(section.kind, _FINER)
        pieces = [(visible(section.label.rstrip()), style)]
        if "/" in section.id:  # at the top the label says it all
            pieces.append((f" {section.id}", "dim"))
        pieces.append(("  " + first_words(opening(section)), "bold" if section.heading else ""))
        _grow(tree.add(_one_line(*pieces)), section.children)


def _closing(document: Document, language: Language) -> Tree | None:
    if document.closing is None:
        return None
    tree = _branch("closing", None, language)
    tree.add(_one_line((first_words(document.closing.text), "")))
    return tree


def _recipients(document: Document, language: Language) -> Tree | None:
    if not document.recipients:
        return None
    tree = _branch("recipients", len(document.recipients), language)
    for recipient in document.recipients:
        pieces = [(first_words(recipient.name), "")]
        if recipient.note:
            pieces.append((f"  ({first_words(recipient.note)})", "dim"))
        if recipient.archive:
            pieces.append((f"  {word('archive', language)}", "dim italic"))
        tree.add(_one_line(*pieces))
    return tree


def _signatures(signatures: list[Signature], language: Language) -> Tree | None:
    if not signatures:
        return None
    tree = _branch("signatures", len(signatures), language)
    for signature in signatures:
        joined: list[tuple[str, str]] = []
        for located in (signature.authority, signature.position, signature.name):
            if located is not None:
                piece = (first_words(located.text), "bold" if located is signature.name else "magenta")
                joined += [(" · ", "dim"), piece] if joined else [piece]
        tree.add(_one_line(*joined))
    return tree


def _appendix(appendix: Appendix, language: Language) -> Tree:
    tree = Tree(
        _one_line(
            (first_words(appendix.marker.text), _ZONE_STYLES["appendix"]),
            ("  " + first_words(appendix.title.value) if appendix.title else "", "bold"),
        ),
        guide_style="dim",
    )
    _grow(tree, appendix.body)
    return tree


def _counts(document: Document, language: Language) -> Text:
    """Returns the last line: how many entities of each type, how many findings of each severity."""
    text = Text()
    types = Counter(entity.type for entity in document.entities)
    if types:
        text.append(f"{word('entities', language)}: ", "bold")
        text.append(", ".join(f"{count} {kind}" for kind, count in sorted(types.items())) + "\n")
    text.append(f"{word('diagnostics', language)}: ", "bold")
    severities = Counter(diagnostic.severity for diagnostic in document.diagnostics)
    if not severities:
        text.append(word("no_finding", language), "dim")
    for index, severity in enumerate(s for s in _SEVERITY_STYLES if severities[s]):
        text.append(", " if index else "")
        text.append(f"{severities[severity]} {word(f'severity_{severity}', language)}", _SEVERITY_STYLES[severity])
    for diagnostic in document.diagnostics:
        message = diagnostic.message if language == "vi" else diagnostic.message_en
        text.append(f"\n  {diagnostic.code} ", _SEVERITY_STYLES[diagnostic.severity])
        text.append(message)
    return text
