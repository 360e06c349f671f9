from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.reuse import Aligned, Gathered
from transforms.textreuse.align import align_candidates

PROSE = "The ministry of water closed nine wells near the northern border after samples showed traces of lead"
QUOTE = "We will not let a single family drink from them until every pipe has been replaced"
STANDING = "The border region has been without a treaty on its rivers since the union fell apart thirty years ago"


@pytest.fixture
def aligned(article, candidates_of):
    def align(*bodies: str, days: tuple[str | None, ...] = (), **options) -> Aligned:
        days = days or ("2024-03-01",) * len(bodies)
        named = zip(bodies, "abcdefgh", days, strict=False)
        articles = [article(body, name, day=day, **options) for body, name, day in named]
        (candidates,) = candidates_of(articles)
        return align_candidates(
            Gathered(candidates=candidates, articles=tuple(sorted(articles, key=lambda one: one.article.id)))
        )

    return align


def texts(found: Aligned) -> list[tuple[str, str, str]]:
    bodies = {one.article.id: one.cleaning.body_text for one in found.articles}
    return [
        (one.kind, bodies[one.a_id][one.a_start : one.a_end], bodies[one.b_id][one.b_start : one.b_end])
        for one in found.passages
    ]


def test_prose_and_quotation_are_told_apart_whatever_the_marks(aligned) -> None:
    found = aligned(f'{PROSE}. "{QUOTE}," the minister said.', f"{PROSE}. “{QUOTE},” the minister said.")
    assert sorted((kind, one.strip(".")) for kind, one, _ in texts(found)) == [
        ("narrative", PROSE), ("narrative", "the minister said"), ("quote", f'"{QUOTE},"'),
    ] or sorted((kind, one[:20]) for kind, one, _ in texts(found)) == sorted(
        [("narrative", PROSE[:20]), ("narrative", "the minister said."), ("quote", f"“{QUOTE}"[:20])]
    )  # fmt: skip


def test_a_quotation_that_lost_its_marks_in_one_paper_is_one_in_both(aligned) -> None:
    found = aligned(f"{PROSE}. {QUOTE}, the minister said.", f"{PROSE}. “{QUOTE},” the minister said.")
    assert ["quote"] == [kind for kind, one, other in texts(found) if QUOTE in one and QUOTE in other]


def test_a_quotation_goes_on_behind_he_said_and_over_sentences(aligned) -> None:
    more = "Nobody has asked for more than that. It is the least they are owed by any state."
    body = f"“{QUOTE},” he said. “{more}” It rained."
    found = aligned(body, body.replace("“", '"').replace("”", '"'))
    ((kind, one, _),) = texts(found)
    assert kind == "quote" and QUOTE in one and "It is the least they are owed by any state." in one


def test_passages_lie_in_both_bodies(aligned, press) -> None:
    story = press.story(12)
    found = aligned(" ".join(story), " ".join(story[3:]), " ".join([*story[6:9], press.sentence(), story[0]]))
    assert len(found.passages) >= 3
    for kind, one, other in texts(found):
        assert kind == "narrative" and one == other


def test_the_earlier_copy_comes_first(aligned) -> None:
    found = aligned(f"{PROSE}.", f"{PROSE}.", days=("2024-03-02", "2024-03-01"))
    early = next(one.article.id for one in found.articles if one.article.first_created == "2024-03-01")
    (passage,) = found.passages
    assert passage.direction == ("a_to_b" if passage.a_id == early else "b_to_a")


def test_without_dates_or_credits_equal_copies_are_undecided(aligned) -> None:
    assert [one.direction for one in aligned(f"{PROSE}.", f"{PROSE}.", days=(None, None)).passages] == ["undecided"]


def test_names_that_differ_in_equal_words_are_counted(aligned) -> None:
    form = "Shares of {} closed at {} in Paris on {} after the company from {} said it had sold its plant for paper"
    one, other = form.format("Alfa", 17, "Monday", "Lyon"), form.format("Bravo", 31, "Monday", "Lille")
    (link,) = aligned(f"{one}. {PROSE}.", f"{other}. {PROSE}.").links
    assert (link.renamed, link.renumbered) == (2, 1)  # the company and its town; the price


