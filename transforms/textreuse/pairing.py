"""Which pairs to align: few for each article, to the hubs of its near-copies and to its best other neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.reuse import Candidates
from transforms.textreuse.candidates import (
    MIN_SHARED,
    NEAR_COPY,
    Articles,
    Verdict,
    components,
    is_near,
)
from transforms.textreuse.edges import EdgeSum, Pairs

CUT_COPY = 0.5  # share of the lesser article's keys, 0..1: so many make it a cut of the fuller one, however full that is
ALIKE = 0.2  # share of the greater article's keys, 0..1: near-copies that are no cuts share so many; digests share less
SMALL_GROUP = 7  # articles, 2..10: near-copies up to this many are aligned all with all, under five pairs an article
AGENCY_HUBS = 2  # hubs, 1..4: copies that credit an agency, in a larger group
BEST = 2  # pairs, 1..5: best partners of each article, wherever they are
CONTAINED = 0.5  # share of an article's keys, 0..1: in a crowd, a partner that has so many is enough alone
CROWD = 50  # articles, 10..1000: a group of near-copies that is larger is one
BULLETIN_WORDS = 150  # words, 50..400: an article so short may differ from others of its kind in few places
BETWEEN = 2  # pairs, 1..5: best pairs of an article with each other group
OUTSIDE = 8  # pairs, 1..16: of an article with all other groups
PACK = 64  # articles: small components travel together up to this many


class _Packing(NamedTuple):
    order: NDArray[np.int64]  # articles by component
    borders: list[int]  # where packs of whole components start and end in order


def propose(articles: Articles, verdicts: Iterable[Verdict]) -> Iterator[Candidates]:
    """Form components and choose the pairs to align.

    Args:
        articles: All articles.
        verdicts: Of all buckets, in any order.

    Yields:
        Each article in exactly one element, in the order of the least number of its component.
    """
    edges = EdgeSum(articles.number)
    keys: list[tuple[bytes, bytes]] = []
    for verdict in verdicts:
        edges.add(verdict.edges)
        keys.append((verdict.background, verdict.article))
    pairs = edges.pairs()
    strong = pairs.shared >= MIN_SHARED
    pairs = Pairs(pairs.a[strong], pairs.b[strong], pairs.shared[strong])
    group = _groups(articles, pairs)
    a, b = _choose(articles, group, pairs)
    root = components(len(group), a, b)
    packing = _pack(root)
    place = np.empty(len(root), np.int64)
    place[packing.order] = np.arange(len(root))

    owner = np.searchsorted(packing.borders, place[a], side="right") - 1
    order = np.lexsort((b, a, owner))
    a, b, owner = a[order], b[order], owner[order]
    pair_borders = np.searchsorted(owner, np.arange(len(packing.borders)))
    background = _background(articles, keys, root)
    background_pack = np.searchsorted(packing.borders, place[background[:, 0]], side="right") - 1
    background = background[np.argsort(background_pack, kind="stable")]
    background_borders = np.searchsorted(np.sort(background_pack), np.arange(len(packing.borders)))
    for pack in range(len(packing.borders) - 1):
        members = np.sort(packing.order[packing.borders[pack] : packing.borders[pack + 1]])
        inside = slice(pair_borders[pack], pair_borders[pack + 1])
        left, right = articles.number[a[inside]].tolist(), articles.number[b[inside]].tolist()
        yield Candidates(
            numbers=tuple(articles.number[members].tolist()),
            words=tuple(articles.words[members].tolist()),
            pairs=tuple(zip(left, right, strict=True)),
            groups=tuple(articles.number[group[members]].tolist()),
            components=tuple(articles.number[root[members]].tolist()),
            background=tuple(
                (int(articles.number[component]), key)
                for component, key in background[background_borders[pack] : background_borders[pack + 1]].tolist()
            ),
        )


def _groups(articles: Articles, pairs: Pairs) -> NDArray[np.int64]:
    """Groups of near-copies: each article goes with the fuller one that it is near to and shares most with.

    So a digest of ten stories takes none of their groups for its own: their copies share more with each other, and it
    shares little of its own with any.

    Returns:
        The least article of each one's group.
    """
    greater = np.maximum(articles.keys[pairs.a], articles.keys[pairs.b])
    near = is_near(articles, pairs, CUT_COPY) | (is_near(articles, pairs, NEAR_COPY) & (pairs.shared >= ALIKE * greater))
    a, b, shared = pairs.a[near], pairs.b[near], pairs.shared[near]
    fuller = (articles.keys[a] > articles.keys[b]) | ((articles.keys[a] == articles.keys[b]) & (a < b))
    lesser, greater = np.where(fuller, b, a), np.where(fuller, a, b)
    order = np.lexsort((greater, articles.keys[greater], -shared, lesser))
    best = order[np.diff(lesser[order], prepend=-1) != 0]
    return components(len(articles.number), lesser[best], greater[best])


def _background(
    articles: Articles, keys: Sequence[tuple[bytes, bytes]], root: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The background keys of each component, as rows of its least article and the key; each once, sorted."""
    key, article = (np.frombuffer(b"".join(pair[side] for pair in keys), np.int64) for side in (0, 1))
    article = np.searchsorted(articles.number, article)
    return np.unique(np.stack((root[article], key), axis=1), axis=0)


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
    size = np.bincount(group, minlength=len(group))
    inner = group[pairs.a] == group[pairs.b]
    small = inner & (size[group[pairs.a]] <= SMALL_GROUP)
    chosen = [(pairs.a[small], pairs.b[small])]
    for members in _large_groups(group, size):
        for hub in _hubs(articles, members):
            others = members[members != hub]
            chosen.append((np.minimum(others, hub), np.maximum(others, hub)))
        chosen.append(_twins(articles, members))
    outside = _best(articles, group, pairs, ~inner, (BETWEEN, OUTSIDE))
    chosen += [outside, _with_credited(articles, group, outside)]
    chosen.append(_best(articles, group, pairs, inner & ~small, (BEST, BEST)))
    left, right = (np.concatenate(side) for side in zip(*chosen, strict=True))
    both = np.unique(left * len(group) + right)
    return both // max(1, len(group)), both % max(1, len(group))


