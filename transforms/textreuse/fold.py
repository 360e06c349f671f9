"""Characters and words folded so that two house styles of one sentence give equal words.

Case, accents, vowel spelling of transliterated names (Zawahiri, Zawaheri), doubled letters, digits of other scripts,
Arabic and Hebrew points. Characters of unspaced scripts are kept as they are: no two of them are ever merged.
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BREAK = 0  # folded code of what stands between words
DROPPED = 1  # folded code of what is read as if it weren't there: accents on their own, soft hyphens, bidi marks

UPPER, DIGIT, DENSE, ABUGIDA, ENDER, QUOTE, SINGLE, SPACE = (np.uint8(1 << bit) for bit in range(8))
# DENSE: Han and kana, a word is about 2 characters. ABUGIDA: Thai, Lao, Khmer, Burmese, a word is about 4.

DOUBLE_QUOTES = '"“”„‟«»「」『』〝〞＂'
SINGLE_QUOTES = "'‘’‚‛‹›`´"
ENDERS = ".!?…。！？।؟۔"

_VOWELS = str.maketrans("eoyz", "iuis")  # Latin only: transliterations differ in vowels, US and UK spelling in s and z
_LATIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "a", "œ": "o", "ı": "i", "ß": "s", "þ": "t"}
_ARABIC = {"ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ٱ": "ا"}
_DROPPED_RANGES = (
    (0x00AD, 0x00AD), (0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F),
    (0x0670, 0x0670), (0x06D6, 0x06ED), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
)  # fmt: skip
_DENSE_RANGES = ((0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
_ABUGIDA_RANGES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))
_VERBATIM_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA48F), (0xAC00, 0xD7A3))  # folded to themselves
_BMP = 0x10000
_PRIVATE = 0xE000  # letters beyond the BMP are folded into the private area
_PRIVATE_SIZE = 6400

_SEED = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_BASE = 0xD1342543DE82EF95  # odd, so that its powers have inverses modulo 2^64
_KEPT_POWERS = 1 << 20  # letters: a longer text computes its own, 16 bytes each


class Tables(NamedTuple):
    """Look-up tables by code point of the BMP."""

    read: NDArray[np.uint32]  # folded code, and above it the bits UPPER … SPACE
    mix: NDArray[np.uint64]  # random value of a folded code


def splitmix(value: int) -> int:
    """The 64-bit finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014)."""
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & _MASK
    return value ^ (value >> 31)


def mix_column(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """``splitmix`` of every value."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def fold_letter(letter: str) -> int:
    """The folded code of one character of the BMP: BREAK, DROPPED, or the code point that stands for its letter."""
    code = ord(letter)
    if _within(code, _DROPPED_RANGES):
        return DROPPED
    if _within(code, _VERBATIM_RANGES):
        return code
    category = unicodedata.category(letter)
    if category[0] not in "LNM":
        return BREAK
    if category == "Nd":
        return 48 + unicodedata.digit(letter)
    if _within(code, _DENSE_RANGES) or _within(code, _ABUGIDA_RANGES):
        return code
    plain = unicodedata.normalize("NFKD", letter)[0]
    plain = _ARABIC.get(plain, plain).lower()[0]
    plain = _LATIN.get(plain, plain).translate(_VOWELS)
    return ord(plain) if unicodedata.category(plain)[0] in "LNM" else code


@cache
def tables() -> Tables:
    """The tables, built once a process (about 30 ms)."""
    fold = np.zeros(_BMP, np.uint16)
    bits = np.zeros(_BMP, np.uint8)
    verbatim = np.zeros(_BMP, bool)
    for first, last in _VERBATIM_RANGES:
        fold[first : last + 1] = np.arange(first, last + 1)
        verbatim[first : last + 1] = True
    for code in np.flatnonzero(~verbatim).tolist():
        if 0xD800 <= code < _PRIVATE + _PRIVATE_SIZE:
            continue  # surrogates and the private area say nothing
        letter = chr(code)
        fold[code] = fold_letter(letter)
        if letter.isupper():
            bits[code] |= UPPER
        elif letter.isspace():
            bits[code] |= SPACE
        elif 48 <= fold[code] < 58:
            bits[code] |= DIGIT
    fold[_PRIVATE : _PRIVATE + _PRIVATE_SIZE] = np.arange(_PRIVATE, _PRIVATE + _PRIVATE_SIZE)
    for ranges, bit in ((_DENSE_RANGES, DENSE), (_ABUGIDA_RANGES, ABUGIDA)):
        for first, last in ranges:
            bits[first : last + 1] |= np.where(fold[first : last + 1] > DROPPED, bit, np.uint8(0))
    for letters, bit in ((DOUBLE_QUOTES, QUOTE), (SINGLE_QUOTES, SINGLE), (ENDERS, ENDER)):
        for letter in letters:
            bits[ord(letter)] |= bit
    mix = mix_column((np.arange(_BMP, dtype=np.uint64) + np.uint64(1)) * np.uint64(_SEED))
    return Tables(fold | bits.astype(np.uint32) << np.uint32(16), mix)


