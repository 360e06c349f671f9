"""Export: the components of a state as its runs left them."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam
import numpy as np

from schemas.records import Record
from transforms.compose import COMPOSED
from transforms.composition.articles import compose_records
from transforms.composition.naming import StoryName
from transforms.state.findings import join_component
from transforms.state.snapshot import Snapshot

PACK_ARTICLES = 256  # of whole components, 16 to 4096, written in one go


@dataclass(eq=False)
class ExportRecords(beam.PTransform):
    """Write down every article and story of a state, one output for each of COMPOSED. Nothing is computed anew.

    Args:
        state: What earlier runs know.
        keep_raw: Whether each article's extracted text becomes a record, too.
    """

    state: Snapshot
    keep_raw: bool

    def expand(self, pipeline: beam.Pipeline):
        return (
            pipeline
            | "Packs" >> beam.Create(packs(self.state), reshuffle=False)
            | "Spread" >> beam.Reshuffle()
            | "ExportEach" >> beam.ParDo(_Export(self.state, self.keep_raw)).with_outputs(*COMPOSED)
        )


def packs(state: Snapshot) -> list[tuple[int, ...]]:
    """Numbers of all articles in packs of whole components."""
    table = state.table
    order = np.argsort(table.component, kind="stable")
    starts = np.flatnonzero(np.diff(table.component[order], prepend=table.component[order][:1] - 1)).tolist()
    borders = [0]
    for start in starts[1:]:
        if start - borders[-1] >= PACK_ARTICLES:
            borders.append(start)
    numbers = table.number[order]
    return [
        tuple(numbers[start:end].tolist())
        for start, end in zip(borders, [*borders[1:], len(order)], strict=True)
        if end > start
    ]


class _Export(beam.DoFn):
    def __init__(self, state: Snapshot, keep_raw: bool):
        self._state, self._keep_raw = state, keep_raw

    def setup(self):
        self._pasts = self._state.pasts()

    def process(self, numbers: tuple[int, ...]) -> Iterator[Record]:
        articles = sorted(map(self._state.text, numbers), key=lambda clean: clean.article.id)
        found = [self._state.finding(number) for number in numbers]
        stories = self._state.story_of(np.array(numbers, np.int64))
        names = {
            finding.reuse.story: self._name(stories[number][0]) for number, finding in zip(numbers, found, strict=True)
        }
        findings = {finding.reuse.article_id: finding for finding in found}
        for record in compose_records(join_component(articles, findings), self._keep_raw, names):
            yield beam.pvalue.TaggedOutput(record.__struct_config__.tag, record)

    def _name(self, story: str) -> StoryName:
        past = self._pasts.get(story)
        return StoryName(story, past.replaces, past.split_from) if past else StoryName(story)

    def teardown(self):
        self._state.close()
