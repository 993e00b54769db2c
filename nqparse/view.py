"""The view: normalised text beside the source, in reading order, with a map back.

What a `View` guarantees:

1. `view.text` is NFC where the source wrote base letter + combining marks.
2. No-break and typographic spaces are plain spaces; zero-width characters and soft hyphens are gone.
3. Markdown marks (emphasis, heading and quote marks, backslash escapes, hard-break backslashes) and the
   commonest HTML entities are gone or replaced by the character that they stand for; line breaks stay.
4. A line break that a converter put inside a word or before a lone mark is gone (`nqparse.mending`).
   Letters, digits and punctuation are otherwise the source's own. Nothing is corrected.
5. Every view offset maps to a source offset. Within one view made by `View.of` the map is monotone; after
   `rearranged` (columns taken apart, furniture left out) a span may map to several source pieces.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from nqparse.fold import fold
from nqparse.mending import mends

_MARKS = "\u0300-\u036f"
_ENTITIES = {"&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}
_GONE = "\u00ad\u200b-\u200f\u2060\ufeff"
# One character class finds everything that changes the length of the text; `_mark_at` decides what it is.
_TRIGGER = re.compile(rf"[\\*_#>&<{_GONE}{_MARKS}]")
_RUNS = {char: re.compile(re.escape(char) + "+") for char in "*_"}
_COMBINING = re.compile(f"[{_MARKS}]+")
_INVISIBLE = re.compile(f"[{_GONE}]+")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_BULLET = re.compile(r"\*[ \t]+[^\s*][^\n*]*(?:\n|$)")
_HEADING = re.compile(r"#{1,6}(?:[ \t]+|(?=\n|$))|>[ \t]+")
_ENTITY = re.compile("|".join(map(re.escape, _ENTITIES)))
_TAG = re.compile(r"</?(?:b|i|u|em|strong|sup|sub|span|p|div|br)(?:\s[^<>\n]{0,200})?/?>")
_BREAK_TAG = "<br"
_INDENT = 40  # deeper than this no Markdown mark is looked for at a line's start
# Before about 1980 compounds were written with hyphens ("Quốc-hội"); in such a text the folded form has spaces.
_HYPHENATED = ("nghi-quyet", "quoc-hoi", "viet-nam", "chinh-phu", "hoi-dong", "uy-ban", "doc-lap", "chu-tich")
_IN_COMPOUNDS = re.compile("-(?:{})".format("|".join("{1}(?<={0}-{1})".format(*w.split("-")) for w in _HYPHENATED)))
_COMPOUND = re.compile(r"(?<=[a-z])-(?=[a-z])")
# Length-preserving replacements.
_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x0B, 0x0C, 0x0D)
_PLAIN = dict.fromkeys(_SPACES, " ") | dict.fromkeys((0x85, 0x2028, 0x2029), "\n")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\x0b\x0c\r\x85\u2028\u2029]")


class View:
    """Normalised text with a map back to the source; see the module's guarantees."""

    __slots__ = ("_breaks", "_ends", "_sources", "_views", "folded", "length", "text")

    def __init__(
        self,
        text: str,
        folded: str,
        views: list[int],
        sources: list[int],
        ends: list[int],
        length: int,
        breaks: list[int],
    ) -> None:
        """Builds a view from its map; use `View.of`.

        Args:
            text: the view's text.
            folded: the same folded (`nqparse.fold.fold`).
            views: where each piece starts in the view, ascending, the first 0.
            sources: where each piece starts in the source.
            ends: where the last character of each piece ends in the source.
            length: the length of the source.
            breaks: the view offsets, ascending, at which the source goes on elsewhere.
        """
        self.text = text
        self.folded = folded
        self.length = length
        self._views = views
        self._sources = sources
        self._ends = ends
        self._breaks = breaks

    @classmethod
    def of(cls, source: str) -> View:
        """Returns the view of a source text."""
        plain = source
        for space in set(_ODD_SPACE.findall(source)):
            plain = plain.replace(space, _PLAIN[ord(space)])
        parts: list[str] = []
        views, sources, ends = [0], [0], [0]
        at = size = 0  # the position in the source, and in the view
        for start, end, replacement in _changes(plain):
            if start > at:
                parts.append(plain[at:start])
                size += start - at
                ends[-1] = start
            if replacement:
                # A piece of its own, so that its one character maps to the whole of the mark.
                views.append(size)
                sources.append(start)
                ends.append(end)
                parts.append(replacement)
                size += len(replacement)
            views.append(size)
            sources.append(end)
            ends.append(end)
            at = end
        if at < len(plain):
            parts.append(plain[at:])
            ends[-1] = len(plain)
        text = "".join(parts)
        folded = fold(text)
        if _IN_COMPOUNDS.search(folded):
            folded = _COMPOUND.sub(" ", folded)
        return cls(text, folded, views, sources, ends, len(source), [])

    def __len__(self) -> int:
        return len(self.text)

    def source_start(self, offset: int) -> int:
        """Returns the source offset of the view character at `offset`."""
        if offset >= len(self.text):
            return self.length
        piece = bisect_right(self._views, offset) - 1
        return self._sources[piece] + offset - self._views[piece]

    def source_end(self, offset: int) -> int:
        """Returns the source offset just behind the view character before `offset`."""
        if offset <= 0:
            return 0
        piece = bisect_right(self._views, offset - 1) - 1
        inside = self._sources[piece] + offset - self._views[piece]
        # The last character of a piece may stand for several source characters (an escape, an accent).
        follows = self._views[piece + 1] if piece + 1 < len(self._views) else len(self.text)
        return self._ends[piece] if offset == follows else inside

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Returns the source span of a non-empty view span that lies in monotone order."""
        views = self._views
        piece = bisect_right(views, start) - 1
        low = self._sources[piece] + start - views[piece]
        follows = views[piece + 1] if piece + 1 < len(views) else len(self.text)
        # Most spans lie inside one piece.
        return low, low + end - start if end < follows else self.source_end(end)

    def is_in_order(self, start: int, end: int) -> bool:
        """Tells whether the source never goes on elsewhere within a view span: its map is then monotone."""
        return bisect_right(self._breaks, start) == bisect_left(self._breaks, end)

    def last_end(self, start: int, end: int) -> int:
        """Returns where the piece of a view span that stands last in the source ends (`pieces`)."""
        last = self.source_end(end)
        first, behind = bisect_right(self._breaks, start), bisect_left(self._breaks, end)
        if first == behind:
            return last
        for low, high in pairwise((start, *self._breaks[first:behind])):
            while high > low and self.text[high - 1].isspace():
                high -= 1
            if high > low:
                last = max(last, self.source_end(high))
        return last

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Returns the source pieces of a view span in view order, without white space at their ends.

        More than one piece means that something else stands between them in the source: another column,
        or furniture. Marks that `View.of` left out lie inside a piece and do not split it.
        """
        cuts: list[int] = []
        if self._breaks:
            cuts = self._breaks[bisect_right(self._breaks, start) : bisect_left(self._breaks, end)]
        if not cuts:
            text = self.text
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            return [self.source_span(start, end)] if start < end else []
        found = []
        for low, high in zip([start, *cuts], [*cuts, end], strict=True):
            piece = self.text[low:high]
            body = piece.strip()
            if body:
                low += len(piece) - len(piece.lstrip())
                found.append(self.source_span(low, low + len(body)))
        return found

    def rearranged(self, ranges: Iterable[tuple[int, int]]) -> View:
        """Returns a view of these view ranges in this order; what no range holds is left out.

        Where one range does not go on where the one before ended, and no line break parts them, one is put
        between; it stands for no character of the source.
        """
        parts: list[str] = []
        folded: list[str] = []
        views: list[int] = []
        sources: list[int] = []
        ends: list[int] = []
        breaks: list[int] = []
        size = last = 0
        for start, end in ranges:
            if end <= start:
                continue
            cuts = self._breaks and self._breaks[bisect_left(self._breaks, start) : bisect_left(self._breaks, end)]
            if start != last and parts and not parts[-1].endswith("\n"):
                views.append(size)
                sources.append(ends[-1])
                ends.append(ends[-1])
                parts.append("\n")
                folded.append("\n")
                size += 1
            if start != last and (not cuts or cuts[0] != start):
                breaks.append(size)
            breaks += [size + cut - start for cut in cuts]
            last = end
            self._copy(start, end, size, views, sources, ends)
            parts.append(self.text[start:end])
            folded.append(self.folded[start:end])
            size += end - start
        if not views:
            views, sources, ends = [0], [0], [0]
        return View("".join(parts), "".join(folded), views, sources, ends, self.length, breaks)

    def edited(self, edits: Iterable[tuple[int, int, str, str]]) -> View:
        """Returns this view with some pieces that read otherwise; they still map to what they stand for.

        Args:
            edits: (start, end, text, folded) of view spans, in order and apart; what is empty stands for nothing and
                has only a place.
        """
        parts: list[str] = []
        folded: list[str] = []
        views: list[int] = []
        sources: list[int] = []
        ends: list[int] = []
        moves: list[tuple[int, int]] = []  # from where on view offsets move, and by how much
        at = size = 0
        for start, end, new, new_folded in [*edits, (len(self.text), len(self.text), "", "")]:
            if start > at:
                self._copy(at, start, size, views, sources, ends)
                parts.append(self.text[at:start])
                folded.append(self.folded[at:start])
                size += start - at
            if len(new) == end - start:
                if end > start:
                    self._copy(start, end, size, views, sources, ends)
            else:
                low, high = (self.source_start(start), self.source_end(end)) if end > start else (None, None)
                place = self.source_start(start) if low is None else low
                for number in range(len(new)):
                    # Each character has a place of its own within the piece; the last one reaches to its end.
                    views.append(size + number)
                    sources.append(place if high is None else min(place + number, max(place, high - 1)))
                    ends.append(place if high is None else high if number + 1 == len(new) else sources[-1] + 1)
                moves.append((end, len(new) - (end - start)))
            parts.append(new)
            folded.append(new_folded)
            size += len(new)
            at = end
        breaks = []
        moved = 0
        following = iter([*moves, (len(self.text) + 1, 0)])
        move = next(following)
        for cut in self._breaks:
            while move[0] <= cut:
                moved += move[1]
                move = next(following)
            breaks.append(cut + moved)
        if not views:
            views, sources, ends = [0], [0], [0]
        return View("".join(parts), "".join(folded), views, sources, ends, self.length, breaks)

    def _copy(self, start: int, end: int, size: int, views: list[int], sources: list[int], ends: list[int]) -> None:
        """Adds the map of a view span that comes to stand at `size`."""
        piece = bisect_right(self._views, start) - 1
        while piece < len(self._views) and self._views[piece] < end:
            piece_start = self._views[piece]
            follows = self._views[piece + 1] if piece + 1 < len(self._views) else len(self.text)
            low, high = max(start, piece_start), min(end, follows)
            if high > low:
                views.append(size + low - start)
                sources.append(self._sources[piece] + low - piece_start)
                ends.append(self._ends[piece] if high == follows else self._sources[piece] + high - piece_start)
            piece += 1


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    """Yields (start, end, what it stands for) of all marks and of the line breaks that are taken out."""
    done = at = 0  # up to where the marks are decided, and where the last one that is left out ended
    breaks = [*mends(text), (len(text) + 1, len(text) + 1, "")]
    following = iter(breaks)
    next_break = next(following)
    for match in _TRIGGER.finditer(text):
        start = match.start()
        if start < done:
            continue
        start, end, replacement = _mark_at(text, start, at)
        while next_break[0] < start:
            if next_break[0] >= at:
                yield next_break
                at = next_break[1]
            next_break = next(following)
        done = end
        if replacement is not None and start >= at:
            yield start, end, replacement
            at = end
    while next_break[0] <= len(text):
        if next_break[0] >= at:
            yield next_break
            at = next_break[1]
        next_break = next(following)


