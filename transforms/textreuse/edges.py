"""Pairs of articles and how many keys they share: counted bucket by bucket, added up over all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

SUM_EDGES = 1_000_000  # edges, 10^4..10^8: that wait to be added up, 16 bytes each


class Edges(msgspec.Struct, frozen=True, array_like=True):
    """How many keys pairs of articles share. Pairs may repeat; their counts add up."""

    a: bytes  # int64 article numbers, less than b
    b: bytes
    shared: bytes  # int32


class Pairs(NamedTuple):
    """Summed edges, as indices into the table of articles; sorted, each pair once."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    shared: NDArray[np.int64]


class EdgeSum:
    """Adds up the counts of equal pairs, bucket by bucket, in little more memory than there are different pairs.

    Args:
        number: All articles, ascending.
    """

    def __init__(self, number: NDArray[np.int64]):
        self._number = number
        self._pair, self._shared = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._waiting: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        self._count = 0  # of edges that wait

    def add(self, edges: Edges) -> None:
        """Add the edges of a bucket."""
        a, b = (np.searchsorted(self._number, np.frombuffer(side, np.int64)) for side in (edges.a, edges.b))
        self._waiting.append((a * len(self._number) + b, np.frombuffer(edges.shared, np.int32).astype(np.int64)))
        self._count += len(a)
        if self._count > max(SUM_EDGES, len(self._pair)):
            self._sum()

    def pairs(self) -> Pairs:
        """What was added so far."""
        self._sum()
        size = max(1, len(self._number))
        return Pairs(self._pair // size, self._pair % size, self._shared)

    def _sum(self) -> None:
        pair, shared = (np.concatenate(column) for column in zip((self._pair, self._shared), *self._waiting, strict=True))
        order = np.argsort(pair, kind="stable")
        pair = pair[order]
        starts = np.flatnonzero(np.diff(pair, prepend=-1))
        self._pair = pair[starts]
        self._shared = np.add.reduceat(shared[order], starts) if len(starts) else shared
        self._waiting, self._count = [], 0


def sum_edges(number: NDArray[np.int64], edges: Iterable[Edges]) -> Pairs:
    """Add up the counts of equal pairs."""
    total = EdgeSum(number)
    for one in edges:
        total.add(one)
    return total.pairs()
