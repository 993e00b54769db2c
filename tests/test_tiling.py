"""Tiling: the zones cut the whole text into consecutive pieces, and each piece says what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapes import BODY, FOOT, HEAD, OPENING, SPECIMENS, assert_whole, text_of, zone_texts

from nqparse.pipeline import parse

CHROME = "Trang chủ\nĐăng nhập\nTìm kiếm\n"


def test_zones_of_a_whole_document() -> None:
    closing = "Nghị quyết này được Ủy ban thông qua ngày 05 tháng 3 năm 2024./.\n"
    document = parse(CHROME + OPENING + BODY + closing + FOOT)
    recipients, signatures = FOOT.split("TM.")
    assert zone_texts(document) == [
        ("before", CHROME.strip()),
        ("header", HEAD.strip()),
        ("preamble", "Căn cứ Điều lệ Hội;"),
        ("formula", "QUYẾT NGHỊ:"),
        ("body", BODY.strip()),
        ("closing", closing.strip()),
        ("recipients", recipients.strip()),
        ("signatures", f"TM.{signatures}".strip()),
    ]


# What lies between two lines: where the border is. `|` stands for it.
BORDERS = [
    # White space belongs to the zone before it
    (
        "HỘI VẼ\nNGHỊ QUYẾT\nVề lớp vẽ\n\n\n|Căn cứ Điều lệ Hội;\n|QUYẾT NGHỊ:\n|1. Mở.\n2. Mua.\n",
        "header preamble formula body",
    ),
    ("HỘI VẼ\nNGHỊ QUYẾT\nVề lớp vẽ\n  \t\n  |QUYẾT NGHỊ:\n\n  |1. Mở.\n  2. Mua.\n", "header formula body"),
    # An opening mark belongs to its own line
    ("HỘI VẼ\nNGHỊ QUYẾT\nVề lớp vẽ\n|**QUYẾT NGHỊ:**\n\n|**1. Mở.**\n2. Mua.\n", "header formula body"),
    ("HỘI VẼ\nNGHỊ QUYẾT\nVề lớp vẽ\n|## QUYẾT NGHỊ:\n|1\\. Mở.\n2\\. Mua.\n", "header formula body"),
    # What is neither is furniture
    ("HỘI VẼ\nNGHỊ QUYẾT\nVề lớp vẽ\n|-----\n|QUYẾT NGHỊ:\n|1. Mở.\n2. Mua.\n", "header furniture formula body"),
    ("HỘI VẼ\nNGHỊ QUYẾT\nVề lớp vẽ\n|QUYẾT NGHỊ:\n|1. Mở.\n|-----\n|2. Mua.\n", "header formula body furniture body"),
    ("HỘI VẼ\nNGHỊ QUYẾT\nVề lớp vẽ\n|QUYẾT NGHỊ:\n|1. Mở.\n2. Mua.\n|- 2 -\n", "header formula body furniture"),
    # White space before everything belongs to the first zone
    ("\n \n\tHỘI VẼ\nNGHỊ QUYẾT\nVề lớp vẽ\n|QUYẾT NGHỊ:\n|1. Mở.\n2. Mua.", "header formula body"),
    # Line ends of Windows
    ("HỘI VẼ\r\nNGHỊ QUYẾT\r\nVề lớp vẽ\r\n\r\n|QUYẾT NGHỊ:\r\n|1. Mở.\r\n2. Mua.\r\n", "header formula body"),
]


@pytest.mark.parametrize(("marked", "kinds"), BORDERS)
def test_borders(marked: str, kinds: str) -> None:
    document = parse(marked.replace("|", ""))
    assert "|".join(document.text[zone.start : zone.end] for zone in document.zones) == marked
    assert " ".join(zone.kind for zone in document.zones) == kinds


# Texts without any document in them.
ODD = [
    ("", []),
    ("\n", ["unknown"]),
    ("   \t ", ["unknown"]),
    ("\ufeff", ["unknown"]),
    ("***", ["unknown"]),
    ("\u0301", ["unknown"]),
]


@pytest.mark.parametrize(("text", "kinds"), ODD)
def test_odd_texts(text: str, kinds: list[str]) -> None:
    document = parse(text)
    assert_whole(document)
    assert [zone.kind for zone in document.zones] == kinds


def test_columns_alternate() -> None:
    rows = [("Nơi nhận:", "TM. HỘI VẼ"), ("- Chi hội;", "CHỦ TỊCH"), ("- Lưu: VP.", "Lê Văn Ngàn")]
    document = parse(OPENING + BODY + "\n" + "".join(f"{left:<30}{right}\n" for left, right in rows))
    kinds = [zone.kind for zone in document.zones][-6:]
    assert kinds == ["recipients", "signatures"] * 3
    assert_whole(document)


@pytest.mark.parametrize("folder", SPECIMENS, ids=lambda folder: folder.name)
def test_every_value_lies_in_a_zone_of_its_kind(folder: Path) -> None:
    document = parse(text_of(folder))
    assert_whole(document)
    # A formula that is the last sentence of a paragraph stands in the paragraph's zone.
    for kinds, values in [
        ("preamble", [*document.preamble.bases, *document.preamble.recitals, document.preamble.enacting_body]),
        ("header", [document.header.symbol, document.header.doc_type, document.header.title, document.header.issuer]),
        ("formula preamble", [document.preamble.formula]),
        ("closing", [document.closing]),
        ("recipients", document.recipients),
        ("appendix", [appendix.marker for appendix in document.appendices]),
    ]:
        for value in values:
            if value is not None:
                start = value.fragments[0][0] if value.fragments else value.start
                zone = next(zone for zone in document.zones if zone.start <= start < zone.end)
                assert zone.kind in kinds.split(), value
