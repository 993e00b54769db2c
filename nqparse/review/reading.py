"""What a person leaves to the parser: the words that he marks are read as the parser reads them.

So a new section need only be pointed at, a signature block need not be taken apart, and a vote need not be typed. What
comes out says all of it: a correction that is kept does not change when the parser does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple, cast

from nqparse import ruleset
from nqparse.content_models import Facts, Located
from nqparse.document import Header, SectionKind
from nqparse.entities import Mention
from nqparse.facts import FactReader
from nqparse.review.anchors import Anchor, anchor_at
from nqparse.review.faults import Misfit
from nqparse.review.operations import AddSection, ChangeSignature, FactName, Operation, SetFact
from nqparse.review.values import as_entity, day_in, mentions_in
from nqparse.structure.anchor import Anchor as Anchoring
from nqparse.structure.labels import LabelFinder
from nqparse.structure.lines import build_flow
from nqparse.structure.tail import TailParser
from nqparse.view import View

_COUNT = re.compile(r"(?<![\d/])(\d{1,6})\s{0,3}/\s{0,3}(\d{1,6})(?![\d/])")
_DAYS = ("adopted_on", "effective_on", "expires_on")
# Facts are looked for in certain parts of a document; of words that were marked, any part will do.
_ANYWHERE = ("closing", "preamble", "enacting")


class _Readers(NamedTuple):
    labels: LabelFinder
    tail: TailParser
    facts: FactReader


def read_out(text: str, operation: Operation) -> Operation:
    """Returns an operation in which nothing is left to be read.

    Args:
        text: the document's text.
        operation: what is to be; its anchors lie in the text.

    Raises:
        Misfit: if the words do not hold what they are said to hold.
    """
    if isinstance(operation, AddSection) and (operation.kind is None or operation.number is None):
        return _section(text, operation)
    if isinstance(operation, ChangeSignature) and operation.block is not None:
        return _signature(text, operation, operation.block)
    if isinstance(operation, SetFact) and operation.value is None and operation.place is not None:
        return operation.model_copy(update={"value": fact_in(operation.fact, operation.place.quoted())})
    return operation


def _section(text: str, operation: AddSection) -> AddSection:
    place = operation.label
    stop = text.find("\n", place.start)
    end = max(place.end, len(text) if stop < 0 else stop)  # what follows a label tells whether it is one
    view = View.of(text[place.start : end])
    line = view.text.partition("\n")[0]
    label = _readers().labels.at(view.text, view.folded, 0, len(line)) if line.strip() else None
    if label is None:
        raise Misfit(
            "no label of a section is read here; say which kind and number it has",
            "không đọc được nhãn mục ở đây; hãy cho biết loại và số",
        )
    low, high = view.source_span(label.start, label.start + len(view.text[label.start : label.end].rstrip()))
    return operation.model_copy(update={
        "label": anchor_at(text, place.start + low, place.start + high),
        "kind": operation.kind or cast("SectionKind", label.kind),
        "number": operation.number if operation.number is not None else label.number,
    })  # fmt: skip


def _signature(text: str, operation: ChangeSignature, block: Anchor) -> ChangeSignature:
    flow = build_flow(View.of(block.quoted()), ruleset.load())
    found, _ = _readers().tail.signatures(flow, Anchoring(block.quoted(), flow.view), ["signatures"] * len(flow.lines))
    if len(found) != 1:
        raise Misfit(
            f"{len(found)} signatures are read here, not one; mark its parts one by one",
            f"đọc được {len(found)} chữ ký ở đây; hãy chọn từng phần",
        )

    def placed(part: Located | None) -> Anchor | None:
        if part is None:
            return None
        spans = part.fragments or [(part.start, part.end)]
        pieces = [piece for start, end in spans for piece in _pieces(block, start, end)]
        low, high = min(start for start, _ in pieces), max(end for _, end in pieces)
        return anchor_at(text, low, high, pieces if len(pieces) > 1 else None)

    (one,) = found
    return operation.model_copy(update={
        "block": None, "authority": operation.authority or placed(one.authority),
        "position": operation.position or placed(one.position), "name": operation.name or placed(one.name),
    })  # fmt: skip


def _pieces(place: Anchor, start: int, end: int) -> list[tuple[int, int]]:
    """Returns where a span of a place's words stands in the text; the words of several pieces are joined by breaks."""
    found, at = [], 0
    for low, high in place.fragments or [(place.start, place.end)]:
        first, last = max(start, at), min(end, at + high - low)
        if first < last:
            found.append((low + first - at, low + last - at))
        at += high - low + 1
    return found


def fact_in(fact: FactName, quote: str) -> Any:
    """Returns the value of a fact that stands in some words, in the form of the contract's JSON.

    Raises:
        Misfit: if there is none.
    """
    view = View.of(quote)
    mentions = sorted(mentions_in(view), key=lambda one: one.start)
    value = _plainly(fact, quote, mentions) or _told(fact, quote, view) or _counted(fact, view.text, mentions)
    if value is None:
        raise Misfit(f"{fact} is not read in these words; say its value", f"không đọc được {fact} trong đoạn này")
    return value


def _plainly(fact: FactName, quote: str, mentions: list[Mention]) -> str | None:
    if fact in _DAYS:
        return day_in(quote)
    return next((str(one.value) for one in mentions if fact == "adopted_at" and one.type == "TIME" and one.value), None)


def _told(fact: FactName, quote: str, view: View) -> Any:
    """Returns what the parser reads where these words stand in a part of a document that tells facts."""
    flow = build_flow(view, ruleset.load())
    mentions = sorted(mentions_in(flow.view), key=lambda one: one.start)
    anchored = [(one, as_entity(one, quote, flow.view)) for one in mentions]
    for state in _ANYWHERE:
        facts: Facts = _readers().facts.read(flow, [state] * len(flow.lines), Header(), anchored)
        value = facts.model_dump(mode="json", by_alias=True)[fact]
        if value is not None:
            return value
    return None


def _counted(fact: FactName, text: str, mentions: list[Mention]) -> Any:
    """Returns what a bare count says of those present or of the votes, and a bare ordinal of the session."""
    if fact == "session":
        ordinal = next((one.value for one in mentions if one.type == "SESSION" and one.value is not None), None)
        return None if ordinal is None else {"kind": None, "ordinal": ordinal}
    count = _COUNT.search(text)
    if count is None or fact not in ("attendance", "vote"):
        return None
    return {"present" if fact == "attendance" else "for": int(count[1]), "total": int(count[2])}


@lru_cache(maxsize=1)
def _readers() -> _Readers:
    rules = ruleset.load()
    return _Readers(LabelFinder(rules), TailParser(rules), FactReader(rules))
