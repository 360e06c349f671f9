"""Learn: the lines that a source repeats in article after article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import apache_beam as beam
import msgspec

from schemas.parked import ParkedArticle
from transforms.boilerplate.evidence import LineEvidence, merge
from transforms.boilerplate.learned import LearnedLines, learn
from transforms.once import Once


@dataclass(eq=False)
class LearnBoilerplate(beam.PTransform):
    """Find each source's own boilerplate in what its articles repeat, never across sources.

    Gives one dictionary of learned lines by source. Articles without a source teach nothing.
    """

    def expand(self, parked: beam.PCollection[ParkedArticle]) -> beam.PCollection[dict[str, LearnedLines]]:
        return (
            parked
            | "BySource" >> beam.FlatMap(_by_source)
            | "Merge" >> beam.CombinePerKey(_Collect())
            | "LearnEach" >> beam.FlatMapTuple(_learned)
            | "Table" >> Once(dict)
        )


# Parts that wait before they are merged, 100 to 100,000: merging sorts, so doing it for every part would cost its square.
COLLECTED_PARTS = 2_000


class _Collect(beam.CombineFn):
    """Merge encoded line evidence, many parts at a time."""

    def create_accumulator(self) -> list[bytes]:
        return []

    def add_input(self, parts: list[bytes], part: bytes) -> list[bytes]:
        parts.append(part)
        return [msgspec.msgpack.encode(_merged(parts))] if len(parts) >= COLLECTED_PARTS else parts

    def merge_accumulators(self, accumulators: Iterable[list[bytes]]) -> list[bytes]:
        return [part for parts in accumulators for part in parts]

    def extract_output(self, parts: list[bytes]) -> LineEvidence:
        return _merged(parts)


_decode = msgspec.msgpack.Decoder(LineEvidence).decode


def _merged(parts: Iterable[bytes]) -> LineEvidence:
    return merge(map(_decode, parts))


def _by_source(parked: ParkedArticle) -> Iterator[tuple[str, bytes]]:
    if parked.source is not None:
        yield parked.source, parked.lines


def _learned(source: str, evidence: LineEvidence) -> Iterator[tuple[str, LearnedLines]]:
    learned = learn(evidence)
    if learned.lines:
        yield source, learned
