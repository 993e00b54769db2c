"""OpenDocument texts."""

from __future__ import annotations

import pytest
from office import odt, packed, read_or_refuse

from nqparse.errors import InputError
from nqparse.source import read

UNICODE = "Nghị quyết về phát triển kinh tế xã hội"
TCVN3 = "NghÞ quyÕt vÒ ph¸t triÓn kinh tÕ x· héi"


def lines(data: bytes) -> list[str]:
    return [line for line in read(data).text.splitlines() if line]


def p(inside: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def item(*inside: str, more: str = "") -> str:
    return f"<text:list-item{more}>{''.join(inside)}</text:list-item>"


LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-prefix="Điều " '
    'style:num-suffix="." style:num-format="1"/><text:list-level-style-number text:level="2" style:num-suffix=")" '
    'style:num-format="a"/><text:list-level-style-number text:level="3" style:num-format="1" '
    'text:display-levels="3"/><text:list-level-style-bullet text:level="4" text:bullet-char="-"/></text:list-style>'
)


def test_blanks_tabs_and_breaks() -> None:
    body = p(' \n Điều  1.<text:s text:c="3"/>A<text:tab/>B<text:line-break/>  C <text:span> D</text:span>')
    found = read(odt(body + p("") + p("E")), name="a.odt")
    assert found.text == "Điều 1.   A\tB\nC D\n\nE\n"
    assert found.source.media_type == "application/vnd.oasis.opendocument.text"
    assert found.findings == ()


def test_numbers_of_lists() -> None:
    inner = "<text:list>" + item(p("B")) + item(p("C"), "<text:list>" + item(p("D")) + "</text:list>") + "</text:list>"
    body = (
        '<text:list text:style-name="L">' + item(p("A"), p("more"), inner) + item(p("E")) + "</text:list>" + p("x")
        + '<text:list text:style-name="L" text:continue-numbering="true">' + item(p("F"))
        + item(p("G"), more=' text:start-value="7"') + item(p("H")) + "</text:list>"
        + '<text:list text:style-name="L">' + item(p("I")) + "<text:list-header>" + p("J")
        + "</text:list-header></text:list>"
    )  # fmt: skip
    assert lines(odt(body, LIST)) == [
        "Điều 1. A", "more", "a) B", "b) C", "1.b.1 D", "Điều 2. E", "x", "Điều 3. F", "Điều 7. G", "Điều 8. H",
        "Điều 1. I", "J",
    ]  # fmt: skip


def test_headings_are_numbered_by_the_outline() -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="Chương "/>'
        '<text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
    )
    body = "".join(f'<text:h text:outline-level="{at}">{text}</text:h>' for at, text in [(1, "A"), (2, "B"), (1, "C")])
    assert lines(odt(body, styles=f"<office:styles>{outline}</office:styles>")) == ["Chương I A", "B", "Chương II C"]


def test_fonts_of_styles_tell_the_encoding() -> None:
    automatic = (
        '<style:style style:name="S" style:family="paragraph" style:parent-style-name="Base"/>'
        '<style:style style:name="H" style:family="text"><style:text-properties fo:font-family="\'.VnTimeH\'"/>'
        "</style:style>"
        '<style:style style:name="U" style:family="text"><style:text-properties fo:text-transform="uppercase" '
        'style:font-name="Arial"/></style:style>'
        '<style:style style:name="X" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    styles = (
        '<office:font-face-decls><style:font-face style:name="F1" svg:font-family="&apos;.VnTime&apos;"/>'
        '</office:font-face-decls><office:styles><style:style style:name="Base" style:family="paragraph">'
        '<style:text-properties style:font-name="F1"/></style:style></office:styles>'
    )
    hidden = '<text:span text:style-name="U">hoa</text:span><text:span text:style-name="X">x</text:span>'
    body = p(TCVN3, "S") + p(f'<text:span text:style-name="H">{TCVN3}</text:span>', "S") + p(hidden, "S")
    found = read(odt(body, automatic, styles))
    assert found.text.split("\n\n") == [UNICODE, UNICODE.upper(), "HOA\n"]
    assert (found.source.encoding, found.findings[0].code) == ("tcvn3", "ORT-004")


def test_tables_boxes_notes_and_changes() -> None:
    row = "<table:table-row>{}</table:table-row>"
    cell = "<table:table-cell{}>{}</table:table-cell>"
    table = "<table:table>" + row.format(
        cell.format(' table:number-columns-spanned="2"', p("W"))
        + "<table:covered-table-cell/>" + cell.format("", p("5"))
    ) + row.format("".join(cell.format("", p(text)) for text in "abc")) + "</table:table>"  # fmt: skip
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('ghi chú')}</text:note-body></text:note>"
    )
    box = f"<draw:frame><draw:text-box>{p('DỰ THẢO')}</draw:text-box></draw:frame>"
    gone = f"<text:changed-region><text:deletion>{p('cũ')}</text:deletion></text:changed-region>"
    changed = f"<text:tracked-changes>{gone}</text:tracked-changes>"
    assert lines(odt(changed + p(f"Luật{note} A {box}và B") + table)) == [
        "Luật[1] A và B", "DỰ THẢO", "| W |  | 5 |", "| a | b | c |", "[1] ghi chú",
    ]  # fmt: skip


def test_running_heads() -> None:
    master = (
        '<office:master-styles><style:master-page style:name="Standard"><style:header>' + p("CÔNG BÁO số 12")
        + "</style:header><style:footer>" + p("Trang <text:page-number>7</text:page-number>")
        + "</style:footer></style:master-page></office:master-styles>"
    )  # fmt: skip
    assert lines(odt(p("NGHỊ QUYẾT"), styles=master)) == ["CÔNG BÁO số 12", "NGHỊ QUYẾT"]


def test_damage_gives_one_clear_error() -> None:
    data = odt(p("Điều 1. Mở lớp") * 30, LIST)
    for end in range(4, len(data), 29):
        with pytest.raises(InputError):
            read(data[:end])
    for at in range(60, len(data), 13):
        read_or_refuse(data[:at] + bytes((data[at] ^ 0x33,)) + data[at + 1 :])
    manifest = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    locked = {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": manifest}
    with pytest.raises(InputError, match="password"):
        read(packed({**locked, "content.xml": b"\x00"}, stored=("mimetype",)))
