"""Attribute a whole component: what each article shows, what it can be inferred to carry, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping

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
    told = _told_elsewhere(component, stories)
    attributions = []
    for clean, reuse in zip(component.articles, component.reuse, strict=True):
        sources = (*clean.credits.info_sources, *inference.claims.get(clean.article.id, ()))
        status = attribution_status(sources, clean.article.id in told, is_own_source(clean.credits))
        attributions.append(Attribution(article_id=clean.article.id, info_sources=sources, status=status))
    return AttributedComponent(
        component=component, attributions=tuple(attributions), attributed_to=inference.attributed_to
    )


def _told_elsewhere(component: Component, stories: Mapping[str, frozenset[str]]) -> set[str]:
    """The articles that share narrative with another publisher's copy of their stories. Quotations don't count here."""
    publishers = {clean.article.id: clean.article.publisher for clean in component.articles}
    return {
        side
        for passage in component.passages
        if passage.kind == "narrative" and publishers[passage.a_id] != publishers[passage.b_id]
        if stories[passage.a_id] & stories[passage.b_id]
        for side in (passage.a_id, passage.b_id)
    }
