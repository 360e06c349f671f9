"""A state in memory, and invented articles that are nothing but keys."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import pytest

from transforms.state.signature import signatures
from transforms.state.table import Table
from transforms.state.touched import Touched, find_touched
from transforms.textreuse.candidates import bucket_edges, join_articles, join_bucket, judge_bucket, near_copies
from transforms.textreuse.columns import ARTICLES, BUCKETS, NO_DAY, ArticlePack, KeyPack
from transforms.textreuse.pairing import propose


class Keyed(NamedTuple):
    """An article as the search sees it."""

    number: int
    words: int
    day: int | None
    keys: frozenset[int]
    agencies: tuple[int, ...] = ()


def pack(articles: Sequence[Keyed]) -> dict[int, list[bytes]]:
    """Columns of articles, as pack_columns makes them."""
    shared = (
        np.array([one.number for one in articles], np.int64).tobytes(),
        np.array([one.words for one in articles], np.int32).tobytes(),
        np.array([NO_DAY if one.day is None else one.day for one in articles], np.int32).tobytes(),
    )
    out: dict[int, list[bytes]] = {}
    for bucket in range(BUCKETS):
        keys = [sorted(key // BUCKETS for key in one.keys if key % BUCKETS == bucket) for one in articles]
        if any(keys):
            counts = np.array(list(map(len, keys)), np.int32).tobytes()
            flat = np.array([key for own in keys for key in own], np.uint32).tobytes()
            out[bucket] = [msgspec.msgpack.encode(KeyPack(*shared, counts, flat))]
    out[ARTICLES] = [
        msgspec.msgpack.encode(
            ArticlePack(
                *shared,
                np.array([len(one.keys) for one in articles], np.int32).tobytes(),
                np.array([one.number for one in articles], np.int64).tobytes(),
                np.array([len(one.agencies) for one in articles], np.int32).tobytes(),
                np.array([name for one in articles for name in one.agencies], np.int64).tobytes(),
            )
        )
    ]
    return out


class MemoryStore:
    """What the runs so far left."""

    def __init__(self) -> None:
        self.articles: dict[int, Keyed] = {}
        self.found: dict[int, tuple[int, bool, int]] = {}
        self._order: list[Keyed] = []
        self._tabulate()

    def _tabulate(self) -> None:
        self._order = [self.articles[number] for number in sorted(self.articles)]
        found = [self.found[one.number] for one in self._order]
        self.table = Table(
            number=np.array([one.number for one in self._order], np.int64),
            words=np.array([one.words for one in self._order], np.int32),
            day=np.array([one.day for one in self._order], np.int32),
            keys=np.array([len(one.keys) for one in self._order], np.int32),
            credits=np.array([len(one.agencies) for one in self._order], np.int32),
            agency=np.array([name for one in self._order for name in one.agencies], np.int64),
            family=np.array([one[0] for one in found], np.int64),
            several=np.array([one[1] for one in found], bool),
            component=np.array([one[2] for one in found], np.int64),
        )

    def matching(self, bucket: int, wanted: np.ndarray, window: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
        chosen = set(wanted.tolist())
        hits = [
            (key // BUCKETS, row)
            for row, one in enumerate(self._order)
            for key in one.keys
            if key % BUCKETS == bucket and key // BUCKETS in chosen
        ]
        return np.array([key for key, _ in hits], np.uint32), np.array([row for _, row in hits], np.int64)

    def keys_of(self, rows: np.ndarray) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
        for bucket in range(BUCKETS):
            hits = [(key // BUCKETS, row) for row in rows.tolist() for key in self._order[row].keys if key % BUCKETS == bucket]
            yield bucket, np.array([key for key, _ in hits], np.uint32), np.array([row for _, row in hits], np.int64)

    def run(self, new: Sequence[Keyed], forget: Sequence[int] = (), as_of: int = 100) -> Touched:
        """Add articles and new versions; take some away."""
        touched = find_touched(pack(new) if new else {}, self, forget, as_of, horizon=30)
        self._check_whole(touched, {one.number for one in new})
        for number in forget:
            self.articles.pop(number)
            self.found.pop(number)
        for one in new:
            self.articles[one.number] = one._replace(day=as_of if one.day is None else one.day)
        rows = (touched.number, touched.family, touched.several, touched.component)
        for number, family, several, component in zip(*(column.tolist() for column in rows), strict=True):
            self.found[number] = (family, several, component)
        self._tabulate()
        return touched

    def _check_whole(self, touched: Touched, new: set[int]) -> None:
        """What is to be aligned holds every new article, and every component whole."""
        component = dict(zip(touched.number.tolist(), touched.component.tolist(), strict=True))
        aligned = {number for candidates in touched.candidates for number in candidates.numbers}
        assert new <= aligned <= component.keys()
        signed = {component[number] for number in aligned}
        assert {number for number, own in component.items() if own in signed} == aligned


def search_all(articles: Sequence[Keyed], as_of: int = 100) -> tuple[dict[int, int], dict[int, int]]:
    """Component signature and least member of the group of near-copies, by article, of one search over everything."""
    packs: dict[int, list[bytes]] = defaultdict(list)
    for place in range(0, len(articles), 7):
        for bucket, columns in pack(articles[place : place + 7]).items():
            packs[bucket] += columns
    tables = packs.pop(ARTICLES)
    groups = [join_bucket(bucket, own, as_of) for bucket, own in packs.items()]
    table = join_articles(tables, as_of)
    labels = near_copies(table, map(bucket_edges, groups))
    verdicts = [judge_bucket(group, table.number, labels) for group in groups]
    signed = signatures(list(propose(table, verdicts)), verdicts)
    numbers = table.number.tolist()
    return dict(zip(numbers, signed.tolist(), strict=True)), dict(zip(numbers, labels.tolist(), strict=True))


class KeyedPress:
    """Writes stories whose copies share keys, chance keys that a few share, and pasted ones that many do."""

    def __init__(self, seed: int, days: int = 28):
        self.random = random.Random(seed)
        self._days = days
        self._popular = self.random.choice((0.0, 0.3, 0.6))  # share of articles that print one story
        self._next = 0
        self._pasted = [self._fresh(3) for _ in range(3)]
        self._chance = self._fresh(40)
        self._stories: list[tuple[list[int], int]] = []

    def _fresh(self, count: int) -> list[int]:
        self._next += count
        return [key * 2654435761 % (1 << 36) for key in range(self._next - count, self._next)]

    def article(self) -> Keyed:
        chance = self.random
        if not self._stories or chance.random() < 0.35:
            self._stories.append((self._fresh(chance.randint(2, 14)), chance.randint(100 - self._days, 99)))
        story, day = self._stories[0] if chance.random() < self._popular else chance.choice(self._stories)
        keys = {key for key in story if chance.random() < chance.choice((1.0, 0.7, 0.4))} or {story[0]}
        keys |= set(chance.sample(self._chance, chance.randint(0, 3)))
        if chance.random() < 0.2:
            keys |= set(chance.choice(self._stories)[0][:3])  # merged from two stories
        if chance.random() < 0.4:
            keys |= set(chance.choice(self._pasted)[: chance.randint(1, 3)])
        return Keyed(
            number=chance.randrange(1 << 60),
            words=chance.randint(5, 40),
            day=None if chance.random() < 0.1 else min(100, day + chance.choice((0, 0, 0, 1, 2, 20))),
            keys=frozenset(keys),
            agencies=tuple(sorted(chance.sample(range(1, 4), 1))) if chance.random() < 0.3 else (),
        )


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()
