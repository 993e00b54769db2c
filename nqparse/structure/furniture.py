"""Furniture: running heads, page numbers, stamps, rules and cell marks between the lines of the document.

A clause that runs over a page break is one clause: what stands between its halves is left out of the
reading order (it stays in the text and gets a zone of its own).
"""

from __future__ import annotations

import re
from collections import Counter

from nqparse.ruleset import RuleSet
from nqparse.view import View

_DIGITS = re.compile(r"\d+")
# A line that begins so goes on with what stands before it: a number above it is no page number.
_GOES_ON = re.compile(r"[./,;:)\-]")
_ENDS = re.compile(r"[.;:!?…”\"')/\]]$")

# How a line that is left out leaves its neighbours.
BREAK = "break"  # a rule or a cell mark: what follows is a new paragraph
PAGE = "page"  # a page break: what follows may go on with what stood before


def find_furniture(view: View, lines: list[tuple[int, int]], rules: RuleSet) -> dict[int, str]:
    """Returns the lines that are furniture, each with how it leaves its neighbours (`BREAK`, `PAGE`)."""
    text, folded = view.text, view.folded
    found: dict[int, str] = {}
    numbers: list[int] = []
    rule_line = rules.regex("furniture.rule")
    page_mark = rules.regex("furniture.page-mark")
    page_number = rules.regex("furniture.page-number")
    running_head = rules.regex("furniture.running-head")
    rubric = rules.regex("furniture.rubric")
    stamp = rules.regex("furniture.stamp")
    signature = rules.regex("furniture.digital-signature")
    short: dict[str, list[int]] = {}
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
            if page_mark.match(folded, low, end):
                found[index] = PAGE
                continue
        if char.isdigit() or char == "-":
            if length < 16 and page_number.fullmatch(folded, low, end):
                numbers.append(index)
            continue
        if char in "ctpsdhkntblegmxv":
            if rubric.fullmatch(folded, low, end):
                found[index] = BREAK
                continue
            if running_head.match(folded, low, end) or page_mark.match(folded, low, end):
                found[index] = PAGE
                continue
            if signature.match(folded, low, end):
                found[index] = PAGE
                continue
            if length < 40 and stamp.fullmatch(text, low, end):
                found[index] = BREAK
                continue
        if length < 90:
            short.setdefault(_DIGITS.sub("0", folded[low:end].strip()), []).append(index)
    _signature_lines_need_company(folded, lines, found, signature)
    _page_numbers(text, lines, numbers, found)
    _running_heads(lines, short, found)
    return found


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


def _running_heads(lines: list[tuple[int, int]], short: dict[str, list[int]], found: dict[int, str]) -> None:
    """Takes a short line for a running head if it stands beside page numbers again and again."""
    pages = [i for i, kind in found.items() if kind == PAGE]
    if len(pages) < 3:
        return
    beside = Counter(i + step for i in pages for step in (-2, -1, 1, 2))
    for indexes in short.values():
        if len(indexes) >= 3 and sum(1 for i in indexes if beside[i]) >= 0.8 * len(indexes):
            found.update(dict.fromkeys(indexes, PAGE))
