"""Reading input: from a path, bytes or an open file to text, with a record of where it came from.

What `read` guarantees:

1. `data.decode(source.encoding) == text`, always. Nothing is repaired, line ends stay as they are.
2. A byte order mark belongs to the encoding, not to the text. It is left out, and `source.encoding` says so
   (`utf-8-sig`, `utf-16`), so that offsets count from the first character that somebody wrote.
3. Text that is not valid in its encoding is refused with the place of the first bad byte. No character is
   ever guessed or replaced.
4. Input of another format is refused with the name of what it looks like. An empty file is an empty text.

Other formats come in by one more entry in `_READERS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import IO, Any

from nqparse.document import Source
from nqparse.errors import InputError, UnsupportedFormatError
from nqparse.source.detect import TEXT, UTF16_BARE, detect, encoding_of

__all__ = ["SourceText", "read"]

_MARKDOWN = frozenset((".md", ".markdown"))


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of an input, and the record of the input that goes into the document."""

    text: str
    source: Source


Reader = Callable[[bytes, str | None], SourceText]


def read(source: str | PathLike[str] | bytes | IO[Any], *, name: str | None = None) -> SourceText:
    """Reads an input.

    Args:
        source: a path, the bytes of a file, or a file open for reading (binary, or text such as `io.StringIO`).
        name: what to call the input in the document and in messages; by default the file's name.

    Raises:
        InputError: if there is no such file, or it cannot be read or decoded.
        UnsupportedFormatError: if it is of a format that cannot be read.
    """
    if isinstance(source, bytes):
        return _read_bytes(source, name)
    if isinstance(source, (str, PathLike)):
        path = Path(source)
        return _read_bytes(_load(path), path.name if name is None else name)
    stream = getattr(source, "buffer", source)
    try:
        data = stream.read()
    except OSError as error:
        raise _unreadable(name or "the input", error) from None
    if isinstance(data, str):
        return _from_text(data, name)
    return _read_bytes(bytes(data), name)


def _load(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            f"{path}: there is no such file",
            f"{path}: không có tệp này",
            hint_en="Check the path; names with spaces need quotes.",
            hint_vi="Kiểm tra đường dẫn; tên có dấu cách phải đặt trong ngoặc kép.",
        ) from None
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder, not a file", f"{path}: đây là thư mục, không phải tệp") from None
    except OSError as error:
        raise _unreadable(str(path), error) from None
    except ValueError as error:  # a NUL character in the path
        raise InputError(f"{str(path)!r}: {error}", f"{str(path)!r}: đường dẫn không hợp lệ") from None


def _unreadable(name: str, error: OSError) -> InputError:
    reason = error.strerror or str(error)
    return InputError(f"{name}: cannot be read: {reason}", f"{name}: không đọc được ({reason})")


def _read_bytes(data: bytes, name: str | None) -> SourceText:
    found = detect(data)
    reader = _READERS.get(found.media_type) if found is not UTF16_BARE else None
    if reader is not None:
        return reader(data, name)
    shown = name or "the input"
    shown_vi = name or "đầu vào"
    if found is UTF16_BARE:
        raise UnsupportedFormatError(
            f"{shown}: this looks like {found.en}; its byte order would be a guess",
            f"{shown_vi}: có vẻ là {found.vi}; không rõ thứ tự byte",
            hint_en="Convert it first, for example: iconv -f UTF-16LE -t UTF-8 IN > OUT",
            hint_vi="Hãy chuyển sang UTF-8 trước, ví dụ: iconv -f UTF-16LE -t UTF-8 VÀO > RA",
        )
    raise UnsupportedFormatError(
        f"{shown}: this looks like {found.en}, a format that is not supported yet",
        f"{shown_vi}: có vẻ là {found.vi}, định dạng này chưa được hỗ trợ",
        hint_en="Give the text of the document as UTF-8 text or Markdown.",
        hint_vi="Hãy đưa nội dung văn bản dưới dạng văn bản UTF-8 hoặc Markdown.",
    )


def _read_text(data: bytes, name: str | None) -> SourceText:
    encoding = encoding_of(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error, name) from None
    return SourceText(text, _record(data, name, encoding))


def _from_text(text: str, name: str | None) -> SourceText:
    """A text that was decoded elsewhere: its bytes are not known, so those of its UTF-8 form are recorded."""
    return SourceText(text, _record(text.encode("utf-8", errors="surrogatepass"), name, "utf-8"))


def _record(data: bytes, name: str | None, encoding: str) -> Source:
    markdown = name is not None and Path(name).suffix.lower() in _MARKDOWN
    return Source(
        name=name,
        media_type="text/markdown" if markdown else TEXT.media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        size=len(data),
    )


def _undecodable(data: bytes, error: UnicodeDecodeError, name: str | None) -> InputError:
    # Offsets of the UTF-8 decoder that drops a mark count from behind it.
    at = error.start + (3 if error.encoding == "utf-8" and data.startswith(b"\xef\xbb\xbf") else 0)
    what = "UTF-8" if error.encoding.startswith("utf-8") else error.encoding.upper()
    line = data.count(b"\n", 0, at) + 1
    shown, shown_vi = name or "the input", name or "đầu vào"
    return InputError(
        f"{shown}: not valid {what} at byte {at} (line {line}): 0x{data[at]:02X}",
        f"{shown_vi}: không phải {what} hợp lệ tại byte {at} (dòng {line}): 0x{data[at]:02X}",
        hint_en="It may be in an old encoding (TCVN3, VNI, Windows-1258) or damaged. "
        "Convert it first, for example: iconv -f WINDOWS-1258 -t UTF-8 IN > OUT",
        hint_vi="Có thể là bảng mã cũ (TCVN3, VNI, Windows-1258) hoặc tệp bị hỏng. "
        "Hãy chuyển sang UTF-8 trước, ví dụ: iconv -f WINDOWS-1258 -t UTF-8 VÀO > RA",
    )


_READERS: dict[str, Reader] = {TEXT.media_type: _read_text}
