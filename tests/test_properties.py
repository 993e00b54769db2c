"""Properties: whatever is done to a real document, it is parsed, nothing is lost, and the result is whole.

Each way to damage a text is tried on pieces of the specimens and, where they are here, of the real documents.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from shapes import BOUNDED, SPECIMENS, assert_whole, needs_real, real_texts, text_of

from nqparse.pipeline import parse

TEXTS = {folder.name: text_of(folder) for folder in SPECIMENS}
LONGEST = 6_000  # characters of a piece
NOISE = "*_#|\\<>&“”\"'()[]:;.,-–+•\t \n\r\u00a0\u0301\u0323\u200b\u00ad\ufeff\x00\x0c§ðÐđĐIVXilO0123456789aÂ"

Damage = Callable[[str, str, Random], str]


def spliced(text: str, other: str, random: Random) -> str:
    """The beginning of one document, the end of another."""
    return text[: random.randrange(len(text))] + other[random.randrange(len(other)) :]


def shuffled(text: str, other: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    random.shuffle(lines)
    return "".join(lines)


def truncated(text: str, other: str, random: Random) -> str:
    start = random.randrange(len(text))
    return text[start : random.randrange(start, len(text)) + 1]


def upper(text: str, other: str, random: Random) -> str:
    return text.upper()


def lower(text: str, other: str, random: Random) -> str:
    return text.lower()


def without_accents(text: str, other: str, random: Random) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def decomposed(text: str, other: str, random: Random) -> str:
    return unicodedata.normalize("NFD", text)


def noisy(text: str, other: str, random: Random) -> str:
    """Random characters put in, one in about fifty."""
    return "".join(char + (random.choice(NOISE) if random.random() < 0.02 else "") for char in text)


def on_one_line(text: str, other: str, random: Random) -> str:
    return " ".join(text.split())


def doubled(text: str, other: str, random: Random) -> str:
    return text + text


def rewrapped(text: str, other: str, random: Random) -> str:
    """Line breaks put in and taken out by chance."""
    return "".join(random.choice(" \n") if char in " \n" and random.random() < 0.1 else char for char in text)


def in_columns(text: str, other: str, random: Random) -> str:
    """Two documents side by side."""
    rows = zip(text.splitlines(), other.splitlines(), strict=False)
    return "\n".join(f"{left[:60]:<64}{right}" for left, right in rows)


DAMAGES: list[Damage] = [
    spliced, shuffled, truncated, upper, lower, without_accents, decomposed, noisy, on_one_line, doubled, rewrapped,
    in_columns,
]  # fmt: skip
EACH = pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)


SEEDS = st.integers(0, 2**32 - 1)
# A damaged text does not become clearer by shrinking its seed.
UNSHRUNK = settings(BOUNDED, max_examples=15, phases=[Phase.generate])


def check(damage: Damage, texts: dict[str, str], seed: int) -> None:
    """Damages a piece of one of the texts, parses it and checks the result."""
    random = Random(seed)
    text, other = (texts[name] for name in random.choices(list(texts), k=2))
    start = random.randrange(max(1, len(text) - LONGEST))
    damaged = damage(text[start : start + LONGEST], other[:LONGEST], random)
    document = parse(damaged)
    assert document.text == damaged
    assert_whole(document)
    assert parse(damaged).to_json() == document.to_json()


@EACH
@given(SEEDS)
@UNSHRUNK
def test_damaged_specimen(damage: Damage, seed: int) -> None:
    check(damage, TEXTS, seed)


@needs_real
@EACH
@given(SEEDS)
@UNSHRUNK
def test_damaged_real_document(damage: Damage, seed: int) -> None:
    check(damage, real_texts(), seed)


PIECES = st.sampled_from(
    [
        *("NGHỊ QUYẾT", "QUYẾT NGHỊ:", "Căn cứ Luật Hội;", "Số: 05/NQ-HV", "Nơi nhận:", "TM. HỘI VẼ", "CHỦ TỊCH"),
        *("Lê Văn Ngàn", "PHỤ LỤC", "(Kèm theo Nghị quyết", "Nghị quyết này được Hội thông qua", "Mở lớp vẽ", "mở lớp"),
        *("Điều 1. ", "1. ", "a) ", "- ", "I. ", "1.1. ", "(1) ", "Một là, ", "ngày 05 tháng 3 năm 2024", "12/24"),
        *("“", "”", '"', ".", ";", ":", ",", "\n", "\n\n", " ", "   ", "\t", "- 2 -", "2"),
        *("|", "---", "+---+---+", "**", "\\", "<br>", "\u0301"),
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(BOUNDED, max_examples=200)
def test_pieces_in_any_order(text: str) -> None:
    assert_whole(parse(text))


@given(st.text(st.characters(codec="utf-8"), max_size=80))
@settings(BOUNDED, max_examples=200)
def test_any_text(text: str) -> None:
    assert_whole(parse(text))
