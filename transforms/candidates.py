"""Propose which articles may share wording, from columns of fingerprints alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import apache_beam as beam
import msgspec
from apache_beam.metrics import Metrics

from schemas.reuse import Candidates
from transforms.textreuse.candidates import (
    HORIZON_DAYS,
    Group,
    bucket_edges,
    dated,
    join_articles,
    join_bucket,
    judge_bucket,
    latest_day,
    near_copies,
)
from transforms.textreuse.columns import ARTICLES
from transforms.textreuse.pairing import propose


@dataclass(eq=False)
class ProposeCandidates(beam.PTransform):
    """Join fingerprints by bucket and form components of articles that may share wording.

    Every article is in exactly one Candidates, those that share nothing too. Groups of equal keys are looked at twice,
    one bucket after the other: what they say of pairs takes five times their room, and never leaves the step.

    Args:
        as_of: Day (since 1970-01-01) of articles without a date; None: the latest day of the input.
        horizon: Days between articles that may match.
    """

    as_of: int | None = None
    horizon: int = HORIZON_DAYS

    def expand(self, columns: beam.PCollection[tuple[int, bytes]]) -> beam.PCollection[Candidates]:
        articles = columns | "Articles" >> beam.FlatMapTuple(_article_packs)
        groups = (
            columns
            | "KeepKeys" >> beam.Filter(lambda packed: packed[0] != ARTICLES)
            | "GroupByBucket" >> beam.GroupByKey()
            | "JoinBucket" >> beam.MapTuple(_join)
        )
        return (
            columns.pipeline
            | "Start" >> beam.Impulse()
            | "FormComponents"
            >> beam.ParDo(_Propose(self.as_of, self.horizon), beam.pvalue.AsIter(articles), beam.pvalue.AsIter(groups))
            | "SpreadCandidates" >> beam.Reshuffle()
        )


def _article_packs(bucket: int, pack: bytes) -> Iterator[bytes]:
    if bucket == ARTICLES:
        yield pack


def _join(bucket: int, packs: Iterable[bytes]) -> bytes:
    return msgspec.msgpack.encode(join_bucket(bucket, packs))


class _Propose(beam.DoFn):
    def __init__(self, as_of: int | None, horizon: int) -> None:
        self._as_of, self._horizon = as_of, horizon
        self._articles = Metrics.counter("Candidates", "articles")
        self._pairs = Metrics.counter("Candidates", "pairs")

    def process(self, _: bytes, tables: Iterable[bytes], groups: Iterable[bytes]) -> Iterator[Candidates]:
        as_of = latest_day(tables) if self._as_of is None else self._as_of
        articles, horizon = join_articles(tables, as_of), self._horizon
        labels = near_copies(articles, (bucket_edges(group, horizon) for group in _read(groups, as_of)))
        verdicts = (judge_bucket(group, articles.number, labels, horizon) for group in _read(groups, as_of))
        for candidates in propose(articles, verdicts):
            self._articles.inc(len(candidates.numbers))
            self._pairs.inc(len(candidates.pairs))
            yield candidates


_decode = msgspec.msgpack.Decoder(Group).decode


def _read(groups: Iterable[bytes], as_of: int) -> Iterator[Group]:
    return (dated(_decode(group), as_of) for group in groups)
