"""The files of word processors: .docx by python-docx, RTF and ODT by hand, .doc by LibreOffice."""

from __future__ import annotations

import contextlib
import functools
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.formats import CannotRenderError, Rendering, specimens
from benchmarks.formats.letters import in_abc_fonts, to_vni, typed
from benchmarks.formats.sheet import Columns, Grid, Paragraph, Specimen
from nqparse.document import Section

# -- .docx ------------------------------------------------------------------------------------------


Pieces = Callable[[str], list[tuple[str, str]]]
"""Takes a text apart by fonts: each piece with the name of its font, "" for that of the document."""


def _plain(text: str) -> list[tuple[str, str]]:
    return [(text, "")]


def _in_abc(text: str) -> list[tuple[str, str]]:
    return [
        (data.decode("cp1252", "replace"), ".VnTimeH" if raised else ".VnTime") for data, raised in in_abc_fonts(text)
    ]


def _in_vni(text: str) -> list[tuple[str, str]]:
    return [(to_vni(text).decode("cp1252"), "VNI-Times")]


def _docx(specimen: Specimen) -> bytes:
    return _write_docx(specimen, {})


def _docx_numbered(specimen: Specimen) -> bytes:
    return _write_docx(specimen, _numbers(specimen))


def _docx_tcvn3(specimen: Specimen) -> bytes:
    return _write_docx(specimen, {}, _in_abc)


def _docx_vni(specimen: Specimen) -> bytes:
    try:
        return _write_docx(specimen, {}, _in_vni)
    except UnicodeEncodeError as error:
        raise CannotRenderError(str(error)) from None


