"""Tally: how far the layouts of profiles still fit the pages of their sources."""

from dataclasses import dataclass

import apache_beam as beam

from schemas.parked import ParkedArticle


@dataclass(eq=False)
class TallyLayouts(beam.PTransform):
    """Count, source by source, the pages that were to be read with layouts, and those on which none found the body.

    Gives one dictionary, source -> (pages, missed), of the sources that have layouts and pages.
    """

    def expand(self, parked: beam.PCollection[ParkedArticle]) -> beam.PCollection[dict[str, tuple[int, int]]]:
        return (
            parked
            | "WithLayouts" >> beam.Filter(lambda one: one.by_layout is not None)
            | "BySource" >> beam.Map(lambda one: (one.source, (1, int(not one.by_layout))))
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
