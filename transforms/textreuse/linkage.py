"""Sets that pairs connect, and average linkage: groups whose members agree, not chains of single agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

AGREE = 0.3  # share that two articles tell alike, 0..1: from here on average two groups are one story
LINKAGE_ARTICLES = 400  # articles, 50..2000: of more, those that stand in a fuller one are represented by it
STRONGER = (AGREE, 0.5, 0.6, 0.7, 0.8, 0.9)  # that links must have, as long as a part is still too large


def average_linkage(agreement: NDArray[np.float64], weight: NDArray[np.float64], least: float) -> list[int]:
    """Join the two groups that agree most on average until none agree enough.

    Args:
        agreement: Symmetric, 0..1; the diagonal isn't looked at.
        weight: How many articles each row stands for.
        least: Average agreement below which groups stay apart, 0..1.

    Returns:
        The least member of each row's group. Ties go to the least rows.

    Source:
        Lance and Williams, "A general theory of classificatory sorting strategies", The Computer Journal 9, 1967.
    """
    count = len(agreement)
    group = np.arange(count)
    close = agreement.astype(np.float64)
    np.fill_diagonal(close, -1.0)
    weight = weight.astype(np.float64)
    while count > 1:
        kept, gone = sorted(divmod(int(close.argmax()), count))
        if close[kept, gone] < least:
            break
        joined = (close[kept] * weight[kept] + close[gone] * weight[gone]) / (weight[kept] + weight[gone])
        joined[[kept, gone]] = -1.0
        joined[close[kept] < 0] = -1.0  # rows that are gone themselves
        close[kept], close[:, kept] = joined, joined
        close[gone], close[:, gone] = -1.0, -1.0
        weight[kept] += weight[gone]
        group[group == gone] = kept
    return group.tolist()


def connected(nodes: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Sets of two and more nodes that pairs connect, each ascending, by their least."""
    root = {node: node for node in sorted(nodes)}

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for a, b in pairs:
        if a in root and b in root:
            one, other = find(a), find(b)
            root[max(one, other)] = min(one, other)
    sets: dict[int, list[int]] = defaultdict(list)
    for node in root:
        sets[find(node)].append(node)
    return [members for members in sets.values() if len(members) > 1]


def parts_small_enough(rows: Sequence[int], agreement: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Articles in connected parts of at most LINKAGE_ARTICLES, where need be by ever stronger links only."""
    small: list[list[int]] = []
    large = [list(rows)]
    for least in STRONGER:
        parts = [
            part
            for rest in large
            for part in connected(rest, [pair for pair, share in agreement.items() if share >= least])
        ]
        small += [part for part in parts if len(part) <= LINKAGE_ARTICLES]
        large = [part for part in parts if len(part) > LINKAGE_ARTICLES]
        if not large:
            break
    return small + large


def linked(
    part: Sequence[int], agreement: Mapping[tuple[int, int], float], weight: Mapping[int, int]
) -> dict[int, int]:
    """The group of each article of a part, named by one of its articles."""
    if len(part) > LINKAGE_ARTICLES:  # near-identical in a chain without end: one group
        return dict.fromkeys(part, part[0])
    row = {member: place for place, member in enumerate(part)}
    matrix = np.zeros((len(part), len(part)))
    for (a, b), share in agreement.items():
        if a in row and b in row:
            matrix[row[a], row[b]] = matrix[row[b], row[a]] = share
    group = average_linkage(matrix, np.array([weight[member] for member in part]), AGREE)
    return {member: part[group[place]] for member, place in row.items()}