def test_numbers_that_differ_between_passages_are_counted(aligned) -> None:
    form = f"{PROSE}. The numbers drawn on {{}} evening by the state lottery are {{}}, {{}}, {{}}, {{}}, {{}} and {{}}. {PROSE[::-1]}."
    one, other = form.format("Monday", 3, 9, 14, 28, 33, 41), form.format("Friday", 5, 11, 14, 20, 37, 48)
    (link,) = aligned(one, other).links
    assert link.renumbered == 5


def test_a_quotation_counts_for_itself(aligned) -> None:
    (link,) = aligned(f"{PROSE}. “{QUOTE}.”", f"{PROSE}. “{QUOTE}.”").links
    assert (link.narrative, link.quoted, link.quotations, link.run) == (17, 16, 1, 17)


def test_background_has_no_weight_alone_and_goes_along_with_a_copy(article, press, candidates_of) -> None:
    articles = []
    for story in range(6):
        own = press.story(6)
        for copy in range(2):
            articles.append(article(" ".join([*own, f"{STANDING}.", *press.story(2)]), f"{story} {copy}"))
    articles.sort(key=lambda one: one.article.id)
    (candidates,) = candidates_of(articles)
    found = align_candidates(Gathered(candidates=candidates, articles=tuple(articles)))
    names = [one.article.path.split()[0] for one in found.articles]
    assert {(names[link.a], names[link.b]) for link in found.links} == {(str(story), str(story)) for story in range(6)}
    assert {link.narrative for link in found.links} <= set(range(118, 126))
    assert all(kind == "narrative" and STANDING in one for kind, one, _ in texts(found))


def test_copies_carry_background_wherever_they_print_it(article, press, candidates_of) -> None:
    articles = []
    for story in range(6):
        own = press.story(6)
        for copy, body in enumerate(([*own, f"{STANDING}."], [*own[:3], f"{STANDING}.", *own[3:]])):
            articles.append(article(" ".join(body), f"{story} {copy}"))
    articles.sort(key=lambda one: one.article.id)
    (candidates,) = candidates_of(articles)
    found = align_candidates(Gathered(candidates=candidates, articles=tuple(articles)))
    carried = [(kind, one.rstrip(".")) for kind, one, _ in texts(found) if STANDING in one]
    assert carried == [("narrative", STANDING)] * 6
    assert {link.narrative for link in found.links} == {120}  # without the words of the background


def test_equal_words_beside_an_edit_count_in_every_part(aligned) -> None:
    one, other = f'{PROSE}. "{QUOTE}," the tired minister of water said.', f'{PROSE}. "{QUOTE}," the minister said.'
    found = sorted((kind, passage.similarity) for (kind, *_), passage in zip(texts(aligned(one, other)), aligned(one, other).passages))
    assert found == [("narrative", 0.5), ("narrative", 1.0), ("quote", 1.0)]


def test_a_part_ends_where_its_words_do_though_one_copy_goes_on_with_more(aligned) -> None:
    told = "explained Hanna Okoro, a student of old rivers at the new college of Lindow."
    found = aligned(f"“{QUOTE},” {told} “It runs,” he added. “{PROSE}.”", f"“{QUOTE},” {told} “{PROSE}.”")
    (narrative,) = [sides for kind, *sides in texts(found) if kind == "narrative"]
    assert min(narrative) == told and all(side.startswith(told) for side in narrative)


def test_every_passage_stands_between_other_places(aligned) -> None:
    again = f"{PROSE}. “{QUOTE},” she said. "
    found = aligned(again * 3 + f"“{QUOTE}.”", f"“{QUOTE},” she said. " + again * 2)
    places = [(one.a_start, one.a_end, one.b_start, one.b_end) for one in found.passages]
    assert len(set(places)) == len(places) > 2


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the fixture keeps nothing
def test_no_more_words_are_equal_than_stand_there(aligned, data: st.DataObject) -> None:
    words = st.sampled_from(["oak", "elm", "ash.", "“fir", "yew”", "box", "bay,", "\n\n"])
    one, other = (" ".join(data.draw(st.lists(words, min_size=12, max_size=60))) for _ in "ab")
    found = aligned(one, other)
    bodies = {article.article.id: article.cleaning.body_text for article in found.articles}
    for passage in found.passages:
        a, b = bodies[passage.a_id][passage.a_start : passage.a_end], bodies[passage.b_id][passage.b_start : passage.b_end]
        assert passage.words == min(len(a.split()), len(b.split()))
        assert passage.similarity * max(len(a.split()), len(b.split())) <= passage.words + 0.01
