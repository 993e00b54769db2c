"""Old Vietnamese encodings: what is written in them is read as it was meant, and what is uncertain is not guessed.

The encoders here are the tests' own; where iconv, ftfy or viparse is there, they are asked as well.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest
from encoders import outcome, to_single_byte, to_viqr, to_vni, to_windows_1258
from hypothesis import given, settings
from hypothesis import strategies as st

from nqparse.charset import NAMES, UncertainEncoding, convert, decode, encoding_of_font, mend, name_of
from nqparse.charset.detect import AS_IS, OLD, guess
from nqparse.charset.syllables import is_syllable
from nqparse.errors import InputError, UsageError
from nqparse.source import read

TEXT = """HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH
Nghị quyết về việc phê chuẩn kế hoạch trồng cây xanh ở các xã vùng cao năm 2031

Căn cứ Luật Tổ chức chính quyền địa phương;
Xét tờ trình của Ủy ban nhân dân tỉnh và báo cáo thẩm tra của Ban Kinh tế;

Điều 1. Phê chuẩn kế hoạch trồng mười hai nghìn cây ở những thôn, bản còn nhiều khó khăn.
a) Mỗi hộ nhận chăm sóc một khoảnh rừng; giữ nguồn nước, ngăn xói lở, nuôi ong lấy mật.
b) Số cây sống sau ba năm phải đạt từ 85% trở lên, nếu không thì trồng bù.
Điều 2. Giao Ủy ban nhân dân tỉnh thực hiện Nghị quyết này, hằng quý gửi kết quả cho Thường trực.
"""
LOWER = TEXT.lower()


ENCODED = {
    "tcvn3": to_single_byte(TEXT, "tcvn3"),
    "tcvn5712-1": to_single_byte(TEXT, "tcvn5712-1"),
    "viscii": to_single_byte(TEXT, "viscii"),
    "vps": to_single_byte(TEXT, "vps"),
    "vni": to_vni(TEXT),
    "viqr": to_viqr(TEXT),
    "windows-1258": to_windows_1258(TEXT),
    "utf-8 (double-encoded)": TEXT.encode().decode("latin-1").encode(),
}


def folded_case(encoding: str, text: str) -> str:
    """TCVN3 has no capitals with a tone: at the beginning of a word they are lost."""
    return text.lower() if encoding == "tcvn3" else text


@pytest.mark.parametrize("encoding", ENCODED)
def test_an_old_encoding_is_found_and_converted(encoding: str) -> None:
    found = decode(ENCODED[encoding])
    assert folded_case(encoding, found.text) == folded_case(encoding, TEXT)
    assert (found.encoding, found.converted) == (encoding, True)
    assert found.confidence > 0.95
    assert unicodedata.is_normalized("NFC", found.text)


@pytest.mark.parametrize("encoding", ENCODED)
def test_an_encoding_can_be_forced(encoding: str) -> None:
    found = decode(ENCODED[encoding], encoding)
    assert folded_case(encoding, found.text) == folded_case(encoding, TEXT)
    assert found.encoding == encoding


@pytest.mark.parametrize("encoding", [name for name in ENCODED if name not in ("viqr", "utf-8 (double-encoded)")])
@pytest.mark.parametrize("misread_as", ["latin-1", "cp1252"])
def test_letters_of_an_old_font_in_a_unicode_text_are_converted(encoding: str, misread_as: str) -> None:
    data = ENCODED[encoding]
    misread = "".join(chr(byte) if misread_as == "latin-1" else _windows(byte) for byte in data)
    found = mend(misread)
    assert folded_case(encoding, found.text) == folded_case(encoding, TEXT)
    assert found.encoding == encoding


def _windows(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_stays_as_it_is(encoding: str) -> None:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, TEXT)  # type: ignore[arg-type]
        found = decode(text.encode(encoding))
        assert (found.text, found.encoding, found.converted) == (text, encoding, False)


def test_double_encoding_is_undone_as_often_as_it_was_done() -> None:
    thrice = TEXT.encode().decode("latin-1").encode().decode("latin-1").encode()
    assert decode(thrice).text == TEXT
    # A program that took the bytes for Windows-1252 shows other characters for some of them.
    misread = "".join(_windows(byte) for byte in TEXT.encode())
    assert decode(misread.encode()).text == TEXT


def test_paragraphs_of_several_encodings_are_told_apart() -> None:
    upper, lower = LOWER.split("\n\n")[:2]
    data = to_single_byte(upper, "tcvn3") + b"\n\n" + to_vni(lower) + b"\n\n" + to_single_byte(upper, "tcvn3")
    found = decode(data)
    assert found.text == f"{upper}\n\n{lower}\n\n{upper}"
    assert found.encoding == "tcvn3+vni"


def test_a_paragraph_of_an_old_font_in_a_unicode_text() -> None:
    first, second, *_ = LOWER.split("\n\n")
    mixed = f"{TEXT}\n{to_single_byte(second, 'tcvn3').decode('latin-1')}\n{first}"
    found = mend(mixed)
    assert found.text == f"{TEXT}\n{second}\n{first}"
    assert found.encoding == "utf-8+tcvn3"
    # The same in bytes: UTF-8 and an old encoding in one file.
    data = TEXT.encode() + to_single_byte(second * 3, "tcvn3")
    assert decode(data).text == TEXT + second * 3
    assert decode(data).encoding == "utf-8+tcvn3"
    with pytest.raises(UncertainEncoding):
        decode(data.replace("kế".encode(), "kế".encode()[:-1]))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("NGHÞ QUYÕT", "NGHỊ QUYẾT"),
        ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Sè: 12/NQ-H§ND", "Số: 12/NQ-HĐND"),
        ("VÒ viÖc thµnh lËp", "Về việc thành lập"),
        ("Aµ, E¸ vµ ¡», ¥í", "À, Eá và Ằ, Ớ"),
        ("“®iÒu” – 5%…", "“điều” – 5%…"),
        ("th\u00ad ký", "thư ký"),
    ],
)
def test_capitals_of_abc_fonts(data: str, text: str) -> None:
    assert convert(data, "tcvn3") == text


def test_a_font_of_capitals_gives_capitals() -> None:
    assert convert("nghÞ quyÕt", "tcvn3", capitals=True) == "NGHỊ QUYẾT"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Nghi. quye^'t cu?a Ho^.i ddo^`ng nha^n da^n", "Nghị quyết của Hội đồng nhân dân"),
        ("ngu+o+`i, tru+o+`ng, khoa?ng, ma(.t", "người, trường, khoảng, mặt"),
        ("DDie^`u 1. NGHI. QUYE^'T", "Điều 1. NGHỊ QUYẾT"),
        ("ra ma('t ho.. Va^.y ma`...", "ra mắt họ. Vậy mà..."),
        ("cha\\. va` con\\?", "cha. và con?"),
        ("a. Mo^.t\ne. Hai\nVI. Ba\nI.\nBo^'n", "a. Một\ne. Hai\nVI. Ba\nI.\nBốn"),
        ("nga`y ra thu./.", "ngày ra thu./."),
        ("ra thu.\n\nDDie^`u 2", "ra thu.\n\nĐiều 2"),
        ("(sau dda^y go.i la` ho^.)", "(sau đây gọi là hộ)"),
        # Where a full stop is escaped, what is not escaped is a tone.
        ("Ve^` nha^n su+.\n\n3.1 Vie^.c khe\\.\nho.. BG\\DDDT", "Về nhân sự\n\n3.1 Việc khe.\nhọ. BGDĐT"),
    ],
)
def test_viqr(data: str, text: str) -> None:
    assert convert(data, "viqr") == text


@pytest.mark.parametrize(
    "text",
    [
        "Don't worry: this isn't VIQR. It's plain English, isn't it? See f(x^2) + a(b) + o+ and add more.\n" * 5,
        "def add(a, b):\n    return a^b + a(1) + u+1  # o.k.\n" * 10,
        "Nghi quyet ve viec phe chuan ke hoach, khong co dau.\n" * 10,
    ],
)
def test_plain_ascii_is_not_taken_for_viqr(text: str) -> None:
    assert decode(text.encode()).text == text
    assert decode(text.encode()).encoding == "utf-8"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace("Đ", "Ð"),
        "Diện tích 5 m², 10 km² · § 5 ± 3 °C ×2 ÷3 ©®™ ½ «điều» µm ñ\n" * 20 + TEXT,
        "Les événements généraux à l'été, déjà là où Zoé naît, français, cœur\n" * 5,
        "Müller, Böhm, Schröder, Øystein Åse, İstanbul, Çelik\n" * 5 + TEXT,
        "2Š ‹ và › … giàu…”, “hàng giả”\n" + TEXT,
    ],
)
def test_unicode_with_odd_signs_is_left_alone(text: str) -> None:
    found = decode(text.encode())
    assert (found.text, found.converted) == (text, False)


@pytest.mark.parametrize(
    "data", [b"m\xf2t", b"\xe9v\xe9nement g\xe9n\xe9ral \xe0 l'\xe9t\xe9", b"\xff\xfe\xfd", b"ABC\x81"]
)
def test_what_is_not_certain_is_refused(data: bytes) -> None:
    with pytest.raises(UncertainEncoding) as caught:
        decode(data)
    assert caught.value.at == next(at for at, byte in enumerate(data) if byte >= 0x80) or data.startswith(b"\xff\xfe")


def test_the_message_names_the_candidates_and_the_way_out() -> None:
    with pytest.raises(InputError, match=r"no old encoding is certain \(best: .*vni 100%") as caught:
        read(b"Kho\xe2ng m\xf2t", name="cũ.txt")
    assert "--encoding" in caught.value.hint_en
    assert "--encoding" in caught.value.hint_vi
    assert read(b"mo\xf2t", encoding="windows-1258").text == "mọt"


def test_unsure_letters_of_a_unicode_text_stay_and_are_reported() -> None:
    text = "bµ t¸ c¶ mµ l¸\n"  # "bà tá cả mà lá" or "bộ tị cờ mộ lị"
    found = read(text.encode())
    assert found.text == text
    assert [finding.code for finding in found.findings] == ["ORT-004"]
    assert "--encoding" in found.findings[0].en


@pytest.mark.parametrize(
    ("encoding", "code"),
    [("tcvn3", "ORT-004"), ("viqr", "ORT-004"), ("windows-1258", "ORT-005"), ("utf-8 (double-encoded)", "ORT-004")],
)
def test_a_conversion_is_never_silent(encoding: str, code: str) -> None:
    found = read(ENCODED[encoding], name="cũ.txt")
    assert found.source.encoding == encoding
    assert [finding.code for finding in found.findings] == [code]
    assert found.findings[0].vi.startswith("Văn bản dùng bảng mã ")
    assert "converted to Unicode" in found.findings[0].en
    # What was asked for is reported as well, and so is a guess of the byte order.
    assert "as asked for" in read(ENCODED[encoding], encoding=encoding).findings[0].en
    assert read(TEXT.encode()).findings == ()


def test_utf_16_without_a_mark_is_read_and_reported() -> None:
    found = read(TEXT.encode("utf-16-le"))
    assert (found.text, found.source.encoding) == (TEXT, "utf-16-le")
    assert [finding.code for finding in found.findings] == ["ORT-005"]


def test_names_of_encodings() -> None:
    assert {name_of(name) for name in ("TCVN3", " abc", "x-viet-tcvn")} == {"tcvn3"}
    assert (name_of("x-viet-vni"), name_of("cp1258"), name_of("latin-1")) == ("vni", "windows-1258", None)
    assert read("déjà".encode("latin-1"), encoding="Latin-1").source.encoding == "latin-1"
    for wrong in ("không có", "hex", "a\x00b", ""):
        with pytest.raises(UsageError, match="no encoding named"):
            read(b"abc\xe9", encoding=wrong)
    with pytest.raises(InputError, match="not valid UTF-8 at byte 3"):
        read(b"abc\xe9", encoding="utf-8")


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", "tcvn3", False), (".VnTimeH", "tcvn3", True), ("'.VnArialH'", "tcvn3", True),
        (".VnArial NarrowH", "tcvn3", True), ("ABCDEF+.VnTime,Bold", "tcvn3", False), ("VnTime", "tcvn3", False),
        (".VnHelvetInsH", "tcvn3", True), ("VNI-Times", "vni", False), ("VNI Helve", "vni", False),
        ("VPS Times", "vps", False), ("VI Times", "viscii", False),
    ],
)  # fmt: skip
def test_fonts_name_their_encoding(font: str, encoding: str, capitals: bool) -> None:
    found = encoding_of_font(font)
    assert found is not None
    assert (found.encoding, found.capitals) == (encoding, capitals)


@pytest.mark.parametrize("font", ["Times New Roman", "Arial", "Verdana", "Vivaldi", "Vn", "", "SVN-Gotham", "UVN Van"])
def test_other_fonts_do_not(font: str) -> None:
    assert encoding_of_font(font) is None


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyết",
        "Giếng",
        "gì",
        "khuya",
        "Đắk",
        "chuyện",
        "oăm",
        "ĂN",
        "yếm",
        "uỷ",
        "ủy",
        "thuở",
        "quốc",
        "xoong",
        "hoà",
        "hòa",
        "gìn",
    ],
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", ["quyõt", "ngãh", "bcd", "sìc", "hộc̀", "uỳe", "wà", "fú", "zị", "stạ", "mỹr", "ộộ"])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_lines_without_evidence_follow_their_neighbours() -> None:
    lines = ["NghÞ quyÕt cña Héi ®ång nh©n d©n tØnh", "12/2031", "vÒ viÖc phª chuÈn kÕ ho¹ch"]
    found = guess(lines, (AS_IS, *OLD))
    assert (found.lines, found.certain) == (["tcvn3"] * 3, True)


# -- other programs ---------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is not installed")
@pytest.mark.parametrize(
    ("encoding", "theirs"), [("tcvn5712-1", "TCVN5712-1"), ("viscii", "VISCII"), ("windows-1258", "WINDOWS-1258")]
)
def test_tables_agree_with_iconv(encoding: str, theirs: str) -> None:
    for byte in range(0x100):
        done = subprocess.run(
            ["iconv", "-f", theirs, "-t", "UTF-8"], input=bytes((byte, 0x78)), capture_output=True, check=False
        )
        if done.returncode == 0:
            assert unicodedata.normalize("NFC", done.stdout.decode()) == convert(chr(byte) + "x", encoding), hex(byte)


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is not installed")
@pytest.mark.parametrize(
    ("encoding", "theirs"), [("tcvn3", "TCVN5712-1"), ("viscii", "VISCII"), ("windows-1258", "CP1258")]
)
def test_what_iconv_writes_is_read(encoding: str, theirs: str) -> None:
    text = LOWER if encoding == "tcvn3" else TEXT
    done = subprocess.run(["iconv", "-f", "UTF-8", "-t", theirs], input=text.encode(), capture_output=True, check=True)
    assert (decode(done.stdout).text, decode(done.stdout).encoding) == (text, encoding)


def test_double_encoding_agrees_with_ftfy() -> None:
    ftfy = pytest.importorskip("ftfy", reason="ftfy is not installed")
    misread = "".join(_windows(byte) for byte in TEXT.encode())
    assert decode(misread.encode()).text == ftfy.fix_text(misread)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "vps"])
def test_single_bytes_agree_with_viparse(encoding: str) -> None:
    viparse = pytest.importorskip("viparse", reason="viparse is not installed")
    # Their TCVN3 has no capitals at all.
    misread = (to_vni(LOWER) if encoding == "vni" else to_single_byte(LOWER, encoding)).decode("latin-1")
    theirs = viparse.fix(misread, encoding=encoding)
    assert " ".join(theirs.lower().split()) == " ".join(convert(misread, encoding).lower().split())


# -- anything ---------------------------------------------------------------------------------------


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_text_or_one_clear_error(data: bytes) -> None:
    text, error = outcome(data, "x.txt")
    assert (text is None) != (error is None)
    assert error is None or (error.en.startswith("x.txt: ") and error.vi not in ("", error.en))


@given(st.text(st.characters(exclude_characters="\0"), max_size=200), st.sampled_from(NAMES))
@settings(max_examples=300, deadline=None)
def test_converting_anything_does_no_harm(text: str, encoding: str) -> None:
    assert unicodedata.is_normalized("NFC", convert(text, encoding))
    read(text.encode("utf-8", errors="replace"), encoding=encoding)


@given(st.text(alphabet=sorted(set(TEXT)), max_size=300))
@settings(max_examples=200, deadline=None)
def test_vietnamese_in_unicode_is_never_changed(text: str) -> None:
    assert mend(text).text == text
