"""Pages read where a profile says that things stand."""

from typing import Any

from transforms.extraction.layout import Layout
from transforms.extraction.page import read_page

LAYOUT = Layout(
    headline=("h1.none", "h1"),
    standfirst=(".standfirst",),
    body=(".article-body > p", ".article-body > h2"),
    by=(".byline",),
    published=("time",),
    drop=(".article-body > p.promo",),
)


def test_the_parts_are_where_the_layout_says(pages: Any) -> None:
    page = pages.story(
        inside="<h2>Next</h2><p class='promo'>Buy the bridge as a model.</p><div><p>Not selected at all.</p></div>"
    )
    reading = read_page(page, None, (LAYOUT,))
    texts = [(b.kind, b.cut.rule if b.cut else None, reading.raw[b.start : b.end]) for b in reading.blocks]
    assert texts == [
        ("headline", None, pages.title),
        ("standfirst", None, pages.standfirst),
        ("byline", None, "By Robin Marsh"),
        ("date", None, "3 May 2024"),
        *(("paragraph", None, text) for text in pages.paragraphs[:2]),
        ("heading", None, "Next"),
        ("paragraph", "layout.drop", "Buy the bridge as a model."),
        *(("paragraph", None, text) for text in pages.paragraphs[2:]),
    ]
    assert (reading.headline, reading.standfirst, reading.by) == (pages.title, pages.standfirst, "By Robin Marsh")
    assert reading.first_created == "2024-05-03T05:12:00Z"
    assert reading.first_created_evidence and reading.first_created_evidence.field == "layout.published"


def test_inside_of_a_container_names_cut_as_on_any_page(pages: Any) -> None:
    page = pages.story(
        inside="<div class='newsletter'><p>Get our letter.</p></div><figure><figcaption>A ramp.</figcaption></figure>"
    )
    reading = read_page(page, None, (Layout(body=(".article-body",)),))
    cut = {reading.raw[b.start : b.end]: b.cut.rule for b in reading.blocks if b.cut}
    assert cut == {"Get our letter.": "names.newsletter", "A ramp.": "element.figcaption"}


def test_the_first_layout_that_finds_a_body_decides(pages: Any) -> None:
    old = Layout(body=("div.story > p",), headline=("h2",))
    assert read_page(pages.story(), None, (old, LAYOUT)) == read_page(pages.story(), None, (LAYOUT,))


def test_without_a_body_the_page_is_read_as_any(pages: Any) -> None:
    assert read_page(pages.story(), None, (Layout(body=("div.story",)),)) == read_page(pages.story(), None)


def test_headline_falls_back_to_the_page(pages: Any) -> None:
    assert read_page(pages.story(), None, (Layout(body=(".article-body",)),)).headline == pages.title
