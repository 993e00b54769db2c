"""Web pages as portals have them: the document in tables in tables, beside menus and lists of other documents."""

from __future__ import annotations

from html import escape

from benchmarks.formats import Rendering
from benchmarks.formats.sheet import Columns, Grid, Paragraph, Specimen

_TOP = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Cổng thông tin</title></head><body>
<div id="header"><ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/gt">Giới thiệu</a></li>
<li><a href="/vb">Văn bản</a></li></ul></div>
<table width="100%"><tr><td class="sidebar" valign="top"><ul><li><a href="/a">Lịch tiếp dân</a></li>
<li><a href="/b">Hỏi đáp trực tuyến</a></li></ul></td><td><table><tr><td><div class="content">
"""
_BOTTOM = """
</div></td></tr></table></td></tr></table>
<div class="related"><h4>Văn bản khác</h4><ul><li><a href="/1">Thông báo mời họp giao ban tháng sau</a></li></ul></div>
<div id="footer"><p><a href="/c">Liên hệ</a> | <a href="/s">Sơ đồ cổng</a></p></div></body></html>
"""


def _paragraph(paragraph: Paragraph) -> str:
    lines = [escape(line) for line in paragraph.lines]
    if any("   " in line or "\t" in line for line in lines):
        # Pages have no other way to set text in columns by blanks.
        return f"<pre>{chr(10).join(lines)}</pre>"
    return f"<p>{'<br>'.join(lines)}</p>"


def _page(specimen: Specimen) -> bytes:
    parts = [_TOP]
    for block in specimen.blocks:
        if isinstance(block, Paragraph):
            parts.append(_paragraph(block))
        elif isinstance(block, Columns):
            left, right = ("".join(map(_paragraph, side)) for side in (block.left, block.right))
            parts.append(f'<table border="0"><tr><td width="40%">{left}</td><td>{right}</td></tr></table>')
        elif isinstance(block, Grid):
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
            parts.append('<table border="1">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return ("\n".join(parts) + _BOTTOM).encode("utf-8")


RENDERINGS = [Rendering("web page", _page, "page.html")]
