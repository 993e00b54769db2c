"""The view: what it cleans, what it leaves alone, and that every place maps back to the source."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapes import BOUNDED

from nqparse.fold import LOWER, UPPER, expand_classes, fold, fold_pattern, key, squeeze
from nqparse.view import View

# -- what the view cleans -------------------------------------------------------------------------------

CLEANED = [
    # 1. NFC
    ("Đie\u0302\u0300u 1", "Điều 1"),  # base letter and two marks
    ("Đi\u00ea\u0300u 1", "Điều 1"),  # half composed, as code page 1258 gives it
    ("Hu\u0323\u00ea\u0301", "Hụế"),  # marks on neighbouring letters
    ("x\u0301y", "x\u0301y"),  # no composed letter exists: kept
    # 2. spaces and characters that are not seen
    ("Điều\u00a01", "Điều 1"),  # no-break
    ("Điều\u20031\u3000a", "Điều 1 a"),  # typographic
    ("Nghị\u200b quyết\u00ad", "Nghị quyết"),  # zero width, soft hyphen
    ("\ufeffSố", "Số"),  # byte order mark
    ("a\r\nb", "a \nb"),  # the line break stays one
    ("a\u2028b\x85c", "a\nb\nc"),  # other line breaks
    ("a\x0bb\x0cc", "a b c"),  # vertical tab, form feed
    # 3. Markdown
    ("**Điều 1. **Phạm vi", "Điều 1. Phạm vi"),  # bold that closes behind the space
    ("***Số***: *12*", "Số: 12"),
    ("__rõ__ và _nghiêng_", "rõ và nghiêng"),
    ("# NGHỊ QUYẾT\n### Điều 1", "NGHỊ QUYẾT\nĐiều 1"),
    ("> trích", "trích"),
    (r"1\. Mở; \- đóng; \*", "1. Mở; - đóng; *"),  # escapes
    ("TỈNH NGÀN\\\nSố", "TỈNH NGÀN\nSố"),  # a hard break
    ("| NGÀN\\ | \\ |", "| NGÀN |  |"),  # a hard break in a table's cell
    ("KH&amp;KT&nbsp;&lt;a&gt; &quot;b&quot;", 'KH&KT <a> "b"'),
    ("<b>Điều</b> <sup>2</sup>", "Điều 2"),
    ("NGÀN<br>Số<br/>1", "NGÀN\nSố\n1"),
]
KEPT = [
    "* Về kinh tế",  # a bullet
    "Số: ____/NQ-HĐND",  # a blank to be filled in
    "snake_case_name",
    "C:\\thu\\muc",  # a backslash before a letter
    "KH&KT",  # no entity
    "a < b, 5 > 3",
    "<không phải thẻ>",
    "Nghi quyêt cua Hôi dông",  # damage is not repaired
    "khoá, thuỷ; khóa, thủy",  # nor is the place of the tone changed
    "“trích” – ‘dẫn’ — …",
    "Điều 5 #3",
    "\t1 đồng\t2 đồng",
]


@pytest.mark.parametrize(("source", "text"), CLEANED)
def test_view_cleans(source: str, text: str) -> None:
    assert View.of(source).text == text


@pytest.mark.parametrize("source", KEPT)
def test_view_leaves_alone(source: str) -> None:
    assert View.of(source).text == source


# What a span of the view covers in the source: (source, words of the view, words of the source).
COVERED = [
    ("**Điều 1. **Phạm vi", "Điều 1. Phạm vi", "Điều 1. **Phạm vi"),  # marks inside are covered, marks outside not
    ("Đie\u0302\u0300u 1", "Điều", "Đie\u0302\u0300u"),  # a letter with all its marks
    ("Đie\u0302\u0300u 1", "ề", "e\u0302\u0300"),
    ("1\\. Mở", "1.", "1\\."),  # an escape with its backslash
    ("KH&amp;KT", "&", "&amp;"),  # an entity whole
    ("một<br>hai", "hai", "hai"),
    ("\ufeffSố\u200b: 5", "Số", "Số"),  # what is not seen stays outside
    ("*Hà Nội*, *ngày*", "Hà Nội", "Hà Nội"),
]


@pytest.mark.parametrize(("source", "part", "covered"), COVERED)
def test_span_covers_its_source(source: str, part: str, covered: str) -> None:
    view = View.of(source)
    at = view.text.index(part)
    start, end = view.source_span(at, at + len(part))
    assert source[start:end] == covered


# -- the map, for any text --------------------------------------------------------------------------------

MARKED = st.text(st.sampled_from("aêĐ1 .\n\r\t*_#>\\-|\u0300\u0301\u0302\u00a0\u200b\u00ad\ufeff\u2028&<"), max_size=40)
ANY = st.one_of(
    MARKED,
    st.text(max_size=40),
    st.lists(st.sampled_from(["**", "<br>", "&amp;", "\n# ", "a", " ", "\\"])).map("".join),
)


def letters(text: str) -> str:
    return "".join(char for char in fold(unicodedata.normalize("NFC", text)) if char.isalnum())


@given(ANY)
@BOUNDED
def test_map_is_monotone_and_in_bounds(source: str) -> None:
    view = View.of(source)
    starts = [view.source_start(at) for at in range(len(view) + 1)]
    ends = [view.source_end(at) for at in range(len(view) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= starts[at] < ends[at + 1] <= len(source) for at in range(len(view)))
    assert (starts[-1], ends[0]) == (len(source), 0)


@given(MARKED, st.data())
@BOUNDED
def test_any_span_covers_the_same_letters(source: str, data: st.DataObject) -> None:
    view = View.of(source.replace("&", "").replace("<", ""))  # tags and entities have letters of their own
    source = source.replace("&", "").replace("<", "")
    if not view.text:
        return
    start = data.draw(st.integers(0, len(view) - 1))
    end = data.draw(st.integers(start + 1, len(view)))
    low, high = view.source_span(start, end)
    assert letters(source[low:high]) == letters(view.text[start:end])


@given(ANY)
@BOUNDED
def test_view_is_as_long_folded(source: str) -> None:
    view = View.of(source)
    assert len(view.folded) == len(view.text) == len(view)
    assert view.folded == fold(view.text)


# -- rearranged -------------------------------------------------------------------------------------------

COLUMNS = "TỈNH NGÀN     CỘNG HÒA\nSố: 5         Độc lập\n"
#          0             14     23            37


def test_columns_are_read_one_after_the_other() -> None:
    view = View.of(COLUMNS).rearranged([(0, 9), (23, 28), (14, 22), (37, 44)])
    assert view.text == "TỈNH NGÀN\nSố: 5\nCỘNG HÒA\nĐộc lập"
    assert view.folded == fold(view.text)
    # A value in one piece has one; a column has one for each line.
    assert view.pieces(0, 9) == [(0, 9)]
    assert [COLUMNS[a:b] for a, b in view.pieces(0, 15)] == ["TỈNH NGÀN", "Số: 5"]
    assert [COLUMNS[a:b] for a, b in view.pieces(2, 20)] == ["NH NGÀN", "Số: 5", "CỘNG"]


def test_what_no_range_holds_is_left_out() -> None:
    source = "Giao Sở\n- 2 -\nTài chính"
    view = View.of(source).rearranged([(0, 8), (14, 23)])
    assert view.text == "Giao Sở\nTài chính"
    assert view.pieces(0, len(view)) == [(0, 7), (14, 23)]


def test_marks_do_not_split_a_piece() -> None:
    source = "**Điều 1. **Phạm vi"
    assert View.of(source).pieces(0, 15) == [(2, 19)]


def test_white_space_is_no_piece() -> None:
    view = View.of("a   \n   b").rearranged([(0, 4), (5, 9)])
    assert view.pieces(1, 6) == []
    assert view.pieces(0, len(view)) == [(0, 1), (8, 9)]


def test_ranges_that_go_on_are_one_piece() -> None:
    view = View.of("Hội đồng nhân dân").rearranged([(0, 8), (8, 17)])
    assert (view.text, view.pieces(0, 17)) == ("Hội đồng nhân dân", [(0, 17)])


def test_nothing_gives_an_empty_view() -> None:
    view = View.of("abc").rearranged([])
    assert (view.text, view.pieces(0, 0), view.source_start(0)) == ("", [], 3)


RANGES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5)


@given(MARKED, RANGES, RANGES)
@BOUNDED
def test_pieces_hold_the_letters_of_their_ranges(
    source: str, first: list[tuple[int, int]], again: list[tuple[int, int]]
) -> None:
    source = source.replace("&", "").replace("<", "")
    view = View.of(source)
    for ranges in (first, again):
        inside = [(start, end) for start, end in ranges if end <= len(view)]
        expected = "".join(letters(view.text[start:end]) for start, end in inside)
        view = view.rearranged(inside)
        assert letters(view.text) == expected
        pieces = view.pieces(0, len(view))
        assert all(0 <= start < end <= len(source) for start, end in pieces)
        assert "".join(letters(source[start:end]) for start, end in pieces) == expected


# -- fold ---------------------------------------------------------------------------------------------------

FOLDED = [
    ("NGHỊ QUYẾT", "nghi quyet"),
    ("khoá thuỷ", "khoa thuy"),  # the two ways to place a tone
    ("khóa thủy", "khoa thuy"),
    ("ĐẢNG Ðảng ðảng", "dang dang dang"),  # three letters that look like Đ
    ("a – b — c − d", "a - b - c - d"),
    ("“a” «b» ‘c’", '"a" "b" \'c\''),
    ("10 m² № ½", "10 m² № ½"),  # no letters: as they are
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.characters(), max_size=60))
@BOUNDED
def test_fold_keeps_the_length_of_any_text(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_letters_of_vietnamese() -> None:
    # 12 vowels with 6 tones without the 6 that ASCII has, and đ.
    assert len(LOWER) == len(UPPER) == 12 * 6 - 6 + 1
    assert fold(LOWER).isascii()
    assert UPPER.lower() == LOWER


PATTERNS = [
    (r"Điều\s+\d", r"dieu\s+\d"),  # letters are folded, escapes are not
    (r"(?P<Tên>\Sỉ)", r"(?P<Tên>\Si)"),  # nor are the names of groups
    ("[–-]", "[–-]"),  # a dash in a class stays
]


@pytest.mark.parametrize(("pattern", "folded"), PATTERNS)
def test_pattern_is_folded(pattern: str, folded: str) -> None:
    assert fold_pattern(pattern) == folded


def test_classes_are_written_out() -> None:
    assert expand_classes("[A-ZÀ-Ỹ][a-zà-ỹ]") == f"[A-Z{UPPER}][a-z{LOWER}]"


def test_keys_and_spaces() -> None:
    assert key("  Hội KH&KT,\ttỉnh NGÀN. ") == "hoi kh&kt tinh ngan"
    assert squeeze(" a\n\tb  c ") == "a b c"
