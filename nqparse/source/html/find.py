"""Where on the page is the document? In the smallest block that holds what makes a document.

A document shows itself by a few kinds of lines: state name and motto, number, type, bases, formula, articles, foot.
Each kind has a weight, and each line of a kind its share of it. The block is searched from the outside inwards, as
long as one block inside holds nearly all of the weight and a good part of the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from nqparse import ruleset
from nqparse.fold import fold
from nqparse.ruleset import RuleSet, by_first
from nqparse.source.blocks.boxes import Box, Line, Node, lines_of

# How much each kind says. The head and the foot are few lines and must not be left outside for many articles.
_WEIGHTS = {
    "page.state": 4.0,
    "page.motto": 3.0,
    "page.number": 2.0,
    "page.type": 2.0,
    "page.basis": 2.0,
    "page.formula": 2.0,
    "page.article": 3.0,
    "page.recipients": 3.0,
    "page.signature": 3.0,
}
_ENOUGH = 0.92  # of the weight that a block inside must hold
_TEXT = 0.35  # of the text: a letterhead alone is not the document, however much it says
_FEW_KINDS = 3
_HEAD = 120  # letters of a line that are looked at
_LINKED = 0.7  # from which share on a line is a link and not a text
_MENU = 0.6  # the same of a whole block
_MENU_LETTERS = 12
_MAIN = 0.5  # of the text of a page, from which on no block is a part of the site, whatever its name
_SMALL = 200  # letters, up to which a block with such a name is taken out of the document


@dataclass(slots=True)
class _Span:
    """What is inside a box: the cues from `start` to `end` of all cues of the page, and how many letters of text."""

    start: int
    end: int
    letters: int


class _Cues:
    """The cues of a page, and which of them are inside which box."""

    def __init__(self, root: Box, rules: RuleSet) -> None:
        self._patterns = by_first((rules.patterns[kind].first, (kind, rules.regex(kind))) for kind in _WEIGHTS)
        self.found: list[str] = []
        self._spans: dict[int, _Span] = {id(root): _Span(0, 0, 0)}
        letters = 0
        stack: list[tuple[Box, int]] = [(root, 0)]
        while stack:
            box, at = stack.pop()
            while at < len(box.children):
                node = box.children[at]
                at += 1
                if isinstance(node, Line):
                    if not is_link(node):
                        letters += len(node.text)
                        self.found += self._kinds(node)
                else:
                    stack.append((box, at))
                    # The letters before it; those inside are what has come more when it ends.
                    self._spans[id(node)] = _Span(len(self.found), len(self.found), letters)
                    box, at = node, 0
            span = self._spans[id(box)]
            span.end, span.letters = len(self.found), letters - span.letters
        self._sums: dict[str, list[int]] = {}
        for kind in set(self.found):
            total = 0
            sums = [0]
            for cue in self.found:
                total += cue == kind
                sums.append(total)
            self._sums[kind] = sums

    def _kinds(self, line: Line) -> list[str]:
        patterns = self._patterns.get(fold(line.text[:1]), [])
        head = fold(line.text[:_HEAD]) if patterns else ""
        return [kind for kind, pattern in patterns if pattern.match(head)][:1]

    def count(self, node: Node) -> int:
        """Returns the number of cues in a box or line."""
        if isinstance(node, Line):
            return 0 if is_link(node) else len(self._kinds(node))
        span = self._spans[id(node)]
        return span.end - span.start

    def letters(self, box: Box) -> int:
        """Returns how many letters of text a box holds, those of links aside."""
        return self._spans[id(box)].letters

    def weight(self, box: Box) -> float:
        """Returns the weight of a box; that of the whole page is the sum of the weights of the kinds found."""
        span = self._spans[id(box)]
        return sum(_WEIGHTS[kind] * (sums[span.end] - sums[span.start]) / sums[-1] for kind, sums in self._sums.items())


def is_link(line: Line) -> bool:
    """Tells whether a line is a link: an entry of a menu or of a list of other documents."""
    return line.linked > 0 and line.linked >= _LINKED * sum(map(str.isalnum, line.text))


def find_document(root: Box) -> list[Node]:
    """Returns what belongs to the document, in order; the whole page where nothing shows one."""
    rules = ruleset.load()
    cues = _Cues(root, rules)
    box = root
    if len(set(cues.found)) >= _FEW_KINDS:
        enough = _ENOUGH * cues.weight(root)
        while True:
            boxes = (node for node in box.children if isinstance(node, Box))
            inner = next((node for node in boxes if cues.weight(node) >= enough), None)
            if inner is None or cues.letters(inner) < _TEXT * cues.letters(box):
                break
            box = inner
    nodes = _without_edges(box.children, cues, _MAIN * cues.letters(root))
    _drop_chrome(nodes, cues)
    # What is left of a table is still a table.
    return [Box(box.kind, children=nodes)] if box.kind in ("table", "row") else nodes


def _without_edges(nodes: list[Node], cues: _Cues, most: float) -> list[Node]:
    """Leaves out the parts of the site before the first cue and behind the last, unless one is most of the page."""
    telling = [at for at, node in enumerate(nodes) if cues.count(node)]
    first, last = (telling[0], telling[-1]) if telling else (len(nodes), -1)

    def belongs(node: Node) -> bool:
        if isinstance(node, Box) and (node.chrome or not telling) and cues.letters(node) > most:
            return True
        return not (_is_menu(node) or (isinstance(node, Box) and node.chrome))

    return [node for at, node in enumerate(nodes) if first <= at <= last or belongs(node)]


def _is_menu(node: Node) -> bool:
    if isinstance(node, Line):
        return is_link(node)
    linked = letters = 0
    for line in lines_of(node):
        linked += line.linked
        letters += sum(map(str.isalnum, line.text))
    return linked >= _MENU * letters and linked >= min(letters, _MENU_LETTERS) and letters > 0


def _drop_chrome(nodes: list[Node], cues: _Cues) -> None:
    """Takes small parts of the site out of the document: a button, a tooltip, a bar of links."""
    stack = [nodes]
    while stack:
        children = stack.pop()
        children[:] = [
            node
            for node in children
            if isinstance(node, Line) or not node.chrome or cues.count(node) or cues.letters(node) > _SMALL
        ]
        stack += [node.children for node in children if isinstance(node, Box)]
