"""Attribute: whose copy each article is."""

from dataclasses import dataclass

import apache_beam as beam

from schemas.attribution import AttributedComponent
from schemas.reuse import Component
from transforms.attribution.component import attribute_component
from transforms.attribution.registry import Registry


@dataclass(eq=False)
class AttributeArticles(beam.PTransform):
    """Infer who is behind shared wording from the copies that say so, and give every article its status."""

    registry: Registry

    def expand(self, components: beam.PCollection[Component]) -> beam.PCollection[AttributedComponent]:
        return components | "AttributeEach" >> beam.Map(attribute_component, self.registry)
