"""From columns of fingerprints to components of articles and the pairs worth aligning.

Three looks at the same groups of equal keys: per bucket, who shares how much with whom; over all buckets, who is a
near-copy of whom; per bucket again, which keys say nothing because many unrelated stories have them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from transforms.textreuse.columns import BUCKETS, NO_DAY, ArticlePack, KeyPack, column
from transforms.textreuse.edges import Edges, EdgeSum, Pairs

HORIZON_DAYS = 30  # days, 1..3650: articles further apart are never compared; the default of --horizon
STALE_DAYS = 14  # days, 4..60: wording seen over more days, in STALE_WEEKS weeks, links nothing
STALE_WEEKS = 4  # distinct weeks, 2..10
ALL_PAIRS = 6  # articles, 2..10: a key's group up to this size proposes all its pairs, a larger one only some
UNRELATED = 3  # groups of near-copies of at least two articles, 2..20: a key in so many is background
UNRELATED_SINGLE = 4  # articles without near-copies, 2..20: so many, half of all that have a key, make it background
HOT = 16  # articles, 4..100: a key that more have may be background, and alone makes no near-copies
NEAR_COPY = 0.25  # share of the lesser article's keys, 0..1: so many that aren't hot make two articles near-copies
WHOLE_COPY = 0.35  # the same, over all keys
MIN_SHARED = 2  # keys, 1..10: a pair that shares fewer is not proposed


class Group(msgspec.Struct, frozen=True, array_like=True):
    """Keys of one bucket that several articles have."""

    bucket: int
    number: bytes  # int64, articles of the bucket, fullest first
    day: bytes  # int32, of these
    key: bytes  # uint32, keys that at least two articles have, ascending
    size: bytes  # int32, how many have each
    member: bytes  # int32, index into number, by key, ascending: fullest first


class Articles(NamedTuple):
    """All articles of a run, by number."""

    number: NDArray[np.int64]  # ascending
    words: NDArray[np.int32]
    day: NDArray[np.int32]
    keys: NDArray[np.int32]
    agencies: tuple[tuple[int, ...], ...]


def latest_day(packs: Iterable[bytes]) -> int:
    """The latest day of article packs, NO_DAY when none has one."""
    days = [column((_articles(pack),), "day", np.int32) for pack in packs]
    return max((int(day.max()) for day in days if len(day)), default=NO_DAY)


def join_bucket(bucket: int, packs: Iterable[bytes], as_of: int = NO_DAY) -> Group:
    """Find the keys of a bucket that several articles have.

    Args:
        bucket: 0..BUCKETS - 1.
        packs: Its key packs, in any order and of any composition.
        as_of: Day that stands in for articles without one; NO_DAY: ``dated`` will say.

    Returns:
        The groups; the same bytes however the articles were packed.
    """
    decoded = [msgspec.msgpack.decode(pack, type=KeyPack) for pack in packs]
    number, words = column(decoded, "number", np.int64), column(decoded, "words", np.int32)
    day, keys = column(decoded, "day", np.int32), column(decoded, "keys", np.int32)
    rank = np.empty(len(number), np.int64)
    order = np.lexsort((number, -words))
    rank[order] = np.arange(len(number))
    entry = column(decoded, "key", np.uint32).astype(np.uint64) << np.uint64(32)
    entry |= np.repeat(rank, keys).astype(np.uint64)
    entry.sort()
    entry = entry[np.flatnonzero(np.diff(entry, prepend=entry[:1] ^ np.uint64(1)))]  # a key counts once an article
    key = (entry >> np.uint64(32)).astype(np.uint32)
    starts = np.flatnonzero(np.diff(key, prepend=key[:1] ^ np.uint32(1)))
    size = np.diff(starts, append=len(key)).astype(np.int32)
    several = np.repeat(size > 1, size)
    day = np.where(day == NO_DAY, as_of, day)[order]
    return Group(
        bucket,
        number[order].tobytes(),
        day.astype(np.int32).tobytes(),
        key[starts[size > 1]].tobytes(),
        size[size > 1].tobytes(),
        (entry[several] & np.uint64(0xFFFFFFFF)).astype(np.int32).tobytes(),
    )


def dated(group: Group, as_of: int) -> Group:
    """A group with a day in place of NO_DAY."""
    day = np.frombuffer(group.day, np.int32)
    return replace(group, day=np.where(day == NO_DAY, as_of, day).astype(np.int32).tobytes())


class _Opened(NamedTuple):
    number: NDArray[np.int64]
    day: NDArray[np.int32]
    key: NDArray[np.uint32]
    size: NDArray[np.int32]
    member: NDArray[np.int32]
    start: NDArray[np.int64]  # of each key's members


def _open(group: Group) -> _Opened:
    size = np.frombuffer(group.size, np.int32)
    return _Opened(
        np.frombuffer(group.number, np.int64),
        np.frombuffer(group.day, np.int32),
        np.frombuffer(group.key, np.uint32),
        size,
        np.frombuffer(group.member, np.int32),
        np.cumsum(size) - size,
    )


def _stale(at: _Opened) -> NDArray[np.bool_]:
    """Which keys are spread over more than STALE_DAYS in at least STALE_WEEKS weeks."""
    if not len(at.size):
        return np.zeros(0, bool)
    day = at.day[at.member]
    first = np.minimum.reduceat(day, at.start)
    last = np.maximum.reduceat(day, at.start)
    long = np.repeat(last - first > STALE_DAYS, at.size)
    week = (day - np.repeat(first, at.size)) // 7
    entry = np.unique((np.repeat(np.arange(len(at.size)), at.size) << 32 | week)[long])
    return np.bincount(entry >> 32, minlength=len(at.size)) >= STALE_WEEKS


def _pairs(at: _Opened, chosen: NDArray[np.bool_], horizon: int) -> tuple[Edges, Edges]:
    """Pairs of the chosen keys' groups, within the horizon: all of a small group, of a large one a star and a chain.

    Returns:
        Edges over all chosen keys, and over those that aren't hot.
    """
    member = at.member
    if not len(member):
        return Edges(b"", b"", b""), Edges(b"", b"", b"")
    offset = np.arange(len(member)) - np.repeat(at.start, at.size)
    size = np.repeat(np.where(chosen, at.size, 0), at.size)
    left, right = [], []
    for step in range(1, ALL_PAIRS):
        later = np.flatnonzero((offset >= step) & ((size > 0) & (size <= ALL_PAIRS) if step > 1 else size > 0))
        left.append(later - step)
        right.append(later)
    later = np.flatnonzero((offset >= 2) & (size > ALL_PAIRS))
    head = np.repeat(at.start, at.size)[later]
    left += [head, head + 1]
    right += [later, later]
    one, other = np.concatenate(left), np.concatenate(right)
    hot = size[other] > HOT
    a, b = member[one].astype(np.int64), member[other].astype(np.int64)
    near = np.abs(at.day[a].astype(np.int64) - at.day[b]) <= horizon
    entry = np.sort((a << 32 | b << 1 | hot)[near])  # the lowest bit doesn't part equal pairs
    pair = entry >> 1
    starts = np.flatnonzero(np.diff(pair, prepend=-1))
    shared = np.diff(starts, append=len(pair))
    cold = shared - (np.add.reduceat(entry & 1, starts) if len(starts) else 0)
    one, other = at.number[pair[starts] >> 31], at.number[pair[starts] & 0x7FFFFFFF]
    return _edges(one, other, shared), _edges(one[cold > 0], other[cold > 0], cold[cold > 0])


def _edges(one: NDArray[np.int64], other: NDArray[np.int64], shared: NDArray[np.int64]) -> Edges:
    lesser, greater = np.minimum(one, other), np.maximum(one, other)
    return Edges(lesser.tobytes(), greater.tobytes(), shared.astype(np.int32).tobytes())


def bucket_edges(group: Group, horizon: int = HORIZON_DAYS) -> tuple[Edges, Edges]:
    """First look: how many keys of the bucket pairs of articles share, and how many of those aren't hot.

    Args:
        group: Of the bucket.
        horizon: Days between articles that may match.

    Returns:
        Edges over all keys that aren't stale, and over those that aren't hot either.
    """
    at = _open(group)
    return _pairs(at, ~_stale(at), horizon)


def join_articles(packs: Iterable[bytes], as_of: int) -> Articles:
    """All article packs of a run as one table, sorted by number."""
    decoded = [_articles(pack) for pack in packs]
    number = column(decoded, "number", np.int64)
    credits = column(decoded, "credits", np.int32)
    agency = column(decoded, "agency", np.int64).tolist()
    ends = np.cumsum(credits).tolist()
    agencies = [tuple(agency[end - count : end]) for end, count in zip(ends, credits.tolist(), strict=True)]
    day = column(decoded, "day", np.int32)
    order = np.argsort(number, kind="stable")
    return Articles(
        number[order],
        column(decoded, "words", np.int32)[order],
        np.where(day == NO_DAY, as_of, day).astype(np.int32)[order],
        column(decoded, "keys", np.int32)[order],
        tuple(agencies[place] for place in order.tolist()),
    )


def _articles(pack: bytes) -> ArticlePack:
    return msgspec.msgpack.decode(pack, type=ArticlePack)


def components(count: int, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    """The least node of each node's connected component.

    Rounds of hooking each root on its least neighbour and of pointer jumping; the number of rounds is logarithmic.

    Source:
        Shiloach and Vishkin, "An O(log n) parallel connectivity algorithm", Journal of Algorithms 3, 1982.
    """
    label = np.arange(count)
    while len(a):
        one, other = label[a], label[b]
        apart = one != other
        a, b, one, other = a[apart], b[apart], one[apart], other[apart]
        np.minimum.at(label, np.maximum(one, other), np.minimum(one, other))
        while True:
            jumped = label[label]
            if np.array_equal(jumped, label):
                break
            label = jumped
    return label


def near_copies(articles: Articles, looks: Iterable[tuple[Edges, Edges]]) -> NDArray[np.int64]:
    """Second look: the group of near-copies of each article, named by its least member's number.

    Args:
        articles: All articles.
        looks: ``bucket_edges`` of each bucket.
    """
    every, cold = EdgeSum(articles.number), EdgeSum(articles.number)
    for edges, cold_edges in looks:
        every.add(edges)
        cold.add(cold_edges)
    left, right = [], []
    for edge_sum, share in ((every, WHOLE_COPY), (cold, NEAR_COPY)):
        pairs = edge_sum.pairs()
        near = is_near(articles, pairs, share)
        left.append(pairs.a[near])
        right.append(pairs.b[near])
    return articles.number[components(len(articles.number), np.concatenate(left), np.concatenate(right))]


def is_near(articles: Articles, pairs: Pairs, share: float) -> NDArray[np.bool_]:
    """Which pairs share at least MIN_SHARED keys, and that share of the lesser one's."""
    lesser = np.minimum(articles.keys[pairs.a], articles.keys[pairs.b])
    return (pairs.shared >= MIN_SHARED) & (pairs.shared >= share * lesser)


