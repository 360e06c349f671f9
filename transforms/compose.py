"""Compose: from attributed components to the records that are written."""

from dataclasses import dataclass

import apache_beam as beam

from schemas.attribution import AttributedComponent
from schemas.codec import RECORDS
from transforms.composition.articles import compose_records

COMPOSED = tuple(kind for kind in RECORDS if kind != "reject")


@dataclass(eq=False)
class ComposeRecords(beam.PTransform):
    """Turn components into records, one output for each of COMPOSED.

    Args:
        keep_raw: Whether each article's extracted text becomes a record, too.
    """

    keep_raw: bool

    def expand(self, components: beam.PCollection[AttributedComponent]):
        return components | "ComposeEach" >> beam.ParDo(_Compose(self.keep_raw)).with_outputs(*COMPOSED)


class _Compose(beam.DoFn):
    def __init__(self, keep_raw: bool):
        self._keep_raw = keep_raw

    def process(self, component: AttributedComponent):
        for record in compose_records(component, self._keep_raw):
            yield beam.pvalue.TaggedOutput(record.__struct_config__.tag, record)
