"""Tally: how far the layouts of profiles still fit the pages of their sources."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam

from schemas.parked import ParkedArticle
from transforms.once import Once


@dataclass(eq=False)
class TallyLayouts(beam.PTransform):
    """Count, source by source, the pages that were to be read with layouts, and those on which none found the body.

    Gives one dictionary, source -> (pages, missed), of the sources that have layouts and pages.
    """

    def expand(self, parked: beam.PCollection[ParkedArticle]) -> beam.PCollection[dict[str, tuple[int, int]]]:
        return (
            parked
            | "BySource" >> beam.FlatMap(_by_source)
            | "AddUp" >> beam.CombinePerKey(_add_up)
            | "Table" >> Once(dict)
        )


def _by_source(one: ParkedArticle) -> Iterator[tuple[str, tuple[int, int]]]:
    if one.by_layout is not None:
        yield one.source, (1, int(not one.by_layout))


def _add_up(counts):
    """Sums of pairs; associative, so the runner may add up in parts."""
    pages = missed = 0
    for one, other in counts:
        pages += one
        missed += other
    return pages, missed
