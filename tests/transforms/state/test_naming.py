"""Stories keep their names through merges and splits."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from transforms.composition.ids import story_id
from transforms.composition.naming import StoryName, lasting_names, new_names


class Part(NamedTuple):
    """What names are made from."""

    article_id: str
    story: str


def stories(*groups: str) -> list[Part]:
    return [Part(member, min(group)) for group in groups for member in group]


def names(earlier: dict[str, str], *groups: str, pasts: dict[str, StoryName] | None = None) -> dict[str, StoryName]:
    return dict(lasting_names(stories(*groups), earlier, pasts or {}))


def test_a_new_story_is_named_after_its_smallest_article() -> None:
    assert new_names(stories("bac")) == {"a": StoryName(story_id("a"))}
    assert names({}, "bac") == {"a": StoryName(story_id("a"))}


def test_a_smaller_article_that_comes_later_changes_no_name() -> None:
    assert names({"b": story_id("b")}, "ab") == {"a": StoryName(story_id("b"))}


def test_after_a_merge_the_smallest_id_survives_and_replaces_all_that_the_others_had_replaced() -> None:
    earlier = {"a": story_id("a"), "b": story_id("b")}
    kept, gone = sorted(earlier.values())
    past = {gone: StoryName(gone, ("0" * 32,)), kept: StoryName(kept, ("1" * 32,), "2" * 32)}
    (name,) = names(earlier, "abc", pasts=past).values()
    assert name == StoryName(kept, tuple(sorted(("0" * 32, "1" * 32, gone))), "2" * 32)


def test_after_a_split_the_part_with_the_birth_member_keeps_the_id() -> None:
    earlier = dict.fromkeys("abcd", story_id("b"))
    assert names(earlier, "bd", "ac") == {
        "b": StoryName(story_id("b")),
        "a": StoryName(story_id("a"), (), story_id("b")),
    }


@given(st.lists(st.lists(st.integers(0, 5), min_size=8, max_size=8), min_size=1, max_size=6))
def test_ids_are_never_given_twice_and_are_always_of_a_member(runs: list[list[int]]) -> None:
    earlier: dict[str, str] = {}
    pasts: dict[str, StoryName] = {}
    for groups in runs:
        parts: dict[int, str] = {}
        for member, group in zip("abcdefgh", groups, strict=True):
            parts[group] = parts.get(group, "") + member
        found = names(earlier, *parts.values(), pasts=pasts)
        assert len({name.id for name in found.values()}) == len(parts)
        for part in parts.values():
            name = found[min(part)]
            assert name.id in map(story_id, part)
            assert name.id not in name.replaces
            kept = [earlier[member] for member in part if earlier.get(member) == story_id(member)]
            assert not kept or (name.id == min(kept) and set(kept) <= {name.id, *name.replaces})
            earlier |= dict.fromkeys(part, name.id)
        pasts |= {name.id: name for name in found.values()}
