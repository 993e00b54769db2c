"""One file with several documents: where each begins and ends.

A gazette, a joined PDF or a stack of scans holds one document behind the other. The zone grammar is asked for the best
path through the whole file, with the letterhead of a next document allowed behind the end of one. What it proposes is
only believed where both sides hold when they are read alone: a document that has ended (it has a signature or
addressees), and a letterhead with a number or a day of its own, a type line, and something to decide behind it. So
forms in an appendix (whose numbers are blank) and attached regulations ("ban hành kèm theo …") stay with their
document, and so does what cannot be told from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from nqparse.document import Document, Header, Part
from nqparse.pipeline import Parser, Structure
from nqparse.source.pages import Pages
from nqparse.source.result import SourceFinding, SourceText
from nqparse.structure.lines import Flow, Line
from nqparse.structure.zones import is_caps

_ENDED = frozenset(("body", "closing", "recipients", "signatures", "appendix", "after"))
_TAIL = frozenset(("recipients", "signatures"))
_ATTACHED = frozenset(("zone.attached-to", "zone.appendix"))
_CONTENT = frozenset(("preamble", "formula", "body"))
_ISO_DAY = 10  # the length of "2024-03-05"
_ABOVE = 3  # lines above a letterhead in which the word "Phụ lục" makes it that of an appendix
_COLUMNS = 60  # lines of a foot that may be set beside each other
_BARE = re.compile(r"[ \t]*[-+|=:_][-+|=:_ \t]*")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A range of the text, and what it is when it is read alone.

    Attributes:
        start: where it begins.
        end: where it ends.
        headed: it has a letterhead with a type line, or with the address of an official letter.
        ended: it has a signature or addressees.
        begins: it is a document of its own, and no attachment to the one before it.
    """

    start: int
    end: int
    headed: bool
    ended: bool
    begins: bool


def split(source: SourceText | str, parser: Parser | None = None) -> list[Part]:
    """Finds the documents in a text.

    Args:
        source: what a reader handed back (`nqparse.source.read`), or a text.
        parser: the parser to use instead of that of the built-in rules.

    Returns:
        The parts in order; they tile the text. A text with one document, or without any, is one part.
    """
    parser = parser or Parser.of(None)
    text, pages = (source, None) if isinstance(source, str) else (source.text, source.pages)
    ranges = _ranges(text, parser, pages)
    return [
        Part(index=index, count=len(ranges), start=start, end=end, **_page_range(text, start, end, pages))
        for index, (start, end) in enumerate(ranges, 1)
    ]


def parse_parts(
    source: SourceText, parser: Parser | None = None, *, structure_only: bool = False
) -> list[Document]:
    """Parses each document in a text by itself.

    `source.part` of each says which piece of the file it is; its other offsets count in its own text. Where the file
    holds one document, that is the same as `Parser.parse` gives, without `source.part`.
    """
    parser = parser or Parser.of(None)
    parts = split(source, parser)
    if len(parts) == 1:
        return [parser.parse_source(source, structure_only=structure_only)]
    documents = []
    for part in parts:
        record = source.source.model_copy(update={"part": part})
        findings = [moved for finding in source.findings if (moved := _moved(finding, part)) is not None]
        text = source.text[part.start : part.end]
        pages = source.pages.cut(part.start, part.end) if source.pages is not None else None
        documents.append(
            parser.parse(text, record, findings=findings, pages=pages, structure_only=structure_only)
        )
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
        if kept.headed and kept.ended and following.begins:
            found.append((kept.start, kept.end))
            kept = following
        else:
            # What is put together is not read again: its head and its end may be on either side.
            headed, ended = kept.headed or following.headed, kept.ended or following.ended
            kept = replace(kept, end=end, headed=headed, ended=ended)
    return [*found, (kept.start, kept.end)]