def _mark_at(text: str, at: int, low: int) -> tuple[int, int, str | None]:
    """Returns (start, end, what it stands for) of the mark at `at`; None stands for itself: it is plain text.

    `low` is the end of the mark before: a combining mark reaches back to its letter, but not beyond `low`.
    """
    char = text[at]
    if char == "*":
        end = _end_of(_RUNS["*"].match(text, at))
        bullet = end == at + 1 and _opens_line(text, at) and _BULLET.match(text, at)
        return at, end, None if bullet else ""
    if char == "\\":
        if at + 1 == len(text) or text[at + 1].isspace():
            return at, at + 1, ""  # a hard line break; in a table's cell spaces follow it
        return (at, at + 2, text[at + 1]) if text[at + 1] in _ESCAPABLE else (at, at + 1, None)
    if char == "_":
        end = _end_of(_RUNS["_"].match(text, at))
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        opens = not before.isalnum() and not after.isspace()
        closes = not before.isspace() and not after.isalnum()
        return at, end, "" if end - at <= 2 and opens != closes else None
    if char in "#>":
        heading = _HEADING.match(text, at) if _opens_line(text, at) else None
        return (at, heading.end(), "") if heading else (at, at + 1, None)
    if char == "&":
        entity = _ENTITY.match(text, at)
        return (at, entity.end(), _ENTITIES[entity.group()]) if entity else (at, at + 1, None)
    if char == "<":
        tag = _TAG.match(text, at)
        if tag is None:
            return at, at + 1, None
        return at, tag.end(), "\n" if tag.group().startswith(_BREAK_TAG) else ""
    invisible = _INVISIBLE.match(text, at)
    if invisible:
        return at, invisible.end(), ""
    end = _end_of(_COMBINING.match(text, at))
    if at > low and text[at - 1].isalpha():
        return at - 1, end, unicodedata.normalize("NFC", text[at - 1 : end])
    return at, end, ""


def _opens_line(text: str, at: int) -> bool:
    """Tells whether only a little indentation stands before `at` on its line."""
    before = text[max(0, at - _INDENT) : at]
    line_break = before.rfind("\n")
    if line_break < 0 and at > _INDENT:
        return False
    return not before[line_break + 1 :].strip(" \t")


def _end_of(match: re.Match[str] | None) -> int:
    assert match is not None  # the caller has seen the first character
    return match.end()
