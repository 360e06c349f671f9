"""Short stretches of words compared in pairs, row by row: what they have in common, and what stands against what."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]

_NO_WORD = (np.uint64(0), np.uint64(1))  # stand for no word on either side; neither is the hash of one


def common_words(word: NDArray[np.uint64], a: Places, a_end: Places, b: Places, b_end: Places) -> Places:
    """How many distinct words the places a:a_end and b:b_end have in common, of each row.

    Args:
        word: All words.
        a: Places, as the others; the stretches are short, for each row takes the room of the longest.
    """
    if not len(a):
        return np.zeros(0, np.int64)
    one, other = _rows(word, a, a_end, _NO_WORD[0]), _rows(word, b, b_end, _NO_WORD[1])
    return _distinct(one, (one[:, :, None] == other[:, None, :]).any(axis=2))


def replaced_words(
    word: NDArray[np.uint64], marked: NDArray[np.bool_], a: Places, a_end: Places, b: Places, b_end: Places
) -> Places:
    """How many distinct marked words of each row's one stretch stand against other marked words in the other."""
    if not len(a):
        return np.zeros(0, np.int64)
    chosen = [np.where(marked, word, none) for none in _NO_WORD]
    one, other = _rows(chosen[0], a, a_end, _NO_WORD[0]), _rows(chosen[1], b, b_end, _NO_WORD[1])
    equal = one[:, :, None] == other[:, None, :]
    alone = _distinct(one, (one != _NO_WORD[0]) & ~equal.any(axis=2))
    other_alone = _distinct(other, (other != _NO_WORD[1]) & ~equal.any(axis=1))
    return np.minimum(alone, other_alone)


def _rows(word: NDArray[np.uint64], start: Places, end: Places, none: np.uint64) -> NDArray[np.uint64]:
    """The words of stretches as rows, filled up."""
    place = start[:, None] + np.arange(int((end - start).max()))
    return np.where(place < end[:, None], word[np.minimum(place, len(word) - 1)], none)


def _distinct(rows: NDArray[np.uint64], found: NDArray[np.bool_]) -> Places:
    """How many distinct words of each row were found."""
    several = np.flatnonzero(found.sum(axis=1) > 1)
    some, earlier = rows[several], np.tri(rows.shape[1], k=-1, dtype=bool)
    again = ((some[:, :, None] == some[:, None, :]) & earlier).any(axis=2)
    found[several] &= ~again  # a word counts where it stands first
    return found.sum(axis=1)
