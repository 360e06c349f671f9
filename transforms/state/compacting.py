"""Several segments into one, without what later ones replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.state.manifest import SegmentEntry
from transforms.state.segment import (
    ARTICLES,
    MARKS,
    OUTCOMES,
    SCHEMAS,
    SEEN,
    STORIES,
    VERSIONS,
    Contents,
)
from transforms.state.snapshot import Known, Snapshot, ranges
from transforms.textreuse.columns import BUCKETS

# Segments of about one size that are merged into one, 2 to 50. A run opens every segment, some 3 ms each; merging
# rewrites each article once for every power of this number that the state's articles reach.
SEGMENTS_OF_A_SIZE = 8
_SMALLEST = 64  # rows: smaller segments count as one size
# Rows (articles and what was found of them) that a run rewrites at most, 1,000 to 1,000,000, or so many times what it
# adds itself: 20,000 rows cost about 1 s of CPU. What is larger waits for ``wirestories state compact``.
REWRITTEN_ROWS = 30_000
REWRITTEN_TIMES = 10

Keep = Callable[[NDArray[np.int64]], NDArray[np.bool_]]


def to_merge(segments: Sequence[SegmentEntry]) -> range:
    """Which neighbouring segments to merge after a run; empty when there are few enough of each size.

    The newest are merged when there are enough of their size, then what that gives with others of its size, and so on.
    Only neighbours are merged, so that later ones still override earlier ones.
    """
    rows = [one.articles + one.outcomes for one in segments]
    chosen = len(rows)  # all from here on become one
    if not rows:
        return range(0)
    most = max(REWRITTEN_ROWS, REWRITTEN_TIMES * rows[-1])
    while True:
        start, size = chosen, _size(sum(rows[chosen:]) or rows[-1])
        while start > 0 and _size(rows[start - 1]) <= size:
            start -= 1
        parts = chosen - start + (chosen < len(rows))
        if parts < SEGMENTS_OF_A_SIZE or sum(rows[start:]) > most:
            return range(chosen, len(rows))
        chosen = start


def _size(rows: int) -> int:
    """The power of SEGMENTS_OF_A_SIZE that a segment reaches."""
    return int(np.log(rows / _SMALLEST) / np.log(SEGMENTS_OF_A_SIZE)) + 1 if rows > _SMALLEST else 0


def merge_segments(state: Snapshot, chosen: range, without: NDArray[np.int64], first_day: int | None = None) -> Contents:
    """The contents of one segment that takes the place of several.

    Args:
        state: The whole state.
        chosen: Places of neighbouring segments in it.
        without: Numbers of articles of which nothing may stay, ascending.
        first_day: Articles that are older, and whose mates are, lose their fingerprints; None: none do.
    """
    inside = np.array(chosen)
    gone = np.isin(state.articles.number, without)
    articles = _chosen(state.articles, np.isin(state.articles.segment, inside) & ~gone)
    outcomes = _chosen(state.outcomes, np.isin(state.outcomes.segment, inside) & ~np.isin(state.outcomes.number, without))
    counts, keys = _keys(state, articles, chosen, first_day)
    table = _rows(state, ARTICLES, articles, chosen)
    return Contents(
        articles=table.drop_columns(["offset", "size", "at"]),
        counts=counts,
        keys=keys,
        texts=_pieces(state.read_text, state.articles, articles),
        marks=_rows(state, MARKS, _within(state, MARKS, chosen, without), chosen),
        outcomes=_rows(state, OUTCOMES, outcomes, chosen).drop_columns(["offset", "size", "at"]),
        findings=_pieces(state.read_finding, state.outcomes, outcomes),
        stories=_last(state, STORIES, "id", chosen),
        versions=_rows(state, VERSIONS, _within(state, VERSIONS, chosen, without), chosen),
        seen=_last(state, SEEN, "path", chosen),
    )


def _chosen(known: Known, chosen: NDArray[np.bool_]) -> Known:
    return Known(
        known.number[chosen],
        known.segment[chosen],
        known.row[chosen],
        {name: values[chosen] for name, values in known.columns.items()},
    )


def _within(state: Snapshot, name: str, chosen: range, without: NDArray[np.int64]) -> Known:
    known = state.newest(name, [])
    return _chosen(known, np.isin(known.segment, np.array(chosen)) & ~np.isin(known.number, without))


def _rows(state: Snapshot, name: str, known: Known, chosen: range) -> pa.Table:
    """The rows of a table that are known to be the newest, by number."""
    tables = [state.segments[place].table(name) for place in chosen]
    starts = np.cumsum([0, *(len(table) for table in tables)])
    joined = pa.concat_tables([SCHEMAS[name].empty_table(), *tables])
    return joined.take(pa.array(starts[known.segment - chosen.start] + known.row)).combine_chunks()


def _last(state: Snapshot, name: str, key: str, chosen: range) -> pa.Table:
    """The last row of each key."""
    table = pa.concat_tables([SCHEMAS[name].empty_table(), *(state.segments[place].table(name) for place in chosen)])
    last = {value: row for row, value in enumerate(table[key].to_pylist())}
    return table.take(pa.array([last[value] for value in sorted(last)], pa.int64())).combine_chunks()


def _pieces(read: Callable[[int], bytes], whole: Known, chosen: Known) -> Iterator[bytes]:
    for position in whole.at(chosen.number).tolist():
        yield read(position)


def _keys(
    state: Snapshot, articles: Known, chosen: range, first_day: int | None
) -> tuple[NDArray[np.uint32], list[NDArray[np.uint32]]]:
    counts = np.zeros((len(articles.number), BUCKETS), np.uint32)
    keep = np.ones(len(articles.number), bool)
    if first_day is not None:
        keep = state.days_of_mates()[state.articles.at(articles.number)] >= first_day
    keys: list[NDArray[np.uint32]] = []
    for bucket in range(BUCKETS):
        parts, owners = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)]
        for place in chosen:
            mine = np.flatnonzero((articles.segment == place) & keep)
            if not len(mine):
                continue
            segment, at = state.segments[place], articles.row[mine]
            ends = segment.ends(bucket)
            start = np.where(at > 0, ends[at - 1], 0)
            count = ends[at] - start
            parts.append(segment.keys(bucket)[ranges(start, count)])
            owners.append(np.repeat(mine, count))
        owner = np.concatenate(owners)
        counts[:, bucket] = np.bincount(owner, minlength=len(articles.number))
        keys.append(np.concatenate(parts)[np.argsort(owner, kind="stable")])
    return counts, keys
