"""Compare: which articles are new to the state, or say something new."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import apache_beam as beam
import msgspec
import numpy as np

from schemas.article import CleanArticle
from schemas.errors import Superseded
from transforms.each import REJECTS, Rejects
from transforms.reading.rejects import reject
from transforms.skip import UNCHANGED
from transforms.state.snapshot import Snapshot
from transforms.state.versions import is_newer, text_digest
from transforms.textreuse.columns import article_number

VERSIONS = "versions"


class Compared(NamedTuple):
    """What comes out beside each other."""

    articles: beam.PCollection  # new ones and new versions
    unchanged: beam.PCollection  # a 1 for each document that says what is known
    versions: beam.PCollection  # of each article, its newest document, encoded


@dataclass(eq=False)
class CompareVersions(beam.PTransform):
    """Let an article pass if the state doesn't have it, or has an older version that says something else.

    An older version than the state's becomes a reject that names the newer one.

    Args:
        state: What earlier runs know.
        rejects: Takes the rejects.
    """

    state: Snapshot
    rejects: Rejects

    def expand(self, articles: beam.PCollection[CleanArticle]) -> Compared:
        outputs = articles | "CompareEach" >> beam.ParDo(_Compare(self.state)).with_outputs(
            REJECTS, UNCHANGED, VERSIONS, main="articles"
        )
        self.rejects.keep(outputs[REJECTS])
        return Compared(outputs["articles"], outputs[UNCHANGED], outputs[VERSIONS])


class _Compare(beam.DoFn):
    def __init__(self, state: Snapshot):
        self._state = state

    def process(self, clean: CleanArticle) -> Iterator[CleanArticle]:
        article = clean.article
        number = article_number(article.id)
        version = (article.crawled or "", article.version_created or "", article.content_sha256, article.path)
        known = self._state.version(number)
        if known is not None and not is_newer(version, known):
            if version[:3] == known[:3]:
                yield beam.pvalue.TaggedOutput(UNCHANGED, 1)
                return
            error = Superseded(f"same origin as {known[3]}, which is the newer version")
            yield beam.pvalue.TaggedOutput(
                REJECTS, reject(error, article.path, article.content_bytes, article.content_sha256)
            )
            return
        yield beam.pvalue.TaggedOutput(VERSIONS, msgspec.msgpack.encode((number, *version)))
        at = int(self._state.articles.at(np.array([number]))[0])
        if at >= 0 and self._state.articles.columns["cleaned"][at].tobytes() == text_digest(clean):
            yield beam.pvalue.TaggedOutput(UNCHANGED, 1)
        else:
            yield clean
