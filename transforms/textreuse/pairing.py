"""Which pairs to align: few for each article, to the hubs of its near-copies and to its best other neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.reuse import Candidates
from transforms.textreuse.candidates import MIN_SHARED, Articles, Pairs, Verdict, components, sum_edges
from transforms.textreuse.columns import column

SMALL_GROUP = 6  # articles, 2..9: near-copies up to this many are aligned all with all
HUBS = 4  # hubs, 1..5: of a larger group of near-copies
BETWEEN = 2  # pairs, 1..5: best pairs of an article with articles outside its group
PACK = 64  # articles: small components travel together up to this many


class _Packing(NamedTuple):
    order: NDArray[np.int64]  # articles by component
    borders: list[int]  # where packs of whole components start and end in order


def propose(articles: Articles, label: NDArray[np.int64], verdicts: Sequence[Verdict]) -> Iterator[Candidates]:
    """Form components and choose the pairs to align.

    Args:
        articles: All articles.
        label: Group of near-copies of each (candidates.near_copies).
        verdicts: Of all buckets, in any order.

    Yields:
        Each article in exactly one element, in the order of the least number of its component.
    """
    pairs = sum_edges(articles.number, [verdict.edges for verdict in verdicts])
    strong = pairs.shared >= MIN_SHARED
    pairs = Pairs(pairs.a[strong], pairs.b[strong], pairs.shared[strong])
    group = np.searchsorted(articles.number, label)
    a, b = _choose(articles, group, pairs)
    # near-copies hang together even where all that they share is background elsewhere
    alone = np.arange(len(group))
    root = components(len(group), np.concatenate((a, alone)), np.concatenate((b, group)))
    packing = _pack(root)
    place = np.empty(len(root), np.int64)
    place[packing.order] = np.arange(len(root))

    owner = np.searchsorted(packing.borders, place[a], side="right") - 1
    order = np.lexsort((b, a, owner))
    a, b, owner = a[order], b[order], owner[order]
    pair_borders = np.searchsorted(owner, np.arange(len(packing.borders)))
    keys = column(verdicts, "background", np.int64)
    hit = place[np.searchsorted(articles.number, column(verdicts, "article", np.int64))]
    hit = np.searchsorted(packing.borders, hit, side="right") - 1
    order = np.lexsort((keys, hit))
    keys, hit = keys[order], hit[order]
    key_borders = np.searchsorted(hit, np.arange(len(packing.borders)))
    for pack in range(len(packing.borders) - 1):
        members = np.sort(packing.order[packing.borders[pack] : packing.borders[pack + 1]])
        inside = slice(pair_borders[pack], pair_borders[pack + 1])
        left, right = articles.number[a[inside]].tolist(), articles.number[b[inside]].tolist()
        yield Candidates(
            numbers=tuple(articles.number[members].tolist()),
            pairs=tuple(zip(left, right, strict=True)),
            groups=tuple(label[members].tolist()),
            background=tuple(np.unique(keys[key_borders[pack] : key_borders[pack + 1]]).tolist()),
        )


def _pack(root: NDArray[np.int64]) -> _Packing:
    """Whole components in the order of their least article, closed when a pack has PACK articles."""
    order = np.argsort(root, kind="stable")
    starts = np.flatnonzero(np.diff(root[order], prepend=-1)).tolist()
    borders = [0] if starts else []
    for start in starts[1:]:
        if start - borders[-1] >= PACK:
            borders.append(start)
    return _Packing(order, [*borders, len(root)] if starts else [0])


def _choose(
    articles: Articles, group: NDArray[np.int64], pairs: Pairs
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    inner = group[pairs.a] == group[pairs.b]
    size = np.bincount(group, minlength=len(group))
    small = inner & (size[group[pairs.a]] <= SMALL_GROUP)
    left, right = [pairs.a[small]], [pairs.b[small]]

    for members in _large_groups(group, size):
        hubs = _hubs(articles, members)
        for hub in hubs:
            others = members[members != hub]
            left.append(np.minimum(others, hub))
            right.append(np.maximum(others, hub))

    outer = np.flatnonzero(~inner)
    left_out, right_out = _best_outside(group, pairs, outer)
    left.append(left_out)
    right.append(right_out)
    both = np.unique(np.concatenate(left) * len(group) + np.concatenate(right))
    return both // max(1, len(group)), both % max(1, len(group))


def _large_groups(group: NDArray[np.int64], size: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    order = np.argsort(group, kind="stable")
    for root in np.flatnonzero(size > SMALL_GROUP).tolist():
        first = np.searchsorted(group[order], root)
        yield np.sort(order[first : first + size[root]])


def _hubs(articles: Articles, members: NDArray[np.int64]) -> list[int]:
    """The fullest, the earliest, and the fullest with an explicit credit for each agency; ties by number."""
    words, day = articles.words[members], articles.day[members]
    hubs = [int(members[np.lexsort((members, -words))[0]]), int(members[np.lexsort((members, -words, day))[0]])]
    fullest: dict[int, tuple[int, int]] = {}
    for member, length in zip(members.tolist(), words.tolist(), strict=True):
        for agency in articles.agencies[member]:
            fullest[agency] = min(fullest.get(agency, (0, member)), (-length, member))
    hubs += [member for _, member in sorted(fullest.values())]
    return list(dict.fromkeys(hubs))[:HUBS]


def _best_outside(
    group: NDArray[np.int64], pairs: Pairs, outer: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each article its BETWEEN best partners in each of the groups that it shares most with."""
    if not len(outer):
        return pairs.a[:0], pairs.b[:0]
    one = np.concatenate((pairs.a[outer], pairs.b[outer]))
    other = np.concatenate((pairs.b[outer], pairs.a[outer]))
    shared = np.concatenate((pairs.shared[outer], pairs.shared[outer]))
    order = np.lexsort((other, -shared, group[other], one))
    one, other, shared = one[order], other[order], shared[order]
    fresh = (np.diff(one, prepend=-1) != 0) | (np.diff(group[other], prepend=-1) != 0)
    start = np.maximum.accumulate(np.where(fresh, np.arange(len(one)), 0))
    best = np.arange(len(one)) - start < BETWEEN
    one, other = one[best], other[best]
    return np.minimum(one, other), np.maximum(one, other)
