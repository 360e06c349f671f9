"""What was found of an article, as far as it isn't in its text: enough to write its records again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from schemas.article import CleanArticle, Flow
from schemas.attribution import AttributedComponent, Attribution
from schemas.reuse import Component, Reuse, SharedPassage


class Finding(Flow, kw_only=True):
    """One article's part in its component."""

    reuse: Reuse
    attribution: Attribution
    passages: tuple[SharedPassage, ...]  # of which the article is a
    attributed_to: tuple[tuple[str, ...], ...]  # one tuple a passage


def split_component(attributed: AttributedComponent) -> Iterator[Finding]:
    """Take a component apart, article by article in their order."""
    passages: dict[str, list[tuple[SharedPassage, tuple[str, ...]]]] = {}
    for passage, agencies in zip(attributed.component.passages, attributed.attributed_to, strict=True):
        passages.setdefault(passage.a_id, []).append((passage, agencies))
    for reuse, attribution in zip(attributed.component.reuse, attributed.attributions, strict=True):
        own = passages.get(reuse.article_id, ())
        yield Finding(
            reuse=reuse,
            attribution=attribution,
            passages=tuple(passage for passage, _ in own),
            attributed_to=tuple(agencies for _, agencies in own),
        )


def join_component(articles: Iterable[CleanArticle], findings: Mapping[str, Finding]) -> AttributedComponent:
    """Put components together again.

    Args:
        articles: Of whole components, sorted by id.
        findings: Of each article's id.
    """
    articles = tuple(articles)
    own = [findings[clean.article.id] for clean in articles]
    rows = sorted(
        (
            (passage, agencies)
            for finding in own
            for passage, agencies in zip(finding.passages, finding.attributed_to, strict=True)
        ),
        key=lambda row: (row[0].a_id, row[0].b_id, row[0].a_start, row[0].b_start),
    )
    component = Component(
        articles=articles, passages=tuple(row[0] for row in rows), reuse=tuple(finding.reuse for finding in own)
    )
    return AttributedComponent(
        component=component,
        attributions=tuple(finding.attribution for finding in own),
        attributed_to=tuple(row[1] for row in rows),
    )


class Earlier(NamedTuple):
    """What a state has of an article in question."""

    story: str  # id
    written: bytes  # hash of the last record
    leaves: bool  # it is forgotten, or a new version takes its place
