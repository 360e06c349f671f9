"""Which articles of a state new ones touch, and the candidates of all these: what one search over all would find.

One search over everything joins every key of every article. Only keys that new articles have, or that lose an article,
can change their group; only groups of near-copies with such articles can change; and only keys of those can change
from background to evidence or back. So the search runs over the keys of the articles in question alone, with all
articles that share them, and takes in whatever it finds changed until nothing outside of it can have changed:

* a pair that links an article in question with another one brings the other in;
* a pair of others that lost or won keys brings both in, unless it could not matter before and can't now;
* a key that became background, or ceased to be it, brings in all that have it;
* whoever comes in brings its whole component and its whole group of near-copies.

docs/state.md has the argument why this is exact for articles within one horizon, and the test that compares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from schemas.reuse import Candidates
from transforms.state.groups import Entries, Rows, judge, pack_entries
from transforms.state.signature import signatures, without
from transforms.state.table import Store, Table, mates
from transforms.textreuse.candidates import (
    MIN_SHARED,
    Verdict,
    bucket_edges,
    join_articles,
    join_bucket,
    near_copies,
)
from transforms.textreuse.columns import ARTICLES, BUCKETS, KeyPack, column
from transforms.textreuse.edges import Edges, sum_edges
from transforms.textreuse.pairing import propose

Fresh = Mapping[int, Sequence[bytes]]  # packs of new articles by bucket, as pack_columns makes them


class Touched(NamedTuple):
    """What is to be aligned again, and what the state is to remember of the articles that were looked at."""

    candidates: list[Candidates]  # of components that changed
    number: NDArray[np.int64]  # every article whose family or component is new or has changed, or has a new version
    family: NDArray[np.int64]
    several: NDArray[np.bool_]
    component: NDArray[np.int64]
    replaced: frozenset[int]  # articles of the state that have a new version


def find_touched(
    fresh: Fresh, store: Store, gone: NDArray[np.int64], as_of: int, horizon: int
) -> Touched:
    """Search new articles together with what they touch.

    Args:
        fresh: Columns of new articles and new versions.
        store: The state; versions that are replaced still in it.
        gone: Numbers of articles that leave the state; those that have a new version need not be named.
        as_of: Day that stands in for new articles without one.
        horizon: Days between articles that may match.

    Returns:
        Components that contain a new article or that differ from what the state has; no others.
    """
    search = _Search(fresh, store, gone, as_of, horizon)
    while search.grow():
        pass
    return search.result()


class _Search:
    def __init__(self, fresh: Fresh, store: Store, gone: Sequence[int], as_of: int, horizon: int):
        self._fresh, self._store, self._as_of, self._horizon = fresh, store, as_of, horizon
        self._table = table = store.table
        self._new = join_articles(fresh.get(ARTICLES, ()), as_of)
        self._gone = np.zeros(len(table.number), bool)
        self._gone[table.rows_of(np.array(gone, np.int64))] = True
        self._gone[table.rows_of(self._new.number)] = True
        self._mates = mates(table)
        self._inside = np.zeros(len(table.number), bool)  # rows in question
        self._wanted = [np.zeros(0, np.uint32) for _ in range(BUCKETS)]
        self._entries = [Entries.empty() for _ in range(BUCKETS)]
        self._take_in(np.flatnonzero(self._gone))
        days = np.concatenate((self._new.day, table.day[self._gone]))
        self._window = (int(days.min()) - horizon, int(days.max()) + horizon) if len(days) else (0, -1)
        self._near = (table.day >= self._window[0]) & (table.day <= self._window[1])
        self._pending = np.flatnonzero(self._inside | self._gone)
        self._first = True

    def _take_in(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Put rows and their mates in question; those that are new to it come back."""
        labels = np.unique(self._mates[rows])
        chosen = np.isin(self._mates, labels) & ~self._inside & ~self._gone
        self._inside |= chosen
        return np.flatnonzero(chosen)

    def grow(self) -> bool:
        """Look once; whether more articles came into question by it."""
        self._collect()
        self._pending = self._take_in(self._look())
        return bool(len(self._pending))

    def _collect(self) -> None:
        """Add the keys of the pending rows, and everyone who has them."""
        own: list[list[Entries]] = [[] for _ in range(BUCKETS)]
        for bucket, key, row in self._store.keys_of(self._pending):
            own[bucket].append(Entries(key, row))
        for bucket in range(BUCKETS):
            mine = Entries.join(own[bucket])
            keys = [mine.key]
            if self._first:
                packs = [msgspec.msgpack.decode(pack, type=KeyPack) for pack in self._fresh.get(bucket, ())]
                keys.append(column(packs, "key", np.uint32))
            wanted = np.unique(np.concatenate(keys))
            wanted = wanted[~np.isin(wanted, self._wanted[bucket])]
            found = Entries(*self._store.matching(bucket, wanted, self._window)) if len(wanted) else Entries.empty()
            found = found.where(self._near[found.row])
            self._entries[bucket] = Entries.join([self._entries[bucket], found, mine]).distinct()
            self._wanted[bucket] = np.union1d(self._wanted[bucket], wanted)
        self._first = False

    def _look(self) -> NDArray[np.int64]:
        """Search as it was and as it is; rows outside that may differ, or that are linked with the inside."""
        table = self._table
        groups, before = [], []
        for bucket, entries in enumerate(self._entries):
            known = pack_entries(entries.where(~self._gone[entries.row]), table)
            groups.append(join_bucket(bucket, [*self._fresh.get(bucket, ()), known], self._as_of))
            before.append(join_bucket(bucket, [pack_entries(entries, table)], self._as_of))
        rows = Rows.of(table, self._new, self._gone, self._inside)
        found: list[NDArray[np.int64]] = []

        looks, looks_before = [bucket_edges(one, self._horizon) for one in groups], [bucket_edges(one, self._horizon) for one in before]
        for side in (0, 1):
            found.append(self._outer([one[side] for one in looks], [one[side] for one in looks_before], table.family))
        labels = near_copies(rows.articles, ((rows.touching(every), rows.touching(cold)) for every, cold in looks))
        found.append(rows.outside_linked(labels))
        self._labels = rows.merge_labels(labels, table)

        verdicts = [judge(group, self._labels, self._horizon) for group in groups]
        verdicts_before = [judge(group, rows.labels_before(table), self._horizon) for group in before]
        edges = [one.edges for one in verdicts]
        found.append(self._outer(edges, [one.edges for one in verdicts_before], table.component))
        pairs = sum_edges(rows.articles.number, map(rows.touching, edges))
        strong = pairs.shared >= MIN_SHARED
        found.append(rows.outside(np.concatenate((pairs.a[strong], pairs.b[strong]))))
        found.append(self._flipped(verdicts, verdicts_before))
        self._rows, self._verdicts = rows, verdicts
        return np.unique(np.concatenate(found))

    def _outer(self, after: list[Edges], before: list[Edges], whole: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of pairs outside whose count changed so that it may matter.

        Args:
            after: Edges as they are.
            before: Edges as they were.
            whole: What both ends of a pair have in common if it mattered before.
        """
        table = self._table
        outside = ~(self._inside | self._gone)
        codes, counts = [], []
        for edges, sign in ((after, 1), (before, -1)):
            a, b, count = (column(edges, name, kind) for name, kind in (("a", np.int64), ("b", np.int64), ("shared", np.int32)))
            left, right = _rows_or_none(table, a), _rows_or_none(table, b)
            chosen = (left >= 0) & (right >= 0)
            chosen[chosen] = outside[left[chosen]] & outside[right[chosen]]
            codes.append(left[chosen] * len(table.number) + right[chosen])
            counts.append(sign * count[chosen].astype(np.int64))
        code, place = np.unique(np.concatenate(codes), return_inverse=True)
        change = np.bincount(place, np.concatenate(counts), len(code)).astype(np.int64)
        code, change = code[change != 0], change[change != 0]
        a, b = (code // max(1, len(table.number)), code % max(1, len(table.number)))
        lost = (change < 0) & (whole[a] == whole[b])
        won = np.flatnonzero(change > 0)
        won = won[self._share_keys(a[won], b[won])]
        return np.unique(np.concatenate((a[lost], b[lost], a[won], b[won])))

    def _share_keys(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the articles at pairs of rows have as many keys in common as a pair must share."""
        keys: dict[int, list[NDArray[np.int64]]] = {}
        for bucket, key, row in self._store.keys_of(np.unique(np.concatenate((a, b)))):
            order = np.argsort(row, kind="stable")
            starts = np.flatnonzero(np.diff(row[order], prepend=-1))
            for part, owner in zip(np.split(key[order], starts[1:]), row[order][starts].tolist(), strict=False):
                keys.setdefault(owner, []).append(part.astype(np.int64) * BUCKETS + bucket)
        whole = {row: np.unique(np.concatenate(parts)) for row, parts in keys.items()}
        none = np.zeros(0, np.int64)
        return np.array(
            [
                len(np.intersect1d(whole.get(one, none), whole.get(other, none), assume_unique=True)) >= MIN_SHARED
                for one, other in zip(a.tolist(), b.tolist(), strict=True)
            ],
            bool,
        )

    def _flipped(self, after: list[Verdict], before: list[Verdict]) -> NDArray[np.int64]:
        """Rows outside that have a key that became background or ceased to be it."""
        found = [np.zeros(0, np.int64)]
        for one, other in zip(after, before, strict=True):
            keys = [np.frombuffer(side.background, np.int64) for side in (one, other)]  # each verdict's in their order
            changed = np.setxor1d(*(key[np.diff(key, prepend=-1) != 0] for key in keys))
            if len(changed):
                for side, key in zip((one, other), keys, strict=True):
                    hit = changed[np.minimum(np.searchsorted(changed, key), len(changed) - 1)] == key
                    found.append(np.frombuffer(side.article, np.int64)[hit])
        numbers = np.concatenate(found)
        rows = self._table.rows_of(np.unique(numbers))
        return rows[~(self._inside | self._gone)[rows]]

    def result(self) -> Touched:
        """The candidates of everything in question whose component is new or has changed."""
        rows, table = self._rows, self._table
        inside = rows.inside_articles()
        verdicts = [rows.within(verdict) for verdict in self._verdicts]
        found = list(propose(inside, verdicts))
        signed = signatures(found, verdicts)
        label, several = self._labels.of(inside.number)
        at = _rows_or_none(table, inside.number)
        old = np.flatnonzero(at >= 0)
        old = old[~self._gone[at[old]]]
        same = np.zeros(len(at), bool)
        same[old] = table.component[at[old]] == signed[old]
        fresh = np.ones(len(at), bool)
        fresh[old] = False
        same &= ~np.isin(signed, signed[fresh])  # a new version leaves the signature as it was
        candidates = without(found, inside.number[same])
        same[old] &= (table.family[at[old]] == label[old]) & (table.several[at[old]] == several[old])
        replaced = np.intersect1d(table.number[self._gone], self._new.number)
        return Touched(
            candidates, inside.number[~same], label[~same], several[~same], signed[~same], frozenset(replaced.tolist())
        )


def _rows_or_none(table: Table, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Row of each number, -1 for what isn't in the table."""
    if not len(table.number):
        return np.full(len(numbers), -1, np.int64)
    at = np.minimum(np.searchsorted(table.number, numbers), len(table.number) - 1)
    return np.where(table.number[at] == numbers, at, -1)
