"""Learn: the lines that a source repeats in article after article."""

from collections.abc import Iterable
from dataclasses import dataclass

import apache_beam as beam

from transforms.boilerplate.evidence import LineEvidence, merge
from transforms.boilerplate.learned import LearnedLines, learn
from transforms.park import Parked


@dataclass(eq=False)
class LearnBoilerplate(beam.PTransform):
    """Find each source's own boilerplate in what its articles repeat, never across sources.

    Takes parked articles whose columns begin with (version, source, line evidence); gives one dictionary of learned lines by
    source. Articles without a source teach nothing.
    """

    def expand(self, parked: beam.PCollection[Parked]) -> beam.PCollection[dict[str, LearnedLines]]:
        return (
            parked
            | "WithSource" >> beam.Filter(lambda one: one.columns[1] is not None)
            | "BySource" >> beam.Map(lambda one: (one.columns[1], one.columns[2]))
            | "Merge" >> beam.CombinePerKey(_Collect())
            | "LearnEach" >> beam.MapTuple(lambda source, evidence: (source, learn(evidence)))
            | "Taught" >> beam.Filter(lambda taught: bool(taught[1].lines))
            | "Table" >> beam.combiners.ToDict()
        )


# Parts that wait before they are merged, 100 to 100,000: merging sorts, so doing it for every part would cost its square.
COLLECTED_PARTS = 2_000


class _Collect(beam.CombineFn):
    """Merge line evidence, many parts at a time."""

    def create_accumulator(self) -> list[LineEvidence]:
        return []

    def add_input(self, parts: list[LineEvidence], part: LineEvidence) -> list[LineEvidence]:
        parts.append(part)
        return [merge(parts)] if len(parts) >= COLLECTED_PARTS else parts

    def merge_accumulators(self, accumulators: Iterable[list[LineEvidence]]) -> list[LineEvidence]:
        return [part for parts in accumulators for part in parts]

    def extract_output(self, parts: list[LineEvidence]) -> LineEvidence:
        return merge(parts)
