import apache_beam as beam
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.reuse import Gathered
from tests.transforms.textreuse.conftest import Press, find_candidates, find_stories, make_article
from transforms.align import AlignCopies
from transforms.cluster import ClusterStories


def test_each_aligned_becomes_one_component_with_every_article() -> None:
    press = Press()
    text, other = press.story(), press.story()
    articles = [
        make_article(" ".join(text), "whole"),
        make_article(" ".join(text[:5]), "cut"),
        make_article(" ".join(other), "other"),
    ]
    (candidates,) = find_candidates(articles)
    found = Gathered(candidates=candidates, articles=tuple(sorted(articles, key=lambda one: one.article.id)))
    (expected,) = find_stories(articles)
    with TestPipeline(runner="FnApiRunner") as pipeline:
        assert_that(pipeline | beam.Create([found]) | AlignCopies() | ClusterStories(), equal_to([expected]))
    parts = zip(expected.articles, expected.reuse, strict=True)
    stories = {article.article.path: part.story for article, part in parts}
    assert stories["whole"] == stories["cut"] != stories["other"]
