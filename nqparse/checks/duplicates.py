"""Duplicates: paragraphs that stand twice, as when a page was copied twice."""

from __future__ import annotations

from collections.abc import Iterator

from nqparse.checks.case import Case, official
from nqparse.checks.registry import Finding, check
from nqparse.document import Located

_RUN = 3  # so many paragraphs in a row that stand elsewhere, too, are no coincidence


@check(official)
def dup_001(case: Case) -> Iterator[Finding]:
    """A long paragraph stands twice in one section, or a run of paragraphs anywhere, word for word."""
    shortest = case.config.thresholds.duplicate_length
    seen: dict[str, tuple[int, str]] = {}
    again: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    expected = -1  # the paragraph that follows the first text of the last repeated one
    for number, (paragraph, home) in enumerate(_paragraphs(case)):
        text = paragraph.text.strip()
        first, first_home = seen.setdefault(text, (number, home))
        if first == number or len(text) < shortest:
            continue
        run = [*run, (paragraph.start, paragraph.end)] if first == expected else [(paragraph.start, paragraph.end)]
        expected = first + 1
        if home == first_home or len(run) >= _RUN:
            again += run if len(run) == _RUN and home != first_home else run[-1:]
    if again:
        yield Finding.all_at(again, text=case.quote(*again[0]), count=len(again))


def _paragraphs(case: Case) -> Iterator[tuple[Located, str]]:
    """Yields the paragraphs with the section that theirs is a part of."""
    for paragraph in [*case.document.preamble.bases, *case.document.preamble.recitals]:
        yield paragraph, "preamble"
    for section in case.sections:
        for paragraph in section.paragraphs:
            yield paragraph, section.id.rpartition("/")[0]
