"""Pages that are no articles, each with its reason."""

from typing import Any

import pytest

from schemas.errors import ConsentPage, ErrorPage, ExtractError, IndexPage, NoArticle, PaywallPage
from transforms.extraction.page import read_page
from transforms.extraction.refusals import Refusal, compiled, refusals


@pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: refusal.id)
def test_a_refusal_proves_itself(refusal: Refusal) -> None:
    pattern = compiled(refusal.pattern)
    assert refusal.hits and refusal.misses
    assert [hit for hit in refusal.hits if not pattern.search(hit)] == []
    assert [miss for miss in refusal.misses if pattern.search(miss)] == []


LINKS = "".join(
    f"<h3><a href='/{n}'>Council votes on plan number {n} for the harbour</a></h3><p>A short teaser, as ever.</p>"
    for n in range(12)
)
CASES = {
    "404": ("<h1>Page not found</h1><p>The page you asked for has moved or never was. Try the search.</p>", ErrorPage, "the page says 'Page not found'"),
    "robot": ("<h1>Just a moment...</h1><p>Checking your browser before accessing the site.</p>", ErrorPage, "the page says 'Just a moment.', and has only 48"),
    "consent": ("<h2>We value your privacy</h2><p>We and our 812 partners store information on a device.</p><button>Accept all</button>", ConsentPage, "We value your privacy"),
    "paywall": ("<h1>Bridge reopens</h1><p>Subscribe to continue reading. Already a subscriber? Sign in.</p>", PaywallPage, "Subscribe to continue"),
    "login": ("<h1>Welcome back</h1><form><input name=user><input type=password name=p></form><p>Use your name.</p>", PaywallPage, "asks for a password"),
    "index": (f"<main>{LINKS}</main>", IndexPage, "12 headings that are links"),
    "links": ("<ul>" + "".join(f"<li><a href='/{n}'>Council votes on plan number {n}</a></li>" for n in range(40)) + "</ul>", IndexPage, "% of the page's text stand in links"),
    "empty": ("", NoArticle, "only 0 characters of text"),
    "script only": ("<div id=app></div><script>load()</script>", NoArticle, "only 0 characters of text"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_article(case: str) -> None:
    body, error, message = CASES[case]
    with pytest.raises(ExtractError) as caught:
        read_page(f"<html><head><title>The Ellery Post</title></head><body>{body}</body></html>", None)
    assert type(caught.value) is error
    assert message in str(caught.value)


def test_a_gallery_without_a_story() -> None:
    head = '<script type="application/ld+json">{"@type": "ImageGallery", "name": "The bridge in pictures"}</script>'
    figures = "".join(f"<figure><img src='{n}.jpg'><figcaption>Picture {n}.</figcaption></figure>" for n in range(9))
    with pytest.raises(IndexPage, match="calls itself a list or a gallery, and has only"):
        read_page(
            f"<html><head>{head}</head><body><h1>The bridge in pictures</h1><p>See how it was done, in nine pictures.</p>{figures}</body></html>",
            None,
        )


def test_a_story_about_robots_cookies_and_passwords_is_one(pages: Any) -> None:
    inside = "<p>“Verify you are human,” the site said, and “we value your privacy”, and then: “subscribe to continue reading”.</p>"
    assert "Verify you are human" in read_page(pages.story(inside=inside), None).raw


def test_a_brief_is_an_article() -> None:
    page = (
        "<html><body><h1>Bridge reopens</h1><p>The harbour bridge reopened on Monday, the city said.</p></body></html>"
    )
    assert read_page(page, None).raw == "Bridge reopens\n\nThe harbour bridge reopened on Monday, the city said."


def test_a_teaser_of_a_paid_article_is_an_article(pages: Any) -> None:
    head = '<meta property="og:type" content="article">'
    page = pages.page(
        f"<h1>{pages.title}</h1>{pages.wrapped(pages.paragraphs[:2])}<div class='paywall'><p>Subscribe to continue reading.</p></div>",
        head,
    )
    reading = read_page(page, None)
    assert pages.paragraphs[1] in reading.raw
