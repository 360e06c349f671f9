"""Removals are laid out without overlap, and thousands of them as fast as a few."""

import time

from hypothesis import given
from hypothesis import strategies as st

from transforms.boilerplate.pieces import Removal, laid_out

SIZE = 60
SPANS = st.tuples(st.integers(-5, SIZE), st.integers(0, 20)).map(lambda span: (span[0], span[0] + span[1]))


@given(st.lists(SPANS, max_size=8), st.lists(st.integers(0, SIZE), max_size=10, unique=True))
def test_of_overlapping_removals_the_first_stands(first: list[tuple[int, int]], borders: list[int]) -> None:
    """Each place is taken by the first removal that holds it: those that stand as they are before the others."""
    borders.sort()
    others = list(zip(borders[::2], borders[1::2], strict=False))
    given_removals = [Removal(start, end, "credit_line", str(n)) for n, (start, end) in enumerate(first)]
    apart = [Removal(start, end, "menu", f"other {n}") for n, (start, end) in enumerate(others)]
    found = laid_out(given_removals, apart, SIZE)
    assert all(left.end <= right.start for left, right in zip(found, found[1:], strict=False))
    assert all(0 <= removal.start < removal.end <= SIZE for removal in found)
    owner = {place: removal.rule for removal in found for place in range(removal.start, removal.end)}
    for place in range(SIZE):
        expected = next((r.rule for r in [*given_removals, *apart] if r.start <= place < r.end), None)
        assert owner.get(place) == expected


def test_thousands_of_credits_are_laid_out_in_no_time() -> None:
    credits = [Removal(10 * n + 5, 10 * n + 8, "credit_line", "c") for n in range(20_000)]
    lines = [Removal(10 * n, 10 * n + 10, "menu", "m") for n in range(20_000)]
    started = time.process_time()
    found = laid_out(credits, lines, 200_000)
    assert time.process_time() - started < 5  # CPU seconds; 400 million comparisons took minutes
    assert len(found) == 60_000
    assert found[:3] == [Removal(0, 5, "menu", "m"), Removal(5, 8, "credit_line", "c"), Removal(8, 10, "menu", "m")]
