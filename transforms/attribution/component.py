"""Attribute a whole component: what each article shows, what it can be inferred to carry, and what that comes to."""

from __future__ import annotations

from schemas.attribution import AttributedComponent, Attribution
from schemas.reuse import Component
from transforms.attribution.inference import infer_claims
from transforms.attribution.own import is_own_source
from transforms.attribution.registry import Registry
from transforms.attribution.status import attribution_status


def attribute_component(component: Component, registry: Registry) -> AttributedComponent:
    """Attribute the articles of one component and the passages between them.

    Args:
        component: Articles with their explicit credits, and the passages they share.
        registry: The agencies.

    Returns:
        One attribution an article, explicit claims before inferred, and for each passage the agencies it speaks for.
    """
    stories = {reuse.article_id: frozenset((reuse.story, *reuse.also_from)) for reuse in component.reuse}
    inference = infer_claims(component.articles, component.passages, registry, stories)
    attributions = []
    for clean, reuse in zip(component.articles, component.reuse, strict=True):
        sources = (*clean.credits.info_sources, *inference.claims.get(clean.article.id, ()))
        status = attribution_status(sources, bool(reuse.reused), is_own_source(clean.credits))
        attributions.append(Attribution(article_id=clean.article.id, info_sources=sources, status=status))
    return AttributedComponent(
        component=component, attributions=tuple(attributions), attributed_to=inference.attributed_to
    )
