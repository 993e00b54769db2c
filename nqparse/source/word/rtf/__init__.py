"""RTF documents: letters in the fonts and code pages that they were written in.

striprtf was weighed: it drops the font of each run, which is what tells TCVN3 and VNI, and all tables and notes.
"""

from __future__ import annotations

from nqparse.source.blocks.boxes import Box
from nqparse.source.detect import RTF
from nqparse.source.result import SourceText
from nqparse.source.word.finish import MEGABYTE, read_story
from nqparse.source.word.rtf.body import Body
from nqparse.source.word.story import TooMuchError

MOST_BYTES = 128 * MEGABYTE
"""How long a file may be. Pictures are written in letters, so that scans make large ones."""


def read(data: bytes, name: str | None, encoding: str | None) -> SourceText:
    """Reads an RTF document (`nqparse.source.result.Reader`).

    Raises:
        InputError: if it is cut off or too big.
    """
    return read_story(data, name, encoding, RTF, _tell)


def _tell(data: bytes) -> tuple[Box, str]:
    if len(data) > MOST_BYTES:
        raise TooMuchError
    body = Body()
    return body.tell(data), f"windows-{body.fonts.code_page}"
