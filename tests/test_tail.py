"""The foot: addressees and signatures."""

from __future__ import annotations

import pytest
from shapes import BODY, FOOT, OPENING

from nqparse.document import Document
from nqparse.pipeline import parse

SIGNED = FOOT[FOOT.index("TM.") :]
SENT = FOOT[: FOOT.index("TM.")]


def document(foot: str) -> Document:
    return parse(f"{OPENING}{BODY}\n{foot}")


# -- recipients -------------------------------------------------------------------------------------------------

# The lines, then each addressee's name, note and whether it is the copy for the archive.
RECIPIENTS: dict[str, tuple[str, list[tuple[str, str | None, bool]]]] = {
    "one to a line": (
        "Nơi nhận:\n- Các chi hội;\n- Sở Tài chính;\n- Lưu: VT, VP.\n",
        [("Các chi hội", None, False), ("Sở Tài chính", None, False), ("Lưu: VT, VP", None, True)],
    ),
    "with a purpose": (
        "Nơi nhận:\n- Các Ban: KT, VH, NC Tỉnh ủy (b/c);\n- Chi hội (để thực hiện);\n- Lưu VP.\n",
        [("Các Ban: KT, VH, NC Tỉnh ủy", "b/c", False), ("Chi hội", "để thực hiện", False), ("Lưu VP", None, True)],
    ),
    "the archive copy in the Party's form": (
        "Nơi nhận:\n- Các tỉnh ủy,\n- Lưu Văn phòng Huyện ủy Ngàn.\n",
        [("Các tỉnh ủy", None, False), ("Lưu Văn phòng Huyện ủy Ngàn", None, True)],
    ),
    "a tight dash behind a bracket": (
        "Nơi nhận:\n- Các chi hội;\n- Lưu: VT, Vụ PC (HĐMT)-P2.\n",
        [("Các chi hội", None, False), ("Lưu: VT, Vụ PC (HĐMT)-P2", None, True)],
    ),
    "a reference to an article": (
        "Nơi nhận:\n- Như Điều 2;\n- Như trên;\n- Lưu: VT.\n",
        [("Như Điều 2", None, False), ("Như trên", None, False), ("Lưu: VT", None, True)],
    ),
    "on the intro's own line": (
        "Nơi nhận: - Các chi hội;\n- Lưu: VP.\n",
        [("Các chi hội", None, False), ("Lưu: VP", None, True)],
    ),
    "all on one line": (
        "Nơi nhận: - Các chi hội; - Sở Tài chính; - Lưu: VP.\n",
        [("Các chi hội", None, False), ("Sở Tài chính", None, False), ("Lưu: VP", None, True)],
    ),
    "without dashes": (
        "Nơi nhận:\nCác chi hội;\nSở Tài chính;\nLưu: VP.\n",
        [("Các chi hội", None, False), ("Sở Tài chính", None, False), ("Lưu: VP", None, True)],
    ),
    "wrapped": (
        "Nơi nhận:\n- Các Sở, các chi hội vẽ,\nchi hội nặn của tỉnh;\n- Lưu: VP.\n",
        [("Các Sở, các chi hội vẽ, chi hội nặn của tỉnh", None, False), ("Lưu: VP", None, True)],
    ),
    "other bullets": (
        "Nơi nhận:\n+ Các chi hội;\n• Sở Tài chính;\n- Lưu: VP.\n",
        [("Các chi hội", None, False), ("Sở Tài chính", None, False), ("Lưu: VP", None, True)],
    ),
    "emphasis": (
        "***Nơi nhận:***\n\\- Các chi hội;\\\n\\- Lưu: VP.\n",
        [("Các chi hội", None, False), ("Lưu: VP", None, True)],
    ),
    "damaged intro": (
        "Nơi nhân:\n- Các chi hội;\n- Lưu: VP.\n",
        [("Các chi hội", None, False), ("Lưu: VP", None, True)],
    ),
    "present but empty": ("Nơi nhận:\n", []),
}


