"""Roles: what becomes of each person in a document, and in which office.

    "Phê chuẩn kết quả bầu chức vụ Chủ tịch … đối với ông Lò Văn Sự"   a cue before the name
    "Đồng chí Lò Văn Sự thôi giữ chức vụ …"                            a cue behind it
    "Bầu các ông, bà sau đây:" 1. Ông …  2. Bà …                       a cue in the lead-in, here or a level higher
    a name below a signature                                           the signer

A role says what the act makes of the person, whether it does so itself or approves that others did. Where several
readings are possible there is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from nqparse.content_models import PersonRole
from nqparse.document import Entity, PersonEntity, Section
from nqparse.entities import Mention
from nqparse.entities.extract import SectionIndex
from nqparse.fold import squeeze
from nqparse.ruleset import RuleSet
from nqparse.structure.lines import Flow
from nqparse.view import View

_ACTS: tuple[PersonRole, ...] = (
    "elected", "appointed", "approved", "dismissed", "suspended", "disciplined", "assigned", "transferred", "nominated",
    "admitted", "awarded",
)  # fmt: skip
_BEHIND: tuple[PersonRole, ...] = (
    "dismissed", "elected", "appointed", "assigned", "transferred", "disciplined", "awarded",
)  # fmt: skip
_HOLDING = frozenset(("elected", "appointed", "approved"))  # roles by which one comes to an office
_ACTING = frozenset(("title", "body"))  # what stands elsewhere is a reason, a report or an addressee
_REACH = 320  # characters before a name in which its cue may stand
_NEAR = 140  # characters behind it
_TASK_REACH = 130  # "Phân công Phó Chủ tịch Ủy ban nhân dân tỉnh … Lò Văn Sự"
_OPENER = 160  # characters before a name at the start of a list's line
_LOOK_BACK = 3  # persons before one of whom the same may be said
_LEAD = 500  # characters of a lead-in that are read
_SENTENCE = re.compile(r"[.](?=\s+[^\W\d_a-z]|\s*\n|/\.)|[;](?=\s)|\n[ \t]*\n")
_MEMBERS = frozenset(("thành viên", "đại biểu", "hội thẩm", "đảng viên", "bí thư", "đảng ủy viên"))


class _Act(NamedTuple):
    """What a text says is done: the role, the text before its cue and the text behind it."""

    role: PersonRole
    before: str
    behind: str


class _Told(NamedTuple):
    """The role of a person, the office that goes with it, and whether words behind the name gave it."""

    role: PersonRole
    office: str | None
    behind: bool = False


class _Named(NamedTuple):
    """A person of the acting text, with what it is told of them."""

    mention: Mention
    entity: PersonEntity
    told: _Told | None


class RoleReader:
    """Reads the roles of persons. It holds no state between calls."""

    def __init__(self, rules: RuleSet) -> None:
        self._act = {role: rules.regex(f"role.{role}") for role in _ACTS}
        self._behind = {role: rules.regex(f"role.after-{role}") for role in _BEHIND}
        self._rule = {
            name: rules.regex(f"role.{name}")
            for name in ("tentative", "stop", "busy", "lead", "item", "listed", "office", "item-office", "after-none")
        }
        self._offices = frozenset(term.split()[0].lower() for term in rules.terms["person.offices"].terms) | {"uỷ"}

    def read(
        self, flow: Flow, states: list[str], anchored: list[tuple[Mention, Entity]], body: list[Section], source: str
    ) -> None:
        """Sets role, office and position of the persons of a document.

        Args:
            flow: the text in reading order.
            states: the zone state of each line.
            anchored: all mentions in flow order, each with its entity; the persons among them are changed.
            body: the section tree.
            source: the text that the offsets of sections refer to.
        """
        persons = [(mention, entity) for mention, entity in anchored if isinstance(entity, PersonEntity)]
        if not persons:
            return
        scene = _Scene(self, flow, states, body, source)
        named: list[_Named] = []
        for index, (mention, entity) in enumerate(persons):
            line = flow.line_at(mention.start)
            if states[line] == "signatures":
                entity.value.role = "signer"
                continue
            if states[line] not in _ACTING:
                continue
            follows = persons[index + 1][0].start if index + 1 < len(persons) else len(flow.text)
            told = self._told(scene, mention, entity, line, follows, named)
            named.append(_Named(mention, entity, told))
        for person in self._shared(named, flow.text):
            if person.told is not None:
                value = person.entity.value
                value.role, value.office = person.told.role, person.told.office
                value.position = value.position or person.told.office

    def _shared(self, named: list[_Named], text: str) -> list[_Named]:
        """Returns the persons, those before one whose role stands behind it included: "Ông A và bà B thôi làm …"."""
        for index in range(len(named) - 2, -1, -1):
            one, other = named[index], named[index + 1]
            if one.told is None and other.told is not None and other.told.behind and self._are_listed(one, other, text):
                named[index] = one._replace(told=other.told)
        return named

    def _are_listed(self, one: _Named, other: _Named, text: str) -> bool:
        between = text[one.mention.end : other.mention.start]
        fits = len(between) <= _NEAR and "\n" not in between and one.entity.section_id == other.entity.section_id
        return fits and self._rule["listed"].fullmatch(between) is not None

    def _told(
        self,
        scene: _Scene,
        mention: Mention,
        entity: PersonEntity,
        line: int,
        follows: int,
        named: list[_Named],
    ) -> _Told | None:
        text = scene.flow.text
        before = named[-1] if named else None
        low, high = scene.clause(mention, line, follows)
        after = text[mention.end : high]
        if self._rule["after-none"].search(after):
            return None
        role = next((role for role, cue in self._behind.items() if cue.search(after)), None)
        if role is not None:
            return _Told(role, self._office(after), behind=True)
        clause = text[low : mention.start]
        act = self.act_in(clause)
        if act is not None and not self._is_taken(act, before, mention):
            if self._rule["stop"].search(act.behind) or not self._reaches(act):
                return None
            return _Told(act.role, self._office(after) or self._office(act.behind, last=True))
        if self._rule["stop"].search(clause):
            return None
        office = self._office(after)
        model = next((person for person in reversed(named[-_LOOK_BACK:]) if person.told is not None), None)
        if office and model and model.told and self._goes_on(model, entity, text, mention):
            return _Told(model.told.role, office, behind=True)
        told = self._in_list(scene, mention, entity, line, before)
        return told and told._replace(office=office or told.office)

    @staticmethod
    def _is_taken(act: _Act, before: _Named | None, mention: Mention) -> bool:
        """Tells whether a task was given to the person before: "Giao ông A ký hợp đồng với ông B"."""
        return act.role == "assigned" and before is not None and before.mention.start > mention.start - len(act.behind)

    def _goes_on(self, before: _Named, entity: PersonEntity, text: str, mention: Mention) -> bool:
        """Tells whether a sentence goes on with another office for another person: "…; bà B giữ chức vụ …"."""
        between = text[before.mention.end : mention.start]
        told = before.told
        return (
            told is not None
            and told.role in _HOLDING
            and before.entity.section_id == entity.section_id
            and len(between) <= _REACH
            and "." not in between
            and "\n\n" not in between
        )

    def _in_list(
        self,
        scene: _Scene,
        mention: Mention,
        entity: PersonEntity,
        line: int,
        before: _Named | None,
    ) -> _Told | None:
        """Returns the role that a person of a list has from the one before, or from the lead-in."""
        text = scene.flow.text
        if before is not None and before.told is not None:
            if self._are_listed(before, _Named(mention, entity, None), text):
                return before.told._replace(office=None)
        opener = text[scene.flow.lines[line].start : mention.start]
        if len(opener) > _OPENER or not self._rule["item"].fullmatch(opener):
            return None
        act = scene.lead(entity.section_id, line)
        if act is None:
            return None
        named = self._rule["item-office"].match(opener)
        office = self._kept(named["office"]) if named else None
        return _Told(act.role, office or self._office(act.behind))

    def act_in(self, text: str) -> _Act | None:
        """Returns the last act that a text speaks of, or None if there is none or it is only planned."""
        best: tuple[int, int, PersonRole] | None = None
        for role, cue in self._act.items():
            for match in cue.finditer(text):
                if best is None or (match.end(), match.end() - match.start()) > (best[0], best[0] - best[1]):
                    best = (match.end(), match.start(), role)
        if best is None or self._rule["tentative"].search(text[max(0, best[1] - _NEAR) : best[1]]):
            return None
        return _Act(best[2], text[: best[1]], text[best[1] :])

    def is_lead(self, text: str) -> bool:
        """Tells whether a list of names may follow a text."""
        return self._rule["lead"].search(text) is not None

    def _reaches(self, act: _Act) -> bool:
        """Tells whether an act before a name is about that name: a task goes to whom it names first."""
        if act.role != "assigned":
            return True
        return len(act.behind) <= _TASK_REACH and self._rule["busy"].search(act.behind) is None

    def _office(self, text: str, *, last: bool = False) -> str | None:
        """Returns the first office in a text that a word for it announces (or the last one), or None."""
        found = (self._kept(match["office"]) for match in self._rule["office"].finditer(text))
        offices = [office for office in found if office]
        return (offices[-1] if last else offices[0]) if offices else None

    def _kept(self, office: str) -> str | None:
        """Returns what stands for an office, on one line, if it is one."""
        words = office.lower().split()
        if words[:1] == ["nguyên"]:
            del words[0]
        known = bool(words) and (words[0] in self._offices or " ".join(words[:2]) in _MEMBERS)
        return squeeze(office) if known else None


class _Scene:
    """One document: clauses around names, and the lead-ins of the sections that hold them."""

    def __init__(self, reader: RoleReader, flow: Flow, states: list[str], body: list[Section], source: str) -> None:
        self.flow = flow
        self._reader = reader
        self._source = source
        self._places = SectionIndex(body)
        self._above: dict[str, tuple[Section, Section | None]] = {}
        self._note(body, None)
        self._acts: dict[str, _Act | None] = {}
        self._colons = [
            index
            for index, line in enumerate(flow.lines)
            if states[index] in _ACTING and flow.text[line.start : line.end].rstrip(" *_").endswith(":")
        ]

    def _note(self, sections: Iterable[Section], parent: Section | None) -> None:
        for section in sections:
            self._above[section.id] = (section, parent)
            self._note(section.children, section)

    def clause(self, mention: Mention, line: int, follows: int) -> tuple[int, int]:
        """Returns the clause around a name: not beyond its section, the sentence, or the next name."""
        text = self.flow.text
        low = max(self._opening(line), mention.start - _REACH)
        for match in _SENTENCE.finditer(text, low, mention.start):
            low = match.end()
        high = min(follows, mention.end + _NEAR, len(text))
        stop = _SENTENCE.search(text, mention.end, high)
        return low, stop.start() if stop else high

    def _opening(self, line: int) -> int:
        """Returns where the lines begin that go on to this one; a section and a paragraph begin anew."""
        lines = self.flow.lines
        first = line
        while first > 0 and lines[first].start - lines[line].start > -_REACH and self._goes_on(first):
            first -= 1
        return lines[first].start

    def _goes_on(self, index: int) -> bool:
        line, before = self.flow.lines[index], self.flow.lines[index - 1]
        if line.label is not None or line.blank or line.sealed:
            return False
        text = self.flow.text
        return line.full or text[line.start].islower() or text[before.end - 1] not in ".;:"

    def lead(self, section_id: str | None, line: int) -> _Act | None:
        """Returns the act of the lead-in that governs a line of a list."""
        at = bisect_right(self._colons, line - 1) - 1
        if at >= 0:
            lead = self.flow.lines[self._colons[at]]
            if self._places.at(self.flow.view.source_start(lead.start)) == section_id:
                low = self._opening(self._colons[at])
                act = self._reader.act_in(self.flow.text[max(low, lead.end - _LEAD) : lead.end])
                if act is not None:
                    return act
        while section_id is not None and section_id in self._above:
            parent = self._above[section_id][1]
            if parent is None:
                return None
            section_id = parent.id
            act = self._lead_of(parent)
            if act is not None:
                return act
        return None

    def _lead_of(self, section: Section) -> _Act | None:
        """Returns the act of what a section says before its first child."""
        if section.id not in self._acts:
            end = section.children[0].start if section.children else section.end
            text = View.of(self._source[max(section.start, end - _LEAD) : end]).text
            leads = section.heading is not None or self._reader.is_lead(text)
            self._acts[section.id] = self._reader.act_in(text) if leads else None
        return self._acts[section.id]
