"""The ZIP container of .docx and .odt: its parts as streams of XML elements, bounded in size, without entities."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from importlib import import_module
from io import BytesIO
from typing import Any

from nqparse.source.word.finish import MEGABYTE, DamagedError
from nqparse.source.word.story import TooMuchError

# Its types are not among those that mypy brings along.
etree = import_module("lxml.etree")
Element = Any
"""An element of lxml."""

MOST_XML = 128 * MEGABYTE
"""How long a part may be when it is unpacked. A thousand pages are about 20 MB."""
_MOST_MEMBERS = 20_000
_CHUNK = 1 << 16
_SAFE = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
    "remove_pis": True,
}  # fmt: skip


# What `zipfile` raises on damaged members; ValueError where the table points to a place before the file.
_UNPACKING = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError,
              RuntimeError)  # fmt: skip


class Package:
    """A container that is open for reading."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._members = {member.filename: member for member in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise DamagedError(f"its table of parts is missing ({error})", "thiếu bảng mục lục của tệp nén") from None
        if len(self._members) > _MOST_MEMBERS:
            raise TooMuchError
        self._left = MOST_XML

    def has(self, part: str) -> bool:
        """Tells whether there is such a part."""
        return part in self._members

    def _chunks(self, part: str) -> Iterator[bytes]:
        member = self._members.get(part)
        if member is None:
            raise DamagedError(f"its part {part} is missing", f"thiếu phần {part}")
        if member.flag_bits & 1:
            raise DamagedError(f"its part {part} is encrypted", f"phần {part} được đặt mật khẩu")
        if member.file_size > self._left:
            raise TooMuchError
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    # What the table says of the size may be a lie.
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise TooMuchError
                    yield chunk
        except _UNPACKING as error:
            raise DamagedError(
                f"its part {part} cannot be unpacked ({error})", f"không giải nén được phần {part}"
            ) from None

    def events(self, part: str, tags: Sequence[str]) -> Iterator[tuple[str, Element]]:
        """Yields (event, element) at the start and at the end of every element with one of these tags.

        Entities are not resolved, nothing is fetched, and depth is bounded by libxml2.
        """
        parser = etree.XMLPullParser(events=("start", "end"), tag=tags, **_SAFE)
        try:
            for chunk in self._chunks(part):
                parser.feed(chunk)
                yield from parser.read_events()
            parser.close()
            yield from parser.read_events()
        except etree.XMLSyntaxError as error:
            raise _broken(part, error) from None

    def tree(self, part: str) -> Element:
        """Returns the root element of a part, None if there is no such part."""
        if not self.has(part):
            return None
        parser = etree.XMLParser(**_SAFE)
        try:
            for chunk in self._chunks(part):
                parser.feed(chunk)
            return parser.close()
        except etree.XMLSyntaxError as error:
            raise _broken(part, error) from None


def _broken(part: str, error: Exception) -> DamagedError:
    reason = str(error).split("\n")[0][:120]
    return DamagedError(f"its part {part} is no well-formed XML ({reason})", f"phần {part} không phải XML hợp lệ")
