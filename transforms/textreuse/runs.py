"""Runs of words that two texts have in common, found from short seeds; many pairs at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from transforms.textreuse.stretches import Places
from transforms.textreuse.texts import SEED_WORDS, Texts

REPEATS = 12  # seeds, 4..40: that stand again in a text of entries that use the same words; fewer are chance

_SLOTS = 1 << 16
_MASK = np.uint64(_SLOTS - 1)


def equal_runs(texts: Texts, pairs: Sequence[tuple[int, int]]) -> tuple[Places, Places, Places, Places]:
    """Runs of equal words that start from seeds: pair, place in a, place in b, words.

    The table holds where the seeds of one hub stand first.
    """
    slot = (texts.seed & _MASK).astype(np.intp)
    bounds = texts.bounds.tolist()
    table = np.zeros(_SLOTS, np.int32)
    loaded, hub, hub_slots = -1, texts.seed, slot[:0]
    here: list[Places] = []
    there: list[Places] = []
    for a, b in pairs:
        if b != loaded:
            table[hub_slots] = 0
            seeds = slice(bounds[b], max(bounds[b], bounds[b + 1] - SEED_WORDS + 1))
            loaded, hub, hub_slots = b, texts.seed[seeds], slot[seeds]
            # backwards: of equal seeds the first place stays
            table[hub_slots[::-1]] = np.arange(len(hub) - 1, -1, -1, dtype=np.int32)
        own = slice(bounds[a], max(bounds[a], bounds[a + 1] - SEED_WORDS + 1))
        place = table[slot[own]]
        hits = np.flatnonzero(hub[place] == texts.seed[own]) if len(hub) else np.zeros(0, np.int64)
        here.append(hits + bounds[a])
        there.append(place[hits] + np.int64(bounds[b]))
    pair = np.repeat(np.arange(len(pairs)), [len(hits) for hits in here])
    a_place, b_place = np.concatenate(here), np.concatenate(there)
    back = np.unique(pair[1:][(np.diff(b_place) < 0) & (np.diff(pair) == 0)]).tolist()
    if back:
        b_place = _in_line(texts, pair, a_place, b_place, sorted({pairs[one][1] for one in back}))
    fresh = np.ones(len(pair), bool)
    fresh[1:] = (np.diff(a_place) != 1) | (np.diff(b_place) != 1) | (np.diff(pair) != 0)
    first = np.flatnonzero(fresh)
    words = np.diff(first, append=len(pair)) + SEED_WORDS - 1
    return pair[first], a_place[first], b_place[first], words


def _in_line(texts: Texts, pair: Places, a: Places, b: Places, hubs: Sequence[int]) -> Places:
    """The places of b, where a hub says a seed again those that go on with the place before that it says once, or behind.

    Of lists of results or cases, that use the same words in each entry, all would be found in the first one.
    """
    again = np.zeros(len(texts.seed), bool)
    for hub in hubs:
        first, end = texts.bounds[hub], texts.bounds[hub + 1]
        order = np.argsort(texts.seed[first:end], kind="stable")
        seed = texts.seed[first:end][order]
        repeated = order[:-1][seed[:-1] == seed[1:]]
        if len(repeated) >= REPEATS:
            again[first + repeated] = True
    doubtful = np.flatnonzero(again[b])
    if not len(doubtful):
        return b
    place, sure = np.arange(len(b)), ~again[b]
    before = np.maximum.accumulate(np.where(sure, place, 0))[doubtful]
    behind = np.minimum.accumulate(np.where(sure, place, len(b) - 1)[::-1])[::-1][doubtful]
    text = np.searchsorted(texts.bounds, b[doubtful], side="right")
    low, high = texts.bounds[text - 1], texts.bounds[text] - SEED_WORDS
    b = b.copy()
    nearer = a[doubtful] - a[before] <= a[behind] - a[doubtful]
    for anchor in (np.where(nearer, behind, before), np.where(nearer, before, behind)):  # the nearer one has the last word
        there = np.clip(b[anchor] - a[anchor] + a[doubtful], low, high)
        fits = sure[anchor] & (pair[anchor] == pair[doubtful]) & (texts.seed[there] == texts.seed[a[doubtful]])
        b[doubtful[fits]] = there[fits]
    return b
