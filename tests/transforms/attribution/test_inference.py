"""Whose copy an article is, inferred from narrative it shares with credited copies."""

from collections.abc import Callable, Sequence

import msgspec
import pytest

from schemas.article import CleanArticle, Cleaning, Credits, Mark
from schemas.records import Evidence, InfoSource
from schemas.reuse import Component, SharedPassage, StoryPart
from transforms.attribution.component import attribute_component
from transforms.attribution.confidence import LEAST, Support, confidence
from transforms.attribution.inference import Inference, infer_claims
from transforms.composition.ids import reuse_id

BODY = " ".join(f"word{number}" for number in range(200))


def claim(
    agency: str, joint: tuple[str, ...] = (), rule: str = "trailer_credit.line", role: str = "origin"
) -> InfoSource:
    proof = Evidence(kind="trailer_credit", place="raw", start=0, end=3, exact="abc", rule=rule)
    return InfoSource(
        id=agency, name=agency, role=role, basis="explicit", confidence=0.98, joint_with=joint, evidence=(proof,)
    )


def joint(*agencies: str) -> tuple[InfoSource, ...]:
    return tuple(claim(agency, tuple(a for a in agencies if a != agency)) for agency in agencies)


def mark(agency: str) -> Mark:
    return Mark(
        agency=agency, evidence=Evidence(kind="house_style", place="body", start=0, end=5, exact="word0", rule="test")
    )


Maker = Callable[..., CleanArticle]


@pytest.fixture
def clean(article) -> Maker:
    def make(
        letter: str, *sources: InfoSource, marks: Sequence[Mark] = (), body: str = BODY, day: str | None = None
    ) -> CleanArticle:
        made = article([("line", body)], id=letter * 32, first_created=day)
        return CleanArticle(
            article=made,
            credits=Credits(info_sources=sources, marks=tuple(marks)),
            cleaning=Cleaning(body_text=body, kept=((0, len(body), 0, len(body)),), removed=()),
            language="en",
            language_confidence=1.0,
        )

    return make


def passage(a: str, b: str, first: int, last: int, kind: str = "narrative", at: int | None = None) -> SharedPassage:
    """Words ``first`` to ``last`` of a, which stand at word ``at`` of b."""
    words = BODY.split()

    def span(start: int, count: int) -> tuple[int, int]:
        begin = len(" ".join(words[:start])) + (start > 0)
        return begin, begin + len(" ".join(words[start : start + count]))

    count = last - first
    a_start, a_end = span(first, count)
    b_start, b_end = span(first if at is None else at, count)
    return SharedPassage(
        a_id=a * 32,
        b_id=b * 32,
        a_start=a_start,
        a_end=a_end,
        b_start=b_start,
        b_end=b_end,
        words=count,
        similarity=1.0,
        kind=kind,
        direction="undecided",
    )


def shown(inference: Inference, letter: str) -> dict[str, float]:
    return {source.id: source.confidence for source in inference.claims.get(letter * 32, ())}


def test_narrative_shared_with_a_credited_copy_infers_its_agency(clean, registry):
    shared = passage("a", "b", 0, 120)
    inference = infer_claims([clean("a"), clean("b", claim("afp"))], [shared], registry)
    (source,) = inference.claims["a" * 32]
    assert (source.id, source.name, source.role, source.basis) == ("afp", "Agence France-Presse", "origin", "inferred")
    assert source.confidence > 0.95
    (proof,) = source.evidence
    assert (proof.kind, proof.place, proof.rule) == ("shared_wording", "body", "shared_wording.single_credit")
    assert proof.exact == BODY[proof.start : proof.end] == BODY[shared.a_start : shared.a_end]
    assert (proof.article_id, proof.reuse_id) == ("b" * 32, reuse_id(shared))
    assert inference.attributed_to == (("afp",),)
    assert "b" * 32 not in inference.claims


