"""Web pages: the text of the document that one sees there, and nothing of the site, the hidden or the net."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from pathlib import Path

import pytest
from encoders import outcome, to_single_byte, to_vni, to_windows_1258
from hypothesis import given, settings
from hypothesis import strategies as st

import nqparse.source
from nqparse.errors import InputError, UnsupportedFormatError
from nqparse.pipeline import parse
from nqparse.source import read

pytest.importorskip("lxml", reason="lxml is not installed: pip install 'nqparse[html]'")

HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Cổng thông tin</title></head><body>'
LETTERHEAD = """
<table><tbody><tr>
 <td><p><b>HỘI ĐỒNG NHÂN DÂN<br>TỈNH AN BÌNH<br>-------</b></p></td>
 <td><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br/>Độc lập - Tự do - Hạnh phúc</b></p></td>
</tr><tr><td>Số: 12/2031/NQ-HĐND</td><td><i>An Bình, ngày 10 tháng 7 năm 2031</i></td></tr></tbody></table>
"""
BODY = """
<p align="center"><b>NGHỊ QUYẾT</b></p><p align="center">Về trồng cây ở các xã vùng cao</p>
<p align="center"><b>HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH</b></p>
<p><i>Căn cứ <a href="/luat/1">Luật Tổ chức chính quyền địa phương</a> ngày 19 tháng 6 năm 2015;</i></p>
<p><a href="/luat/2">Căn cứ Luật Lâm nghiệp;</a></p>
<p><b>QUYẾT NGHỊ:</b></p>
<p><a name="dieu_1"><b>Điều 1. Thông qua kế hoạch trồng cây</b></a></p>
<p>1. Trồng mười hai nghìn cây.</p><p>2. Mỗi hộ chăm một khoảnh rừng.</p>
<table border="1"><tr><th>TT</th><th>Xã</th><th>Số cây</th></tr>
<tr><td>1</td><td>Bình Thượng</td><td>7.000</td></tr></table>
<p><b>Điều 2. Tổ chức thực hiện</b></p><p>Giao Ủy ban nhân dân tỉnh thực hiện Nghị quyết này.</p>
"""
FOOT = """
<table><tr><td>Nơi nhận:<br>- Như Điều 2;<br>- Lưu: VT.</td>
<td><b>CHỦ TỊCH</b><br><br><br>Trần Văn Bình</td></tr></table>
"""
DOCUMENT = LETTERHEAD + BODY + FOOT
TEXT = """\
HỘI ĐỒNG NHÂN DÂN
TỈNH AN BÌNH
-------

Số: 12/2031/NQ-HĐND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

An Bình, ngày 10 tháng 7 năm 2031

NGHỊ QUYẾT

Về trồng cây ở các xã vùng cao

HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

Căn cứ Luật Lâm nghiệp;

QUYẾT NGHỊ:

Điều 1. Thông qua kế hoạch trồng cây

1. Trồng mười hai nghìn cây.

2. Mỗi hộ chăm một khoảnh rừng.

| TT | Xã | Số cây |
| 1 | Bình Thượng | 7.000 |

Điều 2. Tổ chức thực hiện

Giao Ủy ban nhân dân tỉnh thực hiện Nghị quyết này.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

CHỦ TỊCH

Trần Văn Bình
"""


def text_of(body: str) -> str:
    return read((HEAD + body).encode()).text


def lines_of(body: str) -> list[str]:
    return [line for line in text_of(body).splitlines() if line]


# -- the document on the page -------------------------------------------------------------------------

PORTAL = f"""{HEAD}
<script>var x = "<p>Điều 9. Không phải</p>";</script>
<div id="header"><a href="/">Trang chủ</a> <a href="/vb">Văn bản</a></div>
<nav><ul><li><a href="1">Nghị quyết</a></li></ul></nav>
<form action="/tim"><input name="q" value="Điều 7"><table width="100%"><tr>
<td width="200"><ul class="tree"><li><a href="a">Nghị quyết</a></li><li><a href="b">Quyết định</a></li></ul>
 <div class="toc"><a href="#1">Điều 1. Thông qua kế hoạch trồng cây</a><br>
 <a href="#2">Điều 2. Tổ chức thực hiện</a></div></td>
