"""From what was found to records."""

from __future__ import annotations

from schemas.article import Article, CleanArticle, Cleaning, Credits
from schemas.attribution import AttributedComponent, Attribution
from schemas.records import Evidence, InfoSource, ReuseRecord
from schemas.reuse import Component, SharedPassage, StoryPart
from transforms.composition.articles import compose_records
from transforms.composition.ids import reuse_id, story_id

BODY = "The board of the harbour closed the old pier on Monday and said that it would stay so until the autumn."


def clean(letter: str) -> CleanArticle:
    article = Article(
        id=letter * 32, path=letter, input_id=None, source=f"paper {letter}", uri=None, canonical=None,
        content_sha256=letter * 64, content_bytes=9, crawled=None, media="text", raw=BODY, blocks=(), headline=None,
        standfirst=None, by=None, authors=(), first_created=None, first_created_evidence=None, version_created=None,
        declared_language=None, metadata=(),
    )  # fmt: skip
    cleaning = Cleaning(body_text=BODY, kept=((0, len(BODY), 0, len(BODY)),), removed=())
    return CleanArticle(
        article=article, credits=Credits(), cleaning=cleaning, language=None, language_confidence=None
    )


def passage(a: str, b: str, start: int) -> SharedPassage:
    return SharedPassage(
        a_id=a * 32, b_id=b * 32, a_start=start, a_end=30, b_start=start, b_end=30, words=4, similarity=1.0,
        kind="narrative", direction="undecided",
    )  # fmt: skip


def part(letter: str, *also: str) -> StoryPart:
    return StoryPart(
        article_id=letter * 32, words=20, story=letter * 32, also_from=tuple(one * 32 for one in also), derivation="none",
        reused_share=0.0, reused=(),
    )  # fmt: skip


def inferred(proof: SharedPassage) -> InfoSource:
    evidence = Evidence(
        kind="shared_wording", place="body", start=proof.a_start, end=proof.a_end, exact=BODY[proof.a_start : proof.a_end],
        rule="test", reuse_id=reuse_id(proof), article_id=proof.b_id,
    )  # fmt: skip
    return InfoSource(id="afp", name="AFP", role="origin", basis="inferred", confidence=0.8, evidence=(evidence,))


def test_passages_between_unrelated_stories_are_written_only_where_a_claim_rests_on_them() -> None:
    shown, cited, both_credited = passage("a", "d", 1), passage("a", "b", 2), passage("a", "c", 3)
    component = Component(
        articles=tuple(map(clean, "abcd")), passages=(cited, both_credited, shown),
        reuse=(part("a", "d"), part("b"), part("c"), part("d")),
    )  # fmt: skip
    claims = {"a": (inferred(cited),)}
    attributed = AttributedComponent(
        component=component,
        attributions=tuple(
            Attribution(article_id=one * 32, info_sources=claims.get(one, ()), status="no_agency_found") for one in "abcd"
        ),
        attributed_to=(("afp",), ("afp",), ()),
    )
    reuse = {record.id: record for record in compose_records(attributed) if isinstance(record, ReuseRecord)}
    assert set(reuse) == {reuse_id(cited), reuse_id(shown)}
    for one, other in ((cited, "b"), (shown, "d")):
        record = reuse[reuse_id(one)]
        assert (record.story_id, record.other_story_id) == (story_id("a" * 32), story_id(other * 32))
