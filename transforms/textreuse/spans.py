"""Sorted spans that lie apart, as pairs of start and exclusive end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Spans = Sequence[tuple[int, int]]


def length(spans: Spans) -> int:
    """How much the spans cover."""
    return sum(end - start for start, end in spans)


def union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Any spans as sorted ones that lie apart."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            if end > joined[-1][1]:
                joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def overlap(one: Spans, other: Spans) -> int:
    """How much two sorted lists of spans have in common."""
    common = left = right = 0
    while left < len(one) and right < len(other):
        common += max(0, min(one[left][1], other[right][1]) - max(one[left][0], other[right][0]))
        if one[left][1] < other[right][1]:
            left += 1
        else:
            right += 1
    return common
