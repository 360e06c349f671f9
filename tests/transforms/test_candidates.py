import random

import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.article import CleanArticle
from tests.transforms.textreuse.conftest import Press, find_candidates, make_article
from transforms.candidates import ProposeCandidates
from transforms.fingerprint import FingerprintPassages
from transforms.textreuse.columns import article_number, day_number


def invented() -> list[CleanArticle]:
    press = Press()
    articles = []
    for number in range(20):
        story = press.story()
        for copy in range(1 + number % 4):
            day = None if copy == 3 else "2024-03-01"
            articles.append(make_article("\n".join(story[copy:]), f"{number} {copy}", day=day))
    return articles


@pytest.mark.parametrize("order", [1, 2])
def test_the_pipe_gives_what_the_functions_give_in_any_order(order: int) -> None:
    articles = invented()
    expected = find_candidates(articles)
    random.Random(order).shuffle(articles)
    with TestPipeline(runner="FnApiRunner") as pipeline:
        assert_that(
            pipeline | beam.Create(articles) | FingerprintPassages() | ProposeCandidates(), equal_to(expected)
        )


def test_a_given_day_stands_in_for_a_missing_date() -> None:
    text = " ".join(Press().story())
    articles = [make_article(text, "a", day="2024-03-01"), make_article(text, "b", day=None)]
    numbers = tuple(sorted(article_number(one.article.id) for one in articles))
    for as_of, pairs in (("2024-03-15", [(numbers,)]), ("2024-06-01", [()])):
        with TestPipeline(runner="FnApiRunner") as pipeline:
            found = (
                pipeline
                | beam.Create(articles)
                | FingerprintPassages()
                | ProposeCandidates(day_number(as_of))
                | beam.Map(lambda one: one.pairs)
            )
            assert_that(found, equal_to(pairs))


def test_no_articles_give_no_candidates() -> None:
    with TestPipeline(runner="FnApiRunner") as pipeline:
        nothing = pipeline | beam.Create([], reshuffle=False) | FingerprintPassages() | ProposeCandidates()
        assert_that(nothing, equal_to([]))
