"""Form stories out of aligned copies."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.metrics import Metrics

from schemas.reuse import Aligned, Component
from transforms.textreuse.cluster import cluster_stories


@dataclass(eq=False)
class ClusterStories(beam.PTransform):
    """Decide which copies are one story. Each Aligned becomes one Component; no article is lost or doubled."""

    def expand(self, aligned: beam.PCollection[Aligned]) -> beam.PCollection[Component]:
        return aligned | "FormStories" >> beam.ParDo(_Cluster())


class _Cluster(beam.DoFn):
    def __init__(self) -> None:
        self._articles = Metrics.counter("Cluster", "articles")
        self._stories = Metrics.counter("Cluster", "stories")

    def process(self, aligned: Aligned) -> Iterator[Component]:
        component = cluster_stories(aligned)
        self._articles.inc(len(component.articles))
        self._stories.inc(len({part.story for part in component.reuse}))
        yield component
