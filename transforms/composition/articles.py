"""From one attributed component to its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from schemas.article import CleanArticle
from schemas.attribution import AttributedComponent, Attribution
from schemas.records import ArticleRecord, Change, RawRecord, Record, ReuseRecord
from schemas.reuse import StoryPart
from transforms.composition.ids import reuse_id
from transforms.composition.naming import Names, new_names
from transforms.composition.stories import compose_story
from transforms.textreuse.fingerprint import article_simhash


def compose_records(
    attributed: AttributedComponent,
    keep_raw: bool = False,
    names: Names | None = None,
    changes: Mapping[str, Change] | None = None,
) -> Iterator[Record]:
    """Make all records of a component.

    Args:
        attributed: The component; stories don't reach over its border.
        keep_raw: Whether each article's extracted text is written, too.
        names: Of all its stories, where earlier runs gave them some; None: they are new.
        changes: What a run with a state says of each article, by id; None in a run without one.

    Yields:
        One ArticleRecord an article (and one RawRecord), one StoryRecord a story, one ReuseRecord a passage of a story.
    """
    component = attributed.component
    names = new_names(component.reuse) if names is None else names
    stories: dict[str, list[ArticleRecord]] = defaultdict(list)
    for article, reuse, attribution in zip(
        component.articles, component.reuse, attributed.attributions, strict=True
    ):
        change = changes[reuse.article_id] if changes else None
        record = _article_record(article, reuse, attribution, names, change)
        stories[record.story_id].append(record)
        yield record
        if keep_raw:
            yield RawRecord(id=record.id, raw=article.article.raw)
    by_id = {name.id: name for name in names.values()}
    for story, copies in stories.items():
        yield compose_story(copies, by_id[story])
    yield from _reuse_records(attributed, names)


def _reuse_records(attributed: AttributedComponent, names: Names) -> Iterator[ReuseRecord]:
    """The passages between copies of a story, and those that a claim rests on.

    What two articles of unrelated stories share, mostly quotations and background, was measured to tell the stories
    apart; it is no reuse.
    """
    rested_on = {
        evidence.reuse_id
        for attribution in attributed.attributions
        for claim in attribution.info_sources
        for evidence in claim.evidence
    }
    component = attributed.component
    drawn_on = {reuse.article_id: {reuse.story, *reuse.also_from} for reuse in component.reuse}
    story_of = {reuse.article_id: names[reuse.story].id for reuse in component.reuse}
    for passage, agencies in zip(component.passages, attributed.attributed_to, strict=True):
        own_id = reuse_id(passage)
        if drawn_on[passage.a_id].isdisjoint(drawn_on[passage.b_id]) and own_id not in rested_on:
            continue
        story, other = story_of[passage.a_id], story_of[passage.b_id]
        yield ReuseRecord(
            id=own_id,
            story_id=story,
            other_story_id=other if other != story else None,
            a_id=passage.a_id,
            b_id=passage.b_id,
            a_start=passage.a_start,
            a_end=passage.a_end,
            b_start=passage.b_start,
            b_end=passage.b_end,
            words=passage.words,
            similarity=round(passage.similarity, 4),
            kind=passage.kind,
            attributed_to=agencies,
            direction=passage.direction,
        )


def _article_record(
    clean: CleanArticle, reuse: StoryPart, attribution: Attribution, names: Names, change: Change | None
) -> ArticleRecord:
    article, credits, cleaning = clean.article, clean.credits, clean.cleaning
    return ArticleRecord(
        id=article.id,
        uri=article.uri,
        path=article.path,
        input_id=article.input_id,
        source=article.source,
        content_sha256=article.content_sha256,
        language=clean.language,
        language_confidence=clean.language_confidence,
        headline=article.headline,
        standfirst=article.standfirst,
        by=article.by,
        authors=credits.authors,
        dateline=credits.dateline,
        located=credits.located,
        credit_line=credits.credit_line,
        copyright_notice=credits.copyright_notice,
        ed_note=credits.ed_note,
        first_created=article.first_created,
        first_created_evidence=article.first_created_evidence,
        version_created=article.version_created,
        version=credits.version,
        body_text=cleaning.body_text,
        word_count=reuse.words,
        simhash=article_simhash(cleaning.body_text),
        info_sources=attribution.info_sources,
        mentions=credits.mentions,
        attribution_status=attribution.status,
        removed=cleaning.removed,
        story_id=names[reuse.story].id,
        also_from=tuple(sorted(names[story].id for story in reuse.also_from)),
        derivation=reuse.derivation,
        reused_share=round(reuse.reused_share, 4),
        reused=reuse.reused,
        kept=cleaning.kept,
        change=change,
    )
