"""Word documents: what one sees when all changes are accepted."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from office import docx, font, level, listed, p, packed, r, read_or_refuse, tables

from nqparse.errors import InputError
from nqparse.pipeline import parse
from nqparse.source import read
from nqparse.source.word import package, story

# "Nghị quyết về phát triển kinh tế xã hội" in TCVN3 and in VNI, as Word keeps the bytes.
TCVN3 = "NghÞ quyÕt vÒ ph¸t triÓn kinh tÕ x· héi"
VNI = "Nghò quyeát veà phaùt trieån kinh teá xaõ hoäi"
UNICODE = "Nghị quyết về phát triển kinh tế xã hội"


def lines(data: bytes) -> list[str]:
    return [line for line in read(data).text.splitlines() if line]


def numbering(*levels: str, more: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}'
    )


LEVELS = (level(0, "decimal", "Điều %1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)"))


def test_paragraphs_are_lines_with_blank_lines_between() -> None:
    found = read(docx(p("Điều 1.", " Mở lớp") + p("Một" + "</w:t><w:br/><w:t>" + "hai")), name="a.docx")
    assert found.text == "Điều 1. Mở lớp\n\nMột\nhai\n"
    assert found.source.media_type.endswith("wordprocessingml.document")
    assert (found.source.encoding, found.findings) == ("utf-8", ())


def test_numbers_that_word_makes_are_text() -> None:
    body = "".join(p(text, properties=listed(1, at)) for text, at in
                   [("A", 0), ("B", 1), ("C", 1), ("D", 2), ("E", 2), ("F", 0), ("G", 1), ("H", 2)])  # fmt: skip
    assert lines(docx(body, numbering=numbering(*LEVELS))) == [
        "Điều 1. A", "1.1. B", "1.2. C", "a) D", "b) E", "Điều 2. F", "2.1. G", "a) H",
    ]  # fmt: skip


def test_a_list_may_begin_anew_or_go_on() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    body = "".join(p("x", properties=listed(number)) for number in (1, 1, 2, 2, 3))
    found = lines(docx(body, numbering=numbering(*LEVELS, more=more)))
    assert found == [f"Điều {number}. x" for number in (1, 2, 5, 6, 7)]


def test_numbers_come_from_styles_and_may_be_taken_back() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:basedOn w:val="Muc"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    styled = '<w:pStyle w:val="Dieu"/>'
    body = p("A", properties=styled) + p("B", properties=styled + listed(0)) + p("C", properties=styled)
    assert lines(docx(body, numbering=numbering(*LEVELS), styles=styles)) == ["Điều 1. A", "B", "Điều 2. C"]


@pytest.mark.parametrize(
    ("style", "shown"),
    [("upperRoman", "IV"), ("lowerRoman", "iv"), ("upperLetter", "D"), ("decimalZero", "04"), ("decimal", "4")],
)
def test_figures(style: str, shown: str) -> None:
    found = lines(docx(p("x", properties=listed(1)) * 4, numbering=numbering(level(0, style, "%1-"))))
    assert found[-1] == f"{shown}- x"


def test_bullets_of_symbol_fonts_are_signs() -> None:
    bullet = level(0, "bullet", "\uf0b7").replace("</w:lvl>", f"<w:rPr>{font('Symbol')}</w:rPr></w:lvl>")
    assert lines(docx(p("x", properties=listed(1)), numbering=numbering(bullet))) == ["• x"]


def test_changes_are_accepted() -> None:
    gone, new = "<w:del><w:r><w:delText>cũ </w:delText></w:r></w:del>", f"<w:ins>{r('mới')}</w:ins>"
    moved = f"<w:moveFrom>{r('đây ')}</w:moveFrom><w:moveTo>{r(' kia')}</w:moveTo>"
    assert lines(docx(p("Điều ", gone, new, moved))) == ["Điều mới kia"]


def test_a_deleted_paragraph_mark_joins() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    assert lines(docx(p("Một ", properties=mark) + p("hai"))) == ["Một hai"]


def test_a_deleted_row_is_gone() -> None:
    table = tables(("1", "2", "3"), ("4", "5", "6")).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1)
    assert lines(docx(table)) == ["| 4 | 5 | 6 |"]


def test_old_fonts_tell_the_encoding_of_each_run() -> None:
    found = read(docx(p(r(TCVN3, font(".VnTime"))) + p(r(VNI, font("VNI-Times"))) + p("Điều 1.")))
    assert found.text == f"{UNICODE}\n\n{UNICODE}\n\nĐiều 1.\n"
    assert found.source.encoding == "tcvn3+vni"
    assert [finding.code for finding in found.findings] == ["ORT-004"]


def test_fonts_come_from_styles_and_defaults() -> None:
    styles = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{font('.VnTime')}</w:rPr></w:rPrDefault></w:docDefaults>"
        f'<w:style w:type="character" w:styleId="Hoa"><w:rPr>{font(".VnTimeH")}</w:rPr></w:style>'
        f'<w:style w:type="paragraph" w:styleId="Moi"><w:rPr>{font("Arial")}</w:rPr></w:style>'
    )
    body = (
        p(TCVN3)
        + p(r(TCVN3, '<w:rStyle w:val="Hoa"/>'))
        + p("Căn cứ luật", properties='<w:pStyle w:val="Moi"/>')
    )  # fmt: skip
    assert lines(docx(body, styles=styles)) == [UNICODE, UNICODE.upper(), "Căn cứ luật"]


def test_a_converted_text_may_keep_the_name_of_its_font() -> None:
    found = read(docx(p(r(UNICODE, font(".VnTime")))))
    assert (found.text, found.source.encoding, found.findings) == (UNICODE + "\n", "utf-8", ())


def test_an_old_encoding_may_be_forced() -> None:
    found = read(docx(p(TCVN3)), encoding="tcvn3")
    assert (found.text, found.source.encoding) == (UNICODE + "\n", "tcvn3")


def test_capitals_are_shown_and_hidden_text_is_not() -> None:
    assert lines(docx(p(r("nghị quyết", "<w:caps/>"), r(" ẩn", "<w:vanish/>"), r("!", '<w:caps w:val="0"/>')))) == [
        "NGHỊ QUYẾT!"
    ]


def test_text_boxes_are_told_once_behind_their_paragraph() -> None:
    box = "<w:txbxContent>" + p("DỰ THẢO") + p("lần 2") + "</w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(docx(p("Một ", both, "hai") + p("ba"))) == ["Một hai", "DỰ THẢO", "lần 2", "ba"]
    old = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    assert lines(docx(p("Một", old))) == ["Một", "DỰ THẢO", "lần 2"]


def test_notes_stand_at_the_end_under_their_numbers() -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = (
        f'<w:footnote w:id="0">{p("---")}</w:footnote>'
        f'<w:footnote w:id="3">{p("sau")}</w:footnote><w:footnote w:id="2">{p("trước")}</w:footnote>'
    )
    body = p("Luật A", mark.format(2), " và B", mark.format(3)) + p("hết")
    assert lines(docx(body, footnotes=notes)) == ["Luật A[1] và B[2]", "hết", "[1] trước", "[2] sau"]


def test_fields_show_their_results() -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    field = char("begin") + "<w:r><w:instrText>REF x</w:instrText></w:r>" + char("separate") + r("Điều 5") + char("end")
    simple = f'<w:fldSimple w:instr="DATE">{r(" hôm nay")}</w:fldSimple>'
    assert lines(docx(p("Theo ", field, simple))) == ["Theo Điều 5 hôm nay"]


def test_an_end_of_a_field_too_many_is_passed_over() -> None:
    stray = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    simple = f'<w:fldSimple w:instr="DATE">{r("hôm nay")}{stray}</w:fldSimple>'
    assert lines(docx(p("Họp", f"{simple}{stray}{r('!')}"))) == ["Họphôm nay!"]


def test_running_heads_are_told_without_page_numbers() -> None:
    def page(text: str) -> str:
        return p(text, f'<w:fldSimple w:instr=" PAGE ">{r("7")}</w:fldSimple>')

    section = '<w:sectPr><w:headerReference w:type="default" r:id="r-header"/>' \
              '<w:footerReference w:type="default" r:id="r-footer"/></w:sectPr>'  # fmt: skip
    found = lines(docx(p("NGHỊ QUYẾT") + section, header=p("CÔNG BÁO số 12"), footer=page("Trang ")))
    assert found == ["CÔNG BÁO số 12", "NGHỊ QUYẾT"]


def test_letterheads_are_read_by_columns_and_figures_by_rows() -> None:
    head = tables((
        p("HỘI ĐỒNG NHÂN DÂN") + p("TỈNH LAM HÀ") + p("Số: 5/NQ-HĐND"),
        p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Lam Hà, ngày 02 tháng 3 năm 2024"),
    ))  # fmt: skip
    figures = tables(("TT", "Tên", "Số vốn"), ("1", "Đường", "20"))
    found = lines(docx(head + p("NGHỊ QUYẾT") + figures))
    assert found == [
        "HỘI ĐỒNG NHÂN DÂN", "TỈNH LAM HÀ", "Số: 5/NQ-HĐND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Lam Hà, ngày 02 tháng 3 năm 2024", "NGHỊ QUYẾT", "| TT | Tên | Số vốn |", "| 1 | Đường | 20 |",
    ]  # fmt: skip
    assert parse("\n".join(found)).header.symbol is not None


def test_merged_cells_keep_their_columns() -> None:
    wide = tables(("Tổng", "5"), ("a", "b", "c")).replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', 1)
    assert lines(docx(wide)) == ["| Tổng |  | 5 |", "| a | b | c |"]


def test_signs_tabs_and_formulas() -> None:
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    other = "<w:r><w:tab/><w:noBreakHyphen/></w:r>"
    formula = "<m:oMath><m:r><m:t>x+</m:t></m:r><m:f><m:num><m:r><m:t>y</m:t></m:r></m:num></m:f></m:oMath>"
    assert lines(docx(p("a", sign, other, formula))) == ["a✓\t\u2011x+y"]


# -- damage and harm ------------------------------------------------------------------------------------


def test_every_cut_gives_a_text_or_one_clear_error() -> None:
    data = docx(p("Điều 1. Mở lớp") * 50)
    for end in range(4, len(data), 37):
        with pytest.raises(InputError):
            read(data[:end], name="cắt.docx")


def test_a_changed_byte_gives_a_text_or_one_clear_error() -> None:
    data = docx(p("Điều 1. Mở lớp", properties=listed(1)) * 20, numbering=numbering(*LEVELS))
    for at in range(4, len(data), 11):
        damaged = data[:at] + bytes((data[at] ^ 0x5A,)) + data[at + 1 :]
        read_or_refuse(damaged)


def test_a_missing_piece_gives_a_text_or_one_clear_error() -> None:
    data = docx(p("Điều 1. Mở lớp", properties=listed(1)) * 20, numbering=numbering(*LEVELS))
    for at in range(0, len(data) - 60, 37):
        read_or_refuse(data[:at] + data[at + 50 :])
        read_or_refuse(data[: at + 50] + data[at:])
    read_or_refuse(data[len(data) // 3 :])


def test_broken_parts_are_named() -> None:
    with pytest.raises(InputError, match=r"word/document\.xml is no well-formed XML"):
        read(docx("<w:p>"))
    with pytest.raises(InputError, match="damaged or cut off"):
        read(packed({"word/document2.xml": "<x/>"}))


def test_entities_are_not_resolved(tmp_path: pytest.TempPathFactory) -> None:
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    )
    document = zipfile.ZipFile(BytesIO(docx(p("x&b;&f;y")))).read("word/document.xml").decode()
    try:
        text = read(packed({"word/document.xml": bomb + document})).text
    except InputError:
        return
    assert "aaa" not in text
    assert len(text) < 20


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_XML", 100_000)
    with pytest.raises(InputError, match="more than nqparse reads"):
        read(docx(p("x" * 200_000)))


def test_depth_and_size_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    nested = p("x")
    for _ in range(300):
        nested = tables((nested,))
    with pytest.raises(InputError):
        read(docx(nested))
    monkeypatch.setattr(story, "MOST_PARTS", 50)
    with pytest.raises(InputError, match="more than nqparse reads"):
        read(docx(p("x") * 60))
