"""The container of a .doc: its streams, its header, and its text, which is kept in pieces."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO

from nqparse.source.word.finish import MEGABYTE, DamagedError
from nqparse.source.word.story import MOST_LETTERS, TooMuchError

# It has no types.
olefile = import_module("olefile")

MOST_BYTES = 128 * MEGABYTE
_MAGIC, _OLD_MAGIC = 0xA5EC, 0xA5DC
_WORD_6, _WORD_97 = 0x0065, 0x00C1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_SIZES = 0x4C  # where the header tells the length of each part of the text
_PLACES = 0x9A  # where it tells the places of tables
_NARROW = 0x40000000


class TooOldError(ValueError):
    """A file of a Word before 97."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text: characters `start` to `end`, from byte `at` of the main stream on.

    Attributes:
        width: bytes per character.
        changes: properties that were put over the piece when the file was saved fast.
    """

    start: int
    end: int
    at: int
    width: int
    changes: bytes

    def byte_of(self, position: int) -> int:
        """Returns where a character is in the main stream."""
        return self.at + (position - self.start) * self.width


@dataclass(frozen=True, slots=True)
class Parts:
    """How many characters each part of the text has, in their order."""

    main: int
    footnotes: int
    heads: int
    macros: int
    comments: int
    endnotes: int
    boxes: int


class Container:
    """An opened file."""

    def __init__(self, data: bytes) -> None:
        """Opens a file.

        Raises:
            DamagedError: if it cannot be read.
            TooOldError: if it is older than Word 97.
        """
        if len(data) > MOST_BYTES:
            raise TooMuchError
        try:
            ole = olefile.OleFileIO(BytesIO(data))
            # olefile believes the sizes in the list of streams and would read on for hours.
            if any(entry is not None and entry.size > len(data) for entry in ole.direntries):
                raise DamagedError("its list of streams is wrong", "danh mục bên trong bị sai")
            self.main: bytes = ole.openstream("WordDocument").read()
            kind, version = struct.unpack_from("<HH", self.main, 0)
            if kind in (_MAGIC, _OLD_MAGIC) and _WORD_6 <= version < _WORD_97:
                raise TooOldError
            if kind != _MAGIC or version < _WORD_97:
                raise DamagedError("its header is none of Word", "phần đầu tệp không phải của Word")
            (flags,) = struct.unpack_from("<H", self.main, 0x0A)
            if flags & _ENCRYPTED:
                raise DamagedError("it is locked with a password", "tệp được đặt mật khẩu")
            self.table: bytes = ole.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
            self.parts = Parts(*struct.unpack_from("<7i", self.main, _SIZES))
            self.pieces = self._read_pieces()
        except (DamagedError, TooMuchError, TooOldError):
            raise
        except (OSError, ValueError, struct.error, LookupError, TypeError, AttributeError, OverflowError) as error:
            # All of these come out of olefile when a table of the container is damaged.
            raise DamagedError(f"its tables cannot be read ({error})", "không đọc được các bảng bên trong") from None
        self._starts = [piece.start for piece in self.pieces]

    def place(self, index: int) -> bytes:
        """Returns a table that the header names, by its number in [MS-DOC] FibRgFcLcb97; empty if there is none."""
        at = _PLACES + 8 * index
        if at + 8 > len(self.main):
            return b""
        start, size = struct.unpack_from("<II", self.main, at)
        return self.table[start : start + size] if size else b""

    def after(self, index: int) -> bytes:
        """Returns what follows a table in its stream."""
        start, size = struct.unpack_from("<II", self.main, _PLACES + 8 * index)
        return self.table[start + size :]

    def _read_pieces(self) -> list[Piece]:
        clx = self.place(33)
        changes: list[bytes] = []
        at = 0
        while at < len(clx) and clx[at] == 1:
            (size,) = struct.unpack_from("<H", clx, at + 1)
            changes.append(clx[at + 3 : at + 3 + size])
            at += 3 + size
        if at >= len(clx) or clx[at] != 2:
            raise DamagedError("the table of its text is missing", "thiếu bảng mục lục nội dung")
        positions, entries = plc(clx[at + 5 :], 8)
        pieces = []
        for index, entry in enumerate(entries):
            _, place, change = struct.unpack("<HIH", entry)
            start, end = positions[index], positions[index + 1]
            if not 0 <= start < end <= MOST_LETTERS:
                raise DamagedError("the table of its text is wrong", "bảng mục lục nội dung bị sai")
            narrow = bool(place & _NARROW)
            byte = (place & ~_NARROW & 0xFFFFFFFF) // 2 if narrow else place
            width = 1 if narrow else 2
            if byte + (end - start) * width > len(self.main):
                raise DamagedError("a part of its text is missing", "thiếu một phần nội dung")
            applied = changes[change >> 1] if change & 1 and change >> 1 < len(changes) else b""
            pieces.append(Piece(start, end, byte, width, applied))
        return pieces

    def text(self) -> str:
        """Returns all characters of the file, those of every part."""
        parts = []
        for piece in self.pieces:
            data = self.main[piece.at : piece.at + (piece.end - piece.start) * piece.width]
            if piece.width == 1:
                parts.append(data.decode("latin-1").translate(_WESTERN))
            else:
                # Offsets count halves of a pair, so a pair stays two characters until it is told.
                parts.append("".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data))))
        return "".join(parts)

    def piece_at(self, position: int) -> Piece | None:
        """Returns the piece that a character belongs to, None for one before the first piece."""
        index = bisect_right(self._starts, position) - 1
        return self.pieces[index] if index >= 0 else None

    def byte_of(self, position: int) -> int:
        """Returns where a character is in the main stream."""
        piece = self.piece_at(position)
        return piece.byte_of(position) if piece is not None else 0


_WESTERN = {byte: sign for byte in range(0x80, 0xA0) if (sign := bytes((byte,)).decode("cp1252", errors="ignore"))}


def plc(data: bytes, size: int) -> tuple[list[int], list[bytes]]:
    """Takes a table of positions apart: n + 1 positions and n entries of so many bytes."""
    count = max(0, (len(data) - 4) // (4 + size))
    positions = list(struct.unpack_from(f"<{count + 1}i", data, 0)) if len(data) >= 4 else []
    first = 4 * (count + 1)
    return positions, [data[first + at * size : first + (at + 1) * size] for at in range(count)]
