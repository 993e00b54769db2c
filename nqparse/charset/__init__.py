"""Old Vietnamese encodings: found by their fonts and letters, converted to Unicode, never silently.

Start with `decode` for bytes and `mend` for text that was decoded already; `convert` and `encoding_of_font` serve
formats that name the font of each piece of text.
"""

from nqparse.charset.convert import NAMES, convert, name_of
from nqparse.charset.fonts import FontEncoding, encoding_of_font
from nqparse.charset.recode import Decoded, UncertainEncoding, bare_utf16, decode, encoding_of_bom, mend

__all__ = [
    "NAMES",
    "Decoded",
    "FontEncoding",
    "UncertainEncoding",
    "bare_utf16",
    "convert",
    "decode",
    "encoding_of_bom",
    "encoding_of_font",
    "mend",
    "name_of",
]
