"""The foot: recipients and signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from nqparse.document import Located, Recipient, Signature
from nqparse.fold import LOWER, UPPER, squeeze
from nqparse.ruleset import RuleSet
from nqparse.structure.anchor import Anchor
from nqparse.structure.header import parts
from nqparse.structure.lines import Flow, content_start
from nqparse.structure.zones import is_caps

Span = tuple[int, int]

# Behind a bracket a tight dash joins ("(TANDTC)-P2").
_INLINE_ITEM = re.compile(
    rf"(?:(?<=[;,.:])\s*|(?<=\))(?:\s+|(?=\S\s))|\s{{2,}}|(?<=^)\s*)(?:~?[-–+•_]|[~=](?=\s))\s*(?=[A-Z{UPPER}\d])"
)
_SEMICOLON = re.compile(r";\s*")
_NOTE = re.compile(r"\(([^()]*)\)[\s;,.]*$")
_JUNK = " \t\n`'\"~|\\*_•·‘’“”°^"
_SCRAP = re.compile(r"(?<=[;,])\s*(?:\d[^\W\d_]?|\W)$")  # what OCR makes of the edge of a signature
_HAS_WORD = re.compile(r"\w")
# Where a line in capitals goes over into a name, with or without a space.
_CAPS_TO_NAME = re.compile(rf"(?<=[A-Z{UPPER}.)])\s*(?=[A-Z{UPPER}][a-z{LOWER}])")
_ONE_WORD = re.compile(rf"[A-Z{UPPER}][a-z{LOWER}]{{1,6}}")
# Behind these a title is a part of the organ's name: "ĐOÀN CHỦ TỊCH", "BAN BÍ THƯ".
_ORGAN_OPEN = re.compile(r"(?:doan|pho|hoi dong|[^y] ban)\s*$")
_LEVEL = re.compile(r"(?:nuoc (?:cong|viet)|tinh|thanh pho|huyen|quan|xa|phuong|thi|quoc hoi|nhiem ky|lan thu|khoa)\b")


class Signer(NamedTuple):
    """The name of a signature as a span of the flow, with the position above it."""

    start: int
    end: int
    position: str | None


class TailParser:
    """Reads the recipients and signatures zones."""

    def __init__(self, rules: RuleSet) -> None:
        self._intro = rules.regex("tail.recipients-intro")
        self._archive = rules.regex("tail.archive")
        self._authority = rules.regex("tail.authority")
        self._deputy = rules.regex("tail.deputy")
        self._position = rules.regex("tail.position")
        self._note = rules.regex("tail.note")
        self._name = rules.regex("tail.name")
        self._date = rules.regex("header.date")
        self._body_head = rules.regex("header.body-head")
        self._surnames = _capitals_of(rules, "person.surnames")
        self._wary = _capitals_of(rules, "person.wary-surnames")
        self._middles = _capitals_of(rules, "person.sure-middles")

    # -- recipients ---------------------------------------------------------------------------------

    def recipients(self, flow: Flow, anchor: Anchor, states: list[str]) -> tuple[Located | None, list[Recipient]]:
        """Returns the intro and one recipient per addressee."""
        intro: Located | None = None
        spans: list[Span] = []
        bulleted = False
        for part in parts(flow, states, "recipients"):
            for line in part.lines:
                start = line.start
                match = self._intro.match(flow.folded, content_start(flow.text, line))
                if match and intro is None:
                    intro = anchor.located(match.start(), start + len(flow.text[start : match.end()].rstrip()), Located)
                    start = match.end()
                    if not _HAS_WORD.search(flow.text, start, line.end):
                        continue
                closed = bool(spans) and line.blank and flow.text[start].isupper()
                closed = closed and flow.text[spans[-1][0] : spans[-1][1]].rstrip(_JUNK).endswith(";")
                bulleted = self._add_items(flow, start, line.end, spans, bulleted=bulleted, closed=closed)
        found = [self._recipient(flow, anchor, *span) for span in spans]
        return intro, [recipient for recipient in found if recipient]

    def _add_items(self, flow: Flow, start: int, end: int, spans: list[Span], *, bulleted: bool, closed: bool) -> bool:
        """Adds the addressees of one line; without any bullet a line, or what a semicolon parts, is one.

        `closed` tells that the addressee before is complete, so that this line is no wrapped rest of it.
        """
        text = flow.text
        pieces: list[Span] = []
        low = start
        has_bullet = False
        for match in _INLINE_ITEM.finditer(text[start:end]):
            if _HAS_WORD.search(text, low, start + match.start()):
                pieces.append((low, start + match.start()))
            low = start + match.end()
            has_bullet = True
        pieces.append((low, end))
        for number, piece in enumerate(pieces):
            first_is_rest = number == 0 and piece[0] == start
            if first_is_rest and bulleted and spans and not closed:
                spans[-1] = (spans[-1][0], piece[1])  # a wrapped addressee
            elif has_bullet or bulleted:
                spans.append(piece)
            else:
                low = piece[0]
                for stop in [*(m.end() for m in _SEMICOLON.finditer(text, *piece)), piece[1]]:
                    if _HAS_WORD.search(text, low, stop):
                        spans.append((low, stop))
                    low = stop
        return bulleted or has_bullet

    def _recipient(self, flow: Flow, anchor: Anchor, start: int, end: int) -> Recipient | None:
        start, end = _strip(flow.text, start, end)
        if not _HAS_WORD.search(flow.text, start, end):
            return None
        scrap = _SCRAP.search(flow.text, start, end)
        if scrap:
            end = scrap.start()
        text = anchor.clean(start, end)
        note = _NOTE.search(text)
        name = text[: note.start()] if note else text
        return anchor.located(
            start,
            end,
            Recipient,
            name=name.strip(" ;,./"),
            note=note[1].strip() if note else None,
            archive=bool(self._archive.match(flow.folded, start)),
        )

    # -- signatures ---------------------------------------------------------------------------------

    def signatures(self, flow: Flow, anchor: Anchor, states: list[str]) -> tuple[list[Signature], list[Signer]]:
        """Returns the signatures in reading order, and who signed, as places in the flow."""
        found = []
        signers = []
        for block in self._blocks(flow, states):
            signature = Signature(
                authority=_joined(anchor, block.authority),
                position=_joined(anchor, block.position),
                name=anchor.located(*block.name, Located) if block.name else None,
            )
            if signature.authority or signature.position or signature.name:
                found.append(signature)
            if block.name is not None:
                position = flow.text[block.position[0][0] : block.position[-1][1]] if block.position else None
                signers.append(Signer(*block.name, position and squeeze(position)))
        return found, signers

    def _blocks(self, flow: Flow, states: list[str]) -> list[_Block]:
        blocks = [_Block()]
        for part in parts(flow, states, "signatures"):
            for line in part.lines:
                start, end = _strip(flow.text, line.start, line.end)
                for kind, low, high in self._segments(flow, start, end):
                    self._add(flow, blocks, kind, low, high)
        return blocks

    def _segments(self, flow: Flow, start: int, end: int) -> list[tuple[str, int, int]]:
        """Splits one line into authority, position, name, note and other capitals."""
        text = flow.text
        note = self._note.search(text, start, end)
        if note:
            before = self._segments(flow, *_strip(text, start, note.start())) if note.start() > start else []
            after = self._segments(flow, *_strip(text, note.end(), end)) if note.end() < end else []
            return [*before, ("note", note.start(), note.end()), *after]
        if end - start < 2 or self._date.search(flow.folded, start, end):
            return []
        found: list[tuple[str, int, int]] = []
        seam = _CAPS_TO_NAME.search(text, start, end)
        stop = end
        if seam and not self._name.fullmatch(text, start, end) and is_caps(text[start : seam.start()]):
            stop = seam.start()
            name = self._name.fullmatch(text, *_strip(text, seam.end(), end))
            if name is None:
                stop = end
            else:
                found.append(("name", name.start("name"), name.end("name")))
        low, high = _strip(text, start, stop)
        return [*self._capitals(flow, low, high), *found]

    def _capitals(self, flow: Flow, start: int, end: int) -> list[tuple[str, int, int]]:
        text, folded = flow.text, flow.folded
        authority = self._authority.match(text, start, end)
        if authority:
            title = None
            for title in self._position.finditer(folded, authority.end(), end):
                own = self._deputy.match(text, start) and title.start() == authority.end()
                organ = _ORGAN_OPEN.search(folded, start, title.start())
                if not own and not organ and is_caps(text[start:end]) and title.start() > authority.end():
                    break
            else:
                title = None
            if title:
                low, high = _strip(text, start, title.start())
                return [("authority", low, high), ("position", title.start(), end)]
            return [("authority", start, end)]
        if self._position.match(folded, start, end) and (is_caps(text[start:end]) or end - start < 60):
            return [("position", start, end)]
        if is_caps(text[start:end]):
            return [("capitals", start, end)]
        name = self._name.fullmatch(text, start, end)
        if name:
            return [("name", name.start("name"), name.end("name"))]
        return [("word", start, end)] if _ONE_WORD.fullmatch(text, start, end) else []

    def _is_name(self, flow: Flow, start: int, end: int) -> bool:
        """Tells whether a line in capitals is the name of a person: it begins with a surname.

        The accents count: "VŨ" is a surname, "VỤ" a body.
        """
        words = flow.text[start:end].split()
        if words[0] not in self._surnames or self._name.fullmatch(flow.text, start, end) is None:
            return False
        return words[0] not in self._wary or (len(words) > 2 and words[1] in self._middles)

    def _add(self, flow: Flow, blocks: list[_Block], kind: str, start: int, end: int) -> None:
        block = blocks[-1]
        if kind == "note":
            block.signed = True
            return
        if kind == "capitals":
            # An authority or title that runs over two lines or that OCR has damaged, or a name in capitals.
            folded = flow.folded[start:end]
            is_name = self._is_name(flow, start, end)
            goes_on = not is_name and (self._body_head.match(folded) or _LEVEL.match(folded))
            if block.name is not None:
                return
            if block.position:
                if self._name.fullmatch(flow.text, start, end) and (block.signed or not goes_on):
                    block.name = (start, end)
                else:
                    block.position.append((start, end))
            elif block.authority and not goes_on:
                if is_name:
                    block.name = (start, end)
                else:
                    block.position.append((start, end))
            else:
                block.authority.append((start, end))
            return
        if kind == "word":
            block.word = start  # a narrow column may part a name after its first word
            return
        if kind == "name":
            if block.name is None:
                block.name = (block.word if block.word is not None else start, end)
            elif block.authority or block.position:
                blocks.append(_Block(name=(start, end)))
            return
        if block.name is not None or (kind == "authority" and block.position):
            block = _Block()
            blocks.append(block)
        if kind == "authority":
            block.authority.append((start, end))
        elif block.position:
            # Two titles in a row: a deputy's own title after the head's.
            block.authority += block.position
            block.position = [(start, end)]
        else:
            block.position.append((start, end))


@dataclass(slots=True)
class _Block:
    authority: list[Span] = field(default_factory=list)
    position: list[Span] = field(default_factory=list)
    name: Span | None = None
    word: int | None = None
    signed: bool = False


def _capitals_of(rules: RuleSet, list_id: str) -> frozenset[str]:
    return frozenset(term.upper() for term in rules.terms[list_id].terms)


def _joined(anchor: Anchor, spans: list[Span]) -> Located | None:
    return anchor.located(spans[0][0], spans[-1][1], Located) if spans else None


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _JUNK:
        start += 1
    while end > start and text[end - 1] in _JUNK:
        end -= 1
    return start, end
