"""Which copy stands for a story, and what the story says of all its copies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas.records import ArticleRecord, Role, StoryInfoSource, StoryRecord
from transforms.composition.naming import StoryName

_ROLES: tuple[Role, ...] = ("origin", "distributor", "press_release", "editor")  # strongest first


def representative(copies: Sequence[ArticleRecord]) -> tuple[ArticleRecord, str]:
    """Choose the copy that stands for a story, and say why.

    A copy that carries only this story goes before a merged one, one that is the story whole before one that holds
    parts of it; then the fullest, the earliest, the smallest id.

    Args:
        copies: The story's articles, at least one.

    Returns:
        The copy and the rule: only_copy, fullest_whole_copy or fullest_copy.
    """
    if len(copies) == 1:
        return copies[0], "only_copy"
    chosen = min(
        copies,
        key=lambda copy: (
            bool(copy.also_from),
            copy.derivation != "whole",
            -copy.word_count,
            copy.first_created or "9999",
            copy.id,
        ),
    )
    return chosen, "fullest_whole_copy" if chosen.derivation == "whole" else "fullest_copy"


def compose_story(copies: Sequence[ArticleRecord], name: StoryName) -> StoryRecord:
    """Make the record of one story.

    Args:
        copies: Its articles, at least one, all with the story's id.
        name: Its id and where it comes from.
    """
    copies = sorted(copies, key=lambda copy: copy.id)
    chosen, rule = representative(copies)
    seen = sorted(copy.first_created for copy in copies if copy.first_created)
    return StoryRecord(
        id=name.id,
        replaces=name.replaces,
        split_from=name.split_from,
        size=len(copies),
        article_ids=tuple(copy.id for copy in copies),
        sources=_distinct(copy.source for copy in copies),
        representative_id=chosen.id,
        representative_rule=rule,
        headline=chosen.headline,
        body_text=chosen.body_text,
        languages=_distinct(copy.language for copy in copies),
        info_sources=_info_sources(copies),
        first_seen=seen[0] if seen else None,
        last_seen=seen[-1] if seen else None,
    )


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value is not None}))


def _info_sources(copies: Sequence[ArticleRecord]) -> tuple[StoryInfoSource, ...]:
    """One entry an agency and role, credited ones first, by how many copies say so."""
    found: dict[tuple[str, Role], dict[str, object]] = {}
    for copy in copies:
        for claim in copy.info_sources:
            entry = found.setdefault(
                (claim.id, claim.role), {"name": claim.name, "confidence": 0.0, "explicit": [], "inferred": []}
            )
            entry["confidence"] = max(entry["confidence"], claim.confidence)
            if copy.id not in entry[claim.basis]:
                entry[claim.basis].append(copy.id)
    rows = [
        StoryInfoSource(
            id=agency,
            name=entry["name"],
            role=role,
            confidence=entry["confidence"],
            explicit_in=tuple(entry["explicit"]),
            inferred_in=tuple(entry["inferred"]),
        )
        for (agency, role), entry in found.items()
    ]
    return tuple(
        sorted(
            rows,
            key=lambda row: (_ROLES.index(row.role), -len(row.explicit_in), -len(row.inferred_in), row.id),
        )
    )