<td><div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/nq">Nghị quyết</a></div>
 <h1>Nghị quyết 12/2031/NQ-HĐND về trồng cây</h1>
 <table class="props"><tr><td>Số hiệu</td><td>12/2031/NQ-HĐND</td></tr>
  <tr><td>Ngày ban hành</td><td>10/7/2031</td></tr></table>
 <div class="tabs"><a href="#">Nội dung</a><a href="#">Lược đồ</a></div>
 <div class="content"><div class="toolbar"><button>In</button><a href="p">Tải về</a></div>{DOCUMENT}
  <div class="share"><a href="f">Chia sẻ</a></div></div>
 <div class="related"><h3>Văn bản liên quan</h3><ul><li><a href="q">Nghị quyết 5/2030/NQ-HĐND</a></li></ul></div></td>
<td><div>1.234 lượt xem</div></td></tr></table></form>
<footer>Cơ quan chủ quản: Ủy ban nhân dân tỉnh<br>Số 1, phố Lớn</footer></body></html>"""


def test_the_document_is_found_among_the_parts_of_the_site() -> None:
    found = read(PORTAL.encode(), name="trang.html")
    assert found.text == TEXT
    assert (found.source.media_type, found.source.encoding, found.source.name) == ("text/html", "utf-8", "trang.html")
    assert found.source.size == len(PORTAL.encode())
    assert found.findings == ()


@pytest.mark.parametrize(
    "page",
    [
        HEAD + DOCUMENT,
        f"<div class='content'>{DOCUMENT}</div>",
        f"{HEAD}<article><header>{LETTERHEAD}</header>{BODY}<footer>{FOOT}</footer></article>",
        f"{HEAD}<header>{LETTERHEAD}</header><main>{BODY}</main><div class='footer'>{FOOT}</div>",
        f"{HEAD}<div><div>{LETTERHEAD}</div></div><div><div><div>{BODY}</div></div></div><div>{FOOT}</div>",
        f"{HEAD}<table><tr><td><table><tr><td>{DOCUMENT}</td></tr></table></td></tr></table>",
        DOCUMENT.replace("<tbody>", "").replace("</p>", "").replace("</td>", "").replace("</tr>", ""),
    ],
    ids=["page", "piece", "article", "header and footer", "split", "nested tables", "unclosed tags"],
)
def test_the_document_is_whole_wherever_its_parts_are(page: str) -> None:
    assert read(page.encode()).text == TEXT


def test_the_skeleton_is_that_of_the_plain_text() -> None:
    document, plain = parse(read(PORTAL.encode()).text), parse(TEXT)
    assert document.to_json() == plain.to_json()
    assert document.header.symbol is not None
    assert document.header.symbol.text == "12/2031/NQ-HĐND"
    assert [section.id for section in document.iter_sections()] == ["1", "1/1", "1/2", "2"]
    assert [recipient.name for recipient in document.recipients] == ["Như Điều 2", "Lưu: VT"]


def test_a_page_without_a_document_gives_what_is_on_it() -> None:
    body = "<nav>Mục lục</nav><h1>Tin</h1><p>Một tin ngắn.</p><footer>Chân trang</footer>"
    assert lines_of(body) == ["Tin", "Một tin ngắn."]


def test_a_block_is_not_lost_for_its_name() -> None:
    tale = "<p>" + "Một bản tin dài về cây xanh ở vùng cao. " * 8 + "</p>"
    assert (
        len(
            lines_of(f"<div class='menu'><a href=x>Trang chủ của cổng</a></div><div class='search-widget'>{tale}</div>")
        )
        == 1
    )
    inside = BODY.replace(
        "<p><b>Điều 2", f"<div class='comments'>{tale}</div><div class='btn'>Tải về</div><p><b>Điều 2"
    )
    text = text_of(LETTERHEAD + inside + FOOT)
    assert "Một bản tin dài" in text
    assert "Tải về" not in text
    assert "Một bản tin dài" not in text_of(DOCUMENT + f"<div class='comments'>{tale}</div>")


# -- lines --------------------------------------------------------------------------------------------


def test_blocks_and_breaks_make_lines() -> None:
    body = "<p>Một\n  hai</p><div>ba<br>bốn<br><br>năm</div>sáu<p>bảy<br></p>tám<hr>chín <b>m</b>ười"
    assert text_of(body) == "Một hai\n\nba\nbốn\n\nnăm\n\nsáu\n\nbảy\n\ntám\n\nchín mười\n"
    assert text_of("<pre>A   B\n  C</pre>") == "A   B\n  C\n"


def test_inline_styles_and_unknown_tags_are_transparent() -> None:
    body = """<p style="text-align:justify"><span style="font-size:14px">Căn <o:p></o:p></span><i>c</i>ứ<st1:p>&nbsp;
    Luật</st1:p></p>"""
    assert text_of(body) == "Căn cứ\u00a0 Luật\n"
    assert text_of("<span style='display:block'>a</span><div style='display: inline'>b</div>c") == "a\n\nbc\n"


def test_entities() -> None:
    body = "<p>A &amp; B &lt;b&gt; &eacute; &#7879;&#x1ec7; &khong; &#147;x&#148; &copy</p>"
    assert text_of(body) == "A & B <b> é ệệ &khong; “x” ©\n"


def test_what_is_not_shown_is_left_out() -> None:
    body = """<p>thấy</p><p hidden>1</p><div style="display:none"><p>2<p>3</div>
    <span style="VISIBILITY: hidden">4</span>
    <span class="sr-only">5</span><dialog>6</dialog><p style="mso-hide:all">7</p>
    <template>8</template><noscript>9</noscript>
    <script>10</script><select><option>11</select><textarea>12</textarea><iframe>13</iframe><svg><text>14</text></svg>
    <!-- 15 --><!--[if gte mso 9]><p>16</p><![endif]--><style>p{}</style><div class="hidden md:block">cũng thấy</div>"""
    assert lines_of(body) == ["thấy", "cũng thấy"]


def test_lists_show_the_numbers_that_one_sees() -> None:
    body = """<ol start="3"><li>ba<li><p>bốn</p><p>tiếp</p><ol type="a"><li>một<li value="5">năm</ol><li>năm</ol>
    <ol reversed><li>x<li>y</ol><ol style="list-style-type: upper-roman"><li>i<li style="list-style: none">trơn
    <li>iii</ol>
    <ul><li>chấm<ul><li>tròn</ul></ul><ul style="list-style:none"><li>- gạch</ul>
    <ol type="A" start="27"><li>aa</ol><ol type="i"><li value="4">iv</ol>
    <ol style="list-style:decimal-leading-zero"><li>không</ol>"""
    assert lines_of(body) == [
        "3. ba", "4. bốn", "tiếp", "a. một", "e. năm", "5. năm", "2. x", "1. y", "I. i", "trơn", "III. iii",
        "• chấm", "◦ tròn", "- gạch", "AA. aa", "iv. iv", "01. không",
    ]  # fmt: skip


def test_numbers_that_word_wrote_out_stay() -> None:
    assert lines_of("<p><![if !supportLists]><span>1.<span>&nbsp; </span></span><![endif]>Một</p>") == ["1.\u00a0 Một"]


# -- tables -------------------------------------------------------------------------------------------


def test_tables_of_figures_become_rows() -> None:
    body = """<table><caption>Biểu 1</caption><thead><tr><th rowspan="2">TT<th colspan="2">Vốn
    <tr><th>2030<th>2031</thead>
    <tr><td>1<td><p>5</p><p>tỷ</p><td>a|b<tr><td><td><td><tr><td>Tổng<td>6<td>7</table>"""
    assert lines_of(body) == [
        "Biểu 1", "| TT | Vốn |  |", "|  | 2030 | 2031 |", "| 1 | 5 tỷ | a\\|b |", "| Tổng | 6 | 7 |",
    ]  # fmt: skip


def test_a_foot_with_three_signatures_is_read_signature_by_signature() -> None:
    body = """<table><tr><td>TM. CHÍNH PHỦ<td>TM. MẶT TRẬN<td>TM. QUỐC HỘI<tr><td>THỦ TƯỚNG<td>CHỦ TỊCH<td>CHỦ TỊCH
    <tr><td>Lê A<td>Võ B<td>Hồ C</table>"""
    assert lines_of(body) == [
        "TM. CHÍNH PHỦ", "THỦ TƯỚNG", "Lê A", "TM. MẶT TRẬN", "CHỦ TỊCH", "Võ B", "TM. QUỐC HỘI", "CHỦ TỊCH", "Hồ C",
    ]  # fmt: skip


def test_a_table_of_persons_is_no_foot() -> None:
    persons = "".join(f"<tr><td>{n}<td>Trần {n}<td>Chủ tịch" for n in range(1, 6))
    assert lines_of(f"<table>{persons}</table>")[0] == "| 1 | Trần 1 | Chủ tịch |"
    assert lines_of("<table><tr><td>- Lưu: VT<td>CHỦ TỊCH<tr><td><td>Lê A</table>") == ["- Lưu: VT", "CHỦ TỊCH", "Lê A"]


def test_a_cell_over_all_columns_parts_a_letterhead() -> None:
    body = """<table><tr><td>TỈNH ỦY AN BÌNH<td>ĐẢNG CỘNG SẢN VIỆT NAM
    <tr><td>Số: 3-NQ/TU<td>An Bình, ngày 1 tháng 2 năm 2031
    <tr><td colspan="2">NGHỊ QUYẾT<tr><td>T/M TỈNH ỦY<td>Nơi nhận: lưu</table>"""
    assert lines_of(body) == [
        "TỈNH ỦY AN BÌNH", "Số: 3-NQ/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "An Bình, ngày 1 tháng 2 năm 2031",
        "NGHỊ QUYẾT", "T/M TỈNH ỦY", "Nơi nhận: lưu",
    ]  # fmt: skip


def test_tables_made_of_blocks_are_tables() -> None:
    body = """<div style="display:table"><div style="display:table-row"><div style="display:table-cell">CHÍNH PHỦ</div>
    <div style="display:table-cell">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</div></div><div style="display:table-row">
    <div style="display:table-cell">Số: 1/NQ-CP</div>
    <div style="display:table-cell">Hà Nội, ngày 2 tháng 3 năm 2031</div></div></div>"""
    assert lines_of(body) == [
        "CHÍNH PHỦ", "Số: 1/NQ-CP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 2 tháng 3 năm 2031",
    ]  # fmt: skip


def test_text_that_stands_in_a_table_outside_of_its_cells_is_kept() -> None:
    assert sorted(lines_of("<table>một<tr>hai<td>ba</td></tr><td>bốn</table>")) == ["ba", "bốn", "hai", "một"]


# -- pages saved in one file -------------------------------------------------------------------------

ARCHIVE = b"""From: <Saved by Blink>\r
Subject: =?utf-8?Q?Ngh=E1=BB=8B?=\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype="text/html";\r
\tboundary="----=_Part_0(1)"\r
\r
\r
------=_Part_0(1)\r
Content-Type: text/html\r
Content-Transfer-Encoding: %s\r
Content-Location: http://a.vn/\r
\r
%s\r
------=_Part_0(1)\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0KGgo=\r
------=_Part_0(1)--\r
"""


@pytest.mark.parametrize(
    ("how", "pack"),
    [(b"quoted-printable", quopri.encodestring), (b"base64", base64.encodebytes), (b"8bit", bytes), (b"binary", bytes)],
)
def test_a_web_archive_holds_a_page(how: bytes, pack: Callable[[bytes], bytes]) -> None:
    data = ARCHIVE % (how, pack(PORTAL.encode()))
    found = read(data, name="trang.mht")
    assert found.text == TEXT
    assert (found.source.media_type, found.source.size) == ("multipart/related", len(data))
    assert "Số: 12/2031/NQ-HĐND" in read(data[: len(data) * 3 // 4]).text


def test_a_web_archive_without_a_page_is_refused() -> None:
    with pytest.raises(InputError, match="no page in this web archive"):
        read(ARCHIVE[: ARCHIVE.index(b"Content-Transfer")], name="a.mht")
    assert read(b"Content-Type: x\nlike a mail, but a text\n").source.media_type == "text/plain"


# -- encodings ----------------------------------------------------------------------------------------


def page(charset: str) -> bytes:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>'.encode()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbf" + page("iso-8859-1") + DOCUMENT.encode(), "utf-8-sig"),
        (page("iso-8859-1") + DOCUMENT.encode(), "utf-8"),
        (("\ufeff<html>" + DOCUMENT).encode("utf-16-le"), "utf-16"),
        (("<html>" + DOCUMENT).encode("utf-16-be"), "utf-16-be"),
        (page("windows-1258") + to_windows_1258(DOCUMENT), "windows-1258"),
        (b"<html>" + to_windows_1258(DOCUMENT), "windows-1258"),
        (page("viscii") + to_single_byte(DOCUMENT, "viscii"), "viscii"),
        (page("x-viet-vni") + to_vni(DOCUMENT), "vni"),
        (page("windows-1252") + to_vni(DOCUMENT), "vni"),
        (b"<html>" + to_vni(DOCUMENT), "vni"),
        (page("iso-8859-1") + to_single_byte(DOCUMENT, "tcvn5712-1"), "tcvn5712-1"),
        (page("windows-1258") + to_single_byte(DOCUMENT, "tcvn5712-1"), "tcvn5712-1"),
        (page("utf-8") + DOCUMENT.encode().decode("latin-1").encode(), "utf-8 (double-encoded)"),
    ],
)
def test_the_encoding_is_found(data: bytes, encoding: str) -> None:
    found = read(data)
    assert found.text == TEXT
    assert found.source.encoding == encoding
    assert bool(found.findings) == (not encoding.startswith("utf") or encoding.endswith(("be", ")")))


def test_the_fonts_of_a_page_tell_its_letters() -> None:
    old = to_single_byte(BODY.lower(), "tcvn3").decode("latin-1")
    old = old.replace("<b>", "<b style=\"font-family: '.VnTimeH'\">")
    body = f"""<font face=".VnTime">{old}</font><p>Chữ này là Unicode.</p>
    <p style="font-family:VNI-Times">Nghò quye<b>á</b>t</p>"""
    found = read((HEAD + body).encode())
    lines = [line for line in found.text.splitlines() if line]
    assert lines[:3] == ["NGHỊ QUYẾT", "về trồng cây ở các xã vùng cao", "HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH"]
    assert lines[-2:] == ["Chữ này là Unicode.", "Nghị quyết"]
    assert found.source.encoding == "tcvn3+vni"
    assert [finding.code for finding in found.findings] == ["ORT-004"]


def test_fonts_that_outlived_a_conversion_are_not_believed() -> None:
    found = read((HEAD + f'<font face=".VnTime">{DOCUMENT}</font><p style="font-family:.VnTimeH">Ngày</p>').encode())
    assert found.text.startswith(TEXT.splitlines()[0])
    assert found.source.encoding == "utf-8"


def test_an_encoding_can_be_forced() -> None:
    found = read(b"<html><p>" + to_single_byte("Hội đồng", "tcvn3"), encoding="tcvn3")
    assert (found.text, found.source.encoding) == ("Hội đồng\n", "tcvn3")
    assert read(b"<html><p>Ho^.i ddo^`ng", encoding="viqr").text == "Hội đồng\n"
    with pytest.raises(InputError, match="not valid UTF-8 at byte 9"):
        read(b"<html><p>\xe9", encoding="utf-8")


def test_an_uncertain_page_is_refused_and_a_declared_one_is_not() -> None:
    french = b"<html><p>\xe9v\xe9nement g\xe9n\xe9ral</p>"
    with pytest.raises(InputError, match="no old one is certain") as caught:
        read(french)
    assert "--encoding" in caught.value.hint_en
    assert read(page("iso-8859-1") + french).text == "événement général\n"


def test_a_few_letters_that_a_portal_cut_do_not_spoil_the_page() -> None:
    found = read((HEAD + DOCUMENT).encode().replace("khoảnh".encode(), "khoả".encode()[:-1] + b"nh"))
    assert "chăm một kho\ufffdnh rừng" in found.text
    assert [finding.code for finding in found.findings] == ["ORT-004"]
    assert found.text[slice(found.findings[0].start, found.findings[0].end)] == "\ufffd"


# -- safety -------------------------------------------------------------------------------------------


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str) -> object:
        raise ModuleNotFoundError(f"No module named {module!r}", name="lxml")

    monkeypatch.setattr(nqparse.source, "import_module", missing)
    with pytest.raises(UnsupportedFormatError, match="needs the library lxml") as caught:
        read(HEAD.encode(), name="a.html")
    assert caught.value.hint_en == "Install it with: pip install 'nqparse[html]'"
    assert "nqparse[html]" in caught.value.hint_vi


@pytest.mark.parametrize(
    "piece",
    [
        "<div>", "<p><font size=1>a", "<ul><li>x", "<table><tr><td>x", "<table>x", "<b>", "<a href=x>y",
        "<td>x", "<br>", "<", "&amp;", "<!--", '<a title="', "</p>", "<option>", "<li>x", "<p>Điều 1. Nội dung</p>",
        "<tr><td rowspan=9999>a<td colspan=9999>b",
    ],
)  # fmt: skip
def test_a_big_page_of_one_piece_is_read_or_refused(piece: str) -> None:
    _, error = outcome(("<html>" + piece * 20_000).encode(), "x.html")
    assert error is None or "this page has" in error.en


def test_attributes_without_end_are_read() -> None:
    attributes = " ".join(f"a{number}='>'" for number in range(100_000))
    assert read(f"<html><p {attributes}>Một</p>".encode()).text == "Một\n"


def test_pages_that_are_too_deep_or_too_big_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="nested deeper than 5000 levels") as caught:
        read(b"<html>" + b"<div>" * 10_000, name="sâu.html")
    assert caught.value.hint_vi
    from nqparse.source import html

    monkeypatch.setattr(html, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(InputError, match="has 2 MB; pages are read up to 1 MB"):
        read(b"<html>" + b"x" * (2 * 1024 * 1024))


def test_pages_of_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from nqparse.source.html import build

    monkeypatch.setattr(build, "MOST_PARTS", 1_000)
    assert len(read(b"<html>" + b"<p>x" * 990).text.split()) == 990
    with pytest.raises(InputError, match="lines and blocks"):
        read(b"<html>" + b"<p>x" * 1_001)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    secret = tmp_path / "bí mật.txt"
    secret.write_text("bí mật", encoding="utf-8")
    uri = secret.as_uri()
    body = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{uri}">]><html><link rel=stylesheet href="http://a.vn/x.css">
    <base href="http://a.vn/"><p>Một &x; <img src="http://a.vn/i.png" alt="ảnh"></p><iframe src="{uri}"></iframe>
    <object data="{uri}"></object><script src="http://a.vn/j.js"></script>"""
    assert "bí mật" not in read(body.encode()).text


