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
    agencies = {place: (credited or {}).get(place, NOBODY) for place in range(len(words))}
    return find_merged(neighbours, words, agencies)


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


def test_parts_that_leave_much_unexplained_are_no_merge_unless_credits_differ() -> None:
    words, shared = [200, 300, 300], {(0, 1): ((0, 60), (0, 60)), (0, 2): ((110, 170), (0, 60))}
    assert merged(words, shared) == set()
    assert merged(words, shared, {1: ("afp",), 2: ("ap",)}) == {0}


def test_an_original_is_no_merge_because_merged_copies_hold_its_parts() -> None:
    shared = {
        (0, 1): ((0, 100), (0, 100)), (0, 2): ((100, 200), (0, 100)),  # two blogs with other parts of an agency's report
        (1, 3): ((100, 160), (0, 60)), (2, 3): ((100, 160), (100, 160)),  # and of another one's
    }  # fmt: skip
    assert merged([200, 400, 400, 200], shared, {0: ("afp",), 3: ("ap",)}) == {1, 2}


def test_copies_of_a_merged_copy_are_merged() -> None:
    shared = {
        (0, 1): ((0, 60), (0, 60)), (0, 2): ((110, 170), (0, 60)),
        (0, 3): ((0, 200), (0, 200)), (0, 4): ((0, 120), (0, 120)), (3, 5): ((0, 190), (0, 190)),
    }  # fmt: skip
    assert merged([200, 300, 300, 200, 120, 200], shared, {1: ("afp",), 2: ("ap",)}) == {0, 3, 5}


def test_what_is_reprinted_whole_is_an_original_that_was_cut_and_taken_from() -> None:
    words, shared = [200, 110, 300], {(0, 1): ((0, 110), (0, 110)), (0, 2): ((110, 200), (0, 90))}
    assert merged(words, shared) == {0}
    reprint = {(0, 3): ((0, 200), (0, 200)), (1, 3): ((0, 110), (0, 110)), (2, 3): ((0, 90), (110, 200))}
    assert merged([*words, 200], {**shared, **reprint}) == set()


def test_the_versions_of_a_rolling_story_are_no_merges() -> None:
    shared = {(place, place + 1): ((100, 200), (0, 100)) for place in range(6)}
    assert merged([200] * 7, shared) == set()


def digests(shared: dict[tuple[int, int], tuple], credited: dict[int, tuple[str, ...]] | None = None) -> set[int]:
    neighbours = defaultdict(dict)
    for (a, b), (a_span, b_span) in shared.items():
        neighbours[a][b], neighbours[b][a] = [a_span], [b_span]
    agencies = {place: (credited or {}).get(place, NOBODY) for place in neighbours}
    return find_merged(neighbours, [1000] * (max(neighbours) + 1), agencies)


PARTS = {(0, 1): ((0, 40), (0, 40)), (0, 2): ((50, 90), (0, 40)), (0, 3): ((100, 140), (0, 40))}


def test_parts_of_stories_that_go_on_elsewhere_make_a_digest() -> None:
    mates = {(1, 4): ((0, 200), (0, 200)), (2, 5): ((0, 200), (0, 200))}
    assert digests({**PARTS, **mates}) == {0}


def test_parts_of_articles_that_credit_different_agencies_make_a_digest() -> None:
    assert digests(PARTS, {1: ("afp",), 2: ("ap",)}) == {0}
    assert digests(PARTS, {1: ("afp",), 2: ("afp",)}) == set()


def test_an_article_from_which_several_took_is_no_digest() -> None:
    within = {(1, 4): ((0, 40), (0, 40)), (2, 5): ((0, 40), (0, 40)), (3, 6): ((0, 40), (0, 40))}
    assert digests({**PARTS, **within}) == set()


def test_nor_is_one_from_which_digests_took() -> None:
    shared = {}
    for digest in (1, 2, 3):  # each has a part of 0, and of three stories of its own
        shared[0, digest] = ((50 * digest, 50 * digest + 40), (0, 40))
        for story in range(3):
            copy = 10 * digest + 2 * story
            shared[digest, copy] = ((50 + 50 * story, 90 + 50 * story), (0, 40))
            shared[copy, copy + 1] = ((0, 200), (0, 200))
    assert digests(shared) == {1, 2, 3}


def test_parts_that_overlap_or_are_linked_are_one() -> None:
    mates = {(1, 4): ((0, 200), (0, 200)), (2, 5): ((0, 200), (0, 200))}
    assert digests({**PARTS, **mates, (2, 3): ((100, 140), (100, 140))}) == set()
    assert digests({**PARTS, **mates, (0, 3): ((60, 100), (0, 40))}) == set()
