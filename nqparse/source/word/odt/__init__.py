"""OpenDocument texts (.odt), as one sees them with all changes accepted.

    bytes ─▶ package (parts) ─▶ styles ─▶ body (a stream of elements) ─▶ story ─▶ text

odfdo was weighed: it keeps the whole tree, does not make the numbers of lists and does not resolve the fonts of styles.
"""

from __future__ import annotations

from nqparse.source.blocks.boxes import Box
from nqparse.source.detect import ODT
from nqparse.source.result import SourceText
from nqparse.source.word.finish import DamagedError, read_story
from nqparse.source.word.odt.body import Body
from nqparse.source.word.package import Package


def read(data: bytes, name: str | None, encoding: str | None) -> SourceText:
    """Reads an OpenDocument text (`nqparse.source.result.Reader`).

    Raises:
        InputError: if it is damaged or too big.
    """
    return read_story(data, name, encoding, ODT, _tell)


def _tell(data: bytes) -> tuple[Box, str]:
    package = Package(data)
    manifest = package.tree("META-INF/manifest.xml")
    if manifest is not None and any("}encryption-data" in str(element.tag) for element in manifest.iter()):
        raise DamagedError("it is encrypted; a password is needed", "tệp được đặt mật khẩu")
    return Body(package).tell(), "utf-8"