class Verdict(msgspec.Struct, frozen=True, array_like=True):
    """What one bucket has to say in the end."""

    edges: Edges  # of the keys that may link
    background: bytes  # int64, key of each (key, article) where the key is background
    article: bytes  # int64


def judge_bucket(
    group: Group, number: NDArray[np.int64], label: NDArray[np.int64], horizon: int = HORIZON_DAYS
) -> Verdict:
    """Third look: which keys are background, and what the others link.

    Args:
        group: Of the bucket.
        number: All articles, ascending.
        label: Their groups of near-copies.
        horizon: Days between articles that may match.

    Returns:
        The verdict.
    """
    at = _open(group)
    if not len(at.size):
        return Verdict(Edges(b"", b"", b""), b"", b"")
    names, family = np.unique(label, return_inverse=True)
    single = (np.bincount(family, minlength=len(names)) == 1)[family]
    place = np.searchsorted(number, at.number)[at.member]
    key = np.repeat(np.arange(len(at.size)), at.size)
    entry = np.sort(key << 32 | family[place])
    families = np.add.reduceat((np.diff(entry, prepend=-1) != 0).astype(np.int64), at.start)
    singles = np.add.reduceat(single[place].astype(np.int64), at.start)
    many_singles = (families >= UNRELATED_SINGLE) & (2 * singles >= at.size)
    background = (families - singles >= UNRELATED) | many_singles | _stale(at)
    spread = np.repeat(background, at.size)
    full_key = at.key.astype(np.int64) * BUCKETS + group.bucket
    return Verdict(
        _pairs(at, ~background, horizon)[0],
        np.repeat(full_key, at.size)[spread].tobytes(),
        at.number[at.member][spread].tobytes(),
    )
