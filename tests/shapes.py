"""What the tests of the structure share: a frame to put a body into, and short writings of what was read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from nqparse import ruleset
from nqparse.document import Document, Section, Zone
from nqparse.pipeline import Parser, Structure, parse

ROOT = Path(__file__).parent.parent
SPECIMENS = sorted(path.parent for path in (ROOT / "corpus").glob("*/source.txt"))
REAL = ROOT.parent / "shared" / "corpus"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the real documents (../shared/corpus) are not here")
# Properties are tried on the same bounded examples every time.
BOUNDED = settings(derandomize=True, max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])

HEAD = """\
ỦY BAN MỸ THUẬT TỈNH NGÀN
Số: 05/NQ-UBMT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Ngàn, ngày 05 tháng 3 năm 2024
NGHỊ QUYẾT
Về việc mở lớp vẽ
"""
OPENING = HEAD + "Căn cứ Điều lệ Hội;\nQUYẾT NGHỊ:\n"
BODY = "Điều 1. Mở hai lớp vẽ.\nĐiều 2. Giao Văn phòng thực hiện.\n"
FOOT = "Nơi nhận:\n- Các chi hội;\n- Lưu: VP.\nTM. ỦY BAN\nCHỦ TỊCH\nLê Văn Ngàn\n"


def text_of(folder: Path) -> str:
    """Returns the text of a specimen."""
    return folder.joinpath("source.txt").read_bytes().decode()


@lru_cache(maxsize=1)
def real_texts() -> dict[str, str]:
    """Returns the texts of the real documents by name."""
    paths = [*REAL.glob("*/*/source.txt"), *REAL.glob("*/*/source.md")]
    return {path.parent.name: path.read_bytes().decode() for path in sorted(paths)}


_MARKS = {"dash": "-", "plus": "+", "star": "*"}


def body(text: str) -> list[Section]:
    """Returns the sections of a text that stands behind the formula."""
    return parse(OPENING + text).body


def outline(sections: Iterable[Section], *, kinds: bool = False) -> str:
    """Writes a tree on one line: "1(a b(- -)) 2"; with `kinds`, "arabic 1(letter a, letter b)"."""
    written = []
    for section in sections:
        name = _MARKS.get(section.kind, section.number)
        inside = outline(section.children, kinds=kinds)
        written.append(
            (f"{section.kind} {section.number}".strip() if kinds else name) + (f"({inside})" if inside else "")
        )
    return (", " if kinds else " ").join(written)


def labels(*lines: str) -> str:
    """Returns body lines: each label with some words of text behind it."""
    return "".join(f"{line} Nội dung về lớp vẽ.\n" for line in lines)


def depth(sections: Iterable[Section]) -> int:
    """Returns how many sections stand inside each other."""
    deepest, level = 0, list(sections)
    while level:
        deepest, level = deepest + 1, [child for section in level for child in section.children]
    return deepest


@lru_cache(maxsize=1)
def parser() -> Parser:
    return Parser.of(ruleset.load())


def structure(text: str) -> Structure:
    return parser().structure(text)


def flow_lines(text: str) -> list[str]:
    """Returns the lines of a text in reading order, as the zones see them."""
    flow = structure(text).flow
    return [flow.text[line.start : line.end] for line in flow.lines]


def runs(states: Iterable[str]) -> list[str]:
    """Returns the states in order, each run once."""
    found: list[str] = []
    for state in states:
        if not found or found[-1] != state:
            found.append(state)
    return found


def zone_texts(document: Document) -> list[tuple[str, str]]:
    """Returns (kind, text without white space at its ends) of each zone."""
    return [(zone.kind, document.text[zone.start : zone.end].strip()) for zone in document.zones]


def assert_whole(document: Document) -> None:
    """Checks what holds of any document; that spans hold their text is checked when a `Document` is made."""
    text = document.text
    assert [(zone.start, zone.end) for zone in document.zones] == tiles(document.zones, len(text))
    assert Document.from_json(document.to_json()) == document
    for appendix in document.appendices:
        assert 0 <= appendix.start <= appendix.end <= len(text)
    if in_source_order(text):
        _assert_nested(text, document.body, 0, len(text))
        for appendix in document.appendices:
            _assert_nested(text, appendix.body, appendix.start, appendix.end)


def in_source_order(text: str) -> bool:
    """Tells whether the text is read from its first line to its last, and no columns were taken apart."""
    flow = structure(text).flow
    starts = [flow.view.source_start(line.start) for line in flow.lines]
    return starts == sorted(starts)


def tiles(zones: list[Zone], length: int) -> list[tuple[int, int]]:
    """Returns the spans that the zones have if they tile a text of this length."""
    starts = [zone.start for zone in zones]
    return list(zip(starts, [*starts[1:], length], strict=True)) if zones else []


def _assert_nested(text: str, sections: list[Section], low: int, high: int) -> None:
    """Sections lie inside their parent, one behind the other, and what they say lies inside them."""
    level = [(sections, low, high)]
    while level:
        siblings, low, high = level.pop()
        for section in siblings:
            assert low <= section.start < section.end, section.id
            # A label alone on its line takes the line break in (see test_numbering).
            assert not text[high : section.end].strip(), section.id
            for part in [*section.paragraphs, *([section.heading] if section.heading else [])]:
                assert section.start <= part.start < part.end <= section.end, section.id
            level.append((section.children, section.start, section.end))
            low = (
                section.end
                if text[section.end - 1].strip()
                else section.start + len(text[section.start : section.end].rstrip())
            )
