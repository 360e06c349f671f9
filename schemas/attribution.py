"""Whose copy each article is: what attribution adds to a component."""

from __future__ import annotations

from schemas.article import Flow
from schemas.records import InfoSource, Status
from schemas.reuse import Component


class Attribution(Flow, kw_only=True):
    """One article's claims, explicit and inferred, and what they come to."""

    article_id: str
    info_sources: tuple[InfoSource, ...]  # explicit before inferred
    status: Status


class AttributedComponent(Flow, kw_only=True):
    """A component whose every article and passage is attributed as far as the evidence goes."""

    component: Component
    attributions: tuple[Attribution, ...]  # one an article, in the order of articles
    attributed_to: tuple[tuple[str, ...], ...]  # agency ids, one tuple a passage, in the order of passages
