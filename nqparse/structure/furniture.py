"""Furniture: running heads, page numbers, stamps, rules and cell marks between the lines of the document.

A clause that runs over a page break is one clause: what stands between its halves is left out of the
reading order (it stays in the text and gets a zone of its own).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container

from nqparse.ruleset import RuleSet
from nqparse.view import View

# What a rubric, a running head, a page mark, a signature or a stamp may begin with.
_LETTERS = frozenset("ctpsdhkntblegmxv")
_DIGITS = re.compile(r"\d+")
# A line that begins so goes on with what stands before it: a number above it is no page number.
_RUBRIC_REACH = 4  # lines
_STROKE = 15
_STROKES = re.compile(r"[ \t]+|[ \t]*[_─—-]+[ \t]*")
_GOES_ON = re.compile(r"[./,;:)\-]")
_ENDS = re.compile(r"[.;:!?…”\"')/\]]$")


class _Anything:
    def __contains__(self, char: object) -> bool:
        return True


_ANY = _Anything()  # what a pattern begins with that does not say it

# How a line that is left out leaves its neighbours.
BREAK = "break"  # a rule or a cell mark: what follows is a new paragraph
PAGE = "page"  # a page break: what follows may go on with what stood before


def find_furniture(view: View, lines: list[tuple[int, int]], rules: RuleSet) -> dict[int, str]:
    """Returns the lines that are furniture, each with how it leaves its neighbours (`BREAK`, `PAGE`)."""
    text, folded = view.text, view.folded
    found: dict[int, str] = {}
    numbers: list[int] = []
    rule_line = rules.regex("furniture.rule")
    page_number = rules.regex("furniture.page-number")
    # With the characters that a match can begin with: most lines are tried for few of them.
    page_mark, begins_mark = _with_first(rules, "furniture.page-mark")
    running_head, begins_head = _with_first(rules, "furniture.running-head")
    rubric, begins_rubric = _with_first(rules, "furniture.rubric")
    stamp, begins_stamp = _with_first(rules, "furniture.stamp")
    signature, begins_signature = _with_first(rules, "furniture.digital-signature")
    below_head, begins_below = _with_first(rules, "furniture.rubric-below-head")
    rubrics: list[int] = []
    short: list[tuple[int, int, int]] = []  # short lines that may be running heads: index, start and end
    for index, (start, end) in enumerate(lines):
        length = end - start
        if length == 0 or length > 200:
            continue
        low = start
        while low < end and folded[low] in " \t|":
            low += 1
        if low == end:
            if low > start and "|" in text[start:end]:
                found[index] = BREAK
            continue
        char = folded[low]
        if not char.isalnum():
            if rule_line.fullmatch(folded, low, end):
                found[index] = BREAK
                continue
            if char in begins_mark and page_mark.match(folded, low, end):
                found[index] = PAGE
                continue
        if char.isdigit() or char == "-":
            if length < 16 and page_number.fullmatch(folded, low, end):
                numbers.append(index)
            continue
        if char in _LETTERS:
            if char in begins_rubric and rubric.fullmatch(folded, low, end):
                found[index] = BREAK
                continue
            if (char in begins_head and running_head.match(folded, low, end)) or (
                char in begins_mark and page_mark.match(folded, low, end)
            ):
                found[index] = PAGE
                continue
            if char in begins_signature and signature.match(folded, low, end):
                found[index] = PAGE
                continue
            if char in begins_below and below_head.fullmatch(text, low, end):
                rubrics.append(index)
            if length < 40 and char in begins_stamp and stamp.fullmatch(text, low, end):
                found[index] = BREAK
                continue
        if length < 90:
            short.append((index, low, end))
    _signature_lines_need_company(folded, lines, found, signature)
    _page_numbers(text, lines, numbers, found)
    _running_heads(folded, short, found)
    _rubrics_below_heads(text, lines, rubrics, found)
    _footnotes(text, lines, found, rules.regex("furniture.footnote"))
    return found


def _with_first(rules: RuleSet, rule_id: str) -> tuple[re.Pattern[str], Container[str]]:
    rule = rules.patterns[rule_id]
    return rule.regex, frozenset(rule.first) or _ANY


def _signature_lines_need_company(
    folded: str, lines: list[tuple[int, int]], found: dict[int, str], signature: re.Pattern[str]
) -> None:
    """A digital-signature stamp has several lines; one alone ("Cơ quan: …") is text."""
    marked = [i for i in sorted(found) if signature.match(folded, lines[i][0])]
    near = set(marked)
    for index in marked:
        if not ({index - 1, index + 1, index + 2, index - 2} & near):
            del found[index]


def _page_numbers(text: str, lines: list[tuple[int, int]], numbers: list[int], found: dict[int, str]) -> None:
    """Takes a number alone on its line for a page number where the lines around it allow it."""
    for index in numbers:
        above = text[lines[index - 1][0] : lines[index - 1][1]].strip() if index else ""
        below = text[lines[index + 1][0] : lines[index + 1][1]].strip() if index + 1 < len(lines) else ""
        beside_mark = found.get(index - 1) == PAGE or found.get(index + 1) == PAGE
        two_above = index > 1 and found.get(index - 2) == PAGE and not above
        lonely = not above and (not below or not _GOES_ON.match(below))
        at_edge = not below and bool(_ENDS.search(above))
        if beside_mark or two_above or lonely or at_edge:
            found[index] = PAGE


def _rubrics_below_heads(text: str, lines: list[tuple[int, int]], rubrics: list[int], found: dict[int, str]) -> None:
    """Takes a rubric for one where nothing but blank lines part it from the head of its page."""
    for index in rubrics:
        above = index - 1
        while above >= 0 and index - above < _RUBRIC_REACH and not text[slice(*lines[above])].strip():
            above -= 1
        if found.get(above) == PAGE:
            found[index] = BREAK


def _footnotes(text: str, lines: list[tuple[int, int]], found: dict[int, str], begins: re.Pattern[str]) -> None:
    """Takes the notes at the foot of a page out of the clause that goes on behind them.

    A stroke parts them from the page, of which extractors leave a long line of blanks; they end where the page does.
    """
    last = len(lines) - 1
    for index in range(last):
        start, end = lines[index]
        if end - start < _STROKE or text[start] not in " \t_─—-" or not _STROKES.fullmatch(text, start, end):
            continue
        if not begins.match(text, *lines[index + 1]):
            continue
        stop = index + 1
        while stop <= last and stop not in found and text[slice(*lines[stop])].strip():
            stop += 1
        beyond = stop
        while beyond <= last and beyond not in found and not text[slice(*lines[beyond])].strip():
            beyond += 1
        if beyond > last or found.get(beyond) == PAGE:
            found.update(dict.fromkeys(range(index, stop), PAGE))


def _running_heads(folded: str, short: list[tuple[int, int, int]], found: dict[int, str]) -> None:
    """Takes a short line for a running head if it stands beside page numbers again and again."""
    pages = [i for i, kind in found.items() if kind == PAGE]
    if len(pages) < 3:
        return
    beside = Counter(i + step for i in pages for step in (-2, -1, 1, 2))
    # Nothing begins like a running head but what begins like a line beside a page mark.
    begin = {folded[start] for index, start, _ in short if index in beside}
    alike: dict[str, list[int]] = {}
    for index, start, end in short:
        if folded[start] in begin:
            alike.setdefault(_DIGITS.sub("0", folded[start:end].strip()), []).append(index)
    for indexes in alike.values():
        if len(indexes) >= 3 and sum(1 for i in indexes if beside[i]) >= 0.8 * len(indexes):
            found.update(dict.fromkeys(indexes, PAGE))
