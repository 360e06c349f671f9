"""Passages cut into parts of one kind: narrative, quotation, background."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.textreuse.match import Passages
from transforms.textreuse.stretches import Places, common_words
from transforms.textreuse.texts import BACKGROUND, NARRATIVE, Texts

SHORTEST_KIND = 3  # words, 2..6: a shorter stretch of another kind inside a passage isn't told apart
_PLACE_BITS = 32
_PLACE = (1 << _PLACE_BITS) - 1


class Parts(NamedTuple):
    """Stretches of passages; within a passage in its order."""

    passage: Places  # ascending
    kind: NDArray[np.uint8]
    a_start: Places
    a_end: Places
    b_start: Places
    b_end: Places
    equal: Places


def cut_parts(texts: Texts, passages: Passages) -> Parts:
    """Cut passages where their kind changes: quotation and background in one text are so in the other."""
    changed = np.zeros(len(texts.kind), np.int64)
    changed[1:] = texts.kind[1:] != texts.kind[:-1]
    changes = np.cumsum(changed)
    mixed = (changes[passages.a_end - 1] != changes[passages.a_start]) | (
        changes[passages.b_end - 1] != changes[passages.b_start]
    )
    plain = np.flatnonzero(~mixed)
    kind = np.maximum(texts.kind[passages.a_start], texts.kind[passages.b_start])
    whole = Parts(
        plain,
        kind[plain],
        *(column[plain] for column in (passages.a_start, passages.a_end, passages.b_start, passages.b_end)),
        passages.equal[plain],
    )
    if len(plain) == len(mixed):
        return whole
    cut = _cut(texts, passages, np.flatnonzero(mixed), np.flatnonzero(changed), changes)
    order = np.argsort(np.concatenate((whole.passage, cut.passage)), kind="stable")
    return Parts(*(np.concatenate(columns)[order] for columns in zip(whole, cut, strict=True)))


def _cut(texts: Texts, at: Passages, mixed: Places, places: Places, changes: Places) -> Parts:
    """The parts of passages that hold several kinds.

    Args:
        mixed: These passages.
        places: Where the kind changes, in all texts.
        changes: How often it did up to and with each place.
    """
    a_passage, a_place = _between(mixed, changes[at.a_start[mixed]], changes[at.a_end[mixed] - 1], places)
    b_passage, b_place = _between(mixed, changes[at.b_start[mixed]], changes[at.b_end[mixed] - 1], places)
    passage = np.concatenate((mixed, a_passage, b_passage))
    place = np.concatenate((at.a_start[mixed], a_place, at.to_a(b_passage, b_place)))
    border = np.sort(((passage << _PLACE_BITS) | place)[place < at.a_end[passage]])
    border = border[np.diff(border, prepend=-1) != 0]
    passage, start = border >> _PLACE_BITS, border & _PLACE
    last = np.diff(passage, append=-1) != 0
    end = np.where(last, at.a_end[passage], np.append(start[1:], 0))
    across = np.minimum(at.to_b(passage, start), at.b_end[passage] - 1)
    kind = np.maximum(texts.kind[start], texts.kind[across])
    passage, kind, start, end = _pieces(passage, kind, start, end)
    opens, closes = np.diff(passage, prepend=-1) != 0, np.diff(passage, append=-1) != 0
    b_start = np.where(opens, at.b_start[passage], at.to_b(passage, start))
    b_end = np.where(closes, at.b_end[passage], at.to_b(passage, end))
    equal = at.equal_before(passage, end) - at.equal_before(passage, start)
    parts = Parts(passage, kind, start, end, b_start, b_end, equal)
    parts = Parts(*(column[b_end > b_start] for column in parts))
    return parts._replace(equal=parts.equal + _equal_in_edits(texts, at, parts))


def _equal_in_edits(texts: Texts, at: Passages, parts: Parts) -> Places:
    """Equal words of each part beside those in the equal runs."""
    edits = at.edits
    passage = parts.passage << _PLACE_BITS
    first = np.searchsorted((edits.passage << _PLACE_BITS) | edits.a_end, passage | parts.a_start, side="right")
    last = np.searchsorted((edits.passage << _PLACE_BITS) | edits.a, passage | parts.a_end)
    part, edit = _between(np.arange(len(passage)), first, np.maximum(first, last), np.arange(len(edits.a)))
    a, b = np.maximum(edits.a[edit], parts.a_start[part]), np.maximum(edits.b[edit], parts.b_start[part])
    a_end, b_end = np.minimum(edits.a_end[edit], parts.a_end[part]), np.minimum(edits.b_end[edit], parts.b_end[part])
    both = (a < a_end) & (b < b_end)
    found = common_words(texts.word, a[both], a_end[both], b[both], b_end[both])
    return np.bincount(part[both], found, minlength=len(passage)).astype(np.int64)


def _between(passage: Places, low: Places, high: Places, places: Places) -> tuple[Places, Places]:
    """Of each passage the places number low:high, row by row."""
    count = high - low
    offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(passage, count), places[np.repeat(low, count) + offset]


def _pieces(
    passage: Places, kind: NDArray[np.uint8], start: Places, end: Places
) -> tuple[Places, NDArray[np.uint8], Places, Places]:
    """Stretches of one kind; those too short to tell go with their neighbour."""
    pieces: list[tuple[int, int, int, int]] = []
    current = last = since = -1
    for row in zip(passage.tolist(), kind.tolist(), start.tolist(), end.tolist(), strict=True):
        own, kind_of, begin, stop = row
        if own != current:
            current = own
        elif kind_of == last or stop - begin < SHORTEST_KIND:
            pieces[-1] = (own, last, since, stop)
            continue
        elif begin - since < SHORTEST_KIND:
            last = kind_of
            pieces[-1] = (own, last, since, stop)
            continue
        last, since = kind_of, begin
        pieces.append(row)
    columns = np.array(pieces, np.int64).reshape(-1, 4).T
    return columns[0], columns[1].astype(np.uint8), columns[2], columns[3]


def carried(parts: Parts, copied: NDArray[np.bool_]) -> Parts:
    """Parts in which background has gone along with what it was copied with.

    Whoever copies a story copies the background in it. In two texts that no narrative makes copies it stays what it is,
    also beside a few words of narrative: it is what both have from somewhere else. It gets no weight either way.

    Args:
        parts: Of all passages.
        copied: Of each part whether its passage stands in two texts that are copies.
    """
    count = len(parts.passage)
    is_first = np.diff(parts.passage, prepend=-1) != 0
    group = np.cumsum(is_first) - 1
    dark = (parts.kind == BACKGROUND) & copied
    touched = np.bincount(group[dark], minlength=int(group[-1]) + 1 if count else 0)[group] > 0
    if not touched.any():
        return parts
    start = np.maximum.accumulate(np.where(is_first, np.arange(count), 0))
    known = np.maximum.accumulate(np.where(dark, -1, np.arange(count)))  # the last part that is no background
    ahead = np.minimum.accumulate(np.where(dark, count, np.arange(count))[::-1])[::-1]  # the next one
    end = np.append(np.flatnonzero(is_first)[1:], count)[group]
    teller = np.where(known >= start, known, np.where(ahead < end, ahead, np.arange(count)))
    kind = parts.kind[teller]
    kind[(kind == BACKGROUND) & copied] = NARRATIVE
    fresh = is_first | ~touched
    fresh[1:] |= kind[1:] != kind[:-1]
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], count) - 1
    return Parts(
        parts.passage[first],
        kind[first],
        parts.a_start[first],
        parts.a_end[last],
        parts.b_start[first],
        parts.b_end[last],
        np.add.reduceat(parts.equal, first),
    )
