"""Folding gives every character one, whichever way it takes."""

from __future__ import annotations

import pytest

from nqparse.fold import fold

LONG = "Ủy ban nhân dân tỉnh Ngàn mở lớp vẽ "


@pytest.mark.parametrize("start", range(0, 0x11000, 0x1000))
def test_a_character_folds_alike_alone_and_in_a_text(start: int) -> None:
    for code in range(start, start + 0x1000):
        alone = fold(chr(code))
        assert len(alone) == 1
        assert fold(LONG + chr(code)) == fold(LONG) + alone


def test_an_unusual_character_spoils_nothing_around_it() -> None:
    text = LONG * 400
    for odd in ("\ufffe", "\U0001f58c", "\ud800", "ж", "\x00"):
        for at in (0, 1, 4095, 4096, 4097, len(text)):
            assert fold(text[:at] + odd + text[at:]) == fold(text[:at]) + odd + fold(text[at:])


def test_folds_words() -> None:
    assert fold("QUYẾT NGHỊ: “Điều 5” – hoà, hóa…") == 'quyet nghi: "dieu 5" - hoa, hoa…'
