"""From removed spans to a cleaning: the body, what is kept of raw, and what is removed, exactly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schemas.article import Cleaning
from schemas.records import Piece, Removed

BETWEEN_BLOCKS = "\n\n"
BETWEEN_PIECES = " "  # of one block


class Removal(NamedTuple):
    """A span of raw that goes, and why."""

    start: int
    end: int
    cls: str
    rule: str


def trimmed(raw: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty if there is nothing else in it."""
    if start < end and not (raw[start].isspace() or raw[end - 1].isspace()):
        return start, end
    text = raw[start:end]
    start += len(text) - len(text.lstrip())
    return start, max(start, start + len(text.strip()))


def laid_out(first: Iterable[Removal], others: Iterable[Removal], size: int) -> list[Removal]:
    """Removals in the order of raw, without overlap.

    Args:
        first: They stand as they are, the earlier one where two overlap.
        others: Apart from each other; what is left of them beside ``first`` stays.
        size: Code points of raw.
    """
    taken: list[Removal] = []  # sorted, apart
    for removal in first:
        for part in _left_over(removal, taken, size):
            taken.insert(bisect_left(taken, part.start, key=_start), part)
    rest = [part for removal in others for part in (_left_over(removal, taken, size) if taken else (removal,))]
    return sorted([*taken, *rest])


def _start(removal: Removal) -> int:
    return removal.start


def _left_over(removal: Removal, taken: Sequence[Removal], size: int) -> list[Removal]:
    """What of a removal is in raw and beside the taken ones, which are sorted and apart."""
    start, end = max(0, removal.start), min(size, removal.end)
    parts = []
    at = max(0, bisect_left(taken, start, key=_start) - 1)  # the one before may reach into it
    while start < end:
        following = taken[at] if at < len(taken) else None
        if following is None or following.start >= end:
            parts.append(Removal(start, end, removal.cls, removal.rule))
            break
        if start < following.start:
            parts.append(Removal(start, following.start, removal.cls, removal.rule))
        start = max(start, following.end)
        at += 1
    return parts


def _parts(start: int, end: int, removals: Sequence[Removal], at: int) -> list[tuple[int, int, Removal | None]]:
    """A block cut at removals, of which the first that reaches into it is the one at ``at``; None: the part stays."""
    parts: list[tuple[int, int, Removal | None]] = []
    while start < end:
        removal = removals[at] if at < len(removals) else None
        if removal is None or removal.start >= end:
            parts.append((start, end, None))
            break
        if start < removal.start:
            parts.append((start, removal.start, None))
            start = removal.start
        stop = min(end, removal.end)
        parts.append((start, stop, removal))
        start = stop
        at += 1
    return parts


def tile(raw: str, blocks: Sequence[tuple[int, int]], removals: Sequence[Removal]) -> Cleaning:
    """Cut raw into kept and removed pieces.

    The kept pieces are verbatim in the body, those of one block joined by a space, blocks by a blank line. Kept and
    removed tile the blocks, white space apart, and never overlap.

    Args:
        raw: The extracted text.
        blocks: Spans that tile raw, white space apart, in order.
        removals: Spans in order, apart from each other; they may reach over several blocks.
    """
    kept: list[Piece] = []
    removed: list[Removed] = []
    body: list[str] = []
    size = at = 0
    for block_start, block_end in blocks:
        while at < len(removals) and removals[at].end <= block_start:
            at += 1
        removal = removals[at] if at < len(removals) else None
        if removal is None or removal.start >= block_end:  # nearly all blocks: all stays, or all goes
            parts = [(block_start, block_end, None)]
        elif removal.start <= block_start and removal.end >= block_end:
            parts = [(block_start, block_end, removal)]
        else:
            parts = _parts(block_start, block_end, removals, at)
        joint = BETWEEN_BLOCKS
        for part_start, part_end, removal in parts:
            start, end = trimmed(raw, part_start, part_end)
            if start == end:
                continue
            exact = raw[start:end]
            if removal is not None:
                removed.append(Removed(cls=removal.cls, rule=removal.rule, start=start, end=end, exact=exact))
                continue
            if body:
                body.append(joint)
                size += len(joint)
            body.append(exact)
            kept.append((start, end, size, size + end - start))
            size += end - start
            joint = BETWEEN_PIECES
    return Cleaning(body_text="".join(body), kept=tuple(kept), removed=tuple(removed))
