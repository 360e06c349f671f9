from __future__ import annotations

import pytest

from schemas.reuse import Aligned, Link
from transforms.textreuse.evidence import Tie, containment, tie


@pytest.fixture
def tied_by(article):
    def tied(
        days: tuple[str | None, str | None] = ("2024-03-01", "2024-03-01"),
        source: str = "",
        agencies: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
        **counts: int,
    ) -> Tie:
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
        return tie(aligned, link)

    return tied


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"narrative": 60}, "narrative"),  # a third of the lesser article
        ({"narrative": 10}, "narrative"), ({"narrative": 9}, "nothing"),  # one sentence, within days
        ({"narrative": 12, "run": 8}, "nothing"),
        ({"quoted": 30, "quotations": 1}, "nothing"),  # a quotation alone
        ({"quoted": 30, "quotations": 2}, "quotation"), ({"quoted": 15, "quotations": 2}, "nothing"),
        ({"quoted": 20, "quotations": 1, "narrative": 3, "run": 3}, "quotation"),  # with its attribution
        ({"quoted": 8, "quotations": 1, "narrative": 3, "run": 3}, "nothing"),  # too little of either article
        ({"narrative": 40, "renamed": 4}, "form"), ({"narrative": 60, "renamed": 1}, "narrative"),
        ({"narrative": 90, "renumbered": 5}, "form"),  # a market report
        ({"narrative": 101, "renumbered": 5}, "narrative"),  # a new version of a story
        ({"narrative": 36, "renamed": 1, "renumbered": 2}, "form"), ({"narrative": 37, "renumbered": 3}, "narrative"),
        ({"narrative": 80, "renamed": 1, "renumbered": 3}, "form"), ({"narrative": 81, "renumbered": 4}, "narrative"),
        ({}, "nothing"),
    ],
)  # fmt: skip
def test_what_ties_two_sources(tied_by, counts: dict[str, int], expected: Tie) -> None:
    assert tied_by(**counts) == expected


def test_less_than_a_copy_joins_only_within_days(tied_by) -> None:
    assert tied_by(days=("2024-03-01", "2024-03-05"), narrative=20) == "narrative"
    assert tied_by(days=("2024-03-01", "2024-03-06"), narrative=20) == "nothing"
    assert tied_by(days=("2024-03-01", "2024-03-20"), narrative=60) == "narrative"
    assert tied_by(days=("2024-03-01", None), narrative=20) == "narrative"


def test_versions_of_one_day_change_numbers_and_forms_are_filled_in_on_others(tied_by) -> None:
    morning, evening, tomorrow = "2024-03-01T06:00:00Z", "2024-03-01T21:30:00Z", "2024-03-02T06:00:00Z"
    assert tied_by(days=(morning, evening), narrative=70, renumbered=4) == "narrative"
    assert tied_by(days=(morning, tomorrow), narrative=70, renumbered=4) == "form"
    assert tied_by(days=(morning, None), narrative=70, renumbered=4) == "form"
    assert tied_by(days=(morning, evening), narrative=70, renamed=1, renumbered=3) == "form"
    assert tied_by(days=(morning, evening), narrative=70, renumbered=5) == "form"


def test_quotations_join_within_two_days(tied_by) -> None:
    assert tied_by(days=("2024-03-01", "2024-03-03T10:00:00Z"), quoted=30, quotations=2) == "quotation"
    assert tied_by(days=("2024-03-01", "2024-03-04"), quoted=30, quotations=2) == "nothing"


def test_one_source_needs_more(tied_by) -> None:
    assert tied_by(source="gazette", narrative=29) == "nothing"
    assert tied_by(source="gazette", narrative=30) == "narrative"
    assert tied_by(source="gazette", narrative=60, renamed=2) == "form"


def test_what_two_agencies_heard_joins_nothing(tied_by) -> None:
    heard = {"quoted": 30, "quotations": 2}
    assert tied_by(agencies=(("afp",), ("ap",)), **heard) == "nothing"
    assert tied_by(agencies=(("afp",), ("afp", "ap")), **heard) == "quotation"
    assert tied_by(agencies=(("afp",), ()), **heard) == "quotation"
    assert tied_by(agencies=(("afp",), ("ap",)), narrative=60) == "narrative"