@pytest.mark.parametrize("data", [b"<html>", b"<html>  ", b"<html></html>", b"<html><body><p></p>", b"<!doctype html>"])
def test_an_empty_page_is_an_empty_text(data: bytes) -> None:
    assert read(data).text == ""


@pytest.mark.parametrize("at", range(1, 2000, 97))
def test_a_page_may_be_cut_off_anywhere(at: int) -> None:
    read((HEAD + DOCUMENT).encode()[: len(HEAD) + at], name="x.html")


_TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<th>",
        "</td>",
        "<ol>",
        "<ul>",
        "<li>",
        "</ol>",
        "<br>",
        "<b>",
        "</b>",
        "<a>",
        "<a href=x>",
        "</a>\n    ",
        "<pre>",
        "</pre>",
        "<q>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?x>",
        "<script>",
        "</script>",
        "<style>",
        "<nav>",
        "</nav>",
        "<p hidden>",
        "<font face=.VnTime>\n    ",
        "</font>",
        "&nbsp;",
        "&#0;",
        "&#xD800;",
        "<li value=-5>",
        "<ol reversed>",
        "<td colspan=0>",
        "<td rowspan=-1>",
        "<body>",
        "</html>",
        "Điều 1.\n    ",
        "Số: 1/NQ-A",
        "Nơi nhận:",
        "TM. A",
        "NghÞ quyÕt",
    ]
)


@given(st.lists(_TAGS | st.text(max_size=5), max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_page_gives_a_text(parts: list[str]) -> None:
    found = read(("<html>" + "".join(parts)).encode("utf-8", errors="replace"))
    assert found.text == "" or found.text.endswith("\n")


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_in_a_page_give_a_text_or_one_clear_error(data: bytes) -> None:
    text, error = outcome(b"<html><p>" + data, "x.html")
    assert (text is None) != (error is None)
    assert error is None or (error.en.startswith("x.html: ") and error.vi not in ("", error.en))