def _proposed(text: str, whole: Structure, pages: Pages | None) -> list[int]:
    """Returns the offsets at which the grammar sees a letterhead behind the end of a document."""
    flow, states = whole.flow, whole.states
    starts: list[int] = []
    for index in range(1, len(states)):
        if states[index] != "header" or states[index - 1] not in _ENDED:
            continue
        if any("zone.appendix" in _cues(line) for line in flow.lines[max(0, index - _ABOVE) : index]):
            continue
        last = index
        while last < len(states) and states[last] == "header":
            last += 1
        low = min(flow.view.source_start(line.start) for line in flow.lines[index:last])
        first = _top(whole, index, low, pages)
        if first < index:
            low = min(low, *(flow.view.source_start(line.start) for line in flow.lines[first:index]))
        before = flow.lines[max(0, first - _COLUMNS) : first]
        done = max((flow.view.last_end(line.start, line.end) for line in before), default=0)
        if low < done:
            continue
        start = _line_start(text, done, low, pages)
        if pages is not None and (page := _torn_page(text, flow, first, pages)) is not None:
            start = page
        if start is not None and start > (starts[-1] if starts else 0):
            starts.append(start)
    return starts


def _top(whole: Structure, index: int, low: int, pages: Pages | None) -> int:
    """Returns the first line that belongs to the letterhead at line `index`, whatever zone the grammar put it in."""
    flow, states = whole.flow, whole.states
    page = pages.page_at(low) if pages is not None else None
    top = index
    # A body's name over several lines, of which a word looks like that of a signer ("ĐOÀN CHỦ TỊCH …").
    while top > max(1, index - _ABOVE) and not flow.lines[top].blank:
        above = flow.lines[top - 1]
        if not is_caps(flow.text[above.start : above.end]):
            break
        top -= 1
    if not (flow.lines[top].blank and "zone.issuer-caps" in _cues(flow.lines[top])):
        top = index
    # What a portal or a stamp put at the head of the same page, and a page's own title.
    while top > 1 and states[top - 1] == "after":
        line = flow.lines[top - 1]
        on_page = page is not None and flow.view.source_start(line.start) >= page.start
        if not (on_page or "zone.site-title" in _cues(line)):
            break
        top -= 1
    return top


def _cues(line: Line) -> set[str]:
    return {cue for cue, _ in line.cues}


def _torn_page(text: str, flow: Flow, first: int, pages: Pages) -> int | None:
    """Returns where the page of a letterhead begins, if its first line was joined with the last of the page before.

    A signer's name and an issuer in capitals may look like one line that goes on over the page.
    """
    line = flow.lines[first - 1]
    low, high = flow.view.source_start(line.start), flow.view.last_end(line.start, line.end)
    page = pages.page_at(high - 1)
    if page is None or not low < page.start < high:
        return None
    return page.start if is_caps(text[page.start : high].strip()) else None


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
    start = text.rfind("\n", done, low)
    if start < 0:
        return None
    # The rule of a table that the letterhead is set in, or the bar of its first cell.
    while (above := text.rfind("\n", done, start)) >= 0 and _BARE.fullmatch(text, above + 1, start):
        start = above
    return start + 1


def _piece(text: str, start: int, end: int, parser: Parser) -> _Piece:
    header, structure = parser.header(text[start:end])
    headed = _is_headed(header, structure)
    ended = not _TAIL.isdisjoint(structure.states)
    return _Piece(start, end, headed, ended, headed and _begins(header, structure))


def _is_headed(header: Header, structure: Structure) -> bool:
    if not (_is_named(header) or _is_numbered(header)):
        return False
    return header.doc_type is not None or any("zone.to-whom" in _cues(line) for line in structure.flow.lines)


def _begins(header: Header, structure: Structure) -> bool:
    lines, states = structure.flow.lines, structure.states
    first = next((at for at, state in enumerate(states) if state in _CONTENT), None)
    if first is None or any(_cues(line) & _ATTACHED for line in lines[: first + 1]):
        return False
    if header.doc_type is None and header.issuer is None:
        return False  # an application form looks like a letter, but has no sender
    # Of forms, these are blank. A letter needs both, and so does what has neither names above nor a basis below.
    dated = header.date is not None and len(header.date.value or "") == _ISO_DAY
    known = header.doc_type is not None and (_is_named(header) or "preamble" in states)
    return _is_numbered(header) + dated >= (1 if known else 2)


def _is_named(header: Header) -> bool:
    return any((header.national_name, header.issuer, header.parent_issuer))


def _is_numbered(header: Header) -> bool:
    return header.symbol is not None and header.symbol.number is not None


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
