"""Writes the files of word processors by hand, as small as they can be."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

from nqparse.errors import NqparseError
from nqparse.source import read

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SPACES = (
    f'{_W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ROOTS = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes",
          "header": "hdr", "footer": "ftr"}  # fmt: skip
_OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)


def packed(parts: dict[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """Returns a ZIP container; the parts in `stored` are not compressed."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content, zipfile.ZIP_STORED if name in stored else None)
    return file.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Returns a .docx; `parts` are what is inside the roots of further parts: numbering, styles, header …"""
    files: dict[str, str | bytes] = {}
    relations = overrides = ""
    for kind, content in parts.items():
        root = _ROOTS[kind]
        files[f"word/{kind}.xml"] = f"<w:{root} {_SPACES}>{content}</w:{root}>"
        relations += f'<Relationship Id="r-{kind}" Type="{_KIND}{kind}" Target="{kind}.xml"/>'
        overrides += f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
    files["word/document.xml"] = f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"
    files["word/_rels/document.xml.rels"] = _relations(relations)
    files["_rels/.rels"] = _relations(
        f'<Relationship Id="r1" Type="{_KIND}officeDocument" Target="word/document.xml"/>'
    )
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{overrides}</Types>'
    )
    return packed(files)


def _relations(inside: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def p(*runs: str, properties: str = "") -> str:
    """Returns a paragraph of Word; runs that are no XML are plain text."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Returns a run of Word."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def font(name: str) -> str:
    """Returns the property of a run that is set in a font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def listed(number: int, level: int = 0) -> str:
    """Returns the property of a paragraph that is in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(at: int, style: str, text: str, more: str = "") -> str:
    """Returns a level of a list of Word."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def tables(*rows: tuple[str, ...]) -> str:
    """Returns a table of Word; cells are text or paragraphs."""
    inside = "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{inside}</w:tbl>"


def odt(text: str, automatic: str = "", styles: str = "") -> bytes:
    """Returns an .odt."""
    content = (
        f"<office:document-content {_OFFICE}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>"
    )
    parts: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    if styles:
        parts["styles.xml"] = f"<office:document-styles {_OFFICE}>{styles}</office:document-styles>"
    return packed(parts, stored=("mimetype",))


def read_or_refuse(data: bytes) -> None:
    """Reads a file that may be damaged: it gives a text, or one error that says what is wrong."""
    with contextlib.suppress(NqparseError):
        read(data)


def office() -> str | None:
    """Returns the path of LibreOffice, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(files: list[bytes], ending: str, form: str, folder: Path) -> list[bytes]:
    """Returns .docx files as LibreOffice writes them in another format."""
    program = office()
    assert program is not None
    paths = [folder / f"{number}.docx" for number in range(len(files))]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", form,
         "--outdir", str(folder), *map(str, paths)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return [path.with_suffix(ending).read_bytes() for path in paths]