def _write_docx(specimen: Specimen, numbers: dict[int, _Number], pieces: Pieces = _plain) -> bytes:
    import docx  # noqa: PLC0415  (only where it is installed)

    document = docx.Document()
    lists = _Lists(document) if numbers else None
    for block in specimen.blocks:
        if isinstance(block, Paragraph):
            paragraph = document.add_paragraph()
            number = numbers.get(block.start)
            lines = block.lines
            if number is not None and lists is not None and lines[0].startswith(number.label):
                lists.number(paragraph, number)
                lines = (lines[0][len(number.label) :].lstrip(), *lines[1:])
            _fill(paragraph, lines, pieces)
        elif isinstance(block, Columns):
            cells = document.add_table(rows=1, cols=2).rows[0].cells
            for cell, side in zip(cells, (block.left, block.right), strict=True):
                for at, part in enumerate(side):
                    _fill(cell.paragraphs[0] if at == 0 else cell.add_paragraph(), part.lines, pieces)
        elif isinstance(block, Grid):
            table = document.add_table(rows=len(block.rows), cols=max(map(len, block.rows)))
            table.style = "Table Grid"
            for cells, row in zip((row.cells for row in table.rows), block.rows, strict=True):
                for cell, text in zip(cells, row, strict=False):
                    _fill(cell.paragraphs[0], (text,), pieces)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _fill(paragraph: Any, lines: tuple[str, ...], pieces: Pieces) -> None:
    run = None
    for at, line in enumerate(lines):
        if at and run is not None:
            run.add_break()
        for text, font in pieces(line):
            run = paragraph.add_run(text)
            if font:
                run.font.name = font


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that Word makes: the label as it reads, and the list that it belongs to."""

    label: str
    pattern: str
    style: str
    start: int
    of: int


_STYLES = {"article": "decimal", "arabic": "decimal", "roman": "upperRoman", "letter": "lowerLetter",
           "chapter": "upperRoman", "upper": "upperLetter"}  # fmt: skip


def _numbers(specimen: Specimen) -> dict[int, _Number]:
    """Returns the labels that Word can make, by their places: runs of siblings from a … d, 1 …, I … on."""
    found: dict[int, _Number] = {}
    starts = {block.start for block in specimen.blocks if isinstance(block, Paragraph)}
    made = 0

    def visit(sections: list[Section]) -> None:
        nonlocal made
        before: Section | None = None
        own = 0
        for section in sections:
            visit(section.children)
            pattern = _pattern(section)
            if pattern is None or section.start not in starts:
                before = None
                continue
            if before is None or section.ordinal != (before.ordinal or 0) + 1 or _pattern(before) != pattern:
                made += 1
                own = made
            found[section.start] = _Number(section.label, pattern, _STYLES[section.kind], section.ordinal or 1, own)
            before = section

    visit(specimen.document.body)
    return found


def _pattern(section: Section) -> str | None:
    style, number = _STYLES.get(section.kind), section.ordinal
    if style is None or number is None or section.label.count(section.number) != 1:
        return None
    shown = {
        "decimal": str(number),
        "lowerLetter": "abcd"[number - 1 : number] if number <= 4 else "",
        "upperLetter": "ABCD"[number - 1 : number] if number <= 4 else "",
    }.get(style)
    if style == "upperRoman":
        shown = section.number if re.fullmatch("[IVX]+", section.number) else ""
    return section.label.replace(section.number, "%1") if shown == section.number else None


class _Lists:
    """Adds lists to the part of the numbering."""

    def __init__(self, document: Any) -> None:
        self._part = document.part.numbering_part.element
        self._known: dict[int, int] = {}

    def number(self, paragraph: Any, number: _Number) -> None:
        """Makes a paragraph an item."""
        from docx.oxml import OxmlElement  # noqa: PLC0415
        from docx.oxml.ns import qn  # noqa: PLC0415

        def element(name: str, **attributes: str) -> Any:
            made = OxmlElement(name)
            for key, value in attributes.items():
                made.set(qn(f"w:{key}"), value)
            return made

        if number.of not in self._known:
            key = 1000 + number.of
            abstract = element("w:abstractNum", abstractNumId=str(key))
            level = element("w:lvl", ilvl="0")
            level.append(element("w:start", val=str(number.start)))
            level.append(element("w:numFmt", val=number.style))
            level.append(element("w:lvlText", val=number.pattern))
            abstract.append(level)
            use = element("w:num", numId=str(key))
            use.append(element("w:abstractNumId", val=str(key)))
            self._part.insert(0, abstract)
            self._part.append(use)
            self._known[number.of] = key
        properties = paragraph._p.get_or_add_pPr()
        listed = element("w:numPr")
        listed.append(element("w:ilvl", val="0"))
        listed.append(element("w:numId", val=str(self._known[number.of])))
        properties.append(listed)


# -- RTF --------------------------------------------------------------------------------------------

_RTF_HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 %s;}{\f1\froman\fcharset0 %s;}}" "\n"
_RTF_SIGNS = {"\\": r"\\", "{": r"\{", "}": r"\}", "\t": r"\tab "}


def _rtf_unicode(text: str) -> str:
    out = []
    for char in text:
        if char in _RTF_SIGNS:
            out.append(_RTF_SIGNS[char])
        elif char.isascii():
            out.append(char)
        else:
            data = char.encode("utf-16-le")
            units = (int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2))
            out += [f"\\u{unit - 0x10000 if unit >= 0x8000 else unit}?" for unit in units]
    return "".join(out)


def _rtf_bytes(data: bytes) -> str:
    return "".join(_RTF_SIGNS.get(chr(b), chr(b)) if b < 0x80 else f"\\'{b:02x}" for b in data)


def _rtf_tcvn3(text: str) -> str:
    return "".join(
        f"{{\\f1 {_rtf_bytes(data)}}}" if raised else _rtf_bytes(data) for data, raised in in_abc_fonts(text)
    )


def _rtf_vni(text: str) -> str:
    try:
        return _rtf_bytes(to_vni(text))
    except UnicodeEncodeError as error:
        raise CannotRenderError(str(error)) from None


def _rtf(specimen: Specimen, letters: Callable[[str], str], fonts: tuple[str, str]) -> bytes:
    def paragraph(part: Paragraph, before: str = "", end: str = "\\par") -> str:
        return f"\\pard{before}\\plain\\f0 {(chr(92) + 'line ').join(map(letters, part.lines))}{end}\n"

    def row(cells: list[str], width: int) -> str:
        edges = "".join(f"\\cellx{width * (at + 1)}" for at in range(len(cells)))
        return f"\\trowd{edges}\n{''.join(cells)}\\row\n"

    def cell(parts: tuple[Paragraph, ...]) -> str:
        if not parts:
            return "\\pard\\intbl\\cell\n"
        *first, last = parts
        return "".join(paragraph(part, "\\intbl") for part in first) + paragraph(last, "\\intbl", "\\cell")

    out = [_RTF_HEAD % fonts]
    for block in specimen.blocks:
        if isinstance(block, Paragraph):
            out.append(paragraph(block))
        elif isinstance(block, Columns):
            out.append(row([cell(block.left), cell(block.right)], 4500))
        elif isinstance(block, Grid):
            out += [row([cell((Paragraph((text,)),)) for text in cells], 1500) for cells in block.rows]
    out.append("}")
    return "".join(out).encode("ascii")


# -- ODT --------------------------------------------------------------------------------------------

_ODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 office:version="1.2"><office:body><office:text>%s</office:text></office:body></office:document-content>"""
_BLANKS = re.compile(" {2,}|^ ")


