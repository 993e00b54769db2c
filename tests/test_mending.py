"""Mending: line breaks inside a sentence or a word, and what must stay a paragraph."""

import pytest

from nqparse.view import View

LETTERS = "\nấ\nb\nề\nc\nổ\nd\nị\ng\nợ\nh\nứ\n"  # enough lone letters for a text to count as shattered


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A:\n-\nỦy ban;", "A:\n- Ủy ban;"),
        ("tỉnh;\n-\n\nSở;", "tỉnh;\n- Sở;"),
        ("Luật số 5\n;\nXét", "Luật số 5;\nXét"),
        ("ngày ký\n./.\n", "ngày ký./.\n"),
        ("I. A\n\n- B\n- C", "I. A\n\n- B\n- C"),
        ("hai dòng\nthường", "hai dòng\nthường"),
    ],
)
def test_lone_marks(source: str, expected: str) -> None:
    assert View.of(source).text == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Ngh\nị\n\nquy\nế\nt này", "Nghị quyết này"),
        ("H\nỘ\nI Đ\nỒ\nNG", "HỘI ĐỒNG"),
        ("có liê\nn quan", "có liên quan"),
        ("n\nhu cầu", "nhu cầu"),
        ("Chương I\nI\n\nQUY ĐỊNH", "Chương II\n\nQUY ĐỊNH"),
        ("đã\nđược sửa\n\nmột số điều", "đã được sửa một số điều"),
        ("19\n/NQ\n-\nHĐND", "19/NQ-HĐND"),
        ("Độc lập\n-\n\nTự do", "Độc lập- Tự do"),
        ("toàn tỉnh.\n\nĐiều 2.", "toàn tỉnh.\n\nĐiều 2."),
        ("như sau\n\na) Chi", "như sau\n\na) Chi"),
    ],
)
def test_shattered_text(source: str, expected: str) -> None:
    view = View.of(source + "\n\n" + LETTERS)
    assert view.text.startswith(expected)


def test_offsets_lead_back_to_the_source() -> None:
    source = "Ngh\nị\n\nquy\nế\nt này\n\n" + LETTERS
    view = View.of(source)
    at = view.text.index("quyết")
    assert source[slice(*view.source_span(at, at + 5))] == "quy\nế\nt"


def test_cost_is_linear_in_breaks() -> None:
    view = View.of("ế\n\n" * 50_000)
    assert len(view.text) > 0
