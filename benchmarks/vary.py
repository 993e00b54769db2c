"""Variations of silver sentences: other names in the same places, other case, the damage of OCR.

A model that only sees what the rules found learns the rules' words. With names that no list holds, and without the
words that give a name away, it has to learn what stands around them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

from benchmarks.names import Name
from benchmarks.silver import Piece
from nqparse import ruleset
from nqparse.fold import UPPER, fold

# Heads of bodies of all kinds, so that not only those of the rules are learned. They are made up for training.
_HEADS = (
    "Điện lực", "Bưu điện", "Nhà máy", "Xí nghiệp", "Công ty Cổ phần", "Nông trường", "Lâm trường", "Kho bạc",
    "Hạt Kiểm lâm", "Trạm Thú y", "Trạm Khuyến nông", "Bệnh viện Đa khoa", "Trường Tiểu học", "Nhà văn hóa",
    "Thư viện", "Bảo tàng", "Chi cục", "Hợp tác xã", "Quỹ Tín dụng", "Ngân hàng", "Viện Nghiên cứu", "Tòa soạn báo",
    "Câu lạc bộ", "Hội Làm vườn", "Đồn Biên phòng",
)  # fmt: skip
# Sentences of our own, for what the documents hardly have: people, and names that no word announces.
_FRAMES = (
    "Ông {PERSON}, {ORG};", "Bà {PERSON} - Trưởng ban;", "Đồng chí {PERSON}, Bí thư Đảng ủy xã {PLACE}", "{PERSON}",
    "1. Ông {PERSON}, sinh năm 1975, quê quán tại {PLACE}.", "Giao {ORG} phối hợp với {ORG} tổ chức thực hiện.",
    "Miễn nhiệm chức vụ đối với ông {PERSON} kể từ ngày ký.", "- Các đồng chí {PERSON}, {PERSON} và {PERSON};",
    "Bầu bà {PERSON} giữ chức Phó Chủ tịch với 21/23 phiếu.", "Tuyến đường từ {PLACE} đi {PLACE} dài 12 km.",
    "Đầu tư trạm y tế tại {PLACE}, {PLACE} và {PLACE}.", "{ORG} chịu trách nhiệm cấp điện, nước cho {PLACE}.",
    "Đại diện {ORG} do {PERSON} làm trưởng đoàn đã báo cáo.", "Chủ tọa: {PERSON}. Thư ký: {PERSON}.", "- {ORG};",
    "Di dời các hộ dân ở {PLACE} về khu tái định cư {PLACE}.", "CHỦ TỊCH\n{PERSON}", "Kính gửi: {ORG}.",
)  # fmt: skip
_SLOT = re.compile(r"\{(\w+)\}")
_UNITS = ("xã", "phường", "thôn", "bản", "ấp", "huyện", "thị trấn", "buôn", "xóm")
_WORD = rf"[A-Z{UPPER}]\w*"
_TAIL = re.compile(rf"(?:(?<=\s)|^){_WORD}(?: {_WORD}){{0,3}}$")  # capitalised words at the end
_MISREAD = dict(zip("ộủễảứĐấịỐlo", "ôúêáửDâiÓ10", strict=True))


class Varier:
    """Makes variations of pieces; the same seed gives the same ones.

    Args:
        pieces: where the syllables of names are taken from, besides the rules' family names.
        seed: of the random choices.
    """

    def __init__(self, pieces: Iterable[Piece], seed: int) -> None:
        self._random = random.Random(seed)
        rules = ruleset.load()
        self._surnames = sorted({*rules.terms["person.surnames"].terms, *rules.terms["person.wary-surnames"].terms})
        self._middles = list(rules.terms["person.middles"].terms)
        syllables = {
            word
            for piece in pieces
            for name in piece.names
            if name.type != "ORG"
            for word in re.findall(r"\w+", piece.text[name.start : name.end])
            if word.istitle() and len(word) <= 6
        }
        self._syllables = sorted(syllables) or self._surnames

    def vary(self, piece: Piece) -> Piece:
        """Returns a variation of the piece."""
        if self._random.random() < 0.8:
            piece = self._renamed(piece)
        chance = self._random.random()
        if chance < 0.08:
            return _lettered(piece, piece.text.upper())
        if chance < 0.2:
            return _lettered(piece, "".join(map(self._misread, piece.text)))
        if chance < 0.22:
            return _lettered(piece, "".join(_plain(letter) for letter in piece.text))
        return piece

    def made_up(self, count: int) -> list[Piece]:
        """Returns sentences of our own with made-up names."""
        return [self.vary(self._filled(self._random.choice(_FRAMES))) for _ in range(count)]

    def _filled(self, frame: str) -> Piece:
        text, names, done = "", [], 0
        for slot in _SLOT.finditer(frame):
            kind = slot[1]
            name = {"PERSON": self._person, "PLACE": self._place, "ORG": self._organisation}[kind]()
            text += frame[done : slot.start()]
            names.append(Name(len(text), len(text) + len(name), kind))
            text += name
            done = slot.end()
        return Piece(text + frame[done:], tuple(names))

    def _misread(self, letter: str) -> str:
        return _MISREAD.get(letter, letter) if self._random.random() < 0.15 else letter

    def _renamed(self, piece: Piece) -> Piece:
        text, names, done = [], [], 0
        size = 0
        for name in piece.names:
            if name.start < done:
                return piece
            between = piece.text[done : name.start]
            parts = self._replaced(piece.text[name.start : name.end], name.type)
            text.append(between)
            size += len(between)
            for part, kind in parts:
                if kind:
                    names.append(Name(size, size + len(part), kind))
                text.append(part)
                size += len(part)
            done = name.end
        return Piece("".join([*text, piece.text[done:]]), tuple(names))

    def _replaced(self, name: str, kind: str) -> list[tuple[str, str]]:
        """Returns what stands in the place of a name: texts with their types, "" for what is none."""
        chance = self._random.random()
        upper = name.isupper()
        if kind == "PERSON":
            new = [(self._person(), kind)]
        elif kind == "PLACE":
            if chance < 0.15 and name[0].islower():
                new = self._list()
            elif chance < 0.35:
                new = [(self._place(), kind)]
            else:
                new = [(self._with_tail(name), kind)]
        elif chance < 0.12:
            new = [(self._organisation(), kind)]
        else:
            new = [(self._with_tail(name) if " " in name and chance < 0.6 else name, kind)]
        return [(text.upper(), kind) for text, kind in new] if upper else new

    def _list(self) -> list[tuple[str, str]]:
        """Returns places in a list, whose level is said once and belongs to none of them."""
        count = self._random.randint(2, 4)
        parts: list[tuple[str, str]] = [(f"các {self._random.choice(_UNITS)} ", "")]
        for at in range(count):
            if at:
                parts.append((" và " if at == count - 1 else ", ", ""))
            parts.append((self._place(), "PLACE"))
        return parts

    def _with_tail(self, name: str) -> str:
        """Returns the name with other words at its end, where a small word stands before them."""
        tail = _TAIL.search(name)
        if tail is None or tail.start() == 0 or not name[: tail.start()].rsplit(maxsplit=1)[-1].islower():
            return name
        return name[: tail.start()] + self._place()

    def _organisation(self) -> str:
        return f"{self._random.choice(_HEADS)} {self._place()}"

    def _place(self) -> str:
        return " ".join(self._random.choice(self._syllables) for _ in range(self._random.choice((2, 2, 2, 1, 3))))

    def _person(self) -> str:
        middles = [self._random.choice(self._middles)] if self._random.random() < 0.8 else []
        given = [self._random.choice(self._syllables) for _ in range(self._random.choice((1, 1, 1, 2)))]
        return " ".join([self._random.choice(self._surnames), *middles, *given])


def _lettered(piece: Piece, text: str) -> Piece:
    """Returns the piece with other letters in the same places."""
    return Piece(text, piece.names) if len(text) == len(piece.text) else piece


def _plain(letter: str) -> str:
    plain = fold(letter)
    return plain.upper() if letter.isupper() else plain
