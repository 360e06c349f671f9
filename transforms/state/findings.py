"""What was found of an article, as far as it isn't in its text: enough to write its records again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from schemas.article import CleanArticle, Flow
from schemas.attribution import AttributedComponent, Attribution
from schemas.records import CONTEXT, InfoSource
from schemas.reuse import Component, SharedPassage, StoryPart


class Finding(Flow, kw_only=True):
    """One article's part in its component, without what its text says anyway."""

    reuse: StoryPart
    attribution: Attribution  # without the claims that the article itself makes, and without words that its body has
    own_claims: int  # how many of its credits' claims come first
    is_slim: bool  # whether evidence lost the words that stand in the body
    passages: tuple[SharedPassage, ...]  # of which the article is a; without its id
    attributed_to: tuple[tuple[str, ...], ...]  # one tuple a passage


def split_component(attributed: AttributedComponent) -> Iterator[Finding]:
    """Take a component apart, article by article in their order."""
    passages: dict[str, list[tuple[SharedPassage, tuple[str, ...]]]] = {}
    for passage, agencies in zip(attributed.component.passages, attributed.attributed_to, strict=True):
        passages.setdefault(passage.a_id, []).append((replace(passage, a_id=""), agencies))
    component = attributed.component
    for clean, reuse, attribution in zip(component.articles, component.reuse, attributed.attributions, strict=True):
        own = passages.get(reuse.article_id, ())
        claims, said = attribution.info_sources, clean.credits.info_sources
        count = len(said) if claims[: len(said)] == said else 0
        slim = tuple(_slim(claim) for claim in claims[count:])
        is_slim = tuple(_fill(claim, clean.cleaning.body_text) for claim in slim) == claims[count:]
        yield Finding(
            reuse=reuse,
            attribution=replace(attribution, info_sources=slim if is_slim else claims[count:]),
            own_claims=count,
            is_slim=is_slim,
            passages=tuple(passage for passage, _ in own),
            attributed_to=tuple(agencies for _, agencies in own),
        )


def _slim(claim: InfoSource) -> InfoSource:
    evidence = tuple(
        replace(one, exact="", prefix="", suffix="") if one.place == "body" else one for one in claim.evidence
    )
    return replace(claim, evidence=evidence)


def _fill(claim: InfoSource, body: str) -> InfoSource:
    evidence = tuple(
        replace(
            one,
            exact=body[one.start : one.end],
            prefix=body[max(0, one.start - CONTEXT) : one.start],
            suffix=body[one.end : one.end + CONTEXT],
        )
        if one.place == "body"
        else one
        for one in claim.evidence
    )
    return replace(claim, evidence=evidence)


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
            (replace(passage, a_id=finding.reuse.article_id), agencies)
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
        attributions=tuple(_attribution(clean, finding) for clean, finding in zip(articles, own, strict=True)),
        attributed_to=tuple(row[1] for row in rows),
    )


def _attribution(clean: CleanArticle, finding: Finding) -> Attribution:
    found = finding.attribution
    claims = found.info_sources
    if finding.is_slim:
        claims = tuple(_fill(claim, clean.cleaning.body_text) for claim in claims)
    return replace(found, info_sources=(*clean.credits.info_sources[: finding.own_claims], *claims))


class Earlier(NamedTuple):
    """What a state has of an article in question."""

    story: str  # id
    written: bytes  # hash of the last record
    leaves: bool  # it is forgotten, or a new version takes its place
