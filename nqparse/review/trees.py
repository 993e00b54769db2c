"""Changes of a section tree: a section moves, gets another label, becomes text, or a new one begins inside a text.

The tree is taken apart into a list in the order of the text, each section with its depth, and put together again: no
change can bring sections out of that order, and ids and ends follow from it as they do when a document is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nqparse.document import Located, Section, SectionKind
from nqparse.fold import squeeze
from nqparse.review.anchors import Anchor, located
from nqparse.review.faults import Misfit
from nqparse.review.operations import AddSection, MoveSection, RelabelSection, RemoveSection, SetHeading
from nqparse.structure.label import number_value
from nqparse.structure.sections import path_id

TreeOperation = MoveSection | RelabelSection | SetHeading | RemoveSection | AddSection

_BULLETS = frozenset(("dash", "plus", "star"))


@dataclass(slots=True)
class _Node:
    """A section without its children: how deep it stands, and where its own text ends."""

    section: Section
    depth: int
    own_end: int
    old_id: str | None


class Tree:
    """The sections of a body or of an appendix, to be changed. The sections that it was made of stay as they are."""

    def __init__(self, text: str, sections: list[Section]) -> None:
        self._text = text
        self.limit = len(text)
        """Where the text ends that a new section may take, where no other holds it."""
        self._nodes = [node for section in sections for node in self._flat(section, 0)]

    def _flat(self, top: Section, depth: int) -> Iterator[_Node]:
        stack = [(top, depth)]
        while stack:
            section, level = stack.pop()
            copy = section.model_copy(update={"children": [], "paragraphs": list(section.paragraphs)})
            yield _Node(copy, level, self._own_end(section), section.id)
            stack.extend((child, level + 1) for child in reversed(section.children))

    def _own_end(self, section: Section) -> int:
        if not section.children:
            return section.end
        inside = [paragraph.end for paragraph in section.paragraphs]
        if section.heading is not None:
            inside.append(section.heading.end)
        if not inside:
            stop = max(section.start + 1, section.children[0].start)
            inside.append(section.start + max(1, len(self._text[section.start : stop].rstrip())))
        return max(inside)

    # -- finding ------------------------------------------------------------------------------

    def holds(self, place: Anchor) -> bool:
        """Tells whether a section begins at a place."""
        return any(node.section.start == place.start for node in self._nodes)

    def spans(self, offset: int) -> bool:
        """Tells whether a section of this tree holds an offset."""
        return self._holder(offset) is not None

    def _at(self, place: Anchor) -> int:
        for index, node in enumerate(self._nodes):
            if node.section.start == place.start:
                return index
        raise Misfit(
            f"no section begins with {place.quoted()[:60]!r}", f"không có mục nào bắt đầu bằng {place.quoted()[:60]!r}"
        )

    def _holder(self, offset: int) -> int | None:
        """Returns the last section that begins before an offset and whose own text reaches it."""
        found = None
        for index, node in enumerate(self._nodes):
            if node.section.start <= offset < node.own_end:
                found = index
        return found

    def _after(self, index: int) -> int:
        """Returns the index behind a section and all below it."""
        end = index + 1
        while end < len(self._nodes) and self._nodes[end].depth > self._nodes[index].depth:
            end += 1
        return end

    def _depth_under(self, under: Anchor | None, index: int) -> int:
        """Returns the depth of a child of `under` at a place of the list."""
        if under is None:
            return 0
        parent = self._at(under)
        depth = self._nodes[parent].depth
        if parent >= index or any(node.depth <= depth for node in self._nodes[parent + 1 : index]):
            raise Misfit(
                "a section can only come under one that is open where it begins",
                "chỉ có thể đưa một mục vào mục đang mở ở vị trí đó",
            )
        return depth + 1

    # -- changing -----------------------------------------------------------------------------

    def change(self, operation: TreeOperation) -> None:
        """Makes a change.

        Raises:
            Misfit: if it does not fit the tree.
        """
        if isinstance(operation, MoveSection):
            self._move(operation)
        elif isinstance(operation, RelabelSection):
            self._relabel(operation)
        elif isinstance(operation, SetHeading):
            self._set_heading(operation)
        elif isinstance(operation, RemoveSection):
            self._remove(operation)
        else:
            self._add(operation)

    def _move(self, operation: MoveSection) -> None:
        index = self._at(operation.section)
        old = self._nodes[index].depth
        new = self._depth_under(operation.under, index)
        end = self._after(index)
        if operation.following:
            while end < len(self._nodes) and self._nodes[end].depth >= old:
                end += 1
        for node in self._nodes[index:end]:
            node.depth += new - old

    def _relabel(self, operation: RelabelSection) -> None:
        section = self._nodes[self._at(operation.section)].section
        if operation.kind is not None:
            section.kind = operation.kind
        if operation.number is not None:
            section.number = operation.number
        section.ordinal = None if section.kind in _BULLETS else number_value(section.number)

    def _set_heading(self, operation: SetHeading) -> None:
        node = self._nodes[self._at(operation.section)]
        section, heading = node.section, operation.heading
        if heading is None:
            if section.heading is not None:
                section.paragraphs.insert(0, section.heading)
            section.heading = None
            return
        if not section.start < heading.start < heading.end <= node.own_end:
            raise Misfit("the title is not in the text of its section", "tiêu đề không nằm trong mục")
        if section.heading is not None:
            section.paragraphs.insert(0, section.heading)
        section.paragraphs = [
            left for paragraph in section.paragraphs for left in self._without(paragraph, heading)
        ]  # fmt: skip
        section.heading = located(heading, Located)

    def _remove(self, operation: RemoveSection) -> None:
        index = self._at(operation.section)
        if index == 0:
            raise Misfit(
                "the first section cannot become text: there is none before it to hold it",
                "mục đầu tiên không thể thành văn bản vì không có mục nào đứng trước",
            )
        node, before = self._nodes[index], self._nodes[index - 1]
        own = [*([node.section.heading] if node.section.heading else []), *node.section.paragraphs]
        if own and own[0].fragments is None and own[0].end > node.section.start:
            first = self._piece(node.section.start, own[0].end)
            own = [*first, *own[1:]]
        else:
            stop = own[0].start if own else node.own_end
            own = [*self._piece(node.section.start, max(stop, node.section.start + 1)), *own]
        before.section.paragraphs += own
        before.own_end = max(before.own_end, node.own_end)
        for below in self._nodes[index + 1 : self._after(index)]:
            below.depth -= 1
        del self._nodes[index]

    def _add(self, operation: AddSection) -> None:
        label, kind, number = operation.label, operation.kind, operation.number
        if kind is None or number is None:
            raise Misfit("a new section needs a kind and a number", "mục mới cần có loại và số")
        if any(node.section.start == label.start for node in self._nodes):
            raise Misfit("a section begins here already", "đã có mục bắt đầu ở đây")
        held = self._holder(label.start)
        index = sum(1 for node in self._nodes if node.section.start < label.start) if held is None else held + 1
        if operation.under is None:
            depth = self._depth_beside(index, kind, 0 if held is None else self._nodes[held].depth + 1)
        else:
            depth = self._depth_under(operation.under, index)
        own, end = self._free(label, index) if held is None else self._taken(label, self._nodes[held])
        section = Section(
            id="", kind=kind, label=squeeze(label.quoted()), number=number, start=label.start, end=end,
            ordinal=None if kind in _BULLETS else number_value(number), paragraphs=own,
        )  # fmt: skip
        self._nodes.insert(index, _Node(section, depth, max(end, label.end), None))

    def _depth_beside(self, index: int, kind: SectionKind, otherwise: int) -> int:
        """Returns the depth of the section of a kind that is open at a place of the list."""
        open_ = len(self._text)
        for node in reversed(self._nodes[:index]):
            if node.depth < open_:
                open_ = node.depth
                if node.section.kind == kind:
                    return open_
        return otherwise

    def _taken(self, label: Anchor, holder: _Node) -> tuple[list[Located], int]:
        """Takes the text from a label on away from the section that holds it, and returns it with its end."""
        parts = [*([holder.section.heading] if holder.section.heading else []), *holder.section.paragraphs]
        at = next((n for n, part in enumerate(parts) if part.start <= label.start < part.end), None)
        if at is None or parts[at].fragments is not None or parts[at].end < label.end:
            raise Misfit("the label does not lie inside one paragraph", "nhãn mục không nằm trong một đoạn")
        whole, end = parts[at], holder.own_end
        own = [*self._piece(label.end, whole.end), *parts[at + 1 :]]
        left = [*parts[:at], *self._piece(whole.start, label.start)]
        if holder.section.heading is not None:
            holder.section.heading = left.pop(0) if left else None
        holder.section.paragraphs = left
        before = self._text[holder.section.start : label.start].rstrip()
        holder.own_end = min(end, holder.section.start + max(1, len(before)))
        return own, end

    def _free(self, label: Anchor, index: int) -> tuple[list[Located], int]:
        """Returns the text from a label to the next section, or to where the part of the text ends."""
        following = self._nodes[index].section.start if index < len(self._nodes) else self.limit
        own = self._piece(label.end, max(label.end, min(following, self.limit)))
        return own, own[-1].end if own else label.end

    def _without(self, paragraph: Located, hole: Anchor) -> list[Located]:
        """Returns what is left of a paragraph without a place in it."""
        if hole.start >= paragraph.end or hole.end <= paragraph.start:
            return [paragraph]
        if paragraph.fragments is not None:
            return [] if (paragraph.start, paragraph.end) == (hole.start, hole.end) else [paragraph]
        return [*self._piece(paragraph.start, hole.start), *self._piece(hole.end, paragraph.end)]

    def _piece(self, start: int, end: int) -> list[Located]:
        """Returns the text between two places without the white space around it; nothing if that is all."""
        piece = self._text[start:end]
        start += len(piece) - len(piece.lstrip())
        stripped = piece.strip()
        return [Located(text=stripped, start=start, end=start + len(stripped))] if stripped else []

    # -- putting together ---------------------------------------------------------------------

    def sections(self) -> tuple[list[Section], dict[str, str]]:
        """Returns the tree, and the new id of each section that had one before."""
        top: list[Section] = []
        open_: list[tuple[int, Section, list[Section]]] = []
        for node in self._nodes:
            while open_ and open_[-1][0] >= node.depth:
                open_.pop()
            siblings = open_[-1][2] if open_ else top
            siblings.append(node.section)
            open_.append((node.depth, node.section, node.section.children))
        self._name(top)
        for node in reversed(self._nodes):  # children come behind their parents
            node.section.end = max(node.own_end, *(child.end for child in node.section.children), 0)
        return top, {node.old_id: node.section.id for node in self._nodes if node.old_id is not None}

    @staticmethod
    def _name(top: list[Section]) -> None:
        stack: list[tuple[str, list[Section]]] = [("", top)]
        while stack:
            prefix, siblings = stack.pop()
            used: dict[str, int] = {}
            bullets: dict[str, int] = {}
            for section in siblings:
                section.id = path_id(section.kind, section.number, prefix, used, bullets)
                stack.append((section.id, section.children))
