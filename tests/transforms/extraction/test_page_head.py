"""What stands over a page's story: headline, deck, byline and date, as printed and as the metadata has them."""

import re
import time
from typing import Any

import pytest

from tests.transforms.extraction.conftest import URL, body_of, kinds_of
from transforms.extraction.page import read_page


def test_who_wrote_may_stand_in_a_footer_over_the_text(pages: Any) -> None:
    footer = "<footer>Submitted by <a>Ada Quill</a> on 4 May 2024</footer>"
    page = pages.page(f"<h1>{pages.title}</h1><article>{footer}<div>{pages.wrapped(pages.paragraphs)}</div></article>")
    reading = read_page(page, URL)
    assert (reading.by, reading.authors, reading.first_created) == ("Submitted by Ada Quill", ("Ada Quill",), "2024-05-04")


def test_a_headline_that_no_element_marks(pages: Any) -> None:
    page = pages.page(
        f"<td><font size=5><b>{pages.title}</b></font><br><i>By Robin Marsh</i><p>{'<p>'.join(pages.paragraphs)}</td>",
        title="Ellery Post - City - " + pages.title,
    )
    reading = read_page(page.replace("<td>", "<table><tr><td>").replace("</td>", "</td></tr></table>"), URL)
    assert reading.headline == pages.title
    assert body_of(reading) == list(pages.paragraphs)


SEARCHED = "Harbour bridge: when it reopens, what it costs, who may cross it"


@pytest.mark.parametrize("crumbs", ["<nav>{}</nav>", "<div class='breadcrumb'><ul><li><a href='/'>Home</a></li><li>{}</li></ul></div>"])
@pytest.mark.parametrize("kicker", ["", "<span>Traffic</span> "])
def test_a_headline_for_searchers_in_the_breadcrumb_is_not_the_printed_one(pages: Any, crumbs: str, kicker: str) -> None:
    head = (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{SEARCHED}"}}</script>'
        f'<meta property="og:title" content="{pages.title}">'
    )
    above = crumbs.format(f"<h1>{SEARCHED}</h1>")
    page = pages.story(head=head, above=above).replace(f"<h1>{pages.title}</h1>", f"<h2>{kicker}{pages.title}</h2>")
    reading = read_page(page, URL)
    assert reading.headline == pages.title
    assert (reading.standfirst, reading.by) == (pages.standfirst, "By Robin Marsh")
    assert body_of(reading) == list(pages.paragraphs)


def test_a_deck_that_the_metadata_calls_a_second_headline_is_the_deck(pages: Any) -> None:
    deck = pages.standfirst + " Whoever lives on the northern side has waited for that day since the winter before last."
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        f'"headline": "{pages.title}", "alternativeHeadline": "{deck}"}}</script>'
    )
    page = pages.story(head=head).replace(f"<p class='standfirst'>{pages.standfirst}</p>", f"<h2>{deck}</h2>")
    assert read_page(page, URL).standfirst == deck


def test_a_deck_that_names_the_author_is_no_byline(pages: Any) -> None:
    deck = "Nobody needs it! A comment by Robin Marsh"
    page = pages.story().replace(f"<p class='standfirst'>{pages.standfirst}</p>", f"<p class='standfirst'>{deck}</p>")
    assert kinds_of(read_page(page, URL))[deck] == "standfirst"


def test_a_deck_is_told_by_the_byline_below_it(pages: Any) -> None:
    deck = pages.standfirst.replace("the city says", "as the city says in a statement, and others say it, too")
    head = f'<meta name="description" content="{deck}">'
    story = f"<div><h1>{pages.title}</h1><p>{deck}</p><div>Von Robin Marsh, Port Ellery</div>{pages.wrapped(pages.paragraphs)}</div>"
    reading = read_page(pages.page(story, head), URL)
    assert reading.standfirst == deck
    assert body_of(reading) == list(pages.paragraphs)


JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "The Ellery Post"}, {"@type": "Person", "@id": "#p1", "name": "Robin Marsh"},
{"@type": "NewsArticle", "headline": "Harbour bridge reopens after two years of repairs", "author": [{"@id": "#p1"}, {"@type": "Organization", "name": "Example Wire"}],
"publisher": {"@type": "Organization", "name": "The Ellery Post"}, "datePublished": "2024-05-03T07:12:00+01:00", "dateModified": "2024-05-03T09:00:00Z"}]}</script>"""


def test_fields_from_json_ld_with_their_evidence(pages: Any) -> None:
    head = (
        JSON_LD
        + '<link rel="canonical" href="/news/bridge-1"><meta property="og:site_name" content="The Ellery Post"><meta name="author" content="Desk">'
    )
    reading = read_page(pages.story(head=head), URL)
    assert reading.authors == ("Robin Marsh", "Example Wire")
    assert reading.first_created == "2024-05-03T06:12:00Z"
    evidence = reading.first_created_evidence
    assert evidence and (evidence.place, evidence.field, evidence.exact) == (
        "metadata",
        "jsonld.datePublished",
        "2024-05-03T07:12:00+01:00",
    )
    assert reading.version_created == "2024-05-03T09:00:00Z"
    assert reading.canonical == "https://www.elleryplace.example/news/bridge-1"
    assert reading.site_name == "The Ellery Post"
    assert {f.name: f.value for f in reading.metadata} == {
        "jsonld.author[0].name": "Robin Marsh", "jsonld.author[1].name": "Example Wire", "jsonld.publisher.name": "The Ellery Post", "meta.author": "Desk",
    }  # fmt: skip


def test_a_date_that_only_the_page_shows(pages: Any) -> None:
    page = pages.story().replace(
        "<time datetime='2024-05-03T06:12:00+01:00'>3 May 2024</time>", "<span class='date'>Published 3 May 2024</span>"
    )
    reading = read_page(page, None)
    assert reading.first_created == "2024-05-03"
    evidence = reading.first_created_evidence
    assert (
        evidence
        and evidence.place == "raw"
        and reading.raw[evidence.start : evidence.end] == evidence.exact == "3 May 2024"
    )


def test_a_sentence_that_begins_with_a_date_is_no_date_line(pages: Any) -> None:
    sentence = "14 May 2024 was the last day of the old ferry."
    page = pages.story().replace("</h1>", f"</h1><p>{sentence}</p>", 1)
    assert kinds_of(read_page(page, URL))[sentence] != "date"


def test_a_date_that_only_the_address_shows(pages: Any) -> None:
    page = re.sub("<time.*</time>", "", pages.story())
    reading = read_page(page, "https://x.example/2024/05/03/bridge")
    assert reading.first_created == "2024-05-03"
    assert reading.first_created_evidence and reading.first_created_evidence.field == "url"
    assert read_page(page, "https://x.example/bridge").first_created is None


def test_a_byline_is_believed_where_metadata_names_the_house(pages: Any) -> None:
    head = '<meta name="author" content="The Ellery Post"><meta property="og:site_name" content="The Ellery Post">'
    assert read_page(pages.story(head=head), URL).authors == ("Robin Marsh",)


def test_a_kicker_inside_of_the_headline_is_not_the_headline(pages: Any) -> None:
    head = f'<meta property="og:title" content="{pages.title}">'
    page = pages.story(head=head).replace("<h1>", "<h1><span class='kicker'>Traffic: </span>")
    assert read_page(page, URL).headline == pages.title


def test_a_byline_and_a_date_in_one_line_are_both(pages: Any) -> None:
    line = "<div class='byline'>By <b>Robin Marsh</b> <span>|</span> <time>3 May 2024</time></div>"
    page = re.sub("<div class='byline'>.*?</time>", line, pages.story())
    reading = read_page(page, None)
    assert (reading.by, reading.authors, reading.first_created) == ("By Robin Marsh", ("Robin Marsh",), "2024-05-03")
    assert kinds_of(reading)["By Robin Marsh | 3 May 2024"] == "byline"


def test_a_desk_signs_where_a_reporter_would(pages: Any) -> None:
    page = re.sub("<div class='byline'>.*?</div>", "<div class='x'>Ellery Newsroom</div>", pages.story())
    assert read_page(page, URL).by == "Ellery Newsroom"


@pytest.mark.parametrize("name", ["author", "description", "og:title", "og:description", "og:site_name", "article:published_time"])
def test_a_long_value_in_the_metadata_takes_no_time(pages: Any, name: str) -> None:
    head = f'<meta property="{name}" content="Bridge{" " * 500_000}opens">'
    start = time.process_time()
    assert read_page(pages.story(head=head), URL).headline is not None
    assert time.process_time() - start < 5  # CPU seconds; many minutes, when it is quadratic


def test_very_many_footers_take_no_time(pages: Any) -> None:
    page = pages.page(f"<article><h1>{pages.title}</h1>{pages.wrapped(pages.paragraphs)}{'<footer>a</footer>' * 40_000}</article>")
    started = time.process_time()
    assert body_of(read_page(page, URL)) == list(pages.paragraphs)
    assert time.process_time() - started < 4  # each once; compared with all before it they took 8 s
