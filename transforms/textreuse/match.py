"""Maximal passages that two bodies share, tolerant of small edits."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.textreuse.fold import mix_column
from transforms.textreuse.tokens import Tokens

SEED_WORDS = 4  # words, 2..6: equal words in a row that an alignment starts from
GAP = 8  # words, 0..20: of either side that an edit inside a passage may span
OVERHANG = 14  # words, 0..40: rest of a sentence beyond the last equal words that may still belong to the passage
OVERHANG_EQUAL = 0.4  # share of equal words, 0..1, from which it does
OVERHANG_FREE = 2  # words, 0..4: a rest that short always does
LAPPED_WORDS = 2  # words, 0..4: chance equality beyond the end of a sentence that doesn't go on alike
WHOLE_WORDS = 5  # words, 3..8: least equal words of a passage that is a whole sentence or quotation on both sides
LOOSE_WORDS = 8  # words, 5..15: least equal words of any other passage

_SLOTS = 1 << 16
_MASK = np.uint64(_SLOTS - 1)


@dataclass(slots=True)
class Passage:
    """Words a_start:a_end of one body and b_start:b_end of another; blocks are the equal runs in it."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    equal: int
    blocks: list[tuple[int, int, int]]  # a, b, words

    def to_b(self, place: int) -> int:
        """The word of b that stands where word ``place`` of a does; inside an edit, as near as its ends tell."""
        before = bisect_right(self.blocks, place, key=itemgetter(0)) - 1
        a, b, words = self.blocks[max(0, before)]
        if place < a + words or before + 1 == len(self.blocks):
            return min(max(b + place - a, self.b_start), self.b_end)
        a, b, _ = self.blocks[before + 1]
        return max(b - (a - place), self.b_start)

    def to_a(self, place: int) -> int:
        """The word of a that stands where word ``place`` of b does."""
        before = bisect_right(self.blocks, place, key=itemgetter(1)) - 1
        a, b, words = self.blocks[max(0, before)]
        if place < b + words or before + 1 == len(self.blocks):
            return min(max(a + place - b, self.a_start), self.a_end)
        a, b, _ = self.blocks[before + 1]
        return max(a - (b - place), self.a_start)

    def equal_between(self, start: int, end: int) -> int:
        """Equal words between two words of a."""
        equal = 0
        for place in range(max(0, bisect_right(self.blocks, start, key=itemgetter(0)) - 1), len(self.blocks)):
            a, _, words = self.blocks[place]
            if a >= end:
                break
            equal += max(0, min(end, a + words) - max(start, a))
        return equal


class Body(NamedTuple):
    """One body's words, as alignment needs them: arrays that are read one by one, of a few bytes a word."""

    word: array[int]
    seed: NDArray[np.uint64]  # key of the SEED_WORDS words that start here; shorter than word
    unit_start: array[int]  # first word of the sentence or quotation that each word stands in
    unit_end: array[int]  # exclusive


class Matcher:
    """Aligns bodies with one hub after another.

    The table holds the places of the current hub's seeds. Slots of earlier hubs stay filled: a slot is only believed
    when the hub has the very seed there, and all slots of the hub's own seeds are its own.
    """

    def __init__(self) -> None:
        self._place = np.zeros(_SLOTS, np.int32)
        self._hub: Body | None = None

    def load(self, hub: Body) -> None:
        """Make a body the one that others are aligned with."""
        self._hub = hub
        # backwards: of equal seeds the first place stays
        self._place[_slots(hub.seed)[::-1]] = np.arange(len(hub.seed) - 1, -1, -1, dtype=np.int32)

    def match(self, body: Body) -> list[Passage]:
        """Passages that a body (a) shares with the hub (b), in the order of the body.

        Returns:
            Passages of WHOLE_WORDS equal words that are whole sentences or quotations, and others of LOOSE_WORDS.
        """
        hub = self._hub
        assert hub is not None
        if not len(hub.seed) or not len(body.seed):
            return []
        place = self._place[_slots(body.seed)]
        place[place >= len(hub.seed)] = 0
        here = np.flatnonzero(hub.seed[place] == body.seed)
        if not len(here):
            return []
        there = place[here]
        breaks = np.flatnonzero((here[1:] - here[:-1] != 1) | (there[1:] - there[:-1] != 1))
        first = [0, *(breaks + 1).tolist()]
        starts, lands = here[first].tolist(), there[first].tolist()
        first.append(len(here))
        blocks = [
            (start, land, first[index + 1] - first[index] + SEED_WORDS - 1)
            for index, (start, land) in enumerate(zip(starts, lands, strict=True))
        ]
        passages = [passage for passage in _chain(blocks) if _extend(passage, body, hub)]
        for passage in passages:
            if len(passage.blocks) > 1:
                passage.equal += _inside_edits(passage, body.word, hub.word)
        return passages


def _slots(seed: NDArray[np.uint64]) -> NDArray[np.intp]:
    return (seed & _MASK).astype(np.intp)