@pytest.mark.parametrize("kind", ["quote", "background"])
def test_quotations_and_background_attribute_nothing(kind, clean, registry):
    inference = infer_claims([clean("a"), clean("b", claim("afp"))], [passage("a", "b", 0, 150, kind)], registry)
    assert inference == Inference({}, ((),))


def test_a_few_words_attribute_nothing(clean, registry):
    inference = infer_claims([clean("a"), clean("b", claim("afp"))], [passage("a", "b", 0, 4)], registry)
    assert inference == Inference({}, ((),))


@pytest.mark.parametrize("mark", ['"', "“", "«"])
def test_a_house_that_quotes_the_agency_does_not_carry_its_copy(mark, clean, registry):
    """The mark is closed a paragraph later, outside the passage."""
    shared = passage("a", "b", 0, 120)
    quoted = msgspec.structs.replace(shared, a_end=shared.a_end + 1)
    copy = clean("b", claim("afp"))
    assert infer_claims([clean("a", body=mark + BODY), copy], [quoted], registry).claims == {}
    both = msgspec.structs.replace(quoted, b_end=shared.b_end + 1)
    printed = clean("b", claim("afp"), body=mark + BODY)  # a person speaks, in the agency's copy too
    assert list(infer_claims([clean("a", body=mark + BODY), printed], [both], registry).claims) == ["a" * 32]


@pytest.mark.parametrize(("rule", "later"), [("trailer.contributed", []), ("trailer_credit.line", ["a" * 32])])
def test_what_an_agency_contributed_is_background_some_days_later(rule, later, clean, registry):
    copy = clean("b", claim("ap", rule=rule), day="2021-06-01")
    passages = [passage("a", "b", 0, 190)]

    def found(day: str | None) -> list[str]:
        return list(infer_claims([clean("a", day=day), copy], passages, registry).claims)

    assert found("2021-06-03T23:50:00Z") == found(None) == ["a" * 32]
    assert found("2021-06-04T00:10:00Z") == later


def test_nothing_is_inferred_through_a_third_article(clean, registry):
    articles = [clean("a"), clean("b"), clean("c", claim("afp"))]
    inference = infer_claims(articles, [passage("a", "b", 0, 150), passage("b", "c", 0, 150)], registry)
    assert list(inference.claims) == ["b" * 32]
    assert inference.attributed_to == ((), ("afp",))


def test_a_joint_credit_that_cannot_be_split_infers_nobody(clean, registry):
    articles = [clean("a"), clean("b", *joint("afp", "reuters"))]
    assert infer_claims(articles, [passage("a", "b", 0, 150)], registry).claims == {}


@pytest.mark.parametrize("where", ["a", "c"])
def test_house_style_in_the_article_or_a_copy_beside_it_moves_a_joint_credit(where, clean, registry):
    articles = [
        clean("a", marks=[mark("afp")] if where == "a" else []),
        clean("b", *joint("afp", "reuters")),
        clean("c", marks=[mark("afp")] if where == "c" else []),
    ]
    passages = [passage("a", "b", 0, 150), passage("a", "c", 0, 40)]
    (source,) = infer_claims(articles, passages, registry).claims["a" * 32]
    assert (source.id, source.joint_with) == ("afp", ("reuters",))
    assert LEAST <= source.confidence <= 0.75
    kinds = [proof.kind for proof in source.evidence]
    assert kinds == ["shared_wording", "house_style"] if where == "a" else ["shared_wording"]


def test_a_joint_credit_is_split_by_copies_of_one_agency_alone(clean, registry):
    """b is merged: its first half stands in c (AFP alone), so what a has of the second half is Reuters'."""
    articles = [clean("a"), clean("b", *joint("afp", "reuters")), clean("c", claim("afp"))]
    passages = [passage("a", "b", 0, 90, at=110), passage("b", "c", 0, 100)]
    found = shown(infer_claims(articles, passages, registry), "a")
    assert list(found) == ["reuters"]
    passages = [passage("a", "b", 0, 90), passage("b", "c", 0, 100)]
    assert list(shown(infer_claims(articles, passages, registry), "a")) == ["afp"]


