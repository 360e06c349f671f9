from pathlib import Path

import apache_beam as beam
import msgspec
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.article import Article, CleanArticle
from schemas.parked import ParkedArticle, Reference
from tests.transforms.textreuse.conftest import make_article
from transforms.boilerplate.evidence import LineEvidence, line_evidence
from transforms.coders import FlowCoder, register_coders
from transforms.park import ParkArticles, ParkClean, RecallBlocks, Shelf
from transforms.state.versions import text_digest
from transforms.textreuse.columns import article_number

ARTICLES = [
    make_article("The ferry is late.", "one").article,
    make_article("The pier is shut.", "two", source=None).article,
    make_article("Die Fähre fährt.", "three").article,
]


def by_path(parked: ParkedArticle) -> tuple[str, str | None, bool]:
    return parked.version.path, parked.source, bool(parked.lines)


def test_recalled_articles_are_those_that_were_parked(tmp_path: Path) -> None:
    register_coders()
    with TestPipeline(runner="FnApiRunner") as pipeline:
        parked = pipeline | beam.Create(ARTICLES) | ParkArticles(str(tmp_path), learn=True)
        recalled = parked | beam.Map(lambda one: one.reference) | RecallBlocks(str(tmp_path), Article)
        assert_that(recalled, equal_to(ARTICLES), label="recalled")
        facts = parked | "Facts" >> beam.Map(by_path)
        expected = [("one", "paper of one", True), ("two", None, False), ("three", "paper of three", True)]
        assert_that(facts, equal_to(expected), label="facts")


def test_lines_are_kept_only_to_learn_from(tmp_path: Path) -> None:
    with TestPipeline(runner="FnApiRunner") as pipeline:
        parked = pipeline | beam.Create(ARTICLES[:1]) | ParkArticles(str(tmp_path), learn=False)
        assert_that(parked | beam.Map(lambda one: one.lines), equal_to([b""]))
    with TestPipeline(runner="FnApiRunner") as pipeline:
        parked = pipeline | beam.Create(ARTICLES[:1]) | ParkArticles(str(tmp_path), learn=True)
        lines = parked | beam.Map(lambda one: msgspec.msgpack.decode(one.lines, type=LineEvidence))
        assert_that(lines, equal_to([line_evidence(ARTICLES[0])]))


def test_a_clean_article_is_found_by_its_number(tmp_path: Path) -> None:
    clean = [make_article(text, text) for text in ("The ferry is late.", "The pier is shut.")]

    def found(parked: list) -> None:
        with Shelf(str(tmp_path), CleanArticle) as shelf:
            assert {one.number: shelf.recall(one.reference) for one in parked} == {
                article_number(one.article.id): one for one in clean
            }
        assert {(one.id, one.source, one.digest) for one in parked} == {
            (bytes.fromhex(one.article.id), one.article.source, text_digest(one)) for one in clean
        }

    with TestPipeline(runner="FnApiRunner") as pipeline:
        assert_that(pipeline | beam.Create(clean) | ParkClean(str(tmp_path), remember=True), found)


def test_what_flows_comes_back_from_its_bytes() -> None:
    coder = FlowCoder(Reference)
    reference = Reference("a" * 32, 7, 2**40)
    assert coder.decode(coder.encode(reference)) == reference
    assert coder.encode(reference) == FlowCoder(Reference).encode(Reference("a" * 32, 7, 2**40))
    assert coder.is_deterministic() and coder == FlowCoder(Reference) and coder != FlowCoder(ParkedArticle)
