"""Word documents of the years 1997 to 2003 (.doc), and those of before through a program that knows them.

    bytes ─▶ container (streams, table of pieces) ─▶ properties, styles, lists ─▶ body ─▶ story ─▶ text

antiword and catdoc were weighed: they drop the font of each run, which is what tells TCVN3 and VNI, and few
machines have them; LibreOffice takes a second for each document. The format is public ([MS-DOC]), and text with fonts,
tables and lists is a small part of it. Files of Word 6 and 95 have other tables; they go through one of the programs.
"""

from __future__ import annotations

import struct

from nqparse.source.blocks.boxes import Box
from nqparse.source.detect import DOC
from nqparse.source.result import SourceText
from nqparse.source.word.doc.body import Body
from nqparse.source.word.doc.container import Container, TooOldError
from nqparse.source.word.doc.convert import read_through_program
from nqparse.source.word.finish import DamagedError, read_story
from nqparse.source.word.story import TooMuchError


def read(data: bytes, name: str | None, encoding: str | None) -> SourceText:
    """Reads an old Word document (`nqparse.source.result.Reader`).

    Raises:
        InputError: if it is damaged, too big or locked with a password.
        UnsupportedFormatError: if it is older than Word 97 and no program that reads it is installed.
    """
    try:
        return read_story(data, name, encoding, DOC, _tell)
    except TooOldError:
        return read_through_program(data, name, encoding)


def _tell(data: bytes) -> tuple[Box, str]:
    container = Container(data)
    try:
        return Body(container).tell(), "utf-16-le"
    except (DamagedError, TooMuchError):
        raise
    except (struct.error, IndexError, ValueError, OverflowError) as error:  # a table that leads nowhere
        raise DamagedError(f"its tables cannot be read ({error})", "không đọc được các bảng bên trong") from None
