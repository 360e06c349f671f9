from __future__ import annotations

from collections import defaultdict

from transforms.textreuse.merged import find_merged

NOBODY: tuple[str, ...] = ()


def merged(
    words: list[int], shared: dict[tuple[int, int], tuple], credited: dict[int, tuple[str, ...]] | None = None
) -> set[int]:
    neighbours = defaultdict(dict)
    for (a, b), (a_span, b_span) in shared.items():
        neighbours[a][b], neighbours[b][a] = [a_span], [b_span]
    return find_merged(neighbours, words, {place: (credited or {}).get(place, NOBODY) for place in range(len(words))})


def test_two_parts_of_unconnected_articles_tile_a_merge() -> None:
    assert merged([200, 300, 300], {(0, 1): ((0, 110), (0, 110)), (0, 2): ((110, 200), (0, 90))}) == {0}


def test_copies_that_overlap_are_cuts() -> None:
    assert merged([200, 150, 120], {(0, 1): ((0, 150), (0, 150)), (0, 2): ((80, 200), (0, 120))}) == set()


def test_parts_that_are_linked_are_one_story() -> None:
    shared = {(0, 1): ((0, 110), (0, 110)), (0, 2): ((110, 200), (0, 90)), (1, 2): ((200, 240), (200, 240))}
    assert merged([200, 300, 300], shared) == set()


def test_parts_that_stand_in_it_whole_are_cuts_unless_credits_differ() -> None:
    words, shared = [200, 110, 90], {(0, 1): ((0, 110), (0, 110)), (0, 2): ((110, 200), (0, 90))}
    assert merged(words, shared) == set()
    assert merged(words, shared, {1: ("afp",), 2: ("ap",)}) == {0}
    assert merged(words, shared, {1: ("afp",), 2: ("afp", "ap")}) == set()


def test_parts_that_leave_much_unexplained_are_no_merge() -> None:
    shared = {(0, 1): ((0, 60), (0, 60)), (0, 2): ((110, 170), (0, 60))}
    assert merged([200, 300, 300], shared) == set()


def test_the_versions_of_a_rolling_story_are_no_merges() -> None:
    shared = {(place, place + 1): ((100, 200), (0, 100)) for place in range(6)}
    assert merged([200] * 7, shared) == set()
