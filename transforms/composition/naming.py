"""The names that stories bear: new ones, or those that earlier runs gave them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from schemas.reuse import StoryPart
from transforms.composition.ids import story_id


class StoryName(NamedTuple):
    """A story's id and where it comes from."""

    id: str
    replaces: tuple[str, ...] = ()  # stories that were merged into it, sorted
    split_from: str | None = None


Names = Mapping[str, StoryName]  # by the id of a story's smallest article, as StoryPart names stories


def new_names(reuse: Iterable[StoryPart]) -> Names:
    """Names of stories that nobody knew before: of their smallest articles."""
    return {part.story: StoryName(story_id(part.story)) for part in reuse}


def lasting_names(reuse: Iterable[StoryPart], earlier: Mapping[str, str], pasts: Mapping[str, StoryName]) -> Names:
    """Names of stories some of whose articles had one.

    A story keeps every id whose birth member it holds; the smallest survives and replaces the others. A story that
    holds none is new, and split from the story that most of its articles were in.

    Args:
        reuse: Of whole stories.
        earlier: The story that each article was in so far, by article id; none for new articles.
        pasts: Names as they are, of stories that replaced others or were split from one.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for part in reuse:
        members[part.story].append(part.article_id)
    return {story: _name(story, own, earlier, pasts) for story, own in members.items()}


def _name(
    story: str, members: list[str], earlier: Mapping[str, str], pasts: Mapping[str, StoryName]
) -> StoryName:
    kept = sorted(earlier[member] for member in members if earlier.get(member) == story_id(member))
    if not kept:
        before = Counter(earlier[member] for member in members if member in earlier)
        split_from = min(before, key=lambda one: (-before[one], one)) if before else None
        return StoryName(story_id(story), (), split_from)
    own, *merged = kept
    past = pasts.get(own, StoryName(own))
    replaced = {*past.replaces, *merged}
    for other in merged:
        replaced.update(pasts[other].replaces if other in pasts else ())
    return StoryName(own, tuple(sorted(replaced - {own})), past.split_from)