def _odt_line(text: str) -> str:
    text = _BLANKS.sub(lambda run: f'<text:s text:c="{len(run.group())}"/>', escape(text))
    return text.replace("\t", "<text:tab/>")


def _odt_paragraph(part: Paragraph) -> str:
    return f"<text:p>{'<text:line-break/>'.join(map(_odt_line, part.lines))}</text:p>"


def _odt_table(rows: list[list[str]]) -> str:
    shown = (
        "<table:table-row>"
        + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    return f"<table:table>{''.join(shown)}</table:table>"


def _odt(specimen: Specimen) -> bytes:
    def parts() -> Iterator[str]:
        for block in specimen.blocks:
            if isinstance(block, Paragraph):
                yield _odt_paragraph(block)
            elif isinstance(block, Columns):
                yield _odt_table([["".join(map(_odt_paragraph, side)) for side in (block.left, block.right)]])
            elif isinstance(block, Grid):
                yield _odt_table([[_odt_paragraph(Paragraph((cell,))) for cell in row] for row in block.rows])

    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", _ODT % "".join(parts()))
    return file.getvalue()


# -- .doc -------------------------------------------------------------------------------------------


def _converted(write: Callable[[Specimen], bytes], hand: Callable[[str], str] = str) -> Callable[[Specimen], bytes]:
    """Returns a rendering through LibreOffice; the project's specimens go through it together, for it starts slowly."""
    done: dict[bytes, bytes] = {}

    def render(specimen: Specimen) -> bytes:
        data = write(specimen)
        if not done:
            written = [data]
            for sheet in specimens():
                with contextlib.suppress(CannotRenderError):
                    written.append(write(sheet.written(hand)))
            done.update(zip(written, _convert(written), strict=True))
        if data not in done:
            done[data] = _convert([data])[0]
        return done[data]

    return render


def _convert(documents: list[bytes]) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{number:04}.docx") for number in range(len(documents))]
        for file, data in zip(files, documents, strict=True):
            file.write_bytes(data)
        subprocess.run(
            [_office(), f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--convert-to",
             "doc:MS Word 97", "--outdir", folder, *map(str, files)],
            check=True, timeout=600, capture_output=True,
        )  # fmt: skip
        return [file.with_suffix(".doc").read_bytes() for file in files]


def _office() -> str:
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def _missing(*modules: str, office: bool = False) -> str:
    lacking = [name for name in modules if find_spec(name) is None]
    if office and not _office():
        lacking.append("LibreOffice")
    return ", ".join(lacking)


_TIMES = ("Times New Roman", "Arial")
_ABC = (".VnTime", ".VnTimeH")
_VNI = ("VNI-Times", "VNI-Helve")


def _rtf_in(letters: Callable[[str], str], fonts: tuple[str, str]) -> Callable[[Specimen], bytes]:
    return functools.partial(_rtf, letters=letters, fonts=fonts)


_unicode, _tcvn3, _vni = _rtf_in(_rtf_unicode, _TIMES), _rtf_in(_rtf_tcvn3, _ABC), _rtf_in(_rtf_vni, _VNI)

RENDERINGS = [
    Rendering("docx", _docx, "source.docx", missing=lambda: _missing("docx")),
    Rendering("docx, numbers by Word", _docx_numbered, "source.docx", missing=lambda: _missing("docx")),
    Rendering("docx, TCVN3 fonts", _docx_tcvn3, "source.docx", missing=lambda: _missing("docx"), hand=typed),
    Rendering("docx, VNI fonts", _docx_vni, "source.docx", missing=lambda: _missing("docx"), hand=typed),
    Rendering("rtf", _unicode, "source.rtf"),
    Rendering("rtf, TCVN3 fonts", _tcvn3, "source.rtf", hand=typed),
    Rendering("rtf, VNI fonts", _vni, "source.rtf", hand=typed),
    Rendering("odt", _odt, "source.odt"),
    Rendering("doc", _converted(_docx), "source.doc", missing=lambda: _missing("docx", office=True)),
    Rendering(
        "doc, numbers by Word", _converted(_docx_numbered), "source.doc",
        missing=lambda: _missing("docx", office=True),
    ),
    Rendering(
        "doc, TCVN3 fonts", _converted(_docx_tcvn3, typed), "source.doc", hand=typed,
        missing=lambda: _missing("docx", office=True),
    ),
    Rendering(
        "doc, VNI fonts", _converted(_docx_vni, typed), "source.doc", hand=typed,
        missing=lambda: _missing("docx", office=True),
    ),
]  # fmt: skip