@pytest.mark.parametrize(("lines", "expected"), [pytest.param(*row, id=name) for name, row in RECIPIENTS.items()])
def test_recipients(lines: str, expected: list[tuple[str, str | None, bool]]) -> None:
    found = document(lines + SIGNED)
    assert [(r.name, r.note, r.archive) for r in found.recipients] == expected
    assert found.recipients_intro is not None
    assert found.recipients_intro.text.startswith(("Nơi nhận", "Nơi nhân"))


def test_no_recipients() -> None:
    found = document(SIGNED)
    assert (found.recipients_intro, found.recipients) == (None, [])


# -- signatures ---------------------------------------------------------------------------------------------------

Block = tuple[str | None, str | None, str | None]

# The lines, then authority, position and name of each block.
SIGNATURES: dict[str, tuple[str, list[Block]]] = {
    "for a collective": (
        "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n\nLê Văn Ngàn\n",
        [("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Lê Văn Ngàn")],
    ),
    "in the Party's form": (
        "T/M BAN THƯỜNG VỤ\nBÍ THƯ\nLê Văn Ngàn\n",
        [("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Văn Ngàn")],
    ),
    "a title alone": ("CHỦ TỊCH QUỐC HỘI\n\nLê Văn Ngàn\n", [(None, "CHỦ TỊCH QUỐC HỘI", "Lê Văn Ngàn")]),
    "a deputy": ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Ngàn\n", [("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Ngàn")]),
    "a deputy of a collective": (
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Ngàn\n",
        [("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Ngàn")],
    ),
    "by order, two prefixes": (
        "TL. BỘ TRƯỞNG\nKT. VỤ TRƯỞNG VỤ TRANH\nPHÓ VỤ TRƯỞNG\nLê Văn Ngàn\n",
        [("TL. BỘ TRƯỞNG\nKT. VỤ TRƯỞNG VỤ TRANH", "PHÓ VỤ TRƯỞNG", "Lê Văn Ngàn")],
    ),
    "acting": ("Q. CHỦ TỊCH\nLê Văn Ngàn\n", [(None, "Q. CHỦ TỊCH", "Lê Văn Ngàn")]),
    "no space behind the prefix": (
        "TM.ĐOÀN CHỦ TỊCH\nCHỦ TỊCH\nLê Văn Ngàn\n",
        [("TM.ĐOÀN CHỦ TỊCH", "CHỦ TỊCH", "Lê Văn Ngàn")],
    ),
    "signed": (
        "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n(Đã ký)\nLê Văn Ngàn\n",
        [("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Lê Văn Ngàn")],
    ),
    "signed, in other words": (
        "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n( đã kí)\nLê Văn Ngàn\n",
        [("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Lê Văn Ngàn")],
    ),
    "signed, behind the name": (
        "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nLê Văn Ngàn (Đã ký)\n",
        [("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Lê Văn Ngàn")],
    ),
    "not signed": ("TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n", [("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", None)]),
    "a degree before the name": (
        "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nPGS.TS. Lê Văn Ngàn\n",
        [("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Lê Văn Ngàn")],
    ),
    "a rank before the name": (
        "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nĐại tá Lê Văn Ngàn\n",
        [("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Lê Văn Ngàn")],
    ),
    "a name of two syllables": ("TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nY Ngàn\n", [("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Y Ngàn")]),
    "a name in capitals": (
        "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nLÊ VĂN NGÀN\n",
        [("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "LÊ VĂN NGÀN")],
    ),
    "title and name on one line": ("CHỦ TỊCH     Lê Văn Ngàn\n", [(None, "CHỦ TỊCH", "Lê Văn Ngàn")]),
    "title and name grown together": (
        "T/M BAN THƯỜNG VỤ\nBÍ THƯLê Văn Ngàn\n",
        [("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Văn Ngàn")],
    ),
    "all on one line": (
        "TM. HỘI ĐỒNG THẨM PHÁN CHÁNH ÁN Lê Văn Ngàn\n",
        [("TM. HỘI ĐỒNG THẨM PHÁN", "CHÁNH ÁN", "Lê Văn Ngàn")],
    ),
    "an authority over two lines": (
        "TM. ỦY BAN THƯỜNG VỤ\nQUỐC HỘI\nCHỦ TỊCH\nLê Văn Ngàn\n",
        [("TM. ỦY BAN THƯỜNG VỤ\nQUỐC HỘI", "CHỦ TỊCH", "Lê Văn Ngàn")],
    ),
    "emphasis over two lines": (
        "**TM. BAN CHẤP HÀNH  \nCHỦ TỊCH**\n\n**Lê Văn Ngàn**\n",
        [("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Lê Văn Ngàn")],
    ),
    "two who sign": (
        "THƯ KÝ\nTrần Thị Bút\n\nCHỦ TỌA\nLê Văn Ngàn\n",
        [(None, "THƯ KÝ", "Trần Thị Bút"), (None, "CHỦ TỌA", "Lê Văn Ngàn")],
    ),
    "three bodies": (
        "TM. HỘI VẼ\nCHỦ TỊCH\nLê Văn Ngàn\n\nTM. HỘI NHẠC\nCHỦ TỊCH\nTrần Thị Bút\n\nTM. HỘI VĂN\nPHÓ CHỦ TỊCH\n"
        "Hồ Sơn\n",
        [
            ("TM. HỘI VẼ", "CHỦ TỊCH", "Lê Văn Ngàn"),
            ("TM. HỘI NHẠC", "CHỦ TỊCH", "Trần Thị Bút"),
            ("TM. HỘI VĂN", "PHÓ CHỦ TỊCH", "Hồ Sơn"),
        ],
    ),
    "none": ("", []),
}


@pytest.mark.parametrize(("lines", "blocks"), [pytest.param(*row, id=name) for name, row in SIGNATURES.items()])
def test_signatures(lines: str, blocks: list[Block]) -> None:
    found = document(SENT + "\n" + lines)
    written = [tuple(part and part.text for part in (s.authority, s.position, s.name)) for s in found.signatures]
    assert written == blocks
    assert len(found.recipients) == 2


def test_signature_before_the_recipients() -> None:
    found = document("\n".join((SIGNED, SENT)))
    assert [r.name for r in found.recipients] == ["Các chi hội", "Lưu: VP"]
    assert [s.name and s.name.text for s in found.signatures] == ["Lê Văn Ngàn"]


def test_columns_that_a_line_holds_both_of() -> None:
    found = document(
        "- Như Điều 3;            TM. HỘI ĐỒNG NHÂN DÂN\n- UBND tỉnh;                     CHỦ TỊCH\n"
        "- Lưu: VT.             Lê Văn Ngàn\n"
    )
    assert [r.name for r in found.recipients] == ["Như Điều 3", "UBND tỉnh", "Lưu: VT"]
    assert [
        (s.authority and s.authority.text, s.position and s.position.text, s.name and s.name.text)
        for s in found.signatures
    ] == [("TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH", "Lê Văn Ngàn")]


def test_date_of_a_signature_is_the_documents() -> None:
    # Where the letterhead has none, as in minutes.
    text = "HỘI VẼ\nNGHỊ QUYẾT\nVề lớp vẽ\nQUYẾT NGHỊ:\nĐiều 1. Mở lớp.\nĐiều 2. Mua giấy.\n"
    found = parse(f"{text}\nNgàn, ngày 05 tháng 3 năm 2024\nCHỦ TỌA\nLê Văn Ngàn\n")
    assert found.header.date is not None
    assert found.header.date.value == "2024-03-05"
    assert [s.name and s.name.text for s in found.signatures] == ["Lê Văn Ngàn"]