def test_a_copy_of_one_agency_alone_decides_over_a_joint_one(clean, registry):
    articles = [clean("a"), clean("b", *joint("afp", "reuters")), clean("c", claim("reuters"))]
    passages = [passage("a", "b", 0, 150), passage("a", "c", 0, 150)]
    found = shown(infer_claims(articles, passages, registry), "a")
    assert list(found) == ["reuters"] and found["reuters"] > 0.95


def test_wording_that_two_agencies_copies_hold_proves_neither(clean, registry):
    articles = [clean("a"), clean("b", claim("afp")), clean("c", claim("reuters"))]
    passages = [passage("a", "b", 0, 150), passage("a", "c", 0, 150)]
    assert infer_claims(articles, passages, registry).claims == {}


def test_a_merged_copy_is_inferred_from_both(clean, registry):
    articles = [clean("a"), clean("b", claim("afp")), clean("c", claim("reuters"))]
    passages = [passage("a", "b", 0, 100), passage("a", "c", 100, 200)]
    assert sorted(shown(infer_claims(articles, passages, registry), "a")) == ["afp", "reuters"]


def test_who_is_credited_is_not_inferred_again_and_another_only_on_strong_narrative(clean, registry):
    articles = [clean("a", claim("afp")), clean("b", claim("afp")), clean("c", claim("reuters"))]
    weak = [passage("a", "b", 0, 100), passage("a", "c", 150, 180)]
    assert infer_claims(articles, weak, registry).claims == {}
    strong = [passage("a", "b", 0, 100), passage("a", "c", 100, 200)]
    assert infer_claims(articles, strong, registry).claims == {}  # one credit against another: either may be mixed
    articles.append(clean("d", claim("reuters")))
    found = shown(infer_claims(articles, [*strong, passage("a", "d", 100, 200)], registry), "a")
    assert list(found) == ["reuters"] and found["reuters"] < 0.7


def test_a_house_that_edits_wrote_what_copies_of_its_agency_do_not_hold(clean, registry):
    """b: HARBOUR POST with AFP. Its first half stands in c, AFP's; the second may be the house's."""
    articles = [clean("a"), clean("b", claim("afp"), claim("outlet:harbour-post", role="editor")), clean("c", claim("afp"))]
    known = passage("b", "c", 0, 100)
    assert infer_claims(articles, [passage("a", "b", 110, 200), known], registry).claims == {}
    assert list(shown(infer_claims(articles, [passage("a", "b", 0, 90), known], registry), "a")) == ["afp"]
    alone = infer_claims(articles, [passage("a", "b", 110, 200)], registry)  # nothing shows which part is whose
    assert list(shown(alone, "a")) == ["afp"]


def test_own_source_is_inferred_from_and_never_for(clean, registry):
    own = claim("reuters", rule="own_source.host")
    articles = [clean("a"), clean("b", own), clean("c", claim("afp"))]
    passages = [passage("a", "b", 0, 150), passage("b", "c", 0, 150)]
    inference = infer_claims(articles, passages, registry)
    assert {key[0]: [s.id for s in value] for key, value in inference.claims.items()} == {
        "a": ["reuters"],
        "c": ["reuters"],
    }
    assert "b" * 32 not in inference.claims


def test_a_contribution_needs_more_of_the_article(clean, registry):
    def found(rule: str, words: int) -> dict[str, float]:
        articles = [clean("a"), clean("b", claim("ap", rule=rule))]
        return shown(infer_claims(articles, [passage("a", "b", 0, words)], registry), "a")

    assert found("dateline.brackets", 50) and not found("trailer.contributed", 50)
    assert found("trailer.contributed", 120)


