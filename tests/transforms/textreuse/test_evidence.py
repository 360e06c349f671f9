from __future__ import annotations

import pytest

from schemas.reuse import Aligned, Link
from transforms.textreuse.evidence import containment, joins


@pytest.fixture
def verdict(article):
    def may_join(
        days: tuple[str | None, str | None] = ("2024-03-01", "2024-03-01"),
        source: str = "",
        agencies: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
        **counts: int,
    ) -> bool:
        sources = (source or "one", source or "other")
        articles = tuple(
            article("", name, source=own, day=day, agencies=credited)
            for name, own, day, credited in zip("ab", sources, days, agencies, strict=True)
        )
        shared = counts.get("narrative", 0) + counts.get("quoted", 0)
        link = Link(**{
            "a": 0, "b": 1, "narrative": 0, "quoted": 0, "quotations": 0, "renamed": 0, "renumbered": 0,
            "run": counts.get("narrative", 0), "a_spans": ((0, shared),), "b_spans": ((0, shared),), "a_reused": (), "b_reused": (), **counts,
        })  # fmt: skip
        aligned = Aligned(articles=articles, words=(200, 400), passages=(), links=(link,))
        assert containment(aligned, link) == min(1.0, shared / 200)
        return joins(aligned, link)

    return may_join


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"narrative": 60}, True),  # a third of the lesser article
        ({"narrative": 10}, True), ({"narrative": 9}, False),  # one sentence, within days
        ({"narrative": 12, "run": 8}, False),
        ({"quoted": 30, "quotations": 1}, False),  # a quotation alone
        ({"quoted": 30, "quotations": 2}, True), ({"quoted": 15, "quotations": 2}, False),
        ({"quoted": 20, "quotations": 1, "narrative": 3, "run": 3}, True),  # with its attribution
        ({"quoted": 8, "quotations": 1, "narrative": 3, "run": 3}, False),  # too little of either article
        ({"narrative": 40, "renamed": 4}, False), ({"narrative": 60, "renamed": 1}, True),  # a form
        ({"narrative": 90, "renumbered": 5}, False),  # a market report
        ({"narrative": 101, "renumbered": 5}, True),  # a new version of a story
        ({"narrative": 36, "renamed": 1, "renumbered": 2}, False), ({"narrative": 37, "renumbered": 3}, True),
        ({"narrative": 80, "renamed": 1, "renumbered": 3}, False), ({"narrative": 81, "renumbered": 4}, True),
        ({}, False),
    ],
)  # fmt: skip
def test_what_joins_two_sources(verdict, counts: dict[str, int], expected: bool) -> None:
    assert verdict(**counts) is expected


def test_less_than_a_copy_joins_only_within_days(verdict) -> None:
    assert verdict(days=("2024-03-01", "2024-03-05"), narrative=20)
    assert not verdict(days=("2024-03-01", "2024-03-06"), narrative=20)
    assert verdict(days=("2024-03-01", "2024-03-20"), narrative=60)
    assert verdict(days=("2024-03-01", None), narrative=20)


def test_quotations_join_within_two_days(verdict) -> None:
    assert verdict(days=("2024-03-01", "2024-03-03T10:00:00Z"), quoted=30, quotations=2)
    assert not verdict(days=("2024-03-01", "2024-03-04"), quoted=30, quotations=2)


def test_one_source_needs_more(verdict) -> None:
    assert not verdict(source="gazette", narrative=29)
    assert verdict(source="gazette", narrative=30)
    assert not verdict(source="gazette", narrative=60, renamed=2)


def test_what_two_agencies_heard_joins_nothing(verdict) -> None:
    heard = {"quoted": 30, "quotations": 2}
    assert not verdict(agencies=(("afp",), ("ap",)), **heard)
    assert verdict(agencies=(("afp",), ("afp", "ap")), **heard)
    assert verdict(agencies=(("afp",), ()), **heard)
    assert verdict(agencies=(("afp",), ("ap",)), narrative=60)
