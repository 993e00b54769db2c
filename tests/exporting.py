"""What the tests of the exports share: all parsed documents, and documents that try hard to break a format."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import strategies as st
from shapes import FOOT, OPENING, REAL, SPECIMENS, real_texts, text_of

from nqparse.document import Document
from nqparse.pipeline import parse

# Control characters, lone surrogates, what XML and CSV mark with, characters of two UTF-16 units, decomposed letters.
ODD = "\x00\x01\x08\x0b\x0c\x1b\x1f\x7f\x85\u2028\ud800\ufffe\uffff\ufeff<>&]\"'\t\r\n ,;=+-@#|_\\𠀀😀ềị\u0301đĐ"
_PIECES = st.one_of(
    st.text(alphabet=ODD, max_size=12),
    st.sampled_from([
        "Điều 1. ", "Điều 1.", "1. Mở lớp vẽ", "a) ", "đ) ", "d) ", "- ", "II. ", "\r\n", "\r", "\n", "\n\n", "]]>",
        "ngày 05/3/2024", "Nghị quyết số 09-NQ/TU ngày 02/01/2024", "Hội Nhạc sĩ", "5-7%", "PHỤ LỤC I\n",
        "999999999999999999999999 tỷ đồng", "_x000C_", "12/15 ủy viên", "=1+1",
        "QUYẾT NGHỊ:", "Căn cứ Luật Ngân sách nhà nước;", "Lê Văn Ngàn",
    ]),
)  # fmt: skip


def _framed(pieces: list[str], framed: bool) -> Document:
    text = "".join(pieces)
    return parse(f"{OPENING}{text}\n{FOOT}" if framed else text)


# Documents made of such pieces, with and without a letterhead and a foot around them.
hostile_documents = st.builds(_framed, st.lists(_PIECES, max_size=14), st.booleans())


@lru_cache(maxsize=1)
def documents() -> dict[str, Document]:
    """Returns the specimens and, where they are here, all real documents, parsed, by name."""
    found = {folder.name: _named(text_of(folder), folder.name) for folder in SPECIMENS}
    if REAL.is_dir():
        found.update({f"real/{name}": _named(text, f"real/{name}") for name, text in real_texts().items()})
    return found


def _named(text: str, name: str) -> Document:
    return parse(text, name=f"{name}.txt")