def test_unnamed_agencies_are_never_inferred(clean, registry):
    articles = [clean("a"), clean("b", claim("agencies-unnamed"))]
    assert infer_claims(articles, [passage("a", "b", 0, 150)], registry) == Inference({}, ((),))


def test_passages_between_stories_need_to_be_long(clean, registry):
    articles = [clean("a"), clean("b", claim("afp"))]
    stories = {"a" * 32: frozenset({"x"}), "b" * 32: frozenset({"y"})}
    assert shown(infer_claims(articles, [passage("a", "b", 0, 25)], registry), "a")
    assert not shown(infer_claims(articles, [passage("a", "b", 0, 25)], registry, stories), "a")
    assert shown(infer_claims(articles, [passage("a", "b", 0, 150)], registry, stories), "a")


def test_a_digest_of_several_stories_speaks_for_nobody(clean, registry):
    articles = [clean("a"), clean("b", claim("afp"))]
    for more, claimed in (("y",), True), (("y", "z"), False):
        stories = {"a" * 32: frozenset({"x"}), "b" * 32: frozenset({"x", *more})}
        assert bool(shown(infer_claims(articles, [passage("a", "b", 0, 150)], registry, stories), "a")) is claimed


def test_stock_phrases_do_not_add_up_to_a_claim(clean, registry):
    articles = [clean("a"), clean("b", claim("afp"))]
    phrases = [passage("a", "b", start, start + 3) for start in range(0, 190, 5)]
    assert infer_claims(articles, phrases, registry).claims == {}


def test_the_order_of_articles_changes_nothing(clean, registry):
    articles = [
        clean("a"),
        clean("b", *joint("afp", "reuters")),
        clean("c", claim("reuters")),
        clean("d", marks=[mark("afp")]),
    ]
    passages = [
        passage("a", "b", 0, 150),
        passage("a", "c", 0, 60),
        passage("a", "d", 30, 90),
        passage("b", "c", 40, 90),
    ]
    first = infer_claims(articles, passages, registry)
    assert infer_claims(articles[::-1], passages, registry) == first
    assert infer_claims(articles, passages[::-1], registry).claims == first.claims


def test_confidence_is_the_documented_function():
    support = Support(words=40.0, share=0.2, certain=0.75, full=1.0, same_story=True, joint=frozenset())
    assert round(confidence(support), 4) == 0.7181
    assert round(confidence(support._replace(full=0.0)), 4) == round(0.7181 * 0.2 / 0.7, 4)
    assert (
        confidence(support._replace(words=400.0)) > confidence(support) > confidence(support._replace(same_story=False))
    )


def one_story(articles: Sequence[CleanArticle], *passages: SharedPassage) -> Component:
    parts = (
        StoryPart(
            article_id=clean.article.id,
            words=10,
            story="a" * 32,
            also_from=(),
            derivation="whole",
            reused_share=1.0,
            reused=((0, 10),),
        )
        for clean in articles
    )
    return Component(articles=tuple(articles), passages=passages, reuse=tuple(parts))


def test_copies_that_only_quotations_join_share_no_origin(clean, registry):
    component = one_story([clean("a"), clean("b")], passage("a", "b", 0, 40, "quote"), passage("a", "b", 50, 90, "background"))
    attributed = attribute_component(component, registry)
    assert [one.status for one in attributed.attributions] == ["no_agency_found", "no_agency_found"]


def test_a_component_is_attributed_whole(clean, registry):
    articles = (clean("a"), clean("b", claim("afp")), clean("c"))
    attributed = attribute_component(one_story(articles, passage("a", "b", 0, 150), passage("a", "c", 150, 190)), registry)
    assert [one.status for one in attributed.attributions] == [
        "not_credited_in_text",
        "credited",
        "shared_origin_unknown",
    ]
    assert [[s.basis for s in one.info_sources] for one in attributed.attributions] == [["inferred"], ["explicit"], []]
    assert attributed.attributed_to == (("afp",), ())
