from __future__ import annotations

import numpy as np
import pytest

from transforms.textreuse.parts import Parts, carried
from transforms.textreuse.texts import BACKGROUND, NARRATIVE, QUOTE


def parts(*rows: tuple[int, int, int]) -> Parts:
    """Parts of (passage, kind, words), one behind the other on both sides, all words equal."""
    passage, kind, words = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    end = np.cumsum(words)
    return Parts(passage, kind.astype(np.uint8), end - words, end, end - words + 100, end + 100, words)


@pytest.mark.parametrize(
    ("given", "carried_along"),
    [
        ([(0, BACKGROUND, 9)], [(0, NARRATIVE, 9)]),
        ([(0, NARRATIVE, 9), (0, BACKGROUND, 5)], [(0, NARRATIVE, 14)]),
        ([(0, BACKGROUND, 5), (0, NARRATIVE, 9)], [(0, NARRATIVE, 14)]),
        ([(0, QUOTE, 6), (0, BACKGROUND, 5), (0, NARRATIVE, 9)], [(0, QUOTE, 11), (0, NARRATIVE, 9)]),
        ([(0, NARRATIVE, 6), (0, NARRATIVE, 4)], [(0, NARRATIVE, 6), (0, NARRATIVE, 4)]),
        ([(0, NARRATIVE, 6), (1, BACKGROUND, 5)], [(0, NARRATIVE, 6), (1, NARRATIVE, 5)]),
    ],
)
def test_background_goes_along_with_what_it_was_copied_with(given, carried_along) -> None:
    found = carried(parts(*given), np.ones(len(given), bool))
    assert list(zip(found.passage, found.kind, found.a_end - found.a_start, strict=True)) == carried_along
    assert found.equal.tolist() == [words for _, _, words in carried_along]
    assert (found.b_end - found.b_start).tolist() == found.equal.tolist()


def test_texts_that_are_no_copies_carry_nothing() -> None:
    given = parts((0, NARRATIVE, 9), (0, BACKGROUND, 40), (1, BACKGROUND, 7))
    found = carried(given, np.zeros(3, bool))
    assert list(zip(found.passage, found.kind, found.equal, strict=True)) == [
        (0, NARRATIVE, 9), (0, BACKGROUND, 40), (1, BACKGROUND, 7),
    ]  # fmt: skip


def test_copies_carry_background_that_stands_apart() -> None:
    given = [(0, NARRATIVE, 30), (1, BACKGROUND, 9), (2, BACKGROUND, 7), (2, QUOTE, 6), (3, BACKGROUND, 8)]
    found = carried(parts(*given), np.array([True, True, True, True, False]))
    kinds = list(zip(found.passage, found.kind, found.equal, strict=True))
    assert kinds == [(0, NARRATIVE, 30), (1, NARRATIVE, 9), (2, QUOTE, 13), (3, BACKGROUND, 8)]


def test_of_nothing_comes_nothing() -> None:
    none = np.zeros(0, np.int64)
    empty = Parts(none, none.astype(np.uint8), none, none, none, none, none)
    assert len(carried(empty, none.astype(bool)).passage) == 0