class _Powers:
    """Powers of the base, kept up to _KEPT_POWERS: a function of their index alone."""

    kept: tuple[NDArray[np.uint64], NDArray[np.uint64]] = (np.ones(1, np.uint64), np.ones(1, np.uint64))


def powers(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """At least ``count`` powers of the base modulo 2^64, from 0 on, and their inverses."""
    if count > _KEPT_POWERS:
        return _power_column(_BASE, count), _power_column(pow(_BASE, -1, 1 << 64), count)
    if len(_Powers.kept[0]) < count:
        most = min(2 * count, _KEPT_POWERS)
        _Powers.kept = (_power_column(_BASE, most), _power_column(pow(_BASE, -1, 1 << 64), most))
    return _Powers.kept


def _power_column(factor: int, count: int) -> NDArray[np.uint64]:
    column = np.full(count, factor, np.uint64)
    column[0] = 1
    return np.cumprod(column, dtype=np.uint64)


def code_points(text: str) -> NDArray[np.uint32]:
    """Code points of a text, letters beyond the BMP folded into its private area and symbols there into spaces."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(codes) and int(codes.max()) >= _BMP:
        codes = codes.copy()
        beyond = codes >= _BMP
        found, place = np.unique(codes[beyond], return_inverse=True)
        codes[beyond] = np.array([_from_beyond(code) for code in found.tolist()], np.uint32)[place]
    return codes


def _from_beyond(code: int) -> int:
    plain = unicodedata.normalize("NFKD", chr(code))[0]
    if ord(plain) < _BMP:
        return ord(plain)  # mathematical letters and the like
    return _PRIVATE + splitmix(code) % _PRIVATE_SIZE if plain.isalnum() else 0x20


def spell(word: str) -> str:
    """One word, folded: the characters that its hash is made of."""
    folded = [code for code in map(fold_letter, word) if code > DROPPED]
    return "".join(
        chr(code)
        for place, code in enumerate(folded)
        if not (place and 97 <= code < 123 and code == folded[place - 1])
    )


def hash_spelling(spelling: str) -> int:
    """The hash of a folded word, 64 bits: equal to the column that tokenise computes."""
    at = tables()
    total = sum(int(at.mix[ord(letter)]) * pow(_BASE, place, 1 << 64) for place, letter in enumerate(spelling))
    return splitmix(total & _MASK)


class WordTable(NamedTuple):
    """Words that stand for others, as an open table by the upper bits of the hash."""

    shift: int
    slot: NDArray[np.uint64]  # hash that stands in a slot, 0 when free
    value: NDArray[np.uint64]  # the hash it is read as; 0: the word is left out


@cache
def word_table() -> WordTable:
    """``folding.toml`` by hash. The table grows until no two words share a slot."""
    with (Path(__file__).parent / "folding.toml").open("rb") as file:
        folding = tomllib.load(file)
    pairs = {hash_spelling(spell(word)): 0 for word in folding["drop"]}
    for word, plain in {**folding["spelling"], **folding["number"]}.items():
        pairs.setdefault(hash_spelling(spell(word)), hash_spelling(spell(plain)))
    for word, target in list(pairs.items()):  # "congressman" = "representative" = "rep"
        pairs[word] = pairs.get(target, target)
    width = 12
    while len({word >> (64 - width) for word in pairs}) < len(pairs):
        width += 1
    slot, value = np.zeros(1 << width, np.uint64), np.zeros(1 << width, np.uint64)
    for word, target in pairs.items():
        slot[word >> (64 - width)] = word
        value[word >> (64 - width)] = target
    return WordTable(64 - width, slot, value)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
