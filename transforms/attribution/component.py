"""Attribute a whole component: what each article shows, what it can be inferred to carry, and what that comes to."""

from __future__ import annotations

from schemas.attribution import AttributedComponent, Attribution
from schemas.reuse import Component
from transforms.attribution.registry import Registry


def attribute_component(component: Component, registry: Registry) -> AttributedComponent:
    return AttributedComponent(
        component=component,
        attributions=tuple(
            Attribution(article_id=one.article.id, info_sources=one.credits.info_sources, status="no_agency_found")
            for one in component.articles
        ),
        attributed_to=tuple(() for _ in component.passages),
    )