def bodies_of(tokens: Tokens) -> list[Body]:
    """The words of each body of a pack."""
    count = len(tokens.word)
    bounds = tokens.bounds.tolist()
    whole = max(0, count - SEED_WORDS + 1)
    seed = tokens.word[:whole].copy()
    for offset in range(1, SEED_WORDS):
        seed *= np.uint64(0x9E3779B97F4A7C15)
        seed += tokens.word[offset : offset + whole]
    seed = mix_column(seed)
    fresh = np.ones(count, bool)
    fresh[1:] = tokens.unit[1:] != tokens.unit[:-1]
    fresh[tokens.bounds[:-1][tokens.bounds[:-1] < count]] = True
    starts = np.flatnonzero(fresh)
    ends = np.append(starts[1:], count)
    unit = np.cumsum(fresh) - 1
    unit_start, unit_end = starts[unit], ends[unit]
    bodies = []
    for first, last in zip(bounds, bounds[1:], strict=False):
        seeds = slice(first, max(first, last - SEED_WORDS + 1))
        own = slice(first, last)
        bodies.append(
            Body(
                array("Q", tokens.word[own].tobytes()),
                seed[seeds],
                array("q", (unit_start[own] - first).tobytes()),
                array("q", (unit_end[own] - first).tobytes()),
            )
        )
    return bodies


def _chain(blocks: list[tuple[int, int, int]]) -> list[Passage]:
    """Join equal runs that follow each other on both sides with small gaps."""
    passages: list[Passage] = []
    for a, b, words in blocks:
        for passage in passages[:-4:-1]:  # a chance match may stand between a passage and its continuation
            ahead, across = a - passage.a_end, b - passage.b_end
            if -SEED_WORDS < ahead <= GAP and -SEED_WORDS < across <= GAP:
                overlap = max(0, -ahead, -across)
                if words > overlap:
                    passage.blocks.append((a + overlap, b + overlap, words - overlap))
                    passage.equal += words - overlap
                    passage.a_end, passage.b_end = a + words, b + words
                break
        else:
            passages.append(Passage(a, a + words, b, b + words, words, [(a, b, words)]))
    return passages


def _inside_edits(passage: Passage, one: array[int], other: array[int]) -> int:
    """Equal words between the equal runs, in runs too short to be seeds."""
    equal = 0
    for (a, b, words), (a_next, b_next, _) in zip(passage.blocks, passage.blocks[1:], strict=False):
        if a_next - a - words > 1 and b_next - b - words > 1:
            equal += len(set(one[a + words : a_next]).intersection(other[b + words : b_next]))
    return equal


def _extend(passage: Passage, body: Body, hub: Body) -> bool:
    """Let a passage reach to the ends of its sentences where the rests agree; False when it's too short to tell."""
    whole = True
    for same_unit in (True, False):  # the rest of the sentence, then a short neighbour such as "he said"
        at_a = passage.a_end - 1 if same_unit else min(passage.a_end, len(body.word) - 1)
        at_b = passage.b_end - 1 if same_unit else min(passage.b_end, len(hub.word) - 1)
        end_a, end_b = body.unit_end[at_a], hub.unit_end[at_b]
        if end_a == passage.a_end and end_b == passage.b_end:
            continue
        equal = _overhang(body.word[passage.a_end : end_a], hub.word[passage.b_end : end_b], same_unit)
        if equal < 0:
            whole = not same_unit or _cut_back(passage, passage.a_end - body.unit_start[passage.a_end - 1])
            break
        passage.a_end, passage.b_end, passage.equal = end_a, end_b, passage.equal + equal
    for same_unit in (True, False):
        start_a = body.unit_start[passage.a_start if same_unit else max(0, passage.a_start - 1)]
        start_b = hub.unit_start[passage.b_start if same_unit else max(0, passage.b_start - 1)]
        if start_a == passage.a_start and start_b == passage.b_start:
            continue
        equal = _overhang(body.word[start_a : passage.a_start], hub.word[start_b : passage.b_start], same_unit)
        if equal < 0:
            whole = whole and (not same_unit or _cut_forward(passage, body.unit_end[passage.a_start] - passage.a_start))
            break
        passage.a_start, passage.b_start, passage.equal = start_a, start_b, passage.equal + equal
    return passage.equal >= (WHOLE_WORDS if whole else LOOSE_WORDS)


def _cut_back(passage: Passage, words: int) -> bool:
    """Take the last words off when they only lap into a sentence that goes on differently."""
    a, b, length = passage.blocks[-1]
    if words > LAPPED_WORDS or length <= words or passage.a_end != a + length or passage.b_end != b + length:
        return False
    passage.blocks[-1] = (a, b, length - words)
    passage.a_end, passage.b_end, passage.equal = passage.a_end - words, passage.b_end - words, passage.equal - words
    return True


def _cut_forward(passage: Passage, words: int) -> bool:
    """The same for the first words."""
    a, b, length = passage.blocks[0]
    if words > LAPPED_WORDS or length <= words or passage.a_start != a or passage.b_start != b:
        return False
    passage.blocks[0] = (a + words, b + words, length - words)
    passage.a_start, passage.b_start = passage.a_start + words, passage.b_start + words
    passage.equal -= words
    return True


def _overhang(one: array[int], other: array[int], same_unit: bool) -> int:
    """Equal words of two rests of a sentence, -1 when they don't belong together."""
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    if longer > OVERHANG or shorter == 0:
        return -1
    equal = len(set(one).intersection(other))
    if same_unit and longer <= OVERHANG_FREE:
        return equal
    return equal if equal and equal >= OVERHANG_EQUAL * longer else -1
