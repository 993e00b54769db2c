"""Layout: letterheads and feet set in columns are read column by column; tables of figures are sealed."""

from __future__ import annotations

import pytest
from shapes import OPENING, body, flow_lines, outline, structure

from nqparse.document import Document
from nqparse.pipeline import parse

LEFT = ["HỘI VẼ TỈNH NGÀN", "Số: 05/NQ-HV"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Ngàn, ngày 05 tháng 3 năm 2024"]

# The same letterhead as converters flatten it. All are read left column first.
LETTERHEADS = {
    "wide gaps": """\
HỘI VẼ TỈNH NGÀN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 05/NQ-HV                Độc lập - Tự do - Hạnh phúc

                          Ngàn, ngày 05 tháng 3 năm 2024
""",
    "tabs": """\
HỘI VẼ TỈNH NGÀN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 05/NQ-HV\tĐộc lập - Tự do - Hạnh phúc
\t\t\t\tNgàn, ngày 05 tháng 3 năm 2024
""",
    "pipe table, one row for a line": """\
| HỘI VẼ TỈNH NGÀN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
|---|---|
| Số: 05/NQ-HV | Độc lập - Tự do - Hạnh phúc |
| | Ngàn, ngày 05 tháng 3 năm 2024 |
""",
    "pipe table, cells flattened": f"| {'  '.join(LEFT)} | {'  '.join(RIGHT)} |\n| --- | --- |\n",
    "pipe table, line breaks as tags": f"| {'<br>'.join(LEFT)} | {'<br>'.join(RIGHT)} |\n",
    "grid table": """\
+--------------------+----------------------------------------+
| **HỘI VẼ TỈNH NGÀN** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |
|                    |                                        |
| Số: 05/NQ-HV       | **Độc lập - Tự do - Hạnh phúc**        |
+====================+========================================+
|                    | *Ngàn, ngày 05 tháng 3 năm 2024*       |
+--------------------+----------------------------------------+
""",
    "ruled table": """\
  ---------------------- --------------------------------------
  HỘI VẼ TỈNH NGÀN       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

  Số: 05/NQ-HV           Độc lập - Tự do - Hạnh phúc

                         Ngàn, ngày 05 tháng 3 năm 2024
  ---------------------- --------------------------------------
""",
    "ruled table with emphasis": """\
  ---------------------- ------------------------------------------
  **HỘI VẼ TỈNH NGÀN**   **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**

  Số: 05/NQ-HV           **Độc lập - Tự do - Hạnh phúc**

                         *Ngàn, ngày 05 tháng 3 năm 2024*
  ---------------------- ------------------------------------------
""",
}  # fmt: skip
EACH_LETTERHEAD = [pytest.param(text, id=name) for name, text in LETTERHEADS.items()]
REST = "\nNGHỊ QUYẾT\nVề việc mở lớp vẽ\nCăn cứ Điều lệ Hội;\nQUYẾT NGHỊ:\nĐiều 1. Mở lớp.\n"


@pytest.mark.parametrize("letterhead", EACH_LETTERHEAD)
def test_letterhead_is_read_column_by_column(letterhead: str) -> None:
    assert flow_lines(letterhead + REST)[:5] == LEFT + RIGHT


@pytest.mark.parametrize("letterhead", EACH_LETTERHEAD)
def test_letterhead_gives_its_fields(letterhead: str) -> None:
    header = parse(letterhead + REST).header
    assert header.issuer is not None
    assert header.symbol is not None
    assert header.national_name is not None
    assert header.motto is not None
    assert header.place is not None
    assert header.date is not None
    assert (header.issuer.name, header.symbol.normalized, header.national_name.text) == (LEFT[0], "05/NQ-HV", RIGHT[0])
    assert (header.motto.text, header.place.text, header.date.value) == (RIGHT[1], "Ngàn", "2024-03-05")


FEET = {
    "wide gaps": """\
Nơi nhận:                          TM. HỘI VẼ
- Các chi hội;                      CHỦ TỊCH
- Lưu: VP.
                                 Lê Văn Ngàn
""",
    "pipe table": """\
| Nơi nhận: | TM. HỘI VẼ |
| - Các chi hội; | CHỦ TỊCH |
| - Lưu: VP. | Lê Văn Ngàn |
""",
    "pipe table, cells flattened": """\
| Nơi nhận:  - Các chi hội;  - Lưu: VP. | TM. HỘI VẼ  CHỦ TỊCH  Lê Văn Ngàn |
""",
    "grid table": """\
+-----------------+-------------+
| Nơi nhận:       | TM. HỘI VẼ  |
| - Các chi hội;  | CHỦ TỊCH    |
|                 |             |
| - Lưu: VP.      | Lê Văn Ngàn |
+-----------------+-------------+
""",
    "ruled table": """\
  ----------------- -------------
  Nơi nhận:         TM. HỘI VẼ
  - Các chi hội;    CHỦ TỊCH

  - Lưu: VP.        Lê Văn Ngàn
  ----------------- -------------
""",
    "one column behind the other": "Nơi nhận:\n- Các chi hội;\n- Lưu: VP.\n\nTM. HỘI VẼ\nCHỦ TỊCH\n\nLê Văn Ngàn\n",
    "the other way round": "TM. HỘI VẼ\nCHỦ TỊCH\n\nLê Văn Ngàn\n\nNơi nhận:\n- Các chi hội;\n- Lưu: VP.\n",
}


def foot_of(document: Document) -> tuple[list[str], list[tuple[str | None, ...]]]:
    signatures = [
        tuple(part and part.text for part in (signature.authority, signature.position, signature.name))
        for signature in document.signatures
    ]
    return [recipient.name for recipient in document.recipients], signatures


@pytest.mark.parametrize("foot", [pytest.param(text, id=name) for name, text in FEET.items()])
def test_foot_is_read_column_by_column(foot: str) -> None:
    document = parse(OPENING + "Điều 1. Mở lớp.\nĐiều 2. Giao Văn phòng.\n\n" + foot)
    assert outline(document.body) == "1 2"
    assert foot_of(document) == (["Các chi hội", "Lưu: VP"], [("TM. HỘI VẼ", "CHỦ TỊCH", "Lê Văn Ngàn")])


def test_value_over_two_rows_of_a_column_has_fragments() -> None:
    text = (
        "BAN CHẤP HÀNH HỘI VẼ          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH NGÀN LẦN THỨ HAI           Độc lập - Tự do - Hạnh phúc\n"
    )
    issuer = parse(text + REST).header.issuer
    assert issuer is not None
    assert issuer.name == "BAN CHẤP HÀNH HỘI VẼ TỈNH NGÀN LẦN THỨ HAI"
    assert issuer.text == "BAN CHẤP HÀNH HỘI VẼ\nTỈNH NGÀN LẦN THỨ HAI"
    assert issuer.fragments == [(0, 20), (65, 86)]


def test_section_that_goes_on_in_another_column_ends_behind_its_start() -> None:
    left = ["Số: 05/NQ-HV", "NGHỊ QUYẾT", "Về lớp vẽ", "QUYẾT NGHỊ:", "1. Mở lớp.", "2. Mua:"]
    right = ["a) giấy trắng;", "b) giấy màu.", "", "", "", ""]
    document = parse("".join(f"| {a} | {b} |\n" for a, b in zip(left, right, strict=True)))
    assert outline(document.body) == "1 2(a b)"
    assert [section.id for section in document.iter_sections() if section.end <= section.start] == []


# -- tables of figures --------------------------------------------------------------------------------------

TABLES = {
    "pipe table": "| STT | Lớp | Số tiền |\n|---|---|---|\n| 1. | Sơn dầu | 500 |\n| 2. | Lụa | 300 |\n",
    "grid table": "+----+---------+\n| 1. | Sơn dầu |\n+----+---------+\n| 2. | Lụa     |\n+----+---------+\n",
    "ruled table": "  ---- --------- -----\n  1.   Sơn dầu   500\n\n  2.   Lụa       300\n  ---- --------- -----\n",
    "wide gaps": "1.   Sơn dầu     500\n2.   Lụa         300\n",
    "tabs": "1.\tSơn dầu\t500\n2.\tLụa\t300\n",
}


@pytest.mark.parametrize("table", [pytest.param(text, id=name) for name, text in TABLES.items()])
def test_rows_of_a_table_are_no_sections(table: str) -> None:
    text = f"Điều 1. Kinh phí các lớp như sau\n\n{table}\nĐiều 2. Mua giấy.\n1. Giấy trắng.\n2. Giấy màu.\n"
    assert outline(body(text)) == "1 2(1 2)"
    sealed = [line for line in structure(OPENING + text).flow.lines if line.sealed]
    assert len(sealed) >= 2
    assert all(line.label is None for line in sealed)


def test_table_keeps_its_order() -> None:
    table = TABLES["pipe table"]
    lines = flow_lines(OPENING + "Điều 1. Kinh phí\n" + table)
    assert [line for line in lines if "Sơn dầu" in line or "Lụa" in line] == ["1. | Sơn dầu | 500", "2. | Lụa | 300"]


# What only looks like columns.
ONE_COLUMN = [
    ("1.     Mở lớp vẽ.\n2.     Mua giấy.\n", "1 2"),  # a label with a wide gap behind it
    ("1.\tMở lớp vẽ.\n2.\tMua giấy.\n", "1 2"),
    ("-     Mở lớp vẽ.\n-     Mua giấy.\n", "- -"),
    ("     1. Mở lớp vẽ.\n     2. Mua giấy.\n", "1 2"),  # indented
    ("1. Mở lớp | vẽ.\n2. Mua giấy.\n", "1 2"),  # a stroke in a sentence
    ("1. Mở lớp --- vẽ.\n2. Mua giấy.\n", "1 2"),
    ("1. Mở   lớp vẽ.\n2. Mua giấy.\n", "1 2"),  # a wide gap by chance
]


@pytest.mark.parametrize(("text", "tree"), ONE_COLUMN)
def test_one_column(text: str, tree: str) -> None:
    assert outline(body(text)) == tree
