"""Names of elements, and what they cut."""

import tomllib
from pathlib import Path

import pytest

from transforms.extraction import vocabulary
from transforms.extraction.vocabulary import read_names

TABLE = tomllib.loads(Path(vocabulary.__file__).with_name("vocabulary.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("names", "cut"),
    [
        ("newsletter", "newsletter"),
        ("c-newsletter__box large", "newsletter"),
        ("relatedPosts", "related"),
        ("article__share-buttons", "share_bar"),
        ("js-embed-consent", "cookie_consent"),
        ("wp-caption-text", "photo_caption"),
        ("article-body__newsletter", "newsletter"),
        ("hidden", "hidden"),
        ("has-newsletter", None),
        ("teaser-text", None),
        ("post-5 type-post category-newsletter tag-vote format-gallery", None),
        ("category-newsletter", "newsletter"),
        ("field--name-field-related-news", "related"),
        ("article-body newsletter", None),
        ("story-body__inner", None),
        ("overflow-hidden", None),
        ("loads adding shared", None),
        ("", None),
    ],
)
def test_names(names: str, cut: str | None) -> None:
    assert read_names(names).cut == cut


def test_fields() -> None:
    assert [read_names(n).field for n in ("byline__name", "article-headline", "post-date", "teaser-text", "field--name-field-summary", "kicker")] == [
        "byline", "headline", "date", "standfirst", "standfirst", "kicker",
    ]  # fmt: skip


def test_every_word_of_the_table_is_read_as_it_says() -> None:
    wrong = [
        (word, cut["class"], read_names(word).cut)
        for cut in TABLE["cut"]
        for word in cut["words"]
        if word.split("-")[0] not in TABLE["state"]
        and read_names(word).cut != cut["class"]
        and not read_names(word).body
    ]
    assert wrong == []


def test_no_word_stands_twice() -> None:
    words = [word for cut in TABLE["cut"] for word in cut["words"]]
    assert sorted(w for w in set(words) if words.count(w) > 1) == []


def test_words_are_written_as_names_are_folded() -> None:
    words = (
        [w for cut in TABLE["cut"] for w in cut["words"]]
        + [w for ws in TABLE["kind"].values() for w in ws]
        + TABLE["body"]
    )
    assert [
        w for w in words if not all(part.isascii() and part.isalpha() and part.islower() for part in w.split("-"))
    ] == []
    assert [w for w in words if w.count("-") > 2] == []
