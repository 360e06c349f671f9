from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transforms.textreuse.linkage import average_linkage


def groups(agreement: list[list[float]], least: float, weight: list[int] | None = None) -> list[int]:
    matrix = np.array(agreement)
    return average_linkage(matrix, np.array(weight or [1] * len(matrix)), least)


def test_one_bridge_does_not_chain_two_groups() -> None:
    bridged = [[0, 0.9, 0.0, 0.0], [0.9, 0, 0.8, 0.0], [0.0, 0.8, 0, 0.9], [0.0, 0.0, 0.9, 0]]
    assert groups(bridged, 0.3) == [0, 0, 2, 2]


def test_groups_that_agree_are_one() -> None:
    assert groups([[0, 0.5, 0.5], [0.5, 0, 0.2], [0.5, 0.2, 0]], 0.3) == [0, 0, 0]


def test_a_row_weighs_as_many_articles_as_it_stands_for() -> None:
    agreement = [[0, 0.9, 0.0], [0.9, 0, 0.6], [0.0, 0.6, 0]]
    assert groups(agreement, 0.3) == [0, 0, 0]
    assert groups(agreement, 0.3, [9, 1, 1]) == [0, 0, 2]


@given(st.integers(1, 7), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_group(count: int, chance) -> None:
    drawn = sorted({chance.random() for _ in range(count * count)})[: count * (count - 1) // 2]
    chance.shuffle(drawn)
    matrix = np.zeros((count, count))
    for place, (a, b) in enumerate((a, b) for a in range(count) for b in range(a)):
        matrix[a, b] = matrix[b, a] = drawn[place] if place < len(drawn) else 0.0
    order = list(range(count))
    chance.shuffle(order)
    one = average_linkage(matrix, np.ones(count), 0.3)
    other = average_linkage(matrix[np.ix_(order, order)], np.ones(count), 0.3)
    same = {frozenset(row for row in range(count) if one[row] == name) for name in one}
    assert same == {frozenset(order[row] for row in range(count) if other[row] == name) for name in other}


def test_nothing_and_one_row() -> None:
    assert average_linkage(np.zeros((0, 0)), np.zeros(0), 0.3) == []
    assert average_linkage(np.zeros((1, 1)), np.ones(1), 0.3) == [0]
