"""Align the copies that candidates propose."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.metrics import Metrics

from schemas.reuse import Aligned, Gathered
from transforms.textreuse.align import align_candidates


@dataclass(eq=False)
class AlignCopies(beam.PTransform):
    """Measure what each proposed pair shares. Each Gathered becomes one Aligned."""

    def expand(self, gathered: beam.PCollection[Gathered]) -> beam.PCollection[Aligned]:
        return gathered | "AlignPairs" >> beam.ParDo(_Align())


class _Align(beam.DoFn):
    def __init__(self) -> None:
        self._pairs = Metrics.counter("Align", "pairs")
        self._passages = Metrics.counter("Align", "passages")

    def process(self, gathered: Gathered) -> Iterator[Aligned]:
        self._pairs.inc(len(gathered.candidates.pairs))
        aligned = align_candidates(gathered)
        self._passages.inc(len(aligned.passages))
        yield aligned
