"""Pages that show no story, and whose metadata has it."""

import json
from typing import Any

import pytest

from schemas.errors import ExtractError
from tests.transforms.extraction.test_page import body_of
from transforms.extraction.page import read_page

URL = "https://www.elleryplace.example/news/bridge"


def page_of(pages: Any, body: str, shown: str) -> str:
    claims = {"@type": "NewsArticle", "headline": pages.title, "articleBody": body}
    return pages.page(shown, f'<script type="application/ld+json">{json.dumps(claims)}</script>')


@pytest.mark.parametrize("written", ["{}\n\n", "<p>{}</p>", "&lt;p class='x'&gt;{}&lt;/p&gt;", "{}<br/><br>"])
def test_a_story_that_only_the_metadata_has(pages: Any, written: str) -> None:
    paragraphs = [*pages.paragraphs, *(f"{text} So it went on." for text in pages.paragraphs)]
    body = "".join(written.format(text) for text in paragraphs)
    reading = read_page(page_of(pages, body, f"<h1>{pages.title}</h1><div id='app'></div>"), URL)
    assert body_of(reading) == paragraphs
    assert reading.headline == pages.title
    assert reading.raw[reading.blocks[-1].start : reading.blocks[-1].end] == paragraphs[-1]


def test_what_the_page_shows_goes_before_what_it_claims(pages: Any) -> None:
    shown = f"<h1>{pages.title}</h1>{pages.wrapped(pages.paragraphs)}"
    assert body_of(read_page(page_of(pages, "Something else was claimed. " * 100, shown), URL)) == list(pages.paragraphs)


def test_a_few_words_are_no_story() -> None:
    with pytest.raises(ExtractError, match="only 0 characters of text"):
        read_page('<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "Open again."}</script>', URL)
