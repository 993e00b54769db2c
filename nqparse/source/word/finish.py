"""From a story to its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nqparse.charset import name_of
from nqparse.errors import InputError
from nqparse.source.blocks.boxes import Box, lines_of
from nqparse.source.blocks.flow import render
from nqparse.source.blocks.letters import settle_letters
from nqparse.source.detect import Format
from nqparse.source.result import SourceText, input_error, record
from nqparse.source.text import conversion_findings
from nqparse.source.word.story import TooMuchError

MEGABYTE = 1024 * 1024


class DamagedError(ValueError):
    """A file cannot be read because it is damaged or cut off; `args` say what is wrong, in English and Vietnamese."""


def read_story(
    data: bytes, name: str | None, encoding: str | None, found: Format, tell: Callable[[bytes], tuple[Box, str]]
) -> SourceText:
    """Reads a file through the boxes that `tell` makes of it; it also says the encoding that the file's letters are in.

    Args:
        data: the bytes of the file.
        name: what to call it.
        encoding: an old Vietnamese encoding that all of its letters are in, if the user says so; others say nothing
            about a file that tells its letters by itself.
        found: its format.
        tell: makes boxes of the bytes.

    Raises:
        InputError: if the file is damaged or too big.
    """
    try:
        root, told_by = tell(data)
    except TooMuchError:
        raise refused(
            name, found, "holds more than nqparse reads of one document", "có nội dung vượt quá giới hạn của nqparse"
        ) from None
    except DamagedError as error:
        raise damaged(name, found, *error.args) from None
    old = name_of(encoding) if encoding is not None else None
    decoded = settle_letters(list(lines_of(root)), told_by, old or "")
    text = render(root.children)
    # Which encoding a file tells its letters with is no news; only what became of them is.
    told = decoded.converted or bool(decoded.tried)
    findings = conversion_findings(replace(decoded, text=text), forced=old is not None) if told else ()
    return SourceText(text, record(data, name, found.media_type, decoded.encoding), findings)


def damaged(name: str | None, found: Format, en: str, vi: str) -> InputError:
    """Returns the error for a file that is damaged."""
    return input_error(
        name,
        f"this looks like {found.en}, but it is damaged or cut off: {en}",
        f"có vẻ là {found.vi} nhưng bị hỏng hoặc bị cắt ngang: {vi}",
        hint_en="Open it in a word processor and save it anew, or get the file again from where it came.",
        hint_vi="Hãy mở bằng trình soạn thảo và lưu lại, hoặc tải lại tệp từ nơi cung cấp.",
    )


def refused(name: str | None, found: Format, en: str, vi: str) -> InputError:
    """Returns the error for a file that is whole and cannot be read all the same."""
    return input_error(
        name,
        f"this is {found.en} that {en}",
        f"đây là {found.vi} {vi}",
        hint_en="Open it in a word processor and save it as a new file, or copy the text of the document.",
        hint_vi="Hãy mở bằng trình soạn thảo và lưu thành tệp mới, hoặc sao chép phần văn bản.",
    )
