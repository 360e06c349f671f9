"""Supersede: of several versions of one origin, the newest goes on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import apache_beam as beam

from schemas.errors import Superseded
from schemas.parked import ParkedArticle
from transforms.each import REJECTS, Rejects
from transforms.reading.rejects import reject


@dataclass(eq=False)
class SupersedeVersions(beam.PTransform):
    """Keep one document an origin; each of the others becomes a reject that names the winner."""

    rejects: Rejects

    def expand(self, parked: beam.PCollection[ParkedArticle]) -> beam.PCollection[ParkedArticle]:
        outputs = (
            parked
            | "ByOrigin" >> beam.Map(_by_origin)
            | "Origins" >> beam.GroupByKey()
            | "Newest" >> beam.FlatMapTuple(_newest).with_outputs(REJECTS, main="winners")
        )
        self.rejects.keep(outputs[REJECTS])
        return outputs["winners"]


def _by_origin(parked: ParkedArticle) -> tuple[str, ParkedArticle]:
    return parked.version.article_id, parked


def _newest(article_id: str, versions: Iterable[ParkedArticle]) -> Iterator[ParkedArticle]:
    winner, *others = sorted(versions, key=lambda one: one.version, reverse=True)
    yield winner
    for other in others:
        version = other.version
        error = Superseded(f"same origin as {winner.version.path}, which is the newer version")
        yield beam.pvalue.TaggedOutput(
            REJECTS, reject(error, version.path, version.content_bytes, version.content_sha256)
        )
