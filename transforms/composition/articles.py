"""From one attributed component to its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from schemas.attribution import AttributedComponent, Attribution
from schemas.article import CleanArticle
from schemas.records import ArticleRecord, RawRecord, Record, ReuseRecord
from schemas.reuse import Reuse
from transforms.composition.ids import reuse_id, story_id
from transforms.composition.stories import compose_story
from transforms.textreuse.fingerprint import article_simhash
from transforms.textreuse.tokens import tokenise


def compose_records(attributed: AttributedComponent, keep_raw: bool = False) -> Iterator[Record]:
    """Make all records of a component.

    Args:
        attributed: The component; stories don't reach over its border.
        keep_raw: Whether each article's extracted text is written, too.

    Yields:
        One ArticleRecord an article (and one RawRecord), one ReuseRecord a passage, one StoryRecord a story.
    """
    component = attributed.component
    stories: dict[str, list[ArticleRecord]] = defaultdict(list)
    for article, reuse, attribution in zip(
        component.articles, component.reuse, attributed.attributions, strict=True
    ):
        record = _article_record(article, reuse, attribution)
        stories[record.story_id].append(record)
        yield record
        if keep_raw:
            yield RawRecord(id=record.id, raw=article.article.raw)
    for copies in stories.values():
        yield compose_story(copies)
    story_of = {reuse.article_id: story_id(reuse.story) for reuse in component.reuse}
    for passage, agencies in zip(component.passages, attributed.attributed_to, strict=True):
        story, other = story_of[passage.a_id], story_of[passage.b_id]
        yield ReuseRecord(
            id=reuse_id(passage),
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


def _article_record(clean: CleanArticle, reuse: Reuse, attribution: Attribution) -> ArticleRecord:
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
        word_count=len(tokenise([cleaning.body_text]).word),
        simhash=article_simhash(cleaning.body_text),
        info_sources=attribution.info_sources,
        mentions=credits.mentions,
        attribution_status=attribution.status,
        removed=cleaning.removed,
        story_id=story_id(reuse.story),
        also_from=tuple(sorted(map(story_id, reuse.also_from))),
        derivation=reuse.derivation,
        reused_share=round(reuse.reused_share, 4),
        reused=reuse.reused,
        kept=cleaning.kept,
    )
