"""Plain text in other encodings and forms."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from benchmarks.formats import CannotRenderError, Rendering
from benchmarks.formats.letters import (
    NoLetterError,
    strictly,
    to_single_byte,
    to_tcvn3,
    to_viqr,
    to_vni,
    to_windows_1258,
    typed,
)
from benchmarks.formats.sheet import Specimen
from nqparse.charset.tables import VISCII, VPS


def _of(encode: Callable[[str], bytes]) -> Callable[[Specimen], bytes]:
    return lambda specimen: encode(specimen.text)


def _old(encode: Callable[[str], bytes], filler: bytes = b"?") -> Callable[[str], bytes]:
    def write(text: str) -> bytes:
        try:
            return strictly(encode, text, filler=filler)
        except NoLetterError as error:
            raise CannotRenderError(str(error)) from None

    return write


def _text(
    name: str, encode: Callable[[str], bytes], hand: Callable[[str], str] = str, bar: float | None = 1.0
) -> Rendering:
    return Rendering(f"text, {name}", _of(encode), "source.txt", bar, hand=hand)


RENDERINGS = [
    _text("UTF-8 with a mark", lambda text: text.encode("utf-8-sig")),
    _text("UTF-16", lambda text: text.encode("utf-16")),
    _text("UTF-16 without a mark", lambda text: text.encode("utf-16-le")),
    _text("decomposed (NFD)", lambda text: unicodedata.normalize("NFD", text).encode("utf-8")),
    _text("Windows line ends", lambda text: text.replace("\n", "\r\n").encode("utf-8")),
    _text("UTF-8 encoded twice", lambda text: text.encode("utf-8").decode("latin-1").encode("utf-8")),
    _text("TCVN3", _old(to_tcvn3), typed),
    _text("VNI", _old(to_vni), typed),
    _text("VISCII", _old(lambda text: to_single_byte(text, VISCII)), typed),
    _text("VPS", _old(lambda text: to_single_byte(text, VPS)), typed),
    _text("Windows-1258", _old(to_windows_1258), typed),
    _text("VIQR", _old(to_viqr, b""), typed),
    # Writers seldom marked what is no tone; then some full stops cannot be told from tones.
    _text("VIQR, nothing escaped", _old(lambda text: to_viqr(text, escaped=False), b""), typed, bar=None),
]
