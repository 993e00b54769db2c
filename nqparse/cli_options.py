"""The options that commands share, and the voice that they set."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from nqparse.talk import Talk


class LanguageName(str, Enum):
    """The languages of messages and captions."""

    vi = "vi"
    en = "en"


class OcrName(str, Enum):
    """How pages that are pictures are read."""

    auto = "auto"
    never = "never"
    always = "always"
    tesseract = "tesseract"
    trueocr = "trueocr"


def _set_language(context: typer.Context, value: LanguageName | None) -> LanguageName | None:
    if value is not None:
        talk_of(context).language = value.value
    return value


def _set_debug(context: typer.Context, value: bool) -> bool:
    talk_of(context).debug = value
    return value


def talk_of(context: typer.Context) -> Talk:
    """Returns the voice of this run."""
    talk = context.find_object(Talk)
    return talk if talk is not None else Talk()


Lang = Annotated[
    LanguageName | None,
    typer.Option(
        "--lang", metavar="vi|en", callback=_set_language, is_eager=True,
        help="Speak only this language. By default the locale decides: Vietnamese, or else English and Vietnamese.",
    ),
]  # fmt: skip
Debug = Annotated[
    bool,
    typer.Option("--debug", callback=_set_debug, is_eager=True, help="Show the traceback if nqparse itself fails."),
]
Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules", metavar="DIR",
        help="Add the rules in this folder (*.yaml). A rule with the id of a built-in one takes its place.",
    ),
]  # fmt: skip
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", metavar="N", min=0, help="Parse in this many processes; 0 is one per core.")
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding", metavar="NAME",
        help="Decode with this encoding (tcvn3, vni, viscii, vps, viqr, windows-1258, utf-8, …) instead of the one "
        "that is found.",
    ),
]  # fmt: skip
Ocr = Annotated[
    OcrName,
    typer.Option(
        "--ocr", metavar="auto|never|always|tesseract|trueocr",
        help="Read pages that are pictures by OCR: with the engine that is surer of each page, not at all, every "
        "page whether it has text or not, or with this engine alone.",
    ),
]  # fmt: skip
ArchiveFolder = Annotated[
    Path,
    typer.Option("--archive", "-a", metavar="DIR", help="The folder of the archive; its file is DIR/archive.sqlite."),
]
