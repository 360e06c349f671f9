"""Tally: how far the layouts of profiles still fit the pages of their sources."""

from dataclasses import dataclass

import apache_beam as beam

from transforms.park import Parked


@dataclass(eq=False)
class TallyLayouts(beam.PTransform):
    """Count, source by source, the pages that were to be read with layouts, and those on which none found the body.

    Takes parked articles whose columns are (version, source, line evidence, by_layout); gives one dictionary, source ->
    (pages, missed), of the sources that have layouts and pages.
    """

    def expand(self, parked: beam.PCollection[Parked]) -> beam.PCollection[dict[str, tuple[int, int]]]:
        return (
            parked
            | "WithLayouts" >> beam.Filter(lambda one: one.columns[3] is not None)
            | "BySource" >> beam.Map(lambda one: (one.columns[1], (1, int(not one.columns[3]))))
            | "AddUp" >> beam.CombinePerKey(_add_up)
            | "Table" >> beam.combiners.ToDict()
        )


def _add_up(counts):
    """Sums of pairs; associative, so the runner may add up in parts."""
    pages = missed = 0
    for one, other in counts:
        pages += one
        missed += other
    return pages, missed
