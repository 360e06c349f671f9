from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transforms.textreuse.stretches import common_words, replaced_words

WORDS = st.lists(st.integers(5, 12), max_size=6)  # 0 and 1 are the hash of no word


def columns(rows: list[tuple[list[int], list[int]]]) -> tuple[np.ndarray, list[np.ndarray]]:
    """All words in one column, and where the stretches of each row lie in it."""
    stretches = [stretch for row in rows for stretch in row]
    ends = np.cumsum([len(stretch) for stretch in stretches], dtype=np.int64)
    starts = ends - [len(stretch) for stretch in stretches]
    word = np.array([word for stretch in stretches for word in stretch] or [99], np.uint64)
    return word, [starts[::2], ends[::2], starts[1::2], ends[1::2]]


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
def test_common_words_are_those_of_the_sets(rows: list[tuple[list[int], list[int]]]) -> None:
    word, places = columns(rows)
    assert common_words(word, *places).tolist() == [len(set(one) & set(other)) for one, other in rows]


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
def test_replaced_words_are_the_marked_ones_that_stand_alone(rows: list[tuple[list[int], list[int]]]) -> None:
    word, places = columns(rows)
    expected = []
    for one, other in rows:
        left, right = ({word for word in stretch if word % 2} for stretch in (one, other))
        expected.append(min(len(left - right), len(right - left)))
    assert replaced_words(word, word % np.uint64(2) == 1, *places).tolist() == expected
