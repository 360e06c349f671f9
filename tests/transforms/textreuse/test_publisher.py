"""What the titles of one network share is one story, and no syndication."""

from __future__ import annotations

from msgspec.structs import replace

from schemas.article import CleanArticle


def of_series(clean: CleanArticle, series: str | None) -> CleanArticle:
    return replace(clean, article=replace(clean.article, series=series))


def test_copies_of_one_network_are_one_story_without_reuse(article, press, components_of) -> None:
    text = "\n".join(press.story())
    copies = [article(text, "north", source="north-post"), article(text, "south", source="south-post")]
    for series, derivation, share in ((None, "whole", 1.0), ("county-papers", "none", 0.0)):
        (component,) = components_of([of_series(copy, series) for copy in copies])
        assert len({part.story for part in component.reuse}) == 1
        assert [(part.derivation, part.reused_share) for part in component.reuse] == [(derivation, share)] * 2
        assert [bool(part.reused) for part in component.reuse] == [series is None] * 2


def test_a_copy_outside_of_the_network_counts(article, press, components_of) -> None:
    text = "\n".join(press.story())
    network = [of_series(article(text, name, source=name), "county-papers") for name in ("north", "south")]
    (component,) = components_of([*network, article(text, "elsewhere", source="elsewhere")])
    assert [part.derivation for part in component.reuse] == ["whole"] * 3
