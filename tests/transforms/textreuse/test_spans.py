from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transforms.textreuse.spans import length, overlap, union

SPAN = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda one: (one[0], one[0] + one[1]))
SPANS = st.lists(SPAN, max_size=8)


def places(spans) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


@given(SPANS)
def test_a_union_covers_the_same_places_once(spans) -> None:
    joined = union(spans)
    assert places(joined) == places(spans) and length(joined) == len(places(spans))
    assert all(one[1] < other[0] for one, other in zip(joined, joined[1:], strict=False))


@given(SPANS, SPANS)
def test_overlap_counts_the_places_in_both(one, other) -> None:
    assert overlap(union(one), union(other)) == len(places(one) & places(other))
