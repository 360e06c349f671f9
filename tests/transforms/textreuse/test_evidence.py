from __future__ import annotations

import pytest

from schemas.reuse import Aligned, Link
from transforms.textreuse.evidence import Tie, all_ties, containment, tie


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
    assert tied_by(days=(morning, evening), narrative=18, renumbered=3) == "form"  # results of two constituencies
    assert tied_by(days=(morning, evening), narrative=19, renumbered=3) == "narrative"


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
    assert tied_by(agencies=(("afp",), ("ap",)), narrative=40) == "nothing"


def test_two_numbers_that_differ_make_a_form_of_other_days(tied_by) -> None:
    assert tied_by(days=("2024-03-01", "2024-03-02"), narrative=40, renumbered=2) == "form"
    assert tied_by(days=("2024-03-01", "2024-03-02"), narrative=41, renumbered=2) == "narrative"
    assert tied_by(days=("2024-03-01", "2024-03-01"), narrative=40, renumbered=2) == "narrative"


def filled(article, last_day: str, renumbered: int) -> Tie:
    """What ties two bulletins that another day's fills in otherwise."""
    days = ("2024-03-01", "2024-03-04", last_day)
    articles = tuple(article("", str(place), day=day) for place, day in enumerate(days))

    def link(a: int, b: int, numbers: int) -> Link:
        return Link(
            a=a, b=b, narrative=40, quoted=0, quotations=0, run=40, renamed=0, renumbered=numbers,
            a_spans=((0, 40),), b_spans=((0, 40),), a_reused=(), b_reused=(),
        )  # fmt: skip

    links = (link(0, 1, 3), link(0, 2, 3), link(1, 2, renumbered))
    return all_ties(Aligned(articles=articles, words=(50,) * 3, passages=(), links=links))[1, 2]


def test_what_is_a_form_elsewhere_joins_only_where_it_is_filled_in_alike(article) -> None:
    assert filled(article, "2024-03-05", 1) == "form"
    assert filled(article, "2024-03-04", 2) == "form"
    assert filled(article, "2024-03-05", 0) == "narrative"
