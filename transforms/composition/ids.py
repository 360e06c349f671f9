"""Ids that last: functions of the articles alone."""

from __future__ import annotations

from hashlib import sha256

from schemas.reuse import SharedPassage


def story_id(birth_member: str) -> str:
    """The id of a story.

    Args:
        birth_member: Id of the smallest article of the story when it is first seen.

    Returns:
        32 hex digits.
    """
    return sha256(f"story:{birth_member}".encode()).hexdigest()[:32]


def reuse_id(passage: SharedPassage) -> str:
    """The id of a shared passage: of the two articles and the two spans, 32 hex digits."""
    parts = (passage.a_id, passage.b_id, passage.a_start, passage.a_end, passage.b_start, passage.b_end)
    return sha256(":".join(map(str, parts)).encode()).hexdigest()[:32]
