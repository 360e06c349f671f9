"""Who is named as author, from claims and prints that contradict each other."""

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from transforms.extraction.authors import authors_elsewhere, claimed_authors, find_authors
from transforms.extraction.metadata import Claims, read_claims
from transforms.extraction.page import PageReading, read_page

URL = "https://www.elleryplace.example/news/bridge"
LD = '<script type="application/ld+json">{"@type": "NewsArticle", %s}</script>'
HOUSE = '<meta name="author" content="The Ellery Post"><meta property="og:site_name" content="The Ellery Post">'


def claims_of(head: str) -> Claims:
    return read_claims(LexborHTMLParser(f"<html><head>{head}</head><body></body></html>"), URL)


def authors(head: str, bylines: tuple[str, ...] = (), marked: tuple[str, ...] = (), elsewhere: str = "") -> tuple[str, ...]:
    claims = claims_of(head)
    return find_authors(
        claims, claimed_authors(claims), bylines, marked, lambda: authors_elsewhere(LexborHTMLParser(elsewhere))
    )


def test_json_ld_before_all_others() -> None:
    head = LD % '"author": [{"name": "Robin Marsh"}, "Ada Quill"]' + '<meta name="author" content="Desk">'
    assert authors(head, ("By Jo Example",)) == ("Robin Marsh", "Ada Quill")


def test_where_metadata_names_the_house_a_byline_is_believed() -> None:
    assert authors(HOUSE, ("By Jo Example and Ada Quill",)) == ("Jo Example", "Ada Quill")
    assert authors(HOUSE, ("By Jo Example",), ("Robin Marsh",)) == ("Robin Marsh",)
    assert authors(HOUSE) == ("The Ellery Post",)


def test_an_account_is_nobody() -> None:
    assert authors('<meta name="author" content="admin">') == ()
    assert authors(LD % '"author": {"name": "redaccion"}', ("Por Ada Quill",)) == ("Ada Quill",)


def test_a_desk_in_the_metadata_gives_way_to_a_name_on_the_page() -> None:
    assert authors('<meta name="author" content="Web Desk">', ("By Jo Example",)) == ("Jo Example",)
    assert authors('<meta name="author" content="Web Desk">') == ("Web Desk",)


def test_beside_a_byline_stand_towns_and_posts() -> None:
    assert authors(HOUSE, ("By Jo Example", "Ellery Post, Port Ellery")) == ("Jo Example",)
    assert authors(HOUSE, (), ("Jo Example", "Senior Reporter")) == ("Jo Example",)


def test_of_what_is_marked_words_dates_and_long_texts_are_no_names() -> None:
    marked = ("By", "Von:", "Robin Marsh", "2 May 2024", "Robin has written about bridges and ferries for years")
    assert authors("", (), marked) == ("Robin Marsh",)


def test_addresses_are_no_authors() -> None:
    head = '<meta name="author" content="https://x.example/robin"><meta name="article:author" content="robin@x.example">'
    assert authors(head) == ()


def test_a_label_says_whose_name_follows() -> None:
    head = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Robin Marsh">'
    assert authors(head) == ("Robin Marsh",)


@pytest.mark.parametrize(
    ("elsewhere", "found"),
    [
        ("<div class=story__author>By Robin Marsh</div>", ("Robin Marsh",)),
        ("<div class=byline>By Robin Marsh</div><p><span class=byline>By Robin Marsh</span>", ("Robin Marsh",)),
        ("<ul><li><strong>Author:</strong> Robin Marsh</li><li><strong>Date</strong> 2 May</li></ul>", ("Robin Marsh",)),
        ("<dl><div><dt>Autor</dt><dd>Robin Marsh</dd></div></dl>", ("Robin Marsh",)),
        ("<div class=byline>By Robin Marsh</div><div class=byline>By Ada Quill</div>", ("The Ellery Post",)),
        ("<div class=comment-author>Robin Marsh</div>", ("The Ellery Post",)),
        ("<div><span class=article__author__name>Robin Marsh</span></div>", ("Robin Marsh",)),
        ("<div class=comments><b class=author-name>Robin Marsh</b></div>", ("The Ellery Post",)),
        ("<aside><span class=author-name>Robin Marsh</span></aside>", ("The Ellery Post",)),
        ("<p class=author-name>Robin writes about bridges</p>", ("The Ellery Post",)),
        ("<label><b>Author</b> <input></label>", ("The Ellery Post",)),
    ],
)
def test_outside_of_the_story_only_one_byline_is_believed(elsewhere: str, found: tuple[str, ...]) -> None:
    assert authors(HOUSE, elsewhere=elsewhere) == found


def of_page(pages: Any, byline: str, inside: str = "") -> PageReading:
    story = f"<article><h1>{pages.title}</h1>{byline}{pages.wrapped(pages.paragraphs[:2])}{inside}"
    return read_page(pages.page(f"{story}{pages.wrapped(pages.paragraphs[2:])}</article>", HOUSE), URL)


def test_an_author_beside_another_story_or_a_picture_is_not_this_ones(pages: Any) -> None:
    inside = (
        "<div class=related><span class=author>Robin Marsh</span> <a href=/x>Ferry stays</a></div>"
        "<div class=sidebar><img src=x><span class=source>Quill</span></div>"
    )
    assert of_page(pages, "", inside).authors == ("The Ellery Post",)


def test_an_author_with_a_portrait_is(pages: Any) -> None:
    byline = "<div class=top><img src=robin.jpg><div><span class=author>Robin Marsh</span></div></div>"
    assert of_page(pages, byline).authors == ("Robin Marsh",)


def test_a_list_of_authors_over_the_story_is_its_byline(pages: Any) -> None:
    reading = of_page(pages, "<ul class=metaInfoAuthorList><li><a href=/robin>Robin Marsh</a></li></ul>")
    assert (reading.by, reading.authors) == ("Robin Marsh", ("Robin Marsh",))
