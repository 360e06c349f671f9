"""Revive: the articles of a state as they were extracted, to be cleaned anew."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam

from schemas.article import Article
from transforms.state.snapshot import Snapshot

PACK_ARTICLES = 256  # articles read in one go, 16 to 4096


@dataclass(eq=False)
class RevivedArticles(beam.PTransform):
    """Read every article of a state."""

    state: Snapshot

    def expand(self, pipeline: beam.Pipeline) -> beam.PCollection[Article]:
        count = len(self.state.articles.number)
        packs = [(start, min(start + PACK_ARTICLES, count)) for start in range(0, count, PACK_ARTICLES)]
        return (
            pipeline
            | "Packs" >> beam.Create(packs, reshuffle=False)
            | "Spread" >> beam.Reshuffle()
            | "ReadPacks" >> beam.ParDo(_Read(self.state))
        )


class _Read(beam.DoFn):
    def __init__(self, state: Snapshot):
        self._state = state

    def process(self, pack: tuple[int, int]) -> Iterator[Article]:
        for position in range(*pack):
            yield self._state.text_at(position).article

    def teardown(self):
        self._state.close()
