"""A resolution of a few lines with its gold and a Document that reads it rightly, both made by hand."""

from __future__ import annotations

from typing import Any

from nqparse.document import Document, Located
from nqparse.gold import Gold, GoldSource, compile_gold

TEXT = """\
HỘI VĂN NGHỆ TỈNH NGÀN
BAN CHẤP HÀNH
Số: 05/NQ-BCH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Ngàn, ngày 05 tháng 3 năm 2024
NGHỊ QUYẾT
Về chương trình công tác
BAN CHẤP HÀNH
Căn cứ Điều lệ Hội;
Căn cứ khoản 2 Điều 7 Nghị quyết số 09-NQ/TU ngày 02/01/2024;
Hội nghị có mặt 12/15 ủy viên.
QUYẾT NGHỊ:
Điều 1. Nhiệm vụ
1. Mở 2 lớp học vẽ.
2. Giao Hội Nhạc sĩ:
- tìm 5 triệu đồng;
- mời 90% hội viên.
Điều 2. Có hiệu lực từ ngày ký.
Nghị quyết được thông qua ngày 04/3/2024./.
Nơi nhận:
- Tỉnh ủy;
- Lưu: VP.
TM. BAN CHẤP HÀNH
CHỦ TỊCH
Lê Văn Ngàn
PHỤ LỤC
Danh sách lớp học
1. Lớp vẽ khai giảng ngày 01/4/2024.
"""


def source() -> dict[str, Any]:
    """Returns `gold.src.json` as a person would write it."""

    def node(kind: str, number: str, marker: str, *children: Any, heading: bool = False) -> dict[str, Any]:
        return {"kind": kind, "number": number, "marker": marker, "heading": heading, "children": list(children)}

    return {
        "header": {
            "national_name": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "motto": "Độc lập - Tự do - Hạnh phúc",
            "parent_issuer": "HỘI VĂN NGHỆ TỈNH NGÀN", "issuer": "BAN CHẤP HÀNH", "symbol": "05/NQ-BCH",
            "place": "Ngàn", "date": "ngày 05 tháng 3 năm 2024", "date_value": "2024-03-05",
            "doc_type": "NGHỊ QUYẾT", "title": "Về chương trình công tác",
        },
        "preamble": {
            "enacting_body": "BAN CHẤP HÀNH",
            "bases": ["Căn cứ Điều lệ Hội;", "Căn cứ khoản 2 ⋯ 02/01/2024;"],
            "recitals": ["Hội nghị có mặt 12/15 ủy viên."],
            "formula": "QUYẾT NGHỊ:",
        },
        "body": [
            node("article", "1", "Điều 1. Nhiệm vụ",
                 node("arabic", "1", "1. Mở"),
                 node("arabic", "2", "2. Giao", node("dash", "", "- tìm"), node("dash", "", "- mời")),
                 heading=True),
            node("article", "2", "Điều 2. Có"),
        ],
        "closing": "Nghị quyết được ⋯ ngày 04/3/2024./.",
        "recipients": {"intro": "Nơi nhận:", "items": ["Tỉnh ủy;", "Lưu: VP."]},
        "signatures": [{"authority": "TM. BAN CHẤP HÀNH", "position": "CHỦ TỊCH", "name": "Lê Văn Ngàn"}],
        "appendices": [{"marker": "PHỤ LỤC", "title": "Danh sách lớp học"}],
        "entities": [
            {"type": "DATE", "text": "ngày 05 tháng 3 năm 2024", "value": "2024-03-05"},
            {"type": "DOCREF", "text": "khoản 2 Điều 7 Nghị quyết số 09-NQ/TU ngày 02/01/2024",
             "value": {"type": "nghị quyết", "symbol": "09-NQ/TU", "date": "2024-01-02",
                       "pinpoint": [{"article": "7", "clause": "2", "point": None}]}},
            {"type": "DATE", "text": "ngày 02/01/2024", "value": "2024-01-02"},
            {"type": "RATIO", "text": "12/15", "value": "12/15"},
            {"type": "ORG", "text": "Hội Nhạc sĩ", "value": None},
            {"type": "MONEY", "text": "5 triệu đồng", "value": "5000000 VND"},
            {"type": "PERCENT", "text": "90%", "value": "90"},
            {"type": "DATE", "text": "ngày 04/3/2024", "value": "2024-03-04"},
            {"type": "PERSON", "text": "Lê Văn Ngàn", "value": None},
        ],
        "facts": {
            "attendance": {"present": 12, "total": 15, "absent": None, "excused": None},
            "vote": None, "adopted_on": "2024-03-04", "effective_on": "2024-03-05",
        },
    }  # fmt: skip


