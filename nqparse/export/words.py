"""The words of the outline, the page and the explanations, in Vietnamese and English."""

from __future__ import annotations

from nqparse.errors import Language

_WORDS: dict[str, tuple[str, str]] = {
    # the fields of the header
    "national_name": ("Quốc hiệu", "National name"),
    "motto": ("Tiêu ngữ", "Motto"),
    "parent_issuer": ("Cơ quan chủ quản", "Parent issuer"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "symbol": ("Số, ký hiệu", "Number and symbol"),
    "place": ("Địa danh", "Place"),
    "date": ("Ngày ban hành", "Date"),
    "doc_type": ("Tên loại", "Type"),
    "title": ("Trích yếu", "Title"),
    # zones
    "before": ("Trước văn bản", "Before"),
    "header": ("Phần đầu", "Header"),
    "preamble": ("Phần mở đầu", "Preamble"),
    "formula": ("Lời ban hành", "Formula"),
    "body": ("Nội dung", "Body"),
    "closing": ("Phần kết", "Closing"),
    "recipients": ("Nơi nhận", "Recipients"),
    "signatures": ("Chữ ký", "Signatures"),
    "appendix": ("Phụ lục", "Appendix"),
    "after": ("Sau văn bản", "After"),
    "furniture": ("Ngoài lề", "Furniture"),
    "unknown": ("Chưa rõ", "Unknown"),
    # the finer states of lines that `explain` shows
    "type": ("Tên loại", "Type"),
    "enacting": ("Cơ quan quyết nghị", "Enacting body"),
    # parts
    "enacting_body": ("Cơ quan quyết nghị", "Enacting body"),
    "basis": ("Căn cứ", "Basis"),
    "recital": ("Diễn giải", "Recital"),
    "recipient": ("Nơi nhận", "Recipient"),
    "recipients_intro": ("Dẫn nơi nhận", "Recipients' head"),
    "authority": ("Thẩm quyền ký", "Authority"),
    "position": ("Chức vụ", "Position"),
    "name": ("Họ tên", "Name"),
    "marker": ("Phụ lục", "Appendix"),
    "label": ("Mục", "Label"),
    "heading": ("Tiêu đề", "Heading"),
    "section_node": ("Mục", "Section"),
    "archive": ("lưu", "archive copy"),
    "adopted_on": ("Ngày thông qua", "Adopted on"),
    "adopted_at": ("Giờ thông qua", "Adopted at"),
    "effective_on": ("Có hiệu lực từ", "In effect from"),
    "expires_on": ("Hết hiệu lực từ", "Expires on"),
    "attendance": ("Có mặt", "Attendance"),
    "vote": ("Biểu quyết", "Vote"),
    "session": ("Kỳ họp", "Session"),
    # heads and counts
    "document": ("Văn bản", "Document"),
    "fields": ("Thông tin chung", "Fields"),
    "sections": ("Mục lục", "Sections"),
    "appendices": ("Phụ lục", "Appendices"),
    "entities": ("Thực thể", "Entities"),
    "facts": ("Dữ kiện", "Facts"),
    "diagnostics": ("Chẩn đoán", "Diagnostics"),
    "zones": ("Vùng", "Zones"),
    "severity_E": ("lỗi", "errors"),
    "severity_W": ("cảnh báo", "warnings"),
    "severity_I": ("ghi chú", "notes"),
    "not_written": ("không ghi", "not written"),
    "no_finding": ("không có", "none"),
    "no_title": ("không có trích yếu", "no title"),
    "source": ("Nguồn", "Source"),
    "characters": ("ký tự", "characters"),
    "more": ("mục nữa", "more"),
    # the page
    "filter": ("Lọc mục lục (phím /)", "Filter the outline (key /)"),
    "fixed_width": ("Chữ đều nét", "Fixed width"),
    "show": ("Hiện", "Show"),
    "skip": ("Tới văn bản", "Skip to the text"),
    "keys": (
        "/ lọc · ↑ ↓ chuyển mục · ← → thu, mở · Enter tới chỗ · Esc bỏ đánh dấu",
        "/ filter · ↑ ↓ move · ← → fold, unfold · Enter jump · Esc clear",
    ),
    # explanations
    "line": ("Dòng", "Line"),
    "zone": ("Vùng", "Zone"),
    "margin": ("Hơn", "Margin"),
    "second": ("Vùng thứ nhì", "Second best"),
    "cues": ("Dấu hiệu", "Cues"),
    "text": ("Văn bản", "Text"),
    "labels": ("Ký hiệu mục", "Labels"),
    "rule": ("Quy tắc", "Rule"),
    "strength": ("Độ mạnh", "Strength"),
    "cost": ("Giá", "Cost"),
    "verdict": ("Quyết định", "Verdict"),
    "parent": ("Mục cha", "Parent"),
    "taken": ("là mục", "section"),
    "quoted": ("trong đoạn trích dẫn", "inside a quotation"),
    "elsewhere": ("ngoài phần nội dung", "outside body and appendices"),
    "sequence": ("là chữ thường theo thứ tự số", "text, by the sequence"),
    "refined": ("xếp lại ở bước sau", "moved by a later step"),
}
_VIETNAMESE, _ENGLISH = 0, 1


def word(key: str, language: Language = "both") -> str:
    """Returns the word for a key, the key itself where there is none; English serves for both languages."""
    found = _WORDS.get(key)
    return found[_VIETNAMESE if language == "vi" else _ENGLISH] if found else key


# The kinds of section, as a title tells them.
_KINDS: dict[str, tuple[str, str]] = {
    "part": ("Phần", "Part"),
    "chapter": ("Chương", "Chapter"),
    "section": ("Mục", "Section"),
    "subsection": ("Tiểu mục", "Subsection"),
    "article": ("Điều", "Article"),
    "upper": ("Mục A", "Upper letter"),
    "roman": ("Mục La Mã", "Roman numeral"),
    "arabic": ("Khoản", "Clause"),
    "decimal": ("Số thập phân", "Decimal"),
    "letter": ("Điểm", "Point"),
    "letter_decimal": ("Điểm con", "Sub-point"),
    "paren": ("Số trong ngoặc", "Parenthesised"),
    "ordinal": ("Thứ tự bằng chữ", "Ordinal word"),
    "dash": ("Gạch đầu dòng", "Dash"),
    "plus": ("Dấu cộng", "Plus"),
    "star": ("Dấu sao", "Star"),
}


def section_kind(kind: str, language: Language = "both") -> str:
    """Returns what a kind of section is called."""
    found = _KINDS.get(kind)
    return found[_VIETNAMESE if language == "vi" else _ENGLISH] if found else kind
