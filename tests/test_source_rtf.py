"""RTF: letters in the fonts and code pages that they were written in."""

from __future__ import annotations

import pytest
from office import read_or_refuse

from nqparse.errors import InputError
from nqparse.source import read

UNICODE = "Nghị quyết về phát triển kinh tế xã hội"
TCVN3 = "NghÞ quyÕt vÒ ph¸t triÓn kinh tÕ x· héi"
VNI = "Nghò quyeát veà phaùt trieån kinh teá xaõ hoäi"
FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times New Roman{\*\falt Arial};}{\f1\fnil\fcharset0 .VnTime;}"
    r"{\f2 VNI-Times;}{\f3\fcharset2 Symbol;}{\f4\fcharset163 Tahoma;}{\f5\fcharset238 Arial CE;}{\f6 .VnTimeH;}}"
)


def rtf(body: str) -> bytes:
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + body + "}").encode("latin-1")


def escaped(text: str) -> str:
    return "".join(char if char.isascii() else f"\\'{ord(char):02x}" for char in text)


def lines(body: str) -> list[str]:
    return [line for line in read(rtf(body)).text.splitlines() if line]


def test_unicode_with_what_old_programs_show_instead() -> None:
    assert lines(r"\u272\'d0i\u7873?u 1\uc2\u7847\'61\'62 \uc0\u7847 x\par") == ["Điều 1ầ ầx"]
    assert lines(r"\u-10179?\u-8694?\par") == ["\U0001f60a"]


def test_old_fonts_tell_the_encoding() -> None:
    found = read(rtf(rf"\f1 {escaped(TCVN3)}\par\f2 {escaped(VNI)}\par\plain \u272?i\par"))
    assert found.text == f"{UNICODE}\n\n{UNICODE}\n\nĐi\n"
    assert found.source.encoding == "tcvn3+vni"
    assert [finding.code for finding in found.findings] == ["ORT-004"]
    assert lines(rf"\f6 {escaped(TCVN3)}\par") == [UNICODE.upper()]


def test_letters_that_no_font_explains_are_looked_at() -> None:
    found = read(rtf(rf"\f0 {escaped(TCVN3)} {escaped(TCVN3)}\par"))
    assert found.text == f"{UNICODE} {UNICODE}\n"
    assert found.findings[0].code == "ORT-004"


def test_code_pages_of_fonts() -> None:
    vietnamese = "".join(f"\\'{byte:02x}" for byte in "tiê\u0301ng".encode("cp1258"))
    assert lines(rf"\f4 {vietnamese}\par") == ["tiếng"]
    assert lines(r"\f5 \'e8\par\f0 \'e8\par\f3\'b7\par") == ["č", "è", "•"]


def test_what_is_no_text_is_left_out() -> None:
    body = (
        r"{\info{\title Nghi quyet}}{\*\unknown a}{\pict\pngblip 89504e47}{\v hidden}{\deleted gone}"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt here}}{\*\shppict{\pict 00}}{\nonshppict{\pict 00}} end\par"
    )
    assert lines(body) == ["here end"]
    assert lines(r"a\bin5 {{}}\b\par") == ["ab"]
    assert lines(r"{\upr{\f0 code page}{\*\ud{Unicode}}}\par") == ["Unicode"]


def test_numbers_breaks_and_signs() -> None:
    assert lines(r"{\listtext\pard\plain 1.\tab}M\uc0\u7903  l\u7899 p\line b\~c\endash d\par") == [
        "1.\tMở lớp", "b\u00a0c–d",
    ]  # fmt: skip
    assert lines(r"a\page b\sect c\par") == ["a", "b", "c"]
    assert lines(r"{\caps abc}\par") == ["ABC"]


def test_tables() -> None:
    row = r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl {}\cell {}\cell {}\cell\row "
    first, second = row.format("TT", r"T\'ean\par to", "V"), row.format("1", "", "5")
    assert lines(first + second + r"\pard x\par") == [
        "| TT | Tên to | V |", "| 1 |  | 5 |", "x",
    ]  # fmt: skip
    wide = r"\trowd\cellx2000\cellx3000\pard\intbl W\cell 5\cell\row "
    assert lines(wide + row.format("1", "2", "3")) == ["| W |  | 5 |", "| 1 | 2 | 3 |"]
    nested = (
        r"\trowd\cellx9000\pard\intbl a\par\pard\intbl\itap2 b\nestcell c\nestcell d\nestcell"
        r"{\*\nesttableprops\trowd\cellx1\cellx2\cellx3\nestrow}\pard\intbl e\cell\row\pard f\par"
    )
    assert lines(nested) == ["a", "| b | c | d |", "e", "f"]


def test_notes_boxes_and_running_heads() -> None:
    body = (
        r"{\header\pard C\'d4NG B\'c1O\par}{\footer\pard Trang {\field{\*\fldinst PAGE}{\fldrslt 3}}\par}"
        r"Lu\'e2t A{\super\chftn{\footnote\pard\plain{\super\chftn} ghi ch\'fa}}"
        r"{\shp{\*\shpinst\shpleft0{\sp{\sn x}{\sv 1}}{\shptxt\pard D\par}}} h\'eat\par"
    )
    assert lines(body) == ["CÔNG BÁO", "Luât A[1] hêt", "D", "[1]  ghi chú"]


# -- damage and harm ------------------------------------------------------------------------------------


def test_a_cut_file_is_refused() -> None:
    data = rtf(rf"\f1 {escaped(TCVN3)}\par" * 3)
    for end in range(5, len(data), 7):
        with pytest.raises(InputError, match="cut off"):
            read(data[:end])


def test_a_changed_byte_gives_a_text_or_one_clear_error() -> None:
    data = rtf(r"\trowd\cellx1\intbl a{\*\nesttableprops\nestrow}\cell\row{\field{\*\fldinst PAGE}{\fldrslt x}}\par")
    for at in range(5, len(data)):
        for value in b"{}\\0z\xff":
            read_or_refuse(data[:at] + bytes((value,)) + data[at + 1 :])


@pytest.mark.parametrize(
    "piece",
    [r"{", r"{\*\a", r"\u9 ", r"\'e9", r"\trowd\cellx1\intbl\cell\row", r"{\footnote x}", r"\intbl\itap9 x\cell",
     r"\itap200 x\par", r"{\field{\*\fldinst x", r"\bin9999999999 ", r"\uc99999\u1", r"\f99999999 x", r"\cell",
     r"\nestrow", r"}{", r"{\fonttbl{\f1 x;}", r"\page", "\\"],
)  # fmt: skip
def test_the_same_again_and_again(piece: str) -> None:
    read_or_refuse(rtf(piece * 3_000))
