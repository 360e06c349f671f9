"""Propose which articles may share wording, from columns of fingerprints alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import apache_beam as beam
import msgspec
import numpy as np
from apache_beam.metrics import Metrics

from schemas.reuse import Candidates
from transforms.once import Once
from transforms.textreuse.candidates import (
    HORIZON_DAYS,
    Edges,
    Group,
    Verdict,
    bucket_edges,
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

    Every article is in exactly one Candidates, those that share nothing too.

    Args:
        as_of: Day (since 1970-01-01) of articles without a date; None: the latest day of the input.
        horizon: Days between articles that may match.
    """

    as_of: int | None = None
    horizon: int = HORIZON_DAYS

    def expand(self, columns: beam.PCollection[tuple[int, bytes]]) -> beam.PCollection[Candidates]:
        articles = columns | "Articles" >> beam.FlatMapTuple(_article_packs)
        as_of = beam.pvalue.AsSingleton(articles | "AsOf" >> Once(partial(_as_of, self.as_of)))
        tables = beam.pvalue.AsIter(articles)
        groups = (
            columns
            | "KeepKeys" >> beam.Filter(lambda packed: packed[0] != ARTICLES)
            | "GroupByBucket" >> beam.GroupByKey()
            | "JoinBucket" >> beam.Map(_join, as_of)
        )
        looks = groups | "CountShared" >> beam.Map(_look, self.horizon)
        start = columns.pipeline | "Start" >> beam.Impulse()
        labels = start | "FindNearCopies" >> beam.Map(_label, tables, beam.pvalue.AsIter(looks), as_of)
        verdicts = groups | "JudgeKeys" >> beam.Map(_judge, beam.pvalue.AsSingleton(labels), self.horizon)
        return (
            start
            | "FormComponents"
            >> beam.ParDo(_Propose(), tables, beam.pvalue.AsIter(verdicts), as_of)
            | "SpreadCandidates" >> beam.Reshuffle()
        )


def _article_packs(bucket: int, pack: bytes) -> Iterator[bytes]:
    if bucket == ARTICLES:
        yield pack


def _as_of(given: int | None, packs: Iterable[bytes]) -> int:
    return latest_day(packs) if given is None else given


_encode = msgspec.msgpack.encode


def _join(packed: tuple[int, Iterable[bytes]], as_of: int) -> bytes:
    bucket, packs = packed
    return _encode(join_bucket(bucket, packs, as_of))


def _look(group: bytes, horizon: int) -> bytes:
    return _encode(bucket_edges(msgspec.msgpack.decode(group, type=Group), horizon))


def _label(_: bytes, tables: Iterable[bytes], looks: Iterable[bytes], as_of: int) -> tuple[bytes, bytes]:
    articles = join_articles(tables, as_of)
    decoded = [msgspec.msgpack.decode(look, type=tuple[Edges, Edges]) for look in looks]
    labels = near_copies(articles, [every for every, _ in decoded], [cold for _, cold in decoded])
    return articles.number.tobytes(), labels.tobytes()


def _judge(group: bytes, labels: tuple[bytes, bytes], horizon: int) -> bytes:
    number, label = (np.frombuffer(column, np.int64) for column in labels)
    return _encode(judge_bucket(msgspec.msgpack.decode(group, type=Group), number, label, horizon))


class _Propose(beam.DoFn):
    def __init__(self) -> None:
        self._articles = Metrics.counter("Candidates", "articles")
        self._pairs = Metrics.counter("Candidates", "pairs")

    def process(
        self, _: bytes, tables: Iterable[bytes], verdicts: Iterable[bytes], as_of: int
    ) -> Iterator[Candidates]:
        decoded = [msgspec.msgpack.decode(verdict, type=Verdict) for verdict in verdicts]
        for candidates in propose(join_articles(tables, as_of), decoded):
            self._articles.inc(len(candidates.numbers))
            self._pairs.inc(len(candidates.pairs))
            yield candidates
