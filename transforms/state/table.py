"""Everything that a state knows of its articles in numbers: one row an article, the newest that any segment has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from transforms.textreuse.candidates import components


class Table(NamedTuple):
    """Articles in the order of their numbers."""

    number: NDArray[np.int64]
    words: NDArray[np.int32]
    day: NDArray[np.int32]  # never NO_DAY: what has no date got the day of the run that brought it
    keys: NDArray[np.int32]
    credits: NDArray[np.int32]  # how many of ``agency`` are the article's
    agency: NDArray[np.int64]
    family: NDArray[np.int64]  # number that names its group of near-copies
    several: NDArray[np.bool_]  # whether that group has more articles
    component: NDArray[np.int64]  # signature of its component

    def agencies(self, rows: NDArray[np.int64]) -> list[tuple[int, ...]]:
        """Hashes of the agencies that the articles at some rows explicitly credit."""
        ends = np.cumsum(self.credits)
        agency = self.agency
        return [tuple(agency[ends[row] - self.credits[row] : ends[row]].tolist()) for row in rows.tolist()]

    def rows_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of the articles that are in the table; those that aren't are left out."""
        if not len(self.number):
            return np.zeros(0, np.int64)
        at = np.minimum(np.searchsorted(self.number, numbers), len(self.number) - 1)
        return at[self.number[at] == numbers]


class Store(Protocol):
    """A table, and the fingerprint keys behind it."""

    table: Table

    def matching(
        self, bucket: int, wanted: NDArray[np.uint32], window: tuple[int, int]
    ) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Every (key, row) of a bucket whose key is wanted; of rows outside of a window of days some may be missing.

        Args:
            bucket: 0..BUCKETS - 1.
            wanted: Keys, ascending.
            window: First and last day.
        """

    def keys_of(self, rows: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.uint32], NDArray[np.int64]]]:
        """All keys of some rows: bucket, keys, and the row of each."""


def mates(table: Table) -> NDArray[np.int64]:
    """A label for each row; rows that share a family or a component have the same.

    What is looked at again is looked at in such wholes, so no story and no group of near-copies is ever cut.
    """
    count = len(table.number)
    _, family = np.unique(table.family, return_inverse=True)
    _, component = np.unique(table.component, return_inverse=True)
    row = np.arange(count)
    families = int(family.max(initial=-1)) + 1
    nodes = count + families + int(component.max(initial=-1)) + 1
    ends = np.concatenate((count + family, count + families + component))
    return components(nodes, np.concatenate((row, row)), ends)[:count]
