"""Which encoding a font is made for: in old documents the name of the font is the surest sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nqparse.charset.tables import TCVN3, VISCII, VNI, VPS

# ABC: ".VnTime", "VnArial"; VNI: "VNI-Times", "VNI Helve"; VPS: "VPS Times"; VISCII: "VI Times".
_FONT = re.compile(
    r"(?P<vni>vni)|(?P<tcvn3>\.vn|vn ?(?:time|arial|avant|book|century|courier|helve|univers))"
    r"|(?P<vps>vps)|(?P<viscii>vi (?:times|arial|courier))"
)
_SUBSET = re.compile(r"[A-Z]{6}\+")  # how PDF files name the part of a font that they carry
_CAPITALS = re.compile(r"h(?:[ ,_-]|$)")
_ENCODINGS = {"vni": VNI, "tcvn3": TCVN3, "vps": VPS, "viscii": VISCII}


@dataclass(frozen=True, slots=True)
class FontEncoding:
    """The encoding of a font; `capitals` tells that it shows small letters as capitals (.VnTimeH)."""

    encoding: str
    capitals: bool = False


def encoding_of_font(name: str) -> FontEncoding | None:
    """Returns the old encoding that a font is made for, or None for any other font.

    The name may carry quotes, the mark of a subset ("ABCDEF+") and a style (",Bold").
    """
    plain = _SUBSET.sub("", name.strip(" \t\"'")).lower()
    match = _FONT.match(plain)
    if match is None:
        return None
    kind = match.lastgroup or ""
    return FontEncoding(_ENCODINGS[kind], capitals=kind == "tcvn3" and _CAPITALS.search(plain) is not None)
