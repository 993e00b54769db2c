"""Is this a Vietnamese syllable? The question that tells a right decoding from a wrong one.

Vietnamese is written in syllables of a small grammar: an initial, a rhyme out of some hundred and fifty, a tone.
Letters that come out of the wrong table hardly ever obey it, so no statistics of a corpus are needed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nqparse.charset.tables import TONES
from nqparse.fold import fold

_INITIALS = "ngh ng nh n ch c kh k gh gi g ph p th tr t qu đ d b h l m r s v x"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ăk âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êc êng "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu ing ic "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet "
    "oc oi om on ong op ot oong ooc ô ôc ôi ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt ơng "
    "u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uya uych uyên uyêt "
    "uy uyn uynh uyt uyp uyu uyêm ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y yêm yên yêng yêt yêu ym yn ynh"
)
_SYLLABLE = re.compile(f"(?:{_INITIALS.replace(' ', '|')})?(?:{_RHYMES.replace(' ', '|')})")
_STOPPED = re.compile(r"(?:c|ch|p|t|k)$")
_STOPPED_TONES = frozenset("\u0301\u0323")  # the two that a syllable may have that ends in a stop
# Symbols of bodies and documents; of the letters with marks they hold only those that have no tone.
_ACRONYM = re.compile("[A-ZĐĂÂÊÔƠƯ]{2,10}")
_PIECE = re.compile(r"[^\W\d_]+")
# What may stand between the syllables that blanks do not part.
_PUNCTUATION = frozenset("“”‘’„‚–—…•«»°§²³·\u00a0\u00ad!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~0123456789")
_LOOK_ALIKES = str.maketrans("Ðð", "Đđ")


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Tells whether a word (in any case, composed or not) is spelled like a Vietnamese syllable."""
    toneless: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word.translate(_LOOK_ALIKES).lower()):
        (tones if char in TONES else toneless).append(char)
    body = unicodedata.normalize("NFC", "".join(toneless))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(body):
        return False
    return not (tones and tones[0] not in _STOPPED_TONES and _STOPPED.search(body))


@lru_cache(maxsize=1 << 16)
def is_plausible(word: str) -> bool:
    """Tells whether what stands between two blanks is made of Vietnamese syllables, symbols and plain signs.

    Words without any mark say nothing about the encoding and are let pass.
    """
    word = unicodedata.normalize("NFC", word)
    pieces = _PIECE.findall(word)
    if not all(piece.isascii() or is_syllable(piece) or _ACRONYM.fullmatch(piece) for piece in pieces):
        return False
    return all(char.isalpha() or char in _PUNCTUATION for char in word)


def has_tone(word: str) -> bool:
    """Tells whether a letter of a word bears a tone."""
    return any(char in TONES for char in unicodedata.normalize("NFD", word))


@lru_cache(maxsize=1)
def folded_syllables() -> frozenset[str]:
    """Returns all Vietnamese syllables as `nqparse.fold.fold` leaves them, without any mark."""
    initials = [fold(initial) for initial in ("", *_INITIALS.split())]
    rhymes = {fold(rhyme) for rhyme in _RHYMES.split()}
    return frozenset(initial + rhyme for initial in initials for rhyme in rhymes)
