"""The old Vietnamese encodings as data: what stands for which letter.

TCVN 5712 and VISCII are as iconv of glibc has them, and VISCII is RFC 1456. VPS was never standardised; its table
agrees in every cell with those of two independent programs. VNI writes a letter and then a sign for its marks;
its rules are written down here instead of its hundred pairs.

All tables are for text whose bytes were taken for Latin-1, because that is how such text meets us: as bytes,
or as characters that a program once read wrongly.
"""

from __future__ import annotations

import unicodedata

TCVN3 = "tcvn3"
TCVN5712 = "tcvn5712-1"
VNI = "vni"
VISCII = "viscii"
VPS = "vps"
VIQR = "viqr"
WINDOWS_1258 = "windows-1258"
DOUBLE_UTF8 = "utf-8 (double-encoded)"

# Other names, among them those that web pages give.
ALIASES: dict[str, str] = {
    "tcvn": TCVN3, "abc": TCVN3, "x-viet-tcvn": TCVN3, "x-viet-tcvn3": TCVN3,
    "tcvn5712": TCVN5712, "tcvn-5712": TCVN5712, "x-viet-tcvn5712": TCVN5712, "vscii": TCVN5712,
    "vni-windows": VNI, "vni-win": VNI, "x-viet-vni": VNI,
    "viscii1.1-1": VISCII, "csviscii": VISCII, "x-viscii": VISCII,
    "x-viet-vps": VPS, "x-viqr": VIQR, "csviqr": VIQR,
    "cp1258": WINDOWS_1258, "windows1258": WINDOWS_1258, "x-cp1258": WINDOWS_1258,
    "utf-8-double": DOUBLE_UTF8,
}  # fmt: skip

# From 0x80 on, sixteen letters a row.
_TCVN5712 = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ"
    "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ"
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù"
    "ỖủũúụừửữứựỳỷỹýỵỐ"
)
_TCVN5712_CONTROLS = {
    0x01: "Ú", 0x02: "Ụ", 0x04: "Ừ", 0x05: "Ử", 0x06: "Ữ", 0x11: "Ứ",
    0x12: "Ự", 0x13: "Ỳ", 0x14: "Ỷ", 0x15: "Ỹ", 0x16: "Ý", 0x17: "Ỵ",
}  # fmt: skip
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "Õắằặấầẩậẽẹếềểễệố"
    "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉ"
    "đựòóôõỏọụùúũủýợỮ"
)
_VISCII_CONTROLS = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VPS = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲ"
    "Ế\u2018\u2019ỀỂỄỐỒỔỖýỷỵỚỜỞ"
    "\u00a0ắằẳẵặỠớÙờởỡŨỨợỪ"
    "ổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹ"
    "ƯỦồốÔỏơÈừứÚũưÝẺß"
    "àáâãảạăçèéêẽìíîĩ"
    "ẴĐòóôõöƠụùúủüỶẼỳ"
)
_VPS_CONTROLS = {
    0x02: "Ạ", 0x03: "Ậ", 0x04: "Ặ", 0x05: "Ẹ", 0x06: "Ệ", 0x10: "Ị", 0x11: "Ọ", 0x12: "Ộ",
    0x13: "Ợ", 0x14: "Ụ", 0x15: "Ự", 0x19: "Ỵ", 0x1C: "Ẫ", 0x1D: "Ữ",
}  # fmt: skip

# What Windows has from 0x80 to 0x9F where Latin-1 has controls; five places are empty.
WINDOWS_SIGNS: dict[int, str] = {
    byte: sign for byte in range(0x80, 0xA0) if (sign := bytes((byte,)).decode("cp1252", errors="ignore"))
}
# The byte that a character was read from, if a program took the bytes for Latin-1 or for Windows-1252.
BYTE_OF: dict[str, int] = {chr(byte): byte for byte in range(256)} | {
    sign: byte for byte, sign in WINDOWS_SIGNS.items()
}


def _single_byte(letters: str, controls: dict[int, str], *, signs: bool) -> dict[int, str]:
    """Returns a table for `str.translate`; with `signs`, 0x80-0x9F are the punctuation of Windows."""
    table = {0x80 + at: letter for at, letter in enumerate(letters)} | controls
    if signs:
        return {code: letter for code, letter in table.items() if code >= 0xA0} | WINDOWS_SIGNS
    return table | {ord(sign): table[byte] for byte, sign in WINDOWS_SIGNS.items()}


# TCVN3 is what the ABC fonts (.VnTime) hold: the upper half of TCVN 5712, without capitals that have a tone.
SINGLE_BYTE: dict[str, dict[int, str]] = {
    TCVN3: _single_byte(_TCVN5712, {}, signs=True),
    TCVN5712: _single_byte(_TCVN5712, _TCVN5712_CONTROLS, signs=False),
    VISCII: _single_byte(_VISCII, _VISCII_CONTROLS, signs=False),
    VPS: _single_byte(_VPS, _VPS_CONTROLS, signs=False),
    # Letters and combining tones; composing them is left to the one who converts.
    WINDOWS_1258: {byte: bytes((byte,)).decode("cp1258", errors="ignore") or chr(byte) for byte in range(0x80, 0x100)},
}

_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
# A sign of VNI behind its vowel: the tone alone, or a circumflex or breve with or without a tone.
_VNI_TONES = {"ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_CIRCUMFLEX = {"â": "", "à": _GRAVE, "á": _ACUTE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVE = {"ê": "", "è": _GRAVE, "é": _ACUTE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_BASES = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "o" + _HORN, "ö": "u" + _HORN}
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni_pairs() -> dict[str, str]:
    pairs = {}
    for sign, base in _VNI_BASES.items():
        marks = dict(_VNI_TONES)
        if base in "aeo":
            marks |= {key: _CIRCUMFLEX + tone for key, tone in _VNI_CIRCUMFLEX.items()}
        if base == "a":
            marks |= {key: _BREVE + tone for key, tone in _VNI_BREVE.items()}
        for key, mark in marks.items():
            letter = unicodedata.normalize("NFC", base + mark)
            # The vowel says whether the letter is a capital; the sign is often left small.
            for written in (key, key.upper()):
                pairs[sign + written] = letter
                pairs[sign.upper() + written] = letter.upper()
    return pairs


VNI_PAIRS: dict[str, str] = _vni_pairs()
VNI_LETTERS: dict[str, str] = _VNI_LETTERS | {sign.upper(): letter.upper() for sign, letter in _VNI_LETTERS.items()}

# VIQR: the signs behind a vowel.
VIQR_MARKS: dict[str, dict[str, str]] = {
    "(": {"a": _BREVE},
    "^": dict.fromkeys("aeo", _CIRCUMFLEX),
    "+": dict.fromkeys("ou", _HORN),
}
VIQR_TONES: dict[str, str] = {"`": _GRAVE, "'": _ACUTE, "?": _HOOK, "~": _TILDE, ".": _DOT}
TONES = frozenset((_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT))
