"""Words of many bodies at once, as columns: folded hash, place, and what alignment must know of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.textreuse.fold import (
    ABUGIDA,
    BREAK,
    DENSE,
    DIGIT,
    DROPPED,
    ENDER,
    QUOTE,
    SINGLE,
    SPACE,
    UPPER,
    code_points,
    mix_column,
    powers,
    tables,
    word_table,
)

_GAP = 4  # line breaks between two bodies, so that no rule looks from one into the next
_APOSTROPHE = np.zeros(1 << 16, bool)  # by code point
_APOSTROPHE[list(map(ord, "'’‘ʼ`´"))] = True
_LETTERS = (97, 122)  # folded Latin letters


class Tokens(NamedTuple):
    """Words of a pack of bodies, in order. A word of an unspaced script is a run that its own characters delimit."""

    word: NDArray[np.uint64]  # hash of the folded word, never 0
    start: NDArray[np.int32]  # code points of its own body
    end: NDArray[np.int32]
    unit: NDArray[np.int32]  # sentence or quotation it stands in, counted over the pack
    upper: NDArray[np.bool_]  # starts with a capital
    digit: NDArray[np.bool_]  # starts with a digit
    bounds: NDArray[np.int64]  # body i has the words bounds[i]:bounds[i + 1]
    mark: NDArray[np.int32]  # code points of quotation marks in their own body; apostrophes inside words are none
    mark_bounds: NDArray[np.int64]  # as bounds
    letter: NDArray[np.uint32]  # code points of the pack, line breaks between the bodies
    letter_bounds: NDArray[np.int64]  # where in letter each body starts


def tokenise(bodies: Sequence[str]) -> Tokens:
    """Cut bodies into folded words.

    What a body gives doesn't depend on the other bodies of the pack.

    Args:
        bodies: Any number of texts, in any scripts.

    Returns:
        Their words as columns.
    """
    if not any(bodies):
        return _empty(len(bodies))
    lengths = np.fromiter(map(len, bodies), np.int64, len(bodies)) + _GAP
    codes = code_points(("\n" * _GAP).join(("", *bodies, "")))
    at = tables()
    read = at.read[codes]
    folded, bits = read.astype(np.uint16), (read >> np.uint32(16)).astype(np.uint8)
    _join(codes, folded, bits)

    kept = folded > DROPPED
    kept[1:] &= (folded[1:] != folded[:-1]) | (folded[1:] < _LETTERS[0]) | (folded[1:] > _LETTERS[1])
    value = at.mix[folded[np.flatnonzero(kept)]]
    power, inverse = powers(len(value) + 1)
    total = np.zeros(len(value) + 1, np.uint64)
    np.cumsum(value * power[: len(value)], out=total[1:])
    before = np.cumsum(kept, dtype=np.int32)  # letters up to and with this place

    starts, ends = _word_borders(folded, bits)
    first = before[starts - 1]
    word = mix_column((total[before[ends - 1]] - total[first]) * inverse[first])
    word = _replace(word)
    left = np.flatnonzero(word)
    starts, ends, word = starts[left], ends[left], word[left]

    offsets = _GAP + np.concatenate(([0], np.cumsum(lengths)))
    bounds = np.searchsorted(starts, offsets)
    base = np.repeat(offsets[:-1], np.diff(bounds))
    breaks, mark = _unit_breaks(codes, folded, bits)
    unit = np.cumsum(breaks, dtype=np.int32)
    mark_bounds = np.searchsorted(mark, offsets)
    return Tokens(
        word=word,
        start=(starts - base).astype(np.int32),
        end=(ends - base).astype(np.int32),
        unit=unit[starts],
        upper=(bits[starts] & UPPER) != 0,
        digit=(bits[starts] & DIGIT) != 0,
        bounds=bounds,
        mark=(mark - np.repeat(offsets[:-1], np.diff(mark_bounds))).astype(np.int32),
        mark_bounds=mark_bounds,
        letter=codes,
        letter_bounds=offsets[:-1],
    )


def _empty(count: int) -> Tokens:
    none = np.zeros(0, np.int32)
    flags = np.zeros(0, bool)
    bounds = np.zeros(count + 1, np.int64)
    no_words, no_letters = np.zeros(0, np.uint64), np.zeros(0, np.uint32)
    return Tokens(no_words, none, none, none, flags, flags, bounds, none, bounds, no_letters, bounds[:-1])


def _join(codes: NDArray[np.uint32], folded: NDArray[np.uint16], bits: NDArray[np.uint8]) -> None:
    """Read over marks inside a word: it's, U.S., 311,000."""
    letter = folded > DROPPED
    marks = np.flatnonzero(((bits & (SINGLE | ENDER)) != 0) | (codes == 0x2C) | (codes == 0x2BC))
    marks = marks[letter[marks - 1] & letter[marks + 1]]
    code = codes[marks]
    digits = ((bits[marks - 1] & DIGIT) != 0) & ((bits[marks + 1] & DIGIT) != 0)
    apostrophe = _APOSTROPHE[code]
    initials = (code == 0x2E) & ~letter[marks - 2] & ~letter[marks + 2] & ~digits
    thousands = (code == 0x2C) & digits
    folded[marks[apostrophe | initials | thousands]] = DROPPED
    bits[marks[thousands]] |= DIGIT


def _unit_breaks(
    codes: NDArray[np.uint32], folded: NDArray[np.uint16], bits: NDArray[np.uint8]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Where a sentence or a quotation ends: final stops before a space, line breaks, quotation marks; and the last."""
    broken = folded == BREAK
    marks = np.flatnonzero(((bits & (SINGLE | ENDER | QUOTE)) != 0) & broken)
    kind = bits[marks]
    abbreviation = ~broken[marks - 1] & (broken[marks - 2] | (codes[marks - 2] == 0x2E))  # J. Smith, U.S.
    stop = ((bits[marks + 1] & (SPACE | QUOTE | SINGLE)) != 0) | (codes[marks] > 0x2000)
    breaks = codes == 0x0A
    breaks[marks] = ((kind & ENDER) == 0) | (stop & ~(abbreviation & (codes[marks] == 0x2E)))
    return breaks, marks[(kind & ENDER) == 0]


def _word_borders(
    folded: NDArray[np.uint16], bits: NDArray[np.uint8]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Start and end of words: at breaks, between letters and digits, and inside runs of unspaced scripts."""
    inside = folded != BREAK
    script = bits & (DIGIT | DENSE | ABUGIDA)
    cut = script[1:] != script[:-1]
    dense = np.flatnonzero((script & (DENSE | ABUGIDA)) != 0)
    if len(dense):
        # A pair of characters decides by itself whether a word starts at its second: every second pair for Han and
        # kana, every fourth for the abugidas. Equal text is cut equally wherever it stands.
        pair = folded[dense - 1].astype(np.uint64) << np.uint64(16) | folded[dense]
        every = np.where((bits[dense] & DENSE) != 0, np.uint64(1), np.uint64(3))
        cut[dense - 1] |= (mix_column(pair) & every) == 0
    starts = np.flatnonzero(inside[1:] & (cut | ~inside[:-1])) + 1
    ends = np.flatnonzero(inside[:-1] & (cut | ~inside[1:])) + 1
    return starts, ends


def _replace(word: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Words read as others: number words, spellings; 0 for those that are left out."""
    table = word_table()
    slot = (word >> np.uint64(table.shift)).astype(np.intp)
    listed = np.flatnonzero(table.slot[slot] == word)
    word[listed] = table.value[slot[listed]]
    return word
