"""Supersede: of several versions of one origin, the newest goes on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import apache_beam as beam

from schemas.article import Article
from schemas.errors import Superseded
from transforms.each import REJECTS, Rejects
from transforms.park import Parked
from transforms.reading.rejects import reject


class Version(NamedTuple):
    """What decides between two documents of one origin. The greatest wins."""

    crawled: str
    version_created: str
    content_sha256: str
    path: str
    article_id: str
    content_bytes: int


def version_of(article: Article) -> Version:
    """The version that an article is, unknown dates before all others."""
    return Version(
        crawled=article.crawled or "",
        version_created=article.version_created or "",
        content_sha256=article.content_sha256,
        path=article.path,
        article_id=article.id,
        content_bytes=article.content_bytes,
    )


@dataclass(eq=False)
class SupersedeVersions(beam.PTransform):
    """Keep one document an origin; each of the others becomes a reject that names the winner.

    Takes and gives parked articles whose columns begin with their Version.
    """

    rejects: Rejects

    def expand(self, parked: beam.PCollection[Parked]) -> beam.PCollection[Parked]:
        outputs = (
            parked
            | "ByOrigin" >> beam.Map(lambda one: (one.columns[0].article_id, one))
            | "Origins" >> beam.GroupByKey()
            | "Newest" >> beam.FlatMapTuple(_newest).with_outputs(REJECTS, main="winners")
        )
        self.rejects.keep(outputs[REJECTS])
        return outputs["winners"]


def _newest(article_id: str, versions: Iterable[Parked]) -> Iterator[Parked]:
    winner, *others = sorted(versions, key=lambda one: one.columns[0], reverse=True)
    yield winner
    for other in others:
        version = other.columns[0]
        error = Superseded(f"same origin as {winner.columns[0].path}, which is the newer version")
        yield beam.pvalue.TaggedOutput(
            REJECTS, reject(error, version.path, version.content_bytes, version.content_sha256)
        )
