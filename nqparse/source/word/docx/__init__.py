"""Word documents (.docx), as one sees them with all changes accepted.

    bytes ─▶ package (parts) ─▶ styles, numbering ─▶ body (a stream of elements) ─▶ story ─▶ text

python-docx and docx2python were weighed: neither tells the font of each run together with the numbers that Word makes,
tracked changes and text boxes, and both keep whole trees of whatever size. lxml reads the parts as a stream.
"""

from __future__ import annotations

from nqparse.source.blocks.boxes import Box
from nqparse.source.detect import DOCX
from nqparse.source.result import SourceText
from nqparse.source.word.docx.body import Body
from nqparse.source.word.docx.names import DOCUMENT_RELATION, read_relations
from nqparse.source.word.docx.numbering import read_numbering
from nqparse.source.word.docx.styles import read_styles
from nqparse.source.word.finish import DamagedError, read_story
from nqparse.source.word.package import Package


def read(data: bytes, name: str | None, encoding: str | None) -> SourceText:
    """Reads a Word document (`nqparse.source.result.Reader`).

    Raises:
        InputError: if it is damaged or too big.
    """
    return read_story(data, name, encoding, DOCX, _tell)


def _tell(data: bytes) -> tuple[Box, str]:
    package = Package(data)
    part = next(
        (relation.target for relation in read_relations(package, "").values() if relation.kind == DOCUMENT_RELATION),
        "word/document.xml",
    )
    if not package.has(part):
        raise DamagedError("the document itself is missing in it", "không có phần nội dung văn bản")
    relations = read_relations(package, part)
    by_kind = {relation.kind: relation.target for relation in relations.values()}
    styles = read_styles(package, by_kind.get("styles", ""))
    numbering = read_numbering(package, by_kind.get("numbering", ""), styles)
    return Body(package, relations, styles, numbering).tell(part), "utf-8"
