"""Which segments a run merges."""

from __future__ import annotations

import pytest

from transforms.state.compacting import REWRITTEN_ROWS, REWRITTEN_TIMES, to_merge
from transforms.state.manifest import SegmentEntry


def entry(rows: int) -> SegmentEntry:
    return SegmentEntry(name="0", articles=rows, outcomes=0, first_day=0, last_day=0, files={})


def grow(runs: int, rows: int) -> tuple[list[int], int]:
    """Rows of the segments that so many runs leave, and the most that one of them rewrote."""
    segments: list[SegmentEntry] = []
    most = 0
    for _ in range(runs):
        segments.append(entry(rows))
        chosen = to_merge(segments)
        merged = sum(segments[place].articles for place in chosen)
        most = max(most, merged)
        if chosen:
            segments[chosen.start :] = [entry(merged)]
    return [one.articles for one in segments], most


@pytest.mark.parametrize(("runs", "rows", "at_most"), [(10_000, 1, 25), (1_000, 40, 30), (100, 2_500, 21)])
def test_many_runs_leave_few_segments(runs: int, rows: int, at_most: int) -> None:
    left, most = grow(runs, rows)
    assert sum(left) == runs * rows
    assert len(left) <= at_most
    assert most <= max(REWRITTEN_ROWS, REWRITTEN_TIMES * rows)


def test_seven_of_a_size_are_left_and_eight_become_one() -> None:
    assert to_merge([entry(10)] * 7) == range(7, 7)
    assert to_merge([entry(5_000), *[entry(10)] * 8]) == range(1, 9)
    assert to_merge([*[entry(600)] * 7, *[entry(75)] * 8]) == range(15), "what the eight give is an eighth of its size"


def test_what_is_large_beside_a_run_waits() -> None:
    assert to_merge([*[entry(20_000)] * 7, *[entry(2_500)] * 8]) == range(7, 15)
