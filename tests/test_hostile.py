"""Hostile input: no text breaks the parser. What it costs is measured by `python -m benchmarks hostile`."""

from __future__ import annotations

import pytest
from shapes import HEAD, OPENING, tiles

from benchmarks.hostile import REPEATED
from nqparse.document import Document
from nqparse.pipeline import parse

_LENGTH = 12_000


@pytest.mark.parametrize("frame", [OPENING, HEAD[: HEAD.index("Ngàn, ngày")], ""], ids=["body", "letterhead", "alone"])
@pytest.mark.parametrize("unit", [pytest.param(unit, id=name) for name, unit in REPEATED.items()])
def test_the_same_words_again_and_again(unit: str, frame: str) -> None:
    text = frame + unit * (_LENGTH // len(unit))
    document = parse(text)
    assert [(zone.start, zone.end) for zone in document.zones] == tiles(document.zones, len(text))


# -- odd characters -----------------------------------------------------------------------------------------------

ODD = {
    "nothing": "",
    "one character": "a",
    "one letter of a label": "1",
    "NULs": "\x00" * 50,
    "NULs in a document": OPENING.replace(" ", "\x00"),
    "control characters": "".join(map(chr, range(32))) * 5,
    "lone surrogates": "\ud800\udfff" * 20,
    "lone surrogates in a document": OPENING.replace("a", "\ud800"),
    "characters beyond the first plane": "😀𝐀𝟏. " * 50,
    "digits of other scripts": "١. Mở lớp.\n２. Mua giấy.\n²) Vẽ.\n",
    "right to left": "\u202e" + OPENING,
    "byte order mark": "\ufeff" + OPENING,
    "combining mark first": "\u0301" + OPENING,
    "only marks": "**__##>>||\\\\" * 20,
    "old Mac line ends": OPENING.replace("\n", "\r"),
    "Windows line ends": OPENING.replace("\n", "\r\n"),
    "line ends of Unicode": OPENING.replace("\n", "\u2028"),
    "numbers too long to be read": "Số: " + "9" * 5000 + "/NQ-HV\n1. Mở.\n" + "9" * 5000 + ". Mua.\n",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ODD.items()])
def test_odd_characters(text: str) -> None:
    document = parse(text)
    assert document.text == text
    assert [(zone.start, zone.end) for zone in document.zones] == tiles(document.zones, len(text))


@pytest.mark.parametrize("unit", ["a", "Mở lớp vẽ. ", "\u0301"], ids=["letter", "sentence", "mark"])
def test_a_megabyte_on_one_line(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    document = parse(text)
    assert len(document.text) == len(text)
    assert document.zones[-1].end == len(text)


def test_lone_surrogate_is_written_and_read_back() -> None:
    document = parse("Mở lớp \ud800 vẽ.\n")
    assert Document.from_json(document.to_json()) == document
