"""Numbering: gaps, doubles, steps backwards, skipped levels, mixed styles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from nqparse.checks.case import Case, official
from nqparse.checks.registry import Finding, check
from nqparse.checks.sequences import BULLETS, Step, is_inserted, path, style
from nqparse.document import Section

_LATIN = frozenset("fjwz")
_D, _E = 4, 6  # the places of "d" and "e"; "đ" stands between
# A label of one kind that skips the level between it and its parent.
_SKIPS = {
    ("roman", "letter"),
    ("upper", "letter"),
    ("part", "letter"),
    ("chapter", "letter"),
    ("roman", "letter_decimal"),
}
_FELLOWS = frozenset({"arabic", "letter", "decimal"})


def _at(section: Section, **fields: object) -> Finding:
    """Returns a finding at the label of a section."""
    return Finding(
        section.start, min(section.end, section.start + len(section.label)), {"label": section.label, **fields}
    )


@check(official)
def num_010(case: Case) -> Iterator[Finding]:
    """A number is left out. "d)" before "e)" is NUM-013."""
    opener = next((section for section in case.sections if section.kind == "article"), None)
    if opener is not None and opener.ordinal is not None and opener.ordinal > 1:
        yield _at(opener, before="—")
    for step in case.steps:
        if step.high > step.low + 1 and not _skips_d(step) and not step.loose:
            yield _at(step.section, before=step.before.label)


@check(official)
def num_011(case: Case) -> Iterator[Finding]:
    """A number goes backwards. Articles that begin again are NUM-021."""
    for step in case.steps:
        if step.high < step.low and not step.loose and not (step.section.kind == "article" and step.high == 1):
            yield _at(step.section, before=step.before.label)


@check(official)
def num_012(case: Case) -> Iterator[Finding]:
    """The same number stands twice at the same level."""
    for step in case.steps:
        before, section = step.before, step.section
        if step.high != step.low or step.loose or (section.kind == "article" and step.high == 1):
            continue
        other = is_inserted(before) or is_inserted(section) or section.number.lower() in _LATIN
        if before.number.lower() == section.number.lower() or not other:
            yield _at(section, before=before.label)


@check(official)
def num_013(case: Case) -> Iterator[Finding]:
    """The point "đ)" is left out."""
    for step in case.steps:
        if _skips_d(step):
            yield _at(step.section)


def _skips_d(step: Step) -> bool:
    return (step.low, step.high) == (_D, _E) and step.before.number in ("d", "D")


@check(official)
def num_014(case: Case) -> Iterator[Finding]:
    """A letter that is not used for points."""
    for section in case.sections:
        if section.kind == "letter" and section.number.lower() in _LATIN:
            yield _at(section)


@check(official)
def num_015(case: Case) -> Iterator[Finding]:
    """A level is skipped, or a numbered section has no fellow."""
    for parent, group in case.siblings:
        opener = group[0]
        if parent is None:
            continue
        alone = len(group) == 1 and opener.kind in _FELLOWS and path(opener)[-1] in ("1", "a")
        if alone or (parent.kind, opener.kind) in _SKIPS:
            yield _at(opener, parent=parent.label)


@check(official)
def num_016(case: Case) -> Iterator[Finding]:
    """Labels of one list are punctuated differently."""
    for _, group in case.siblings:
        by_kind: dict[str, list[Section]] = {}
        for section in group:
            if section.kind not in BULLETS and style(section):
                by_kind.setdefault(section.kind, []).append(section)
        for members in by_kind.values():
            styles = Counter(map(style, members))
            if len(styles) > 1:
                usual = max(styles, key=lambda mark: styles[mark])
                counted = {section.ordinal for section in members if style(section) == usual}
                # A number that the usual style has, too, belongs to another list.
                odd = (section for section in members if style(section) != usual and section.ordinal not in counted)
                yield from (_at(section, usual=usual) for section, _ in zip(odd, range(1), strict=False))


@check(official)
def num_020(case: Case) -> Iterator[Finding]:
    """A decimal number without the number that it belongs under."""
    for parent, group in case.siblings:
        seen: set[str] = set()
        for section in group:
            seen.add(section.number.strip("."))
            if section.kind != "decimal":
                continue
            above = path(section)[:-1]
            over = ".".join(above)
            under = parent is not None and parent.number.strip(".") in (over, above[-1] if above else "")
            if above and not under and over not in seen:
                seen.add(over)  # told once for all of them
                yield _at(section, parent=over)


@check(official)
def num_021(case: Case) -> Iterator[Finding]:
    """Articles begin again at 1, and no attached act is there to begin."""
    for step in case.steps:
        if step.section.kind == "article" and step.high == 1:
            yield _at(step.section, before=step.before.label)
