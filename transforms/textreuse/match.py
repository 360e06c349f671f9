"""Maximal passages that pairs of texts share, tolerant of small edits; many pairs at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.textreuse.runs import equal_runs
from transforms.textreuse.stretches import Places, common_words
from transforms.textreuse.texts import SEED_WORDS, Texts

GAP = 8  # words, 0..20: of either side that an edit inside a passage may span
OVERHANG = 14  # words, 0..40: rest of a sentence beyond the last equal words that may still belong to the passage
OVERHANG_EQUAL = 0.4  # share of equal words, 0..1, from which it does
OVERHANG_FREE = 2  # words, 0..4: a rest that short always does
LAPPED_WORDS = 2  # words, 0..4: chance equality beyond the end of a sentence that doesn't go on alike
WHOLE_WORDS = 5  # words, 3..8: least equal words of a passage that is a whole sentence or quotation on both sides
LOOSE_WORDS = 8  # words, 5..15: least equal words of any other passage

_CHAINED = 3  # passages: the last ones that a block may go on with; a chance match may stand between
_PLACE_BITS = 32


class Blocks(NamedTuple):
    """Runs of equal words, each in one passage, in its order."""

    passage: Places  # ascending
    a: Places
    b: Places
    words: Places

    def chosen(self, rows: NDArray) -> Blocks:
        return Blocks(*(column[rows] for column in self))


class Edits(NamedTuple):
    """What stands before, between and behind the equal runs of passages, in their order; either side may be empty."""

    passage: Places  # ascending
    a: Places
    a_end: Places
    b: Places
    b_end: Places


class Passages(NamedTuple):
    """Shared passages: the places a_start:a_end of one text and b_start:b_end of another."""

    pair: Places  # ascending
    a_start: Places
    a_end: Places
    b_start: Places
    b_end: Places
    equal: Places  # words in the equal runs, and those that edits and ends have in common
    blocks: Blocks

    @property
    def first(self) -> Places:
        """Of each passage its first block, and behind them how many blocks there are."""
        return np.searchsorted(self.blocks.passage, np.arange(len(self.pair) + 1))

    @property
    def edits(self) -> Edits:
        blocks = self.blocks
        passage, a_behind, b_behind = blocks.passage, blocks.a + blocks.words, blocks.b + blocks.words
        opens, closes = np.diff(passage, prepend=-1) != 0, np.diff(passage, append=-1) != 0
        behind = np.flatnonzero(closes) + 1  # where the rest behind the last run of a passage stands
        a_start, b_start = self.a_start[passage], self.b_start[passage]
        return Edits(
            np.insert(passage, behind, passage[closes]),
            np.insert(np.where(opens, a_start, np.roll(a_behind, 1)), behind, a_behind[closes]),
            np.insert(blocks.a, behind, self.a_end[passage[closes]]),
            np.insert(np.where(opens, b_start, np.roll(b_behind, 1)), behind, b_behind[closes]),
            np.insert(blocks.b, behind, self.b_end[passage[closes]]),
        )

    def to_b(self, passage: Places, place: Places) -> Places:
        """The place of b that stands where ``place`` of a does; inside an edit, as near as its ends tell."""
        blocks = self.blocks
        return _across(self.first, blocks.passage, blocks.a, blocks, passage, place, self.b_start, self.b_end, 1)

    def to_a(self, passage: Places, place: Places) -> Places:
        """The place of a that stands where ``place`` of b does."""
        blocks = self.blocks
        return _across(self.first, blocks.passage, blocks.b, blocks, passage, place, self.a_start, self.a_end, -1)

    def equal_before(self, passage: Places, place: Places) -> Places:
        """Words in the equal runs of a passage that stand before a place of a."""
        first, blocks = self.first, self.blocks
        at = _block_at(first, blocks.passage, blocks.a, passage, place)
        total = np.cumsum(blocks.words) - blocks.words
        return total[at] - total[first[passage]] + np.clip(place - blocks.a[at], 0, blocks.words[at])


def _block_at(first: Places, owner: Places, start: Places, passage: Places, place: Places) -> Places:
    """The last block of a passage that starts at a place or before it; the first where none does."""
    key = (passage << _PLACE_BITS) | place
    at = np.searchsorted((owner << _PLACE_BITS) | start, key, side="right") - 1
    return np.maximum(at, first[passage])


def _across(
    first: Places, owner: Places, start: Places, blocks: Blocks, passage: Places, place: Places, low: Places,
    high: Places, sign: int,
) -> Places:  # fmt: skip
    at = _block_at(first, owner, start, passage, place)
    shift = sign * (blocks.b - blocks.a)
    last = at + 1 == first[passage + 1]
    inside = place < start[at] + blocks.words[at]
    behind = shift[np.where(last, at, at + 1)]
    straight = np.clip(place + shift[at], low[passage], high[passage])
    left = start[at] + blocks.words[at] + shift[at]  # where the run ends that the edit follows
    return np.where(inside | last, straight, np.maximum(place + behind, left))


def find_passages(texts: Texts, pairs: Sequence[tuple[int, int]]) -> Passages:
    """Passages that each pair of texts shares, in the order of the first one.

    Args:
        texts: All that the pairs name.
        pairs: Texts a and b by index, those with an equal b one behind the other.

    Returns:
        Passages of WHOLE_WORDS equal words that are whole sentences or quotations, and others of LOOSE_WORDS.
    """
    passages = _chain(*equal_runs(texts, pairs))
    whole = np.ones(len(passages.pair), bool)
    passages, whole = _extend_ends(texts, passages, whole)
    passages, whole = _extend_starts(texts, passages, whole)
    kept = passages.equal >= np.where(whole, WHOLE_WORDS, LOOSE_WORDS)
    inside = kept[passages.blocks.passage]
    blocks = passages.blocks.chosen(inside)
    renumbered = blocks._replace(passage=(np.cumsum(kept) - 1)[blocks.passage])
    return _with_edits(texts, Passages(*(column[kept] for column in passages[:-1]), renumbered))


def _chain(pair: Places, a: Places, b: Places, words: Places) -> Passages:
    """Join equal runs that follow each other on both sides with small gaps."""
    a_end, b_end = a + words, b + words
    ahead, across = a[1:] - a_end[:-1], b[1:] - b_end[:-1]
    near = (pair[1:] == pair[:-1]) & (ahead <= GAP)  # a run can only go on with runs that end so near before it
    overlap = np.maximum(0, -np.minimum(ahead, across))
    joined = near & (across <= GAP) & (overlap < np.minimum(SEED_WORDS, words[1:]))
    lapped = np.concatenate((np.zeros(min(1, len(a)), np.int64), np.where(joined, overlap, 0)))
    opens = np.concatenate((np.ones(min(1, len(a)), bool), ~near))
    first = np.flatnonzero(opens)
    head = np.repeat(first, np.diff(first, append=len(a)))  # the run that a run's passage starts with
    tangled = _tangled(first, near & ~joined, len(a))
    if len(tangled):
        columns = (tangled, opens[tangled], a[tangled], b[tangled], words[tangled])
        head[tangled], lapped[tangled] = _chain_tangled(zip(*(column.tolist() for column in columns), strict=True))
    order = np.argsort(head, kind="stable")
    order = order[np.searchsorted(head[order], 0) :]  # without the runs that say nothing new
    opens = np.diff(head[order], prepend=-1) != 0
    first, last = np.flatnonzero(opens), np.append(np.flatnonzero(opens)[1:], len(order)) - 1
    lap = lapped[order]
    blocks = Blocks(np.cumsum(opens) - 1, a[order] + lap, b[order] + lap, words[order] - lap)
    equal = np.add.reduceat(blocks.words, first) if len(first) else blocks.words
    ends = order[last[: len(first)]]
    return Passages(pair[ends], blocks.a[first], a_end[ends], blocks.b[first], b_end[ends], equal, blocks)


def _tangled(first: Places, parted: NDArray[np.bool_], count: int) -> Places:
    """Runs in stretches of near ones in which some run doesn't go on with the one before it.

    Args:
        first: The first run of each stretch.
        parted: Of each run but the first of all, whether it is such a one.
        count: Of runs.
    """
    parts = np.add.reduceat(np.append(parted, False), first) if count else np.zeros(0, np.int64)
    return np.flatnonzero(np.repeat(parts > 0, np.diff(first, append=count)))


def _chain_tangled(rows: Iterable[tuple[int, bool, int, int, int]]) -> tuple[list[int], list[int]]:
    """Chain runs of which some go on with an earlier one than the last.

    Args:
        rows: Index, whether a new stretch opens, place in a, place in b, words.

    Returns:
        Of each run the index of the one its passage starts with, -1 when it says nothing new, and how many of its words
        the passage has already.
    """
    latest: list[list[int]] = []  # of each passage of the stretch its first run, and where it ends in a and b
    heads: list[int] = []
    lapped: list[int] = []
    for index, opens, a, b, words in rows:
        if opens:
            latest = []
        for passage in latest[: -_CHAINED - 1 : -1]:
            ahead, across = a - passage[1], b - passage[2]
            if -SEED_WORDS < ahead <= GAP and -SEED_WORDS < across <= GAP:
                overlap = max(0, -ahead, -across)
                heads.append(passage[0] if words > overlap else -1)
                lapped.append(overlap)
                if words > overlap:
                    passage[1:] = a + words, b + words
                break
        else:
            latest.append([index, a + words, b + words])
            heads.append(index)
            lapped.append(0)
    return heads, lapped


def _extend_ends(texts: Texts, at: Passages, whole: NDArray[np.bool_]) -> tuple[Passages, NDArray[np.bool_]]:
    """Let passages reach to the ends of their sentences where the rests agree, and over a short neighbour: "he said".

    Returns:
        The passages, and which of them end with a sentence or quotation on both sides.
    """
    pair_end_a, pair_end_b = _text_end(texts, at.a_start), _text_end(texts, at.b_start)
    a_end, b_end, equal, words = at.a_end.copy(), at.b_end.copy(), at.equal.copy(), at.blocks.words.copy()
    whole = whole.copy()
    left = np.arange(len(a_end))
    for same_unit in (True, False):
        step = 1 if same_unit else 0
        to_a = texts.unit_end[np.minimum(a_end[left] - step, pair_end_a[left] - 1)].astype(np.int64)
        to_b = texts.unit_end[np.minimum(b_end[left] - step, pair_end_b[left] - 1)].astype(np.int64)
        common = _overhang(texts.word, a_end[left], to_a, b_end[left], to_b, same_unit)
        done = (to_a == a_end[left]) & (to_b == b_end[left])
        agreed = ~done & (common >= 0)
        rows = left[agreed]
        a_end[rows], b_end[rows] = to_a[agreed], to_b[agreed]
        equal[rows] += common[agreed]
        if same_unit:
            parted = left[~done & (common < 0)]
            block = at.first[1:][parted] - 1
            lap = a_end[parted] - texts.unit_start[a_end[parted] - 1]
            cut = (lap <= LAPPED_WORDS) & (words[block] > lap)
            rows, lap = parted[cut], lap[cut]
            words[block[cut]] -= lap
            a_end[rows], b_end[rows], equal[rows] = a_end[rows] - lap, b_end[rows] - lap, equal[rows] - lap
            whole[parted[~cut]] = False
            left = left[done | agreed]
    return at._replace(a_end=a_end, b_end=b_end, equal=equal, blocks=at.blocks._replace(words=words)), whole


def _extend_starts(texts: Texts, at: Passages, whole: NDArray[np.bool_]) -> tuple[Passages, NDArray[np.bool_]]:
    """The same for their starts."""
    text_a, text_b = _text_start(texts, at.a_start), _text_start(texts, at.b_start)
    a_start, b_start, equal = at.a_start.copy(), at.b_start.copy(), at.equal.copy()
    a, b, words = at.blocks.a.copy(), at.blocks.b.copy(), at.blocks.words.copy()
    whole = whole.copy()
    left = np.arange(len(a_start))
    for same_unit in (True, False):
        step = 0 if same_unit else 1
        to_a = texts.unit_start[np.maximum(a_start[left] - step, text_a[left])].astype(np.int64)
        to_b = texts.unit_start[np.maximum(b_start[left] - step, text_b[left])].astype(np.int64)
        common = _overhang(texts.word, to_a, a_start[left], to_b, b_start[left], same_unit)
        done = (to_a == a_start[left]) & (to_b == b_start[left])
        agreed = ~done & (common >= 0)
        rows = left[agreed]
        a_start[rows], b_start[rows] = to_a[agreed], to_b[agreed]
        equal[rows] += common[agreed]
        if same_unit:
            parted = left[~done & (common < 0)]
            block = at.first[:-1][parted]
            lap = texts.unit_end[a_start[parted]] - a_start[parted]
            cut = whole[parted] & (lap <= LAPPED_WORDS) & (words[block] > lap)
            rows, lap, block = parted[cut], lap[cut], block[cut]
            a[block], b[block], words[block] = a[block] + lap, b[block] + lap, words[block] - lap
            a_start[rows], b_start[rows], equal[rows] = a_start[rows] + lap, b_start[rows] + lap, equal[rows] - lap
            whole[parted[~cut]] = False
            left = left[done | agreed]
    blocks = Blocks(at.blocks.passage, a, b, words)
    return at._replace(a_start=a_start, b_start=b_start, equal=equal, blocks=blocks), whole


def _text_start(texts: Texts, place: Places) -> Places:
    return texts.bounds[np.searchsorted(texts.bounds, place, side="right") - 1]


def _text_end(texts: Texts, place: Places) -> Places:
    return texts.bounds[np.searchsorted(texts.bounds, place, side="right")]


def _overhang(
    word: NDArray[np.uint64], a: Places, a_end: Places, b: Places, b_end: Places, same_unit: bool
) -> Places:
    """Equal words of two rests of a sentence, -1 where they don't belong together."""
    longer, shorter = np.maximum(a_end - a, b_end - b), np.minimum(a_end - a, b_end - b)
    common = np.full(len(a), -1)
    near = np.flatnonzero((longer <= OVERHANG) & (shorter > 0))
    equal = common_words(word, a[near], a_end[near], b[near], b_end[near])
    agree = (equal > 0) & (equal >= OVERHANG_EQUAL * longer[near])
    if same_unit:
        agree |= longer[near] <= OVERHANG_FREE
    common[near[agree]] = equal[agree]
    return common


def _with_edits(texts: Texts, at: Passages) -> Passages:
    """Count the equal words between the equal runs, in runs too short to be seeds."""
    blocks = at.blocks
    a, b = (blocks.a + blocks.words)[:-1], (blocks.b + blocks.words)[:-1]
    a_next, b_next = blocks.a[1:], blocks.b[1:]
    gaps = np.flatnonzero((np.diff(blocks.passage) == 0) & (a_next - a > 1) & (b_next - b > 1))
    found = common_words(texts.word, a[gaps], a_next[gaps], b[gaps], b_next[gaps])
    equal = at.equal + np.bincount(blocks.passage[gaps], found, minlength=len(at.pair)).astype(np.int64)
    return at._replace(equal=equal)
