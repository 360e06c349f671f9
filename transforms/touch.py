"""Touch: join new articles with a state, and propose what to align of both."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import apache_beam as beam
import msgspec
import numpy as np
from apache_beam.metrics import Metrics

from schemas.article import CleanArticle
from schemas.reuse import Candidates
from transforms.state.findings import Earlier
from transforms.state.snapshot import Snapshot
from transforms.state.touched import find_touched
from transforms.textreuse.candidates import latest_day
from transforms.textreuse.columns import ARTICLES, NO_DAY

EARLIER = "earlier"
MARKS = "marks"
AS_OF = "as_of"


class Proposed(NamedTuple):
    """What comes out beside each other."""

    candidates: beam.PCollection
    earlier: beam.PCollection  # one dictionary: what the state has of each article in question, by number
    marks: beam.PCollection  # number, family, several, component of each article that was looked at, encoded
    as_of: beam.PCollection  # the day that stood in for new articles without one, encoded


@dataclass(eq=False)
class TouchState(beam.PTransform):
    """Propose which new and known articles may share wording: components that new ones touch, each whole.

    What comes out equals what one search over all articles would find there (``find_touched``).

    Args:
        state: What earlier runs know.
        gone: Numbers of articles that leave it.
        as_of: Day of new articles without a date, as days since 1970-01-01; None: the latest day of the new ones.
        horizon: Days between articles that may match.
    """

    state: Snapshot
    gone: tuple[int, ...]
    as_of: int | None
    horizon: int

    def expand(self, columns: beam.PCollection[tuple[int, bytes]]) -> Proposed:
        outputs = (
            columns.pipeline
            | "Start" >> beam.Impulse()
            | "JoinState"
            >> beam.ParDo(
                _Touch(self.state, self.gone, self.as_of, self.horizon), beam.pvalue.AsIter(columns)
            ).with_outputs(EARLIER, MARKS, AS_OF, main="candidates")
        )
        spread = outputs["candidates"] | "SpreadCandidates" >> beam.Reshuffle()
        return Proposed(spread, outputs[EARLIER], outputs[MARKS], outputs[AS_OF])


class _Touch(beam.DoFn):
    def __init__(self, state: Snapshot, gone: tuple[int, ...], as_of: int | None, horizon: int):
        self._state, self._gone, self._as_of, self._horizon = state, gone, as_of, horizon
        self._articles = Metrics.counter("Touch", "articles")
        self._pairs = Metrics.counter("Touch", "pairs")

    def process(self, _: bytes, columns: Iterable[tuple[int, bytes]]) -> Iterator[Candidates]:
        fresh: dict[int, list[bytes]] = defaultdict(list)
        for bucket, pack in columns:
            fresh[bucket].append(pack)
        table = self._state.table
        as_of = self._as_of if self._as_of is not None else latest_day(fresh[ARTICLES])
        if as_of == NO_DAY:
            as_of = int(table.day.max(initial=0))
        touched = find_touched(fresh, self._state, self._gone, as_of, self._horizon)
        numbers = np.union1d(touched.number, np.array(self._gone, np.int64))
        stories = self._state.story_of(numbers)
        leaves = touched.replaced | set(self._gone)
        yield beam.pvalue.TaggedOutput(
            EARLIER, {number: Earlier(*found, number in leaves) for number, found in stories.items()}
        )
        rows = (touched.number, touched.family, touched.several, touched.component)
        for row in zip(*(column.tolist() for column in rows), strict=True):
            yield beam.pvalue.TaggedOutput(MARKS, msgspec.msgpack.encode(row))
        yield beam.pvalue.TaggedOutput(AS_OF, msgspec.msgpack.encode(as_of))
        for candidates in touched.candidates:
            self._articles.inc(len(candidates.numbers))
            self._pairs.inc(len(candidates.pairs))
            yield candidates


@dataclass(eq=False)
class BringEarlier(beam.PTransform):
    """Bring the articles of the state that candidates name, those that have no new version.

    Args:
        state: What earlier runs know.
        earlier: What the state has of articles in question; a singleton side input.
    """

    state: Snapshot
    earlier: beam.pvalue.AsSingleton

    def expand(self, candidates: beam.PCollection[Candidates]) -> beam.PCollection[CleanArticle]:
        return candidates | "ReadTexts" >> beam.ParDo(_Bring(self.state), self.earlier)


class _Bring(beam.DoFn):
    def __init__(self, state: Snapshot):
        self._state = state

    def process(self, candidates: Candidates, earlier: dict[int, Earlier]) -> Iterator[CleanArticle]:
        for number in candidates.numbers:
            if number in earlier and not earlier[number].leaves:
                yield self._state.text(number)

    def teardown(self):
        self._state.close()
