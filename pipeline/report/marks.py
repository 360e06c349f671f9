"""Marks over a text: what covers which characters, and the text cut where that changes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

MOST_SPANS = 512  # spans of one kind before they are merged first; bounds memory, changes no result

# in the order in which several marks of one piece are named
KINDS = ("narrative", "quote", "background", "credit", "mention")
Kind = str
Marks = tuple[tuple[Kind, str], ...]  # kinds and notes, each once, in the order of KINDS


class Mark(Struct, frozen=True):
    """A span that is marked: code points, end exclusive."""

    start: int
    end: int
    kind: Kind  # of KINDS
    note: str = ""  # what the mark says beyond its kind


class Piece(Struct, frozen=True):
    """A stretch of text under which no mark begins or ends."""

    start: int
    end: int
    marks: Marks  # empty for plain text


def split(marks: Iterable[Mark], length: int) -> tuple[Piece, ...]:
    """Cut a text of ``length`` characters at every boundary of its marks.

    The pieces tile 0..length in order, none is empty, and a character's piece names exactly the marks that cover it.
    Marks may overlap and nest in any way; what reaches over the text's ends is clipped.
    """
    edges: list[tuple[int, int, Kind, str]] = []
    for mark in marks:
        start, end = max(0, mark.start), min(length, mark.end)
        if start < end:
            edges.append((start, 1, mark.kind, mark.note))
            edges.append((end, -1, mark.kind, mark.note))
    edges.sort()
    active: dict[tuple[Kind, str], int] = {}
    pieces: list[Piece] = []
    place = 0
    for at, step, kind, note in edges:
        if at > place:
            pieces.append(Piece(place, at, _ordered(active)))
            place = at
        depth = active.get((kind, note), 0) + step
        if depth:
            active[kind, note] = depth
        else:
            del active[kind, note]
    if place < length:
        pieces.append(Piece(place, length, ()))
    return tuple(pieces)


def _ordered(active: dict[tuple[Kind, str], int]) -> Marks:
    return tuple(sorted(active, key=lambda mark: (KINDS.index(mark[0]), mark[1])))


class Coverage:
    """The characters of one body that are shared, by kind: exact for any number of passages, in bounded memory."""

    def __init__(self) -> None:
        self._spans: dict[Kind, list[tuple[int, int]]] = {}
        self._merge_at: dict[Kind, int] = {}

    def add(self, start: int, end: int, kind: Kind) -> None:
        spans = self._spans.setdefault(kind, [])
        spans.append((start, end))
        if len(spans) >= self._merge_at.get(kind, MOST_SPANS):
            spans[:] = _merge(spans)
            self._merge_at[kind] = max(MOST_SPANS, 2 * len(spans))  # doubling: many spans apart cost no square

    def marks(self) -> tuple[Mark, ...]:
        """The covered spans, sorted and apart within each kind."""
        return tuple(Mark(start, end, kind) for kind in KINDS for start, end in _merge(self._spans.get(kind, [])))


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
