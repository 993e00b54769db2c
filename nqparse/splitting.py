"""One file with several documents: where each begins and ends.

A gazette, a joined PDF or a stack of scans holds one document behind the other. The zone grammar is asked for the best
path through the whole file, with the letterhead of a next document allowed behind the end of one. What it proposes
is only believed where both sides hold when they are read alone: a document that has ended (it has a signature or
addressees), and a letterhead with a number or a day of its own, a type line, and something to decide behind it. So forms in an
appendix (whose numbers are blank) and attached regulations ("ban hành kèm theo …") stay with their document.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from nqparse.document import Document, Header, Part
from nqparse.pipeline import Parser, Structure
from nqparse.ruleset import RuleSet
from nqparse.source.pages import Pages
from nqparse.source.result import SourceFinding, SourceText

_ENDED = frozenset(("body", "closing", "recipients", "signatures", "appendix", "after"))
_TAIL = frozenset(("recipients", "signatures"))
_CONTENT = frozenset(("preamble", "formula", "body"))
_ISO_DAY = 10  # the length of "2024-03-05"
_ABOVE = 3  # lines above a letterhead in which the word "Phụ lục" makes it that of an appendix
_COLUMNS = 60  # lines of a foot that may be set beside each other


@dataclass(frozen=True, slots=True)
class _Piece:
    """A range of the text with what is read in it alone."""

    start: int
    end: int
    header: Header
    structure: Structure


def split(source: SourceText | str, *, rules: RuleSet | None = None) -> list[Part]:
    """Finds the documents in a text.

    Args:
        source: what a reader handed back (`nqparse.source.read`), or a text.
        rules: the rules to use instead of the built-in ones.

    Returns:
        The parts in order; they tile the text. A text with one document, or without any, is one part.
    """
    parser = Parser.of(rules)
    text, pages = (source, None) if isinstance(source, str) else (source.text, source.pages)
    ranges = _ranges(text, parser, pages)
    return [
        Part(index=index, count=len(ranges), start=start, end=end, **_page_range(text, start, end, pages))
        for index, (start, end) in enumerate(ranges, 1)
    ]


def parse_parts(source: SourceText, *, rules: RuleSet | None = None, structure_only: bool = False) -> list[Document]:
    """Parses each document in a text by itself.

    `source.part` of each says which piece of the file it is; its other offsets count in its own text. Where the file
    holds one document, that is the same as `Parser.parse` gives, without `source.part`.
    """
    parser = Parser.of(rules)
    parts = split(source, rules=rules)
    if len(parts) == 1:
        return [parser.parse(source.text, source.source, findings=source.findings, structure_only=structure_only)]
    documents = []
    for part in parts:
        record = source.source.model_copy(update={"part": part})
        findings = [moved for finding in source.findings if (moved := _moved(finding, part)) is not None]
        text = source.text[part.start : part.end]
        documents.append(parser.parse(text, record, findings=findings, structure_only=structure_only))
    return documents


# -- finding ------------------------------------------------------------------------------------------


def _ranges(text: str, parser: Parser, pages: Pages | None) -> list[tuple[int, int]]:
    """Returns the ranges of the documents, which tile the text."""
    whole = parser.joined_structure(text)
    starts = _proposed(text, whole, pages)
    if not starts:
        return [(0, len(text))]
    kept = _piece(text, 0, starts[0], parser)
    found: list[tuple[int, int]] = []
    for start, end in pairwise([*starts, len(text)]):
        following = _piece(text, start, end, parser)
        if _has_ended(kept) and _begins(following):
            found.append((kept.start, kept.end))
            kept = following
        else:
            # No second reading of what is put together: that it has ended may show on either side.
            kept = replace(kept, end=end, structure=_joined(kept.structure, following.structure))
    return [*found, (kept.start, kept.end)]


def _proposed(text: str, whole: Structure, pages: Pages | None) -> list[int]:
    """Returns the offsets at which the grammar sees a letterhead behind the end of a document."""
    flow, states = whole.flow, whole.states
    starts: list[int] = []
    for index in range(1, len(states)):
        if states[index] != "header" or states[index - 1] not in _ENDED:
            continue
        if any(cue == "zone.appendix" for line in flow.lines[max(0, index - _ABOVE) : index] for cue, _ in line.cues):
            continue
        before = flow.lines[max(0, index - _COLUMNS) : index]
        done = max(flow.view.last_end(line.start, line.end) for line in before)
        last = index
        while last < len(states) and states[last] == "header":
            last += 1
        low = min(flow.view.source_start(line.start) for line in flow.lines[index:last])
        if low < done or done <= (starts[-1] if starts else 0):
            continue
        start = _line_start(text, done, low, pages)
        if start is not None:
            starts.append(start)
    return starts


def _line_start(text: str, done: int, low: int, pages: Pages | None) -> int | None:
    """Returns where a document begins whose letterhead is at `low`: with its page, if nothing else is above it.

    A letterhead in the middle of a line that another document ended on is None: it is more likely misread.
    """
    feed = text.find("\f", done, low)
    if feed >= 0:
        return feed + 1
    if pages is not None:
        page = pages.page_at(low)
        if page is not None and done <= page.start:
            return page.start
    line_end = text.rfind("\n", done, low)
    return line_end + 1 if line_end >= 0 else None


def _piece(text: str, start: int, end: int, parser: Parser) -> _Piece:
    header, structure = parser.header(text[start:end])
    return _Piece(start, end, header, structure)


def _joined(first: Structure, second: Structure) -> Structure:
    return Structure(first.flow, [*first.states, *second.states])


def _has_ended(piece: _Piece) -> bool:
    """Tells whether a piece is a document with its end: what comes behind it may be another."""
    return _is_headed(piece) and not _TAIL.isdisjoint(piece.structure.states)


def _begins(piece: _Piece) -> bool:
    """Tells whether a piece is a document of its own, and no attachment to the one before it."""
    header, lines, states = piece.header, piece.structure.flow.lines, piece.structure.states
    first = next((at for at, state in enumerate(states) if state in _CONTENT), None)
    if first is None or not _is_headed(piece):
        return False
    numbered = header.symbol is not None and header.symbol.number is not None
    dated = header.date is not None and len(header.date.value or "") == _ISO_DAY
    # A letter has no type line; an application form looks like one, but has no sender and no number.
    if not (numbered or dated) or (header.doc_type is None and not (numbered and dated and header.issuer)):
        return False
    heads = [cue for line in lines[: first + 1] for cue, _ in line.cues]
    return "zone.attached-to" not in heads and "zone.appendix" not in heads


def _is_headed(piece: _Piece) -> bool:
    """Tells whether there is a letterhead with a type line, or with the address of an official letter."""
    header = piece.header
    if header.national_name is None and header.issuer is None and header.parent_issuer is None:
        return False
    if header.doc_type is not None:
        return True
    return any(cue == "zone.to-whom" for line in piece.structure.flow.lines for cue, _ in line.cues)


# -- pages and findings -------------------------------------------------------------------------------


def _page_range(text: str, start: int, end: int, pages: Pages | None) -> dict[str, int | None]:
    """Returns the first and the last page that a part has letters on."""
    body = text[start:end]
    if pages is None or not body.strip():
        return {"first_page": None, "last_page": None}
    first = pages.page_at(start + len(body) - len(body.lstrip()))
    last = pages.page_at(start + len(body.rstrip()) - 1)
    return {"first_page": first.number if first else None, "last_page": last.number if last else None}


def _moved(finding: SourceFinding, part: Part) -> SourceFinding | None:
    """Returns a reader's finding for a part; None where it is about another one."""
    if finding.start is None:
        return finding
    end = finding.start if finding.end is None else finding.end
    if not (part.start <= finding.start and end <= part.end):
        return None
    return replace(finding, start=finding.start - part.start, end=end - part.start)
