"""Signs of symbol fonts: what people see at their places, as far as Unicode has it."""

from __future__ import annotations

PRIVATE = range(0xF000, 0xF100)
"""Where Word keeps the signs of symbol fonts."""
# The signs that documents use: bullets, dashes, arrows and ticks.
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖",
    0x77: "⬥", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDC: "➲", 0xE0: "→",
    0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "•", 0xA2: "■", 0xA3: "□",
}  # fmt: skip
_SYMBOL = {
    0x2A: "∗", 0x2B: "+", 0x2D: "−", 0x61: "α", 0x62: "β", 0x67: "γ", 0x6D: "μ", 0x70: "π", 0xA3: "≤", 0xA8: "♦",
    0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBE: "–", 0xD0: "∠",
    0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip


def is_symbol_font(name: str) -> bool:
    """Tells whether a font shows signs instead of letters."""
    plain = name.strip().lower()
    return plain == "symbol" or plain.startswith(("wingdings", "webdings"))


def sign(code: int, font: str) -> str:
    """Returns the sign at a place of a symbol font; the character itself where it is not known."""
    low = code & 0xFF if code in PRIVATE else code
    plain = font.strip().lower()
    if plain == "symbol":
        return _SYMBOL.get(low, chr(low) if low < 0x7F else chr(code))
    if plain.startswith("wingdings"):
        return {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}.get(plain, {}).get(low, chr(code))
    if code in PRIVATE:
        return _SYMBOL.get(low, _WINGDINGS.get(low, chr(code))) if low >= 0x80 else chr(low)
    return chr(code)


def without_private(text: str, *, old_font: bool) -> str:
    """Returns a text without the code points of the private area that Word writes letters of symbol fonts with.

    In an old font (.VnTime) they are its bytes; in another they are signs.
    """
    if not any(ord(char) in PRIVATE for char in text):
        return text
    return "".join(
        (chr(ord(char) - PRIVATE.start) if old_font else sign(ord(char), "")) if ord(char) in PRIVATE else char
        for char in text
    )
