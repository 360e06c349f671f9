import apache_beam as beam
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.article import CleanArticle
from schemas.reuse import Gathered
from tests.transforms.textreuse.conftest import Press, find_candidates, make_article
from transforms.align import AlignCopies
from transforms.textreuse.align import align_candidates


def gathered(articles: list[CleanArticle]) -> Gathered:
    (candidates,) = find_candidates(articles)
    return Gathered(candidates=candidates, articles=tuple(sorted(articles, key=lambda one: one.article.id)))


def test_each_gathered_becomes_one_aligned() -> None:
    press = Press()
    text = press.story()
    copies = gathered([make_article(" ".join(text), "whole"), make_article(" ".join(text[:5]), "cut")])
    alone = gathered([make_article(press.sentence(), "alone")])
    with TestPipeline(runner="FnApiRunner") as pipeline:
        result = pipeline | beam.Create([copies, alone]) | AlignCopies()
        assert_that(result, equal_to([align_candidates(copies), align_candidates(alone)]))
    assert [one.words for one in align_candidates(copies).passages] == [100]
    assert align_candidates(alone).passages == ()
