import apache_beam as beam
import msgspec
from apache_beam.testing.test_pipeline import TestPipeline
from apache_beam.testing.util import assert_that, equal_to

from tests.transforms.textreuse.conftest import Press, make_article
from transforms.fingerprint import FingerprintPassages
from transforms.textreuse.columns import ARTICLES, ArticlePack, KeyPack, article_number, column


def test_every_article_stands_in_one_article_pack_and_its_keys_in_the_buckets() -> None:
    press = Press()
    articles = [make_article(" ".join(press.story(4)), str(place)) for place in range(150)]

    def check(columns: list[tuple[int, bytes]]) -> None:
        tables = [msgspec.msgpack.decode(packed, type=ArticlePack) for bucket, packed in columns if bucket == ARTICLES]
        packs = [msgspec.msgpack.decode(packed, type=KeyPack) for bucket, packed in columns if bucket != ARTICLES]
        numbers = column(tables, "number", "int64").tolist()
        assert sorted(numbers) == sorted(article_number(one.article.id) for one in articles)
        assert sum(column(tables, "keys", "int32").tolist()) == sum(len(pack.key) // 4 for pack in packs)
        assert {bucket for bucket, _ in columns} == set(range(ARTICLES + 1))

    with TestPipeline(runner="FnApiRunner") as pipeline:
        assert_that(pipeline | beam.Create(articles) | FingerprintPassages(), check)


def test_no_articles_give_no_columns() -> None:
    with TestPipeline(runner="FnApiRunner") as pipeline:
        nothing = pipeline | beam.Create([], reshuffle=False) | FingerprintPassages()
        assert_that(nothing, equal_to([]))
