from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transforms.textreuse.candidates import components
from transforms.textreuse.columns import article_number


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=30))
def test_components_are_those_of_a_plain_search(edges: list[tuple[int, int]]) -> None:
    label = list(range(20))
    for _ in range(20):
        for a, b in edges:
            label[a] = label[b] = min(label[a], label[b])
    a, b = (np.array([edge[side] for edge in edges], np.int64) for side in (0, 1))
    assert components(20, a, b).tolist() == label


def test_a_long_chain_is_one_component() -> None:
    order = np.random.default_rng(1).permutation(5000)
    assert set(components(5000, order[:-1], order[1:]).tolist()) == {0}


def pairs_by_name(candidates, articles) -> set[frozenset[str]]:
    names = {article_number(one.article.id): one.article.path for one in articles}
    return {frozenset((names[a], names[b])) for one in candidates for a, b in one.pairs}


def test_copies_are_paired_and_strangers_are_not(article, press, candidates_of) -> None:
    story, other = press.story(), press.story()
    articles = [
        article(" ".join(story), "whole"), article(" ".join(story[:5]), "cut"), article(" ".join(other), "alone"),
        article("", "empty"), article("Two words.", "short"),
    ]  # fmt: skip
    found = candidates_of(articles)
    assert pairs_by_name(found, articles) == {frozenset(("whole", "cut"))}
    assert sorted(number for one in found for number in one.numbers) == sorted(
        article_number(one.article.id) for one in articles
    )


def test_copies_of_a_text_that_says_everything_several_times_stay_together_however_many_they_are(
    article, press, candidates_of
) -> None:
    text = " ".join(2 * press.story()[:2])
    for count in (2, 17, 60):
        articles = [article(5 * f"{text} ", str(number)) for number in range(count)]
        (found,) = candidates_of(articles)
        assert len(set(found.components)) == 1


def test_the_same_candidates_in_any_order_and_packing(article, press, candidates_of) -> None:
    articles = []
    for story in range(8):
        text = press.story()
        for copy in range(1 + story % 4):
            articles.append(article(" ".join(text[copy:]), f"{story} {copy}", day=f"2024-03-0{1 + copy}"))
    expected = candidates_of(articles)
    for size in (1, 3, 50):
        press.random.shuffle(articles)
        assert candidates_of(articles, size) == expected


def test_days_further_apart_than_the_horizon_are_never_compared(article, press, candidates_of) -> None:
    text = " ".join(press.story())
    near = [article(text, "a", day="2024-01-01"), article(text, "b", day="2024-01-31")]
    far = [article(text, "a", day="2024-01-01"), article(text, "b", day="2024-02-01")]
    assert pairs_by_name(candidates_of(near), near) == {frozenset("ab")}
    assert pairs_by_name(candidates_of(far), far) == set()


def test_an_article_without_a_date_stands_at_the_latest_day(article, press, candidates_of) -> None:
    text, other = " ".join(press.story()), " ".join(press.story())
    dated = (text, "a", "2024-05-30"), (text, "b", None), (other, "c", "2024-06-01")
    articles = [article(body, name, day=day) for body, name, day in dated]
    assert pairs_by_name(candidates_of(articles), articles) == {frozenset("ab")}


def test_a_paragraph_of_every_story_pairs_nothing(article, press, candidates_of) -> None:
    background = " ".join(press.story(3))
    articles = []
    for story in range(12):
        text = press.story()
        for copy in range(1 + story % 3):
            articles.append(article(" ".join([*text[copy:], background]), f"{story} {copy}"))
    found = candidates_of(articles)
    assert {frozenset(name.split()[0] for name in pair) for pair in pairs_by_name(found, articles)} == {
        frozenset(str(story)) if story < 10 else frozenset((str(story),)) for story in range(12) if story % 3
    }
    assert any(one.background for one in found)


def test_wording_of_many_weeks_is_stale(article, press, candidates_of) -> None:
    standing = " ".join(press.story(3))
    articles = [
        article(" ".join([*press.story(2), standing]), str(week), day=f"2024-0{1 + week // 4}-{1 + 7 * (week % 4):02}")
        for week in range(6)
    ]
    assert pairs_by_name(candidates_of(articles), articles) == set()


def test_a_thousand_copies_take_few_pairs(article, press, candidates_of) -> None:
    story = press.story(20)
    articles = [
        article(" ".join(story[: press.random.randint(6, 20)]), str(place), agencies=("afp",) if place == 999 else ())
        for place in range(1000)
    ]
    (found,) = candidates_of(articles)
    assert len(found.numbers) == 1000
    assert len(found.pairs) < 5 * 1000
    credited = article_number(articles[999].article.id)
    assert sum(credited in pair for pair in found.pairs) == 999


def test_whoever_took_little_of_a_story_is_paired_with_the_copy_that_credits_an_agency(
    article, press, candidates_of
) -> None:
    story = press.story()
    articles = [article(" ".join(story), f"copy {copy}") for copy in range(12)]
    articles.append(article(" ".join(story[:11]), "credited", agencies=("afp",)))
    articles += [article(" ".join([*story[:10], press.sentence(8 + copy)]), f"between {copy}") for copy in range(3)]
    articles.append(article(" ".join([*story[:2], *press.story(8)]), "outsider"))
    assert {"outsider", "credited"} in pairs_by_name(candidates_of(articles), articles)


def test_bulletins_printed_twice_are_paired_with_each_other_however_many_there_are(article, press, candidates_of) -> None:
    frame, articles = [press.sentence(12)[:-1] for _ in range(4)], []
    for day in range(1, 29):
        highs = press.random.choices(range(10, 20), k=4)
        text = " ".join(f"{words} {high} degrees." for words, high in zip(frame, highs, strict=True))
        articles += [article(text, f"{day} {copy}", day=f"2024-03-{day:02}") for copy in "ab"]
    found = pairs_by_name(candidates_of(articles), articles)
    assert [day for day in range(1, 29) if frozenset((f"{day} a", f"{day} b")) not in found] == []
