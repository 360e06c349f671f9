"""One pure function over every element, with its rejects beside its results."""

from collections.abc import Callable
from typing import Any

import apache_beam as beam
from apache_beam.metrics import Metrics

from schemas.errors import DocumentError
from schemas.records import RejectRecord
from transforms.reading.rejects import reject

REJECTS = "rejects"


class Rejects:
    """Gathers the reject outputs of all steps, so that no step can drop one unseen."""

    def __init__(self) -> None:
        self._collections: list[beam.PCollection[RejectRecord]] = []

    def keep(self, rejects: beam.PCollection[RejectRecord]) -> None:
        """Add one step's rejects."""
        self._collections.append(rejects)

    def all(self) -> beam.PCollection[RejectRecord]:
        """The rejects of every step so far, in one collection."""
        return self._collections | "AllRejects" >> beam.Flatten()


class Each(beam.PTransform):
    """Apply a function to every element; a DocumentError turns the element into a reject.

    Each element becomes one result or one reject, never both, never neither. Any other exception fails the run.

    Args:
        function: From an element (and side inputs) to one result. Elements have path, content_bytes, content_sha256.
        rejects: Takes the rejects.
        side_inputs: Handed to the function behind the element.
    """

    def __init__(self, function: Callable[..., Any], rejects: Rejects, *side_inputs: beam.pvalue.AsSideInput):
        super().__init__()
        self._function = function
        self._rejects = rejects
        self._side_inputs = side_inputs

    def expand(self, elements: beam.PCollection) -> beam.PCollection:
        outputs = elements | beam.ParDo(_Apply(self._function, self.label), *self._side_inputs).with_outputs(
            REJECTS, main="results"
        )
        self._rejects.keep(outputs[REJECTS])
        return outputs["results"]


class _Apply(beam.DoFn):
    def __init__(self, function: Callable[..., Any], step: str):
        self._function = function
        self._done = Metrics.counter(step, "done")
        self._rejected = Metrics.counter(step, "rejected")

    def process(self, element, *side_inputs):
        try:
            result = self._function(element, *side_inputs)
        except DocumentError as error:
            self._rejected.inc()
            yield beam.pvalue.TaggedOutput(
                REJECTS, reject(error, element.path, element.content_bytes, element.content_sha256)
            )
            return
        self._done.inc()
        yield result
