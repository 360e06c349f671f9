"""Learn: the lines that a source repeats in article after article."""

from collections.abc import Iterable
from dataclasses import dataclass

import apache_beam as beam

from transforms.boilerplate.learned import LearnedLines, LineEvidence, learn, merge
from transforms.park import Parked


@dataclass(eq=False)
class LearnBoilerplate(beam.PTransform):
    """Find each source's own boilerplate in what its articles repeat, never across sources.

    Takes parked articles whose columns are (version, source, line evidence); gives one dictionary of learned lines by
    source. Articles without a source teach nothing.
    """

    def expand(self, parked: beam.PCollection[Parked]) -> beam.PCollection[dict[str, LearnedLines]]:
        return (
            parked
            | "WithSource" >> beam.Filter(lambda one: one.columns[1] is not None)
            | "BySource" >> beam.Map(lambda one: (one.columns[1], one.columns[2]))
            | "Merge" >> beam.CombinePerKey(merge)
            | "LearnEach" >> beam.MapTuple(lambda source, evidence: (source, learn(evidence)))
            | "Taught" >> beam.Filter(lambda taught: bool(taught[1]))
            | "Table" >> beam.combiners.ToDict()
        )