def gold() -> Gold:
    """Returns the gold of the text."""
    return compile_gold(TEXT, GoldSource.model_validate(source()))


def at(quote: str, after: str = "") -> dict[str, Any]:
    """Returns a located value: the quote's first place in the text, behind the words `after`."""
    start = TEXT.index(quote, TEXT.index(after) + len(after))
    return {"text": quote, "start": start, "end": start + len(quote)}


def document() -> Document:
    """Returns a Document in which all is right."""

    def section(id_: str, kind: str, number: str, label: str, *children: Any, **more: Any) -> dict[str, Any]:
        start = at(label)["start"]
        return {"id": id_, "kind": kind, "label": label, "number": number, "ordinal": None, "start": start,
                "end": start + len(label), "children": list(children), **more}  # fmt: skip

    def entity(type_: str, quote: str, value: Any, after: str = "") -> dict[str, Any]:
        return {"type": type_, **at(quote, after), "value": value}

    def cleaned(quote: str, field: str = "value") -> dict[str, Any]:
        return {**at(quote), field: quote}

    marker = at("PHỤ LỤC")
    return Document.model_validate({
        "source": {"sha256": "", "size": 0},
        "text": TEXT,
        "header": {
            "national_name": at("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "motto": at("Độc lập - Tự do - Hạnh phúc"),
            "parent_issuer": cleaned("HỘI VĂN NGHỆ TỈNH NGÀN", "name"), "issuer": cleaned("BAN CHẤP HÀNH", "name"),
            "symbol": {**at("05/NQ-BCH"), "number": 5, "codes": ["NQ", "BCH"], "normalized": "05/NQ-BCH"},
            "place": at("Ngàn"), "date": {**at("ngày 05 tháng 3 năm 2024"), "value": "2024-03-05"},
            "doc_type": cleaned("NGHỊ QUYẾT"), "title": cleaned("Về chương trình công tác"),
        },
        "preamble": {
            "enacting_body": at("BAN CHẤP HÀNH", "công tác\n"),
            "bases": [at("Căn cứ Điều lệ Hội;"), at("Căn cứ khoản 2 Điều 7 Nghị quyết số 09-NQ/TU ngày 02/01/2024;")],
            "recitals": [at("Hội nghị có mặt 12/15 ủy viên.")],
            "formula": at("QUYẾT NGHỊ:"),
        },
        "body": [
            section("1", "article", "1", "Điều 1.",
                    section("1/1", "arabic", "1", "1. Mở"),
                    section("1/2", "arabic", "2", "2. Giao",
                            section("1/2/-1", "dash", "", "- tìm"), section("1/2/-2", "dash", "", "- mời")),
                    heading=at("Nhiệm vụ")),
            section("2", "article", "2", "Điều 2."),
        ],
        "closing": at("Nghị quyết được thông qua ngày 04/3/2024./."),
        "recipients_intro": at("Nơi nhận:"),
        "recipients": [cleaned("Tỉnh ủy;", "name"), cleaned("Lưu: VP.", "name")],
        "signatures": [{"authority": at("TM. BAN CHẤP HÀNH"), "position": at("CHỦ TỊCH"), "name": at("Lê Văn Ngàn")}],
        "appendices": [{"marker": marker, "title": cleaned("Danh sách lớp học"), "start": marker["start"],
                        "end": len(TEXT)}],
        "entities": [
            entity("DATE", "ngày 05 tháng 3 năm 2024", "2024-03-05"),
            entity("DOCREF", "khoản 2 Điều 7 Nghị quyết số 09-NQ/TU ngày 02/01/2024",
                   {"type": "nghị quyết", "symbol": "09-NQ/TU", "date": "2024-01-02",
                    "pinpoint": [{"article": "7", "clause": "2"}]}),
            entity("DATE", "ngày 02/01/2024", "2024-01-02"),
            entity("RATIO", "12/15", "12/15"),
            entity("ORG", "Hội Nhạc sĩ", {"name": "Hội Nhạc sĩ tỉnh Ngàn"}),
            entity("MONEY", "5 triệu đồng", "5000000 VND"),
            entity("PERCENT", "90%", "90"),
            entity("DATE", "ngày 04/3/2024", "2024-03-04"),
            entity("PERSON", "Lê Văn Ngàn", {"position": "CHỦ TỊCH"}),
        ],
        "facts": {"attendance": {"present": 12, "total": 15}, "adopted_on": "2024-03-04",
                  "effective_on": "2024-03-05"},
        "zones": [{"kind": "unknown", "start": 0, "end": len(TEXT)}],
    })  # fmt: skip


def located(quote: str, after: str = "") -> Located:
    """Returns the quote's first place behind the words `after`, as a value of a Document."""
    return Located(**at(quote, after))
