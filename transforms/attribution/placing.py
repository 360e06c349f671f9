"""From places in the extracted text to places in the cleaned body."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

from msgspec.structs import replace

from schemas.article import Cleaning, Credits
from schemas.records import CONTEXT, Evidence, Mention, Piece

_Placed = TypeVar("_Placed", Evidence, Mention)


def place_in_body(credits: Credits, cleaning: Cleaning) -> Credits:
    """Count what stands whole in a kept piece in the body instead of in raw.

    Kept pieces are verbatim copies, so the exact text stays the same. Prefix and suffix become those of the body: what
    stood around the place in raw may have been removed.

    Args:
        credits: Places are raw or metadata.
        cleaning: Of the same article.

    Returns:
        The credits; places are raw (what was removed), body or metadata. A dateline that the body has not is none: it
        was read in a line that is no text.
    """
    body, kept = cleaning.body_text, cleaning.kept
    stays = credits.dateline is not None and credits.dateline in body
    return replace(
        credits,
        dateline=credits.dateline if stays else None,
        located=credits.located if stays else None,
        info_sources=tuple(
            replace(one, evidence=tuple(_shown(evidence, body, kept) for evidence in one.evidence))
            for one in credits.info_sources
        ),
        mentions=tuple(_place(mention, kept) for mention in credits.mentions),
        marks=tuple(replace(mark, evidence=_shown(mark.evidence, body, kept)) for mark in credits.marks),
    )


def _shown(evidence: Evidence, body: str, kept: Sequence[Piece]) -> Evidence:
    placed = _place(evidence, kept)
    if placed is evidence:
        return evidence
    return replace(placed, prefix=body[: placed.start][-CONTEXT:], suffix=body[placed.end :][:CONTEXT])


def _place(placed: _Placed, kept: Sequence[Piece]) -> _Placed:
    if placed.place != "raw":
        return placed
    index = bisect_right(kept, placed.start, key=lambda piece: piece[0]) - 1
    if index < 0 or placed.end > kept[index][1]:
        return placed
    shift = kept[index][2] - kept[index][0]
    return replace(placed, place="body", start=placed.start + shift, end=placed.end + shift)
