"""What new articles touch is found whole: any number of runs in any order end where one search over all ends."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.state.conftest import KeyedPress, MemoryStore, search_all


def families(labels: dict[int, int]) -> set[frozenset[int]]:
    groups: dict[int, set[int]] = {}
    for number, label in labels.items():
        groups.setdefault(label, set()).add(number)
    return set(map(frozenset, groups.values()))


def check(store: MemoryStore) -> None:
    components, labels = search_all(list(store.articles.values()))
    assert {number: found[2] for number, found in store.found.items()} == components
    assert families({number: found[0] for number, found in store.found.items()}) == families(labels)
    sizes = {number: len(group) for group in families(labels) for number in group}
    assert {number: found[1] for number, found in store.found.items()} == {n: size > 1 for n, size in sizes.items()}


@settings(max_examples=60)
@given(st.integers(0, 1 << 30), st.integers(1, 10), st.integers(2, 90))
def test_any_split_into_runs_ends_where_one_search_ends(seed: int, runs: int, count: int) -> None:
    press, chance = KeyedPress(seed), random.Random(seed)
    articles = [press.article() for _ in range(count)]
    chance.shuffle(articles)
    store = MemoryStore()
    cuts = sorted(chance.choices(range(count + 1), k=runs - 1))
    for start, end in zip([0, *cuts], [*cuts, count], strict=True):
        if start < end:
            store.run(articles[start:end])
    check(store)


@settings(max_examples=60)
@given(st.integers(0, 1 << 30), st.integers(10, 80))
def test_new_versions_and_forgotten_articles_leave_what_one_search_finds(seed: int, count: int) -> None:
    press, chance = KeyedPress(seed), random.Random(seed)
    store = MemoryStore()
    store.run([press.article() for _ in range(count)])
    for _ in range(4):
        known = sorted(store.articles)
        chosen = chance.sample(known, min(len(known), 6))
        changed = [press.article()._replace(number=number) for number in chosen[:3]]
        store.run([*changed, press.article()], forget=chosen[3:])
        check(store)