def _large_groups(group: NDArray[np.int64], size: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    order = np.argsort(group, kind="stable")
    roots = np.flatnonzero(size > SMALL_GROUP)
    for first, root in zip(np.searchsorted(group[order], roots).tolist(), roots.tolist(), strict=True):
        yield order[first : first + size[root]]


def _hubs(articles: Articles, members: NDArray[np.int64]) -> list[int]:
    """The earliest, and the fullest with an explicit credit for each of the best agencies; ties by number."""
    words, day = articles.words[members], articles.day[members]
    earliest = int(members[np.lexsort((members, -words, day))[0]])
    fullest: dict[int, tuple[int, int]] = {}
    for member, length in zip(members.tolist(), words.tolist(), strict=True):
        for agency in articles.agencies[member]:
            fullest[agency] = min(fullest.get(agency, (0, member)), (-length, member))
    credited = [member for _, member in sorted(fullest.values())[:AGENCY_HUBS]]
    return list(dict.fromkeys((earliest, *credited)))


def _twins(articles: Articles, members: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of short members that have one day and are equally full: two printings of one bulletin, most likely.

    Keys of a large group pair few of its articles; among hundreds of its kind such two share more with the fullest ones
    than with each other, as far as these pairs tell. Longer texts share keys that few others have.
    """
    members = members[articles.words[members] <= BULLETIN_WORDS]
    columns = articles.keys[members], articles.words[members], articles.day[members]
    order = members[np.lexsort((members, *columns))]
    same = np.ones(max(0, len(order) - 1), bool)
    for column in (articles.keys, articles.words, articles.day):
        same &= np.diff(column[order]) == 0
    one, other = order[:-1][same], order[1:][same]
    return np.minimum(one, other), np.maximum(one, other)


def _with_credited(
    articles: Articles, group: NDArray[np.int64], pairs: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of each article with the fullest one that credits an agency, of each group that it has a pair with."""
    credited = np.flatnonzero(np.fromiter(map(bool, articles.agencies), bool, len(group)))
    order = credited[np.lexsort((credited, -articles.words[credited], group[credited]))]
    hub = np.full(len(group), -1)
    hub[group[order[::-1]]] = order[::-1]  # backwards: of each group the first stays
    one, other = np.concatenate(pairs), np.concatenate(pairs[::-1])
    best = hub[group[other]]
    has = best >= 0
    return np.minimum(one, best)[has], np.maximum(one, best)[has]


def _best(
    articles: Articles, group: NDArray[np.int64], pairs: Pairs, chosen: NDArray[np.bool_], count: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each article its best partners, of the chosen pairs: count[0] in a group, count[1] in all.

    In a crowd one, where that holds most of it.
    """
    a, b, shared = pairs.a[chosen], pairs.b[chosen], pairs.shared[chosen]
    if not len(a):
        return a, b
    one, other, shared = np.concatenate((a, b)), np.concatenate((b, a)), np.concatenate((shared, shared))
    order = np.lexsort((other, -articles.words[other], -shared, group[other], one))
    one, other, shared = one[order], other[order], shared[order]
    fresh = (np.diff(one, prepend=-1) != 0) | (np.diff(group[other], prepend=-1) != 0)
    start = np.maximum.accumulate(np.where(fresh, np.arange(len(one)), 0))
    crowd = np.bincount(group, minlength=len(group))[group[one]] > CROWD
    enough = crowd & (shared[start] >= CONTAINED * articles.keys[one])
    best = np.arange(len(one)) - start < np.where(enough, 1, count[0])
    one, other, shared = one[best], other[best], shared[best]
    order = np.lexsort((other, -articles.words[other], -shared, one))
    one, other = one[order], other[order]
    start = np.maximum.accumulate(np.where(np.diff(one, prepend=-1) != 0, np.arange(len(one)), 0))
    best = np.arange(len(one)) - start < count[1]
    one, other = one[best], other[best]
    return np.minimum(one, other), np.maximum(one, other)
