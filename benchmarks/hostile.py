"""Hostile texts: the same words again and again. What a character costs must not grow with the text."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.measure import Row
from benchmarks.texts import Texts
from nqparse import parse

# What is said again and again.
REPEATED = {
    # Single characters
    "letters": "a",
    "spaces": " ",
    "line breaks": "\n",
    "digits": "1",
    "points": ".",
    "dashes": "-",
    "stars": "*",
    "underscores": "_",
    "backslashes": "\\",
    "strokes": "|",
    "straight quotes": '"',
    "opening quotes": "“",
    "open tags": "<",
    "ampersands": "&",
    "heading marks": "#",
    "combining marks": "\u0301",
    "soft hyphens": "\u00ad",
    # Labels
    "points in order": "a) mở lớp vẽ cho hội viên;\nb) mua giấy cho lớp vẽ;\n",
    "decimals": "1.1.1.1. Mở lớp.\n",
    "labels inside a line": "2. Mở. 3. Đóng. 4. Vẽ. ",
    "lists inside a line": "1. Mở; a) đóng. ",
    "one letter, inside a line": "a) mở lớp vẽ; ",
    "labels without text": "1.\n\n\n\n",
    # Cues
    "formulas": "QUYẾT NGHỊ: ",
    "state names": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
    "numbers without a code": "Số: 1/",
    "dates": "ngày 05 tháng 3 năm 2024 ",
    "dates left blank": "ngày … tháng … năm …",
    "authorities": "TM. HỘI VẼ ",
    "names": "Nguyễn Văn ",
    "appendices": "PHỤ LỤC I\n",
    "adoptions": "Nghị quyết này được thông qua.\n",
    "lead-ins to a quotation": "Sửa đổi như sau:\n“",
    "quotations": "“Mở.”\n",
    "amendments without marks": "1. Sửa đổi điểm a khoản 1 như sau:\na) Mở lớp.\n",
    "signatures": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Ngàn\n\n",
    # Damage
    "misread words": "QUYẾT MGHỊ, 8an, CỘNGHÒA, ",
    "misread heads": "HỘI ĐỒNG NHÂM DÂN\n",
    "sound heads in one line": "| Căn cứ Luật ",
    "misread figures": "ngày l3 tháng 0l, 07INQ-HV, 5ắp ",
    "misread labels": "l. Mở lớp\n2, Vẽ\n",
    # Layout
    "pipe rows": "| a | b |\n",
    "rulers": "--- ---\n",
    "wide gaps": "a      b\n",
    "gaps in one line": "a      ",
    "letterheads in columns": "Số: 5      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
    "page numbers": "\n2\n\nMở lớp\n",
    "signed overlays": "Ký bởi: Hội\n",
    "breaks as tags": "<br>",
    "tags that never close": "<span ",
    "escapes": "\\*",
    # Figures and citations
    "amounts": "1.000.000 ",
    "money in words": "một nghìn tỷ đồng ",
    "citations": "khoản 1 Điều 2 Nghị quyết số 05/NQ-HV ngày 05/3/2024 ",
    "pinpoints": "điểm a khoản 1 Điều ",
    "organisations": "Ủy ban nhân dân tỉnh Ngàn, ",
    "places": "xã Ngàn, huyện Vẽ, tỉnh Mực, ",
    "persons": "ông Lê Văn Ngàn, ",
    "surnames": "VŨ ",
    "places with dates": "Ngàn, ngày 5 tháng 3 năm 2024 họp ",
    "addressees": "- Ủy ban xã;\n",
    "footnotes": f"{' ' * 20}\n1 Mở lớp\n",
}
# What stands once before so many blanks, and ends behind them.
_GAPS = {"a gap in a basis": "Căn cứ", "a gap in a clause": "Điều 1. Mở", "a gap in a signature": "TM. HỘI"}

_OPENING = (
    "HỘI VẼ TỈNH NGÀN\nSố: 05/NQ-HV\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nNgàn, ngày 05 tháng 3 năm 2024\n"
    "NGHỊ QUYẾT\nVề việc mở lớp vẽ\nCăn cứ Điều lệ Hội;\nQUYẾT NGHỊ:\n"
)
_SHORT, _LONG = 20_000, 160_000
_LEAST = 0.004  # seconds: below it a measurement says nothing


def growth(texts: Texts, runs: int, times: Sequence[int]) -> list[Row]:
    """Returns, for each text, how many times dearer a character is when the text is eight times longer."""
    rows = []
    tried = {name: (_OPENING, unit, "") for name, unit in REPEATED.items()}
    head, _, _ = _OPENING.partition("Căn cứ")
    tried |= {name: (head + begin, " ", "x\nQUYẾT NGHỊ:\n") for name, begin in _GAPS.items()}
    for name, (before, unit, behind) in tried.items():
        sized = [before + unit * (length // len(unit)) + behind for length in (_SHORT, _LONG)]
        short, long = (min(_cost(text) for _ in range(runs)) for text in sized)
        note = f"{unit[:40]!r} up to {_SHORT:,} and {_LONG:,} characters"
        rows.append(Row("hostile", name, long / short, "times per character", note))
    return rows


def _cost(text: str) -> float:
    start = time.process_time()
    parse(text)
    return max(time.process_time() - start, _LEAST) / len(text)
