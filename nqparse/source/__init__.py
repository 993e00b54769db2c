"""Reading input: from a path, bytes or an open file to text, with a record of where it came from.

What `read` guarantees:

1. The format is told by the content, never by the name (`nqparse.source.detect`). Input of a format that has no
   reader is refused with the name of what it looks like.
2. The text is what the input says and nothing else. Plain text is `data.decode(source.encoding)` wherever Python
   knows the encoding; line ends stay as they are. A byte order mark belongs to the encoding, not to the text.
3. An old Vietnamese encoding is converted to Unicode only where it is certain, and never silently:
   `source.encoding` names it and `findings` says what was done. Where none is certain, the input is refused
   and the message names the candidates.
4. No network is used, nothing of the input is executed, and size and nesting are bounded.

A format costs one entry in `_READERS` here and one signature in `detect`. A reader's module is loaded when a
file of its format turns up, so that nobody needs the libraries of formats that he does not use.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import IO, Any

from nqparse.errors import InputError, UnsupportedFormatError
from nqparse.source.detect import DOC, DOCX, HTML, IMAGE, MHT, ODT, PDF, RTF, TEXT, UTF16_BARE, Format, detect
from nqparse.source.libraries import missing
from nqparse.source.ocr.options import AUTO, OcrOptions
from nqparse.source.result import Reader, SourceFinding, SourceText, input_error

__all__ = ["SourceFinding", "SourceText", "is_supported", "load", "read"]


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where the reader of a format is.

    Attributes:
        module: the module with a function `read` (`nqparse.source.result.Reader`).
        libraries: what it imports beyond the core dependencies.
        extra: the extra of the package that brings them.
        ocr: whether its `read` takes `ocr`, how pages that are pictures are read.
    """

    module: str
    libraries: tuple[str, ...] = ()
    extra: str = ""
    ocr: bool = False


_READERS: dict[Format, _Entry] = {
    TEXT: _Entry("nqparse.source.text"),
    UTF16_BARE: _Entry("nqparse.source.text"),
    HTML: _Entry("nqparse.source.html", libraries=("lxml",), extra="html"),
    MHT: _Entry("nqparse.source.mht", libraries=("lxml",), extra="html"),
    PDF: _Entry("nqparse.source.pdf", libraries=("pypdfium2",), extra="pdf", ocr=True),
    IMAGE: _Entry("nqparse.source.image", ocr=True),
    DOCX: _Entry("nqparse.source.word.docx", libraries=("lxml",), extra="office"),
    ODT: _Entry("nqparse.source.word.odt", libraries=("lxml",), extra="office"),
    DOC: _Entry("nqparse.source.word.doc", libraries=("olefile",), extra="office"),
    RTF: _Entry("nqparse.source.word.rtf"),
}


def read(
    source: str | PathLike[str] | bytes | IO[Any],
    *,
    name: str | None = None,
    encoding: str | None = None,
    ocr: OcrOptions = AUTO,
) -> SourceText:
    """Reads an input.

    Args:
        source: a path, the bytes of a file, or a file open for reading (binary, or text such as `io.StringIO`).
        name: what to call the input in the document and in messages; by default the file's name.
        encoding: the encoding to decode with, instead of the one that is found: an old Vietnamese one
            (`nqparse.charset.NAMES`) or any that Python knows. Formats that say theirs by themselves ignore it.
        ocr: how pages that are pictures are read.

    Raises:
        InputError: if there is no such file, or it cannot be read or decoded.
        UnsupportedFormatError: if it is of a format that cannot be read, or the library for it is missing.
        UsageError: if there is no encoding of that name.
    """
    if isinstance(source, bytes):
        return _read_bytes(source, name, encoding, ocr)
    if isinstance(source, (str, PathLike)):
        path = Path(source)
        return _read_bytes(load(path), path.name if name is None else name, encoding, ocr)
    stream = getattr(source, "buffer", source)
    try:
        data = stream.read()
    except OSError as error:
        raise _unreadable(name, error) from None
    if isinstance(data, str):
        from nqparse.source.text import from_text  # noqa: PLC0415  (like every reader)

        return from_text(data, name)
    return _read_bytes(bytes(data), name, encoding, ocr)


def is_supported(found: Format) -> bool:
    """Tells whether there is a reader for a format; its library may still be missing."""
    return found in _READERS


def load(path: Path) -> bytes:
    """Returns the bytes of a file.

    Raises:
        InputError: if there is no such file, or it cannot be read.
    """
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


def _unreadable(name: str | None, error: OSError) -> InputError:
    reason = error.strerror or str(error)
    return input_error(name, f"cannot be read: {reason}", f"không đọc được ({reason})")


def _read_bytes(data: bytes, name: str | None, encoding: str | None, ocr: OcrOptions) -> SourceText:
    found = detect(data)
    entry = _READERS.get(found)
    if entry is not None:
        reader = _reader(entry, found, name)
        return reader(data, name, encoding, ocr=ocr) if entry.ocr else reader(data, name, encoding)
    raise input_error(
        name,
        f"this looks like {found.en}, a format that is not supported yet",
        f"có vẻ là {found.vi}, định dạng này chưa được hỗ trợ",
        hint_en="Give the text of the document as UTF-8 text or Markdown.",
        hint_vi="Hãy đưa nội dung văn bản dưới dạng văn bản UTF-8 hoặc Markdown.",
        kind=UnsupportedFormatError,
    )


def _reader(entry: _Entry, found: Format, name: str | None) -> Reader:
    try:
        reader: Reader = import_module(entry.module).read
    except ModuleNotFoundError as error:
        library = (error.name or "").split(".")[0]
        if library not in entry.libraries:
            raise  # a bug of ours
        raise missing(name, found, library, entry.extra) from None
    return reader
