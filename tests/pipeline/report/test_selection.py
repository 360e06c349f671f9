"""What a page shows of a large run, and that a larger run takes no more memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from pipeline.report import Ledger, Limits, write_report
from pipeline.report.selection import first_copies, select
from schemas.records import Evidence, InfoSource, StoryInfoSource
from tests.pipeline.report.report_records import article_of, passage_of, story_of, write_run

BODY = "The council of Port Elder voted on Tuesday to widen the quay. " * 8


def id_of(number: int) -> str:
    return f"{number:032x}"


def agency(*explicit: str, name: str = "northwire") -> StoryInfoSource:
    return StoryInfoSource(id=name, name=name, role="origin", confidence=1.0, explicit_in=explicit, inferred_in=())


def test_the_copies_that_stand_for_a_story() -> None:
    copies = [article_of("x", id_of(number)) for number in (3, 1, 2, 4, 5)]
    story = story_of(
        copies, id_of(9), info_sources=(agency(id_of(5)), agency(name="unseen"), agency(id_of(5), id_of(4)))
    )
    assert first_copies(story, 3) == (id_of(3), id_of(5), id_of(1))
    assert first_copies(story, 9) == tuple(map(id_of, (3, 5, 1, 2, 4)))


def test_the_largest_stories_and_the_credited_singles_come_first(tmp_path: Path) -> None:
    sizes = (2, 4, 1, 4, 1, 3, 1)
    articles, stories, number = [], [], 0
    for at, size in enumerate(sizes):
        copies = [article_of(BODY, id_of(number + copy), story_id=id_of(number)) for copy in range(size)]
        number += size
        articles += copies
        stories.append(story_of(copies, copies[0].id, info_sources=(agency(copies[0].id),) if at == 4 else ()))
    selection = select(write_run(tmp_path, articles, stories), Limits(stories=3, singles=2))
    assert [(story.id, story.size) for story in selection.stories.largest] == [
        (id_of(2), 4),
        (id_of(7), 4),
        (id_of(12), 3),
    ]
    assert selection.stories.singles == [id_of(11), id_of(6)]
    assert (selection.stories.stories, selection.stories.shared, selection.stories.copies) == (7, 4, 13)
    assert selection.articles == 16


def test_an_agency_in_two_roles_is_counted_once(tmp_path: Path) -> None:
    one = article_of(BODY, id_of(1))
    both = (
        agency(id_of(1)),
        StoryInfoSource(
            id="northwire",
            name="northwire",
            role="distributor",
            confidence=1.0,
            explicit_in=(id_of(1),),
            inferred_in=(),
        ),
    )
    found = select(
        write_run(tmp_path, (one,), (story_of((one,), id_of(1), info_sources=both),)), Limits()
    ).stories.agencies
    assert (found["northwire"].explicit, found["northwire"].stories) == (1, 1)
    assert found["northwire"].roles == {"origin", "distributor"}


def test_passages_that_a_claim_rests_on_are_listed_before_longer_ones(tmp_path: Path) -> None:
    proof = Evidence(
        kind="shared_wording",
        place="body",
        start=0,
        end=3,
        exact=BODY[:3],
        rule="x",
        reuse_id=id_of(70),
        article_id=id_of(1),
    )
    claim = InfoSource(id="n", name="n", role="origin", basis="inferred", confidence=0.6, evidence=(proof,))
    copies = [article_of(BODY, id_of(1)), article_of(BODY, id_of(2), info_sources=(claim,))]
    reuse = [passage_of(id_of(1), id_of(2), (at, at + 2), "quote", id_of(at), words=at) for at in range(1, 71)]
    reuse[-1] = passage_of(id_of(1), id_of(2), (0, 3), "narrative", id_of(70), words=1)
    selection = select(write_run(tmp_path, copies, (story_of(copies, id_of(1)),), reuse), Limits(passages=3))
    shown = selection.shown[id_of(2)]
    assert [passage.id for passage in shown.passages] == [id_of(70), id_of(69), id_of(68)]
    assert shown.passage_count == 70
    assert [(mark.start, mark.end, mark.kind) for mark in shown.coverage.marks()] == [
        (0, 3, "narrative"),
        (1, 71, "quote"),
    ]


def run_of(folder: Path, number: int) -> Path:
    """Half of the articles in one story, whose copies all share a passage with the first; the others alone."""
    copies = [article_of(BODY, id_of(at), story_id=id_of(0)) for at in range(number // 2)]
    alone = [article_of(BODY, id_of(at), story_id=id_of(at)) for at in range(number // 2, number)]
    stories = [story_of(copies, id_of(0)), *(story_of((one,), one.id) for one in alone)]
    reuse = [
        passage_of(id_of(0), one.id, (at % 90, at % 90 + 60), "narrative", id_of(at))
        for at, one in enumerate(copies[1:])
    ]
    return write_run(folder, [*copies, *alone], stories, reuse)


def peak_of(run: Path, number: int) -> tuple[int, int]:
    """Peak of traced memory in bytes, and the size of the page."""
    target = run / "report.html"
    tracemalloc.start()
    write_report(
        run,
        target,
        Ledger(documents=number, articles=number, rejects=0, rejects_by={}),
        limits=Limits(copies=20, singles=20),
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak, target.stat().st_size


def test_a_run_ten_times_as_large_takes_no_more_memory_and_room(tmp_path: Path) -> None:
    peak_of(run_of(tmp_path / "warm", 10), 10)
    small_peak, small_size = peak_of(run_of(tmp_path / "small", 200), 200)
    large_peak, large_size = peak_of(run_of(tmp_path / "large", 2_000), 2_000)
    assert large_size < small_size * 1.02
    assert large_peak < small_peak + 500_000  # the line of the one story names 1,000 copies
